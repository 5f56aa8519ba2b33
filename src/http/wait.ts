import { ProviderError } from '../errors.js'
import type { Clock } from '../ports.js'

export interface Waiting {
  /** The beginning of the sentences: `Branch "pr-7"`. */
  readonly what: string
  /** Milliseconds between two looks of a long wait. The first comes at once, and the next ones sooner: see `soonest`. */
  readonly every: number
  /** Milliseconds after which the wait is given up. */
  readonly deadline: number
  readonly clock: Clock
  readonly info: (line: string) => void
}

/** Milliseconds between two lines of progress in the log, in all waits. */
export const tellEvery = 15_000

/**
 * The first wait as a part of `every`; each one is twice as long as the last until it is `every`. Most of what a platform
 * does is over in a moment and is seen at once; what takes minutes costs three looks more, which no rate limit feels.
 */
const soonest = 1 / 8

/**
 * Looks again until there is something to give, and tells in the log what it waits for.
 * @throws ProviderError when the deadline passes.
 */
export async function waitFor<T>(
  { what, every, deadline, clock, info }: Waiting,
  look: () => Promise<{ ready: T } | { waitingFor: string }>,
): Promise<T> {
  const started = clock.elapsed()
  let told = -Infinity
  let wait = every * soonest
  for (;;) {
    const seen = await look()
    if ('ready' in seen) return seen.ready
    const waited = clock.elapsed() - started
    const seconds = Math.round(waited / 1000)
    if (waited >= deadline) {
      throw new ProviderError(
        `${what} was not ready after ${seconds} s: ${seen.waitingFor}. Look at it on the platform and run the job again.`,
      )
    }
    if (waited - told >= tellEvery) {
      info(`${what} is not ready yet${seconds > 0 ? ` after ${seconds} s` : ''}: ${seen.waitingFor}.`)
      told = waited
    }
    await clock.sleep(Math.min(wait, deadline - waited))
    wait = Math.min(wait * 2, every)
  }
}
