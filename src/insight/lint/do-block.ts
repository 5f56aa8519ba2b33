import type { Node, Parser } from '../../sql/parser.js'
import type { Statement } from '../../sql/statements.js'

/** A statement as it runs: by itself, or inside the body of a DO block. */
export interface Step extends Statement {
  readonly inBody: boolean
}

/**
 * The statement, or what the body of a DO block runs, as Drizzle and pg_dump wrap their DDL. Statements that the body
 * puts together as text (EXECUTE) are not seen.
 */
export function unfold(parser: Parser, statement: Statement): Step[] {
  const body = bodyOf(statement.node)
  if (body === undefined) return [{ ...statement, inBody: false }]
  const first = statement.line + newlines(statement.text.slice(0, Math.max(0, statement.text.indexOf(body))))
  try {
    return [...queriesIn(parser.parsePlPgSQLSync(statement.text))].flatMap(({ query, line }) =>
      (parser.parseSync(query).stmts ?? []).flatMap(({ stmt }) =>
        stmt ? [{ node: stmt, text: query.trim(), line: first + line - 1, inBody: true }] : [],
      ),
    )
  } catch {
    // Another language than PL/pgSQL, or one statement that needs the variables of the body to be read.
    return []
  }
}

function bodyOf(node: Node): string | undefined {
  if (!('DoStmt' in node)) return undefined
  for (const option of node.DoStmt.args ?? []) {
    if ('DefElem' in option && option.DefElem.defname === 'as') {
      const { arg } = option.DefElem
      return arg && 'String' in arg ? (arg.String.sval ?? '') : ''
    }
  }
  return ''
}

/** The SQL statements of a parsed body with their lines in it, which start at 1. */
function* queriesIn(tree: unknown): Generator<{ query: string; line: number }> {
  if (typeof tree !== 'object' || tree === null) return
  const { PLpgSQL_stmt_execsql: found } = tree as {
    PLpgSQL_stmt_execsql?: { lineno?: number; sqlstmt?: { PLpgSQL_expr?: { query?: string } } }
  }
  const query = found?.sqlstmt?.PLpgSQL_expr?.query
  if (query !== undefined) yield { query, line: found?.lineno ?? 1 }
  for (const part of Object.values(tree)) yield* queriesIn(part)
}

function newlines(text: string): number {
  return text.split('\n').length - 1
}
