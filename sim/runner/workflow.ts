/** Runs a workflow file for one event. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { refuse } from '../leaks/oracle.js'
import { directoryOf, readAction } from './action-file.js'
import { Concurrency, type Admission } from './concurrency.js'
import { eventRef, notTriggered } from './event.js'
import { leaksOf } from './leaks.js'
import type { Conclusion, JobRun, RunOptions, WorkflowRun } from './model.js'
import { runContext, type RunContext } from './run-context.js'
import { groupOf, Schedule } from './schedule.js'
import { assertShell } from './script.js'
import { readWorkflow, type WorkflowFile } from './workflow-file.js'

export async function runWorkflow(options: RunOptions): Promise<WorkflowRun> {
  const startedAt = Date.now()
  const file = await readWorkflow(options.workflow)
  eventRef(options)
  const reason = notTriggered(file, options)
  if (reason !== undefined) return notRun(file, { reason, startedAt })
  refuseUnsupported(file, options)
  const root = mkdtempSync(join(tmpdir(), 'workflow-run-'))
  mkdirSync(join(root, 'home'))
  const cancelled = new Cancelled(options)
  try {
    const forced = new AbortController()
    const run = runContext({ options, file, root, cancel: cancelled.signal, force: forced.signal })
    const done = await execute(run, { cancelled, startedAt, force: () => forced.abort() })
    if (options.leaks !== 'allowed') refuse(done.leaks)
    return done
  } finally {
    cancelled.end()
    rmSync(root, { recursive: true, force: true })
  }
}

/** Everything that ends a run from outside: the caller, a clock, a newcomer in its concurrency group. */
class Cancelled {
  reason = ''
  readonly #controller = new AbortController()
  readonly #timer: NodeJS.Timeout | undefined
  readonly #outer: AbortSignal | undefined
  readonly #onOuter = (): void => this.cancel('The run was canceled')

  constructor({ signal, cancelAfter }: RunOptions) {
    this.#outer = signal
    if (signal?.aborted) this.#onOuter()
    signal?.addEventListener('abort', this.#onOuter)
    if (cancelAfter !== undefined) this.#timer = setTimeout(this.#onOuter, cancelAfter)
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  cancel(reason: string): void {
    if (this.signal.aborted) return
    this.reason = reason
    this.#controller.abort()
  }

  end(): void {
    clearTimeout(this.#timer)
    this.#outer?.removeEventListener('abort', this.#onOuter)
  }
}

interface Course {
  readonly cancelled: Cancelled
  readonly startedAt: number
  force(): void
}

async function execute(run: RunContext, course: Course): Promise<WorkflowRun> {
  const concurrency = run.options.concurrency ?? new Concurrency()
  const owner = {}
  const onFault = (): void => {
    course.cancelled.cancel('The run met something this runner does not implement')
    course.force()
  }
  const schedule = new Schedule(run, { concurrency, owner, onFault })
  const admission = await admit(run, { concurrency, owner, cancelled: course.cancelled })
  if (!admission.admitted)
    return finished(run, schedule, { ...course, conclusion: 'cancelled', reason: admission.reason })
  try {
    await schedule.runAll()
  } finally {
    admission.release()
  }
  const conclusion = course.cancelled.signal.aborted ? 'cancelled' : conclusionOf(schedule)
  return finished(run, schedule, { ...course, conclusion, reason: course.cancelled.reason })
}

async function admit(
  run: RunContext,
  { concurrency, owner, cancelled }: { concurrency: Concurrency; owner: object; cancelled: Cancelled },
): Promise<Admission> {
  if (run.file.concurrency === undefined) return { admitted: true, release: () => undefined }
  const { github, inputs, vars } = run
  const entrant = groupOf(run.file.concurrency, { contexts: { github, inputs, vars } }, owner)
  return await concurrency.enter({ ...entrant, cancel: (reason) => cancelled.cancel(reason) }, cancelled.signal)
}

function conclusionOf(schedule: Schedule): Conclusion {
  const of = (job: JobRun): Conclusion =>
    job.conclusion === 'failure' && schedule.tolerated.has(job) ? 'success' : job.conclusion
  const conclusions = schedule.jobs.map(of)
  return (['failure', 'cancelled', 'success'] as const).find((worst) => conclusions.includes(worst)) ?? 'skipped'
}

function finished(
  run: RunContext,
  schedule: Schedule,
  end: { conclusion: Conclusion; reason: string; startedAt: number },
): WorkflowRun {
  const log = run.log.masked
  const sinks = [...run.log.sinks]
  return {
    conclusion: end.conclusion,
    reason: end.reason,
    name: run.file.name,
    jobs: schedule.jobs,
    log,
    rawLog: run.log.raw,
    masks: run.log.masks,
    leaks: leaksOf(run.log, schedule.jobs),
    startedAt: end.startedAt,
    durationMs: Date.now() - end.startedAt,
    sinks: () => [{ kind: 'log', job: '', step: '', text: log }, ...sinks],
  }
}

function notRun(file: WorkflowFile, { reason, startedAt }: { reason: string; startedAt: number }): WorkflowRun {
  return {
    conclusion: 'not-triggered',
    reason,
    name: file.name,
    jobs: [],
    log: '',
    rawLog: '',
    masks: [],
    leaks: [],
    startedAt,
    durationMs: Date.now() - startedAt,
    sinks: () => [],
  }
}

/** What can be seen in the files alone is refused before anything runs. */
function refuseUnsupported(file: WorkflowFile, options: RunOptions): void {
  const actions = options.actions ?? {}
  for (const job of file.jobs) {
    for (const step of job.steps) {
      if (typeof step.shell === 'string' && !step.shell.includes('${{')) assertShell(step.shell)
      if (step.uses === undefined) continue
      const mapped = Object.keys(actions).some((prefix) => step.uses?.startsWith(prefix))
      if (!mapped && step.uses.startsWith('actions/checkout@')) continue
      readAction(step.uses, directoryOf(step.uses, actions))
    }
  }
}
