import { describe, expect, it } from '@jest/globals'
import type { Branch } from '../../src/domain/branch.js'
import { known } from '../../src/domain/known.js'
import { CancelledError, ForgeError } from '../../src/errors.js'
import { previewRefresh, refresh, type RefreshOrder } from '../../src/lifecycle/refresh.js'
import type { Law, Provider, Sink } from '../../src/ports.js'
import { claimOf } from '../fixtures/claim.js'
import { eventsOf } from '../fixtures/lifecycle.js'
import { ago, branchOf, pull, refreshOrder as order, sweepStage, type SweepSetting } from './sweep-stage.js'

const stale = 'made 30 days ago, longer than stale_days (3)'
const failing = (sentence: string): Partial<Sink> => ({ publish: () => Promise.reject(new ForgeError(sentence)) })
const cancelled = () => Promise.reject(new CancelledError('cancelled'))
const sessions = new Map([1, 2, 3].map((number) => [`id-${number}`, known(0)]))

/** Pull request 1 is open, its branch stale; nobody is on it. */
function due({ provider = {}, ...change }: Partial<SweepSetting> & { provider?: Partial<Provider> } = {}) {
  const { stage, ports } = sweepStage({
    branches: [branchOf(1)],
    pulls: [[pull(1), pull(2)]],
    sinksOf: [{}],
    ...change,
  })
  const capable = { ...ports.provider, sessions: () => Promise.resolve(sessions), ...provider }
  return { stage, ports: { ...ports, provider: capable } }
}

async function resultOf(setting: Parameters<typeof due>[0], change: Partial<RefreshOrder> = {}) {
  const { stage, ports } = due(setting)
  const [result] = (await refresh(ports, { ...order, ...change })).results
  return { stage, said: result && `${result.status} (${result.kind}): ${result.reason}`, result }
}

describe('a refresh', () => {
  it('rebuilds what lies about its parent, stores its URL, and tells of every branch', async () => {
    const { stage, ports } = due({ branches: [branchOf(1), branchOf(2, { createdAt: ago(1) })] })
    const { plan, steps, ...outcome } = await refresh(ports, order)
    expect(outcome).toEqual({
      mode: 'refresh',
      dryRun: false,
      budget: 'plenty',
      results: [
        { name: 'pr-1', kind: 'stale', status: 'refreshed', reason: stale, pullRequest: 1 },
        expect.objectContaining({ name: 'pr-2', kind: 'fresh', status: 'kept' }),
      ],
    })
    expect(plan.refused).toBeUndefined()
    expect(steps.map(({ name }) => name)).toEqual(['Read branches, pull requests and parents', 'Rebuild "pr-1"'])
    expect(eventsOf(stage, 'leftovers', 'reset', 'connection', 'sinks', 'publish')).toEqual([
      'leftovers',
      'reset',
      'leftovers',
      'sinks of #1 pr-1',
      'connection',
      'publish pr-1',
    ])
  })

  it('makes the same branch anew: parent, policy and approval stay, run, build and date are its own', async () => {
    let spec: unknown
    const claim = { parent: 'gold', dataPolicy: 'copy' as const, approval: 'Jane Doe' }
    const branch = branchOf(1, claim)
    const reset: Provider['reset'] = (_branch, given) => {
      spec = given
      return Promise.resolve({ branch, notes: [] })
    }
    await refresh(due({ branches: [branch], provider: { reset } }).ports, order)
    const made = { pullRequest: 1, branch: 'pr-1', run: '77.1', build: 'fresh-build', createdAt: ago(0) }
    expect(spec).toStrictEqual({
      name: 'pr-1',
      parent: 'gold',
      dataPolicy: 'copy',
      claim: claimOf({ ...claim, ...made }),
    })
  })

  it('previews what it would do, and does nothing', async () => {
    const { stage, ports } = due()
    expect(await previewRefresh(ports, order)).toMatchObject({
      mode: 'refresh',
      dryRun: true,
      results: [{ name: 'pr-1', kind: 'stale', status: 'refreshed', reason: stale, pullRequest: 1 }],
    })
    expect(eventsOf(stage, 'reset', 'publish')).toEqual([])
  })

  it('carries out no part of a plan that is refused', async () => {
    const { stage, ports } = due()
    const provider = { ...ports.provider, list: () => Promise.resolve({ items: [branchOf(1)], complete: false }) }
    const { results, plan } = await refresh({ ...ports, provider }, order)
    expect(plan.refused).toBe('the listing of branches is not complete')
    expect(results[0]).toMatchObject({ status: 'kept', reason: `${stale}; kept because the plan was refused` })
    expect(eventsOf(stage, 'reset')).toEqual([])
  })

  it('looks at the parents of branches that may be touched, each once', async () => {
    const asked: string[] = []
    const schemaFingerprint = async (parent: string) => {
      asked.push(parent)
      if (parent === 'lost') throw new ForgeError('It is lost.')
      return 'two'
    }
    const old = { createdAt: ago(1), parentSchema: 'one' }
    const { ports } = due({
      branches: [
        branchOf(1, old),
        branchOf(2, { ...old, parent: 'lost' }),
        branchOf(3, { repository: 1, parent: 'foreign' }),
        branchOf(4, { parent: 'aside' }, { leftover: true }),
        branchOf(5, old),
      ],
      pulls: [[pull(1), pull(2), pull(5)]],
      provider: { schemaFingerprint },
    })
    const { verdicts } = (await previewRefresh(ports, { ...order, refreshBusy: true })).plan
    expect(asked).toEqual(['main', 'lost'])
    expect(verdicts.map(({ kind }) => kind)).toEqual([
      'parent changed',
      'fresh',
      'not ours',
      'leftover',
      'parent changed',
    ])
  })

  it.each<[string, Branch | undefined | Error, boolean, string]>([
    ['built anew', goldenOf('b2'), true, 'parent changed'],
    ['the same', goldenOf('b1'), true, 'fresh'],
    ['not there', undefined, true, 'fresh'],
    ['not to be read', new ForgeError('lost'), true, 'fresh'],
    ['half-built', { ...goldenOf('b2'), unfinished: true }, true, 'fresh'],
    ['not to be had on this platform', goldenOf('b2'), false, 'fresh'],
  ])('with a golden parent that is %s', async (_what, found, golden, kind) => {
    const branch = branchOf(1, { createdAt: ago(1), parent: 'golden', parentBuild: 'b1' })
    const { ports } = due({
      branches: [branch],
      can: { golden },
      provider: { find: async () => (found instanceof Error ? Promise.reject(found) : found) },
    })
    expect((await previewRefresh(ports, order)).plan.verdicts[0]?.kind).toBe(kind)
  })

  it.each<[string, Partial<Provider>]>([
    ['a golden parent', { find: cancelled }],
    ['a rebuild', { reset: cancelled }],
    ['a login', { connection: cancelled }],
  ])('ends with a run that is cancelled at %s', async (_what, provider) => {
    await expect(refresh(due({ provider }).ports, order)).rejects.toThrow(CancelledError)
  })

  it.each<[string, Provider['schemaFingerprint'] | undefined, string]>([
    ['cannot be read', () => Promise.reject(new ForgeError('lost')), 'fresh'],
    ['no platform tells', undefined, 'fresh'],
    ['is the same', () => Promise.resolve('one'), 'fresh'],
    ['is another', () => Promise.resolve('two'), 'parent changed'],
  ])('with a parent whose schema %s', async (_what, schemaFingerprint, kind) => {
    const { ports } = due({ branches: [branchOf(1, { createdAt: ago(1), parentSchema: 'one' })] })
    const provider = { ...ports.provider, ...(schemaFingerprint && { schemaFingerprint }) }
    expect((await previewRefresh({ ...ports, provider }, order)).plan.verdicts[0]?.kind).toBe(kind)
  })

  it('refuses to rebuild on a platform that cannot', async () => {
    const { ports } = due()
    const { reset, ...provider } = ports.provider
    expect(reset).toBeDefined()
    const { plan, results } = await refresh({ ...ports, provider }, order)
    expect(plan.refused).toBe('this platform cannot rebuild a branch in place')
    expect(results[0]?.status).toBe('kept')
  })

  it('clears what is left of this very branch alone, before and after', async () => {
    const { ports } = due()
    const asked: string[] = []
    const deleted: string[] = []
    const left = branchOf(1, {}, { id: 'left', name: 'aside', leftover: true })
    const foreign = branchOf(1, { repository: 1 }, { id: 'foreign', name: 'foreign', leftover: true })
    const leftovers = async (name: string) => (asked.push(name), [left, foreign])
    const find = async (name: string) => [branchOf(1), left, foreign].find((each) => each.name === name)
    const remove: Provider['delete'] = async ({ id }) => (deleted.push(id), 'deleted')
    const provider = { ...ports.provider, leftovers, find, delete: remove }
    expect((await refresh({ ...ports, provider }, order)).results[0]?.status).toBe('refreshed')
    expect([asked, deleted]).toEqual([
      ['pr-1', 'pr-1'],
      ['left', 'left'],
    ])
  })

  it('is not planned by a run that is cancelled over a golden parent', async () => {
    await expect(previewRefresh(due({ provider: { find: cancelled } }).ports, order)).rejects.toThrow(CancelledError)
  })

  it('ends with a run that is cancelled at a sink', async () => {
    await expect(refresh(due({ sinksOf: [{ publish: cancelled }] }).ports, order)).rejects.toThrow(CancelledError)
  })

  it('takes a branch whose sessions nobody can see for one in use, unless told not to ask', async () => {
    const { ports } = due()
    const { sessions, ...provider } = ports.provider
    expect(sessions).toBeDefined()
    expect((await refresh({ ...ports, provider }, order)).results[0]?.kind).toBe('in use')
    expect((await refresh({ ...ports, provider }, { ...order, refreshBusy: true })).results[0]?.status).toBe(
      'refreshed',
    )
  })
})

function goldenOf(build: string): Branch {
  const masked = { rules: 'r', key: 'k' }
  const change = {
    pullRequest: null,
    branch: 'golden',
    golden: true as const,
    dataPolicy: 'masked' as const,
    masked,
    build,
  }
  return branchOf(9, change, { name: 'golden' })
}

describe('what was read before is read again', () => {
  it.each<[string, SweepSetting['pulls'][number], string]>([
    ['closed', [pull(1, 0)], 'kept (closed): changed since it was listed: pull request #1 is closed; mode'],
    ['gone from sight', [], 'kept (unknown): changed since it was listed: the state of pull request #1 is unknown'],
  ])('a pull request that is %s keeps its branch', async (_what, again, told) => {
    const { stage, said } = await resultOf({ pulls: [[pull(1)], again] })
    expect(said).toContain(told)
    expect(eventsOf(stage, 'reset', 'publish')).toEqual([])
  })

  it.each<[string, Branch | undefined]>([
    ['made anew', { ...branchOf(1), id: 'other' }],
    ['claimed anew', branchOf(1, { run: '2.2' })],
    ['gone', undefined],
  ])('a branch that was %s stays as it is', async (_what, fresh) => {
    const { stage, said } = await resultOf({ provider: { find: async () => fresh }, can: { golden: false } })
    expect(said).toBe('kept (stale): changed since it was listed: it is not the branch that was listed')
    expect(eventsOf(stage, 'reset')).toEqual([])
  })

  it('somebody who logged in meanwhile keeps the branch', async () => {
    let looks = 0
    const provider = { sessions: async () => new Map([['id-1', known(looks++)]]) }
    expect((await resultOf({ provider })).said).toMatch(/^kept \(in use\): .* but 1 session is on it$/)
  })
})

describe('on a platform without claims', () => {
  const byName = { template: 'pr-{number}', repository: 'shop' }
  const named = (made: object): Branch => ({
    id: 'id-1',
    name: 'pr-1',
    createdAt: ago(30),
    claim: { kind: 'name', ...made },
  })
  const whole = { parent: 'main', dataPolicy: 'schema_only' as const }

  it('a trusted name is rebuilt as what the platform tells of it', async () => {
    const { said, stage } = await resultOf({ branches: [named(whole)] }, { byName })
    expect(said).toBe(`refreshed (stale): ${stale}`)
    expect(stage.branches.get('pr-1')?.claim).toMatchObject({ claim: { repository: 42, pullRequest: 1, ...whole } })
  })

  it('clears what is left of a trusted name by its name', async () => {
    const left: Branch = { ...named(whole), id: 'left', name: 'aside', leftover: true }
    const deleted: string[] = []
    const provider: Partial<Provider> = {
      leftovers: async () => [left],
      find: async (name) => [named(whole), left].find((each) => each.name === name),
      delete: async ({ id }) => (deleted.push(id), 'deleted'),
    }
    const can = { golden: false }
    expect((await resultOf({ branches: [named(whole)], provider, can }, { byName })).said).toMatch(/^refreshed/)
    expect(deleted).toEqual(['left', 'left'])
  })

  it.each([{ parent: undefined }, { dataPolicy: undefined }])('one of which %p is known stays', async (unknown) => {
    const { stage, said } = await resultOf({ branches: [named({ ...whole, ...unknown })] }, { byName })
    expect(said).toMatch(/^kept \(unknown\): the platform does not tell what it was made from/)
    expect(eventsOf(stage, 'reset')).toEqual([])
  })

  it('what a closer look finds has its say', async () => {
    const provider = { find: async () => branchOf(1, { repository: 1 }) }
    const { said } = await resultOf({ branches: [named(whole)], provider, can: { golden: false } }, { byName })
    expect(said).toBe('kept (not ours): changed since it was listed: repository 1 claims it')
  })
})

describe('the law', () => {
  const lawOf =
    (law: Awaited<ReturnType<Law>>): Law =>
    () =>
      Promise.resolve(law)

  it('that has become stricter keeps the branch as it is', async () => {
    const setting = { branches: [branchOf(1, { dataPolicy: 'copy' as const })] }
    const law = lawOf({ dataPolicy: 'schema_only', notes: [] })
    const { stage, said } = await resultOf({ ...setting, law })
    expect(said).toBe(
      'failed (stale): Rebuilding "pr-1" refused: it was made under data_policy "copy", and the policy file now allows "schema_only" at most. Delete it; the next push makes it again.',
    )
    expect(eventsOf(stage, 'reset')).toEqual([])
  })

  it('that forbids a parent of that age keeps it, too', async () => {
    const { said } = await resultOf({}, { maxGoldenAge: 7 })
    expect(said).toMatch(
      /^failed \(stale\): Rebuilding "pr-1" refused: "max_golden_age" is set, and "main" is no golden parent;.*\.$/,
    )
  })
})

describe('a URL that cannot be stored', () => {
  const lost = 'The branch was rebuilt, but its URL was not stored; the next push to the pull request does that.'

  it('fails the run and leaves the branch rebuilt', async () => {
    const { stage, result } = await resultOf({ sinksOf: [failing('One failed.'), {}, failing('Two failed.')] })
    const fault = `${lost} One failed. Two failed.`
    expect(result).toEqual({ name: 'pr-1', kind: 'stale', status: 'failed', reason: fault, fault, pullRequest: 1 })
    expect(eventsOf(stage, 'publish')).toEqual(['publish pr-1'])
  })

  it('for want of a login is told, too', async () => {
    const { result } = await resultOf({ provider: { connection: () => Promise.reject(new ForgeError('No login.')) } })
    expect(result?.fault).toBe(`${lost} No login.`)
  })

  it('is not asked of a sign', async () => {
    const { stage, said } = await resultOf({ sinksOf: [{ ...failing('It has none.'), sign: true }] })
    expect(said).toBe(`refreshed (stale): ${stale}`)
    expect(eventsOf(stage, 'publish')).toEqual([])
  })
})
