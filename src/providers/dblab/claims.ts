import { type Claim, type ClaimReading, encodeClaim, readClaim } from '../../domain/claim.js'
import type { BranchSpec } from '../../ports.js'
import { sqlState } from '../../sql/session.js'
import type { Clone } from './clone.js'

export const refusesUs = 'it refuses our password, so another repository or another "api_key" made it'

/** Whether a login failed by its user or password. */
export function isRefused(error: unknown): boolean {
  const state = sqlState(error)
  return state === '28P01' || state === '28000'
}

/** What the engine alone tells. */
export function byName({ parent }: Clone): ClaimReading {
  return { kind: 'name', ...(parent !== '' && { parent }) }
}

/** Why a clone cannot be one of ours, as far as the engine tells; undefined when it can. */
export function strangeTo(user: string, { username }: Clone): ClaimReading | undefined {
  if (username === user) return undefined
  return { kind: 'unreadable', why: `its user is "${username}", and this action makes "${user}"` }
}

/** Whether the claim came with the snapshot: one that was taken of a branch of ours holds the branch's comment. */
export function isInherited({ branch, createdAt }: Claim, { name, snapshotAt }: Clone): boolean {
  return branch !== name || (snapshotAt !== undefined && Date.parse(createdAt) < snapshotAt)
}

/** The claim as later readings give it. */
export function signed({ claim }: BranchSpec): ClaimReading {
  return readClaim(encodeClaim(claim))
}
