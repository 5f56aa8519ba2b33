import type { Pool } from 'pg'
import type { Sql } from '../ports.js'

/**
 * One session in the shape that pg-delta asks for: a pool that lends one connection at a time. It ends nothing.
 * `opening` is said right after a transaction begins.
 */
export function asPool(sql: Sql, opening = ''): Pool {
  const client = {
    query: async (text: string, values?: readonly unknown[]) => ({
      rows: await sql.query(opening !== '' && text.startsWith('BEGIN') ? `${text}; ${opening}` : text, values),
    }),
    release: () => undefined,
  }
  return { connect: () => Promise.resolve(client) } as unknown as Pool
}

/**
 * Two things that pg-delta's planner gets wrong: the index of a partitioned table comes without those of its partitions,
 * which then belong to nobody, and from 18 on a domain says NOT NULL twice.
 * @param kind of what the statement makes.
 */
export function corrected(sql: string, kind: string | undefined): string {
  if (kind === 'index') return sql.replace(/^(CREATE (?:UNIQUE )?INDEX (?:"(?:[^"]|"")+"|[^" ]+)) ON ONLY /, '$1 ON ')
  if (kind === 'domain') return sql.replace(/ NOT NULL(?=.* CONSTRAINT "(?:[^"]|"")+" NOT NULL)/s, '')
  return sql
}
