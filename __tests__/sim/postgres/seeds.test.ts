import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { memoryOrTemp, reachableTemp, serverAccount } from '../../../sim/postgres/account.js'
import { seedOf } from '../../../sim/postgres/seeds.js'
import { type PostgresServer, startPostgres } from '../../../sim/postgres/server.js'
import { PROJECT, soon } from './fixtures/program.js'

describe('servers of one seed', () => {
  let servers: PostgresServer[]
  beforeAll(async () => {
    servers = await Promise.all([startPostgres(), startPostgres()])
  })
  afterAll(() => Promise.all(servers.map((server) => server.stop())))

  it('begin with the same bytes, so they are copies', async () => {
    const text = 'SELECT system_identifier::text FROM pg_control_system()'
    const [one, other] = await Promise.all(servers.map((server) => server.sql('postgres', text)))
    expect(one).toEqual(other)
  })

  it('have passwords of their own, and the one of the seed opens none', async () => {
    const [one, other] = servers as [PostgresServer, PostgresServer]
    const seed = await seedOf(18, () => Promise.reject(new Error('the seed is there')))
    expect(new Set([one.password, other.password, seed?.password]).size).toBe(3)
    for (const [server, password] of [
      [one, other.password],
      [one, seed?.password],
      [other, seed?.password],
    ] as const) {
      await expect(login(server.url('postgres', 'postgres', password))).rejects.toMatchObject({ code: '28P01' })
    }
    await expect(login(one.adminUrl)).resolves.toBe(1)
  })

  it('keep what they write to themselves', async () => {
    const [one] = servers as [PostgresServer, PostgresServer]
    await one.sql('postgres', 'CREATE DATABASE mine')
    const later = await startPostgres()
    servers.push(later)
    for (const server of servers.slice(1)) {
      expect(await server.sql('postgres', `SELECT FROM pg_database WHERE datname = 'mine'`)).toEqual([])
    }
  })
})

it('the seeds go with the process that shares them, even when it is killed', async () => {
  const script = `import { shareSeeds } from './sim/postgres/seeds.ts'
    shareSeeds(); console.log(process.env.SIM_POSTGRES_SEEDS); setInterval(() => {}, 1000)`
  const program = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    cwd: PROJECT,
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(program.stdout, 'data')) as [Buffer]
  const directory = line.toString().trim()
  expect(path.basename(directory)).toMatch(/^pg-seeds-/)
  expect(existsSync(directory)).toBe(true)
  program.kill('SIGKILL')
  expect(await soon(() => !existsSync(directory))).toBe(true)
})

describe('where the data lies', () => {
  const account = serverAccount()
  let memory: string
  beforeAll(() => {
    memory = mkdtempSync(path.join(tmpdir(), 'memory-'))
    chmodSync(memory, 0o777)
  })
  afterAll(() => rmSync(memory, { recursive: true, force: true }))

  it('is memory while there is room', () => {
    expect(memoryOrTemp(account, { memory, room: 1 })).toBe(memory)
  })

  it.each([
    ['too little room', () => ({ memory, room: Infinity })],
    ['no such place', () => ({ memory: `${memory}/nowhere`, room: 1 })],
  ])('is the temporary directory with %s', (_, place) => {
    expect(memoryOrTemp(account, place())).toBe(reachableTemp(account))
  })

  it('is the temporary directory where the server may not go', () => {
    chmodSync(memory, account === undefined ? 0o500 : 0o700)
    expect(memoryOrTemp(account, { memory, room: 1 })).toBe(reachableTemp(account))
  })
})

async function login(url: string): Promise<number | null> {
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
    return (await client.query('SELECT 1')).rowCount
  } finally {
    await client.end()
  }
}
