import type { Branch } from './domain/branch.js'
import { protectionByName } from './domain/name-rules.js'
import type { Outcome } from './domain/outcome.js'
import { InputError, RefusedError } from './errors.js'
import type { BranchConfig } from './inputs.js'
import { connect, report } from './lifecycle/connect.js'
import { planGolden, renewGolden } from './lifecycle/golden.js'
import type { OpenLaw } from './lifecycle/law.js'
import type { Ports } from './lifecycle/ports.js'
import { planProvision, provision } from './lifecycle/provision.js'
import { planTeardown, teardown } from './lifecycle/teardown.js'
import { type ForgeWorld, openJobSinks, openSinks } from './open-ports.js'
import { commentPlace, openPreparation } from './open-preparation.js'
import type { ForgePorts, Job, Law, Provider, SealMasking, Sink } from './ports.js'
import { tell } from './tell.js'

/** What a run has opened before its mode begins. */
export interface Opened {
  readonly forge: ForgePorts
  readonly law: Law
  readonly names: OpenLaw['names']
  readonly sealMasking: SealMasking
  readonly provider: Provider
}

/** One branch: planned or made, handed out, looked at or taken away, and told. */
export async function runBranch(
  world: ForgeWorld,
  config: BranchConfig,
  { forge, law, names, sealMasking, provider }: Opened,
): Promise<void> {
  const { job, clock } = world
  await refuseProtected(config, names)
  const sinks = [...(await jobSinks(world, config)), ...(await lastingSinks(world, config, forge))]
  const prepared = config.dryRun ? {} : await openPreparation(world, config, { provider, forge })
  const migrationState: Ports['migrationState'] = async (connection, branchId) =>
    (await import('./data/workplace.js')).migrationState(connection, { signal: world.signal, branchId })
  const rest = { job, clock, law, sealMasking, migrationState }
  const ports: Ports = { provider, forge: forge.forge, sinks, ...rest, ...prepared }
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
async function jobSinks(world: ForgeWorld, config: BranchConfig): Promise<readonly Sink[]> {
  const { mode, repository, pullRequest, branch } = config
  if (mode !== 'create' && mode !== 'connect') return []
  return openJobSinks(world, config.handOver, { repository: repository.id, pullRequest, branch })
}

/** Who only connects leaves the places alone that the creating job looks after. */
async function lastingSinks(world: ForgeWorld, config: BranchConfig, forge: ForgePorts): Promise<readonly Sink[]> {
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

async function act(ports: Ports, config: BranchConfig, world: ForgeWorld): Promise<Outcome> {
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
async function plan(ports: Ports, config: BranchConfig, world: ForgeWorld): Promise<Outcome> {
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
  world: ForgeWorld,
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

function provisionOrder(config: BranchConfig, world: ForgeWorld) {
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

function goldenOrder(config: BranchConfig, { random }: ForgeWorld) {
  const { branch, parent, run, repository } = config
  return { repository: repository.id, branch, parent, run, random }
}

/** What a branch must agree with before anything is done to it. */
export function guardOf(config: BranchConfig) {
  return {
    repository: config.repository.id,
    pullRequest: config.pullRequest,
    branch: config.branch,
    parent: config.parent,
    byName: true,
  }
}
