import { literal, textArray } from '../masking/sql-text.js'

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

/** 32 bits of the MD5 of key and row. MD5, because it is in every version, quick, and the same on every machine. */
export function draw(key: DrawKey, row: Row): string {
  return `('x' || substr(${digest(key, row)}, 1, 8))::bit(32)::bigint`
}

/** 32 hexadecimal digits. */
export function digest(key: DrawKey, row: Row): string {
  return `md5(${literal(key)} || (${row}))`
}

/** A whole number from 0 to `below` - 1. */
export function drawBelow(below: number, key: DrawKey, row: Row): string {
  if (below <= 1) return '0'
  // A range that 32 bits cannot fill gets 60 of them.
  const wide = below > 2 ** 31 ? `('x' || substr(${digest(key, row)}, 1, 15))::bit(60)::bigint` : draw(key, row)
  return `mod(${wide}, ${below})`
}

export function pick(words: readonly string[], key: DrawKey, row: Row): string {
  return at(words, drawBelow(words.length, key, row))
}

/** `index` counts from 0. */
export function at(words: readonly string[], index: string): string {
  return `(${textArray(words)})[1 + ${index}]`
}
