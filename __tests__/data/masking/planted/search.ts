import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { PostgresServer } from '../../../../sim/postgres/server.js'
import { sessionOn } from '../stage.js'
import { enough } from './values.js'

/** Where each value stands: `rows of <relation>`, `pages of <relation>`, `files`. Values found nowhere are absent. */
export type Findings = ReadonlyMap<string, ReadonlySet<string>>

/**
 * Looks for the values in everything that a database has: every column of every relation as a text, catalogs and
 * statistics included; every page of every relation as pageinspect gives it to a superuser; every file on disk.
 */
export async function search(server: PostgresServer, database: string, values: readonly string[]): Promise<Findings> {
  const seek = seeker(values)
  const found = new Map<string, Set<string>>()
  const note = (where: string, content: Buffer) => {
    for (const value of seek(content)) found.set(value, (found.get(value) ?? new Set()).add(where))
  }
  const sql = await sessionOn(server, database)
  try {
    // A query may prune dead rows from the pages it reads, so those come first.
    await sql.query('CREATE EXTENSION IF NOT EXISTS pageinspect WITH SCHEMA public; CHECKPOINT')
    for (const { name } of await sql.query<{ name: string }>(stored)) {
      const [page] = await sql.query<{ bytes: Buffer }>(
        `SELECT string_agg(public.get_raw_page($1::text, n::int), '' ORDER BY n) AS bytes FROM generate_series(0, pg_relation_size($1::text::regclass) / 8192 - 1) n`,
        [name],
      )
      note(`pages of ${short(name)}`, page?.bytes ?? Buffer.alloc(0))
    }
    const [row] = await sql.query<{ oid: string }>(
      'SELECT oid::text FROM pg_database WHERE datname = current_database()',
    )
    for (const content of filesOf(server, row?.oid ?? '')) note('files', content)
    for (const { name, columns } of await sql.query<{ name: string; columns: string[] }>(relations)) {
      const texts = columns.map((column) => `${column}::text`).join(', ')
      const rows = await sql.query<{ text: string }>(`SELECT concat_ws(E'\\n', ${texts}) AS text FROM ${name} t`)
      note(`rows of ${short(name)}`, Buffer.from(rows.map(({ text }) => text).join('\n')))
    }
  } finally {
    await sql.close()
  }
  return found
}

/** A partition's rows are those of its table as well: rows are looked at where they are stored, and through views. */
const relations = `
  SELECT c.oid::regclass::text AS name, array_agg(quote_ident(a.attname) ORDER BY a.attnum) AS columns
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
   WHERE c.relkind IN ('r', 'p', 'v', 'm', 't') AND a.attnum > 0 AND NOT a.attisdropped AND n.nspname <> 'information_schema' AND c.relname !~ '_numa$'
   GROUP BY c.oid`
const stored = `
  SELECT c.oid::regclass::text AS name FROM pg_class c WHERE c.relkind IN ('r', 'i', 'm', 't', 'S') AND pg_relation_size(c.oid) > 0`

const short = (name: string) => name.replace(/^public\./, '')

function filesOf(server: PostgresServer, oid: string): Buffer[] {
  const directory = path.join(server.dataDirectory, 'base', oid)
  return readdirSync(directory).map((file) => readFileSync(path.join(directory, file)))
}

interface Needle {
  readonly bytes: Buffer
  readonly value: string
}

/** Gives those of the values that stand in the content, in any form in which PostgreSQL writes them. */
function seeker(values: readonly string[]): (content: Buffer) => Set<string> {
  const pair = (bytes: Buffer, at: number) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
  const needles = new Array<Needle[] | undefined>(0x10000)
  for (const value of values)
    for (const bytes of formsOf(value)) (needles[pair(bytes, 0)] ??= []).push({ bytes, value })
  return (content) => {
    const found = new Set<string>()
    for (let at = 0; at < content.length; at++) {
      for (const { bytes, value } of needles[pair(content, at)] ?? [])
        if (standsAt(content, at, bytes)) found.add(value)
    }
    return found
  }
}

/**
 * Compressed values (pglz) begin with their own bytes, and one byte of flags after each eight; without a look past
 * those a long value would hide in its file.
 */
function standsAt(content: Buffer, start: number, bytes: Buffer): boolean {
  let at = start
  let spared = 0
  for (const byte of bytes) {
    if (content[at] !== byte) {
      at += 1
      spared += 1
      if (spared > 2 || content[at] !== byte) return false
    }
    at += 1
  }
  return true
}

/** The value itself; inside documents, arrays, records and XML; as hexadecimal; in the bytes of its own type. */
function formsOf(value: string): Buffer[] {
  const escaped = value.replace(/["\\]/g, '\\$&')
  const doubled = value.replace(/["\\]/g, '$&$&')
  const xml = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  const texts = [value, escaped, doubled, xml].map((text) => Buffer.from(text).subarray(0, enough))
  const hex = Buffer.from(Buffer.from(value).toString('hex')).subarray(0, 2 * enough)
  const plain = value.replace(/[-:]/g, '')
  const binary = /^[0-9a-f]{32}$/.test(plain) ? [Buffer.from(plain, 'hex')] : []
  return [...texts, hex, ...binary]
}
