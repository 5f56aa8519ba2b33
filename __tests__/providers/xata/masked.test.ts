import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { type Databases, startDatabases } from '../../../sim/platforms/databases.js'
import { startXata, type Xata } from '../../../sim/platforms/xata.js'
import { ConflictError, RefusedError } from '../../../src/errors.js'
import type { Claim } from '../../../src/domain/claim.js'
import type { BranchDatabase, Connection } from '../../../src/ports.js'
import { createXataProvider } from '../../../src/providers/xata.js'
import { claimOf } from '../../fixtures/claim.js'
import { foundIn, goldenChildSpec, maskedSpec, originalsOf, shopMasking } from '../../fixtures/masking.js'
import { accountOf, portsOf } from '../../fixtures/platform.js'
import { specOf } from '../../fixtures/postgres.js'
import { accountAt, failureOf, quickScene, type Scene, sql, throughTls } from './stage.js'

const customers = 30
const change = 'PATCH /organizations/{organization}/projects/{project}/branches/{branch}'

// Xata's user owns everything in its branch and is no superuser.
describe.each([15, 18] as const)('masked rows on PostgreSQL %d', (major) => {
  let databases: Databases
  let xata: Xata
  let originals: string[]
  beforeAll(async () => {
    databases = await startDatabases({ shop: { customers, orders: 60 }, major, logins: 'owner' })
    xata = await startXata(databases)
    originals = await originalsOf(databases)
  })
  afterAll(async () => {
    await xata.close()
    await databases.stop()
    if (xata.violations.length > 0) throw new Error(xata.violations.join('\n'))
  })

  const run = () => createXataProvider(accountOf(accountAt(xata)), portsOf())
  const leaksIn = (connection: Connection) => foundIn((text) => sql(connection, text), originals)
  const descriptionOf = (name: string) => xata.named(name)?.description?.split(' ')[3]

  it('are masked before the branch counts as finished, whoever looks', async () => {
    const states: (string | undefined)[] = []
    const off = xata.before(change, () => void states.push(descriptionOf('pr-1')))
    const spec = maskedSpec('pr-1')
    const { branch, notes } = await run().create(spec)
    off()
    expect(states).toEqual(['mu'])
    expect(descriptionOf('pr-1')).toBe('mf')
    expect(branch.claim).toMatchObject({ kind: 'claim', claim: { dataPolicy: 'masked', build: spec.claim.build } })
    expect(notes.join('\n')).toContain(spec.claim.masked?.key)
    expect(await run().find('pr-1')).toEqual(branch)
    const connection = await run().connection(branch)
    expect(await throughTls.rows(connection)).toBe(customers)
    expect(await leaksIn(connection)).toEqual([])
    const parent = await run().connection((await run().find('main'))!)
    expect(await leaksIn(parent)).toHaveLength(originals.length)
  })

  it('that cannot be masked leave a branch that nobody takes for finished', async () => {
    const failed = await failureOf(run().create(maskedSpec('pr-2', {}, shopMasking(['orders']))))
    expect(failed).toBeInstanceOf(RefusedError)
    expect(failed.message).toContain('public.orders.note')
    const left = (await run().find('pr-2'))!
    expect(left).toMatchObject({ unfinished: true, claim: { kind: 'claim', claim: { branch: 'pr-2' } } })
    expect(await run().delete(left)).toBe('deleted')
  })
})

describe('orders', () => {
  let scene: Scene
  let signed: Map<string, Claim>
  let masked: string[]
  beforeEach(async () => {
    scene = await quickScene()
    signed = new Map()
    masked = []
  })
  afterEach(() => scene.close())

  const idIn = ({ url }: Connection) =>
    [...scene.xata.branches.keys()].find((id) => url.reveal().includes(id)) ?? 'no branch'
  const database = {
    maskInPlace: async (to: Connection) => {
      masked.push(idIn(to))
      return ['Masked.']
    },
    sign: async (to: Connection, claim: Claim) => void signed.set(idIn(to), claim),
    readClaim: async (from: Connection) => {
      const claim = signed.get(idIn(from))
      return claim ? { kind: 'claim', claim } : { kind: 'none' }
    },
  } as unknown as BranchDatabase
  const run = () => scene.run({ database })
  const golden = () => {
    const { claim, ...order } = maskedSpec('golden')
    return { ...order, claim: claimOf({ ...claim, pullRequest: null, golden: true }) }
  }

  it('without rules are refused before anything is written', async () => {
    const failed = await failureOf(run().create(specOf('pr-3', { dataPolicy: 'masked' })))
    expect(failed.message).toMatch(/^Creating "pr-3" refused: its rows are to be masked, and no rule says how/)
    expect(scene.requests().filter((request) => !request.startsWith('GET'))).toEqual([])
  })

  it('of a golden parent leave its mark in its database, where it is found again, and its branches are copies', async () => {
    const spec = golden()
    const { branch } = await run().create(spec)
    expect(await run().find('golden')).toMatchObject({
      claim: { kind: 'claim', claim: { golden: true, parent: 'main', masked: spec.claim.masked } },
    })
    const { branch: child } = await run().create(goldenChildSpec('pr-4', 'golden'))
    expect(masked).toEqual([branch.id])
    expect(child).toMatchObject({ claim: { kind: 'claim', claim: { parent: 'golden', dataPolicy: 'masked' } } })
    // The comment of its database came along, and says nothing of it.
    signed.set(branch.id, claimOf({ ...spec.claim, build: '0000000000000000' }))
    expect((await run().find('golden'))?.claim).not.toHaveProperty('claim.masked')
    const outdated = { ...goldenChildSpec('pr-5', 'golden'), parentId: 'b-of-before' }
    await expect(run().create(outdated)).rejects.toThrow(ConflictError)
  })

  it('renew a golden parent that has branches: the old one stays aside until they are gone', async () => {
    const { branch: first } = await run().create(golden())
    const { branch: child } = await run().create(goldenChildSpec('pr-4', 'golden'))
    const { branch: second } = await run().reset!((await run().find('golden'))!, golden())
    expect(await run().find('golden')).toMatchObject({
      id: second.id,
      claim: { kind: 'claim', claim: { golden: true } },
    })
    // The old one is the parent of a branch, which goes on saying what it was made from, and that this is not that of today.
    expect(await run().find('pr-4')).toMatchObject({
      claim: {
        kind: 'claim',
        claim: { parent: 'golden', parentBuild: expect.stringMatching(/^that of golden\.old-/) },
      },
    })
    const { items } = await run().list()
    expect(items.find(({ id }) => id === first.id)).toMatchObject({ leftover: true, hasChildren: true })
    expect(await run().leftovers!('golden')).toEqual([])
    await run().delete(child)
    const [old] = await run().leftovers!('golden')
    expect(old?.id).toBe(first.id)
    expect(await run().delete(old!)).toBe('deleted')
  })
})
