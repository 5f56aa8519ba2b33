import { claimDisagreement } from '../domain/claim.js'
import type { Outcome } from '../domain/outcome.js'
import { RefusedError } from '../errors.js'
import { expose, type Handed } from './expose.js'
import type { Ports } from './ports.js'
import { Steps } from './steps.js'

/** Hands out the URL of a branch that another job made. Writes nothing to the platform. */
export async function connect(
  ports: Ports,
  order: { repository: number; pullRequest: number | null; branch: string },
): Promise<Outcome> {
  const steps = new Steps(ports.job, ports.clock)
  const branch = await steps.run('Find the branch', () => ports.provider.find(order.branch))
  if (!branch) {
    throw new RefusedError(
      `Connecting to "${order.branch}" failed: it does not exist. Let the job that creates it run first ("needs").`,
    )
  }
  const disagreement = claimDisagreement(branch.claim, order)
  if (branch.claim.kind !== 'claim' || disagreement) {
    throw new RefusedError(`Connecting to "${order.branch}" refused: ${disagreement}.`)
  }
  const connection = await steps.run('Log in to the branch', () => ports.provider.connection(branch))
  const { claim } = branch.claim
  const outcome: Handed = {
    status: 'connected',
    branch: branch.name,
    reason: 'its claim agrees',
    branchId: branch.id,
    parent: claim.parent,
    dataPolicy: claim.dataPolicy,
    createdAt: claim.createdAt,
    ...(claim.approval !== undefined && { approval: claim.approval }),
    notes: [],
  }
  return expose(ports, connection, { outcome, steps })
}
