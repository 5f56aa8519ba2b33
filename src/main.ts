import type { Branch } from './domain/branch.js'
import { renderTemplate } from './domain/branch.js'
import type { Outcome } from './domain/outcome.js'
import { namesWith, type SweepOutcome } from './domain/sweep-outcome.js'
import type { SweepPlan } from './domain/verdict.js'
import { InputError, ProviderError, RefusedError } from './errors.js'
import { parseTrigger } from './event.js'
import { githubJob } from './forges/github/job.js'
import type { GitHubPorts } from './forges/github/index.js'
import { type BranchConfig, type Config, parseConfig, type SweepConfig } from './inputs.js'
import { readInputs, secretInputs } from './inputs/readers.js'
import { cleanup, planCleanup, planOrphans } from './lifecycle/cleanup.js'
import { connect } from './lifecycle/connect.js'
import { orphanResult } from './lifecycle/orphans.js'
import { buildState, type Ports } from './lifecycle/ports.js'
import { planProvision, provision, undoBuild } from './lifecycle/provision.js'
import { planRefresh, refresh } from './lifecycle/refresh.js'
import { keptResults, type SweepPorts } from './lifecycle/sweep.js'
import { planTeardown, teardown } from './lifecycle/teardown.js'
import type { ClaimedEnvironment, Clock, Job, Provider, RandomHex } from './ports.js'
import { renderFailure, renderSummary } from './report/summary.js'
import { renderSweep, sweepLines } from './report/sweep-summary.js'
import { Secret } from './secret.js'

/** What the entry takes from the process. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>
  /** The event payload's text; undefined when there is none. */
  readonly payload: () => string | undefined
  readonly job: Job
  readonly clock: Clock
  readonly random: RandomHex
  readonly signal: AbortSignal
}

/** The job this process runs in, as its forge's runner offers it. */
export function openJob(env: World['env']): Job {
  return githubJob(env['GITHUB_STEP_SUMMARY'])
}

/** The main step. Throws one of the errors of errors.ts; the entry turns it into one line and an exit code. */
export async function runMain(world: World): Promise<void> {
  const { job } = world
  const parsed = readConfig(world)
  if ('skip' in parsed) {
    job.notice(parsed.skip)
    job.output('status', 'skipped')
    return
  }
  const { config } = parsed
  const provider = await openProvider(world, config)
  try {
    await (isSweep(config) ? runSweep(world, config, provider) : runBranch(world, config, provider))
  } catch (error) {
    const subject = isSweep(config) ? config.mode : config.branch
    if (!world.signal.aborted) await job.summary(renderFailure(subject, (error as Error).message))
    throw error
  } finally {
    await provider.close()
  }
}

/** The post step: takes away what a cancelled or crashed main step was building, and nothing else. */
export async function runPost(world: World): Promise<void> {
  const build = world.env[`STATE_${buildState}`] ?? ''
  if (build === '') return
  const parsed = readConfig(world)
  if ('skip' in parsed || isSweep(parsed.config)) return
  const { config } = parsed
  const provider = await openProvider(world, config)
  try {
    const result = await undoBuild({ provider }, guardOf(config), build)
    world.job.notice(
      result === 'deleted'
        ? `The run ended before "${config.branch}" was handed out; the branch was taken away again.`
        : `The run ended while "${config.branch}" was being built; its remains were taken away.`,
    )
  } finally {
    await provider.close()
  }
}

function isSweep(config: Config): config is SweepConfig {
  return config.mode === 'cleanup' || config.mode === 'refresh'
}

/** Masks before anything is validated, so that no later message can hold a secret. */
function readConfig({ env, payload, job }: World): ReturnType<typeof parseConfig> {
  const raw = readInputs(env)
  for (const name of secretInputs) job.mask(new Secret(raw(name)))
  const password = URL.canParse(raw('admin_url')) ? new URL(raw('admin_url')).password : ''
  for (const form of [password, decoded(password)]) job.mask(new Secret(form))
  return parseConfig(raw, parseTrigger(env, payload()))
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function guardOf(config: BranchConfig) {
  return {
    repository: config.repository.id,
    pullRequest: config.pullRequest,
    branch: config.branch,
    parent: config.parent,
  }
}

async function runBranch(world: World, config: BranchConfig, provider: Provider): Promise<void> {
  const { job, clock } = world
  const github = await openForge(world, config)
  const sinks = config.pullRequest === null ? [] : github.sinksFor(config.pullRequest)
  const ports: Ports = { provider, forge: github.forge, sinks, job, clock }
  const outcome = await (config.dryRun ? plan(ports, config, world) : act(ports, config, world))
  await tell(job, config, outcome)
}

async function runSweep(world: World, config: SweepConfig, provider: Provider): Promise<void> {
  const { job, clock, random } = world
  const { sweepForge, sinksFor, environments } = await openForge(world, config)
  const ports: SweepPorts = { provider, forge: sweepForge, sinksFor, environments, job, clock }
  const repository = config.repository.id
  const cleanupOrder = { ...config, repository }
  const refreshOrder = { ...config, repository, random }
  const act = () => (config.mode === 'cleanup' ? cleanup(ports, cleanupOrder) : refresh(ports, refreshOrder))
  const plan = async () => {
    if (config.mode === 'refresh')
      return plannedSweep(ports, 'refresh', { plan: await planRefresh(ports, refreshOrder) })
    const plan = await planCleanup(ports, cleanupOrder)
    return plannedSweep(ports, 'cleanup', { plan, orphans: await planOrphans(ports, cleanupOrder, plan) })
  }
  await tellSweep(job, await (config.dryRun ? plan() : act()))
}

/** The plan, told as the real run would tell it. */
function plannedSweep(
  { forge }: SweepPorts,
  mode: SweepConfig['mode'],
  { plan, orphans = [] }: { plan: SweepPlan; orphans?: readonly ClaimedEnvironment[] },
): SweepOutcome {
  const intended = plan.verdicts
    .filter((verdict) => verdict.action !== 'keep' && plan.refused === undefined)
    .map(({ branch, action, kind, reason }) => ({
      name: branch.name,
      kind,
      status: action === 'delete' ? ('deleted' as const) : ('refreshed' as const),
      reason,
    }))
  const results = [...intended, ...orphans.map(orphanResult), ...keptResults(plan)]
  return { mode, plan, dryRun: true, results, steps: [], budget: forge.budget() }
}

/** Platforms are loaded on demand: a run needs one of them. */
async function openProvider({ job, clock, random, signal }: World, config: Config): Promise<Provider> {
  const [{ createPostgresProvider }, { emptyTables }] = await Promise.all([
    import('./providers/postgres/index.js'),
    import('./data/schema-only.js'),
  ])
  return createPostgresProvider({
    adminUrl: config.adminUrl,
    parent: config.parent,
    repository: config.repository.id,
    busyParent: config.busyParent,
    empty: emptyTables,
    mask: (secret) => job.mask(secret),
    info: (line) => job.info(line),
    clock,
    random,
    signal,
  })
}

async function openForge(world: World, { repository, githubToken, environment }: Config): Promise<GitHubPorts> {
  const { openGitHub } = await import('./forges/github/index.js')
  return openGitHub({ ...world, repository, token: githubToken, environment })
}

async function act(ports: Ports, config: BranchConfig, world: World): Promise<Outcome> {
  switch (config.mode) {
    case 'create':
      return provision(ports, provisionOrder(config, world))
    case 'delete':
      return teardown(ports, { ...guardOf(config), onClose: config.onClose })
    case 'connect':
      return connect(ports, guardOf(config))
  }
}

/** The same reading and deciding as a real run, with nobody to carry it out. */
async function plan(ports: Ports, config: BranchConfig, world: World): Promise<Outcome> {
  const { plan, seen } = await planned(ports, config, world)
  world.job.info(`Plan: ${plan.action} "${config.branch}": ${plan.reason}.`)
  return {
    status: 'planned',
    branch: config.branch,
    reason: `would ${plan.action}: ${plan.reason}`,
    ...(seen.branch && { branchId: seen.branch.id }),
    exposed: [],
    notes: [],
    steps: [],
  }
}

async function planned(
  ports: Ports,
  config: BranchConfig,
  world: World,
): Promise<{ plan: { action: string; reason: string }; seen: { branch: Branch | undefined } }> {
  switch (config.mode) {
    case 'create':
      return planProvision(ports, provisionOrder(config, world))
    case 'delete':
      return planTeardown(ports, { ...guardOf(config), onClose: config.onClose })
    case 'connect':
      throw new InputError('Input "dry_run" does not go with mode "connect".')
  }
}

function provisionOrder(config: BranchConfig, world: World) {
  if (!config.dataPolicy) throw new InputError('Input "data_policy" is missing.')
  return {
    ...guardOf(config),
    dataPolicy: config.dataPolicy,
    existing: config.existing,
    run: config.run,
    approval: config.copyApproval,
    random: world.random,
  }
}

async function tell(job: Job, config: BranchConfig, outcome: Outcome): Promise<void> {
  const gone = outcome.status === 'deleted'
  job.output('status', outcome.status)
  job.output('branch_name', outcome.branch)
  job.output('branch_id', gone ? '' : (outcome.branchId ?? ''))
  job.output('parent_branch', outcome.parent ?? '')
  job.output('created', String(outcome.status === 'created'))
  job.output('environment', outcome.exposed.length > 1 ? (environmentName(config) ?? '') : '')
  job.output('deleted', JSON.stringify(gone ? [outcome.branch] : []))
  job.output('kept', JSON.stringify(outcome.status === 'kept' ? [outcome.branch] : []))
  await job.summary(renderSummary(outcome, config.pullRequest))
  job.info(`Done: "${outcome.branch}" ${outcome.status}: ${outcome.reason}.`)
}

function environmentName({ environment, pullRequest, repository }: BranchConfig): string | undefined {
  return (
    environment &&
    renderTemplate(environment.template, { number: pullRequest ?? undefined, repository: repository.name })
  )
}

/** Outputs and exit code from what happened. A refused plan, a failure or a doubt is never silent. */
async function tellSweep(job: Job, outcome: SweepOutcome): Promise<void> {
  const { results, plan, dryRun, mode } = outcome
  const branches = results.filter((result) => !result.environment)
  const named = (status: 'deleted' | 'kept' | 'refreshed' | 'failed') =>
    dryRun && status !== 'kept' ? [] : namesWith(branches, status)
  for (const line of sweepLines(results)) job.info(dryRun ? `would be: ${line}` : line)
  job.output('status', dryRun ? 'planned' : mode === 'cleanup' ? 'cleaned' : 'refreshed')
  const ours = new Set(results.filter((result) => result.kind !== 'not ours').map((result) => result.name))
  job.output('deleted', JSON.stringify(named('deleted')))
  job.output('refreshed', JSON.stringify(named('refreshed')))
  job.output('kept', JSON.stringify(named('kept').filter((name) => ours.has(name))))
  job.output('failed', JSON.stringify(named('failed')))
  await job.summary(renderSweep(outcome))
  if (outcome.budget !== undefined) job.info(outcome.budget)
  const changed = named('deleted').length + named('refreshed').length
  if (changed > 0)
    job.warning(
      `${mode === 'cleanup' ? 'Deleted' : 'Rebuilt'} ${changed}: ${[...named('deleted'), ...named('refreshed')].join(', ')}.`,
    )
  const undecided = results.filter(
    (result) => result.kind === 'unknown' || result.kind === 'odd date' || result.kind === 'orphan',
  )
  if (undecided.length > 0)
    job.warning(
      `Could not decide on ${undecided.length}: ${undecided.map((result) => result.name).join(', ')}. They were kept.`,
    )
  if (plan.refused !== undefined && !dryRun)
    throw new RefusedError(`The ${mode} refused its plan: ${plan.refused}. Nothing was changed.`)
  const failed = results.filter((result) => result.status === 'failed' || result.fault !== undefined)
  if (failed.length > 0)
    throw new ProviderError(
      `The ${mode} failed for ${failed.length}: ${failed.map((result) => `${result.name}: ${result.fault ?? result.reason}`).join(' ')}`,
    )
}
