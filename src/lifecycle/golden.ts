import { incapability } from '../domain/capabilities.js'
import type { Claim } from '../domain/claim.js'
import { decideGolden, type GoldenObservation, type GoldenRequest } from '../domain/golden.js'
import type { Outcome } from '../domain/outcome.js'
import type { ProvisionPlan } from '../domain/provision-plan.js'
import { ConflictError, RefusedError } from '../errors.js'
import type { BranchSpec, Made, RandomHex } from '../ports.js'
import { describeBranch } from './expose.js'
import { removeLeftovers } from './leftovers.js'
import { buildState, lookAgain, type Ports, rebuildPrefix } from './ports.js'
import { removeBranch } from './remove-branch.js'
import { rowsOn } from './rows.js'
import { Steps } from './steps.js'
import { type Terms, termsOf } from './terms.js'
import { rollBack } from './undo-build.js'

export interface GoldenOrder extends GoldenRequest {
  readonly run: string
  readonly random: RandomHex
}

interface Planned {
  readonly seen: GoldenObservation
  readonly plan: ProvisionPlan
  readonly terms: Terms
}

/** Reads the golden parent that is there, its source and the policy file, and decides; changes nothing. */
export async function planGolden(ports: Ports, order: GoldenOrder): Promise<Planned> {
  const { provider, clock } = ports
  const [branch, source] = await Promise.all([provider.find(order.branch), provider.find(order.parent)])
  const seen = { branch, source, now: clock.now() }
  const terms = await termsOf(ports, { ...order, ...asMasked })
  const plan = decideGolden(order, seen)
  const fault = terms.dataPolicy === 'masked' ? unable(ports, plan) : stricter(order, terms)
  return { seen, plan: fault === undefined ? plan : { action: 'refuse', reason: fault }, terms }
}

const asMasked = { dataPolicy: 'masked', approval: undefined, maxGoldenAge: undefined, pointInTime: undefined } as const

function stricter({ parent }: GoldenOrder, { dataPolicy }: Terms): string {
  return `the policy file allows "${dataPolicy}" at most for "${parent}", and a golden parent holds its masked rows; allow "masked" there, or make "schema_only" branches of "${parent}" itself`
}

function unable({ provider }: Ports, { action }: ProvisionPlan): string | undefined {
  const existing = action === 'reset' ? 'reset' : 'reuse'
  return incapability(provider.capabilities, { dataPolicy: 'masked', pointInTime: undefined, existing, golden: true })
}

/**
 * Makes the golden parent, or builds it anew beside the one that is there and exchanges the two once the new one is
 * verified. Nobody ever gets its URL.
 * @throws RefusedError where the law, a claim or another run says no; the golden parent that was there stays as it is.
 */
export async function renewGolden(ports: Ports, order: GoldenOrder): Promise<Outcome> {
  const steps = new Steps(ports.job, ports.clock)
  const { seen, plan, terms } = await steps.run('Read golden parent and source', () => planOnceSettled(ports, order))
  ports.job.info(`Plan: ${plan.action} "${order.branch}": ${plan.reason}.`)
  if (plan.action === 'refuse') {
    throw new RefusedError(`Making the golden parent "${order.branch}" refused: ${plan.reason}. Nothing was changed.`)
  }
  const { branch } = seen
  if (plan.action === 'recreate' && branch) {
    const guard = { ...order, pullRequest: null, byName: true }
    await steps.run(`Delete "${branch.name}", half-built`, () => removeBranch(ports.provider, branch, guard))
  }
  const made = await build(ports, order, { seen, plan, terms, steps })
  for (const note of made.notes) ports.job.info(note)
  return {
    status: plan.action === 'reset' ? 'reset' : 'created',
    reason: plan.reason,
    ...describeBranch(made.branch),
    golden: true,
    exposed: [],
    notes: [...terms.warnings, ...made.notes],
    steps: steps.done,
  }
}

/** While another run makes it for the first time, nothing can be decided; a run that died is not waited for. */
async function planOnceSettled(ports: Ports, order: GoldenOrder): Promise<Planned> {
  for (let told = false; ; told = true) {
    const planned = await planGolden(ports, order)
    if (planned.plan.action !== 'wait') return planned
    if (!told) ports.job.info(`"${order.branch}": ${planned.plan.reason}; waiting for it.`)
    ports.job.progress(`waiting: ${planned.plan.reason}`)
    await ports.clock.sleep(lookAgain)
  }
}

async function build(
  ports: Ports,
  order: GoldenOrder,
  { seen, plan, terms, steps }: Planned & { readonly steps: Steps },
): Promise<Made> {
  const { provider, job } = ports
  const owner = { ...order, pullRequest: null }
  const anew = plan.action !== 'reset'
  const id = order.random(8)
  let state = anew ? id : `${rebuildPrefix}${id}`
  const saveId = (platformId: string) => {
    if (!anew) return
    state = `${id}@${platformId}`
    job.saveState(buildState, state)
  }
  const spec = { ...(await specFor(ports, order, { terms, build: id })), onMade: saveId }
  job.saveState(buildState, state)
  await removeLeftovers(ports, owner)
  try {
    const made = await steps.run(`Mask and verify "${order.parent}" aside`, () =>
      anew || !seen.branch ? provider.create(spec) : provider.reset!(seen.branch, spec),
    )
    job.saveState(buildState, '')
    // The one that was replaced stands under another name on platforms that swap.
    await removeLeftovers(ports, owner)
    return made
  } catch (error) {
    await rollBack(ports, owner, { state, error })
    throw error instanceof ConflictError ? outrun(order, error) : error
  }
}

/** What another run made is as fresh: building once more would only cost an hour. */
function outrun({ branch }: GoldenOrder, cause: ConflictError): RefusedError {
  return new RefusedError(
    `Making the golden parent "${branch}" refused: what has that name changed while it was built, most likely by another run, and stays. Let such runs take turns ("concurrency").`,
    { cause },
  )
}

async function specFor(
  ports: Ports,
  { repository, branch, parent, run }: GoldenOrder,
  { terms, build }: { terms: Terms; build: string },
): Promise<BranchSpec> {
  const dataPolicy = 'masked'
  const rows = await rowsOn(ports, branch, terms)
  const claim: Claim = {
    repository,
    pullRequest: null,
    branch,
    parent,
    dataPolicy,
    run,
    build,
    createdAt: ports.clock.now().toISOString(),
    ...rows.claim,
    golden: true,
  }
  return { name: branch, parent, dataPolicy, claim, ...rows.spec }
}
