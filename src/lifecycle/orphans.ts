import type { Branch } from '../domain/branch.js'
import { orphanEnvironments } from '../domain/orphan-environments.js'
import type { SweepResult } from '../domain/sweep-outcome.js'
import { CancelledError, messageOf } from '../errors.js'
import type { ClaimedEnvironment } from '../ports.js'
import { readPullRequests, recheckBatch, type SweepPorts } from './sweep.js'

/** Secrets and environments of this action whose branch is gone already, such as after a close that never ran. */
export async function removeOrphanEnvironments(
  ports: SweepPorts,
  order: { ttlDays: number },
  items: readonly Branch[],
): Promise<SweepResult[]> {
  const environments = await ports.environments?.list()
  if (!environments) return []
  if (!environments.known) {
    ports.job.warning(`Environments without a branch were not looked for: ${environments.why}.`)
    return []
  }
  const branches = new Set(items.flatMap(({ claim }) => (claim.kind === 'claim' ? [claim.claim.pullRequest ?? 0] : [])))
  const lonely = environments.value.filter(({ pullRequest }) => !branches.has(pullRequest))
  const due = await closedLongAgo(ports, order, { environments: lonely, branches })
  const results: SweepResult[] = []
  for (let from = 0; from < due.length; from += recheckBatch) {
    const batch = due.slice(from, from + recheckBatch)
    for (const environment of await closedLongAgo(ports, order, { environments: batch, branches })) {
      results.push(...(await removeOne(ports, environment)))
    }
  }
  return results
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

/** Nothing to tell of an environment that somebody else made. */
async function removeOne(ports: SweepPorts, environment: ClaimedEnvironment): Promise<SweepResult[]> {
  const base = { name: `environment ${environment.name}`, kind: 'closed' as const, environment: true as const }
  const reason = `pull request #${environment.pullRequest} is closed and has no branch`
  try {
    if (!(await ports.environments?.claimed(environment))) return []
    for (const sink of ports.sinksFor(environment.pullRequest)) await sink.withdraw()
    return [{ ...base, status: 'deleted', reason }]
  } catch (error) {
    if (error instanceof CancelledError) throw error
    return [{ ...base, status: 'failed', reason: messageOf(error) }]
  }
}
