import type { BranchReport } from './domain/branch-report.js'
import type { Finding } from './domain/insight.js'
import { renderTemplate } from './domain/names.js'
import type { Outcome } from './domain/outcome.js'
import type { BranchConfig } from './inputs.js'
import type { SealedConfig } from './inputs/sealed.js'
import type { Job, OutputName } from './ports.js'
import { reportJson } from './report/report-json.js'
import { renderSummary, seconds } from './report/summary.js'
import type { SweepReport } from './report/sweep-report.js'

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

/** The one line that says what happened; the time is that of the steps, without the start of the program. */
function lastLine({ branch, status, reason, steps }: Outcome): string {
  if (status === 'planned') return `Done: "${branch}" planned, nothing changed: ${reason}.`
  const ms = steps.reduce((sum, step) => sum + step.ms, 0)
  return `Done: "${branch}" ${status}${steps.length > 0 ? ` in ${seconds(ms)}` : ''}, because ${reason}.`
}

/** GitHub shows no more warnings of one step: https://docs.github.com/actions/reference/limits */
const mostAnnotations = 10

function isPlaced(finding: Finding): finding is Finding & { readonly file: string; readonly line: number } {
  return finding.file !== undefined && finding.line !== undefined
}

/** The same facts for people in the summary, for programs in an output, and on the lines of the files that they are about. */
async function tellReport(job: Job, report: BranchReport): Promise<void> {
  const { renderReport } = await import('./report/insight-report.js')
  await job.summary(renderReport(report, { place: 'summary', secrets: job.secrets() }))
  job.output('report', reportJson(report, job.secrets()))
  for (const { file, line, rule, detail, advice, severity } of report.findings
    .filter(isPlaced)
    .slice(0, mostAnnotations)) {
    if (severity !== 'low') job.warning(`${detail} ${advice}`, { file, line, title: rule })
  }
}

/** The environment that holds the URL now; empty when none does. */
function environmentHolding({ environment, pullRequest, repository }: BranchConfig, { exposed }: Outcome): string {
  if (!environment) return ''
  const number = pullRequest ?? undefined
  const name = renderTemplate(environment.template, { number, repository: repository.name })
  return exposed.some((place) => place.endsWith(` of environment ${name}`)) ? name : ''
}

export async function tellSweep(job: Job, told: SweepReport): Promise<void> {
  for (const line of told.lines) job.info(line)
  for (const [name, value] of Object.entries(told.outputs)) job.output(name as OutputName, value)
  await job.summary(told.summary)
  for (const warning of told.warnings) job.warning(warning)
  if (told.failure) throw told.failure
}
