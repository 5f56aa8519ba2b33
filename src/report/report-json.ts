import type { BranchReport } from '../domain/branch-report.js'
import { redact, type Secret } from '../secret.js'

/** Findings in the output; a step output may hold 1 MiB: https://docs.github.com/actions/reference/limits */
const mostFindings = 200
/** Characters of each statement. */
const longestStatement = 500

/** The report for later steps: what was found and what failed, without plans, trees and times. */
export function reportJson(report: BranchReport, secrets: readonly Secret[]): string {
  const { branch, parent, migrate, seed, findings, failOn, diff, problems } = report
  const told = {
    branch,
    parent,
    migrate,
    seed,
    findings: findings.slice(0, mostFindings).map(({ statement, ...finding }) => ({
      ...finding,
      ...(statement !== undefined && { statement: statement.slice(0, longestStatement) }),
    })),
    findings_left_out: Math.max(0, findings.length - mostFindings),
    violations: failOn?.violations.map(({ condition, detail }) => ({ condition: condition.text, detail })) ?? [],
    schema_diff: diff?.counts,
    problems,
  }
  return JSON.stringify(told, (_, value: unknown) => (typeof value === 'string' ? redact(value, secrets) : value))
}
