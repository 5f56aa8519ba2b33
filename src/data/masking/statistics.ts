import type { ServerFacts } from '../../domain/masking/schema.js'
import type { Sql } from '../../ports.js'
import { userSchema } from './catalogue.js'

/** Seconds to wait for other transactions, which keep deleted rows of a catalog in its file. */
const patience = 30

/**
 * Replaces the planner's statistics, which quote originals, by those of the masked rows. A superuser also has the
 * catalogs' files written anew: a deleted row stays in its page (facts 4.1).
 * @returns what could not be done, in words; undefined when nothing is left.
 */
export async function renewStatistics(sql: Sql, { superuser, version }: ServerFacts): Promise<string | undefined> {
  if (!superuser) {
    if (version >= 180000) await clearOwnStatistics(sql)
    await sql.query('ANALYZE')
    return 'The files of the catalogs pg_statistic and pg_statistic_ext_data were not written anew, which takes a superuser; deleted statistics may still be in them, out of reach of SQL for roles that are none.'
  }
  await sql.query('DELETE FROM pg_statistic')
  if (version >= 150000) await sql.query('DELETE FROM pg_statistic_ext_data')
  else {
    const expressions = version >= 140000 ? ', stxdexpr = NULL' : ''
    await sql.query(
      `UPDATE pg_statistic_ext_data SET stxdndistinct = NULL, stxddependencies = NULL, stxdmcv = NULL${expressions}`,
    )
  }
  const held = !(await othersAreGone(sql))
  await sql.query('VACUUM FULL pg_statistic')
  await sql.query('VACUUM FULL pg_statistic_ext_data')
  await sql.query('VACUUM FULL pg_largeobject')
  await sql.query('VACUUM FULL pg_attribute')
  await sql.query('VACUUM FULL pg_attrdef')
  await sql.query('VACUUM FULL pg_user_mapping')
  await sql.query('ANALYZE')
  return held
    ? `Another transaction on the server stayed open for ${patience} s, so deleted statistics may still be in the files of the catalogs.`
    : undefined
}

/** As schema_only does: https://www.postgresql.org/docs/18/functions-admin.html#FUNCTIONS-ADMIN-STATSMOD */
async function clearOwnStatistics(sql: Sql): Promise<void> {
  await sql.query(
    `SELECT count(pg_clear_attribute_stats(n.nspname::text, c.relname::text, a.attname::text, inherited)::text)
       FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace,
            (VALUES (false), (true)) AS kind(inherited)
      WHERE c.relkind IN ('r', 'p', 'm', 'i', 'I') AND a.attnum > 0 AND NOT a.attisdropped AND ${userSchema}
        AND pg_has_role(c.relowner, 'USAGE')`,
  )
}

/** Deleted rows leave a file only when no transaction began before their deletion, in whatever database (facts 4.1). */
async function othersAreGone(sql: Sql): Promise<boolean> {
  const [now] = await sql.query<{ next: string }>('SELECT pg_snapshot_xmax(pg_current_snapshot())::text AS next')
  for (let waited = 0; waited < patience * 5; waited++) {
    const [row] = await sql.query<{ gone: boolean }>(
      'SELECT pg_snapshot_xmin(pg_current_snapshot()) >= $1::xid8 AS gone',
      [now?.next],
    )
    if (row?.gone) return true
    await sql.query('SELECT pg_sleep(0.2)')
  }
  return false
}
