import { key } from '../../domain/masking/classify.js'
import type { Sql } from '../../ports.js'
import { userSchema } from './catalogue.js'

/** Columns with a CHECK constraint of their own or of their domain; `list` where it lists the values that they take. */
export async function readChecks(sql: Sql): Promise<ReadonlyMap<string, 'list' | 'other'>> {
  const rows = await sql.query<{ relation: string; column: number; definition: string }>(
    `SELECT o.conrelid::text AS relation, k.number AS column, pg_get_constraintdef(o.oid) AS definition
       FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace, LATERAL unnest(o.conkey) k(number)
      WHERE o.contype = 'c' AND ${userSchema}
     UNION ALL
     SELECT a.attrelid::text, a.attnum, pg_get_constraintdef(o.oid)
       FROM pg_constraint o JOIN pg_attribute a ON a.atttypid = o.contypid WHERE o.contype = 'c' AND o.contypid <> 0`,
  )
  const checks = new Map<string, 'list' | 'other'>()
  for (const { relation, column, definition } of rows) {
    const id = key(relation, column)
    if (listsValues(definition)) checks.set(id, 'list')
    else if (!checks.has(id)) checks.set(id, 'other')
  }
  return checks
}

/** Whether it is `column IN ('a', 'b')`, as PostgreSQL writes that, with nothing beside it, and all rows obey it. */
export function listsValues(definition: string): boolean {
  const bare = definition
    .replaceAll(/'(?:[^']|'')*'/g, 'L')
    .replaceAll(/::(?:character varying|"[^"]+"|[\w.]+)(?:\(\d+\))?(?:\[\])?/g, '')
    .replaceAll(/[()]/g, '')
  return /^CHECK (?:"(?:[^"]|"")+"|\w+) = (?:ANY ARRAY\[L(?:, L)*\]|L)$/.test(bare)
}
