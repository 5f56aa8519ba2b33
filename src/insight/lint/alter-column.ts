import type { ColumnDef, Node } from '../../sql/parser.js'
import { type Hazard, type Look, about, growing } from './hazard.js'
import type { Table } from './history.js'
import { quoted } from './names.js'
import { type Type, type TypeChange, judgeTypeChange, typeOf } from './type-change.js'

export function dropNotNull(table: Table, column: string): Hazard {
  return {
    rule: 'drop-not-null',
    kind: 'break',
    severity: 'low',
    ...about(table),
    detail: `Code that relies on ${quoted(column)} meets NULL from now on.`,
    advice: 'Release the code that reads NULL before this.',
  }
}

export function dropDefault(table: Table, column: string): Hazard {
  return {
    rule: 'drop-default',
    kind: 'break',
    severity: 'low',
    ...about(table),
    detail: `Running code that leaves ${quoted(column)} out inserts NULL from now on, or fails where the column is NOT NULL.`,
    advice: 'Release the code that gives the value itself before this.',
  }
}

export function setExpression(table: Table, column: string): Hazard {
  return {
    rule: 'set-expression',
    kind: 'rewrite',
    severity: 'high',
    ...growing(table),
    detail: `Column ${quoted(column)} is computed anew for every row: the whole table is written while nobody can read or write it, if it is STORED.`,
    advice: 'Add a new column, fill it in batches, then let readers change over.',
  }
}

/** ALTER COLUMN … TYPE. What it costs depends on the old type, and on the expression behind USING. */
export function changeType(table: Table, { column, to }: { column: string; to: ColumnDef }, look: Look): Hazard[] {
  const facts = table.facts?.columns.find(({ name }) => name === column)
  const steps = castsOf(to.raw_default, typeOf(to.typeName))
  const change = { name: quoted(column), type: typeText(typeOf(to.typeName)), table }
  if (steps && !facts) return [unknownChange(change, steps)]
  const verdict = steps && facts ? judgeSteps(look.typeFrom(facts.type), steps) : 'rewrite'
  if (verdict === 'rewrite') return [rewriteChange({ ...change, from: facts?.type })]
  if (verdict === 'time_zone') return [timeZoneChange(change)]
  if (to.collClause) return [collationChange(change)]
  return facts?.checked ? [checkedChange(change)] : []
}

/** Types the value passes through; undefined if USING computes something else than casts of one column. */
function castsOf(using: Node | undefined, last: Type): Type[] | undefined {
  if (!using || 'ColumnRef' in using) return [last]
  if (!('TypeCast' in using)) return undefined
  const before = castsOf(using.TypeCast.arg, typeOf(using.TypeCast.typeName))
  return before && [...before, last]
}

function judgeSteps(from: Type, steps: readonly Type[]): TypeChange {
  const changes = steps.map((to, index) => judgeTypeChange(steps[index - 1] ?? from, to))
  if (changes.includes('rewrite')) return 'rewrite'
  return changes.includes('time_zone') ? 'time_zone' : 'free'
}

interface Change {
  readonly table: Table
  readonly name: string
  readonly type: string
}

const newColumn =
  'Add a column of the new type, keep both in step with a trigger, fill it in batches, let readers change over, drop the old one.'

function rewriteChange({ table, name, type, from }: Change & { from: string | undefined }): Hazard {
  return {
    rule: 'change-type',
    kind: 'rewrite',
    severity: 'high',
    ...growing(table),
    detail: `Changing ${name}${from ? ` from ${from}` : ''} to ${type} writes the whole table and its indexes anew while nobody can read or write it; a value that does not fit fails the statement.`,
    advice: newColumn,
  }
}

/** Without the old type a target that anything narrower widens to for free is the milder guess. */
function unknownChange({ table, name, type }: Change, steps: readonly Type[]): Hazard {
  const mild = steps.every(
    ({ base, modifiers }) => modifiers.length === 0 && ['text', 'varchar', 'numeric'].includes(base),
  )
  return {
    rule: 'change-type',
    kind: 'rewrite',
    severity: mild ? 'medium' : 'high',
    ...growing(table),
    detail: `Changing ${name} to ${type} writes the whole table and its indexes anew while nobody can read or write it, unless the old type is a narrower form of the new one.`,
    advice: newColumn,
  }
}

function timeZoneChange({ table, name, type }: Change): Hazard {
  return {
    rule: 'change-type-time-zone',
    kind: 'rewrite',
    severity: 'medium',
    ...growing(table),
    detail: `Changing ${name} to ${type} writes the whole table anew unless the time zone of the session is UTC, and shifts the values by that zone.`,
    advice: "SET timezone = 'UTC' right before, if the values are UTC; else fill a new column in batches.",
  }
}

function collationChange({ table, name }: Change): Hazard {
  return {
    rule: 'change-collation',
    kind: 'lock',
    severity: 'medium',
    ...growing(table),
    detail: `The new collation of ${name} rebuilds its indexes while nobody can read or write the table.`,
    advice: 'Build the new indexes CONCURRENTLY with the collation named in them, and leave the column as it is.',
  }
}

function checkedChange({ table, name, type }: Change): Hazard {
  return {
    rule: 'change-type-checked',
    kind: 'scan',
    severity: 'medium',
    ...growing(table),
    detail: `Changing ${name} to ${type} rewrites nothing, but tests the CHECK on it against every row while nobody can read or write the table.`,
    advice: 'Drop the CHECK first; add it again as NOT VALID and VALIDATE it in a transaction of its own.',
  }
}

function typeText({ base, modifiers, array }: Type): string {
  const shown = modifiers.filter((modifier) => modifier !== 0x7fff)
  return `${base.split('.').map(quoted).join('.')}${shown.length > 0 ? `(${shown.join(',')})` : ''}${array ? '[]' : ''}`
}

/** The column an ALTER TABLE … command names in its definition. */
export function columnIn(node: Node | undefined): ColumnDef | undefined {
  return node && 'ColumnDef' in node ? node.ColumnDef : undefined
}
