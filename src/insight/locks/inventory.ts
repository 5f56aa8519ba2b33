import type { Sql } from '../../ports.js'
import { written } from '../lint/names.js'
import { recorderSchema } from './recorder-sql.js'

/** The relations and constraints of the branch at one moment. */
export interface Inventory {
  /** By oid. */
  readonly relations: ReadonlyMap<number, Relation>
  /** By oid: CHECK and FOREIGN KEY, with the columns that are NOT NULL under a key of their own. */
  readonly constraints: ReadonlyMap<string, Constraint>
  /** Of the write-ahead log, in bytes from its beginning; undefined where the server does not tell. */
  readonly walPosition: number | undefined
}

export interface Relation {
  /** As the database writes it; `public` left out. */
  readonly name: string
  /** `relkind` of pg_class. */
  readonly kind: string
  /** Of the table, for an index. */
  readonly table: number | undefined
  /** Changes when the relation is written anew or emptied; undefined for one without a file. */
  readonly file: number | undefined
  /** Of its rows alone. */
  readonly heapBytes: number
  /** With indexes and TOAST. */
  readonly bytes: number
  /** The server's estimate; undefined where it has none. */
  readonly rows: number | undefined
}

export interface Constraint {
  readonly relation: number
  /** Of the constraint, or `NOT NULL` with its column. */
  readonly name: string
  /** Every row was looked at. */
  readonly validated: boolean
}

/**
 * Reads the catalog. The sizes wait for nobody who holds a table longer than two seconds.
 * @throws ProviderError when the catalog cannot be read.
 */
export async function takeInventory(sql: Sql): Promise<Inventory> {
  await sql.query("SET lock_timeout = '2s'")
  const [row] = await sql.query<{ inventory: Read }>(statement)
  if (!row) throw new Error('PostgreSQL answered without a row')
  const { relations, constraints } = row.inventory
  return {
    relations: new Map(relations.map(({ oid, ...relation }) => [oid, relationOf(relation)])),
    constraints: new Map(constraints.map(({ key, ...constraint }) => [key, constraint])),
    walPosition: await walPosition(sql),
  }
}

interface Read {
  readonly relations: readonly (RelationRow & { readonly oid: number })[]
  readonly constraints: readonly (Constraint & { readonly key: string })[]
}

type RelationRow = Omit<Relation, 'name' | 'table' | 'file' | 'rows'> & {
  readonly schema: string
  readonly name: string
  readonly table: number | null
  readonly file: number | null
  readonly rows: number
}

function relationOf({ schema, name, table, file, rows, ...rest }: RelationRow): Relation {
  return {
    ...rest,
    name: written({ schema, name }),
    table: table ?? undefined,
    file: file ?? undefined,
    rows: rows < 0 ? undefined : rows,
  }
}

/** Some platforms keep the log to themselves. */
async function walPosition(sql: Sql): Promise<number | undefined> {
  try {
    const [row] = await sql.query<{ position: number }>(
      `SELECT (pg_current_wal_insert_lsn() - '0/0'::pg_lsn)::float8 AS position`,
    )
    return row?.position
  } catch {
    return undefined
  }
}

/**
 * An estimate of 0 with pages on disk is none, as in lint/facts.ts. A partitioned table is as large as its partitions. Since
 * 18 a column can be NOT NULL without a look at its rows: then a constraint that is not valid stands behind it.
 */
const statement = `
WITH seen AS MATERIALIZED (
  SELECT c.oid, n.nspname AS schema, c.relname AS name, c.relkind AS kind, i.indrelid AS "table",
         pg_relation_filenode(c.oid) AS file,
         CASE WHEN c.relkind IN ('r', 'm') THEN pg_relation_size(c.oid) ELSE 0 END AS "heapBytes",
         CASE WHEN c.relkind IN ('r', 'm') THEN pg_total_relation_size(c.oid)
              WHEN c.relkind = 'p' THEN (SELECT coalesce(sum(pg_total_relation_size(relid)), 0) FROM pg_partition_tree(c.oid))
              ELSE 0 END AS bytes,
         c.reltuples AS rows
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_index i ON i.indexrelid = c.oid
   WHERE c.relkind IN ('r', 'p', 'm', 'v', 'f', 'i', 'I') AND c.oid >= 16384
     AND n.nspname NOT IN ('pg_catalog', 'information_schema', '${recorderSchema}') AND n.nspname !~ '^pg_t')
SELECT json_build_object(
  'relations', (SELECT coalesce(json_agg(json_build_object('oid', s.oid::int8, 'schema', s.schema, 'name', s.name,
      'kind', s.kind, 'table', s.table::int8, 'file', s.file::int8, 'heapBytes', s."heapBytes", 'bytes', s.bytes,
      'rows', CASE WHEN s.rows = 0 AND s."heapBytes" > 0 THEN -1 ELSE s.rows END)), '[]') FROM seen s),
  'constraints', (SELECT coalesce(json_agg(x), '[]') FROM (
      SELECT 'c' || k.oid AS key, k.conrelid::int8 AS relation, k.conname AS name, k.convalidated AS validated
        FROM pg_constraint k JOIN seen s ON s.oid = k.conrelid WHERE k.contype IN ('c', 'f')
      UNION ALL
      SELECT 'n' || a.attrelid || '.' || a.attnum, a.attrelid::int8, 'NOT NULL ' || quote_ident(a.attname),
             a.attnotnull AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = a.attrelid AND k.contype = 'n'
               AND k.conkey = ARRAY[a.attnum] AND NOT k.convalidated)
        FROM pg_attribute a JOIN seen s ON s.oid = a.attrelid AND s.kind IN ('r', 'p')
       WHERE a.attnum > 0 AND NOT a.attisdropped) x)) AS inventory`
