import { type Classified, key } from '../../domain/masking/classify.js'
import { rowsOf } from '../../domain/masking/check-masks.js'
import { type DocumentFindings, DocumentTally } from '../../domain/masking/document-tally.js'
import { columnsToSample, type Seen } from '../../domain/masking/draft.js'
import { type Schema, type Table, tableName } from '../../domain/masking/schema.js'
import { identifier } from '../../domain/masking/sql-text.js'
import { type Findings, Tally } from '../../domain/masking/tally.js'
import { kindOf } from '../../domain/masking/value-kind.js'
import { CancelledError, ProviderError } from '../../errors.js'
import type { Sql } from '../../ports.js'
import { sqlState, workUndisturbed } from '../../sql/session.js'
import { readSchema } from './catalogue.js'
import { readChecks } from './column-checks.js'
import { definitions } from './verify-surroundings.js'

/** Rows that are looked at per table: all of a small one. */
const sampled = 10_000
/** Fewer rows from a sample of a table that seemed large: the estimate was wrong, and its first rows are looked at. */
const fewest = 1_000
/** Values per journey to the server, and characters of each. */
const valuesAtOnce = 8_000
const longestValue = 2_000
/** Longer documents are left out: what no path names is redacted whatever it is. */
const longestDocument = 100_000

/** What scanning a parent gives: names of its schema and figures, never a value of a row. */
export interface ScannedParent {
  readonly schema: Schema
  readonly seen: Seen
  readonly tables: readonly ScannedTable[]
  /** Sentences about what no rule can solve. */
  readonly notes: readonly string[]
}

export interface ScannedTable {
  readonly table: string
  readonly columns: number
  readonly rows: number
  /** Why it could not be read. Its columns are then drafted by name and type. */
  readonly unread?: string
}

/**
 * Reads samples of every table, table by table in short transactions that write nothing. No value leaves this file: they
 * are counted, and errors are told by their code alone.
 * @throws ProviderError when the catalog cannot be read or the connection is lost.
 */
export async function scanParent(sql: Sql): Promise<ScannedParent> {
  await readOnly(sql)
  const schema = await readSchema(sql)
  const checks = await readChecks(sql)
  const places = columnsToSample(schema)
  const findings = new Map<string, Findings>()
  const documents = new Map<string, DocumentFindings>()
  const tables: ScannedTable[] = []
  for (const table of new Set(places.map((place) => place.table))) {
    const own = places.filter((place) => place.table === table)
    const { counted, ...read } = await scanTable(sql, { schema, table, places: own })
    tables.push({ table: tableName(table), columns: own.length, ...read })
    for (const { place, tally } of counted) {
      const id = key(table.id, place.column.number)
      if (tally instanceof DocumentTally) documents.set(id, tally.findings())
      else findings.set(id, tally.findings())
    }
  }
  const { problems } = await definitions(sql)
  const notes = problems.map((problem) => `Verification would refuse: ${problem}. Change it, or write "definitions".`)
  return { schema, seen: { findings, documents, checks }, tables, notes: [...notes, ...foreignNotes(schema)] }
}

interface Counted {
  readonly place: Classified
  readonly tally: Tally | DocumentTally
}

function tallyFor({ column }: Classified): Tally | DocumentTally {
  return kindOf(column) === 'json' && !column.array ? new DocumentTally() : new Tally()
}

/** Production: nothing is written, no lock is waited for, nothing runs long, and row security hides no row unseen. */
async function readOnly(sql: Sql): Promise<void> {
  const [server] = await sql.query<{ version: number; superuser: boolean }>(
    `SELECT pg_catalog.current_setting('server_version_num')::int AS version, rolsuper AS superuser
       FROM pg_catalog.pg_roles WHERE rolname = current_user`,
  )
  await workUndisturbed(sql, server ?? { version: 0, superuser: false })
  await sql.query(
    `SET default_transaction_read_only = on; SET statement_timeout = '60s'; SET lock_timeout = '5s'; SET row_security = off;
     SET idle_in_transaction_session_timeout = '60s'; SET jit = off; SET max_parallel_workers_per_gather = 0`,
  )
}

interface Read {
  readonly rows: number
  readonly counted: readonly Counted[]
  readonly unread?: string
}

async function scanTable(
  sql: Sql,
  { schema, table, places }: { schema: Schema; table: Table; places: readonly Classified[] },
): Promise<Read> {
  // A tenth more than wanted: a sample of blocks is seldom exactly as large as was asked for.
  const percent = (110 * sampled) / Math.max(rowsOf(schema, table), 1)
  try {
    if (percent < 100) {
      const sample = await readRows(sql, { table, places, percent })
      if (sample.rows >= fewest) return sample
    }
    return await readRows(sql, { table, places, percent: undefined })
  } catch (error) {
    if (error instanceof CancelledError) throw error
    await sql.query('ROLLBACK').catch(() => {
      throw new ProviderError('Scanning the parent failed: the connection was lost. Run the job again.')
    })
    return { rows: 0, counted: [], unread: reasonOf(sqlState(error)) }
  }
}

/** Never the server's own words: they can quote a value. */
function reasonOf(state: string | undefined): string {
  if (state === '42501') return 'the role may not read it'
  if (state === '57014') return 'reading it took longer than 60 s'
  if (state === '55P03') return 'it is locked'
  return `PostgreSQL refused (${state ?? 'no code'})`
}

/** The same rows each time, as long as the table is the same. */
async function readRows(
  sql: Sql,
  { table, places, percent }: { table: Table; places: readonly Classified[]; percent: number | undefined },
): Promise<Read> {
  const counted = places.map((place) => ({ place, tally: tallyFor(place) }))
  const sample = percent === undefined ? '' : ` TABLESAMPLE SYSTEM (${percent}) REPEATABLE (1)`
  const values = places.map((place, at) => `${valueOf(place)} AS v${at}`)
  const batch = Math.max(50, Math.floor(valuesAtOnce / places.length))
  await sql.query(
    `BEGIN READ ONLY; DECLARE sampled NO SCROLL CURSOR FOR SELECT ${values.join(', ')} FROM ${table.sql} t${sample} LIMIT ${sampled}`,
  )
  let total = 0
  for (;;) {
    const rows = await sql.query<Record<string, string | null>>(`FETCH ${batch} FROM sampled`)
    for (const row of rows) counted.forEach((each, at) => count(each, row[`v${at}`] ?? null))
    total += rows.length
    if (rows.length < batch) break
  }
  await sql.query('COMMIT')
  return { rows: total, counted }
}

/** NULL for what is too long to be looked at. */
function valueOf({ column }: Classified): string {
  const name = `t.${identifier(column.name)}`
  if (column.array) return within(`to_json(${name})::text`)
  return kindOf(column) === 'json' ? within(`${name}::text`) : `left(${name}::text, ${longestValue})`
}

const within = (text: string) => `CASE WHEN length(${text}) <= ${longestDocument} THEN ${text} END`

function count({ tally, place: { column } }: Counted, value: string | null): void {
  if (value === null) return
  if (tally instanceof DocumentTally) tally.add(JSON.parse(value))
  else if (!column.array) tally.add(value)
  else for (const element of elementsOf(JSON.parse(value))) tally.add(element.slice(0, longestValue))
}

function elementsOf(array: unknown): string[] {
  if (Array.isArray(array)) return array.flatMap(elementsOf)
  return typeof array === 'string' || typeof array === 'number' ? [String(array)] : []
}

function foreignNotes(schema: Schema): string[] {
  const foreign = schema.tables.filter(({ kind }) => kind === 'foreign').map(tableName)
  return foreign.length === 0
    ? []
    : [`Foreign tables are not scanned, and their rows are not copied: ${foreign.join(', ')}.`]
}
