import type { TreePlan } from '../../domain/masking/tree-plan.js'
import type { Sql } from '../../ports.js'
import { giveKey } from './key.js'
import { scanInOrder } from './originals.js'
import type { LooseIndex } from './indexes.js'
import type { Piece } from './progress.js'
import { type Task, type TreeWork, inSessions } from './sessions.js'
import { bringBack, guarded, inTransaction, withOwnSearchPath } from './statements.js'
import { type Moment, countUnwritten } from './take-originals.js'

/**
 * Writes every tree anew, several at the same time, the largest first, so that no session is left with it at the end.
 * Their indexes are built afterwards, by whichever session has nothing else to do.
 * @returns rows of each table, by OID.
 */
export async function maskTrees(
  work: TreeWork,
  { indexes, moment }: { indexes: readonly LooseIndex[]; moment: Moment },
): Promise<ReadonlyMap<string, number>> {
  const rows = new Map<string, number>()
  const waiting = work.inPlace.trees.toSorted((a, b) => b.rows - a.rows)
  const ready: LooseIndex[] = []
  const pieces = new Map(waiting.map((tree) => [tree, pieceOf(tree)]))
  work.progress.begin('writing tables anew', [...pieces.values()])
  let busy = 0
  const nextTree = (): Task | undefined => {
    const tree = waiting.shift()
    if (!tree) return undefined
    busy++
    return async (sql) => {
      const piece = pieces.get(tree)!
      for (const [id, count] of await work.progress.during(piece, () => maskTree(sql, tree, { work, moment })))
        rows.set(id, count)
      busy--
      ready.push(...indexes.filter(({ table }) => tree.tables.some(({ id }) => id === table)))
    }
  }
  const nextIndex = (): Task | undefined => {
    const index = ready.shift()
    return index && ((sql) => bringBack(sql, 'an index', index.restore))
  }
  // The session that masked the last tree ends as well: from then on all of them share what is left.
  await inSessions(work, () => nextTree() ?? (busy > 0 ? nextIndex() : undefined))
  work.progress.begin('building indexes', [])
  await inSessions(work, nextIndex)
  return rows
}

/** A tree counts as one table: that of its root. */
function pieceOf({ root, tables }: TreePlan): Piece {
  const bytes = tables.reduce((sum, { size }) => sum + size, 0)
  return { table: { ...root, size: bytes }, bytes }
}

async function maskTree(
  sql: Sql,
  tree: TreePlan,
  { work: { plan, key }, moment }: { work: TreeWork; moment: Moment },
): Promise<Map<string, number>> {
  return inTransaction(sql, async () => {
    await giveKey(sql, key)
    await sql.query(`LOCK TABLE ${tree.root.sql} IN ACCESS EXCLUSIVE MODE`)
    await sql.query('SET LOCAL row_security = off')
    const rows = new Map<string, number>()
    await scanInOrder(sql)
    for (const { table } of plan.stored.filter((stored) => tree.tables.includes(stored.table)))
      rows.set(table.id, await guarded(table.sql, () => countUnwritten(sql, table, moment)))
    for (const statement of tree.functions) await sql.query(statement)
    await withOwnSearchPath(sql, async () => {
      for (const statement of tree.alters) await guarded(tree.root.sql, () => sql.query(statement))
    })
    return rows
  })
}
