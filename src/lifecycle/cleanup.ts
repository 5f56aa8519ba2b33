import { type CleanupPlan, type CleanupPolicy, decideCleanup, pullRequestsToRead } from '../domain/cleanup-plan.js'
import type { SweepOutcome, SweepResult } from '../domain/sweep-outcome.js'
import { admitToSweep, type Verdict } from '../domain/verdict.js'
import { CancelledError, messageOf } from '../errors.js'
import type { Sink } from '../ports.js'
import { inParallel } from '../in-parallel.js'
import { findOrphanEnvironments, orphanResult, removeOrphanEnvironments } from './orphans.js'
import { readDoomed, removeBranch } from './remove-branch.js'
import { Steps } from './steps.js'
import {
  baseOf,
  keptResults,
  listBranches,
  previewOf,
  readPullRequests,
  recheckBatch,
  type SweepPorts,
  type SweepScope,
} from './sweep.js'

export interface CleanupOrder extends Omit<CleanupPolicy, 'now'>, SweepScope {
  /** How many branches are worked on at a time. */
  readonly concurrency: number
}

/**
 * One complete listing, then the pull requests, then the environments whose branch is gone; changes nothing. Throws when
 * the listing fails. Strategy `hard` reads no pull requests and so finds no environments.
 */
async function planCleanup(ports: SweepPorts, order: CleanupOrder): Promise<CleanupPlan> {
  const now = ports.clock.now()
  const branches = await listBranches(ports, order)
  const numbers = pullRequestsToRead(branches.items, { ...order, now })
  const pullRequests = await readPullRequests(ports.forge, numbers)
  const orphans = order.strategy === 'hard' ? [] : await findOrphanEnvironments(ports, order, branches.items)
  return decideCleanup({ branches, pullRequests, orphans }, { ...order, now })
}

/** What `cleanup` would do. */
export async function previewCleanup(ports: SweepPorts, order: CleanupOrder): Promise<SweepOutcome> {
  const plan = await planCleanup(ports, order)
  return previewOf(ports, 'cleanup', { plan, scope: order, others: plan.orphans.map(orphanResult) })
}

/** Takes away what has outlived its pull request. A failure with one branch does not stop the others. */
export async function cleanup(ports: SweepPorts, order: CleanupOrder): Promise<SweepOutcome> {
  const steps = new Steps(ports.job, ports.clock)
  const plan = await steps.run('List branches and read pull requests', () => planCleanup(ports, order))
  const refused = plan.refused !== undefined
  const doomed = refused ? [] : plan.verdicts.filter((verdict) => verdict.action === 'delete')
  const removed: SweepResult[] = []
  for (let from = 0; from < doomed.length; from += recheckBatch) {
    const batch = doomed.slice(from, from + recheckBatch)
    const title = `Delete ${from + 1} to ${from + batch.length} of ${doomed.length}`
    removed.push(...(await steps.run(title, () => removeBatch(ports, order, batch))))
  }
  const items = plan.verdicts.map((verdict) => verdict.branch)
  const orphans = refused ? [] : plan.orphans
  removed.push(...(await removeOrphanEnvironments(ports, order, { orphans, items })))
  const results = [...removed, ...keptResults(plan, order)]
  return { mode: 'cleanup', plan, dryRun: false, results, steps: steps.done, budget: ports.forge.budget() }
}

/** Reads the pull requests of the batch again and judges each branch anew: what changed since it was listed is kept. */
async function removeBatch(ports: SweepPorts, order: CleanupOrder, batch: readonly Verdict[]): Promise<SweepResult[]> {
  const now = ports.clock.now()
  const items = batch.map((verdict) => verdict.branch)
  const pullRequests = await readPullRequests(ports.forge, pullRequestsToRead(items, { ...order, now }))
  const { verdicts } = decideCleanup(
    { branches: { items, complete: true }, pullRequests, orphans: [] },
    { ...order, now },
  )
  return inParallel(verdicts, order.concurrency, (verdict) => removeOne(ports, order, verdict))
}

async function removeOne(ports: SweepPorts, order: CleanupOrder, verdict: Verdict): Promise<SweepResult> {
  const { branch, reason } = verdict
  const base = baseOf(verdict, order)
  if (verdict.action !== 'delete') return { ...base, status: 'kept', reason: `changed since it was listed: ${reason}` }
  const admitted = admitToSweep(branch, { ...order, now: ports.clock.now() })
  if (!('claim' in admitted)) return { ...base, status: 'kept', reason: admitted.reason }
  const { claim } = admitted
  const { repository, parent, byName, names } = order
  const owner = { pullRequest: claim.pullRequest, branch: claim.branch, byName: byName !== undefined }
  const guard = { repository, parent, ...owner, ...(names && { names }) }
  const faults: string[] = []
  try {
    // The secret of a branch that was made anew is not ours to withdraw either.
    await readDoomed(ports.provider, branch, guard)
    const sinks =
      claim.pullRequest === null || branch.leftover ? [] : ports.sinksFor(claim.pullRequest, { branch: claim.branch })
    for (const sink of sinks) faults.push(...(await faultsOfWithdrawing(ports, sink)))
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
async function faultsOfWithdrawing({ job }: SweepPorts, sink: Sink): Promise<string[]> {
  try {
    await sink.withdraw?.()
    return []
  } catch (error) {
    if (error instanceof CancelledError) throw error
    if (sink.sign) {
      job.warning(messageOf(error))
      return []
    }
    return [messageOf(error)]
  }
}
