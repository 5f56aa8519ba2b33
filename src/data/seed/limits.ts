import type { Bound, Limits } from '../../domain/synthetic/schema.js'
import { loadParser, type Node } from '../../sql/parser.js'

/**
 * What an expression of a CHECK constraint, as the server writes it, says of single columns; `value` is the value of a
 * domain. What is not understood is left out: the server still judges the rows.
 */
export async function limitsIn(expression: string): Promise<Map<string, Limits>> {
  const { parseSync } = await loadParser()
  const found = new Map<string, Limits>()
  try {
    const [statement] = parseSync(`SELECT ${expression}`).stmts ?? []
    const select = statement?.stmt && 'SelectStmt' in statement.stmt ? statement.stmt.SelectStmt : undefined
    const target = select?.targetList?.[0]
    if (target && 'ResTarget' in target && target.ResTarget.val) collect(target.ResTarget.val, found)
  } catch {
    // Syntax of a newer server than the grammar's.
  }
  return found
}

/** Both hold: the narrower of two bounds, what two lists have in common. */
export function both(a: Limits, b: Limits): Limits {
  const oneOf = a.oneOf && b.oneOf ? a.oneOf.filter((value) => b.oneOf?.includes(value)) : (a.oneOf ?? b.oneOf)
  const lengths = (one: number | undefined, other: number | undefined, choose: (...all: number[]) => number) =>
    one === undefined ? other : other === undefined ? one : choose(one, other)
  const merged = {
    ...b,
    ...a,
    oneOf,
    min: narrower(a.min, b.min, 1),
    max: narrower(a.max, b.max, -1),
    minLength: lengths(a.minLength, b.minLength, Math.max),
    maxLength: lengths(a.maxLength, b.maxLength, Math.min),
  }
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined))
}

function narrower(a: Bound | undefined, b: Bound | undefined, sign: 1 | -1): Bound | undefined {
  if (!a || !b) return a ?? b
  const [x, y] = [Number(a.value), Number(b.value)]
  const order = Number.isNaN(x) || Number.isNaN(y) ? (a.value < b.value ? -1 : 1) : x - y
  return order * sign >= 0 ? a : b
}

/** From `FOR VALUES FROM ('…') TO ('…')` and `FOR VALUES IN ('…', …)`. */
export function partitionLimits(bounds: readonly string[]): Limits {
  const ends = bounds.flatMap((bound) => {
    const [, from, to] = /FROM \((.+)\) TO \((.+)\)$/.exec(bound) ?? []
    return from !== undefined && to !== undefined ? [{ from: endOf(from), to: endOf(to) }] : []
  })
  if (ends.length > 0) return { ranges: ends }
  const values = bounds.flatMap((bound) => {
    const [, list = ''] = /IN \((.+)\)$/.exec(bound) ?? []
    return [...list.matchAll(/'((?:[^']|'')*)'|(-?\d+(?:\.\d+)?|true|false)/g)].map(
      ([, text, plain]) => text?.replaceAll("''", "'") ?? plain ?? '',
    )
  })
  return values.length > 0 ? { oneOf: values } : {}
}

function endOf(text: string): string | undefined {
  return /^(MINVALUE|MAXVALUE)$/.test(text) ? undefined : text.replace(/^'|'$/g, '')
}

function collect(node: Node, found: Map<string, Limits>): void {
  const add = (column: string, limits: Limits) => found.set(column, both(found.get(column) ?? {}, limits))
  if ('BoolExpr' in node) {
    const { boolop, args = [] } = node.BoolExpr
    if (boolop === 'AND_EXPR') args.forEach((each) => collect(each, found))
    // `x IS NULL OR …` asks the rest of every value that is there.
    const asking = args.filter((each) => !('NullTest' in each && each.NullTest.nulltesttype === 'IS_NULL'))
    if (boolop === 'OR_EXPR' && asking.length === 1 && asking[0]) collect(asking[0], found)
    else if (boolop === 'OR_EXPR') collectEither(asking, add)
    return
  }
  if ('NullTest' in node && node.NullTest.nulltesttype === 'IS_NOT_NULL') {
    const column = columnIn(node.NullTest.arg)
    if (column !== undefined) add(column, { notNull: true })
  }
  if (!('A_Expr' in node)) return
  const { kind, lexpr: left, rexpr: right } = node.A_Expr
  const operator = operatorOf(node)
  const column = columnIn(left)
  const measured = callOn(left)
  if (kind === 'AEXPR_OP_ANY' && operator === '=' && column !== undefined) {
    const values = listIn(right)
    if (values) add(column, { oneOf: values })
  } else if (operator === '~~' && column !== undefined) {
    const pattern = constantIn(right)
    if (pattern !== undefined) add(column, { like: pattern })
  } else if (measured && operator === '=' && /^(lower|upper)$/.test(measured.name)) {
    if (columnIn(right) === measured.column)
      add(measured.column, { case: measured.name === 'lower' ? 'lower' : 'upper' })
  } else if (operator === '=' && /^(lower|upper)$/.test(callOn(right)?.name ?? '') && column !== undefined) {
    add(column, { case: callOn(right)?.name === 'lower' ? 'lower' : 'upper' })
  } else if (measured && /^(length|char_length|character_length)$/.test(measured.name)) {
    add(measured.column, lengthLimits(operator, Number(constantIn(right))))
  } else if (column !== undefined) compared({ column, operator, other: right }, add)
  else compared({ column: columnIn(right) ?? '', operator: mirrored(operator), other: left }, add)
}

type Add = (column: string, limits: Limits) => void

/** `x = 'a' OR x = 'b'` is a list. */
function collectEither(parts: readonly Node[], add: Add): void {
  const pairs = parts.map((part) =>
    'A_Expr' in part && operatorOf(part) === '='
      ? { column: columnIn(part.A_Expr.lexpr), value: constantIn(part.A_Expr.rexpr) }
      : undefined,
  )
  const column = pairs[0]?.column
  const values = pairs.flatMap((pair) => (pair?.column === column && pair?.value !== undefined ? [pair.value] : []))
  if (column !== undefined && values.length === parts.length) add(column, { oneOf: values })
}

interface Comparison {
  readonly column: string
  readonly operator: string
  readonly other: Node | undefined
}

function compared({ column, operator, other }: Comparison, add: Add): void {
  const second = columnIn(other)
  if (second !== undefined) {
    if (operator === '>' || operator === '>=') add(column, { after: second })
    if (operator === '<' || operator === '<=') add(second, { after: column })
    return
  }
  const value = constantIn(other)
  if (value === undefined) return
  if (operator === '=') add(column, { oneOf: [value] })
  if (operator === '<>' && value === '') add(column, { minLength: 1 })
  if (operator === '>' || operator === '>=') add(column, { min: { value, included: operator === '>=' } })
  if (operator === '<' || operator === '<=') add(column, { max: { value, included: operator === '<=' } })
}

function mirrored(operator: string): string {
  return { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }[operator] ?? operator
}

function lengthLimits(operator: string, count: number): Limits {
  if (!Number.isInteger(count)) return {}
  const least = { '>': count + 1, '>=': count, '=': count }[operator]
  const most = { '<': count - 1, '<=': count, '=': count }[operator]
  return { ...(least !== undefined && { minLength: least }), ...(most !== undefined && { maxLength: most }) }
}

function operatorOf(node: Node): string {
  const name = 'A_Expr' in node ? node.A_Expr.name?.at(-1) : undefined
  return name && 'String' in name ? (name.String.sval ?? '') : ''
}

/** Under casts, and under `btrim`, which changes nothing in what is written here. */
function columnIn(node: Node | undefined): string | undefined {
  if (!node) return undefined
  if ('TypeCast' in node) return columnIn(node.TypeCast.arg)
  const call = callOn(node)
  if (call && /^(btrim|trim)$/.test(call.name)) return call.column
  const field = 'ColumnRef' in node ? node.ColumnRef.fields?.at(-1) : undefined
  return field && 'String' in field ? field.String.sval : undefined
}

function callOn(node: Node | undefined): { name: string; column: string } | undefined {
  if (!node) return undefined
  if ('TypeCast' in node) return callOn(node.TypeCast.arg)
  if (!('FuncCall' in node)) return undefined
  const last = node.FuncCall.funcname?.at(-1)
  const [argument, ...others] = node.FuncCall.args ?? []
  const column = columnIn(argument)
  return last && 'String' in last && column !== undefined && others.length === 0
    ? { name: last.String.sval ?? '', column }
    : undefined
}

function constantIn(node: Node | undefined): string | undefined {
  if (!node) return undefined
  if ('TypeCast' in node) return constantIn(node.TypeCast.arg)
  if ('A_Expr' in node && operatorOf(node) === '-' && !node.A_Expr.lexpr) {
    const value = constantIn(node.A_Expr.rexpr)
    return value === undefined ? undefined : `-${value}`
  }
  if (!('A_Const' in node)) return undefined
  const { ival, fval, sval, boolval, isnull } = node.A_Const
  if (isnull) return undefined
  // The grammar's JSON leaves out what is 0, false or empty.
  if (ival) return String(ival.ival ?? 0)
  if (boolval) return String(boolval.boolval ?? false)
  return fval?.fval ?? (sval ? (sval.sval ?? '') : undefined)
}

function listIn(node: Node | undefined): string[] | undefined {
  if (!node) return undefined
  if ('TypeCast' in node) return listIn(node.TypeCast.arg)
  if (!('A_ArrayExpr' in node)) return undefined
  const values = (node.A_ArrayExpr.elements ?? []).map(constantIn)
  return values.every((value) => value !== undefined) ? values : undefined
}
