import { createServer, type Server } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startProxy } from '../../../sim/postgres/proxy.js'
import { type PostgresServer, startPostgres } from '../../../sim/postgres/server.js'
import { ProviderError } from '../../../src/errors.js'
import { providerFor } from '../../fixtures/postgres.js'
import { failureOf, oneSentence, openClient } from './stage.js'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres({ settings: { max_connections: '6', superuser_reserved_connections: '1' } })
})
afterAll(() => server.stop())

async function failure(url: string): Promise<string> {
  const provider = providerFor(url)
  const error = await failureOf(provider.list())
  await provider.close()
  expect(error).toBeInstanceOf(ProviderError)
  expect(error.message).toMatch(oneSentence)
  expect(error.message).not.toContain(server.password)
  expect(error.message).not.toContain('wrong-password')
  return error.message
}

/** Answers every login with one error of the server's protocol, version 3. */
async function startAnswering(code: string, message: string): Promise<{ port: number; server: Server }> {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`)
  const length = Buffer.alloc(4)
  length.writeInt32BE(fields.length + 4)
  const answering = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', (data) => {
      const asksForTls = data.length === 8 && data.readInt32BE(4) === 80877103
      if (asksForTls) socket.write('N')
      else socket.end(Buffer.concat([Buffer.from('E'), length, fields]))
    })
  })
  await new Promise<void>((resolve) => answering.listen(0, '127.0.0.1', resolve))
  const address = answering.address()
  return { port: typeof address === 'object' ? address!.port : 0, server: answering }
}

describe('one sentence that names the place and the way out', () => {
  it('when nothing listens there', async () => {
    expect(await failure('postgresql://postgres:wrong-password@127.0.0.1:9/postgres')).toMatch(
      /^Connecting to "postgres" on 127\.0\.0\.1:9 failed: connect ECONNREFUSED 127\.0\.0\.1:9\. Check host, port and sslmode in "admin_url"/,
    )
  })

  it('when the host has no address', async () => {
    expect(await failure('postgresql://postgres:wrong-password@database.invalid/postgres')).toMatch(
      /^Connecting to "postgres" on database\.invalid:5432 failed: getaddrinfo .* database\.invalid\. Check host/,
    )
  })

  it('when both addresses of a host are closed', async () => {
    expect(await failure('postgresql://postgres:wrong-password@localhost:9/postgres')).toMatch(/ECONNREFUSED/)
  })

  it('when the password is wrong', async () => {
    expect(await failure(server.url('postgres', 'postgres', 'wrong-password'))).toBe(
      `Connecting to "postgres" on 127.0.0.1:${server.port} failed: the server refused user "postgres". Check user and password in "admin_url" and the server's pg_hba.conf.`,
    )
  })

  it('when there is no such user', async () => {
    expect(await failure(server.url('postgres', 'nobody', 'wrong-password'))).toContain(
      'the server refused user "nobody"',
    )
  })

  it('when the maintenance database is missing', async () => {
    expect(await failure(server.url('maintenance'))).toBe(
      `Connecting to "maintenance" on 127.0.0.1:${server.port} failed: there is no such database. Name an existing one in "parent_branch", or in "admin_url" if it stands there.`,
    )
  })

  it('when the server is starting up', async () => {
    const answering = await startAnswering('57P03', 'the database system is starting up')
    expect(await failure(`postgresql://postgres:wrong-password@127.0.0.1:${answering.port}/postgres`)).toMatch(
      /failed: the server is starting up or shutting down\. Wait for it to be ready/,
    )
    answering.server.close()
  })

  it('when something else than PostgreSQL answers', async () => {
    const web = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')
    })
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
    const address = web.address()
    const port = typeof address === 'object' ? address!.port : 0
    expect(await failure(`postgresql://postgres:wrong-password@127.0.0.1:${port}/postgres`)).toContain(
      'Check host, port',
    )
    web.close()
  })

  it('when no connection is free', async () => {
    const clients = []
    const provider = providerFor(server.adminUrl)
    for (let n = 0; n < 6; n++) clients.push(await openClient(server.adminUrl))
    const error = await failureOf(provider.list())
    await Promise.all(clients.map((client) => client.end()))
    expect(error.message).toMatch(oneSentence)
    expect(error.message).toContain('the server has no connection free. Run the job again')
    await provider.close()
  })

  it('when the connection is cut at login', async () => {
    const proxy = await startProxy(server)
    await proxy.mode({ resetAfter: 10 })
    expect(await failure(proxy.url('postgres'))).toContain('Check host, port')
    await proxy.close()
  })

  it('when nobody answers within 10 s', async () => {
    const proxy = await startProxy(server)
    await proxy.mode('hang')
    expect(await failure(proxy.url('postgres'))).toMatch(/failed: timeout expired\./)
    await proxy.close()
  })
})
