import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { installedMajors, type PostgresServer, startPostgres } from '../../../sim/postgres/server.js'
import { shopRows } from '../../../sim/shop/rows.js'
import { createShop, type Shop } from '../../../sim/shop/shop.js'

describe.each(installedMajors())('the shop on PostgreSQL %i', (major) => {
  let server: PostgresServer
  let shop: Shop
  beforeAll(async () => {
    server = await startPostgres({ major })
    shop = await createShop(server)
  })
  afterAll(() => server.stop())

  it('has as many rows as it says', async () => {
    const tables = Object.keys(shop.counts)
    const text = tables.map((table) => `SELECT '${table}' AS name, count(*)::int AS rows FROM ${table}`)
    const counted = await server.sql<{ name: string; rows: number }>('main', text.join(' UNION ALL '))
    expect(Object.fromEntries(counted.map(({ name, rows }) => [name, rows]))).toEqual(shop.counts)
    expect(shop.counts).toMatchObject({ customers: 1_000, orders: 3_000, events: 3_000, schema_migrations: 5 })
  })

  it('belongs to its application role', async () => {
    const foreign = await server.sql(
      'main',
      `SELECT oid::regclass::text FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relowner <> 'shop_app'::regrole
       UNION ALL SELECT oid::regprocedure::text FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND proowner <> 'shop_app'::regrole`,
    )
    expect(foreign).toEqual([])
    const [role] = await server.sql('main', `SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = 'shop_app'`)
    expect(role).toEqual({ rolsuper: false, rolcreatedb: false })
  })

  it('has every kind of object that a branch must carry', async () => {
    const [row] = await server.sql(
      'main',
      `SELECT (SELECT count(*)::int FROM pg_constraint WHERE contype = 'f' AND conparentid = 0) AS keys,
              (SELECT count(*)::int FROM pg_inherits WHERE inhparent = 'events'::regclass) AS partitions,
              (SELECT string_agg(DISTINCT relkind::text, '' ORDER BY relkind::text) FROM pg_class
                WHERE relnamespace = 'public'::regnamespace) AS kinds,
              (SELECT count(*)::int FROM pg_attribute WHERE attidentity <> '' AND attnum > 0) AS identities,
              (SELECT count(*)::int FROM pg_attribute WHERE attgenerated = 's') AS generated,
              (SELECT count(*)::int FROM pg_trigger WHERE NOT tgisinternal) AS triggers,
              (SELECT count(*)::int FROM pg_enum) AS labels,
              (SELECT count(*)::int FROM pg_description
                WHERE objoid IN ('customers'::regclass, 'orders'::regclass)) AS comments,
              (SELECT count(*)::int FROM best_customers) AS best`,
    )
    expect(row).toEqual({
      keys: 5,
      partitions: 4,
      kinds: 'ISimprv',
      identities: 2,
      generated: 1,
      triggers: 2,
      labels: 5,
      comments: 3,
      best: 100,
    })
  })

  it('has values in its statistics, its view and its free text', async () => {
    const [row] = await server.sql(
      'main',
      `SELECT (SELECT count(*)::int FROM pg_stats WHERE tablename = 'customers' AND histogram_bounds IS NOT NULL) > 2
                AS statistics,
              (SELECT count(*) FROM open_orders WHERE total > 0) > 100 AS open,
              (SELECT count(*) FROM orders o JOIN customers c ON c.id = o.customer_id
                WHERE o.note LIKE '%' || c.email || '%') > 100 AS leaks,
              (SELECT count(*) FROM orders WHERE note LIKE '%\\\\%') > 100 AS backslashes,
              (SELECT count(*) FROM customers WHERE name ~ '[äöüÄÖÜß]') > 5 AS umlauts,
              (SELECT count(*) FROM customers WHERE phone IS NULL) > 10 AS nulls`,
    )
    expect(row).toEqual({ statistics: true, open: true, leaks: true, backslashes: true, umlauts: true, nulls: true })
  })

  it('goes on counting after the rows it has', async () => {
    const [row] = await server.sql(
      'main',
      `INSERT INTO customers (name, email, address) VALUES ('New', 'new@letterbox.test', '{}')
       RETURNING id::int, updated_at = created_at AS fresh`,
    )
    expect(row).toEqual({ id: 1_001, fresh: true })
    const text = `UPDATE customers SET name = 'Newer', updated_at = '2000-01-01' WHERE id = 1001
                  RETURNING updated_at > '2026-01-01' AS touched`
    expect(await server.sql('main', text)).toEqual([{ touched: true }])
    await server.sql('main', 'DELETE FROM customers WHERE id = 1001')
  })

  it('obeys its foreign keys', async () => {
    const refused = server.sql('main', 'UPDATE orders SET customer_id = 9999999 WHERE id = 1')
    await expect(refused).rejects.toMatchObject({ code: '23503' })
    const [row] = await server.sql(
      'main',
      `SELECT (SELECT count(*)::int FROM pg_constraint WHERE NOT convalidated) AS unchecked,
              (SELECT count(*)::int FROM order_items i LEFT JOIN orders o ON o.id = i.order_id WHERE o.id IS NULL)
            + (SELECT count(*)::int FROM orders o LEFT JOIN customers c ON c.id = o.customer_id WHERE c.id IS NULL)
            + (SELECT count(*)::int FROM events e LEFT JOIN customers c ON c.id = e.customer_id WHERE c.id IS NULL)
            + (SELECT count(*)::int FROM subscriptions s LEFT JOIN customers c ON c.email = s.customer_email
                WHERE c.id IS NULL) AS orphans`,
    )
    expect(row).toEqual({ unchecked: 0, orphans: 0 })
  })

  it('can be a template at once: no session stays on it', async () => {
    await createShop(server, { database: 'second shop', customers: 10, orders: 20, seed: 7 })
    await server.sql('postgres', 'CREATE DATABASE branch TEMPLATE "second shop"')
    expect(await server.sql('branch', 'SELECT count(*)::int AS n FROM orders')).toEqual([{ n: 20 }])
  })
})

describe('equal seeds', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.stop())

  it('give equal rows in the database', async () => {
    const size = { customers: 50, orders: 120 }
    const digests: unknown[] = []
    for (const [database, seed] of Object.entries({ one: 3, same: 3, other: 4 })) {
      const { counts } = await createShop(server, { ...size, database, seed })
      const text = Object.keys(counts).map(
        (table) => `SELECT '${table}' AS name, md5(string_agg(t::text, '|' ORDER BY t::text)) FROM ${table} t`,
      )
      digests.push(await server.sql(database, text.join(' UNION ALL ')))
    }
    const [one, same, other] = digests
    expect(same).toEqual(one)
    expect(other).not.toEqual(one)
  })

  it('give no row twice the same address', () => {
    const { customers } = shopRows({ customers: 5_000, orders: 0, seed: 1 })
    expect(new Set(customers.map(({ email }) => email)).size).toBe(5_000)
  })

  it('work without customers and without orders', async () => {
    const empty = await createShop(server, { database: 'empty', customers: 0 })
    expect(empty.counts).toMatchObject({ customers: 0, orders: 0, order_items: 0, events: 0 })
    const quiet = await createShop(server, { database: 'quiet', customers: 3, orders: 0 })
    expect(quiet.counts).toMatchObject({ customers: 3, orders: 0 })
  })
})
