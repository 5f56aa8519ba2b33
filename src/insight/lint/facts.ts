import type { Sql } from '../../ports.js'

/** What is known of a table that stood before the migration, as production has it. */
export interface TableFacts {
  readonly schema: string
  readonly name: string
  /** The server's estimate; absent where it has none. */
  readonly rows?: number
  /** With indexes and TOAST. */
  readonly bytes?: number
  readonly partitioned: boolean
  readonly columns: readonly ColumnFacts[]
  /** A CHECK that every row was tested against. */
  readonly validCheck: boolean
  readonly policies: number
}

export interface ColumnFacts {
  readonly name: string
  /** As `format_type` writes it: `character varying(40)`. */
  readonly type: string
  readonly notNull: boolean
  /** A valid CHECK proves `IS NOT NULL`, so that SET NOT NULL needs no scan. */
  readonly neverNull: boolean
  /** Some CHECK looks at it. */
  readonly checked: boolean
}

/** Ordinary and partitioned tables outside the system schemas. Ask the parent: a schema-only branch has no rows to count. */
export async function readTableFacts(sql: Sql): Promise<TableFacts[]> {
  const rows = await sql.query<TableRow>(tablesStatement)
  return rows.map(({ rows: estimate, bytes, policies, ...table }) => ({
    ...table,
    policies: Number(policies),
    bytes: Number(bytes),
    ...(Number(estimate) >= 0 && { rows: Number(estimate) }),
  }))
}

type TableRow = Omit<TableFacts, 'rows' | 'bytes' | 'policies'> & { rows: string; bytes: string; policies: string }

/** An estimate of 0 with pages on disk is none: `reltuples` is -1 before the first ANALYZE since 14, and 0 before that. */
const tablesStatement = `
SELECT n.nspname AS schema, c.relname AS name, c.relkind = 'p' AS partitioned,
       CASE WHEN c.reltuples = 0 AND pg_relation_size(c.oid) > 0 THEN -1 ELSE c.reltuples END::int8 AS rows,
       CASE c.relkind WHEN 'p' THEN (SELECT coalesce(sum(pg_total_relation_size(relid)), 0) FROM pg_partition_tree(c.oid))
                      ELSE pg_total_relation_size(c.oid) END::int8 AS bytes,
       EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'c' AND k.convalidated) AS "validCheck",
       (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid) AS policies,
       (SELECT coalesce(json_agg(json_build_object(
                 'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'notNull', a.attnotnull,
                 'checked', EXISTS (SELECT FROM pg_constraint k
                    WHERE k.conrelid = c.oid AND k.contype = 'c' AND a.attnum = ANY (k.conkey)),
                 'neverNull', EXISTS (SELECT FROM pg_constraint k
                    WHERE k.conrelid = c.oid AND k.contype = 'c' AND k.convalidated
                      AND pg_get_expr(k.conbin, k.conrelid) = format('(%I IS NOT NULL)', a.attname)))
                 ORDER BY a.attnum), '[]')
          FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_t'
 ORDER BY 1, 2`
