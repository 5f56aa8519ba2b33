import type { Branch } from './branch.js'
import { exemptionByName, type NameRules, protectionByName } from './name-rules.js'
import { holdsNumber, isProtectedName, numberByName } from './names.js'
import type { Claim, NameReading } from './claim.js'
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
  | 'golden'
  | 'orphan'
  | 'by hand'
  | 'unknown'
  | 'odd date'
  | 'protected'
  | 'unclaimed'
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

/** Whose a branch is: by its claim, or by its name where names are trusted. */
export type Owner = Pick<Claim, 'pullRequest' | 'branch'> &
  Partial<Pick<Claim, 'parent' | 'dataPolicy' | 'parentSchema' | 'parentBuild'>>

/** How names tell whose a branch is, on a platform without claims. Given only with `trust_names`. */
export interface ByName {
  /** Input `branch_name`, with `{number}`. */
  readonly template: string
  /** The repository's name without its owner. */
  readonly repository: string
}

export interface Admission {
  readonly repository: number
  readonly parent: string
  readonly now: Date
  readonly byName?: ByName | undefined
  /** Of the policy file. */
  readonly names?: NameRules
}

/**
 * The questions that come before any other: is it ours, and may it be touched at all? Gives the claim and the age of a
 * branch that passes, or the verdict that keeps it. `release-2024` is nobody's pull request: the name must hold the
 * number of the claim as a whole number.
 */
export function admitToSweep(branch: Branch, sweep: Admission): { claim: Owner; age: number } | Verdict {
  const admitted = admitOwned(branch, sweep)
  if (!('claim' in admitted) || branch.leftover || !sweep.names) return admitted
  const exemption = exemptionByName(branch.name, sweep.names)
  return exemption === undefined ? admitted : keep(branch, 'exempt', exemption)
}

function admitOwned(branch: Branch, sweep: Admission): { claim: Owner; age: number } | Verdict {
  if (branch.claim.kind === 'name') return admitByName(branch, branch.claim, sweep)
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
  if (claim.golden && !branch.leftover && !branch.unfinished) {
    return keep(branch, 'golden', 'golden parent; mode "golden" renews it')
  }
  if (claim.pullRequest !== null && !holdsNumber(claim.branch, claim.pullRequest)) {
    return keep(
      branch,
      'not ours',
      `its name does not hold the number of pull request #${claim.pullRequest}, which claims it`,
    )
  }
  const protection = protectionOf(branch, sweep)
  if (protection) return keep(branch, 'protected', protection)
  const age = ageOf(claim.createdAt, sweep.now)
  if (age === undefined)
    return keep(branch, 'odd date', `its claim says it was made at ${JSON.stringify(claim.createdAt)}`)
  return { claim, age }
}

function admitByName(branch: Branch, reading: NameReading, sweep: Admission): { claim: Owner; age: number } | Verdict {
  const protection = protectionOf(branch, sweep)
  if (protection) return keep(branch, 'protected', protection)
  if (!sweep.byName) {
    return keep(branch, 'unclaimed', 'this platform keeps no claims; "trust_names" would let the name tell whose it is')
  }
  const { template, repository } = sweep.byName
  const name = (branch.leftover && reading.branch) || branch.name
  const pullRequest = numberByName(name, template, repository)
  if (pullRequest === undefined) return keep(branch, 'not ours', `its name is not one of "${template}"`)
  const age = ageOf(branch.createdAt, sweep.now)
  if (age === undefined) {
    return keep(branch, 'odd date', `the platform says it was made at ${JSON.stringify(branch.createdAt ?? '')}`)
  }
  const { parent, dataPolicy } = reading
  return {
    claim: {
      pullRequest,
      branch: name,
      ...(parent !== undefined && { parent }),
      ...(dataPolicy && { dataPolicy }),
    },
    age,
  }
}

function protectionOf(branch: Branch, { parent, names }: Admission): string | undefined {
  if (branch.protection) return branch.protection
  if (branch.name === parent) return 'it is the parent branch'
  if (isProtectedName(branch.name)) return 'its name is protected'
  return names && protectionByName(branch.name, names)
}
