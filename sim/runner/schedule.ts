/** Which jobs run when: needs, if, matrix legs, concurrency groups, cancellation. */
import type { Concurrency, Admission } from './concurrency.js'
import { conditionOf, holds, interpolate, resolve, type JobStatus, type Scope } from './expressions.js'
import { newJobRun, runJob } from './job.js'
import { strategyOf, type Strategy } from './matrix.js'
import { UnsupportedError, WorkflowFileError } from './errors.js'
import type { Conclusion, JobRun } from './model.js'
import type { RunContext } from './run-context.js'
import type { ConcurrencyDefinition, JobDefinition, Raw } from './workflow-file.js'

interface JobResult {
  /** As `needs.<job>.result` shows it. */
  readonly result: Conclusion
  readonly outputs: Readonly<Record<string, string>>
}

interface ScheduleOptions {
  readonly concurrency: Concurrency
  readonly owner: object
  /** Told when this runner met something it cannot do: the run must end. */
  onFault(): void
}

async function settleAll(work: readonly Promise<unknown>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(work)) if (outcome.status === 'rejected') throw outcome.reason as Error
}

export class Schedule {
  readonly jobs: JobRun[] = []
  /** A job whose failure does not fail the run. */
  readonly tolerated = new Set<JobRun>()
  readonly #run: RunContext
  readonly #options: ScheduleOptions
  readonly #started = new Map<string, Promise<JobResult>>()
  readonly #results = new Map<string, JobResult>()

  constructor(run: RunContext, options: ScheduleOptions) {
    this.#run = run
    this.#options = options
  }

  /** Runs every job; rejects with what this runner cannot do, after everything else has ended. */
  async runAll(): Promise<void> {
    await settleAll(this.#run.file.jobs.map((definition) => this.#start(definition)))
  }

  #start(definition: JobDefinition): Promise<JobResult> {
    const started = this.#started.get(definition.id) ?? this.#runDefinition(definition)
    this.#started.set(definition.id, started)
    return started
  }

  #definition(id: string): JobDefinition {
    const found = this.#run.file.jobs.find((job) => job.id.toLowerCase() === id.toLowerCase())
    if (found === undefined) throw new WorkflowFileError(`Job '${id}' does not exist`)
    return found
  }

  #ancestors(definition: JobDefinition): string[] {
    return definition.needs.flatMap((id) => [this.#definition(id).id, ...this.#ancestors(this.#definition(id))])
  }

  /** Without `if:` a job needs the success of all its ancestors, not only of those it names. */
  #status(definition: JobDefinition): JobStatus {
    const cancelled = this.#run.cancel.aborted
    const results = this.#ancestors(definition).map((id) => this.#results.get(id)?.result)
    const success = !cancelled && results.every((result) => result === 'success')
    return { success, failure: !cancelled && results.includes('failure'), cancelled }
  }

  #scope(definition: JobDefinition, contexts: Readonly<Record<string, unknown>> = {}): Scope {
    const { github, vars, inputs } = this.#run
    const needs = Object.fromEntries(definition.needs.map((id) => [id, this.#results.get(this.#definition(id).id)]))
    return { contexts: { github, vars, inputs, needs, ...contexts }, status: this.#status(definition) }
  }

  async #runDefinition(definition: JobDefinition): Promise<JobResult> {
    await Promise.all(definition.needs.map((id) => this.#start(this.#definition(id))))
    const result = await this.#runLegs(definition)
    this.#results.set(definition.id, result)
    return result
  }

  async #runLegs(definition: JobDefinition): Promise<JobResult> {
    const name = typeof definition.name === 'string' ? definition.name : definition.id
    let strategy: Strategy
    try {
      if (!holds(conditionOf(definition.if), this.#scope(definition))) {
        const conclusion = this.#run.cancel.aborted ? 'cancelled' : 'skipped'
        this.jobs.push({ ...newJobRun(definition, {}, name), conclusion })
        return { result: conclusion, outputs: {} }
      }
      strategy = strategyOf(definition.strategy, this.#scope(definition))
    } catch (error) {
      if (error instanceof UnsupportedError) throw error
      const annotations = [{ level: 'error' as const, message: (error as Error).message, properties: {} }]
      this.jobs.push({ ...newJobRun(definition, {}, name), conclusion: 'failure', annotations })
      return { result: 'failure', outputs: {} }
    }
    const matrix = new MatrixRun(definition, strategy)
    const waiting = [...strategy.legs.entries()]
    const worker = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        try {
          await this.#runLeg(matrix, { index: next[0], values: next[1] })
        } catch (error) {
          this.#options.onFault()
          throw error
        }
      }
    }
    await settleAll(Array.from({ length: Math.min(strategy.maxParallel, strategy.legs.length) }, worker))
    return matrix.result()
  }

  async #runLeg(matrix: MatrixRun, leg: { readonly index: number; readonly values: Raw }): Promise<void> {
    const { definition, strategy } = matrix
    const contexts = {
      matrix: leg.values,
      strategy: {
        'fail-fast': strategy.failFast,
        'job-index': leg.index,
        'job-total': strategy.legs.length,
        'max-parallel': Math.min(strategy.maxParallel, strategy.legs.length),
      },
    }
    const scope = this.#scope(definition, contexts)
    const record = newJobRun(definition, leg.values, legName(definition, leg.values, scope))
    this.jobs.push(record)
    const cancellation = this.#cancellation(definition, contexts)
    matrix.controllers.add(cancellation.controller)
    try {
      const admission = await this.#admit(definition, scope, cancellation.controller)
      if (matrix.stopped || !admission.admitted || cancellation.controller.signal.aborted) {
        record.conclusion = 'cancelled'
        if (!admission.admitted) record.annotations.push({ level: 'error', message: admission.reason, properties: {} })
      } else {
        const { controller, force } = cancellation
        try {
          await runJob({
            run: this.#run,
            definition,
            record,
            contexts: scope.contexts,
            cancel: controller.signal,
            force,
            stop: () => controller.abort(),
          })
        } finally {
          admission.release()
        }
      }
    } finally {
      cancellation.end()
      matrix.controllers.delete(cancellation.controller)
    }
    const tolerated = resolve(definition.continueOnError, scope) === true
    if (tolerated) this.tolerated.add(record)
    matrix.finish(record, tolerated)
  }

  /**
   * When a run is cancelled the server re-evaluates the `if:` of running jobs: one that still holds, like `always()`,
   * goes on (github/docs, workflow-cancellation). Five minutes later everything ends.
   */
  #cancellation(definition: JobDefinition, contexts: Readonly<Record<string, unknown>>): Cancellation {
    const controller = new AbortController()
    const forced = new AbortController()
    let timer: NodeJS.Timeout | undefined
    const startForce = (): void => {
      timer ??= setTimeout(() => forced.abort(), this.#run.times.forceMs)
    }
    const onRunCancel = (): void => {
      startForce()
      if (!holds(conditionOf(definition.if), this.#scope(definition, contexts))) controller.abort()
    }
    controller.signal.addEventListener('abort', startForce)
    this.#run.cancel.addEventListener('abort', onRunCancel)
    if (this.#run.cancel.aborted) onRunCancel()
    return {
      controller,
      force: AbortSignal.any([forced.signal, this.#run.force]),
      end: () => {
        clearTimeout(timer)
        this.#run.cancel.removeEventListener('abort', onRunCancel)
      },
    }
  }

  async #admit(definition: JobDefinition, scope: Scope, controller: AbortController): Promise<Admission> {
    if (definition.concurrency === undefined) return { admitted: true, release: () => undefined }
    const entrant = groupOf(definition.concurrency, scope, this.#options.owner)
    return await this.#options.concurrency.enter({ ...entrant, cancel: () => controller.abort() }, controller.signal)
  }
}

interface Cancellation {
  readonly controller: AbortController
  readonly force: AbortSignal
  end(): void
}

/** The legs of one job: a failed leg stops the others unless `fail-fast: false`. */
class MatrixRun {
  readonly controllers = new Set<AbortController>()
  stopped = false
  readonly definition: JobDefinition
  readonly strategy: Strategy
  readonly #results: Conclusion[] = []
  readonly #outputs: Record<string, string> = {}

  constructor(definition: JobDefinition, strategy: Strategy) {
    this.definition = definition
    this.strategy = strategy
  }

  finish(record: JobRun, tolerated: boolean): void {
    const failed = record.conclusion === 'failure'
    this.#results.push(failed && tolerated ? 'success' : record.conclusion)
    Object.assign(this.#outputs, record.outputs) // of legs that set the same output, the last one wins
    if (!failed || tolerated || !this.strategy.failFast) return
    this.stopped = true
    for (const controller of this.controllers) controller.abort()
  }

  result(): JobResult {
    const worst = (['failure', 'cancelled', 'success'] as const).find((result) => this.#results.includes(result))
    return { result: worst ?? 'skipped', outputs: this.#outputs }
  }
}

function legName(definition: JobDefinition, values: Raw, scope: Scope): string {
  const shown = Object.values(values).filter((value) => typeof value !== 'object')
  const suffix = shown.length > 0 ? ` (${shown.map(String).join(', ')})` : ''
  return definition.name === undefined ? `${definition.id}${suffix}` : interpolate(definition.name, scope)
}

/** The group a workflow or job enters; names are shared across a repository. */
export function groupOf(
  definition: ConcurrencyDefinition,
  scope: Scope,
  owner: object,
): { group: string; owner: object; cancelInProgress: boolean; queue: 'single' | 'max' } {
  const queue = interpolate(definition.queue, scope)
  if (queue !== 'single' && queue !== 'max') throw new UnsupportedError(`'queue: ${queue}' in concurrency`)
  return {
    group: interpolate(definition.group, scope),
    owner,
    cancelInProgress: resolve(definition.cancelInProgress, scope) === true,
    queue,
  }
}
