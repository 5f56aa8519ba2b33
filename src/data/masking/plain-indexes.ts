import type { Sql } from '../../ports.js'
import type { Definition } from './definitions.js'

/** An index that leaves its table while that is written anew, so that several sessions can build it and its like. */
export interface PlainIndex extends Definition {
  /** OID of its table. */
  readonly table: string
}

/**
 * Those of the given tables (OIDs) that nothing else stands on and that a definition brings back whole: neither of a
 * constraint, replica identity or cluster order, nor with settings that `pg_get_indexdef` leaves out. The largest first.
 * `search_path` must be `pg_catalog`.
 */
export function readPlainIndexes(sql: Sql, tables: readonly string[]): Promise<PlainIndex[]> {
  return sql.query<PlainIndex>(
    `SELECT c.oid::text AS table, ARRAY['DROP INDEX ' || x.oid::regclass] AS drop,
            array_remove(ARRAY[pg_get_indexdef(x.oid), CASE WHEN obj_description(x.oid, 'pg_class') IS NOT NULL
              THEN 'COMMENT ON INDEX ' || x.oid::regclass || ' IS ' || quote_literal(obj_description(x.oid, 'pg_class')) END], NULL) AS restore
       FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid
      WHERE c.oid = ANY ($1::oid[]) AND x.relkind = 'i' AND c.relkind = 'r' AND NOT x.relispartition
        AND i.indisvalid AND NOT i.indisreplident AND NOT i.indisclustered AND x.reltablespace = 0
        AND NOT EXISTS (SELECT FROM pg_constraint o WHERE o.conindid = x.oid)
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = x.oid)
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = x.oid AND d.deptype IN ('e', 'x'))
        AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = x.oid AND to_jsonb(a) ->> 'attstattarget' NOT IN ('-1'))
      ORDER BY pg_relation_size(x.oid) DESC, x.oid`,
    [tables],
  )
}
