import type { Node, VariableSetStmt } from '../../sql/parser.js'
import { wordsOf } from './names.js'

/** What the statement does to the transaction it is in. */
export function transactionStep(node: Node): 'begin' | 'end' | undefined {
  if (!('TransactionStmt' in node)) return undefined
  switch (node.TransactionStmt.kind as string) {
    case 'TRANS_STMT_BEGIN':
    case 'TRANS_STMT_START':
      return 'begin'
    case 'TRANS_STMT_COMMIT':
    case 'TRANS_STMT_ROLLBACK':
    case 'TRANS_STMT_PREPARE':
      return 'end'
    default:
      return undefined
  }
}

/** Whether the statement sets a bound to waiting for locks, and for how long that holds. */
export function lockTimeout(node: Node): { on: boolean; local: boolean } | undefined {
  if ('VariableSetStmt' in node) return fromSet(node.VariableSetStmt)
  if (!('SelectStmt' in node)) return undefined
  const call = node.SelectStmt.targetList?.flatMap((target) => {
    const value = 'ResTarget' in target ? target.ResTarget.val : undefined
    return value && 'FuncCall' in value ? [value.FuncCall] : []
  })[0]
  const [name, value, local] = call?.args ?? []
  if ((call?.funcname ?? []).flatMap(wordsOf).at(-1) !== 'set_config' || textOf(name) !== 'lock_timeout')
    return undefined
  return {
    on: isSome(value),
    local: local !== undefined && 'A_Const' in local && local.A_Const.boolval?.boolval === true,
  }
}

function fromSet({ name, kind, args, is_local: local = false }: VariableSetStmt) {
  if (kind === 'VAR_RESET_ALL') return { on: false, local: false }
  if (name !== 'lock_timeout') return undefined
  return { on: kind === 'VAR_SET_VALUE' && isSome(args?.[0]), local }
}

/** `0`, with or without a unit, means: wait for ever. */
function isSome(value: Node | undefined): boolean {
  return !/^\s*0+\s*[a-z]*\s*$/i.test(textOf(value) ?? '0')
}

function textOf(node: Node | undefined): string | undefined {
  if (!node || !('A_Const' in node)) return undefined
  const { sval, ival, fval } = node.A_Const
  return sval?.sval ?? (ival ? String(ival.ival ?? 0) : fval?.fval)
}
