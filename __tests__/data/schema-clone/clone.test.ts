import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type PostgresServer, startPostgres } from '../../../sim/postgres/server.js'
import { createShop } from '../../../sim/shop/shop.js'
import { cloneSchema } from '../../../src/data/schema-clone/clone.js'
import { schemaDifferences } from '../../../src/data/schema-clone/compare.js'
import type { Session } from '../../../src/sql/session.js'
import { sessionOn } from '../masking/stage.js'

const script = (file: string) => readFileSync(path.join(import.meta.dirname, file), 'utf8')

/** What is done to a copy, and what the comparison must say of it. */
const changes: readonly (readonly [change: string, ...told: string[]])[] = [
  ['ALTER TABLE app.base ALTER COLUMN late SET DEFAULT 1', 'column app.base.late', 'column app.kid.late'],
  ['ALTER TABLE app.base ALTER COLUMN code SET STORAGE EXTERNAL', 'column app.base.code', 'column app.kid.code'],
  ['ALTER TABLE app.kid ALTER COLUMN extra SET STATISTICS 7', 'column app.kid.extra'],
  ['ALTER TABLE app.u ADD COLUMN c int', 'column app.u.c'],
  ['ALTER TABLE app.base VALIDATE CONSTRAINT nv', 'constraint nv on app.base', 'constraint nv on app.kid'],
  ['DROP INDEX app.m2_only', 'index app.m2_only'],
  ['ALTER INDEX app.funny RENAME TO serious', 'index app.funny', 'index app.serious'],
  ['ALTER TABLE app.m1a DISABLE TRIGGER t1', 'trigger t1 on app.m1a'],
  ['GRANT SELECT ON app.u TO app2', 'relation app.u'],
  ['ALTER TABLE app.u DISABLE ROW LEVEL SECURITY', 'relation app.u'],
  ['ALTER MATERIALIZED VIEW app.mv OWNER TO app2', 'relation app.mv'],
  ['ALTER POLICY p ON app.u USING (a > 1)', 'policy p on app.u'],
  ['GRANT EXECUTE ON PROCEDURE app.proc TO PUBLIC', 'routine app.proc(integer)'],
  [`ALTER TYPE app.level ADD VALUE 'top'`, 'type app.level'],
  ['ALTER SEQUENCE app.codes NO CYCLE', 'sequence app.codes'],
  ['ALTER TABLE app.owned ALTER COLUMN x SET INCREMENT 8', 'sequence app.owned_x_seq'],
  [`COMMENT ON COLUMN app.v.late IS 'sooner'`, 'comment on column late of view app.v'],
  ['DROP STATISTICS app.st', 'comment on statistics object app.st', 'statistics app.st'],
  ['ALTER EVENT TRIGGER et ENABLE', 'event trigger et'],
  ['ALTER PUBLICATION pub DROP TABLE app.base', 'publication pub'],
  [
    'ALTER DEFAULT PRIVILEGES FOR ROLE team IN SCHEMA app GRANT INSERT ON TABLES TO app2',
    'default privileges of team in app on r',
  ],
  ['CREATE VIEW app.more AS SELECT 1 AS one', 'column app.more.one', 'relation app.more'],
]

describe.each([15, 18] as const)('PostgreSQL %i', (major) => {
  let server: PostgresServer
  const sessions: Session[] = []
  const open = async (database: string) => {
    const session = await sessionOn(server, database)
    sessions.push(session)
    return session
  }
  const clone = async (database: string) => {
    await server.sql('postgres', `CREATE DATABASE copy_of_${database} TEMPLATE template0`)
    return cloneSchema(await open(database), await open(`copy_of_${database}`))
  }

  beforeAll(async () => {
    server = await startPostgres({ major })
    await createShop(server, { customers: 5, orders: 5 })
    for (const [database, file] of [
      ['hostile', '../masking/hostile.sql'],
      ['wide', 'schema.sql'],
    ] as const) {
      await server.sql('postgres', `CREATE DATABASE ${database}`)
      await server.sql(database, script(file))
    }
  })
  afterAll(async () => {
    await Promise.all(sessions.map((session) => session.close()))
    await server.stop()
  })

  it.each(['main', 'hostile', 'wide'])('makes an exact copy of the schema of %s, and no row', async (database) => {
    expect(await clone(database)).toEqual([])
    const [found] = await server.sql<{ pages: number }>(
      `copy_of_${database}`,
      `SELECT sum(pg_relation_size(oid))::int AS pages FROM pg_class WHERE relkind IN ('r', 't', 'm') AND oid >= 16384 AND relnamespace::regnamespace::text <> 'information_schema'`,
    )
    expect(found).toEqual({ pages: 0 })
  })

  it('keeps the order of columns, whatever they depend on', async () => {
    const order = (database: string) =>
      server.sql(
        database,
        `SELECT attrelid::regclass::text AS name, string_agg(attname, ',' ORDER BY attnum) FROM pg_attribute WHERE attrelid IN ('orders'::regclass, 'order_items'::regclass) AND attnum > 0 GROUP BY 1 ORDER BY 1`,
      )
    expect(await order('copy_of_main')).toEqual(await order('main'))
  })

  it('sees every change of a copy', async () => {
    const copy = await open('copy_of_wide')
    // What is tried is taken back: the comparison must not end the transaction.
    const query = (text: string) => copy.query(text.replace(/^BEGIN READ ONLY/, 'SAVEPOINT s').replace(/^ROLLBACK/, ''))
    await copy.query(['BEGIN', ...changes.map(([change]) => change)].join(';'))
    const found = await schemaDifferences(await open('wide'), { query: query as Session['query'] })
    await copy.query('ROLLBACK')
    expect(found).toEqual([...new Set(changes.flatMap(([, ...told]) => told))].toSorted())
    expect(await schemaDifferences(await open('wide'), copy)).toEqual([])
  })

  it('names what it cannot copy, and no definition', async () => {
    await server.sql('postgres', 'CREATE DATABASE odd')
    await server.sql(
      'odd',
      `CREATE TABLE t (a int); CREATE FUNCTION to_bool(t) RETURNS boolean LANGUAGE sql AS $$ SELECT $1.a > 4711 $$;
       CREATE CAST (t AS boolean) WITH FUNCTION to_bool(t)`,
    )
    expect(await clone('odd')).toEqual(['cast from public.t to boolean'])
  })

  it('takes no user mapping along', async () => {
    await server.sql('postgres', 'CREATE DATABASE linked')
    await server.sql(
      'linked',
      `CREATE EXTENSION postgres_fdw; CREATE SERVER far FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'far.example');
       CREATE FOREIGN TABLE away (a int) SERVER far; CREATE USER MAPPING FOR CURRENT_USER SERVER far OPTIONS (user 'x', password 'S3cretPw')`,
    )
    expect(await clone('linked')).toEqual([])
    expect(await server.sql('copy_of_linked', 'SELECT * FROM pg_user_mappings')).toEqual([])
  })
})
