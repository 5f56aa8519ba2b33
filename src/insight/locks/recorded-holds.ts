import type { Hold } from './holds.js'
import type { RecordedStatement, Recording } from './recorder.js'

/** A lock with the statement that took it. Milliseconds of the server's clock. */
export interface TimedHold extends Readonly<Omit<Hold, 'query'>> {
  readonly statement: string | undefined
  readonly statementMs: number | undefined
  readonly exact: boolean
}

/** What the server wrote down, what was sampled, and how both belong together. */
export interface Evidence {
  readonly recording: Recording | undefined
  /** Texts of the recorded statements, by id. */
  readonly texts: ReadonlyMap<number, string>
  readonly sampled: readonly Hold[]
  /** Milliseconds between two looks, at most. */
  readonly gap: number
}

/**
 * The recorder knows each end to the COMMIT, and that a lock was taken in the course of a statement; the sampler knows the
 * waiting, and what was locked by other means than a change of the schema. Where both saw a lock, the recorder's times
 * count, unless the sampler saw it well before or after them.
 */
export function holdsOf({ recording, texts, sampled, gap }: Evidence): TimedHold[] {
  const byId = new Map(recording?.statements.map((statement) => [statement.id, statement]))
  const matched = new Set<Hold>()
  const recorded = (recording?.locks ?? []).flatMap((lock): TimedHold[] => {
    const statement = byId.get(lock.statement)
    if (!statement) return []
    const { pid, started: from, committed: until } = statement
    const same = sampled.filter(
      (hold) =>
        hold.pid === pid &&
        hold.relation === lock.relation &&
        hold.mode === lock.mode &&
        hold.from - gap <= until &&
        hold.until + gap >= from,
    )
    for (const hold of same) matched.add(hold)
    return [joined({ lock, statement, text: texts.get(statement.id), seen: same[0], gap })]
  })
  const alone = sampled
    .filter((hold) => !matched.has(hold))
    .map(({ query, ...hold }) => ({ ...hold, statement: query, statementMs: undefined, exact: false }))
  return [...recorded, ...alone]
}

interface Pair {
  readonly lock: Recording['locks'][number]
  readonly statement: RecordedStatement
  readonly text: string | undefined
  readonly seen: Hold | undefined
  readonly gap: number
}

function joined({ lock, statement, text, seen, gap }: Pair): TimedHold {
  const { pid, started, ended, committed } = statement
  // Seen well before: an earlier statement of the transaction took it, such as LOCK TABLE.
  const earlier = seen !== undefined && seen.from < started - gap
  const waited = earlier ? 0 : (seen?.waited ?? 0)
  const from = earlier || waited > 0 ? (seen?.from ?? started) : started
  const until = seen && seen.until > committed + gap ? seen.until : committed
  return {
    ...{ pid, relation: lock.relation, mode: lock.mode, from, until: Math.max(from, until) },
    ...{ waited: seen?.waited ?? 0, wait: seen?.wait, exact: true },
    statement: earlier ? seen.query : text,
    statementMs: earlier ? undefined : ended - started,
  }
}
