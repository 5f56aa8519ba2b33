import { type Session, sqlState } from '../../../sql/session.js'
import type { Sql } from '../../../ports.js'
import type { LooseIndex } from '../indexes.js'
import { makeRoom } from '../room.js'
import { bringBack, guarded, inTransaction, withOwnSearchPath } from '../statements.js'
import { inLanes } from './lanes.js'
import type { Relieved } from './receiver.js'
import type { Snapshot } from './snapshot.js'

interface Restoring {
  readonly sql: Sql
  /** Opens a session on the branch. */
  readonly target: () => Promise<Session>
  /** Sessions that build indexes at the same time. */
  readonly parallel: number
}

/** Indexes by several sessions; foreign keys one after the other, each of which locks two tables and reads them. */
export async function restore({ sql, target, parallel }: Restoring, relieved: Relieved): Promise<void> {
  await inLanes({
    items: await largestFirst(sql, relieved.indexes),
    parallel,
    open: async () => {
      const session = await target()
      await makeRoom(session)
      return [session]
    },
    body: ([session], index) => bringBack(session!, 'an index', index.restore),
  })
  for (const { attach } of relieved.indexes) if (attach.length > 0) await bringBack(sql, 'a constraint', attach)
  for (const foreign of relieved.foreignKeys) await bringBack(sql, 'a foreign key', foreign.restore)
  await bringBack(
    sql,
    'a trigger',
    relieved.triggers.flatMap((trigger) => trigger.restore),
  )
}

/** So that no session is left with a large one at the end. */
async function largestFirst(sql: Sql, indexes: Relieved['indexes']): Promise<Relieved['indexes']> {
  const rows = await sql.query<{ id: string; size: number }>(
    'SELECT oid::text AS id, pg_relation_size(oid)::float8 AS size FROM pg_class WHERE oid = ANY ($1::oid[])',
    [indexes.map(({ table }) => table)],
  )
  const sizes = new Map(rows.map(({ id, size }) => [id, size]))
  const size = ({ table }: LooseIndex) => sizes.get(table) ?? 0
  return indexes.toSorted((a, b) => size(b) - size(a))
}

/** Beside the rows: where sequences stand, and what materialized views hold. */
export async function bringState(sql: Sql, { sequences, populated }: Snapshot): Promise<void> {
  for (const { sql: sequence, last, called } of sequences)
    await guarded(sequence, () => sql.query('SELECT setval($1::regclass, $2, $3)', [sequence, last, called]))
  // One may read another: those that come too early have another turn.
  for (let waiting = [...populated]; waiting.length > 0;) {
    const early: string[] = []
    for (const view of waiting) {
      const outcome = await refresh(sql, view).then(
        () => 'done' as const,
        (error: unknown) => error,
      )
      if (outcome === 'done') continue
      if (sqlState(outcome) !== '55000') await guarded(view, () => Promise.reject(outcome as Error))
      early.push(view)
    }
    if (early.length === waiting.length) await guarded(early[0]!, () => refresh(sql, early[0]!))
    waiting = early
  }
}

function refresh(sql: Sql, view: string): Promise<void> {
  return inTransaction(sql, () =>
    withOwnSearchPath(sql, async () => {
      await sql.query(`REFRESH MATERIALIZED VIEW ${view}`)
    }),
  )
}
