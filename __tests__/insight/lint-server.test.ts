import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { type Major, type PostgresServer, startPostgres } from '../../sim/postgres/server.js'
import { readTableFacts } from '../../src/insight/lint/facts.js'
import { steadyFunctions } from '../../src/insight/lint/expressions.js'
import { type HazardCase, harmless, hazards, shop } from './lint-cases.js'

/** Weakest first, as the server ranks them. */
const modes = [
  ...['AccessShareLock', 'RowShareLock', 'RowExclusiveLock', 'ShareUpdateExclusiveLock', 'ShareLock'],
  ...['ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock'],
]

interface Seen {
  readonly file: string
  readonly scans: number
  readonly lock: string
}

describe.each<[Major]>([[15], [18]])('on PostgreSQL %d', (major) => {
  let server: PostgresServer
  let client: pg.Client
  let made = 0

  const connect = async (database: string) => {
    const session = new pg.Client({ connectionString: server.url(database) })
    await session.connect()
    return session
  }
  const freshDatabase = async () => {
    const name = `shop_${++made}`
    await server.sql('postgres', `CREATE DATABASE ${name} TEMPLATE shop`)
    return name
  }

  beforeAll(async () => {
    server = await startPostgres({ major })
    const root = await connect('postgres')
    await root.query('SET allow_in_place_tablespaces = on')
    await root.query("CREATE TABLESPACE elsewhere LOCATION ''")
    await root.query('CREATE ROLE reader')
    await root.query('CREATE DATABASE shop')
    await root.end()
    await server.sql('shop', shop)
    client = await connect(await freshDatabase())
  })
  afterAll(async () => {
    await client?.end()
    await server?.stop()
  })

  const look = async (session: pg.Client, oid: number): Promise<Seen> => {
    const { rows } = await session.query<{ file: string; scans: string; locks: string[] }>(
      `SELECT pg_relation_filenode($1::oid) AS file, pg_stat_get_xact_numscans($1::oid) AS scans,
              ARRAY(SELECT mode FROM pg_locks WHERE pid = pg_backend_pid() AND relation = $1::oid AND granted) AS locks`,
      [oid],
    )
    const { file, scans, locks } = rows[0] ?? { file: '', scans: '0', locks: [] }
    return { file, scans: Number(scans), lock: locks.sort((a, b) => modes.indexOf(a) - modes.indexOf(b)).at(-1) ?? '' }
  }
  const oidOf = async (session: pg.Client, name: string) =>
    (await session.query<{ oid: number }>('SELECT to_regclass($1)::oid AS oid', [name])).rows[0]?.oid ?? 0
  const stateOf = async (sql: string): Promise<string> => {
    await client.query('SAVEPOINT attempt')
    const state = await client.query(sql).then(
      () => '00000',
      (error: pg.DatabaseError) => error.code ?? '',
    )
    await client.query('ROLLBACK TO attempt')
    return state
  }
  /** Does it in a transaction that is rolled back, and tells what the server did meanwhile. */
  const inTransaction = async <T>(body: () => Promise<T>): Promise<T> => {
    await client.query('BEGIN')
    try {
      return await body()
    } finally {
      await client.query('ROLLBACK')
    }
  }

  const cases = hazards
    .filter(({ from }) => major >= (from ?? 0))
    .map((hazard) => [hazard.rule, hazard.sql, hazard] as const)

  it.each(cases)('%s is no folklore: %s', async (_rule, sql, hazard) => {
    if (hazard.outside) return expectRewritten(hazard)
    await inTransaction(async () => {
      const { fails, breaks } = hazard
      if (fails) return expect(await stateOf(sql)).toBe(fails)
      const oid = await oidOf(client, hazard.on ?? hazard.object)
      const before = await look(client, oid)
      const [code, state] = breaks ?? ['SELECT', undefined]
      const codeBefore = await stateOf(code)
      await client.query(sql.replace(/^BEGIN; |; COMMIT$/g, ''))
      const after = await look(client, oid)

      if (hazard.kind === 'break' || hazard.kind === 'data_loss') expect(breaks ?? hazard.lock).toBeDefined()
      if (breaks) {
        expect(codeBefore).not.toBe(state)
        expect(await stateOf(code)).toBe(state)
      }
      if (hazard.kind === 'rewrite') expect(after.file).not.toBe(before.file)
      if (hazard.kind === 'scan') {
        expect(after.file).toBe(before.file)
        expect(after.scans).toBeGreaterThan(before.scans)
      }
      if (['lock', 'scan', 'rewrite', 'cost'].includes(hazard.kind)) expect(after.lock).toBe(hazard.lock)
    })
  })

  async function expectRewritten({ sql, object }: HazardCase): Promise<void> {
    const session = await connect(await freshDatabase())
    try {
      const oid = await oidOf(session, object)
      const before = await look(session, oid)
      await session.query(sql)
      expect((await look(session, oid)).file).not.toBe(before.file)
    } finally {
      await session.end()
    }
  }

  it.each(harmless)('%s rewrites nothing', async (_what, sql) => {
    const session = await connect(await freshDatabase())
    try {
      const tables = await Promise.all(['customers', 'orders'].map((name) => oidOf(session, name)))
      const files = async () => Promise.all(tables.map(async (oid) => (await look(session, oid)).file))
      const before = await files()
      for (const statement of sql.split('; ')) await session.query(statement)
      expect(await files()).toStrictEqual(before)
    } finally {
      await session.end()
    }
  })

  it('spares the scan that a proven CHECK and an empty new column make needless', async () => {
    await inTransaction(async () => {
      const oid = await oidOf(client, 'customers')
      const { scans } = await look(client, oid)
      await client.query('ALTER TABLE customers ALTER COLUMN legal SET NOT NULL')
      await client.query('ALTER TABLE customers ADD COLUMN friend bigint REFERENCES customers')
      expect((await look(client, oid)).scans).toBe(scans)
    })
  })

  it('has none of the steady functions as volatile', async () => {
    const { rows } = await client.query<{ name: string; volatile: boolean }>(
      `SELECT proname AS name, bool_or(provolatile = 'v') AS volatile FROM pg_proc
        WHERE pronamespace = 'pg_catalog'::regnamespace AND proname = ANY ($1) GROUP BY 1 ORDER BY 1`,
      [steadyFunctions],
    )
    expect(rows.filter(({ volatile }) => volatile)).toStrictEqual([])
    expect(rows.map(({ name }) => name)).toStrictEqual([...steadyFunctions].sort())
  })

  it('gives the facts of its tables', async () => {
    const facts = await readTableFacts({
      query: async <Row>(text: string) => (await client.query(text)).rows as Row[],
    })
    const table = (name: string) => facts.find((found) => found.name === name)
    expect(facts.map(({ schema, name }) => `${schema}.${name}`)).toContain('old.things')
    expect(table('customers')).toMatchObject({ rows: 500, validCheck: true, partitioned: false, policies: 0 })
    expect(table('customers')?.bytes).toBeGreaterThan(8192)
    expect(table('events')).toMatchObject({ partitioned: true, validCheck: false })
    expect(table('customers')?.columns).toEqual(
      expect.arrayContaining([
        { name: 'email', type: 'text', notNull: false, neverNull: false, checked: false },
        { name: 'name', type: 'character varying(40)', notNull: true, neverNull: false, checked: false },
        { name: 'tag', type: 'character varying(20)', notNull: false, neverNull: false, checked: true },
        { name: 'legal', type: 'text', notNull: false, neverNull: true, checked: true },
      ]),
    )
  })
})
