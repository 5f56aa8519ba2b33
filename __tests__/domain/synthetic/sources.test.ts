import { describe, expect, it } from '@jest/globals'
import { at, digest, draw, drawBelow, drawBytes } from '../../../src/domain/synthetic/draw.js'
import type { Generator } from '../../../src/domain/synthetic/rules.js'
import type { Limits, SeedColumn } from '../../../src/domain/synthetic/schema.js'
import { sourceOf } from '../../../src/domain/synthetic/sources.js'
import { base36, textLike, uniqueWords, type WordKind, wordsOf } from '../../../src/domain/synthetic/words.js'
import { columnOf, tableOf } from './schema-of.js'

const key = '7:public.t:c:'

interface Asked {
  readonly change?: Partial<SeedColumn>
  readonly name?: string
  readonly wish?: Generator
}

function sqlOf(base: string, { change, name = 'c', wish }: Asked = {}) {
  const column = columnOf(name, base, change)
  const source = sourceOf({ table: tableOf('t', [column]), column, seed: 7, wish })
  return source && { capacity: source.capacity, at: source.at('i'), free: source.free('n') }
}

const below = (many: number) => drawBelow(many, key, 'n')
const plenty = Number.MAX_SAFE_INTEGER
const uuid = (row: string) =>
  `encode(int8send(${draw(key, row)} & ~61440 | 16384) || int8send(${draw(`${key}more:`, row)} & 4611686018427387903 | ~9223372036854775807), 'hex')::uuid`
const fields = (kinds: readonly WordKind[], own: string, row: string) =>
  kinds
    .map((kind) => `'${kind}', ${wordsOf({ kind, key: `${own}${kind}:`, person: own, longest: undefined }, row)}`)
    .join(', ')
const hours = (type: string, start: string) => (index: string) =>
  `${type}(${start} + (${index}) * interval '1 hour', ${start} + (${index}) * interval '1 hour' + interval '30 minutes')`

// The value of a place, how many there are, and what a free one is drawn from where it is less than that.
it.each<[string, (index: string) => string, number, number?]>([
  ['bool', (index) => `(${index} = 1)`, 2],
  ['time', (index) => `(time '00:00' + (${index}) * interval '1 second')`, 86_400],
  ['timetz', (index) => `(time '00:00' + (${index}) * interval '1 second')`, 86_400],
  ['interval', (index) => `((${index}) + 1) * interval '1 minute'`, plenty, 100_000],
  ['inet', (index) => `(inet '10.0.0.0' + (${index}))`, 16_777_216, 100_000],
  ['cidr', (index) => `(inet '10.0.0.0' + (${index}))`, 16_777_216, 100_000],
  ['macaddr', (index) => `('02' || lpad(to_hex((${index})::bigint), 10, '0'))`, plenty, 100_000],
  ['macaddr8', (index) => `('02' || lpad(to_hex((${index})::bigint), 14, '0'))`, plenty, 100_000],
  ['bit', (index) => `(${index})::bigint::bit(1)::bit varying`, 2],
  ['varbit', (index) => `(${index})::bigint::bit(16)::bit varying`, 65_536],
  ['point', (index) => `point(mod(${index}, 180), mod((${index}) / 180, 90))`, plenty, 100_000],
  ['oid', (index) => `((${index}) + 1)`, 2_000_000_000, 100_000],
  [
    'int4range',
    (index) => `int4range((10 * (${index}) + 1)::integer, (10 * (${index}) + 6)::integer)`,
    1_000_000,
    10_000,
  ],
  ['int8range', (index) => `int8range(10 * (${index})::bigint + 1, 10 * (${index})::bigint + 6)`, 1_000_000, 10_000],
  ['numrange', (index) => `numrange(10 * (${index}) + 1, 10 * (${index}) + 6)`, 1_000_000, 10_000],
  [
    'daterange',
    (index) =>
      `daterange(date '2024-01-01' + (2 * (${index}))::integer, date '2024-01-01' + (2 * (${index}) + 1)::integer)`,
    1_000_000,
    10_000,
  ],
  ['tsrange', hours('tsrange', `timestamp '2024-01-01'`), 1_000_000, 10_000],
  ['tstzrange', hours('tstzrange', `timestamptz '2024-01-01 00:00+00'`), 1_000_000, 10_000],
])('makes values of %s', (base, value, capacity, freely = capacity) => {
  expect(sqlOf(base)).toEqual({ capacity, at: `(${value('i')})::${base}`, free: `(${value(below(freely))})::${base}` })
})

it.each<[string, (row: string) => string]>([
  ['uuid', uuid],
  ['bytea', (row) => drawBytes(key, row)],
  ['json', (row) => `jsonb_build_object(${fields(['word', 'lorem'], key, row)})`],
  ['jsonb', (row) => `jsonb_build_object(${fields(['word', 'lorem'], key, row)})`],
  ['tsvector', (row) => `to_tsvector('simple', ${digest(key, row)})`],
  ['xml', (row) => `('<note>' || ${digest(key, row)} || '</note>')::xml`],
])('draws values of %s', (base, value) => {
  expect(sqlOf(base)).toEqual({ capacity: plenty, at: `(${value('i')})::${base}`, free: `(${value('n')})::${base}` })
})

it.each(['address', 'homeLocation'])('makes an address of the document %s', (name) => {
  const own = `7:public.t:${name}:`
  expect(sqlOf('jsonb', { name })?.free).toBe(
    `(jsonb_build_object(${fields(['street', 'postcode', 'city', 'country_code'], own, 'n')}))::jsonb`,
  )
})

it.each([
  ['bit', 5, 32],
  ['bit', 32, 2 ** 32],
  ['bit', 64, 2 ** 32],
  ['varbit', 5, 32],
])('fills %s(%d)', (base, length, capacity) => {
  expect(sqlOf(base, { change: { length } })).toMatchObject({
    capacity,
    at: `((i)::bigint::bit(${Math.min(length, 32)})::bit varying)::${base}`,
  })
})

it.each(['tsquery', 'polygon', 'person'])('knows nothing that fits %s', (base) => {
  expect(sqlOf(base)).toBeUndefined()
  expect(sqlOf(base, { change: { array: true } })).toBeUndefined()
})

it('takes numbers and points in time from their measures, cast to the type', () => {
  const change = { type: 'shop.amount', precision: 4, scale: 2 }
  expect(sqlOf('numeric', { change })).toMatchObject({ capacity: 9900, at: '((100 + i) * 0.01)::shop.amount' })
  expect(sqlOf('date')?.at).toBe(`((date '1970-01-01' + ((19723 + i))::integer))::date`)
})

describe('a text', () => {
  const words = (
    kind: WordKind,
    { name = 'c', person = '', longest }: { name?: string; person?: string; longest?: number } = {},
  ) => ({
    kind,
    key: `7:public.t:${name}:`,
    person: `7:public.t:${person}:person:`,
    longest,
  })
  const plain = (given: ReturnType<typeof words>) => ({
    at: `(${uniqueWords(given, 'i')})::text`,
    free: `(${wordsOf(given, 'n')})::text`,
  })
  const type = { type: 'text' }

  it.each<[string, Partial<SeedColumn>, ReturnType<typeof words>]>([
    ['c', {}, words('lorem', { person: 'c' })],
    ['billingEmail', {}, words('email', { name: 'billingEmail', person: 'billing' })],
    ['email', {}, words('email', { name: 'email' })],
    ['c', { length: 61 }, words('lorem', { person: 'c', longest: 61 })],
    ['c', { length: 60 }, words('word', { person: 'c', longest: 60 })],
    ['email', { length: 60 }, words('email', { name: 'email', longest: 60 })],
    ['c', { limits: { maxLength: 20 } }, words('word', { person: 'c', longest: 20 })],
    ['c', { length: 30, limits: { maxLength: 20 } }, words('word', { person: 'c', longest: 20 })],
    ['c', { length: 20, limits: { maxLength: 30 } }, words('word', { person: 'c', longest: 20 })],
    ['c', { base: 'name' }, words('lorem', { person: 'c', longest: 63 })],
    ['c', { base: 'char' }, words('word', { person: 'c', longest: 1 })],
    ['c', { base: 'varchar' }, words('lorem', { person: 'c' })],
    ['c', { base: 'bpchar' }, words('lorem', { person: 'c' })],
    ['c', { base: 'citext' }, words('lorem', { person: 'c' })],
  ])('%s %j', (name, change, given) => {
    expect(sqlOf('text', { name, change: { ...type, ...change } })).toMatchObject(plain(given))
  })

  it('has as many different values as there is room for', () => {
    expect(sqlOf('text')?.capacity).toBe(plenty)
    expect(sqlOf('text', { change: { length: 2 } })?.capacity).toBe(1296)
  })

  it('takes the kind that the rules wish', () => {
    const wish: Generator = { kind: 'words', words: 'city' }
    expect(sqlOf('text', { name: 'email', wish })).toMatchObject(plain(words('city', { name: 'email' })))
  })

  const lorem = wordsOf(words('lorem', { person: 'c' }), 'n')
  it.each<[Limits, string]>([
    [{ minLength: 0 }, lorem],
    [{ minLength: 5 }, `rpad(${lorem}, greatest(5, length(${lorem})), 'x')`],
    [{ case: 'upper' }, `upper(${lorem})`],
    [{ case: 'lower', minLength: 5 }, `lower(rpad(${lorem}, greatest(5, length(${lorem})), 'x'))`],
  ])('is written as %j ask for', (limits, sql) => {
    expect(sqlOf('text', { change: { limits } })?.free).toBe(`(${sql})::text`)
  })

  it.each([
    ['A%', `${textLike('A', `${key}a:`, 'i')} || ${base36('i', 8)} || ''`, 36 ** 8],
    [
      'A-%-_%',
      `${textLike('A-', `${key}a:`, 'i')} || ${base36('i', 8)} || ${textLike('-_%', `${key}b:`, 'i')}`,
      36 ** 8,
    ],
    ['_-%', `${textLike('_-', `${key}a:`, 'i')} || ${base36('i', 8)} || ''`, 36 ** 8],
    ['A_', textLike('A_', key, 'i'), 1],
    [String.raw`A\%`, textLike(String.raw`A\%`, key, 'i'), 1],
  ])('is like %s', (like, sql, capacity) => {
    expect(sqlOf('text', { change: { limits: { like } } })).toEqual({
      capacity,
      at: `(${sql})::text`,
      free: `(${textLike(like, key, 'n')})::text`,
    })
  })

  it('is like a pattern, long enough and in capitals', () => {
    const { at: unique, free } =
      sqlOf('text', { change: { limits: { like: 'a_', minLength: 9, case: 'upper' } } }) ?? {}
    const finished = (text: string) => `(upper(rpad(${text}, greatest(9, length(${text})), 'x')))::text`
    expect([unique, free]).toEqual([finished(textLike('a_', key, 'i')), finished(textLike('a_', key, 'n'))])
  })

  it.each(['%@%', '%_@_%.%', '%@%.__%'])('is an e-mail address where one is asked for that is like %s', (like) => {
    const change = { limits: { like } }
    expect(sqlOf('text', { name: 'email', change })).toMatchObject(plain(words('email', { name: 'email' })))
    expect(sqlOf('text', { change })?.free).toBe(`(${textLike(like, key, 'n')})::text`)
  })

  it.each(['%@corp.com', '%', 'a%@%'])('is what %s asks for where that is no common address', (like) => {
    expect(sqlOf('text', { name: 'email', change: { limits: { like } } })?.free).toBe(
      `(${textLike(like, '7:public.t:email:', 'n')})::text`,
    )
  })
})

describe('listed values', () => {
  const labels = ['sad', "it's"]
  const typed = (index: string, type: string) => `('{"sad","it''s"}'::${type}[])[1 + ${index}]`

  it.each<[string, string, Partial<SeedColumn>]>([
    ['labels of an enum', 'mood', { labels }],
    ['what a CHECK lists', 'int4', { limits: { oneOf: labels } }],
    ['what a CHECK lists before labels', 'mood', { labels: ['ok'], limits: { oneOf: labels } }],
  ])('%s, of the type itself', (_, base, change) => {
    expect(sqlOf(base, { change })).toEqual({ capacity: 2, at: typed('i', base), free: typed(below(2), base) })
  })

  it.each(['text', 'varchar', 'bpchar', 'char', 'name', 'citext', 'box'])('as text where they are of %s', (base) => {
    expect(sqlOf(base, { change: { limits: { oneOf: labels } } })).toEqual({
      capacity: 2,
      at: `(${at(labels, 'i')})::${base}`,
      free: `(${at(labels, below(2))})::${base}`,
    })
  })

  it('of the rules come first', () => {
    const wish: Generator = { kind: 'one_of', values: labels }
    const change = { limits: { oneOf: ['a'] } }
    expect(sqlOf('int4', { change, wish })).toEqual({
      capacity: 2,
      at: typed('i', 'int4'),
      free: typed(below(2), 'int4'),
    })
    // Each is a whole array, as text.
    expect(sqlOf('int4', { change: { array: true }, wish })?.at).toBe(`(${at(labels, 'i')})::int4[]`)
  })
})

describe('an array', () => {
  const two = (element: (row: string) => string, type: string) =>
    `(CASE WHEN ${drawBelow(2, `${key}length:`, 'n')} = 0 THEN ARRAY[${element('n')}] ELSE ARRAY[${element('n')}, ${element('n + 500000000')}] END)::${type}`

  it('has one element or two', () => {
    const element = (row: string) => `(${drawBelow(2, key, row)} = 1)`
    expect(sqlOf('bool', { change: { array: true } })).toEqual({
      capacity: 2,
      at: '(ARRAY[(i = 1)])::bool[]',
      free: two(element, 'bool[]'),
    })
  })

  it('of what is listed', () => {
    const labels = ['sad', 'ok']
    expect(sqlOf('mood', { change: { array: true, labels } })).toEqual({
      capacity: 2,
      at: `(ARRAY[${at(labels, 'i')}])::mood[]`,
      free: two((row) => at(labels, drawBelow(2, key, row)), 'mood[]'),
    })
  })
})

describe('the rules ask for', () => {
  it.each<[Generator, object]>([
    [
      { kind: 'value', value: null },
      { capacity: 1, at: 'NULL', free: 'NULL' },
    ],
    [
      { kind: 'value', value: "it's" },
      { capacity: 1, at: `'it''s'::shop.kind`, free: `'it''s'::shop.kind` },
    ],
    [
      { kind: 'sql', expression: 'n * 2' },
      {
        capacity: 0,
        at: '(SELECT (n * 2) FROM (SELECT (i + 1)::bigint AS n) AS own_row)',
        free: '(SELECT (n * 2) FROM (SELECT (n)::bigint AS n) AS own_row)',
      },
    ],
  ])('%j', (wish, sql) => {
    expect(sqlOf('text', { change: { type: 'shop.kind' }, wish })).toEqual(sql)
  })

  it('a range, whose ends are included, instead of the limits', () => {
    const limits: Limits = { min: { value: '50', included: false }, max: { value: '60', included: false } }
    const wish: Generator = { kind: 'range', from: '5', to: '9' }
    expect(sqlOf('int4', { change: { limits }, wish })).toEqual({
      capacity: 5,
      at: '((5 + i))::int4',
      free: `((5 + ${below(5)}))::int4`,
    })
  })

  it('a range within the partitions', () => {
    const limits: Limits = { ranges: [{ from: '1', to: '7' }] }
    const wish: Generator = { kind: 'range', from: '5', to: '9' }
    expect(sqlOf('int4', { change: { limits }, wish })?.capacity).toBe(2)
  })
})
