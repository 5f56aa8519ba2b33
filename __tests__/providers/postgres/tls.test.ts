import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type PostgresServer, startPostgres } from '../../../sim/postgres/server.js'
import { providerFor } from '../../fixtures/postgres.js'
import { failureOf, oneSentence } from './stage.js'

/** Whether the provider's own session, `db-branch-action`, is encrypted. */
async function encrypted(server: PostgresServer, query: string): Promise<boolean> {
  const provider = providerFor(`${server.adminUrl}${query}`)
  try {
    await provider.list()
    const [row] = await server.sql<{ ssl: boolean }>(
      'postgres',
      `SELECT s.ssl FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid) WHERE a.application_name = 'db-branch-action'`,
    )
    return row!.ssl
  } finally {
    await provider.close()
  }
}

async function refusal(server: PostgresServer, query: string): Promise<string> {
  const provider = providerFor(`${server.adminUrl}${query}`)
  const { message } = await failureOf(provider.list())
  await provider.close()
  expect(message).toMatch(oneSentence)
  expect(message).not.toContain(server.password)
  return message
}

/** A certificate that signs itself, so it is its own authority. */
function certificateFor(name: 'address' | 'host'): { certificate: string; key: string } {
  const file = (ending: string) => path.join(import.meta.dirname, '../../fixtures/tls', `${name}.${ending}`)
  return { certificate: file('crt'), key: file('key') }
}

/** Server programs read the key as their own user: they write it themselves, where only they may read. */
async function turnTlsOn(server: PostgresServer, files: { certificate: string; key: string }): Promise<void> {
  const line = (file: string) => `'${readFileSync(file, 'utf8').trim().replaceAll('\n', `', '`)}'`
  for (const [from, to] of [
    [files.certificate, 'server.crt'],
    [files.key, 'server.key'],
  ] as const) {
    const program = `umask 077; cat > ${to}`
    await server.sql('postgres', `COPY (SELECT unnest(ARRAY[${line(from)}])) TO PROGRAM '${program}'`)
  }
  await server.sql('postgres', 'ALTER SYSTEM SET ssl = on')
  await server.sql('postgres', 'SELECT pg_reload_conf()')
}

describe('a server with TLS', () => {
  let server: PostgresServer
  let certificate: string
  beforeAll(async () => {
    server = await startPostgres()
    const files = certificateFor('address')
    certificate = files.certificate
    await turnTlsOn(server, files)
  })
  afterAll(() => server.stop())

  it.each(['', '?sslmode=prefer', '?sslmode=allow', '?sslmode=require'])(
    'is spoken to in TLS by default: "%s"',
    async (query) => {
      expect(await encrypted(server, query)).toBe(true)
    },
  )

  it('is spoken to in the clear under "disable"', async () => {
    expect(await encrypted(server, '?sslmode=disable')).toBe(false)
  })

  it.each(['verify-ca', 'verify-full'])('is refused under "%s" when nobody vouches for it', async (mode) => {
    expect(await refusal(server, `?sslmode=${mode}`)).toMatch(/failed: self-signed certificate.*sslmode/)
  })

  it.each(['verify-ca', 'verify-full'])('is accepted under "%s" with the right authority', async (mode) => {
    expect(await encrypted(server, `?sslmode=${mode}&sslrootcert=${encodeURIComponent(certificate)}`)).toBe(true)
  })

  it('is refused with an authority file that is not there', async () => {
    expect(await refusal(server, '?sslmode=verify-full&sslrootcert=/nowhere.crt')).toContain('/nowhere.crt')
  })
})

describe('a server whose certificate names another host', () => {
  it('is refused under "verify-full", also when that host is localhost', async () => {
    const server = await startPostgres()
    try {
      const files = certificateFor('host')
      await turnTlsOn(server, files)
      const root = `sslrootcert=${encodeURIComponent(files.certificate)}`
      expect(await refusal(server, `?sslmode=verify-full&${root}`)).toMatch(
        /IP: 127\.0\.0\.1 is not in the cert's list/,
      )
      expect(await encrypted(server, `?sslmode=verify-ca&${root}`)).toBe(true)
    } finally {
      await server.stop()
    }
  })
})

describe('a server without TLS', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.stop())

  it.each(['', '?sslmode=prefer', '?sslmode=allow', '?sslmode=disable'])(
    'is spoken to in the clear: "%s"',
    async (query) => {
      expect(await encrypted(server, query)).toBe(false)
    },
  )

  it.each(['require', 'verify-ca', 'verify-full'])('is refused under "%s"', async (mode) => {
    expect(await refusal(server, `?sslmode=${mode}`)).toMatch(
      /failed: The server does not support SSL connections\..*sslmode/,
    )
  })
})
