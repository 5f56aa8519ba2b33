import type { ColumnDef, Constraint, CreateStmt } from '../../sql/parser.js'
import { addForeignKey, addKey } from './constraints.js'
import { isNull, volatileFunction } from './expressions.js'
import { type Hazard, type Look, about, growing } from './hazard.js'
import type { Table } from './history.js'
import { nameOf, quoted, wordsOf } from './names.js'
import { typeOf } from './type-change.js'

const serials = ['serial', 'bigserial', 'smallserial', 'serial2', 'serial4', 'serial8']
const narrowTypes = ['int4', 'int2', 'serial', 'serial4', 'smallserial', 'serial2']

/** A column added to a table that others use. */
export function addColumn(table: Table, column: ColumnDef, look: Look): Hazard[] {
  const constraints = constraintsOf(column)
  const has = (...types: Constraint['contype'][]) => constraints.find(({ contype }) => types.includes(contype))
  const name = quoted(column.colname ?? '')
  const { base } = typeOf(column.typeName)
  const value = has('CONSTR_DEFAULT')?.raw_expr
  const fallback = value && !isNull(value) ? value : undefined
  const numbered = serials.includes(base) || has('CONSTR_IDENTITY') !== undefined
  const generated = has('CONSTR_GENERATED')
  const hazards: Hazard[] = []

  if (numbered) hazards.push(numberedColumn(table, name))
  if (generated && generated.generated_kind !== 'v') hazards.push(generatedColumn(table, name))
  const unsteady = volatileFunction(fallback)
  if (unsteady !== undefined) hazards.push(volatileColumn(table, name, unsteady))
  if (has('CONSTR_NOTNULL', 'CONSTR_PRIMARY') && !fallback && !numbered && !generated) {
    hazards.push({
      rule: 'add-column-not-null',
      kind: 'break',
      severity: 'high',
      ...growing(table),
      detail: `Column ${name} is NOT NULL and has no default: the statement fails if the table has rows, and running code that does not fill it can no longer insert.`,
      advice: `Add it with a constant DEFAULT, or as nullable; fill it in batches and make it NOT NULL later.`,
    })
  }
  for (const constraint of constraints) hazards.push(...columnConstraint(table, constraint, { name, fallback, look }))
  if (base === 'json') {
    hazards.push({
      rule: 'add-column-json',
      kind: 'break',
      severity: 'low',
      ...about(table),
      detail: `Column ${name} is json, which has no equality: SELECT DISTINCT, GROUP BY and UNION over the row fail.`,
      advice: 'Use jsonb.',
    })
  }
  return [...hazards, ...narrowKey(table, column)]
}

/** A column that is the primary key by itself. */
function narrowKey(table: Table, column: ColumnDef): Hazard[] {
  return constraintsOf(column).some(({ contype }) => contype === 'CONSTR_PRIMARY') ? narrow(table, column) : []
}

/** A new table whose primary key is one column, said with the column or by itself. */
export function createTable({ relation, tableElts = [] }: CreateStmt, { history }: Look): Hazard[] {
  const table = history.table(nameOf(relation))
  const keys = tableElts.flatMap((node) =>
    'Constraint' in node && node.Constraint.contype === 'CONSTR_PRIMARY'
      ? [(node.Constraint.keys ?? []).flatMap(wordsOf)]
      : [],
  )[0]
  return tableElts.flatMap((node) => {
    if (!('ColumnDef' in node)) return []
    const isKey = keys?.length === 1 && keys[0] === node.ColumnDef.colname
    return isKey ? narrow(table, node.ColumnDef) : narrowKey(table, node.ColumnDef)
  })
}

/** A key that ends at two thousand million, or at 32767. */
function narrow(table: Table, { colname = '', typeName }: ColumnDef): Hazard[] {
  const { base } = typeOf(typeName)
  if (!narrowTypes.includes(base)) return []
  const last = base === 'int2' || base === 'smallserial' || base === 'serial2' ? '32767' : '2147483647'
  return [
    {
      rule: 'int-primary-key',
      kind: 'break',
      severity: 'low',
      ...about(table),
      detail: `Primary key ${quoted(colname)} ends at ${last}: then every insert fails, and a wider type rewrites the table.`,
      advice: 'Use bigint from the start: bigint GENERATED ALWAYS AS IDENTITY.',
    },
  ]
}

function columnConstraint(
  table: Table,
  constraint: Constraint,
  { name, fallback, look }: { name: string; fallback: unknown; look: Look },
): Hazard[] {
  switch (constraint.contype as string) {
    case 'CONSTR_UNIQUE':
    case 'CONSTR_PRIMARY':
      return addKey(table, constraint)
    case 'CONSTR_FOREIGN':
      return addForeignKey(table, { constraint, scans: fallback !== undefined, look })
    case 'CONSTR_CHECK':
      return [
        {
          rule: 'add-column-check',
          kind: 'scan',
          severity: 'high',
          ...growing(table),
          detail: `The CHECK of the new column ${name} is tested against every row while nobody can read or write the table.`,
          advice:
            'Add the column alone, then the CHECK as NOT VALID, then VALIDATE CONSTRAINT in a transaction of its own.',
        },
      ]
    default:
      return []
  }
}

const rewrites = { kind: 'rewrite', severity: 'high' } as const
const inBatches = 'Add it as a plain nullable column, fill it in batches'

function numberedColumn(table: Table, name: string): Hazard {
  return {
    rule: 'add-column-serial',
    ...rewrites,
    ...growing(table),
    detail: `Column ${name} gets a number for every row: the whole table is written anew while nobody can read or write it.`,
    advice: `${inBatches} from the sequence, then set its default or identity.`,
  }
}

function generatedColumn(table: Table, name: string): Hazard {
  return {
    rule: 'add-column-generated',
    ...rewrites,
    ...growing(table),
    detail: `Column ${name} is GENERATED … STORED: the whole table is written anew while nobody can read or write it.`,
    advice: `${inBatches} and keep it with a trigger; or compute it in a view (from PostgreSQL 18 on as VIRTUAL).`,
  }
}

function volatileColumn(table: Table, name: string, unsteady: string): Hazard {
  return {
    rule: 'add-column-volatile-default',
    ...rewrites,
    ...growing(table),
    detail: `The default of column ${name} calls ${unsteady}(), which gives each row its own value: the whole table is written anew while nobody can read or write it.`,
    advice: `${inBatches}; set the default in a statement of its own, which costs nothing for rows to come.`,
  }
}

function constraintsOf({ constraints = [] }: ColumnDef): Constraint[] {
  return constraints.flatMap((node) => ('Constraint' in node ? [node.Constraint] : []))
}
