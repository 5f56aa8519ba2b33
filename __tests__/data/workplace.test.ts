import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { type PostgresServer, startPostgres } from '../../sim/postgres/server.js'
import { enterBranch, migrationState } from '../../src/data/workplace.js'
import { RefusedError } from '../../src/errors.js'
import type { Connection } from '../../src/ports.js'
import { Secret } from '../../src/secret.js'
import { realClock } from '../fixtures/postgres.js'

let server: PostgresServer
let made = 0

beforeAll(async () => {
  server = await startPostgres()
  await server.sql('postgres', `CREATE ROLE dev LOGIN PASSWORD 'dev-password'`)
})
afterAll(() => server.stop())

async function branch(owner = 'dev'): Promise<Connection> {
  const database = `branch_${(made += 1)}`
  await server.sql('postgres', `CREATE DATABASE ${database} OWNER ${owner}`)
  const rest = { host: server.host, port: server.port, database, username: 'dev' }
  return { url: new Secret(server.url(database, 'dev', 'dev-password')), password: new Secret('dev-password'), ...rest }
}

const lines: string[] = []
const enter = (connection: Connection, { wait = 5000, branchId = 'one' } = {}) => {
  const { signal } = new AbortController()
  return enterBranch(connection, { signal, clock: realClock, wait, info: (line) => void lines.push(line), branchId })
}

const hash = 'a'.repeat(64)

describe('what a branch says of itself', () => {
  it('asks no branch of another engine, which our migrations never reach', async () => {
    const url = new Secret('mysql://dev:dev-password@127.0.0.1:9/shop')
    const connection = { url, password: new Secret('dev-password'), host: '', port: 9, database: '', username: 'dev' }
    const signal = new AbortController().signal
    await expect(migrationState(connection, { signal, branchId: 'one' })).resolves.toBe('whole')
  })

  it('tells who only wants its URL whether a run is at work or ended in the middle', async () => {
    const connection = await branch()
    const ask = (branchId = 'one') => migrationState(connection, { signal: new AbortController().signal, branchId })
    expect(await ask()).toBe('whole')
    const run = await enter(connection)
    await run.begin()
    expect(await ask()).toBe('at work')
    await run.close()
    expect(await ask()).toBe('broken off')
    expect(await ask('copied from one')).toBe('whole')
    const next = await enter(connection)
    await next.finish(undefined)
    await next.close()
    expect(await ask()).toBe('whole')
  })

  it('is how far its migrations and seeds came', async () => {
    const connection = await branch()
    const first = await enter(connection)
    expect(first).toMatchObject({ progress: { state: 'none' }, records: true })
    await first.begin()
    await first.close()
    const second = await enter(connection)
    expect(second.progress).toEqual({ state: 'begun' })
    await second.finish(hash)
    await second.close()
    const third = await enter(connection)
    expect(third.progress).toEqual({ state: 'done', seed: hash })
    await third.begin()
    await third.close()
    // Begun again, and the seed is still remembered.
    const fourth = await enter(connection)
    expect(fourth.progress).toEqual({ state: 'begun', seed: hash })
    await fourth.close()
  })

  it('stands in a schema without tables, so that Prisma takes an empty branch for one', async () => {
    const connection = await branch()
    const place = await enter(connection)
    await place.begin()
    await place.finish(undefined)
    await place.close()
    const found = `SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
      WHERE nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')`
    expect(await server.sql(connection.database, found)).toEqual([])
  })

  it('does not count when it came along from another branch', async () => {
    const connection = await branch()
    const place = await enter(connection)
    await place.finish(hash)
    await place.close()
    const copy = await enter(connection, { branchId: 'two' })
    expect(copy.progress).toEqual({ state: 'none' })
    await copy.close()
  })

  it('that cannot be understood counts as half a migration', async () => {
    const connection = await branch()
    await server.sql(
      connection.database,
      `CREATE SCHEMA db_branch_action; COMMENT ON SCHEMA db_branch_action IS 'whatever'`,
    )
    const place = await enter(connection)
    expect(place.progress).toEqual({ state: 'begun' })
    await place.close()
  })

  it('is not written where the login may not', async () => {
    const connection = await branch('postgres')
    const place = await enter(connection)
    expect(place.records).toBe(false)
    await place.begin()
    await place.finish(hash)
    await place.close()
    expect(
      await server.sql(connection.database, `SELECT FROM pg_namespace WHERE nspname = 'db_branch_action'`),
    ).toEqual([])
  })
})

describe('a second run', () => {
  it('waits until the first has left', async () => {
    const connection = await branch()
    const first = await enter(connection)
    let entered = false
    const second = enter(connection).then((place) => {
      entered = true
      return place
    })
    await realClock.sleep(300)
    expect(entered).toBe(false)
    await first.close()
    await (await second).close()
    expect(lines).toContain('Another run migrates the branch; waiting for it.')
  })

  it('gives up after its time', async () => {
    const connection = await branch()
    const first = await enter(connection)
    await expect(enter(connection, { wait: 100 })).rejects.toThrow(RefusedError)
    await first.close()
  })
})

it('ends what a killed tool has left at work, and no session that was there before', async () => {
  const connection = await branch()
  const clientOf = async () => {
    const client = new pg.Client({ connectionString: connection.url.reveal() })
    client.on('error', () => undefined)
    await client.connect()
    return client
  }
  const earlier = await clientOf()
  const place = await enter(connection)
  const tool = await clientOf()
  const statement = tool.query('SELECT pg_sleep(60)').then(
    () => 'done',
    (error: unknown) => (error as { code: string }).code,
  )
  expect(await place.endOthers()).toBe(1)
  expect(await statement).toBe('57P01')
  expect((await earlier.query('SELECT 1')).rowCount).toBe(1)
  await Promise.all([earlier.end(), place.close()])
})
