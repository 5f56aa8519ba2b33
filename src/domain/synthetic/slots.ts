import { tableName } from '../masking/schema.js'
import { drawBelow, type DrawKey, type Row } from './draw.js'
import { columnOf, type SeedColumn, type SeedKey, type SeedReference, type SeedTable } from './schema.js'
import type { Source } from './windows.js'

/** Columns of a table whose values are chosen together: those of a foreign key, or one alone. */
export interface Slot {
  readonly columns: readonly number[]
  readonly reference: SeedReference | undefined
  /** How many different choices there are. */
  readonly capacity: number
  readonly column: SeedColumn | undefined
  readonly source: Source | undefined
  /** Comes from a sequence: every row has its own anyway. */
  readonly counted: boolean
}

/** Gives the place (from 0) that a row takes among the choices of a slot. */
export type Index = (row: Row) => string

const ownIndex: Index = (row) => `(${row} - 1)`

interface Asked {
  readonly table: SeedTable
  readonly rows: number
  readonly slots: readonly Slot[]
  readonly keys: readonly SeedKey[]
}

/**
 * Chooses by the row's number, so that no unique key meets a value twice: either one slot has another value in every row, or
 * several are the digits of the number. Slots without an index are free.
 */
export function chooseIndexes({ table, rows, slots, keys }: Asked): {
  indexes: ReadonlyMap<Slot, Index>
  problems: readonly string[]
} {
  const indexes = new Map<Slot, Index>()
  const different = new Set<Slot>()
  const problems: string[] = []
  const settled: (readonly number[])[] = []
  const own = (slot: Slot) => {
    indexes.set(slot, ownIndex)
    different.add(slot)
  }
  slots.filter(({ counted }) => counted).forEach(own)
  for (const key of [...keys].sort((a, b) => a.columns.length - b.columns.length)) {
    const inside = slots.filter(({ columns }) => columns.every((number) => key.columns.includes(number)))
    const done =
      inside.some((slot) => different.has(slot)) ||
      settled.some((columns) => columns.every((number) => key.columns.includes(number)))
    settled.push(key.columns)
    if (done) continue
    const open = inside.filter((slot) => !indexes.has(slot))
    const single = open.find(
      (slot) => !slot.reference && slot.capacity >= rows && !(isOrdinal(slot) && open.length > 1),
    )
    if (single) {
      own(single)
      continue
    }
    const digits = [...open].sort((a, b) => rank(a) - rank(b) || b.capacity - a.capacity)
    const room = digits.reduce((product, { capacity }) => product * capacity, 1)
    if (room < rows || digits.length === 0)
      problems.push(crowded(table, { key, room: digits.length === 0 ? 0 : room, rows }))
    else asDigits(digits, rows).forEach((index, at) => indexes.set(digits[at] as Slot, index))
    if (digits.length === 1 && digits[0]) different.add(digits[0])
  }
  return { indexes, problems }
}

/** The place of a row that need not be different: every choice once, as far as there are rows, and then any. */
export function freeIndex(capacity: number, key: DrawKey): Index {
  return (row) =>
    capacity <= 1
      ? '0'
      : `(CASE WHEN (${row}) <= ${capacity} THEN (${row}) - 1 ELSE ${drawBelow(capacity, key, row)} END)`
}

/** References first, then what has few values, then the line number. */
function rank(slot: Slot): number {
  return slot.reference ? 0 : isOrdinal(slot) ? 2 : 1
}

function isOrdinal({ column, reference }: Slot): boolean {
  return !reference && /^int\d$/.test(column?.base ?? '') && !/(^|_)id$/i.test(column?.name ?? '')
}

function asDigits(digits: readonly Slot[], rows: number): Index[] {
  const first = digits[0]
  let weight = 1
  return digits.map((slot, at) => {
    const before = weight
    weight *= Math.min(slot.capacity, rows)
    if (at === 0) return (row: Row) => `mod((${row}) - 1, ${slot.capacity})`
    const digit = (row: Row) => `((${row}) - 1) / ${before}`
    if (isOrdinal(slot)) return (row: Row) => `(${digit(row)})`
    // Shifted by the first digit: otherwise all the first rows had the same second value.
    return (row: Row) => `mod(${digit(row)} + mod((${row}) - 1, ${first?.capacity ?? 1}), ${slot.capacity})`
  })
}

function crowded(table: SeedTable, { key, room, rows }: { key: SeedKey; room: number; rows: number }): string {
  const columns = key.columns.map((number) => columnOf(table, number)?.name ?? number)
  const most = room === 0 ? 'no value is known to fit' : `${room} different values are possible`
  return `${tableName(table)} (${columns.join(', ')}) must be unique by ${key.name}: ${most}, and ${rows} rows are asked for. Ask for fewer, or give these columns a generator.`
}
