import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { textBelowClaim } from '../../../src/domain/claim.js'
import type { Connection, Provider } from '../../../src/ports.js'
import { ask, providerFor, type Shopping, startShop } from '../../fixtures/postgres.js'
import { everythingOn, makeBranch } from './stage.js'

let stage: Shopping
let provider: Provider
let connection: Connection
beforeAll(async () => {
  stage = await startShop()
  const { server } = stage
  await server.sql(
    'postgres',
    `CREATE ROLE auditor LOGIN PASSWORD 'auditor'; CREATE ROLE "odd ""role";
     GRANT CONNECT, TEMPORARY ON DATABASE main TO auditor; GRANT CREATE ON DATABASE main TO "odd ""role";
     COMMENT ON DATABASE main IS E'The shop.\\nAsk Ada; it''s hers.';
     ALTER DATABASE main SET search_path = "$user", public, "Odd, schema", extensions;
     ALTER DATABASE main SET app.tenant = 'Bob''s "shop", \\ and more';
     ALTER DATABASE main SET timezone = 'Europe/Berlin';
     ALTER DATABASE main SET default_transaction_read_only = on;
     ALTER DATABASE main SET statement_timeout = '20s';
     ALTER ROLE shop_app IN DATABASE main SET work_mem = '99MB'`,
  )
  provider = providerFor(server.adminUrl)
  ;({ connection } = await makeBranch(provider, 'pr-1'))
})
afterAll(async () => {
  await provider.close()
  await stage.server.stop()
})
const setting = async (name: string) =>
  (await ask<{ value: string }>(connection, `SELECT current_setting('${name}') AS value`))[0]?.value

describe('a branch takes over from its parent', () => {
  it.each([
    ['search_path', '"$user", public, "Odd, schema", extensions'],
    ['app.tenant', `Bob's "shop", \\ and more`],
    ['TimeZone', 'Europe/Berlin'],
    ['default_transaction_read_only', 'on'],
    ['statement_timeout', '20s'],
  ])('the setting %s', async (name, value) => {
    expect(await setting(name)).toBe(value)
  })

  it('what named roles may do with the database', async () => {
    const rows = await stage.server.sql<{ who: string; what: string }>(
      'postgres',
      `SELECT pg_get_userbyid(a.grantee) AS who, string_agg(a.privilege_type, ' ' ORDER BY 1) AS what
         FROM pg_database d, aclexplode(d.datacl) a WHERE datname = 'pr-1' AND a.grantee <> d.datdba GROUP BY a.grantee ORDER BY 1`,
    )
    expect(rows).toEqual([
      { who: 'auditor', what: expect.stringMatching(/^(CONNECT TEMPORARY|TEMPORARY CONNECT)$/) },
      { who: 'odd "role', what: 'CREATE' },
      { who: 'pr-1', what: expect.stringMatching(/CONNECT/) },
    ])
  })

  it('its comment, below the claim', async () => {
    const [row] = await stage.server.sql<{ comment: string }>(
      'postgres',
      `SELECT shobj_description(oid, 'pg_database') AS comment FROM pg_database WHERE datname = 'pr-1'`,
    )
    expect(row?.comment).toMatch(/^db-branch-action\/1 \{.*\}\nThe shop\.\nAsk Ada; it's hers\.$/)
    expect(textBelowClaim(row?.comment)).toBe(`The shop.\nAsk Ada; it's hers.`)
  })
})

describe('a branch does not take over', () => {
  it('a way in for PUBLIC, though its parent is open', async () => {
    const { server } = stage
    await server.sql('postgres', 'GRANT CONNECT ON DATABASE main TO PUBLIC; CREATE ROLE stranger LOGIN')
    try {
      await makeBranch(provider, 'pr-2')
      const [row] = await server.sql('postgres', `SELECT has_database_privilege('stranger', 'pr-2', 'CONNECT') AS may`)
      expect(row).toEqual({ may: false })
    } finally {
      await server.sql('postgres', 'REVOKE CONNECT ON DATABASE main FROM PUBLIC')
    }
  })

  it('settings of one role in the parent', async () => {
    const rows = await stage.server.sql(
      'postgres',
      `SELECT setconfig FROM pg_db_role_setting JOIN pg_database d ON d.oid = setdatabase WHERE datname = 'pr-1' AND setrole <> 0`,
    )
    expect(rows).toEqual([])
    expect(await setting('work_mem')).toBe('4MB')
  })
})

it("the parent's settings do not steer the admin's work in its branches", async () => {
  // Everything in it is read-only by default: emptying would fail.
  const { connection } = await makeBranch(provider, 'pr-3', { dataPolicy: 'schema_only' })
  expect(await ask(connection, 'SELECT count(*)::int AS n FROM customers')).toEqual([{ n: 0 }])
})

it('functions that shadow built-in ones do not run as the admin', async () => {
  const { server } = stage
  await server.sql('postgres', 'ALTER DATABASE main RESET default_transaction_read_only')
  await server.sql(
    'main',
    `
    CREATE TABLE caught (by_whom text);
    CREATE FUNCTION public.format(text, name) RETURNS text LANGUAGE plpgsql AS
      $$ BEGIN INSERT INTO public.caught VALUES (current_user); RETURN 'TABLE public.caught'; END $$;
    CREATE FUNCTION public.format(text, text, text) RETURNS text LANGUAGE plpgsql AS
      $$ BEGIN INSERT INTO public.caught VALUES (current_user); RETURN 'SELECT 1'; END $$`,
  )
  await makeBranch(provider, 'pr-4')
  expect(await server.sql('pr-4', 'SELECT DISTINCT by_whom FROM caught')).toEqual([])
})

describe('user mappings', () => {
  beforeAll(async () => {
    const { server, shop } = stage
    await server.sql('postgres', 'ALTER DATABASE main RESET default_transaction_read_only')
    await server.sql(
      'main',
      `CREATE EXTENSION postgres_fdw; CREATE ROLE "odd 'mapped' role";
       CREATE SERVER production FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '127.0.0.1', port '${server.port}', dbname 'main');
       CREATE USER MAPPING FOR PUBLIC SERVER production OPTIONS (user 'shop_app', password '${shop.password}');
       CREATE USER MAPPING FOR postgres SERVER production OPTIONS (user 'shop_app', password '${shop.password}');
       CREATE USER MAPPING FOR "odd 'mapped' role" SERVER production OPTIONS (user 'x', password 'y');
       CREATE FOREIGN TABLE remote_customers (id bigint, email text) SERVER production OPTIONS (table_name 'customers');
       GRANT SELECT ON remote_customers TO shop_app`,
    )
  })

  it('reach the other server from the parent: the tests below would see rows', async () => {
    expect(await stage.server.sql('main', 'SELECT id FROM remote_customers')).toHaveLength(50)
  })

  it('are dropped, and the run says so; foreign tables stay, and reach nothing', async () => {
    const before = await everythingOn(stage.server)
    const { connection, notes } = await makeBranch(provider, 'pr-5')
    expect(notes).toContain('Dropped 3 user mappings with logins of other servers.')
    expect(await stage.server.sql('pr-5', 'SELECT * FROM pg_user_mapping')).toEqual([])
    expect(await ask(connection, `SELECT relkind FROM pg_class WHERE relname = 'remote_customers'`)).toEqual([
      { relkind: 'f' },
    ])
    await expect(ask(connection, 'SELECT * FROM remote_customers')).rejects.toThrow('user mapping not found')
    await expect(
      ask(connection, `CREATE USER MAPPING FOR CURRENT_USER SERVER production OPTIONS (user 'x', password 'y')`),
    ).rejects.toThrow()
    expect(await everythingOn(stage.server)).toEqual([...before, 'database pr-5', 'role pr-5'].sort())
  })

  it('keep working in the parent', async () => {
    expect(await stage.server.sql('main', 'SELECT id FROM remote_customers')).toHaveLength(50)
  })
})
