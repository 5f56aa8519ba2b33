import type {
  AlterDomainStmt,
  AlterEnumStmt,
  ClusterStmt,
  CreateTrigStmt,
  LockStmt,
  RefreshMatViewStmt,
  VacuumStmt,
} from '../../sql/parser.js'
import { type Hazard, type Look, about, growing } from './hazard.js'
import { nameFrom, nameOf, written } from './names.js'

const online = 'pg_repack or pg_squeeze do the same while the table is in use; plain VACUUM is often enough.'

export function vacuum(statement: VacuumStmt, { history }: Look): Hazard[] {
  if (!isFull(statement)) return []
  const rels = statement.rels ?? []
  const tables = rels.flatMap((node) =>
    'VacuumRelation' in node ? [history.table(nameOf(node.VacuumRelation.relation))] : [],
  )
  const detail = 'VACUUM FULL writes the whole table anew while nobody can read or write it.'
  const rule = { rule: 'vacuum-full', kind: 'rewrite', severity: 'high', advice: online } as const
  if (rels.length === 0)
    return [{ ...rule, object: 'database', detail: detail.replace('the whole table', 'every table') }]
  return tables.filter(({ made }) => !made).map((table) => ({ ...rule, ...growing(table), detail }))
}

export function isFull({ options = [] }: VacuumStmt): boolean {
  return options.some((option) => {
    if (!('DefElem' in option) || option.DefElem.defname !== 'full') return false
    const { arg } = option.DefElem
    return !(arg && 'String' in arg && ['false', 'off'].includes(arg.String.sval ?? ''))
  })
}

export function cluster({ relation }: ClusterStmt, { history }: Look): Hazard[] {
  const table = relation && history.table(nameOf(relation))
  if (table?.made) return []
  return [
    {
      ...{ rule: 'cluster', kind: 'rewrite', severity: 'high' },
      ...(table ? growing(table) : { object: 'database' }),
      detail: 'CLUSTER writes the whole table anew while nobody can read or write it.',
      advice: online,
    },
  ]
}

/** The server's numbers of lock modes. */
const modes: Record<number, { name: string; severity: 'medium' | 'high'; keeps: string }> = {
  5: { name: 'SHARE', severity: 'medium', keeps: 'write' },
  6: { name: 'SHARE ROW EXCLUSIVE', severity: 'medium', keeps: 'write' },
  7: { name: 'EXCLUSIVE', severity: 'medium', keeps: 'write' },
  8: { name: 'ACCESS EXCLUSIVE', severity: 'high', keeps: 'read or write' },
}

export function lockTable({ relations = [], mode = 0 }: LockStmt, { history }: Look): Hazard[] {
  const found = modes[mode]
  if (!found) return []
  return relations
    .flatMap((node) => ('RangeVar' in node ? [history.table(nameOf(node.RangeVar))] : []))
    .filter(({ made }) => !made)
    .map((table) => ({
      ...{ rule: 'lock-table', kind: 'lock', severity: found.severity },
      ...about(table),
      detail: `LOCK TABLE … ${found.name}: nobody else can ${found.keeps} the table from here to the end of the transaction.`,
      advice: 'Let each statement take the lock it needs; or lock last, under a lock_timeout.',
    }))
}

export function refreshView({ relation, concurrent, skipData }: RefreshMatViewStmt, { history }: Look): Hazard[] {
  const view = nameOf(relation)
  if (concurrent || history.isMade(view)) return []
  return [
    {
      ...{
        rule: 'refresh-materialized-view',
        kind: skipData ? 'break' : 'lock',
        severity: 'medium',
        object: written(view),
      },
      detail: skipData
        ? 'WITH NO DATA: every query on the view fails until it is filled again.'
        : 'Nobody can read the view while it is filled.',
      advice: 'REFRESH MATERIALIZED VIEW CONCURRENTLY, which needs a unique index on the view.',
    },
  ]
}

export function createTrigger({ relation }: CreateTrigStmt, { history }: Look): Hazard[] {
  const table = history.table(nameOf(relation))
  if (table.made) return []
  return [
    {
      ...{ rule: 'create-trigger', kind: 'lock', severity: 'low' },
      ...about(table),
      detail:
        'It waits for every writer, nobody can write the table to the end of the transaction, and every write runs the trigger from then on.',
      advice: 'Commit at once, under a lock_timeout.',
    },
  ]
}

export function alterEnum({ typeName, oldVal, newVal }: AlterEnumStmt, { history }: Look): Hazard[] {
  const name = nameFrom(typeName)
  if (history.isMade(name)) return []
  if (oldVal !== undefined && oldVal !== '') {
    return [
      {
        ...{ rule: 'rename-enum-value', kind: 'break', severity: 'high', object: written(name) },
        detail: 'Running code that writes or compares the old value fails at once.',
        advice: 'Add the new value, let code and rows change over, and leave the old one unused.',
      },
    ]
  }
  if (history.transaction === undefined || newVal === undefined) return []
  return [
    {
      ...{ rule: 'enum-value-in-transaction', kind: 'break', severity: 'low', object: written(name) },
      detail: 'The new value cannot be used before this transaction ends: a later statement in it that does so fails.',
      advice: 'Add the value in a migration of its own.',
    },
  ]
}

/** A rule for a domain is tested in every table that has a column of it. */
export function alterDomain({ subtype, typeName, def }: AlterDomainStmt, { history }: Look): Hazard[] {
  const name = nameFrom(typeName)
  const lax = def && 'Constraint' in def && def.Constraint.skip_validation
  if ((subtype !== 'C' && subtype !== 'O') || lax || history.isMade(name)) return []
  return [
    {
      ...{ rule: 'alter-domain-add-constraint', kind: 'scan', severity: 'medium', object: written(name) },
      detail: 'Every row of every table with a column of this domain is tested while nobody can write those tables.',
      advice: 'Add it as NOT VALID, then ALTER DOMAIN … VALIDATE CONSTRAINT in a transaction of its own.',
    },
  ]
}
