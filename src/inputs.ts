import type { DataPolicy } from './domain/data-policy.js'
import { InputError } from './errors.js'
import type { Trigger } from './event.js'
import { parseAdminUrl } from './inputs/admin-url.js'
import { branchName, parentName, parseApproval, parseDataPolicy, resolveExisting } from './inputs/branch.js'
import { type EnvironmentTarget, parseEnvironment } from './inputs/environment.js'
import { oneOf, type RawInputs, secret } from './inputs/readers.js'
import { parseSweep, type SweepLimits } from './inputs/sweep.js'
import type { Secret } from './secret.js'

const modes = ['auto', 'create', 'delete', 'connect', 'cleanup', 'refresh'] as const
const providers = ['postgres'] as const
const createActions = ['opened', 'reopened', 'synchronize', 'ready_for_review']

/** What every mode needs. */
interface CommonConfig {
  readonly adminUrl: Secret
  readonly busyParent: 'refuse' | 'terminate'
  readonly parent: string
  readonly repository: Trigger['repository']
  readonly run: string
  readonly environment: EnvironmentTarget | undefined
  readonly githubToken: Secret | undefined
  readonly dryRun: boolean
}

/** One branch: that of a pull request, or one made by hand. */
export interface BranchConfig extends CommonConfig {
  readonly mode: 'create' | 'delete' | 'connect'
  readonly branch: string
  readonly pullRequest: number | null
  /** The event says the pull request was closed. */
  readonly onClose: boolean
  readonly existing: 'reuse' | 'reset'
  /** Set in mode `create`. */
  readonly dataPolicy: DataPolicy | undefined
  readonly copyApproval: string | undefined
}

/** All branches of this repository. */
export interface SweepConfig extends CommonConfig, SweepLimits {
  readonly mode: 'cleanup' | 'refresh'
}

export type Config = BranchConfig | SweepConfig

export type Parsed = { readonly config: Config } | { readonly skip: string }

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
  const config =
    mode === 'cleanup' || mode === 'refresh' ? sweepConfig(raw, trigger, mode) : branchConfig(raw, trigger, mode)
  return { config: Object.freeze(config) }
}

function branchConfig(raw: RawInputs, trigger: Trigger, mode: BranchConfig['mode']): BranchConfig {
  const branch = branchName(raw, trigger)
  const creates = mode === 'create'
  const dataPolicy = creates ? parseDataPolicy(raw) : undefined
  const config: BranchConfig = {
    ...common(raw, trigger, branch),
    mode,
    branch,
    pullRequest: trigger.pullRequest?.number ?? null,
    onClose: trigger.action === 'closed',
    existing: resolveExisting(raw, trigger),
    dataPolicy,
    copyApproval: creates ? parseApproval(raw, dataPolicy) : undefined,
    environment: mode === 'connect' ? undefined : parseEnvironment(raw),
  }
  if (config.environment && config.pullRequest === null) {
    throw new InputError(
      `Input "environment" needs a pull request, and the event "${trigger.event}" has none. Leave it out here.`,
    )
  }
  if (mode === 'connect' && config.dryRun) {
    throw new InputError('Input "dry_run" goes with modes that change something, not with "connect". Remove it.')
  }
  if (creates ? config.pullRequest !== null : config.onClose) requireGitHubToken(config)
  return config
}

function sweepConfig(raw: RawInputs, trigger: Trigger, mode: SweepConfig['mode']): SweepConfig {
  const config: SweepConfig = {
    ...common(raw, trigger, undefined),
    ...parseSweep(raw, mode),
    mode,
    environment: parseEnvironment(raw),
  }
  if (mode === 'refresh' || config.strategy === 'activity') requireGitHubToken(config)
  return config
}

function common(raw: RawInputs, trigger: Trigger, branch: string | undefined): Omit<CommonConfig, 'environment'> {
  return {
    adminUrl: parseAdminUrl(raw),
    busyParent: oneOf(raw, 'busy_parent', ['refuse', 'terminate']),
    parent: parentName(raw, branch),
    repository: trigger.repository,
    run: trigger.run,
    githubToken: secret(raw, 'github_token'),
    dryRun: oneOf(raw, 'dry_run', ['false', 'true']) === 'true',
  }
}

function requireGitHubToken({ githubToken }: CommonConfig): void {
  if (githubToken) return
  throw new InputError(
    'Input "github_token" is empty: the live state of the pull request must be read. Leave it out to use the job\'s own token.',
  )
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
      'Set "mode" to "create", "delete", "connect", "cleanup" or "refresh", or change the workflow\'s triggers.',
  )
}
