import { pullRequestsToRead } from '../domain/cleanup-plan.js'
import type { Claim } from '../domain/claim.js'
import { type Known, known, unknown } from '../domain/known.js'
import { decideRefresh, type RefreshPolicy } from '../domain/refresh-plan.js'
import type { SweepOutcome, SweepResult } from '../domain/sweep-outcome.js'
import { admitToSweep, type SweepPlan, type Verdict } from '../domain/verdict.js'
import { CancelledError, messageOf, RefusedError } from '../errors.js'
import type { RandomHex } from '../ports.js'
import { inParallel } from './in-parallel.js'
import { Steps } from './steps.js'
import { keptResults, readPullRequests, type SweepPorts } from './sweep.js'

export interface RefreshOrder extends Omit<RefreshPolicy, 'now'> {
  readonly run: string
  readonly random: RandomHex
}

/** Reads branches, pull requests, sessions and the parents' schemas; changes nothing. */
export async function planRefresh(ports: SweepPorts, order: RefreshOrder): Promise<SweepPlan> {
  const { provider, clock, forge } = ports
  const now = clock.now()
  const branches = await provider.list()
  const policy = { ...order, now }
  const numbers = pullRequestsToRead(branches.items, { ...policy, strategy: 'activity' })
  const candidates = branches.items.filter((branch) => 'claim' in admitToSweep(branch, policy) && !branch.leftover)
  const parents = new Set(candidates.flatMap(({ claim }) => (claim.kind === 'claim' ? [claim.claim.parent] : [])))
  const [pullRequests, sessions, parentSchemas] = await Promise.all([
    readPullRequests(forge, numbers),
    provider.sessions?.() ?? new Map<string, Known<number>>(),
    readSchemas(ports, [...parents]),
  ])
  return decideRefresh({ branches, pullRequests, sessions, parentSchemas }, policy)
}

async function readSchemas({ provider }: SweepPorts, parents: readonly string[]): Promise<Map<string, Known<string>>> {
  const schemas = new Map<string, Known<string>>()
  for (const parent of parents) {
    const reading = provider.schemaFingerprint?.(parent).then(known, (error: unknown) => unknown(messageOf(error)))
    schemas.set(parent, (await reading) ?? unknown('this platform cannot tell'))
  }
  return schemas
}

/** Rebuilds the branches that lie about their parent, one by one: a copy holds the parent. */
export async function refresh(ports: SweepPorts, order: RefreshOrder): Promise<SweepOutcome> {
  const steps = new Steps(ports.job, ports.clock)
  const plan = await steps.run('Read branches, pull requests and parents', () => planRefresh(ports, order))
  const due = plan.refused === undefined ? plan.verdicts.filter((verdict) => verdict.action === 'refresh') : []
  if (due.length > 0 && !ports.provider.reset) {
    throw new RefusedError('Refreshing refused: this platform cannot rebuild a branch in place. Nothing was changed.')
  }
  const rebuilt = await inParallel(due, 1, (verdict) =>
    steps.run(`Rebuild "${verdict.branch.name}"`, () => rebuild(ports, order, verdict)),
  )
  const results = [...rebuilt, ...keptResults(plan)]
  return { mode: 'refresh', plan, dryRun: false, results, steps: steps.done, budget: ports.forge.budget() }
}

async function rebuild(
  ports: SweepPorts,
  order: RefreshOrder,
  { branch, kind, reason }: Verdict,
): Promise<SweepResult> {
  const base = { name: branch.name, kind, reason }
  if (branch.claim.kind !== 'claim') return { ...base, status: 'kept' }
  const old = branch.claim.claim
  try {
    const changed = await changedSince(ports, order, { id: branch.id, claim: old })
    if (changed !== undefined) return { ...base, status: 'kept', reason: `changed since it was listed: ${changed}` }
    const claim = { ...old, run: order.run, build: order.random(8), createdAt: ports.clock.now().toISOString() }
    const before = await ports.provider.connection(branch)
    const made = await ports.provider.reset!(branch, {
      name: branch.name,
      parent: old.parent,
      dataPolicy: old.dataPolicy,
      claim,
    })
    const after = await ports.provider.connection(made.branch)
    if (after.url.reveal() !== before.url.reveal()) {
      for (const sink of ports.sinksFor(old.pullRequest!)) await sink.publish(after)
    }
    return { ...base, status: 'refreshed' }
  } catch (error) {
    if (error instanceof CancelledError) throw error
    return { ...base, status: 'failed', reason: messageOf(error) }
  }
}

/** The facts that the rebuild stands on, read again right before it. */
async function changedSince(
  { provider, forge, clock }: SweepPorts,
  order: RefreshOrder,
  planned: { id: string; claim: Claim },
): Promise<string | undefined> {
  const number = planned.claim.pullRequest!
  const fresh = await provider.find(planned.claim.branch)
  if (
    !fresh ||
    fresh.id !== planned.id ||
    JSON.stringify(fresh.claim) !== JSON.stringify({ kind: 'claim', claim: planned.claim })
  ) {
    return 'it is not the branch that was listed'
  }
  const [pullRequests, sessions] = await Promise.all([
    forge.pullRequestsByNumber([number]),
    provider.sessions?.() ?? new Map<string, Known<number>>(),
  ])
  const branches = { items: [fresh], complete: true }
  // Staleness was decided; only whether it may be touched is asked again.
  const policy = { ...order, staleDays: 0, now: clock.now() }
  const [verdict] = decideRefresh({ branches, pullRequests, sessions, parentSchemas: new Map() }, policy).verdicts
  return verdict?.action === 'refresh' ? undefined : verdict?.reason
}
