import type { Branch } from './branch.js'
import { type NameRules, protectionByName } from './name-rules.js'
import { isProtectedName } from './names.js'
import { claimDisagreement, claimsGolden } from './claim.js'

/** What a branch must agree with to be deleted. */
export interface DeletionGuard {
  readonly repository: number
  readonly pullRequest: number | null
  readonly branch: string
  readonly parent: string
  /** On a platform without claims, whether the name alone may tell: for the pull request itself, or by `trust_names`. */
  readonly byName?: boolean
  /** Of the policy file. */
  readonly names?: NameRules
}

/**
 * The last word on every deletion, whatever the plan says: the reason why this branch must stay, or undefined.
 * `fresh` was read right before the deletion, `planned` is what the plan was made from.
 */
export function deletionFault(planned: Branch, fresh: Branch | undefined, guard: DeletionGuard): string | undefined {
  if (!fresh) return undefined
  if (fresh.id !== planned.id) return 'it was made anew since it was read'
  // A listing may see names only where a closer look finds the claim, which then has its say below.
  if (planned.claim.kind !== 'name' && JSON.stringify(fresh.claim) !== JSON.stringify(planned.claim))
    return 'its claim changed since it was read'
  if (claimsGolden(fresh.claim) && !fresh.leftover && !fresh.unfinished)
    return 'it is a golden parent, from which branches are made'
  if (fresh.protection) return fresh.protection
  if (fresh.name === guard.parent) return 'it is the parent branch'
  if (isProtectedName(fresh.name)) return 'its name is protected'
  const protection = guard.names && protectionByName(fresh.name, guard.names)
  if (protection !== undefined) return protection
  if (!fresh.leftover && fresh.name !== guard.branch) return `its name is not "${guard.branch}"`
  if (fresh.claim.kind === 'name' && guard.byName !== true)
    return 'this platform keeps no claims, and names are not trusted'
  return claimDisagreement(fresh.claim, guard)
}
