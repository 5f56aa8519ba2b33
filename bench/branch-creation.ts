import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { type PostgresServer, startPostgres } from '../sim/postgres/server.js'
import { createShop } from '../sim/shop/shop.js'
import { emptyTables } from '../src/data/schema-only.js'
import type { BranchSpec, Clock, Provider } from '../src/ports.js'
import { createPostgresProvider } from '../src/providers/postgres/index.js'
import { Secret } from '../src/secret.js'
import type { Comparison } from './table.js'

const manyTurns = 7
/** Of the large one, which takes seconds where the file system cannot clone. */
const fewTurns = 3
const clock: Clock = { now: () => new Date(), elapsed: () => performance.now(), sleep: (ms) => delay(ms) }
const random = (bytes: number) => randomBytes(bytes).toString('hex')

/**
 * A complete, claimed, isolated branch against the bare `CREATE DATABASE … TEMPLATE` of the same parent, with the
 * server's durability on (fsync), as users run it.
 */
export async function branchCreation(): Promise<Comparison[]> {
  const rows: Comparison[] = []
  for (const [label, customers] of [
    ['shop', 1_000],
    ['large shop', 60_000],
  ] as const) {
    const server = await startPostgres({ settings: { fsync: 'on', full_page_writes: 'on', shared_buffers: '512MB' } })
    try {
      await createShop(server, { customers, orders: customers * 3 })
      await server.sql('postgres', 'REVOKE CONNECT ON DATABASE main FROM PUBLIC')
      await server.sql('postgres', 'CHECKPOINT')
      const [row] = await server.sql<{ mb: number }>('postgres', `SELECT pg_database_size('main') / 1048576 AS mb`)
      const size = `${label}, ${row?.mb} MB`
      rows.push(await compare(server, { what: `branch, copy (${size})`, dataPolicy: 'copy' }))
      rows.push(await compare(server, { what: `branch, schema_only (${size})`, dataPolicy: 'schema_only' }))
    } finally {
      await server.stop()
    }
  }
  return rows
}

/**
 * A branch of a parent as large as a golden one may be. Where the file system clones (XFS with reflink, btrfs) it takes no
 * longer than that of an empty parent: point TMPDIR at such a file system to see it.
 */
export async function largeBranch(): Promise<Comparison> {
  const server = await startPostgres({
    settings: { fsync: 'on', full_page_writes: 'on', shared_buffers: '1GB', max_wal_size: '8GB' },
  })
  try {
    await server.sql('postgres', 'CREATE DATABASE main')
    await server.sql(
      'main',
      `CREATE TABLE filler AS SELECT g AS id, md5(g::text) AS a, repeat(md5((-g)::text), 5) AS b FROM generate_series(1, 6000000) g; ALTER TABLE filler ADD PRIMARY KEY (id)`,
    )
    await server.sql('postgres', 'REVOKE CONNECT ON DATABASE main FROM PUBLIC; CHECKPOINT')
    const [row] = await server.sql<{ mb: number }>('postgres', `SELECT pg_database_size('main') / 1048576 AS mb`)
    return await compare(server, { what: `branch, copy (${row?.mb} MB)`, dataPolicy: 'copy', turns: fewTurns })
  } finally {
    await server.stop()
  }
}

async function compare(
  server: PostgresServer,
  { what, dataPolicy, turns = manyTurns }: { what: string; dataPolicy: 'copy' | 'schema_only'; turns?: number },
): Promise<Comparison> {
  const ours: number[] = []
  const baseline: number[] = []
  const provider = providerFor(server)
  for (let turn = -1; turn < turns; turn++) {
    const branch = await time(() => provider.create(spec(dataPolicy)))
    const made = await provider.find('pr-7')
    if (!made) throw new Error('no branch was made')
    await provider.delete(made)
    await server.sql('postgres', 'CHECKPOINT')
    const bare = await withAdmin(server, (admin) => time(() => admin.query('CREATE DATABASE bare TEMPLATE main')))
    await server.sql('postgres', 'DROP DATABASE bare')
    await server.sql('postgres', 'CHECKPOINT')
    if (turn < 0) continue
    ours.push(branch)
    baseline.push(bare)
  }
  await provider.close()
  return { what, against: 'CREATE DATABASE … TEMPLATE (default strategy)', ours, baseline }
}

function providerFor(server: PostgresServer): Provider {
  return createPostgresProvider({
    adminUrl: new Secret(server.adminUrl),
    parent: 'main',
    repository: 1,
    busyParent: 'refuse',
    empty: emptyTables,
    maskRows: () => Promise.reject(new Error('not measured here')),
    cloneSchema: () => Promise.reject(new Error('not measured here')),
    streamRows: () => Promise.reject(new Error('not measured here')),
    mask: () => undefined,
    info: () => undefined,
    clock,
    random,
    signal: new AbortController().signal,
  })
}

function spec(dataPolicy: 'copy' | 'schema_only'): BranchSpec {
  const claim = {
    repository: 1,
    pullRequest: 7,
    branch: 'pr-7',
    parent: 'main',
    dataPolicy,
    run: '1.1',
    build: random(8),
    createdAt: clock.now().toISOString(),
  }
  return { name: 'pr-7', parent: 'main', dataPolicy, claim }
}

async function time(body: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await body()
  return performance.now() - start
}

async function withAdmin<T>(server: PostgresServer, body: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: server.adminUrl })
  await admin.connect()
  try {
    return await body(admin)
  } finally {
    await admin.end()
  }
}
