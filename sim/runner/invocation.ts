/** What a step starts: a script, the main or post file of an action, or nothing (the checkout stub). */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Action } from './action-file.js'
import { interpolate, type Scope } from './expressions.js'
import { childEnv, type Env, type JobState } from './job-state.js'
import type { StepLog } from './log.js'
import { UnsupportedError } from './errors.js'
import { prepareScript } from './script.js'
import type { StepDefinition } from './workflow-file.js'

export interface Invocation {
  readonly argv: readonly [string, ...string[]] | undefined
  readonly cwd: string
  readonly inputs: Readonly<Record<string, string>>
  readonly heading: readonly string[]
  readonly isScript: boolean
  readonly github: Readonly<Record<string, string>>
}

export interface StepAtHand {
  readonly job: JobState
  readonly definition: StepDefinition
  readonly log: StepLog
  readonly env: Env
  readonly scope: Scope
}

/** `ScriptHandler.RunAsync` 140-357. */
export function scriptInvocation({ job, definition, env, scope }: StepAtHand): Invocation {
  const text = interpolate(definition.run, scope)
  const shell = interpolate(definition.shell, scope) || job.defaults.shell
  const directory =
    definition.workingDirectory === undefined
      ? job.defaults.workingDirectory
      : interpolate(definition.workingDirectory, scope)
  const path = childEnv(job, { environment: env, inputs: {}, github: {} })['PATH'] ?? ''
  const script = prepareScript(text, { shell, path, temp: job.runner['temp'] as string })
  return {
    ...script,
    cwd: resolve(job.workspace, directory),
    inputs: {},
    isScript: true,
    github: {},
  }
}

/** Does nothing: the workspace is what the caller says it is. Options that would change where files lie are refused. */
export function checkoutInvocation({ job, definition, scope }: StepAtHand): Invocation {
  const inputs: Record<string, string> = {}
  for (const [name, value] of Object.entries(definition.with)) {
    if (['path', 'repository', 'submodules', 'lfs'].includes(name))
      throw new UnsupportedError(`'${name}' of actions/checkout`)
    inputs[name] = interpolate(value, scope)
  }
  const heading = [`##[group]Run ${definition.uses ?? ''}`]
  return { argv: undefined, cwd: job.workspace, inputs, heading, isScript: false, github: {} }
}

export function actionInvocation(step: StepAtHand, action: Action, file: string): Invocation {
  const { job, definition } = step
  const uses = definition.uses ?? ''
  const target = join(action.directory, file)
  if (!existsSync(target)) throw new Error(`File not found: '${target}'`)
  return {
    argv: [job.run.node, target],
    cwd: job.workspace,
    inputs: inputsOf(step, action),
    heading: [`##[group]Run ${uses}`],
    isScript: false,
    github: action.local ? {} : remoteReference(uses),
  }
}

function remoteReference(uses: string): Record<string, string> {
  const [repository = '', ref = ''] = uses.split('@')
  return { action_repository: repository, action_ref: ref }
}

/** `ActionRunner.cs` 185-238: given inputs, warnings, defaults for the rest. `required` is not looked at. */
function inputsOf({ job, definition, log, scope }: StepAtHand, action: Action): Record<string, string> {
  const inputs: Record<string, string> = {}
  const declared = new Map([...action.inputs].map(([name, input]) => [name.toLowerCase(), input]))
  const unexpected: string[] = []
  for (const [name, value] of Object.entries(definition.with)) {
    inputs[name] = interpolate(value, scope)
    const input = declared.get(name.toLowerCase())
    if (input === undefined) unexpected.push(name)
    if (input?.deprecation !== undefined) {
      log.warning(`Input '${name}' has been deprecated with message: ${input.deprecation}`)
    }
  }
  const given = new Set(Object.keys(inputs).map((name) => name.toLowerCase()))
  for (const [name, input] of action.inputs) {
    if (!given.has(name.toLowerCase())) inputs[name] = interpolate(input.default, defaultScope(job, scope))
  }
  if (unexpected.length > 0) {
    const valid = [...action.inputs.keys()].join("', '")
    log.warning(`Unexpected input(s) '${unexpected.join("', '")}', valid inputs are ['${valid}']`)
  }
  return inputs
}

/** A default may read only github, strategy, matrix, job and runner (`action_yaml.json`, `input-default-context`). */
function defaultScope(job: JobState, scope: Scope): Scope {
  const { github, strategy, matrix, runner } = scope.contexts
  return { contexts: { github, strategy, matrix, runner, job: { status: job.status } } }
}
