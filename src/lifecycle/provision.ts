import type { Branch } from '../domain/branch.js'
import type { Claim } from '../domain/claim.js'
import type { Outcome } from '../domain/outcome.js'
import {
  decideProvision,
  type ProvisionObservation,
  type ProvisionPlan,
  type ProvisionRequest,
} from '../domain/provision-plan.js'
import { CancelledError, ConflictError, ForgeError, messageOf, RefusedError } from '../errors.js'
import type { BranchSpec, Connection, Made, RandomHex } from '../ports.js'
import { expose, type Handed } from './expose.js'
import { buildState, type Ports, rebuildPrefix } from './ports.js'
import { removeBranch } from './remove-branch.js'
import { removeLeftovers } from './leftovers.js'
import { Steps } from './steps.js'
import { takeAway } from './teardown.js'

export interface ProvisionOrder extends ProvisionRequest {
  readonly run: string
  readonly approval: string | undefined
  readonly random: RandomHex
}

/** How often a lost race is read again before giving up. */
const raceAttempts = 3

/** Reads the live facts and decides; changes nothing. */
export async function planProvision(
  ports: Ports,
  order: ProvisionOrder,
): Promise<{ seen: ProvisionObservation; plan: ProvisionPlan }> {
  const [branch, pullRequest] = await Promise.all([
    ports.provider.find(order.branch),
    order.pullRequest === null ? undefined : ports.forge.pullRequest(order.pullRequest),
  ])
  const seen = { branch, pullRequest }
  return { seen, plan: decideProvision(order, seen) }
}

/**
 * Makes, reuses or rebuilds the branch, then hands its URL out, in this order and no other: build → log in → read the
 * pull request again → expose. What this run made is taken away again when a step before the last one fails.
 */
export async function provision(ports: Ports, order: ProvisionOrder): Promise<Outcome> {
  const steps = new Steps(ports.job, ports.clock)
  for (let attempt = 1; ; attempt++) {
    const { seen, plan } = await steps.run('Read branch and pull request', () => planProvision(ports, order))
    ports.job.info(`Plan: ${plan.action} "${order.branch}": ${plan.reason}.`)
    try {
      return await follow(ports, order, { seen, plan, steps })
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt === raceAttempts) throw error
      ports.job.info(`Another run was faster (${error.message}); reading again.`)
    }
  }
}

interface Decision {
  readonly seen: ProvisionObservation
  readonly plan: ProvisionPlan
  readonly steps: Steps
}

async function follow(ports: Ports, order: ProvisionOrder, { seen, plan, steps }: Decision): Promise<Outcome> {
  const { branch } = seen
  if (plan.action === 'refuse')
    throw new RefusedError(`Handing out "${order.branch}" refused: ${plan.reason}. Nothing was changed.`)
  if (plan.action === 'skip' || plan.action === 'remove') {
    const gone = { branch: plan.action === 'remove' ? branch : undefined, reason: plan.reason, steps }
    const outcome = await takeAway(ports, { ...order, onClose: true }, gone)
    return plan.action === 'skip' ? { ...outcome, status: 'skipped' } : outcome
  }
  const build = order.random(8)
  const started = { plan, branch, build, steps }
  let ready: Ready
  try {
    const made = await make(ports, order, started)
    for (const note of made.notes) ports.job.info(note)
    ready = { made, connection: await admit(ports, order, { branch: made.branch, steps }) }
  } catch (error) {
    if (plan.action === 'create') await rollBack(ports, order, { build, error })
    throw error
  }
  if (!ready.connection) {
    const reason = `pull request #${order.pullRequest} was closed meanwhile`
    const outcome = await takeAway(ports, { ...order, onClose: true }, { branch: ready.made.branch, reason, steps })
    ports.job.saveState(buildState, '')
    return outcome
  }
  // What follows may fail, but never costs the branch: it is complete, claimed and found by the next run.
  ports.job.saveState(buildState, '')
  return expose(ports, ready.connection, { outcome: describe(ready.made, plan), steps })
}

interface Ready {
  readonly made: Made
  /** Undefined when the pull request was closed meanwhile. */
  readonly connection: Connection | undefined
}

interface Started {
  readonly plan: ProvisionPlan
  readonly branch: Branch | undefined
  readonly build: string
  readonly steps: Steps
}

async function make(ports: Ports, order: ProvisionOrder, { plan, branch, build, steps }: Started): Promise<Made> {
  if (plan.action === 'reuse' && branch) return { branch, notes: [] }
  const spec = specFor(ports, order, build)
  ports.job.saveState(buildState, plan.action === 'reset' ? `${rebuildPrefix}${build}` : build)
  await removeLeftovers(ports, order)
  if (plan.action === 'create' || !branch) {
    return steps.run(`Create from "${order.parent}"`, () => ports.provider.create(spec))
  }
  const { provider } = ports
  if (!provider.reset) {
    throw new RefusedError(
      'Resetting refused: this platform cannot rebuild a branch in place. Use on_synchronize "reuse".',
    )
  }
  const made = await steps.run(`Rebuild from "${order.parent}"`, () => provider.reset!(branch, spec))
  // From here on it is the user's branch again: a later failure of this run must not delete it.
  ports.job.saveState(buildState, '')
  return made
}

/** The gates between a branch and its URL: a login that works and a pull request that is still open. */
async function admit(
  ports: Ports,
  { pullRequest }: ProvisionOrder,
  { branch, steps }: { branch: Branch; steps: Steps },
): Promise<Connection | undefined> {
  const connection = await steps.run('Log in to the branch', () => ports.provider.connection(branch))
  if (pullRequest === null) return connection
  const state = await steps.run('Read the pull request again', () => ports.forge.pullRequest(pullRequest))
  if (!state.known) {
    throw new ForgeError(
      `Reading pull request #${pullRequest} failed: ${state.why}. The URL was not handed out; run the job again.`,
    )
  }
  return state.value.state === 'open' ? connection : undefined
}

function describe({ branch, notes }: Made, plan: ProvisionPlan): Handed {
  const claim = branch.claim.kind === 'claim' ? branch.claim.claim : undefined
  return {
    status: plan.action === 'reuse' ? 'reused' : plan.action === 'reset' ? 'reset' : 'created',
    branch: branch.name,
    reason: plan.reason,
    branchId: branch.id,
    ...(claim && { parent: claim.parent, dataPolicy: claim.dataPolicy, createdAt: claim.createdAt }),
    ...(claim?.approval !== undefined && { approval: claim.approval }),
    notes,
  }
}

function specFor(ports: Ports, order: ProvisionOrder, build: string): BranchSpec {
  const claim: Claim = {
    repository: order.repository,
    pullRequest: order.pullRequest,
    branch: order.branch,
    parent: order.parent,
    dataPolicy: order.dataPolicy,
    run: order.run,
    build,
    createdAt: ports.clock.now().toISOString(),
    ...(order.approval === undefined ? {} : { approval: order.approval }),
  }
  return { name: order.branch, parent: order.parent, dataPolicy: order.dataPolicy, claim }
}

/** Takes away what this run's failed build made. A cancelled run leaves that to the post step, which has the time. */
async function rollBack(ports: Ports, order: ProvisionOrder, failed: { build: string; error: unknown }): Promise<void> {
  if (failed.error instanceof CancelledError) return
  try {
    await undoBuild(ports, order, failed.build)
    ports.job.saveState(buildState, '')
  } catch (error) {
    ports.job.warning(`Rolling back failed: ${messageOf(error)} The post step tries again.`)
  }
}

/**
 * Undoes what the saved state tells of: removes the build, finished or not, and nothing that another run made. Of a
 * rebuild only what is half-built goes; once it has the branch's name it holds the user's only copy.
 */
export async function undoBuild(
  ports: Pick<Ports, 'provider'>,
  guard: { repository: number; pullRequest: number | null; branch: string; parent: string },
  state: string,
): Promise<'deleted' | 'absent'> {
  const rebuilds = state.startsWith(rebuildPrefix)
  const build = rebuilds ? state.slice(rebuildPrefix.length) : state
  await ports.provider.abandon?.(build)
  if (rebuilds) return 'absent'
  const branch = await ports.provider.find(guard.branch)
  if (branch?.claim.kind !== 'claim' || branch.claim.claim.build !== build) return 'absent'
  return removeBranch(ports.provider, branch, guard)
}
