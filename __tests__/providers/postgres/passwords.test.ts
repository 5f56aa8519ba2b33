import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { RefusedError } from '../../../src/errors.js'
import type { Provider } from '../../../src/ports.js'
import { scramVerifier } from '../../../src/sql/scram.js'
import { Secret } from '../../../src/secret.js'
import { ask, majors, providerFor, type Shopping, specOf, startShop } from '../../fixtures/postgres.js'
import { everythingOn, failureOf, makeBranch, oneSentence, openClient, until } from './stage.js'

it('a SCRAM verifier is the one of RFC 5802 with SHA-256', () => {
  // From RFC 7677, section 3: user "user", password "pencil".
  const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64')
  expect(scramVerifier(new Secret('pencil'), salt)).toBe(
    'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
  )
})

describe.each(majors)('PostgreSQL %i, which logs every statement', (major) => {
  let stage: Shopping
  let provider: Provider
  beforeAll(async () => {
    const settings = {
      logging_collector: 'on',
      log_filename: 'server.log',
      log_statement: 'all',
      log_connections: 'on',
      log_min_duration_statement: '0',
      log_min_messages: 'debug1',
      track_activity_query_size: '100kB',
    }
    stage = await startShop({ major, settings })
    // Old servers were set up so; the admin's sessions live in this database.
    await stage.server.sql('postgres', `ALTER DATABASE postgres SET password_encryption = 'md5'`)
    provider = providerFor(stage.server.adminUrl)
  })
  afterAll(async () => {
    await provider.close()
    await stage.server.stop()
  })

  it('never sees a password: not in its log, not in pg_stat_activity', async () => {
    const { server, shop } = stage
    const { branch, connection } = await makeBranch(provider, 'pr-1')
    const activity: unknown[] = []
    // One session for all looks: a statement is over in milliseconds.
    const watch = await openClient(server.adminUrl)
    let working = true
    const rebuilt = provider.reset!(branch, specOf('pr-1', { dataPolicy: 'copy' })).finally(() => (working = false))
    while (working) activity.push(...(await watch.query<{ query: string }>('SELECT query FROM pg_stat_activity')).rows)
    await watch.end()
    await rebuilt
    expect(JSON.stringify(activity)).toContain('db-branch~')
    await ask(connection, `SELECT 'a mark in the log'`)
    // The collector writes a moment later than the statement answers.
    const log = await until('the mark in the log', async () => {
      const text = await readFile(path.join(server.dataDirectory, 'log/server.log'), 'utf8')
      return text.includes('a mark in the log') && text
    })
    expect(log).toMatch(/ALTER ROLE "pr-1" LOGIN PASSWORD '?\s*E?'?SCRAM-SHA-256\$/)
    expect(log).toContain(shop.password) // the shop's own CREATE ROLE: the log would show one
    for (const secret of [connection.password.reveal(), server.password]) {
      expect(secret.length).toBeGreaterThan(20)
      expect(log).not.toContain(secret)
      expect(JSON.stringify(activity)).not.toContain(secret)
    }
  })

  it('takes the verifier as it is, whatever password_encryption says', async () => {
    const [row] = await stage.server.sql<{ rolpassword: string }>(
      'postgres',
      `SELECT rolpassword FROM pg_authid WHERE rolname = 'pr-1'`,
    )
    expect(row?.rolpassword).toMatch(/^SCRAM-SHA-256\$4096:[A-Za-z0-9+/]{22}==\$/)
  })
})

describe('the password of a branch', () => {
  let stage: Shopping
  beforeAll(async () => {
    stage = await startShop()
  })
  afterAll(() => stage.server.stop())

  it('is the same for every run, and another for another repository or branch', async () => {
    const { adminUrl } = stage.server
    const providers = [providerFor(adminUrl), providerFor(adminUrl), providerFor(adminUrl, { repository: 43 })]
    const [ours, again, foreign] = providers as [Provider, Provider, Provider]
    const one = await makeBranch(ours, 'pr-1')
    const two = await makeBranch(ours, 'pr-2')
    expect((await again.connection(one.branch)).password.reveal()).toBe(one.connection.password.reveal())
    expect(two.connection.password.reveal()).not.toBe(one.connection.password.reveal())
    await ours.delete(one.branch)
    const three = await makeBranch(foreign, 'pr-1')
    expect(three.connection.password.reveal()).not.toBe(one.connection.password.reveal())
    await expect(ask(one.connection, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' })
    await Promise.all(providers.map((provider) => provider.close()))
  })

  it('is masked before it is sent or handed out, alone and within the URL', async () => {
    const masked: string[] = []
    const provider = providerFor(stage.server.adminUrl, { mask: (secret) => masked.push(secret.reveal()) })
    const { branch } = await provider.create(specOf('pr-3'))
    expect(masked).toHaveLength(1)
    const { password, url } = await provider.connection(branch)
    expect(masked[0]).toBe(password.reveal())
    expect(masked).toEqual(expect.arrayContaining([password.reveal(), url.reveal()]))
    await provider.close()
  })

  it('is set anew after the admin password was changed', async () => {
    const { server } = stage
    const before = providerFor(server.adminUrl)
    const { branch, connection: old } = await makeBranch(before, 'pr-4')
    await before.close()
    await server.sql('postgres', `ALTER ROLE postgres PASSWORD 'another admin password'`)
    const after = providerFor(server.url('postgres', 'postgres', 'another admin password'))
    try {
      const fresh = await after.connection(branch)
      expect(fresh.password.reveal()).not.toBe(old.password.reveal())
      expect(await ask(fresh, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
      await expect(ask(old, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' })
    } finally {
      await after.close()
      const session = await openClient(server.url('postgres', 'postgres', 'another admin password'))
      await session.query(`ALTER ROLE postgres PASSWORD ${session.escapeLiteral(server.password)}`)
      await session.end()
    }
  })

  it("is not given to a role of that name that is somebody else's", async () => {
    const { server } = stage
    await server.sql('postgres', `CREATE ROLE "pr-5" LOGIN PASSWORD 'theirs' CREATEDB`)
    const before = await everythingOn(server)
    const rolesBefore = await server.sql('postgres', `SELECT * FROM pg_authid WHERE rolname = 'pr-5'`)
    const provider = providerFor(server.adminUrl)
    const failure = await failureOf(provider.create(specOf('pr-5')))
    expect(failure).toBeInstanceOf(RefusedError)
    expect(failure.message).toMatch(oneSentence)
    expect(failure.message).toContain('the server has a role of that name')
    expect(await everythingOn(server)).toEqual(before)
    expect(await server.sql('postgres', `SELECT * FROM pg_authid WHERE rolname = 'pr-5'`)).toEqual(rolesBefore)
    await provider.close()
  })
})
