import type { Inventory } from './inventory.js'
import { strength } from './modes.js'
import type { TimedHold } from './recorded-holds.js'
import type { HeldLock } from './report.js'
import { cutStatement } from './texts.js'

/**
 * The locks that mean something to others: on what stood before the migration, and not covered by a stronger one on the
 * same table; the most dangerous first.
 */
export function heldLocks(holds: readonly TimedHold[], { relations }: Inventory): HeldLock[] {
  const onOld = holds.filter(({ relation }) => relations.has(relation))
  const groups = new Map<string, HeldLock>()
  for (const hold of onOld) {
    if (onOld.some((other) => covers(other, hold, relations))) continue
    const lock = described(hold, relations)
    const key = JSON.stringify([lock.relation, lock.mode, lock.statement])
    const known = groups.get(key)
    if (!known) groups.set(key, lock)
    else
      groups.set(key, { ...(lock.ms + lock.waited > known.ms + known.waited ? lock : known), times: known.times + 1 })
  }
  return [...groups.values()].sort(
    (a, b) =>
      strength(b.mode) - strength(a.mode) ||
      b.ms + b.waited - (a.ms + a.waited) ||
      a.relation.localeCompare(b.relation) ||
      (a.statement ?? '').localeCompare(b.statement ?? ''),
  )
}

/** Milliseconds by which two looks at one moment may differ. */
const blur = 50

function covers(strong: TimedHold, weak: TimedHold, relations: Inventory['relations']): boolean {
  if (strong === weak || strong.pid !== weak.pid) return false
  const ofIndex = relations.get(weak.relation)?.table === strong.relation
  if (strong.relation !== weak.relation && !ofIndex) return false
  const higher = strength(strong.mode) - strength(weak.mode)
  if (ofIndex ? higher < 0 : higher <= 0) return false
  return strong.from <= weak.from + blur && strong.until + blur >= weak.until
}

function described(hold: TimedHold, relations: Inventory['relations']): HeldLock {
  const own = relations.get(hold.relation)
  // A locked index holds up the queries of its table: the planner asks for every index.
  const sized = own?.table === undefined ? own : relations.get(own.table)
  return {
    relation: own?.name ?? String(hold.relation),
    mode: hold.mode,
    ms: Math.max(0, hold.until - hold.from),
    waited: hold.waited,
    ...(hold.wait !== undefined && { wait: hold.wait }),
    times: 1,
    ...(hold.statement !== undefined && { statement: cutStatement(hold.statement) }),
    ...(hold.statementMs !== undefined && { statementMs: hold.statementMs }),
    sizeBytes: sized?.bytes ?? 0,
    ...(sized?.rows !== undefined && { rows: sized.rows }),
    exact: hold.exact,
  }
}
