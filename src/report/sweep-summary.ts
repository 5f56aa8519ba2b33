import type { SweepOutcome, SweepResult } from '../domain/sweep-outcome.js'
import { namesWith } from '../domain/sweep-outcome.js'
import { duration } from './last-line.js'
import { code, plain } from './markdown.js'

/** Above so many, the rest of a group is counted instead of listed. */
const listed = 200
/** Characters of a reason; the log has it whole. */
const longestReason = 300
/** Bytes of rows in all: GitHub drops a summary above 1 MiB. */
const room = 900_000

const words: Record<SweepResult['status'], string> = {
  failed: '❌ Failed',
  deleted: '🧹 Deleted',
  refreshed: '🔄 Rebuilt',
  kept: '🛡️ Kept',
}
const intentions = { ...words, deleted: '🧹 Would delete', refreshed: '🔄 Would rebuild', kept: '🛡️ Would keep' }

/** The step summary of a sweep: counts first, then every branch with its reason, grouped, readable at 5 and at 1,000. */
export function renderSweep(outcome: SweepOutcome): string {
  const { plan, results } = outcome
  const what = outcome.mode === 'cleanup' ? 'Cleanup of database branches' : 'Refresh of database branches'
  const parts = [`### ${outcome.dryRun ? '📝 Dry run: ' : ''}${what}`]
  if (plan.refused !== undefined) parts.push(`❌ **Nothing was changed:** ${plain(plan.refused)}.`)
  const titles = outcome.dryRun ? intentions : words
  const counts = statuses().map((status) => `${titles[status]} ${namesWith(results, status).length}`)
  parts.push(counts.join(' · '))
  const rows = { left: room }
  for (const status of statuses()) {
    const members = results.filter((result) => result.status === status)
    parts.push(...renderGroups(members, { title: titles[status], open: status !== 'kept' }, rows))
  }
  const total = outcome.steps.reduce((sum, step) => sum + step.ms, 0)
  parts.push(
    [duration(total), outcome.budget]
      .filter((part) => part !== undefined)
      .map(plain)
      .join(' · '),
  )
  return `${parts.join('\n\n')}\n`
}

/** One line for the log of each branch that was not simply none of ours. */
export function sweepLines(results: readonly SweepResult[]): string[] {
  const foreign = results.filter((result) => result.kind === 'not ours').length
  const lines = results
    .filter((result) => result.kind !== 'not ours')
    .map(({ name, status, kind, reason }) => `${status} "${name}" (${kind}): ${reason}`)
  return foreign === 0 ? lines : [...lines, `kept ${foreign} that are not ours`]
}

function statuses(): SweepResult['status'][] {
  return ['failed', 'deleted', 'refreshed', 'kept']
}

function renderGroups(
  results: readonly SweepResult[],
  { title, open }: { title: string; open: boolean },
  space: { left: number },
): string[] {
  const groups = new Map<string, SweepResult[]>()
  for (const result of results) groups.set(result.kind, [...(groups.get(result.kind) ?? []), result])
  return [...groups].map(([kind, members]) => {
    const rows = rowsThatFit(members, space)
    const rest = members.length > rows.length ? `\n\n… and ${members.length - rows.length} more.` : ''
    return `<details${open ? ' open' : ''}><summary>${title}: ${plain(kind)} (${members.length})</summary>\n\n| Branch | Why |\n| --- | --- |\n${rows.join('\n')}${rest}\n\n</details>`
  })
}

function rowsThatFit(members: readonly SweepResult[], space: { left: number }): string[] {
  const rows: string[] = []
  for (const { name, reason } of members.slice(0, listed)) {
    const short = reason.length > longestReason ? `${reason.slice(0, longestReason)}…` : reason
    const row = `| ${code(name)} | ${plain(short)} |`
    space.left -= Buffer.byteLength(row)
    if (space.left < 0) return rows
    rows.push(row)
  }
  return rows
}
