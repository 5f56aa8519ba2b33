import { passingFault } from '../domain/command-variables.js'
import { type Condition, idle, parseFailOn } from '../domain/fail-on.js'
import { listed, patternFault } from '../domain/file-patterns.js'
import type { Trigger } from '../domain/trigger.js'
import { InputError } from '../errors.js'
import { secretName } from './environment.js'
import { type InputName, oneOf, type RawInputs, show, wholeNumber } from './readers.js'

/** What to do in a branch before its URL is handed out, and what to tell the reviewer. */
export interface PreparationConfig {
  readonly migrate: string | undefined
  /** Names of SQL files, a description of rows to make up, or a command. */
  readonly seed: string | undefined
  /** Whether the branch stays when a command fails. */
  readonly keep: boolean
  /** Of each command, in milliseconds. */
  readonly timeout: number
  /** Names of variables that commands get beside the usual ones. */
  readonly commandVariables: readonly string[]
  readonly lockReport: boolean
  readonly schemaDiff: boolean
  /** SQL files of the workspace with queries to explain. */
  readonly explain: readonly string[]
  /** Where queries are executed to measure them. */
  readonly analyze: 'off' | 'branch' | 'both'
  /** SQL files of the workspace with migrations, looked at without running them. */
  readonly migrationFiles: readonly string[]
  readonly failOn: readonly Condition[]
  /** Name of the variable that holds the URL beside DATABASE_URL. */
  readonly urlName: string
}

/** Runs of these events have secrets, while the workspace may hold the tree of anybody's pull request. */
export const eventsOfOthers = ['pull_request_target', 'workflow_run', 'issue_comment']

const limits = { byDefault: 30, from: 1, to: 360, unit: 'minutes' }

/** Undefined where nothing of it is asked for. `report`: nothing is run, all is looked at. */
export function parsePreparation(
  raw: RawInputs,
  { event, forge }: Trigger,
  mode: 'create' | 'report',
): PreparationConfig | undefined {
  const creates = mode === 'create'
  const migrate = creates && raw('migrate') !== '' ? raw('migrate') : undefined
  const seed = creates && raw('seed') !== '' ? raw('seed') : undefined
  const [explain, migrationFiles] = [patterns(raw, 'explain'), patterns(raw, 'migration_files')]
  const asked = migrate !== undefined || seed !== undefined || explain.length > 0 || migrationFiles.length > 0
  if (creates && !asked && raw('fail_on') === '') return undefined
  const looks = migrate !== undefined || !creates
  const config: PreparationConfig = {
    migrate,
    seed,
    keep: oneOf(raw, 'on_failure', ['delete', 'keep']) === 'keep',
    timeout: wholeNumber(raw, 'command_timeout', limits) * 60_000,
    commandVariables: parseNames(raw),
    lockReport: migrate !== undefined && oneOf(raw, 'lock_report', ['true', 'false']) === 'true',
    schemaDiff: looks && oneOf(raw, 'schema_diff', ['true', 'false']) === 'true',
    explain,
    analyze: oneOf(raw, 'explain_analyze', ['off', 'branch', 'both']),
    migrationFiles,
    failOn: parseConditions(raw),
    urlName: secretName(raw, forge),
  }
  refuseForeignCode(raw, event)
  refuseIdle(config)
  return config
}

/** A condition that nothing can break would be a check that is always green. */
function refuseIdle({ failOn, lockReport, schemaDiff, explain, migrationFiles }: PreparationConfig): void {
  const [first] = idle(failOn, [
    ...(lockReport ? (['observed'] as const) : []),
    ...(lockReport || migrationFiles.length > 0 ? (['static'] as const) : []),
    ...(schemaDiff ? (['diff'] as const) : []),
    ...(explain.length > 0 ? (['plan'] as const) : []),
  ])
  if (!first) return
  throw new InputError(
    `Input "fail_on" says "${show(first.text)}", but nothing is looked at that could tell. Locks, rewrites and scans are told of what "migrate" runs (with "lock_report"), losses and breaks by "schema_diff" or "migration_files", plans by "explain"; set what is missing, or remove the condition.`,
  )
}

function patterns(raw: RawInputs, name: InputName): readonly string[] {
  const found = listed(raw(name))
  for (const pattern of found) refusePattern(name, pattern)
  return found
}

function refusePattern(name: InputName, pattern: string): void {
  const fault = patternFault(pattern)
  if (fault === undefined) return
  throw new InputError(`Input "${name}" names "${show(pattern)}", which ${fault}. Use a path such as db/*.sql.`)
}

function parseNames(raw: RawInputs): readonly string[] {
  const names = listed(raw('command_env'))
  for (const name of names) {
    const fault = passingFault(name)
    if (fault !== undefined) {
      throw new InputError(
        `Input "command_env" names "${show(name)}", which ${fault}. Name variables such as RAILS_ENV.`,
      )
    }
  }
  return names
}

function parseConditions(raw: RawInputs): readonly Condition[] {
  const parsed = parseFailOn(raw('fail_on'))
  if ('conditions' in parsed) return parsed.conditions
  throw new InputError(`Input "fail_on" is wrong: ${parsed.fault}.`)
}

/** Which inputs run or read what a pull request brought along. */
const foreign = ['migrate', 'seed', 'explain', 'migration_files'] as const

function refuseForeignCode(raw: RawInputs, event: string): void {
  if (!eventsOfOthers.includes(event) || oneOf(raw, 'trust_code', ['false', 'true']) === 'true') return
  const input = foreign.find((name) => raw(name) !== '')
  if (input === undefined) return
  throw new InputError(
    `Input "${input}" is refused on "${event}": such runs have secrets, and what they run may come from anybody's pull request. Use "pull_request", or set "trust_code" to "true" where only code of your own default branch is checked out.`,
  )
}
