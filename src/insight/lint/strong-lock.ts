import type { AlterTableType, DropStmt, Node, ObjectType } from '../../sql/parser.js'
import { commandsIn } from './alter-table.js'
import type { Look } from './hazard.js'
import { isFull } from './maintenance.js'
import { type Name, nameIn, nameOf } from './names.js'

/** Commands of ALTER TABLE that let others read and write meanwhile (SHARE UPDATE EXCLUSIVE). */
const mild: readonly (AlterTableType | undefined)[] = [
  'AT_SetStatistics',
  'AT_ValidateConstraint',
  'AT_ClusterOn',
  'AT_DropCluster',
  'AT_SetRelOptions',
  'AT_ResetRelOptions',
  'AT_AttachPartition',
]

const droppedTables: readonly (ObjectType | undefined)[] = [
  'OBJECT_TABLE',
  'OBJECT_INDEX',
  'OBJECT_VIEW',
  'OBJECT_MATVIEW',
]
const renamedTables: readonly (ObjectType | undefined)[] = [
  'OBJECT_COLUMN',
  'OBJECT_TABLE',
  'OBJECT_VIEW',
  'OBJECT_MATVIEW',
]

/** The first thing in use that the statement locks so that others must wait; undefined if there is none. */
export function stronglyLocked(node: Node, { history }: Look): Name | undefined {
  return lockedBy(node).find((name) => !history.isMade(name))
}

function lockedBy(node: Node): Name[] {
  if ('AlterTableStmt' in node) {
    const { relation, cmds, objtype } = node.AlterTableStmt
    const strong = commandsIn(cmds).some(({ subtype, def }) => {
      const concurrent = def && 'PartitionCmd' in def && def.PartitionCmd.concurrent
      return !mild.includes(subtype) && !concurrent
    })
    return strong && (objtype === 'OBJECT_TABLE' || objtype === 'OBJECT_MATVIEW') ? [nameOf(relation)] : []
  }
  if ('IndexStmt' in node) return node.IndexStmt.concurrent ? [] : [nameOf(node.IndexStmt.relation)]
  if ('DropStmt' in node) return droppedBy(node.DropStmt)
  if ('RenameStmt' in node) {
    const { renameType, relation } = node.RenameStmt
    return renamedTables.includes(renameType) && relation ? [nameOf(relation)] : []
  }
  if ('TruncateStmt' in node) return relationsIn(node.TruncateStmt.relations)
  if ('LockStmt' in node) return (node.LockStmt.mode ?? 0) >= 5 ? relationsIn(node.LockStmt.relations) : []
  if ('ClusterStmt' in node) return [nameOf(node.ClusterStmt.relation)]
  if ('VacuumStmt' in node) return isFull(node.VacuumStmt) ? relationsIn(node.VacuumStmt.rels) : []
  if ('RefreshMatViewStmt' in node)
    return node.RefreshMatViewStmt.concurrent ? [] : [nameOf(node.RefreshMatViewStmt.relation)]
  if ('CreateTrigStmt' in node) return [nameOf(node.CreateTrigStmt.relation)]
  if ('AlterObjectSchemaStmt' in node) return relationsIn([{ RangeVar: node.AlterObjectSchemaStmt.relation ?? {} }])
  return []
}

function droppedBy({ removeType, concurrent, objects = [] }: DropStmt): Name[] {
  return !concurrent && droppedTables.includes(removeType) ? objects.map(nameIn) : []
}

function relationsIn(nodes: readonly Node[] = []): Name[] {
  return nodes.flatMap((node) => {
    if ('VacuumRelation' in node) return [nameOf(node.VacuumRelation.relation)]
    return 'RangeVar' in node && node.RangeVar.relname ? [nameOf(node.RangeVar)] : []
  })
}
