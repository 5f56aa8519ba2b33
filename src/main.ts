import type { Branch } from './domain/branch.js'
import type { Outcome } from './domain/outcome.js'
import { InputError } from './errors.js'
import { parseTrigger } from './event.js'
import { githubJob } from './forges/github/job.js'
import { type Config, parseConfig, readInputs, secretInputs } from './inputs.js'
import { connect } from './lifecycle/connect.js'
import { buildState, type Ports } from './lifecycle/ports.js'
import { planProvision, provision, undoBuild } from './lifecycle/provision.js'
import { planTeardown, teardown } from './lifecycle/teardown.js'
import type { Clock, Job, Provider, RandomHex, Sink } from './ports.js'
import { renderFailure, renderSummary } from './report/summary.js'
import { Secret } from './secret.js'

/** What the entry takes from the process. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>
  /** The event payload's text; undefined when there is none. */
  readonly payload: string | undefined
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
  const ports = await wire(world, config)
  try {
    const outcome = await (config.dryRun ? plan(ports, config, world) : act(ports, config, world))
    await tell(job, config, outcome)
  } catch (error) {
    if (!world.signal.aborted) await job.summary(renderFailure(config.branch, (error as Error).message))
    throw error
  } finally {
    await ports.provider.close()
  }
}

/** The post step: takes away what a cancelled or crashed main step was building, and nothing else. */
export async function runPost(world: World): Promise<void> {
  const build = world.env[`STATE_${buildState}`] ?? ''
  if (build === '') return
  const parsed = readConfig(world)
  if ('skip' in parsed) return
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

/** Masks before anything is validated, so that no later message can hold a secret. */
function readConfig({ env, payload, job }: World): ReturnType<typeof parseConfig> {
  const raw = readInputs(env)
  for (const name of secretInputs) job.mask(new Secret(raw(name)))
  const password = URL.canParse(raw('admin_url')) ? new URL(raw('admin_url')).password : ''
  for (const form of [password, decoded(password)]) job.mask(new Secret(form))
  return parseConfig(raw, parseTrigger(env, payload))
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function guardOf(config: Config) {
  return {
    repository: config.repository.id,
    pullRequest: config.pullRequest,
    branch: config.branch,
    parent: config.parent,
  }
}

async function wire(world: World, config: Config): Promise<Ports> {
  const { job, clock } = world
  const [provider, github] = await Promise.all([openProvider(world, config), openGitHub(world, config)])
  return { provider, ...github, job, clock }
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

async function openGitHub(world: World, config: Config): Promise<Pick<Ports, 'forge' | 'sinks'>> {
  const { githubToken, environment } = config
  const { githubClient } = await import('./forges/github/client.js')
  const { githubForge } = await import('./forges/github/pull-requests.js')
  const client = (token: Secret) =>
    githubClient({ token, owner: config.repository.owner, repository: config.repository.name, ...world })
  const sinks: Sink[] = []
  if (environment) {
    const { environmentSink } = await import('./forges/github/environment.js')
    const target = { environment: environment.name, secret: environment.secretName }
    sinks.push(environmentSink(client(environment.token), target, world.job))
  }
  const forge = githubToken
    ? githubForge(client(githubToken))
    : { pullRequest: () => Promise.reject(new InputError('Input "github_token" is empty.')) }
  return { forge, sinks }
}

async function act(ports: Ports, config: Config, world: World): Promise<Outcome> {
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
async function plan(ports: Ports, config: Config, world: World): Promise<Outcome> {
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
  config: Config,
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

function provisionOrder(config: Config, world: World) {
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

async function tell(job: Job, config: Config, outcome: Outcome): Promise<void> {
  const gone = outcome.status === 'deleted'
  job.output('status', outcome.status)
  job.output('branch_name', outcome.branch)
  job.output('branch_id', gone ? '' : (outcome.branchId ?? ''))
  job.output('parent_branch', outcome.parent ?? '')
  job.output('created', String(outcome.status === 'created'))
  job.output('environment', outcome.exposed.length > 1 ? (config.environment?.name ?? '') : '')
  job.output('deleted', JSON.stringify(gone ? [outcome.branch] : []))
  job.output('kept', JSON.stringify(outcome.status === 'kept' ? [outcome.branch] : []))
  await job.summary(renderSummary(outcome, config.pullRequest))
  job.info(`Done: "${outcome.branch}" ${outcome.status}: ${outcome.reason}.`)
}
