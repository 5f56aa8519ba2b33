import type { FindingKind, Severity } from '../../domain/insight.js'
import type { History, Table } from './history.js'
import { written } from './names.js'
import type { Type } from './type-change.js'

/** What a rule says, before the size of the table weighs in. */
export interface Hazard {
  readonly rule: string
  readonly kind: FindingKind
  /** On a table of which nothing is known. */
  readonly severity: Severity
  readonly object: string
  /** One sentence: what happens to production. */
  readonly detail: string
  /** One line: the safer way. */
  readonly advice: string
  /** The table whose size decides how long or how much. */
  readonly grows?: Table
}

/** What a rule may ask beside the statement itself. */
export interface Look {
  readonly history: History
  /** Reads a type as the catalog writes it. */
  typeFrom(text: string): Type
}

/** The fields of a hazard that is about one table. */
export function about(table: Table): { object: string } {
  return { object: written(table.name) }
}

/** The same, where a larger table makes it worse. */
export function growing(table: Table): { object: string; grows: Table } {
  return { object: written(table.name), grows: table }
}

const ladder = ['low', 'medium', 'high'] as const

/** Small: done before anyone notices. Large: long enough for an outage at any rate a disk has. */
const small = { rows: 10_000, bytes: 8_000_000 }
const large = { rows: 1_000_000, bytes: 1_000_000_000 }

/**
 * One step down on a table known to be small, one up on a large one; an unknown size changes nothing. Lost rows are lost
 * on a small table too: only where there are none is there no loss.
 */
export function weigh({ severity, kind, grows }: Pick<Hazard, 'severity' | 'kind' | 'grows'>): Severity {
  const { rows, bytes } = grows?.facts ?? {}
  if (kind === 'data_loss') return rows === 0 ? 'low' : severity
  const at = ladder.indexOf(severity)
  if ((rows ?? 0) >= large.rows || (bytes ?? 0) >= large.bytes) return ladder[Math.min(2, at + 1)] ?? severity
  const isSmall = rows !== undefined && rows <= small.rows && (bytes ?? 0) <= small.bytes
  return isSmall ? (ladder[Math.max(0, at - 1)] ?? severity) : severity
}
