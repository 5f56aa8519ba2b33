import type { PlanOptions } from '@supabase/pg-delta/plan'
import type { DependencyEdge, Fact, FactBase, Payload, StableId } from '@supabase/pg-delta'

/**
 * What pg-delta does not know, read from the catalogs and given to its planner as facts of ours. The server itself
 * writes the statements, so that names are quoted as it wants them.
 */
export interface Gap {
  /** What it is, as the report calls it. */
  readonly kind: string
  readonly schema: string
  readonly relation: string
  /** `pg_class.relkind` of the relation that it goes away with. */
  readonly relkind: string
  /** Of the column, index, trigger or statistics object. */
  readonly name: string
  /** The constraint that it goes away with, where it is one's. */
  readonly owner: string | null
  /** Columns that it is about. */
  readonly columns: readonly string[] | null
  /** The statement is the two of them put together; the second is what the report shows. */
  readonly prefix: string
  readonly value: string
  readonly undo: string
  /** Statements to follow. */
  readonly more: readonly string[] | null
}

/** The one way to add facts of one's own to pg-delta's planner; the word for the extension is ours. */
export const ext = 'postgres'

const notOfExtension = `NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')`
const relations = `pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND ${notOfExtension}`
const columns = `${relations} JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped`
const place = `n.nspname::text, c.relname::text, c.relkind::text`
const one = (kind: string, name: string) => `SELECT '${kind}', ${place}, ${name}::text, NULL::text, NULL::text[]`
const alterTable = `'ALTER ' || CASE c.relkind WHEN 'm' THEN 'MATERIALIZED VIEW ' WHEN 'f' THEN 'FOREIGN TABLE ' ELSE 'TABLE ' END || c.oid::regclass`
const alterColumn = `${alterTable} || ' ALTER COLUMN ' || quote_ident(a.attname)`
const storage = (letter: string) =>
  `CASE ${letter} WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END`
const state = (letter: string) =>
  `CASE ${letter} WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE' END`

const queries = [
  `${one('column storage', 'a.attname')}, ${alterColumn} || ' SET STORAGE ', ${storage('a.attstorage')}, ${alterColumn} || ' SET STORAGE ' || ${storage('t.typstorage')}
     FROM ${columns} JOIN pg_type t ON t.oid = a.atttypid WHERE c.relkind IN ('r', 'p', 'm') AND a.attstorage <> t.typstorage`,
  `${one('column statistics target', 'a.attname')}, ${alterColumn} || ' SET STATISTICS ', to_jsonb(a) ->> 'attstattarget', ${alterColumn} || ' SET STATISTICS -1'
     FROM ${columns} WHERE c.relkind IN ('r', 'p', 'm', 'f') AND coalesce((to_jsonb(a) ->> 'attstattarget')::int, -1) <> -1`,
  `${one('column options', 'a.attname')}, ${alterColumn} || ' SET ', '(' || array_to_string(a.attoptions, ', ') || ')',
          ${alterColumn} || ' RESET (' || (SELECT string_agg(split_part(o, '=', 1), ', ') FROM unnest(a.attoptions) o) || ')'
     FROM ${columns} WHERE c.relkind IN ('r', 'p', 'm', 'f') AND a.attoptions IS NOT NULL`,
  `${one('column compression', 'a.attname')}, ${alterColumn} || ' SET COMPRESSION ', CASE a.attcompression WHEN 'p' THEN 'pglz' ELSE 'lz4' END, ${alterColumn} || ' SET COMPRESSION DEFAULT'
     FROM ${columns} WHERE c.relkind IN ('r', 'p') AND a.attcompression <> ''`,
  `${one('column default', 'a.attname')}, format('ALTER VIEW %s ALTER COLUMN %I SET DEFAULT ', c.oid::regclass, a.attname), pg_get_expr(f.adbin, f.adrelid),
          format('ALTER VIEW %s ALTER COLUMN %I DROP DEFAULT', c.oid::regclass, a.attname)
     FROM ${columns} JOIN pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum WHERE c.relkind = 'v'`,
  `${one('tablespace', 'c.relname')}, ${alterTable} || ' SET TABLESPACE ', quote_ident(s.spcname), ${alterTable} || ' SET TABLESPACE pg_default'
     FROM ${relations} JOIN pg_tablespace s ON s.oid = c.reltablespace WHERE c.relkind IN ('r', 'p', 'm')`,
  `${one('trigger state', 't.tgname')}, format('ALTER TABLE ONLY %s ', c.oid::regclass), ${state('t.tgenabled')} || ' TRIGGER ' || quote_ident(t.tgname),
          format('ALTER TABLE ONLY %s %s TRIGGER %I', c.oid::regclass, ${state('u.tgenabled')}, t.tgname)
     FROM ${relations} JOIN pg_trigger t ON t.tgrelid = c.oid JOIN pg_trigger u ON u.oid = t.tgparentid WHERE NOT t.tgisinternal AND t.tgenabled <> u.tgenabled`,
  `SELECT 'clustered on', ${place}, x.relname::text, o.conname::text, NULL::text[], ${alterTable} || ' CLUSTER ON ', quote_ident(x.relname), ${alterTable} || ' SET WITHOUT CLUSTER'
     FROM ${relations} JOIN pg_index i ON i.indrelid = c.oid AND i.indisclustered JOIN pg_class x ON x.oid = i.indexrelid
     LEFT JOIN pg_constraint o ON o.conindid = x.oid AND o.contype IN ('p', 'u', 'x')`,
  `${one('comment', 'a.attname')}, format('COMMENT ON COLUMN %s.%I IS ', c.oid::regclass, a.attname), quote_literal(d.description), format('COMMENT ON COLUMN %s.%I IS NULL', c.oid::regclass, a.attname)
     FROM ${columns} JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = a.attnum WHERE c.relkind IN ('v', 'm')`,
  `SELECT 'comment', ${place}, x.relname::text, o.conname::text, NULL::text[], format('COMMENT ON INDEX %s IS ', x.oid::regclass), quote_literal(d.description), format('COMMENT ON INDEX %s IS NULL', x.oid::regclass)
     FROM ${relations} JOIN pg_constraint o ON o.conrelid = c.oid AND o.contype IN ('p', 'u', 'x') JOIN pg_class x ON x.oid = o.conindid
     JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = x.oid AND d.objsubid = 0`,
].map((query) => `SELECT *, NULL::text[] FROM (${query}) AS q`)

const statistics = `SELECT 'statistics', ${place}, quote_ident(s.nspname) || '.' || quote_ident(e.stxname), NULL::text,
          ARRAY(SELECT a.attname::text FROM pg_depend d JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                 WHERE d.classid = 'pg_statistic_ext'::regclass AND d.objid = e.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 ORDER BY 1),
          '', pg_get_statisticsobjdef(e.oid), format('DROP STATISTICS %I.%I', s.nspname, e.stxname),
          ARRAY(SELECT format('ALTER STATISTICS %I.%I SET STATISTICS %s', s.nspname, e.stxname, to_jsonb(e) ->> 'stxstattarget') WHERE coalesce((to_jsonb(e) ->> 'stxstattarget')::int, -1) <> -1)
            || ARRAY(SELECT format('COMMENT ON STATISTICS %I.%I IS %L', s.nspname, e.stxname, d.description) FROM pg_description d WHERE d.classoid = 'pg_statistic_ext'::regclass AND d.objoid = e.oid)
     FROM ${relations} JOIN pg_statistic_ext e ON e.stxrelid = c.oid JOIN pg_namespace s ON s.oid = e.stxnamespace`

/** The version of an extension only where it is not the one that CREATE EXTENSION gives. */
const versions = `SELECT e.extname::text AS name, e.extversion AS version, format('ALTER EXTENSION %I UPDATE TO %L', e.extname, e.extversion) AS sql, format('ALTER EXTENSION %I UPDATE', e.extname) AS undo
  FROM pg_extension e JOIN pg_available_extensions v ON v.name = e.extname WHERE e.extversion <> v.default_version AND e.extname <> 'plpgsql'`

type Query = (text: string) => Promise<Record<string, unknown>[]>

/** Facts of the gaps, each below the fact that it goes away with. */
export async function readGaps(query: Query, base: FactBase): Promise<{ facts: Fact[]; edges: DependencyEdge[] }> {
  const facts: Fact[] = []
  const edges: DependencyEdge[] = []
  const [server] = await query(`SELECT current_setting('server_version_num')::int AS version`)
  for (const text of [...queries, statistics]) {
    if (Number(server?.['version']) < 140000 && text.includes('attcompression')) continue
    for (const gap of (await query(
      `SELECT * FROM (${text}) AS g(kind, schema, relation, relkind, name, owner, columns, prefix, value, undo, more)`,
    )) as unknown as Gap[]) {
      const parent = [...parentsOf(gap)].find((id) => base.has(id))
      if (!parent) continue
      const id = idOf(gap.kind, [gap.schema, gap.relation, gap.name])
      const sql = [`${gap.prefix}${gap.value}`, ...(gap.more ?? [])]
      facts.push({ id, parent, payload: { sql, _undo: gap.undo, _shown: [gap.value, ...(gap.more ?? [])].join('; ') } })
      for (const name of gap.columns ?? []) {
        edges.push({ from: id, to: { kind: 'column', schema: gap.schema, table: gap.relation, name }, kind: 'depends' })
      }
    }
  }
  for (const row of (await query(versions)) as unknown as {
    name: string
    version: string
    sql: string
    undo: string
  }[]) {
    const parent: StableId = { kind: 'extension', name: row.name }
    const id = idOf('version', [row.name])
    if (base.has(parent)) facts.push({ id, parent, payload: { sql: [row.sql], _undo: row.undo, _shown: row.version } })
  }
  return { facts, edges }
}

function idOf(intentKind: string, key: readonly string[]): StableId {
  return { kind: 'extensionIntent', ext, intentKind, key: JSON.stringify(key) }
}

const relationKinds: Readonly<Record<string, 'table' | 'view' | 'materializedView' | 'foreignTable'>> = {
  r: 'table',
  p: 'table',
  v: 'view',
  m: 'materializedView',
  f: 'foreignTable',
}

/** The nearest first: the first one that is a fact is the parent. */
function* parentsOf({ kind, schema, relation, relkind, name, owner }: Gap): Generator<StableId> {
  if (owner !== null) yield { kind: 'constraint', schema, table: relation, name: owner }
  if (kind === 'clustered on') yield { kind: 'index', schema, name }
  if (kind.startsWith('column ')) yield { kind: 'column', schema, table: relation, name }
  const relationKind = relationKinds[relkind]
  if (relationKind) yield { kind: relationKind, schema, name: relation }
}

type Rules = NonNullable<PlanOptions['intentRules']>
type Rule = Rules extends ReadonlyMap<string, infer R> ? R : never

const statements = (payload: Payload) => payload['sql'] as string[]

/** What the planner does with them. Statistics are made anew, everything else is set again. */
export function gapRules(): Rules {
  const rule = (kind: string): Rule => ({
    weight: 30,
    // It goes away with its parent, whatever that is.
    metadata: true,
    create: ({ payload }) => statements(payload).map((sql) => ({ sql, ...costs(kind) })),
    drop: ({ payload }) => ({ sql: payload['_undo'] as string, ...costs(kind) }),
    attributes: {
      sql:
        kind === 'statistics'
          ? 'replace'
          : { alter: (_fact, _from, to) => (to as string[]).map((sql) => ({ sql, ...costs(kind) })) },
    },
  })
  return new Map(gapKinds.map((kind) => [`${ext}\0${kind}`, rule(kind)]))
}

const gapKinds = [
  ...['column storage', 'column statistics target', 'column options', 'column compression', 'column default'],
  ...['tablespace', 'trigger state', 'clustered on', 'statistics', 'comment', 'version'],
]

/** Locks: https://www.postgresql.org/docs/current/sql-altertable.html */
function costs(kind: string): { lockClass: 'none' | 'shareUpdateExclusive' | 'accessExclusive'; rewriteRisk?: true } {
  if (kind === 'tablespace') return { lockClass: 'accessExclusive', rewriteRisk: true }
  if (kind === 'comment' || kind === 'version') return { lockClass: 'none' }
  if (['statistics', 'column statistics target', 'column options', 'clustered on'].includes(kind)) {
    return { lockClass: 'shareUpdateExclusive' }
  }
  return { lockClass: 'accessExclusive' }
}
