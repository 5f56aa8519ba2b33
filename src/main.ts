import type { Branch } from './domain/branch.js'
import type { BranchReport } from './domain/branch-report.js'
import { protectionByName } from './domain/name-rules.js'
import { renderTemplate } from './domain/names.js'
import type { Outcome } from './domain/outcome.js'
import { InputError, RefusedError } from './errors.js'
import { type BranchConfig, type Config, parseConfig, type ScanConfig, type SweepConfig } from './inputs.js'
import { readInputs, secretInputs } from './inputs/readers.js'
import type { SealedConfig } from './inputs/sealed.js'
import { cleanup, previewCleanup } from './lifecycle/cleanup.js'
import { connect, report } from './lifecycle/connect.js'
import { connectSealed } from './lifecycle/connect-sealed.js'
import { planGolden, renewGolden } from './lifecycle/golden.js'
import type { OpenLaw } from './lifecycle/law.js'
import { buildState, type Ports } from './lifecycle/ports.js'
import { planProvision, provision } from './lifecycle/provision.js'
import { previewRefresh, refresh } from './lifecycle/refresh.js'
import { scan } from './lifecycle/scan.js'
import type { SweepPorts } from './lifecycle/sweep.js'
import { planTeardown, teardown } from './lifecycle/teardown.js'
import { undoBuild } from './lifecycle/undo-build.js'
import {
  type ForgeWorld,
  inputVariables,
  openForge,
  openJobSinks,
  openLaw,
  openMasking,
  openSinks,
  triggerOf,
} from './open-ports.js'
import { commentPlace, openPreparation } from './open-preparation.js'
import { openProvider } from './open-provider.js'
import type { ForgePorts, Job, Law, OutputName, Provider, SealMasking, Sink } from './ports.js'
import { reportJson } from './report/report-json.js'
import { renderFailure, renderSummary } from './report/summary.js'
import { renderScan, scanLines } from './report/scan-report.js'
import { reportSweep, type SweepReport } from './report/sweep-report.js'
import { Secret } from './secret.js'

/** What the entry takes from the process. */
export interface World extends ForgeWorld {
  /** What the main step saved under this name; empty when nothing was. */
  readonly saved: (name: string) => string
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
  if ('sealed' in parsed) return runSealed(world, parsed.sealed)
  const { config } = parsed
  const forge = await openForge(world, config)
  const { law, names } = openLaw(config, forge)
  const provider = await openProvider(world, config)
  const opened = { forge, law, names, sealMasking: openMasking(world, config), provider }
  try {
    await runMode(world, config, opened)
  } catch (error) {
    const subject = 'branch' in config ? config.branch : config.mode
    if (!world.signal.aborted) await job.summary(renderFailure(subject, (error as Error).message))
    throw error
  } finally {
    await provider.close()
  }
}

/** The post step: takes away what a cancelled or crashed main step was building, and nothing else. */
export async function runPost(world: World): Promise<void> {
  const build = world.saved(buildState)
  if (build === '') return
  const parsed = readConfig(world)
  if (!('config' in parsed) || !('branch' in parsed.config)) return
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

/** No forge and no platform is opened: what is handed out stands in the sealed text. */
async function runSealed(world: World, config: SealedConfig): Promise<void> {
  const { job, clock } = world
  const { openSealed } = await import('./sinks/sealed.js')
  const { branch, pullRequest, sealKey, sealed } = config
  const recipient = { repository: config.repository.id, pullRequest, branch }
  const ports = { job, clock, sinks: await openJobSinks(world, { exportEnv: config.exportEnv }, recipient) }
  try {
    await tell(job, config, await connectSealed(ports, branch, () => openSealed(sealKey, recipient, sealed)))
  } catch (error) {
    if (!world.signal.aborted) await job.summary(renderFailure(branch, (error as Error).message))
    throw error
  }
}

function runMode(world: World, config: Config, opened: Opened): Promise<void> {
  if ('branch' in config) return runBranch(world, config, opened)
  return config.mode === 'scan' ? runScan(world, config, opened) : runSweep(world, config, opened)
}

/** Masks before anything is validated, so that no later message can hold a secret. */
function readConfig(world: World): ReturnType<typeof parseConfig> {
  const { job } = world
  const raw = readInputs(inputVariables(world.env))
  for (const name of secretInputs) job.mask(new Secret(raw(name)))
  const password = URL.canParse(raw('admin_url')) ? new URL(raw('admin_url')).password : ''
  // A key of two parts is sent, and could be quoted, by halves.
  for (const form of [password, decoded(password), ...raw('api_key').split(':')]) job.mask(new Secret(form))
  return parseConfig(raw, triggerOf(world))
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
    byName: true,
  }
}

interface Opened {
  readonly forge: ForgePorts
  readonly law: Law
  readonly names: OpenLaw['names']
  readonly sealMasking: SealMasking
  readonly provider: Provider
}

async function runBranch(
  world: World,
  config: BranchConfig,
  { forge, law, names, sealMasking, provider }: Opened,
): Promise<void> {
  const { job, clock } = world
  await refuseProtected(config, names)
  const sinks = [...(await jobSinks(world, config)), ...(await lastingSinks(world, config, forge))]
  const prepared = config.dryRun ? {} : await openPreparation(world, config, { provider, forge })
  const ports: Ports = { provider, forge: forge.forge, sinks, job, clock, law, sealMasking, ...prepared }
  const outcome = await (config.dryRun ? plan(ports, config, world) : act(ports, config, world))
  await tell(job, config, outcome)
  await withdrawComment(forge, config, { job, outcome })
  refuseViolations(outcome)
}

/** The last report stays to be read; it says that the branch is gone. */
async function withdrawComment(
  { comment }: ForgePorts,
  config: BranchConfig,
  { job, outcome }: { job: Job; outcome: Outcome },
): Promise<void> {
  const gone = outcome.status === 'deleted' || outcome.status === 'absent'
  if (!gone || config.dryRun || config.comment === undefined || config.pullRequest === null) return
  const problem = await comment?.withdraw(commentPlace(config, config.pullRequest))
  if (problem !== undefined) job.warning(problem)
}

/** After everything else: the branch is all right, what the pull request does to production is not. */
function refuseViolations({ report, branch }: Outcome): void {
  const violations = report?.failOn?.violations ?? []
  const [first] = violations
  if (!first) return
  const more = violations.length > 1 ? ` (and ${violations.length - 1} more, see the report)` : ''
  throw new RefusedError(
    `The migration of "${branch}" breaks "fail_on": ${first.detail.replace(/\.$/, '')}${more}. The branch is ready and stays; change the migration, or "fail_on".`,
  )
}

/** Only these two modes hand a URL out. */
async function jobSinks(world: World, config: BranchConfig): Promise<readonly Sink[]> {
  const { mode, repository, pullRequest, branch } = config
  if (mode !== 'create' && mode !== 'connect') return []
  return openJobSinks(world, config.handOver, { repository: repository.id, pullRequest, branch })
}

/** Who only connects leaves the places alone that the creating job looks after. */
async function lastingSinks(world: World, config: BranchConfig, forge: ForgePorts): Promise<readonly Sink[]> {
  const { pullRequest, branch, head } = config
  if (readsOnly(config) || pullRequest === null) return []
  const sinksFor = await openSinks(world, config, forge)
  return sinksFor(pullRequest, { branch, head })
}

/**
 * What deletes by hand or rebuilds asks the policy file first. A pull request that closes takes its own branch away
 * without it: the claim and the number in the name say that it may.
 */
async function refuseProtected(config: BranchConfig, names: OpenLaw['names']): Promise<void> {
  if (config.mode === 'delete' ? config.onClose : readsOnly(config) || config.existing === 'reuse') return
  const protection = protectionByName(config.branch, await names())
  if (protection === undefined) return
  const doing = config.mode === 'delete' ? 'Deleting' : 'Rebuilding'
  throw new RefusedError(`${doing} "${config.branch}" refused: ${protection}. Nothing was changed.`)
}

function readsOnly({ mode }: BranchConfig): boolean {
  return mode === 'connect' || mode === 'report'
}

async function runSweep(
  world: World,
  config: SweepConfig,
  { forge, law, names, sealMasking, provider }: Opened,
): Promise<void> {
  const { job, clock, random } = world
  const { sweepForge, environments } = forge
  const sinksFor = await openSinks(world, config, forge)
  const ports: SweepPorts = { provider, forge: sweepForge, sinksFor, environments, job, clock, law, sealMasking }
  const order = { ...config, repository: config.repository.id, names: await names(), random }
  const [look, act] = config.mode === 'cleanup' ? [previewCleanup, cleanup] : [previewRefresh, refresh]
  await tellSweep(job, reportSweep(await (config.dryRun ? look : act)(ports, order)))
}

/** Drafts the policy file of a parent, for a person to decide on. */
async function runScan({ job, clock }: World, { parent, policyFile }: ScanConfig, { provider }: Opened): Promise<void> {
  const { scanParent } = await import('./data/masking/scan-parent.js')
  const parse = async (text: string) => (await import('./data/policy-file.js')).readPolicyFile('draft', text)
  const outcome = { parent, policyFile, ...(await scan({ provider, job, clock, scanParent, parse }, parent)) }
  for (const line of scanLines(outcome)) job.info(line)
  job.output('status', 'scanned')
  job.output('parent_branch', parent)
  job.output('report', outcome.text)
  await job.summary(renderScan(outcome))
}

async function act(ports: Ports, config: BranchConfig, world: World): Promise<Outcome> {
  switch (config.mode) {
    case 'create':
      return provision(ports, provisionOrder(config, world))
    case 'delete':
      return teardown(ports, { ...guardOf(config), onClose: config.onClose })
    case 'connect':
      return connect(ports, guardOf(config))
    case 'report':
      return report(ports, guardOf(config))
    case 'golden':
      return renewGolden(ports, goldenOrder(config, world))
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
    case 'golden':
      return planGolden(ports, goldenOrder(config, world))
    case 'connect':
    case 'report':
      throw new InputError(`Input "dry_run" does not go with mode "${config.mode}".`)
  }
}

function provisionOrder(config: BranchConfig, world: World) {
  return {
    ...guardOf(config),
    dataPolicy: config.dataPolicy,
    existing: config.existing,
    run: config.run,
    approval: config.copyApproval,
    pointInTime: config.pointInTime,
    idleDays: config.idleDays,
    maxGoldenAge: config.maxGoldenAge,
    random: world.random,
  }
}

function goldenOrder(config: BranchConfig, { random }: World) {
  const { branch, parent, run, repository } = config
  return { repository: repository.id, branch, parent, run, random }
}

async function tell(job: Job, config: BranchConfig | SealedConfig, outcome: Outcome): Promise<void> {
  const gone = outcome.status === 'deleted'
  job.output('status', outcome.status)
  job.output('branch_name', outcome.branch)
  job.output('branch_id', gone ? '' : (outcome.branchId ?? ''))
  job.output('parent_branch', outcome.parent ?? '')
  job.output('created', String(outcome.status === 'created'))
  job.output('environment', 'environment' in config ? environmentHolding(config, outcome) : '')
  job.output('deleted', JSON.stringify(gone ? [outcome.branch] : []))
  job.output('kept', JSON.stringify(outcome.status === 'kept' ? [outcome.branch] : []))
  await job.summary(renderSummary(outcome, config.pullRequest))
  if (outcome.report) await tellReport(job, outcome.report)
  job.info(`Done: "${outcome.branch}" ${outcome.status}: ${outcome.reason}.`)
}

/** The same facts for people in the summary, for programs in an output, and on the lines of the files that they are about. */
async function tellReport(job: Job, report: BranchReport): Promise<void> {
  const { renderReport } = await import('./report/insight-report.js')
  await job.summary(renderReport(report, { place: 'summary', secrets: job.secrets() }))
  job.output('report', reportJson(report, job.secrets()))
}

/** The environment that holds the URL now; empty when none does. */
function environmentHolding({ environment, pullRequest, repository }: BranchConfig, { exposed }: Outcome): string {
  if (!environment) return ''
  const number = pullRequest ?? undefined
  const name = renderTemplate(environment.template, { number, repository: repository.name })
  return exposed.some((place) => place.endsWith(` of environment ${name}`)) ? name : ''
}

async function tellSweep(job: Job, told: SweepReport): Promise<void> {
  for (const line of told.lines) job.info(line)
  for (const [name, value] of Object.entries(told.outputs)) job.output(name as OutputName, value)
  await job.summary(told.summary)
  for (const warning of told.warnings) job.warning(warning)
  if (told.failure) throw told.failure
}
