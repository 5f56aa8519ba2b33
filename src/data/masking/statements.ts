import { RefusedError } from '../../errors.js'
import type { Sql } from '../../ports.js'
import { sqlState } from '../../sql/session.js'

export async function inTransaction<T>(sql: Sql, body: () => Promise<T>): Promise<T> {
  await sql.query('BEGIN; SET LOCAL search_path = pg_catalog')
  try {
    const result = await body()
    await guarded('the branch', () => sql.query('COMMIT'))
    return result
  } catch (error) {
    await sql.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}

/** PostgreSQL's own words quote values (`invalid input syntax for type date: "…"`), so only names and codes go on. */
export async function guarded<T>(what: string, body: () => Promise<T>): Promise<T> {
  try {
    return await body()
  } catch (error) {
    const state = sqlState(error)
    if (state === undefined || !/^[0-9A-Z]{5}$/.test(state)) throw error
    const {
      constraint,
      column,
      message = '',
    } = (error as Error).cause as { constraint?: string; column?: string; message?: string }
    const where =
      constraint === undefined ? (column === undefined ? '' : ` in column ${column}`) : ` by constraint ${constraint}`
    const quotes = state.startsWith('22') || state.startsWith('23') || state.startsWith('P')
    throw new RefusedError(
      `Masking the branch refused: PostgreSQL rejected the change of ${what}${where} (${state}${quotes ? '' : `, ${message}`}). ${adviceFor(state)}`,
    )
  }
}

function adviceFor(state: string): string {
  if (state === '23505') return 'Masked values met on a unique index: use hash, email or uuid there.'
  if (state === '23503') return 'A foreign key no longer finds its target: mask both ends by one rule.'
  if (state === '23514') return 'Write a rule whose values pass the check.'
  if (state === '42501') return 'The role that masks must own the tables or be a superuser.'
  return 'Change the rule, or leave the table out.'
}

/** Checks and indexes may call functions that count on the database's own path; built-in ones still come first. */
export async function withOwnSearchPath(sql: Sql, body: () => Promise<void>): Promise<void> {
  await sql.query('SET LOCAL search_path TO DEFAULT')
  const [row] = await sql.query<{ path: string }>(
    `SELECT 'pg_catalog' || coalesce(string_agg(', ' || quote_ident(s), '' ORDER BY n), '') AS path
       FROM unnest(current_schemas(false)) WITH ORDINALITY AS p(s, n) WHERE s <> 'pg_catalog'`,
  )
  await sql.query(`SET LOCAL search_path = ${row?.path ?? 'pg_catalog'}`)
  await body()
  await sql.query('SET LOCAL search_path = pg_catalog')
}

/** Brings back what was taken out, such as `an index`, as the database's own search path has it. */
export function bringBack(sql: Sql, what: string, statements: readonly string[]): Promise<void> {
  return inTransaction(sql, () =>
    withOwnSearchPath(sql, async () => {
      for (const statement of statements) await guarded(what, () => sql.query(statement))
    }),
  )
}
