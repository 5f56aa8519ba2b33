import type { BranchReport } from '../domain/branch-report.js'
import { ageOf, showAge } from '../domain/verdict.js'
import { redact, type Secret } from '../secret.js'
import { countsLine, findingsOf, headline, troubles } from './insight-findings.js'
import { diffOf, locksOf, plansOf, timesOf } from './insight-parts.js'
import { fit, type Room } from './insight-room.js'
import { foreign, foreignCode, foreignLine, short } from './insight-text.js'

/**
 * GitHub refuses comments above 65,536 characters, and drops summaries above 1 MiB; the summary's other parts need room
 * too, and a comment's marker.
 */
const rooms: Readonly<Record<'comment' | 'summary', Room>> = {
  comment: { limit: 65_000, measure: (text) => text.length },
  summary: { limit: 900_000, measure: (text) => Buffer.byteLength(text) },
}

const policies = { schema_only: 'schema only, no rows', masked: 'masked', copy: 'full copy' } as const

/**
 * The report as Markdown. Secrets are taken out before anything is escaped or cut: afterwards they could no longer be
 * recognised.
 */
export function renderReport(
  report: BranchReport,
  { place, secrets }: { place: 'comment' | 'summary'; secrets: readonly Secret[] },
): string {
  const clean = withoutSecrets(report, { secrets, seen: new Map() }) as BranchReport
  const counts = countsLine(clean)
  const pieces = [
    `### ${headline(clean)}`,
    ...(counts === '' ? [] : [counts]),
    ...troubles(clean),
    ...findingsOf(clean),
    ...(clean.locks ? [...locksOf(clean.locks), ...timesOf(clean.locks)] : []),
    ...(clean.diff ? diffOf(clean.diff) : []),
    ...(clean.plans ? plansOf(clean.plans) : []),
    originOf(clean, place),
  ]
  return fit(pieces, rooms[place])
}

/** Which branch this is about, what is in it, and how old it is. */
function originOf(report: BranchReport, place: 'comment' | 'summary'): string {
  const { branch, parent, dataPolicy, certificate, createdAt, reportedAt, commit, runUrl } = report
  const now = reportedAt === undefined ? undefined : new Date(reportedAt)
  const age = createdAt !== undefined && now !== undefined ? ageOf(createdAt, now) : undefined
  // A comment is read long after; GitHub shows when it was edited.
  const inComment = place === 'comment'
  const facts = [
    `Branch ${foreignCode(short(branch, 80))}`,
    ...(parent === undefined ? [] : [`parent ${foreignCode(short(parent, 80))}`]),
    ...(dataPolicy === undefined ? [] : [policies[dataPolicy]]),
    ...(createdAt === undefined ? [] : [`made ${minute(createdAt)}`]),
    ...(age === undefined || inComment ? [] : [`${showAge(age)} old`]),
    ...(commit !== undefined && /^[0-9a-f]{40}$/.test(commit) ? [`commit ${commit}`] : []),
    ...(inComment && isAddress(runUrl) ? [`[whole report](${runUrl})`] : []),
  ]
  const proof = certificate === undefined ? '' : `\n\n<sub>🛡️ ${foreignLine(short(certificate, 600))}</sub>`
  return `<sub>${facts.join(' · ')}</sub>${proof}`
}

/** Such as `2026-11-22 09:30 UTC`. */
function minute(date: string): string {
  return foreign(date.replace('T', ' ').replace(/:\d\d(\.\d+)?Z$/, ' UTC'))
}

/** Of the forge, as its own variables give it; anything that could end a link is none. */
function isAddress(url: string | undefined): url is string {
  return url !== undefined && /^https?:\/\/[\w.:-]+\/[\w./-]+$/.test(url)
}

/** A copy. What stands in two places of a report, such as a finding that fails the check, is the same in both of the copy. */
function withoutSecrets(
  value: unknown,
  { secrets, seen }: { secrets: readonly Secret[]; seen: Map<unknown, unknown> },
): unknown {
  const inner = (each: unknown) => withoutSecrets(each, { secrets, seen })
  if (typeof value === 'string') return redact(value, secrets)
  if (typeof value !== 'object' || value === null) return value
  const copy =
    seen.get(value) ??
    (Array.isArray(value)
      ? value.map(inner)
      : Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inner(each)])))
  seen.set(value, copy)
  return copy
}
