/** One step, main or post stage: condition, execution, result (`StepsRunner.cs`, `ActionRunner.cs`). */
import { setTimeout as sleep } from 'node:timers/promises'
import { readAction, directoryOf, type Action } from './action-file.js'
import { ActionWatch } from './action-watch.js'
import { CommandChannel } from './commands.js'
import { runChild } from './child.js'
import { conditionOf, holds, interpolate, resolve, type Scope } from './expressions.js'
import { StepFiles } from './file-commands.js'
import { actionInvocation, checkoutInvocation, scriptInvocation, type Invocation } from './invocation.js'
import { addPath, childEnv, mergeStatus, scopeOf, type Env, type JobState, type PostStep } from './job-state.js'
import { StepLog } from './log.js'
import { UnsupportedError } from './errors.js'
import type { Conclusion, StepRun } from './model.js'
import { firstLine } from './script.js'
import type { StepDefinition } from './workflow-file.js'

const CHECKOUT = /^actions\/checkout@/

interface Running {
  readonly job: JobState
  readonly definition: StepDefinition
  readonly post: PostStep | undefined
  readonly record: StepRun
  readonly log: StepLog
  readonly env: Env
  readonly condition: string
  /** Cancels this step only: the job's cancellation when the condition no longer holds, or the step's timeout. */
  readonly cancel: AbortController
  timedOut: boolean
  commandFailed: boolean
}

export async function runStep(job: JobState, definition: StepDefinition, post?: PostStep): Promise<void> {
  const displayName = post ? `Post ${post.displayName}` : displayNameOf(job, definition)
  const record: StepRun = {
    id: definition.id,
    name: displayName,
    stage: post ? 'post' : 'main',
    conclusion: 'skipped',
    outcome: 'skipped',
    outputs: {},
    summary: '',
    annotations: [],
    exitCode: undefined,
    startedAt: Date.now(),
    durationMs: 0,
  }
  job.record.steps.push(record)
  const log = new StepLog(job.log, displayName, record.annotations)
  if (job.cancel.aborted || job.force.aborted) job.status = 'cancelled'
  const outcome = await outcomeOf({ job, definition, post, record, log })
  complete(job, record, { definition, outcome, log })
}

type Prepared = Pick<Running, 'job' | 'definition' | 'post' | 'record' | 'log'>

async function outcomeOf(prepared: Prepared): Promise<Conclusion> {
  const { job, definition, post, log } = prepared
  if (job.force.aborted) return 'cancelled'
  try {
    const scope = scopeOf(job, job.env)
    const env = { ...job.env, ...evaluateEach(definition.env, scope) }
    const condition = post ? post.action.postIf : conditionOf(definition.if)
    if (!holds(condition, scopeOf(job, env))) return 'skipped'
    return await perform({
      ...prepared,
      env,
      condition,
      cancel: new AbortController(),
      timedOut: false,
      commandFailed: false,
    })
  } catch (error) {
    return failed(error, log)
  }
}

function failed(error: unknown, log: StepLog): Conclusion {
  if (error instanceof UnsupportedError) throw error
  log.error((error as Error).message)
  return 'failure'
}

export function evaluateEach(values: Readonly<Record<string, unknown>>, scope: Scope): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, interpolate(value, scope)]))
}

/** `RunStepAsync` 290-355, with the re-test of the condition when the job is cancelled (144-186). */
async function perform(running: Running): Promise<Conclusion> {
  const { job, log, cancel } = running
  const onCancel = (): void => {
    job.status = 'cancelled'
    if (!holds(running.condition, scopeOf(job, running.env))) cancel.abort()
  }
  job.cancel.addEventListener('abort', onCancel)
  const ended = new AbortController()
  const minutes = startTimeout(running, ended.signal)
  let outcome: Conclusion
  try {
    outcome = await execute(running)
  } catch (error) {
    outcome = failed(error, log)
  } finally {
    ended.abort()
    job.cancel.removeEventListener('abort', onCancel)
  }
  if (running.timedOut) {
    log.error(`The action '${running.record.name}' has timed out after ${minutes} minutes.`)
    return 'failure'
  }
  if (cancel.signal.aborted || job.force.aborted) {
    if (job.force.aborted) job.status = 'cancelled'
    log.error('The operation was canceled.')
    return 'cancelled' // ProcessInvoker.cs 369: whatever the exit code was
  }
  return running.commandFailed ? 'failure' : outcome
}

function startTimeout(running: Running, ended: AbortSignal): number {
  const { job, definition, env, cancel } = running
  const minutes = Number(resolve(definition.timeoutMinutes ?? 0, scopeOf(job, env)))
  if (minutes > 0) {
    void sleep(minutes * job.run.times.minuteMs, undefined, { signal: ended }).then(
      () => {
        if (cancel.signal.aborted) return
        running.timedOut = true
        cancel.abort()
      },
      () => undefined,
    )
  }
  return minutes
}

/** `ActionRunner.RunAsync` 70-284. */
async function execute(running: Running): Promise<Conclusion> {
  const { job, definition, log, record } = running
  const files = new StepFiles(job.runner['temp'] as string)
  const github = { action: definition.id, ...files.paths }
  const state = new Map(running.post?.state)
  const scope = scopeOf(job, running.env, github)
  const invocation = invocationOf(running, { scope, state })
  const environment = { ...running.env, ...stateVariables(state) }
  printDetails(running, invocation, environment)
  const watch = isAction(definition) ? new ActionWatch(log, job.runner['temp'] as string) : undefined
  try {
    if (invocation.argv === undefined) return 'success'
    log.sink('argv', invocation.argv.join('\0'))
    const channel = new CommandChannel(log, job.workspace)
    record.exitCode = await runChild({
      argv: watch ? watch.argv(invocation.argv) : invocation.argv,
      cwd: invocation.cwd,
      env: childEnv(job, { environment, inputs: invocation.inputs, github: { ...github, ...invocation.github } }),
      cancel: running.cancel.signal,
      force: job.force,
      times: job.run.times,
      onLine: (line, stream) => {
        watch?.line(line, stream)
        channel.receive(line)
        running.commandFailed ||= channel.failed
      },
    })
    if (record.exitCode === 0) return 'success'
    if (invocation.isScript && !running.cancel.signal.aborted) {
      log.error(`Process completed with exit code ${record.exitCode}.`) // ScriptHandler.cs 354
    }
    return 'failure'
  } finally {
    watch?.end()
    if (!processFiles(running, files, state)) running.commandFailed = true
  }
}

function invocationOf(running: Running, at: { scope: Scope; state: Map<string, string> }): Invocation {
  const { job, definition, log, post } = running
  const step = { job, definition, log, env: running.env, scope: at.scope }
  if (post) return actionInvocation(step, post.action, post.action.post as string)
  const { uses } = definition
  if (uses === undefined) return scriptInvocation(step)
  if (CHECKOUT.test(uses) && !isMapped(job, uses)) {
    job.checkedOut = true
    return checkoutInvocation(step)
  }
  const directory = directoryOf(uses, job.run.options.actions ?? {})
  if (uses.startsWith('./') && !job.checkedOut) {
    throw new Error(
      `Can't find 'action.yml', 'action.yaml' or 'Dockerfile' under '${directory}'. Did you forget to run actions/checkout before running your local action?`,
    ) // ActionManager.cs 912
  }
  const action = readAction(uses, directory)
  registerPost(running, action, at.state)
  return actionInvocation(step, action, action.main)
}

const isMapped = (job: JobState, uses: string): boolean =>
  Object.keys(job.run.options.actions ?? {}).some((prefix) => uses.startsWith(prefix))

/** `ActionRunner.cs` 113-136: as soon as the main stage starts. */
function registerPost({ job, definition, record, log }: Running, action: Action, state: Map<string, string>): void {
  if (action.hasPre) log.warning(`\`pre\` execution is not supported for local action from '${definition.uses ?? ''}'`)
  if (action.post !== undefined) job.posts.push({ definition, action, displayName: record.name, state })
}

const isAction = ({ uses }: StepDefinition): boolean => uses !== undefined

const stateVariables = (state: ReadonlyMap<string, string>): Record<string, string> =>
  Object.fromEntries([...state].map(([name, value]) => [`STATE_${name}`, value]))

/** `Handler.PrintActionDetails` 102-160. */
function printDetails({ log, post }: Running, invocation: Invocation, environment: Env): void {
  if (post) {
    log.output('Post job cleanup.')
    return
  }
  for (const line of invocation.heading) log.output(line)
  const inputs = Object.entries(invocation.inputs).filter(([, value]) => value !== '')
  if (!invocation.isScript && Object.keys(invocation.inputs).length > 0) {
    log.output('with:')
    for (const [name, value] of inputs) log.output(`  ${name}: ${value}`)
  }
  if (Object.keys(environment).length > 0) {
    log.output('env:')
    for (const [name, value] of Object.entries(environment)) log.output(`  ${name}: ${value}`)
  }
  log.output('##[endgroup]')
}

function processFiles(
  { job, definition, record, log }: Running,
  files: StepFiles,
  state: Map<string, string>,
): boolean {
  return files.process(
    {
      // A script's outputs are its own affair, and so is a variable that the workflow asks for by name.
      searched: (file) => isAction(definition) && (file !== 'env' || definition.with['export_env'] === undefined),
      addPath: (path) => addPath(job, path),
      setEnv: (name, value) => (job.env[name] = value),
      setSummary: (text) => (record.summary = text),
      saveState: (name, value) => {
        const known = [...state.keys()].find((key) => key.toLowerCase() === name.toLowerCase())
        state.set(known ?? name, value)
      },
      setOutput: (name, value) => {
        if (name === '') throw new Error("Value cannot be null. (Parameter 'name')")
        record.outputs[name] = value
      },
    },
    log,
  )
}

/** `ApplyContinueOnError` 1422-1453 and the update of the job result (`StepsRunner.cs` 273-283). */
function complete(
  job: JobState,
  record: StepRun,
  { definition, outcome, log }: { definition: StepDefinition; outcome: Conclusion; log: StepLog },
): void {
  record.outcome = outcome
  record.conclusion = outcome
  if (outcome === 'failure') {
    try {
      if (resolve(definition.continueOnError, scopeOf(job, job.env)) === true) record.conclusion = 'success'
    } catch (error) {
      log.error('The step failed and an error occurred when attempting to determine whether to continue on error.')
      failed(error, log)
    }
  }
  record.durationMs = Date.now() - record.startedAt
  mergeStatus(job, record.conclusion)
  if (record.stage === 'main' && !definition.id.startsWith('__')) {
    job.steps[definition.id] = { outputs: record.outputs, outcome: record.outcome, conclusion: record.conclusion }
  }
}

/** `GenerateDisplayName` 363-449: a secret in it is masked. */
function displayNameOf(job: JobState, definition: StepDefinition): string {
  const fallback = `Run ${firstLine(definition.uses ?? String(definition.run))}`
  try {
    const scope = scopeOf(job, job.env)
    const text = definition.name === undefined ? fallback : interpolate(definition.name, scope)
    return job.log.masker.mask(definition.name === undefined ? firstLine(interpolate(text, scope)) : firstLine(text))
  } catch {
    return fallback
  }
}
