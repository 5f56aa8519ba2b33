/** The locks that a change takes on what others use, weakest first. */
export const lockClasses = [
  'none',
  'SHARE UPDATE EXCLUSIVE',
  'SHARE',
  'SHARE ROW EXCLUSIVE',
  'ACCESS EXCLUSIVE',
] as const
export type LockClass = (typeof lockClasses)[number]

/** One property of an object: in the parent, and in the branch. */
export interface Detail {
  /** `type`, `default`, `definition`, `grant to app`, `name`. */
  readonly what: string
  /** Absent where the parent has none. */
  readonly before?: string
  /** Absent where the branch has none. */
  readonly after?: string
}

/** One object that is not the same in both. */
export interface SchemaChange {
  /** In the words of SQL: `table`, `column`, `materialized view`. */
  readonly object: string
  /** As the database writes it, with its schema, and with its table where it has one. */
  readonly name: string
  /** The table, view or schema object it is part of, as the database writes it. */
  readonly within?: string
  readonly change: 'added' | 'removed' | 'changed'
  readonly details: readonly Detail[]
  /** What makes the parent's object the branch's. Empty where another change does it too, or where nobody knows how. */
  readonly sql: readonly string[]
  /** The strongest lock of that on something that stood before. */
  readonly lockClass?: LockClass
  /** Every row is written anew. */
  readonly rewrite?: true
  /** Rows or values of the parent are lost. */
  readonly dataLoss?: true
}

/** What a branch's schema has that the parent's has not, and the other way round. */
export interface SchemaDiff {
  /** Tables first, each followed by what it consists of; the same for the same two schemas. */
  readonly changes: readonly SchemaChange[]
  /** Makes the parent's schema that of the branch, in an order that works. Empty where nothing differs. */
  readonly sql: string
  /** What could not be compared or written as SQL, one sentence each. */
  readonly problems: readonly string[]
}
