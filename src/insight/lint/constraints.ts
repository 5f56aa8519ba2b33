import type { Constraint } from '../../sql/parser.js'
import { neverNullIn } from './expressions.js'
import { type Hazard, type Look, about, growing } from './hazard.js'
import type { Table } from './history.js'
import { nameOf, quoted, wordsOf, written } from './names.js'

/** A constraint added to a table that others use. */
export function addConstraint(table: Table, constraint: Constraint, look: Look): Hazard[] {
  const { history } = look
  switch (constraint.contype as string) {
    case 'CONSTR_CHECK': {
      const neverNull = neverNullIn(constraint.raw_expr)
      if (!constraint.is_enforced) return []
      if (constraint.skip_validation) return remember(table, { constraint, look, ...(neverNull && { neverNull }) })
      history.proveCheck(table.name, neverNull)
      return [scanned(table, 'add-check', constraint.conname)]
    }
    case 'CONSTR_NOTNULL': {
      const neverNull = (constraint.keys ?? []).flatMap(wordsOf)[0] ?? ''
      if (constraint.skip_validation) return remember(table, { constraint, look, neverNull })
      return setNotNull(table, neverNull, look)
    }
    case 'CONSTR_FOREIGN':
      if (!constraint.is_enforced) return []
      if (constraint.skip_validation) return remember(table, { constraint, look })
      return addForeignKey(table, { constraint, scans: true, look })
    case 'CONSTR_UNIQUE':
    case 'CONSTR_PRIMARY':
    case 'CONSTR_EXCLUSION':
      return addKey(table, constraint)
    default:
      return []
  }
}

function remember(
  table: Table,
  { constraint, look, neverNull }: { constraint: Constraint; look: Look; neverNull?: string },
): Hazard[] {
  const { history } = look
  const how = { transaction: history.transaction, ...(neverNull !== undefined && { neverNull }) }
  history.addUnproven(table.name, constraint.conname ?? '', how)
  return []
}

/** VALIDATE takes a weak lock, but the transaction still holds the strong one of ADD CONSTRAINT. */
export function validateConstraint(table: Table, name: string, { history }: Look): Hazard[] {
  const added = history.validate(table.name, name)
  if (added?.transaction === undefined || added.transaction !== history.transaction) return []
  return [
    {
      rule: 'validate-in-same-transaction',
      kind: 'scan',
      severity: 'high',
      ...growing(table),
      detail: `Constraint ${quoted(name)} is validated in the transaction that added it: every row is read under the strong lock that NOT VALID was to avoid.`,
      advice: 'Commit after ADD CONSTRAINT … NOT VALID; VALIDATE CONSTRAINT in a transaction of its own.',
    },
  ]
}

export function setNotNull(table: Table, column: string, { history }: Look): Hazard[] {
  if (history.isNeverNull(table, column)) return []
  return [
    {
      rule: 'set-not-null',
      kind: 'scan',
      severity: 'high',
      ...growing(table),
      detail: `Every row is read to see that ${quoted(column)} is never NULL, while nobody can read or write the table; one NULL fails the statement.`,
      advice: `Add CHECK (${quoted(column)} IS NOT NULL) NOT VALID, validate it in a transaction of its own, then SET NOT NULL, which then reads nothing.`,
    },
  ]
}

/** `scans`: the rows are tested, which the server spares itself where the column is new and empty. */
export function addForeignKey(
  table: Table,
  { constraint, scans, look }: { constraint: Constraint; scans: boolean; look: Look },
): Hazard[] {
  const parent = look.history.table(nameOf(constraint.pktable))
  if (scans) {
    return [
      {
        rule: 'add-foreign-key',
        kind: 'scan',
        severity: 'medium',
        ...growing(table),
        detail: `Every row is tested against ${written(parent.name)} while nobody can write either table.`,
        advice: 'Add it as NOT VALID, then VALIDATE CONSTRAINT in a transaction of its own.',
      },
    ]
  }
  if (parent.made) return []
  return [
    {
      rule: 'add-column-references',
      kind: 'lock',
      severity: 'low',
      ...about(table),
      detail: `Nobody can write ${written(parent.name)} from here to the end of the transaction, and it waits for every writer there first.`,
      advice: 'Commit at once, under a lock_timeout; or add the column alone and the foreign key later as NOT VALID.',
    },
  ]
}

/** UNIQUE, PRIMARY KEY and EXCLUDE build an index, unless one that exists is taken over. */
export function addKey(table: Table, { contype, conname, indexname }: Constraint): Hazard[] {
  if (indexname) return []
  const [rule, words] = keyRules[contype as keyof typeof keyRules]
  const advice =
    contype === 'CONSTR_EXCLUSION'
      ? 'There is no online way: add it while the table is small or nobody uses it, under a lock_timeout.'
      : `CREATE UNIQUE INDEX CONCURRENTLY outside a transaction, then ADD CONSTRAINT … ${words} USING INDEX.`
  return [
    {
      rule,
      kind: 'lock',
      severity: 'high',
      ...growing(table),
      detail: `The index of ${conname ? quoted(conname) : `the ${words} constraint`} is built while nobody can read or write the table.`,
      advice,
    },
  ]
}

const keyRules = {
  CONSTR_UNIQUE: ['add-unique', 'UNIQUE'],
  CONSTR_PRIMARY: ['add-primary-key', 'PRIMARY KEY'],
  CONSTR_EXCLUSION: ['add-exclusion', 'EXCLUDE'],
} as const

function scanned(table: Table, rule: string, name: string | undefined): Hazard {
  return {
    rule,
    kind: 'scan',
    severity: 'high',
    ...growing(table),
    detail: `Every row is tested against ${name ? quoted(name) : 'the constraint'} while nobody can read or write the table.`,
    advice: 'Add it as NOT VALID, then VALIDATE CONSTRAINT in a transaction of its own.',
  }
}
