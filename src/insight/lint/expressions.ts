import type { Node } from '../../sql/parser.js'
import { wordsOf } from './names.js'

/**
 * Functions of a default that the server evaluates once for all rows (STABLE or IMMUTABLE in pg_proc, as a test checks).
 * Every other function is taken to be volatile: that is what a function is unless it says otherwise.
 */
export const steadyFunctions = [
  ...['now', 'transaction_timestamp', 'statement_timestamp', 'current_setting', 'current_schema', 'current_database'],
  ...['to_timestamp', 'to_date', 'to_char', 'timezone', 'date_trunc', 'date_part', 'make_date', 'make_interval', 'age'],
  ...['md5', 'sha256', 'lower', 'upper', 'length', 'concat', 'replace', 'encode', 'decode', 'convert_to', 'format'],
  ...[
    'abs',
    'round',
    'floor',
    'ceil',
    'power',
    'mod',
    'int4range',
    'tstzrange',
    'daterange',
    'to_tsvector',
    'string_to_array',
  ],
  ...['to_json', 'to_jsonb', 'json_build_object', 'jsonb_build_object', 'json_build_array', 'jsonb_build_array'],
]

/** The first function in an expression that is not known to give one value per statement. */
export function volatileFunction(expression: Node | undefined): string | undefined {
  for (const node of nodesIn(expression)) {
    if (!('FuncCall' in node)) continue
    const name = (node.FuncCall.funcname ?? []).flatMap(wordsOf).filter((word) => word !== 'pg_catalog')
    if (name.length !== 1 || !steadyFunctions.includes(name[0] ?? '')) return name.join('.')
  }
  return undefined
}

export function isNull(expression: Node): boolean {
  if ('TypeCast' in expression) return expression.TypeCast.arg !== undefined && isNull(expression.TypeCast.arg)
  return 'A_Const' in expression && expression.A_Const.isnull === true
}

/** The column of `column IS NOT NULL`; undefined for any other expression. */
export function neverNullIn(expression: Node | undefined): string | undefined {
  if (!expression || !('NullTest' in expression) || expression.NullTest.nulltesttype !== 'IS_NOT_NULL') return undefined
  const { arg } = expression.NullTest
  return arg && 'ColumnRef' in arg ? wordsOf(arg).at(-1) : undefined
}

/** Every node of a parse tree, outermost first. */
export function* nodesIn(tree: unknown): Generator<Node> {
  if (typeof tree !== 'object' || tree === null) return
  if (!Array.isArray(tree)) yield tree as Node
  for (const part of Object.values(tree)) yield* nodesIn(part)
}
