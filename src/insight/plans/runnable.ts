import { nodesIn } from '../lint/expressions.js'
import type { PlanQuery } from './queries.js'

/**
 * Why a query must not be run, only planned; undefined if it reads and does nothing else as far as its text tells. What
 * the text calls is looked at by `functionsIn`; what stays hidden in a view meets the read-only transaction.
 */
export function reasonNotToRun({ node, parameters, values }: PlanQuery): string | undefined {
  if (!('SelectStmt' in node)) return 'It changes rows, so it was planned and not run.'
  for (const part of nodesIn(node)) {
    if (Object.keys(part).some((key) => /^(Insert|Update|Delete|Merge)Stmt$/.test(key))) {
      return 'It changes rows, so it was planned and not run.'
    }
    if ('lockingClause' in part) return 'It locks rows, so it was planned and not run.'
  }
  if (parameters > 0 && !values) return 'Its parameters have no values, so it was planned and not run.'
  return undefined
}
