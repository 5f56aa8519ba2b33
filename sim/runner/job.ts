/** One job, or one leg of a matrix, from "Set up job" to "Complete job" (`JobExtension.cs`). */
import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { interpolate, type Scope } from './expressions.js'
import { scopeOf, type JobState } from './job-state.js'
import { JobLog, StepLog } from './log.js'
import { UnsupportedError } from './errors.js'
import type { JobRun, Permissions } from './model.js'
import { endOrphans } from './orphans.js'
import { permissionsOf, RESTRICTED } from './permissions.js'
import { runnerContext, type RunContext } from './run-context.js'
import { evaluateEach, runStep } from './step.js'
import type { JobDefinition, Raw } from './workflow-file.js'

export interface Leg {
  readonly run: RunContext
  readonly definition: JobDefinition
  readonly record: JobRun
  /** needs, matrix, strategy, vars, inputs. */
  readonly contexts: Readonly<Record<string, unknown>>
  readonly cancel: AbortSignal
  readonly force: AbortSignal
  /** Ends the job when `timeout-minutes` is over. */
  stop(): void
}

const GITHUB_JOB_MINUTES = 360

export function newJobRun(definition: JobDefinition, matrix: Raw, name: string): JobRun {
  return {
    id: definition.id,
    name,
    matrix,
    conclusion: 'skipped',
    outputs: {},
    droppedOutputs: [],
    environment: undefined,
    permissions: {},
    steps: [],
    annotations: [],
    startedAt: Date.now(),
    durationMs: 0,
  }
}

export async function runJob(leg: Leg): Promise<void> {
  const { run, record } = leg
  const directory = `${record.id}-${randomUUID().slice(0, 8)}`
  const log = new JobLog(run.log, {
    job: record.name,
    debug: run.options.debug ?? false,
    hints: run.options.maskHints ?? [],
  })
  const setUp = new StepLog(log, 'Set up job', record.annotations)
  record.startedAt = Date.now()
  try {
    const job = await attempt(setUp, () => prepare(leg, { log, directory }))
    if (job === undefined) {
      record.conclusion = 'failure'
      return
    }
    await runSteps(job)
    completeJob(job)
    record.conclusion = leg.cancel.aborted && job.status === 'success' ? 'cancelled' : job.status
  } finally {
    record.durationMs = Date.now() - record.startedAt
  }
}

/** A faulty expression fails the job; what this runner cannot do ends the run. */
async function attempt<T>(log: StepLog, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof UnsupportedError) throw error
    log.error((error as Error).message)
    return undefined
  }
}

/** Secrets of the environment are read now, when the job starts; the others were frozen when the run was queued. */
async function prepare(leg: Leg, at: { log: JobLog; directory: string }): Promise<JobState> {
  const { run, definition, record } = leg
  const { forge } = run.options
  const permissions = permissionsOf(
    {
      workflow: run.file.permissions,
      job: definition.permissions,
      fallback: run.options.defaultPermissions ?? RESTRICTED,
    },
    run.trust,
  )
  record.permissions = permissions
  const token = await forge.token({
    name: `${record.name} of run ${String(run.github['run_id'])}`,
    kind: 'workflow',
    permissions,
  })
  const secrets: Record<string, string> = { ...run.secrets }
  const workspace = resolve(run.options.workspace ?? join(run.root, at.directory, 'workspace'))
  mkdirSync(workspace, { recursive: true })
  const github = {
    ...run.github,
    token,
    workspace,
    job: definition.id,
    secret_source: { full: 'Actions', dependabot: 'Dependabot', fork: 'None' }[run.trust],
  }
  const base: Scope = { contexts: { ...leg.contexts, github } }
  const vars: Record<string, string> = { ...run.vars }
  if (definition.environment) {
    const name = interpolate(definition.environment.name, base)
    record.environment = { name, url: undefined }
    await forge.ensureEnvironment?.(name)
    Object.assign(vars, await forge.environmentVariables?.(name))
    if (run.trust === 'full') Object.assign(secrets, await forge.environmentSecrets(name))
  }
  secrets['GITHUB_TOKEN'] = token
  for (const secret of Object.values(secrets)) at.log.register(secret, 'secret') // Worker.cs 155-172
  printPermissions(new StepLog(at.log, 'Set up job', record.annotations), permissions)
  return startState({ ...leg, contexts: { ...leg.contexts, vars } }, { ...at, github, secrets, workspace })
}

interface Start {
  readonly log: JobLog
  readonly directory: string
  readonly github: Readonly<Record<string, unknown>>
  readonly secrets: Readonly<Record<string, string>>
  readonly workspace: string
}

/** Workflow `env:`, then job `env:`, then the defaults, which may read them (`JobExtension.cs` 236-293). */
function startState(leg: Leg, { log, directory, github, secrets, workspace }: Start): JobState {
  const { run, definition } = leg
  const contexts = { ...leg.contexts, secrets }
  const runner = runnerContext(run, directory)
  const scope: Scope = { contexts: { ...contexts, github } }
  const env = { ...evaluateEach(run.file.env, scope), ...evaluateEach(definition.env, scope) }
  const withEnv: Scope = { contexts: { ...contexts, github, env } }
  return {
    run,
    definition,
    record: leg.record,
    log,
    github,
    runner,
    workspace,
    trackingId: `github_${randomUUID()}`,
    contexts,
    env,
    prependPath: [],
    steps: {},
    posts: [],
    cancel: leg.cancel,
    force: leg.force,
    defaults: {
      shell: interpolate(definition.defaults.shell, withEnv),
      workingDirectory: interpolate(definition.defaults.workingDirectory, withEnv),
    },
    status: leg.cancel.aborted ? 'cancelled' : 'success',
    checkedOut: false,
    stop: () => leg.stop(),
  }
}

/** `JobExtension.cs` 150-162. */
function printPermissions(log: StepLog, permissions: Permissions): void {
  log.output('##[group]GITHUB_TOKEN Permissions')
  for (const [key, access] of Object.entries({ ...permissions, metadata: 'read' })) log.output(`${key}: ${access}`)
  log.output('##[endgroup]')
}

/** Main steps in order, then the post steps, the last one first (`StepsRunner.cs` 58-76). */
async function runSteps(job: JobState): Promise<void> {
  const minutes = Number(interpolate(job.definition.timeoutMinutes ?? GITHUB_JOB_MINUTES, scopeOf(job, job.env)))
  const log = new StepLog(job.log, 'Complete job', job.record.annotations)
  const timer = setTimeout(
    () => {
      log.error(
        `The job running on runner ${job.runner['name']} has exceeded the maximum execution time of ${minutes} minutes.`,
      )
      job.stop()
    },
    Math.min(minutes * job.run.times.minuteMs, 2 ** 31 - 1),
  )
  try {
    for (const definition of job.definition.steps) await runStep(job, definition)
    for (let post = job.posts.pop(); post !== undefined; post = job.posts.pop())
      await runStep(job, post.definition, post)
  } finally {
    clearTimeout(timer)
    endOrphans(job.trackingId)
  }
}

/** `FinalizeJob` 757-860: an empty output is left out, one that a mask touches is dropped. */
function completeJob(job: JobState): void {
  const { record, definition } = job
  const log = new StepLog(job.log, 'Complete job', record.annotations)
  const scope = scopeOf(job, job.env)
  if (Object.keys(definition.outputs).length > 0) {
    finish(job, { log, failure: 'Fail to evaluate job outputs' }, () => {
      log.output('Evaluate and set job outputs')
      for (const [key, value] of Object.entries(evaluateEach(definition.outputs, scope)))
        setOutput(job, log, { key, value })
    })
  }
  const url = definition.environment?.url
  if (record.environment === undefined || url === undefined) return
  const { name } = record.environment
  finish(job, { log, failure: 'Failed to evaluate environment url' }, () => {
    log.output('Evaluate and set environment url')
    const value = interpolate(url, scope)
    if (job.log.masker.touches(value)) {
      log.warning(`Skip setting environment url as environment '${name}' may contain secret.`)
      return
    }
    log.output(`Evaluated environment url: ${value}`)
    log.sink('environment', value)
    record.environment = { name, url: value }
  })
}

function finish(job: JobState, on: { log: StepLog; failure: string }, work: () => void): void {
  try {
    work()
  } catch (error) {
    if (error instanceof UnsupportedError) throw error
    on.log.error(on.failure)
    on.log.error((error as Error).message)
    if (job.status === 'success') job.status = 'failure'
  }
}

/** `JobExtension.cs` 801-818. */
function setOutput(job: JobState, log: StepLog, { key, value }: { key: string; value: string }): void {
  if (value === '') {
    log.debug(`Skip output '${key}' since it's empty`)
  } else if (job.log.masker.touches(value)) {
    log.warning(`Skip output '${key}' since it may contain secret.`)
    job.record.droppedOutputs.push(key)
  } else {
    log.output(`Set output '${key}'`)
    log.sink('job-output', value)
    job.record.outputs[key] = value
  }
}
