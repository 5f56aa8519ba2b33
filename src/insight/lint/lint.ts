import type { Finding } from '../../domain/insight.js'
import { type Node, loadParser } from '../../sql/parser.js'
import { type SyntaxProblem, splitStatements } from '../../sql/statements.js'
import { unfold } from './do-block.js'
import type { TableFacts } from './facts.js'
import { type Ahead, History } from './history.js'
import { keyOf, nameOf } from './names.js'
import { namesMade } from './objects.js'
import { typeFrom } from './type-change.js'
import { walk } from './walk.js'

export interface LintInput {
  /** One statement or more, in the order in which they run. */
  readonly sql: string
  /** Names the place of a finding; inputs of one file share a session. */
  readonly file?: string
  /** The tool runs it inside a transaction. BEGIN and COMMIT in the text are seen without being told. */
  readonly inTransaction?: boolean
}

/** What the grammar could not read; nothing is said about that statement, and all is said about the others. */
export interface LintProblem extends SyntaxProblem {
  readonly file?: string
}

export interface Lint {
  /** The most dangerous first. */
  readonly findings: readonly Finding[]
  readonly problems: readonly LintProblem[]
}

/**
 * What a migration would do to a database in use, read from its text alone, file after file in the order of their run.
 * With `tables` as production has them, a type change is judged by the old type, a small table weighs less and a large
 * one more; without, every table is one of unknown size. Source of the claims: the server, which the tests ask.
 */
export async function lintStatements(inputs: readonly LintInput[], tables: readonly TableFacts[] = []): Promise<Lint> {
  const parser = await loadParser()
  const files = await Promise.all(inputs.map(async (input) => ({ input, ...(await splitStatements(input.sql)) })))
  const scripts = files.map(({ input, statements }) => ({
    file: input.file,
    inTransaction: input.inTransaction === true,
    steps: statements.flatMap((statement) => unfold(parser, statement)),
  }))
  const ahead = aheadOf(scripts.flatMap(({ steps }) => steps.map(({ node }) => node)))
  return {
    findings: walk(scripts, { history: new History(tables, ahead), typeFrom: (text) => typeFrom(parser, text) }),
    problems: files.flatMap(({ input: { file }, problems }) =>
      problems.map((problem) => ({ ...problem, ...(file !== undefined && { file }) })),
    ),
  }
}

function aheadOf(nodes: readonly Node[]): Ahead {
  const policies = nodes.flatMap((node) =>
    'CreatePolicyStmt' in node ? [keyOf(nameOf(node.CreatePolicyStmt.table))] : [],
  )
  return { made: new Set(nodes.flatMap((node) => namesMade(node).others.map(keyOf))), policies: new Set(policies) }
}
