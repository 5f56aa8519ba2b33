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

/** Of the rows of seed 7, found once: the same rows on every server, in every year. */
const expected = {
  nasty: '7aa80103672f64ae5c9e18dc8d555eda7d3c6817b4ca90040c13c8e981c60a7d',
  shop: '8022031250a4a82e465fd5df1b8291bac9b77aa495777c0172dd92b2051f378e',
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
              nextval('projects_id_seq')::int AS next, (SELECT count(DISTINCT plan)::int FROM "Über"."User" WHERE plan = 'free') AS plans`,
    )
    expect(row).toEqual({ countries: 3, parts: 2, leads: 0, project: 290, next: 300, plans: 1 })
    expect(await digest(server, database, nastyTables)).toBe(expected.nasty)
    const other = await scratch(server, nasty)
    await fill(server, other, everything, 8)
    expect(await digest(server, other, nastyTables)).not.toBe(expected.nasty)
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
