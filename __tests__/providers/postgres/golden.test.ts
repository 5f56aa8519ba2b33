import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Major } from '../../../sim/postgres/server.js'
import { ConflictError, RefusedError } from '../../../src/errors.js'
import type { BranchSpec, Provider } from '../../../src/ports.js'
import { ask, providerFor, type Shopping, specOf, startShop } from '../../fixtures/postgres.js'

let shop: Shopping
let provider: Provider

async function open(major: Major): Promise<void> {
  shop = await startShop({ major }, 20)
  await shop.server.sql('main', 'CREATE TABLE generation (number int); INSERT INTO generation VALUES (0)')
  provider = providerFor(shop.server.adminUrl)
  await provider.create(goldenSpec())
}

/** Masking is not part of this: the rows are those of the shop. */
function goldenSpec(): BranchSpec {
  const { claim, ...spec } = specOf('golden', { dataPolicy: 'copy' })
  return { ...spec, claim: { ...claim, pullRequest: null, golden: true } }
}

const goldenNow = async () => (await provider.find('golden'))!
const fromGolden = (name: string, parentId: string) =>
  specOf(name, { parent: 'golden', parentId, dataPolicy: 'masked' as const })

async function standing(): Promise<string[]> {
  const rows = await shop.server.sql<{ name: string }>(
    'postgres',
    `SELECT datname::text AS name FROM pg_database UNION SELECT rolname FROM pg_roles WHERE rolname !~ '^pg_' ORDER BY 1`,
  )
  return rows.map((row) => row.name)
}

describe.each<Major>([15, 18])('on PostgreSQL %i', (major) => {
  beforeAll(() => open(major))
  afterAll(async () => {
    await provider.close()
    await shop.server.stop()
  })

  it('nobody can log in to a golden parent', async () => {
    const [role] = await shop.server.sql(
      'postgres',
      `SELECT rolcanlogin AS login, rolpassword AS password, (SELECT count(*)::int FROM aclexplode(d.datacl) a WHERE a.grantee <> d.datdba) AS grants
       FROM pg_authid JOIN pg_database d ON datname = rolname WHERE rolname = 'golden'`,
    )
    expect(role).toEqual({ login: false, password: null, grants: 0 })
    await expect(provider.connection(await goldenNow())).rejects.toThrow(/golden/)
  })

  it('a branch comes with its rows, and outlives it', async () => {
    const before = await standing()
    const { branch } = await provider.create(fromGolden('pr-1', (await goldenNow()).id))
    const connection = await provider.connection(branch)
    expect(await ask(connection, 'SELECT count(*)::int FROM customers')).toEqual([{ count: 20 }])
    const made = await provider.reset!(await goldenNow(), goldenSpec())
    expect(made.branch.claim).toMatchObject({ claim: { golden: true } })
    expect(await standing()).toEqual([...before, 'pr-1'].sort())
    expect(await ask(connection, 'SELECT count(*)::int FROM customers')).toEqual([{ count: 20 }])
    await provider.delete(branch)
    expect(await standing()).toEqual(before)
  })

  it.each<[string, () => Promise<BranchSpec>, typeof RefusedError | typeof ConflictError]>([
    ['of another golden parent than the one that was read', async () => fromGolden('pr-2', '1'), ConflictError],
    [
      'of a database that is no golden parent',
      async () => specOf('pr-2', { dataPolicy: 'masked', parentId: (await provider.find('main'))!.id }),
      RefusedError,
    ],
    [
      'of a golden parent that nobody read',
      async () => specOf('pr-2', { parent: 'golden', dataPolicy: 'masked' }),
      RefusedError,
    ],
  ])('rows that should be masked are not copied: %s', async (_what, spec, error) => {
    const before = await standing()
    await expect(provider.create(await spec())).rejects.toThrow(error)
    expect(await standing()).toEqual(before)
  })

  it('what stands aside is no parent', async () => {
    await expect(provider.create(specOf('pr-3', { parent: 'db-branch~0011223344556677' }))).rejects.toThrow(
      /half-built, or has been replaced/,
    )
  })

  it('while it is exchanged again and again, every branch is of the golden parent that it was made for', async () => {
    const before = await standing()
    const generations = new Map<string, number>([[(await goldenNow()).id, 0]])
    let exchanging = true
    const exchange = async () => {
      for (let number = 1; number <= 6; number++) {
        await shop.server.sql('main', `UPDATE generation SET number = ${number}`)
        generations.set((await provider.reset!(await goldenNow(), goldenSpec())).branch.id, number)
      }
      exchanging = false
    }
    const other = providerFor(shop.server.adminUrl)
    const made: [id: string, number: number | undefined][] = []
    const copy = async () => {
      for (let number = 100; exchanging || made.length === 0; number++) {
        const { id } = await goldenNow()
        try {
          const { branch } = await other.create(fromGolden(`pr-${number}`, id))
          const [row] = await ask<{ number: number }>(await other.connection(branch), 'SELECT number FROM generation')
          made.push([id, row?.number])
          await other.delete(branch)
        } catch (error) {
          expect(error).toBeInstanceOf(ConflictError)
        }
      }
    }
    await Promise.all([exchange(), copy()]).finally(() => other.close())
    expect(made.length).toBeGreaterThan(0)
    for (const [id, number] of made) expect([id, number]).toEqual([id, generations.get(id)])
    // A role cannot go while a copy that is under way still holds what it owned; the next run takes it away.
    for (const leftover of await provider.leftovers!('golden')) await provider.delete(leftover)
    expect(await standing()).toEqual(before)
  })
})
