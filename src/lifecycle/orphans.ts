import type { Branch } from '../domain/branch.js'
import { orphanEnvironments } from '../domain/orphan-environments.js'
import type { SweepResult } from '../domain/sweep-outcome.js'
import { CancelledError, messageOf } from '../errors.js'
import type { ClaimedEnvironment } from '../ports.js'
import { readPullRequests, recheckBatch, type SweepPorts } from './sweep.js'

/**
 * The environments of this action whose branch is gone already, such as after a close that never ran. Changes nothing;
 * what somebody else made is left out.
 */
export async function findOrphanEnvironments(
  ports: SweepPorts,
  order: { ttlDays: number },
  items: readonly Branch[],
): Promise<ClaimedEnvironment[]> {
  const environments = await ports.environments?.list()
  if (!environments) return []
  if (!environments.known) {
    ports.job.warning(`Environments without a branch were not looked for: ${environments.why}.`)
    return []
  }
  const branches = numbersOf(items)
  const lonely = environments.value.filter(({ pullRequest }) => !branches.has(pullRequest))
  const orphans: ClaimedEnvironment[] = []
  for (const environment of await closedLongAgo(ports, order, { environments: lonely, branches })) {
    const claimed = await ports.environments?.claimed(environment).catch((error: unknown) => {
      if (error instanceof CancelledError) throw error
      ports.job.warning(`Whether the environment "${environment.name}" is ours is unknown: ${messageOf(error)}`)
      return false
    })
    if (claimed) orphans.push(environment)
  }
  return orphans
}

/** Removes them with their secret, after reading their pull requests again. */
export async function removeOrphanEnvironments(
  ports: SweepPorts,
  order: { ttlDays: number },
  { orphans, items }: { orphans: readonly ClaimedEnvironment[]; items: readonly Branch[] },
): Promise<SweepResult[]> {
  const branches = numbersOf(items)
  const results: SweepResult[] = []
  for (let from = 0; from < orphans.length; from += recheckBatch) {
    const batch = orphans.slice(from, from + recheckBatch)
    for (const environment of await closedLongAgo(ports, order, { environments: batch, branches })) {
      results.push(await removeOne(ports, environment))
    }
  }
  return results
}

/** What will be told of an environment once it is gone. */
export function orphanResult({ name, pullRequest }: ClaimedEnvironment): SweepResult {
  const reason = `pull request #${pullRequest} is closed and has no branch`
  return { name: `environment ${name}`, kind: 'closed', environment: true, status: 'deleted', reason }
}

function numbersOf(items: readonly Branch[]): Set<number> {
  return new Set(items.flatMap(({ claim }) => (claim.kind === 'claim' ? [claim.claim.pullRequest ?? 0] : [])))
}

async function closedLongAgo(
  ports: SweepPorts,
  order: { ttlDays: number },
  { environments, branches }: { environments: readonly ClaimedEnvironment[]; branches: ReadonlySet<number> },
): Promise<ClaimedEnvironment[]> {
  const numbers = environments.map(({ pullRequest }) => pullRequest)
  const pullRequests = await readPullRequests(ports.forge, numbers)
  const due = new Set(orphanEnvironments(numbers, { branches, pullRequests }, { ...order, now: ports.clock.now() }))
  return environments.filter(({ pullRequest }) => due.has(pullRequest))
}

async function removeOne(ports: SweepPorts, environment: ClaimedEnvironment): Promise<SweepResult> {
  try {
    for (const sink of ports.sinksFor(environment.pullRequest)) await sink.withdraw()
    return orphanResult(environment)
  } catch (error) {
    if (error instanceof CancelledError) throw error
    return { ...orphanResult(environment), status: 'failed', reason: messageOf(error) }
  }
}
