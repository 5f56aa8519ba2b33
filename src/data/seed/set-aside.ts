import type { Sql } from '../../ports.js'

/** What an INSERT of many rows does without: statements before it, and those that bring everything back as it was. */
export interface SetAside {
  readonly before: readonly string[]
  readonly after: readonly string[]
}

/** Below that, checking row by row takes less than a second. */
const many = 10_000

/** Where nobody can see that the table was without for a while: no trigger of people runs, none looks at DDL. */
const unseen = `c.relkind = 'r' AND NOT c.relhasrules AND pg_has_role(c.relowner, 'USAGE')
  AND NOT EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = c.oid
    AND (g.tginitdeferred OR NOT g.tgisinternal AND g.tgenabled <> 'D' AND g.tgtype & 4 <> 0))
  AND NOT EXISTS (SELECT FROM pg_event_trigger WHERE evtenabled <> 'D')`

/** Foreign keys whose definition says everything about them. */
const references = `
  SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', c.oid::regclass, o.conname) AS before,
         format('ALTER TABLE %s ADD CONSTRAINT %I %s', c.oid::regclass, o.conname, pg_get_constraintdef(o.oid)) AS after
    FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid JOIN pg_class t ON t.oid = o.confrelid
   WHERE o.contype = 'f' AND o.conrelid = ANY ($1::oid[]) AND o.convalidated AND NOT o.condeferrable AND o.coninhcount = 0
     AND ${unseen} AND t.relkind = 'r' AND pg_has_role(t.relowner, 'USAGE')
     AND has_table_privilege(t.oid, 'SELECT') AND has_table_privilege(t.oid, 'REFERENCES')
     AND NOT EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = t.oid AND g.tginitdeferred)
     AND NOT EXISTS (SELECT FROM pg_description d WHERE d.classoid = 'pg_constraint'::regclass AND d.objoid = o.oid)
     AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_constraint'::regclass AND d.objid = o.oid AND d.deptype IN ('e', 'x'))
   ORDER BY c.oid, o.conname`

/** Indexes that guard nothing, whose definition says everything about them and runs no function of people. */
const indexes = `
  SELECT format('DROP INDEX %s', x.oid::regclass) AS before, pg_get_indexdef(x.oid) AS after
    FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid
   WHERE i.indrelid = ANY ($1::oid[]) AND NOT (i.indisunique OR i.indisexclusion OR i.indisclustered OR i.indisreplident)
     AND i.indisvalid AND i.indisready AND i.indislive AND x.reltablespace = 0 AND current_setting('default_tablespace') = ''
     AND ${unseen} AND has_schema_privilege(x.relnamespace, 'CREATE')
     AND NOT EXISTS (SELECT FROM pg_description d WHERE d.classoid = 'pg_class'::regclass AND d.objoid = x.oid)
     AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = x.oid AND a.attstattarget >= 0)
     AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = x.oid)
     AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = x.oid
       AND NOT (d.refclassid IN ('pg_opclass'::regclass, 'pg_collation'::regclass, 'pg_type'::regclass)
         OR d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid))
   ORDER BY c.oid, x.relname`

/**
 * Foreign keys and plain indexes of the tables that get many rows: made anew behind the rows they take a tenth of the time
 * that they take row by row. The statements belong into the transaction of the rows. Whatever a new definition could
 * change stays: comments, deferred checks, partitions, other tablespaces, tables of others. `search_path` must be
 * `pg_catalog` alone, so that the definitions name every schema.
 */
export async function readSetAside(
  sql: Sql,
  tables: readonly { readonly id: string; readonly rows: number }[],
): Promise<SetAside> {
  const ids = tables.filter(({ rows }) => rows >= many).map(({ id }) => id)
  if (ids.length === 0) return { before: [], after: [] }
  const found = [
    ...(await sql.query<{ before: string; after: string }>(references, [ids])),
    ...(await sql.query<{ before: string; after: string }>(indexes, [ids])),
  ]
  // A foreign key is checked best when the indexes are there again.
  return { before: found.map(({ before }) => before), after: found.map(({ after }) => after).reverse() }
}
