import type { Outcome, Status } from '../domain/outcome.js'
import { duration } from './last-line.js'
import { code, line, plain, table } from './markdown.js'

const headlines: Record<Status, string> = {
  created: '🌱 Database branch created',
  reused: '♻️ Database branch reused',
  reset: '🔄 Database branch rebuilt',
  reported: '🔎 Database branch looked at',
  connected: '🔌 Connected to the database branch',
  deleted: '🧹 Database branch deleted',
  absent: '🧹 No database branch to delete',
  kept: '🛡️ Database branch kept',
  skipped: '⏭️ No database branch',
  planned: '📝 Dry run: nothing was changed',
}

const policies = {
  schema_only: 'schema only: tables without rows',
  masked: 'masked',
  copy: 'full copy',
} as const

/** The step summary: what happened to this pull request's database, for a person in a hurry. */
export function renderSummary(outcome: Outcome, pullRequest: number | null): string {
  const rows: [string, string][] = [['Branch', code(outcome.branch)]]
  if (pullRequest !== null) rows.push(['Pull request', `#${pullRequest}`])
  if (outcome.parent) rows.push(['Parent', code(outcome.parent)])
  if (outcome.dataPolicy) rows.push(['Data', policies[outcome.dataPolicy]])
  if (outcome.masked) rows.push(['Masked by', `rules ${code(outcome.masked.rules)}, key ${code(outcome.masked.key)}`])
  if (outcome.approval) rows.push(['Copy approved', plain(outcome.approval)])
  if (outcome.createdAt) rows.push(['Made at', plain(outcome.createdAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC'))])
  if (outcome.exposed.length > 0) rows.push(['URL handed to', outcome.exposed.map(plain).join(', ')])
  if (outcome.golden) rows.push(['URL handed to', 'nobody: branches are made from it'])
  rows.push(['Why', plain(outcome.reason)])
  const parts = [`### ${headlineOf(outcome)}`, table(rows)]
  if (outcome.notes.length > 0) parts.push(outcome.notes.map((note) => `- ${line(note)}`).join('\n'))
  if (outcome.steps.length > 0) parts.push(renderSteps(outcome))
  return `${parts.join('\n\n')}\n`
}

function headlineOf({ status, golden }: Outcome): string {
  if (!golden) return headlines[status]
  return status === 'reset' ? '🏅 Golden parent built anew' : '🏅 Golden parent built'
}

export interface FailedRun {
  /** What the run was about, such as `Database branch "pr-7"`. */
  readonly subject: string
  /** A guard said no, or else something went wrong. */
  readonly refused: boolean
  readonly message: string
  /** Address of what is said about this failure elsewhere. */
  readonly page: string
}

export function renderFailure({ subject, refused, message, page }: FailedRun): string {
  const title = `### ❌ ${plain(subject)} ${refused ? 'refused' : 'failed'}`
  return `${title}\n\n${line(message)}\n\n[What this means and what to do](${page})\n`
}

function renderSteps({ steps }: Outcome): string {
  const total = steps.reduce((sum, step) => sum + step.ms, 0)
  const lines = steps.map((step) => `| ${plain(step.name)} | ${duration(step.ms)} |`)
  return `<details><summary>${duration(total)} in ${steps.length} ${steps.length === 1 ? 'step' : 'steps'}</summary>\n\n| Step | Time |\n| --- | ---: |\n${lines.join('\n')}\n\n</details>`
}
