import type { Branch } from './branch.js'
import { claimDisagreement, claimsGolden } from './claim.js'
import type { Known } from './known.js'
import type { PullRequest } from './pull-request.js'

export interface TeardownRequest {
  readonly repository: number
  readonly pullRequest: number | null
  readonly branch: string
  /** True when the event says the pull request was closed: then it must still be closed when we act. */
  readonly onClose: boolean
}

export interface TeardownObservation {
  readonly branch: Branch | undefined
  /** Undefined unless `onClose`. */
  readonly pullRequest: Known<PullRequest> | undefined
}

export type TeardownPlan = { readonly action: 'delete' | 'absent' | 'keep' | 'refuse'; readonly reason: string }

/** Whether the branch goes. Doubt keeps it: an unknown state, a reopened pull request, a claim that disagrees. */
export function decideTeardown(request: TeardownRequest, seen: TeardownObservation): TeardownPlan {
  const { branch, pullRequest } = seen
  if (request.onClose) {
    if (!pullRequest) return { action: 'refuse', reason: 'the state of the pull request was not read' }
    if (!pullRequest.known) {
      return {
        action: 'refuse',
        reason: `the state of pull request #${request.pullRequest} is unknown (${pullRequest.why})`,
      }
    }
    if (pullRequest.value.state === 'open') {
      return { action: 'keep', reason: `pull request #${request.pullRequest} is open again` }
    }
  }
  if (!branch) return { action: 'absent', reason: 'there was none' }
  const disagreement = claimDisagreement(branch.claim, request)
  if (disagreement) return { action: 'refuse', reason: `it is not ours (${disagreement})` }
  if (claimsGolden(branch.claim)) {
    return {
      action: 'refuse',
      reason:
        'it is a golden parent, from which branches are made; remove it on the platform itself once nobody needs it',
    }
  }
  return {
    action: 'delete',
    reason: request.onClose ? `pull request #${request.pullRequest} is closed` : 'mode is "delete"',
  }
}
