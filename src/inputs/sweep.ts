import type { ByName } from '../domain/verdict.js'
import { InputError } from '../errors.js'
import { oneOf, type RawInputs, show, wholeNumber } from './readers.js'

export interface SweepLimits {
  readonly strategy: 'activity' | 'hard'
  readonly ttlDays: number
  /** Undefined: open pull requests keep their branches however idle they are. */
  readonly idleDays: number | undefined
  readonly staleDays: number
  readonly refreshBusy: boolean
  readonly exemptLabels: readonly string[]
  readonly maxDeletions: number
  /** How many branches are worked on at a time. */
  readonly concurrency: number
  /** The one pull request that the sweep goes over; undefined: all of them. */
  readonly onlyPullRequest: number | undefined
}

/** Days without activity after which an open pull request may lose its branch; undefined: never. */
export function parseIdleDays(raw: RawInputs): number | undefined {
  return raw('idle_days') === ''
    ? undefined
    : wholeNumber(raw, 'idle_days', { unit: 'days', from: 1, to: 3650, byDefault: 1 })
}

/** How names tell whose a branch is, once the user says that they may. */
export function parseTrustNames(raw: RawInputs, repository: string): ByName | undefined {
  if (oneOf(raw, 'trust_names', ['false', 'true']) === 'false') return undefined
  const template = raw('branch_name') || 'pr-{number}'
  if (!template.includes('{number}')) {
    throw new InputError(
      `Input "trust_names" needs a "branch_name" with {number}, by which the pull request is found; it is "${show(template)}". Use the same "branch_name" as the workflow that creates the branches.`,
    )
  }
  return { template, repository }
}

/** A limit that is off would be read as "no limit": a sweep starts only with limits it understands. */
export function parseSweep(raw: RawInputs, mode: 'cleanup' | 'refresh'): SweepLimits {
  const strategy = oneOf(raw, 'strategy', ['activity', 'hard'])
  const days = { unit: 'days', from: 1, to: 3650 }
  const limits: SweepLimits = {
    strategy,
    ttlDays: wholeNumber(raw, 'ttl_days', { ...days, byDefault: 7 }),
    idleDays: parseIdleDays(raw),
    staleDays: wholeNumber(raw, 'stale_days', { ...days, byDefault: 3 }),
    refreshBusy: oneOf(raw, 'refresh_busy', ['false', 'true']) === 'true',
    exemptLabels: raw('exempt_labels')
      .split(/[,\n]/)
      .map((label) => label.trim())
      .filter((label) => label !== ''),
    maxDeletions: wholeNumber(raw, 'max_deletions', { unit: 'branches', from: 1, to: 100_000, byDefault: 10 }),
    concurrency: wholeNumber(raw, 'concurrency', { unit: 'branches', from: 1, to: 20, byDefault: 4 }),
    onlyPullRequest: parseOnly(raw),
  }
  if (mode === 'cleanup' && strategy === 'hard') {
    const unheard =
      limits.idleDays !== undefined ? 'idle_days' : limits.exemptLabels.length > 0 ? 'exempt_labels' : undefined
    if (unheard !== undefined) {
      throw new InputError(
        `Input "${unheard}" needs the pull requests, which strategy "hard" does not read. Remove it or use strategy "activity".`,
      )
    }
  }
  return limits
}

function parseOnly(raw: RawInputs): number | undefined {
  const text = raw('pull_request')
  if (text === '') return undefined
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text)
  throw new InputError(`Input "pull_request" is "${show(text)}". Use the number of a pull request, such as 7.`)
}

/** Elsewhere the event tells the pull request; an input that looks as if it did must not be passed over in silence. */
export function refusePullRequest(raw: RawInputs, mode: string): void {
  if (raw('pull_request') === '') return
  throw new InputError(
    `Input "pull_request" goes with modes "cleanup" and "refresh", not with "${mode}", which takes the pull request of its event. Remove it.`,
  )
}
