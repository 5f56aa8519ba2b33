import { longestName, nameFault, renderTemplate } from './domain/branch.js'
import { type DataPolicy, dataPolicies } from './domain/data-policy.js'
import { InputError } from './errors.js'
import type { Trigger } from './event.js'
import { Secret } from './secret.js'

export const inputNames = [
  'mode',
  'provider',
  'admin_url',
  'branch_name',
  'parent_branch',
  'busy_parent',
  'on_synchronize',
  'data_policy',
  'copy_approval',
  'environment',
  'secret_name',
  'environment_token',
  'github_token',
  'dry_run',
] as const

export type InputName = (typeof inputNames)[number]

/** The inputs whose text is masked before anything else happens. */
export const secretInputs = ['admin_url', 'environment_token', 'github_token'] as const satisfies readonly InputName[]

export type RawInputs = (name: InputName) => string

const modes = ['auto', 'create', 'delete', 'connect'] as const
const providers = ['postgres'] as const
const requiredChoices: readonly InputName[] = ['provider', 'data_policy']
const createActions = ['opened', 'reopened', 'synchronize', 'ready_for_review']

/** Where the branch URL goes beside the step outputs: a secret of an environment of the pull request. */
export interface EnvironmentTarget {
  readonly name: string
  readonly secretName: string
  readonly token: Secret
}

export interface Config {
  readonly mode: 'create' | 'delete' | 'connect'
  readonly adminUrl: Secret
  readonly busyParent: 'refuse' | 'terminate'
  readonly branch: string
  readonly parent: string
  readonly pullRequest: number | null
  readonly repository: Trigger['repository']
  readonly run: string
  /** The event says the pull request was closed. */
  readonly onClose: boolean
  readonly existing: 'reuse' | 'reset'
  /** Set in mode `create`. */
  readonly dataPolicy: DataPolicy | undefined
  readonly copyApproval: string | undefined
  readonly environment: EnvironmentTarget | undefined
  readonly githubToken: Secret | undefined
  readonly dryRun: boolean
}

export type Parsed = { readonly config: Config } | { readonly skip: string }

/**
 * The runner's `INPUT_*` variables. Only ASCII white space is trimmed: trimming Unicode, as the toolkit does, would
 * let a byte order mark disappear from a name.
 */
export function readInputs(env: Readonly<Record<string, string | undefined>>): RawInputs {
  return (name) => (env[`INPUT_${name.toUpperCase()}`] ?? '').replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '')
}

/**
 * Validates everything that can be validated without the network.
 * `skip` holds the reason why a pull request without secrets (a fork's, Dependabot's) ends green without a branch.
 * @throws InputError with one sentence: the input, the rule, the allowed values, what to do.
 */
export function parseConfig(raw: RawInputs, trigger: Trigger): Parsed {
  const mode = resolveMode(oneOf(raw, 'mode', modes), trigger)
  oneOf(raw, 'provider', providers)
  const untrusted = trigger.pullRequest?.untrusted
  if (untrusted && raw('admin_url') === '') {
    const whose = untrusted === 'fork' ? 'from a fork' : "of Dependabot's"
    return {
      skip: `No database branch for this pull request: it is one ${whose}, and such runs get no secrets ("admin_url" is empty).`,
    }
  }
  const branch = branchName(raw, trigger)
  const creates = mode === 'create'
  const dataPolicy = creates ? parseDataPolicy(raw) : undefined
  const config: Config = {
    mode,
    adminUrl: parseAdminUrl(raw),
    busyParent: oneOf(raw, 'busy_parent', ['refuse', 'terminate']),
    branch,
    parent: parentName(raw, branch),
    pullRequest: trigger.pullRequest?.number ?? null,
    repository: trigger.repository,
    run: trigger.run,
    onClose: trigger.action === 'closed',
    existing: resolveExisting(raw, trigger),
    dataPolicy,
    copyApproval: creates ? parseApproval(raw, dataPolicy) : undefined,
    environment: mode === 'connect' ? undefined : parseEnvironment(raw, trigger),
    githubToken: secret(raw, 'github_token'),
    dryRun: oneOf(raw, 'dry_run', ['false', 'true']) === 'true',
  }
  if (mode === 'connect' && config.dryRun) {
    throw new InputError('Input "dry_run" goes with modes that change something, not with "connect". Remove it.')
  }
  const readsPullRequest = creates ? config.pullRequest !== null : config.onClose
  if (readsPullRequest && !config.githubToken) {
    throw new InputError(
      'Input "github_token" is empty: the live state of the pull request must be read. Leave it out to use the job\'s own token.',
    )
  }
  return { config: Object.freeze(config) }
}

function resolveMode(mode: (typeof modes)[number], trigger: Trigger): Config['mode'] {
  if (mode !== 'auto') return mode
  if (trigger.event === 'pull_request' || trigger.event === 'pull_request_target') {
    if (createActions.includes(trigger.action)) return 'create'
    if (trigger.action === 'closed') return 'delete'
  }
  const seen = trigger.action ? `"${trigger.event}" (${trigger.action})` : `"${trigger.event}"`
  throw new InputError(
    `Input "mode" is "auto", which knows pull_request and pull_request_target (${createActions.join(', ')}, closed), not ${seen}. ` +
      'Set "mode" to "create", "delete" or "connect", or change the workflow\'s triggers.',
  )
}

function resolveExisting(raw: RawInputs, trigger: Trigger): Config['existing'] {
  const onSynchronize = oneOf(raw, 'on_synchronize', ['reuse', 'reset'])
  return trigger.action === 'synchronize' ? onSynchronize : 'reuse'
}

function branchName(raw: RawInputs, trigger: Trigger): string {
  const template = raw('branch_name') || 'pr-{number}'
  const number = trigger.pullRequest?.number
  if (template.includes('{number}') && number === undefined) {
    throw new InputError(
      `Input "branch_name" is "${show(template)}", but the event "${trigger.event}" has no pull request number. Give a name without {number}.`,
    )
  }
  const name = renderTemplate(template, { number, repository: trigger.repository.name })
  const fault = nameFault(name)
  if (fault)
    throw new InputError(
      `Input "branch_name" gives "${show(name)}", which ${fault}. Choose another name, such as pr-{number}.`,
    )
  return name
}

function parentName(raw: RawInputs, branch: string): string {
  const name = raw('parent_branch') || 'main'
  if (Buffer.byteLength(name) > longestName) {
    throw new InputError(
      `Input "parent_branch" is longer than ${longestName} bytes, the longest name a database can have.`,
    )
  }
  if (/\p{C}/u.test(name)) {
    throw new InputError('Input "parent_branch" holds an invisible or control character. Type the name anew.')
  }
  if (name === branch) {
    throw new InputError(
      `Inputs "branch_name" and "parent_branch" are both "${show(name)}". A branch is made from another database.`,
    )
  }
  return name
}

function parseDataPolicy(raw: RawInputs): DataPolicy {
  if (raw('data_policy') === '') {
    throw new InputError(
      'Input "data_policy" is missing: say what data a branch may hold. Use "schema_only" (tables without rows) or "copy" (all rows; needs "copy_approval").',
    )
  }
  const policy = oneOf(raw, 'data_policy', dataPolicies)
  if (policy === 'masked') {
    throw new InputError(
      'Input "data_policy" is "masked", which this version cannot do yet. Use "schema_only", or "copy" with "copy_approval".',
    )
  }
  return policy
}

function parseApproval(raw: RawInputs, policy: DataPolicy | undefined): string | undefined {
  const approval = raw('copy_approval')
  if (policy !== 'copy') {
    if (approval === '') return undefined
    throw new InputError(
      `Input "copy_approval" goes with data_policy "copy", not with "${policy}". Remove one of the two.`,
    )
  }
  if (approval.length < 10 || approval.length > 500 || /\p{Cc}/u.test(approval)) {
    throw new InputError(
      'Input "copy_approval" must say in one line of 10 to 500 characters who approved a full copy of the parent\'s data, and why, such as "Jane Doe: test data only, no customers".',
    )
  }
  return approval
}

const sslModes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full']

/** The value is never repeated in a message: it holds the password. */
function parseAdminUrl(raw: RawInputs): Secret {
  const text = raw('admin_url')
  const say = (rule: string) =>
    new InputError(
      `Input "admin_url" ${rule}. It has the form postgresql://user:password@host:5432/postgres, best kept as a repository secret.`,
    )
  if (text === '')
    throw say('is missing; when it comes from a secret, check that the secret exists and that this event may read it')
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url) throw say('is not a URL; a password with special characters must be percent-encoded')
  if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:')
    throw say('does not start with postgres:// or postgresql://')
  if (!url.hostname) throw say('names no host')
  if (!url.username) throw say('names no user')
  if (!url.password) throw say("holds no password, from which the branches' own passwords are derived")
  try {
    decodeURIComponent(url.username + url.password + url.pathname)
  } catch {
    throw say('holds a "%" that is no percent-encoding; write it as %25')
  }
  const sslMode = url.searchParams.get('sslmode')
  if (sslMode !== null && !sslModes.includes(sslMode))
    throw say(`has an unknown sslmode; allowed are ${sslModes.join(', ')}`)
  return new Secret(text)
}

function parseEnvironment(raw: RawInputs, trigger: Trigger): EnvironmentTarget | undefined {
  const template = raw('environment')
  if (template === '') return undefined
  if (!template.includes('{number}')) {
    throw new InputError(
      `Input "environment" is "${show(template)}" without {number}: the environment goes when its pull request is closed, so each needs its own, such as pr-{number}.`,
    )
  }
  const number = trigger.pullRequest?.number
  if (number === undefined) {
    throw new InputError(
      `Input "environment" needs a pull request, and the event "${trigger.event}" has none. Leave it out here.`,
    )
  }
  const name = renderTemplate(template, { number, repository: trigger.repository.name })
  if (!/^[\w./ -]{1,255}$/.test(name)) {
    throw new InputError(
      'Input "environment" may hold at most 255 letters, digits, spaces and . / _ - and the words {number}, {repository}.',
    )
  }
  const token = secret(raw, 'environment_token')
  if (!token) {
    throw new InputError(
      'Input "environment" needs "environment_token": GITHUB_TOKEN can never write environment secrets. Give a token of a GitHub App or a fine-grained token with the repository permissions "Administration: write" and "Environments: write".',
    )
  }
  return { name, secretName: secretName(raw), token }
}

function secretName(raw: RawInputs): string {
  const name = raw('secret_name') || 'DATABASE_URL'
  if (!/^[A-Z_][A-Z0-9_]*$/i.test(name) || /^GITHUB_/i.test(name)) {
    throw new InputError(
      `Input "secret_name" is "${show(name)}": a secret's name holds letters, digits and "_", starts with no digit and not with GITHUB_. Use a name such as DATABASE_URL.`,
    )
  }
  return name
}

function secret(raw: RawInputs, name: InputName): Secret | undefined {
  const text = raw(name)
  return text === '' ? undefined : new Secret(text)
}

/** The first value is the default, unless the input is required. */
function oneOf<T extends string>(raw: RawInputs, name: InputName, allowed: readonly [T, ...T[]]): T {
  const text = raw(name)
  if (text === '' && !requiredChoices.includes(name)) return allowed[0]
  if (allowed.includes(text as T)) return text as T
  const problem = text === '' ? 'is missing' : `is "${show(text)}"`
  throw new InputError(`Input "${name}" ${problem}. Use ${allowed.map((value) => `"${value}"`).join(' or ')}.`)
}

/** A user's text inside one of our sentences: one line, short. */
function show(text: string): string {
  const line = text.replace(/\p{C}/gu, '\uFFFD')
  return line.length > 80 ? `${line.slice(0, 80)}…` : line
}
