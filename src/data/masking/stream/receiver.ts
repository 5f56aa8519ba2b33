import { differences } from '../../../domain/masking/copy-plan.js'
import type { MaskingPlan } from '../../../domain/masking/plan.js'
import type { Schema } from '../../../domain/masking/schema.js'
import { RefusedError } from '../../../errors.js'
import type { Sql } from '../../../ports.js'
import { readSchema, userSchema } from '../catalogue.js'
import type { Definition } from '../definitions.js'
import { refuseHalfMasked } from '../in-place.js'
import { type LooseIndex, readLooseIndexes } from '../indexes.js'
import { guarded } from '../statements.js'
import { createOriginals, workSchema } from '../originals.js'

/** What is taken out of the branch while rows come in, and how it comes back. */
export interface Relieved {
  readonly indexes: readonly LooseIndex[]
  readonly foreignKeys: readonly Definition[]
  readonly triggers: readonly Definition[]
}

/** @throws RefusedError when the branch is not what the rows of this parent fit into. */
export async function readReceiver(sql: Sql, parent: Schema): Promise<Schema> {
  await refuseHalfMasked(sql)
  const branch = await readSchema(sql)
  const different = differences(parent, branch)
  if (different.length > 0) {
    throw new RefusedError(
      `Filling the branch refused: ${different.slice(0, 10).join('; ')}${different.length > 10 ? `; and ${different.length - 10} more` : ''}. The parent changed meanwhile, or the platform made no true copy of its schema; make the branch again.`,
    )
  }
  const tables = branch.tables.filter(({ kind }) => kind === 'table').map((table) => table.sql)
  const filled: string[] = []
  for (const table of tables) {
    const [row] = await sql.query<{ filled: boolean }>(`SELECT EXISTS (SELECT FROM ONLY ${table}) AS filled`)
    if (row?.filled) filled.push(table)
  }
  if (filled.length === 0) return branch
  throw new RefusedError(
    `Filling the branch refused: ${filled.slice(0, 10).join(', ')} ${filled.length === 1 ? 'has' : 'have'} rows already, and nobody knows whose. Make the branch again.`,
  )
}

/** Makes the mark of an unfinished masking, and takes out what slows rows down or would act on them. */
export async function relieve(sql: Sql, plan: MaskingPlan, branch: Schema): Promise<Relieved> {
  await sql.query(`CREATE SCHEMA ${workSchema}; ${createOriginals}`)
  const foreign = await sql.query<Definition>(foreignKeys)
  await takeOut(sql, foreign)
  // Now that no foreign key stands on them.
  const indexes = await readLooseIndexes(
    sql,
    branch.tables.map(({ id }) => id),
  )
  const acting = await sql.query<Definition>(triggers)
  await takeOut(sql, [...indexes, ...acting])
  const forced = branch.server.superuser ? [] : plan.stored.filter(({ table }) => table.forcesRowSecurity)
  for (const { table } of forced) await sql.query(`ALTER TABLE ${table.sql} NO FORCE ROW LEVEL SECURITY`)
  return { foreignKeys: foreign, indexes, triggers: acting }
}

async function takeOut(sql: Sql, definitions: readonly Definition[]): Promise<void> {
  for (const statement of definitions.flatMap(({ drop }) => drop))
    await guarded('an index, foreign key or trigger', () => sql.query(statement))
}

/** Everything that was taken out, and what hangs on it, to compare before and after. */
export async function belongings(sql: Sql): Promise<string> {
  const rows = await sql.query<{ line: string }>(
    `SELECT pg_get_indexdef(i.indexrelid) || i.indisvalid || coalesce(obj_description(i.indexrelid, 'pg_class'), '') AS line
       FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${userSchema} AND n.nspname <> '${workSchema}'
     UNION ALL SELECT concat_ws(' ', o.conrelid::regclass, o.conname, pg_get_constraintdef(o.oid), o.convalidated, obj_description(o.oid, 'pg_constraint'))
       FROM pg_constraint o JOIN pg_namespace n ON n.oid = o.connamespace WHERE ${userSchema} AND n.nspname <> '${workSchema}'
     UNION ALL SELECT concat_ws(' ', t.tgrelid::regclass, t.tgname, t.tgenabled) FROM pg_trigger t WHERE NOT t.tgisinternal
     ORDER BY 1`,
  )
  return rows.map((row) => row.line).join('\n')
}

const table = 'c.oid::regclass'
const commented = (what: string, text: string) =>
  `CASE WHEN ${text} IS NOT NULL THEN ${what} || quote_literal(${text}) END`

/** A partition's copies come and go with those of the parent. */
const foreignKeys = `
  SELECT ARRAY[format('ALTER TABLE %s DROP CONSTRAINT %I', ${table}, o.conname)] AS drop,
         array_remove(ARRAY[format('ALTER TABLE %s ADD CONSTRAINT %I %s', ${table}, o.conname, pg_get_constraintdef(o.oid)),
           ${commented(`format('COMMENT ON CONSTRAINT %I ON %s IS ', o.conname, ${table})`, `obj_description(o.oid, 'pg_constraint')`)}], NULL) AS restore
    FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE o.contype = 'f' AND o.conparentid = 0 AND ${userSchema} ORDER BY o.oid`

/** Of partitioned tables first, whose change reaches down; each one below then gets its own state back. */
const triggers = `
  SELECT ARRAY[format('ALTER TABLE %s DISABLE TRIGGER %I', ${table}, t.tgname)] AS drop,
         ARRAY[format('ALTER TABLE %s %s TRIGGER %I', ${table},
           CASE t.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE' END, t.tgname)] AS restore
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE NOT t.tgisinternal AND c.relkind IN ('r', 'p') AND ${userSchema} ORDER BY c.relkind = 'r', c.oid, t.oid`
