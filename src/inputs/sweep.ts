import { InputError } from '../errors.js'
import { oneOf, type RawInputs, wholeNumber } from './readers.js'

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
}

/** A limit that is off would be read as "no limit": a sweep starts only with limits it understands. */
export function parseSweep(raw: RawInputs, mode: 'cleanup' | 'refresh'): SweepLimits {
  const strategy = oneOf(raw, 'strategy', ['activity', 'hard'])
  const days = { unit: 'days', from: 1, to: 3650 }
  const limits: SweepLimits = {
    strategy,
    ttlDays: wholeNumber(raw, 'ttl_days', { ...days, byDefault: 7 }),
    idleDays: raw('idle_days') === '' ? undefined : wholeNumber(raw, 'idle_days', { ...days, byDefault: 1 }),
    staleDays: wholeNumber(raw, 'stale_days', { ...days, byDefault: 3 }),
    refreshBusy: oneOf(raw, 'refresh_busy', ['false', 'true']) === 'true',
    exemptLabels: raw('exempt_labels')
      .split(/[,\n]/)
      .map((label) => label.trim())
      .filter((label) => label !== ''),
    maxDeletions: wholeNumber(raw, 'max_deletions', { unit: 'branches', from: 1, to: 100_000, byDefault: 10 }),
    concurrency: wholeNumber(raw, 'concurrency', { unit: 'branches', from: 1, to: 20, byDefault: 4 }),
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
