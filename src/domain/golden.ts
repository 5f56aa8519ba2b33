import type { Branch } from './branch.js'
import { claimDisagreement, claimsGolden, type MaskingMark } from './claim.js'
import { halfBuilt, type ProvisionPlan } from './provision-plan.js'
import { ageOf, days, showAge } from './verdict.js'

/** A masked, verified parent, as its claim tells of it. */
export interface Golden {
  readonly name: string
  /** The platform's id. */
  readonly id: string
  /** The parent whose rows it holds, masked. Its law is the law of whatever is made from the golden. */
  readonly source: string
  readonly mark: MaskingMark
  readonly build: string
  /** ISO 8601: when its build began, so its rows are no newer. */
  readonly createdAt: string
}

/**
 * What a parent is, when it is a golden one of this repository: itself, or why nothing may be made from it. Undefined
 * for every other parent.
 */
export function readGolden(
  parent: Branch | undefined,
  repository: number,
): { readonly golden: Golden } | { readonly fault: string } | undefined {
  if (!parent || parent.claim.kind !== 'claim' || !claimsGolden(parent.claim)) return undefined
  const { claim } = parent.claim
  const { id, name } = parent
  if (claim.repository === repository && (parent.leftover || parent.unfinished)) {
    return { fault: `"${name}" is a golden parent that is half-built, or has been replaced` }
  }
  if (claimDisagreement(parent.claim, { repository, branch: name, pullRequest: null })) return undefined
  const { parent: source, masked: mark, build, createdAt } = claim
  if (!mark || claim.dataPolicy !== 'masked') {
    return { fault: `the claim of the golden parent "${name}" does not say how its rows were masked` }
  }
  return { golden: { name, id, source, mark, build, createdAt } }
}

export interface GoldenDemand {
  /** Mark of the masking rules in force for the source; undefined when the branch gets no rows. */
  readonly rules: string | undefined
  /** In whole days; undefined: any age will do. */
  readonly maxAge: number | undefined
  readonly pointInTime: string | undefined
  readonly now: Date
}

const anew = 'run the workflow of mode "golden", which builds it anew'

/** Why no branch may be made from this golden parent now, and what to do; undefined when one may. */
export function goldenFault(golden: Golden, { rules, maxAge, pointInTime, now }: GoldenDemand): string | undefined {
  const { name, source, mark, createdAt } = golden
  if (pointInTime !== undefined) {
    return `earlier states of the golden parent "${name}" were never verified; remove "point_in_time"`
  }
  if (rules !== undefined && mark.rules !== rules) {
    return `the golden parent "${name}" was masked by rules ${mark.rules}, and the policy file now has ${rules} for "${source}"; ${anew}`
  }
  if (maxAge === undefined) return undefined
  const age = ageOf(createdAt, now)
  if (age === undefined) {
    return `the golden parent "${name}" says it was made at ${JSON.stringify(createdAt)}, so nobody can tell whether it is older than max_golden_age (${maxAge}); ${anew}`
  }
  return age > days(maxAge)
    ? `the golden parent "${name}" is ${showAge(age)} old, older than max_golden_age (${maxAge}); ${anew}`
    : undefined
}

/** Its certificate in one line: whose rows, when and by what they were masked. */
export function describeGolden({ name, source, mark, createdAt }: Golden, now: Date): string {
  const age = ageOf(createdAt, now)
  const when = age === undefined ? `at ${createdAt}` : `${showAge(age)} ago (${createdAt})`
  return `The golden parent "${name}" holds the rows of "${source}", masked and verified ${when} by rules ${mark.rules} with key ${mark.key}.`
}

export interface GoldenRequest {
  readonly repository: number
  /** The name of the golden parent. */
  readonly branch: string
  /** Whose rows it holds. */
  readonly parent: string
}

export interface GoldenObservation {
  readonly branch: Branch | undefined
  readonly source: Branch | undefined
  readonly now: Date
}

/**
 * Whether a golden parent is made, renewed or refused. Only what this repository claims under this very name as golden is
 * ever replaced.
 */
export function decideGolden(request: GoldenRequest, { branch, source, now }: GoldenObservation): ProvisionPlan {
  const unfit = source && unfitSource(source)
  if (unfit !== undefined) return { action: 'refuse', reason: unfit }
  if (!branch) return { action: 'create', reason: 'there was none' }
  const disagreement = claimDisagreement(branch.claim, { ...request, pullRequest: null })
  if (disagreement) {
    return { action: 'refuse', reason: `a branch of that name exists and is not ours (${disagreement})` }
  }
  if (!claimsGolden(branch.claim)) {
    return {
      action: 'refuse',
      reason: 'a branch of that name exists and is no golden parent; choose another "branch_name"',
    }
  }
  // Branches that were made from it are no reason to keep it as it is: they live on.
  if (branch.protection && !branch.hasChildren) {
    return { action: 'refuse', reason: `a branch of that name exists, and ${branch.protection}` }
  }
  if (branch.unfinished) return halfBuilt(branch, now)
  const made = branch.claim.kind === 'claim' ? ageOf(branch.claim.claim.createdAt, now) : undefined
  return { action: 'reset', reason: made === undefined ? 'it is renewed' : `it was ${showAge(made)} old` }
}

/** The law of a branch is that of its parent's parent, and a masked value is nobody's original. */
function unfitSource({ name, claim, leftover, unfinished }: Branch): string | undefined {
  if (claim.kind !== 'claim') return undefined
  if (claimsGolden(claim))
    return `"${name}" is itself a golden parent; set "parent_branch" to its own, "${claim.claim.parent}"`
  if (leftover || unfinished) return `"${name}" is half-built; set "parent_branch" to the database that it is made from`
  if (claim.claim.pullRequest === null) return undefined
  return `"${name}" is the branch of pull request #${claim.claim.pullRequest}; set "parent_branch" to its parent, "${claim.claim.parent}"`
}
