import type { DataPolicy } from './data-policy.js'
import type { Condition, Violation } from './fail-on.js'
import type { Finding } from './insight.js'

/**
 * What a pull request did to its branch, for the step summary and the comment. A part that is missing was not asked for;
 * what was asked for and could not be read stands in `problems`.
 */
export interface BranchReport {
  readonly branch: string
  readonly parent?: string
  readonly dataPolicy?: DataPolicy
  /** The masking certificate in one line. */
  readonly certificate?: string
  /** Of the branch, in ISO 8601. */
  readonly createdAt?: string
  /** When this report was made, in ISO 8601. */
  readonly reportedAt?: string
  /** The commit that was migrated, as 40 hex digits. */
  readonly commit?: string
  /** Address of the run, whose summary holds what a comment has no room for. */
  readonly runUrl?: string
  readonly migrate?: CommandReport
  readonly seed?: CommandReport
  /** In any order. */
  readonly findings: readonly Finding[]
  readonly failOn?: { readonly conditions: readonly Condition[]; readonly violations: readonly Violation[] }
  readonly locks?: LockFacts
  readonly diff?: DiffFacts
  readonly plans?: PlanFacts
  /** What could not be looked at, one sentence each. */
  readonly problems: readonly string[]
}

/** A command of the user's. Its line is not here, because it can hold secrets. */
export interface CommandReport {
  /** Milliseconds. */
  readonly ms: number
  /** Exit status; undefined when it was ended by a signal or a deadline. */
  readonly exit: number | undefined
  /** Why it failed and where, in one sentence. */
  readonly failure?: string
  /** The statement that failed. */
  readonly statement?: string
}

/** Which locks the migration took on the branch. */
export interface LockFacts {
  /** Whether the times are those of the server, to the COMMIT; otherwise they are samples. */
  readonly exact: boolean
  readonly relations: readonly {
    readonly relation: string
    readonly mode: string
    readonly ms: number
    /** Milliseconds that it waited for the lock. */
    readonly waited?: number
    readonly statement?: string
    readonly sizeBytes?: number
    readonly rows?: number
  }[]
  readonly rewrites: readonly {
    readonly relation: string
    readonly reason?: string
    readonly bytes?: number
    readonly ms?: number
  }[]
  /** Constraints that were validated by reading the whole table. */
  readonly scans: readonly { readonly relation: string; readonly constraint?: string; readonly bytes?: number }[]
  readonly statements: readonly { readonly sql: string; readonly ms: number }[]
  /** What such a watch cannot see, one sentence each. */
  readonly limits?: readonly string[]
  /** Bytes of write-ahead log in all. */
  readonly walBytes?: number
}

/** How the branch's schema differs from its parent's. */
export interface DiffFacts {
  readonly counts: { readonly added: number; readonly removed: number; readonly changed: number }
  /** A tree of `+`, `-` and `~`, one object a line. */
  readonly tree: string
  /** What makes the parent's schema the branch's. */
  readonly sql: string
}

export interface PlanFacts {
  /** Worst first; queries whose plan stayed the same may be left out. */
  readonly changes: readonly PlanFact[]
  /** Queries that were explained. */
  readonly queries: number
}

export interface PlanFact {
  readonly query: string
  /** Such as `index to seq scan`. */
  readonly change: string
  readonly severity?: Finding['severity']
  readonly file?: string
  readonly line?: number
  readonly cost?: BeforeAfter
  /** Milliseconds. */
  readonly ms?: BeforeAfter
  /** Blocks of 8 kB. */
  readonly buffers?: BeforeAfter
  /** How the plan's nodes differ: lines that begin with `+` or `-`. */
  readonly nodes: readonly string[]
}

/** On the parent and on the branch. */
export interface BeforeAfter {
  readonly before: number
  readonly after: number
}
