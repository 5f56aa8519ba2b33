import type { Node, Parser, TypeName } from '../../sql/parser.js'
import { wordsOf } from './names.js'

/** A type as written, its aliases resolved: `int4`, `varchar` with `[40]`. */
export interface Type {
  readonly base: string
  readonly modifiers: readonly number[]
  readonly array: boolean
}

/**
 * `free`: the catalog alone changes. `time_zone`: free in a session whose time zone is UTC, else a rewrite.
 * `rewrite`: every row is written anew, and its indexes with it. The tests compare this with the server, pair by pair.
 */
export type TypeChange = 'free' | 'time_zone' | 'rewrite'

export function typeOf(type: TypeName | undefined): Type {
  const words = (type?.names ?? []).flatMap(wordsOf)
  const base = words.length === 2 && words[0] === 'pg_catalog' ? words[1] : words.join('.')
  return {
    base: base ?? '',
    modifiers: (type?.typmods ?? []).map(numberIn),
    array: (type?.arrayBounds ?? []).length > 0,
  }
}

/** Reads a type as the catalog writes it. */
export function typeFrom({ parseSync }: Parser, text: string): Type {
  const { stmts = [] } = parseSync(`SELECT NULL::${text}`)
  return typeOf(castIn(stmts[0]?.stmt))
}

/** The type of `SELECT NULL::type`. */
function castIn(node: Node | undefined): TypeName | undefined {
  const target = node && 'SelectStmt' in node ? node.SelectStmt.targetList?.[0] : undefined
  const value = target && 'ResTarget' in target ? target.ResTarget.val : undefined
  return value && 'TypeCast' in value ? value.TypeCast.typeName : undefined
}

export function judgeTypeChange(from: Type, to: Type): TypeChange {
  const same = from.base === to.base && from.array === to.array
  if (same && from.modifiers.join() === to.modifiers.join()) return 'free'
  if (from.array || to.array) return same && to.modifiers.length === 0 ? 'free' : 'rewrite'
  if (same) return widens(from, to) ? 'free' : 'rewrite'
  const cut = to.modifiers.length > 0
  if (!cut && relabels.has(`${from.base}>${to.base}`)) return 'free'
  const keepsDigits = !cut || to.modifiers[0] === finest
  return keepsDigits && zoned.includes(`${from.base}>${to.base}`) ? 'time_zone' : 'rewrite'
}

const zoned = ['timestamp>timestamptz', 'timestamptz>timestamp']

/** Pairs that share their bytes on disk (`pg_cast.castmethod` is `b`), of the types people use. */
const relabels = new Set([
  'varchar>text',
  'varchar>bpchar',
  'text>varchar',
  'text>bpchar',
  'cidr>inet',
  'xml>text',
  'xml>varchar',
  'xml>bpchar',
  'bit>varbit',
  'varbit>bit',
  'int4>oid',
  'oid>int4',
])

/** Whether every value of a type fits another of the same name, so that the server need not look. */
function widens({ base, modifiers: from }: Type, { modifiers: to }: Type): boolean {
  const [had, hadScale = 0] = from
  const [has, hasScale = 0] = to
  if (base === 'bit' || base === 'bpchar') return has === undefined && base === 'bpchar'
  if (base === 'interval') return widensInterval(from, to)
  if (has === undefined) return true
  if (base === 'varchar' || base === 'varbit') return had !== undefined && has >= had
  if (base === 'numeric') return had !== undefined && has >= had && hasScale === hadScale
  return ['time', 'timetz', 'timestamp', 'timestamptz'].includes(base) && has >= (had ?? finest)
}

/** Digits of a second that PostgreSQL keeps. */
const finest = 6
/** The grammar's bits for the fields of an interval, finest first: second, minute, hour, day, month, year. */
const intervalFields = [12, 11, 10, 3, 1, 2]

/** An interval is cut to its finest field, and its seconds to their digits. */
function widensInterval(
  [hadFields, hadDigits = finest]: readonly number[],
  [fields, digits = finest]: readonly number[],
) {
  const finestOf = (mask = 1 << 12) => intervalFields.findIndex((bit) => (mask & (1 << bit)) !== 0)
  const had = finestOf(hadFields)
  return finestOf(fields) <= had && (had > 0 || digits >= hadDigits)
}

function numberIn(node: Node): number {
  return 'A_Const' in node ? (node.A_Const.ival?.ival ?? 0) : 0
}
