import type { Branch } from './branch.js'
import type { Known } from './known.js'
import type { PullRequestFacts } from './pull-request.js'
import {
  admitToSweep,
  ageOf,
  days,
  keep,
  showAge,
  type SweepPlan,
  tooYoung,
  type Verdict,
  type VerdictKind,
} from './verdict.js'

export interface CleanupPolicy {
  readonly repository: number
  readonly parent: string
  /** `activity`: a pull request must be known closed. `hard`: the age of the branch alone counts. */
  readonly strategy: 'activity' | 'hard'
  readonly ttlDays: number
  /** An open pull request without activity for so long loses its branch; undefined: never. */
  readonly idleDays: number | undefined
  readonly exemptLabels: readonly string[]
  readonly maxDeletions: number
  readonly now: Date
}

export interface CleanupObservation {
  readonly branches: { readonly items: readonly Branch[]; readonly complete: boolean }
  /** A number that is missing here was not read: unknown. */
  readonly pullRequests: ReadonlyMap<number, PullRequestReading>
}

/** `missing`: the forge knows no pull request of that number, or does not show it to us; nobody can tell which. */
export type PullRequestReading =
  Known<PullRequestFacts> | { readonly known: false; readonly why: string; readonly missing: true }

/**
 * Which branches have outlived their pull request. Deletes only what is claimed by this repository and, under
 * `activity`, whose pull request is known to be closed; every doubt keeps. One reason refuses the whole plan: a listing
 * that is not complete, or more deletions than `maxDeletions`.
 */
export function decideCleanup({ branches, pullRequests }: CleanupObservation, policy: CleanupPolicy): SweepPlan {
  const verdicts = branches.items.map((branch) => judge(branch, pullRequests, policy))
  const doomed = verdicts.filter((verdict) => verdict.action === 'delete').length
  if (!branches.complete && doomed > 0) return { verdicts, refused: 'the listing of branches is not complete' }
  if (doomed > policy.maxDeletions) {
    return {
      verdicts,
      refused: `${doomed} branches would be deleted, more than max_deletions (${policy.maxDeletions})`,
    }
  }
  return { verdicts }
}

/** The pull requests whose state decides something, in ascending order. Under `hard` there are none. */
export function pullRequestsToRead(
  items: readonly Branch[],
  policy: Pick<CleanupPolicy, 'strategy' | 'repository' | 'parent' | 'now'>,
): number[] {
  if (policy.strategy === 'hard') return []
  const numbers = items.flatMap((branch) => {
    const admitted = admitToSweep(branch, policy)
    return 'claim' in admitted && admitted.claim.pullRequest !== null && !branch.leftover
      ? [admitted.claim.pullRequest]
      : []
  })
  return [...new Set(numbers)].sort((a, b) => a - b)
}

function judge(branch: Branch, pullRequests: CleanupObservation['pullRequests'], policy: CleanupPolicy): Verdict {
  const admitted = admitToSweep(branch, policy)
  if (!('claim' in admitted)) return admitted
  const { claim, age } = admitted
  const made = `made ${showAge(age)} ago`
  if (branch.leftover) {
    if (branch.alive) return keep(branch, 'in use', 'it is being built')
    if (age < tooYoung) return keep(branch, 'too young', `half-built, ${made}`)
    return remove(branch, 'leftover', `half-built for "${claim.branch}" by a run that died, ${made}`)
  }
  if (policy.strategy === 'hard') {
    if (age < days(policy.ttlDays)) return keep(branch, 'within ttl', made)
    return remove(branch, 'expired', `${made}, longer than ttl_days (${policy.ttlDays})`)
  }
  if (claim.pullRequest === null) return keep(branch, 'by hand', 'made by hand, for no pull request')
  const reading = pullRequests.get(claim.pullRequest) ?? { known: false as const, why: 'it was not read' }
  return judgeByPullRequest({ branch, age, number: claim.pullRequest, reading }, policy)
}

interface Case {
  readonly branch: Branch
  readonly age: number
  readonly number: number
  readonly reading: PullRequestReading
}

function judgeByPullRequest({ branch, age, number, reading }: Case, policy: CleanupPolicy): Verdict {
  const it = `pull request #${number}`
  if (!reading.known) {
    return 'missing' in reading
      ? keep(
          branch,
          'orphan',
          `${it} is not there, or not shown to this token; delete the branch by hand or by strategy "hard"`,
        )
      : keep(branch, 'unknown', `the state of ${it} is unknown (${reading.why})`)
  }
  const { state, closedAt, updatedAt, labels } = reading.value
  const exempt = labels.find((label) => policy.exemptLabels.some((word) => word.toLowerCase() === label.toLowerCase()))
  if (exempt !== undefined) return keep(branch, 'exempt', `${it} has the label "${exempt}"`)
  if (age < tooYoung) return keep(branch, 'too young', `made ${showAge(age)} ago`)
  if (state === 'open') {
    if (policy.idleDays === undefined) return keep(branch, 'open', `${it} is open`)
    const idle = ageOf(updatedAt, policy.now)
    if (idle === undefined) return keep(branch, 'odd date', `${it} says it was updated at ${JSON.stringify(updatedAt)}`)
    if (idle < days(policy.idleDays) || age < days(policy.idleDays)) return keep(branch, 'open', `${it} is open`)
    return remove(branch, 'idle', `${it} is open, but idle for ${showAge(idle)}; its next push makes the branch again`)
  }
  const closed = ageOf(closedAt, policy.now)
  if (closed === undefined) return keep(branch, 'odd date', `${it} says it was closed at ${JSON.stringify(closedAt)}`)
  if (closed < days(policy.ttlDays)) return keep(branch, 'within ttl', `${it} was closed ${showAge(closed)} ago`)
  return remove(branch, 'closed', `${it} was closed ${showAge(closed)} ago`)
}

function remove(branch: Branch, kind: VerdictKind, reason: string): Verdict {
  return { branch, action: 'delete', kind, reason }
}
