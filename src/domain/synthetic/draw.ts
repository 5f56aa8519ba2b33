import { textArray } from '../masking/sql-text.js'

/** The number of a row, from 1, as SQL. */
export type Row = string

/** What a value is drawn by: the same seed, table, column and row give the same value on every server. */
export type DrawKey = string

export function drawKey(
  seed: number,
  table: { readonly schema: string; readonly name: string },
  column: string,
): DrawKey {
  return `${seed}:${table.schema}.${table.name}:${column}:`
}

/**
 * 64 bits, as a signed number, of key and row. Partitions by hash lie on disk by this function, so PostgreSQL cannot change
 * it; it works on numbers alone, so it is the same on every machine, and it takes a tenth of the time of an MD5.
 */
export function draw(key: DrawKey, row: Row): string {
  return `hashint8extended(${row}, ${seedOf(key)})`
}

const fnv = { offset: 0xcbf29ce484222325n, prime: 0x100000001b3n }

/** 63 bits of a text: FNV-1a. */
function seedOf(key: DrawKey): bigint {
  let hash = fnv.offset
  for (const byte of new TextEncoder().encode(key)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * fnv.prime)
  return hash >> 1n
}

/** 16 bytes. */
export function drawBytes(key: DrawKey, row: Row): string {
  return `(int8send(${draw(key, row)}) || int8send(${draw(`${key}more:`, row)}))`
}

/** 32 hexadecimal digits. */
export function digest(key: DrawKey, row: Row): string {
  return `encode(${drawBytes(key, row)}, 'hex')`
}

/** A whole number from 0 to `below` - 1. */
export function drawBelow(below: number, key: DrawKey, row: Row): string {
  if (below <= 1) return '0'
  if (Number.isInteger(Math.log2(below))) return `(${draw(key, row)} & ${below - 1})`
  return `mod(${draw(key, row)} & 9223372036854775807, ${below})`
}

export function pick(words: readonly string[], key: DrawKey, row: Row): string {
  return at(words, drawBelow(words.length, key, row))
}

/** A text; `index` counts from 0. */
export function at(words: readonly string[], index: string): string {
  // All that fits into a `name` has the same length there: PostgreSQL finds the hundredth without passing the others.
  const fits = words.every((word) => /^[ -~]{0,63}$/.test(word))
  return fits ? `(${textArray(words, 'name')})[1 + ${index}]::text` : `(${textArray(words)})[1 + ${index}]`
}
