import type { Running } from './holds.js'
import type { Recording } from './recorder.js'
import type { TimedStatement } from './report.js'
import { cutStatement } from './texts.js'

/** Statements a report keeps: the longest. */
const most = 200

/** The rest of a message is told apart from what was recorded of it when it is this many milliseconds, and this share. */
const rest = { ms: 20, share: 0.2 }

/**
 * Each change of the schema as recorded, and each message of a client that was seen and is more than what was recorded of
 * it; in the order of their start.
 */
export function timedStatements(
  recording: Recording | undefined,
  texts: ReadonlyMap<number, string>,
  running: readonly Running[],
): { statements: TimedStatement[]; leftOut: number } {
  const recorded = (recording?.statements ?? []).map(({ id, pid, queryAt, started, ended }) => ({
    ...{ pid, queryAt, started },
    sql: texts.get(id) ?? '',
    ms: ended - started,
  }))
  const messages = running.flatMap(({ pid, started, ended, query }) => {
    const inside = recorded.filter((one) => one.pid === pid && Math.abs(one.queryAt - started) < 1)
    const ms = ended - started
    const more = ms - inside.reduce((sum, one) => sum + one.ms, 0)
    const known = inside.length > 0 && (more < rest.ms || more < rest.share * ms)
    return known ? [] : [{ started, sql: cutStatement(query), ms }]
  })
  const all = [...recorded, ...messages]
  const longest = new Set([...all].sort((a, b) => b.ms - a.ms).slice(0, most))
  const statements = all
    .filter((one) => longest.has(one))
    .sort((a, b) => a.started - b.started)
    .map(({ sql, ms }) => ({ sql, ms }))
  return { statements, leftOut: all.length - statements.length }
}
