import type { InPlacePlan } from '../../domain/masking/in-place-plan.js'
import type { MaskingPlan } from '../../domain/masking/plan.js'
import type { ServerFacts } from '../../domain/masking/schema.js'
import type { MaskingKey, Sql } from '../../ports.js'
import { silenceLog } from './key.js'
import type { Unit } from './originals.js'
import type { Progress } from './progress.js'
import { makeRoom } from './room.js'

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
  readonly progress: Progress
}

/** What one session does at a time. */
export type Task = (sql: Sql) => Promise<void>

/** Does tasks in several sessions at a time. One failure ends the whole: the others finish what they do and begin nothing. */
export async function inSessions(work: TreeWork, next: () => Task | undefined): Promise<void> {
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
