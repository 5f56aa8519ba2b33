import { descendantsOf, rowsOf } from './check-masks.js'
import { type Classification, key } from './classify.js'
import { type MaskedColumn, type Target, columnsRead, maskExpression, needsQuery } from './compile.js'
import { identifier, literal } from './sql-text.js'
import { type Column, type Schema, type Table, tableName } from './schema.js'
import type { ReducedTable } from './subset.js'
import { padsOfStatement } from './transformer.js'
import { needsRule } from './value-kind.js'

/** A table with its children and partitions, changed by one session in one transaction. */
export interface TreePlan {
  readonly root: Table
  /** Root and all below it. */
  readonly tables: readonly Table[]
  /** Estimate. */
  readonly rows: number
  /** Functions of the session for what ALTER takes no subquery for: arrays and elements of documents. */
  readonly functions: readonly string[]
  /** One per table with columns of its own to change; almost always one. */
  readonly alters: readonly string[]
}

export interface GeneratedColumn extends ColumnAt {
  /** The same column of children and partitions, which leaves and comes back with it. */
  readonly parts: readonly ColumnAt[]
}

export interface ColumnAt {
  readonly table: Table
  readonly column: Column
}

interface Work {
  readonly schema: Schema
  readonly classification: Classification
  readonly masked: readonly MaskedColumn[]
  readonly generated: readonly GeneratedColumn[]
  readonly reduced: readonly ReducedTable[]
}

/** Generated columns that read a masked one: ALTER refuses to change a column under them (facts 3.3). */
export function generatedOf(schema: Schema, masked: readonly MaskedColumn[]): GeneratedColumn[] {
  const numbers = new Set<string>()
  for (const { table, target } of masked)
    touchAll(numbers, { tables: [table, ...descendantsOf(schema, table.id)], name: target.column.name })
  return schema.tables.flatMap((table) =>
    table.columns
      .filter((column) => !column.inherited && column.reads.some((number) => numbers.has(key(table.id, number))))
      .map((column) => ({ table, column, parts: partsOf(belowOf(schema, table), column) })),
  )
}

/** Children and partitions at any depth, each once. */
function belowOf(schema: Schema, { id }: Table): Table[] {
  return [...new Set(descendantsOf(schema, id))]
}

function partsOf(tables: readonly Table[], { name }: Column): ColumnAt[] {
  return tables.flatMap((table) =>
    table.columns.filter((own) => own.name === name).map((column) => ({ table, column })),
  )
}

/**
 * One ALTER TABLE per table, so that it is written anew once. Tables that keep their values are written anew as well
 * where dropped columns or dead rows could still hold some: a branch's files are a copy of the parent's (facts 4.1).
 * @returns also the touched columns by `key`, under which nothing may stand meanwhile.
 */
export function treesOf(work: Work): { trees: TreePlan[]; touched: Set<string>; refusals: string[] } {
  const { schema, classification } = work
  const trees: TreePlan[] = []
  const touched = new Set<string>()
  const refusals: string[] = []
  for (const root of schema.tables.filter((table) => table.parents.length === 0 && table.kind !== 'foreign')) {
    const tables: [Table, ...Table[]] = [root, ...belowOf(schema, root)]
    const functions: string[] = []
    const parts = tables.map((table) => ({ table, actions: actionsOf(work, table, functions) }))
    const loses = work.reduced.some(({ table }) => table === root)
    if (parts[0]?.actions.length === 0 && (loses || keepsSomething(tables, classification))) {
      const column = rewriteBy(schema, tables)
      if (column) {
        parts[0].actions.push(
          `ALTER COLUMN ${typed(column)} USING coalesce(${identifier(column.name)}, ${identifier(column.name)})`,
          ...restated(column),
        )
        touchAll(touched, { tables, name: column.name })
      } else if (loses)
        refusals.push(
          `${tableName(root)} loses rows by "sample", and has no column by which it could be written anew without them.`,
        )
      else if (tables.some((table) => table.droppedColumns > 0))
        refusals.push(
          `${tableName(root)} has dropped columns, whose values are still in its files, and no column by which it could be written anew.`,
        )
    }
    const foreign = tables.find((table) => table.kind === 'foreign')
    if (foreign && parts.some(({ actions }) => actions.length > 0))
      refusals.push(
        `${tableName(foreign)} lies on another server and below ${tableName(root)}, which is to be masked. Detach it in the parent.`,
      )
    if (!root.ours && parts.some(({ actions }) => actions.length > 0))
      refusals.push(`${tableName(root)} must be written anew, and the role ${schema.server.role} may not change it.`)
    // ALTER of a table changes its children, too, and what a child computes for itself comes in the way of that.
    const ahead = work.generated.filter(({ table, column }) => tables.includes(table) && readsInherited(table, column))
    const alters = [
      ...ahead.map(({ table, column }) => `ALTER TABLE ${table.sql} ${dropped(column)}`),
      ...parts
        .filter(({ actions }) => actions.length > 0)
        .map(({ table, actions }) => `ALTER TABLE ${table.sql} ${actions.join(', ')}`),
      ...work.generated.filter(({ table }) => tables.includes(table)).flatMap(notNullParts),
    ]
    if (alters.length > 0) trees.push({ root, tables, rows: rowsOf(schema, root), functions, alters })
  }
  for (const { table, target } of work.masked)
    touchAll(touched, { tables: [table, ...descendantsOf(schema, table.id)], name: target.column.name })
  for (const { table, column, parts } of work.generated) {
    touchAll(touched, { tables: [table, ...parts.map((part) => part.table)], name: column.name })
    const otherwise = parts.filter(({ column: own }) => own.expression !== column.expression)
    refusals.push(
      ...otherwise.map(
        (part) =>
          `${tableName(part.table)}.${column.name} is computed otherwise than in ${tableName(table)}, and would come back as it is there. Give both the same expression in the parent, or leave the table out.`,
      ),
    )
  }
  return { trees, touched, refusals }
}

/** A part may forbid NULL on its own. */
function notNullParts({ column, parts }: GeneratedColumn): string[] {
  return parts
    .filter(({ column: own }) => own.notNull && !column.notNull)
    .map(({ table }) => `ALTER TABLE ${table.sql} ALTER COLUMN ${identifier(column.name)} SET NOT NULL`)
}

function touchAll(touched: Set<string>, { tables, name }: { tables: readonly Table[]; name: string }): void {
  for (const table of tables) {
    const column = table.columns.find((candidate) => candidate.name === name)
    if (column) touched.add(key(table.id, column.number))
  }
}

/** What may hold a person's data in dead rows, or anything in columns that were dropped. An empty file holds nothing. */
function keepsSomething(tables: readonly Table[], { emptied }: Classification): boolean {
  return tables.some(
    (table) =>
      !emptied.includes(table) && table.size > 0 && (table.droppedColumns > 0 || table.columns.some(needsRule)),
  )
}

/** The column under which least would have to be dropped and made again. */
function rewriteBy(schema: Schema, tables: readonly [Table, ...Table[]]): Column | undefined {
  const [table] = tables
  // ALTER changes children and partitions along, so each of them has a say.
  const fixed = new Set(tables.flatMap(fixedIn))
  const weight = ({ number, base }: Column) =>
    schema.dependents.filter((each) => each.uses.some((use) => use.relation === table.id && use.column === number))
      .length +
    100 *
      schema.foreignKeys.filter(
        (each) =>
          (each.table === table.id && each.columns.includes(number)) ||
          (each.target === table.id && each.targetColumns.includes(number)),
      ).length +
    (base === 'int4' || base === 'int8' ? 0 : 0.5)
  return table.columns.filter(({ name }) => !fixed.has(name)).toSorted((a, b) => weight(a) - weight(b))[0]
}

/** Names of the columns that PostgreSQL does not change: generated ones, what they read, and partition keys. */
function fixedIn({ columns, partitionColumns }: Table): string[] {
  const read = columns.filter(({ number }) => columns.some((each) => each.reads.includes(number)))
  return [
    ...partitionColumns,
    ...[...read, ...columns.filter(({ generated }) => generated !== '')].map(({ name }) => name),
  ]
}

function actionsOf({ masked, generated }: Work, table: Table, functions: string[]): string[] {
  const targets = masked.filter((each) => each.table.id === table.id).map((each) => each.target)
  const derived = generated.filter((each) => each.table.id === table.id).map((each) => each.column)
  return [
    ...derived.filter((column) => !readsInherited(table, column)).map(dropped),
    ...targets.flatMap((target) => [
      `ALTER COLUMN ${typed(target.column)} USING ${usingOf(table, target, functions)}`,
      ...restated(target.column),
    ]),
    ...derived.map(
      (column) =>
        `ADD COLUMN ${identifier(column.name)} ${column.type}${collated(column)} GENERATED ALWAYS AS (${column.expression ?? ''}) ${column.generated === 's' ? 'STORED' : 'VIRTUAL'}${column.notNull ? ' NOT NULL' : ''}`,
    ),
  ]
}

const dropped = ({ name }: Column) => `DROP COLUMN ${identifier(name)}`
const readsInherited = ({ columns }: Table, { reads }: Column) =>
  columns.some(({ number, inherited }) => inherited && reads.includes(number))
const collated = ({ collation }: Column) => (collation === null ? '' : ` COLLATE ${collation}`)
/** ALTER … TYPE falls back to the type's own collation, storage and compression unless told again (facts 3.3). */
const typed = (column: Column) => `${identifier(column.name)} TYPE ${column.type}${collated(column)}`

function restated({ name, storage, compression }: Column): string[] {
  return [
    ...(storage === null ? [] : [`ALTER COLUMN ${identifier(name)} SET STORAGE ${storage}`]),
    ...(compression === null ? [] : [`ALTER COLUMN ${identifier(name)} SET COMPRESSION ${compression}`]),
  ]
}

/** The body names settings, never the key: it stands in pg_proc until the session ends. */
function usingOf(table: Table, target: Target, functions: string[]): string {
  if (!needsQuery(target)) return maskExpression(target, identifier, padsOfStatement)
  const reads = columnsRead(target)
  const types = reads.map((name) => table.columns.find((column) => column.name === name)?.type ?? 'text')
  const body = `SELECT ${maskExpression(target, (name) => `$${reads.indexOf(name) + 1}`)}`
  const name = `pg_temp.mask_${table.id}_${target.column.number}`
  functions.push(
    `CREATE FUNCTION ${name}(${types.join(', ')}) RETURNS ${target.column.type} LANGUAGE sql STABLE AS ${literal(body)}`,
  )
  return `${name}(${reads.map(identifier).join(', ')})`
}
