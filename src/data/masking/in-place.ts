import type { InPlacePlan } from '../../domain/masking/in-place-plan.js'
import type { MaskingPlan } from '../../domain/masking/plan.js'
import { type ServerFacts, tableName } from '../../domain/masking/schema.js'
import { identifier, literal } from '../../domain/masking/sql-text.js'
import type { TreePlan } from '../../domain/masking/tree-plan.js'
import { RefusedError } from '../../errors.js'
import type { MaskingKey, Sql } from '../../ports.js'
import { sqlState } from '../../sql/session.js'
import { type Definition, readBelongings, readDefinition } from './definitions.js'
import { giveKey, silenceLog } from './key.js'
import { type Unit, collectOriginals, unitsIn, workSchema } from './originals.js'
import { renewStatistics } from './statistics.js'

/** A session that ends when told to. */
export interface MaskingSession extends Sql {
  close(): Promise<void>
}

export interface InPlaceWork {
  readonly plan: MaskingPlan
  readonly inPlace: InPlacePlan
  readonly units: readonly Unit[]
  readonly server: ServerFacts
  readonly key: MaskingKey
  /** The session that drops and restores; `search_path` is `pg_catalog`. */
  readonly sql: Sql
  /** Opens another session on the same branch, prepared like the first. */
  readonly open: () => Promise<MaskingSession>
  /** Sessions that write tables anew at the same time; 1 or more. */
  readonly parallel: number
}

/** Rows of each table before it was masked, by OID, and what the caller should tell. */
export interface InPlaceOutcome {
  readonly rows: ReadonlyMap<string, number>
  readonly notes: readonly string[]
}

/**
 * Masks a branch that already holds the rows: what refuses a change of columns is dropped, each table is written anew
 * once, several at the same time, and everything comes back, foreign keys by being checked against the masked rows.
 * Triggers never fire: nothing here is an INSERT, UPDATE or DELETE. Several sessions cannot share a transaction, so a
 * run that dies leaves the schema `db_branch_masking` behind: such a branch must be thrown away, and a second run on it
 * is refused.
 * @throws RefusedError when PostgreSQL does not let it; no value of any row is in the message.
 */
export async function maskInPlace(work: InPlaceWork): Promise<InPlaceOutcome> {
  const { inPlace, sql, server } = work
  await silenceLog(sql, server.superuser)
  const before = await definitionsOf(sql, inPlace)
  await inTransaction(sql, () => prepare(work, before))
  const rows = await maskTrees(work)
  await inTransaction(sql, () => restore(work, before))
  await refreshViews(sql, before)
  const left = await renewStatistics(sql, server)
  return { rows, notes: [...movedColumns(inPlace), ...(left === undefined ? [] : [left])] }
}

/** A column that leaves and comes back is the last one; where it was not, an INSERT without column names breaks. */
function movedColumns({ generated }: InPlacePlan): string[] {
  const moved = generated.filter(({ table, column }) =>
    table.columns.some((other) => other.number > column.number && !generated.some((each) => each.column === other)),
  )
  return moved.map(
    ({ table, column }) =>
      `The generated column ${tableName(table)}.${column.name} now stands at the end of its table: PostgreSQL changes no column under one.`,
  )
}

/**
 * Puts forced row security back, which hid rows from a verification by the owner, and takes the mark away. Only now may
 * a caller treat the branch as masked.
 */
export async function finishMasking({
  sql,
  plan,
  server,
}: Pick<InPlaceWork, 'sql' | 'plan' | 'server'>): Promise<void> {
  await inTransaction(sql, async () => {
    if (!server.superuser) await forceRowSecurity({ sql, plan }, 'FORCE')
    await sql.query(`DROP TABLE ${workSchema}.originals; DROP SCHEMA ${workSchema}`)
  })
}

/** @throws RefusedError where an earlier run did not come to its end. */
export async function refuseHalfMasked(sql: Sql): Promise<void> {
  const found = await sql.query('SELECT FROM pg_namespace WHERE nspname = $1', [workSchema])
  if (found.length === 0) return
  throw new RefusedError(
    `Masking the branch refused: an earlier masking of it ended in the middle (schema ${workSchema}). Make the branch again.`,
  )
}

async function definitionsOf(sql: Sql, plan: InPlacePlan): Promise<Definition[]> {
  const definitions: Definition[] = []
  for (const generated of plan.generated) definitions.push(await readBelongings(sql, generated))
  for (const dependent of plan.dependents) definitions.push(await readDefinition(sql, dependent))
  for (const { id, name, definition, comment } of plan.foreignKeys) {
    const [row] = await sql.query<{ table: string }>(
      'SELECT conrelid::regclass::text AS table FROM pg_constraint WHERE oid = $1::oid',
      [id],
    )
    const table = row?.table ?? ''
    definitions.push({
      drop: [`ALTER TABLE ${table} DROP CONSTRAINT ${identifier(name)}`],
      restore: [
        `ALTER TABLE ${table} ADD CONSTRAINT ${identifier(name)} ${definition}`,
        ...(comment === null ? [] : [`COMMENT ON CONSTRAINT ${identifier(name)} ON ${table} IS ${literal(comment)}`]),
      ],
    })
  }
  return definitions
}

async function prepare({ sql, plan, server }: InPlaceWork, definitions: readonly Definition[]): Promise<void> {
  await refuseHalfMasked(sql)
  await sql.query(
    `CREATE SCHEMA ${workSchema}; CREATE UNLOGGED TABLE ${workSchema}.originals (pool int NOT NULL, digest bytea NOT NULL)`,
  )
  for (const { drop } of definitions.toReversed()) {
    for (const statement of drop) await guarded('an object that stands on a masked column', () => sql.query(statement))
  }
  if (!server.superuser) await forceRowSecurity({ sql, plan }, 'NO FORCE')
  const emptied = plan.emptied.map((table) => table.sql)
  if (emptied.length > 0) await guarded(emptied.join(', '), () => sql.query(`TRUNCATE ${emptied.join(', ')}`))
  if (plan.largeObjects === 'remove')
    await guarded('large objects', () => sql.query('SELECT lo_unlink(oid) FROM pg_largeobject_metadata'))
  await dropUserMappings(sql)
}

/** They hold passwords of other servers in clear; foreign tables stay and reach nothing. */
async function dropUserMappings(sql: Sql): Promise<void> {
  const mappings = await sql.query<{ statement: string }>(
    `SELECT format('DROP USER MAPPING FOR %s SERVER %I', CASE umuser WHEN 0 THEN 'PUBLIC' ELSE quote_ident(usename) END, srvname) AS statement FROM pg_user_mappings`,
  )
  for (const { statement } of mappings) await guarded('a user mapping', () => sql.query(statement))
}

/** The owner must see all rows, or the digests of some originals would be missing. */
async function forceRowSecurity(
  { sql, plan }: Pick<InPlaceWork, 'sql' | 'plan'>,
  how: 'FORCE' | 'NO FORCE',
): Promise<void> {
  const tables = plan.stored.map(({ table }) => table).filter((table) => table.forcesRowSecurity)
  for (const table of tables) await sql.query(`ALTER TABLE ${table.sql} ${how} ROW LEVEL SECURITY`)
}

/** The largest first, so that no session is left with it at the end. */
async function maskTrees(work: InPlaceWork): Promise<ReadonlyMap<string, number>> {
  const waiting = work.inPlace.trees.toSorted((a, b) => b.rows - a.rows)
  const rows = new Map<string, number>()
  const failures: unknown[] = []
  const lane = async () => {
    const sql = await work.open()
    try {
      await silenceLog(sql, work.server.superuser)
      // One failure ends the whole: the others finish their table and take no other.
      for (let tree = waiting.shift(); tree && failures.length === 0; tree = waiting.shift()) {
        for (const [id, count] of await maskTree(work, sql, tree)) rows.set(id, count)
      }
    } catch (error) {
      failures.push(error)
    } finally {
      await sql.close()
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, Math.min(work.parallel, waiting.length)) }, lane))
  if (failures.length > 0) throw failures[0]
  return rows
}

async function maskTree({ plan, units, key }: InPlaceWork, sql: Sql, tree: TreePlan): Promise<Map<string, number>> {
  return inTransaction(sql, async () => {
    await giveKey(sql, key)
    await sql.query(`LOCK TABLE ${tree.root.sql} IN ACCESS EXCLUSIVE MODE`)
    await sql.query('SET LOCAL row_security = off')
    const rows = new Map<string, number>()
    for (const stored of plan.stored.filter(({ table }) => tree.tables.includes(table))) {
      const { id, sql: name } = stored.table
      rows.set(id, await guarded(name, () => collectOriginals(sql, stored.table, unitsIn(units, stored))))
    }
    for (const statement of tree.functions) await sql.query(statement)
    await withOwnSearchPath(sql, async () => {
      for (const statement of tree.alters) await guarded(tree.root.sql, () => sql.query(statement))
    })
    return rows
  })
}

/** Checks and indexes may call functions that count on the database's own path; built-in ones still come first. */
async function withOwnSearchPath(sql: Sql, body: () => Promise<void>): Promise<void> {
  await sql.query('SET LOCAL search_path TO DEFAULT')
  const [row] = await sql.query<{ path: string }>(
    `SELECT 'pg_catalog' || coalesce(string_agg(', ' || quote_ident(s), '' ORDER BY n), '') AS path
       FROM unnest(current_schemas(false)) WITH ORDINALITY AS p(s, n) WHERE s <> 'pg_catalog'`,
  )
  await sql.query(`SET LOCAL search_path = ${row?.path ?? 'pg_catalog'}`)
  await body()
  await sql.query('SET LOCAL search_path = pg_catalog')
}

async function restore({ sql }: InPlaceWork, definitions: readonly Definition[]): Promise<void> {
  for (const statement of definitions.flatMap((each) => each.restore)) {
    await guarded('an object that stands on a masked column', () => sql.query(statement))
  }
}

/**
 * All that held rows, not only those that stood on masked columns: a function can read a table unseen. The others
 * first: none of them reads one that was dropped, or it would have been dropped as well.
 */
async function refreshViews(sql: Sql, definitions: readonly Definition[]): Promise<void> {
  const others = await sql.query<{ refresh: string }>(
    `SELECT 'REFRESH MATERIALIZED VIEW ' || c.oid::regclass AS refresh FROM pg_class c WHERE c.relkind = 'm' AND c.relispopulated ORDER BY c.oid`,
  )
  const dropped = definitions.flatMap(({ refresh }) => refresh ?? [])
  for (const refresh of [...others.map((row) => row.refresh), ...dropped]) {
    await guarded(refresh.toLowerCase(), () => sql.query(refresh))
  }
}

async function inTransaction<T>(sql: Sql, body: () => Promise<T>): Promise<T> {
  await sql.query('BEGIN; SET LOCAL search_path = pg_catalog')
  try {
    const result = await body()
    await guarded('the branch', () => sql.query('COMMIT'))
    return result
  } catch (error) {
    await sql.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}

/** PostgreSQL's own words quote values (`invalid input syntax for type date: "…"`), so only names and codes go on. */
async function guarded<T>(what: string, body: () => Promise<T>): Promise<T> {
  try {
    return await body()
  } catch (error) {
    const state = sqlState(error)
    if (state === undefined || !/^[0-9A-Z]{5}$/.test(state)) throw error
    const {
      constraint,
      column,
      message = '',
    } = (error as Error).cause as { constraint?: string; column?: string; message?: string }
    const where =
      constraint === undefined ? (column === undefined ? '' : ` in column ${column}`) : ` by constraint ${constraint}`
    const quotes = state.startsWith('22') || state.startsWith('23') || state.startsWith('P')
    throw new RefusedError(
      `Masking the branch refused: PostgreSQL rejected the change of ${what}${where} (${state}${quotes ? '' : `, ${message}`}). ${adviceFor(state)}`,
    )
  }
}

function adviceFor(state: string): string {
  if (state === '23505') return 'Masked values met on a unique index: use hash, email or uuid there.'
  if (state === '23503') return 'A foreign key no longer finds its target: mask both ends by one rule.'
  if (state === '23514') return 'Write a rule whose values pass the check.'
  if (state === '42501') return 'Use the owner of the tables or a superuser in "admin_url".'
  return 'Change the rule, or leave the table out.'
}
