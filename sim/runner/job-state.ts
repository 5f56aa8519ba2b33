/** What the steps of one job share. */
import { delimiter, dirname, join } from 'node:path'
import type { Action } from './action-file.js'
import type { Scope } from './expressions.js'
import type { JobLog } from './log.js'
import type { Conclusion, JobRun } from './model.js'
import { contextVariables, type RunContext } from './run-context.js'
import type { JobDefinition, StepDefinition } from './workflow-file.js'

export type Env = Readonly<Record<string, string>>

/** An action whose main stage began: its post stage runs at the end of the job. */
export interface PostStep {
  readonly definition: StepDefinition
  readonly action: Action
  readonly displayName: string
  readonly state: ReadonlyMap<string, string>
}

export interface StepContext {
  readonly outputs: Record<string, string>
  readonly outcome: Conclusion
  readonly conclusion: Conclusion
}

export interface JobState {
  readonly run: RunContext
  readonly definition: JobDefinition
  readonly record: JobRun
  readonly log: JobLog
  readonly github: Readonly<Record<string, unknown>>
  readonly runner: Readonly<Record<string, string>>
  readonly workspace: string
  readonly trackingId: string
  /** matrix, strategy, needs, secrets, vars, inputs. */
  readonly contexts: Readonly<Record<string, unknown>>
  /** Workflow and job `env:` and what steps exported through GITHUB_ENV. */
  readonly env: Record<string, string>
  readonly prependPath: string[]
  readonly steps: Record<string, StepContext>
  readonly posts: PostStep[]
  readonly cancel: AbortSignal
  readonly force: AbortSignal
  readonly defaults: { shell: string; workingDirectory: string }
  status: 'success' | 'failure' | 'cancelled'
  checkedOut: boolean
  /** Cancels this job alone. */
  stop(): void
}

const MACHINE_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** The contexts and status functions as a step sees them (`StepsRunner.cs` 100-128). */
export function scopeOf(job: JobState, env: Env, github: Readonly<Record<string, unknown>> = {}): Scope {
  return {
    contexts: {
      ...job.contexts,
      github: { ...job.github, ...github },
      runner: job.runner,
      env,
      steps: job.steps,
      job: { status: job.status },
    },
    status: {
      success: job.status === 'success',
      failure: job.status === 'failure',
      cancelled: job.status === 'cancelled',
    },
  }
}

/** The machine's own variables. Nothing of the calling process is inherited. */
function machineEnv(job: Pick<JobState, 'run' | 'trackingId'>): Record<string, string> {
  const { extraEnv } = job.run.options
  return {
    HOME: join(job.run.root, 'home'),
    LANG: 'C.UTF-8',
    ...extraEnv,
    PATH: [dirname(job.run.node), extraEnv?.['PATH'] ?? MACHINE_PATH].join(delimiter),
    RUNNER_TRACKING_ID: job.trackingId,
  }
}

export interface ChildVariables {
  /** `env` context and STATE_ variables. */
  readonly environment: Env
  readonly inputs: Env
  readonly github: Readonly<Record<string, unknown>>
}

/** The environment of a child, in the runner's order (`NodeScriptActionHandler.cs` 38-52, `ProcessInvoker.cs` 256-291). */
export function childEnv(job: JobState, variables: ChildVariables): Record<string, string> {
  const env: Record<string, string> = { ...machineEnv(job), ...variables.environment }
  for (const [name, value] of Object.entries(variables.inputs)) {
    env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] = value // Handler.cs 185: hyphens stay
  }
  if (job.prependPath.length > 0) {
    env['PATH'] = [...job.prependPath.toReversed(), env['PATH'] ?? ''].join(delimiter) // Handler.cs 205-233
  }
  Object.assign(env, contextVariables({ ...job.github, ...variables.github }, job.runner))
  env['GITHUB_ACTIONS'] = 'true'
  env['CI'] ??= 'true'
  return env
}

/** GITHUB_PATH: a path given again moves to the front. */
export function addPath(job: JobState, path: string): void {
  const known = job.prependPath.indexOf(path)
  if (known >= 0) job.prependPath.splice(known, 1)
  job.prependPath.push(path)
}

/** `TaskResultUtil.MergeTaskResults`: a cancelled job stays cancelled, a failed one stays failed. */
export function mergeStatus(job: JobState, conclusion: Conclusion): void {
  if (conclusion === 'failure' && job.status === 'success') job.status = 'failure'
}
