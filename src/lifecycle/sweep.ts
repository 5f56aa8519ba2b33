import type { PullRequestReading } from '../domain/cleanup-plan.js'
import { known, unknown } from '../domain/known.js'
import type { SweepResult } from '../domain/sweep-outcome.js'
import type { SweepPlan } from '../domain/verdict.js'
import type { Clock, Environments, Job, Provider, Sink, SweepForge } from '../ports.js'

export interface SweepPorts {
  readonly provider: Provider
  readonly forge: SweepForge
  /** The places that hold the URL of this pull request's branch. */
  readonly sinksFor: (pullRequest: number) => readonly Sink[]
  /** Undefined when no environments are in use. */
  readonly environments: Environments | undefined
  readonly job: Job
  readonly clock: Clock
}

/** Up to so many pull requests are asked for by number at once; more are first looked up among the open ones. */
const few = 50

/** How many pull requests are read again in one go, right before their branches or environments go. */
export const recheckBatch = 20

/**
 * The facts of these pull requests in as few requests as possible: the open ones by pages of 100, the rest by number.
 * When the open ones cannot be read, all are unknown.
 */
export async function readPullRequests(
  forge: SweepForge,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, PullRequestReading>> {
  if (numbers.length <= few) return forge.pullRequestsByNumber(numbers)
  const open = await forge.openPullRequests()
  if (!open.known) return new Map(numbers.map((number) => [number, unknown(open.why)]))
  const readings = new Map<number, PullRequestReading>()
  for (const number of numbers) {
    const facts = open.value.get(number)
    if (facts) readings.set(number, known(facts))
  }
  const rest = numbers.filter((number) => !readings.has(number))
  for (const [number, reading] of await forge.pullRequestsByNumber(rest)) readings.set(number, reading)
  return readings
}

/** The verdicts that leave a branch alone; all of them when the plan was refused. */
export function keptResults({ verdicts, refused }: SweepPlan): SweepResult[] {
  return verdicts
    .filter((verdict) => verdict.action === 'keep' || refused !== undefined)
    .map(({ branch, action, kind, reason }) => ({
      name: branch.name,
      kind,
      status: 'kept',
      reason: action === 'keep' ? reason : `${reason}; kept because the plan was refused`,
    }))
}
