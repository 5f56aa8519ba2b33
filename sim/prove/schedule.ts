import type { Gate, Run } from './run.js'

/** A call that waits for its turn. */
interface Waiting {
  readonly run: Run
  readonly call: string
  readonly ready: () => boolean
  readonly go: () => void
}

/** Chooses one of the calls that could go on now; `last` is the run of the call before. */
export type Choose = (able: readonly { run: Run; call: string }[], last: Run | undefined) => number

/**
 * Lets the calls of several runs go on one at a time, in the order that is chosen. A run that sleeps comes on when no
 * other has anything to do, as the seconds that it sleeps are long beside a call.
 */
export class Schedule {
  readonly #waiting: Waiting[] = []
  readonly #choose: Choose
  /** Run and call, in the order in which they went on. */
  readonly order: string[] = []

  constructor(choose: Choose) {
    this.#choose = choose
  }

  readonly gate: Gate = (run, call, ready) =>
    new Promise((resolve) => this.#waiting.push({ run, call, ready, go: resolve }))

  /** Until all works are over. @throws Error when the runs wait for each other, or never come to an end. */
  async run(works: readonly Promise<unknown>[]): Promise<void> {
    let over = false
    const all = Promise.all(works).finally(() => (over = true))
    let last: Run | undefined
    for (let turns = 0; ; turns++) {
      await quiet()
      if (over) break
      const ready = this.#waiting.filter((one) => one.ready())
      const awake = ready.filter(({ call }) => call !== 'sleep')
      const able = awake.length > 0 ? awake : ready
      if (able.length === 0 || turns > 20_000)
        throw new Error(`Nothing goes on after: ${this.order.slice(-10).join('; ')}`)
      const chosen = able[able.length === 1 ? 0 : this.#choose(able, last)]!
      this.#waiting.splice(this.#waiting.indexOf(chosen), 1)
      this.order.push(`${chosen.run.id} ${chosen.call}`)
      last = chosen.run
      chosen.go()
    }
    await all
  }
}

/** Everything that can go on without another call has done so. */
function quiet(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve))
}

/** Goes on with the run of before, unless the n-th choice is to be another: `at` tells which by number of choice. */
export function withSwitches(at: ReadonlyMap<number, number>): { choose: Choose; offered: number[] } {
  const offered: number[] = []
  const choose: Choose = (able, last) => {
    const stay = Math.max(
      0,
      able.findIndex(({ run }) => run === last),
    )
    const number = offered.push(able.length) - 1
    return (stay + (at.get(number) ?? 0)) % able.length
  }
  return { choose, offered }
}

/** A small generator with a seed, so that a play can be played again: mulberry32. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
