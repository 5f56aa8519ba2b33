import type { Branch } from '../domain/branch.js'
import { type PullRequestReading, pullRequestOf } from '../domain/cleanup-plan.js'
import { known, unknown } from '../domain/known.js'
import type { SweepOutcome, SweepResult } from '../domain/sweep-outcome.js'
import type { ByName, SweepPlan, Verdict } from '../domain/verdict.js'
import type { Clock, Environments, ForgePorts, Job, Law, Provider, SealMasking, SweepForge } from '../ports.js'

export interface SweepPorts {
  readonly provider: Provider
  readonly forge: SweepForge
  /** The places that hold the URL of this pull request's branch; without the branch, those that the number alone tells. */
  readonly sinksFor: ForgePorts['sinksFor']
  /** Undefined when no environments are in use. */
  readonly environments: Environments | undefined
  readonly job: Job
  readonly clock: Clock
  readonly law: Law
  readonly sealMasking: SealMasking
}

export interface SweepScope {
  /** The one pull request that the sweep goes over; undefined: all of them. */
  readonly onlyPullRequest: number | undefined
  /** Set when names may tell whose a branch is, on a platform without claims. */
  readonly byName?: ByName | undefined
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

/** The branches, finished or half-built, that the sweep goes over. Throws when the listing fails. */
export async function listBranches(
  { provider }: SweepPorts,
  { onlyPullRequest: only, byName }: SweepScope,
): Promise<{ items: Branch[]; complete: boolean }> {
  const { items, complete } = await provider.list()
  return { items: items.filter((branch) => only === undefined || pullRequestOf(branch, byName) === only), complete }
}

/** What a result says of its branch, whatever becomes of it. */
export function baseOf({ branch, kind, reason }: Verdict, { byName }: SweepScope): Omit<SweepResult, 'status'> {
  return { name: branch.name, kind, reason, pullRequest: pullRequestOf(branch, byName) }
}

/** The verdicts that leave a branch alone; all of them when the plan was refused. */
export function keptResults({ verdicts, refused }: SweepPlan, scope: SweepScope): SweepResult[] {
  return verdicts
    .filter((verdict) => verdict.action === 'keep' || refused !== undefined)
    .map((verdict) => {
      const base = baseOf(verdict, scope)
      if (verdict.action === 'keep') return { ...base, status: 'kept' }
      return { ...base, status: 'kept', reason: `${verdict.reason}; kept because the plan was refused` }
    })
}

/** What a plan would come to, told as the real run would tell it. */
export function previewOf(
  { forge }: SweepPorts,
  mode: SweepOutcome['mode'],
  { plan, scope, others = [] }: { plan: SweepPlan; scope: SweepScope; others?: readonly SweepResult[] },
): SweepOutcome {
  const intended =
    plan.refused === undefined
      ? [
          ...plan.verdicts
            .filter((verdict) => verdict.action !== 'keep')
            .map((verdict) => intendedResult(verdict, scope)),
          ...others,
        ]
      : []
  return {
    mode,
    plan,
    dryRun: true,
    results: [...intended, ...keptResults(plan, scope)],
    steps: [],
    budget: forge.budget(),
  }
}

function intendedResult(verdict: Verdict, scope: SweepScope): SweepResult {
  return { ...baseOf(verdict, scope), status: verdict.action === 'delete' ? 'deleted' : 'refreshed' }
}
