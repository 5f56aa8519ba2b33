import {
  type Limits,
  mostKnownRows,
  type SeedColumn,
  type SeedKey,
  type SeedReference,
  type SeedSchema,
  type SeedTable,
} from '../../domain/synthetic/schema.js'
import type { Sql } from '../../ports.js'
import { findLedgers } from '../ledgers.js'
import { userSchema } from '../masking/catalogue.js'
import { both, limitsIn, partitionLimits } from './limits.js'

/** Tables that people can fill: partitions are filled through the table on top of them. */
const fillable = `c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relpersistence <> 't' AND ${userSchema}
  AND has_table_privilege(c.oid, 'SELECT')
  AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e')`

/** Everything the plan of a synthetic seed needs. `search_path` must be `pg_catalog` alone and the time zone UTC. */
export async function readSeedSchema(sql: Sql): Promise<SeedSchema> {
  const ledgers = new Map((await findLedgers(sql)).map((ledger) => [ledger.id, ledger.tool]))
  const tables = await sql.query<Pick<SeedTable, 'id' | 'schema' | 'name' | 'sql'>>(
    `SELECT c.oid::text AS id, n.nspname::text AS schema, c.relname::text AS name, c.oid::regclass::text AS sql
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${fillable} ORDER BY n.nspname, c.relname`,
  )
  const rows = await countRows(sql, tables)
  const columns = await readColumns(sql)
  return {
    tables: tables.map((table) => ({
      ...table,
      rows: rows.get(table.id) ?? 0,
      ledger: ledgers.get(table.id),
      columns: columns.get(table.id) ?? [],
    })),
    keys: await readKeys(sql),
    references: await readReferences(sql),
  }
}

const atOnce = 200

async function countRows(sql: Sql, tables: readonly { id: string; sql: string }[]): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (let from = 0; from < tables.length; from += atOnce) {
    const queries = tables
      .slice(from, from + atOnce)
      .map(
        (table) =>
          `SELECT '${table.id}' AS id, (SELECT count(*)::int FROM (SELECT FROM ${table.sql} LIMIT ${mostKnownRows}) r) AS rows`,
      )
    for (const { id, rows } of await sql.query<{ id: string; rows: number }>(queries.join(' UNION ALL ')))
      counts.set(id, rows)
  }
  return counts
}

interface ColumnRow extends Omit<SeedColumn, 'limits' | 'fallback' | 'sequence'> {
  readonly table: string
  readonly initial: string | null
  readonly sequence: { sql: string; start: number; increment: number } | null
  /** Of the domains under the type. */
  readonly checks: readonly string[]
}

/** A domain over a domain and an array of a domain are followed down to the type whose values are stored. */
async function readColumns(sql: Sql): Promise<Map<string, SeedColumn[]>> {
  const rows = await sql.query<ColumnRow>(
    `WITH RECURSIVE down AS (
       SELECT oid AS start, oid AS at, typtypmod AS modifier, false AS array, 0 AS step, typnotnull AS filled, ARRAY[oid] AS passed FROM pg_type
       UNION ALL
       SELECT d.start, CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.typelem END,
              CASE WHEN t.typtype = 'd' AND t.typtypmod >= 0 THEN t.typtypmod ELSE d.modifier END, d.array OR t.typtype <> 'd', d.step + 1,
              d.filled OR (t.typnotnull AND NOT d.array), d.passed || t.oid
         FROM down d JOIN pg_type t ON t.oid = d.at
        WHERE t.typtype = 'd' OR (t.typelem <> 0 AND t.typcategory = 'A'))
     SELECT a.attrelid::text AS table, a.attnum::int AS number, a.attname::text AS name, format_type(a.atttypid, a.atttypmod) AS type,
            b.typname::text AS base, b.typtype::text AS "baseKind", d.array,
            CASE WHEN b.typname IN ('varchar', 'bpchar') THEN m.modifier - 4 WHEN b.typname IN ('bit', 'varbit') THEN m.modifier END AS length,
            CASE WHEN b.typname = 'numeric' THEN ((m.modifier - 4) >> 16) & 65535 END AS precision,
            CASE WHEN b.typname = 'numeric' THEN (((m.modifier - 4) & 2047) # 1024) - 1024 END AS scale,
            ARRAY(SELECT enumlabel::text FROM pg_enum WHERE enumtypid = b.oid ORDER BY enumsortorder) AS labels,
            a.attnotnull OR d.filled AS "notNull", a.attgenerated <> '' AS generated,
            coalesce(pg_get_expr(f.adbin, f.adrelid), CASE WHEN a.attidentity <> '' THEN 'identity' END, t.typdefault) AS initial,
            (SELECT json_build_object('sql', s.seqrelid::regclass::text, 'start', s.seqstart, 'increment', s.seqincrement)
               FROM pg_depend p JOIN pg_sequence s ON s.seqrelid = CASE WHEN a.attidentity <> '' THEN p.objid ELSE p.refobjid END
              WHERE CASE WHEN a.attidentity <> ''
                    THEN p.classid = 'pg_class'::regclass AND p.deptype = 'i' AND p.refclassid = 'pg_class'::regclass AND p.refobjid = a.attrelid AND p.refobjsubid = a.attnum
                    ELSE p.classid = 'pg_attrdef'::regclass AND p.objid = f.oid AND p.refclassid = 'pg_class'::regclass END
              LIMIT 1) AS sequence,
            ARRAY(SELECT pg_get_expr(o.conbin, 0) FROM pg_constraint o WHERE o.contypid = ANY (d.passed) AND o.contype = 'c' ORDER BY o.oid) AS checks
       FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_type t ON t.oid = a.atttypid
       JOIN LATERAL (SELECT * FROM down WHERE start = a.atttypid ORDER BY step DESC LIMIT 1) d ON true
       JOIN pg_type b ON b.oid = d.at
       CROSS JOIN LATERAL (SELECT nullif(greatest(a.atttypmod, d.modifier), -1) AS modifier) m
       LEFT JOIN pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum
      WHERE ${fillable} AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attrelid, a.attnum`,
  )
  const limits = await readLimits(sql)
  const columns = new Map<string, SeedColumn[]>()
  for (const { table, initial, sequence, checks, ...column } of rows) {
    let own = limits.get(table)?.get(column.name) ?? {}
    for (const check of checks) own = both(own, (await limitsIn(check)).get('value') ?? {})
    const found = { ...column, fallback: fallbackOf(initial), sequence: sequence ?? undefined, limits: own }
    columns.set(table, [...(columns.get(table) ?? []), found])
  }
  return columns
}

function fallbackOf(initial: string | null): SeedColumn['fallback'] {
  if (initial === null || /^NULL\b/.test(initial)) return 'none'
  return /^\(?(?:'|-?\d|true|false|ARRAY\[)/.test(initial) ? 'constant' : 'expression'
}

/** By table and column: from CHECK constraints and from partitions. */
async function readLimits(sql: Sql): Promise<Map<string, Map<string, Limits>>> {
  const found = new Map<string, Map<string, Limits>>()
  const add = (table: string, column: string, limits: Limits) => {
    const own = found.get(table) ?? new Map<string, Limits>()
    found.set(table, own.set(column, both(own.get(column) ?? {}, limits)))
  }
  const checks = await sql.query<{ table: string; expression: string }>(
    `SELECT conrelid::text AS table, pg_get_expr(conbin, conrelid) AS expression FROM pg_constraint
      WHERE contype = 'c' AND conrelid <> 0 ORDER BY oid`,
  )
  for (const { table, expression } of checks)
    for (const [column, limits] of await limitsIn(expression)) add(table, column, limits)
  // A default partition takes whatever the others do not; hash partitions take everything together.
  const partitioned = await sql.query<{ table: string; column: string; bounds: string[] }>(
    `SELECT p.partrelid::text AS table, a.attname::text AS column,
            ARRAY(SELECT pg_get_expr(k.relpartbound, k.oid) FROM pg_inherits i JOIN pg_class k ON k.oid = i.inhrelid
                   WHERE i.inhparent = p.partrelid ORDER BY k.relname) AS bounds
       FROM pg_partitioned_table p JOIN pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = p.partattrs[0]
      WHERE p.partnatts = 1 AND p.partstrat IN ('r', 'l') AND p.partdefid = 0`,
  )
  for (const { table, column, bounds } of partitioned) add(table, column, partitionLimits(bounds))
  return found
}

/** Unique and primary keys, unique indexes, exclusion constraints. */
async function readKeys(sql: Sql): Promise<SeedKey[]> {
  const rows = await sql.query<{ name: string; table: string; columns: number[]; held: string | null }>(
    `SELECT x.relname::text AS name, i.indrelid::text AS table, pg_get_expr(i.indpred, i.indrelid) AS held,
            ARRAY(SELECT DISTINCT k FROM (SELECT unnest((i.indkey::int2[])[0:i.indnkeyatts - 1])::int UNION
              SELECT d.refobjsubid FROM pg_depend d WHERE i.indexprs IS NOT NULL AND d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid
                AND d.refclassid = 'pg_class'::regclass AND d.refobjid = i.indrelid AND d.refobjsubid > 0) AS all_of(k) WHERE k > 0 ORDER BY k) AS columns
       FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE (i.indisunique OR i.indisexclusion) AND ${fillable} ORDER BY x.relname, i.indexrelid`,
  )
  return rows.map(({ held, ...key }) => {
    const [, no, quoted, plain, value] =
      /^\(*(NOT )?(?:"([^"]+)"|(\w+))(?: (?:IS|=) (true|TRUE))?\)*$/.exec(held ?? '') ?? []
    const column = quoted ?? plain
    return {
      ...key,
      avoidedBy: column === undefined ? undefined : { column, value: no !== undefined && value === undefined },
    }
  })
}

/** Those that people declared between tables that can be filled. */
async function readReferences(sql: Sql): Promise<SeedReference[]> {
  return sql.query(
    `SELECT o.conname::text AS name, o.conrelid::text AS table, o.conkey::int[] AS columns, o.confrelid::text AS target,
            o.confkey::int[] AS "targetColumns"
       FROM pg_constraint o WHERE o.contype = 'f' AND o.conparentid = 0
        AND EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = o.conrelid AND ${fillable})
        AND EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = o.confrelid AND ${fillable})
      ORDER BY o.conname, o.oid`,
  )
}
