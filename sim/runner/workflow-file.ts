/**
 * Reads a workflow file. GitHub's own parser judges it; the keys are then read from the raw YAML, because the parser's
 * converted template loses several of them (permissions, defaults, with, shell, timeouts). Unknown keys are refused.
 */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser'
import { parse as parseYaml } from 'yaml'
import { UnsupportedError, WorkflowFileError } from './errors.js'
import type { RunOptions } from './model.js'

export type Raw = Readonly<Record<string, unknown>>

export interface ConcurrencyDefinition {
  readonly group: unknown
  readonly cancelInProgress: unknown
  readonly queue: unknown
}

export interface RunDefaults {
  readonly shell: unknown
  readonly workingDirectory: unknown
}

export interface StepDefinition {
  /** What `steps.<id>` uses; generated ids start with `__` and are not visible to expressions. */
  readonly id: string
  readonly name: unknown
  readonly if: unknown
  readonly uses: string | undefined
  readonly run: unknown
  readonly with: Raw
  readonly env: Raw
  readonly shell: unknown
  readonly workingDirectory: unknown
  readonly continueOnError: unknown
  readonly timeoutMinutes: unknown
}

export interface JobDefinition {
  readonly id: string
  readonly name: unknown
  readonly needs: readonly string[]
  readonly if: unknown
  readonly env: Raw
  readonly permissions: unknown
  readonly concurrency: ConcurrencyDefinition | undefined
  readonly environment: { readonly name: unknown; readonly url: unknown } | undefined
  readonly outputs: Raw
  readonly defaults: RunDefaults
  readonly strategy: Raw | undefined
  readonly continueOnError: unknown
  readonly timeoutMinutes: unknown
  readonly steps: readonly StepDefinition[]
}

export interface WorkflowFile {
  readonly path: string
  readonly name: string
  readonly events: ReadonlyMap<string, Raw>
  readonly env: Raw
  readonly permissions: unknown
  readonly concurrency: ConcurrencyDefinition | undefined
  readonly jobs: readonly JobDefinition[]
}

const TOP_KEYS = ['name', 'run-name', 'on', 'permissions', 'env', 'defaults', 'concurrency', 'jobs']
const JOB_KEYS = [
  ...['name', 'needs', 'if', 'runs-on', 'env', 'permissions', 'concurrency', 'environment', 'outputs', 'defaults'],
  ...['strategy', 'continue-on-error', 'timeout-minutes', 'steps'],
]
const STEP_KEYS = [
  ...['id', 'name', 'if', 'uses', 'run', 'with', 'env', 'shell', 'working-directory', 'continue-on-error'],
  'timeout-minutes',
]

export function allowOnly(raw: Raw, keys: readonly string[], where: string): void {
  for (const key of Object.keys(raw)) if (!keys.includes(key)) throw new UnsupportedError(`'${key}' in ${where}`)
}

/** A mapping, or an empty one where the key is missing. */
export function mapping(value: unknown, where: string): Raw {
  if (value === undefined || value === null) return {}
  if (typeof value !== 'object' || Array.isArray(value))
    throw new UnsupportedError(`${where} that is not a plain mapping`)
  return value as Raw
}

export const list = (value: unknown): readonly unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? (value as unknown[]) : [value]

export async function readWorkflow(source: RunOptions['workflow']): Promise<WorkflowFile> {
  const path = typeof source === 'string' ? `.github/workflows/${basename(source)}` : source.path
  const text = typeof source === 'string' ? readFileSync(source, 'utf8') : source.text
  await judge(path, text)
  const raw = mapping(parseYaml(text), path)
  allowOnly(raw, TOP_KEYS, path)
  const defaults = runDefaults(raw['defaults'], path)
  const jobs = mapping(raw['jobs'], 'jobs')
  return {
    path,
    name: typeof raw['name'] === 'string' ? raw['name'] : path,
    events: eventsOf(raw['on']),
    env: mapping(raw['env'], 'env'),
    permissions: raw['permissions'],
    concurrency: concurrencyOf(raw['concurrency'], 'concurrency'),
    jobs: Object.entries(jobs).map(([id, job]) => jobOf(id, mapping(job, `jobs.${id}`), defaults)),
  }
}

/** A faulty file never runs on GitHub. */
async function judge(path: string, text: string): Promise<void> {
  const parsed = parseWorkflow({ name: path, content: text }, new NoOperationTraceWriter())
  const refuse = (messages: readonly string[]): void => {
    if (messages.length > 0) throw new WorkflowFileError(`${path} is not a valid workflow:\n${messages.join('\n')}`)
  }
  refuse(parsed.context.errors.getErrors().map((error) => error.message))
  if (parsed.value === undefined) throw new WorkflowFileError(`${path} is empty`)
  const template = await convertWorkflowTemplate(parsed.context, parsed.value)
  refuse((template.errors ?? []).map((error) => error.Message))
}

function eventsOf(on: unknown): ReadonlyMap<string, Raw> {
  if (typeof on === 'string') return new Map([[on, {}]])
  if (Array.isArray(on)) return new Map(on.map((event) => [String(event), {}]))
  return new Map(
    Object.entries(mapping(on, 'on')).map(([event, filter]) => [
      event,
      event === 'schedule'
        ? { cron: list(filter).map((item) => mapping(item, 'on.schedule')['cron']) }
        : mapping(filter, `on.${event}`),
    ]),
  )
}

function runDefaults(value: unknown, where: string, outer?: RunDefaults): RunDefaults {
  const raw = mapping(value, `${where}.defaults`)
  allowOnly(raw, ['run'], `defaults of ${where}`)
  const run = mapping(raw['run'], `${where}.defaults.run`)
  allowOnly(run, ['shell', 'working-directory'], `defaults.run of ${where}`)
  return {
    shell: run['shell'] ?? outer?.shell,
    workingDirectory: run['working-directory'] ?? outer?.workingDirectory,
  }
}

function concurrencyOf(value: unknown, where: string): ConcurrencyDefinition | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'string') return { group: value, cancelInProgress: false, queue: 'single' }
  const raw = mapping(value, where)
  allowOnly(raw, ['group', 'cancel-in-progress', 'queue'], where)
  return { group: raw['group'], cancelInProgress: raw['cancel-in-progress'] ?? false, queue: raw['queue'] ?? 'single' }
}

function environmentOf(value: unknown, where: string): JobDefinition['environment'] {
  if (value === undefined) return undefined
  if (typeof value === 'string') return { name: value, url: undefined }
  const raw = mapping(value, where)
  allowOnly(raw, ['name', 'url', 'deployment'], where)
  return { name: raw['name'], url: raw['url'] }
}

function jobOf(id: string, raw: Raw, defaults: RunDefaults): JobDefinition {
  const where = `jobs.${id}`
  allowOnly(raw, JOB_KEYS, where)
  const strategy = raw['strategy'] === undefined ? undefined : mapping(raw['strategy'], `${where}.strategy`)
  if (strategy) allowOnly(strategy, ['matrix', 'fail-fast', 'max-parallel'], `${where}.strategy`)
  return {
    id,
    name: raw['name'],
    needs: list(raw['needs']).map(String),
    if: raw['if'],
    env: mapping(raw['env'], `${where}.env`),
    permissions: raw['permissions'],
    concurrency: concurrencyOf(raw['concurrency'], `${where}.concurrency`),
    environment: environmentOf(raw['environment'], `${where}.environment`),
    outputs: mapping(raw['outputs'], `${where}.outputs`),
    defaults: runDefaults(raw['defaults'], where, defaults),
    strategy,
    continueOnError: raw['continue-on-error'] ?? false,
    timeoutMinutes: raw['timeout-minutes'],
    steps: list(raw['steps']).map((step, index) => stepOf(mapping(step, `${where}.steps`), { where, index })),
  }
}

function stepOf(raw: Raw, at: { readonly where: string; readonly index: number }): StepDefinition {
  const where = `${at.where}.steps[${at.index}]`
  allowOnly(raw, STEP_KEYS, where)
  return {
    id: typeof raw['id'] === 'string' ? raw['id'] : `__${raw['uses'] === undefined ? 'run' : 'action'}_${at.index + 1}`,
    name: raw['name'],
    if: raw['if'],
    uses: typeof raw['uses'] === 'string' ? raw['uses'] : undefined,
    run: raw['run'],
    with: mapping(raw['with'], `${where}.with`),
    env: mapping(raw['env'], `${where}.env`),
    shell: raw['shell'],
    workingDirectory: raw['working-directory'],
    continueOnError: raw['continue-on-error'] ?? false,
    timeoutMinutes: raw['timeout-minutes'],
  }
}
