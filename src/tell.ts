import type { BranchReport } from './domain/branch-report.js'
import { byDanger } from './domain/insight.js'
import { renderTemplate } from './domain/names.js'
import type { Outcome } from './domain/outcome.js'
import { CancelledError, faultsOf, messageOf, RefusedError } from './errors.js'
import type { BranchConfig } from './inputs.js'
import type { SealedConfig } from './inputs/sealed.js'
import type { FilePlace, Job, OutputName } from './ports.js'
import { reportJson } from './report/report-json.js'
import { duration, lastLine } from './report/last-line.js'
import { renderFailure, renderSummary } from './report/summary.js'
import type { SweepReport } from './report/sweep-report.js'
import { type ActionSource, troubleshootingPage } from './troubleshooting.js'

/** Tells what became of one branch: outputs, summary, last line of the log. */
export async function tell(job: Job, config: BranchConfig | SealedConfig, outcome: Outcome): Promise<void> {
  const gone = outcome.status === 'deleted'
  job.output('status', outcome.status)
  job.output('branch_name', outcome.branch)
  job.output('branch_id', gone ? '' : (outcome.branchId ?? ''))
  job.output('parent_branch', outcome.parent ?? '')
  job.output('created', String(outcome.status === 'created'))
  job.output('environment', 'environment' in config ? environmentHolding(config, outcome) : '')
  job.output('deleted', JSON.stringify(gone ? [outcome.branch] : []))
  job.output('kept', JSON.stringify(outcome.status === 'kept' ? [outcome.branch] : []))
  await job.summary(renderSummary(outcome, config.pullRequest))
  if (outcome.report) await tellReport(job, outcome.report)
  job.info(lastLine(outcome))
}

/** GitHub shows no more warnings of one step, and no more errors: https://docs.github.com/actions/reference/limits */
const mostAnnotations = 10

/** The same facts for people in the summary, for programs in an output, and on the lines of the files that they are about. */
async function tellReport(job: Job, report: BranchReport): Promise<void> {
  const { renderReport } = await import('./report/insight-report.js')
  await job.summary(renderReport(report, { place: 'summary', secrets: job.secrets() }))
  job.output('report', reportJson(report, job.secrets()))
  const placed = [...found(report), ...unread(report)]
  for (const { message, ...place } of placed.slice(0, mostAnnotations)) job.warning(message, place)
}

type Annotation = FilePlace & { readonly message: string }

function found({ findings }: BranchReport): Annotation[] {
  return [...findings].sort(byDanger).flatMap(({ file, line, rule, detail, advice, severity }) => {
    if (file === undefined || line === undefined || severity === 'low') return []
    return [{ message: `${detail} ${advice}`, file, line, title: rule }]
  })
}

/** What could not be looked at, where the sentence begins with the line of a file. */
function unread({ problems }: BranchReport): Annotation[] {
  return problems.flatMap((problem) => {
    const [, file = '', line, message = ''] = /^(\S[^:]*):(\d+): (.*)$/s.exec(problem) ?? []
    return line === undefined ? [] : [{ message, file, line: Number(line), title: 'Not looked at' }]
  })
}

/** The environment that holds the URL now; empty when none does. */
function environmentHolding({ environment, pullRequest, repository }: BranchConfig, { exposed }: Outcome): string {
  if (!environment) return ''
  const number = pullRequest ?? undefined
  const name = renderTemplate(environment.template, { number, repository: repository.name })
  return exposed.some((place) => place.endsWith(` of environment ${name}`)) ? name : ''
}

/** Lines of branches that stand in the open; more are folded. */
const mostOpenLines = 20

export async function tellSweep(job: Job, told: SweepReport): Promise<void> {
  const lines = async () => told.lines.forEach((line) => job.info(line))
  await (told.lines.length > mostOpenLines
    ? job.group(`${told.lines.length} lines: each branch and why`, lines)
    : lines())
  for (const [name, value] of Object.entries(told.outputs)) job.output(name as OutputName, value)
  await job.summary(told.summary)
  for (const warning of told.warnings) job.warning(warning)
  if (told.failure) throw told.failure
  job.info(told.lastLine)
}

export interface FailedRun {
  /** What the run was about as far as it knew, such as `Database branch "pr-7"`. */
  readonly subject: string
  readonly source: ActionSource
  /** Milliseconds since the run began. */
  readonly ms: number
  /** What becomes of what it was building, where it was cancelled; undefined: it was not. */
  readonly cancelled: string | undefined
}

/** Tells why a run ended, where to read more, and in the last line that nothing is to be expected of it. */
export async function tellFailure(job: Job, error: unknown, run: FailedRun): Promise<void> {
  const { subject, source } = run
  if (run.cancelled !== undefined) {
    job.error(`The run was cancelled. ${run.cancelled}`)
    const page = await troubleshootingPage(new CancelledError('cancelled'), source)
    job.info(`Cancelled: ${subject}, after ${duration(run.ms)}. More about this: ${page}`)
    return
  }
  const page = await troubleshootingPage(error, source)
  const message = messageOf(error)
  annotate(job, error, `${message}\nMore about this: ${page}`)
  const cause = error instanceof Error ? error.cause : undefined
  if (cause !== undefined) job.debug(`Cause: ${messageOf(cause)}`)
  if (error instanceof Error && error.stack) job.debug(error.stack)
  const refused = error instanceof RefusedError
  // A summary that cannot be written must not hide why the run failed.
  await job
    .summary(renderFailure({ subject, refused, message, page }))
    .catch((fault: unknown) => job.debug(`No summary: ${messageOf(fault)}`))
  job.info(
    `${refused ? 'Refused' : 'Failed'}: ${subject}, after ${duration(run.ms)}. The error above says why and what to do.`,
  )
}

/** On the line that is wrong, where one is; of several, each has its own. */
function annotate(job: Job, error: unknown, message: string): void {
  const places = faultsOf(error).map(({ detail, ...place }): FilePlace & { detail: string } => ({
    ...place,
    title: 'Database branch',
    detail,
  }))
  const [first, ...others] = places
  if (others.length === 0) return job.error(message, first && placeOf(first))
  for (const place of places.slice(0, mostAnnotations - 1)) job.error(place.detail, placeOf(place))
  job.error(message)
}

function placeOf({ file, line, column, title }: FilePlace): FilePlace {
  return { file, line, title, ...(column !== undefined && { column }) }
}
