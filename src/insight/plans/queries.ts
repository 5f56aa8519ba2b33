import { counted } from '../../domain/amounts.js'
import { show } from '../../errors.js'
import { type Node, type Parser, loadParser } from '../../sql/parser.js'
import { type Statement, splitStatements } from '../../sql/statements.js'
import { nodesIn } from '../lint/expressions.js'
import { reasonNotToPlan } from './calls.js'

export interface QueryFile {
  /** As the user names it. */
  readonly file: string
  readonly text: string
}

export interface PlanQuery {
  readonly name: string
  readonly file: string
  /** Of its first word in the file, from 1. */
  readonly line: number
  readonly text: string
  readonly node: Node
  /** How many of `$1`, `$2` … there are. */
  readonly parameters: number
  /** Their values, where the file gives them. */
  readonly values?: readonly (string | null)[]
}

export interface PlanProblem {
  readonly file?: string
  readonly line?: number
  /** One sentence. */
  readonly message: string
}

/** A file names no more than a person looks at; each costs production a few plans. */
const mostQueries = 200

/**
 * The queries of `explain` files. Comments right before a statement may name it (`-- name: orders of a day`) and give the
 * values of `$1`, `$2` … as literals: `-- param: 42` one, `-- params: 'a', 7` several. What cannot be explained is a
 * problem, and takes nothing else with it.
 */
export async function readQueries(
  files: readonly QueryFile[],
): Promise<{ queries: PlanQuery[]; problems: PlanProblem[] }> {
  const parser = await loadParser()
  const queries: PlanQuery[] = []
  const problems: PlanProblem[] = []
  for (const { file, text } of files) {
    const split = await splitStatements(text)
    problems.push(...split.problems.map(({ line, message }) => ({ file, line, message: `${show(message)}.` })))
    const lines = text.split('\n')
    let last = 0
    for (const statement of split.statements) {
      const comments = commentsAbove(lines, { after: last, before: statement.line })
      last = statement.line + statement.text.split('\n').length - 1
      const query = readQuery(parser, { statement, comments, file })
      if (!('message' in query)) queries.push(query)
      else problems.push({ file, line: statement.line, message: query.message })
    }
  }
  if (queries.length > mostQueries) {
    problems.push({ message: `Only the first ${mostQueries} of ${queries.length} queries were looked at.` })
  }
  return { queries: queries.slice(0, mostQueries), problems }
}

/** Comment lines between the statement before and this one, the nearest last. Lines count from 1. */
function commentsAbove(lines: readonly string[], { after, before }: { after: number; before: number }): string[] {
  const above = lines.slice(after, before - 1).map((line) => line.trim())
  return above.slice(above.findLastIndex((line) => line !== '' && !line.startsWith('--')) + 1)
}

function readQuery(
  parser: Parser,
  { statement, comments, file }: { statement: Statement; comments: readonly string[]; file: string },
): PlanQuery | { message: string } {
  const { text, line, node } = statement
  if (!isExplainable(node)) {
    return { message: 'Only SELECT, VALUES, INSERT, UPDATE, DELETE and MERGE have plans to compare.' }
  }
  const refused = reasonNotToPlan(node)
  if (refused !== undefined) return { message: refused }
  const named = directives(comments, 'name').at(-1)
  const lists = [...comments].flatMap((comment) => directives([comment], 'params?'))
  const parameters = Math.max(0, ...[...nodesIn(node)].flatMap(numberOf))
  const values = lists.map((list) => literalsIn(parser, list))
  if (values.includes(undefined)) {
    return { message: "Values of parameters must be literals, such as: -- params: 42, 'a', null, '{1,2}'." }
  }
  const given = values.flatMap((list) => list ?? [])
  if (lists.length > 0 && given.length !== parameters) {
    return {
      message: `It has ${counted(parameters, 'parameter')}, and the comment before it gives ${counted(given.length, 'value')}.`,
    }
  }
  const name = named === undefined || named === '' ? `${file}:${line}` : named
  return {
    name: show(name),
    file,
    line,
    text,
    node,
    parameters,
    ...(parameters > 0 && lists.length > 0 && { values: given }),
  }
}

/** What stands behind `-- word:`. The `:many` of sqlc is no part of a name. */
function directives(comments: readonly string[], word: string): string[] {
  const directive = new RegExp(`^--\\s*${word}:\\s*(.*?)(?:\\s+:\\w+)?$`)
  return comments.flatMap((comment) => directive.exec(comment)?.[1] ?? [])
}

/** SELECT … INTO makes a table and has no plan that could be prepared. */
function isExplainable(node: Node): boolean {
  if ('SelectStmt' in node) return node.SelectStmt.intoClause === undefined
  return ['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt'].some((kind) => kind in node)
}

function numberOf(node: Node): number[] {
  return 'ParamRef' in node ? [node.ParamRef.number ?? 0] : []
}

/** Literals between commas as the server reads them as text; undefined if there is anything else. */
function literalsIn({ parseSync }: Parser, list: string): (string | null)[] | undefined {
  let statements
  try {
    statements = parseSync(`SELECT ${list}`).stmts ?? []
  } catch {
    return undefined
  }
  const [{ stmt } = {}] = statements
  if (statements.length !== 1 || !stmt || !('SelectStmt' in stmt)) return undefined
  const { targetList = [], ...others } = stmt.SelectStmt
  if ('fromClause' in others || 'valuesLists' in others || 'larg' in others) return undefined
  const values = targetList.map((target) => literalOf('ResTarget' in target ? target.ResTarget.val : undefined))
  return values.every((value) => value !== undefined) ? values : undefined
}

/** `date '2026-01-01'` and `'a'::citext` are literals too: the query says the type again. */
function literalOf(node: Node | undefined): string | null | undefined {
  if (node && 'TypeCast' in node) return literalOf(node.TypeCast.arg)
  if (!node || !('A_Const' in node)) return undefined
  const { isnull, ival, fval, sval, boolval } = node.A_Const
  if (isnull) return null
  if (boolval) return boolval.boolval === true ? 'true' : 'false'
  if (ival) return String(ival.ival ?? 0)
  return fval?.fval ?? (sval ? (sval.sval ?? '') : undefined)
}
