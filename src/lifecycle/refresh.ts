import type { Branch } from '../domain/branch.js'
import { pullRequestsToRead } from '../domain/cleanup-plan.js'
import type { Claim } from '../domain/claim.js'
import { type Known, known, unknown } from '../domain/known.js'
import { decideRefresh, type RefreshPolicy } from '../domain/refresh-plan.js'
import type { SweepOutcome, SweepResult } from '../domain/sweep-outcome.js'
import { readGolden } from '../domain/golden.js'
import { admitToSweep, type Owner, type SweepPlan, type Verdict } from '../domain/verdict.js'
import { CancelledError, messageOf, RefusedError } from '../errors.js'
import type { BranchSpec, RandomHex, Sink } from '../ports.js'
import { inParallel } from '../in-parallel.js'
import { removeLeftovers } from './leftovers.js'
import { rowsOn } from './rows.js'
import { Steps } from './steps.js'
import {
  baseOf,
  keptResults,
  listBranches,
  previewOf,
  readPullRequests,
  type SweepPorts,
  type SweepScope,
} from './sweep.js'
import { termsOf } from './terms.js'

export interface RefreshOrder extends Omit<RefreshPolicy, 'now'>, SweepScope {
  readonly run: string
  readonly random: RandomHex
  /** Days after which a golden parent is too old to rebuild a branch from; undefined: never. */
  readonly maxGoldenAge?: number | undefined
}

/** Reads branches, pull requests, sessions and the parents' schemas; changes nothing. */
async function planRefresh(ports: SweepPorts, order: RefreshOrder): Promise<SweepPlan> {
  const { provider, clock, forge } = ports
  const now = clock.now()
  const branches = await listBranches(ports, order)
  const policy = { ...order, now }
  const numbers = pullRequestsToRead(branches.items, { ...policy, strategy: 'activity' })
  const candidates = branches.items.filter((branch) => 'claim' in admitToSweep(branch, policy) && !branch.leftover)
  const parents = new Set(candidates.flatMap(({ claim }) => (claim.kind === 'claim' ? [claim.claim.parent] : [])))
  const [pullRequests, sessions, parentSchemas, goldenBuilds] = await Promise.all([
    readPullRequests(forge, numbers),
    provider.sessions?.() ?? new Map<string, Known<number>>(),
    readSchemas(ports, [...parents]),
    readGoldenBuilds(ports, order, [...parents]),
  ])
  const canRebuild = provider.reset !== undefined
  return decideRefresh({ branches, pullRequests, sessions, parentSchemas, goldenBuilds, canRebuild }, policy)
}

/** What `refresh` would do. */
export async function previewRefresh(ports: SweepPorts, order: RefreshOrder): Promise<SweepOutcome> {
  return previewOf(ports, 'refresh', { plan: await planRefresh(ports, order), scope: order })
}

async function readSchemas({ provider }: SweepPorts, parents: readonly string[]): Promise<Map<string, Known<string>>> {
  const schemas = new Map<string, Known<string>>()
  for (const parent of parents) {
    const reading = provider.schemaFingerprint?.(parent).then(known, (error: unknown) => unknown(messageOf(error)))
    schemas.set(parent, (await reading) ?? unknown('this platform cannot tell'))
  }
  return schemas
}

/** One that cannot be read is none: what is unknown never adds a rebuild. */
async function readGoldenBuilds(
  { provider }: SweepPorts,
  { repository }: RefreshOrder,
  parents: readonly string[],
): Promise<Map<string, string>> {
  const builds = new Map<string, string>()
  if (!provider.capabilities.golden) return builds
  for (const parent of parents) {
    const reading = readGolden(await provider.find(parent).catch(unlessCancelled), repository)
    if (reading && 'golden' in reading) builds.set(parent, reading.golden.build)
  }
  return builds
}

function unlessCancelled(error: unknown): undefined {
  if (error instanceof CancelledError) throw error
}

/** Rebuilds the branches that lie about their parent, one by one: a copy holds the parent. */
export async function refresh(ports: SweepPorts, order: RefreshOrder): Promise<SweepOutcome> {
  const steps = new Steps(ports.job, ports.clock)
  const plan = await steps.run('Read branches, pull requests and parents', () => planRefresh(ports, order))
  const due = plan.refused === undefined ? plan.verdicts.filter((verdict) => verdict.action === 'refresh') : []
  const rebuilt = await inParallel(due, 1, (verdict) =>
    steps.run(`Rebuild "${verdict.branch.name}"`, () => rebuild(ports, order, verdict)),
  )
  const results = [...rebuilt, ...keptResults(plan, order)]
  return { mode: 'refresh', plan, dryRun: false, results, steps: steps.done, budget: ports.forge.budget() }
}

async function rebuild(ports: SweepPorts, order: RefreshOrder, verdict: Verdict): Promise<SweepResult> {
  const base = baseOf(verdict, order)
  let rebuilt: Branch
  try {
    const seen = await lookAgain(ports, order, verdict)
    if ('changed' in seen) {
      const { kind, reason } = seen.changed
      return { ...base, kind, status: 'kept', reason: `changed since it was listed: ${reason}` }
    }
    const spec = await lawful(ports, order, specOf(ports, order, seen))
    const guard = { ...order, ...seen.owner, byName: order.byName !== undefined }
    await removeLeftovers(ports, guard)
    rebuilt = (await ports.provider.reset!(seen.branch, spec)).branch
    // A platform that swaps leaves the old one under another name.
    await removeLeftovers(ports, guard)
  } catch (error) {
    return { ...base, status: 'failed', reason: messageUnlessCancelled(error) }
  }
  const faults = await faultsOfPublishing(ports, rebuilt, ports.sinksFor(base.pullRequest!, { branch: rebuilt.name }))
  if (faults.length === 0) return { ...base, status: 'refreshed' }
  const fault = `The branch was rebuilt, but its URL was not stored; the next push to the pull request does that. ${faults.join(' ')}`
  return { ...base, status: 'failed', reason: fault, fault }
}

/** Always, even for the same URL: what a place holds is for its sink to know. A sign is right already. */
async function faultsOfPublishing({ provider }: SweepPorts, branch: Branch, sinks: readonly Sink[]): Promise<string[]> {
  const faults: string[] = []
  try {
    const connection = await provider.connection(branch)
    for (const sink of sinks.filter(({ sign }) => !sign)) {
      await sink.publish(connection).catch((error: unknown) => faults.push(messageUnlessCancelled(error)))
    }
  } catch (error) {
    faults.push(messageUnlessCancelled(error))
  }
  return faults
}

function messageUnlessCancelled(error: unknown): string {
  if (error instanceof CancelledError) throw error
  return messageOf(error)
}

/** What a rebuild makes: the same branch from the same parent under the same data policy. */
function specOf({ clock }: SweepPorts, order: RefreshOrder, { branch, owner }: Unchanged): BranchSpec {
  const { parent, dataPolicy } = owner
  if (parent === undefined || dataPolicy === undefined) throw new RefusedError(`Rebuilding "${branch.name}" refused.`)
  const claim: Claim = {
    ...(branch.claim.kind === 'claim' && approvalOf(branch.claim.claim)),
    repository: order.repository,
    pullRequest: owner.pullRequest,
    branch: owner.branch,
    parent,
    dataPolicy,
    run: order.run,
    build: order.random(8),
    createdAt: clock.now().toISOString(),
  }
  return { name: branch.name, parent, dataPolicy, claim }
}

function approvalOf({ approval }: Claim): Pick<Claim, 'approval'> {
  return approval === undefined ? {} : { approval }
}

/** The policy file may have become stricter since the branch was made, and its masking rules others. */
async function lawful(
  ports: SweepPorts,
  { repository, maxGoldenAge }: RefreshOrder,
  spec: BranchSpec,
): Promise<BranchSpec> {
  const { name, parent, dataPolicy } = spec
  const asking = { dataPolicy, approval: undefined, parent, repository, maxGoldenAge, pointInTime: undefined }
  const terms = await termsOf(ports, asking)
  if (terms.fault !== undefined) throw new RefusedError(`Rebuilding "${name}" refused: ${terms.fault}.`)
  if (terms.dataPolicy === dataPolicy) {
    const rows = await rowsOn(ports, name, terms)
    return { ...spec, ...rows.spec, claim: { ...spec.claim, ...rows.claim } }
  }
  throw new RefusedError(
    `Rebuilding "${name}" refused: it was made under data_policy "${dataPolicy}", and the policy file now allows "${terms.dataPolicy}" at most. Delete it; the next push makes it again.`,
  )
}

interface Unchanged {
  readonly branch: Branch
  readonly owner: Owner
}

/** The facts that the rebuild stands on, read again right before it. */
async function lookAgain(
  { provider, forge, clock }: SweepPorts,
  order: RefreshOrder,
  { branch: planned, kind }: Verdict,
): Promise<Unchanged | { readonly changed: Pick<Verdict, 'kind' | 'reason'> }> {
  const fresh = await provider.find(planned.name)
  // A listing may see names only where a closer look finds the claim.
  const same = planned.claim.kind === 'name' || JSON.stringify(fresh?.claim) === JSON.stringify(planned.claim)
  if (fresh?.id !== planned.id || !same) return { changed: { kind, reason: 'it is not the branch that was listed' } }
  const branches = { items: [fresh], complete: true }
  // Staleness was decided; only whether it may be touched is asked again.
  const policy = { ...order, staleDays: 0, now: clock.now() }
  const [pullRequests, sessions] = await Promise.all([
    forge.pullRequestsByNumber(pullRequestsToRead([fresh], { ...policy, strategy: 'activity' })),
    provider.sessions?.() ?? new Map<string, Known<number>>(),
  ])
  const unread = { parentSchemas: new Map<string, Known<string>>(), goldenBuilds: new Map<string, string>() }
  const seen = { branches, pullRequests, sessions, ...unread, canRebuild: true }
  const [verdict] = decideRefresh(seen, policy).verdicts
  const admitted = admitToSweep(fresh, policy)
  if (verdict?.action === 'refresh' && 'claim' in admitted) return { branch: fresh, owner: admitted.claim }
  return { changed: verdict ?? { kind, reason: 'nothing is known of it' } }
}
