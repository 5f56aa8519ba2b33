import type { Node } from '../../sql/parser.js'
import { createTable } from './add-column.js'
import { alterTable, commandsIn } from './alter-table.js'
import type { Hazard, Look } from './hazard.js'
import { createIndex, dropIndex, reindex } from './indexes.js'
import { alterDomain, alterEnum, cluster, createTrigger, lockTable, refreshView, vacuum } from './maintenance.js'
import { nameIn, nameOf, quoted, written } from './names.js'
import { dropDatabase, dropObjects, rename, setSchema } from './objects.js'
import { changesRows, copyOfRows, truncate } from './rows.js'

/** What the statement does to those who use the database meanwhile, and after. */
export function judgeStatement(node: Node, look: Look): Hazard[] {
  return [...refusedInTransaction(node, look), ...rulesFor(node, look)]
}

function rulesFor(node: Node, look: Look): Hazard[] {
  if ('AlterTableStmt' in node) return alterTable(node.AlterTableStmt, look)
  if ('IndexStmt' in node) return createIndex(node.IndexStmt, look)
  if ('ReindexStmt' in node) return reindex(node.ReindexStmt, look)
  if ('DropStmt' in node) {
    return node.DropStmt.removeType === 'OBJECT_INDEX'
      ? dropIndex(node.DropStmt, look)
      : dropObjects(node.DropStmt, look)
  }
  if ('DropdbStmt' in node) return [dropDatabase(node.DropdbStmt.dbname ?? '')]
  if ('RenameStmt' in node) return rename(node.RenameStmt, look)
  if ('AlterObjectSchemaStmt' in node) {
    const { relation, object, newschema = '' } = node.AlterObjectSchemaStmt
    return setSchema(relation ? nameOf(relation) : nameIn(object), newschema, look)
  }
  if ('CreateStmt' in node) return createTable(node.CreateStmt, look)
  if ('CreateTableAsStmt' in node) return copyOfRows(node.CreateTableAsStmt, look)
  if ('TruncateStmt' in node) return truncate(node.TruncateStmt, look)
  if ('VacuumStmt' in node) return vacuum(node.VacuumStmt, look)
  if ('ClusterStmt' in node) return cluster(node.ClusterStmt, look)
  if ('LockStmt' in node) return lockTable(node.LockStmt, look)
  if ('RefreshMatViewStmt' in node) return refreshView(node.RefreshMatViewStmt, look)
  if ('CreateTrigStmt' in node) return createTrigger(node.CreateTrigStmt, look)
  if ('AlterEnumStmt' in node) return alterEnum(node.AlterEnumStmt, look)
  if ('AlterDomainStmt' in node) return alterDomain(node.AlterDomainStmt, look)
  if ('SelectStmt' in node) return [...copyOfRows(node.SelectStmt, look), ...changesRows(node, look)]
  if ('UpdateStmt' in node || 'DeleteStmt' in node || 'InsertStmt' in node) return changesRows(node, look)
  return []
}

/** Statements that the server refuses inside a transaction. */
function refusedInTransaction(node: Node, { history }: Look): Hazard[] {
  const refused = history.transaction === undefined ? undefined : outsideOnly(node)
  if (!refused) return []
  const { what, object } = refused
  return [
    {
      rule: 'refused-in-transaction',
      kind: 'break',
      severity: 'high',
      object,
      detail: `PostgreSQL refuses ${what} inside a transaction: the migration fails here.`,
      advice: 'Put it into a migration of its own, and tell the tool to run that one without a transaction.',
    },
  ]
}

function outsideOnly(node: Node): { what: string; object: string } | undefined {
  if ('IndexStmt' in node && node.IndexStmt.concurrent) {
    return { what: 'CREATE INDEX CONCURRENTLY', object: written(nameOf(node.IndexStmt.relation)) }
  }
  if ('DropStmt' in node && node.DropStmt.concurrent) {
    return { what: 'DROP INDEX CONCURRENTLY', object: written(nameIn(node.DropStmt.objects?.[0])) }
  }
  if (
    'ReindexStmt' in node &&
    node.ReindexStmt.params?.some((param) => 'DefElem' in param && param.DefElem.defname === 'concurrently')
  ) {
    return { what: 'REINDEX CONCURRENTLY', object: written(nameOf(node.ReindexStmt.relation)) }
  }
  if ('AlterTableStmt' in node) {
    const detach = commandsIn(node.AlterTableStmt.cmds).some(
      ({ def }) => def && 'PartitionCmd' in def && def.PartitionCmd.concurrent,
    )
    return detach
      ? { what: 'DETACH PARTITION CONCURRENTLY', object: written(nameOf(node.AlterTableStmt.relation)) }
      : undefined
  }
  if ('VacuumStmt' in node && node.VacuumStmt.is_vacuumcmd) return { what: 'VACUUM', object: 'database' }
  return 'DropdbStmt' in node ? { what: 'DROP DATABASE', object: quoted(node.DropdbStmt.dbname ?? '') } : undefined
}
