import type { Sql } from '../../ports.js'
import type { Definition } from './definitions.js'

/** An index that leaves its table while rows are written, so that several sessions can build it and its like. */
export interface LooseIndex extends Definition {
  /** OID of its table. */
  readonly table: string
  /** What makes it the index of a constraint again, after all indexes: it locks out who builds another on the table. */
  readonly attach: readonly string[]
}

const table = 'c.oid::regclass'
const commented = (what: string, text: string) =>
  `CASE WHEN ${text} IS NOT NULL THEN ${what} || quote_literal(${text}) END`

/**
 * Those of the given tables (OIDs) that nothing else stands on, and that a definition brings back whole: of no replica
 * identity or cluster order, and without settings that `pg_get_indexdef` leaves out. With primary keys and unique
 * constraints, unless a foreign key, a view (GROUP BY) or a rule (ON CONFLICT) depends on them. The largest first. An index
 * that is built over all rows at once takes a fraction of the time. `search_path` must be `pg_catalog`.
 */
export function readLooseIndexes(sql: Sql, tables: readonly string[]): Promise<LooseIndex[]> {
  return sql.query<LooseIndex>(
    `SELECT c.oid::text AS table,
            ARRAY[CASE WHEN o.oid IS NULL THEN 'DROP INDEX ' || x.oid::regclass ELSE format('ALTER TABLE %s DROP CONSTRAINT %I', ${table}, o.conname) END] AS drop,
            array_remove(ARRAY[pg_get_indexdef(x.oid), ${commented(`'COMMENT ON INDEX ' || x.oid::regclass || ' IS '`, `obj_description(x.oid, 'pg_class')`)}], NULL) AS restore,
            CASE WHEN o.oid IS NULL THEN '{}' ELSE array_remove(ARRAY[
              format('ALTER TABLE %s ADD CONSTRAINT %I %s USING INDEX %I', ${table}, o.conname, CASE o.contype WHEN 'p' THEN 'PRIMARY KEY' ELSE 'UNIQUE' END, x.relname)
                || CASE WHEN o.condeferrable THEN ' DEFERRABLE' ELSE '' END || CASE WHEN o.condeferred THEN ' INITIALLY DEFERRED' ELSE '' END,
              ${commented(`format('COMMENT ON CONSTRAINT %I ON %s IS ', o.conname, ${table})`, `obj_description(o.oid, 'pg_constraint')`)}], NULL) END AS attach
       FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid
       LEFT JOIN pg_constraint o ON o.conindid = x.oid AND o.contype <> 'f'
      WHERE c.oid = ANY ($1::oid[]) AND x.relkind = 'i' AND c.relkind = 'r' AND NOT x.relispartition
        AND i.indisvalid AND NOT i.indisreplident AND NOT i.indisclustered AND x.reltablespace = 0
        AND NOT EXISTS (SELECT FROM pg_constraint f WHERE f.conindid = x.oid AND f.contype = 'f')
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = x.oid)
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = x.oid AND d.deptype IN ('e', 'x'))
        AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = x.oid AND to_jsonb(a) ->> 'attstattarget' NOT IN ('-1'))
        AND (o.oid IS NULL OR o.contype IN ('p', 'u') AND o.conparentid = 0 AND o.conislocal AND o.coninhcount = 0 AND o.conname = x.relname
          AND NOT i.indisexclusion AND x.relam = (SELECT oid FROM pg_am WHERE amname = 'btree')
          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.refclassid = 'pg_constraint'::regclass AND d.refobjid = o.oid AND d.deptype IN ('n', 'a')))
      ORDER BY pg_relation_size(x.oid) DESC, x.oid`,
    [tables],
  )
}
