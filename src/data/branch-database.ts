import pg from 'pg'
import { type Claim, encodeClaim, readClaim } from '../domain/claim.js'
import type { BranchDatabase, Clock, Connection, MaskingOrder, Sql } from '../ports.js'
import { openSession, type Session, workUndisturbed } from '../sql/session.js'
import { parseTarget } from '../sql/target.js'
import { findLedgers } from './ledgers.js'
import { emptyTables } from './schema-only.js'

const { escapeIdentifier: name, escapeLiteral: literal } = pg

const advice =
  'Check that the platform lets this runner reach its branches (IP allow list, private network), and run the job again.'

interface DatabasePorts {
  readonly signal: AbortSignal
  readonly clock: Clock
  /** Told how far a masking is. */
  readonly info: (line: string) => void
}

/** Works in the databases of branches that a platform made. */
export function branchDatabase({ signal, clock, info }: DatabasePorts): BranchDatabase {
  const open = ({ url }: Connection) =>
    openSession(parseTarget(url), { application: 'db-branch-action', signal, advice })
  const within = async <T>(connection: Connection, body: (sql: Sql) => Promise<T>): Promise<T> => {
    const session = await open(connection)
    return body(session).finally(() => session.close())
  }
  const sign = async (sql: Sql, claim: Claim) => {
    const [row] = await sql.query<{ database: string }>('SELECT pg_catalog.current_database()::text AS database')
    await sql.query(`COMMENT ON DATABASE ${name(row?.database ?? '')} IS ${literal(encodeClaim(claim))}`)
  }
  return {
    empty: (connection, claim) =>
      within(connection, async (sql) => {
        const notes = await emptyTables(sql)
        await sign(sql, claim)
        return notes
      }),
    sign: (connection, claim) => within(connection, (sql) => sign(sql, claim)),
    readClaim: (connection) =>
      within(connection, async (sql) => {
        const [row] = await sql.query<{ comment: string | null }>(
          `SELECT pg_catalog.shobj_description(oid, 'pg_database') AS comment
             FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()`,
        )
        return readClaim(row?.comment)
      }),
    maskInPlace: (connection, order) =>
      maskInPlace(order, { open: () => openUndisturbed(open, connection), clock, info }),
    fillMasked: (from, to, order) =>
      fillMasked(order, {
        source: () => openUndisturbed(open, from),
        target: () => openUndisturbed(open, to),
        clock,
        info,
      }),
    copyLedgers: (from, to) => within(from, (source) => within(to, (target) => copyLedgers(source, target))),
  }
}

type Told = Pick<DatabasePorts, 'clock' | 'info'>

/** Loaded on demand: few runs mask. */
async function maskInPlace(
  order: MaskingOrder,
  { open, clock, info }: { open: () => Promise<Session> } & Told,
): Promise<string[]> {
  const { certificateLines, maskBranch } = await import('./masking/mask-branch.js')
  return certificateLines(await maskBranch({ order, open, parallel: 2, info, elapsed: () => clock.elapsed() }))
}

async function fillMasked(
  order: MaskingOrder,
  { source, target, clock, info }: { source: () => Promise<Session>; target: () => Promise<Session> } & Told,
): Promise<string[]> {
  const [{ fillMasked: fill }, { certificateLines }] = await Promise.all([
    import('./masking/stream/fill.js'),
    import('./masking/mask-branch.js'),
  ])
  return certificateLines(await fill({ order, source, target, parallel: 2, info, elapsed: () => clock.elapsed() }))
}

/** Its own settings and functions must not steer the work in it. */
async function openUndisturbed(open: (to: Connection) => Promise<Session>, to: Connection): Promise<Session> {
  const session = await open(to)
  try {
    const [server] = await session.query<{ version: number; superuser: boolean }>(
      `SELECT pg_catalog.current_setting('server_version_num')::int AS version, rolsuper AS superuser
         FROM pg_catalog.pg_roles WHERE rolname = session_user`,
    )
    await workUndisturbed(session, server ?? { version: 0, superuser: false })
    return session
  } catch (error) {
    await session.close()
    throw error
  }
}

/** In one transaction: a ledger that is copied in part would make a migration tool run half of its work again. */
async function copyLedgers(source: Sql, target: Sql): Promise<string[]> {
  await source.query('BEGIN READ ONLY; SET LOCAL search_path = pg_catalog')
  await target.query('BEGIN; SET LOCAL search_path = pg_catalog')
  const ledgers = await findLedgers(source)
  for (const ledger of ledgers) {
    const [rows] = await source.query<{ rows: string }>(
      `SELECT coalesce(json_agg(t), '[]')::text AS rows FROM ${ledger.name} t`,
    )
    const columns = await writableColumns(target, ledger.name)
    await target.query(
      `INSERT INTO ${ledger.name} (${columns}) OVERRIDING SYSTEM VALUE
       SELECT ${columns} FROM json_populate_recordset(NULL::${ledger.name}, $1)`,
      [rows?.rows ?? '[]'],
    )
    await advanceSequences(target, ledger.name)
  }
  await target.query('COMMIT')
  await source.query('COMMIT')
  const names = ledgers.map((ledger) => `${ledger.name} (${ledger.tool})`)
  return names.length > 0 ? [`Copied the migration ledger ${names.join(', ')}.`] : ['No migration ledger was found.']
}

async function writableColumns(sql: Sql, table: string): Promise<string> {
  const [row] = await sql.query<{ columns: string }>(
    `SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS columns FROM pg_attribute
      WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
    [table],
  )
  return row?.columns ?? ''
}

/** The next migration's number must follow the copied ones. */
async function advanceSequences(sql: Sql, table: string): Promise<void> {
  const owned = await sql.query<{ sequence: string; column: string }>(
    `SELECT d.objid::regclass::text AS sequence, quote_ident(a.attname) AS column
       FROM pg_depend d JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
       JOIN pg_class c ON c.oid = d.objid AND c.relkind = 'S'
      WHERE d.classid = 'pg_class'::regclass AND d.refobjid = $1::regclass AND d.deptype IN ('a', 'i')`,
    [table],
  )
  for (const { sequence, column } of owned) {
    await sql.query(
      `SELECT setval(${literal(sequence)}::regclass, m) FROM (SELECT max(${column}) AS m FROM ${table}) t WHERE m IS NOT NULL`,
    )
  }
}
