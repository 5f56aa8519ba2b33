import type { InPlacePlan } from '../../domain/masking/in-place-plan.js'
import type { MaskingPlan } from '../../domain/masking/plan.js'
import type { ServerFacts } from '../../domain/masking/schema.js'
import type { TreePlan } from '../../domain/masking/tree-plan.js'
import type { MaskingKey, Sql } from '../../ports.js'
import { giveKey, silenceLog } from './key.js'
import { type Unit, collectOriginals, unitsIn } from './originals.js'
import type { PlainIndex } from './plain-indexes.js'
import { makeRoom } from './room.js'
import { guarded, inTransaction, withOwnSearchPath } from './statements.js'

/** A session that ends when told to. */
export interface MaskingSession extends Sql {
  close(): Promise<void>
}

export interface TreeWork {
  readonly plan: MaskingPlan
  readonly inPlace: InPlacePlan
  readonly units: readonly Unit[]
  readonly server: ServerFacts
  readonly key: MaskingKey
  /** Opens another session on the same branch, prepared like the first. */
  readonly open: () => Promise<MaskingSession>
  /** Sessions that write tables anew at the same time; 1 or more. */
  readonly parallel: number
}

type Task = (sql: Sql) => Promise<void>

/**
 * Writes every tree anew, several at the same time, the largest first, so that no session is left with it at the end.
 * Their indexes are built afterwards, by whichever session has nothing else to do.
 * @returns rows of each table, by OID.
 */
export async function maskTrees(work: TreeWork, indexes: readonly PlainIndex[]): Promise<ReadonlyMap<string, number>> {
  const rows = new Map<string, number>()
  const waiting = work.inPlace.trees.toSorted((a, b) => b.rows - a.rows)
  const ready: PlainIndex[] = []
  let busy = 0
  const nextTree = (): Task | undefined => {
    const tree = waiting.shift()
    if (!tree) return undefined
    busy++
    return async (sql) => {
      for (const [id, count] of await maskTree(work, sql, tree)) rows.set(id, count)
      busy--
      ready.push(...indexes.filter(({ table }) => tree.tables.some(({ id }) => id === table)))
    }
  }
  const nextIndex = (): Task | undefined => {
    const index = ready.shift()
    return index && ((sql) => buildIndex(sql, index))
  }
  // The session that masked the last tree ends as well: from then on all of them share what is left.
  await inSessions(work, () => nextTree() ?? (busy > 0 ? nextIndex() : undefined))
  await inSessions(work, nextIndex)
  return rows
}

/** One failure ends the whole: the others finish what they do and begin nothing. */
async function inSessions(work: TreeWork, next: () => Task | undefined): Promise<void> {
  const failures: unknown[] = []
  const lane = async () => {
    const first = next()
    if (!first) return
    const sql = await work.open()
    try {
      await silenceLog(sql, work.server.superuser)
      await makeRoom(sql)
      for (let task: Task | undefined = first; task && failures.length === 0; task = next()) await task(sql)
    } catch (error) {
      failures.push(error)
    } finally {
      await sql.close()
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, work.parallel) }, lane))
  if (failures.length > 0) throw failures[0]
}

async function maskTree({ plan, units, key }: TreeWork, sql: Sql, tree: TreePlan): Promise<Map<string, number>> {
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

async function buildIndex(sql: Sql, index: PlainIndex): Promise<void> {
  await inTransaction(sql, () =>
    withOwnSearchPath(sql, async () => {
      for (const statement of index.restore) await guarded('an index', () => sql.query(statement))
    }),
  )
}
