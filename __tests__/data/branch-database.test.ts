import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { startPostgres, type PostgresServer } from '../../sim/postgres/server.js'
import { branchDatabase } from '../../src/data/branch-database.js'
import { ProviderError } from '../../src/errors.js'
import type { Connection } from '../../src/ports.js'
import { Secret } from '../../src/secret.js'
import { claimOf } from '../fixtures/claim.js'
import { quickClock } from '../fixtures/platform.js'

let server: PostgresServer
const database = branchDatabase({ signal: new AbortController().signal, clock: quickClock, info: () => undefined })
const claim = claimOf()

beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

function connection(name: string, password = server.password): Connection {
  const url = new Secret(server.url(name, 'postgres', password))
  const rest = { host: server.host, port: server.port, username: 'postgres', password: new Secret(password) }
  return { url, database: name, ...rest }
}

async function make(name: string, sql: string, { template = 'template0' } = {}): Promise<Connection> {
  await server.sql('postgres', `CREATE DATABASE "${name}" TEMPLATE "${template}"`)
  if (sql !== '') await server.sql(name, sql)
  return connection(name)
}

describe('a claim in the database', () => {
  it('is read as it was written', async () => {
    const branch = await make("signed '7", '')
    expect(await database.readClaim(branch)).toEqual({ kind: 'none' })
    await database.sign(branch, claim)
    expect(await database.readClaim(branch)).toEqual({ kind: 'claim', claim })
  })

  it('comes last when the database is emptied', async () => {
    const branch = await make('emptied', 'CREATE TABLE people (name text); INSERT INTO people VALUES ($$Ada$$)')
    expect(await database.empty(branch, claim)).toContain('Emptied 1 table and checked that each is empty.')
    expect(await server.sql('emptied', 'SELECT * FROM people')).toEqual([])
    expect(await database.readClaim(branch)).toEqual({ kind: 'claim', claim })
  })

  it('is not written when emptying fails', async () => {
    const branch = await make(
      'stubborn',
      `CREATE TABLE people (name text primary key); INSERT INTO people VALUES ($$Ada$$);
       CREATE TABLE schema_migrations (version text primary key REFERENCES people (name)); INSERT INTO schema_migrations VALUES ($$Ada$$)`,
    )
    await expect(database.empty(branch, claim)).rejects.toThrow(/Emptying the branch refused/)
    expect(await database.readClaim(branch)).toEqual({ kind: 'none' })
    expect(await server.sql('stubborn', 'SELECT * FROM people')).toHaveLength(1)
  })
})

describe('copying the ledgers', () => {
  const schema = `
    CREATE SCHEMA "Odd schema";
    CREATE TABLE customers (id int, name text);
    CREATE TABLE pgmigrations (id serial PRIMARY KEY, name varchar(255) NOT NULL, run_on timestamp NOT NULL);
    CREATE TABLE "__EFMigrationsHistory" ("MigrationId" varchar(150) PRIMARY KEY, "ProductVersion" varchar(32) NOT NULL);
    CREATE TABLE "Odd schema".__drizzle_migrations (
      id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, hash text NOT NULL, created_at bigint,
      short text GENERATED ALWAYS AS (left(hash, 3)) STORED);`
  const rows = `
    INSERT INTO customers VALUES (1, $$Ada$$);
    INSERT INTO pgmigrations (name, run_on) SELECT 'm' || n, '2026-01-01' FROM generate_series(1, 3) n;
    INSERT INTO "__EFMigrationsHistory" VALUES ($$2026_"x"$$, $$10'0$$);
    INSERT INTO "Odd schema".__drizzle_migrations (hash, created_at) VALUES ('abcdef', 9007199254740993);`

  it('brings every ledger, and nothing else', async () => {
    const parent = await make('parent', schema + rows)
    const branch = await make('child', schema)
    expect(await database.copyLedgers(parent, branch)).toEqual([
      'Copied the migration ledger "Odd schema".__drizzle_migrations (Drizzle), public."__EFMigrationsHistory" (EF Core), public.pgmigrations (node-pg-migrate).',
    ])
    expect(await server.sql('child', 'SELECT * FROM customers')).toEqual([])
    for (const table of ['pgmigrations', '"__EFMigrationsHistory"', '"Odd schema".__drizzle_migrations']) {
      const text = `SELECT t::text FROM ${table} t ORDER BY 1`
      expect(await server.sql('child', text)).toEqual(await server.sql('parent', text))
    }
  })

  it('lets the next migration follow', async () => {
    await server.sql('child', `INSERT INTO pgmigrations (name, run_on) VALUES ('m4', now())`)
    await server.sql('child', `INSERT INTO "Odd schema".__drizzle_migrations (hash) VALUES ('next')`)
    const [row] = await server.sql('child', `SELECT max(id) AS id FROM pgmigrations`)
    expect(row).toEqual({ id: 4 })
  })

  it('brings all of them or none', async () => {
    const branch = await make('half', schema.replace('hash text NOT NULL', 'hash varchar(3) NOT NULL'))
    await expect(database.copyLedgers(connection('parent'), branch)).rejects.toThrow(ProviderError)
    expect(await server.sql('half', 'SELECT * FROM pgmigrations')).toEqual([])
  })

  it('says so when there is none', async () => {
    const [parent, branch] = [await make('bare', ''), await make('bare child', '')]
    expect(await database.copyLedgers(parent, branch)).toEqual(['No migration ledger was found.'])
  })
})

describe('a branch that cannot be reached', () => {
  it('is one sentence with advice about the platform, and without the password', async () => {
    const wrong = connection('postgres', 'wrong-swordfish')
    await expect(database.readClaim(wrong)).rejects.toThrow(
      /^Connecting to "postgres" on 127\.0\.0\.1:\d+ failed: the server refused user "postgres"\. Check that the platform lets this runner reach its branches \(IP allow list, private network\), and run the job again\.$/,
    )
  })
})
