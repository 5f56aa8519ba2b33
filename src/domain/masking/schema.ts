/**
 * What the plan needs to know of a database. Names are as the catalogs hold them; `sql` texts are quoted and carry
 * their schema, so that they mean the same under any search_path.
 */

export interface Schema {
  readonly server: ServerFacts
  readonly tables: readonly Table[]
  readonly uniques: readonly Unique[]
  readonly foreignKeys: readonly ForeignKey[]
  /** Objects that PostgreSQL does not let stand while the type of a column changes. */
  readonly dependents: readonly Dependent[]
  readonly largeObjects: number
  /** Users' logins on other servers: a branch would carry their passwords along. */
  readonly userMappings: readonly { readonly server: string; readonly user: string }[]
  readonly labels: readonly Label[]
}

/** A security label of PostgreSQL Anonymizer, such as `MASKED WITH FUNCTION anon.fake_email()`. */
export interface Label {
  /** `anon`: what becomes of the values; `k_anonymity`: what might single somebody out. */
  readonly provider: 'anon' | 'k_anonymity'
  readonly table: string
  /** `attnum`; 0 for a label of the whole table. */
  readonly column: number
  readonly label: string
}

export interface ServerFacts {
  /** `server_version_num`. */
  readonly version: number
  readonly superuser: boolean
  readonly role: string
}

export interface Table {
  /** OID. */
  readonly id: string
  readonly schema: string
  readonly name: string
  readonly sql: string
  readonly kind: 'table' | 'partitioned' | 'foreign'
  /** Tables that this one inherits from or is a partition of. */
  readonly parents: readonly string[]
  /** PostgreSQL's estimate of its own rows; an upper bound from the size where there is no estimate. */
  readonly rows: number
  /** Bytes of the heap. */
  readonly size: number
  readonly columns: readonly Column[]
  /** Columns that were dropped and whose values are still in the files. */
  readonly droppedColumns: number
  readonly partitionColumns: readonly string[]
  /** Migration tool whose ledger this is. */
  readonly ledger: string | undefined
  /** Whether the role at work may change it. */
  readonly ours: boolean
  readonly typed: boolean
  /** Row security applies to its owner, too. */
  readonly forcesRowSecurity: boolean
}

export interface Column {
  /** `attnum`. */
  readonly number: number
  readonly name: string
  /** Such as `character varying(20)` or `shop."Mail"`. */
  readonly type: string
  /** Name of the type under domains and arrays, such as `varchar`, and the schema it lives in. */
  readonly base: string
  readonly baseSchema: string
  /** `pg_type.typtype` of the base: `e` is an enum, `c` a composite, `r` a range. */
  readonly baseKind: string
  readonly array: boolean
  /** Characters of varchar(n) and char(n). */
  readonly length: number | null
  readonly labels: readonly string[]
  readonly notNull: boolean
  readonly generated: '' | 's' | 'v'
  /** Expression of a generated column, and the numbers of the columns it reads. */
  readonly expression: string | null
  readonly reads: readonly number[]
  readonly collation: string | null
  /** The collation may call two different texts equal. */
  readonly nondeterministic: boolean
  /** Only where it is not the type's own, which is what ALTER … TYPE falls back to. */
  readonly storage: string | null
  readonly compression: string | null
  /** Comes from a parent: only the parent can change it. */
  readonly inherited: boolean
}

export interface Unique {
  readonly name: string
  readonly primary: boolean
  readonly table: string
  /** Column numbers. A column inside an expression counts. */
  readonly columns: readonly number[]
  /** Columns that stand in it as `lower(column)`. */
  readonly lowered: readonly number[]
}

export interface ForeignKey {
  readonly id: string
  readonly name: string
  readonly table: string
  readonly columns: readonly number[]
  readonly target: string
  readonly targetColumns: readonly number[]
  /** By which it compares each target column (left) with its own, such as `OPERATOR(pg_catalog.=)`. */
  readonly operators: readonly string[]
  readonly definition: string
  readonly comment: string | null
}

export type DependentKind = 'view' | 'materialized view' | 'rule' | 'policy' | 'trigger' | 'function' | 'publication'

export interface Dependent {
  readonly kind: DependentKind
  readonly id: string
  /** For messages. */
  readonly name: string
  /** Relation that the object stands on; for a view the view itself. */
  readonly relation: string
  /** Columns it uses; number 0 is the whole relation. */
  readonly uses: readonly { readonly relation: string; readonly column: number }[]
}

export function tableName(table: { readonly schema: string; readonly name: string }): string {
  return `${table.schema}.${table.name}`
}
