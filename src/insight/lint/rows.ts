import type { CreateTableAsStmt, DeleteStmt, Node, SelectStmt, TruncateStmt, UpdateStmt } from '../../sql/parser.js'
import { nodesIn } from './expressions.js'
import { type Hazard, type Look, about, growing } from './hazard.js'
import { nameOf, written } from './names.js'

/** UPDATE and DELETE of all rows, also where they stand inside WITH. */
export function changesRows(statement: Node, look: Look): Hazard[] {
  return [...nodesIn(statement)].flatMap((node) => {
    if ('UpdateStmt' in node) return updateAll(node.UpdateStmt, look)
    return 'DeleteStmt' in node ? deleteAll(node.DeleteStmt, look) : []
  })
}

function updateAll({ relation, whereClause }: UpdateStmt, { history }: Look): Hazard[] {
  const table = history.table(nameOf(relation))
  if (whereClause || table.made) return []
  return [
    {
      rule: 'update-all-rows',
      kind: 'lock',
      severity: 'medium',
      ...growing(table),
      detail:
        'Every row is locked against other writers to the end of the transaction, and written a second time: the table doubles on disk.',
      advice: 'Update in batches of some thousand rows, each in a transaction of its own.',
    },
  ]
}

function deleteAll({ relation, whereClause }: DeleteStmt, { history }: Look): Hazard[] {
  const table = history.table(nameOf(relation))
  if (whereClause || table.made) return []
  return [
    {
      rule: 'delete-all-rows',
      kind: 'data_loss',
      severity: 'high',
      ...growing(table),
      detail: 'DELETE without WHERE: every row is gone.',
      advice: 'Say which rows with WHERE, keep a copy, and delete in batches.',
    },
  ]
}

export function truncate({ relations = [], behavior }: TruncateStmt, { history }: Look): Hazard[] {
  const tables = relations.flatMap((node) => ('RangeVar' in node ? [history.table(nameOf(node.RangeVar))] : []))
  const cascade =
    behavior === 'DROP_CASCADE' ? ', and of all tables that refer to it, which the statement does not name' : ''
  return tables
    .filter(({ made }) => !made)
    .map((table) => ({
      rule: 'truncate',
      kind: 'data_loss',
      severity: 'high',
      ...growing(table),
      detail: `Every row of the table${cascade} is gone, and nobody can read or write it to the end of the transaction.`,
      advice: 'Delete the rows you mean, in batches, with a copy kept.',
    }))
}

/** CREATE TABLE … AS and SELECT … INTO from tables that others use. */
export function copyOfRows(statement: CreateTableAsStmt | SelectStmt, look: Look): Hazard[] {
  const into = 'into' in statement ? statement.into : 'intoClause' in statement ? statement.intoClause : undefined
  if (!into || into.skipData) return []
  const read = [...nodesIn(statement)].flatMap((node) =>
    'RangeVar' in node ? [look.history.table(nameOf(node.RangeVar))] : [],
  )
  const source = read.find(({ made, name }) => !made && name.name !== into.rel?.relname)
  if (!source) return []
  return [
    {
      ...{ rule: 'create-table-as', kind: 'cost', severity: 'low', grows: source },
      ...about({ ...source, name: nameOf(into.rel) }),
      detail: `It copies rows of ${written(source.name)} in one long transaction, which keeps VACUUM from cleaning up; keys, constraints and defaults are not copied.`,
      advice: 'CREATE TABLE (LIKE … INCLUDING ALL), then INSERT … SELECT in batches.',
    },
  ]
}
