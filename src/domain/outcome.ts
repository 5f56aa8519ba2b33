import type { BranchReport } from './branch-report.js'
import type { MaskingMark } from './claim.js'
import type { DataPolicy } from './data-policy.js'

export type Status =
  'created' | 'reused' | 'reset' | 'connected' | 'deleted' | 'absent' | 'kept' | 'skipped' | 'planned' | 'reported'

/** What really happened, in the words of outputs and summary. Holds no secret. */
export interface Outcome {
  readonly status: Status
  readonly branch: string
  readonly reason: string
  readonly branchId?: string
  readonly parent?: string
  readonly dataPolicy?: DataPolicy
  readonly approval?: string
  /** By which rules and key its rows were masked. */
  readonly masked?: MaskingMark
  /** How old the rows of its golden parent were when it was made from it, such as `3 h`. */
  readonly goldenAge?: string
  /** It is a golden parent. */
  readonly golden?: true
  readonly createdAt?: string
  /** Every place that now holds the URL. */
  readonly exposed: readonly string[]
  readonly notes: readonly string[]
  /** What migrations and seeds did, where there were any. */
  readonly report?: BranchReport
  readonly steps: readonly Step[]
}

/** One thing that was done, and how long it took in milliseconds. */
export interface Step {
  readonly name: string
  readonly ms: number
}
