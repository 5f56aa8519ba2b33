import { RefusedError } from '../../errors.js'
import type { Sql } from '../../ports.js'
import { sqlState } from '../../sql/session.js'
import { userSchema } from './names.js'

function notOfExtension(catalog: string): string {
  return `NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = '${catalog}'::regclass AND e.objid = o.oid AND e.deptype = 'e')`
}

/** `kind name` of everything that has an owner, per catalog. The server quotes every name. */
const owned = [
  // Before 15, "public" belongs to the superuser, and an admin who is none leaves it there.
  `SELECT format('SCHEMA %I', n.nspname) FROM pg_namespace n, LATERAL (SELECT n.oid) o
    WHERE (n.nspname <> 'public' OR pg_has_role(n.nspowner, 'USAGE')) AND ${userSchema} AND ${notOfExtension('pg_namespace')}`,
  // A sequence that belongs to a column follows its table, and refuses to be changed alone.
  `SELECT format('%s %s', CASE o.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE'
                                         WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END, o.oid::regclass)
     FROM pg_class o JOIN pg_namespace n ON n.oid = o.relnamespace
    WHERE o.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND ${userSchema} AND ${notOfExtension('pg_class')}
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE o.relkind = 'S' AND d.classid = 'pg_class'::regclass AND d.objid = o.oid
                         AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i'))`,
  `SELECT format('TYPE %s', o.oid::regtype) FROM pg_type o JOIN pg_namespace n ON n.oid = o.typnamespace
    LEFT JOIN pg_class c ON c.oid = o.typrelid
    WHERE (o.typtype IN ('e', 'd', 'r') OR o.typtype = 'c' AND c.relkind = 'c' OR o.typtype = 'b' AND o.typelem = 0)
      AND ${userSchema} AND ${notOfExtension('pg_type')}`,
  // A function behind an event trigger runs for everybody, the admin included: whoever owns it could become the admin.
  `SELECT format('ROUTINE %s', o.oid::regprocedure) FROM pg_proc o JOIN pg_namespace n ON n.oid = o.pronamespace
    WHERE ${userSchema} AND ${notOfExtension('pg_proc')} AND o.oid NOT IN (SELECT evtfoid FROM pg_event_trigger)`,
  `SELECT format('OPERATOR %s', o.oid::regoperator) FROM pg_operator o JOIN pg_namespace n ON n.oid = o.oprnamespace
    WHERE ${userSchema} AND ${notOfExtension('pg_operator')}`,
  `SELECT format('OPERATOR CLASS %I.%I USING %I', n.nspname, o.opcname, a.amname)
     FROM pg_opclass o JOIN pg_namespace n ON n.oid = o.opcnamespace JOIN pg_am a ON a.oid = o.opcmethod
    WHERE ${userSchema} AND ${notOfExtension('pg_opclass')}`,
  `SELECT format('OPERATOR FAMILY %I.%I USING %I', n.nspname, o.opfname, a.amname)
     FROM pg_opfamily o JOIN pg_namespace n ON n.oid = o.opfnamespace JOIN pg_am a ON a.oid = o.opfmethod
    WHERE ${userSchema} AND ${notOfExtension('pg_opfamily')}`,
  ...[
    ['COLLATION', 'pg_collation', 'coll'],
    ['CONVERSION', 'pg_conversion', 'con'],
    ['TEXT SEARCH DICTIONARY', 'pg_ts_dict', 'dict'],
    ['TEXT SEARCH CONFIGURATION', 'pg_ts_config', 'cfg'],
    ['STATISTICS', 'pg_statistic_ext', 'stx'],
  ].map(
    ([kind, catalog, prefix]) =>
      `SELECT format('${kind} %I.%I', n.nspname, o.${prefix}name) FROM ${catalog} o JOIN pg_namespace n ON n.oid = o.${prefix}namespace
        WHERE ${userSchema} AND ${notOfExtension(catalog!)}`,
  ),
  `SELECT format('LARGE OBJECT %s', o.oid) FROM pg_largeobject_metadata o`,
]

/** Objects per transaction: each holds locks until its end, and the server's table of locks is small. */
const atOnce = 200

/**
 * Makes `role` the owner of everything people made in this database, so that it can use and migrate all of it.
 * REASSIGN OWNED would do it in one statement, but also hand over shared objects: the parent database itself.
 * Source: https://www.postgresql.org/docs/current/sql-reassign-owned.html
 */
export async function handOver(sql: Sql, role: string): Promise<void> {
  const statements = await sql.query<{ statement: string }>(
    `SELECT format('ALTER %s OWNER TO %I', what, $1::text) AS statement FROM (${owned.join(' UNION ALL ')}) AS o(what)`,
    [role],
  )
  for (let from = 0; from < statements.length; from += atOnce) {
    const part = statements.slice(from, from + atOnce).map((row) => row.statement)
    await sql.query(['BEGIN', ...part, 'COMMIT'].join(';\n')).catch((error: unknown) => {
      if (sqlState(error) !== '42501') throw error
      throw new RefusedError(
        `Giving the branch to its own role refused: ${reason(error)}. The admin must be a superuser or own the parent and everything in it, before PostgreSQL 15 schema "public" too.`,
        { cause: error },
      )
    })
  }
}

/** The server's own words, such as `must be owner of table orders`. */
function reason(error: unknown): string {
  return ((error as Error).cause as Error).message
}
