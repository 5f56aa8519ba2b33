import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Connection, Provider } from '../../../src/ports.js'
import { Secret } from '../../../src/secret.js'
import { ask, majors, providerFor, type Shopping, startShop } from '../../fixtures/postgres.js'
import { makeBranch } from './stage.js'

/** One of everything a schema can hold, made by the superuser and the application in turns. */
const everything = `
  CREATE EXTENSION hstore;
  CREATE SCHEMA audit AUTHORIZATION shop_app;
  CREATE TABLE audit.log (id serial PRIMARY KEY, line text);
  INSERT INTO audit.log (line) VALUES ('one'), ('two');
  CREATE TYPE mood AS ENUM ('sad', 'happy');
  CREATE TYPE point3 AS (x int, y int, z int);
  CREATE TYPE span AS RANGE (subtype = int);
  CREATE DOMAIN zip AS text CHECK (VALUE ~ '^[0-9]{5}$');
  CREATE SEQUENCE tickets;
  CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql AS 'SELECT n * 2';
  CREATE PROCEDURE nothing() LANGUAGE sql AS 'SELECT 1';
  CREATE AGGREGATE total(int) (SFUNC = int4pl, STYPE = int);
  CREATE COLLATION german (provider = libc, locale = 'C');
  CREATE CONVERSION latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
  CREATE TEXT SEARCH CONFIGURATION plain (COPY = simple);
  CREATE TEXT SEARCH DICTIONARY words (TEMPLATE = simple);
  CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq);
  CREATE OPERATOR FAMILY numbers USING btree;
  CREATE OPERATOR CLASS by_number FOR TYPE int USING hash AS OPERATOR 1 =, FUNCTION 1 hashint4(int);
  CREATE STATISTICS orders_together ON customer_id, status FROM orders;
  CREATE VIEW names AS SELECT name FROM customers;
  SELECT lo_from_bytea(4711, 'scan of a letter');
  ANALYZE;`

describe.each(majors)('a branch on PostgreSQL %i', (major) => {
  let stage: Shopping
  let provider: Provider
  let connection: Connection
  beforeAll(async () => {
    stage = await startShop({ major })
    await stage.server.sql('main', everything)
    provider = providerFor(stage.server.adminUrl)
    connection = (await makeBranch(provider, 'pr-1')).connection
  })
  afterAll(async () => {
    await provider.close()
    await stage.server.stop()
  })
  const may = (sql: string) => ask(connection, sql)
  const mayNot = (sql: string) => expect(may(sql)).rejects.toMatchObject({ code: '42501' })

  it('is read and written by its role', async () => {
    const [row] = await may(`
      SELECT (SELECT count(*) FROM customers)::int AS customers, (SELECT count(*) FROM best_customers)::int > 0 AS best,
             (SELECT count(*) FROM audit.log)::int AS log, twice(21), nextval('tickets')::int AS ticket,
             convert_from(lo_get(4711), 'UTF8') AS letter`)
    expect(row).toEqual({ customers: 50, best: true, log: 2, twice: 42, ticket: 1, letter: 'scan of a letter' })
    await may(`INSERT INTO audit.log (line) VALUES ('three'); UPDATE customers SET phone = NULL;
               DELETE FROM events; SELECT lo_put(4711, 0, 'x'); TRUNCATE order_items`)
  })

  it.each([
    ['a table', `ALTER TABLE customers ADD loyal boolean DEFAULT false, ALTER phone TYPE text`],
    ['a referenced table', 'DROP TABLE subscriptions'],
    [
      'a partitioned table',
      `CREATE TABLE events_2027 PARTITION OF events FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')`,
    ],
    ['a partition', 'ALTER TABLE events DETACH PARTITION events_2025_10; DROP TABLE events_2025_10'],
    ['an index', 'DROP INDEX customers_city; CREATE INDEX ON customers (created_at); REINDEX TABLE customers'],
    ['an enum', `ALTER TYPE mood ADD VALUE 'content' BEFORE 'happy'; ALTER TYPE mood RENAME VALUE 'sad' TO 'blue'`],
    ['a composite type', 'ALTER TYPE point3 ADD ATTRIBUTE t int; DROP TYPE point3'],
    ['a range type', 'DROP TYPE span'],
    ['a domain', `ALTER DOMAIN zip ADD CHECK (VALUE <> '00000'); DROP DOMAIN zip`],
    ['a view', 'CREATE OR REPLACE VIEW names AS SELECT name, email FROM customers; DROP VIEW names'],
    ['a materialized view', 'REFRESH MATERIALIZED VIEW best_customers; DROP MATERIALIZED VIEW best_customers'],
    [
      'a function',
      `CREATE OR REPLACE FUNCTION twice(n int) RETURNS int LANGUAGE sql AS 'SELECT n + n'; DROP FUNCTION twice(int)`,
    ],
    ['a procedure and an aggregate', 'CALL nothing(); DROP PROCEDURE nothing(); DROP AGGREGATE total(int)'],
    ['a trigger', 'DROP TRIGGER customers_updated ON customers; DROP FUNCTION touch_updated_at() CASCADE'],
    ['a sequence', 'ALTER SEQUENCE tickets RESTART WITH 100; DROP SEQUENCE tickets'],
    ['an owned sequence', 'ALTER SEQUENCE audit.log_id_seq RESTART WITH 1000'],
    ['a schema', 'ALTER SCHEMA audit RENAME TO archive; DROP SCHEMA archive CASCADE'],
    ['a new schema', 'CREATE SCHEMA next; CREATE TABLE next.t (id int)'],
    ['a trusted extension', 'CREATE EXTENSION pg_trgm; CREATE INDEX ON customers USING gin (name gin_trgm_ops)'],
    ['a collation and a conversion', 'DROP COLLATION german; DROP CONVERSION latin'],
    ['text search', 'DROP TEXT SEARCH CONFIGURATION plain; DROP TEXT SEARCH DICTIONARY words'],
    [
      'operators',
      'DROP OPERATOR CLASS by_number USING hash; DROP OPERATOR FAMILY numbers USING btree; DROP OPERATOR === (int, int)',
    ],
    ['extended statistics', 'ALTER STATISTICS orders_together RENAME TO together; DROP STATISTICS together'],
    ['a large object', 'SELECT lo_unlink(4711)'],
    ['grants', 'GRANT SELECT ON customers TO shop_app; REVOKE ALL ON SCHEMA public FROM PUBLIC'],
  ])('is migrated by its role: %s', async (_what, sql) => {
    expect(await may(sql).then(() => 'done', String)).toBe('done')
  })

  it('refuses a login to its parent, where CONNECT was taken from PUBLIC', async () => {
    await expect(ask(elsewhere(stage, connection, 'main'), 'SELECT 1')).rejects.toMatchObject({ code: '42501' })
  })

  it('refuses a login to the branch of another pull request, and the other way round', async () => {
    const other = (await makeBranch(provider, 'pr-2')).connection
    await expect(ask(elsewhere(stage, connection, 'pr-2'), 'SELECT 1')).rejects.toMatchObject({ code: '42501' })
    await expect(ask(elsewhere(stage, other, 'pr-1'), 'SELECT 1')).rejects.toMatchObject({ code: '42501' })
  })

  it('lets in nobody but the admin and its own role', async () => {
    const { server, shop } = stage
    await expect(ask(elsewhere(stage, { ...connection, username: shop.owner }, 'pr-1'), 'SELECT 1')).rejects.toThrow()
    const rows = await server.sql<{ name: string }>(
      'postgres',
      `SELECT rolname AS name FROM pg_roles WHERE has_database_privilege(rolname, 'pr-1', 'CONNECT') AND NOT rolsuper`,
    )
    expect(rows).toEqual([{ name: 'pr-1' }])
  })

  it('has a role without any power over the server', async () => {
    const [row] = await stage.server.sql(
      'postgres',
      `SELECT rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls, rolcanlogin,
              (SELECT count(*)::int FROM pg_auth_members m WHERE m.member = r.oid) AS memberships
         FROM pg_roles r WHERE rolname = 'pr-1'`,
    )
    expect(row).toEqual({
      rolsuper: false,
      rolcreatedb: false,
      rolcreaterole: false,
      rolreplication: false,
      rolbypassrls: false,
      rolcanlogin: true,
      memberships: 0,
    })
    await mayNot('CREATE DATABASE mine')
    await mayNot('CREATE ROLE mine')
    await mayNot('SET ROLE shop_app')
    await mayNot(`SELECT pg_read_file('postgresql.conf')`)
    await mayNot(`COPY customers TO PROGRAM 'cat'`)
  })

  it('keeps its claim, name and existence from its own role', async () => {
    // From outside, because nobody can rename or drop the database they are in.
    const outside = elsewhere(stage, connection, 'postgres')
    for (const sql of [
      `COMMENT ON DATABASE "pr-1" IS 'nobody''s'`,
      `COMMENT ON ROLE "pr-1" IS 'nobody''s'`,
      'ALTER DATABASE "pr-1" RENAME TO mine',
      'ALTER DATABASE "pr-1" OWNER TO "pr-1"',
      'DROP DATABASE "pr-1"',
      'DROP ROLE shop_app',
    ])
      await expect(ask(outside, sql)).rejects.toMatchObject({ code: '42501' })
    await expect(ask(outside, 'ALTER ROLE "pr-1" RENAME TO mine')).rejects.toThrow('cannot be renamed')
    expect((await provider.find('pr-1'))?.claim).toMatchObject({ kind: 'claim', claim: { branch: 'pr-1' } })
  })

  it('does not share its data with the parent', async () => {
    await may('TRUNCATE customers CASCADE')
    const [row] = await stage.server.sql('main', 'SELECT count(*)::int AS customers FROM customers')
    expect(row).toEqual({ customers: stage.shop.counts.customers })
  })
})

describe('a parent that PUBLIC may log in to', () => {
  let stage: Shopping
  let provider: Provider
  beforeAll(async () => {
    stage = await startShop()
    await stage.server.sql('postgres', 'GRANT CONNECT ON DATABASE main TO PUBLIC')
    await stage.server.sql('main', `CREATE SEQUENCE numbers; SELECT lo_from_bytea(4711, 'a letter')`)
    provider = providerFor(stage.server.adminUrl)
  })
  afterAll(async () => {
    await provider.close()
    await stage.server.stop()
  })

  it('shows a branch nothing of its tables, and the run says so', async () => {
    const { connection, notes } = await makeBranch(provider, 'pr-1')
    expect(notes.join('\n')).toMatch(/may log in to "main".* no row.*REVOKE CONNECT ON DATABASE "main" FROM PUBLIC/)
    const inParent = elsewhere(stage, connection, 'main')
    const tables = await ask<{ name: string }>(
      inParent,
      `SELECT oid::regclass::text AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')`,
    )
    expect(tables.length).toBeGreaterThan(15)
    for (const { name } of tables) {
      await expect(ask(inParent, `SELECT * FROM ${name}`)).rejects.toMatchObject({ code: '42501' })
      await expect(ask(inParent, `DELETE FROM ${name}`)).rejects.toThrow()
    }
    await expect(ask(inParent, 'SELECT lo_get(4711)')).rejects.toMatchObject({ code: '42501' })
    await expect(ask(inParent, 'CREATE TABLE planted ()')).rejects.toMatchObject({ code: '42501' })
    expect(await ask(inParent, `SELECT attname FROM pg_stats WHERE schemaname = 'public'`)).toEqual([])
  })
})

/** The same login on another database. */
function elsewhere({ server }: Shopping, login: Connection, database: string): Connection {
  const url = server.url(database, login.username, login.password.reveal())
  return { ...login, database, url: new Secret(url) }
}
