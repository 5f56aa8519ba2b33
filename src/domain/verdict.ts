import type { Branch } from './branch.js'
import { isProtectedName } from './branch.js'
import type { Claim } from './claim.js'
import { claimDisagreement } from './claim.js'

/** Why a branch goes, is rebuilt or stays: a word to group by. Each verdict also has a line for people. */
export type VerdictKind =
  | 'closed'
  | 'expired'
  | 'idle'
  | 'leftover'
  | 'stale'
  | 'parent changed'
  | 'open'
  | 'fresh'
  | 'within ttl'
  | 'too young'
  | 'in use'
  | 'exempt'
  | 'orphan'
  | 'by hand'
  | 'unknown'
  | 'odd date'
  | 'protected'
  | 'not ours'

export interface Verdict {
  readonly branch: Branch
  readonly action: 'delete' | 'refresh' | 'keep'
  readonly kind: VerdictKind
  readonly reason: string
}

/** What a sweep intends, with a verdict for every branch of the platform. A refused plan is carried out in no part. */
export interface SweepPlan {
  readonly verdicts: readonly Verdict[]
  readonly refused?: string
}

/** Clocks differ; a date that far ahead, in milliseconds, still counts as now. */
const clockSkew = 5 * 60_000
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Whatever is younger may still belong to a run that works on it. In milliseconds. */
export const tooYoung = hour

export function keep(branch: Branch, kind: VerdictKind, reason: string): Verdict {
  return { branch, action: 'keep', kind, reason }
}

/** Milliseconds since an ISO date, or undefined when it is none or lies in the future. */
export function ageOf(date: string | null | undefined, now: Date): number | undefined {
  const at = typeof date === 'string' && /^\d{4}-\d\d-\d\dT/.test(date) ? Date.parse(date) : Number.NaN
  const age = now.getTime() - at
  return Number.isNaN(age) || age < -clockSkew ? undefined : Math.max(0, age)
}

export function days(count: number): number {
  return count * day
}

/** `3 days`, `5 hours`, `20 minutes`: rounded down, for people. */
export function showAge(age: number): string {
  const [length, unit] = age >= day ? [day, 'day'] : age >= hour ? [hour, 'hour'] : [minute, 'minute']
  const whole = Math.floor(age / length)
  return `${whole} ${unit}${whole === 1 ? '' : 's'}`
}

/**
 * The questions that come before any other: is it ours, and may it be touched at all? Gives the claim and the age of a
 * branch that passes, or the verdict that keeps it. `release-2024` is nobody's pull request: the name must hold the
 * number of the claim as a whole number.
 */
export function admitToSweep(
  branch: Branch,
  sweep: { repository: number; parent: string; now: Date },
): { claim: Claim; age: number } | Verdict {
  if (branch.claim.kind !== 'claim') {
    return keep(
      branch,
      'not ours',
      branch.claim.kind === 'none' ? 'it carries no claim of this action' : branch.claim.why,
    )
  }
  const { claim } = branch.claim
  const expected = {
    repository: sweep.repository,
    branch: branch.leftover ? claim.branch : branch.name,
    pullRequest: null,
  }
  const disagreement = claimDisagreement(branch.claim, expected)
  if (disagreement) return keep(branch, 'not ours', disagreement)
  if (claim.pullRequest !== null && !new RegExp(`(^|\\D)${claim.pullRequest}(\\D|$)`).test(claim.branch)) {
    return keep(
      branch,
      'not ours',
      `its name does not hold the number of pull request #${claim.pullRequest}, which claims it`,
    )
  }
  if (branch.protection) return keep(branch, 'protected', branch.protection)
  if (branch.name === sweep.parent) return keep(branch, 'protected', 'it is the parent branch')
  if (isProtectedName(branch.name)) return keep(branch, 'protected', 'its name is protected')
  const age = ageOf(claim.createdAt, sweep.now)
  if (age === undefined)
    return keep(branch, 'odd date', `its claim says it was made at ${JSON.stringify(claim.createdAt)}`)
  return { claim, age }
}
