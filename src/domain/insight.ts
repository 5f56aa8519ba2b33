/** What a migration did, or would do to production, in the words that `fail_on` and the report share. */

/** `lock`, `rewrite` and `scan` hold others up; `data_loss` destroys; `break` fails on rows or for running code. */
export const findingKinds = ['lock', 'rewrite', 'scan', 'data_loss', 'break', 'seq_scan', 'cost'] as const
export type FindingKind = (typeof findingKinds)[number]

export const severities = ['high', 'medium', 'low'] as const
export type Severity = (typeof severities)[number]

export interface Finding {
  readonly kind: FindingKind
  readonly severity: Severity
  /** Rule or observation, as one word with hyphens: `add-column-not-null`, `access-exclusive`. */
  readonly rule: string
  /** Table, index or other object, as the database writes it. */
  readonly object: string
  /** One sentence: what happens. */
  readonly detail: string
  /** One sentence: the safer way. */
  readonly advice: string
  /** The statement, which may hold literals of the migration: for the log and the pull request, never for a secret. */
  readonly statement?: string
  /** The migration file, as its tool or the user names it. */
  readonly file?: string
  /** Of the statement's first word in that file, from 1. */
  readonly line?: number
  /** Milliseconds that it held or took. */
  readonly ms?: number
  /** Bytes that were written anew or read. */
  readonly bytes?: number
  /** Times as costly on the branch as on the parent: 3 is three times. */
  readonly ratio?: number
  /** `static`: read from the statement; the others were observed on the branch. */
  readonly source: 'static' | 'observed' | 'diff' | 'plan'
}

/** The most dangerous first; among equals the longest, then by name, so that two runs print alike. */
export function byDanger(a: Finding, b: Finding): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    (b.ms ?? 0) - (a.ms ?? 0) ||
    (b.bytes ?? 0) - (a.bytes ?? 0) ||
    a.object.localeCompare(b.object) ||
    a.rule.localeCompare(b.rule)
  )
}
