import type { Branch } from './branch.js'
import { claimDisagreement } from './claim.js'
import type { DataPolicy } from './data-policy.js'
import type { Known } from './known.js'
import type { PullRequest } from './pull-request.js'

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
}

export type ProvisionPlan = {
  readonly action: 'create' | 'reuse' | 'reset' | 'remove' | 'skip' | 'refuse'
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
  if (branch.claim.kind !== 'claim' || disagreement) {
    return { action: 'refuse', reason: `a branch of that name exists and is not ours (${disagreement})` }
  }
  if (request.existing === 'reset') return { action: 'reset', reason: 'a push arrived and on_synchronize is "reset"' }
  const { claim } = branch.claim
  if (claim.parent !== request.parent) {
    return {
      action: 'refuse',
      reason: `it was made from "${claim.parent}", not from "${request.parent}"; delete it or restore parent_branch`,
    }
  }
  if (claim.dataPolicy !== request.dataPolicy) {
    return {
      action: 'refuse',
      reason: `it holds data under "${claim.dataPolicy}", not "${request.dataPolicy}"; delete it or restore data_policy`,
    }
  }
  return { action: 'reuse', reason: 'it exists, and its claim, parent and data policy agree' }
}
