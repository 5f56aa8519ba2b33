import { counted, size, tie } from '../domain/amounts.js'
import type { BranchReport, CommandReport } from '../domain/branch-report.js'
import type { Violation } from '../domain/fail-on.js'
import { byDanger, type Finding, type Severity, severities } from '../domain/insight.js'
import { codeBlock, folded, type Piece, type Rows, tableOf } from './insight-room.js'
import { duration, foreign, foreignCode, foreignLine, short } from './insight-text.js'

export const marks: Record<Severity, string> = { high: '🔴', medium: '🟠', low: '🔵' }

/** The verdict in one line: what a reviewer must know who reads nothing else. */
export function headline(report: BranchReport): string {
  const { findings, failOn, problems } = report
  const failed = failedCommand(report)
  const broken = new Set(failOn?.violations.flatMap(({ finding }) => finding ?? []) ?? []).size
  if (failed !== undefined) return `❌ Database report: the ${failed} failed`
  if (broken > 0)
    return `❌ Database report: ${counted(broken, 'finding')} ${broken === 1 ? 'fails' : 'fail'} this check`
  if ((failOn?.violations.length ?? 0) > 0) return '❌ Database report: this check could not be judged'
  const dangerous = findings.filter(({ severity }) => severity === 'high').length
  if (dangerous > 0) return `🔴 Database report: ${counted(dangerous, 'finding')} to settle before production`
  if (findings.length > 0) return `🟠 Database report: ${counted(findings.length, 'finding')} to look at`
  if (problems.length > 0) return '⚠️ Database report: no findings, but not everything could be looked at'
  return '✅ Database report: no findings'
}

/** How many of each severity, and how the commands went. */
export function countsLine(report: BranchReport): string {
  const counts = severities.flatMap((severity) => {
    const count = report.findings.filter((finding) => finding.severity === severity).length
    return count === 0 ? [] : [`${marks[severity]} **${count} ${severity}**`]
  })
  const commands = [told('Migration', report.migrate), told('Seed', report.seed)]
  return [...counts, ...commands].filter((part) => part !== undefined).join(' · ')
}

function told(name: string, command: CommandReport | undefined): string | undefined {
  return command && succeeded(command) ? `${name} ran in ${duration(command.ms)}` : undefined
}

/** The table of findings, the most dangerous first, and their statements folded away under it. */
export function findingsOf({ findings }: BranchReport): Piece[] {
  if (findings.length === 0) return []
  const sorted = [...findings].sort(byDanger)
  const rows = sorted.map((finding, index) => [
    `${marks[finding.severity]}${tie}${index + 1}`,
    `${foreignCode(short(finding.object, 120))}${place(finding)}`,
    `${foreign(short(finding.detail, 600))}${cost(finding)}`,
    foreign(short(finding.advice, 600)),
  ])
  const table: Rows = { ...tableOf('finding', ['', 'Where', 'What happens', 'Safer way'], rows), weight: 4 }
  return [table, ...statementsOf(sorted)]
}

function place({ file, line }: Finding): string {
  if (file === undefined) return ''
  return `<br><sub>${foreign(short(file, 120))}${line === undefined ? '' : `:${line}`}</sub>`
}

function cost({ ms, bytes, ratio, source }: Finding): string {
  const parts = [
    ...(ms === undefined ? [] : [duration(ms)]),
    ...(bytes === undefined ? [] : [size(bytes)]),
    ...(ratio === undefined ? [] : [`${times(ratio)} the cost`]),
  ]
  const how = source === 'static' ? 'read from the statement' : 'seen on the branch'
  if (parts.length > 0) return `<br><sub>**${parts.join(' · ')}**, ${how}</sub>`
  return source === 'static' ? `<br><sub>${how}</sub>` : ''
}

/** Such as `3.2×`. */
export function times(ratio: number): string {
  return `${ratio >= 9.95 ? Math.round(ratio) : ratio.toFixed(1)}×`
}

function statementsOf(sorted: readonly Finding[]): Piece[] {
  const numbers = new Map<string, number[]>()
  for (const [index, { statement }] of sorted.entries()) {
    if (statement !== undefined) numbers.set(statement, [...(numbers.get(statement) ?? []), index + 1])
  }
  if (numbers.size === 0) return []
  const text = [...numbers].map(([statement, of]) => `-- ${of.join(', ')}\n${short(statement.trim(), 2000)}`)
  return folded(`Their ${counted(numbers.size, 'statement')}`, [codeBlock('sql', text.join('\n\n'))])
}

/** Why the check fails, why a command failed, and what could not be looked at. */
export function troubles(report: BranchReport): Piece[] {
  const { failOn, problems } = report
  return [
    ...(failOn ? failures(failOn.violations, [...report.findings].sort(byDanger)) : []),
    ...failure('migration', report.migrate),
    ...failure('seed', report.seed),
    ...list('**Not looked at:**', problems, 'part'),
  ]
}

/** Conditions with the numbers of the findings that break them, and one line for each that could not be judged. */
function failures(violations: readonly Violation[], sorted: readonly Finding[]): Piece[] {
  const numbers = new Map<string, string[]>()
  const others: string[] = []
  for (const { condition, finding, detail } of violations) {
    const number = finding === undefined ? 0 : sorted.indexOf(finding) + 1
    if (number === 0) others.push(detail)
    else numbers.set(condition.text, [...(numbers.get(condition.text) ?? []), String(number)])
  }
  const broken = [...numbers].map(([text, of]) => {
    const rest = of.length > longestList ? ` and ${of.length - longestList} more` : ''
    const named = of.length === 1 ? 'finding' : 'findings'
    return `${foreignCode(short(text, 40))} (${named} ${of.slice(0, longestList).join(', ')}${rest})`
  })
  return [
    ...(broken.length === 0 ? [] : [`**Fails \`fail_on\`:** ${broken.join(' · ')}`]),
    ...list('**Not judged:**', others, 'condition'),
  ]
}

/** Numbers of findings behind one condition. */
const longestList = 20

function list(title: string, texts: readonly string[], noun: string): Piece[] {
  if (texts.length === 0) return []
  return [{ before: `${title}\n`, rows: texts.map((text) => `- ${foreignLine(short(text, 600))}`), after: '', noun }]
}

function failure(name: string, command: CommandReport | undefined): Piece[] {
  if (command === undefined || succeeded(command)) return []
  const status = command.exit === undefined ? 'it was ended' : `exit status ${command.exit}`
  const why = command.failure === undefined ? '' : ` ${foreign(short(command.failure, 2000))}`
  const statement = command.statement === undefined ? [] : [codeBlock('sql', short(command.statement, 4000))]
  return [`**The ${name} failed** after ${duration(command.ms)} (${status}).${why}`, ...statement]
}

function failedCommand({ migrate, seed }: BranchReport): string | undefined {
  if (migrate !== undefined && !succeeded(migrate)) return 'migration'
  return seed !== undefined && !succeeded(seed) ? 'seed' : undefined
}

function succeeded({ exit, failure: why }: CommandReport): boolean {
  return exit === 0 && why === undefined
}
