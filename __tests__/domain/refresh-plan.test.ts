import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Branch } from '../../src/domain/branch.js'
import type { Claim } from '../../src/domain/claim.js'
import { type Known, known, unknown } from '../../src/domain/known.js'
import type { PullRequestFacts } from '../../src/domain/pull-request.js'
import { decideRefresh, type RefreshObservation, type RefreshPolicy } from '../../src/domain/refresh-plan.js'
import { claimOf } from '../fixtures/claim.js'

const now = new Date('2026-11-22T12:00:00.000Z')
const ago = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString()
const policy: RefreshPolicy = {
  repository: 42,
  parent: 'main',
  staleDays: 3,
  exemptLabels: ['keep-database'],
  refreshBusy: false,
  now,
}

function branch(change: Partial<Claim> = {}, other: Partial<Branch> = {}): Branch {
  const claim = claimOf({ createdAt: ago(5), parentSchema: 'one', ...change })
  return { id: '1', name: claim.branch, claim: { kind: 'claim', claim }, ...other }
}

interface Scene {
  readonly branch?: Branch
  readonly pullRequest?: Partial<PullRequestFacts> | 'unknown' | 'not read'
  readonly sessions?: Known<number> | 'not read'
  readonly schema?: Known<string>
  /** Build of the golden parent. */
  readonly golden?: string
  readonly complete?: boolean
  readonly canRebuild?: boolean
}

function see({
  branch: item = branch(),
  pullRequest = {},
  sessions = known(0),
  schema = known('one'),
  golden,
  complete = true,
  canRebuild = true,
}: Scene) {
  const facts = { number: 7, state: 'open' as const, closedAt: null, updatedAt: ago(1), labels: [] }
  const reading = pullRequest === 'unknown' ? unknown('502') : known({ ...facts, ...(pullRequest as object) })
  return {
    branches: { items: [item], complete },
    pullRequests: new Map(pullRequest === 'not read' ? [] : [[7, reading]]),
    sessions: new Map(sessions === 'not read' ? [] : [['1', sessions]]),
    parentSchemas: new Map([['main', schema]]),
    goldenBuilds: new Map(golden === undefined ? [] : [['main', golden]]),
    canRebuild,
  } satisfies RefreshObservation
}

const young = branch({ createdAt: ago(1) })
const fromGolden = branch({ createdAt: ago(1), parentBuild: 'b1' })

describe('decideRefresh', () => {
  it.each<[string, Scene, Partial<RefreshPolicy>, string]>([
    ['stale', {}, {}, 'refresh: stale'],
    ['young, same schema', { branch: young }, {}, 'keep: fresh'],
    ['young, other schema', { branch: young, schema: known('two') }, {}, 'refresh: parent changed'],
    ['young, schema unknown', { branch: young, schema: unknown('?') }, {}, 'keep: fresh'],
    [
      'young, claim without fingerprint',
      { branch: { ...young, claim: { kind: 'claim', claim: claimOf({ createdAt: ago(1) }) } }, schema: known('two') },
      {},
      'keep: fresh',
    ],
    ['young, golden built anew', { branch: fromGolden, golden: 'b2' }, {}, 'refresh: parent changed'],
    ['young, the same golden', { branch: fromGolden, golden: 'b1' }, {}, 'keep: fresh'],
    ['young, golden not seen', { branch: fromGolden }, {}, 'keep: fresh'],
    ['young, not made from a golden', { branch: young, golden: 'b2' }, {}, 'keep: fresh'],
    [
      'a golden parent, old as it is',
      { branch: branch({ pullRequest: null, branch: 'golden', golden: true }, { name: 'golden' }) },
      {},
      'keep: golden',
    ],
    ['stale_days 10', {}, { staleDays: 10 }, 'keep: fresh'],
    ['closed', { pullRequest: { state: 'closed' } }, {}, 'keep: closed'],
    ['unknown', { pullRequest: 'unknown' }, {}, 'keep: unknown'],
    ['not read', { pullRequest: 'not read' }, {}, 'keep: unknown'],
    ['exempt', { pullRequest: { labels: ['keep-database'] } }, {}, 'keep: exempt'],
    ['protected by the policy file', {}, { names: { protected: ['pr-7'], exempt: [] } }, 'keep: protected'],
    ['exempt by the policy file', {}, { names: { protected: [], exempt: ['*7'] } }, 'keep: exempt'],
    ['in use', { sessions: known(2) }, {}, 'keep: in use'],
    ['in use, told otherwise', { sessions: known(2) }, { refreshBusy: true }, 'refresh: stale'],
    ['use unknown', { sessions: unknown('?') }, {}, 'keep: in use'],
    ['use not looked at', { sessions: 'not read' }, {}, 'keep: in use'],
    ['active half an hour ago', { pullRequest: { updatedAt: ago(0.02) } }, {}, 'keep: in use'],
    ['active at no time', { pullRequest: { updatedAt: '' } }, {}, 'keep: in use'],
    ['not ours', { branch: branch({ repository: 1 }) }, {}, 'keep: not ours'],
    ['by hand', { branch: branch({ pullRequest: null, branch: 'x' }) }, {}, 'keep: by hand'],
    [
      'exempt by one label of two',
      { pullRequest: { labels: ['demo', 'x'] } },
      { exemptLabels: ['y', 'demo'] },
      'keep: exempt',
    ],
    ['other label', { pullRequest: { labels: ['x'] } }, {}, 'refresh: stale'],
    ['half-built', { branch: branch({}, { name: 'db-branch~1', leftover: true }) }, {}, 'keep: leftover'],
    ['odd date', { branch: branch({ createdAt: ago(-2) }) }, {}, 'keep: odd date'],
  ])('%s', (_what, scene, change, verdict) => {
    const { verdicts, refused } = decideRefresh(see(scene), { ...policy, ...change })
    expect(verdicts.map(({ action, kind }) => `${action}: ${kind}`)).toEqual([verdict])
    expect(refused).toBeUndefined()
  })

  it.each<[string, Scene]>([
    ['half-built; mode "cleanup" removes it', { branch: branch({}, { unfinished: true }) }],
    ['made by hand, for no pull request', { branch: branch({ pullRequest: null, branch: 'x' }) }],
    ['the state of pull request #7 is unknown (it was not read)', { pullRequest: 'not read' }],
    ['pull request #7 has the label "keep-database"', { pullRequest: { labels: ['keep-database'] } }],
    ['made 1 day ago from "main", whose schema is the same', { branch: young }],
    ['the schema of "main" has changed since it was made', { branch: young, schema: known('two') }],
    ['made 5 days ago, longer than stale_days (3), but 1 session is on it', { sessions: known(1) }],
    [
      'made 5 days ago, longer than stale_days (3), but whether it is in use is unknown (it was not looked at)',
      { sessions: 'not read' },
    ],
  ])('says: %s', (reason, scene) => {
    expect(decideRefresh(see(scene), policy).verdicts[0]?.reason).toBe(reason)
  })

  it.each([
    ['parent', { dataPolicy: 'copy' as const }],
    ['data policy', { parent: 'main' }],
  ])('keeps a branch whose %s the platform does not tell', (_what, made) => {
    const named: Branch = { id: '1', name: 'pr-7', createdAt: ago(5), claim: { kind: 'name', ...made } }
    const byName = { template: 'pr-{number}', repository: 'shop' }
    expect(decideRefresh(see({ branch: named }), { ...policy, byName }).verdicts[0]).toMatchObject({
      kind: 'unknown',
      reason: 'the platform does not tell what it was made from, nor the claim',
    })
  })

  it('takes an hour without activity for quiet', () => {
    const { verdicts } = decideRefresh(see({ pullRequest: { updatedAt: ago(1 / 24) } }), policy)
    expect(verdicts[0]?.action).toBe('refresh')
  })

  it('refuses where one of two is due and cannot be rebuilt', () => {
    const seen = see({ canRebuild: false })
    const items = [branch(), { ...young, id: '2' }]
    expect(decideRefresh({ ...seen, branches: { items, complete: true } }, policy).refused).toBeDefined()
  })

  it('keeps a branch whose parent was not looked at', () => {
    const { verdicts } = decideRefresh({ ...see({ branch: young }), parentSchemas: new Map() }, policy)
    expect(verdicts[0]?.kind).toBe('fresh')
  })

  it('refuses a listing that is not complete', () => {
    expect(decideRefresh(see({ complete: false }), policy).refused).toMatch(/not complete/)
  })

  it('refuses to rebuild what the platform cannot, and only then', () => {
    expect(decideRefresh(see({ canRebuild: false }), policy).refused).toBe(
      'this platform cannot rebuild a branch in place',
    )
    expect(decideRefresh(see({ canRebuild: false, branch: young }), policy).refused).toBeUndefined()
  })

  it('replacing any fact by unknown never adds a refresh', () => {
    const scenes = fc.record({
      branch: fc.constantFrom(branch(), young, branch({ repository: 1 })),
      pullRequest: fc.constantFrom({}, { state: 'closed' as const }, { labels: ['keep-database'] }),
      sessions: fc.constantFrom(known(0), known(1)),
      schema: fc.constantFrom(known('one'), known('two')),
    })
    fc.assert(
      fc.property(scenes, fc.constantFrom('pullRequest', 'sessions', 'schema'), (scene, what) => {
        const blurred = { ...scene, [what]: what === 'pullRequest' ? 'unknown' : unknown('?') } as Scene
        const [before] = decideRefresh(see(scene), policy).verdicts
        const [after] = decideRefresh(see(blurred), policy).verdicts
        if (after?.action === 'refresh') expect(before?.action).toBe('refresh')
      }),
    )
  })
})
