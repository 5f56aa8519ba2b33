import { setTimeout as delay } from 'node:timers/promises'
import type { Fetch } from '../../src/http.js'
import type { Clock } from '../../src/ports.js'

/** Milliseconds that a run waits for an answer unless it is told otherwise; its own deadline is longer. */
const usualPatience = 20_000

/** Time that is told, not waited, but for what the simulators themselves need. */
export function quickTime(): { clock: Clock; took: () => number } {
  let skipped = 0
  const began = performance.now()
  const clock: Clock = {
    now: () => new Date(Date.now() + skipped),
    elapsed: () => performance.now() + skipped,
    sleep: async (ms) => {
      skipped += ms
      await delay(Math.min(ms, 15))
    },
  }
  return { clock, took: () => performance.now() - began + skipped }
}

/** The whole answer, body included, has to come within the patience. */
export function fetchWithin(patience = usualPatience): Fetch {
  return (url, init) => {
    const signals = [AbortSignal.timeout(patience), ...(init?.signal ? [init.signal] : [])]
    return fetch(url, { ...init, signal: AbortSignal.any(signals) })
  }
}
