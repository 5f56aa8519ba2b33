import { counted } from '../../domain/amounts.js'
import type { Sql } from '../../ports.js'
import type { Finding } from './verify-surroundings.js'

/**
 * Files with something in them, as `pg_class.relfilenode`: of the given tables (OIDs), their indexes and TOAST tables. An
 * object that is written anew has another file afterwards.
 */
export async function filesOf(sql: Sql, tables: readonly string[]): Promise<string[]> {
  const rows = await sql.query<{ file: string }>(
    `WITH own AS (SELECT oid, reltoastrelid FROM pg_class WHERE oid = ANY ($1::oid[])),
          heaps AS (SELECT oid FROM own UNION SELECT reltoastrelid FROM own)
     SELECT c.relfilenode::text AS file FROM pg_class c
      WHERE (c.oid IN (SELECT oid FROM heaps) OR c.oid IN (SELECT indexrelid FROM pg_index WHERE indrelid IN (SELECT oid FROM heaps)))
        AND c.relfilenode <> 0 AND pg_relation_size(c.oid) > 0`,
    [tables],
  )
  return rows.map(({ file }) => file)
}

/** No file that held originals is still in use: dead rows, dropped columns and entries of indexes went with it. */
export async function filesWrittenAnew(sql: Sql, files: readonly string[]): Promise<Finding> {
  const rows = await sql.query<{ name: string }>(
    'SELECT oid::regclass::text AS name FROM pg_class WHERE relfilenode = ANY ($1::oid[]) AND relfilenode <> 0 ORDER BY oid',
    [files],
  )
  return {
    check: { name: 'every file that held originals replaced by another', covered: counted(files.length, 'file') },
    problems: rows.map(({ name }) => `the file of ${name} was not written anew`),
  }
}
