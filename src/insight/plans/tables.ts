import type { Sql } from '../../ports.js'

export interface TableState {
  /** Without indexes and TOAST. */
  readonly bytes: number
  /** Columns of which the planner knows how their values are spread. */
  readonly columns: readonly string[]
  readonly analysed: readonly string[]
  /** Valid indexes by name: their definition with the types and collations of what they hold, in words of the catalog. */
  readonly indexes: ReadonlyMap<string, string>
}

export interface TableName {
  readonly schema: string
  readonly table: string
}

export function tableKey({ schema, table }: TableName): string {
  return JSON.stringify([schema, table])
}

/** Size, statistics and indexes of the named tables, by `tableKey`. */
export async function readTables(sql: Sql, names: readonly TableName[]): Promise<Map<string, TableState>> {
  const rows = await sql.query<TableRow>(tablesStatement, [
    names.map(({ schema }) => schema),
    names.map(({ table }) => table),
  ])
  return new Map(
    rows.map(({ schema, table, bytes, columns, analysed, indexes }) => [
      tableKey({ schema, table }),
      { bytes: Number(bytes), columns, analysed, indexes: new Map(Object.entries(indexes)) },
    ]),
  )
}

type TableRow = TableName & {
  bytes: string
  columns: string[]
  analysed: string[]
  indexes: Record<string, string>
}

const tablesStatement = `
SELECT n.nspname::text AS schema, c.relname::text AS table, pg_catalog.pg_relation_size(c.oid) AS bytes,
       ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a
              WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
       ARRAY(SELECT DISTINCT s.attname::text FROM pg_catalog.pg_stats s
              WHERE s.schemaname = n.nspname AND s.tablename = c.relname) AS analysed,
       (SELECT coalesce(json_object_agg(i.relname, pg_catalog.pg_get_indexdef(i.oid) || ' of ' || (
                 SELECT string_agg(pg_catalog.format_type(a.atttypid, a.atttypmod) || a.attcollation::regcollation, ', '
                                   ORDER BY a.attnum)
                   FROM pg_catalog.pg_attribute a WHERE a.attrelid = i.oid)), '{}')
          FROM pg_catalog.pg_index x JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
         WHERE x.indrelid = c.oid AND x.indisvalid) AS indexes
  FROM unnest($1::text[], $2::text[]) AS wanted (nspname, relname)
  JOIN pg_catalog.pg_namespace n ON n.nspname = wanted.nspname
  JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.relname`
