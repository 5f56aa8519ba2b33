import { messageOf } from '../../errors.js'
import type { Sql } from '../../ports.js'
import { sqlState } from '../../sql/session.js'
import type { HeavyMode } from './modes.js'
import { installRecorder, recorderMark, recorderSchema } from './recorder-sql.js'

/** What the server itself wrote down while the migration ran. Times are milliseconds since 1970 of the server's clock. */
export interface Recording {
  readonly statements: readonly RecordedStatement[]
  readonly locks: readonly RecordedLock[]
  readonly rewrites: readonly RecordedRewrite[]
  readonly scans: readonly RecordedScan[]
  /** Statements that the recorder failed to write down. */
  readonly missed: number
}

export interface RecordedStatement {
  readonly id: number
  /** Of its transaction. */
  readonly xid: string
  readonly pid: number
  /** As PostgreSQL names the command: `ALTER TABLE`. */
  readonly tag: string
  /** When the client's message came, which may hold several statements. */
  readonly queryAt: number
  readonly started: number
  readonly ended: number
  /** When its transaction came to its end. */
  readonly committed: number
  /** The client's whole message; null where an earlier statement of the same message has it. */
  readonly sql: string | null
  /** The call stack, for a statement inside a function or DO. */
  readonly context: string
}

export interface RecordedLock {
  readonly xid: string
  readonly relation: number
  readonly mode: HeavyMode
  /** The statement at whose end it was first held. */
  readonly statement: number
}

export interface RecordedRewrite {
  readonly statement: number
  readonly relation: number
  /** Bits of AT_REWRITE_*: https://github.com/postgres/postgres/blob/master/src/include/commands/event_trigger.h */
  readonly reason: number
  readonly started: number
  /** Afterwards, with indexes and TOAST. */
  readonly bytes: number
}

export interface RecordedScan {
  readonly statement: number
  readonly relation: number
  /** Rows that were read. */
  readonly tuples: number
}

/** Why there is no recorder; undefined when there is one. Leaves nothing behind when it fails. */
export async function install(sql: Sql): Promise<string | undefined> {
  try {
    await removeRecorder(sql)
    await sql.query(installRecorder)
    return undefined
  } catch (error) {
    if (sqlState(error) === '42501') return 'the role of the branch may not create event triggers'
    return messageOf(error)
  }
}

/**
 * Takes away what this watch or one that died left. The event triggers go first and apart, so that nothing is recorded any
 * more even where the rest has to wait for a transaction that still runs.
 * @throws ProviderError when the schema is somebody else's, or still in use after two seconds.
 */
export async function removeRecorder(sql: Sql): Promise<void> {
  const [found] = await sql.query<{ ours: boolean; triggers: string[] }>(
    `SELECT coalesce(obj_description(n.oid, 'pg_namespace') = $2, false) AS ours,
            ARRAY(SELECT quote_ident(t.evtname) FROM pg_event_trigger t JOIN pg_proc p ON p.oid = t.evtfoid
                   WHERE p.pronamespace = n.oid) AS triggers
       FROM pg_namespace n WHERE n.nspname = $1`,
    [recorderSchema, recorderMark],
  )
  if (!found?.ours) return
  for (const trigger of found.triggers) await sql.query(`DROP EVENT TRIGGER IF EXISTS ${trigger}`)
  await sql.query(`SET LOCAL lock_timeout = '2s'; DROP SCHEMA IF EXISTS ${recorderSchema} CASCADE`)
}

const ms = (column: string) => `(extract(epoch FROM ${column}) * 1000)::float8`

const readStatement = `
SELECT json_build_object(
  'statements', (SELECT coalesce(json_agg(s ORDER BY s.id), '[]') FROM (
     SELECT s.id, s.xid, s.pid, s.tag, ${ms('s.query_at')} AS "queryAt", ${ms('s.started')} AS started,
            ${ms('s.ended')} AS ended, s.sql, s.context,
            ${ms('coalesce((SELECT max(c.at) FROM mine c WHERE c.xid = s.xid), s.ended)')} AS committed
       FROM ${recorderSchema}.statements s) s),
  'locks', (SELECT coalesce(json_agg(json_build_object('xid', xid, 'relation', relation::int8, 'mode', mode,
       'statement', statement)), '[]') FROM ${recorderSchema}.locks),
  'rewrites', (SELECT coalesce(json_agg(json_build_object('statement', statement, 'relation', relation::int8,
       'reason', reason, 'started', ${ms('started')}, 'bytes', bytes) ORDER BY started), '[]') FROM ${recorderSchema}.rewrites),
  'scans', (SELECT coalesce(json_agg(json_build_object('statement', statement, 'relation', relation::int8,
       'tuples', tuples)), '[]') FROM ${recorderSchema}.scans),
  'missed', (SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM ${recorderSchema}.missed)) AS recording`

/** What was recorded of transactions that came to their end; of one that was rolled back nothing is left. */
export async function readRecording(sql: Sql): Promise<Recording> {
  const [row] = await sql.query<{ recording: Recording }>(
    `WITH mine AS MATERIALIZED (
       SELECT s.xid, max(c.at) AS at FROM ${recorderSchema}.commits c JOIN ${recorderSchema}.statements s ON s.id = c.statement
        GROUP BY s.xid) ${readStatement}`,
  )
  if (!row) throw new Error('PostgreSQL answered without a row')
  return row.recording
}
