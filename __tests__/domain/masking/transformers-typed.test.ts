import { describe, expect, it } from '@jest/globals'
import { hex, hexBetween, number } from '../../../src/domain/masking/transformer.js'
import type { ValueKind } from '../../../src/domain/masking/transformer.js'
import { transformerOf, transformers } from '../../../src/domain/masking/transformers.js'
import { madeBy, objectionTo, promiseOf, proofOf } from './making-of.js'

type Asked = NonNullable<Parameters<typeof madeBy>[1]>

it('knows transformers by their names, and nothing that every object has', () => {
  expect(transformerOf('hash')).toBe(transformers['hash'])
  expect(transformerOf('toString')).toBe(undefined)
})

it('leaves documents to their paths', () => {
  expect(madeBy('json', { kind: 'json' })).toBe('v')
  expect(promiseOf('json', { kind: 'json' })).toStrictEqual([undefined, 'lossy'])
  expect(proofOf('json', { kind: 'json' })).toStrictEqual({ kind: 'unproven', why: 'each path proves itself' })
})

// What is made, the longest of it and how unique it is.
it.each<[string, Asked, string, readonly unknown[]]>([
  ['hash', {}, hex('d', 16), [16, 'preserved', 64]],
  ['hash', { parameters: { length: 32 } }, hex('d', 32), [16, 'preserved', 128]],
  ['hash', { parameters: { length: 64 }, length: 20 }, hex('d', 20), [16, 'preserved', 80]],
  ['hash', { parameters: { length: 64 }, length: 80 }, hex('d', 64), [16, 'preserved', 256]],
  ['hash', { kind: 'bytes', type: 'bytea' }, 'd', [0, 'preserved', 256]],
  ['number_noise', { kind: 'number', type: 'int4' }, noise(10, 'int4'), [undefined, 'lossy']],
  [
    'number_noise',
    { kind: 'number', type: 'real', parameters: { percent: 25 } },
    noise(25, 'real'),
    [undefined, 'lossy'],
  ],
  [
    'generalise',
    { kind: 'number', type: 'int4', parameters: { step: 5 } },
    '(floor(v::numeric / 5) * 5)::int4',
    [undefined, 'lossy'],
  ],
  [
    'generalise',
    { kind: 'date', parameters: { unit: 'year' } },
    `date_trunc('year', v::timestamp)::date`,
    [undefined, 'lossy'],
  ],
  [
    'generalise',
    { kind: 'timestamp', type: 'timestamptz', parameters: { unit: 'month' } },
    `date_trunc('month', v::timestamp)::timestamptz`,
    [undefined, 'lossy'],
  ],
  [
    'generalise',
    { parameters: { keep: 2 } },
    `CASE WHEN length(v) <= 2 THEN repeat('*', length(v)) ELSE rpad(left(v, 2), length(v), '*') END`,
    [undefined, 'lossy'],
  ],
  ['constant', { parameters: { value: "it's" } }, `'it''s'::text`, [4, 'lossy']],
  ['constant', { type: 'character(9)', parameters: { value: '😀!' } }, `'😀!'::text`, [2, 'lossy']],
  ['constant', { kind: 'number', type: 'numeric(9,2)', parameters: { value: 7 } }, `'7'::numeric(9,2)`, [0, 'lossy']],
  ['constant', { kind: 'boolean', type: 'boolean', parameters: { value: false } }, `'false'::boolean`, [0, 'lossy']],
  ['constant', {}, `''::text`, [0, 'lossy']],
  ['null', { kind: 'other', type: 'xml' }, 'NULL', [undefined, 'preserved', 256]],
])('%s of %j', (name, asked, made, promise) => {
  expect(madeBy(name, asked)).toBe(made)
  expect(promiseOf(name, asked)).toStrictEqual(promise)
})

/** 28 bits of a digest, as a share between -1 and 1, of that many per cent. */
function noise(percent: number, type: string): string {
  const share = `(${number('d(noise, v::text)', 28)}::numeric / 134217727.5 - 1) * ${percent} / 100`
  return `round(v::numeric * (1 + ${share}), greatest(scale(v::numeric), 0))::${type}`
}

describe('a UUID', () => {
  const made = `overlay(overlay(${hex('d', 32)} placing '4' from 13) placing '8' from 17)::uuid`

  it('has the digest in it and says of itself that it is of version 4', () => {
    expect(madeBy('uuid', { kind: 'uuid' })).toBe(made)
    expect(madeBy('uuid')).toBe(`(${made})::text`)
    expect(promiseOf('uuid')).toStrictEqual([36, 'preserved', 120])
  })

  it.each([
    ['01234567-89ab-4cde-8f01-23456789abcd', true],
    ['01234567-89ab-1cde-8f01-23456789abcd', false],
    ['01234567-89ab-4cde-9f01-23456789abcd', false],
    ['01234567-89AB-4cde-8f01-23456789abcd', false],
    ['0123456789ab4cde8f0123456789abcd', false],
    [' 01234567-89ab-4cde-8f01-23456789abcd', false],
    ['01234567-89ab-4cde-8f01-23456789abcd0', false],
  ])('is told from another by its shape: %s', (uuid, wanted) => {
    const { small, holds } = shapeProof('uuid')
    expect(small).toBe(false)
    expect(patternOf(holds, 'v::text').test(uuid)).toBe(wanted)
  })
})

describe('an address of the internet', () => {
  const v4 = `(inet '198.18.0.0' + ${number('d', 17)})`
  const v6 = `('2001:db8' || regexp_replace(${hex('d', 24)}, '(....)', ':\\1', 'g'))::inet`
  const widest = 'greatest(masklen(v), CASE WHEN family(v) = 4 THEN 15 ELSE 32 END)'
  const either = `CASE WHEN family(v) = 4 THEN ${v4} ELSE ${v6} END`

  it.each<[string, Asked, string, number]>([
    ['a text', {}, `host(CASE WHEN v LIKE '%:%' THEN ${v6} ELSE ${v4} END)`, 39],
    ['inet', { kind: 'inet' }, `set_masklen(${either}, ${widest})`, 0],
    ['cidr', { kind: 'inet', type: 'cidr' }, `network(set_masklen(${either}, ${widest}))`, 0],
  ])('stays of its family and is no network wider than the range: %s', (_, asked, made, longest) => {
    expect(madeBy('ip', asked)).toBe(made)
    expect(promiseOf('ip', asked)).toStrictEqual([longest, 'not_guaranteed', 17])
  })

  it('proves itself by the ranges that no network routes', () => {
    const within = `v::inet <<= ANY (ARRAY[inet '198.18.0.0/15', inet '2001:db8::/32'])`
    expect(proofOf('ip', { kind: 'inet' })).toStrictEqual({ small: true, holds: within })
    expect(proofOf('ip')).toStrictEqual({
      small: true,
      holds: `CASE WHEN v ~ '^[0-9a-f.:]+$' THEN ${within} ELSE false END`,
    })
  })
})

it.each<[string, Asked, string, number]>([
  ['a text', {}, `(('020000' || ${hex('d', 6)})::macaddr)::text`, 17],
  ['macaddr', { kind: 'mac', type: 'macaddr' }, `('020000' || ${hex('d', 6)})::macaddr`, 0],
  ['macaddr8', { kind: 'mac', type: 'macaddr8' }, `(('020000' || ${hex('d', 6)})::macaddr)::macaddr8`, 0],
])('makes an address of no manufacturer: %s', (_, asked, made, longest) => {
  expect(madeBy('mac', asked)).toBe(made)
  expect(promiseOf('mac', asked)).toStrictEqual([longest, 'not_guaranteed', 24])
})

describe('a shifted date', () => {
  const days = (most: number, key: string) => `(1 + mod(${number(`d(days, ${key})`, 28)}, ${most}))`

  it('moves back by up to so many days, all of one key alike', () => {
    const date = { kind: 'date', parameters: { days: 30, key: 'id' } } as const
    expect(madeBy('date_shift', date)).toBe(`v - ${days(30, `coalesce(t.id::text, '')`)}`)
    expect(transformers['date_shift']?.reads?.(date.parameters)).toStrictEqual(['id'])
    expect(promiseOf('date_shift', date)).toStrictEqual([undefined, 'not_guaranteed', 0])
  })

  it('moves as all others do where no key is named, and then stays as unique as it was', () => {
    const time = { kind: 'timestamp' } as const
    expect(madeBy('date_shift', time)).toBe(`v - make_interval(0, 0, 0, ${days(180, `''`)})`)
    expect(transformers['date_shift']?.reads?.({})).toStrictEqual([])
    expect(promiseOf('date_shift', time)).toStrictEqual([undefined, 'preserved', 256])
  })
})

it.each<[ValueKind, Asked['parameters'], string | undefined]>([
  ['number', {}, 'needs "step" here'],
  ['text', { step: 5 }, 'needs "keep" here'],
  ['date', { step: 5, keep: 1 }, 'needs "unit" here'],
  ['timestamp', {}, 'needs "unit" here'],
  ['number', { step: 5 }, undefined],
  ['text', { keep: 0 }, undefined],
  ['date', { unit: 'year' }, undefined],
])('a general %s from %j', (kind, parameters = {}, objection) => {
  expect(objectionTo('generalise', { kind, parameters })).toBe(objection)
})

function shapeProof(name: string, asked?: Asked) {
  const proof = proofOf(name, asked)
  if ('kind' in proof) throw new Error(`${name} has no shape.`)
  return proof
}

/** The pattern in a predicate of the form `v ~ '…'`. */
function patternOf(holds: string, value = 'v'): RegExp {
  const [before, after] = [`${value} ~ '`, `'`]
  if (!holds.startsWith(before) || !holds.endsWith(after)) throw new Error(`${holds} is no pattern.`)
  return new RegExp(holds.slice(before.length, -after.length))
}

it.each([
  [2, ['10***', '**', '*', 'ab*', '***'], ['101**x', 'abc', 'abc**', '']],
  [0, ['*', '***'], ['a**', '']],
])('a general text shows %d characters at most', (keep, fits, fails) => {
  const { small, holds } = shapeProof('generalise', { parameters: { keep } })
  const pattern = patternOf(holds)
  expect(small).toBe(true)
  expect(fits.map((text) => pattern.test(text))).toStrictEqual(fits.map(() => true))
  expect(fails.map((text) => pattern.test(text))).toStrictEqual(fails.map(() => false))
})

it.each<[string, Asked, ReturnType<typeof proofOf>]>([
  ['hash', { kind: 'bytes' }, { small: false, holds: 'length(v) = 32' }],
  ['hash', { length: 20, parameters: { length: 24 } }, { small: false, holds: hexBetween({ count: 20 })('v') }],
  ['mac', {}, { small: true, holds: `v::text LIKE '02:00:00:%'` }],
  ['date_shift', { kind: 'date' }, { kind: 'moved' }],
  ['number_noise', { kind: 'number' }, { kind: 'unproven', why: 'noise may leave a value as it is' }],
  ['generalise', { kind: 'number', parameters: { step: 5 } }, { small: true, holds: 'mod(v::numeric, 5) = 0' }],
  [
    'generalise',
    { kind: 'date', parameters: { unit: 'year' } },
    { small: true, holds: `v::timestamp = date_trunc('year', v::timestamp)` },
  ],
  [
    'constant',
    { kind: 'number', type: 'numeric(9,2)', parameters: { value: 7 } },
    { small: true, holds: `v::text = ('7'::numeric(9,2))::text` },
  ],
  [
    'constant',
    { type: 'character(9)', parameters: { value: "it's" } },
    { small: true, holds: `v::text = ('it''s'::text)::text` },
  ],
  ['constant', {}, { small: true, holds: `v::text = (''::text)::text` }],
  ['null', {}, { small: true, holds: 'v IS NULL' }],
])('%s of %j proves itself', (name, asked, proof) => {
  expect(proofOf(name, asked)).toStrictEqual(proof)
})
