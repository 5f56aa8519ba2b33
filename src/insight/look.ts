import type { DiffFacts, LockFacts, PlanFacts } from '../domain/branch-report.js'
import { byDanger, type Finding, severities } from '../domain/insight.js'
import type { Known } from '../domain/known.js'
import { CancelledError, messageOf } from '../errors.js'
import type { Clock, SqlSession } from '../ports.js'
import { readTableFacts, type TableFacts } from './lint/facts.js'
import { lintStatements, type LintInput } from './lint/lint.js'
import { findingsOfLocks } from './locks/findings.js'
import type { LockReport } from './locks/report.js'
import { watchLocks } from './locks/watch.js'
import { comparePlans } from './plans/compare-plans.js'
import { findingsOfPlans } from './plans/findings.js'
import type { QueryFile } from './plans/queries.js'
import { diffSchemas } from './schema-diff/diff.js'
import { findingsOfDiff } from './schema-diff/findings.js'
import { diffTree } from './schema-diff/render.js'

export interface LookOrder {
  /** A new session on the branch, directly and not through a pooler. */
  readonly openBranch: () => Promise<SqlSession>
  /** A new session on the parent for reading; or why there is none. */
  readonly openParent: Known<() => Promise<SqlSession>>
  readonly locks: boolean
  readonly diff: boolean
  /** The files that `explain` names. */
  readonly queries: readonly QueryFile[]
  readonly analyze: 'off' | 'branch' | 'both'
  /** The pull request's migrations, in their order; empty where no files are named. */
  readonly migrations: readonly LintInput[]
  readonly clock: Clock
  readonly signal: AbortSignal
}

export interface Learned {
  readonly locks?: LockFacts
  readonly diff?: DiffFacts
  readonly plans?: PlanFacts
  readonly findings: readonly Finding[]
  readonly problems: readonly string[]
  /** Why a source that was asked for could not be read. */
  readonly unread: Readonly<Partial<Record<Finding['source'], string>>>
}

/** What is to be learned of a branch, before and after its migration. */
export interface Look {
  /** Watches the locks from now on. `end` gives the statement that was last seen at work. */
  watch(): Promise<{ end(): Promise<string | undefined> }>
  learn(): Promise<Learned>
}

/** A part of what is learned; `unread` says why it could not be. */
type Part = Partial<Omit<Learned, 'unread'>> & { readonly unread?: string }

/**
 * Looks at a branch from all sides that were asked for. What goes wrong in one of them is told as a problem and hides
 * nothing of the others. Reads the parent only; in the branch, only the recorder of locks writes, and takes itself away.
 */
export function lookAt(order: LookOrder): Look {
  let seen: LockReport | undefined
  let unwatched: string | undefined
  return {
    async watch() {
      const { clock, signal, openBranch: open } = order
      const watch = await orProblem('The locks were not watched', () => watchLocks({ open, clock, signal }))
      if (typeof watch === 'string') unwatched = watch
      return {
        async end() {
          if (typeof watch === 'string') return undefined
          const report = await orProblem('What the locks were is not known', () => watch.stop())
          if (typeof report === 'string') unwatched = report
          else seen = report
          return seen?.statements.at(-1)?.sql
        },
      }
    },
    async learn() {
      const parent = await openedParent(order)
      try {
        const tables = parent.known
          ? await orProblem('How large the tables of the parent are is not known', () => readTableFacts(parent.value))
          : []
        const facts = typeof tables === 'string' ? [] : tables
        const learned = combine({
          observed: order.locks ? observedPart(seen, { unwatched, facts }) : {},
          static: await staticPart(order, { seen, facts }),
          diff: order.diff ? await diffPart(order, parent) : {},
          plan: order.queries.length > 0 ? await planPart(order, parent) : {},
        })
        return typeof tables === 'string' ? { ...learned, problems: [tables, ...learned.problems] } : learned
      } finally {
        if (parent.known) await parent.value.close()
      }
    },
  }
}

async function openedParent({ openParent, ...order }: LookOrder): Promise<Known<SqlSession>> {
  if (!openParent.known) return openParent
  // Nothing of it is asked for: a session on production is opened for a reason only.
  if (!order.locks && !order.diff && order.queries.length === 0 && order.migrations.length === 0) {
    return { known: false, why: 'nobody asked for it' }
  }
  const session = await orProblem('The parent cannot be read', openParent.value)
  return typeof session === 'string' ? { known: false, why: session } : { known: true, value: session }
}

function observedPart(
  seen: LockReport | undefined,
  { unwatched, facts }: { unwatched: string | undefined; facts: readonly TableFacts[] },
): Part {
  if (!seen) return unwatched === undefined ? {} : { problems: [unwatched], unread: unwatched }
  const { problems, ...locks } = seen
  const [broken] = problems
  return {
    locks,
    findings: findingsOfLocks(seen, facts),
    problems: [...(unwatched === undefined ? [] : [unwatched]), ...problems],
    ...(broken !== undefined && { unread: broken }),
  }
}

/** By the files where there are some, as they have places; else by the statements that ran, where all were recorded. */
async function staticPart(
  { migrations }: LookOrder,
  { seen, facts }: { seen: LockReport | undefined; facts: readonly TableFacts[] },
): Promise<Part> {
  const inputs = migrations.length > 0 ? migrations : recorded(seen)
  if (inputs.length === 0) return {}
  const lint = await orProblem('The statements could not be looked at', () => lintStatements(inputs, facts))
  if (typeof lint === 'string') return { problems: [lint], unread: lint }
  const problems = lint.problems.map(
    ({ file, line, message }) => `${file === undefined ? '' : `${file}:${line}: `}not understood: ${message}.`,
  )
  const [first] = problems
  return { findings: lint.findings, problems, ...(first !== undefined && { unread: first }) }
}

function recorded(seen: LockReport | undefined): LintInput[] {
  if (!seen?.exact) return []
  return [{ sql: seen.statements.map(({ sql }) => `${sql.replace(/;\s*$/, '')};`).join('\n') }]
}

async function diffPart({ openBranch }: LookOrder, parent: Known<SqlSession>): Promise<Part> {
  const why = 'The schemas were not compared'
  if (!parent.known) return { problems: [`${why}: ${parent.why}.`], unread: parent.why }
  const diff = await orProblem(why, () => within(openBranch, (branch) => diffSchemas({ parent: parent.value, branch })))
  if (typeof diff === 'string') return { problems: [diff], unread: diff }
  const count = (kind: 'added' | 'removed' | 'changed') => diff.changes.filter(({ change }) => change === kind).length
  const counts = { added: count('added'), removed: count('removed'), changed: count('changed') }
  return {
    diff: { counts, tree: diffTree(diff), sql: diff.sql },
    findings: findingsOfDiff(diff),
    problems: diff.problems,
  }
}

async function planPart({ openBranch, queries: files, analyze }: LookOrder, parent: Known<SqlSession>): Promise<Part> {
  const compared = await orProblem('The plans were not compared', () =>
    within(openBranch, (branch) => comparePlans({ files, parent, branch, ...(analyze !== 'off' && { analyze }) })),
  )
  if (typeof compared === 'string') return { problems: [compared], unread: compared }
  const { changes, problems, unread } = compared
  return {
    plans: { queries: changes.length, changes: changes.filter(({ change }) => change !== 'same') },
    findings: findingsOfPlans(changes),
    problems: problems.map(
      ({ file, line, message }) => `${file === undefined ? '' : `${file}:${line ?? 1}: `}${message}`,
    ),
    ...(unread !== undefined && { unread }),
  }
}

function combine(parts: Readonly<Record<Finding['source'], Part>>): Learned {
  const { observed, static: read, diff, plan } = parts
  const all = Object.entries(parts)
  return {
    ...(observed.locks && { locks: observed.locks }),
    ...(diff.diff && { diff: diff.diff }),
    ...(plan.plans && { plans: plan.plans }),
    findings: withoutEchoes([observed, read, diff, plan].flatMap(({ findings = [] }) => findings)).toSorted(byDanger),
    problems: all.flatMap(([, { problems = [] }]) => problems),
    unread: Object.fromEntries(all.flatMap(([source, { unread }]) => (unread === undefined ? [] : [[source, unread]]))),
  }
}

/** One danger of one object is told once: by who measured it, else by who knows the statement, else by the difference. */
function withoutEchoes(findings: readonly Finding[]): Finding[] {
  const kept: Finding[] = []
  for (const finding of findings) {
    const told = kept.some(
      (other) =>
        other.source !== finding.source &&
        other.kind === finding.kind &&
        other.object === finding.object &&
        severities.indexOf(other.severity) <= severities.indexOf(finding.severity),
    )
    if (!told) kept.push(finding)
  }
  return kept
}

async function within<T>(open: () => Promise<SqlSession>, body: (sql: SqlSession) => Promise<T>): Promise<T> {
  const sql = await open()
  return body(sql).finally(() => sql.close())
}

/** @throws CancelledError */
async function orProblem<T>(what: string, body: () => Promise<T>): Promise<T | string> {
  try {
    return await body()
  } catch (error) {
    if (error instanceof CancelledError) throw error
    return `${what}: ${messageOf(error)}`
  }
}
