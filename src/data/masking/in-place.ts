import type { InPlacePlan } from '../../domain/masking/in-place-plan.js'
import { tableName } from '../../domain/masking/schema.js'
import { identifier, literal } from '../../domain/masking/sql-text.js'
import { RefusedError } from '../../errors.js'
import type { Sql } from '../../ports.js'
import { type Definition, readBelongings, readDefinition } from './definitions.js'
import { filesOf } from './files.js'
import { type LooseIndex, readLooseIndexes } from './indexes.js'
import { createPads, dropPads, silenceLog } from './key.js'
import { maskTrees } from './mask-trees.js'
import { createOriginals, workSchema } from './originals.js'
import { makeRoom } from './room.js'
import type { TreeWork } from './sessions.js'
import { bringBack, guarded, inTransaction } from './statements.js'
import { renewStatistics } from './statistics.js'
import { deleteUnsampled, sampleNotes } from './subset.js'
import { takeOriginals } from './take-originals.js'

export interface InPlaceWork extends TreeWork {
  /** The session that drops and restores; `search_path` is `pg_catalog`. */
  readonly sql: Sql
  /** Milliseconds since an arbitrary start. */
  readonly elapsed: () => number
}

/** Rows of each table before it was masked, by OID, and what the caller should tell. */
export interface InPlaceOutcome {
  readonly rows: ReadonlyMap<string, number>
  readonly notes: readonly string[]
  /** The files before of all that had to be written anew. */
  readonly files: readonly string[]
  readonly milliseconds: {
    /** Digests of the originals, which only the verification needs. */
    readonly originals: number
    readonly masking: number
    /** New statistics for the planner, and the old ones out of the catalogs. */
    readonly statistics: number
  }
}

/**
 * Masks a branch that already holds the rows: what refuses a change of columns is dropped, each table is written anew
 * once, several at the same time, and everything comes back, foreign keys by being checked against the masked rows.
 * Triggers never fire: nothing here is an INSERT or UPDATE, and they are off while rows outside a sample are deleted. Several sessions cannot share a transaction, so a
 * run that dies leaves the schema `db_branch_masking` behind: such a branch must be thrown away, and a second run on it
 * is refused.
 * @throws RefusedError when PostgreSQL does not let it; no value of any row is in the message.
 */
export async function maskInPlace(work: InPlaceWork): Promise<InPlaceOutcome> {
  const { inPlace, sql, server, elapsed } = work
  const start = elapsed()
  await silenceLog(sql, server.superuser)
  await makeRoom(sql)
  const anew = [...inPlace.trees.flatMap((tree) => tree.tables), ...work.plan.emptied]
  const files = await filesOf(
    sql,
    anew.map(({ id }) => id),
  )
  const before = await definitionsOf(sql, inPlace)
  const { deleted, indexes } = await inTransaction(sql, () => prepare(work, before))
  const prepared = elapsed()
  const moment = await takeOriginals(work, sql)
  const digested = elapsed()
  const rows = await maskTrees(work, { indexes, moment })
  work.progress.begin('bringing keys, views and triggers back', [])
  for (const { attach } of indexes) if (attach.length > 0) await bringBack(sql, 'a constraint', attach)
  await inTransaction(sql, () => restore(work, before))
  await refreshViews(sql, before)
  const masked = elapsed()
  work.progress.begin('renewing statistics', [])
  const left = await renewStatistics(sql, server)
  const notes = [...sampleNotes(work.plan, rows, deleted), ...movedColumns(inPlace)]
  return {
    rows,
    notes: left === undefined ? notes : [...notes, left],
    files,
    milliseconds: {
      originals: digested - prepared,
      masking: prepared - start + masked - digested,
      statistics: elapsed() - masked,
    },
  }
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
    await dropPads(sql)
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
  // What comes back on a partitioned table makes what belongs to it on the partitions, so these come after it.
  for (const generated of plan.generated)
    for (const each of [generated, ...generated.parts]) definitions.push(await readBelongings(sql, each))
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

/** @returns rows that the sample does not keep, by OID of their table, and the indexes to build again. */
async function prepare(
  { sql, plan, inPlace, server }: InPlaceWork,
  definitions: readonly Definition[],
): Promise<{ readonly deleted: ReadonlyMap<string, number>; readonly indexes: readonly LooseIndex[] }> {
  await refuseHalfMasked(sql)
  await sql.query(`CREATE SCHEMA ${workSchema}; ${createOriginals}`)
  await createPads(sql)
  for (const { drop } of definitions.toReversed()) {
    for (const statement of drop) await guarded('an object that stands on a masked column', () => sql.query(statement))
  }
  if (!server.superuser) await forceRowSecurity({ sql, plan }, 'NO FORCE')
  const emptied = plan.emptied.map((table) => table.sql)
  if (emptied.length > 0) await guarded(emptied.join(', '), () => sql.query(`TRUNCATE ${emptied.join(', ')}`))
  if (plan.largeObjects === 'remove')
    await guarded('large objects', () => sql.query('SELECT lo_unlink(oid) FROM pg_largeobject_metadata'))
  await dropUserMappings(sql)
  const deleted = await guarded('the rows outside the sample', () => deleteUnsampled(sql, plan.reduced))
  return { deleted, indexes: await dropLooseIndexes(sql, inPlace) }
}

/** Of all tables that are written anew; those on a generated column leave and come back with it. */
async function dropLooseIndexes(sql: Sql, { trees, generated }: InPlacePlan): Promise<LooseIndex[]> {
  const leaving = new Set(generated.flatMap(({ table, parts }) => [table, ...parts.map((part) => part.table)]))
  const tables = trees.flatMap((tree) => tree.tables).filter((table) => !leaving.has(table))
  const indexes = await readLooseIndexes(
    sql,
    tables.map(({ id }) => id),
  )
  for (const statement of indexes.flatMap(({ drop }) => drop)) await guarded('an index', () => sql.query(statement))
  return indexes
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

async function restore({ sql }: InPlaceWork, definitions: readonly Definition[]): Promise<void> {
  // An index over two columns that left belongs to both.
  for (const statement of new Set(definitions.flatMap((each) => each.restore))) {
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
