import type { Step } from '../domain/outcome.js'
import { CancelledError } from '../errors.js'
import type { Clock, Job } from '../ports.js'

/** Runs named steps one after the other, folds what each logs, tells its time and keeps the list for the summary. */
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
    const took = () => Math.round(this.#clock.elapsed() - start)
    const told = (ms: number) => `${(ms / 1000).toFixed(2)} s`
    let result: T
    try {
      result = await this.#job.group(name, body)
    } catch (error) {
      this.#job.info(`${name}: ${error instanceof CancelledError ? 'cancelled' : 'failed'} after ${told(took())}`)
      throw error
    }
    const ms = took()
    this.done.push({ name, ms })
    this.#job.info(`${name}: ${told(ms)}`)
    return result
  }
}
