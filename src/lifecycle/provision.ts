import type { Branch } from '../domain/branch.js'
import { incapability } from '../domain/capabilities.js'
import type { Claim } from '../domain/claim.js'
import type { DataPolicy } from '../domain/data-policy.js'
import type { Outcome } from '../domain/outcome.js'
import {
  decideProvision,
  type ProvisionObservation,
  type ProvisionPlan,
  type ProvisionRequest,
} from '../domain/provision-plan.js'
import { days } from '../domain/verdict.js'
import { ConflictError, ForgeError, RefusedError } from '../errors.js'
import type { BranchSpec, Connection, Made, RandomHex } from '../ports.js'
import { describeBranch, expose, type Handed } from './expose.js'
import { buildState, lookAgain, type Ports, rebuildPrefix } from './ports.js'
import { removeBranch } from './remove-branch.js'
import { removeLeftovers } from './leftovers.js'
import { rowsOn } from './rows.js'
import { Steps } from './steps.js'
import { takeAway } from './teardown.js'
import { type Terms, termsOf } from './terms.js'
import { rollBack } from './undo-build.js'

export interface ProvisionOrder extends Omit<ProvisionRequest, 'dataPolicy'> {
  /** As the workflow asks; undefined leaves it to the policy file. */
  readonly dataPolicy: DataPolicy | undefined
  readonly run: string
  readonly approval: string | undefined
  readonly random: RandomHex
  /** State of the parent to start from, as the platform writes it. */
  readonly pointInTime?: string | undefined
  /** An open pull request without activity for so many days may lose its branch; undefined: it may not. */
  readonly idleDays?: number | undefined
  /** Days after which a golden parent is too old to make a branch from; undefined: never. */
  readonly maxGoldenAge?: number | undefined
}

/** How often a lost race is read again before giving up. */
const raceAttempts = 3

/** The order with the data policy that counts, and the terms that it is made on. */
interface LawfulOrder extends ProvisionOrder {
  readonly dataPolicy: DataPolicy
  readonly terms: Terms
}

interface Planned {
  readonly seen: ProvisionObservation
  readonly plan: ProvisionPlan
  readonly order: LawfulOrder
}

/** Reads the live facts and the policy file, and decides; changes nothing. */
export async function planProvision(ports: Ports, order: ProvisionOrder): Promise<Planned> {
  const [branch, pullRequest] = await Promise.all([
    ports.provider.find(order.branch),
    order.pullRequest === null ? undefined : ports.forge.pullRequest(order.pullRequest),
  ])
  const seen = { branch, pullRequest, now: ports.clock.now() }
  const lawful = await underLaw(ports, order, seen)
  return { seen, plan: onTerms(decideProvision(lawful, seen), lawful.terms), order: lawful }
}

/** What may not be made now may still be reused, or taken away. */
function onTerms(plan: ProvisionPlan, { fault }: Terms): ProvisionPlan {
  return fault !== undefined && (makesAnew(plan) || plan.action === 'reset')
    ? { action: 'refuse', reason: fault }
    : plan
}

/** Whether a branch may be made does not matter to one that goes. */
async function underLaw(
  ports: Ports,
  order: ProvisionOrder,
  { pullRequest }: ProvisionObservation,
): Promise<LawfulOrder> {
  if (pullRequest?.known && pullRequest.value.state === 'closed') {
    const dataPolicy = order.dataPolicy ?? 'schema_only'
    return { ...order, dataPolicy, terms: { dataPolicy, warnings: [], notes: [] } }
  }
  const terms = await termsOf(ports, { ...order, maxGoldenAge: order.maxGoldenAge, pointInTime: order.pointInTime })
  const { dataPolicy, approval } = terms
  return {
    ...order,
    dataPolicy,
    approval: dataPolicy === 'copy' ? (approval ?? order.approval) : undefined,
    terms,
  }
}

/**
 * Makes, reuses or rebuilds the branch, then hands its URL out, in this order and no other: build → log in → read the
 * pull request again → expose. What this run made is taken away again when a step before the last one fails.
 */
export async function provision(ports: Ports, order: ProvisionOrder): Promise<Outcome> {
  const steps = new Steps(ports.job, ports.clock)
  for (let attempt = 1; ; attempt++) {
    const planned = await steps.run('Read branch and pull request', () => planOnceSettled(ports, order))
    const { seen, plan } = planned
    for (const warning of planned.order.terms.warnings) ports.job.warning(warning)
    ports.job.info(`Plan: ${plan.action} "${order.branch}": ${plan.reason}.`)
    try {
      return await follow(ports, planned.order, { seen, plan, steps })
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt === raceAttempts) throw error
      ports.job.info(`Another run was faster (${error.message}); reading again.`)
    }
  }
}

/** While another run builds the branch, nothing can be decided; a run that died is not waited for. */
async function planOnceSettled(ports: Ports, order: ProvisionOrder): ReturnType<typeof planProvision> {
  for (let told = false; ; told = true) {
    const planned = await planProvision(ports, order)
    if (planned.plan.action !== 'wait') return planned
    if (!told) ports.job.info(`"${order.branch}": ${planned.plan.reason}; waiting for it.`)
    await ports.clock.sleep(lookAgain)
  }
}

interface Decision {
  readonly seen: ProvisionObservation
  readonly plan: ProvisionPlan
  readonly steps: Steps
}

async function follow(ports: Ports, order: LawfulOrder, { seen, plan, steps }: Decision): Promise<Outcome> {
  const { branch } = seen
  if (plan.action === 'refuse')
    throw new RefusedError(`Handing out "${order.branch}" refused: ${plan.reason}. Nothing was changed.`)
  if (plan.action === 'skip' || plan.action === 'remove') {
    const gone = { branch: plan.action === 'remove' ? branch : undefined, reason: plan.reason, steps }
    const outcome = await takeAway(ports, { ...order, onClose: true }, gone)
    return plan.action === 'skip' ? { ...outcome, status: 'skipped' } : outcome
  }
  refuseIncapable(ports, order, plan)
  if (plan.action === 'recreate' && branch) {
    await steps.run(`Delete "${branch.name}", half-built`, () =>
      removeBranch(ports.provider, branch, { ...order, byName: true }),
    )
  }
  const build = order.random(8)
  const started = { plan, branch, build, undo: { state: build }, steps }
  let ready: Ready
  try {
    const made = await make(ports, order, started)
    for (const note of made.notes) ports.job.info(note)
    ready = { made, connection: await admit(ports, order, { branch: made.branch, steps }) }
  } catch (error) {
    if (makesAnew(plan)) await rollBack(ports, order, { state: started.undo.state, error })
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
  return expose(ports, ready.connection, { outcome: describe(ready.made, { plan, terms: order.terms }), steps })
}

function makesAnew({ action }: ProvisionPlan): boolean {
  return action === 'create' || action === 'recreate'
}

/** What the platform cannot do is refused before anything is written, never ignored. */
function refuseIncapable({ provider }: Ports, order: LawfulOrder, plan: ProvisionPlan): void {
  if (plan.action === 'reuse') return
  const existing = plan.action === 'reset' ? 'reset' : 'reuse'
  const wanted = { dataPolicy: order.dataPolicy, pointInTime: order.pointInTime, existing } as const
  const fault = incapability(provider.capabilities, wanted)
  if (fault) throw new RefusedError(`Making "${order.branch}" refused: ${fault}. Nothing was changed.`)
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
  /** What would undo it, by state as it is saved; it learns the branch's id on the way. */
  readonly undo: { state: string }
  readonly steps: Steps
}

async function make(ports: Ports, order: LawfulOrder, { plan, branch, build, undo, steps }: Started): Promise<Made> {
  const expiresAt = expiryOf(ports, order)
  if (plan.action === 'reuse' && branch) {
    if (expiresAt) await steps.run('Move its expiry', () => ports.provider.extend!(branch, expiresAt))
    return { branch, notes: [] }
  }
  const saveId = (id: string) => {
    if (!makesAnew(plan)) return
    undo.state = `${build}@${id}`
    ports.job.saveState(buildState, undo.state)
  }
  const spec: BranchSpec = { ...(await specFor(ports, order, build)), ...(expiresAt && { expiresAt }), onMade: saveId }
  ports.job.saveState(buildState, plan.action === 'reset' ? `${rebuildPrefix}${build}` : build)
  await removeLeftovers(ports, order)
  if (makesAnew(plan) || !branch) {
    return steps.run(`Create from "${order.parent}"`, () => ports.provider.create(spec))
  }
  const made = await steps.run(`Rebuild from "${order.parent}"`, () => ports.provider.reset!(branch, spec))
  // A platform that swaps leaves the old one under another name.
  await removeLeftovers(ports, order)
  // From here on it is the user's branch again: a later failure of this run must not delete it.
  ports.job.saveState(buildState, '')
  return made
}

/** With `idle_days`, platforms that can take the branch away themselves should nobody else do. */
function expiryOf({ provider, clock }: Ports, { idleDays }: ProvisionOrder): Date | undefined {
  if (idleDays === undefined || !provider.capabilities.expiry) return undefined
  return new Date(clock.now().getTime() + days(idleDays))
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

function describe({ branch, notes }: Made, { plan, terms }: { plan: ProvisionPlan; terms: Terms }): Handed {
  const reused = plan.action === 'reuse'
  return {
    status: reused ? 'reused' : plan.action === 'reset' ? 'reset' : 'created',
    reason: plan.reason,
    ...describeBranch(branch),
    notes: [...terms.warnings, ...(reused ? remarkOnReuse(branch, terms) : terms.notes), ...notes],
  }
}

/** A branch keeps the rows that it was made with; that others are to be had is worth telling. */
function remarkOnReuse({ claim }: Branch, { golden, notes }: Terms): readonly string[] {
  if (!golden || claim.kind !== 'claim') return []
  // Not every platform has room for it in a claim; where there is none, only that it is another one is told.
  if (claim.claim.parentBuild === undefined || claim.claim.parentBuild === golden.build) return notes
  return [`The branch was made before its golden parent "${golden.name}" was built anew; a reset brings the new rows.`]
}

async function specFor(ports: Ports, order: LawfulOrder, build: string): Promise<BranchSpec> {
  const made = await rowsOn(ports, order.branch, order.terms)
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
    ...made.claim,
  }
  const { pointInTime } = order
  return {
    name: order.branch,
    parent: order.parent,
    dataPolicy: order.dataPolicy,
    claim,
    ...made.spec,
    ...(pointInTime !== undefined && { pointInTime }),
  }
}
