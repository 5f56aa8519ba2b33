import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Branch } from '../../src/domain/branch.js'
import { ConflictError, ProviderError } from '../../src/errors.js'
import type { BranchSpec, Connection, Provider } from '../../src/ports.js'

/** One platform under test, started fresh for the suite. */
export interface Platform {
  readonly provider: Provider
  /** Another run's provider for the same platform. */
  readonly other: Provider
  /** A provider for the same platform at an address where nothing answers. */
  readonly unreachable: Provider
  /** A branch order; every call gives another build id. */
  spec(name: string, change?: Partial<BranchSpec>): BranchSpec
  /** Number of rows the parent's main table has, and the branch's as its own user sees it. */
  rows(connection: Connection): Promise<number>
  readonly parentRows: number
  /** Where rows can be masked: an order for it, and what of the parent stands in a branch, as its own user sees it. */
  readonly masking?: {
    readonly spec: (name: string) => BranchSpec
    readonly originals: (connection: Connection) => Promise<string[]>
  }
  write(connection: Connection): Promise<void>
  stop(): Promise<void>
}

/** What a listing or a search tells of a branch that this order made. */
function tells({ capabilities }: Provider, spec: BranchSpec) {
  if (capabilities.claims === 'name') return { kind: 'name' }
  const { repository, pullRequest, branch, parent, dataPolicy, build } = spec.claim
  return { kind: 'claim', claim: { repository, pullRequest, branch, parent, dataPolicy, build } }
}

/** What every provider promises, whatever the platform. Each platform's test file calls this once. */
export function describeProvider(name: string, start: () => Promise<Platform>): void {
  describe(`${name} as a provider`, () => {
    let platform: Platform
    let provider: Provider
    beforeAll(async () => {
      platform = await start()
      provider = platform.provider
    })
    afterAll(() => platform.stop())

    const make = async (branch: string, change: Partial<BranchSpec> = {}) =>
      (await provider.create(platform.spec(branch, change))).branch

    it('finds nothing where nothing is', async () => {
      expect(await provider.find('pr-404')).toBeUndefined()
    })

    it('creates a branch that carries its claim and is found by its exact name only', async () => {
      const spec = platform.spec('pr-12')
      const { branch } = await provider.create(spec)
      expect(branch).toMatchObject({ name: 'pr-12', claim: tells(provider, spec) })
      expect(branch.unfinished).toBeUndefined()
      expect(await provider.find('pr-12')).toEqual(branch)
      for (const near of ['pr-1', 'pr-123', 'PR-12', 'pr_12', 'pr-1_', 'pr-%'])
        expect(await provider.find(near)).toBeUndefined()
    })

    it('lists every branch, complete', async () => {
      await make('pr-20')
      const { items, complete } = await provider.list()
      expect(complete).toBe(true)
      expect(items.map((branch) => branch.name)).toEqual(expect.arrayContaining(['pr-12', 'pr-20']))
    })

    it('gives a URL that works, the same each time, and that is not the parent', async () => {
      const { urlReadableLater, copy } = provider.capabilities
      const change = copy ? { dataPolicy: 'copy' as const } : {}
      const rows = copy ? platform.parentRows : 0
      const branch = await make('pr-21', change)
      const first = await provider.connection(branch)
      const again = await platform.other.connection(branch)
      if (urlReadableLater) expect(again.url.reveal()).toBe(first.url.reveal())
      expect(await platform.rows(first)).toBe(rows)
      await platform.write(first)
      expect(await platform.rows(first)).toBe(rows + 1)
      expect(await platform.rows(again)).toBe(rows + 1)
      const fresh = await provider.connection(await make('pr-22', change))
      expect(await platform.rows(fresh)).toBe(rows)
      expect(fresh.url.reveal()).not.toBe(first.url.reveal())
    })

    it('holds no row of the parent under schema_only', async () => {
      if (provider.capabilities.schemaOnly === 'none') return
      const connection = await provider.connection(await make('pr-23', { dataPolicy: 'schema_only' }))
      expect(await platform.rows(connection)).toBe(0)
      await platform.write(connection)
      expect(await platform.rows(connection)).toBe(1)
    })

    it('holds the rows of the parent without an original under masked, and says how in its claim', async () => {
      const { masking } = platform
      if (provider.capabilities.masked === 'none' || !masking) return
      const spec = masking.spec('pr-30')
      const { branch, notes } = await provider.create(spec)
      expect(branch).toMatchObject({ name: 'pr-30', claim: tells(provider, spec) })
      expect(await provider.find('pr-30')).toEqual(branch)
      expect(notes.join('\n')).toContain(spec.masking?.key.id)
      const connection = await provider.connection(branch)
      expect(await platform.rows(connection)).toBe(platform.parentRows)
      expect(await masking.originals(connection)).toEqual([])
    })

    it('answers a taken name with ConflictError and leaves the first branch alone', async () => {
      const first = await make('pr-24')
      await expect(make('pr-24')).rejects.toThrow(ConflictError)
      expect(await provider.find('pr-24')).toEqual(first)
      expect((await provider.leftovers?.('pr-24')) ?? []).toEqual([])
    })

    it('lets exactly one of two simultaneous creations win', async () => {
      const results = await Promise.allSettled([
        provider.create(platform.spec('pr-25')),
        platform.other.create(platform.spec('pr-25')),
      ])
      const won = results.filter((result) => result.status === 'fulfilled')
      expect(won).toHaveLength(1)
      const [lost] = results.filter((result) => result.status === 'rejected')
      expect(lost?.reason).toBeInstanceOf(ConflictError)
      expect(await provider.find('pr-25')).toEqual(won[0]?.value.branch)
    })

    it('resets to the parent, under the same URL where it can', async () => {
      const { reset, copy } = provider.capabilities
      expect(provider.reset === undefined).toBe(reset === 'none')
      if (reset === 'none') return
      const change = copy ? { dataPolicy: 'copy' as const } : {}
      const rows = copy ? platform.parentRows : 0
      const branch = await make('pr-26', change)
      const before = await provider.connection(branch)
      await platform.write(before)
      const spec = platform.spec('pr-26', change)
      const { branch: after } = await provider.reset!(branch, spec)
      expect(after.claim).toMatchObject(tells(provider, spec))
      expect(await provider.find('pr-26')).toEqual(after)
      const connection = await provider.connection(after)
      if (reset === 'in_place') expect(connection.url.reveal()).toBe(before.url.reveal())
      expect(await platform.rows(connection)).toBe(rows)
      // What a swap put aside is the old branch, for the lifecycle to remove.
      const aside = (await provider.leftovers?.('pr-26')) ?? []
      expect(aside.map(({ id }) => id)).toEqual(reset === 'in_place' ? [] : [branch.id])
      for (const old of aside) expect(await provider.delete(old)).toBe('deleted')
      expect((await provider.leftovers?.('pr-26')) ?? []).toEqual([])
    })

    it('deletes once, and calls an absent branch absent', async () => {
      const branch = await make('pr-27')
      const connection = await provider.connection(branch)
      expect(await provider.delete(branch)).toBe('deleted')
      expect(await provider.find('pr-27')).toBeUndefined()
      expect(await provider.delete(branch)).toBe('absent')
      await expect(platform.rows(connection)).rejects.toThrow()
    })

    it('does not delete a branch that was made anew under the same name', async () => {
      const old = await make('pr-28')
      await provider.delete(old)
      const recreated: Branch = await make('pr-28')
      expect(await provider.delete(old)).toBe('absent')
      expect(await provider.find('pr-28')).toEqual(recreated)
    })

    it('says that a parent does not exist, and leaves nothing behind', async () => {
      await expect(make('pr-29', { parent: 'nowhere' })).rejects.toThrow(/"nowhere" failed: there is no such/)
      expect(await provider.find('pr-29')).toBeUndefined()
      expect((await provider.leftovers?.('pr-29')) ?? []).toEqual([])
    })

    it('throws when the platform cannot be reached; never an empty list, never "absent"', async () => {
      const { unreachable } = platform
      await expect(unreachable.list()).rejects.toThrow(ProviderError)
      await expect(unreachable.find('pr-12')).rejects.toThrow(ProviderError)
      await expect(unreachable.delete((await provider.find('pr-12'))!)).rejects.toThrow(ProviderError)
    })
  })
}
