import { RefusedError } from '../errors.js'
import type { Sql } from '../ports.js'
import { findLedgers } from './ledgers.js'

const userSchema = `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`
const notOfExtension = `NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')`

/**
 * Empties every table of this database in one transaction and proves it; migration ledgers stay, so that `deploy`
 * goes on where the parent stands. Sequences start anew, materialized views are rebuilt empty, large objects go, and
 * so do the planner's statistics, which quote original values.
 * @returns what is worth telling, one line each.
 * @throws RefusedError when a row or a quoted value would remain.
 */
export async function emptyTables(sql: Sql): Promise<string[]> {
  await sql.query('BEGIN')
  const superuser = await isSuperuser(sql)
  // Triggers of the parent must not run: an audit trigger would write rows while we empty.
  if (superuser) await sql.query('SET LOCAL session_replication_role = replica')
  const ledgers = await findLedgers(sql)
  const kept = ledgers.map((ledger) => ledger.id)
  const tables = await tablesBut(sql, kept)
  if (tables.length > 0) await truncate(sql, tables)
  await restartSequences(sql, kept)
  await sql.query('SELECT lo_unlink(oid) FROM pg_largeobject_metadata')
  await refreshViews(sql)
  await forgetStatistics(sql, superuser)
  await proveEmpty(sql, tables)
  await sql.query('COMMIT')
  // The deleted statistics rows would otherwise stay in the catalog's file.
  if (superuser) await sql.query('VACUUM FULL pg_statistic')
  const names = ledgers.map((ledger) => `${ledger.name} (${ledger.tool})`)
  return [
    `Emptied ${tables.length} tables and checked that each is empty.`,
    names.length > 0 ? `Kept the migration ledger ${names.join(', ')}.` : 'No migration ledger was found.',
  ]
}

interface Table {
  readonly id: string
  readonly name: string
}

async function isSuperuser(sql: Sql): Promise<boolean> {
  const [row] = await sql.query<{ super: boolean }>(
    'SELECT rolsuper AS super FROM pg_roles WHERE rolname = current_user',
  )
  return row?.super === true
}

async function tablesBut(sql: Sql, kept: readonly string[]): Promise<Table[]> {
  return sql.query<Table>(
    `SELECT c.oid::text AS id, c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND ${userSchema} AND ${notOfExtension} AND c.oid <> ALL ($1::oid[]) ORDER BY 2`,
    [kept],
  )
}

/** One statement without CASCADE: all tables together need none, and CASCADE would sweep a ledger along unseen. */
async function truncate(sql: Sql, tables: readonly Table[]): Promise<void> {
  try {
    await sql.query(`TRUNCATE ${tables.map((table) => table.name).join(', ')} RESTART IDENTITY`)
  } catch (cause) {
    throw new RefusedError(
      `Emptying the branch failed: ${(cause as Error).message}. A kept migration ledger or a foreign table stands in the way; use another data policy or parent.`,
      { cause },
    )
  }
}

async function restartSequences(sql: Sql, kept: readonly string[]): Promise<void> {
  await sql.query(
    `SELECT setval(c.oid::regclass, s.seqstart, false) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_sequence s ON s.seqrelid = c.oid
      WHERE ${userSchema} AND ${notOfExtension}
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                           AND d.refclassid = 'pg_class'::regclass AND d.refobjid = ANY ($1::oid[]))`,
    [kept],
  )
}

/** In order of creation, because a view can only read older ones. */
async function refreshViews(sql: Sql): Promise<void> {
  const views = await sql.query<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'm' AND c.relispopulated AND ${userSchema} ORDER BY c.oid`,
  )
  for (const view of views) await sql.query(`REFRESH MATERIALIZED VIEW ${view.name}`)
}

/**
 * TRUNCATE and ANALYZE both leave the statistics of an emptied table as they were, and its owner can read them in
 * pg_stats. Only a superuser may delete them before PostgreSQL 18, whose pg_clear_attribute_stats is for owners.
 */
async function forgetStatistics(sql: Sql, superuser: boolean): Promise<void> {
  if (superuser) {
    await sql.query('DELETE FROM pg_statistic WHERE starelid >= 16384')
    await sql.query('DELETE FROM pg_statistic_ext_data')
    return
  }
  const [server] = await sql.query<{ version: number }>(`SELECT current_setting('server_version_num')::int AS version`)
  if (server && server.version >= 180000) {
    await sql.query(
      `SELECT pg_clear_attribute_stats(schemaname::text, tablename::text, attname::text, inherited) FROM pg_stats
        WHERE schemaname !~ '^pg_' AND schemaname <> 'information_schema'`,
    )
  }
  const [left] = await sql.query<{ columns: string }>(
    `SELECT ((SELECT count(*) FROM pg_stats WHERE schemaname !~ '^pg_' AND schemaname <> 'information_schema')
           + (SELECT count(*) FROM pg_stats_ext))::text AS columns`,
  )
  if (left && left.columns !== '0') {
    throw new RefusedError(
      `Emptying the branch refused: the planner's statistics of ${left.columns} columns still quote original values, and this admin may not delete them. Use a superuser in "admin_url".`,
    )
  }
}

async function proveEmpty(sql: Sql, tables: readonly Table[]): Promise<void> {
  for (let from = 0; from < tables.length; from += 200) {
    const checks = tables
      .slice(from, from + 200)
      .map((table) => `SELECT ${table.id}::regclass::text AS name WHERE EXISTS (SELECT FROM ${table.name})`)
    const full = await sql.query<{ name: string }>(checks.join(' UNION ALL '))
    if (full.length > 0) {
      throw new RefusedError(
        `Emptying the branch refused: ${full.map((row) => row.name).join(', ')} still held rows afterwards. A trigger or rule writes to it; use a superuser in "admin_url".`,
      )
    }
  }
}
