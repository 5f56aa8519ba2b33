import type { DataPolicy } from './domain/data-policy.js'
import type { ByName } from './domain/verdict.js'
import { InputError } from './errors.js'
import type { Trigger } from './event.js'
import {
  branchName,
  parentName,
  parseApproval,
  parseDataPolicy,
  parseMaskingKey,
  parsePointInTime,
  parsePolicyFile,
  resolveExisting,
} from './inputs/branch.js'
import { type EnvironmentTarget, parseEnvironment } from './inputs/environment.js'
import { goldenName, parseMaxGoldenAge } from './inputs/golden.js'
import {
  keyInput,
  parsePlatform,
  type PlatformConfig,
  platformNameFault,
  type ProviderName,
  providers,
} from './inputs/platform.js'
import { alternatives, oneOf, type RawInputs, secret, show } from './inputs/readers.js'
import { parseIdleDays, parseSweep, parseTrustNames, refusePullRequest, type SweepLimits } from './inputs/sweep.js'
import type { Secret } from './secret.js'

const modes = ['auto', 'create', 'delete', 'connect', 'cleanup', 'refresh', 'golden', 'scan'] as const
const createActions = ['opened', 'reopened', 'synchronize', 'ready_for_review']

/** What every mode needs. */
interface CommonConfig {
  readonly platform: PlatformConfig
  readonly parent: string
  readonly repository: Trigger['repository']
  readonly run: string
  readonly environment: EnvironmentTarget | undefined
  readonly githubToken: Secret | undefined
  readonly dryRun: boolean
  /** Commit in which a pull request's own version of a file stands; undefined where there is none. */
  readonly mergeCommit?: string
  /** Path of the policy file on the default branch. */
  readonly policyFile: string
  /** Undefined: each build gets one that nobody learns. */
  readonly maskingKey: Secret | undefined
}

/** One branch: that of a pull request, one made by hand, or a golden parent. */
export interface BranchConfig extends CommonConfig {
  readonly mode: 'create' | 'delete' | 'connect' | 'golden'
  readonly branch: string
  readonly pullRequest: number | null
  /** The event says the pull request was closed. */
  readonly onClose: boolean
  readonly existing: 'reuse' | 'reset'
  /** As asked; undefined leaves it to the policy file. */
  readonly dataPolicy: DataPolicy | undefined
  readonly copyApproval: string | undefined
  /** State of the parent to start from; undefined: as it is now. */
  readonly pointInTime: string | undefined
  /** Undefined: the platform never takes the branch away by itself. */
  readonly idleDays: number | undefined
  /** In days; undefined: a golden parent of any age will do. */
  readonly maxGoldenAge: number | undefined
}

/** All branches of this repository. */
export interface SweepConfig extends CommonConfig, SweepLimits {
  readonly mode: 'cleanup' | 'refresh'
  /** Set when names may tell whose a branch is, on a platform without claims. */
  readonly byName: ByName | undefined
  /** In days; undefined: a golden parent of any age will do. */
  readonly maxGoldenAge: number | undefined
}

/** One parent, which is read and never changed. */
export interface ScanConfig extends CommonConfig {
  readonly mode: 'scan'
}

export type Config = BranchConfig | SweepConfig | ScanConfig

export type Parsed = { readonly config: Config } | { readonly skip: string }

/**
 * Validates everything that can be validated without the network.
 * `skip` holds the reason why a pull request without secrets (a fork's, Dependabot's) ends green without a branch.
 * @throws InputError with one sentence: the input, the rule, the allowed values, what to do.
 */
export function parseConfig(raw: RawInputs, trigger: Trigger): Parsed {
  const mode = resolveMode(oneOf(raw, 'mode', modes), trigger)
  const provider = oneOf(raw, 'provider', providers)
  const untrusted = trigger.pullRequest?.untrusted
  if (untrusted && raw(keyInput(provider)) === '') {
    const whose = untrusted === 'fork' ? 'from a fork' : "of Dependabot's"
    return {
      skip: `No database branch for this pull request: it is one ${whose}, and such runs get no secrets ("${keyInput(provider)}" is empty).`,
    }
  }
  return { config: Object.freeze(configOf(raw, trigger, mode)) }
}

function configOf(raw: RawInputs, trigger: Trigger, mode: Config['mode']): Config {
  if (mode === 'scan') return scanConfig(raw, trigger)
  return mode === 'cleanup' || mode === 'refresh' ? sweepConfig(raw, trigger, mode) : branchConfig(raw, trigger, mode)
}

function branchConfig(raw: RawInputs, trigger: Trigger, mode: BranchConfig['mode']): BranchConfig {
  refusePullRequest(raw, mode)
  const golden = mode === 'golden'
  const branch = golden ? goldenName(raw, trigger) : branchName(raw, trigger)
  const creates = mode === 'create'
  const dataPolicy = golden ? 'masked' : creates ? parseDataPolicy(raw) : undefined
  const config: BranchConfig = {
    ...common(raw, trigger, branch),
    mode,
    branch: checkedName(branch, raw),
    pullRequest: trigger.pullRequest?.number ?? null,
    onClose: trigger.action === 'closed',
    existing: golden ? 'reset' : resolveExisting(raw, trigger),
    dataPolicy,
    copyApproval: creates ? parseApproval(raw, dataPolicy) : undefined,
    pointInTime: creates ? parsePointInTime(raw) : undefined,
    idleDays: creates ? parseIdleDays(raw) : undefined,
    maxGoldenAge: creates ? parseMaxGoldenAge(raw) : undefined,
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
  const readsPolicy = golden || (creates && dataPolicy !== 'schema_only')
  if (creates || golden ? config.pullRequest !== null || readsPolicy : config.onClose) requireGitHubToken(config)
  return config
}

function sweepConfig(raw: RawInputs, trigger: Trigger, mode: SweepConfig['mode']): SweepConfig {
  const config: SweepConfig = {
    ...common(raw, trigger, undefined),
    ...parseSweep(raw, mode),
    mode,
    environment: parseEnvironment(raw),
    byName: parseTrustNames(raw, trigger.repository.name),
    maxGoldenAge: mode === 'refresh' ? parseMaxGoldenAge(raw) : undefined,
  }
  if (mode === 'refresh' || config.strategy === 'activity') requireGitHubToken(config)
  return config
}

function scanConfig(raw: RawInputs, trigger: Trigger): ScanConfig {
  refusePullRequest(raw, 'scan')
  const config: ScanConfig = { ...common(raw, trigger, undefined), mode: 'scan', environment: undefined }
  if (!config.dryRun) return config
  throw new InputError('Input "dry_run" goes with modes that change something, not with "scan". Remove it.')
}

function common(raw: RawInputs, trigger: Trigger, branch: string | undefined): Omit<CommonConfig, 'environment'> {
  refuseForeignFile(raw, trigger)
  return {
    platform: parsePlatform(raw, oneOf(raw, 'provider', providers)),
    parent: parentName(raw, branch),
    repository: trigger.repository,
    run: trigger.run,
    githubToken: secret(raw, 'github_token'),
    dryRun: oneOf(raw, 'dry_run', ['false', 'true']) === 'true',
    ...(trigger.mergeCommit !== undefined && { mergeCommit: trigger.mergeCommit }),
    policyFile: parsePolicyFile(raw),
    maskingKey: parseMaskingKey(raw),
  }
}

/** Runs of these events have secrets, while the workspace may hold the tree of anybody's pull request. */
const eventsOfOthers = ['pull_request_target', 'workflow_run', 'issue_comment']

function refuseForeignFile(raw: RawInputs, { event }: Trigger): void {
  const path = raw('rest_config')
  if (raw('provider') !== 'rest' || path === '' || path.includes('\n') || !eventsOfOthers.includes(event)) return
  throw new InputError(
    `Input "rest_config" names the file "${show(path)}", and on "${event}" whoever opened the pull request could have written it and sent "api_key" elsewhere. Give the description itself, in the workflow file.`,
  )
}

function checkedName(branch: string, raw: RawInputs): string {
  const fault = platformNameFault(raw('provider') as ProviderName, branch)
  if (fault === undefined) return branch
  throw new InputError(
    `Input "branch_name" gives "${show(branch)}", which ${fault}. Choose another name, such as pr-{number}.`,
  )
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
      `Set "mode" to ${alternatives(modes.filter((each) => each !== 'auto'))}, or change the workflow's triggers.`,
  )
}
