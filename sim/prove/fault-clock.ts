import { setTimeout as delay } from 'node:timers/promises'
import type { Fetch } from '../../src/http.js'
import type { Clock } from '../../src/ports.js'
import { abortAfter, ownTime } from './own-time.js'

/** Milliseconds that a run waits for an answer unless it is told otherwise; its own deadline is longer. */
const usualPatience = 20_000

export interface QuickTime {
  readonly clock: Clock
  /** The milliseconds that it would have taken so far, waits included. */
  readonly took: () => number
  /** How often the run has waited. */
  readonly waits: () => number
}

/** Time that is told, not waited, but for what the simulators themselves need. */
export function quickTime(): QuickTime {
  let skipped = 0
  let waits = 0
  const began = ownTime()
  const clock: Clock = {
    now: () => new Date(Date.now() + skipped),
    elapsed: () => ownTime() + skipped,
    sleep: async (ms) => {
      skipped += ms
      waits += 1
      await delay(Math.min(ms, 15))
    },
  }
  return { clock, took: () => ownTime() - began + skipped, waits: () => waits }
}

/** The whole answer, body included, has to come within the patience. */
export function fetchWithin(patience = usualPatience): Fetch {
  return (url, init) => {
    const signals = [abortAfter(patience), ...(init?.signal ? [init.signal] : [])]
    return fetch(url, { ...init, signal: AbortSignal.any(signals) })
  }
}
