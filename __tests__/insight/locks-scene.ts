import { execFile } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PostgresServer } from '../../sim/postgres/server.js'
import type { LockReport } from '../../src/insight/locks/report.js'
import { watchLocks } from '../../src/insight/locks/watch.js'
import type { Clock } from '../../src/ports.js'
import { Secret } from '../../src/secret.js'
import { openSession } from '../../src/sql/session.js'
import { parseTarget } from '../../src/sql/target.js'

const clock: Clock = {
  now: () => new Date(),
  elapsed: () => performance.now(),
  sleep: (ms) => sleep(ms),
}

/** The server writes every statement with its end and its duration into a file of its own. */
export const loggingSettings = {
  logging_collector: 'on',
  log_directory: 'log',
  log_filename: 'all.log',
  log_line_prefix: '%n [%p] ',
  log_min_duration_statement: '0',
}

export function watch(url: string, signal = new AbortController().signal) {
  const open = () => openSession(parseTarget(new Secret(url)), { application: 'db-branch-action', signal })
  return watchLocks({ open, clock, signal })
}

const client = `
  import pg from 'pg'
  const session = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await session.connect()
  try { for (const text of JSON.parse(process.env.STATEMENTS)) await session.query(text) }
  catch (error) { process.exitCode = 3; console.error(error.message) }
  finally { await session.end() }`

/** Runs them one after the other in a process of its own, as a migration tool does. Gives what it complained about. */
export function migrate(url: string, statements: readonly string[]): Promise<string> {
  const env = { PATH: process.env['PATH'], DATABASE_URL: url, STATEMENTS: JSON.stringify(statements) }
  return new Promise((resolve) => {
    execFile(process.execPath, ['--input-type=module', '-e', client], { env }, (error, _, stderr) =>
      resolve(error ? stderr.trim() : ''),
    )
  })
}

export async function watched(
  url: string,
  statements: readonly string[],
  as = url,
): Promise<{ report: LockReport; failure: string }> {
  const watching = await watch(url)
  const failure = await migrate(as, statements)
  return { report: await watching.stop(), failure }
}

/** What a watch must never leave in a branch. */
export async function leftovers(server: PostgresServer, database: string): Promise<string[]> {
  const rows = await server.sql<{ name: string }>(
    database,
    `SELECT nspname::text AS name FROM pg_namespace WHERE nspname LIKE 'db\\_branch%'
     UNION ALL SELECT evtname::text FROM pg_event_trigger`,
  )
  return rows.map(({ name }) => name)
}

/** When a statement of the log began and ended, in milliseconds since 1970. */
export function logged(server: PostgresServer, text: string): { began: number; ended: number } {
  const directory = path.join(server.dataDirectory, 'log')
  const lines = readdirSync(directory).flatMap((file) => readFileSync(path.join(directory, file), 'utf8').split('\n'))
  const line = lines.findLast((one) => one.includes(`statement: ${text}`))
  const [, at, duration] = /^(\d+\.\d+) \[\d+\] LOG: {2}duration: ([\d.]+) ms/.exec(line ?? '') ?? []
  if (at === undefined) throw new Error(`the log does not tell of ${text}`)
  const ended = Number(at) * 1000
  return { began: ended - Number(duration), ended }
}
