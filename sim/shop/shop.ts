import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { PostgresServer } from '../postgres/server.js'
import { type Row, type ShopRows, shopRows } from './rows.js'

export interface ShopOptions {
  /** Default `main`; must not exist yet. */
  readonly database?: string
  /** Default 1,000. */
  readonly customers?: number
  /** Default 3,000; there are as many events. */
  readonly orders?: number
  /** Equal seeds and sizes give equal rows. Default 1. */
  readonly seed?: number
}

export type ShopTable = keyof ShopRows | 'schema_migrations'

export interface Shop {
  readonly database: string
  /** The application role, which owns the database and all in it. */
  readonly owner: 'shop_app'
  readonly password: string
  /** The application's own URL. */
  readonly url: string
  /** Rows per table. */
  readonly counts: Readonly<Record<ShopTable, number>>
}

/** The columns that rows bring, per table. */
const COLUMNS: Readonly<Record<keyof ShopRows, string>> = {
  customers: 'id, name, email, phone, address, created_at, updated_at',
  subscriptions: 'customer_email, topic, created_at',
  products: 'id, sku, title, category, price',
  orders: 'id, customer_id, status, note, placed_at, updated_at',
  order_items: 'order_id, line, product_id, quantity, unit_price',
  events: 'id, customer_id, kind, payload, happened_at',
}
const BATCH = 5_000

/** Creates the database of a small shop, full of personal-looking data. No session stays on it. */
export async function createShop(server: PostgresServer, options: ShopOptions = {}): Promise<Shop> {
  const { database = 'main', customers = 1_000, orders = 3_000, seed = 1 } = options
  const owner = 'shop_app'
  // The role is the server's, not the database's: every shop on a server has the same password.
  const password = createHmac('sha256', server.password).update(owner).digest('base64url')
  await createRole(server, owner, password)
  await server.sql('postgres', `CREATE DATABASE ${pg.escapeIdentifier(database)} OWNER ${owner}`)

  const url = server.url(database, owner, password)
  const rows = shopRows({ customers, orders, seed })
  const client = new pg.Client({ connectionString: url, ssl: false })
  client.on('error', () => undefined) // the query rejects with the same error
  await client.connect()
  try {
    await client.query(script('tables.sql'))
    const counts = await load(client, rows)
    await client.query(script('rules.sql'))
    await client.query(`ANALYZE best_customers, ${Object.keys(counts).join(', ')}`)
    return { database, owner, password, url, counts }
  } finally {
    await client.end()
    await noSessionOn(server, database)
  }
}

function script(name: string): string {
  return readFileSync(path.join(import.meta.dirname, name), 'utf8')
}

async function createRole(server: PostgresServer, role: string, password: string): Promise<void> {
  const known = await server.sql('postgres', 'SELECT FROM pg_roles WHERE rolname = $1', [role])
  if (known.length > 0) return
  await server.sql('postgres', `CREATE ROLE ${role} LOGIN PASSWORD ${pg.escapeLiteral(password)}`)
}

async function load(client: pg.Client, rows: ShopRows): Promise<Record<ShopTable, number>> {
  await client.query('BEGIN')
  for (const table of Object.keys(COLUMNS) as (keyof ShopRows)[]) await insert(client, table, rows[table])
  for (const table of ['customers', 'products', 'orders']) {
    await client.query(`SELECT setval(pg_get_serial_sequence($1, 'id'), greatest(max(id), 1)) FROM ${table}`, [table])
  }
  const ledger = await client.query<{ count: number }>('SELECT count(*)::int AS count FROM schema_migrations')
  await client.query('COMMIT')
  return {
    customers: rows.customers.length,
    subscriptions: rows.subscriptions.length,
    products: rows.products.length,
    orders: rows.orders.length,
    order_items: rows.order_items.length,
    events: rows.events.length,
    schema_migrations: ledger.rows[0]?.count ?? 0,
  }
}

async function insert(client: pg.Client, table: keyof ShopRows, rows: readonly Row[]): Promise<void> {
  const columns = COLUMNS[table]
  for (let from = 0; from < rows.length; from += BATCH) {
    await client.query(
      `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::${table}, $1)`,
      [JSON.stringify(rows.slice(from, from + BATCH))],
    )
  }
}

/** A session ends a moment after its client has gone, and until then the database cannot be a template. */
async function noSessionOn(server: PostgresServer, database: string): Promise<void> {
  const text = `SELECT FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend'`
  for (let attempt = 0; attempt < 100; attempt++) {
    if ((await server.sql('postgres', text, [database])).length === 0) return
    await sleep(20)
  }
  throw new Error(`A session stays on database ${database}: something else is connected to it.`)
}
