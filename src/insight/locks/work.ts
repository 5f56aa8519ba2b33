import type { Constraint, Inventory } from './inventory.js'
import { type HeavyMode, strength } from './modes.js'
import type { TimedHold } from './recorded-holds.js'
import type { Recording } from './recorder.js'
import type { Rewrite, Scan } from './report.js'
import { cutStatement } from './texts.js'

export interface Traces {
  readonly before: Inventory
  /** Undefined where the catalog could not be read again. */
  readonly after: Inventory | undefined
  readonly recording: Recording | undefined
  readonly texts: ReadonlyMap<number, string>
  readonly holds: readonly TimedHold[]
}

const reasons: readonly (readonly [number, string])[] = [
  [1, 'the table was made logged or unlogged'],
  [2, 'a new column has a default or a computed value that differs from row to row'],
  [4, 'the type of a column was changed'],
  [8, 'the access method was changed'],
]

/** Tables written anew: as the server told, and those that have a new file all the same (VACUUM FULL and its kind). */
export function rewritesOf({ before, after, recording, texts, holds }: Traces): Rewrite[] {
  const recorded = (recording?.rewrites ?? []).filter(({ relation }) => before.relations.has(relation))
  const told = recorded.map((rewrite, index): Rewrite => {
    const next = recorded[index + 1]
    const ended = recording?.statements.find(({ id }) => id === rewrite.statement)?.ended ?? rewrite.started
    const until = next?.statement === rewrite.statement ? next.started : ended
    return {
      relation: before.relations.get(rewrite.relation)?.name ?? '',
      reason:
        reasons.flatMap(([bit, reason]) => (rewrite.reason & bit ? [reason] : [])).join(', and ') || 'written anew',
      bytes: rewrite.bytes,
      ms: Math.max(0, until - rewrite.started),
      ...textOf(texts.get(rewrite.statement)),
    }
  })
  const known = new Set(recorded.map(({ relation }) => relation))
  const found = [...before.relations].flatMap(([oid, old]): Rewrite[] => {
    const now = after?.relations.get(oid)
    if (known.has(oid) || !now || now.file === old.file || old.file === undefined || !'rm'.includes(old.kind)) return []
    const hold = holds.filter(({ relation }) => relation === oid).sort((a, b) => strength(b.mode) - strength(a.mode))[0]
    // TRUNCATE takes a new file too, and writes nothing.
    const emptied = (old.heapBytes > 0 && now.heapBytes === 0) || /^\s*truncate\b/i.test(hold?.statement ?? '')
    if (emptied) return []
    const reason = /\b(vacuum|cluster|refresh materialized view)\b/i.exec(hold?.statement ?? '')?.[1]?.toUpperCase()
    return [
      {
        relation: old.name,
        reason: reason ? `${reason} writes it anew` : 'it has a new file',
        bytes: now.bytes,
        ...(hold && { ms: hold.until - hold.from }),
        ...textOf(hold?.statement),
      },
    ]
  })
  return [...told, ...found]
}

/**
 * Tables read as a whole by a change of the schema. With the recorder these are the reads the server counted, by statement;
 * without, what the catalog calls validated now and did not before.
 */
export function scansOf(traces: Traces): Scan[] {
  const proven = newlyProven(traces)
  return traces.recording ? countedScans(traces, traces.recording, proven) : impliedScans(traces, proven)
}

/** Constraints that hold for all rows of an old table since the migration, by table. */
function newlyProven({ before, after }: Traces): Map<number, Constraint[]> {
  const proven = new Map<number, Constraint[]>()
  for (const [key, constraint] of after?.constraints ?? []) {
    const old = before.constraints.get(key)
    // A column that is new is NOT NULL without a look at the rows, or the table was rewritten.
    const isNew = constraint.validated && !(old ? old.validated : key.startsWith('n'))
    if (!isNew || !before.relations.has(constraint.relation)) continue
    proven.set(constraint.relation, [...(proven.get(constraint.relation) ?? []), constraint])
  }
  return proven
}

function countedScans(traces: Traces, recording: Recording, proven: Map<number, Constraint[]>): Scan[] {
  const { before, texts } = traces
  const scans = new Map<string, Scan>()
  for (const { statement: id, relation: oid, tuples } of recording.scans) {
    const statement = recording.statements.find((one) => one.id === id)
    const index = before.relations.get(oid)?.table
    const table = before.relations.get(index ?? oid)
    // Through an index whole tables are read to prove a foreign key, and single rows for anything else.
    if (!statement || !table || (index !== undefined && !proven.has(index))) continue
    const mode = strongest(
      recording.locks.filter(
        (lock) => lock.xid === statement.xid && lock.relation === (index ?? oid) && lock.statement <= id,
      ),
    )
    const rewritten = recording.rewrites.some((one) => one.statement === id && one.relation === (index ?? oid))
    // Without such a lock it was only read, as by CREATE TABLE … AS.
    if (!mode || rewritten) continue
    const text = texts.get(id) ?? ''
    const constraint = namesIn(text, proven.get(index ?? oid) ?? [], [...texts.values()])
    const key = `${id} ${index ?? oid}`
    scans.set(key, {
      relation: table.name,
      ...(constraint !== '' && { constraint }),
      mode,
      tuples: Math.max(tuples, scans.get(key)?.tuples ?? 0),
      bytes: table.heapBytes,
      ms: statement.ended - statement.started,
      ...textOf(text),
    })
  }
  return [...scans.values()]
}

function impliedScans({ before, holds }: Traces, proven: Map<number, Constraint[]>): Scan[] {
  return [...proven].flatMap(([oid, constraints]): Scan[] => {
    const table = before.relations.get(oid)
    // A partitioned table has no rows of its own; its partitions have the constraint too.
    if (!table || table.kind === 'p') return []
    const onIt = holds.filter(({ relation }) => relation === oid)
    const mode = strongest(onIt)
    const statement = onIt.find((hold) => hold.mode === mode)?.statement
    return [
      {
        relation: table.name,
        constraint: constraints.map(({ name }) => name).join(', '),
        ...(mode && { mode }),
        bytes: table.heapBytes,
        ...textOf(statement),
      },
    ]
  })
}

/** Those of the constraints that the statement speaks of, or that nobody speaks of where it makes some without a name. */
function namesIn(text: string, constraints: readonly Constraint[], all: readonly string[]): string {
  const named = constraints.filter((constraint) => speaksOf(text, constraint))
  const nameless = /\b(check|references|not null)\b/i.test(text)
    ? constraints.filter((constraint) => !all.some((one) => speaksOf(one, constraint)))
    : []
  return (named.length > 0 ? named : nameless).map(({ name }) => name).join(', ')
}

function speaksOf(text: string, { name }: Constraint): boolean {
  const column = /^NOT NULL (.*)$/.exec(name)?.[1]
  if (column !== undefined && !/\b(not null|primary key)\b/i.test(text)) return false
  const word = (column ?? name).replace(/^"|"$/g, '').replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  return new RegExp(`(?<![\\p{L}\\p{N}_])${word}(?![\\p{L}\\p{N}_])`, 'iu').test(text)
}

function strongest(locks: readonly { readonly mode: HeavyMode }[]): HeavyMode | undefined {
  return [...locks].sort((a, b) => strength(b.mode) - strength(a.mode))[0]?.mode
}

function textOf(text: string | undefined): { statement?: string } {
  return text === undefined ? {} : { statement: cutStatement(text) }
}
