/**
 * What the plan of a synthetic seed needs to know of a database. Names are as the catalogs hold them; `sql` texts are
 * quoted and carry their schema.
 */

export interface SeedSchema {
  /** Tables of people; a partition counts as its topmost parent. */
  readonly tables: readonly SeedTable[]
  readonly keys: readonly SeedKey[]
  readonly references: readonly SeedReference[]
}

export interface SeedTable {
  /** OID. */
  readonly id: string
  readonly schema: string
  readonly name: string
  readonly sql: string
  /** Rows that are there already; counting ends at `mostKnownRows`. */
  readonly rows: number
  /** Migration tool whose ledger this is. */
  readonly ledger: string | undefined
  readonly columns: readonly SeedColumn[]
}

/** How many rows of a table that is filled already are taken as targets of foreign keys. */
export const mostKnownRows = 1000

export interface SeedColumn {
  /** `attnum`. */
  readonly number: number
  readonly name: string
  /** Such as `character varying(20)` or `shop."Mail"`. */
  readonly type: string
  /** Name of the type under domains and arrays, such as `varchar`. */
  readonly base: string
  /** `pg_type.typtype` of the base: `e` is an enum, `c` a composite, `r` a range. */
  readonly baseKind: string
  readonly array: boolean
  /** Characters of varchar(n) and char(n), bits of bit(n). */
  readonly length: number | null
  /** Of numeric(p, s); the scale can be negative. */
  readonly precision: number | null
  readonly scale: number | null
  readonly labels: readonly string[]
  readonly notNull: boolean
  readonly generated: boolean
  /** What the server takes when a row says nothing. */
  readonly fallback: 'none' | 'constant' | 'expression'
  readonly sequence: SeedSequence | undefined
  readonly limits: Limits
}

/** The column with this `attnum`. */
export function columnOf(table: SeedTable | undefined, number: number): SeedColumn | undefined {
  return table?.columns.find((column) => column.number === number)
}

export interface SeedSequence {
  readonly sql: string
  readonly start: number
  readonly increment: number
}

/** What CHECK constraints, domains and partitions say of one column. */
export interface Limits {
  readonly oneOf?: readonly string[]
  readonly min?: Bound
  readonly max?: Bound
  /** Of a text, in characters. */
  readonly minLength?: number
  readonly maxLength?: number
  readonly like?: string
  readonly case?: 'lower' | 'upper'
  readonly notNull?: boolean
  /** The value lies behind that of this column. */
  readonly after?: string
  /** From (included) to (not included) of each partition; undefined is without end. */
  readonly ranges?: readonly { readonly from: string | undefined; readonly to: string | undefined }[]
}

export interface Bound {
  /** A number or an ISO date, as text. */
  readonly value: string
  readonly included: boolean
}

/** Unique and primary keys, unique indexes, exclusion constraints. */
export interface SeedKey {
  readonly name: string
  readonly table: string
  /** Column numbers. A column inside an expression counts. */
  readonly columns: readonly number[]
  /** Of a partial index that holds only rows where this column is true (or false): the value that keeps rows out of it. */
  readonly avoidedBy: { readonly column: string; readonly value: boolean } | undefined
}

export interface SeedReference {
  readonly name: string
  readonly table: string
  readonly columns: readonly number[]
  readonly target: string
  readonly targetColumns: readonly number[]
}
