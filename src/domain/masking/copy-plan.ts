import { type MaskedColumn, maskExpression } from './compile.js'
import type { MaskingPlan, StoredTable } from './plan.js'
import { type Column, type Schema, type Table, tableName } from './schema.js'
import { identifier } from './sql-text.js'
import { padsOfQuery } from './transformer.js'
import { kindOf } from './value-kind.js'

/** One COPY out of the parent and into the branch: a table, or a range of its pages. */
export interface CopyTask {
  readonly stored: StoredTable
  /** Query whose rows are masked already. */
  readonly select: string
  /** `table (columns)`. */
  readonly into: string
  readonly format: 'binary' | 'text'
  /** The rows must come to stand in the parent's order, because they are known again by their number. */
  readonly inOrder: boolean
  /** Bytes of the parent's pages, to begin with the largest. */
  readonly bytes: number
}

/** Larger tables are read in ranges of pages of this many bytes. */
const rangeBytes = 16 * 1024 * 1024
const pageBytes = 8192
/** From 14 on a range of pages is read without reading the others. */
const rangeScans = 140000

/** How all rows get into a branch that has the same tables and no row: largest first. */
export function copyTasks(plan: MaskingPlan, server: { version: number }, ordered: ReadonlySet<string>): CopyTask[] {
  const tasks = plan.stored.flatMap((stored) => {
    const { table } = stored
    const columns = table.columns.filter((column) => column.generated === '')
    const names = columns.map((column) => identifier(column.name)).join(', ')
    const inOrder = ordered.has(table.id)
    const values = columns.map((column) => valueOf(stored, column)).join(', ')
    const task = (bytes: number, range?: string) => ({
      stored,
      select: `SELECT ${values} FROM ONLY ${table.sql} t${where(stored.keep, range)}${inOrder && stored.keep ? ' ORDER BY t.ctid' : ''}`,
      into: `${table.sql} (${names})`,
      format: columns.every(sameInBinary) ? ('binary' as const) : ('text' as const),
      inOrder,
      bytes,
    })
    if (inOrder) return [task(table.size)]
    return pageRanges(table, server).map(({ bytes, condition }) => task(bytes, condition))
  })
  return tasks.toSorted((a, b) => b.bytes - a.bytes)
}

/** A part of a table's own rows: bytes to read, and the condition on `t` that takes them; undefined for all. */
export interface PageRange {
  readonly bytes: number
  readonly condition: string | undefined
}

/** A table in parts that several sessions can read at the same time. */
export function pageRanges({ size }: Table, server: { version: number }): PageRange[] {
  const ranges = server.version < rangeScans ? 1 : Math.max(1, Math.ceil(size / rangeBytes))
  if (ranges === 1) return [{ bytes: size, condition: undefined }]
  return Array.from({ length: ranges }, (_, at) => ({
    bytes: rangeBytes,
    condition: pageRange(at, at === ranges - 1),
  }))
}

function pageRange(at: number, last: boolean): string {
  const pages = rangeBytes / pageBytes
  return `t.ctid >= '(${at * pages},0)'${last ? '' : ` AND t.ctid < '(${(at + 1) * pages},0)'`}`
}

function where(...conditions: readonly (string | undefined)[]): string {
  const given = conditions.filter((condition) => condition !== undefined)
  return given.length === 0 ? '' : ` WHERE ${given.map((condition) => `(${condition})`).join(' AND ')}`
}

function valueOf({ targets }: StoredTable, column: Column): string {
  const row = (name: string) => `t.${identifier(name)}`
  const masked = targets.find(({ target }: MaskedColumn) => target.column.name === column.name)
  if (!masked) return row(column.name)
  const made = maskExpression(masked.target, row, padsOfQuery)
  // Texts of every kind are alike on the wire, and a cast to varchar(n) would cut one off without a word.
  return kindOf(column) === 'text' && !column.array ? made : `(${made})::${withoutLength(column.type)}`
}

/** `numeric(10,2)` → `numeric`: what does not fit must fail on the way in. `character` alone would mean one character. */
function withoutLength(type: string): string {
  if (type.startsWith('"') || type.includes('.')) return type
  return type.replace(/\([\d, -]+\)/, '').replace(/^character(?! varying)/, 'bpchar')
}

/** Built-in types with one binary form everywhere. Others hold numbers of their own database in it, such as OIDs. */
const sameEverywhere = new Set(
  `bool int2 int4 int8 float4 float8 numeric text varchar bpchar char name bytea date time timetz timestamp timestamptz
   interval uuid json jsonb inet cidr macaddr macaddr8 bit varbit money`.split(/\s+/),
)

function sameInBinary({ base, baseSchema, baseKind, array, type }: Column): boolean {
  if (array) return baseSchema === 'pg_catalog' && sameEverywhere.has(base) && !type.includes('.')
  return baseKind === 'e' || base === 'citext' || (baseSchema === 'pg_catalog' && sameEverywhere.has(base))
}

/** What the two databases do not have in common, in words; empty when rows of one fit into the other. */
export function differences(parent: Schema, branch: Schema): string[] {
  const there = new Map(branch.tables.map((table) => [tableName(table), table]))
  const known = new Set(parent.tables.map(tableName))
  return [
    ...parent.tables.flatMap((table) => {
      const other = there.get(tableName(table))
      return other ? tableDifferences(table, other) : [`${tableName(table)} is missing in the branch`]
    }),
    ...branch.tables.flatMap((table) =>
      known.has(tableName(table)) ? [] : [`${tableName(table)} is only in the branch`],
    ),
  ]
}

function tableDifferences(table: Table, other: Table): string[] {
  const name = tableName(table)
  if (table.kind !== other.kind) return [`${name} is not the same kind of table in the branch`]
  const shape = ({ type, generated }: Column) => `${type} ${generated}`
  const there = new Map(other.columns.map((column) => [column.name, shape(column)]))
  const changed = table.columns.filter((column) => there.get(column.name) !== shape(column))
  const known = new Set(table.columns.map((column) => column.name))
  const more = other.columns.filter((column) => !known.has(column.name))
  return [...changed, ...more].map((column) => `${name}.${column.name} differs in the branch`)
}
