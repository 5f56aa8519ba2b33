import { byDanger, type Finding, type Severity } from '../../domain/insight.js'
import type { TableFacts } from '../lint/facts.js'
import { written } from '../lint/names.js'
import { type HeavyMode, strength } from './modes.js'
import type { HeldLock, LockReport, Rewrite, Scan } from './report.js'
import { saferLock, saferRewrite, saferScan } from './safer.js'

/** A table of production, as the parent has it. */
export type ProductionTable = Pick<TableFacts, 'schema' | 'name' | 'rows' | 'bytes'>

/** Rows and bytes that decide how bad it is; absent where nobody knows. */
interface Size {
  readonly rows?: number
  readonly bytes?: number
}

/** As in lint/hazard.ts: small is done before anyone notices, large is an outage at any rate a disk has. */
const small = { rows: 10_000, bytes: 8_000_000 }
const large = { rows: 1_000_000, bytes: 1_000_000_000 }

/** Milliseconds that users take for slow, and for an outage, whatever the size of the table. */
const slow = 200
const outage = 2000

/**
 * What of the report is a danger to production, worst first. A lock that only lasts as long as a change of the catalog is
 * none. Sizes are production's where `production` has the table, else the branch's, which may hold far less.
 */
export function findingsOfLocks(report: LockReport, production: readonly ProductionTable[] = []): Finding[] {
  const known = new Map(production.map((table) => [written(table), table]))
  const sizeOf = (relation: string, branch: Size): Size => known.get(relation) ?? branch
  return [
    ...report.relations.flatMap((lock) =>
      lockFinding(lock, { report, size: sizeOf(lock.relation, sizeOnBranch(lock)) }),
    ),
    ...report.rewrites.map((rewrite) => rewriteFinding(rewrite, sizeOf(rewrite.relation, rewrite))),
    ...report.scans.flatMap((scan) => scanFinding(scan, sizeOf(scan.relation, scanned(scan)))),
  ].sort(byDanger)
}

function sizeOnBranch({ rows, sizeBytes }: HeldLock): Size {
  return { bytes: sizeBytes, ...(rows !== undefined && { rows }) }
}

function scanned({ tuples, bytes }: Scan): Size {
  return { bytes, ...(tuples !== undefined && { rows: tuples }) }
}

const meanwhile: Record<HeavyMode, string | undefined> = {
  ShareUpdateExclusiveLock: undefined,
  ShareLock: 'nobody could write the table',
  ShareRowExclusiveLock: 'nobody could write the table',
  ExclusiveLock: 'nobody could write the table',
  AccessExclusiveLock: 'nobody could read or write the table',
}

const rules: Record<HeavyMode, string> = {
  ShareUpdateExclusiveLock: 'share-update-exclusive',
  ShareLock: 'share-lock',
  ShareRowExclusiveLock: 'share-row-exclusive',
  ExclusiveLock: 'exclusive-lock',
  AccessExclusiveLock: 'access-exclusive',
}

function lockFinding(lock: HeldLock, { report, size }: { report: LockReport; size: Size }): Finding[] {
  const { relation, mode, ms, waited, statement, statementMs } = lock
  const blocks = meanwhile[mode]
  if (!blocks) return []
  const works = worksThrough(lock, report)
  // Who waits for the lock makes all that come after wait behind it.
  const total = ms + waited
  if (!works && total < slow) return []
  const dragged = statementMs !== undefined && ms - statementMs > Math.max(slow, statementMs)
  const reads = mode === 'AccessExclusiveLock'
  const base: Severity = total >= outage ? 'high' : reads || total >= outage / 2 ? 'medium' : 'low'
  const waiting = waited >= slow ? `, after it had waited for ${seconds(waited)} with everybody behind it` : ''
  const rest = dragged
    ? ': the statement itself was done long before, and the lock lasted to the end of its transaction'
    : ''
  const grows = works ? `; the time grows with the table${inProduction(size)}` : ''
  return [
    {
      kind: 'lock',
      rule: rules[mode],
      severity: works ? weigh(reads ? 'high' : 'medium', size) : base,
      object: relation,
      detail: `For ${seconds(ms)} ${blocks}${waiting}${rest}${grows}.`,
      advice: dragged && !works ? 'End the transaction right after this statement.' : saferLock(statement, mode),
      ms: total,
      ...given(statement),
      source: 'observed',
    },
  ]
}

/** The statement did not only change the catalog: it wrote or read the whole table under this lock. */
function worksThrough({ relation, mode, statement }: HeldLock, { rewrites, scans }: LockReport): boolean {
  return (
    rewrites.some((one) => one.relation === relation && one.statement === statement) ||
    scans.some((one) => one.relation === relation && one.statement === statement && one.mode === mode)
  )
}

function rewriteFinding({ relation, reason, bytes, ms, statement }: Rewrite, size: Size): Finding {
  return {
    kind: 'rewrite',
    rule: 'table-rewrite',
    severity: weigh('high', size),
    object: relation,
    detail: `The whole table and its indexes were written anew: ${reason}${inProduction(size)}.`,
    advice: saferRewrite(reason, statement),
    ...(ms !== undefined && { ms }),
    bytes: size.bytes ?? bytes,
    ...given(statement),
    source: 'observed',
  }
}

/** Under a lock that lets others read and write, a scan is the safer way already; an index is built under the lock told of. */
function scanFinding({ relation, constraint, mode, bytes, ms, statement }: Scan, size: Size): Finding[] {
  if (mode === undefined || strength(mode) <= strength('ShareLock')) return []
  return [
    {
      kind: 'scan',
      rule: 'full-scan',
      severity: weigh(mode === 'AccessExclusiveLock' ? 'high' : 'medium', size),
      object: relation,
      detail: `Every row was read${constraint ? ` to prove ${constraint}` : ''} while ${meanwhile[mode]}${inProduction(size)}.`,
      advice: saferScan(statement, constraint),
      ...(ms !== undefined && { ms }),
      bytes: size.bytes ?? bytes,
      ...given(statement),
      source: 'observed',
    },
  ]
}

const ladder = ['low', 'medium', 'high'] as const

/** One step down on a table known to be small, one up on a large one. */
function weigh(severity: Severity, { rows, bytes }: Size): Severity {
  const at = ladder.indexOf(severity)
  if ((rows ?? 0) >= large.rows || (bytes ?? 0) >= large.bytes) return ladder[Math.min(2, at + 1)] ?? severity
  const isSmall = rows !== undefined && rows <= small.rows && (bytes ?? 0) <= small.bytes
  return isSmall ? (ladder[Math.max(0, at - 1)] ?? severity) : severity
}

function inProduction({ rows }: Size): string {
  return rows === undefined ? '' : ` (about ${rows.toLocaleString('en-US')} rows)`
}

function seconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}

function given(statement: string | undefined): { statement?: string } {
  return statement === undefined ? {} : { statement }
}
