import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { type Proxy, startProxy } from '../../../sim/postgres/proxy.js'
import { type PostgresServer, startPostgres } from '../../../sim/postgres/server.js'

let server: PostgresServer
let proxy: Proxy
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())
beforeEach(async () => {
  proxy = await startProxy(server)
})
afterEach(() => proxy.close())

describe('the proxy', () => {
  it('passes', async () => {
    const client = await connected()
    const { rows } = await client.query<{ n: number }>('SELECT generate_series(1, 50000) AS n')
    expect(rows).toHaveLength(50_000)
    await client.end()
    expect(proxy.accepted()).toBe(1)
  })

  it('keeps user, password and database of a URL', () => {
    expect(proxy.url('a b', 'u', 'p@ss')).toBe(
      server.url('a b', 'u', 'p@ss').replace(`:${server.port}/`, `:${proxy.port}/`),
    )
  })

  it('refuses new connections, resets open ones, and opens again on the same port', async () => {
    const { port } = proxy
    const client = await connected()
    const broken = new Promise<Error>((resolve) => client.once('error', resolve))
    await proxy.mode('refuse')
    expect(await broken).toMatchObject({ code: 'ECONNRESET' })
    await expect(connected()).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    await proxy.mode('pass')
    expect(proxy.port).toBe(port)
    await (await connected()).end()
  })

  it.each([0, 1, 500])('resets after %i bytes of an answer', async (bytes) => {
    const client = await connected()
    await proxy.mode({ resetAfter: bytes })
    await expect(client.query('SELECT repeat(md5(random()::text), 1000)')).rejects.toMatchObject({ code: 'ECONNRESET' })
    await expect(client.query('SELECT 1')).rejects.toThrow()
  })

  it('loses the answer to a statement that took effect', async () => {
    await server.sql('postgres', 'CREATE TABLE IF NOT EXISTS done (n int)')
    const client = await connected()
    await proxy.mode({ resetAfter: 0 })
    await expect(client.query('INSERT INTO done VALUES (1)')).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(await server.sql('postgres', 'SELECT n FROM done')).toEqual([{ n: 1 }])
  })

  it('hangs, and delivers when it passes again', async () => {
    const client = await connected()
    await proxy.mode('hang')
    let answered = false
    const answer = client.query<{ n: number }>('SELECT 7 AS n').then(({ rows }) => {
      answered = true
      return rows
    })
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(answered).toBe(false)
    await proxy.mode('pass')
    expect(await answer).toEqual([{ n: 7 }])
    await client.end()
  })

  it('delays each direction', async () => {
    const client = await connected()
    await proxy.mode({ delayMs: 100 })
    const before = performance.now()
    await client.query('SELECT 1')
    expect(performance.now() - before).toBeGreaterThanOrEqual(190)
    await proxy.mode('pass')
    await client.end()
  })

  it('closes while a connection hangs', async () => {
    const client = await connected()
    await proxy.mode('hang')
    const answer = client.query('SELECT 1')
    await Promise.all([proxy.close(), expect(answer).rejects.toMatchObject({ code: 'ECONNRESET' })])
  })

  it('refuses while its server is down', async () => {
    const toNowhere = await startProxy({ host: '127.0.0.1', port: 1, url: (...parts) => server.url(...parts) })
    const client = new pg.Client({ connectionString: toNowhere.url('postgres') })
    client.on('error', () => undefined)
    await expect(client.connect()).rejects.toThrow()
    await toNowhere.close()
  })
})

async function connected(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: proxy.url('postgres') })
  client.on('error', () => undefined)
  await client.connect()
  return client
}
