import type { Step } from './outcome.js'
import type { SweepPlan, Verdict } from './verdict.js'

/** What really became of one branch, or of an environment whose branch is gone. */
export interface SweepResult {
  readonly name: string
  readonly kind: Verdict['kind']
  readonly status: 'deleted' | 'refreshed' | 'kept' | 'failed'
  readonly reason: string
  /** What stayed behind although the branch is gone; it fails the run. */
  readonly fault?: string
  /** It is an environment without a branch, not a branch. */
  readonly environment?: true
}

/** What a sweep did. `results` come from what happened, never from the plan. */
export interface SweepOutcome {
  readonly mode: 'cleanup' | 'refresh'
  readonly plan: SweepPlan
  readonly dryRun: boolean
  readonly results: readonly SweepResult[]
  readonly steps: readonly Step[]
  /** What the forge says is left of this hour's requests, for people. */
  readonly budget: string | undefined
}

export function namesWith(results: readonly SweepResult[], status: SweepResult['status']): string[] {
  return results.filter((result) => result.status === status).map((result) => result.name)
}
