import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { startProxy } from '../../../sim/postgres/proxy.js'
import { CancelledError } from '../../../src/errors.js'
import type { BranchSpec, Provider } from '../../../src/ports.js'
import type { PostgresOptions } from '../../../src/providers/postgres/index.js'
import { providerFor, realClock, type Shopping, specOf, startShop } from '../../fixtures/postgres.js'
import { everythingOn, failureOf, openClient, until } from './stage.js'

let stage: Shopping
/** Another run, later, that finds what the killed one left. */
let next: Provider
let before: string[]
beforeAll(async () => {
  stage = await startShop()
  next = providerFor(stage.server.adminUrl)
})
afterAll(async () => {
  await next.close()
  await stage.server.stop()
})
beforeEach(async () => {
  before = await everythingOn(stage.server)
})

const dead = (build: string) =>
  until(`the end of build ${build}`, async () => {
    const text = 'SELECT FROM pg_stat_activity WHERE application_name = $1'
    return (await stage.server.sql('postgres', text, [`db-branch-action ${build}`])).length === 0
  })

/** Options that cancel the run at a certain moment of the build. */
type Moment = (cancel: () => void) => Partial<PostgresOptions>

/** The build reads its stopwatch before the copy (twice) and after it. */
const atReading =
  (which: number): Moment =>
  (cancel) => {
    let readings = 0
    const elapsed = () => {
      if (++readings === which) cancel()
      return realClock.elapsed()
    }
    return { clock: { ...realClock, elapsed } }
  }

async function kill(moment: Moment, spec: BranchSpec): Promise<Error> {
  const run = new AbortController()
  const provider = providerFor(stage.server.adminUrl, { signal: run.signal, ...moment(() => run.abort()) })
  const failure = await failureOf(provider.create(spec))
  await provider.close()
  return failure
}

const killedAt = (what: string) => [`database db-branch~${what}`, `role db-branch~${what}`]

describe('a run killed', () => {
  it.each<[string, Moment, left: (build: string) => string[]]>([
    ['with the role made and no database', atReading(1), (build) => killedAt(build).slice(1)],
    ['with the database copied and not yet claimed itself', atReading(3), killedAt],
    [
      'while it empties',
      (cancel) => ({ empty: async (sql) => (cancel(), await sql.query('SELECT 1').then(() => [])) }),
      killedAt,
    ],
    ['before it moves in', (cancel) => ({ mask: cancel }), killedAt],
  ])('%s leaves no branch, and what it left is found and removed', async (_when, moment, left) => {
    const spec = specOf('pr-1')
    const { build } = spec.claim
    expect(await kill(moment, spec)).toBeInstanceOf(CancelledError)
    await dead(build)

    expect(await next.find('pr-1')).toBeUndefined()
    expect((await everythingOn(stage.server)).filter((one) => !before.includes(one))).toEqual(left(build))
    const found = await next.leftovers!('pr-1')
    expect(found).toEqual([
      expect.objectContaining({
        name: `db-branch~${build}`,
        leftover: true,
        claim: { kind: 'claim', claim: spec.claim },
      }),
    ])
    expect(await next.find(found[0]!.name)).toEqual(found[0])
    expect((await next.list()).items).toContainEqual(found[0])
    expect(await next.leftovers!('pr-2')).toEqual([])

    expect(await next.delete(found[0]!)).toBe('deleted')
    expect(await everythingOn(stage.server)).toEqual(before)
  })

  it('at any byte of any answer leaves a whole branch or none, and the next run converges', async () => {
    const { server } = stage
    const proxy = await startProxy(server)
    let whole = 0
    let none = 0
    try {
      for (let bytes = 40; whole === 0; bytes += bytes < 1000 ? 120 : 300) {
        const spec = specOf('pr-3')
        const { build } = spec.claim
        await proxy.mode({ resetAfter: bytes })
        const provider = providerFor(proxy.url('postgres'))
        const failure = await provider.create(spec).then(
          () => undefined,
          (error: unknown) => error,
        )
        await provider.close()
        await next.abandon!(build)
        const branch = await next.find('pr-3')
        if (branch) {
          expect(branch.claim).toMatchObject({ kind: 'claim', claim: spec.claim })
          whole++
          await next.connection(branch)
          await next.delete(branch)
        } else {
          none++
          expect(failure).toBeDefined()
        }
        expect(await everythingOn(server)).toEqual(before)
      }
    } finally {
      await proxy.close()
    }
    expect(none).toBeGreaterThan(10)
  })
})

describe('a build that still works', () => {
  it('is no leftover, and abandoning it ends it and removes everything', async () => {
    const { server, shop } = stage
    const guest = await openClient(shop.url) // keeps CREATE DATABASE waiting
    const spec = specOf('pr-4')
    const provider = providerFor(server.adminUrl)
    const failure = failureOf(provider.create(spec))
    await until('the copy', async () => {
      const rows = await server.sql(
        'postgres',
        `SELECT FROM pg_stat_activity WHERE query LIKE 'CREATE DATABASE "db-branch%'`,
      )
      return rows.length > 0
    })
    expect((await next.list()).items.map((branch) => branch.name)).toContain(`db-branch~${spec.claim.build}`)
    expect(await next.leftovers!('pr-4')).toEqual([])

    await next.abandon!(spec.claim.build)
    expect(await everythingOn(server)).toEqual(before)
    expect((await failure).message).toContain('terminating connection')
    await guest.end()
    await provider.close()
  })

  it('does not mind that another build of the same branch is abandoned', async () => {
    const spec = specOf('pr-5')
    const provider = providerFor(stage.server.adminUrl, {
      empty: async () => {
        await next.abandon!('ffffffffffffffff')
        return []
      },
    })
    const { branch } = await provider.create(spec)
    await next.abandon!(spec.claim.build)
    expect(await next.find('pr-5')).toEqual(branch)
    await next.delete(branch)
    await provider.close()
  })
})

it('a build that fails by itself removes what it made at once', async () => {
  const provider = providerFor(stage.server.adminUrl, { empty: () => Promise.reject(new Error('disk full')) })
  await expect(provider.create(specOf('pr-6'))).rejects.toThrow('disk full')
  expect(await everythingOn(stage.server)).toEqual(before)
  await provider.close()
})

it('whatever was left, the next creation succeeds', async () => {
  await kill(atReading(3), specOf('pr-7'))
  const { branch } = await next.create(specOf('pr-7'))
  expect(await next.find('pr-7')).toEqual(branch)
})
