import type { AlterTableCmd, AlterTableStmt, PartitionCmd } from '../../sql/parser.js'
import { addColumn } from './add-column.js'
import { changeType, columnIn, dropDefault, dropNotNull, setExpression } from './alter-column.js'
import { addConstraint, setNotNull, validateConstraint } from './constraints.js'
import { type Hazard, type Look, about, growing } from './hazard.js'
import type { Table } from './history.js'
import { nameOf, quoted, written } from './names.js'

/** One hazard or more for each command of ALTER TABLE; none on a table that this migration made. */
export function alterTable({ relation, cmds = [], objtype }: AlterTableStmt, look: Look): Hazard[] {
  const table = look.history.table(nameOf(relation))
  if (objtype === 'OBJECT_MATVIEW') return commandsIn(cmds).flatMap((command) => moveStorage(table, command))
  if (objtype !== 'OBJECT_TABLE') return []
  return commandsIn(cmds).flatMap((command) => {
    if (command.subtype === 'AT_AttachPartition') return attachPartition(table, partitionIn(command), look)
    return table.made ? [] : judge(table, command, look)
  })
}

function judge(table: Table, command: AlterTableCmd, look: Look): Hazard[] {
  const { subtype, name = '', def } = command
  const column = columnIn(def)
  switch (subtype as string) {
    case 'AT_AddColumn':
      return column ? addColumn(table, column, look) : []
    case 'AT_AlterColumnType':
      return column ? changeType(table, { column: name, to: column }, look) : []
    case 'AT_SetNotNull':
      return setNotNull(table, name, look)
    case 'AT_DropNotNull':
      return [dropNotNull(table, name)]
    case 'AT_ColumnDefault':
      return def ? [] : [dropDefault(table, name)]
    case 'AT_SetExpression':
      return [setExpression(table, name)]
    case 'AT_AddConstraint':
      return def && 'Constraint' in def ? addConstraint(table, def.Constraint, look) : []
    case 'AT_ValidateConstraint':
      return validateConstraint(table, name, look)
    case 'AT_DropColumn':
      return [dropColumn(table, command)]
    case 'AT_DetachPartition':
      return detachPartition(table, partitionIn(command))
    case 'AT_EnableRowSecurity':
      return look.history.hasPolicy(table) ? [] : [enableRowSecurity(table)]
    case 'AT_DisableTrig':
    case 'AT_DisableTrigAll':
    case 'AT_DisableTrigUser':
      return [disableTrigger(table, command)]
    default:
      return moveStorage(table, command)
  }
}

function dropColumn(table: Table, { name = '', behavior }: AlterTableCmd): Hazard {
  const more = behavior === 'DROP_CASCADE' ? ', and every view and constraint that names it,' : ''
  return {
    rule: 'drop-column',
    kind: 'data_loss',
    severity: 'high',
    ...growing(table),
    detail: `The values of column ${quoted(name)}${more} are gone, and running code that names it fails.`,
    advice: 'Release code that no longer names the column first, keep a copy, and drop it in a later migration.',
  }
}

const moved = {
  AT_SetTableSpace: ['set-tablespace', 'Moving it to another tablespace copies the whole table'],
  AT_SetLogged: ['set-logged', 'SET LOGGED writes the whole table anew, and to the write-ahead log'],
  AT_SetUnLogged: ['set-unlogged', 'SET UNLOGGED writes the whole table anew, and a crash empties it from now on'],
  AT_SetAccessMethod: ['set-access-method', 'Another access method writes the whole table anew'],
} as const

/** Commands that copy the whole table as it is. */
function moveStorage(table: Table, { subtype }: AlterTableCmd): Hazard[] {
  const found = moved[subtype as keyof typeof moved] as (typeof moved)[keyof typeof moved] | undefined
  if (!found || table.made) return []
  const [rule, what] = found
  return [
    {
      rule,
      kind: 'rewrite',
      severity: 'high',
      ...growing(table),
      detail: `${what}, while nobody can read or write it.`,
      advice:
        'Fill a new table made that way in batches and let readers change over; or do it when nobody uses the table.',
    },
  ]
}

function attachPartition(parent: Table, { name }: PartitionCmd, { history }: Look): Hazard[] {
  const table = history.table(nameOf(name))
  if (table.made) return []
  const checked = history.isChecked(table)
  return [
    {
      rule: 'attach-partition',
      kind: 'scan',
      severity: checked ? 'low' : 'medium',
      ...growing(table),
      detail: checked
        ? `Every row is read while nobody can read or write the table, unless its CHECK implies the bounds in ${written(parent.name)}.`
        : `Every row is tested against the bounds in ${written(parent.name)} while nobody can read or write the table.`,
      advice: 'Add a CHECK that implies the bounds as NOT VALID, validate it in a transaction of its own, then attach.',
    },
  ]
}

function detachPartition(parent: Table, { name, concurrent }: PartitionCmd): Hazard[] {
  if (concurrent) return []
  return [
    {
      rule: 'detach-partition',
      kind: 'lock',
      severity: 'medium',
      ...about(parent),
      detail: `Nobody can read or write any partition of the table while ${written(nameOf(name))} is detached, and it waits for every query first.`,
      advice: 'DETACH PARTITION … CONCURRENTLY, outside a transaction.',
    },
  ]
}

function enableRowSecurity(table: Table): Hazard {
  return {
    rule: 'row-security-without-policy',
    kind: 'break',
    severity: 'high',
    ...about(table),
    detail: 'Row security without a policy hides every row from everyone but the owner.',
    advice: 'CREATE POLICY in the same transaction, before ENABLE ROW LEVEL SECURITY.',
  }
}

function disableTrigger(table: Table, { name }: AlterTableCmd): Hazard {
  return {
    rule: 'disable-trigger',
    kind: 'break',
    severity: 'medium',
    ...about(table),
    detail: `${name ? `Trigger ${quoted(name)} is` : 'The triggers are'} off for everyone who writes, and what they keep (also foreign keys, with ALL) is no longer kept.`,
    advice: 'SET LOCAL session_replication_role = replica switches them off for this transaction alone.',
  }
}

function partitionIn({ def }: AlterTableCmd): PartitionCmd {
  return def && 'PartitionCmd' in def ? def.PartitionCmd : {}
}

export function commandsIn(cmds: AlterTableStmt['cmds']): AlterTableCmd[] {
  return (cmds ?? []).flatMap((node) => ('AlterTableCmd' in node ? [node.AlterTableCmd] : []))
}
