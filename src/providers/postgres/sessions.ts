import { counted } from '../../domain/amounts.js'
import type { Clock, Sql } from '../../ports.js'
import { type Session, sqlState } from '../../sql/session.js'

/** How often a database that is still in use is freed and tried again. */
const attempts = 5

/**
 * Ends the sessions on a database, as far as this admin may. Autovacuum has no user and leaves by itself.
 * Source: https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADMIN-SIGNAL (who may signal whom;
 * one session that may not be ended would fail the whole statement).
 */
const endSessionsOn = `SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a JOIN pg_roles r ON r.oid = a.usesysid
  WHERE a.datname = $1 AND a.pid <> pg_backend_pid()
    AND (pg_has_role(r.oid, 'USAGE') OR NOT r.rolsuper AND pg_has_role('pg_signal_backend', 'USAGE'))`

/** A database in use cannot be renamed. The sessions ended here are those on our own branch, never the parent's. */
export async function retryWithoutSessions<T>(admin: Session, database: string, body: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    await admin.query(endSessionsOn, [database])
    try {
      return await body()
    } catch (error) {
      if (sqlState(error) !== '55006' || attempt === attempts) throw error
    }
  }
}

/** Ends the parent's sessions while CREATE DATABASE holds off new ones. Only ever started when the user asked for it. */
export function keepEndingSessions(
  site: { open(): Promise<Session>; clock: Clock; info(line: string): void },
  parent: string,
): { stop(): Promise<void> } {
  let stopped = false
  const work = (async () => {
    const session = await site.open()
    try {
      while (!stopped) {
        const ended = await session.query(endSessionsOn, [parent])
        if (ended.length > 0)
          site.info(`Ended ${counted(ended.length, 'session')} on "${parent}", as "busy_parent" asks.`)
        await site.clock.sleep(200)
      }
    } finally {
      await session.close()
    }
  })()
  work.catch(() => undefined)
  return {
    async stop() {
      stopped = true
      await work.catch((error: unknown) => site.info(`Ending sessions failed: ${String(error)}`))
    },
  }
}

/** The sessions that keep a database from being copied, one line each. */
export async function sessionsOn(sql: Sql, database: string): Promise<string[]> {
  const rows = await sql.query<{ line: string }>(
    `SELECT concat_ws(' ', 'process', pid, 'of ' || usename, quote_ident(nullif(application_name, '')), 'from ' || host(client_addr),
            '(' || coalesce(state, backend_type) || ' for ' || extract(epoch FROM now() - coalesce(state_change, backend_start))::int || ' s)') AS line
       FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid() ORDER BY backend_start`,
    [database],
  )
  return rows.map((row) => row.line)
}
