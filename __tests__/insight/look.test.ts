import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type PostgresServer, startPostgres } from '../../sim/postgres/server.js'
import { known, unknown } from '../../src/domain/known.js'
import { CancelledError, ProviderError } from '../../src/errors.js'
import { lookAt, type LookOrder } from '../../src/insight/look.js'
import { sessionOn } from '../data/masking/stage.js'
import { realClock } from '../fixtures/postgres.js'
import { migrate } from './locks-scene.js'

let server: PostgresServer
let made = 0

beforeAll(async () => {
  server = await startPostgres()
  await server.sql('postgres', 'CREATE DATABASE parent')
  await server.sql(
    'parent',
    'CREATE TABLE people (id int PRIMARY KEY, email text); CREATE INDEX by_email ON people (email);',
  )
  await server.sql('parent', `INSERT INTO people SELECT n, n::text FROM generate_series(1, 20000) n; ANALYZE`)
})
afterAll(() => server.stop())

const drop = 'ALTER TABLE people DROP COLUMN email'

async function orderOf(change: Partial<LookOrder> = {}): Promise<{ order: LookOrder; url: string }> {
  const database = `branch_${(made += 1)}`
  await server.sql('postgres', `CREATE DATABASE ${database} TEMPLATE parent`)
  const order: LookOrder = {
    openBranch: () => sessionOn(server, database),
    openParent: known(() => sessionOn(server, 'parent')),
    locks: true,
    diff: true,
    queries: [{ file: 'q.sql', text: "SELECT id FROM people WHERE email = 'a';" }],
    analyze: 'off',
    migrations: [],
    clock: realClock,
    signal: new AbortController().signal,
    ...change,
  }
  return { order, url: server.url(database) }
}

/** What is learned when this runs between the two looks. */
async function learned(statements: readonly string[], change: Partial<LookOrder> = {}) {
  const { order, url } = await orderOf(change)
  const look = lookAt(order)
  const watch = await look.watch()
  const failure = await migrate(url, statements)
  const last = await watch.end()
  return { ...(await look.learn()), last, failure }
}

describe('looking at a branch', () => {
  it('tells one danger once, by whoever knows it best, the worst first', async () => {
    const seen = await learned([drop], { migrations: [{ file: 'm/1.sql', sql: `\n${drop};` }] })
    expect(seen.problems).toEqual([])
    expect(seen.unread).toEqual({})
    expect(seen.locks?.relations).toMatchObject([{ relation: 'people', mode: 'AccessExclusiveLock' }])
    // A column and its index.
    expect(seen.diff?.counts).toEqual({ added: 0, removed: 2, changed: 0 })
    expect(seen.plans).toMatchObject({ queries: 1, changes: [{ file: 'q.sql' }] })
    const losses = seen.findings.filter(({ kind }) => kind === 'data_loss')
    expect(losses).toMatchObject([{ source: 'static', file: 'm/1.sql', line: 2 }])
    expect(seen.findings[0]?.severity).toBe('high')
    expect(seen.last).toBe(drop)
  })

  it('without files goes by the statements that were recorded', async () => {
    const seen = await learned([drop])
    expect(seen.findings.filter(({ source }) => source === 'static')).not.toEqual([])
    expect(seen.findings.every(({ file }) => file === undefined || file === 'q.sql')).toBe(true)
  })

  it('with nothing to see has no findings', async () => {
    const seen = await learned(['CREATE TABLE more (id int)'])
    expect(seen).toMatchObject({ findings: [], problems: [], unread: {}, diff: { counts: { removed: 0, changed: 0 } } })
    expect(seen.plans?.changes).toEqual([])
  })
})

describe('what cannot be looked at', () => {
  it('is told, and hides nothing of the rest: the parent', async () => {
    const seen = await learned([drop], { openParent: unknown('this platform gives no login on a parent') })
    expect(seen.unread).toMatchObject({
      diff: expect.stringContaining('no login'),
      plan: expect.stringContaining('could not be compared'),
    })
    expect(seen.problems).toContain('The schemas were not compared: this platform gives no login on a parent.')
    expect(seen.locks?.relations).toHaveLength(1)
  })

  it('a parent that refuses', async () => {
    const refusing = known(() => Promise.reject(new ProviderError('Login refused.')))
    const seen = await learned([drop], { openParent: refusing, queries: [] })
    expect(seen.unread['diff']).toBe('The parent cannot be read: Login refused.')
    expect(seen.findings).not.toEqual([])
  })

  it('the locks', async () => {
    const { order } = await orderOf()
    let opened = 0
    const openBranch = () => (++opened === 1 ? Promise.reject(new ProviderError('No room.')) : order.openBranch())
    const look = lookAt({ ...order, openBranch })
    expect(await (await look.watch()).end()).toBeUndefined()
    const seen = await look.learn()
    expect(seen.unread).toEqual({ observed: 'The locks were not watched: No room.' })
    expect(seen.diff?.counts).toEqual({ added: 0, removed: 0, changed: 0 })
  })

  it('a file that is no SQL', async () => {
    const seen = await learned(['SELECT 1'], { migrations: [{ file: 'm/1.sql', sql: 'ALTER TABEL people;' }] })
    expect(seen.unread['static']).toContain('m/1.sql:1: not understood')
    expect(seen.diff).toBeDefined()
  })

  it('unless the run is cancelled', async () => {
    const { order } = await orderOf({ openBranch: () => Promise.reject(new CancelledError('cancelled')) })
    await expect(lookAt(order).watch()).rejects.toThrow(CancelledError)
    await expect(lookAt(order).learn()).rejects.toThrow(CancelledError)
  })
})

it('opens nothing of the parent where nothing is asked for', async () => {
  const asked: string[] = []
  const openParent = known(() => {
    asked.push('parent')
    return sessionOn(server, 'parent')
  })
  const { order } = await orderOf({ openParent, locks: false, diff: false, queries: [] })
  expect(await lookAt(order).learn()).toEqual({ findings: [], problems: [], unread: {} })
  expect(asked).toEqual([])
})
