import { randomBytes } from 'node:crypto'
import { parse } from 'yaml'
import { type PostgresServer, startPostgres } from '../sim/postgres/server.js'
import { readSchema } from '../src/data/masking/catalogue.js'
import { giveKey, maskingKey, maskingOrder } from '../src/data/masking/key.js'
import { type Certificate, maskBranch } from '../src/data/masking/mask-branch.js'
import { fillMasked } from '../src/data/masking/stream/fill.js'
import { cloneSchema } from '../src/data/schema-clone/clone.js'
import { maskExpression } from '../src/domain/masking/compile.js'
import { parseRules } from '../src/domain/masking/parse-rules.js'
import { planMasking } from '../src/domain/masking/plan.js'
import { identifier } from '../src/domain/masking/sql-text.js'
import type { MaskingOrder } from '../src/ports.js'
import { Secret } from '../src/secret.js'
import { type Session, openSession, workUndisturbed } from '../src/sql/session.js'
import { parseTarget } from '../src/sql/target.js'
import { median } from './table.js'

/** Customers; there are half as many orders again. */
const customers = Number(process.env['MASKING_ROWS'] ?? 2_000_000)
const rows = customers * 2.5
const turns = Number(process.env['MASKING_TURNS'] ?? 1)

const random = (bytes: number) => randomBytes(bytes).toString('hex')

/** `MASKING_RULES=dear` takes the dearest transformers for the columns that the goals' measurements gave cheap ones. */
const dear = process.env['MASKING_RULES'] === 'dear'

/**
 * Five columns of customers with three HMACs a row, and two of orders with one, as in the measurements that the goals
 * come from; or all of them real masks.
 */
const rules = `
tables:
  customers:
    name: name
    email: email
    phone: ${dear ? 'phone' : `{ mask: constant, value: '555-0100' }`}
    address: ${dear ? 'address' : `{ mask: constant, value: '1 Example Road' }`}
    profile: { mask: json, paths: { contact.email: email }, rest: { keep: plan and tags tell nobody who somebody is } }
  orders: { note: ${dear ? 'redact_text' : '{ mask: constant, value: ring }'} }
types: { timestamptz: { keep: when a customer came tells nobody who he is } }
links: [[customers.email, 'customers.profile:contact.email']]`

const tables = `
  CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, email text NOT NULL UNIQUE, phone text, address text,
    created_at timestamptz NOT NULL, profile jsonb NOT NULL);
  INSERT INTO customers SELECT g, 'Person' || g % 5000 || ' Family' || g % 70001, mail, '+4930' || 1000000 + g, g % 900 || ' High Street Number ' || g % 3001,
    timestamptz '2020-01-01' + g * interval '7 s', jsonb_build_object('contact', jsonb_build_object('email', mail), 'plan', g % 5, 'tags', jsonb_build_array('a' || g % 10, 'b'))
    FROM generate_series(1, ${customers}) g, LATERAL (VALUES ('person' || g || '@corp' || g % 97 || '.example.org')) m(mail);
  CREATE INDEX ON customers (lower(email)); CREATE INDEX ON customers (name); CREATE INDEX ON customers (phone); CREATE INDEX ON customers (created_at);
  CREATE TABLE orders (id bigint PRIMARY KEY, customer_email text NOT NULL, amount numeric(10, 2), placed_at timestamptz NOT NULL, note text);
  INSERT INTO orders SELECT g, c.email, g % 100000 / 100.0, timestamptz '2021-01-01' + g * interval '5 s', 'please ring at the door of Person' || g % 5000
    FROM generate_series(1, ${customers * 1.5}) g JOIN customers c ON c.id = 1 + g * 7919::bigint % ${customers};
  ALTER TABLE orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_email) REFERENCES customers (email) ON UPDATE CASCADE;
  CREATE INDEX ON orders (customer_email); CREATE INDEX ON orders (placed_at);
  ANALYZE`

/** Milliseconds of each part of one way to mask. */
type Way = (server: PostgresServer, database: string) => Promise<Record<string, number>>

const ways: Readonly<Record<string, Way>> = {
  'plain rewrite': async (server, database) => ({
    'plain rewrite: VACUUM FULL of both tables, one after the other': await time(async () => {
      await server.sql(database, 'VACUUM FULL customers')
      await server.sql(database, 'VACUUM FULL orders')
    }),
  }),
  'in place': async (server, database) => {
    const { milliseconds } = await maskBranch({
      order: maskingOrderOf(),
      open: () => open(server, database),
      parallel: 2,
      info: () => undefined,
      elapsed: () => performance.now(),
    })
    return parts('in place', milliseconds)
  },
  stream: async (server) => {
    await server.sql('postgres', 'CREATE DATABASE streamed TEMPLATE template0')
    const [source, target] = [() => open(server, 'source'), () => open(server, 'streamed')]
    await cloned(source, target)
    const { milliseconds } = await fillMasked({
      order: maskingOrderOf(),
      source,
      target,
      parallel: 2,
      info: () => undefined,
      elapsed: () => performance.now(),
    })
    await server.sql('postgres', 'DROP DATABASE streamed')
    return parts('stream', milliseconds)
  },
  update: async (server, database) => ({
    'one UPDATE per table, then VACUUM FULL': await time(() => byUpdate(server, database, 'all columns at once')),
  }),
  'update per column': async (server, database) => ({
    'one UPDATE per column, then VACUUM FULL': await time(() => byUpdate(server, database, 'each column')),
  }),
}

/**
 * Masking on a real server, durability on (fsync, full_page_writes), each way on a fresh copy of the same database in
 * turns. `MASKING_ROWS` makes it smaller, `MASKING_TURNS` repeats it, `MASKING_WAYS` picks some,
 * `MASKING_RULES=dear` masks more.
 */
export async function masking(): Promise<string> {
  const chosen = process.env['MASKING_WAYS']?.split(',') ?? Object.keys(ways)
  const settings = { fsync: 'on', full_page_writes: 'on', shared_buffers: '1GB', max_wal_size: '8GB' }
  const server = await startPostgres({ settings })
  const measured = new Map<string, number[]>()
  try {
    await server.sql('postgres', 'CREATE DATABASE source')
    await server.sql('source', tables)
    for (let turn = 0; turn < turns; turn++) {
      for (const name of chosen) {
        await server.sql('postgres', 'CREATE DATABASE copy TEMPLATE source STRATEGY FILE_COPY')
        await server.sql('postgres', 'CHECKPOINT')
        for (const [part, ms] of Object.entries(await ways[name]!(server, 'copy')))
          measured.set(part, [...(measured.get(part) ?? []), ms])
        await server.sql('postgres', 'DROP DATABASE copy')
      }
    }
  } finally {
    await server.stop()
  }
  return table(measured)
}

/** The goals' measurements held the first part alone: they verified nothing and left ANALYZE out. */
function parts(way: string, { masking, statistics, originals, verification }: Certificate['milliseconds']) {
  return {
    [`${way}: masking, with indexes and foreign key`]: masking,
    [`${way}: statistics`]: statistics,
    [`${way}: verification, with digests of the originals`]: originals + verification,
  }
}

function table(measured: ReadonlyMap<string, readonly number[]>): string {
  const plain = median([...measured.values()][0] ?? [])
  const lines = [...measured].map(([what, times]) => {
    const ms = median(times)
    return `| ${what} | ${(ms / 1000).toFixed(1)} | ${(rows / ms).toFixed(0)}k | ${(ms / plain).toFixed(2)} | ${times.length} |`
  })
  return [
    `| masking ${customers} customers and ${customers * 1.5} orders | s | rows/s | time against the first | turns |`,
    '| --- | ---: | ---: | ---: | ---: |',
    ...lines,
  ].join('\n')
}

/** What people do by hand, with our expressions and the foreign key out of the way. */
async function byUpdate(server: PostgresServer, database: string, how: 'all columns at once' | 'each column') {
  const sql = await open(server, database)
  try {
    const planned = planMasking(await readSchema(sql), maskingOrderOf().rules)
    if (!('plan' in planned)) throw new Error(planned.refusals.join('\n'))
    const { plan } = planned
    await sql.query('BEGIN; ALTER TABLE public.orders DROP CONSTRAINT orders_customer_fk')
    await giveKey(sql, maskingOrderOf().key)
    for (const { table, targets } of plan.stored) {
      const sets = targets.map(
        ({ target }) => `${identifier(target.column.name)} = ${maskExpression(target, identifier)}`,
      )
      for (const set of how === 'each column' ? sets : [sets.join(', ')])
        await sql.query(`UPDATE ${table.sql} SET ${set}`)
    }
    await sql.query('COMMIT')
    for (const { table } of plan.stored) await sql.query(`VACUUM FULL ${table.sql}`)
    await sql.query(
      'ALTER TABLE public.orders ADD CONSTRAINT orders_customer_fk FOREIGN KEY (customer_email) REFERENCES public.customers (email) ON UPDATE CASCADE',
    )
  } finally {
    await sql.close()
  }
}

/** What the stream starts from: the tables without a row. */
async function cloned(...open: readonly [() => Promise<Session>, () => Promise<Session>]): Promise<void> {
  const [source, target] = [await open[0](), await open[1]()]
  try {
    const differences = await cloneSchema(source, target)
    if (differences.length > 0) throw new Error(differences.join('\n'))
  } finally {
    await Promise.all([source.close(), target.close()])
  }
}

function maskingOrderOf(): MaskingOrder {
  const parsed = parseRules(parse(rules), (path) => path.join('.'))
  if (parsed.problems.length > 0) throw new Error(parsed.problems.join('\n'))
  return maskingOrder(parsed.rules, maskingKey(undefined, random))
}

async function open(server: PostgresServer, database: string): Promise<Session> {
  const target = parseTarget(new Secret(server.url(database)))
  const sql = await openSession(target, { application: 'bench', signal: new AbortController().signal })
  await workUndisturbed(sql, { superuser: true, version: server.major * 10_000 })
  return sql
}

async function time(body: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await body()
  return performance.now() - start
}
