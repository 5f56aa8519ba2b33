import type { QuickTime } from './fault-clock.js'
import { atEachBeat, ownTime } from './own-time.js'

/** Milliseconds that anything may take in the end, waits included: the longest build plus the patience with a server. */
const longest = 45 * 60_000
/** Requests and waits of one run; the longest, which looks at a build every second until its deadline, has six hundred. */
const mostSteps = 5000
/** Milliseconds of own time without a request and without a wait. */
const stillest = 60_000

interface Watched {
  readonly time: Pick<QuickTime, 'took' | 'waits'>
  /** How many requests there were so far. */
  readonly requests: () => number
}

export interface Watch {
  /** Says why a run never ends; a run that ends does so before. No matter how slow the machine is: it counts what the run does. */
  readonly never: Promise<string>
  /** What is wrong with how long it took. */
  readonly end: () => string | undefined
}

export function watch({ time, requests }: Watched): Watch {
  const steps = () => requests() + time.waits()
  const first = steps()
  let seen = { steps: first, at: ownTime() }
  let stop = (): void => undefined
  const never = new Promise<string>((resolve) => {
    stop = atEachBeat(() => {
      const now = steps()
      if (now > seen.steps) seen = { steps: now, at: ownTime() }
      if (now - first > mostSteps) resolve(`it did not end within ${mostSteps} requests and waits`)
      else if (ownTime() - seen.at > stillest) resolve('it did not end, and does nothing any more')
    })
  })
  const end = () => {
    stop()
    return time.took() > longest ? `it took ${Math.round(time.took() / 60_000)} minutes` : undefined
  }
  return { never, end }
}
