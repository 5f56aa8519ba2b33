import type { Branch } from '../domain/branch.js'
import type { Claim } from '../domain/claim.js'
import type { DataPolicy } from '../domain/data-policy.js'
import type { ProvisionPlan, ProvisionRequest } from '../domain/provision-plan.js'
import { days } from '../domain/verdict.js'
import type { BranchSpec, Made, RandomHex } from '../ports.js'
import { removeLeftovers } from './leftovers.js'
import { buildState, type Ports, rebuildPrefix } from './ports.js'
import { rowsOn } from './rows.js'
import type { Steps } from './steps.js'
import type { Terms } from './terms.js'

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

/** The order with the data policy that counts, and the terms that it is made on. */
export interface LawfulOrder extends ProvisionOrder {
  readonly dataPolicy: DataPolicy
  readonly terms: Terms
}

export interface Started {
  readonly plan: ProvisionPlan
  readonly branch: Branch | undefined
  readonly build: string
  /** What would undo it, by state as it is saved; it learns the branch's id on the way. */
  readonly undo: { state: string }
  readonly steps: Steps
}

export function makesAnew({ action }: ProvisionPlan): boolean {
  return action === 'create' || action === 'recreate'
}

/** Makes, rebuilds or keeps the branch; what a dead run left of it goes first. */
export async function build(
  ports: Ports,
  order: LawfulOrder,
  { plan, branch, build: id, undo, steps }: Started,
): Promise<Made> {
  const expiresAt = expiryOf(ports, order)
  if (plan.action === 'reuse' && branch) {
    if (expiresAt) await steps.run('Move its expiry', () => ports.provider.extend!(branch, expiresAt))
    return { branch, notes: [] }
  }
  const saveId = (branchId: string) => {
    if (!makesAnew(plan)) return
    undo.state = `${id}@${branchId}`
    ports.job.saveState(buildState, undo.state)
  }
  const spec: BranchSpec = { ...(await specFor(ports, order, id)), ...(expiresAt && { expiresAt }), onMade: saveId }
  ports.job.saveState(buildState, plan.action === 'reset' ? `${rebuildPrefix}${id}` : id)
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
