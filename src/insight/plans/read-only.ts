import { CancelledError, ProviderError } from '../../errors.js'
import type { Sql } from '../../ports.js'
import { sqlState } from '../../sql/session.js'

/** Settings of one transaction, as `set_config` takes them. */
export type Settings = Readonly<Record<string, string>>

/**
 * Runs `body` in a transaction that can write nothing and is rolled back. The text of a query that comes with a pull
 * request stands in no statement before backslashes mean the same to the server as to the parser that vouched for it
 * being one statement.
 */
export async function inReadOnly<T>(sql: Sql, settings: Settings, body: () => Promise<T>): Promise<T> {
  const all: Settings = { ...settings, standard_conforming_strings: 'on' }
  await sql.query('BEGIN TRANSACTION READ ONLY')
  try {
    await sql.query(
      'SELECT pg_catalog.set_config(name, value, true) FROM unnest($1::text[], $2::text[]) AS s (name, value)',
      [Object.keys(all), Object.values(all)],
    )
    return await body()
  } finally {
    await sql.query('ROLLBACK')
  }
}

/** Why the server refused a query, without a word that could come from a row. */
export interface Failure {
  /** As `no answer in time (57014)`. */
  readonly why: string
  readonly state: string
  /** The query itself is at fault, and not rights, time or load. */
  readonly ofQuery: boolean
}

/** What says nothing about the query: rights, cancelling, locks, resources, transactions, the connection. */
const circumstances = /^(42501|57|55P03|53|08|40|25|58|XX|0A)/

const reasons: readonly [state: RegExp, why: string][] = [
  [/^42501/, 'the login has no right to read one of its tables'],
  [/^57014/, 'no answer in time'],
  [/^55P03/, 'another session holds a lock on one of its tables'],
  [/^25006/, 'it writes'],
  [/^08P01/, 'the number of its values is not that of its parameters'],
  [/^22/, 'a value in it does not fit its column'],
]

/**
 * The server's own words are told only where it refused the text before it looked at a row: then it says at which word,
 * and can name nothing but what stands there. Planning evaluates functions, whose errors can quote rows.
 * @throws what is not the server's answer to the query, such as a lost connection.
 */
export function failureOf(error: unknown): Failure {
  const state = sqlState(error)
  if (error instanceof CancelledError || !(error instanceof ProviderError)) throw error
  if (state === undefined || !/^(?=.*\d)[0-9A-Z]{5}$/.test(state)) throw error
  const { message = '', position } = error.cause as { message?: string; position?: string }
  const told = position === undefined ? undefined : short(message)
  const why = told ?? reasons.find(([of]) => of.test(state))?.[1] ?? 'the server refused it'
  return { why: `${why} (${state})`, state, ofQuery: !circumstances.test(state) }
}

function short(message: string): string {
  return message.length > 160 ? `${message.slice(0, 160)}…` : message
}
