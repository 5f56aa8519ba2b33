import type { Branch } from '../domain/branch.js'
import { type DeletionGuard, deletionFault } from '../domain/deletion.js'
import { RefusedError } from '../errors.js'
import type { Provider } from '../ports.js'

/**
 * Reads a planned branch again and refuses the parent, protected, recreated and unclaimed branches whatever the plan
 * says. Undefined when it is gone.
 * @throws RefusedError when the branch must stay.
 */
export async function readDoomed(
  provider: Provider,
  planned: Branch,
  guard: DeletionGuard,
): Promise<Branch | undefined> {
  const fresh = await provider.find(planned.name)
  const fault = deletionFault(planned, fresh, guard)
  if (fault) throw new RefusedError(`Deleting "${planned.name}" refused: ${fault}. Nothing was deleted.`)
  return fresh
}

/**
 * The one way to delete a branch: read again right before.
 * @throws RefusedError when the branch must stay.
 */
export async function removeBranch(
  provider: Provider,
  planned: Branch,
  guard: DeletionGuard,
): Promise<'deleted' | 'absent'> {
  const fresh = await readDoomed(provider, planned, guard)
  return fresh ? provider.delete(fresh) : 'absent'
}
