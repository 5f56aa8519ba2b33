import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Secret } from '../../../src/secret.js'
import { branches, type Stage, startStage } from './stage.js'

let stage: Stage
beforeAll(async () => {
  stage = await startStage({ kind: 'mysql' })
})
afterAll(() => stage.stop())

const one = `GET ${branches}/{branch}`
const all = `GET ${branches}`

describe('what a branch is', () => {
  it('never one of which the name only begins, ends or is written alike', async () => {
    stage.platform.add({ name: 'pr-1200', parent: 'main' })
    for (const near of ['pr-12', 'pr-120', 'PR-1200', 'r-1200']) expect(await stage.open().find(near)).toBeUndefined()
    expect(await stage.open().find('pr-1200')).toMatchObject({ name: 'pr-1200' })
  })

  it('tells its parent, data policy and date, and that only its name is ours', async () => {
    const createdAt = new Date('2026-11-01T00:00:00Z')
    const { id } = stage.platform.add({ name: 'pr-1', parent: 'main', createdAt })
    expect(await stage.open().find('pr-1')).toEqual({
      id,
      name: 'pr-1',
      claim: { kind: 'name', parent: 'main', dataPolicy: 'schema_only' },
      createdAt: '2026-11-01T00:00:00.000Z',
    })
  })

  it('protected: production, default, protected on the platform, and with children in a listing', async () => {
    stage.platform.add({ name: 'pr-2', parent: 'main', production: true })
    stage.platform.add({ name: 'pr-3', parent: 'main' }).deletionProtected = true
    stage.platform.add({ name: 'pr-4', parent: 'main' })
    stage.platform.add({ name: 'pr-4-child', parent: 'pr-4' })
    stage.platform.add({ name: 'trunk-of-ours', parent: null })
    stage.platform.defaultBranch = 'trunk-of-ours'
    const provider = stage.open()
    const { items } = await provider.list()
    const told = Object.fromEntries(items.map(({ name, protection }) => [name, protection]))
    expect(told).toMatchObject({
      main: 'it is a production branch',
      'pr-2': 'it is a production branch',
      'pr-3': 'PlanetScale protects it from deletion',
      'pr-4': 'other branches were made from it',
      'pr-4-child': undefined,
      'trunk-of-ours': 'it is the default branch',
    })
    expect((await provider.find('trunk-of-ours'))?.protection).toBe('it is the default branch')
    stage.platform.defaultBranch = 'main'
  })

  it('unfinished while it is made, but not while it sleeps with data in it', async () => {
    stage.platform.add({ name: 'pr-5', parent: 'main', state: 'pending' })
    stage.platform.add({ name: 'pr-6', parent: 'main', state: 'sleeping' })
    expect(await stage.open().find('pr-5')).toMatchObject({ unfinished: true })
    expect((await stage.open().find('pr-6'))?.unfinished).toBeUndefined()
  })

  it('gone when the platform shows it although it is deleted', async () => {
    stage.platform.add({ name: 'pr-8', parent: 'main' }).deletedAt = new Date()
    stage.platform.branches.find(({ name }) => name === 'pr-8')!.shownAfterDeletion = 9
    expect(await stage.open().find('pr-8')).toBeUndefined()
  })
})

describe('a listing', () => {
  it('reads every page', async () => {
    for (let number = 0; number < 230; number += 1) stage.platform.add({ name: `many-${number}`, parent: 'main' })
    const provider = stage.open()
    const requests = await stage.requests(async () => {
      const { items, complete } = await provider.list()
      expect(complete).toBe(true)
      expect(items.filter(({ name }) => name.startsWith('many-'))).toHaveLength(230)
    })
    expect(requests.filter((request) => request === 'GET /branches')).toHaveLength(3)
  })

  it('is not complete when a branch went while pages were read, and then proves nobody absent', async () => {
    let calls = 0
    const drop = () => void (stage.platform.branch('many-0')!.deletedAt = new Date())
    const off = stage.platform.before(all, () => void ((calls += 1) % 3 === 2 && drop()))
    expect(await stage.open().list()).toMatchObject({ complete: false })
    stage.platform.branches.find(({ name }) => name === 'many-0')!.deletedAt = null
    await expect(stage.open().find('pr-404')).rejects.toThrow('the list of branches changed while it was read')
    off()
  })

  it('ends when the pages go in a circle', async () => {
    const circle = (body: unknown) => ({ ...(body as object), next_page: 1 })
    stage.platform.fault({ operation: all, kind: 'rewrite', change: circle })
    await expect(stage.open().list()).rejects.toThrow("PlanetScale's pages go in a circle")
  })

  it('marks what stands aside of another branch', async () => {
    stage.platform.add({ name: 'pr-9-dbbranch-old-0011aabb', parent: 'main' })
    const { items } = await stage.open().list()
    expect(items.filter(({ leftover }) => leftover).map(({ name }) => name)).toEqual(['pr-9-dbbranch-old-0011aabb'])
  })
})

describe('an answer that cannot be used is an error, never an empty list and never "absent"', () => {
  const broken = [
    { kind: 'html', status: 200 },
    { kind: 'truncated' },
    { kind: 'wrong-type' },
    { kind: 'wrong-type', value: { data: null } },
    { kind: 'empty' },
    { kind: 'rewrite', change: () => ({ data: [{}], next_page: null, total_count: 1 }) },
    { kind: 'status', status: 403 },
    { kind: 'status', status: 404 },
    { kind: 'status', status: 422 },
  ] as const
  it.each(broken)('%o', async (fault) => {
    stage.platform.fault({ operation: all, ...fault })
    await expect(stage.open().list()).rejects.toThrow(/\w/)
    stage.platform.fault({ operation: all, ...fault })
    await expect(stage.open().find('pr-404')).rejects.toThrow(/\w/)
  })

  it.each(broken.filter(({ kind }) => kind !== 'status'))('%o of one branch', async (fault) => {
    stage.platform.fault({ operation: one, ...fault })
    await expect(stage.open().find('pr-1')).rejects.toThrow(/\w/)
  })
})

describe('one sentence for each way it can be wrong', () => {
  const find = (change: Parameters<Stage['open']>[0]) => stage.sentence(() => stage.open(change).find('pr-1'))

  it('the key', async () => {
    expect(await find({ apiKey: new Secret('other:key-0123456789') })).toBe(
      'Reading "pr-1" failed: PlanetScale does not know the key (GET HOST/v1/organizations/acme/databases/shop/branches/pr-1 → 401 unauthorized, request ID). Check "api_key": ID and TOKEN of a service token, joined by ":".',
    )
  })

  it('organization or database', async () => {
    const told = (place: string) =>
      `Looking for "pr-1" failed: PlanetScale does not find it, or does not show it to this key (GET HOST/v1/${place}/branches → 404 not_found, request ID). Check "organization" and "database", and the accesses of the service token to this database.`
    expect(await find({ organization: 'other' })).toBe(told('organizations/other/databases/shop'))
    expect(await find({ database: 'other' })).toBe(told('organizations/acme/databases/other'))
  })

  it('a key that may not read branches: not found is no proof of absence', async () => {
    stage.platform.lacking.add('read_branch')
    expect(await find({})).toMatch(/^Looking for "pr-1" failed: PlanetScale does not find it, or does not show it/)
    stage.platform.lacking.clear()
  })

  it('the platform', async () => {
    stage.platform.fault({ operation: one, kind: 'status', status: 503, times: 9 })
    expect(await find({})).toBe(
      'Reading "pr-1" failed: PlanetScale is out of order (GET HOST/v1/organizations/acme/databases/shop/branches/pr-1 → 503, request ID). Run the job again later.',
    )
  })
})
