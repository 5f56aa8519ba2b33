import type { Sql } from '../../ports.js'
import { asPool, corrected } from '../../sql/pg-delta.js'
import type { Session } from '../../sql/session.js'
import { sqlState } from '../../sql/session.js'
import { schemaDifferences } from './compare.js'
import { columnPositions, commentOnPublic, mendings, renamings } from './mend.js'
import { type Step, inOrder, tableOfColumn } from './order.js'

/**
 * Gives an empty database of the same server the schema of another one, and proves that both are alike. Rows, large
 * objects, user mappings and subscriptions are no part of it.
 * @returns what is not alike, by name; empty when the copy is proven. The copy is then of no use.
 */
export async function cloneSchema(source: Session, target: Session): Promise<string[]> {
  // Loaded on demand: few runs need it, and it is large.
  const [{ extract }, { plan }] = await Promise.all([
    import('@supabase/pg-delta/extract'),
    import('@supabase/pg-delta/plan'),
  ])
  await source.query('SET search_path = pg_catalog')
  const empty = await extract(asPool(target))
  const wanted = await extract(asPool(source))
  const { actions } = plan(empty.factBase, wanted.factBase, { compact: false })
  await target.query('BEGIN; SET LOCAL search_path = pg_catalog; SET LOCAL check_function_bodies = off')
  try {
    const steps = inOrder(actions, await columnPositions(source))
    const right = steps.map((step) => ({ ...step, sql: corrected(step.sql, step.produces[0]?.kind) }))
    const failed = await runInTurns(target, right)
    if (failed.length > 0) {
      await target.query('ROLLBACK')
      return failed
    }
    const [server] = await source.query<{ version: number }>(
      `SELECT current_setting('server_version_num')::int AS version`,
    )
    const late = [
      ...(await renamings(source, target)),
      ...(await mendings(source, server?.version ?? 0)),
      ...(await commentOnPublic(source)),
    ]
    for (const statement of late) await attempt(target, statement)
    await target.query('COMMIT')
  } catch (error) {
    await target.query('ROLLBACK').catch(() => undefined)
    throw error
  }
  return schemaDifferences(source, target)
}

/**
 * Tries every step in order, and those that came too early again after the others, until all are done or none of them
 * gets further. @returns what is left, in words.
 */
async function runInTurns(sql: Sql, steps: readonly Step[]): Promise<string[]> {
  for (let waiting = steps; ;) {
    const left: Step[] = []
    const held = new Set<string>()
    const why: string[] = []
    for (const step of waiting) {
      const table = tableOfColumn(step)
      const error =
        table !== undefined && held.has(table) ? 'waits for the column before' : await attempt(sql, step.sql)
      if (error === undefined) continue
      left.push(step)
      why.push(`${step.sql.split(/\s+/).slice(0, 3).join(' ')} (${error})`)
      if (table !== undefined) held.add(table)
    }
    if (left.length === 0) return []
    if (left.length === waiting.length) return why
    waiting = left
  }
}

/** @returns SQLSTATE of a refusal, after which the transaction goes on as if nothing had been said. */
async function attempt(sql: Sql, statement: string): Promise<string | undefined> {
  await sql.query('SAVEPOINT step')
  try {
    await sql.query(statement)
  } catch (error) {
    const state = sqlState(error)
    if (state === undefined || !/^[0-9A-Z]{5}$/.test(state)) throw error
    await sql.query('ROLLBACK TO SAVEPOINT step')
    return state
  }
  await sql.query('RELEASE SAVEPOINT step')
  return undefined
}
