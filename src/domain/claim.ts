import type { DataPolicy } from './data-policy.js'
import { isDataPolicy } from './data-policy.js'
import { holdsNumber } from './names.js'

/** Our ownership mark on a branch. It is written no later than the branch exists and never changed afterwards. */
export interface Claim {
  /** Numeric repository id: it survives renames and transfers, a name does not. */
  readonly repository: number
  /** `null` for a branch made by hand, outside any pull request. */
  readonly pullRequest: number | null
  /** The branch the claim was written for; a claim found under another name is not agreed with. */
  readonly branch: string
  readonly parent: string
  readonly dataPolicy: DataPolicy
  /** `<run id>.<attempt>`, for people who look for the run's log. */
  readonly run: string
  /** Random per build: tells what this very run made from what another run made under the same name. */
  readonly build: string
  /** ISO 8601, UTC. */
  readonly createdAt: string
  /** Who approved a full copy, and why. */
  readonly approval?: string
  /** Fingerprint of the parent's schema when the branch was made. */
  readonly parentSchema?: string
  /** By which rules and key the rows were masked, with data policy `masked`. */
  readonly masked?: MaskingMark
  /** Made to be the parent of branches: masked, verified, and never handed out itself. */
  readonly golden?: true
  /** Build of the golden parent that it was made from. */
  readonly parentBuild?: string
}

export interface MaskingMark {
  /** First 16 hexadecimal characters of the rules' SHA-256. */
  readonly rules: string
  /** Id of the key. */
  readonly key: string
}

/** What stands where a claim belongs. `unreadable` is somebody's claim of a form we do not know: hands off. */
export type ClaimReading =
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable'; readonly why: string }
  | { readonly kind: 'claim'; readonly claim: Claim }
  | NameReading

/** The platform keeps no claims: only the name tells whose a branch is, and the platform what it was made from. */
export interface NameReading {
  readonly kind: 'name'
  /** Of a leftover: the name of the branch that it was to be, or was. */
  readonly branch?: string
  readonly parent?: string
  readonly dataPolicy?: DataPolicy
}

const signature = /^db-branch-action\/(\d+) (.*)$/
const version = 1

/** The claim as one line of text. */
export function encodeClaim(claim: Claim): string {
  return `db-branch-action/${version} ${JSON.stringify({
    repository: claim.repository,
    pull_request: claim.pullRequest,
    branch: claim.branch,
    parent: claim.parent,
    data_policy: claim.dataPolicy,
    run: claim.run,
    build: claim.build,
    created_at: claim.createdAt,
    ...(claim.approval === undefined ? {} : { approval: claim.approval }),
    ...(claim.parentSchema === undefined ? {} : { parent_schema: claim.parentSchema }),
    ...(claim.masked === undefined ? {} : { masked: claim.masked }),
    ...(claim.golden === undefined ? {} : { golden: true }),
    ...(claim.parentBuild === undefined ? {} : { parent_build: claim.parentBuild }),
  })}`
}

/** Reads the first line of a comment or description. Never throws. */
export function readClaim(text: string | null | undefined): ClaimReading {
  const match = signature.exec(text?.split('\n', 1)[0] ?? '')
  if (!match) return { kind: 'none' }
  if (Number(match[1]) !== version) return { kind: 'unreadable', why: `claim version ${match[1]} is not known` }
  const fields = parseObject(match[2] ?? '')
  if (!fields) return { kind: 'unreadable', why: 'claim is not valid JSON' }
  const claim = claimFrom(fields)
  return claim
    ? { kind: 'claim', claim }
    : { kind: 'unreadable', why: 'claim lacks a field or has one of a wrong type' }
}

/** The text below a claim: what the comment said before we wrote ours above it. */
export function textBelowClaim(text: string | null | undefined): string {
  if (!text) return ''
  return readClaim(text).kind === 'none' ? text : text.split('\n').slice(1).join('\n')
}

/**
 * Whether this claim was written for this branch name by this repository; says why not. On a platform without claims
 * the name alone must do, which the caller has found to be exactly the expected one.
 */
export function claimDisagreement(
  reading: ClaimReading,
  expected: { repository: number; branch: string; pullRequest: number | null },
): string | undefined {
  if (reading.kind === 'name') {
    if (expected.pullRequest === null || holdsNumber(expected.branch, expected.pullRequest)) return undefined
    return `its name does not hold the number of pull request #${expected.pullRequest}, and this platform keeps no claims`
  }
  if (reading.kind === 'none') return 'it carries no claim of this action'
  if (reading.kind === 'unreadable') return reading.why
  const { claim } = reading
  if (claim.repository !== expected.repository) return `repository ${claim.repository} claims it`
  if (claim.branch !== expected.branch) return `its claim names ${JSON.stringify(claim.branch)}`
  if (expected.pullRequest !== null && claim.pullRequest !== expected.pullRequest) {
    return claim.pullRequest === null ? 'it was made by hand' : `pull request #${claim.pullRequest} claims it`
  }
  return undefined
}

/** Whether it claims to be a golden parent, finished or not. */
export function claimsGolden(reading: ClaimReading): boolean {
  return reading.kind === 'claim' && reading.claim.golden === true
}

function parseObject(json: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

function claimFrom(f: Record<string, unknown>): Claim | undefined {
  const { repository, pull_request, branch, parent, data_policy, run, build, created_at, approval, parent_schema } = f
  const { masked, golden, parent_build } = f
  if (!isPositiveInteger(repository)) return undefined
  if (pull_request !== null && !isPositiveInteger(pull_request)) return undefined
  if (![branch, parent, run, build, created_at].every((text) => typeof text === 'string' && text !== ''))
    return undefined
  if (!isDataPolicy(data_policy)) return undefined
  if (![approval, parent_schema, parent_build].every((text) => text === undefined || typeof text === 'string'))
    return undefined
  if (golden !== undefined && golden !== true) return undefined
  if (masked !== undefined && !isMaskingMark(masked)) return undefined
  return Object.freeze({
    repository,
    pullRequest: pull_request,
    branch: branch as string,
    parent: parent as string,
    dataPolicy: data_policy,
    run: run as string,
    build: build as string,
    createdAt: created_at as string,
    ...(approval === undefined ? {} : { approval: approval as string }),
    ...(parent_schema === undefined ? {} : { parentSchema: parent_schema as string }),
    ...(masked === undefined ? {} : { masked: { rules: masked.rules, key: masked.key } }),
    ...(golden === undefined ? {} : { golden }),
    ...(parent_build === undefined ? {} : { parentBuild: parent_build as string }),
  })
}

function isMaskingMark(value: unknown): value is MaskingMark {
  if (typeof value !== 'object' || value === null) return false
  const { rules, key } = value as Record<string, unknown>
  return typeof rules === 'string' && typeof key === 'string'
}

function isPositiveInteger(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0
}
