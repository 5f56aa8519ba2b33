import type { Parser } from '../../sql/parser.js'
import { volatileFunction } from '../lint/expressions.js'
import { type Type, judgeTypeChange, typeFrom } from '../lint/type-change.js'
import type { Detail, SchemaChange } from './change.js'

/**
 * pg-delta takes every change of a type and every default for a rewrite, and none of them for a loss. The grammar tells
 * which of them are.
 */
export function judge(parser: Parser, changes: readonly SchemaChange[]): SchemaChange[] {
  return changes.map((change) => (change.object === 'column' ? judgeColumn(parser, change) : change))
}

function judgeColumn(parser: Parser, change: SchemaChange): SchemaChange {
  const { rewrite, ...rest } = change
  const types = change.details.find(({ what }) => what === 'type')
  if (change.change === 'added') return rewrite && addRewrites(parser, change) ? change : rest
  if (types?.before === undefined || types.after === undefined) return change
  const [from, to] = [typeFrom(parser, types.before), typeFrom(parser, types.after)]
  return {
    ...rest,
    ...(judgeTypeChange(from, to) !== 'free' && { rewrite: true }),
    ...(narrows(from, to) && { dataLoss: true }),
  }
}

/** A default that is one value for all rows is kept in the catalog. */
function addRewrites(parser: Parser, { details }: SchemaChange): boolean {
  const generated = details.find(({ what }) => what === 'generated as')?.after
  if (generated !== undefined) return !generated.endsWith('/* virtual */')
  const text = details.find(({ what }: Detail) => what === 'default')?.after
  if (text === undefined) return true
  const { stmts = [] } = parser.parseSync(`SELECT ${text}`)
  const statement = stmts[0]?.stmt
  return volatileFunction(statement) !== undefined
}

/** From the narrowest on: each holds every value of those before it. */
const widening: readonly (readonly string[])[] = [
  ['int2', 'int4', 'int8', 'numeric', 'text'],
  ['float4', 'float8', 'text'],
  ['date', 'timestamp', 'timestamptz', 'text'],
  ['bpchar', 'varchar', 'text'],
  ['cidr', 'inet', 'text'],
  ['bit', 'varbit', 'text'],
]

/** Whether a value of the old type may not fit the new one as it is. What is not known to fit does not. */
function narrows(from: Type, to: Type): boolean {
  if (from.array !== to.array) return true
  if (from.base === to.base) return narrowsWithin(from, to)
  if (to.base === 'text' || (to.base === 'varchar' && to.modifiers.length === 0)) return false
  if (to.base === 'jsonb' && from.base === 'json') return false
  const cut = to.modifiers.length > 0
  return cut || !widening.some((list) => list.includes(from.base) && list.indexOf(from.base) < list.indexOf(to.base))
}

function narrowsWithin({ modifiers: from }: Type, { modifiers: to }: Type): boolean {
  if (to.length === 0 || from.join() === to.join()) return false
  if (from.length === 0) return true
  const [had = 0, hadScale = 0] = from
  const [has = 0, hasScale = 0] = to
  // Digits before and after the point are both kept.
  return has < had || hasScale < hadScale || has - hasScale < had - hadScale
}
