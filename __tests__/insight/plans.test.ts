import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { type Major, type PostgresServer, startPostgres } from '../../sim/postgres/server.js'
import type { PlanFact } from '../../src/domain/branch-report.js'
import { known, unknown } from '../../src/domain/known.js'
import type { PlanChange } from '../../src/insight/plans/change.js'
import { type PlanComparison, type PlanOrder, comparePlans } from '../../src/insight/plans/compare-plans.js'
import { findingsOfPlans } from '../../src/insight/plans/findings.js'
import type { Session } from '../../src/sql/session.js'
import { sessionOn } from '../data/masking/stage.js'

const parentScript = `
CREATE TABLE customers (id bigint PRIMARY KEY, code text COLLATE "C", fax text);
CREATE INDEX customers_code_idx ON customers (code);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint, status text, total numeric, placed date);
CREATE INDEX orders_customer_idx ON orders (customer_id);
CREATE INDEX orders_placed_idx ON orders (placed);
CREATE INDEX orders_status_idx ON orders (status);
CREATE TABLE visits (id bigint PRIMARY KEY, order_id bigint, page text);
CREATE INDEX visits_order_idx ON visits (order_id);
INSERT INTO customers SELECT g, md5(g::text), 'f' || g FROM generate_series(1, 5000) g;
INSERT INTO orders SELECT g, g % 5000, CASE WHEN g % 1000 = 0 THEN 'open' ELSE 'done' END, g % 977, date '2020-01-01' + g % 2000
  FROM generate_series(1, 30000) g;
INSERT INTO visits SELECT g, g % 30000, 'p' || g % 50 FROM generate_series(1, 20000) g;
CREATE FUNCTION touch() RETURNS bigint LANGUAGE sql VOLATILE AS 'INSERT INTO visits VALUES (-1) RETURNING id';
CREATE FUNCTION peek() RETURNS text LANGUAGE sql STABLE AS 'SELECT string_agg(code, '' '') FROM customers WHERE id < 9';
CREATE VIEW noisy AS SELECT touch() AS touched;
`

const migration = `
DROP INDEX orders_customer_idx;
DROP INDEX orders_placed_idx;
CREATE INDEX orders_total_idx ON orders (total);
ALTER TABLE visits ALTER COLUMN order_id TYPE numeric;
ALTER TABLE customers ALTER COLUMN code TYPE text COLLATE "und-x-icu";
ALTER TABLE customers DROP COLUMN fax;
ALTER TABLE customers ADD COLUMN phone text;
`

const shopFile = `
-- name: orders of a customer
-- param: 42
SELECT id FROM orders WHERE customer_id = $1;

-- name: orders of any customer :many
SELECT id FROM orders WHERE customer_id = $1;
-- name: orders of an amount
SELECT id FROM orders WHERE total = 5;
-- name: the order of a visit
SELECT o.status FROM visits v JOIN orders o ON o.id = v.order_id WHERE v.id = 7;
-- name: customers by code
SELECT id FROM customers WHERE code LIKE 'abc%';
-- name: newest orders
SELECT id FROM orders ORDER BY placed LIMIT 5;
-- name: fax of a customer
SELECT id,
       fax FROM customers WHERE id = 1;
-- name: phone of a customer
SELECT phone FROM customers WHERE id = 1;
-- name: open orders
-- params: 'open', 3
SELECT id FROM orders WHERE status = $1 AND id > $2;
-- name: closing an order
UPDATE orders SET status = 'done' WHERE id = 3;
`

/** What is said of each query of `shopFile`. */
const expected: [query: string, rows: PlanChange['change'], noRows: PlanChange['change']][] = [
  ['orders of a customer', 'index to seq scan', 'index to seq scan'],
  ['orders of any customer', 'index to seq scan', 'index to seq scan'],
  ['orders of an amount', 'better', 'better'],
  // Without rows the planner may begin at the other table as well: no verdict is the honest one.
  ['the order of a visit', 'index to seq scan', 'unknown'],
  ['customers by code', 'index to seq scan', 'index to seq scan'],
  ['newest orders', 'index to seq scan', 'index to seq scan'],
  ['fax of a customer', 'fails', 'fails'],
  ['phone of a customer', 'new', 'new'],
  ['open orders', 'same', 'same'],
  ['closing an order', 'same', 'same'],
]

describe.each<[Major]>([[15], [18]])('on PostgreSQL %d', (major) => {
  let server: PostgresServer
  let told: Record<'copied' | 'emptied', PlanComparison>
  const sessions: Session[] = []
  const open = async (database: string, url?: string) => {
    const session = await sessionOn(server, database, url)
    sessions.push(session)
    return session
  }
  const compare = async (branch: string, text: string, change: Partial<PlanOrder> = {}) => {
    const parent = known(await open('shop'))
    return comparePlans({ files: [{ file: 'db/shop.sql', text }], parent, branch: await open(branch), ...change })
  }

  beforeAll(async () => {
    server = await startPostgres({ major })
    await server.sql('postgres', 'CREATE DATABASE shop')
    await server.sql('shop', parentScript)
    await server.sql('shop', 'VACUUM ANALYZE')
    await server.sql('postgres', 'CREATE DATABASE copied TEMPLATE shop')
    await server.sql('postgres', 'CREATE DATABASE emptied TEMPLATE shop')
    await server.sql('copied', migration)
    await server.sql('emptied', `TRUNCATE customers, orders, visits; ${migration}`)
    told = { copied: await compare('copied', shopFile), emptied: await compare('emptied', shopFile) }
  })
  afterEach(async () => {
    await Promise.all(sessions.splice(0).map((session) => session.close()))
  })
  afterAll(async () => {
    await server?.stop()
  })

  it.each([
    ['copied', 1],
    ['emptied', 2],
  ] as const)('tells what became of each query on a branch that was %s', (branch, column) => {
    const { changes, problems } = told[branch]
    expect(problems).toStrictEqual([])
    const kinds = new Map(changes.map(({ query, change }) => [query, change]))
    expect(expected.map((row) => [row[0], kinds.get(row[0])])).toStrictEqual(
      expected.map((row) => [row[0], row[column]]),
    )
    expect(changes.map(({ change }) => change)).toStrictEqual([
      'fails',
      ...changes.filter(({ change }) => change === 'index to seq scan').map(({ change }) => change),
      ...(branch === 'emptied' ? ['unknown'] : []),
      ...['new', 'better', 'same', 'same'],
    ])
    const facts: readonly PlanFact[] = changes
    expect(facts).toHaveLength(10)
    for (const { basis, cost, ratio } of changes.filter((change) => change.basis)) {
      expect(basis).toBe(branch === 'copied' ? 'costs' : 'indexes')
      expect([cost === undefined, ratio === undefined]).toStrictEqual(
        branch === 'copied' ? [false, false] : [true, true],
      )
    }
  })

  it('shows the lost index, its cost and the plans side by side, the worst first', () => {
    const { changes } = told.copied
    const [first, ...rest] = changes.filter(({ change }) => change === 'index to seq scan')
    expect(rest.map(({ ratio }) => ratio)).toStrictEqual(rest.map(({ ratio = 0 }) => ratio).sort((a, b) => b - a))
    expect(first?.ratio).toBeGreaterThanOrEqual(rest[0]?.ratio ?? Infinity)
    const lost = changes.find(({ query }) => query === 'orders of a customer')
    expect(lost).toMatchObject({ file: 'db/shop.sql', line: 4, tables: ['orders'] })
    expect(lost?.cost?.after).toBeGreaterThan((lost?.cost?.before ?? 0) * 5)
    expect(lost?.nodes).toContain('+ Seq Scan on orders')
    expect(lost?.nodes.join('\n')).toMatch(/^- .*orders_customer_idx/m)
    expect(changes.find(({ query }) => query === 'the order of a visit')?.notes).toStrictEqual([
      'The migration left no statistics on visits.order_id: until ANALYZE the planner guesses, in production too.',
    ])

    const findings = findingsOfPlans(changes)
    expect(findings.map(({ kind, rule, line }) => `${kind} ${rule} ${line}`).sort()).toStrictEqual([
      'break query-fails 17',
      'seq_scan index-to-seq-scan 11',
      'seq_scan index-to-seq-scan 13',
      'seq_scan index-to-seq-scan 15',
      'seq_scan index-to-seq-scan 4',
      'seq_scan index-to-seq-scan 7',
    ])
    expect(findings.find(({ kind }) => kind === 'break')?.detail).toContain('column "fax" does not exist (42703)')
    expect(findings.find(({ line }) => line === 4)).toMatchObject({
      ...{ object: 'orders', severity: 'high', source: 'plan', file: 'db/shop.sql' },
      ratio: expect.any(Number),
    })
  })

  it('says of a branch without rows that only indexes were compared', () => {
    const { changes, unread } = told.emptied
    expect(changes.find(({ query }) => query === 'open orders')?.notes.join()).toContain('only the use of indexes')
    expect(unread).toBe('1 query or file of "explain" could not be compared.')
    const [finding] = findingsOfPlans(changes).filter(({ line }) => line === 4)
    expect(finding).toMatchObject({ kind: 'seq_scan', severity: 'medium' })
    expect(finding?.detail).toContain('judged by the indexes alone')
    expect(finding?.ratio).toBeUndefined()
  })

  it('runs what only reads, and nothing else', async () => {
    const [before] = await server.sql<{ count: string }>('shop', "SELECT count(*) FROM orders WHERE status = 'seen'")
    const { changes } = await compare(
      'copied',
      `SELECT count(*) FROM orders WHERE customer_id = 42;
       UPDATE orders SET status = 'seen';
       WITH gone AS (DELETE FROM orders RETURNING 1) SELECT count(*) FROM gone;
       SELECT id FROM orders WHERE id < 5 FOR UPDATE;
       SELECT pg_advisory_lock(7), touch();
       SELECT id FROM orders WHERE id = $1;
       SELECT * FROM noisy;`,
      { analyze: 'both' },
    )
    const byLine = changes.toSorted((a, b) => a.line - b.line)
    expect(byLine.map(({ ms, notes }) => [ms !== undefined, notes.join(' ')])).toStrictEqual([
      [true, ''],
      [false, 'It changes rows, so it was planned and not run.'],
      [false, 'It changes rows, so it was planned and not run.'],
      [false, 'It locks rows, so it was planned and not run.'],
      [false, 'It calls pg_advisory_lock(), which may do more than read, so it was planned and not run.'],
      [false, 'Its parameters have no values, so it was planned and not run.'],
      [false, 'Running it failed: it writes (25006).'],
    ])
    expect(byLine[0]?.buffers?.after).toBeGreaterThan((byLine[0]?.buffers?.before ?? Infinity) * 5)
    expect(await server.sql('shop', "SELECT count(*) FROM orders WHERE status = 'seen'")).toStrictEqual([before])
    const [findings] = findingsOfPlans(changes)
    expect(findings?.detail).toMatch(/It took .* ms and \d+ blocks there/)
    expect(findings?.ms).toBe(byLine[0]?.ms?.after)
  })

  it('keeps its hands off production unless it is allowed to run there', async () => {
    const parent = await open('shop')
    const seen: string[] = []
    const watched = {
      query: <Row>(text: string, values?: readonly unknown[]) => {
        seen.push(text)
        return parent.query<Row>(text, values)
      },
    }
    const text = 'SELECT count(*) FROM orders WHERE id < 100; DELETE FROM orders;'
    const { changes } = await compare('copied', text, { parent: known(watched), analyze: 'branch' })
    expect(seen.join('\n')).not.toContain('ANALYZE')
    expect(changes.find(({ line }) => line === 1)?.notes.join()).toMatch(
      /^On the branch it took [\d.]+ ms and \d+ blocks/,
    )
    expect(changes.every(({ ms }) => ms === undefined)).toBe(true)
    const texts = seen.filter((statement) => statement.includes('orders'))
    expect(texts).toHaveLength(2)
    for (const statement of texts) {
      expect(
        seen
          .slice(0, seen.indexOf(statement))
          .filter((each) => /^(BEGIN|ROLLBACK)/.test(each))
          .at(-1),
      ).toBe('BEGIN TRANSACTION READ ONLY')
    }
  })

  it('gives a query up that runs too long, and says so', async () => {
    const slow = 'SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 1000) b'
    const { changes } = await compare('copied', slow, { analyze: 'both', runTimeoutMs: 50 })
    expect(changes[0]?.notes).toStrictEqual([
      'On the parent it did not end in time.',
      'On the branch it did not end in time.',
    ])
    expect(findingsOfPlans(changes)).toStrictEqual([])
  })

  it('takes a query for one statement where the server would read two', async () => {
    await server.sql('postgres', 'ALTER DATABASE copied SET standard_conforming_strings = off')
    const hidden = `SELECT 'a\\' || '; COMMIT; DROP TABLE visits; --'`
    const { changes } = await compare('copied', hidden)
    await server.sql('postgres', 'ALTER DATABASE copied RESET standard_conforming_strings')
    expect(changes.map(({ change }) => change)).toStrictEqual(['same'])
    expect(await server.sql('copied', "SELECT to_regclass('visits') IS NOT NULL AS kept")).toStrictEqual([
      { kept: true },
    ])
  })

  it('tells no row by way of an error', async () => {
    // Planning evaluates what it can, and the refusal quotes it.
    const peek = `SELECT id FROM orders WHERE id = peek()::bigint;
                  SELECT id FROM orders WHERE status = peek()::regclass::text;`
    const { changes } = await compare('copied', peek, { analyze: 'both' })
    const answer = JSON.stringify(changes.map(({ change, notes, nodes }) => [change, notes, nodes]))
    expect(answer).toMatch(/\(22P02\)/)
    expect(answer).not.toMatch(/row|[0-9a-f]{32}/)
  })

  it('plans the branch by the settings of its parent', async () => {
    await server.sql('postgres', 'ALTER DATABASE copied SET random_page_cost = 4000')
    const { changes } = await compare('copied', "SELECT id FROM orders WHERE status = 'open'")
    await server.sql('postgres', 'ALTER DATABASE copied RESET random_page_cost')
    expect(changes).toMatchObject([{ change: 'same', ratio: 1 }])
  })

  it('says nothing about queries when the parent cannot be read', async () => {
    const branch = await open('copied')
    const files = [{ file: 'a.sql', text: 'SELECT id FROM orders WHERE customer_id = 1' }]
    const gone = await open('shop')
    gone.cut()
    const results = await Promise.all(
      [unknown('the platform gives no login on it'), known(gone)].map((parent) =>
        comparePlans({ files, parent, branch }),
      ),
    )
    for (const { changes, problems, unread } of results) {
      expect(changes).toStrictEqual([])
      expect(problems).toHaveLength(1)
      expect(unread).toContain('could not be compared')
    }
    expect(results[0]?.problems[0]?.message).toBe('No plan was compared: the platform gives no login on it.')
  })

  it('takes missing rights for no fault of the query', async () => {
    await server.sql('postgres', `CREATE ROLE reader${major} LOGIN PASSWORD 'secret'`)
    const reader = await open('shop', server.url('shop', `reader${major}`, 'secret'))
    const { changes, unread } = await compare('copied', 'SELECT id FROM orders WHERE id = 1', { parent: known(reader) })
    expect(changes).toMatchObject([
      { change: 'unknown', notes: ['On the parent: the login has no right to read one of its tables (42501).'] },
    ])
    expect(unread).toBeDefined()
  })
})
