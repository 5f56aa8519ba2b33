import { type Finding, type FindingKind, findingKinds, type Severity, severities } from './insight.js'

/** One entry of `fail_on`, such as `lock>2s`. */
export interface Condition {
  /** As the user wrote it. */
  readonly text: string
  readonly what: FindingKind | Severity
  /** A finding counts only above this. */
  readonly above?: { readonly measure: Measure; readonly value: number }
}

/** The field of a finding that is compared: milliseconds, bytes, or times as costly. */
type Measure = 'ms' | 'bytes' | 'ratio'

export interface Violation {
  readonly condition: Condition
  /** What broke it; without one, the condition could not be judged. */
  readonly finding?: Finding
  /** One sentence. */
  readonly detail: string
}

type Source = Finding['source']

const units: Readonly<Record<string, { readonly measure: Measure; readonly factor: number }>> = {
  ms: { measure: 'ms', factor: 1 },
  s: { measure: 'ms', factor: 1000 },
  min: { measure: 'ms', factor: 60_000 },
  kb: { measure: 'bytes', factor: 1024 },
  mb: { measure: 'bytes', factor: 1024 ** 2 },
  gb: { measure: 'bytes', factor: 1024 ** 3 },
  x: { measure: 'ratio', factor: 1 },
}

/** What each kind of finding can be compared by. */
const measures: Readonly<Record<FindingKind, readonly Measure[]>> = {
  lock: ['ms'],
  rewrite: ['ms', 'bytes'],
  scan: ['ms', 'bytes'],
  data_loss: [],
  break: [],
  seq_scan: ['ratio'],
  cost: ['ratio'],
}

/** Where findings of a kind come from: when that was asked for and could not be read, no finding proves nothing. */
const origins: Readonly<Record<FindingKind, readonly Source[]>> = {
  lock: ['observed', 'static'],
  rewrite: ['observed', 'static'],
  scan: ['observed', 'static'],
  data_loss: ['diff', 'static'],
  break: ['diff', 'static'],
  seq_scan: ['plan'],
  cost: ['plan'],
}

const exampleUnits: Readonly<Record<Measure, string>> = { ms: '2s', bytes: '100MB', ratio: '3x' }

/**
 * Reads `fail_on`: kinds of finding and severities, with commas or line ends between them, each kind with a limit where
 * it has something to compare. A severity means that one and every worse one. `fault` says in one sentence what is wrong.
 */
export function parseFailOn(text: string): { readonly conditions: readonly Condition[] } | { readonly fault: string } {
  const conditions: Condition[] = []
  for (const entry of text.split(/[,\r\n]/).map((part) => part.trim())) {
    if (entry === '') continue
    const condition = parseEntry(entry)
    if ('fault' in condition) return condition
    if (!conditions.some((other) => sameCondition(other, condition))) conditions.push(condition)
  }
  return { conditions }
}

function parseEntry(entry: string): Condition | { readonly fault: string } {
  const shown = JSON.stringify(entry.length > 80 ? `${entry.slice(0, 80)}…` : entry)
  const [, word = '', limit] = /^([a-z_]+)\s*(?:>\s*(.*))?$/i.exec(entry) ?? []
  const what = [...findingKinds, ...severities].find((known) => known === word.toLowerCase())
  if (what === undefined) {
    return { fault: `${shown} is none of ${findingKinds.join(', ')}, ${severities.join(', ')}` }
  }
  if (limit === undefined) return { text: entry, what }
  const allowed = isKind(what) ? measures[what] : []
  if (allowed.length === 0)
    return { fault: `${shown} has a limit, but "${what}" has nothing to compare; write "${what}"` }
  const [, digits = '', unit = ''] = /^(\d{1,9}(?:\.\d{1,3})?)\s*([a-z]+)$/i.exec(limit) ?? []
  const known = units[unit.toLowerCase()]
  if (known === undefined || !allowed.includes(known.measure)) {
    const examples = allowed.map((measure) => `"${what}>${exampleUnits[measure]}"`)
    return {
      fault: `${shown} has no limit that "${what}" can be compared with; write it like ${examples.join(' or ')}`,
    }
  }
  return { text: entry, what, above: { measure: known.measure, value: Number(digits) * known.factor } }
}

/**
 * Every finding that breaks a condition, the first condition that it breaks counting, and every condition that nobody
 * could judge.
 * @param unread why a source that was asked for could not be read.
 */
export function judge(
  { conditions, findings }: { conditions: readonly Condition[]; findings: readonly Finding[] },
  unread: Readonly<Partial<Record<Source, string>>> = {},
): Violation[] {
  const broken = findings.flatMap((finding) => {
    const condition = conditions.find((each) => breaks(finding, each))
    return condition ? [{ condition, finding, detail: `${condition.text}: ${finding.object}: ${finding.detail}` }] : []
  })
  const unjudged = conditions.flatMap((condition) =>
    sourcesOf(condition).flatMap((source) => {
      const why = unread[source]
      return why === undefined ? [] : [{ condition, detail: `${condition.text} could not be judged: ${why}` }]
    }),
  )
  return [...broken, ...unjudged]
}

/** The conditions that nothing could ever break, because no source of theirs is looked at. */
export function idle(conditions: readonly Condition[], looked: readonly Source[]): readonly Condition[] {
  return conditions.filter((condition) => !sourcesOf(condition).some((source) => looked.includes(source)))
}

/** Above the limit, never at it. A finding without the measure, such as one read from the statement, has not been measured. */
function breaks(finding: Finding, { what, above }: Condition): boolean {
  if (!isKind(what)) return severities.indexOf(finding.severity) <= severities.indexOf(what)
  if (finding.kind !== what) return false
  return above === undefined || (finding[above.measure] ?? 0) > above.value
}

function sourcesOf({ what, above }: Condition): readonly Source[] {
  if (!isKind(what)) return ['static', 'observed', 'diff', 'plan']
  // Only an observation can break a limit in seconds or bytes.
  return above === undefined ? origins[what] : origins[what].filter((source) => source !== 'static')
}

function sameCondition(a: Condition, b: Condition): boolean {
  return a.what === b.what && a.above?.measure === b.above?.measure && a.above?.value === b.above?.value
}

function isKind(what: FindingKind | Severity): what is FindingKind {
  return (findingKinds as readonly string[]).includes(what)
}
