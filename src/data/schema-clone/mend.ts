import type { Sql } from '../../ports.js'
import { identifier, literal } from '../../domain/masking/sql-text.js'
import { userSchema } from '../masking/catalogue.js'

/** Statements, read from the original, for what the planner of the copy does not know. Run in this order. */
export async function mendings(source: Sql, version: number): Promise<string[]> {
  const statements: string[] = []
  for (const query of queries) statements.push(...(await source.query<{ s: string }>(query)).map((row) => row.s))
  return [
    ...statements,
    ...(version >= 140000 ? (await source.query<{ s: string }>(compression)).map((row) => row.s) : []),
  ]
}

const columns = `pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_type t ON t.oid = a.atttypid
  WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'm') AND ${userSchema}
    AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')`
const alter = `'ALTER ' || CASE c.relkind WHEN 'm' THEN 'MATERIALIZED VIEW ' ELSE 'TABLE ' END || CASE c.relkind WHEN 'm' THEN '' ELSE 'ONLY ' END || c.oid::regclass || ' ALTER COLUMN ' || quote_ident(a.attname)`

const queries = [
  `SELECT ${alter} || ' SET STORAGE ' || CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END AS s FROM ${columns} AND a.attstorage <> t.typstorage`,
  `SELECT ${alter} || ' SET STATISTICS ' || (to_jsonb(a) ->> 'attstattarget') AS s FROM ${columns} AND coalesce((to_jsonb(a) ->> 'attstattarget')::int, -1) <> -1`,
  `SELECT ${alter} || ' SET (' || array_to_string(a.attoptions, ', ') || ')' AS s FROM ${columns} AND a.attoptions IS NOT NULL`,
  `SELECT pg_get_statisticsobjdef(e.oid) AS s FROM pg_statistic_ext e JOIN pg_namespace n ON n.oid = e.stxnamespace WHERE ${userSchema} ORDER BY e.oid`,
  `SELECT format('ALTER STATISTICS %I.%I OWNER TO %I', n.nspname, e.stxname, pg_get_userbyid(e.stxowner)) AS s FROM pg_statistic_ext e JOIN pg_namespace n ON n.oid = e.stxnamespace WHERE ${userSchema}`,
  `SELECT format('ALTER STATISTICS %I.%I SET STATISTICS %s', n.nspname, e.stxname, to_jsonb(e) ->> 'stxstattarget') AS s FROM pg_statistic_ext e JOIN pg_namespace n ON n.oid = e.stxnamespace
    WHERE ${userSchema} AND coalesce((to_jsonb(e) ->> 'stxstattarget')::int, -1) <> -1`,
  `SELECT 'ALTER TABLE ' || c.oid::regclass || ' CLUSTER ON ' || quote_ident(x.relname) AS s FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid
     JOIN pg_namespace n ON n.oid = c.relnamespace WHERE i.indisclustered AND ${userSchema}`,
  `SELECT 'ALTER TABLE ONLY ' || c.oid::regclass || ' REPLICA IDENTITY USING INDEX ' || quote_ident(x.relname) AS s FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid
     JOIN pg_namespace n ON n.oid = c.relnamespace WHERE i.indisreplident AND c.relreplident = 'i' AND ${userSchema}`,
  `SELECT format('ALTER VIEW %s ALTER COLUMN %I SET DEFAULT %s', c.oid::regclass, a.attname, pg_get_expr(f.adbin, f.adrelid)) AS s
     FROM pg_attrdef f JOIN pg_attribute a ON a.attrelid = f.adrelid AND a.attnum = f.adnum JOIN pg_class c ON c.oid = f.adrelid WHERE c.relkind = 'v'`,
  // A partition's trigger has a state of its own.
  `SELECT format('ALTER TABLE ONLY %s %s TRIGGER %I', t.tgrelid::regclass, CASE t.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE' END, t.tgname) AS s
     FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND c.relispartition AND c.relkind IN ('r', 'p') ORDER BY c.relkind = 'r', c.oid`,
  // Comments that the planner leaves out: on columns of views, on indexes, on statistics.
  `SELECT format('COMMENT ON %s %s IS %L', CASE WHEN d.classoid = 'pg_statistic_ext'::regclass THEN 'STATISTICS' WHEN d.objsubid > 0 THEN 'COLUMN' ELSE 'INDEX' END, i.identity, d.description) AS s
     FROM pg_description d, LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) i
    WHERE d.objoid >= 16384 AND (d.classoid = 'pg_statistic_ext'::regclass OR d.classoid = 'pg_class'::regclass AND (d.objsubid > 0 OR i.type = 'index'))
      AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = d.classoid AND e.objid = d.objoid AND e.deptype = 'e')`,
  `SELECT format('GRANT %s (%I) ON %s TO %s%s', g.privilege_type, a.attname, c.oid::regclass, CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END,
          CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END) AS s
     FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(a.attacl) g
    WHERE NOT a.attisdropped AND ${userSchema} AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')`,
  // Without rows until they are refreshed: what they would read is not there yet.
  `SELECT 'REFRESH MATERIALIZED VIEW ' || c.oid::regclass || ' WITH NO DATA' AS s FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'm' AND ${userSchema}`,
]

const compression = `SELECT ${alter} || ' SET COMPRESSION ' || CASE a.attcompression WHEN 'p' THEN 'pglz' ELSE 'lz4' END AS s FROM ${columns} AND a.attcompression <> '' AND c.relkind <> 'm'`

/** A name that PostgreSQL chose by itself in the copy, and the one that it has in the original. */
interface Name {
  readonly key: string
  readonly object: string
  readonly name: string
}

/** Indexes of partitions, and from 18 on the constraints that say NOT NULL. */
const chosen = [
  `SELECT concat_ws(' ', 'index', i.indrelid::regclass, p.inhparent::regclass) AS key, i.indexrelid::regclass::text AS object, x.relname::text AS name
     FROM pg_inherits p JOIN pg_index i ON i.indexrelid = p.inhrelid JOIN pg_class x ON x.oid = i.indexrelid ORDER BY p.inhseqno, 1`,
  `SELECT concat_ws(' ', 'not null', o.conrelid::regclass, a.attname) AS key, o.conrelid::regclass::text AS object, o.conname::text AS name
     FROM pg_constraint o JOIN pg_attribute a ON a.attrelid = o.conrelid AND a.attnum = o.conkey[1] JOIN pg_namespace n ON n.oid = o.connamespace
    WHERE o.contype = 'n' AND o.coninhcount = 0 AND ${userSchema}`,
]

/** Renames in the copy what has another name in the original. A partition's index is known again by its parent's. */
export async function renamings(source: Sql, target: Sql): Promise<string[]> {
  const statements: string[] = []
  for (const [at, query] of chosen.entries()) {
    const wanted = new Map((await source.query<Name>(query)).map((row) => [row.key, row.name]))
    for (const { key, object, name } of await target.query<Name>(query)) {
      const right = wanted.get(key)
      if (right === undefined || right === name) continue
      statements.push(
        at === 0
          ? `ALTER INDEX ${object} RENAME TO ${identifier(right)}`
          : `ALTER TABLE ${object} RENAME CONSTRAINT ${identifier(name)} TO ${identifier(right)}`,
      )
    }
  }
  return statements
}

/** Positions of columns in their tables, by name. */
export async function columnPositions(source: Sql): Promise<(schema: string, table: string, column: string) => number> {
  const rows = await source.query<{ schema: string; table: string; column: string; position: number }>(
    `SELECT n.nspname::text AS schema, c.relname::text AS table, a.attname::text AS column, a.attnum::int AS position
       FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE a.attnum > 0 AND NOT a.attisdropped`,
  )
  const positions = new Map(rows.map((row) => [JSON.stringify([row.schema, row.table, row.column]), row.position]))
  return (schema, table, column) => positions.get(JSON.stringify([schema, table, column])) ?? 0
}

/** Of schema public, which every database has from the start. */
export const commentOnPublic = async (source: Sql): Promise<string[]> => {
  const [row] = await source.query<{ text: string | null }>(
    `SELECT obj_description(oid, 'pg_namespace') AS text FROM pg_namespace WHERE nspname = 'public'`,
  )
  return row === undefined ? [] : [`COMMENT ON SCHEMA public IS ${row.text === null ? 'NULL' : literal(row.text)}`]
}
