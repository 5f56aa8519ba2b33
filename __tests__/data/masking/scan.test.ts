import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type PostgresServer, startPostgres } from '../../../sim/postgres/server.js'
import { createShop } from '../../../sim/shop/shop.js'
import { scanParent } from '../../../src/data/masking/scan-parent.js'
import { maskingKey, maskingOrder } from '../../../src/data/masking/key.js'
import { maskBranch } from '../../../src/data/masking/mask-branch.js'
import { readPolicyFile } from '../../../src/data/policy-file.js'
import { type Scan, scan } from '../../../src/lifecycle/scan.js'
import type { Job, Provider } from '../../../src/ports.js'
import { renderScan, scanLines } from '../../../src/report/scan-report.js'
import { realClock } from '../../fixtures/postgres.js'
import { planted, plantRows } from './planted-rows.js'
import { scratch, sessionOn, someKey } from './stage.js'

const script = (file: string) => readFileSync(path.join(import.meta.dirname, file), 'utf8')

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

async function scanned(
  database: string,
  { on = server, url }: { on?: PostgresServer; url?: string } = {},
): Promise<Scan & { readonly told: string }> {
  const log: string[] = []
  const job = { info: (line: string) => void log.push(line), group: (_title, body) => body() } as Job
  const provider = { openParent: (name: string) => sessionOn(on, name, url) } as unknown as Provider
  const parse = async (text: string) => readPolicyFile('draft', text)
  const made = await scan({ provider, job, clock: realClock, scanParent, parse }, database)
  const outcome = { ...made, parent: database, policyFile: '.github/db-branch.yml' }
  return { ...made, told: [...log, ...scanLines(outcome), renderScan(outcome), made.text].join('\n') }
}

/** As a branch would: the drafted file is read, the rows are masked by it, and everything is proven. */
async function maskBy({ text }: Scan, database: string, on = server): Promise<string[]> {
  const rules = [...readPolicyFile('draft', text).parents.values()][0]?.masking
  if (!rules) throw new Error('The draft has no rules.')
  const order = maskingOrder(
    rules,
    maskingKey(someKey, () => '00'),
  )
  const open = () => sessionOn(on, database)
  const { checks } = await maskBranch({
    order,
    open,
    parallel: 2,
    info: () => undefined,
    elapsed: () => performance.now(),
  })
  return checks.map(({ name }) => name)
}

/** The drafted rule of a column, without its comment. */
function ruleOf({ text }: Scan, column: string): string | undefined {
  const line = text.split('\n').find((each) => each.trim().startsWith(`${column}:`))
  return line
    ?.replace(/ # .*$/, '')
    .trim()
    .slice(column.length + 2)
}

describe('a schema full of traps', () => {
  let made: Scan & { readonly told: string }
  let database: string
  beforeAll(async () => {
    database = await scratch(server, script('scan.sql') + plantRows())
    made = await scanned(database)
  })

  it('tells none of the planted values, wherever it tells something', () => {
    const values = [...Object.values(planted).flat(), 'Germany', 'Qvist', 'PLANT']
    expect(values.length).toBeGreaterThan(500)
    expect(values.filter((value) => made.told.toLowerCase().includes(value.toLowerCase()))).toEqual([])
  })

  it('reads only: it could not write, and takes no lock that anybody waits for', async () => {
    const session = await sessionOn(server, database)
    const told = new Set<string>()
    const query = async <Row>(text: string, values?: readonly unknown[]): Promise<Row[]> => {
      const rows = await session.query<Row>(text, values)
      if (!text.startsWith('FETCH')) return rows
      const facts = await session.query<{ fact: string }>(
        `SELECT DISTINCT mode AS fact FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'relation'
         UNION SELECT 'read only ' || current_setting('transaction_read_only') || ', row security ' || current_setting('row_security')`,
      )
      for (const { fact } of facts) told.add(fact)
      return rows
    }
    await scanParent({ query })
    expect([...told].toSorted()).toEqual(['AccessShareLock', 'read only on, row security off'])
    await expect(session.query('CREATE TABLE public.intruder ()')).rejects.toThrow(/read-only transaction/)
    await session.close()
  })

  it('knows what the values are', () => {
    expect(made.notes).toEqual([])
    expect(
      ['who', 'given', 'contact', 'line', 'nino', 'bsn', 'pan', 'host'].map((column) => [column, ruleOf(made, column)]),
    ).toEqual([
      ['who', 'name'],
      ['given', 'first_name'],
      ['contact', 'email'],
      // No digest fits, so that the row's own key keeps them apart.
      ['line', '{ mask: template, text: "X{id}", allow_uniqueness_loss: true }'],
      ['nino', '{ mask: template, text: "X{id}", allow_uniqueness_loss: true }'],
      ['bsn', '"null"'],
      ['pan', '{ mask: constant, value: 0 }'],
      ['host', 'ip'],
    ])
  })

  it('masks, and every check passes', async () => {
    expect(await maskBy(made, database)).toContain('nothing left that looks like personal data')
    const tables = await server.sql<{ name: string }>(
      database,
      `SELECT oid::regclass::text AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
    )
    const rows = await Promise.all(
      tables.map(({ name }) => server.sql<{ row: string }>(database, `SELECT t::text AS row FROM ONLY ${name} t`)),
    )
    const text = rows
      .flat()
      .map(({ row }) => row)
      .join('\n')
    expect(text).not.toBe('')
    expect(
      Object.values(planted)
        .flat()
        .filter((value) => text.includes(value)),
    ).toEqual([])
  })
})

it.each(['the shop', 'hostile.sql'])('%s is masked by its own draft, and every check passes', async (name) => {
  const other = name === 'the shop' ? await startPostgres({ major: 15 }) : server
  try {
    const database = name === 'the shop' ? 'main' : await scratch(server, script('hostile.sql'))
    if (name === 'the shop') await createShop(other, { customers: 300, orders: 600 })
    const made = await scanned(database, { on: other })
    expect(made.notes).toEqual([])
    expect(made.told).not.toMatch(/PLANT|@(letterbox|fastpost|familie|workmail)/)
    expect(await maskBy(made, database, other)).toContain('nothing left that looks like personal data')
  } finally {
    if (other !== server) await other.stop()
  }
})

describe('a role that may not read everything', () => {
  let made: Scan & { readonly told: string }
  beforeAll(async () => {
    const database = await scratch(server, script('scan.sql') + plantRows())
    await server.sql(
      database,
      `CREATE ROLE scanner LOGIN PASSWORD 'scan me'; GRANT SELECT ON ALL TABLES IN SCHEMA public TO scanner;
       REVOKE SELECT ON visits FROM scanner`,
    )
    made = await scanned(database, { url: server.url(database).replace(/\/\/[^@]*@/, '//scanner:scan%20me@') })
  })

  it('tells which tables it could not read, and masks their columns by name and type', () => {
    const unread = made.tables.flatMap(({ table, unread: why }) => (why === undefined ? [] : [`${table}: ${why}`]))
    expect(unread.toSorted()).toEqual([
      'public.secrets: the role may not read it',
      'public.visits: the role may not read it',
    ])
    expect(made.told).toContain('public.visits: not read: the role may not read it')
    expect(ruleOf(made, 'agent')).toBe('redact_text')
    expect(ruleOf(made, 'pin')).toBe('redact_text')
    expect(made.notes).toEqual([])
  })
})

it('looks at about ten thousand rows of a large table, and at the same ones again', async () => {
  const database = await scratch(
    server,
    `CREATE TABLE large (id int, mail text, filler text);
     INSERT INTO large SELECT g, 'plant' || g || '@quince.test', repeat('x', 100) FROM generate_series(1, 60000) g; ANALYZE`,
  )
  const [first, second] = [await scanned(database), await scanned(database)]
  expect(first.tables[0]?.rows).toBeGreaterThan(8_000)
  expect(first.tables[0]?.rows).toBeLessThanOrEqual(10_000)
  expect(first.text).toBe(second.text)
  expect(ruleOf(first, 'mail')).toBe('email')
})

it('looks at the first rows where the estimate was wrong', async () => {
  const database = await scratch(
    server,
    `CREATE TABLE hollow (mail text); ALTER TABLE hollow SET (autovacuum_enabled = off);
     INSERT INTO hollow SELECT 'plant' || g || '@quince.test' FROM generate_series(1, 60000) g; ANALYZE; DELETE FROM hollow WHERE mail !~ '11@'`,
  )
  const { tables, text } = await scanned(database)
  expect(tables[0]?.rows).toBe(600)
  expect(text).toContain('email in 100 % of 600 sampled values')
})
