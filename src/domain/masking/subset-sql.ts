import type { SampleRoot } from './sample-roots.js'
import { type Table } from './schema.js'
import { identifier } from './sql-text.js'
import type { TableReference } from './table-graph.js'

/**
 * Why a row of a table is not kept, as SQL over an alias: `holds` when it goes, `fails` when it stays. Both are written
 * out, as EXISTS or NOT EXISTS, since PostgreSQL makes a join of these alone and not of `NOT (NOT EXISTS …)`.
 */
export interface Condition {
  readonly holds: (alias: string) => string
  readonly fails: (alias: string) => string
}

/** Names that no column of people's has, for what tells a row from all others of a tree of tables. */
const [inTable, atPlace] = ['"row is in"', '"row is at"']

const exists = (query: (alias: string) => string): Condition => ({
  holds: (alias) => `EXISTS (${query(alias)})`,
  fails: (alias) => `NOT EXISTS (${query(alias)})`,
})
const not = ({ holds, fails }: Condition): Condition => ({ holds: fails, fails: holds })

/** The row is kept: for no reason does it go. */
export function keptBy(reasons: readonly Condition[]): (alias: string) => string {
  return (alias) => (reasons.length === 0 ? 'true' : reasons.map(({ fails }) => fails(alias)).join(' AND '))
}

/**
 * The row's primary key does not fall under the share: the first 48 bits of its SHA-256 as one text, so that the same
 * rows are chosen on every run and version, and those of 1% are among those of 10%.
 */
export function outsideShare({ table, share, keys }: SampleRoot): Condition[] {
  if (share >= 1) return []
  const first = Math.min(2 ** 48 - 1, Math.max(1, Math.round(share * 2 ** 48)))
  const border = `'\\x${first.toString(16).padStart(12, '0')}'::bytea`
  const digest = (alias: string) => {
    const values = keys.map((name) => {
      const base = table.columns.find((column) => column.name === name)?.base
      const value = `${alias}.${identifier(name)}`
      // The time zone and bytea_output of the session must not count.
      if (base === 'timestamptz') return `${value} AT TIME ZONE 'UTC'`
      return base === 'bytea' ? `encode(${value}, 'hex')` : value
    })
    return `substr(sha256(convert_to(jsonb_build_array(${values.join(', ')})::text, 'UTF8')), 1, 6)`
  }
  return [{ holds: (alias) => `${digest(alias)} >= ${border}`, fails: (alias) => `${digest(alias)} < ${border}` }]
}

/** The row refers to one that goes for this reason. A NULL refers to nothing. */
export function refersToDropped(reference: TableReference, reason: Condition): Condition {
  const target = aliasOf(reference.to)
  return exists(
    (alias) =>
      `SELECT FROM ${reference.to.sql} ${target} WHERE ${link(reference, target, alias)} AND ${reason.holds(target)}`,
  )
}

/** One reference by whose rows others are needed, and which of those rows are kept. */
interface Need {
  readonly reference: TableReference
  readonly kept: (alias: string) => string
}

/** No kept row needs this one. */
export function unneeded(table: Table, needs: readonly Need[], own: readonly TableReference[]): Condition {
  const wanted = needs.map(({ reference, kept }) => {
    const from = aliasOf(reference.from)
    return exists(
      (alias) => `SELECT FROM ${reference.from.sql} ${from} WHERE ${link(reference, alias, from)} AND ${kept(from)}`,
    )
  })
  const [only] = wanted
  if (only && wanted.length === 1 && own.length === 0) return not(only)
  return not(own.length > 0 ? withChain(table, { begin: wanted, own }, 'up') : anyOf(table, wanted))
}

/** The row goes, or one that it refers to in its own table, however far. */
export function chainDropped(table: Table, reasons: readonly Condition[], own: readonly TableReference[]): Condition {
  return withChain(table, { begin: reasons, own }, 'down')
}

/** The row is not chosen, and no chosen row of its own table refers to it, however far. */
export function outsideChains(table: Table, chosen: Condition, own: readonly TableReference[]): Condition {
  return not(withChain(table, { begin: [chosen], own }, 'up'))
}

/** All of the conditions fail. */
export function noneOf(reasons: readonly Condition[]): Condition {
  return {
    holds: keptBy(reasons),
    fails: (alias) => `(${reasons.map(({ holds }) => holds(alias)).join(' OR ')})`,
  }
}

/** Rows for which one of several conditions holds, known by their place: each condition is a join of its own, where OR would be none. */
function anyOf(table: Table, conditions: readonly Condition[]): Condition {
  const [row, rows] = [`q${table.id}`, `n${table.id}`]
  const parts = conditions.map(
    ({ holds }) =>
      `SELECT ${row}.tableoid AS ${inTable}, ${row}.ctid AS ${atPlace} FROM ${table.sql} ${row} WHERE ${holds(row)}`,
  )
  return exists(
    (alias) =>
      `SELECT FROM (${parts.join(' UNION ALL ')}) ${rows} WHERE ${rows}.${inTable} = ${alias}.tableoid AND ${rows}.${atPlace} = ${alias}.ctid`,
  )
}

/**
 * Rows for which a condition holds, and those that a table's references to itself reach from them: `up` to what they
 * refer to, `down` to what refers to them. UNION ends a circle of rows. A row's place is compared as text, for
 * PostgreSQL 13 cannot hash it.
 */
function withChain(
  table: Table,
  { begin, own }: { begin: readonly Condition[]; own: readonly TableReference[] },
  way: 'up' | 'down',
): Condition {
  const [row, rows] = [`q${table.id}`, `n${table.id}`]
  // What the next step compares with: in `up` the columns that refer, in `down` those that are referred to.
  const carried = own.flatMap(({ foreign }) => (way === 'up' ? foreign.columns : foreign.targetColumns))
  const columns = [...new Set(carried)].map((number) => identifier(nameOf(table, number)))
  const list = [
    `${row}.tableoid AS ${inTable}`,
    `${row}.ctid::text AS ${atPlace}`,
    ...columns.map((name) => `${row}.${name}`),
  ].join(', ')
  const first = begin.map(({ holds }) => `SELECT ${list} FROM ${table.sql} ${row} WHERE ${holds(row)}`).join(' UNION ')
  const steps = own.map((reference) => (way === 'up' ? link(reference, row, rows) : link(reference, rows, row)))
  const next = `SELECT ${list} FROM ${rows} JOIN ${table.sql} ${row} ON ${steps.map((step) => `(${step})`).join(' OR ')}`
  return exists(
    (alias) =>
      `SELECT FROM (WITH RECURSIVE ${rows} AS ((${first}) UNION ${next}) SELECT ${inTable}, ${atPlace} FROM ${rows}) ${rows} WHERE ${rows}.${inTable} = ${alias}.tableoid AND ${rows}.${atPlace} = ${alias}.ctid::text`,
  )
}

/** Compared as the foreign key does it, which counts for citext and for collations. */
function link({ foreign, from, to }: TableReference, target: string, own: string): string {
  return foreign.columns
    .map((number, at) => {
      const column = columnOf(from, number)
      const other = columnOf(to, foreign.targetColumns[at] ?? 0)
      const collated =
        column.collation === null && other.collation === null
          ? ''
          : ` COLLATE ${other.collation ?? 'pg_catalog."default"'}`
      return `${target}.${identifier(other.name)} ${foreign.operators[at] ?? '='} ${own}.${identifier(column.name)}${collated}`
    })
    .join(' AND ')
}

const aliasOf = (table: Table) => `r${table.id}`
const nameOf = (table: Table, number: number) => columnOf(table, number).name

function columnOf(table: Table, number: number) {
  const column = table.columns.find((candidate) => candidate.number === number)
  if (!column) throw new Error(`The table ${table.name} has no column ${number}.`)
  return column
}
