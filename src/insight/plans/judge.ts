import type { BeforeAfter } from '../../domain/branch-report.js'
import { written } from '../lint/names.js'
import { type PlanChange, changeKinds } from './change.js'
import type { Explained } from './explain.js'
import type { PlanQuery } from './queries.js'
import type { Failure } from './read-only.js'
import { type Tables, compareServing, distinct, lostByPlan, sameData, unanalysed } from './served.js'
import { type TableName, tableKey } from './tables.js'
import type { Measured } from './tree.js'
import { diffLines } from './tree-diff.js'

export type Outcome = Explained | Failure

/** What both sides said to one query. */
export interface Pair {
  readonly query: PlanQuery
  readonly before: Outcome
  readonly after: Outcome
  /** The branch's plan without sequential scans, where the tables differ too much to compare the plans themselves. */
  readonly possible?: Outcome
}

/** Less than this is told as the same: estimates move that much when a statistic is gathered anew. */
const noticeable = 1.1

export function judgePair({ query, before, after, possible }: Pair, tables: Tables): PlanChange {
  const { name, file, line, text } = query
  const base = { query: name, file, line, statement: text, tables: [], nodes: [], notes: [] }
  if ('why' in before || 'why' in after) return { ...base, ...judgeFailure(before, after) }
  if (needsProbe({ before, after }, tables)) {
    return { ...base, ...judgeServing(before, possible, tables) }
  }
  return { ...base, ...judgeCosts(before, after, tables) }
}

/** Whether comparing the plans themselves would mislead, so that the branch must be asked what its indexes can do. */
export function needsProbe({ before, after }: Pick<Pair, 'before' | 'after'>, tables: Tables): boolean {
  if ('why' in before || 'why' in after) return false
  return !sameData(tables, distinct([...before.plan.scans, ...after.plan.scans]))
}

type Verdict = Pick<PlanChange, 'change'> & Partial<PlanChange>

function judgeFailure(before: Outcome, after: Outcome): Verdict {
  const notes = [
    ...('why' in before ? [`On the parent: ${before.why}.`] : []),
    ...('why' in after ? [`On the branch: ${after.why}.`] : []),
  ]
  const [oldFault, newFault] = [before, after].map((side) => ('why' in side ? side : undefined))
  if (oldFault && newFault) return { change: 'unknown', notes }
  if (newFault) return { change: newFault.ofQuery ? 'fails' : 'unknown', notes }
  return { change: oldFault?.ofQuery ? 'new' : 'unknown', notes }
}

function judgeServing(before: Explained, possible: Outcome | undefined, tables: Tables): Verdict {
  const basis = 'indexes'
  if (!possible) return { change: 'unknown', basis }
  if ('why' in possible) return { change: 'unknown', basis, notes: [`On the branch: ${possible.why}.`] }
  const { lost, gained, unclear } = compareServing(before.plan, possible.plan, tables)
  const nodes = lost.length > 0 ? diffLines(before.plan.lines, possible.plan.lines) : []
  const notes = [
    'The tables of the branch hold other rows than the parent, or none: only the use of indexes was compared, not the cost.',
    ...(gained.length > 0 ? [`An index could serve ${listed(gained)} now, if production's planner takes it.`] : []),
    ...(unclear.length > 0
      ? [`Whether an index still serves ${listed(unclear)} cannot be told without the parent's rows.`]
      : []),
  ]
  if (lost.length > 0) return { change: 'index to seq scan', basis, notes, nodes, ...losing(lost, tables) }
  if (unclear.length > 0) return { change: 'unknown', basis, notes }
  return { change: gained.length > 0 ? 'better' : 'same', basis, notes }
}

function judgeCosts(before: Explained, after: Explained, tables: Tables): Verdict {
  const cost = { before: before.plan.cost, after: after.plan.cost }
  const lost = lostByPlan(before.plan, after.plan)
  const nodes = diffLines(before.plan.lines, after.plan.lines)
  const measured = measuredOf(before.measured, after.measured)
  const growth = Math.max(cost.after, 1) / Math.max(cost.before, 1)
  const reads = measured && Math.max(measured.buffers.after, 1) / Math.max(measured.buffers.before, 1)
  const verdict = { basis: 'costs' as const, cost, nodes, ...measured, notes: notesOf(before, after, tables) }
  const worse = (change: PlanChange['change'], ratio: number) => ({ ...verdict, change, ratio })
  if (lost.length > 0 && cost.after > cost.before) {
    return { ...worse('index to seq scan', growth), ...losing(lost, tables) }
  }
  if (after.measured === 'late' && before.measured !== 'late' && before.measured) {
    return { ...worse('reads more', growth), late: true }
  }
  if (growth >= noticeable) return worse('costlier', growth)
  // Estimates can be blind to what the run shows; a few blocks more are none of it.
  if (reads !== undefined && reads >= noticeable && measured && measured.buffers.after >= 100) {
    return worse('reads more', reads)
  }
  if (after.plan.sorts > before.plan.sorts) return worse('new sort', growth)
  if (growth <= 1 / noticeable) return worse('better', growth)
  return worse(nodes.length > 0 ? 'plan changed' : 'same', growth)
}

function notesOf(before: Explained, after: Explained, tables: Tables): string[] {
  const guessed = unanalysed(tables, distinct([...before.plan.scans, ...after.plan.scans]))
  const late = [
    ...(before.measured === 'late' ? ['On the parent it did not end in time.'] : []),
    ...(after.measured === 'late' ? ['On the branch it did not end in time.'] : []),
  ]
  const measured = before.measured || after.measured === 'late' ? undefined : after.measured
  const alone = measured && `On the branch it took ${measured.ms} ms and ${measured.buffers} blocks.`
  const statistics = `The migration left no statistics on ${guessed.join(', ')}: until ANALYZE the planner guesses, in production too.`
  return [...new Set([before.note, after.note, alone])]
    .flatMap((note) => note ?? [])
    .concat(late, guessed.length > 0 ? [statistics] : [])
}

function measuredOf(
  before: Measured | 'late' | undefined,
  after: Measured | 'late' | undefined,
): { ms: BeforeAfter; buffers: BeforeAfter } | undefined {
  if (!before || !after || before === 'late' || after === 'late') return undefined
  return {
    ms: { before: before.ms, after: after.ms },
    buffers: { before: before.buffers, after: after.buffers },
  }
}

function losing(lost: readonly TableName[], { before }: Tables): Pick<PlanChange, 'tables' | 'bytes'> {
  const bytes = lost.reduce((sum, name) => sum + (before.get(tableKey(name))?.bytes ?? 0), 0)
  return { tables: lost.map(nameOf), bytes }
}

function listed(names: readonly TableName[]): string {
  return names.map(nameOf).join(', ')
}

function nameOf({ schema, table }: TableName): string {
  return written({ schema, name: table })
}

/** Worst first: by kind, then by how much, then by place, so that two runs print alike. */
export function byHarm(a: PlanChange, b: PlanChange): number {
  return (
    changeKinds.indexOf(a.change) - changeKinds.indexOf(b.change) ||
    (b.ratio ?? 0) - (a.ratio ?? 0) ||
    (b.bytes ?? 0) - (a.bytes ?? 0) ||
    a.file.localeCompare(b.file) ||
    a.line - b.line
  )
}
