import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { installedMajors, type PostgresServer, startPostgres } from '../../../sim/postgres/server.js'
import { isAlive, postmasterPid } from './fixtures/program.js'

const EXPECTED_MAJORS: Readonly<Record<string, number[]>> = {
  'linux-x64': [13, 15, 18],
  'linux-arm64': [15, 18],
  'darwin-x64': [15, 18],
  'darwin-arm64': [15, 18],
}

it('finds the majors that npm installs on this platform', () => {
  expect(installedMajors()).toEqual(EXPECTED_MAJORS[`${process.platform}-${process.arch}`])
})

describe.each(installedMajors())('PostgreSQL %i', (major) => {
  it('starts, answers, and stops with nothing left', async () => {
    const server = await startPostgres({ major })
    const pid = postmasterPid(server)
    const [row] = await server.sql(
      'postgres',
      `SELECT current_setting('server_version') AS version, current_setting('server_encoding') AS encoding,
              current_setting('listen_addresses') AS addresses, $1::int AS answer`,
      [42],
    )
    expect(row).toEqual({ version: server.version, encoding: 'UTF8', addresses: '127.0.0.1', answer: 42 })
    expect(Number.parseInt(server.version)).toBe(major)
    expect(isAlive(pid)).toBe(true)

    await server.stop()
    expect(isAlive(pid)).toBe(false)
    expect(existsSync(path.dirname(server.dataDirectory))).toBe(false)
    await expect(server.sql('postgres', 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    await server.stop()
  })

  it('asks for a SCRAM password', async () => {
    const server = await startPostgres({ major, superuserPassword: 'p@ss/wörd 100%' })
    try {
      const [row] = await server.sql('postgres', `SELECT rolpassword FROM pg_authid WHERE rolname = 'postgres'`)
      expect(row?.['rolpassword']).toMatch(/^SCRAM-SHA-256\$/)
      await expect(login(server.url('postgres', 'postgres', 'wrong'))).rejects.toMatchObject({ code: '28P01' })
      await expect(login(server.url('postgres', 'nobody_known'))).rejects.toMatchObject({ code: '28P01' })
      await expect(login(server.adminUrl)).resolves.toBe('postgres')
    } finally {
      await server.stop()
    }
  })
})

describe('one server', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres({ settings: { wal_level: 'logical', fsync: 'on' } })
  })
  afterAll(() => server.stop())

  it('gives the rows of the last statement', async () => {
    expect(await server.sql('postgres', 'SELECT 1 AS a; SELECT 2 AS b')).toEqual([{ b: 2 }])
  })

  it('keeps no session after sql(), not even for a moment', async () => {
    await server.sql('postgres', 'CREATE DATABASE source')
    for (let round = 0; round < 20; round++) {
      await server.sql('source', 'SELECT 1')
      const sessions = await server.sql('postgres', `SELECT pid FROM pg_stat_activity WHERE datname = 'source'`)
      expect(sessions).toEqual([])
    }
  })

  it('closes its session when the statement fails', async () => {
    await expect(server.sql('postgres', 'SELECT 1 / 0')).rejects.toMatchObject({ code: '22012' })
    const text = `SELECT FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`
    expect(await server.sql('postgres', text)).toEqual([])
  })

  it('lets the settings given win', async () => {
    const [row] = await server.sql(
      'postgres',
      `SELECT current_setting('wal_level') AS wal, current_setting('fsync') AS fsync,
              current_setting('full_page_writes') AS pages`,
    )
    expect(row).toEqual({ wal: 'logical', fsync: 'on', pages: 'off' })
  })

  it('quotes every part of a URL', () => {
    expect(server.url('a b', 'u:ser', 'p@ss')).toBe(`postgres://u%3Aser:p%40ss@127.0.0.1:${server.port}/a%20b`)
  })

  it('keeps the superuser password out of the files of the server', () => {
    expect(readdirSync(path.dirname(server.dataDirectory))).not.toContain('password')
  })
})

it('starts several at once, each on its own port', async () => {
  const servers = await Promise.all([startPostgres(), startPostgres(), startPostgres()])
  try {
    expect(new Set(servers.map(({ port }) => port)).size).toBe(3)
    const answers = await Promise.all(servers.map((server) => server.sql('postgres', 'SHOW port')))
    expect(answers).toEqual(servers.map(({ port }) => [{ port: String(port) }]))
  } finally {
    await Promise.all(servers.map((server) => server.stop()))
  }
})

describe('says what went wrong', () => {
  it.each([
    [{ no_such_setting: 'on' }, /bin\/postgres ended with code 1 .*no_such_setting.*Correct "settings"/s],
    [{ max_connections: 'many' }, /bin\/postgres ended with code 1 .*max_connections.*Correct "settings"/s],
  ])('when the settings are %j', async (settings, message) => {
    await expect(startPostgres({ settings })).rejects.toThrow(message)
  })

  it('when the port asked for is taken', async () => {
    const first = await startPostgres()
    try {
      const second = startPostgres({ settings: { port: String(first.port) } })
      await expect(second).rejects.toThrow(/Address already in use.*Leave "port" out/s)
    } finally {
      await first.stop()
    }
  })

  it('when there are no binaries where they should be', async () => {
    await expect(startPostgres({ native: '/nowhere' })).rejects.toThrow(/\/nowhere.*does not exist/s)
  })
})

async function login(url: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
    const result = await client.query<{ current_user: string }>('SELECT current_user')
    return result.rows[0]?.current_user
  } finally {
    await client.end()
  }
}
