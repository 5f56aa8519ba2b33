import type { HeavyMode } from './modes.js'

/**
 * What a migration locked, rewrote and read on a branch. All times are milliseconds of the server's clock, all sizes bytes.
 * Texts of statements may hold literals of the migration.
 */
export interface LockReport {
  /** The server itself wrote down what happened, to the COMMIT; otherwise everything is from samples. */
  readonly exact: boolean
  /** Relations that stood before the migration; what it made itself is in nobody's way. The most dangerous first. */
  readonly relations: readonly HeldLock[]
  readonly rewrites: readonly Rewrite[]
  /** Tables of which a change of the schema read every row. */
  readonly scans: readonly Scan[]
  /** In the order of their start. */
  readonly statements: readonly TimedStatement[]
  /** Write-ahead log of the whole server meanwhile, other sessions' too; absent where it does not tell. */
  readonly walBytes?: number
  /** What such a watch cannot see, one sentence each. */
  readonly limits: readonly string[]
  /** What this watch should have seen and did not: the report may lack anything. One sentence each. */
  readonly problems: readonly string[]
}

export interface HeldLock {
  readonly relation: string
  readonly mode: HeavyMode
  /** From when it was granted to the end of its transaction; the longest time, if it was held several times. */
  readonly ms: number
  /** Waiting for it, before that. */
  readonly waited: number
  /** What the session was last seen to wait for while it held or wanted the lock, such as `Lock:relation`. */
  readonly wait?: string
  /** How often that statement took it. */
  readonly times: number
  readonly statement?: string
  /** Of that statement alone; absent if it is not known apart from its transaction. */
  readonly statementMs?: number
  /** Before the migration, with indexes and TOAST; of the table, for an index. */
  readonly sizeBytes: number
  /** Before the migration, as the server estimates. */
  readonly rows?: number
  /** Recorded to the COMMIT by the server, not sampled. */
  readonly exact: boolean
}

export interface Rewrite {
  readonly relation: string
  /** In words. */
  readonly reason: string
  /** Afterwards, with indexes and TOAST: what was written. */
  readonly bytes: number
  /** Absent where only the new file was seen. */
  readonly ms?: number
  readonly statement?: string
}

export interface Scan {
  readonly relation: string
  /** The constraints of the table that hold for every row since, comma separated. */
  readonly constraint?: string
  /** The strongest lock on the table meanwhile; absent if none was seen. */
  readonly mode?: HeavyMode
  /** Rows that were read; absent where only the constraint was seen. */
  readonly tuples?: number
  /** Of the rows, before the migration. */
  readonly bytes: number
  readonly ms?: number
  readonly statement?: string
}

export interface TimedStatement {
  readonly sql: string
  readonly ms: number
}
