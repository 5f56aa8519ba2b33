import { CancelledError, messageOf } from '../errors.js'
import type { Ports } from './ports.js'
import { removeBranch } from './remove-branch.js'

/** Clears what dead runs left half-built for this branch. A failure is told and leaves them to the next run. */
export async function removeLeftovers(
  { provider, job }: Pick<Ports, 'provider' | 'job'>,
  owner: { repository: number; pullRequest: number | null; branch: string; parent: string },
): Promise<void> {
  // Of one branch only, whose name its run or sweep has the right to go by.
  const guard = { ...owner, byName: true }
  const clear = async () => {
    for (const leftover of (await provider.leftovers?.(owner.branch)) ?? []) {
      await removeBranch(provider, leftover, guard)
      job.info(`Removed "${leftover.name}", the half-built remains of a run that died.`)
    }
  }
  await clear().catch((error: unknown) => {
    if (error instanceof CancelledError) throw error
    job.warning(messageOf(error))
  })
}
