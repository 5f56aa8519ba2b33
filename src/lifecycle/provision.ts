import type { Branch } from '../domain/branch.js'
import type { BranchReport } from '../domain/branch-report.js'
import { incapability } from '../domain/capabilities.js'
import type { Outcome } from '../domain/outcome.js'
import { decideProvision, type ProvisionObservation, type ProvisionPlan } from '../domain/provision-plan.js'
import { ageOf, showAge } from '../domain/verdict.js'
import { CommandError, ConflictError, ForgeError, RefusedError } from '../errors.js'
import type { Connection, Made } from '../ports.js'
import { build, type LawfulOrder, makesAnew, type ProvisionOrder, type Started } from './build.js'
import { describeBranch, expose, type Handed } from './expose.js'
import { buildState, lookAgain, type Ports } from './ports.js'
import { prepare } from './prepare.js'
import { removeBranch } from './remove-branch.js'
import { Steps } from './steps.js'
import { takeAway } from './teardown.js'
import { type Terms, termsOf } from './terms.js'
import { rollBack } from './undo-build.js'

/** How often a lost race is read again before giving up. */
const raceAttempts = 3

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
    ports.job.progress(`waiting: ${planned.plan.reason}`)
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
  const id = order.random(8)
  const started = { plan, branch, build: id, undo: { state: id }, steps }
  let ready: Ready | 'half'
  try {
    ready = await makeReady(ports, order, started)
  } catch (error) {
    throw await afterFailure(ports, order, { started, error })
  }
  if (ready === 'half') {
    const again = anew(ports, order)
    ports.job.info(`Plan: ${again.action} "${order.branch}": ${again.reason}.`)
    return follow(ports, order, { seen, plan: again, steps })
  }
  if (!ready.connection) {
    const reason = `pull request #${order.pullRequest} was closed meanwhile`
    const outcome = await takeAway(ports, { ...order, onClose: true }, { branch: ready.made.branch, reason, steps })
    ports.job.saveState(buildState, '')
    return outcome
  }
  // What follows may fail, but never costs the branch: it is complete, claimed and found by the next run.
  ports.job.saveState(buildState, '')
  const outcome = {
    ...describe(ready.made, { plan, terms: order.terms, now: ports.clock.now() }),
    ...(ready.report && { report: ready.report }),
  }
  return expose(ports, ready.connection, { outcome, steps })
}

/** Of a branch that an earlier run left in the middle of a migration: its schema is nobody's, so it starts anew. */
function anew({ provider }: Ports, order: LawfulOrder): ProvisionPlan {
  const reason = 'an earlier run ended in the middle of its migrations'
  if (order.terms.fault !== undefined) return { action: 'refuse', reason: `${reason}, and ${order.terms.fault}` }
  return { action: provider.capabilities.reset === 'none' ? 'recreate' : 'reset', reason }
}

/** What this run made goes, unless a command failed and the workflow wants to see what it left. */
async function afterFailure(
  ports: Ports,
  order: LawfulOrder,
  { started, error }: { started: Started; error: unknown },
): Promise<unknown> {
  const failed = error instanceof CommandError
  const keep = failed && ports.preparation?.keep === true
  const goes = makesAnew(started.plan) && !keep
  if (goes) await rollBack(ports, order, { state: started.undo.state, error })
  else if (failed) ports.job.saveState(buildState, '')
  if (!failed) return error
  const fate = goes
    ? `"${order.branch}" was deleted again`
    : `"${order.branch}" stays as the command left it, and the next run makes it anew`
  return new CommandError(`${error.message} No URL was handed out; ${fate}.`, error.report, error)
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
  readonly report?: BranchReport
}

/** The gates between a branch and its URL: a login that works, the team's migrations, a pull request that is still open. */
async function makeReady(ports: Ports, order: LawfulOrder, started: Started): Promise<Ready | 'half'> {
  const { plan, steps } = started
  const made = await build(ports, order, started)
  for (const note of made.notes) ports.job.info(note)
  const connection = await steps.run('Get the URL', () => ports.provider.connection(made.branch))
  ports.job.mask(connection.url)
  ports.job.mask(connection.password)
  const reuses = plan.action === 'reuse'
  if (reuses && !ports.preparation) {
    const state = await ports.migrationState?.(connection, made.branch.id)
    if (state === 'broken off') return 'half'
    if (state === 'at work') {
      throw new RefusedError(
        `Handing out "${order.branch}" refused: another run migrates it at this moment. Run the job again after it.`,
      )
    }
  }
  const prepared = await preparedBranch(ports, order, { made, connection, fresh: !reuses, steps })
  if (prepared?.state === 'half') {
    if (reuses) return 'half'
    // Another run came between, and died at its work: what it left is nobody's schema either.
    throw new ConflictError(`Preparing "${order.branch}" failed: another run was in it and ended in the middle.`)
  }
  return {
    made: { ...made, notes: [...made.notes, ...(prepared?.notes ?? [])] },
    connection: (await stillOpen(ports, order, steps)) ? connection : undefined,
    ...(prepared && { report: prepared.report }),
  }
}

async function preparedBranch(
  { preparation, publish, clock, job }: Ports,
  { parent, terms }: LawfulOrder,
  { made, ...place }: { made: Made; connection: Connection; fresh: boolean; steps: Steps },
) {
  if (!preparation) return undefined
  const { branch, createdAt } = describeBranch(made.branch)
  const head = {
    branch,
    parent,
    dataPolicy: terms.dataPolicy,
    ...(createdAt !== undefined && { createdAt }),
    reportedAt: clock.now().toISOString(),
  }
  return prepare({ job, clock }, { ...place, branchId: made.branch.id, preparation, publish, head })
}

async function stillOpen(ports: Ports, { pullRequest }: ProvisionOrder, steps: Steps): Promise<boolean> {
  if (pullRequest === null) return true
  const state = await steps.run('Read the pull request again', () => ports.forge.pullRequest(pullRequest))
  if (!state.known) {
    throw new ForgeError(
      `Reading pull request #${pullRequest} failed: ${state.why}. The URL was not handed out; run the job again.`,
    )
  }
  return state.value.state === 'open'
}

function describe(
  { branch, notes }: Made,
  { plan, terms, now }: { plan: ProvisionPlan; terms: Terms; now: Date },
): Handed {
  const reused = plan.action === 'reuse'
  const age = terms.golden && !reused ? ageOf(terms.golden.createdAt, now) : undefined
  return {
    status: reused ? 'reused' : plan.action === 'reset' ? 'reset' : 'created',
    reason: plan.reason,
    ...describeBranch(branch),
    ...(age !== undefined && { goldenAge: showAge(age) }),
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
