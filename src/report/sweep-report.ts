import { changedPullRequests, namesWith, type SweepOutcome, type SweepResult } from '../domain/sweep-outcome.js'
import { ProviderError, RefusedError } from '../errors.js'
import { lastSweepLine } from './last-line.js'
import { renderSweep, sweepLines } from './sweep-summary.js'

/** How many values GitHub takes for one matrix. */
const matrixLimit = 256

/** Everything that a sweep tells. A refused plan, a failure or a doubt is never silent, in a dry run neither. */
export interface SweepReport {
  readonly lines: readonly string[]
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
  readonly warnings: readonly string[]
  /** Of a run that went through. */
  readonly lastLine: string
  /** What the run ends with, after everything else is told. */
  readonly failure: Error | undefined
}

export function reportSweep(outcome: SweepOutcome): SweepReport {
  const { results, dryRun, mode, budget } = outcome
  const branches = results.filter((result) => !result.environment)
  const named = (status: SweepResult['status']) => (dryRun && status !== 'kept' ? [] : namesWith(branches, status))
  const kept = namesWith(
    branches.filter((result) => result.kind !== 'not ours'),
    'kept',
  )
  const changed = [...named('deleted'), ...named('refreshed')]
  const numbers = changedPullRequests(results)
  const lines = sweepLines(results).map((line) => (dryRun ? `would be: ${line}` : line))
  return {
    lines: budget === undefined ? lines : [...lines, budget],
    outputs: {
      status: dryRun ? 'planned' : mode === 'cleanup' ? 'cleaned' : 'refreshed',
      deleted: JSON.stringify(named('deleted')),
      refreshed: JSON.stringify(named('refreshed')),
      kept: JSON.stringify(kept),
      failed: JSON.stringify(named('failed')),
      pull_requests: JSON.stringify(numbers.slice(0, matrixLimit)),
    },
    summary: renderSweep(outcome),
    warnings: [
      ...warningOf(mode === 'cleanup' ? 'Deleted' : 'Rebuilt', changed, '.'),
      ...warningOf('Could not decide on', namesOfUndecided(results), '. They were kept.'),
      ...(numbers.length > matrixLimit
        ? [
            `"pull_requests" holds the first ${matrixLimit} of ${numbers.length}; the next run goes on with what is then left.`,
          ]
        : []),
    ],
    lastLine: lastSweepLine(outcome),
    failure: failureOf(outcome),
  }
}

function warningOf(what: string, names: readonly string[], end: string): string[] {
  return names.length === 0 ? [] : [`${what} ${names.length}: ${names.join(', ')}${end}`]
}

function namesOfUndecided(results: readonly SweepResult[]): string[] {
  return results
    .filter(({ kind }) => kind === 'unknown' || kind === 'odd date' || kind === 'orphan')
    .map(({ name }) => name)
}

function failureOf({ mode, plan, results }: SweepOutcome): Error | undefined {
  if (plan.refused !== undefined)
    return new RefusedError(`The ${mode} refused its plan: ${plan.refused}. Nothing was changed.`)
  const failed = results.filter((result) => result.status === 'failed' || result.fault !== undefined)
  if (failed.length === 0) return undefined
  const told = failed.map((result) => `${result.name}: ${result.fault ?? result.reason}`)
  return new ProviderError(`The ${mode} failed for ${failed.length}: ${told.join(' ')}`)
}
