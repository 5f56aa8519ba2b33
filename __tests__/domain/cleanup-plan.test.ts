import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Branch } from '../../src/domain/branch.js'
import type { Claim } from '../../src/domain/claim.js'
import {
  type CleanupObservation,
  type CleanupPolicy,
  decideCleanup,
  type PullRequestReading,
  pullRequestsToRead,
  type SweepObservation,
} from '../../src/domain/cleanup-plan.js'
import { known, unknown } from '../../src/domain/known.js'
import type { PullRequestFacts } from '../../src/domain/pull-request.js'
import { claimOf } from '../fixtures/claim.js'

const now = new Date('2026-11-22T12:00:00.000Z')
const ago = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString()
const policy: CleanupPolicy = {
  repository: 42,
  parent: 'main',
  strategy: 'activity',
  ttlDays: 7,
  idleDays: undefined,
  exemptLabels: ['keep-database'],
  maxDeletions: 10,
  now,
}

function branch(change: Partial<Claim> = {}, other: Partial<Branch> = {}): Branch {
  const claim = claimOf({ createdAt: ago(30), ...change })
  return { id: claim.branch, name: claim.branch, claim: { kind: 'claim', claim }, ...other }
}
function facts(change: Partial<PullRequestFacts> = {}): PullRequestReading {
  return known({ number: 7, state: 'open', closedAt: null, updatedAt: ago(1), labels: [], ...change })
}
const closed = (days: number, change: Partial<PullRequestFacts> = {}) =>
  facts({ state: 'closed', closedAt: ago(days), ...change })
const missing: PullRequestReading = { known: false, why: 'not found', missing: true }

type Row = [
  what: string,
  branch: Branch,
  reading: PullRequestReading | undefined,
  change: Partial<CleanupPolicy>,
  verdict: string,
]

const rows: Row[] = [
  ['open', branch(), facts(), {}, 'keep: open'],
  ['closed past the ttl', branch(), closed(8), {}, 'delete: closed'],
  ['closed exactly at the ttl', branch(), closed(7), {}, 'delete: closed'],
  ['closed within the ttl', branch(), closed(6.9), {}, 'keep: within ttl'],
  ['ttl of 30 days', branch(), closed(8), { ttlDays: 30 }, 'keep: within ttl'],
  ['closed, no date', branch(), closed(8, { closedAt: null }), {}, 'keep: odd date'],
  ['closed, bad date', branch(), closed(8, { closedAt: 'yesterday' }), {}, 'keep: odd date'],
  ['closed in the future', branch(), closed(-1), {}, 'keep: odd date'],
  ['closed, clock 2 minutes off, ttl over', branch(), closed(-2 / 1440), { ttlDays: 1 }, 'keep: within ttl'],
  ['exempt label', branch(), closed(8, { labels: ['x', 'Keep-Database'] }), {}, 'keep: exempt'],
  [
    'protected by the policy file',
    branch(),
    closed(8),
    { names: { protected: ['PR-*'], exempt: [] } },
    'keep: protected',
  ],
  ['exempt by the policy file', branch(), closed(8), { names: { protected: [], exempt: ['pr-7'] } }, 'keep: exempt'],
  [
    'names of others in the policy file',
    branch(),
    closed(8),
    { names: { protected: ['pr-8'], exempt: ['r-7', 'x*'] } },
    'delete: closed',
  ],
  [
    'exempt by one label of two',
    branch(),
    closed(8, { labels: ['keep-database'] }),
    { exemptLabels: ['demo', 'keep-database'] },
    'keep: exempt',
  ],
  ['other label', branch(), closed(8, { labels: ['keep'] }), {}, 'delete: closed'],
  ['state unknown', branch(), unknown('502'), {}, 'keep: unknown'],
  ['not read', branch(), undefined, {}, 'keep: unknown'],
  ['missing pull request', branch(), missing, {}, 'keep: orphan'],
  ['idle, not asked for', branch(), facts({ updatedAt: ago(90) }), {}, 'keep: open'],
  ['idle', branch(), facts({ updatedAt: ago(15) }), { idleDays: 14 }, 'delete: idle'],
  [
    'idle, but made lately',
    branch({ createdAt: ago(2) }),
    facts({ updatedAt: ago(15) }),
    { idleDays: 14 },
    'keep: open',
  ],
  [
    'idle, and made, exactly so long',
    branch({ createdAt: ago(14) }),
    facts({ updatedAt: ago(14) }),
    { idleDays: 14 },
    'delete: idle',
  ],
  ['active', branch(), facts({ updatedAt: ago(13) }), { idleDays: 14 }, 'keep: open'],
  ['idle, bad date', branch(), facts({ updatedAt: '' }), { idleDays: 14 }, 'keep: odd date'],
  [
    'idle, exempt',
    branch(),
    facts({ updatedAt: ago(15), labels: ['keep-database'] }),
    { idleDays: 14 },
    'keep: exempt',
  ],
  ['closed, made an hour ago', branch({ createdAt: ago(0.03) }), closed(8), {}, 'keep: too young'],
  ['closed, made exactly an hour ago', branch({ createdAt: ago(1 / 24) }), closed(8), {}, 'delete: closed'],
  ['no claim', branch({}, { claim: { kind: 'none' } }), closed(8), {}, 'keep: not ours'],
  ['odd claim', branch({}, { claim: { kind: 'unreadable', why: 'version 9' } }), closed(8), {}, 'keep: not ours'],
  ['other repository', branch({ repository: 421 }), closed(8), {}, 'keep: not ours'],
  ['renamed', branch({}, { name: 'pr-8' }), closed(8), {}, 'keep: not ours'],
  ['release-2024 for #7', branch({ branch: 'release-2024' }), closed(8), {}, 'keep: not ours'],
  ['pr-70 for #7', branch({ branch: 'pr-70' }), closed(8), {}, 'keep: not ours'],
  ['the parent', branch({ branch: 'pr-7' }), closed(8), { parent: 'pr-7' }, 'keep: protected'],
  ['protected by the platform', branch({}, { protection: 'it has children' }), closed(8), {}, 'keep: protected'],
  ['protected name', branch({ branch: 'prod-7' }), closed(8), {}, 'keep: protected'],
  ['made in the future', branch({ createdAt: ago(-1) }), closed(8), {}, 'keep: odd date'],
  ['made at no time', branch({ createdAt: 'x' }), closed(8), {}, 'keep: odd date'],
  ['made by hand', branch({ pullRequest: null, branch: 'load-test' }), undefined, {}, 'keep: by hand'],
  ['half-built', branch({}, { name: 'db-branch~1', leftover: true }), facts(), {}, 'delete: leftover'],
  ['golden', branch({ pullRequest: null, branch: 'golden', golden: true }), undefined, {}, 'keep: golden'],
  [
    'golden, hard',
    branch({ pullRequest: null, branch: 'golden', golden: true }),
    undefined,
    { strategy: 'hard' },
    'keep: golden',
  ],
  [
    "another repository's golden",
    branch({ repository: 1, pullRequest: null, golden: true }),
    undefined,
    {},
    'keep: not ours',
  ],
  ['golden, half-built', branch({ golden: true }, { unfinished: true }), facts(), {}, 'delete: leftover'],
  [
    'golden, half-built aside',
    branch({ golden: true, pullRequest: null }, { name: 'db-branch~1', leftover: true }),
    undefined,
    {},
    'delete: leftover',
  ],
  [
    'half-built for two hours, to be masked',
    branch({ dataPolicy: 'masked', createdAt: ago(2 / 24) }, { name: 'db-branch~1', leftover: true }),
    facts(),
    {},
    'keep: too young',
  ],
  [
    'half-built for two hours',
    branch({ createdAt: ago(2 / 24) }, { unfinished: true }),
    facts(),
    {},
    'delete: leftover',
  ],
  [
    'half-built for two hours, to be masked, under its name',
    branch({ dataPolicy: 'masked', createdAt: ago(2 / 24) }, { unfinished: true }),
    facts(),
    {},
    'keep: too young',
  ],
  [
    'half-built for exactly an hour',
    branch({ createdAt: ago(1 / 24) }, { unfinished: true }),
    facts(),
    {},
    'delete: leftover',
  ],
  [
    'half-built aside for exactly an hour',
    branch({ createdAt: ago(1 / 24) }, { name: 'db-branch~1', leftover: true }),
    facts(),
    {},
    'delete: leftover',
  ],
  ['half-built, alive', branch({}, { name: 'db-branch~1', leftover: true, alive: true }), facts(), {}, 'keep: in use'],
  [
    'half-built, young',
    branch({ createdAt: ago(0.01) }, { name: 'db-branch~1', leftover: true }),
    facts(),
    {},
    'keep: too young',
  ],
  [
    'half-built, not ours',
    branch({ repository: 1 }, { name: 'db-branch~1', leftover: true }),
    facts(),
    {},
    'keep: not ours',
  ],
  ['hard, old, open', branch(), facts(), { strategy: 'hard' }, 'delete: expired'],
  ['hard, old, unknown', branch(), undefined, { strategy: 'hard' }, 'delete: expired'],
  ['hard, exactly at the ttl', branch({ createdAt: ago(7) }), facts(), { strategy: 'hard' }, 'delete: expired'],
  ['hard, young', branch({ createdAt: ago(6) }), closed(90), { strategy: 'hard' }, 'keep: within ttl'],
  ['hard, no claim', branch({}, { claim: { kind: 'none' } }), undefined, { strategy: 'hard' }, 'keep: not ours'],
  ['hard, bad date', branch({ createdAt: '?' }), undefined, { strategy: 'hard' }, 'keep: odd date'],
  [
    'hard, by hand, old',
    branch({ pullRequest: null, branch: 'x' }),
    undefined,
    { strategy: 'hard' },
    'delete: expired',
  ],
]

function see(items: readonly Branch[], reading: PullRequestReading | undefined): CleanupObservation {
  return { branches: { items, complete: true }, pullRequests: new Map(reading ? [[7, reading]] : []), orphans: [] }
}

describe('decideCleanup', () => {
  it.each(rows)('%s', (_what, item, reading, change, verdict) => {
    const { verdicts, refused } = decideCleanup(see([item], reading), { ...policy, ...change })
    expect(verdicts.map(({ action, kind }) => `${action}: ${kind}`)).toEqual([verdict])
    expect(verdicts[0]?.reason).not.toBe('')
    expect(refused).toBeUndefined()
  })

  it('says that a pull request was not read', () => {
    expect(decideCleanup(see([branch()], undefined), policy).verdicts[0]?.reason).toBe(
      'the state of pull request #7 is unknown (it was not read)',
    )
  })

  it('refuses the whole plan above max_deletions, and still prints it', () => {
    const items = Array.from({ length: 11 }, (_, at) => branch({}, { id: String(at) }))
    const plan = decideCleanup(see(items, closed(8)), policy)
    expect(plan.refused).toBe('11 branches would be deleted, more than max_deletions (10)')
    expect(plan.verdicts).toHaveLength(11)
    expect(decideCleanup(see(items, closed(8)), { ...policy, maxDeletions: 11 }).refused).toBeUndefined()
    expect(decideCleanup(see(items, closed(6)), policy).refused).toBeUndefined()
  })

  it.each<[branches: number, environments: number, refused: string | undefined]>([
    [3, 0, undefined],
    [2, 1, undefined],
    [0, 3, undefined],
    [4, 0, '4 branches would be deleted, more than max_deletions (3)'],
    [3, 1, '3 branches and 1 environment without a branch would be deleted, more than max_deletions (3)'],
    [1, 3, '1 branch and 3 environments without a branch would be deleted, more than max_deletions (3)'],
    [0, 4, '0 branches and 4 environments without a branch would be deleted, more than max_deletions (3)'],
  ])('counts %i branches and %i environments together', (branches, environments, refused) => {
    const items = Array.from({ length: branches }, (_, at) => branch({}, { id: String(at) }))
    const orphans = Array.from({ length: environments }, (_, at) => ({ name: `pr-${at + 8}`, pullRequest: at + 8 }))
    const plan = decideCleanup({ ...see(items, closed(8)), orphans }, { ...policy, maxDeletions: 3 })
    expect([plan.refused, plan.orphans, plan.verdicts.length]).toEqual([refused, orphans, branches])
  })

  it.each([
    ['and something to delete', [branch()]],
    ['and nothing to delete', []],
  ])('refuses a listing that is not complete, %s', (_what, items) => {
    const seen = see(items, closed(8))
    const plan = decideCleanup({ ...seen, branches: { ...seen.branches, complete: false } }, policy)
    expect(plan.refused).toMatch(/not complete/)
  })

  it('asks only for pull requests that decide something', () => {
    const items = rows.map(([, item]) => item)
    expect(pullRequestsToRead(items, policy)).toEqual([7])
    const three = [10, 9, 70].map((number) => branch({ pullRequest: number, branch: `pr-${number}` }))
    expect(pullRequestsToRead(three, policy)).toEqual([9, 10, 70])
    expect(pullRequestsToRead(items, { ...policy, strategy: 'hard' })).toEqual([])
  })
})

const anyDate = fc.oneof(
  fc.double({ min: -10, max: 100, noNaN: true }).map(ago),
  fc.constantFrom('', 'x', '2026-13-45T00:00:00Z'),
)
const anyBranch: fc.Arbitrary<Branch> = fc
  .record({
    number: fc.integer({ min: 1, max: 5 }),
    repository: fc.constantFrom(42, 42, 42, 43),
    createdAt: anyDate,
    leftover: fc.boolean(),
    claimed: fc.boolean(),
  })
  .map(({ number, repository, createdAt, leftover, claimed }) => {
    const claim = claimOf({ repository, pullRequest: number, branch: `pr-${number}`, createdAt })
    return {
      id: `${number}`,
      name: leftover ? 'db-branch~1' : `pr-${number}`,
      claim: claimed ? { kind: 'claim', claim } : { kind: 'none' },
      ...(leftover && { leftover: true as const }),
    }
  })
const anyReading: fc.Arbitrary<PullRequestReading> = fc.oneof(
  fc.constant(unknown('?')),
  fc.constant(missing),
  fc
    .record({
      state: fc.constantFrom('open' as const, 'closed' as const),
      closedAt: fc.option(anyDate),
      updatedAt: anyDate,
      labels: fc.subarray(['keep-database', 'x']),
    })
    .map((change) => facts(change)),
)
const anyWorld = fc.record({
  items: fc.array(anyBranch, { maxLength: 8 }),
  readings: fc.array(anyReading, { minLength: 5, maxLength: 5 }),
  strategy: fc.constantFrom('activity' as const, 'hard' as const),
  idleDays: fc.constantFrom(undefined, 14),
})
const readingsOf = (readings: readonly PullRequestReading[]) =>
  new Map(readings.map((reading, at) => [at + 1, reading] as const))
const doomed = (seen: SweepObservation, change: Partial<CleanupPolicy>) =>
  decideCleanup({ ...seen, orphans: [] }, { ...policy, maxDeletions: 99, ...change }).verdicts.map(
    ({ action }) => action === 'delete',
  )

describe('properties of decideCleanup', () => {
  it('replacing any fact by unknown never adds a deletion', () => {
    fc.assert(
      fc.property(anyWorld, fc.nat(), fc.constantFrom('reading', 'claim', 'missing'), (world, at, what) => {
        const { items, readings, ...change } = world
        const branches = { items, complete: true }
        const before = doomed({ branches, pullRequests: readingsOf(readings) }, change)
        const blurred = new Map(readingsOf(readings))
        if (what === 'reading') blurred.set((at % 5) + 1, unknown('blurred'))
        if (what === 'missing') blurred.delete((at % 5) + 1)
        const unclaimed = items.map((item, place) =>
          what === 'claim' && place === at % Math.max(1, items.length)
            ? { ...item, claim: { kind: 'none' as const } }
            : item,
        )
        const after = doomed({ branches: { items: unclaimed, complete: true }, pullRequests: blurred }, change)
        after.forEach((goes, place) => {
          if (goes) expect(before[place]).toBe(true)
        })
      }),
      { numRuns: 2000 },
    )
  })

  it('the order of the listing does not matter', () => {
    fc.assert(
      fc.property(anyWorld, ({ items, readings, ...change }) => {
        const pullRequests = readingsOf(readings)
        const judge = (list: readonly Branch[]) =>
          doomed({ branches: { items: list, complete: true }, pullRequests }, change)
        expect(judge([...items].reverse()).reverse()).toEqual(judge(items))
      }),
    )
  })

  it('under activity, only a claimed branch of a pull request that is known closed, or idle as asked, goes', () => {
    fc.assert(
      fc.property(anyWorld, ({ items, readings, idleDays }) => {
        const pullRequests = readingsOf(readings)
        const seen = { branches: { items, complete: true }, pullRequests, orphans: [] }
        const { verdicts } = decideCleanup(seen, { ...policy, idleDays, maxDeletions: 99 })
        for (const { action, branch: item, kind } of verdicts) {
          if (action !== 'delete' || item.claim.kind !== 'claim') {
            expect(action).toBe('keep')
            continue
          }
          expect(item.claim.claim.repository).toBe(42)
          const reading = pullRequests.get(item.claim.claim.pullRequest ?? 0)
          if (kind === 'closed') expect(reading?.known && reading.value.state).toBe('closed')
          if (kind === 'idle') expect(idleDays).toBe(14)
          expect(['closed', 'idle', 'leftover']).toContain(kind)
        }
      }),
      { numRuns: 1000 },
    )
  })
})
