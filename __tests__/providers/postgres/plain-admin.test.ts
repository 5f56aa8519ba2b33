import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { RefusedError } from '../../../src/errors.js'
import type { Provider } from '../../../src/ports.js'
import { ask, majors, providerFor, type Shopping, specOf, startShop } from '../../fixtures/postgres.js'
import { everythingOn, expectNothingBut, failureOf, makeBranch, oneSentence, openClient } from './stage.js'

/** The administrator that managed servers give: no superuser, and the application's own role makes everything. */
describe.each(majors)('an admin who is no superuser, on PostgreSQL %i,', (major) => {
  let stage: Shopping
  let provider: Provider
  let before: string[]
  beforeAll(async () => {
    stage = await startShop({ major })
    const { server, shop } = stage
    await server.sql('postgres', `ALTER ROLE ${shop.owner} CREATEDB CREATEROLE`)
    provider = providerFor(server.url('postgres', shop.owner, shop.password))
    before = await everythingOn(server)
  })
  afterAll(async () => {
    await provider.close()
    await stage.server.stop()
  })
  afterEach(() => expectNothingBut(stage.server, before))

  it('makes, rebuilds and deletes a branch, and its role can use and migrate it', async () => {
    const { server } = stage
    const { branch, connection } = await makeBranch(provider, 'pr-1')
    expect(await ask(connection, 'SELECT count(*)::int AS n FROM customers')).toEqual([{ n: 50 }])
    await ask(connection, 'ALTER TABLE customers ADD x int; DROP TABLE subscriptions; CREATE TABLE mine (id int)')
    await expect(ask(connection, `COMMENT ON DATABASE "pr-1" IS ''`)).rejects.toMatchObject({ code: '42501' })
    const guest = await openClient(connection.url.reveal())
    const { branch: after } = await provider.reset!(branch, specOf('pr-1', { dataPolicy: 'copy' }))
    await expect(guest.query('SELECT 1')).rejects.toThrow()
    expect(await ask(await provider.connection(after), 'SELECT count(*)::int AS n FROM subscriptions')).toEqual([
      { n: stage.shop.counts.subscriptions },
    ])
    const [role] = await server.sql(
      'postgres',
      `SELECT rolsuper OR rolcreatedb OR rolcreaterole AS strong FROM pg_roles WHERE rolname = 'pr-1'`,
    )
    expect(role).toEqual({ strong: false })
    const other = await openClient(connection.url.reveal())
    expect(await provider.delete(after)).toBe('deleted')
    await expect(other.query('SELECT 1')).rejects.toThrow()
  })

  it.each(['CREATEDB', 'CREATEROLE'])(
    'without %s is told the statement that helps, and makes nothing',
    async (right) => {
      const { server, shop } = stage
      await server.sql('postgres', `ALTER ROLE ${shop.owner} NO${right}`)
      const spec = specOf('pr-1', { dataPolicy: 'copy' })
      const failure = await failureOf(provider.create(spec))
      // The roll back of the run has nothing to complain about.
      const abandoned = await Promise.allSettled([provider.abandon!(spec.claim.build)])
      await server.sql('postgres', `ALTER ROLE ${shop.owner} ${right}`)
      expect(abandoned).toMatchObject([{ status: 'fulfilled' }])
      expect(failure).toBeInstanceOf(RefusedError)
      expect(failure.message).toBe(
        `Making a branch refused: the user "shop_app" of "admin_url" may not make databases and roles. Run ALTER ROLE "shop_app" ${right} as a superuser, or use a superuser.`,
      )
    },
  )

  it('does not let one branch into another, or into the parent', async () => {
    const one = await makeBranch(provider, 'pr-1')
    const two = await makeBranch(provider, 'pr-2')
    const { server } = stage
    for (const database of ['pr-2', 'main']) {
      await expect(openClient(server.url(database, 'pr-1', one.connection.password.reveal()))).rejects.toMatchObject({
        code: '42501',
      })
    }
    await provider.delete(one.branch)
    await provider.delete(two.branch)
  })

  it('empties a branch from 18 on; before, says why it cannot, and leaves nothing', async () => {
    const making = provider.create(specOf('pr-1', { dataPolicy: 'schema_only' }))
    if (major < 18) {
      const failure = await failureOf(making)
      expect(failure).toBeInstanceOf(RefusedError)
      expect(failure.message).toMatch(oneSentence)
      expect(failure.message).toMatch(
        /^Emptying the branch refused: the planner's statistics .* It takes a superuser, or PostgreSQL 18, or a parent that never held rows\./,
      )
      return
    }
    const { branch } = await making
    const connection = await provider.connection(branch)
    expect(await ask(connection, `SELECT id FROM customers UNION ALL SELECT id FROM best_customers`)).toEqual([])
    expect(await ask(connection, `SELECT tablename, attname FROM pg_stats WHERE schemaname = 'public'`)).toEqual([])
    await provider.delete(branch)
  })

  it('says which object it may not hand over, and leaves nothing', async () => {
    const { server } = stage
    await server.sql('main', 'CREATE TABLE somebody_elses ()')
    const failure = await failureOf(provider.create(specOf('pr-1', { dataPolicy: 'copy' })))
    await server.sql('main', 'DROP TABLE somebody_elses')
    expect(failure).toBeInstanceOf(RefusedError)
    expect(failure.message).toMatch(oneSentence)
    expect(failure.message).toContain('must be owner of table')
  })

  it('says that it may not copy a parent of somebody else', async () => {
    const { server, shop } = stage
    await server.sql(
      'postgres',
      `ALTER DATABASE main OWNER TO postgres; GRANT CONNECT ON DATABASE main TO ${shop.owner}`,
    )
    const failure = await failureOf(provider.create(specOf('pr-1', { dataPolicy: 'copy' })))
    await server.sql(
      'postgres',
      `ALTER DATABASE main OWNER TO ${shop.owner}; GRANT CONNECT ON DATABASE main TO ${shop.owner}`,
    )
    expect(failure.message).toMatch(oneSentence)
    expect(failure.message).toContain('Copying "main" failed: the admin may not. Use a superuser, or a role')
  })

  it('does not carry over a setting that only a superuser may set, and says so', async () => {
    const { server } = stage
    await server.sql(
      'postgres',
      `ALTER DATABASE main SET log_min_messages = 'debug1'; ALTER DATABASE main SET timezone = 'Europe/Berlin'`,
    )
    const { branch, notes, connection } = await makeBranch(provider, 'pr-1')
    await server.sql('postgres', 'ALTER DATABASE main RESET ALL')
    expect(notes).toContain(
      `The parent's setting log_min_messages was not carried over: the server does not let this admin set it.`,
    )
    expect(await ask(connection, 'SHOW timezone')).toEqual([{ TimeZone: 'Europe/Berlin' }])
    await provider.delete(branch)
  })

  // Before 16, a role without INHERIT cannot use what it is a member of.
  if (major >= 16)
    it('manages without INHERIT', async () => {
      const { server, shop } = stage
      await server.sql('postgres', `ALTER ROLE ${shop.owner} NOINHERIT`)
      const { branch } = await makeBranch(provider, 'pr-1')
      expect(await provider.delete(branch)).toBe('deleted')
      await server.sql('postgres', `ALTER ROLE ${shop.owner} INHERIT`)
    })

  it('ends what a dead run left', async () => {
    const spec = specOf('pr-1', { dataPolicy: 'schema_only' })
    const run = new AbortController()
    const { server, shop } = stage
    const killed = providerFor(server.url('postgres', shop.owner, shop.password), {
      signal: run.signal,
      empty: async (sql) => (run.abort(), await sql.query('SELECT 1').then(() => [])),
    })
    await expect(killed.create(spec)).rejects.toThrow('cancelled')
    await killed.close()
    await provider.abandon!(spec.claim.build)
    expect(await provider.leftovers!('pr-1')).toEqual([])
  })
})
