import { claimDisagreement, claimsGolden } from '../domain/claim.js'
import type { Outcome } from '../domain/outcome.js'
import { RefusedError } from '../errors.js'
import { describeBranch, expose, type Handed } from './expose.js'
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
  if (disagreement) throw new RefusedError(`Connecting to "${order.branch}" refused: ${disagreement}.`)
  if (branch.unfinished) {
    throw new RefusedError(
      `Connecting to "${order.branch}" refused: it is half-built. Let the job that creates it end first ("needs").`,
    )
  }
  if (claimsGolden(branch.claim)) {
    throw new RefusedError(
      `Connecting to "${order.branch}" refused: it is a golden parent, which is never handed out. Make a branch from it.`,
    )
  }
  if (branch.protection) throw new RefusedError(`Connecting to "${order.branch}" refused: ${branch.protection}.`)
  const connection = await steps.run('Log in to the branch', () => ports.provider.connection(branch))
  const outcome: Handed = {
    status: 'connected',
    reason: branch.claim.kind === 'name' ? 'its name agrees' : 'its claim agrees',
    ...describeBranch(branch),
    notes: [],
  }
  return expose(ports, connection, { outcome, steps })
}
