import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { type PostgresServer, startPostgres } from '../../../sim/postgres/server.js'
import { readSchema } from '../../../src/data/masking/catalogue.js'
import { type MaskingPlan, planMasking } from '../../../src/domain/masking/plan.js'
import type { Schema } from '../../../src/domain/masking/schema.js'
import { mask, refusalOf, rulesOf, scratch, sessionOn } from './stage.js'

const schema = `
  CREATE EXTENSION citext;
  CREATE TABLE countries (code char(2) PRIMARY KEY, name text);
  INSERT INTO countries SELECT chr(65 + g / 26) || chr(65 + g % 26), 'PLANT-land-' || g FROM generate_series(0, 99) g;
  CREATE TABLE customers (id bigint PRIMARY KEY, email citext UNIQUE, country char(2) REFERENCES countries);
  INSERT INTO customers SELECT g, 'PLANT-mail-' || g, (SELECT code FROM countries OFFSET g % 50 LIMIT 1) FROM generate_series(1, 2000) g;
  CREATE TABLE orders (id int, region int, customer bigint NOT NULL REFERENCES customers, note text, PRIMARY KEY (id, region));
  INSERT INTO orders SELECT g, g % 3, 1 + g % 2000, 'PLANT-note-' || g FROM generate_series(1, 6000) g;
  CREATE TABLE products (id int PRIMARY KEY, parent int REFERENCES products, title text);
  INSERT INTO products SELECT g, CASE WHEN g > 10 THEN g / 10 END, 'PLANT-title-' || g FROM generate_series(1, 900) g;
  CREATE TABLE items (order_id int, region int, product int REFERENCES products, at date, FOREIGN KEY (order_id, region) REFERENCES orders) PARTITION BY RANGE (at);
  CREATE TABLE items_1 PARTITION OF items FOR VALUES FROM ('2024-01-01') TO ('2024-07-01');
  CREATE TABLE items_2 (at date, product int, region int, order_id int);
  ALTER TABLE items ATTACH PARTITION items_2 DEFAULT;
  INSERT INTO items SELECT g, g % 3, 1 + g % 900, date '2024-01-01' + g % 365 FROM generate_series(1, 6000) g;
  INSERT INTO items VALUES (NULL, 1, 1, '2024-02-02');
  CREATE TABLE mails (email citext REFERENCES customers (email) ON DELETE CASCADE, reply_to int, id int PRIMARY KEY, body text);
  ALTER TABLE mails ADD FOREIGN KEY (reply_to) REFERENCES mails;
  INSERT INTO mails SELECT upper('PLANT-mail-' || 1 + g % 2000), CASE WHEN g > 1000 THEN g - 1000 END, g, 'PLANT-body-' || g FROM generate_series(1, 3000) g;
  CREATE TABLE reviews (product int REFERENCES products, text text);
  INSERT INTO reviews SELECT 1 + g % 900, 'PLANT-review-' || g FROM generate_series(1, 1800) g;
  CREATE TABLE settings (name text PRIMARY KEY);
  INSERT INTO settings SELECT 'setting ' || g FROM generate_series(1, 50) g;
  CREATE TABLE log (n int);
  CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.log VALUES (1); RETURN NULL; END $$;
  CREATE TRIGGER tell BEFORE DELETE ON orders FOR EACH ROW EXECUTE FUNCTION tell();
  ALTER TABLE orders ENABLE ALWAYS TRIGGER tell;
  CREATE TRIGGER tell_items BEFORE DELETE ON items FOR EACH ROW EXECUTE FUNCTION tell();
  ALTER TABLE items_2 ENABLE REPLICA TRIGGER tell_items;
  ALTER TABLE items_1 DISABLE TRIGGER tell_items;
  CREATE RULE stay AS ON DELETE TO reviews DO INSTEAD NOTHING;
  CREATE VIEW spent AS SELECT customer, count(*) FROM orders GROUP BY 1;
  ANALYZE`
const rules = (sample: string) => `
tables:
  countries: { name: { mask: constant, value: land }, code: { keep: codes of countries } }
  customers: { email: { mask: email } , country: { keep: codes of countries } }
  orders: { note: redact_text }
  products: { title: hash }
  mails: { body: redact_text }
  reviews: { text: redact_text }
columns: { at: { keep: days of a sale tell nothing } }
harmless: [{ columns: name, because: names of settings }]
sample: ${sample}`

async function schemaOf(server: PostgresServer, database: string): Promise<Schema> {
  const sql = await sessionOn(server, database)
  try {
    return await readSchema(sql)
  } finally {
    await sql.close()
  }
}

function planOf(found: Schema, sample: string): MaskingPlan | string {
  const planned = planMasking(found, rulesOf(rules(sample)))
  return 'plan' in planned ? planned.plan : planned.refusals.join(' ')
}

/** A database that has all rows, and what was read of it before anything else came into it. */
interface Whole {
  readonly server: PostgresServer
  readonly database: string
  readonly found: Schema
}

/** Puts the rows that a sample keeps into tables of the schema `kept`, by the conditions that a stream would read by. */
async function keep({ server, database, found }: Whole, sample: string): Promise<void> {
  const plan = planOf(found, sample)
  if (typeof plan === 'string') throw new Error(plan)
  await server.sql(database, 'DROP SCHEMA IF EXISTS kept CASCADE; CREATE SCHEMA kept')
  for (const { table, keep: condition = 'true' } of plan.stored) {
    const into = `kept.${table.name.replace(/_\d$/, '')}`
    const columns = table.columns
      .map(({ name }) => name)
      .toSorted()
      .join(', ')
    await server.sql(
      database,
      `SET search_path = pg_catalog; CREATE TABLE IF NOT EXISTS ${into} AS SELECT ${columns} FROM ONLY ${table.sql} t WHERE false;
       INSERT INTO ${into} SELECT ${columns} FROM ONLY ${table.sql} t WHERE ${condition}`,
    )
  }
}

/** Rows that a table of `kept` has too many or too few. */
async function difference(server: PostgresServer, database: string, table: string, expected: string): Promise<number> {
  const columns = await server.sql<{ list: string }>(
    database,
    `SELECT string_agg('x.' || attname, ', ' ORDER BY attname) AS list FROM pg_attribute WHERE attrelid = 'kept.${table}'::regclass AND attnum > 0`,
  )
  const [is, should] = [`kept.${table} x`, `(${expected}) x`].map((from) => `SELECT ${columns[0]?.list} FROM ${from}`)
  const [row] = await server.sql<{ n: number }>(
    database,
    `SELECT count(*)::int AS n FROM ((${is} EXCEPT ALL ${should}) UNION ALL (${should} EXCEPT ALL ${is})) d`,
  )
  return row?.n ?? NaN
}

const count = async (server: PostgresServer, database: string, from: string): Promise<number> => {
  const [row] = await server.sql<{ n: number }>(database, `SELECT count(*)::int AS n FROM ${from}`)
  return row?.n ?? NaN
}

async function inFiles(server: PostgresServer, database: string, text: string): Promise<string[]> {
  const [row] = await server.sql<{ oid: string }>(
    database,
    `CHECKPOINT; SELECT oid::text FROM pg_database WHERE datname = current_database()`,
  )
  const directory = path.join(server.dataDirectory, 'base', row?.oid ?? '')
  return readdirSync(directory).filter((file) => readFileSync(path.join(directory, file)).includes(text))
}

const neededProducts = (from: string) => `WITH RECURSIVE n AS (SELECT p.* FROM products p WHERE ${from}
  UNION SELECT p.* FROM n JOIN products p ON p.id = n.parent) SELECT * FROM n`
const ofProducts = 'SELECT r.* FROM reviews r JOIN kept.products p ON p.id = r.product'
const all = (table: string) => `SELECT * FROM ${table}`

const owned = `CREATE ROLE owner LOGIN PASSWORD 'pw'; GRANT ALL ON SCHEMA public TO owner;
  DO $$ DECLARE r regclass; BEGIN
    FOR r IN SELECT oid FROM pg_class WHERE relkind IN ('r', 'p', 'v') AND relnamespace = 'public'::regnamespace LOOP EXECUTE format('ALTER TABLE %s OWNER TO owner', r); END LOOP;
    EXECUTE format('ALTER DATABASE %I OWNER TO owner', current_database()); END $$`

/** By table the rows that must be there, said in other words than the product does. */
const samples: [sample: string, expected: Record<string, string>][] = [
  [
    '{ customers: 5% }',
    {
      orders: 'SELECT o.* FROM orders o JOIN kept.customers c ON c.id = o.customer',
      items:
        'SELECT i.* FROM items i WHERE order_id IS NULL OR EXISTS (SELECT FROM kept.orders o WHERE (o.id, o.region) = (i.order_id, i.region))',
      mails: `SELECT m.* FROM mails m LEFT JOIN mails r ON r.id = m.reply_to LEFT JOIN mails s ON s.id = r.reply_to
        WHERE m.email IN (SELECT email FROM kept.customers) AND (r.id IS NULL OR r.email IN (SELECT email FROM kept.customers))
          AND (s.id IS NULL OR s.email IN (SELECT email FROM kept.customers))`,
      products: neededProducts('p.id IN (SELECT product FROM kept.items)'),
      reviews: ofProducts,
      countries: 'SELECT * FROM countries WHERE code IN (SELECT country FROM kept.customers)',
      settings: all('settings'),
    },
  ],
  [
    '{ orders: 10% }',
    {
      items:
        'SELECT i.* FROM items i WHERE order_id IS NULL OR EXISTS (SELECT FROM kept.orders o WHERE (o.id, o.region) = (i.order_id, i.region))',
      customers: 'SELECT * FROM customers WHERE id IN (SELECT customer FROM kept.orders)',
      countries: 'SELECT * FROM countries WHERE code IN (SELECT country FROM kept.customers)',
      products: neededProducts('p.id IN (SELECT product FROM kept.items)'),
      reviews: ofProducts,
      settings: all('settings'),
    },
  ],
  [
    '{ customers: 5%, products: 100% }',
    { products: all('products'), reviews: all('reviews'), settings: all('settings') },
  ],
  [
    '{ customers: 20%, products: 20% }',
    {
      orders: 'SELECT o.* FROM orders o JOIN kept.customers c ON c.id = o.customer',
      items: `SELECT i.* FROM items i WHERE product IN (SELECT id FROM kept.products)
        AND (order_id IS NULL OR EXISTS (SELECT FROM kept.orders o WHERE (o.id, o.region) = (i.order_id, i.region)))`,
      products: neededProducts('p.id IN (SELECT id FROM kept.products)'),
      reviews: ofProducts,
    },
  ],
]

describe.each([15, 18] as const)('PostgreSQL %i', (major) => {
  let server: PostgresServer
  let whole: Whole
  beforeAll(async () => {
    server = await startPostgres({ major })
    const database = await scratch(server, schema)
    whole = { server, database, found: await schemaOf(server, database) }
  })
  afterAll(() => server.stop())

  it.each(samples)('keeps what belongs together: %s', async (sample, expected) => {
    await keep(whole, sample)
    const wrong: Record<string, number> = {}
    for (const [table, query] of Object.entries(expected)) {
      const rows = await difference(server, whole.database, table, query)
      if (rows !== 0) wrong[table] = rows
    }
    expect(wrong).toEqual({})
    expect(await count(server, whole.database, 'kept.items')).toBeGreaterThan(10)
  })

  it('keeps about the share that is asked for, and of a smaller one a part of those of a larger', async () => {
    const kept: number[][] = []
    for (const share of ['1%', '10%', '50%']) {
      await keep(whole, `{ customers: ${share} }`)
      kept.push(
        (await server.sql<{ id: string }>(whole.database, 'SELECT id FROM kept.customers')).map(({ id }) => Number(id)),
      )
    }
    // Of 2,000 rows by a hash: four standard deviations to each side.
    expect(kept.map((ids, at) => Math.abs(ids.length - [20, 200, 1000][at]!) < [18, 54, 90][at]!)).toEqual([
      true,
      true,
      true,
    ])
    expect(kept[0]!.filter((id) => !kept[1]!.includes(id))).toEqual([])
    expect(kept[1]!.filter((id) => !kept[2]!.includes(id))).toEqual([])
    // The same rows on every run and version: known numbers.
    expect(kept[0]!.toSorted((a, b) => a - b).slice(0, 4)).toEqual([64, 114, 363, 501])
  })

  it('deletes the others in place, with no trigger or rule at work, and leaves nothing of them in the files', async () => {
    const database = await scratch(server, schema)
    expect((await inFiles(server, database, 'PLANT-')).length).toBeGreaterThan(5)
    const states = `SELECT t.tgrelid::regclass::text || t.tgname AS name, t.tgenabled FROM pg_trigger t WHERE NOT tgisinternal
      UNION ALL SELECT rulename, ev_enabled FROM pg_rewrite WHERE rulename = 'stay' ORDER BY 1`
    const before = await server.sql(database, states)
    // As the owner on 15, where foreign keys and triggers would act, and as a superuser on 18.
    const url = server.url(database, 'owner', 'pw')
    if (major === 15) await server.sql(database, owned)
    const { notes } = await mask(server, database, rules('{ customers: 5% }'), major === 15 ? { url } : {})
    await keep(whole, '{ customers: 5% }')
    for (const [table, columns] of Object.entries({
      customers: 'id',
      orders: 'id, region',
      items: 'order_id, product, at',
      products: 'id',
      mails: 'id',
      countries: 'code',
      reviews: 'product',
    })) {
      const from = `SELECT ${columns} FROM`
      const texts = (schemaName: string) => `SELECT x::text AS x FROM (${from} ${schemaName}.${table}) x ORDER BY 1`
      expect([table, await server.sql(database, texts('public'))]).toEqual([
        table,
        await server.sql(whole.database, texts('kept')),
      ])
    }
    expect(await server.sql(database, 'SELECT FROM log')).toEqual([])
    expect(await server.sql(database, states)).toEqual(before)
    expect(
      await count(server, database, "pg_constraint WHERE contype = 'f' AND convalidated AND conparentid = 0"),
    ).toBe(8)
    // The catalog of statistics (2619) is written anew by a superuser alone, as the summary says.
    expect(await inFiles(server, database, 'PLANT-')).toEqual(major === 15 ? ['2619'] : [])
    const customers = await count(server, database, 'customers')
    expect(notes[0]).toContain(`The sample keeps ${customers} of 2000 rows of public.customers, `)
  })

  it.each([
    ['1%', ['customers'], 'countries has too few rows to keep a share of, and products shares items with customers'],
    ['20%', ['countries'], 'most tables hang on it'],
  ])('begins for %s alone with %j: %s', (share, tables) => {
    const plan = planOf(whole.found, share)
    const chosen =
      typeof plan === 'string' ? [] : plan.reduced.filter(({ keep: text }) => text.startsWith('substr(sha256'))
    expect(chosen.map(({ table }) => table.name)).toEqual(tables)
  })
})

describe('refuses', () => {
  let server: PostgresServer
  let found: Schema
  beforeAll(async () => {
    server = await startPostgres()
    found = await schemaOf(server, await scratch(server, schema))
  })
  afterAll(() => server.stop())

  it.each([
    ['{ settings: 50%, settigns: 1% }', 'there is no table "settigns"'],
    ['{ items_1: 50% }', 'public.items_1 is a part of public.items; name that one'],
    ['{ reviews: 50% }', 'public.reviews has no primary key, by which "sample" chooses the same rows each time'],
  ])('%s', (sample, why) => {
    expect(planOf(found, sample)).toContain(why)
  })

  it.each([
    [
      'tables in a circle',
      `CREATE TABLE a (id int PRIMARY KEY, b int); CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a); ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b`,
      '"sample" cannot choose rows of public.a, public.b, which refer to each other in a circle; sample other tables.',
    ],
    [
      'a foreign key of one partition',
      `CREATE TABLE p (id int PRIMARY KEY); CREATE TABLE a (id int PRIMARY KEY, p int) PARTITION BY LIST (id);
       CREATE TABLE a1 PARTITION OF a FOR VALUES IN (1); ALTER TABLE a1 ADD CONSTRAINT one FOREIGN KEY (p) REFERENCES p`,
      '"sample" cannot follow the foreign key one, which a partition or child of public.a has for itself.',
    ],
    [
      'rows of another server',
      `CREATE EXTENSION postgres_fdw; CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw; CREATE TABLE a (id int PRIMARY KEY); CREATE FOREIGN TABLE a1 () INHERITS (a) SERVER s`,
      'public.a1 lies on another server and below public.a, of which "sample" would keep a part.',
    ],
    [
      'nothing to begin with',
      'CREATE TABLE a (id int PRIMARY KEY)',
      '"sample" finds no table to begin with; name tables.',
    ],
    [
      'a table that is left out',
      'CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE gone (id int PRIMARY KEY)',
      'is left out',
    ],
  ])('%s', async (what, script, why) => {
    const database = await scratch(server, script)
    const sample = { 'nothing to begin with': '1%', 'a table that is left out': '{ gone: 1% }' }[what]
    const yaml = `{ leave_out: [${what.includes('left') ? 'gone' : ''}], sample: ${sample ?? '{ a: 1% }'} }`
    expect(await refusalOf(mask(server, database, yaml))).toContain(why)
  })
})
