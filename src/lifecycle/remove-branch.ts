import type { Branch } from '../domain/branch.js'
import { deletionFault } from '../domain/deletion.js'
import { RefusedError } from '../errors.js'
import type { Provider } from '../ports.js'

/**
 * The one way to delete a branch. Reads it again right before, and refuses the parent, protected, recreated and
 * unclaimed branches whatever the plan says.
 * @throws RefusedError when the branch must stay.
 */
export async function removeBranch(
  provider: Provider,
  planned: Branch,
  guard: { repository: number; pullRequest: number | null; branch: string; parent: string },
): Promise<'deleted' | 'absent'> {
  const fresh = await provider.find(planned.name)
  const fault = deletionFault(planned, fresh, guard)
  if (fault) throw new RefusedError(`Deleting "${planned.name}" refused: ${fault}. Nothing was deleted.`)
  return fresh ? provider.delete(fresh) : 'absent'
}
