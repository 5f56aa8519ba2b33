import { counted } from '../../domain/amounts.js'
import { type PageRange, pageRanges } from '../../domain/masking/copy-plan.js'
import type { StoredTable } from '../../domain/masking/plan.js'
import { type Table, tableName } from '../../domain/masking/schema.js'
import { literal } from '../../domain/masking/sql-text.js'
import { RefusedError } from '../../errors.js'
import type { Sql } from '../../ports.js'
import { giveKey } from './key.js'
import { originalsQuery, rowsOf, scanInOrder, unitsIn, workSchema } from './originals.js'
import { type TreeWork, inSessions } from './sessions.js'
import { guarded, inTransaction } from './statements.js'

/**
 * Says which rows digests were taken of: those that earlier transactions had written. Savepoints of transactions that were
 * open are not told apart from earlier ones (https://www.postgresql.org/docs/18/functions-info.html#FUNCTIONS-PG-SNAPSHOT).
 */
export interface Moment {
  /** The first transaction that was not begun. */
  readonly next: string
  /** Those that were under way. */
  readonly open: readonly string[]
}

/**
 * Takes the digests of everything that is about to be masked, for the verification. All sessions share the work and see
 * the rows of one moment; whoever masks a table then refuses rows that came later (`countUnwritten`).
 */
export async function takeOriginals(work: TreeWork, sql: Sql): Promise<Moment> {
  await sql.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SET LOCAL search_path = pg_catalog')
  try {
    const [row] = await sql.query<Moment & { snapshot: string }>(
      `SELECT pg_export_snapshot() AS snapshot, pg_snapshot_xmax(s)::text AS next,
              ARRAY(SELECT x::text FROM pg_snapshot_xip(s) AS x) AS open FROM pg_current_snapshot() s`,
    )
    if (!row) throw new Error('PostgreSQL exported no snapshot.')
    const waiting = readings(work)
    work.progress.begin('taking digests of the originals', [...waiting])
    await inSessions(work, () => {
      const reading = waiting.shift()
      if (!reading) return undefined
      return (session) => work.progress.during(reading, () => take(session, { work, reading, snapshot: row.snapshot }))
    })
    await sql.query('COMMIT')
    return { next: row.next, open: row.open }
  } catch (error) {
    await sql.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}

interface Reading extends PageRange {
  readonly table: Table
  readonly query: string
}

/** The largest first, so that no session is left with one at the end. */
function readings({ plan, inPlace, units, server }: TreeWork): Reading[] {
  const masked = new Set(inPlace.trees.flatMap((tree) => tree.tables))
  return plan.stored
    .filter(({ table }) => masked.has(table))
    .flatMap((stored) => readingsOf(stored, { units, server }))
    .toSorted((a, b) => b.bytes - a.bytes)
}

function readingsOf(stored: StoredTable, { units, server }: Pick<TreeWork, 'units' | 'server'>): Reading[] {
  const { table } = stored
  const here = unitsIn(units, stored)
  const numbered = here.some(({ part }) => part.proof.kind === 'moved')
  const parts = numbered ? [{ bytes: table.size, condition: undefined }] : pageRanges(table, server)
  return parts.flatMap((part) => {
    const rows =
      part.condition === undefined
        ? rowsOf(table, here)
        : `(SELECT * FROM ONLY ${table.sql} t WHERE ${part.condition}) t`
    const query = originalsQuery(here, rows)
    return query === undefined ? [] : [{ ...part, table, query }]
  })
}

async function take(
  sql: Sql,
  { work, reading, snapshot }: { work: TreeWork; reading: Reading; snapshot: string },
): Promise<void> {
  await inTransaction(sql, async () => {
    await sql.query(`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SET TRANSACTION SNAPSHOT ${literal(snapshot)}`)
    await giveKey(sql, work.key)
    await sql.query('SET LOCAL row_security = off')
    await scanInOrder(sql)
    await guarded(reading.table.sql, () =>
      sql.query(`INSERT INTO ${workSchema}.originals (pool, digest) ${reading.query}`),
    )
  })
}

/**
 * A table's own rows, in the transaction that masks it and has it to itself.
 * @throws RefusedError where some were written after the moment, so that nobody knows their digests.
 */
export async function countUnwritten(sql: Sql, table: Table, { next, open }: Moment): Promise<number> {
  const [row] = await sql.query<{ rows: string; written: string }>(
    `SELECT count(*)::text AS rows, count(*) FILTER (
              WHERE age(t.xmin) <= age($1::text::xid8::xid) OR t.xmin = ANY ($2::text[]::xid8[]::xid[]))::text AS written
       FROM ONLY ${table.sql} t`,
    [next, open],
  )
  if (row?.written === '0') return Number(row.rows)
  throw new RefusedError(
    `Masking the branch refused: somebody wrote ${counted(Number(row?.written), 'row')} of ${tableName(table)} meanwhile. Stop what writes to branches, such as a job of the database or a subscription, and make the branch again.`,
  )
}
