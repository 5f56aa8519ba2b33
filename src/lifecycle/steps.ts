import type { Step } from '../domain/outcome.js'
import type { Clock, Job } from '../ports.js'

/** Runs named steps one after the other, logs each with its time and keeps the list for the summary. */
export class Steps {
  readonly done: Step[] = []
  readonly #job: Job
  readonly #clock: Clock

  constructor(job: Job, clock: Clock) {
    this.#job = job
    this.#clock = clock
  }

  async run<T>(name: string, body: () => Promise<T>): Promise<T> {
    const start = this.#clock.elapsed()
    const result = await body()
    const ms = Math.round(this.#clock.elapsed() - start)
    this.done.push({ name, ms })
    this.#job.info(`${name}: ${(ms / 1000).toFixed(2)} s`)
    return result
  }
}
