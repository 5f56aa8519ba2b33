import type { Branch } from '../domain/branch.js'
import { claimsGolden } from '../domain/claim.js'
import { CancelledError, messageOf } from '../errors.js'
import { buildState, type Ports, rebuildPrefix } from './ports.js'
import { removeBranch } from './remove-branch.js'

/** The branch that a build was for. */
interface Builder {
  readonly repository: number
  readonly pullRequest: number | null
  readonly branch: string
  readonly parent: string
}

/** Takes away what this run's failed build made. A cancelled run leaves that to the post step, which has the time. */
export async function rollBack(
  ports: Pick<Ports, 'provider' | 'job'>,
  order: Builder,
  failed: { state: string; error: unknown },
): Promise<void> {
  if (failed.error instanceof CancelledError) return
  try {
    await undoBuild(ports, order, failed.state)
    ports.job.saveState(buildState, '')
  } catch (error) {
    ports.job.warning(`Rolling back failed: ${messageOf(error)} The post step tries again.`)
  }
}

/**
 * Undoes what the saved state tells of: removes the build, finished or not, and nothing that another run made. Of a
 * rebuild only what is half-built goes; once it has the branch's name it holds the user's only copy.
 */
export async function undoBuild(
  ports: Pick<Ports, 'provider'>,
  guard: Builder,
  state: string,
): Promise<'deleted' | 'absent'> {
  const rebuilds = state.startsWith(rebuildPrefix)
  const [, build = '', id] = /^([^@]*)(?:@(.*))?$/s.exec(rebuilds ? state.slice(rebuildPrefix.length) : state) ?? []
  await ports.provider.abandon?.(build)
  if (rebuilds) return 'absent'
  const branch = await ports.provider.find(guard.branch)
  if (!branch || !isOfBuild(branch, { build, id })) return 'absent'
  // A golden parent that has its name is verified, whatever happened to its run afterwards.
  if (claimsGolden(branch.claim) && !branch.unfinished) return 'absent'
  return removeBranch(ports.provider, branch, { ...guard, byName: true })
}

/** The claim tells which build made it; where there is no claim, the platform's id does. */
function isOfBuild({ id, claim }: Branch, made: { build: string; id: string | undefined }): boolean {
  if (claim.kind === 'claim') return claim.claim.build === made.build
  return claim.kind === 'name' && id === made.id
}
