import { counted } from '../domain/amounts.js'
import type { Draft } from '../domain/masking/draft.js'
import { duration } from './last-line.js'
import { code, line } from './markdown.js'

export interface ScanOutcome {
  readonly parent: string
  readonly policyFile: string
  readonly draft: Draft
  /** The whole policy file. */
  readonly text: string
  readonly tables: readonly {
    readonly table: string
    readonly columns: number
    readonly rows: number
    readonly unread?: string
  }[]
  readonly notes: readonly string[]
}

/** Bytes of a draft that the summary shows: GitHub drops a summary above 1 MiB. */
const room = 900_000

/** What the log tells: tables, columns and what was drafted for them, never a value. */
export function scanLines({ tables, draft, notes }: ScanOutcome): string[] {
  const drafted = new Map(draft.tables.map(({ table, lines }) => [table, lines]))
  const told = tables.map(({ table, columns, rows, unread }) => {
    const read = unread === undefined ? `${counted(rows, 'row')} sampled` : `not read: ${unread}`
    const rules = countOf((drafted.get(table) ?? []).map(ruleName))
    return `${table}: ${read}, ${counted(columns, 'column')} looked at${rules === '' ? '' : `; drafted ${rules}`}`
  })
  return [...told, ...notes]
}

/** The one line that says what happened. */
export function lastScanLine({ parent, policyFile, tables }: ScanOutcome, ms: number): string {
  return `Done: "${parent}" scanned in ${duration(ms)}, ${counted(tables.length, 'table')}; nothing was written. The summary holds the draft of ${policyFile}.`
}

/** The draft itself, ready to be copied, with how to use it. */
export function renderScan({ parent, policyFile, text, tables, notes }: ScanOutcome): string {
  const rows = tables.reduce((sum, each) => sum + each.rows, 0)
  // A table may be called anything: a fence longer than any run of backticks cannot be closed from inside.
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const shown =
    Buffer.byteLength(text) > room
      ? 'The draft is too long for a summary; the output `report` holds it.'
      : `${fence}yaml\n${text}${fence}`
  const parts = [
    `### 🔎 Masking rules drafted for ${code(parent)}`,
    `${counted(rows, 'row')} of ${counted(tables.length, 'table')} ${rows === 1 ? 'was' : 'were'} sampled; nothing was written, and no value is shown. Review every line, above all those that say \`decide\`, and commit it as ${code(policyFile)} on the default branch.`,
    ...(notes.length > 0 ? [notes.map((note) => `- ${line(note)}`).join('\n')] : []),
    shown,
  ]
  return `${parts.join('\n\n')}\n`
}

function ruleName(each: Draft['tables'][number]['lines'][number]): string {
  if (each.kind !== 'mask') return each.kind
  return typeof each.rule === 'string' ? each.rule : String(each.rule['mask'])
}

function countOf(names: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].map(([name, times]) => (times > 1 ? `${name} (${times})` : name)).join(', ')
}
