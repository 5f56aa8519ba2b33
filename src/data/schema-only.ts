import { counted } from '../domain/amounts.js'
import { messageOf, RefusedError } from '../errors.js'
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
  // Names are read with their schema, and nothing that the parent's people made can stand in for a built-in function.
  await sql.query('BEGIN; SET LOCAL search_path = pg_catalog')
  const server = await readServer(sql)
  const { superuser } = server
  // Triggers of the parent must not run: an audit trigger would write rows while we empty.
  if (superuser) await sql.query('SET LOCAL session_replication_role = replica')
  const ledgers = await findLedgers(sql)
  const kept = ledgers.map((ledger) => ledger.id)
  await refuseTiedLedgers(sql, kept)
  const tables = await tablesBut(sql, kept)
  if (tables.length > 0) await truncate(sql, tables)
  await restartSequences(sql, kept)
  await sql.query('SELECT lo_unlink(oid) FROM pg_largeobject_metadata')
  const unpopulated = await rebuildViews(sql)
  await forgetStatistics(sql, server, kept)
  await proveEmpty(sql, tables)
  await sql.query('COMMIT')
  // The deleted statistics rows would otherwise stay in the catalogs' files.
  if (superuser) await sql.query('VACUUM FULL pg_statistic, pg_statistic_ext_data')
  const names = ledgers.map((ledger) => `${ledger.name} (${ledger.tool})`)
  return [
    `Emptied ${counted(tables.length, 'table')} and checked that each is empty.`,
    names.length > 0 ? `Kept the migration ledger ${names.join(', ')}.` : 'No migration ledger was found.',
    ...unpopulated.map((view) => `Emptied ${view.name}, which could not be refreshed: ${view.why}.`),
  ]
}

interface Table {
  readonly id: string
  readonly name: string
  readonly partitioned: boolean
}

interface Server {
  /** `server_version_num`. */
  readonly version: number
  readonly superuser: boolean
}

async function readServer(sql: Sql): Promise<Server> {
  const [row] = await sql.query<Server>(
    `SELECT current_setting('server_version_num')::int AS version, rolsuper AS superuser FROM pg_roles WHERE rolname = current_user`,
  )
  return row ?? { version: 0, superuser: false }
}

async function refuseTiedLedgers(sql: Sql, kept: readonly string[]): Promise<void> {
  const [tie] = await sql.query<{ ledger: string; table: string }>(
    `SELECT conrelid::regclass::text AS ledger, confrelid::regclass::text AS table FROM pg_constraint
      WHERE contype = 'f' AND conrelid = ANY ($1::oid[]) AND confrelid <> ALL ($1::oid[]) ORDER BY 1, 2`,
    [kept],
  )
  if (!tie) return
  throw new RefusedError(
    `Emptying the branch refused: the migration ledger ${tie.ledger} must keep its rows, and a foreign key ties them to ${tie.table}, which must lose its own. Drop that foreign key in the parent or use another "data_policy".`,
  )
}

/**
 * A partitioned table with a foreign partition is left out: emptying it would reach into the other server. Its local
 * partitions stand in the list by themselves.
 */
async function tablesBut(sql: Sql, kept: readonly string[]): Promise<Table[]> {
  return sql.query<Table>(
    `SELECT c.oid::text AS id, c.oid::regclass::text AS name, c.relkind = 'p' AS partitioned
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND ${userSchema} AND ${notOfExtension} AND c.oid <> ALL ($1::oid[])
        AND NOT EXISTS (SELECT FROM pg_partition_tree(c.oid) t JOIN pg_class f ON f.oid = t.relid WHERE f.relkind = 'f')
      ORDER BY 2`,
    [kept],
  )
}

/** ONLY, because an inheriting table can be a foreign one. A partitioned table holds nothing itself and takes no ONLY. */
const itself = (table: Table) => (table.partitioned ? table.name : `ONLY ${table.name}`)

/** One statement without CASCADE: all tables together need none, and CASCADE would sweep a ledger along unseen. */
async function truncate(sql: Sql, tables: readonly Table[]): Promise<void> {
  try {
    await withOwnSearchPath(sql, () => sql.query(`TRUNCATE ${tables.map(itself).join(', ')}`))
  } catch (cause) {
    throw new RefusedError(
      `Emptying the branch refused: ${(cause as Error).message}. Remove what stands in the way from the parent or use another "data_policy".`,
      { cause },
    )
  }
}

/** Triggers and views may count on the database's own search_path. The statements themselves name every schema. */
async function withOwnSearchPath<T>(sql: Sql, body: () => Promise<T>): Promise<T> {
  await sql.query('SET LOCAL search_path TO DEFAULT')
  const result = await body()
  await sql.query('SET LOCAL search_path = pg_catalog')
  return result
}

/** A kept ledger's sequence goes on where it stands, whether the ledger owns it or only takes its default from it. */
async function restartSequences(sql: Sql, kept: readonly string[]): Promise<void> {
  await sql.query(
    `SELECT setval(c.oid::regclass, s.seqstart, false) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_sequence s ON s.seqrelid = c.oid
      WHERE ${userSchema} AND ${notOfExtension}
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                           AND d.refclassid = 'pg_class'::regclass AND d.refobjid = ANY ($1::oid[]))
        AND NOT EXISTS (SELECT FROM pg_depend d JOIN pg_attrdef a ON a.oid = d.objid
                         WHERE d.classid = 'pg_attrdef'::regclass AND a.adrelid = ANY ($1::oid[])
                           AND d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid)`,
    [kept],
  )
}

/**
 * First all of them lose their rows, because a view that is rebuilt may read one that is not: from one without rows,
 * PostgreSQL refuses to read. Then they are rebuilt, each as soon as those it reads are.
 * @returns those that cannot be rebuilt, such as over a foreign table; they stay without rows.
 */
async function rebuildViews(sql: Sql): Promise<{ name: string; why: string }[]> {
  const views = await sql.query<{ name: string }>(
    `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'm' AND c.relispopulated AND ${userSchema} ORDER BY c.oid`,
  )
  for (const view of views) await sql.query(`REFRESH MATERIALIZED VIEW ${view.name} WITH NO DATA`)
  return withOwnSearchPath(sql, () => refreshUntilStuck(sql, views))
}

async function refreshUntilStuck(
  sql: Sql,
  views: readonly { name: string }[],
): Promise<{ name: string; why: string }[]> {
  const failed: { name: string; why: string }[] = []
  for (const { name } of views) {
    const why = await attempt(sql, `REFRESH MATERIALIZED VIEW ${name}`)
    if (why !== undefined) failed.push({ name, why })
  }
  return failed.length === 0 || failed.length === views.length ? failed : refreshUntilStuck(sql, failed)
}

/** Runs a statement that may fail within the transaction; gives the server's words if it did. */
async function attempt(sql: Sql, statement: string): Promise<string | undefined> {
  await sql.query('SAVEPOINT attempt')
  try {
    await sql.query(statement)
    await sql.query('RELEASE attempt')
    return undefined
  } catch (error) {
    await sql.query('ROLLBACK TO attempt')
    return messageOf((error as Error).cause ?? error)
  }
}

/**
 * TRUNCATE and ANALYZE both leave the statistics of an emptied table as they were, and its owner can read them in
 * pg_stats. Only a superuser may delete them before PostgreSQL 18, whose pg_clear_attribute_stats is for owners:
 * https://www.postgresql.org/docs/18/functions-admin.html#FUNCTIONS-ADMIN-STATSMOD. There is none for those of
 * CREATE STATISTICS. Those of a kept ledger may stay where they cannot be deleted: they quote what its rows say anyway.
 */
async function forgetStatistics(sql: Sql, { version, superuser }: Server, kept: readonly string[]): Promise<void> {
  if (superuser) {
    await sql.query('DELETE FROM pg_statistic WHERE starelid >= 16384')
    await sql.query(forgetExtendedStatistics(version))
    return
  }
  const clears = version >= 180000
  // Not only what pg_stats shows: it hides columns under forced row security, which the branch's role can lift.
  if (clears) {
    await sql.query(
      `SELECT pg_clear_attribute_stats(n.nspname::text, c.relname::text, a.attname::text, inherited)
         FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace,
              (VALUES (false), (true)) AS kind(inherited)
        WHERE c.relkind IN ('r', 'p', 'm', 'f', 'i', 'I') AND a.attnum > 0 AND NOT a.attisdropped
          AND ${userSchema} AND ${notOfExtension}`,
    )
  }
  const hidden = clears ? '0' : `(SELECT count(*) FROM pg_class WHERE relforcerowsecurity)`
  const [left] = await sql.query<{ sets: string }>(
    `SELECT ((SELECT count(*) FROM pg_stats WHERE schemaname !~ '^pg_' AND schemaname <> 'information_schema'
                AND (schemaname, tablename) NOT IN (SELECT n.nspname, c.relname FROM pg_class c
                     JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = ANY ($1::oid[])))
           + (SELECT count(*) FROM pg_statistic_ext) + ${hidden})::text AS sets`,
    [kept],
  )
  if (left && left.sets !== '0') {
    throw new RefusedError(
      `Emptying the branch refused: the planner's statistics (${left.sets} sets) still quote original values, and this role may not delete them. It takes a superuser, or ${clears ? 'a parent without objects of CREATE STATISTICS' : 'PostgreSQL 18, or a parent that never held rows'}.`,
    )
  }
}

/** Before 15 a statistics object must have its row, and every query on its table fails without. */
function forgetExtendedStatistics(version: number): string {
  if (version >= 150000) return 'DELETE FROM pg_statistic_ext_data'
  const expressions = version >= 140000 ? ', stxdexpr = NULL' : ''
  return `UPDATE pg_statistic_ext_data SET stxdndistinct = NULL, stxddependencies = NULL, stxdmcv = NULL${expressions}`
}

/** A table without a page holds no row, whoever asks. Any other is read, and fails where row security would hide rows. */
async function proveEmpty(sql: Sql, tables: readonly Table[]): Promise<void> {
  const sized = await sql.query<Table>(
    `SELECT oid::text AS id, oid::regclass::text AS name, false AS partitioned FROM pg_class
      WHERE oid = ANY ($1::oid[]) AND relkind = 'r' AND pg_relation_size(oid) > 0 ORDER BY 2`,
    [tables.map((table) => table.id)],
  )
  if (sized.length === 0) return
  await sql.query('SET LOCAL row_security = off')
  const checks = sized.map(
    (table) => `SELECT '${table.id}'::regclass::text AS name WHERE EXISTS (SELECT FROM ${itself(table)})`,
  )
  const full = await sql.query<{ name: string }>(checks.join(' UNION ALL '))
  if (full.length > 0) {
    throw new RefusedError(
      `Emptying the branch refused: ${full.map((row) => row.name).join(', ')} still held rows afterwards, as a trigger writes there. It takes a superuser, and in the parent no trigger that is ENABLE ALWAYS.`,
    )
  }
}
