import type { Schema } from '../../../domain/masking/schema.js'
import { literal } from '../../../domain/masking/sql-text.js'
import type { Session } from '../../../sql/session.js'
import { readSchema, userSchema } from '../catalogue.js'
import { refuseHalfMasked } from '../in-place.js'
import { giveKey, silenceLog } from '../key.js'
import { scanInOrder } from '../originals.js'
import type { MaskingKey } from '../../../ports.js'

/** One moment of the parent, for as many sessions as wanted, until it is closed. */
export interface Snapshot {
  readonly schema: Schema
  readonly sequences: readonly SequenceState[]
  /** Materialized views that hold rows, as `schema.name`, quoted. */
  readonly populated: readonly string[]
  /** A session that sees that moment, may write nothing, and has the key until it ends. */
  readonly open: () => Promise<Session>
  readonly close: () => Promise<void>
}

export interface SequenceState {
  /** Quoted, with its schema. */
  readonly sql: string
  readonly last: string
  readonly called: boolean
}

/** How long a migration that runs on the parent is waited for. */
const lockTimeout = '60s'

const reading = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL search_path = pg_catalog'

/**
 * Opens the parent for reading. Its tables are locked against changes of their definition, as by pg_dump, and before the
 * snapshot is taken: a table that is written anew in between would look empty.
 */
export async function openSnapshot(source: () => Promise<Session>, key: MaskingKey): Promise<Snapshot> {
  const sql = await source()
  try {
    await sql.query('SET search_path = pg_catalog')
    await refuseHalfMasked(sql)
    const tables = await sql.query<{ sql: string }>(
      `SELECT c.oid::regclass::text AS sql FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND c.relpersistence <> 't' AND ${userSchema} ORDER BY c.oid`,
    )
    await sql.query(`${reading}; SET LOCAL lock_timeout = '${lockTimeout}'`)
    const names = tables.map((table) => `ONLY ${table.sql}`)
    if (names.length > 0) await sql.query(`LOCK TABLE ${names.join(', ')} IN ACCESS SHARE MODE`)
    const [row] = await sql.query<{ id: string }>('SELECT pg_export_snapshot() AS id')
    const schema = await readSchema(sql)
    const populated = await sql.query<{ sql: string }>(
      `SELECT c.oid::regclass::text AS sql FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind = 'm' AND c.relispopulated AND ${userSchema} ORDER BY c.oid`,
    )
    return {
      schema,
      sequences: await readSequences(sql),
      populated: populated.map((view) => view.sql),
      open: () => openReader({ source, key, superuser: schema.server.superuser, snapshot: row?.id ?? '' }),
      close: () => sql.close(),
    }
  } catch (error) {
    await sql.close()
    throw error
  }
}

async function openReader(from: {
  source: () => Promise<Session>
  key: MaskingKey
  superuser: boolean
  snapshot: string
}): Promise<Session> {
  const sql = await from.source()
  try {
    await silenceLog(sql, from.superuser)
    await sql.query(`${reading}; SET TRANSACTION SNAPSHOT ${literal(from.snapshot)}`)
    await scanInOrder(sql)
    // Several workers would bring rows out of their order, and take more of the parent's server than asked for.
    await sql.query('SET LOCAL max_parallel_workers_per_gather = 0')
    // Texts that mean the same wherever they are read; row security must fail rather than hide rows.
    await sql.query(
      `SET LOCAL row_security = off; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = postgres;
       SET LOCAL extra_float_digits = 3; SET LOCAL bytea_output = hex`,
    )
    await giveKey(sql, from.key)
    return sql
  } catch (error) {
    await sql.close()
    throw error
  }
}

/** Sequences know no snapshot: they are read after it was taken, so none is behind the rows. */
async function readSequences(sql: Session): Promise<SequenceState[]> {
  const found = await sql.query<{ sql: string }>(
    `SELECT c.oid::regclass::text AS sql FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'S' AND c.relpersistence <> 't' AND ${userSchema} ORDER BY c.oid`,
  )
  if (found.length === 0) return []
  return sql.query(
    found
      .map(
        (each) => `SELECT ${literal(each.sql)} AS sql, last_value::text AS last, is_called AS called FROM ${each.sql}`,
      )
      .join(' UNION ALL '),
  )
}
