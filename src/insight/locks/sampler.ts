import { messageOf } from '../../errors.js'
import type { Clock, Sql } from '../../ports.js'
import { type HeavyMode, heavyModes } from './modes.js'

/** One look at what all sessions of others hold and wait for. Times are milliseconds since 1970 of the server's clock. */
export interface Sample {
  readonly at: number
  readonly sessions: readonly SessionSample[]
}

export interface SessionSample {
  readonly pid: number
  readonly state: string | null
  /** When the running statement began, or the last one. */
  readonly started: number | null
  /** When the session went from working to idle or back. */
  readonly changed: number | null
  /** Absent for an idle session; cut by the server at track_activity_query_size. */
  readonly query: string | null
  /** What it waits for, such as `Lock:relation`. */
  readonly wait: string | null
  readonly locks: readonly LockSample[] | null
}

export interface LockSample {
  readonly relation: number
  readonly mode: HeavyMode
  readonly granted: boolean
  /** The virtual transaction that holds it. */
  readonly transaction: string
}

/** Milliseconds from one look to the next. */
export const samplingInterval = 20

const modes = heavyModes.map((mode) => `'${mode}'`).join(', ')
const ms = (column: string) => `(extract(epoch FROM ${column}) * 1000)::float8`

/** Autovacuum and its kind are no part of a migration, and our own sessions neither. */
const statement = `
SELECT ${ms('clock_timestamp()')} AS at, coalesce(json_agg(s), '[]') AS sessions FROM (
  SELECT a.pid, a.state, ${ms('a.query_start')} AS started, ${ms('a.state_change')} AS changed,
         CASE WHEN a.state <> 'idle' THEN left(a.query, 4000) END AS query,
         CASE WHEN a.state = 'active' THEN a.wait_event_type || ':' || a.wait_event END AS wait, l.locks
    FROM pg_stat_activity a
    LEFT JOIN (SELECT k.pid, json_agg(json_build_object('relation', k.relation::int8, 'mode', k.mode,
                      'granted', k.granted, 'transaction', k.virtualtransaction)) AS locks
                 FROM pg_locks k
                WHERE k.locktype = 'relation' AND k.relation >= 16384 AND k.mode IN (${modes})
                  AND k.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                GROUP BY k.pid) l ON l.pid = a.pid
   WHERE a.datname = current_database() AND a.backend_type = 'client backend' AND a.pid <> ALL ($1)) s`

export interface Sampler {
  /** Ends with one last look. Gives why the sampling ended early, if it did. */
  stop(): Promise<string | undefined>
}

/**
 * Looks on and on, each time in a transaction of its own: an open snapshot would hold up CREATE INDEX CONCURRENTLY. It
 * goes on until it is stopped or a look fails.
 */
export function startSampler(
  sql: Sql,
  { clock, ours, take }: { clock: Clock; ours: readonly number[]; take: (sample: Sample) => void },
): Sampler {
  let stopped = false
  const look = async () => {
    const [sample] = await sql.query<Sample>(statement, [ours])
    if (sample) take(sample)
  }
  const sampling = (async () => {
    while (!stopped) {
      const began = clock.elapsed()
      await look()
      await clock.sleep(Math.max(1, samplingInterval - (clock.elapsed() - began)))
    }
    await look()
  })()
  const ended = sampling.then(
    () => undefined,
    (error: unknown) => messageOf(error),
  )
  return {
    stop() {
      stopped = true
      return ended
    },
  }
}
