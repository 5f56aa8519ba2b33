import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type PostgresServer, startPostgres } from '../../../sim/postgres/server.js'
import { fillSynthetic } from '../../../src/data/seed/fill-synthetic.js'
import { readSeed } from '../../../src/data/seed/form.js'
import { Secret } from '../../../src/secret.js'
import { openSession } from '../../../src/sql/session.js'
import { parseTarget } from '../../../src/sql/target.js'
import { refusalOf, scratch } from '../masking/stage.js'

const at = (file: string) => readFileSync(path.join(import.meta.dirname, file), 'utf8')
const shop = at('../../../sim/shop/tables.sql') + at('../../../sim/shop/rules.sql')
const nasty = at('nasty.sql')

/** `many` holds one of each that is made behind its rows; `watched`, `late` and `few` must not be touched. */
const manyRows = `
  CREATE TABLE targets (id int PRIMARY KEY);
  CREATE TABLE late_targets (id int PRIMARY KEY);
  CREATE FUNCTION mine(int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1';
  CREATE FUNCTION stay() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
  CREATE TABLE many (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, target int NOT NULL, "Nr" int NOT NULL, note text NOT NULL, parent bigint,
    CONSTRAINT many_target FOREIGN KEY (target) REFERENCES targets ON UPDATE CASCADE ON DELETE CASCADE,
    CONSTRAINT many_tree FOREIGN KEY (parent) REFERENCES many ON DELETE SET NULL,
    CONSTRAINT many_said FOREIGN KEY (target) REFERENCES targets);
  ALTER TABLE many ADD CONSTRAINT many_open FOREIGN KEY (target) REFERENCES targets NOT VALID;
  COMMENT ON CONSTRAINT many_said ON many IS 'said';
  CREATE INDEX many_plain ON many (target, "Nr" DESC NULLS LAST) INCLUDE (id) WITH (fillfactor = 80);
  CREATE INDEX many_some ON many USING brin (id) WHERE "Nr" > 5;
  CREATE INDEX many_lower ON many (lower(note) text_pattern_ops);
  CREATE INDEX many_mine ON many (mine("Nr"));
  CREATE INDEX many_noted ON many ("Nr");
  COMMENT ON INDEX many_noted IS 'noted';
  CREATE INDEX many_counted ON many ((lower(note)));
  ALTER INDEX many_counted ALTER COLUMN 1 SET STATISTICS 500;
  CREATE INDEX many_sorted ON many (target);
  ALTER TABLE many CLUSTER ON many_sorted;
  CREATE TABLE watched (id int PRIMARY KEY, target int NOT NULL, CONSTRAINT watched_target FOREIGN KEY (target) REFERENCES targets);
  CREATE INDEX watched_plain ON watched (target);
  CREATE TRIGGER watch BEFORE INSERT ON watched FOR EACH ROW EXECUTE FUNCTION stay();
  CREATE TABLE late (id int PRIMARY KEY, target int NOT NULL, other int NOT NULL,
    CONSTRAINT late_target FOREIGN KEY (target) REFERENCES late_targets DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT late_other FOREIGN KEY (other) REFERENCES late_targets);
  CREATE INDEX late_plain ON late (target);
  CREATE TABLE few (id int PRIMARY KEY, target int NOT NULL, CONSTRAINT few_target FOREIGN KEY (target) REFERENCES targets);
  CREATE INDEX few_plain ON few (target)`

async function fill(server: PostgresServer, database: string, tables: string, seed = 7) {
  const form = readSeed(`synthetic:\n  seed: ${seed}\n  tables: ${tables}`)
  if (form?.kind !== 'synthetic') throw new Error('no synthetic seed')
  const target = parseTarget(new Secret(server.url(database)))
  const sql = await openSession(target, { application: 'test', signal: new AbortController().signal })
  return fillSynthetic(sql, form.rules).finally(() => sql.close())
}

/** Of every row of the tables, as text that no setting changes. */
async function digest(server: PostgresServer, database: string, tables: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
  for (const table of tables) {
    const rows = await server.sql<{ row: string }>(
      database,
      `SET timezone = 'UTC'; SELECT t::text AS row FROM ${table} t ORDER BY t::text COLLATE "C"`,
    )
    hash.update(rows.map(({ row }) => row).join('\n'))
  }
  return hash.digest('hex')
}

const everything = `{ tenants: 5, User: 40, projects: 20, members: 60, likes: 60, people: 12, trees: 9, readings: 50, listed: 10,
    bookings: 30, nothing_to_say: 3 }`
const nastyTables = [
  'tenants',
  '"Über"."User"',
  'projects',
  'members',
  'likes',
  'people',
  'teams',
  'profiles',
  'readings',
  'listed',
  'bookings',
]

/**
 * Of the rows of seed 7, found once: the same rows on every server (13, too, when they were found), in every year. They would
 * tell if PostgreSQL ever changed its hash of numbers.
 */
const expected = {
  nasty: '7daef20d19b3d7bbd3c7e6cfc2a6f2e2d4b9c92b2fc6bc2becc387fe8bc05bb6',
  shop: '24a4395724bd2ceee13af9aa721096f665e72f8a6d019327dcda8b5141cbbdbb',
}

describe.each([15, 18] as const)('on PostgreSQL %i', (major) => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres({ major })
  }, 120_000)
  afterAll(() => server.stop())

  it('fills the shop, whose sequences go on behind', async () => {
    const database = await scratch(server, shop)
    const outcome = await fill(
      server,
      database,
      '{ customers: 50, orders: { rows: 120, columns: { note: lorem } }, order_items: 300, events: 40, subscriptions: 20 }',
    )
    expect(outcome.rows).toContainEqual({ table: 'public.orders', rows: 120 })
    expect(outcome.notes).toEqual([
      'public.products is not named and gets 1 row, the least that public.order_items needs (order_items_product_id_fkey).',
    ])
    const [row] = await server.sql(
      database,
      `SELECT nextval('orders_id_seq')::int AS next, (SELECT count(*)::int FROM orders WHERE note IS NULL) AS empty,
              (SELECT count(DISTINCT customer_id)::int FROM orders) AS buyers, (SELECT max(line)::int FROM order_items) AS lines,
              (SELECT bool_and(email ~ '^[a-z.]+\\.\\d+@example\\.com$' AND coalesce(phone, '-555-01') LIKE '%-555-01%') FROM customers) AS made_up,
              (SELECT bool_and(created_at BETWEEN '2024-01-01' AND '2026-01-01' AND created_at < updated_at) FROM customers) AS dated`,
    )
    expect(row).toEqual({ next: 121, empty: 0, buyers: 50, lines: 3, made_up: true, dated: true })
    expect(
      await digest(server, database, ['customers', 'orders', 'order_items', 'events', 'subscriptions', 'products']),
    ).toBe(expected.shop)
  })

  it('fills a nasty schema, with the same rows everywhere', async () => {
    const database = await scratch(server, nasty)
    const { notes, rows } = await fill(server, database, everything)
    expect(notes).toEqual([
      'public.profiles is not named and gets 12 rows, the least that public.people needs (people_profile_fkey).',
      'public.teams is not named and gets 1 row, the least that public.people needs (people_team_fkey).',
    ])
    expect(rows).toHaveLength(13)
    const [row] = await server.sql(
      database,
      `SELECT (SELECT count(DISTINCT country)::int FROM tenants) AS countries, (SELECT count(DISTINCT at < '2022-01-01')::int FROM readings) AS parts,
              (SELECT count(*)::int FROM members WHERE is_lead) AS leads, (SELECT max(id) FROM projects) AS project,
              nextval('projects_id_seq')::int AS next, (SELECT bool_and(id::text ~ '^.{14}4.{4}[89ab]') FROM tenants) AS random_uuids, (SELECT count(DISTINCT plan)::int FROM "Über"."User" WHERE plan = 'free') AS plans`,
    )
    expect(row).toEqual({ countries: 3, parts: 2, leads: 0, project: 290, next: 300, random_uuids: true, plans: 1 })
    expect(await digest(server, database, nastyTables)).toBe(expected.nasty)
    const other = await scratch(server, nasty)
    await fill(server, other, everything, 8)
    expect(await digest(server, other, nastyTables)).not.toBe(expected.nasty)
  })

  it('makes plain indexes and foreign keys behind many rows, as they were, and leaves all others alone', async () => {
    const database = await scratch(server, manyRows)
    const objects = () =>
      server.sql<{ name: string; oid: number; definition: string }>(
        database,
        `SELECT conname AS name, oid, pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE conrelid > 16383
         UNION ALL SELECT indexrelid::regclass::text, indexrelid, pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid > 16383
         ORDER BY 1, 3`,
      )
    const texts = (list: Awaited<ReturnType<typeof objects>>) => list.map(({ name, definition }) => [name, definition])
    const changed = (one: Awaited<ReturnType<typeof objects>>, other: typeof one) =>
      one.filter(({ oid }) => other.every((each) => each.oid !== oid)).map(({ name }) => name)
    const first = await objects()
    await fill(
      server,
      database,
      '{ targets: 100, late_targets: 100, many: 10000, watched: 10000, late: 10000, few: 9999 }',
    )
    const second = await objects()
    expect(texts(second)).toEqual(texts(first))
    expect(changed(first, second)).toEqual(['many_lower', 'many_plain', 'many_some', 'many_target', 'many_tree'])

    await server.sql(database, 'TRUNCATE targets, late_targets CASCADE')
    const wrong = '{ targets: 100, many: { rows: 10000, columns: { parent: { sql: n + 1 } } } }'
    expect(await refusalOf(fill(server, database, wrong))).toMatch(
      /^RefusedError: Filling public.many failed by many_tree \(parent\): .*Nothing was changed/,
    )
    await server.sql(
      database,
      `CREATE FUNCTION seen() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
       CREATE EVENT TRIGGER seen ON ddl_command_end EXECUTE FUNCTION seen()`,
    )
    await fill(server, database, '{ targets: 100, many: 10000 }')
    expect(await objects()).toEqual(second)
  })

  it('takes what the rules say of a column', async () => {
    const database = await scratch(server, nasty)
    await fill(
      server,
      database,
      '{ picky: { rows: 20, columns: { odd: { sql: 2 * n + 1 } } }, listed: { rows: 8, columns: { kind: { one_of: [a] }, note: { value: null } } } }',
    )
    const [row] = await server.sql(
      database,
      'SELECT sum(odd)::int AS odd, count(DISTINCT first_name)::int AS names, (SELECT count(note)::int FROM listed) AS notes FROM picky',
    )
    expect(row).toEqual({ odd: 440, names: 20, notes: 0 })
  })

  it('stays within numbers that have room for their places only, or for none', async () => {
    const numbers =
      'CREATE TABLE numbers (a numeric(4, 4) NOT NULL, b numeric(3, -2) UNIQUE CHECK (b > 0), year numeric(2))'
    const database = await scratch(server, numbers)
    await fill(server, database, '{ numbers: 20 }')
    expect(await server.sql(database, 'SELECT max(b)::int, count(*)::int FROM numbers')).toEqual([
      { max: 2000, count: 20 },
    ])
  })

  it('puts one column behind another of the same type', async () => {
    const types = ['date', 'timestamp', 'timestamptz', 'time', 'interval', 'money', 'int', 'numeric(6, 2)', 'real']
    const columns = types.map((type, at) => `a${at} ${type} NOT NULL, b${at} ${type} NOT NULL CHECK (a${at} < b${at})`)
    const database = await scratch(
      server,
      `CREATE TABLE pairs (${columns.join(', ')}, valid_from date, valid_until date)`,
    )
    await fill(server, database, '{ pairs: 500 }')
    expect(
      await server.sql(database, 'SELECT count(*)::int, bool_and(valid_until > valid_from) AS valid FROM pairs'),
    ).toEqual([{ count: 500, valid: true }])
  })

  it('lengthens a text and writes it in capitals where both are asked for', async () => {
    const coded = 'CREATE TABLE coded (code text NOT NULL UNIQUE CHECK (length(code) = 12) CHECK (code = upper(code)))'
    const database = await scratch(server, coded)
    await fill(server, database, '{ coded: 20 }')
    expect(await server.sql(database, 'SELECT count(*)::int FROM coded')).toEqual([{ count: 20 }])
  })
})

describe('refuses', () => {
  let server: PostgresServer
  let database: string
  beforeAll(async () => {
    server = await startPostgres()
    database = await scratch(server, nasty)
  }, 120_000)
  afterAll(() => server.stop())

  it.each([
    [
      'a table that is not there',
      '{ tenant: 5 }',
      'InputError: The synthetic seed does not fit. There is no table "tenant" (did you mean "tenants"?)',
    ],
    ['a partition', '{ readings_1: 5 }', 'a partition is filled through its parent'],
    [
      'a column that is not there',
      '{ tenants: { rows: 1, columns: { nam: word } } }',
      'public.tenants has no column "nam" (did you mean "name"?)',
    ],
    ['a table with rows', '{ countries: 5 }', 'public.countries holds rows already'],
    ['a ledger', '{ schema_migrations: 5 }', 'public.schema_migrations is the ledger of dbmate'],
    [
      'more rows than values',
      '{ only_three: 4 }',
      'public.only_three (mood) must be unique by only_three_pkey: 3 different values are possible, and 4 rows',
    ],
    ['more pairs than there are', '{ projects: 2, likes: 13 }', '12 different values are possible, and 13 rows'],
    [
      'an expression that ends the statement',
      '{ picky: { rows: 1, columns: { odd: { sql: "1) FROM pg_sleep(1); DROP TABLE x; SELECT (1" } } } }',
      'no single SQL expression',
    ],
    [
      'a check that is not understood, by its name',
      '{ picky: 9 }',
      'RefusedError: Filling public.picky failed by picky_odd_check: new row for relation "picky" violates check constraint "picky_odd_check" (23514). Name what fits',
    ],
  ])('%s, and changes nothing', async (_, tables, message) => {
    expect(await refusalOf(fill(server, database, tables))).toContain(message)
    const [row] = await server.sql(
      database,
      'SELECT (SELECT count(*) FROM tenants) + (SELECT count(*) FROM picky) + (SELECT count(*) FROM projects) AS rows',
    )
    expect(row).toEqual({ rows: '0' })
  })
})
