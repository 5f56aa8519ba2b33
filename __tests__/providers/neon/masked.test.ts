import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { type Databases, startDatabases } from '../../../sim/platforms/databases.js'
import { RefusedError } from '../../../src/errors.js'
import type { BranchDatabase, BranchSpec, Connection, MaskingOrder, Provider } from '../../../src/ports.js'
import { foundIn, goldenChildSpec, maskedSpec, originalsOf, shopMasking } from '../../fixtures/masking.js'
import { customers, portsOf } from '../../fixtures/platform.js'
import { ask, specOf } from '../../fixtures/postgres.js'
import { B, failureOf, type NeonStage, ONE, openStage } from './stage.js'

let stage: NeonStage
const names = () => [...stage.neon.branches.values()].map(({ name }) => name).sort()
const later = (provider: (change: { clock: typeof stage.ports.clock }) => Provider) =>
  provider({ clock: { ...stage.ports.clock, now: () => new Date(Date.now() + 7 * 3_600_000) } })

/** An order of this very moment, as a run's is. */
function young(spec: BranchSpec): BranchSpec {
  return { ...spec, claim: { ...spec.claim, createdAt: new Date().toISOString() } }
}

describe('rows of the parent', () => {
  const count = 30
  let databases: Databases
  let originals: string[]
  beforeAll(async () => {
    databases = await startDatabases({ shop: { customers: count, orders: 60 }, logins: 'owner' })
    originals = await originalsOf(databases)
    stage = await openStage({}, databases)
  })
  afterAll(async () => {
    await stage.stop()
    await databases.stop()
  })

  const run = (database: Partial<BranchDatabase> = {}) =>
    stage.open({}, { database: { ...portsOf().database, ...database } })
  const leaksIn = (connection: Connection) =>
    foundIn((text) => ask<Record<string, string>>(connection, text), originals)

  it('reach a branch without data masked, and only then has it its name', async () => {
    const waiting: string[][] = []
    const off = stage.neon.before(`PATCH ${ONE}`, () => void waiting.push(names()))
    const spec = maskedSpec('pr-1')
    const { branch, notes } = await run().create(spec)
    off()
    expect(waiting).toEqual([['main', expect.stringMatching(/^pr-1\.new-[0-9a-f]{8}$/)]])
    expect(stage.neon.byName('pr-1')).toMatchObject({ initSource: 'schema-only', parentId: undefined })
    expect(notes.join('\n')).toContain(spec.claim.masked?.key)
    expect(branch.claim).toEqual({ kind: 'claim', claim: spec.claim })
    expect(await run().find('pr-1')).toEqual(branch)
    const connection = await run().connection(branch)
    expect(await customers(connection)).toBe(count)
    expect(await leaksIn(connection)).toEqual([])
    expect(await ask(connection, 'SELECT version FROM schema_migrations')).not.toEqual([])
    const parent = (await run().find('main'))!
    expect(await leaksIn(await run().connection(parent))).toHaveLength(originals.length)
    // Nothing that was masked by us can be restored later.
    await run().delete(branch)
    expect(stage.neon.deleted.at(-1)).toEqual({ name: 'pr-1', hard: true })
  })

  it('that cannot be masked leave no branch of that name, and what was built goes with its build', async () => {
    const spec = young(maskedSpec('pr-2', {}, shopMasking(['orders'])))
    const failed = await run()
      .create(spec)
      .catch((error: unknown) => error)
    expect(failed).toBeInstanceOf(RefusedError)
    expect(String(failed)).toContain('public.orders.note')
    expect(await run().find('pr-2')).toBeUndefined()
    const dead = await later((ports) => stage.open({}, ports)).leftovers!('pr-2')
    expect(dead).toMatchObject([{ leftover: true, claim: { kind: 'claim', claim: { branch: 'pr-2' } } }])
    await run().abandon!(spec.claim.build)
    expect(names()).toEqual(['main'])
    expect(stage.neon.deleted.at(-1)).toMatchObject({ hard: true })
  })
})

describe('orders', () => {
  let filled: { to: Connection; order: MaskingOrder }[]
  let database: BranchDatabase
  beforeEach(async () => {
    stage = await openStage()
    filled = []
    const fillMasked: BranchDatabase['fillMasked'] = async (_from, to, order) => {
      filled.push({ to, order })
      return ['Masked.']
    }
    database = { fillMasked } as BranchDatabase
  })
  afterEach(() => stage.stop())
  const run = () => stage.open({}, { database })
  const golden = (spec = maskedSpec('golden')): BranchSpec => {
    const { claim, ...order } = young(spec)
    return { ...order, claim: { ...claim, pullRequest: null, golden: true } }
  }

  it('without rules are refused before anything is asked for', async () => {
    const sent = await stage.requests(async () => {
      expect(await failureOf(run().create(specOf('pr-1', { dataPolicy: 'masked' })))).toMatch(
        /^RefusedError: Creating "pr-1" refused: its rows are to be masked, and no rule says how/,
      )
    })
    expect(sent.filter((request) => !request.startsWith('GET'))).toEqual([])
  })

  it('with a point in time are refused: the rows are read as they are now', async () => {
    const pointInTime = '2026-11-22T08:00:00Z'
    expect(await failureOf(run().create(maskedSpec('pr-1', { pointInTime })))).toBe(
      'ProviderError: Creating "pr-1" from "main" failed: the rows of a masked branch are copied from the parent as it is now, not as it was. Remove "point_in_time" or use another data_policy.',
    )
  })

  it('of a golden parent give a claim that says so, and branches of it are plain children', async () => {
    const spec = golden()
    const { branch } = await run().create(spec)
    expect(branch.claim).toEqual({ kind: 'claim', claim: spec.claim })
    expect(filled).toMatchObject([{ order: { hash: spec.masking?.hash } }])
    const child = goldenChildSpec('pr-1', 'golden')
    const { branch: made } = await run().create(child)
    expect(filled).toHaveLength(1)
    expect(made.claim).toEqual({ kind: 'claim', claim: child.claim })
    expect(stage.neon.byName('pr-1')).toMatchObject({ initSource: 'parent-data', parentId: branch.id })
    const outdated = { ...goldenChildSpec('pr-2', 'golden'), parentId: 'br-of-before' }
    expect(await failureOf(run().create(outdated))).toBe('ConflictError: "golden" was built anew meanwhile')
    expect(await run().find('golden')).toMatchObject({
      claim: { kind: 'claim', claim: { golden: true, masked: spec.claim.masked } },
      hasChildren: true,
      protection: 'other branches are made from it',
    })
  })

  it('renew a golden parent that has branches: the old one stays aside until they are gone', async () => {
    const { branch: first } = await run().create(golden())
    const { branch: child } = await run().create(goldenChildSpec('pr-1', 'golden'))
    const { branch: second } = await run().reset!((await run().find('golden'))!, golden())
    expect(names()).toEqual(['golden', expect.stringMatching(/^golden\.old-[0-9a-f]{8}$/), 'main', 'pr-1'])
    expect(await run().find('golden')).toMatchObject({ id: second.id })
    expect(await run().leftovers!('golden')).toEqual([])
    // Neon itself refuses it, which is why nobody asks.
    const { items } = await run().list()
    const old = items.find(({ id }) => id === first.id)!
    expect(old).toMatchObject({ leftover: true, hasChildren: true })
    expect(await failureOf(run().delete(old))).toContain('→ 422')
    await run().delete(child)
    expect(await run().leftovers!('golden')).toMatchObject([{ id: first.id, leftover: true }])
    expect(await run().delete(old)).toBe('deleted')
  })

  it('that fail to be filled keep the golden parent that is there', async () => {
    const { branch: first } = await run().create(golden())
    database = {
      fillMasked: () => Promise.reject(new RefusedError('a value would remain')),
    } as unknown as BranchDatabase
    const spec = golden()
    await expect(run().reset!(first, spec)).rejects.toThrow('a value would remain')
    expect(await run().find('golden')).toEqual(first)
    await run().abandon!(spec.claim.build)
    expect(names()).toEqual(['golden', 'main'])
  })

  it('beyond the root branches of the plan say what to do', async () => {
    stage.refuse(`POST ${B}`, { status: 422, code: 'ROOT_BRANCHES_LIMIT_EXCEEDED' })
    expect(await failureOf(run().create(maskedSpec('pr-1')))).toMatch(/to be masked too, is one .* golden parent/)
  })
})
