import type { ParameterValue } from './rules.js'
import { literal } from './sql-text.js'

/** What kind of value a column holds, as far as masking it goes. */
export type ValueKind =
  'text' | 'uuid' | 'date' | 'timestamp' | 'number' | 'inet' | 'mac' | 'json' | 'bytes' | 'enum' | 'boolean' | 'other'

/** How far different values stay different. `bits`: of the digest that the masked value shows. */
export type Uniqueness =
  | { readonly kind: 'preserved'; readonly bits: number }
  | { readonly kind: 'not_guaranteed'; readonly bits: number }
  | { readonly kind: 'lossy' }

/**
 * How the masked column shows that nothing original is in it. `shape`: every masked value obeys a predicate, and no
 * original may come back unless it obeyed it before and the range is so small that it can come by chance (`small`).
 * `moved`: every value differs from what its own row held. `unproven`: nothing about one value can be said.
 */
export type Proof =
  | { readonly kind: 'shape'; readonly holds: (value: string) => string; readonly small: boolean }
  | { readonly kind: 'moved' }
  | { readonly kind: 'unproven'; readonly why: string }

/** Everything a transformer may build its expression from. All texts are SQL expressions. */
export interface Making {
  /** The original; for kind `text` in the chosen normalisation, neither NULL nor empty. */
  readonly value: string
  /** The type to make, quoted. */
  readonly type: string
  readonly kind: ValueKind
  /** Characters that the column takes. */
  readonly length: number | undefined
  readonly parameters: Readonly<Record<string, ParameterValue>>
  /** 32 bytes that depend on key, group, `part` and the text `of` (default the value). */
  readonly hmac: (part?: string, of?: string) => string
  /** The original of another column of the row. */
  readonly column: (name: string) => string
}

export interface Parameter {
  readonly meaning: string
  readonly type: 'text' | 'whole number' | 'yes or no' | readonly string[]
  readonly required?: boolean
  readonly atLeast?: number
  readonly atMost?: number
  /** Names a column of the same table. */
  readonly column?: boolean
}

export type Shape = Pick<Making, 'kind' | 'length' | 'parameters' | 'type'>

export interface Transformer {
  readonly meaning: string
  readonly parameters: Readonly<Record<string, Parameter>>
  readonly kinds: readonly ValueKind[]
  readonly uniqueness: (shape: Shape) => Uniqueness
  /** Characters of the longest masked value; more than the column takes is refused. */
  readonly longest?: (shape: Shape) => number
  /** The columns of the row it reads besides its own. */
  readonly reads?: (parameters: Making['parameters']) => readonly string[]
  /** What is wrong with the parameters together, in words that follow "the transformer". */
  readonly objection?: (shape: Shape) => string | undefined
  /** NULL instead of any value. */
  readonly empties?: boolean
  readonly make: (making: Making) => string
  readonly proof: (shape: Shape) => Proof
}

/** Range in which a masked value may equal an original by chance; below 48 bits a million values do. */
export const small = (bits: number) => bits < 48

export const lossy = (): Uniqueness => ({ kind: 'lossy' })
export const hex = (bytes: string, characters: number) =>
  characters % 2 === 0 && characters < 64
    ? `encode(substr(${bytes}, 1, ${characters / 2}), 'hex')`
    : `left(encode(${bytes}, 'hex'), ${characters})`
/** A whole number of up to 28 bits out of a digest. */
export const number = (bytes: string, bits: number) =>
  bits <= 8
    ? `(get_byte(${bytes}, 0) & ${2 ** bits - 1})`
    : `(('x' || encode(substr(${bytes}, 1, 4), 'hex'))::bit(32)::int & ${2 ** bits - 1})`
/** 18 digits out of a digest. 0 to 5 come twice as often as the others, which costs each a tenth of a bit. */
export const digits = (bytes: string) => `translate(encode(substr(${bytes}, 1, 9), 'hex'), 'abcdef', '012345')`
export const matches = (pattern: string) => (value: string) => `${value} ~ '${pattern.replaceAll("'", "''")}'`

/** The rest of a text behind its leading digits, or hexadecimal digits: many times faster than a regular expression. */
const behindHex = (text: string) => `ltrim(${text}, '0123456789abcdef')`

/** Predicate: `count` lower-case hexadecimal digits between two fixed texts; `after` begins with none. */
export const hexBetween =
  ({ before = '', count, after = '' }: { before?: string; count: number; after?: string }) =>
  (value: string) =>
    `(length(${value}) = ${before.length + count + after.length} AND left(${value}, ${before.length}) = ${literal(before)}
      AND ${behindHex(`substr(${value}, ${before.length + 1})`)} = ${literal(after)})`

/**
 * Where an expression finds the key, as two SQL expressions: the HMAC's inner and outer pad. They hold 64 characters of
 * ASCII each, so that the inner one with the value behind it is one text to digest.
 */
export interface Pads {
  readonly inner: string
  /** Bytes: to convert the text for each value would take a fifth of the digest's time. */
  readonly outer: string
}

/** Settings of the transaction: DDL takes no parameters, and a key inside the statement would stand in the log. */
export const padsOfEachRow: Pads = {
  inner: `current_setting('dbb.ipad')`,
  outer: `convert_to(current_setting('dbb.opad'), 'UTF8')`,
}
/** The same read once per query; for a SELECT alone. */
export const padsOfQuery: Pads = { inner: `(SELECT ${padsOfEachRow.inner})`, outer: `(SELECT ${padsOfEachRow.outer})` }

/**
 * Functions without arguments that are called immutable: PostgreSQL then reads the settings once, when it plans the
 * statement. For ALTER … USING, which takes no subquery; masking in place makes them.
 */
export const padsOfStatement: Pads = {
  inner: 'db_branch_masking.inner_pad()',
  outer: 'db_branch_masking.outer_pad()',
}

/** HMAC-SHA-256 from built-in functions alone; equals pgcrypto's hmac(), backslashes included (facts 6.1). */
export function hmac(pads: Pads, label: string, text: string): string {
  const inner = `sha256(convert_to(${pads.inner} || '${label}:' || ${text}, 'UTF8'))`
  return `sha256(${pads.outer} || ${inner})`
}
