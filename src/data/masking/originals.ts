import { type MaskedColumn, type Part, partsOf } from '../../domain/masking/compile.js'
import type { MaskingPlan, StoredTable } from '../../domain/masking/plan.js'
import { type Table, tableName } from '../../domain/masking/schema.js'
import { identifier } from '../../domain/masking/sql-text.js'
import type { Sql } from '../../ports.js'

/**
 * Where the digests of the originals stand while a branch is masked. Its presence also tells that masking did not end:
 * it is made first and dropped last.
 */
export const workSchema = 'db_branch_masking'

/** Something to prove about the values of a masked column. */
export interface Unit {
  /** Originals are looked for among those of the same pool; 0 is that of all values that no chance can repeat. */
  readonly pool: number
  readonly part: Part
  readonly masked: MaskedColumn
}

export function unitsOf(plan: MaskingPlan): Unit[] {
  const parts = plan.targets.flatMap((masked) =>
    partsOf(masked.target, `${tableName(masked.table)}.${masked.target.column.name}`).map((part) => ({ masked, part })),
  )
  return parts.map(({ masked, part }, at) => ({
    masked,
    part,
    pool: part.proof.kind === 'shape' && !part.proof.small ? 0 : at + 1,
  }))
}

/** Units of a table's own columns and of those that it inherits. */
export function unitsIn(units: readonly Unit[], { targets }: StoredTable): Unit[] {
  return units.filter(({ masked }) => targets.includes(masked))
}

/** Keyed by a number that is thrown away: 16 bytes, so that two of a billion values never meet by chance. */
const digest = (text: string) =>
  `substr(sha256(current_setting('dbb.check')::bytea || convert_to(${text}, 'UTF8')), 1, 16)`

export const plainText = (value: string) => `((${value})::text COLLATE pg_catalog."default")`

/** Rows of a unit: `pool, digest, holds, unit` for each value that is neither NULL nor empty. */
export function valuesOf({ part, pool, masked }: Unit, at: number): string {
  const column = `t.${identifier(masked.target.column.name)}`
  const { proof, value } = part
  // Rows keep their order in the file when a table is written anew, so a row is known again by its number.
  const text = proof.kind === 'moved' ? `t."row number"::text || ' ' || ${plainText('u.value')}` : plainText('u.value')
  const holds = proof.kind === 'shape' ? proof.holds(value) : 'true'
  const infinite = proof.kind === 'moved' ? ` AND (u.value)::text NOT LIKE '%infinity'` : ''
  return `SELECT ${at} AS unit, ${pool} AS pool, ${digest(text)} AS digest, (${holds}) AS holds
    FROM ${part.values(column)} WHERE (u.value)::text <> ''${infinite}`
}

export const numberedRows = (table: Table) =>
  `(SELECT *, row_number() OVER () AS "row number" FROM ONLY ${table.sql}) t`

/**
 * A scan that numbers rows and the one that writes the table anew must both begin at its first page. Digests by the
 * million are hashed in memory, and their long expressions are run sooner than compiled.
 */
export async function scanInOrder(sql: Sql): Promise<void> {
  await sql.query(
    `SET LOCAL synchronize_seqscans = off; SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL work_mem = '128MB'; SET LOCAL jit = off`,
  )
}

/** Takes the digests of what is about to be masked, and counts the rows. In the transaction that then masks. */
export async function collectOriginals(sql: Sql, table: Table, units: readonly Unit[]): Promise<number> {
  await scanInOrder(sql)
  const proven = units.filter(({ part }) => part.proof.kind !== 'unproven')
  if (proven.length > 0) {
    // Values that obeyed the shape beforehand may come back by chance where the range is small.
    const parts = proven.map((unit, at) => {
      const { proof } = unit.part
      const chance = proof.kind === 'shape' && proof.small ? ' WHERE NOT coalesce(v.holds, false)' : ''
      return `SELECT v.pool, v.digest FROM (${valuesOf(unit, at)}) v${chance}`
    })
    await sql.query(
      `INSERT INTO ${workSchema}.originals (pool, digest) SELECT DISTINCT p.pool, p.digest FROM ${numberedRows(table)}, LATERAL (${parts.join(' UNION ALL ')}) p`,
    )
  }
  return countRows(sql, table)
}

export async function countRows(sql: Sql, table: Table): Promise<number> {
  const [row] = await sql.query<{ rows: string }>(`SELECT count(*)::text AS rows FROM ONLY ${table.sql}`)
  return Number(row?.rows)
}
