import { InputError, show } from '../errors.js'
import { Secret } from '../secret.js'

export { show }

export const inputNames = [
  'mode',
  'provider',
  'admin_url',
  'api_key',
  'organization',
  'project',
  'database',
  'role',
  'region',
  'api_url',
  'allow_http',
  'rest_config',
  'trust_names',
  'branch_name',
  'parent_branch',
  'busy_parent',
  'on_synchronize',
  'point_in_time',
  'data_policy',
  'copy_approval',
  'policy_file',
  'masking_key',
  'max_golden_age',
  'migrate',
  'seed',
  'on_failure',
  'command_timeout',
  'command_env',
  'trust_code',
  'lock_report',
  'schema_diff',
  'migration_files',
  'explain',
  'explain_analyze',
  'fail_on',
  'comment',
  'environment',
  'secret_name',
  'environment_token',
  'export_env',
  'seal_key',
  'sealed',
  'deployment',
  'vercel_token',
  'vercel_project',
  'vercel_team',
  'vercel_api_url',
  'github_token',
  'dry_run',
  'strategy',
  'ttl_days',
  'idle_days',
  'stale_days',
  'refresh_busy',
  'exempt_labels',
  'max_deletions',
  'concurrency',
  'pull_request',
] as const

export type InputName = (typeof inputNames)[number]

/** The inputs whose text is masked before anything else happens. */
export const secretInputs = [
  'admin_url',
  'api_key',
  'masking_key',
  'environment_token',
  'seal_key',
  'vercel_token',
  'github_token',
] as const satisfies readonly InputName[]

export type RawInputs = (name: InputName) => string

const requiredChoices: readonly InputName[] = ['provider']

/**
 * The runner's `INPUT_*` variables. Only ASCII white space is trimmed: trimming Unicode, as the toolkit does, would
 * let a byte order mark disappear from a name.
 */
export function readInputs(env: Readonly<Record<string, string | undefined>>): RawInputs {
  return (name) => (env[`INPUT_${name.toUpperCase()}`] ?? '').replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '')
}

export function secret(raw: RawInputs, name: InputName): Secret | undefined {
  const text = raw(name)
  return text === '' ? undefined : new Secret(text)
}

/** The first value is the default, unless the input is required. */
export function oneOf<T extends string>(raw: RawInputs, name: InputName, allowed: readonly [T, ...T[]]): T {
  const text = raw(name)
  if (text === '' && !requiredChoices.includes(name)) return allowed[0]
  if (allowed.includes(text as T)) return text as T
  const problem = text === '' ? 'is missing' : `is "${show(text)}"`
  throw new InputError(`Input "${name}" ${problem}. Use ${alternatives(allowed)}.`)
}

/**
 * A whole number within limits. `0x10`, `7 days`, `7.5` and `-1` are refused: a limit never gets looser by an accident of
 * parsing.
 */
export function wholeNumber(
  raw: RawInputs,
  name: InputName,
  limits: { byDefault: number; from: number; to: number; unit: string },
): number {
  const text = raw(name)
  if (text === '') return limits.byDefault
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  if (value >= limits.from && value <= limits.to) return value
  throw new InputError(
    `Input "${name}" is "${show(text)}". Use a whole number of ${limits.unit} from ${limits.from} to ${limits.to}.`,
  )
}

/** `"a", "b" or "c"` */
export function alternatives(values: readonly string[]): string {
  const quoted = values.map((value) => `"${value}"`)
  return [quoted.slice(0, -1).join(', '), quoted.at(-1)].filter((part) => part !== '').join(' or ')
}
