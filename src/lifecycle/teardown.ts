import type { Branch } from '../domain/branch.js'
import type { Outcome } from '../domain/outcome.js'
import {
  decideTeardown,
  type TeardownObservation,
  type TeardownPlan,
  type TeardownRequest,
} from '../domain/teardown-plan.js'
import { ForgeError, messageOf, RefusedError } from '../errors.js'
import { removeLeftovers } from './leftovers.js'
import type { Ports } from './ports.js'
import { removeBranch } from './remove-branch.js'
import { Steps } from './steps.js'

export interface TeardownOrder extends TeardownRequest {
  readonly parent: string
}

/** Reads the live facts and decides; changes nothing. */
export async function planTeardown(
  ports: Ports,
  order: TeardownOrder,
): Promise<{ seen: TeardownObservation; plan: TeardownPlan }> {
  const [branch, pullRequest] = await Promise.all([
    ports.provider.find(order.branch),
    order.onClose && order.pullRequest !== null ? ports.forge.pullRequest(order.pullRequest) : undefined,
  ])
  const seen = { branch, pullRequest }
  return { seen, plan: decideTeardown(order, seen) }
}

/** Removes secret, environment and branch of one pull request. Running it again is harmless. */
export async function teardown(ports: Ports, order: TeardownOrder): Promise<Outcome> {
  const steps = new Steps(ports.job, ports.clock)
  const { seen, plan } = await steps.run('Read branch and pull request', () => planTeardown(ports, order))
  ports.job.info(`Plan: ${plan.action} "${order.branch}": ${plan.reason}.`)
  if (plan.action === 'refuse')
    throw new RefusedError(`Deleting "${order.branch}" refused: ${plan.reason}. Nothing was deleted.`)
  if (plan.action === 'keep') return outcomeOf(order, { status: 'kept', reason: plan.reason, steps })
  return takeAway(ports, order, { branch: seen.branch, reason: plan.reason, steps })
}

/**
 * Secret, then environment, then branch: the branch goes last because it carries the claim, so that a crash leaves
 * something the next run can recognise. A sink that refuses does not save the branch, but fails the run.
 */
export async function takeAway(
  ports: Ports,
  order: TeardownOrder,
  found: { branch: Branch | undefined; reason: string; steps: Steps },
): Promise<Outcome> {
  const { steps } = found
  const faults: string[] = []
  for (const sink of ports.sinks) {
    if (!sink.withdraw) continue
    await steps.run(`Remove ${sink.name}`, () =>
      sink.withdraw!().catch((error: unknown) => {
        if (sink.sign) ports.job.warning(messageOf(error))
        else faults.push(messageOf(error))
      }),
    )
  }
  await removeLeftovers(ports, order)
  const outcome = await removeIfStillClosed(ports, order, found)
  if (faults.length === 0) return outcome
  throw new ForgeError(`${faults.join(' ')} The branch "${order.branch}" is ${outcome.status}.`)
}

async function removeIfStillClosed(
  ports: Ports,
  order: TeardownOrder,
  { branch, reason, steps }: { branch: Branch | undefined; reason: string; steps: Steps },
): Promise<Outcome> {
  if (!branch) return outcomeOf(order, { status: 'absent', reason, steps })
  if (order.onClose && order.pullRequest !== null) {
    const state = await ports.forge.pullRequest(order.pullRequest)
    if (!state.known)
      throw new ForgeError(`Deleting "${branch.name}" failed: ${state.why}. It was kept; run the job again.`)
    if (state.value.state === 'open') {
      return outcomeOf(order, {
        status: 'kept',
        reason: `pull request #${order.pullRequest} was reopened meanwhile`,
        steps,
      })
    }
  }
  const status = await steps.run(`Delete "${branch.name}"`, () =>
    removeBranch(ports.provider, branch, { ...order, byName: true }),
  )
  return outcomeOf(order, { status, reason, steps })
}

function outcomeOf(
  order: TeardownOrder,
  { status, reason, steps }: { status: Outcome['status']; reason: string; steps: Steps },
): Outcome {
  return { status, branch: order.branch, reason, exposed: [], notes: [], steps: steps.done }
}
