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

/**
 * Whether masked values are compared with the originals. Where the range of a transformer is small, an original that
 * obeyed the shape already may come back by chance, and any other would break the shape, which every value is held
 * against: there the comparison could find nothing more.
 */
export function isCompared({ part: { proof } }: Unit): boolean {
  return proof.kind === 'moved' || (proof.kind === 'shape' && !proof.small)
}

export const plainText = (value: string) => `((${value})::text COLLATE pg_catalog."default")`

/**
 * A digest of 64 bits, keyed by a number that is thrown away. Equal texts always have equal ones, so no original is
 * overlooked; that two different texts meet, which would refuse a masked branch for nothing, has the odds of (originals ×
 * masked values) / 2^64: one in two hundred thousand for ten million of each.
 */
export const digestOf = (text: string) =>
  `hashtextextended(${text} COLLATE "C", (SELECT current_setting('dbb.check')::int8))`

/** Digest of a unit's value; NULL, which equals nothing, where it is NULL, empty or infinite. */
function digestOfValue({ part: { proof } }: Unit, value: string): string {
  const text = plainText(value)
  // Rows keep their order in the file when a table is written anew, so a row is known again by its number.
  return proof.kind === 'moved'
    ? `CASE WHEN ${text} NOT LIKE '%infinity' THEN ${digestOf(`(t."row number"::text || ' ' || ${text})`)} END`
    : digestOf(`nullif(${text}, '')`)
}

const columnOf = ({ masked }: Unit) => `t.${identifier(masked.target.column.name)}`

/**
 * Queries of rows `pool, unit, digest`; `unit` is the place in `units`, a digest may be NULL. `rows` is a `FROM` item `t`.
 * One scan per unit: a LATERAL list of values in one scan takes PostgreSQL several times longer.
 */
export function digestQueries(units: readonly Unit[], rows: string): string[] {
  return [...units.entries()].flatMap(([at, unit]) => {
    if (!isCompared(unit)) return []
    const { single, values } = unit.part
    const column = columnOf(unit)
    const select = (digest: string, from: string) =>
      `SELECT ${unit.pool} AS pool, ${at} AS unit, ${digest} AS digest FROM ${rows}${from}`
    return [
      ...(single ? [select(digestOfValue(unit, single(column)), '')] : []),
      ...(values ? [select(digestOfValue(unit, 'u.value'), `, LATERAL ${values(column)}`)] : []),
    ]
  })
}

/** Rows `pool, digest` of every original that must not come back; undefined where there is none. */
export function originalsQuery(
  units: readonly Unit[],
  /** `FROM` item `t`, with the row's number where a unit is proven by having moved. */
  rows: string,
): string | undefined {
  const queries = digestQueries(units, rows)
  if (queries.length === 0) return undefined
  return queries.map((query) => `SELECT o.pool, o.digest FROM (${query}) o`).join(' UNION ALL ')
}

/** `FROM` item `t` of a table's own rows; numbered, where a unit needs it. */
export function rowsOf(table: Table, units: readonly Unit[]): string {
  return units.some(({ part }) => part.proof.kind === 'moved')
    ? `(SELECT *, row_number() OVER () AS "row number" FROM ONLY ${table.sql}) t`
    : `ONLY ${table.sql} t`
}

/** A scan that numbers rows and the one that writes the table anew must both begin at its first page and go on in order. */
export async function scanInOrder(sql: Sql): Promise<void> {
  await sql.query('SET LOCAL synchronize_seqscans = off; SET LOCAL max_parallel_workers_per_gather = 0')
}

export async function countRows(sql: Sql, table: Table): Promise<number> {
  const [row] = await sql.query<{ rows: string }>(`SELECT count(*)::text AS rows FROM ONLY ${table.sql}`)
  return Number(row?.rows)
}

/** Holds the digests. UNLOGGED: a branch whose server fell over is not exposed anyway. */
export const createOriginals = `CREATE UNLOGGED TABLE ${workSchema}.originals (pool int NOT NULL, digest int8)`
