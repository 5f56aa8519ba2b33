import type { Branch } from './branch.js'
import { isProtectedName } from './branch.js'
import { claimDisagreement } from './claim.js'

/**
 * The last word on every deletion, whatever the plan says: the reason why this branch must stay, or undefined.
 * `fresh` was read right before the deletion, `planned` is what the plan was made from.
 */
export function deletionFault(
  planned: Branch,
  fresh: Branch | undefined,
  guard: { repository: number; pullRequest: number | null; branch: string; parent: string },
): string | undefined {
  if (!fresh) return undefined
  if (fresh.id !== planned.id) return 'it was made anew since it was read'
  if (JSON.stringify(fresh.claim) !== JSON.stringify(planned.claim)) return 'its claim changed since it was read'
  if (fresh.protection) return fresh.protection
  if (fresh.name === guard.parent) return 'it is the parent branch'
  if (isProtectedName(fresh.name)) return 'its name is protected'
  if (!fresh.leftover && fresh.name !== guard.branch) return `its name is not "${guard.branch}"`
  return claimDisagreement(fresh.claim, guard)
}
