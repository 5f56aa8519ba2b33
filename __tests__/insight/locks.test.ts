import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { type Major, type PostgresServer, startPostgres } from '../../sim/postgres/server.js'
import type { LockReport } from '../../src/insight/locks/report.js'
import { leftovers, logged, loggingSettings, migrate, watch, watched } from './locks-scene.js'

const shop = `
  CREATE TABLE customers (id int PRIMARY KEY, name text, email text);
  CREATE TABLE orders (id int PRIMARY KEY, customer int, total int);
  INSERT INTO customers SELECT n, 'c' || n, 'c' || n || '@example.test' FROM generate_series(1, 20000) n;
  INSERT INTO orders SELECT n, n % 20000 + 1, n FROM generate_series(1, 20000) n;
  CREATE TABLE days (day int) PARTITION BY RANGE (day);
  CREATE TABLE days1 PARTITION OF days FOR VALUES FROM (0) TO (10);
  ANALYZE;
  GRANT ALL ON SCHEMA public TO developer; GRANT ALL ON ALL TABLES IN SCHEMA public TO developer;
  ALTER TABLE customers OWNER TO developer; ALTER TABLE orders OWNER TO developer;`

const heldOn = ({ relations }: LockReport, name: string) => relations.filter(({ relation }) => relation === name)
const outcome = ({ problems, exact }: LockReport) => ({ problems, exact })
const fine = { problems: [], exact: true }

describe.each<[Major]>([[15], [18]])('on PostgreSQL %d', (major) => {
  let server: PostgresServer
  let made = 0

  const branch = async () => {
    const name = `branch_${++made}`
    await server.sql('postgres', `CREATE DATABASE ${name} TEMPLATE shop`)
    return { name, url: server.url(name), developer: server.url(name, 'developer', 'developer') }
  }

  beforeAll(async () => {
    server = await startPostgres({ major, settings: loggingSettings })
    await server.sql('postgres', "CREATE ROLE developer LOGIN PASSWORD 'developer'")
    await server.sql('postgres', 'CREATE DATABASE shop')
    await server.sql('shop', shop)
  })
  afterAll(() => server?.stop())

  it('times the lock of a rewrite of a million rows as the log of the server does', async () => {
    const { name, url } = await branch()
    await server.sql(
      name,
      `CREATE TABLE events (n int, note text);
       INSERT INTO events SELECT g, 'a note' FROM generate_series(1, 1000000) g; ANALYZE events`,
    )
    const rewrite = 'ALTER TABLE events ALTER COLUMN n TYPE bigint'
    const { report, failure } = await watched(url, ['BEGIN', rewrite, 'COMMIT'])
    expect(failure).toBe('')
    expect(outcome(report)).toEqual(fine)

    const served = logged(server, 'COMMIT').ended - logged(server, rewrite).began
    const [held] = report.relations
    expect(held).toMatchObject({ relation: 'events', mode: 'AccessExclusiveLock', statement: rewrite, rows: 1_000_000 })
    expect(Math.abs((held?.ms ?? 0) / served - 1)).toBeLessThan(0.1)
    expect(heldOn(report, 'events')).toHaveLength(1)

    const [size] = await server.sql<{ bytes: number }>(name, `SELECT pg_total_relation_size('events')::float8 AS bytes`)
    expect(report.rewrites).toMatchObject([
      { relation: 'events', reason: 'the type of a column was changed', bytes: size?.bytes, statement: rewrite },
    ])
    expect(report.walBytes).toBeGreaterThan(size?.bytes ?? Infinity)
    expect(report.statements.find(({ sql }) => sql === rewrite)?.ms).toBeGreaterThan(served / 2)
    expect(await leftovers(server, name)).toEqual([])
  })

  it('counts a lock to the end of its transaction, whoever runs it', async () => {
    const { name, url, developer } = await branch()
    const first = 'ALTER TABLE customers ADD COLUMN nick text'
    const statements = ['BEGIN', first, 'SELECT pg_sleep(0.5)', 'ALTER TABLE orders ADD COLUMN note text', 'COMMIT']
    const { report, failure } = await watched(url, statements, developer)
    expect(failure).toBe('')
    expect(outcome(report)).toEqual(fine)
    const served = logged(server, 'COMMIT').ended - logged(server, first).began
    const [customers] = heldOn(report, 'customers')
    expect(customers).toMatchObject({ mode: 'AccessExclusiveLock', statement: first, exact: true, times: 1 })
    expect(Math.abs((customers?.ms ?? 0) / served - 1)).toBeLessThan(0.1)
    expect(customers?.statementMs).toBeLessThan(250)
    expect(heldOn(report, 'orders')[0]?.ms).toBeLessThan(250)
    expect(report.rewrites).toEqual([])
    expect(report.scans).toEqual([])
    expect(await leftovers(server, name)).toEqual([])
  })

  it('lets everything through that must run outside a transaction', async () => {
    const { url } = await branch()
    const { report, failure } = await watched(url, [
      'CREATE INDEX CONCURRENTLY by_total ON orders (total)',
      'REINDEX INDEX CONCURRENTLY by_total',
      'DROP INDEX CONCURRENTLY by_total',
      'ALTER TABLE days DETACH PARTITION days1 CONCURRENTLY',
      "BEGIN ISOLATION LEVEL SERIALIZABLE; CREATE TYPE mood AS ENUM ('good'); COMMIT",
      "ALTER TYPE mood ADD VALUE 'bad'",
      'VACUUM orders',
    ])
    expect(failure).toBe('')
    expect(outcome(report)).toEqual(fine)
    expect(heldOn(report, 'orders').map(({ mode }) => mode)).not.toContain('ShareLock')
    expect(report.statements.map(({ sql }) => sql)).toContain('CREATE INDEX CONCURRENTLY by_total ON orders (total)')
  })

  it('leaves nothing behind when the migration fails, and tells what was held until then', async () => {
    const { name, url } = await branch()
    const { report, failure } = await watched(url, [
      'BEGIN',
      'ALTER TABLE customers ADD COLUMN nick text',
      'SELECT pg_sleep(0.3)',
      'ALTER TABLE nothing ADD COLUMN nick text',
    ])
    expect(failure).toContain('relation "nothing" does not exist')
    expect(outcome(report)).toEqual(fine)
    const [held] = heldOn(report, 'customers')
    expect(held).toMatchObject({ mode: 'AccessExclusiveLock', exact: false })
    expect(held?.ms).toBeGreaterThan(250)
    expect(await leftovers(server, name)).toEqual([])
  })

  it('falls back on samples where the role may not create event triggers, and says so', async () => {
    const { name, developer } = await branch()
    const { report, failure } = await watched(developer, [
      'BEGIN',
      'ALTER TABLE customers ALTER COLUMN id TYPE bigint, ALTER COLUMN name SET NOT NULL',
      'SELECT pg_sleep(0.4)',
      'COMMIT',
    ])
    expect(failure).toBe('')
    expect(outcome(report)).toEqual({ problems: [], exact: false })
    expect(report.limits.join(' ')).toContain('may not create event triggers')
    const [held] = heldOn(report, 'customers')
    expect(held).toMatchObject({ mode: 'AccessExclusiveLock', exact: false })
    expect(held?.ms).toBeGreaterThan(350)
    expect(report.rewrites).toMatchObject([{ relation: 'customers', reason: 'it has a new file' }])
    expect(report.scans).toMatchObject([{ relation: 'customers', constraint: 'NOT NULL name' }])
    expect(await leftovers(server, name)).toEqual([])
  })

  it('sees by samples what is no change of the schema', async () => {
    const { url } = await branch()
    const { report } = await watched(url, [
      'BEGIN',
      'LOCK TABLE orders IN SHARE ROW EXCLUSIVE MODE',
      'SELECT pg_sleep(0.2)',
      'COMMIT',
      'BEGIN',
      'TRUNCATE orders',
      'SELECT pg_sleep(0.2)',
      'COMMIT',
      'VACUUM FULL customers',
    ])
    expect(outcome(report)).toEqual(fine)
    expect(heldOn(report, 'orders').map(({ mode }) => mode)).toEqual(['AccessExclusiveLock', 'ShareRowExclusiveLock'])
    for (const { ms } of heldOn(report, 'orders')) expect(ms).toBeGreaterThan(150)
    expect(report.rewrites).toMatchObject([{ relation: 'customers' }])
    expect(report.statements.find(({ sql }) => sql === 'SELECT pg_sleep(0.2)')?.ms).toBeGreaterThan(150)
  })

  it('tells which constraint had every row read, by which statement and under which lock', async () => {
    const { url } = await branch()
    const key = 'ALTER TABLE orders ADD CONSTRAINT of_customer FOREIGN KEY (customer) REFERENCES customers'
    const { report, failure } = await watched(url, [
      'ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > 0)',
      key,
      'ALTER TABLE customers ALTER COLUMN name SET NOT NULL',
      'ALTER TABLE customers ADD CONSTRAINT has_email CHECK (email IS NOT NULL) NOT VALID',
      'ALTER TABLE customers VALIDATE CONSTRAINT has_email',
      'ALTER TABLE customers ALTER COLUMN email SET NOT NULL',
      'ALTER TABLE customers ADD COLUMN level int NOT NULL DEFAULT 1',
      'CREATE INDEX by_total ON orders (total)',
      'CREATE TABLE copied AS SELECT * FROM customers',
    ])
    expect(failure).toBe('')
    const brief = report.scans.map(({ relation, constraint, mode }) => [relation, constraint, mode])
    expect(brief).toEqual(
      expect.arrayContaining([
        ['orders', 'positive', 'AccessExclusiveLock'],
        ['orders', 'of_customer', 'ShareRowExclusiveLock'],
        ['customers', 'NOT NULL name', 'AccessExclusiveLock'],
        ['customers', 'has_email', 'ShareUpdateExclusiveLock'],
      ]),
    )
    expect(report.scans.find(({ constraint }) => constraint === 'positive')?.tuples).toBe(20_000)
    const readers = report.scans.map(({ statement }) => statement)
    expect(readers).not.toContain('ALTER TABLE customers ALTER COLUMN email SET NOT NULL')
    expect(readers).not.toContain('ALTER TABLE customers ADD COLUMN level int NOT NULL DEFAULT 1')
    expect(readers).not.toContain('CREATE TABLE copied AS SELECT * FROM customers')
    expect(readers).toContain('CREATE INDEX by_total ON orders (total)')
  })

  it('finds each statement in a file that is sent as one message, and inside DO', async () => {
    const { url } = await branch()
    const { report, failure } = await watched(url, [
      `-- a whole file, as Prisma sends it
       ALTER TABLE customers ADD COLUMN a text;
       DO $$ BEGIN
         EXECUTE 'ALTER TABLE orders ADD COLUMN inside text';
       END $$;
       create unique index by_total on orders (total); ALTER TABLE orders DROP COLUMN customer;`,
    ])
    expect(failure).toBe('')
    const texts = report.statements.map(({ sql }) => sql).filter((sql) => !sql.startsWith('--'))
    expect(texts).toEqual([
      'ALTER TABLE customers ADD COLUMN a text',
      'ALTER TABLE orders ADD COLUMN inside text',
      'create unique index by_total on orders (total)',
      'ALTER TABLE orders DROP COLUMN customer',
    ])
    expect(heldOn(report, 'orders')[0]?.statement).toBe('ALTER TABLE orders ADD COLUMN inside text')
  })

  it('tells waiting and holding apart', async () => {
    const { name, url } = await branch()
    const other = new pg.Client({ connectionString: server.url(name) })
    await other.connect()
    await other.query('BEGIN; SELECT * FROM orders LIMIT 1')
    const watching = await watch(url)
    const migration = migrate(url, ['BEGIN', 'ALTER TABLE orders ADD COLUMN a text', 'SELECT pg_sleep(0.2)', 'COMMIT'])
    const blocked = `SELECT count(*)::int AS n FROM pg_locks WHERE NOT granted`
    while ((await server.sql<{ n: number }>(name, blocked))[0]?.n === 0);
    await other.query('SELECT pg_sleep(0.9)')
    await other.query('COMMIT')
    await other.end()
    expect(await migration).toBe('')
    const [held] = heldOn(await watching.stop(), 'orders')
    expect(held?.waited).toBeGreaterThan(600)
    expect(held).toMatchObject({ wait: 'Lock:relation', exact: true })
    expect(held?.ms).toBeGreaterThan(190)
    expect(held?.ms).toBeLessThan(600)
  })

  it('removes what a dead watch left, and touches nothing of another owner', async () => {
    const { name, url } = await branch()
    const dead = new AbortController()
    const lost = await watch(url, dead.signal)
    expect(await leftovers(server, name)).toHaveLength(4)
    dead.abort()
    await expect(lost.stop()).rejects.toThrow('cancelled')
    const { report } = await watched(url, ['ALTER TABLE orders ADD COLUMN a text'])
    expect(outcome(report)).toEqual(fine)
    expect(await leftovers(server, name)).toEqual([])

    await server.sql(name, 'CREATE SCHEMA db_branch_locks; CREATE TABLE db_branch_locks.theirs ()')
    const { report: next } = await watched(url, ['ALTER TABLE orders ADD COLUMN b text'])
    expect(next.exact).toBe(false)
    expect(await server.sql(name, "SELECT to_regclass('db_branch_locks.theirs')::text AS t")).toEqual([
      { t: 'db_branch_locks.theirs' },
    ])
  })

  it('never fails the migration, and says when it missed something', async () => {
    const { name, url } = await branch()
    const { report, failure } = await watched(url, [
      'ALTER TABLE db_branch_locks.locks RENAME TO gone',
      'ALTER TABLE orders ADD COLUMN a text',
      "SET db_branch_locks.open = 'no json'",
      'ALTER TABLE orders ADD COLUMN b text',
      'ALTER TABLE db_branch_locks.gone RENAME TO locks',
      'RESET db_branch_locks.open',
      'ALTER TABLE orders ADD COLUMN c text',
    ])
    expect(failure).toBe('')
    expect(report.problems.join(' ')).toMatch(/missed \d statements/)
    expect(report.statements.map(({ sql }) => sql)).toContain('ALTER TABLE orders ADD COLUMN c text')
    expect(await leftovers(server, name)).toEqual([])
  })
})
