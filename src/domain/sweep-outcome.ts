import type { Step } from './outcome.js'
import type { SweepPlan, Verdict } from './verdict.js'

/** What really became of one branch, or of an environment whose branch is gone. */
export interface SweepResult {
  readonly name: string
  readonly kind: Verdict['kind']
  readonly status: 'deleted' | 'refreshed' | 'kept' | 'failed'
  readonly reason: string
  /** Undefined when it was made by hand, or is not ours. */
  readonly pullRequest?: number | undefined
  /** What went wrong although the branch was deleted or rebuilt; it fails the run. */
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

/** The pull requests whose branch or environment was changed, or would be by a dry run's plan; in ascending order. */
export function changedPullRequests(results: readonly SweepResult[]): number[] {
  const numbers = results
    .filter(({ status, fault }) => status === 'deleted' || status === 'refreshed' || fault !== undefined)
    .flatMap(({ pullRequest }) => pullRequest ?? [])
  return [...new Set(numbers)].sort((a, b) => a - b)
}
