import { type Plan, type Scan } from './tree.js'
import { type TableName, type TableState, tableKey } from './tables.js'

export interface Tables {
  readonly before: ReadonlyMap<string, TableState>
  readonly after: ReadonlyMap<string, TableState>
}

/** Bytes up to which a table is read whole as fast as through an index: ten blocks, what the planner takes an empty one for. */
const tiny = 10 * 8192

/** Beyond this many times larger or smaller, a table is another table to the planner. */
const alike = 2

/**
 * Whether the planner sees the same data on both sides, table for table: alike in size, and known from statistics where
 * the parent's is. A table that one side lacks is the migration's work, and no reason against.
 */
export function sameData({ before, after }: Tables, names: readonly TableName[]): boolean {
  return names.map(tableKey).every((key) => {
    const [old, now] = [before.get(key), after.get(key)]
    if (!old || !now) return true
    if (old.analysed.length > 0 && now.analysed.length === 0) return false
    const [small, large] = [Math.min(old.bytes, now.bytes), Math.max(old.bytes, now.bytes)]
    return large <= Math.max(tiny, small * alike)
  })
}

/** Columns that the migration left without statistics, as `orders.status`: the planner guesses until ANALYZE. */
export function unanalysed({ before, after }: Tables, names: readonly TableName[]): string[] {
  return names.flatMap((name) => {
    const [old, now] = [before.get(tableKey(name)), after.get(tableKey(name))]
    if (!old || !now || now.analysed.length === 0) return []
    const lost = old.analysed.filter((column) => now.columns.includes(column) && !now.analysed.includes(column))
    return lost.map((column) => `${name.table}.${column}`)
  })
}

/** Tables that are read whole more often than before, and through an index less often. */
export function lostByPlan(before: Plan, after: Plan): TableName[] {
  return distinct(before.scans).filter((name) => {
    const [old, now] = [before, after].map((plan) => plan.scans.filter((scan) => tableKey(scan) === tableKey(name)))
    const count = (scans: readonly Scan[] = [], seq: boolean) =>
      scans.filter(({ access }) => (access === 'seq') === seq).length
    return count(now, true) > count(old, true) && count(now, false) < count(old, false)
  })
}

export interface Serving {
  /** No index of the branch can do what one of the parent does. */
  readonly lost: readonly TableName[]
  /** An index could do it now, where the parent reads the table whole. */
  readonly gained: readonly TableName[]
  /** The index is there as it was, and yet it was not taken: another order of joins, or a condition that it no longer fits. */
  readonly unclear: readonly TableName[]
}

/**
 * The comparison that needs no rows. `before` is the plan that production uses. `possible` is the branch's with
 * sequential scans switched off: a table that is still not searched through an index cannot be. Where several tables
 * are joined, the planner may begin at another one; so an index that stands unchanged is not called lost there.
 */
export function compareServing(before: Plan, possible: Plan, tables: Tables): Serving {
  const single = distinct(before.scans).length === 1
  const [lost, gained, unclear]: [TableName[], TableName[], TableName[]] = [[], [], []]
  for (const name of distinct(before.scans)) {
    const key = tableKey(name)
    const of = (plan: Plan) => plan.scans.filter((scan) => tableKey(scan) === key)
    const [old, now] = [of(before), of(possible)]
    const used = old.filter(({ access }) => access !== 'seq')
    if (used.length === 0) {
      if (now.some(({ access, indexes }) => access === 'search' && indexes.some(isNew(tables, key)))) gained.push(name)
      continue
    }
    // A table that the query no longer needs is no loss.
    if (now.length === 0) continue
    const missing = used.filter((scan) => !now.some(({ access }) => access === 'search' || access === scan.access))
    if (missing.length === 0) continue
    const stands = missing.every(({ indexes }) => indexes.every(stays(tables, key)))
    const ordered = missing.every(({ access }) => access === 'index')
    if (stands && ordered) continue
    if (stands && !single) unclear.push(name)
    else lost.push(name)
  }
  return { lost, gained, unclear }
}

/** Each table of the scans once. */
export function distinct(names: readonly TableName[]): TableName[] {
  return [...new Map(names.map(({ schema, table }) => [tableKey({ schema, table }), { schema, table }])).values()]
}

function stays({ before, after }: Tables, key: string) {
  return (index: string) => {
    const definition = before.get(key)?.indexes.get(index)
    return definition !== undefined && definition === after.get(key)?.indexes.get(index)
  }
}

function isNew({ before }: Tables, key: string) {
  return (index: string) => before.get(key)?.indexes.has(index) !== true
}
