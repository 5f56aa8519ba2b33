import { identifier } from '../masking/sql-text.js'
import { tableName } from '../masking/schema.js'
import { precedingName, snake } from './by-name.js'
import { draw, drawBelow, drawKey, type Row } from './draw.js'
import { laterOf } from './measures.js'
import type { Filled } from './row-counts.js'
import {
  columnOf,
  mostKnownRows,
  type SeedColumn,
  type SeedReference,
  type SeedSchema,
  type SeedSequence,
} from './schema.js'
import { chooseIndexes, freeIndex, type Index, type Slot } from './slots.js'
import { sourceOf } from './sources.js'
import type { Source } from './windows.js'

/** Makes a value from the number of its row. */
export type Value = (row: Row) => string

/** What goes into the columns of one table. A column that is absent is left to the server. */
export interface TableRows {
  readonly filled: Filled
  readonly values: ReadonlyMap<number, Value>
  /** Foreign keys whose targets must be there before, or come in the same statement. */
  readonly needs: readonly string[]
  readonly notes: readonly string[]
  readonly problems: readonly string[]
}

export interface Given {
  readonly schema: SeedSchema
  readonly seed: number
  readonly filled: ReadonlyMap<string, Filled>
  /** The value of another table's column; it is asked for while rows are written, when every table is known. */
  readonly valueOf: (table: string, column: number) => Value
}

/** Every value is a function of the row's number alone, so that a foreign key finds its target without looking. */
export function tableRows(filled: Filled, given: Given): TableRows {
  const { schema, seed } = given
  const { table, rows, rules } = filled
  const notes: string[] = []
  const problems: string[] = []
  const values = new Map<number, Value>()
  const needs: string[] = []
  const key = (column: string) => drawKey(seed, table, column)
  const named = (number: number) => columnOf(table, number)
  const allKeys = schema.keys.filter((each) => each.table === table.id)
  const avoided = new Map(
    allKeys.flatMap(({ avoidedBy: by }) =>
      by && !rules.columns.has(by.column) ? [[by.column, by.value] as const] : [],
    ),
  )
  const keys = allKeys.filter(({ avoidedBy: by }) => !by || !avoided.has(by.column))

  const slots: Slot[] = []
  const claimed = new Set<number>()
  const references = schema.references
    .filter((each) => each.table === table.id)
    .sort((a, b) => Number(isOwn(a)) - Number(isOwn(b)) || b.columns.length - a.columns.length)
  for (const reference of references) {
    // What the rules say of a column counts, whatever refers to it; the server judges.
    if (reference.columns.some((number) => rules.columns.has(named(number)?.name ?? ''))) continue
    const free = reference.columns.filter((number) => !claimed.has(number))
    if (free.length === 0) continue
    if (isOwn(reference)) ownReference(reference, free)
    else if (capacityOf(reference) === 0) emptyReference(reference, free)
    else if (free.length < reference.columns.length) sharedReference(reference, free)
    else slots.push({ columns: reference.columns, reference, capacity: capacityOf(reference), ...nothingOwn })
    free.forEach((number) => claimed.add(number))
    if (given.filled.has(reference.target)) needs.push(reference.target)
  }
  for (const column of table.columns) {
    if (claimed.has(column.number) || column.generated) continue
    const constant = avoided.get(column.name)
    if (constant !== undefined) values.set(column.number, () => String(constant))
    else ownColumn(column)
  }
  const { indexes, problems: crowded } = chooseIndexes({ table, rows, slots, keys })
  problems.push(...crowded)
  for (const slot of slots) slot.columns.forEach((number, at) => values.set(number, valueFrom(slot, at)))
  follow()
  return { filled, values, needs: [...new Set(needs)], notes, problems }

  function capacityOf({ target }: SeedReference): number {
    const there = schema.tables.find(({ id }) => id === target)?.rows ?? 0
    return given.filled.get(target)?.rows ?? Math.min(there, mostKnownRows)
  }

  function ownColumn(column: SeedColumn): void {
    const wish = rules.columns.get(column.name)
    const sequence = wish ? undefined : column.sequence
    const source = sequence ? countedSource(column, sequence) : sourceOf({ table, column, seed, wish })
    if (source && !isBetterLeft(column, filled)) {
      const { capacity } = source
      const counted = sequence !== undefined
      slots.push({ columns: [column.number], reference: undefined, capacity, column, source, counted })
    } else if (column.fallback === 'none' && column.notNull) {
      problems.push(
        `${tableName(table)}.${column.name} has the type ${column.type}, for which no values are known; write { sql: … } for this column.`,
      )
    }
  }

  function valueFrom(slot: Slot, at: number): Value {
    const { column, source, reference } = slot
    const index = indexes.get(slot)
    if (reference) {
      const choose = index ?? freeIndex(slot.capacity, key(reference.name))
      return targetValue(reference, at, choose)
    }
    if (!column || !source) return () => 'NULL'
    if (index) return (row) => source.at(index(row))
    return orNull(column, (row) => source.free(row))
  }

  /** Some of the values are NULL, where the column takes it. */
  function orNull(column: SeedColumn, value: Value): Value {
    const often = nullsOf(column)
    return often === 0
      ? value
      : (row) =>
          `CASE WHEN ${drawBelow(8, `${key(column.name)}null:`, row)} < ${often} THEN NULL ELSE ${value(row)} END`
  }

  /** Of the rows that this seed makes, or of those that were there. */
  function targetValue({ target, targetColumns }: SeedReference, at: number, choose: Index): Value {
    const number = targetColumns[at] ?? 0
    if (given.filled.has(target)) return (row) => given.valueOf(target, number)(`(${choose(row)} + 1)`)
    const there = schema.tables.find(({ id }) => id === target)
    const column = (each: number) => identifier(columnOf(there, each)?.name ?? '')
    const list = `ARRAY(SELECT ${column(number)} FROM ${there?.sql ?? ''} ORDER BY ${targetColumns.map(column).join(', ')} LIMIT ${mostKnownRows})`
    return (row) => `(${list})[1 + ${choose(row)}]`
  }

  /** A tree of four: the first rows are roots. Where part of the key is another reference, a row stands for itself. */
  function ownReference(reference: SeedReference, free: readonly number[]): void {
    const open = free.length === reference.columns.length
    const root = free.find((number) => !named(number)?.notNull)
    for (const number of free) {
      const target = reference.targetColumns[reference.columns.indexOf(number)] ?? 0
      const parent = (row: Row) => given.valueOf(table.id, target)(`greatest((${row}) / 4, 1)`)
      if (!open) values.set(number, root === undefined ? given.valueOf(table.id, target) : () => 'NULL')
      else if (root === undefined) values.set(number, parent)
      else values.set(number, (row) => `CASE WHEN (${row}) >= 4 THEN ${parent(row)} END`)
    }
  }

  function emptyReference(reference: SeedReference, free: readonly number[]): void {
    const open = free.filter((number) => !named(number)?.notNull)
    const target = schema.tables.find(({ id }) => id === reference.target)
    open.forEach((number) => values.set(number, () => 'NULL'))
    notes.push(
      `${tableName(table)} (${open.map((number) => named(number)?.name).join(', ')}) stays empty: ${target ? tableName(target) : 'its target'} has no rows and is not named.`,
    )
    for (const column of table.columns)
      if (free.includes(column.number) && !open.includes(column.number)) ownColumn(column)
  }

  /** Two references with a column in common: the second takes one of the rows that agree with the first. */
  function sharedReference(reference: SeedReference, free: readonly number[]): void {
    const target = schema.tables.find(({ id }) => id === reference.target)
    const column = (number: number) => `t.${identifier(columnOf(target, number)?.name ?? '')}`
    const pair = reference.columns.map((number, at) => [number, reference.targetColumns[at] ?? 0] as const)
    for (const [number, there] of pair.filter(([each]) => free.includes(each))) {
      values.set(number, (row) => {
        const agreeing = pair
          .filter(([each]) => !free.includes(each))
          .map(([each, other]) => `${column(other)} = ${values.get(each)?.(row) ?? 'NULL'}`)
        const which = pair.map(([, other]) => `${column(other)}::text`).join(` || ':' || `)
        // The same order on every machine, which a hash of texts does not promise.
        const order = `sha256(convert_to(${which} || ${draw(key(reference.name), row)}, 'UTF8'))`
        return `(SELECT ${column(there)} FROM ${target?.sql ?? ''} t WHERE ${agreeing.join(' AND ')} ORDER BY ${order} LIMIT 1)`
      })
    }
  }

  /** Eighths of the rows that hold NULL. */
  function nullsOf(column: SeedColumn): number {
    const held =
      column.notNull ||
      column.limits.notNull === true ||
      rules.columns.has(column.name) ||
      schema.keys.some((each) => each.table === table.id && each.columns.includes(column.number)) ||
      schema.references.some((each) => each.target === table.id && each.targetColumns.includes(column.number))
    if (held) return 0
    return /(deleted|archived|cancell?ed|revoked|removed|disabled|expired)(_at|_on)?$/.test(snake(column.name)) ? 7 : 1
  }

  /** Dates and numbers that lie behind others, by a CHECK or by their names. */
  function follow(): void {
    const plain = new Map(values)
    for (const slot of slots) {
      const { column, source } = slot
      if (!column || !source || indexes.has(slot) || rules.columns.has(column.name) || column.array) continue
      const names = table.columns.filter(({ base }) => base === column.base).map(({ name }) => name)
      const byName = /^(date|timestamp(tz)?)$/.test(column.base) ? precedingName(column.name, names) : undefined
      const earlier = table.columns.find(({ name }) => name === (column.limits.after ?? byName))
      if (!earlier || earlier.limits.after === column.name) continue
      const before = plain.get(earlier.number)
      const later = laterOf(column)
      if (!before || !later) continue
      // Through `values`, so that a chain of three is in order, too.
      const base: Value = (row) => (chained(earlier, column) ? before : (values.get(earlier.number) ?? before))(row)
      const below = (row: Row) => (most: number) => drawBelow(most, `${key(column.name)}after:`, row)
      values.set(
        column.number,
        orNull(column, (row) => `coalesce((${later(base(row), below(row))})::${column.type}, ${source.free(row)})`),
      )
    }
  }

  /** Whether following the chain of earlier columns leads back. */
  function chained(from: SeedColumn, back: SeedColumn): boolean {
    const seen = new Set<string>()
    for (let at: SeedColumn | undefined = from; at && !seen.has(at.name);) {
      if (at === back) return true
      seen.add(at.name)
      const next: string | undefined = at.limits.after
      at = table.columns.find(({ name }) => name === next)
    }
    return false
  }
}

const nothingOwn = { column: undefined, source: undefined, counted: false }

/** The values that the sequence would give out. */
function countedSource(column: SeedColumn, { start, increment }: SeedSequence): Source {
  const at = (index: string) => `(${start} + ${increment} * (${index}))::${column.type}`
  return { capacity: Number.MAX_SAFE_INTEGER, at, free: (row) => at(`(${row}) - 1`) }
}

function isOwn({ table, target }: SeedReference): boolean {
  return table === target
}

/** A constant default says more than made-up words, where neither name nor constraints say what the column holds. */
function isBetterLeft(column: SeedColumn, { rules }: Filled): boolean {
  if (column.fallback !== 'constant' || rules.columns.has(column.name)) return false
  const { oneOf, like } = column.limits
  if (oneOf !== undefined || like !== undefined || column.labels.length > 0) return false
  return column.array || /^(text|varchar|bpchar|citext|jsonb?)$/.test(column.base)
}
