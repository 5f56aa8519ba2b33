import { type Finding, type Severity, byDanger } from '../../domain/insight.js'
import type { PlanChange } from './change.js'

export interface PlanThresholds {
  /** Times as costly, from which a query is worth a finding. */
  readonly ratio: number
  /** The planner's cost up to which a query is quick whatever it does; a block read in order costs 1. */
  readonly cost: number
}

const usual: PlanThresholds = { ratio: 2, cost: 100 }

/** A table whose reading from end to end takes the better part of a second. */
const largeBytes = 100_000_000
/** Times as costly: an outage rather than a slower page. */
const steep = 10

/** What is worth a reviewer's attention: queries that no longer run, lost indexes, and cost above the thresholds. */
export function findingsOfPlans(changes: readonly PlanChange[], thresholds: Partial<PlanThresholds> = {}): Finding[] {
  return changes.flatMap((change) => findingOf(change, { ...usual, ...thresholds }) ?? []).sort(byDanger)
}

function findingOf(change: PlanChange, thresholds: PlanThresholds): Finding | undefined {
  const { query, statement, file, line, ratio, ms } = change
  const place = { statement, file, line, source: 'plan' as const, ...(ms && { ms: ms.after }) }
  const measure = ratio === undefined ? {} : { ratio: Math.round(ratio * 100) / 100 }
  switch (change.change) {
    case 'fails':
      return {
        ...{ kind: 'break', severity: 'high', rule: 'query-fails', object: query, ...place },
        detail: `The query runs on the parent and fails on the branch. ${change.notes.join(' ')}`,
        advice: 'Release code that does without what is gone first, and take it away in a later migration.',
      }
    case 'index to seq scan':
      return { ...place, ...measure, ...lostIndex(change, thresholds) }
    case 'costlier':
    case 'reads more':
    case 'new sort':
      return grewTooMuch(change, thresholds) ? { ...place, ...measure, ...growth(change) } : undefined
    case 'unknown':
    case 'plan changed':
    case 'new':
    case 'better':
    case 'same':
      return undefined
  }
}

type Told = Pick<Finding, 'kind' | 'severity' | 'rule' | 'object' | 'detail' | 'advice' | 'bytes'>

function lostIndex(change: PlanChange, { cost }: PlanThresholds): Told {
  const { query, tables, bytes = 0, ratio = 1, basis } = change
  const grave: Severity = bytes >= largeBytes || ratio >= steep ? 'high' : 'medium'
  const quick = basis === 'costs' && (change.cost?.after ?? 0) <= cost
  const how =
    basis === 'costs'
      ? `the estimated cost is ${times(change)}`
      : 'judged by the indexes alone, because the branch does not hold the rows of the parent'
  return {
    ...{ kind: 'seq_scan', rule: 'index-to-seq-scan', severity: quick ? 'low' : grave, bytes },
    object: some(tables),
    detail: `"${query}" found its rows through an index on the parent and reads the whole table on the branch; ${how}.${measuredText(change)}`,
    advice: 'Keep an index that serves its condition as it is now, built CONCURRENTLY before the old one goes.',
  }
}

function growth(change: PlanChange): Told {
  const { query, ratio = 1, late } = change
  const rules = { 'reads more': 'reads-more', 'new sort': 'new-sort' } as Readonly<Record<string, string>>
  const what = late
    ? 'ended in time on the parent and did not on the branch'
    : change.change === 'reads more'
      ? `reads ${round(ratio)} times as many blocks as on the parent`
      : `has an estimated cost ${times(change)}`
  return {
    ...{ kind: 'cost', rule: rules[change.change] ?? 'costlier', object: query },
    severity: late || ratio >= steep ? 'high' : 'medium',
    detail: `"${query}" ${what}.${measuredText(change)}`,
    advice: 'Look at the plan: an index, fresh statistics (ANALYZE) or another query takes the new part away.',
  }
}

function grewTooMuch({ ratio = 1, cost, late, change }: PlanChange, thresholds: PlanThresholds): boolean {
  if (late) return true
  if (ratio < thresholds.ratio) return false
  // Blocks that were really read need no estimate to count.
  return change === 'reads more' || (cost?.after ?? 0) > thresholds.cost
}

function times({ cost, ratio = 1 }: PlanChange): string {
  const [before, after] = [cost?.before ?? 0, cost?.after ?? 0].map((value) => Math.round(value))
  return `${round(ratio)} times that of the parent (${before} to ${after})`
}

function measuredText({ ms, buffers }: PlanChange): string {
  if (!ms || !buffers) return ''
  return ` It took ${round(ms.before)} ms and ${buffers.before} blocks there, ${round(ms.after)} ms and ${buffers.after} blocks here.`
}

/** Partitions come by the hundred. */
function some(tables: readonly string[]): string {
  const more = tables.length - 3
  return tables.slice(0, 3).join(', ') + (more > 0 ? ` and ${more} more` : '')
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
