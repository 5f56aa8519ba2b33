import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { type PostgresServer, startPostgres } from '../../../sim/postgres/server.js'
import { createShop } from '../../../sim/shop/shop.js'
import { maskingKey, maskingOrder } from '../../../src/data/masking/key.js'
import { maskBranch } from '../../../src/data/masking/mask-branch.js'
import { majors } from '../../fixtures/postgres.js'
import { mask, refusalOf, orderOf, rulesOf, scratch, sessionOn, someKey } from './stage.js'

const shopRules = `
tables:
  customers: { name: name, email: email, phone: phone,
    address: { mask: json, paths: { street: address, zip: postcode, city: city, country: { mask: constant, value: XX }, contact.name: name, contact.email: email } } }
  orders: { note: redact_text }
  events: { payload: { mask: json, paths: { ip: ip, email: email } }, happened_at: { keep: "partition key, and of no person by itself" } }
types: { timestamptz: date_shift }
harmless: [{ columns: [topic, sku, title, category, kind], because: words of the shop and not of customers }]
links: [[customers.email, "customers.address:contact.email"], [customers.email, "events.payload:email"]]`

function logOf(server: PostgresServer): string {
  const directory = path.join(server.dataDirectory, 'log')
  return readdirSync(directory)
    .map((file) => readFileSync(path.join(directory, file), 'utf8'))
    .join('\n')
}

const talkative = {
  logging_collector: 'on',
  log_directory: 'log',
  log_statement: 'all',
  log_min_duration_statement: '0',
  log_parameter_max_length: '-1',
  log_parameter_max_length_on_error: '-1',
  log_error_verbosity: 'verbose',
}

describe('on a server that logs everything', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres({ settings: talkative })
  })
  afterAll(() => server.stop())

  it('the key is in no log, no catalog and no view of activity, while masking and afterwards', async () => {
    await createShop(server, { database: 'shop', customers: 2_000, orders: 2_000 })
    const key = maskingKey(someKey, (bytes) => '5a'.repeat(bytes))
    const { ipad, opad, check } = key
    const forms = [someKey, ipad, opad, check].map((secret) => secret.reveal().replace('\\x', '').slice(0, 24))
    const seen: string[] = []
    let over = false
    const watching = (async () => {
      while (!over)
        seen.push(
          JSON.stringify(
            await server.sql(
              'shop',
              'SELECT query FROM pg_stat_activity UNION ALL SELECT prosrc FROM pg_proc WHERE oid >= 16384 UNION ALL SELECT setconfig::text FROM pg_db_role_setting',
            ),
          ),
        )
    })()
    await maskBranch({
      order: maskingOrder(rulesOf(shopRules), key),
      open: () => sessionOn(server, 'shop'),
      parallel: 2,
      info: () => undefined,
      elapsed: () => 0,
    })
    over = true
    await watching
    expect(seen.some((text) => text.includes('ALTER TABLE public.customers'))).toBe(true)
    const everything = seen.join('\n') + logOf(server)
    expect(logOf(server)).toContain('CREATE TABLE customers')
    expect(forms.filter((form) => everything.includes(form))).toEqual([])
  })

  it('a role that cannot silence the log is refused before the key leaves', async () => {
    const shop = await createShop(server, { database: 'owned', customers: 10, orders: 10 })
    expect(await refusalOf(mask(server, 'owned', shopRules, { url: shop.url }))).toMatch(
      /^RefusedError: Masking the branch refused: the server's log takes down every statement/,
    )
    expect(await server.sql('owned', `SELECT FROM pg_namespace WHERE nspname = 'db_branch_masking'`)).toEqual([])
  })
})

describe.each(majors)('the shop on PostgreSQL %i', (major) => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres({ major })
  })
  afterAll(() => server.stop())

  it.each(['superuser', 'owner'])('is masked by its %s', async (who) => {
    const database = `shop_${who}`
    const shop = await createShop(server, { database, customers: 300, orders: 500 })
    const originals = await server.sql<{ email: string; name: string }>(database, 'SELECT email, name FROM customers')
    const { notes, counts } = await mask(server, database, shopRules, who === 'owner' ? { url: shop.url } : {})
    expect(counts).toMatchObject({ tables: 9, harmless: 6, kept: 1 })
    expect(notes).toEqual(who === 'owner' ? [expect.stringContaining('takes a superuser')] : [])
    const texts = JSON.stringify(
      await Promise.all(
        ['customers', 'subscriptions', 'orders', 'events', 'best_customers', 'open_orders'].map((table) =>
          server.sql(database, `SELECT t::text FROM ${table} t`),
        ),
      ),
    )
    expect(originals.filter(({ email, name }) => texts.includes(email) || texts.includes(name))).toEqual([])
    const [joins] = await server.sql(
      database,
      `SELECT (SELECT count(*)::int FROM subscriptions s JOIN customers c ON c.email = s.customer_email) AS subscriptions,
              (SELECT count(*)::int FROM events e JOIN customers c ON c.id = e.customer_id AND c.email = e.payload ->> 'email') = (SELECT count(*)::int FROM events WHERE payload ? 'email') AS events,
              (SELECT count(*)::int FROM best_customers) AS best, (SELECT count(*)::int FROM customers WHERE email = address #>> '{contact,email}') AS documents`,
    )
    expect(joins).toEqual({ subscriptions: 100, events: true, best: 100, documents: 300 })
    expect(
      await server.sql(database, "SELECT count(*)::int AS n FROM orders WHERE updated_at > now() - interval '1 day'"),
    ).toEqual([{ n: 0 }])
  })
})

describe('what a role may not do, and what a run leaves that dies', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
    await server.sql('postgres', `CREATE ROLE plain LOGIN PASSWORD 'pw'; CREATE ROLE other`)
  })
  afterAll(() => server.stop())
  const plain = (database: string) => server.url(database, 'plain', 'pw')

  it("refuses another role's table before it changes anything", async () => {
    const database = await scratch(
      server,
      `CREATE TABLE t (a text); INSERT INTO t VALUES ('x'); GRANT ALL ON t TO plain; GRANT ALL ON DATABASE scratch1 TO plain`,
    )
    expect(await refusalOf(mask(server, database, 'tables: { t: { a: hash } }', { url: plain(database) }))).toContain(
      'belongs to a table that the role at work may not change',
    )
  })

  it('sees through forced row security as the owner, and puts it back', async () => {
    const database = await scratch(
      server,
      `CREATE TABLE t (a text); INSERT INTO t VALUES ('one'), ('two'); ALTER TABLE t OWNER TO plain; ALTER TABLE t ENABLE ROW LEVEL SECURITY; ALTER TABLE t FORCE ROW LEVEL SECURITY;
       CREATE POLICY p ON t USING (a = 'one'); GRANT ALL ON DATABASE scratch2 TO plain`,
    )
    const { counts } = await mask(server, database, 'tables: { t: { a: hash } }', { url: plain(database) })
    expect(counts.rows).toBe(2)
    expect(
      await server.sql(
        database,
        `SELECT relforcerowsecurity AS forced, (SELECT count(*)::int FROM t WHERE a ~ '^[0-9a-f]{16}$') AS masked FROM pg_class WHERE relname = 't'`,
      ),
    ).toEqual([{ forced: true, masked: 2 }])
  })

  it('a run that dies in the middle leaves its mark, and the next one refuses', async () => {
    const database = await scratch(
      server,
      `CREATE TABLE t (a text); CREATE TABLE u (a text); INSERT INTO t VALUES ('x'); INSERT INTO u VALUES ('y')`,
    )
    let opened = 0
    const dying = maskBranch({
      order: orderOf('tables: { t: { a: hash }, u: { a: hash } }'),
      open: async () => {
        if (++opened > 1) throw new Error('the runner was cut off')
        return sessionOn(server, database)
      },
      parallel: 2,
      info: () => undefined,
      elapsed: () => 0,
    })
    expect(await refusalOf(dying)).toBe('Error: the runner was cut off')
    expect(await refusalOf(mask(server, database, 'tables: { t: { a: hash }, u: { a: hash } }'))).toBe(
      'RefusedError: Masking the branch refused: an earlier masking of it ended in the middle (schema db_branch_masking). Make the branch again.',
    )
  })

  it('drops the logins on other servers', async () => {
    const database = await scratch(
      server,
      `CREATE EXTENSION postgres_fdw; CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw; CREATE USER MAPPING FOR PUBLIC SERVER far OPTIONS (user 'a', password 'S3cret'); CREATE TABLE t (a text)`,
    )
    await mask(server, database, 'tables: { t: { a: hash } }')
    expect(await server.sql(database, 'SELECT FROM pg_user_mappings')).toEqual([])
  })

  it('runs no event trigger of the branch', async () => {
    const database = await scratch(
      server,
      `CREATE TABLE seen (tag text); CREATE TABLE t (a text); INSERT INTO t VALUES ('x');
       CREATE FUNCTION spy() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.seen VALUES (TG_TAG); END $$;
       CREATE EVENT TRIGGER spy ON ddl_command_end EXECUTE FUNCTION spy(); ALTER EVENT TRIGGER spy ENABLE ALWAYS; TRUNCATE seen`,
    )
    await server.sql(database, 'TRUNCATE seen')
    await mask(
      server,
      database,
      'tables: { t: { a: hash } }\nharmless: [{ tables: seen, columns: tag, because: words of SQL }]',
    )
    expect(await server.sql(database, 'SELECT * FROM seen')).toEqual([])
  })

  it('a function that shadows a built-in one is not called', async () => {
    const database = await scratch(
      server,
      `CREATE FUNCTION public.sha256(bytea) RETURNS bytea LANGUAGE sql AS $$ SELECT $1 $$; CREATE FUNCTION public.encode(bytea, text) RETURNS text LANGUAGE sql AS $$ SELECT 'stolen' $$;
       CREATE FUNCTION allowed(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT true $$; CREATE FUNCTION tidy(text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN allowed($1); END $$;
       CREATE TABLE t (a text CHECK (tidy(a))); INSERT INTO t VALUES ('x'); ALTER DATABASE scratch6 SET search_path = public, pg_catalog`,
    )
    expect(database).toBe('scratch6')
    await mask(server, database, 'tables: { t: { a: hash } }')
    expect(await server.sql(database, 'SELECT a FROM public.t')).toEqual([
      { a: expect.stringMatching(/^[0-9a-f]{16}$/) as unknown },
    ])
  })
})
