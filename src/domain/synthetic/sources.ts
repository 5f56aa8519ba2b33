import { literal, textArray } from '../masking/sql-text.js'
import { personOf, snake, wordsByName } from './by-name.js'
import { at, digest, draw, drawBelow, drawBytes, type DrawKey, drawKey } from './draw.js'
import { numberSource, timeSource } from './measures.js'
import type { Generator } from './rules.js'
import type { SeedColumn, SeedTable } from './schema.js'
import type { Source } from './windows.js'
import { base36, textLike, uniqueWords, type WordKind, wordCapacity, wordsOf } from './words.js'

export interface Ordered {
  readonly table: SeedTable
  readonly column: SeedColumn
  readonly seed: number
  /** What the seed file says of the column. */
  readonly wish: Generator | undefined
}

/** Where the values of a column come from. Undefined where nothing is known to fit its type. */
export function sourceOf(ordered: Ordered): Source | undefined {
  const { table, column, seed, wish } = ordered
  const key = drawKey(seed, table, column.name)
  if (wish?.kind === 'one_of') return listed(wish.values, column, key)
  if (wish?.kind === 'value') return always(wish.value === null ? 'NULL' : `${literal(wish.value)}::${column.type}`)
  if (wish?.kind === 'sql') return { capacity: 0, at: inRow(wish.expression), free: rowOf(wish.expression) }
  const limits =
    wish?.kind === 'range'
      ? { ...column.limits, min: { value: wish.from, included: true }, max: { value: wish.to, included: true } }
      : column.limits
  const values = limits.oneOf ?? (column.labels.length > 0 ? column.labels : undefined)
  if (values && !column.array) return listed(values, column, key)
  const named = { ...ordered, column: { ...column, limits } }
  const element = values ? choice(values.length, key, (index) => at(values, index)) : elementSource(named, key)
  if (!element) return undefined
  return cast(column.array ? arrayOf(element, key) : element, column)
}

function elementSource(ordered: Ordered, key: DrawKey): Source | undefined {
  const { column } = ordered
  return numberSource(column, key) ?? timeSource(column, key) ?? textSource(ordered, key) ?? otherSource(column, key)
}

/** A domain's own cast checks its constraints; casts to varchar(n) cut. */
function cast(source: Source, { type }: SeedColumn): Source {
  return {
    capacity: source.capacity,
    at: (index) => `(${source.at(index)})::${type}`,
    free: (row) => `(${source.free(row)})::${type}`,
  }
}

function listed(values: readonly string[], column: SeedColumn, key: DrawKey): Source {
  // An array of the type itself, so that no row has to read its text; not where an array is written otherwise.
  const asText = column.array || column.base === 'box' || textTypes.includes(column.base)
  return asText
    ? cast(
        choice(values.length, key, (index) => at(values, index)),
        column,
      )
    : choice(values.length, key, (index) => `(${textArray(values, column.type)})[1 + ${index}]`)
}

function choice(capacity: number, key: DrawKey, of: (index: string) => string): Source {
  return { capacity, at: of, free: (row) => of(drawBelow(capacity, key, row)) }
}

function always(value: string): Source {
  return { capacity: 1, at: () => value, free: () => value }
}

const inRow = (expression: string) => (index: string) => rowOf(expression)(`${index} + 1`)
/** `n` in a user's expression is the row's number. */
const rowOf = (expression: string) => (row: string) =>
  `(SELECT (${expression}) FROM (SELECT (${row})::bigint AS n) AS own_row)`

function arrayOf(element: Source, key: DrawKey): Source {
  return {
    capacity: element.capacity,
    at: (index) => `ARRAY[${element.at(index)}]`,
    free: (row) =>
      `CASE WHEN ${drawBelow(2, `${key}length:`, row)} = 0 THEN ARRAY[${element.free(row)}] ELSE ARRAY[${element.free(row)}, ${element.free(`${row} + 500000000`)}] END`,
  }
}

const textTypes = ['text', 'varchar', 'bpchar', 'char', 'name', 'citext']

function textSource({ table, column, seed, wish }: Ordered, key: DrawKey): Source | undefined {
  if (!textTypes.includes(column.base)) return undefined
  const { like, minLength = 0, maxLength, case: letters } = column.limits
  const lengths = [column.length, maxLength, column.base === 'name' ? 63 : null, column.base === 'char' ? 1 : null]
  const room = lengths.filter((length) => length !== null && length !== undefined)
  const longest = room.length > 0 ? Math.min(...room) : undefined
  const kind: WordKind =
    wish?.kind === 'words'
      ? wish.words
      : (wordsByName(table.name, column.name) ?? (unsized(longest) ? 'lorem' : 'word'))
  const finish = (text: string) => {
    const long = minLength > 0 ? `rpad(${text}, greatest(${minLength}, length(${text})), 'x')` : text
    return letters === undefined ? long : `${letters}(${long})`
  }
  if (like !== undefined && !(kind === 'email' && /^[%_@.]*@[%_@.]*$/.test(like))) return likeSource(like, key, finish)
  const person = `${drawKey(seed, table, personOf(column.name))}person:`
  const words = { kind, key, person, longest }
  return {
    capacity: wordCapacity(longest),
    at: (index) => finish(uniqueWords(words, index)),
    free: (row) => finish(wordsOf(words, row)),
  }
}

/** Room for a sentence. */
const unsized = (longest: number | undefined) => longest === undefined || longest > 60

function likeSource(pattern: string, key: DrawKey, finish: (text: string) => string): Source {
  const open = /(?<!\\)%/.exec(pattern)
  const [before, after] = open ? [pattern.slice(0, open.index), pattern.slice(open.index + 1)] : [pattern, '']
  return {
    capacity: open ? 36 ** 8 : 1,
    at: (index) =>
      finish(
        open
          ? `${textLike(before, `${key}a:`, index)} || ${base36(index, 8)} || ${textLike(after, `${key}b:`, index)}`
          : textLike(pattern, key, index),
      ),
    free: (row) => finish(textLike(pattern, key, row)),
  }
}

const plenty = Number.MAX_SAFE_INTEGER
/** Of subtypes of ranges, by the range's name: a beginning far enough from the next. */
const ranges: Readonly<Record<string, (index: string) => string>> = {
  int4range: (index) => `int4range((10 * (${index}) + 1)::integer, (10 * (${index}) + 6)::integer)`,
  int8range: (index) => `int8range(10 * (${index})::bigint + 1, 10 * (${index})::bigint + 6)`,
  numrange: (index) => `numrange(10 * (${index}) + 1, 10 * (${index}) + 6)`,
  daterange: (index) =>
    `daterange(date '2024-01-01' + (2 * (${index}))::integer, date '2024-01-01' + (2 * (${index}) + 1)::integer)`,
  tsrange: (index) => hour('tsrange', `timestamp '2024-01-01' + (${index}) * interval '1 hour'`),
  tstzrange: (index) => hour('tstzrange', `timestamptz '2024-01-01 00:00+00' + (${index}) * interval '1 hour'`),
}
const hour = (type: string, from: string) => `${type}(${from}, ${from} + interval '30 minutes')`

function otherSource(column: SeedColumn, key: DrawKey): Source | undefined {
  const { base, length } = column
  const range = ranges[base]
  if (range) return { capacity: 1_000_000, at: range, free: (row) => range(drawBelow(10_000, key, row)) }
  const simple = (capacity: number, of: (index: string) => string): Source => ({
    ...choice(Math.min(capacity, 100_000), key, of),
    capacity,
  })
  const drawn = (of: (row: string) => string): Source => ({ capacity: plenty, at: of, free: of })
  switch (base) {
    case 'bool':
      return simple(2, (index) => `(${index} = 1)`)
    case 'uuid':
      // The form of version 4 (RFC 9562): its digit, and the two bits of the variant.
      return drawn((row) => uuid(draw(key, row), draw(`${key}more:`, row)))
    case 'bytea':
      return drawn((row) => drawBytes(key, row))
    case 'json':
    case 'jsonb':
      return drawn((row) => documentOf(column.name, key, row))
    case 'time':
    case 'timetz':
      return simple(86_400, (index) => `(time '00:00' + (${index}) * interval '1 second')`)
    case 'interval':
      return simple(plenty, (index) => `((${index}) + 1) * interval '1 minute'`)
    case 'inet':
    case 'cidr':
      return simple(2 ** 24, (index) => `(inet '10.0.0.0' + (${index}))`)
    case 'macaddr':
      return simple(plenty, (index) => `('02' || lpad(to_hex((${index})::bigint), 10, '0'))`)
    case 'macaddr8':
      return simple(plenty, (index) => `('02' || lpad(to_hex((${index})::bigint), 14, '0'))`)
    case 'bit':
    case 'varbit': {
      const bits = Math.min(length ?? (base === 'bit' ? 1 : 16), 32)
      return simple(2 ** bits, (index) => `(${index})::bigint::bit(${bits})::bit varying`)
    }
    case 'point':
      return simple(plenty, (index) => `point(mod(${index}, 180), mod((${index}) / 180, 90))`)
    case 'tsvector':
      return drawn((row) => `to_tsvector('simple', ${digest(key, row)})`)
    case 'xml':
      return drawn((row) => `('<note>' || ${digest(key, row)} || '</note>')::xml`)
    case 'oid':
      return simple(2_000_000_000, (index) => `((${index}) + 1)`)
    default:
      return undefined
  }
}

function uuid(first: string, second: string): string {
  const halves = [
    `int8send(${first} & ~61440 | 16384)`,
    `int8send(${second} & 4611686018427387903 | ~9223372036854775807)`,
  ]
  return `encode(${halves.join(' || ')}, 'hex')::uuid`
}

function documentOf(name: string, key: DrawKey, row: string): string {
  const words = (kind: WordKind) => wordsOf({ kind, key: `${key}${kind}:`, person: key, longest: undefined }, row)
  const fields: readonly WordKind[] = /address|location/.test(snake(name))
    ? ['street', 'postcode', 'city', 'country_code']
    : ['word', 'lorem']
  return `jsonb_build_object(${fields.map((field) => `${literal(field)}, ${words(field)}`).join(', ')})`
}
