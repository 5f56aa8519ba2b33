import { readFile } from 'node:fs/promises'
import type { ConnectionOptions } from 'node:tls'
import type pg from 'pg'
import { CancelledError, ProviderError } from '../errors.js'
import type { Sql } from '../ports.js'
import type { Target } from './target.js'

/** One login on one database. Every failure is a ProviderError whose `cause` carries the server's SQLSTATE. */
export interface Session extends Sql {
  /** Hands a statement that is a stream (COPY) to the driver. For `copyRows` alone, which sees to its errors. */
  stream<T extends pg.Submittable>(statement: T): T
  /** Drops the connection at once, in the middle of whatever it does. */
  cut(): void
  close(): Promise<void>
}

/** Milliseconds for the TCP and login part. */
const connectTimeout = 10_000

/**
 * `advice` is what to do about a login that fails, where the URL is not the user's `admin_url`.
 * @throws ProviderError naming host, user and what to do; never the password.
 * @throws CancelledError when the signal fires, also in the middle of a statement.
 */
export async function openSession(
  target: Target,
  options: { application: string; signal: AbortSignal; advice?: string },
): Promise<Session> {
  // Loaded on demand: many runs ask nobody but the platform.
  const { default: driver } = await import('pg')
  const connect = async (ssl: ConnectionOptions | false) => {
    const client = new driver.Client({
      host: target.host,
      port: target.port,
      user: target.user,
      password: target.password.reveal(),
      database: target.database,
      ssl,
      application_name: options.application,
      connectionTimeoutMillis: connectTimeout,
      keepAlive: true,
    })
    // A connection lost between statements is told by the next statement; without a listener Node would crash.
    client.on('error', () => undefined)
    await client.connect()
    return client
  }
  if (options.signal.aborted) throw new CancelledError('cancelled')
  const client = await connectBySslMode(target, connect).catch((cause: unknown) => {
    throw new ProviderError(connectSentence(target, cause, options.advice), { cause })
  })
  const cut = () => (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy()
  options.signal.addEventListener('abort', cut, { once: true })
  // One statement after the other, also when several callers share the session.
  let previous: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(body: () => Promise<T>): Promise<T> => {
    const turn = previous.then(body)
    previous = turn.catch(() => undefined)
    return turn
  }
  return {
    async query<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
      try {
        // Without values the simple protocol is used, which also takes several statements at once.
        const result = await inTurn(() => (values.length > 0 ? client.query(text, [...values]) : client.query(text)))
        return result.rows as Row[]
      } catch (cause) {
        if (options.signal.aborted) throw new CancelledError('cancelled', { cause })
        throw new ProviderError(`${firstWords(text)} failed on "${target.database}": ${serverText(cause)}`, { cause })
      }
    },
    stream: (statement) => client.query(statement),
    cut,
    async close() {
      options.signal.removeEventListener('abort', cut)
      await client.end().catch(() => undefined)
    },
  }
}

/**
 * Keeps what others wrote into a database from steering the admin's work in it: its own settings, functions that
 * shadow those of PostgreSQL (CVE-2018-1058), and event triggers, which run as whoever works there.
 * `event_triggers` is needed for those that are ENABLE ALWAYS.
 */
export async function workUndisturbed(sql: Sql, server: { superuser: boolean; version: number }): Promise<void> {
  await sql.query(
    `SET ROLE NONE; SET search_path = pg_catalog; SET default_transaction_read_only = off; SET statement_timeout = 0;
     SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0`,
  )
  if (server.superuser) await sql.query('SET session_replication_role = replica')
  if (server.superuser && server.version >= 170000) await sql.query('SET event_triggers = off')
}

/** SQLSTATE of a failed statement, or Node's code of a failed connection. */
export function sqlState(error: unknown): string | undefined {
  const cause = error instanceof ProviderError ? error.cause : error
  const code = (cause as { code?: unknown } | undefined)?.code
  return typeof code === 'string' ? code : undefined
}

/**
 * libpq's meaning of sslmode: https://www.postgresql.org/docs/current/libpq-ssl.html. `prefer` and `allow` take TLS
 * when the server has it and go on without where it has none.
 */
async function connectBySslMode<T>(
  target: Target,
  connect: (ssl: ConnectionOptions | false) => Promise<T>,
): Promise<T> {
  const unverified: ConnectionOptions = { rejectUnauthorized: false }
  switch (target.sslMode) {
    case 'disable':
      return connect(false)
    case 'require':
      return connect(unverified)
    case 'verify-ca':
      return connect({ ...(await authority(target)), checkServerIdentity: () => undefined })
    case 'verify-full':
      return connect(await authority(target))
    default:
      return connect(unverified).catch((error: unknown) => {
        if (!String((error as Error).message).includes('does not support SSL')) throw error
        return connect(false)
      })
  }
}

async function authority({ sslRootCert }: Target): Promise<ConnectionOptions> {
  return sslRootCert === undefined || sslRootCert === 'system' ? {} : { ca: await readFile(sslRootCert, 'utf8') }
}

function connectSentence(target: Target, cause: unknown, advice: string | undefined): string {
  const where = `Connecting to "${target.database}" on ${target.host}:${target.port} failed`
  const code = sqlState(cause)
  if (code === '28P01' || code === '28000') {
    return `${where}: the server refused user "${target.user}". ${advice ?? 'Check user and password in "admin_url" and the server\'s pg_hba.conf.'}`
  }
  if (code === '3D000')
    return `${where}: there is no such database. ${advice ?? 'Name an existing one in "parent_branch", or in "admin_url" if it stands there.'}`
  if (code === '53300')
    return `${where}: the server has no connection free. Run the job again or raise max_connections.`
  if (code === '57P03')
    return `${where}: the server is starting up or shutting down. Wait for it to be ready, for example with a service health check.`
  return `${where}: ${serverText(cause)}. ${advice ?? 'Check host, port and sslmode in "admin_url", and that the runner can reach the server.'}`
}

/** The message without details: details can quote rows. */
export function serverText(cause: unknown): string {
  if (cause instanceof AggregateError) return cause.errors.map(serverText).join('; ')
  const { message, code } = cause as { message?: string; code?: string }
  return message ? (code && /^[0-9A-Z]{5}$/.test(code) ? `${message} (${code})` : message) : (code ?? 'no reason given')
}

/** `CREATE DATABASE`, `ALTER ROLE`: enough to find the statement, without its values. */
function firstWords(text: string): string {
  return /^\s*(\w+(?:\s+[A-Z]\w*)?)/.exec(text)?.[1] ?? 'Statement'
}
