import { type Classified, key } from './classify.js'
import { type Target, jsonShape, known, shapeOf } from './compile.js'
import { type Schema, type Table, tableName } from './schema.js'
import { kindOf } from './value-kind.js'

/** Chance of one collision that is let through: of 1,000 builds one would fail on its unique index. */
const bearableChance = 1e-3

/** What stands against masking a column so, one sentence each. */
export function objectionsTo(
  schema: Schema,
  { table, target }: { table: Table; target: Target },
  columns: ReadonlyMap<string, Classified>,
): string[] {
  const where = `${target.mask.place}: ${tableName(table)}.${target.column.name}`
  return [
    ...ofTable(schema, table, target),
    ...ofValue(target),
    ...ofRow({ table, target }, columns),
    ...ofUniques(schema, table, target),
  ].map((why) => `${where} ${why}.`)
}

function* ofTable(schema: Schema, table: Table, { column }: Target): Generator<string> {
  if (isPartitionKey(schema, table, column.name))
    yield 'is part of a partition key, whose values cannot change in place'
  if (table.typed) yield 'belongs to a typed table, whose columns cannot be changed'
  if (table.parents.length > 1) yield 'belongs to a table with several parents, which is not supported'
  if (!table.ours) yield `belongs to a table that the role at work may not change`
}

function* ofValue(target: Target): Generator<string> {
  const { column, mask } = target
  const transformer = known(mask)
  const shape = shapeOf(target)
  if (!transformer.kinds.includes(shape.kind)) {
    yield `is ${column.type}, which "${mask.transformer}" cannot make`
    return
  }
  if (transformer.empties && column.notNull) yield 'is NOT NULL and cannot become NULL'
  if (column.array && shape.kind === 'json' && !transformer.empties)
    yield 'is an array of documents, which only null can mask'
  const objection = transformer.objection?.(shape)
  if (objection !== undefined) yield `has the transformer "${mask.transformer}", which ${objection}`
  const longest = transformer.longest?.(shape) ?? 0
  if (shape.length !== undefined && longest > shape.length) {
    yield `holds ${shape.length} characters, and "${mask.transformer}" needs ${longest}; write a shorter one, such as constant`
  }
  if (kindOf(column) === 'enum' && !column.labels.includes(String(mask.parameters['value'] ?? ''))) {
    yield `is an enum without the label "${String(mask.parameters['value'] ?? '')}"`
  }
  for (const rule of mask.paths) {
    const why = known(rule.mask).objection?.(jsonShape(rule))
    if (why !== undefined)
      yield `has at ${rule.path.join('.')} the transformer "${rule.mask.transformer}", which ${why}`
  }
}

/** A template shows the column that it names, so that must be one that may be seen. */
function* ofRow(
  { table, target }: { table: Table; target: Target },
  columns: ReadonlyMap<string, Classified>,
): Generator<string> {
  for (const mask of [target.mask, ...target.mask.paths.map((rule) => rule.mask)]) {
    for (const name of known(mask).reads?.(mask.parameters) ?? []) {
      const column = table.columns.find((candidate) => candidate.name === name)
      const found = column && columns.get(key(table.id, column.number))
      if (!found) yield `names the column "${name}", which its table does not have`
      else if (mask.transformer === 'template' && !['free', 'keep', 'harmless'].includes(found.class.kind)) {
        yield `names the column "${name}" in its template, and that column's values must not be seen`
      }
    }
  }
}

function* ofUniques(schema: Schema, table: Table, { column, mask, ...rest }: Target): Generator<string> {
  if (mask.allowUniquenessLoss) return
  const uniqueness = known(mask).uniqueness(shapeOf({ column, mask, ...rest }))
  for (const unique of schema.uniques.filter((each) => touches(schema, each, { table, column: column.number }))) {
    if (uniqueness.kind === 'lossy') {
      yield `is in the unique index ${unique.name}, and "${mask.transformer}" makes different values equal; write hash, email or uuid`
      continue
    }
    const rows = rowsOf(schema, table)
    // The birthday bound: https://en.wikipedia.org/wiki/Birthday_problem
    if (rows ** 2 / 2 ** (uniqueness.bits + 1) > bearableChance) {
      yield `is in the unique index ${unique.name}, and ${uniqueness.bits} bits of "${mask.transformer}" are too few for ${Math.round(rows)} rows; write hash, email or uuid`
    }
  }
}

/** A partition's own index counts as well. */
function touches(
  schema: Schema,
  unique: Schema['uniques'][number],
  { table, column }: { table: Table; column: number },
): boolean {
  if (unique.table === table.id) return unique.columns.includes(column)
  const child = descendantsOf(schema, table.id).find((candidate) => candidate.id === unique.table)
  const name = table.columns.find((candidate) => candidate.number === column)?.name
  return (
    child?.columns.some((candidate) => candidate.name === name && unique.columns.includes(candidate.number)) ?? false
  )
}

/** Children and partitions at any depth. */
export function descendantsOf(schema: Schema, id: string): Table[] {
  const children = schema.tables.filter((table) => table.parents.includes(id))
  return children.flatMap((child) => [child, ...descendantsOf(schema, child.id)])
}

/** Whether the table or one of its partitions, which may be divided by other columns, is divided by this one. */
export function isPartitionKey(schema: Schema, table: Table, column: string): boolean {
  return [table, ...descendantsOf(schema, table.id)].some(({ partitionColumns }) => partitionColumns.includes(column))
}

export function rowsOf(schema: Schema, table: Table): number {
  return [table, ...descendantsOf(schema, table.id)].reduce((rows, each) => rows + each.rows, 0)
}
