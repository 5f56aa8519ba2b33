import { buildPatience } from './aside.js'
import type { Branch } from './branch.js'
import type { Known } from './known.js'
import { numberByName } from './names.js'
import type { PullRequestFacts } from './pull-request.js'
import {
  type Admission,
  admitToSweep,
  ageOf,
  type ByName,
  days,
  keep,
  showAge,
  type SweepPlan,
  tooYoung,
  type Verdict,
  type VerdictKind,
} from './verdict.js'

export interface CleanupPolicy extends Admission {
  /** `activity`: a pull request must be known closed. `hard`: the age of the branch alone counts. */
  readonly strategy: 'activity' | 'hard'
  readonly ttlDays: number
  /** An open pull request without activity for so long loses its branch; undefined: never. */
  readonly idleDays: number | undefined
  readonly exemptLabels: readonly string[]
  /** Of branches and of environments without one, together. */
  readonly maxDeletions: number
}

export interface SweepObservation {
  readonly branches: { readonly items: readonly Branch[]; readonly complete: boolean }
  /** A number that is missing here was not read: unknown. */
  readonly pullRequests: ReadonlyMap<number, PullRequestReading>
}

/** An environment that this action made, whose pull request is long closed and has no branch any more. */
export interface OrphanEnvironment {
  readonly name: string
  readonly pullRequest: number
}

export interface CleanupObservation extends SweepObservation {
  readonly orphans: readonly OrphanEnvironment[]
}

export interface CleanupPlan extends SweepPlan {
  /** To be removed, unless the plan is refused. */
  readonly orphans: readonly OrphanEnvironment[]
}

/** `missing`: the forge knows no pull request of that number, or does not show it to us; nobody can tell which. */
export type PullRequestReading =
  Known<PullRequestFacts> | { readonly known: false; readonly why: string; readonly missing: true }

/**
 * Which branches have outlived their pull request. Deletes only what is claimed by this repository and, under
 * `activity`, whose pull request is known to be closed; every doubt keeps. One reason refuses the whole plan: a listing
 * that is not complete, or more deletions than `maxDeletions`.
 */
export function decideCleanup(seen: CleanupObservation, policy: CleanupPolicy): CleanupPlan {
  const { branches, pullRequests, orphans } = seen
  const verdicts = branches.items.map((branch) => judge(branch, pullRequests, policy))
  const plan = { verdicts, orphans }
  if (!branches.complete) return { ...plan, refused: 'the listing of branches is not complete' }
  const doomed = verdicts.filter((verdict) => verdict.action === 'delete').length
  if (doomed + orphans.length <= policy.maxDeletions) return plan
  const environments = orphans.length === 0 ? '' : ` and ${counted(orphans.length, 'environment')} without a branch`
  const what = `${counted(doomed, 'branch')}${environments}`
  return { ...plan, refused: `${what} would be deleted, more than max_deletions (${policy.maxDeletions})` }
}

function counted(count: number, noun: 'branch' | 'environment'): string {
  return `${count} ${noun}${count === 1 ? '' : noun === 'branch' ? 'es' : 's'}`
}

/** The pull request that a branch says it belongs to, by its claim or by a name that is trusted. */
export function pullRequestOf({ name, claim }: Branch, byName: ByName | undefined): number | undefined {
  if (claim.kind === 'claim') return claim.claim.pullRequest ?? undefined
  if (claim.kind !== 'name' || !byName) return undefined
  return numberByName(claim.branch ?? name, byName.template, byName.repository)
}

/** The pull requests whose state decides something, in ascending order. Under `hard` there are none. */
export function pullRequestsToRead(
  items: readonly Branch[],
  policy: Admission & Pick<CleanupPolicy, 'strategy'>,
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

function judge(branch: Branch, pullRequests: SweepObservation['pullRequests'], policy: CleanupPolicy): Verdict {
  const admitted = admitToSweep(branch, policy)
  if (!('claim' in admitted)) return admitted
  const { claim, age } = admitted
  const made = `made ${showAge(age)} ago`
  // Where the platform does not tell whether its run is at work, it may be as long as such a build takes.
  const halfBuiltFor = Math.max(tooYoung, buildPatience(claim.dataPolicy))
  if (branch.leftover) {
    if (branch.alive) return keep(branch, 'in use', 'it is being built')
    if (age < halfBuiltFor) return keep(branch, 'too young', `half-built, ${made}`)
    return remove(branch, 'leftover', `half-built for "${claim.branch}" by a run that died, ${made}`)
  }
  if (branch.unfinished) {
    if (age < halfBuiltFor) return keep(branch, 'too young', `half-built, ${made}`)
    return remove(branch, 'leftover', `half-built by a run that died, ${made}`)
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
