import { buildPatience } from './aside.js'
import type { Branch } from './branch.js'
import { claimDisagreement, claimsGolden, type ClaimReading } from './claim.js'
import type { DataPolicy } from './data-policy.js'
import type { Known } from './known.js'
import type { PullRequest } from './pull-request.js'
import { ageOf, showAge } from './verdict.js'

export interface ProvisionRequest {
  readonly repository: number
  readonly pullRequest: number | null
  readonly branch: string
  readonly parent: string
  readonly dataPolicy: DataPolicy
  /** What to do with an agreeing branch: `reset` rebuilds it from the parent, `reuse` keeps its data. */
  readonly existing: 'reuse' | 'reset'
}

export interface ProvisionObservation {
  readonly branch: Branch | undefined
  /** Undefined for a branch made by hand, outside any pull request. */
  readonly pullRequest: Known<PullRequest> | undefined
  readonly now: Date
}

export type ProvisionPlan = {
  readonly action: 'create' | 'recreate' | 'wait' | 'reuse' | 'reset' | 'remove' | 'skip' | 'refuse'
  readonly reason: string
}

/**
 * Whether a branch is made, kept, rebuilt, taken away or refused. An unknown pull request state refuses: a URL handed
 * out for a pull request that may be closed is a branch nobody will remove.
 */
export function decideProvision(request: ProvisionRequest, seen: ProvisionObservation): ProvisionPlan {
  const { branch, pullRequest } = seen
  const disagreement = branch && claimDisagreement(branch.claim, request)
  if (pullRequest && !pullRequest.known) {
    return {
      action: 'refuse',
      reason: `the state of pull request #${request.pullRequest} is unknown (${pullRequest.why})`,
    }
  }
  if (pullRequest?.value.state === 'closed') {
    const closed = `pull request #${request.pullRequest} is closed`
    if (!branch) return { action: 'skip', reason: closed }
    if (disagreement) return { action: 'skip', reason: `${closed}, and the branch is not ours (${disagreement})` }
    return { action: 'remove', reason: closed }
  }
  if (!branch) return { action: 'create', reason: 'there was none' }
  if (disagreement)
    return { action: 'refuse', reason: `a branch of that name exists and is not ours (${disagreement})` }
  if (claimsGolden(branch.claim)) {
    return {
      action: 'refuse',
      reason: 'it is a golden parent, which is never handed out; choose another "branch_name"',
    }
  }
  if (branch.protection) {
    return { action: 'refuse', reason: `a branch of that name exists, and ${branch.protection}` }
  }
  if (branch.unfinished) return halfBuilt(branch, seen.now)
  if (request.existing === 'reset') return { action: 'reset', reason: 'a push arrived and on_synchronize is "reset"' }
  const { parent, dataPolicy } = madeFrom(branch.claim)
  if (parent !== undefined && parent !== request.parent) {
    return {
      action: 'refuse',
      reason: `it was made from "${parent}", not from "${request.parent}"; delete it, restore parent_branch, or give each database a branch_name of its own`,
    }
  }
  if (dataPolicy !== undefined && dataPolicy !== request.dataPolicy) {
    return {
      action: 'refuse',
      reason: `it holds data under "${dataPolicy}", not "${request.dataPolicy}"; delete it or restore data_policy`,
    }
  }
  return {
    action: 'reuse',
    reason: `it exists, and its ${branch.claim.kind === 'name' ? 'name' : 'claim'}, parent and data policy agree`,
  }
}

/** What to do with a branch that has its name, but not yet what its data policy asks for. */
export function halfBuilt(branch: Branch, now: Date): ProvisionPlan {
  const madeAt = branch.claim.kind === 'claim' ? branch.claim.claim.createdAt : branch.createdAt
  const age = ageOf(madeAt, now)
  if (age !== undefined && age < buildPatience(madeFrom(branch.claim).dataPolicy))
    return { action: 'wait', reason: 'another run is building it' }
  const since = age === undefined ? 'an unknown time' : showAge(age)
  return { action: 'recreate', reason: `it is half-built since ${since}, so the run that built it died` }
}

function madeFrom(reading: ClaimReading): { parent?: string; dataPolicy?: DataPolicy } {
  if (reading.kind === 'claim') return reading.claim
  return reading.kind === 'name' ? reading : {}
}
