import {
  type CleanupObservation,
  type CleanupPolicy,
  decideCleanup,
  pullRequestsToRead,
} from '../domain/cleanup-plan.js'
import type { SweepOutcome, SweepResult } from '../domain/sweep-outcome.js'
import type { SweepPlan, Verdict } from '../domain/verdict.js'
import { CancelledError, messageOf } from '../errors.js'
import type { ClaimedEnvironment, Sink } from '../ports.js'
import { inParallel } from './in-parallel.js'
import { findOrphanEnvironments, removeOrphanEnvironments } from './orphans.js'
import { readDoomed, removeBranch } from './remove-branch.js'
import { Steps } from './steps.js'
import { keptResults, readPullRequests, recheckBatch, type SweepPorts } from './sweep.js'

export interface CleanupOrder extends Omit<CleanupPolicy, 'now'> {
  /** How many branches are worked on at a time. */
  readonly concurrency: number
}

/** One complete listing, then the pull requests; changes nothing. Throws when the listing fails. */
export async function planCleanup(ports: SweepPorts, order: CleanupOrder): Promise<SweepPlan> {
  const now = ports.clock.now()
  const branches = await ports.provider.list()
  const numbers = pullRequestsToRead(branches.items, { ...order, now })
  const pullRequests = await readPullRequests(ports.forge, numbers)
  return decideCleanup({ branches, pullRequests }, { ...order, now })
}

/** Takes away what has outlived its pull request. A failure with one branch does not stop the others. */
export async function cleanup(ports: SweepPorts, order: CleanupOrder): Promise<SweepOutcome> {
  const steps = new Steps(ports.job, ports.clock)
  const plan = await steps.run('List branches and read pull requests', () => planCleanup(ports, order))
  const doomed = plan.refused === undefined ? plan.verdicts.filter((verdict) => verdict.action === 'delete') : []
  const removed: SweepResult[] = []
  for (let from = 0; from < doomed.length; from += recheckBatch) {
    const batch = doomed.slice(from, from + recheckBatch)
    const title = `Delete ${from + 1} to ${from + batch.length} of ${doomed.length}`
    removed.push(...(await steps.run(title, () => removeBatch(ports, order, batch))))
  }
  const items = plan.verdicts.map((verdict) => verdict.branch)
  const orphans = await planOrphans(ports, order, plan)
  removed.push(...(await removeOrphanEnvironments(ports, order, { orphans, items })))
  const results = [...removed, ...keptResults(plan)]
  return { mode: 'cleanup', plan, dryRun: false, results, steps: steps.done, budget: ports.forge.budget() }
}

/** Environments whose branch is gone. A refused plan is carried out in no part; strategy `hard` reads no pull requests. */
export async function planOrphans(
  ports: SweepPorts,
  order: CleanupOrder,
  plan: SweepPlan,
): Promise<ClaimedEnvironment[]> {
  if (plan.refused !== undefined || order.strategy === 'hard') return []
  return findOrphanEnvironments(
    ports,
    order,
    plan.verdicts.map((verdict) => verdict.branch),
  )
}

/** Reads the pull requests of the batch again and judges each branch anew: what changed since it was listed is kept. */
async function removeBatch(ports: SweepPorts, order: CleanupOrder, batch: readonly Verdict[]): Promise<SweepResult[]> {
  const now = ports.clock.now()
  const items = batch.map((verdict) => verdict.branch)
  const pullRequests = await readPullRequests(ports.forge, pullRequestsToRead(items, { ...order, now }))
  const seen: CleanupObservation = { branches: { items, complete: true }, pullRequests }
  const { verdicts } = decideCleanup(seen, { ...order, now })
  return inParallel(verdicts, order.concurrency, (verdict) => removeOne(ports, order, verdict))
}

async function removeOne(ports: SweepPorts, order: CleanupOrder, verdict: Verdict): Promise<SweepResult> {
  const { branch, kind, reason } = verdict
  const base = { name: branch.name, kind, reason }
  if (verdict.action !== 'delete') return { ...base, status: 'kept', reason: `changed since it was listed: ${reason}` }
  if (branch.claim.kind !== 'claim') return { ...base, status: 'kept' }
  const { claim } = branch.claim
  const { repository, parent } = order
  const guard = { repository, parent, pullRequest: claim.pullRequest, branch: claim.branch }
  const faults: string[] = []
  try {
    // The secret of a branch that was made anew is not ours to withdraw either.
    await readDoomed(ports.provider, branch, guard)
    const sinks = claim.pullRequest === null || branch.leftover ? [] : ports.sinksFor(claim.pullRequest)
    for (const sink of sinks) faults.push(...(await faultsOfWithdrawing(sink)))
    const result = await removeBranch(ports.provider, branch, guard)
    const how = result === 'deleted' ? reason : `${reason}; it was gone already`
    if (faults.length === 0) return { ...base, status: 'deleted', reason: how }
    // The branch is gone all the same, and the outputs say so.
    const fault = faults.join(' ')
    return { ...base, status: 'deleted', reason: `${how}; ${fault}`, fault }
  } catch (error) {
    if (error instanceof CancelledError) throw error
    faults.push(messageOf(error))
    return { ...base, status: 'failed', reason: faults.join(' ') }
  }
}

/** A sink that refuses does not save the branch; only a cancelled run stops. */
async function faultsOfWithdrawing(sink: Sink): Promise<string[]> {
  try {
    await sink.withdraw()
    return []
  } catch (error) {
    if (error instanceof CancelledError) throw error
    return [messageOf(error)]
  }
}
