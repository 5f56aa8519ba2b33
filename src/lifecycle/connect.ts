import type { Branch } from '../domain/branch.js'
import { claimDisagreement, claimsGolden } from '../domain/claim.js'
import type { Outcome } from '../domain/outcome.js'
import { RefusedError } from '../errors.js'
import type { Connection } from '../ports.js'
import { describeBranch, expose, type Handed } from './expose.js'
import type { Ports } from './ports.js'
import { inspect } from './prepare.js'
import { Steps } from './steps.js'

/** A branch to look for, and what must agree with it. */
interface Wanted {
  readonly repository: number
  readonly pullRequest: number | null
  readonly branch: string
}

/** Hands out the URL of a branch that another job made. Writes nothing to the platform. */
export async function connect(ports: Ports, order: Wanted): Promise<Outcome> {
  const steps = new Steps(ports.job, ports.clock)
  const { branch, connection } = await reach(ports, order, { doing: 'Connecting to', steps })
  const state = await ports.migrationState?.(connection, branch.id)
  if (state === 'at work' || state === 'broken off') {
    const what = state === 'at work' ? 'a run is' : 'a run ended'
    throw new RefusedError(
      `Connecting to "${order.branch}" refused: ${what} in the middle of its migrations. Let the job that creates it end well first ("needs").`,
    )
  }
  return expose(ports, connection, { outcome: connected(branch), steps })
}

/** Looks at what a job before this one did in a branch, and shows it. Hands nothing out and writes nothing to the platform. */
export async function report(ports: Ports, order: Wanted & { readonly parent: string }): Promise<Outcome> {
  const { preparation, publish, job, clock } = ports
  const steps = new Steps(job, clock)
  const { branch, connection } = await reach(ports, order, { doing: 'Reporting on', steps })
  job.mask(connection.url)
  job.mask(connection.password)
  const outcome = connected(branch)
  if (!preparation) return { ...outcome, exposed: [], steps: steps.done }
  const { parent = order.parent, dataPolicy, createdAt } = outcome
  const head = {
    branch: branch.name,
    parent,
    ...(dataPolicy && { dataPolicy }),
    ...(createdAt !== undefined && { createdAt }),
    reportedAt: clock.now().toISOString(),
  }
  const made = await inspect({ preparation, publish, connection, branchId: branch.id, fresh: false, head, steps })
  return { ...outcome, status: 'reported', report: made.report, notes: made.notes, exposed: [], steps: steps.done }
}

function connected(branch: Branch): Handed {
  return {
    status: 'connected',
    reason: branch.claim.kind === 'name' ? 'its name agrees' : 'its claim agrees',
    ...describeBranch(branch),
    notes: [],
  }
}

/** @throws RefusedError for a branch that is not provably this pull request's, or not ready. */
async function reach(
  { provider }: Ports,
  order: Wanted,
  { doing, steps }: { doing: string; steps: Steps },
): Promise<{ branch: Branch; connection: Connection }> {
  const branch = await steps.run('Find the branch', () => provider.find(order.branch))
  if (!branch) {
    throw new RefusedError(
      `${doing} "${order.branch}" failed: it does not exist. Let the job that creates it run first ("needs").`,
    )
  }
  const fault = claimDisagreement(branch.claim, order) ?? notReady(branch)
  if (fault) throw new RefusedError(`${doing} "${order.branch}" refused: ${fault}.`)
  return { branch, connection: await steps.run('Get the URL', () => provider.connection(branch)) }
}

function notReady({ unfinished, claim, protection }: Branch): string | undefined {
  if (unfinished) return 'it is half-built. Let the job that creates it end first ("needs")'
  if (claimsGolden(claim)) return 'it is a golden parent, which is never handed out. Make a branch from it'
  return protection
}
