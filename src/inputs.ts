import type { DataPolicy } from './domain/data-policy.js'
import type { Head, Trigger } from './domain/trigger.js'
import type { ByName } from './domain/verdict.js'
import { InputError } from './errors.js'
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
import { refuseForeignFile, refuseForeignPullRequest } from './inputs/foreign.js'
import { type HandOver, parseHandOver } from './inputs/hand-over.js'
import { goldenName, parseMaxGoldenAge } from './inputs/golden.js'
import {
  keyInput,
  parsePlatform,
  type PlatformConfig,
  platformNameFault,
  type ProviderName,
  providers,
} from './inputs/platform.js'
import { parsePreparation, type PreparationConfig } from './inputs/preparation.js'
import { alternatives, inputNames, oneOf, type RawInputs, secret, show } from './inputs/readers.js'
import { parseSealed, type SealedConfig } from './inputs/sealed.js'
import { parseIdleDays, parseSweep, parseTrustNames, refusePullRequest, type SweepLimits } from './inputs/sweep.js'
import type { Secret } from './secret.js'

export const modes = ['auto', 'create', 'delete', 'connect', 'cleanup', 'refresh', 'golden', 'scan', 'report'] as const

/** What every mode needs. */
interface CommonConfig {
  readonly platform: PlatformConfig
  readonly parent: string
  readonly repository: Trigger['repository']
  readonly run: string
  readonly environment: EnvironmentTarget | undefined
  readonly handOver: HandOver
  /** Reads the forge; undefined where nothing of it is read. */
  readonly forgeToken: Secret | undefined
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
  readonly mode: 'create' | 'delete' | 'connect' | 'golden' | 'report'
  readonly branch: string
  readonly pullRequest: number | null
  readonly untrusted: 'fork' | 'dependabot' | undefined
  /** What the pull request would bring in, as far as the event says so. */
  readonly head?: Head | undefined
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
  /** Undefined: nothing is done in the branch. */
  readonly preparation: PreparationConfig | undefined
  /** What tells our comment on the pull request from those of its other databases; undefined: none is wanted. */
  readonly comment: string | undefined
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

export type Parsed = { readonly config: Config } | { readonly sealed: SealedConfig } | { readonly skip: string }

/**
 * Validates everything that can be validated without the network.
 * `skip` holds the reason why a pull request without secrets (a fork's, Dependabot's) ends green without a branch.
 * @throws InputError with one sentence: the input, the rule, the allowed values, what to do.
 */
export function parseConfig(raw: RawInputs, trigger: Trigger): Parsed {
  const mode = resolveMode(oneOf(raw, 'mode', modes), trigger)
  if (opensSealed(raw, mode)) {
    refuseForeignPullRequest(raw, trigger, mode)
    return parseSealed(raw, trigger)
  }
  const provider = oneOf(raw, 'provider', providers)
  const untrusted = trigger.pullRequest?.untrusted
  if (untrusted && raw(keyInput(provider)) === '') {
    const whose = untrusted === 'fork' ? 'from a fork' : "of Dependabot's"
    return {
      skip: `No database branch for this pull request: it is one ${whose}, and such runs get no secrets ("${keyInput(provider)}" is empty).`,
    }
  }
  refuseForeignPullRequest(raw, trigger, mode)
  return { config: Object.freeze(configOf(raw, trigger, mode)) }
}

/** Without a key of the platform there is nothing but the sealed text to connect by. */
function opensSealed(raw: RawInputs, mode: Config['mode']): boolean {
  if (raw('sealed') === '') {
    const keyless = ['admin_url', 'api_key'].every((name) => raw(name as 'admin_url' | 'api_key') === '')
    return mode === 'connect' && raw('seal_key') !== '' && keyless
  }
  if (mode === 'connect') return true
  throw new InputError(`Input "sealed" goes with mode "connect", not with "${mode}". Remove one of the two.`)
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
    untrusted: trigger.pullRequest?.untrusted,
    ...(trigger.pullRequest?.head && { head: trigger.pullRequest.head }),
    onClose: trigger.action === 'closed',
    existing: golden ? 'reset' : resolveExisting(raw, trigger),
    dataPolicy,
    copyApproval: creates ? parseApproval(raw, dataPolicy) : undefined,
    pointInTime: creates ? parsePointInTime(raw) : undefined,
    idleDays: creates ? parseIdleDays(raw) : undefined,
    maxGoldenAge: creates ? parseMaxGoldenAge(raw) : undefined,
    comment: oneOf(raw, 'comment', ['false', 'true']) === 'true' ? raw('branch_name') || 'pr-{number}' : undefined,
    preparation: mode === 'create' || mode === 'report' ? parsePreparation(raw, trigger, mode) : undefined,
    environment: mode === 'connect' || mode === 'report' ? undefined : parseEnvironment(raw, trigger.forge),
  }
  refuseWithoutPullRequest(config, trigger)
  if ((mode === 'connect' || mode === 'report') && config.dryRun) {
    throw new InputError(`Input "dry_run" goes with modes that change something, not with "${mode}". Remove it.`)
  }
  const readsPolicy = golden || (creates && dataPolicy !== 'schema_only')
  if (creates || golden ? config.pullRequest !== null || readsPolicy : config.onClose)
    requireForgeToken(config, trigger)
  return config
}

function sweepConfig(raw: RawInputs, trigger: Trigger, mode: SweepConfig['mode']): SweepConfig {
  const config: SweepConfig = {
    ...common(raw, trigger, undefined),
    ...parseSweep(raw, mode),
    mode,
    environment: parseEnvironment(raw, trigger.forge),
    byName: parseTrustNames(raw, trigger.repository.name),
    maxGoldenAge: mode === 'refresh' ? parseMaxGoldenAge(raw) : undefined,
  }
  if (mode === 'refresh' || config.strategy === 'activity') requireForgeToken(config, trigger)
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
  refuseLacking(raw, trigger)
  return {
    platform: parsePlatform(raw, oneOf(raw, 'provider', providers)),
    parent: parentName(raw, branch),
    repository: trigger.repository,
    run: trigger.run,
    forgeToken: secret(raw, 'github_token'),
    dryRun: oneOf(raw, 'dry_run', ['false', 'true']) === 'true',
    ...(trigger.mergeCommit !== undefined && { mergeCommit: trigger.mergeCommit }),
    policyFile: parsePolicyFile(raw, trigger.forge.policyFolder),
    maskingKey: parseMaskingKey(raw),
    handOver: parseHandOver(raw, trigger),
  }
}

function refuseWithoutPullRequest(
  { pullRequest, mode, environment, handOver }: BranchConfig,
  { event }: Trigger,
): void {
  if (pullRequest !== null || mode === 'connect' || mode === 'report') return
  const lost = environment ? 'environment' : handOver.vercel ? 'vercel_project' : handOver.deployment && 'deployment'
  if (!lost) return
  throw new InputError(`Input "${lost}" needs a pull request, and the event "${event}" has none. Leave it out here.`)
}

/** An input that would be ignored is a misunderstanding: say so instead. */
function refuseLacking(raw: RawInputs, { forge }: Trigger): void {
  const name = inputNames.find((each) => Object.hasOwn(forge.lacks, each) && !['', 'false'].includes(raw(each)))
  if (name === undefined) return
  throw new InputError(`Input "${name}" has no meaning on ${forge.name}: ${forge.lacks[name]}. Remove it.`)
}

function checkedName(branch: string, raw: RawInputs): string {
  const fault = platformNameFault(raw('provider') as ProviderName, branch)
  if (fault === undefined) return branch
  throw new InputError(
    `Input "branch_name" gives "${show(branch)}", which ${fault}. Choose another name, such as pr-{number}.`,
  )
}

function requireForgeToken({ forgeToken }: CommonConfig, { forge }: Trigger): void {
  if (forgeToken || forge.tokenInput === '') return
  throw new InputError(
    `Input "${forge.tokenInput}" is empty: the live state of the pull request must be read. ${forge.tokenAdvice}`,
  )
}

function resolveMode(mode: (typeof modes)[number], trigger: Trigger): Config['mode'] {
  if (mode !== 'auto') return mode
  if (trigger.auto !== undefined) return trigger.auto
  const seen = trigger.action ? `"${show(trigger.event)}" (${show(trigger.action)})` : `"${show(trigger.event)}"`
  throw new InputError(
    `Input "mode" is "auto", which knows ${trigger.forge.autoKnows}, not ${seen}. ` +
      `Set "mode" to ${alternatives(modes.filter((each) => each !== 'auto'))}, or change the workflow's triggers.`,
  )
}
