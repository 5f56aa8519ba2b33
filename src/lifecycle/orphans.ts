import type { Branch } from '../domain/branch.js'
import { type OrphanEnvironment, pullRequestOf } from '../domain/cleanup-plan.js'
import { orphanEnvironments } from '../domain/orphan-environments.js'
import type { SweepResult } from '../domain/sweep-outcome.js'
import { CancelledError, messageOf } from '../errors.js'
import { readPullRequests, recheckBatch, type SweepPorts, type SweepScope } from './sweep.js'

interface OrphanOrder extends SweepScope {
  readonly ttlDays: number
}

/**
 * The environments of this action whose branch is gone already, such as after a close that never ran. Changes nothing;
 * what somebody else made is left out.
 */
export async function findOrphanEnvironments(
  ports: SweepPorts,
  order: OrphanOrder,
  items: readonly Branch[],
): Promise<OrphanEnvironment[]> {
  const branches = numbersOf(items, order)
  const { onlyPullRequest: only } = order
  // The environment of a branch goes with it; then there is none to look for among what may be hundreds.
  if (only !== undefined && branches.has(only)) return []
  const environments = await ports.environments?.list()
  if (!environments) return []
  if (!environments.known) {
    ports.job.warning(`Environments without a branch were not looked for: ${environments.why}.`)
    return []
  }
  const lonely = environments.value.filter(
    ({ pullRequest }) => !branches.has(pullRequest) && (only ?? pullRequest) === pullRequest,
  )
  const orphans: OrphanEnvironment[] = []
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
  order: OrphanOrder,
  { orphans, items }: { orphans: readonly OrphanEnvironment[]; items: readonly Branch[] },
): Promise<SweepResult[]> {
  const branches = numbersOf(items, order)
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
export function orphanResult({ name, pullRequest }: OrphanEnvironment): SweepResult {
  const reason = `pull request #${pullRequest} is closed and has no branch`
  return { name: `environment ${name}`, kind: 'closed', environment: true, status: 'deleted', reason, pullRequest }
}

function numbersOf(items: readonly Branch[], { byName }: SweepScope): Set<number> {
  return new Set(items.flatMap((branch) => pullRequestOf(branch, byName) ?? []))
}

async function closedLongAgo(
  ports: SweepPorts,
  order: OrphanOrder,
  { environments, branches }: { environments: readonly OrphanEnvironment[]; branches: ReadonlySet<number> },
): Promise<OrphanEnvironment[]> {
  const numbers = environments.map(({ pullRequest }) => pullRequest)
  const pullRequests = await readPullRequests(ports.forge, numbers)
  const due = new Set(orphanEnvironments(numbers, { branches, pullRequests }, { ...order, now: ports.clock.now() }))
  return environments.filter(({ pullRequest }) => due.has(pullRequest))
}

async function removeOne(ports: SweepPorts, environment: OrphanEnvironment): Promise<SweepResult> {
  try {
    for (const sink of ports.sinksFor(environment.pullRequest)) await sink.withdraw?.()
    return orphanResult(environment)
  } catch (error) {
    if (error instanceof CancelledError) throw error
    return { ...orphanResult(environment), status: 'failed', reason: messageOf(error) }
  }
}
