import type { BeforeAfter } from '../../domain/branch-report.js'

/**
 * What became of a query, the worst first. `fails`: on the branch alone; `new`: on the parent alone, which lacks what it
 * asks for; `unknown`: nobody can tell, and the notes say why.
 */
export const changeKinds = [
  'fails',
  'index to seq scan',
  'costlier',
  'reads more',
  'new sort',
  'unknown',
  'plan changed',
  'new',
  'better',
  'same',
] as const
export type ChangeKind = (typeof changeKinds)[number]

/**
 * What the two plans were compared by. `costs`: the tables are of one size, so that the plans themselves are compared.
 * `indexes`: the branch has other rows than the parent, or none; the planner's choice there says nothing of production,
 * and only this is asked: does an index of the branch still serve where the parent uses one?
 */
export type Basis = 'costs' | 'indexes'

export interface PlanChange {
  /** From `-- name:`, otherwise file and line. */
  readonly query: string
  readonly file: string
  /** Of the statement's first word in that file, from 1. */
  readonly line: number
  readonly statement: string
  readonly change: ChangeKind
  readonly basis?: Basis
  /** The planner's total cost, in its own unit; only where both can be compared. */
  readonly cost?: BeforeAfter
  /** Milliseconds, where both were run. They include what was read from disk. */
  readonly ms?: BeforeAfter
  /** Blocks of 8 kB that were touched, where both were run: from memory or disk alike, so that they do not vary. */
  readonly buffers?: BeforeAfter
  /** Running it on the branch did not end in time, and on the parent it did. */
  readonly late?: boolean
  /** Times as costly as on the parent. */
  readonly ratio?: number
  /** Tables that an index served and no longer does. */
  readonly tables: readonly string[]
  /** Bytes of those tables on the parent, without indexes. */
  readonly bytes?: number
  /**
   * Both plans as one tree, `- ` before what is gone, `+ ` before what is new, two blanks before the rest; empty for equal
   * plans. By `indexes` the branch's is the one without sequential scans.
   */
  readonly nodes: readonly string[]
  /** Sentences that limit what the above says. */
  readonly notes: readonly string[]
}
