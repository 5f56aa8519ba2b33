import { describe, expect, it } from '@jest/globals'
import {
  type Part,
  type Target,
  columnsRead,
  jsonShape,
  known,
  maskExpression,
  needsQuery,
  partsOf,
  shapeOf,
  unprovenOf,
} from '../../../src/domain/masking/compile.js'
import { leavesOf, maskJson, otherValuesAt, valueAt, valuesAt, withoutValues } from '../../../src/domain/masking/json-mask.js' // prettier-ignore
import { type Keep, type Mask, type Normalisation, plainMask } from '../../../src/domain/masking/rules.js'
import type { Column } from '../../../src/domain/masking/schema.js'
import { type Pads, hex, hmac, number, padsOfEachRow, padsOfQuery } from '../../../src/domain/masking/transformer.js'
import { columnOf } from './schema-of.js'

type Says = Partial<Mask>

function targetOf(transformer: string, says: Says = {}, change: Partial<Column> = {}): Target {
  const column = columnOf('v', change)
  const mask = plainMask(transformer, '', says)
  return { column, mask, normalise: mask.normalise ?? 'none', length: column.length ?? undefined }
}

const typed = (base: string, change: Partial<Column> = {}): Partial<Column> => ({ base, type: base, ...change })
const row = (name: string) => `t.${name}`
const made = (target: Target, pads?: Pads) => maskExpression(target, row, pads).replace(/\n\s+/g, ' ')

/** A text in the collation of the database, as bytes would compare. */
const plain = (sql: string) => `((${sql})::text COLLATE pg_catalog."default")`
const hashed = (label: string, text: string, pads = padsOfEachRow) => hex(hmac(pads, label, text), 16)
const unlessNull = (sql: string) => `CASE WHEN num_nulls(t.v) = 1 THEN NULL ELSE ${sql} END`
const unlessEmpty = (sql: string, raw = 't.v') =>
  `CASE WHEN num_nulls(${raw}) = 1 THEN NULL WHEN (${raw})::text = '' THEN ''::text ELSE ${sql} END`

describe('a masked value', () => {
  it('of a text comes from its digest, and NULL and empty texts stay', () => {
    expect(made(targetOf('hash'))).toBe(unlessEmpty(hashed('hash', plain('t.v'))))
  })

  it.each<[Normalisation, string]>([
    ['none', plain('t.v')],
    ['lower', `lower(${plain('t.v')})`],
    ['trim', `btrim(${plain('t.v')})`],
    ['lower_trim', `lower(btrim(${plain('t.v')}))`],
  ])('is the same for spellings that are the same under %s', (normalise, text) => {
    expect(made(targetOf('hash', { normalise }))).toBe(unlessEmpty(hashed('hash', text)))
    const filled = made(targetOf('redact_text', { normalise }))
    expect(filled.split(`length(${text})`)).toHaveLength(3)
  })

  it('of another type is digested as a text, and is never compared with an empty one', () => {
    expect(made(targetOf('date_shift', {}, typed('date')))).toBe(
      unlessNull(`t.v - (1 + mod(${number(hmac(padsOfEachRow, 'date_shift/days', `''`), 28)}, 180))`),
    )
    expect(made(targetOf('uuid', { normalise: 'lower' }, typed('uuid')))).toContain(
      hex(hmac(padsOfEachRow, 'uuid', '(t.v)::text'), 32),
    )
    expect(made(targetOf('generalise', { parameters: { step: 10 } }, typed('int4', { type: 'integer' })))).toBe(
      unlessNull('(floor(t.v::numeric / 10) * 10)::integer'),
    )
  })

  it('is the same in all columns of a group', () => {
    expect(made(targetOf('hash', { group: 'people' }))).toBe(unlessEmpty(hashed('people', plain('t.v'))))
    expect(made(targetOf('date_shift', { group: 'people' }, typed('date')))).toContain(`'people/days:'`)
  })

  it('takes other columns from the same row', () => {
    expect(made(targetOf('date_shift', { parameters: { key: 'id' } }, typed('date')))).toContain(
      hmac(padsOfEachRow, 'date_shift/days', `coalesce(t.id::text, '')`),
    )
  })

  it('takes the key from where it is told to', () => {
    expect(made(targetOf('hash'), padsOfQuery)).toBe(unlessEmpty(hashed('hash', plain('t.v'), padsOfQuery)))
  })

  it('has the length that its column takes', () => {
    const target = targetOf('hash', { parameters: { length: 30 } }, typed('varchar', { length: 20 }))
    expect(made(target)).toBe(unlessEmpty(hex(hmac(padsOfEachRow, 'hash', plain('t.v')), 20)))
  })

  it('is NULL where nothing is to be left, an empty text, too', () => {
    expect(made(targetOf('null'))).toBe('NULL')
  })
})

describe('a masked list', () => {
  const list = (element: string) =>
    unlessNull(
      `(SELECT coalesce(array_agg(${element} ORDER BY u.i), '{}') FROM unnest(t.v) WITH ORDINALITY AS u(e, i))`,
    )

  it('masks each element in its place', () => {
    expect(made(targetOf('hash', {}, { array: true, type: 'text[]' }))).toBe(
      list(unlessEmpty(hashed('hash', plain('u.e')), 'u.e')),
    )
  })

  it('takes the key from where it is told to', () => {
    expect(made(targetOf('hash', {}, { array: true, type: 'text[]' }), padsOfQuery)).toContain(padsOfQuery.inner)
  })

  it('makes elements of its own type', () => {
    const numbers = typed('int4', { array: true, type: 'integer[]' })
    const one = '(floor(u.e::numeric / 10) * 10)::integer'
    expect(made(targetOf('generalise', { parameters: { step: 10 } }, numbers))).toBe(
      list(`CASE WHEN num_nulls(u.e) = 1 THEN NULL ELSE ${one} END`),
    )
    expect(made(targetOf('null', {}, numbers))).toBe(list('NULL::integer'))
  })

  it('makes elements of the type under a domain over a list', () => {
    const domain = typed('int4', { array: true, type: 'public.numbers' })
    expect(made(targetOf('null', {}, domain))).toBe(list('NULL::"pg_catalog"."int4"'))
  })

  it('keeps brackets that are part of a name', () => {
    const odd = typed('int4', { array: true, type: 'public."a[]b"[]' })
    expect(made(targetOf('null', {}, odd))).toBe(list('NULL::public."a[]b"'))
    expect(shapeOf(targetOf('constant', {}, { type: 'public.odd[]' })).type).toBe('public.odd[]')
  })
})

const pathRule = (path: string, transformer: string, says: Says = {}) => ({
  path: path.split('.'),
  mask: plainMask(transformer, '', says),
})

const json = typed('jsonb', { type: 'public.doc' })

describe('a masked document', () => {
  it('is masked at its paths and has its own type again', () => {
    const paths = [pathRule('a', 'hash'), pathRule('b', 'hash', { group: 'people', normalise: 'lower' })]
    const masked = maskJson('t.v', { paths, rest: 'redact' }, (rule, text) => {
      const digest = rule === paths[0] ? hashed('hash', plain(text)) : hashed('people', `lower(${plain(text)})`)
      return `(CASE WHEN ${text} = '' THEN ''::text ELSE ${digest} END)::text`
    })
    expect(made(targetOf('json', { paths }, json))).toBe(unlessNull(`(${masked})::public.doc`))
  })

  it('takes other columns from the row and the key from where it is told to', () => {
    const paths = [pathRule('a', 'template', { parameters: { text: '{id}{hash}' } })]
    const sql = made(targetOf('json', { paths }, json), padsOfQuery)
    expect(sql).toContain('t.id::text')
    expect(sql).toContain(padsOfQuery.inner)
  })

  it('keeps the rest where the rule says so', () => {
    const rest: Keep = { kind: 'keep', because: 'it is a test', place: '' }
    expect(made(targetOf('json', { rest }, json))).toBe(unlessNull('((t.v)::jsonb)::public.doc'))
  })

  it('can be one value as a whole', () => {
    expect(made(targetOf('constant', { parameters: { value: '{}' } }, json))).toBe(unlessNull(`'{}'::public.doc`))
  })
})

it.each<[string, Target, boolean]>([
  ['a text', targetOf('hash'), false],
  ['a list', targetOf('hash', {}, { array: true }), true],
  ['a document', targetOf('json', { paths: [pathRule('a.b', 'hash')] }, json), false],
  ['a list in a document', targetOf('json', { paths: [pathRule('a', 'hash'), pathRule('b.*', 'hash')] }, json), true],
])('%s needs a subquery where there is a list', (_, target, wanted) => {
  expect(needsQuery(target)).toBe(wanted)
})

it.each<[string, Target, readonly string[]]>([
  ['nothing but itself', targetOf('hash'), ['v']],
  ['the key of a shift', targetOf('date_shift', { parameters: { key: 'id' } }, typed('date')), ['v', 'id']],
  ['each column once', targetOf('template', { parameters: { text: '{id}{v}{id}{b}' } }), ['v', 'id', 'b']],
  [
    'what the masks at paths read',
    targetOf(
      'json',
      { paths: [pathRule('a', 'hash'), pathRule('b', 'template', { parameters: { text: '{id}' } })] },
      json,
    ),
    ['v', 'id'],
  ],
])('a mask reads %s', (_, target, columns) => {
  expect(columnsRead(target)).toStrictEqual(columns)
})

it('tells a transformer what it has to make', () => {
  const parameters = { value: 'x' }
  const change = typed('varchar', { type: 'character varying(9)[]', array: true, length: 9 })
  expect(shapeOf(targetOf('constant', { parameters }, change))).toStrictEqual({
    kind: 'text',
    type: 'character varying(9)',
    length: 9,
    parameters,
  })
  expect(jsonShape(pathRule('a', 'constant', { parameters }))).toStrictEqual({
    kind: 'text',
    type: 'text',
    length: undefined,
    parameters,
  })
})

it('knows no transformer but its own', () => {
  expect(() => known(plainMask('nonsense', ''))).toThrow('There is no transformer nonsense.')
  expect(() => known(plainMask('toString', ''))).toThrow('There is no transformer toString.')
})

/** What a part says of the column `c` and the value `x`. */
function said({ name, single, values, typed: cast, proof }: Part) {
  return {
    name,
    single: single?.('c'),
    values: values?.('c'),
    typed: cast('x'),
    proof: proof.kind === 'shape' ? [proof.small, proof.holds('x')] : proof.kind,
  }
}

const proofOf = (transformer: string, parameters: Mask['parameters'] = {}, kind: 'text' | 'number' = 'text') => {
  const proof = known(plainMask(transformer, '')).proof({ kind, type: kind, length: undefined, parameters })
  return proof.kind === 'shape' ? [proof.small, proof.holds('x')] : proof.kind
}
const orRedacted = (transformer: string) => {
  const [small, holds] = proofOf(transformer)
  return [small, `(x IN ('redacted', '0') OR ${String(holds)})`]
}

describe('what there is to prove', () => {
  it.each<[string, Target, ReturnType<typeof said>]>([
    [
      'of a text: the value, whatever its collation',
      targetOf('hash'),
      { name: 't.v', single: 'c', values: undefined, typed: plain('x'), proof: proofOf('hash') },
    ],
    [
      'of a number: the value in its own type',
      targetOf('generalise', { parameters: { step: 10 } }, typed('numeric')),
      { name: 't.v', single: 'c', values: undefined, typed: 'x', proof: proofOf('generalise', { step: 10 }, 'number') },
    ],
    [
      'of a list: each element',
      targetOf('hash', {}, { array: true, type: 'text[]' }),
      { name: 't.v', single: undefined, values: 'unnest(c) AS u(value)', typed: plain('x'), proof: proofOf('hash') },
    ],
    [
      'of a document that is one value: all of it',
      targetOf('null', {}, json),
      { name: 't.v', single: 'c', values: undefined, typed: 'x', proof: proofOf('null') },
    ],
  ])('%s', (_, target, part) => {
    expect(partsOf(target, 't.v').map(said)).toStrictEqual([part])
  })

  const paths = [pathRule('a.b', 'hash'), pathRule('c.*', 'city')]
  const atPaths = [
    {
      name: 't.v: a.b',
      single: valueAt('c', ['a', 'b']),
      values: `${otherValuesAt('c', ['a', 'b'])} u`,
      typed: 'x',
      proof: orRedacted('hash'),
    },
    {
      name: 't.v: c.*',
      single: undefined,
      values: `${valuesAt('c', ['c', '*'])} u`,
      typed: 'x',
      proof: orRedacted('city'),
    },
  ]

  it('of a document: what is at its paths, and that everything else is one of these or redacted', () => {
    expect(partsOf(targetOf('json', { paths }, json), 't.v').map(said)).toStrictEqual([
      ...atPaths,
      {
        name: 't.v: everything else',
        single: undefined,
        values: `${leavesOf('c')} u`,
        typed: 'x',
        proof: [true, `(x IN ('redacted', '0') OR ${String(orRedacted('hash')[1])} OR ${String(orRedacted('city')[1])})`],
      },
    ]) // prettier-ignore
  })

  it('of a document whose rest is kept: what is at its paths', () => {
    const rest: Keep = { kind: 'keep', because: 'it is a test', place: '' }
    expect(partsOf(targetOf('json', { paths, rest }, json), 't.v').map(said)).toStrictEqual(atPaths)
  })

  it('of a value without a shape: that it moved, in documents as well', () => {
    const moves = pathRule('a', 'date_shift')
    const [part, rest] = partsOf(targetOf('json', { paths: [moves] }, json), 't.v').map(said)
    expect(part?.proof).toBe('moved')
    expect(rest?.proof).toStrictEqual([true, `(x IN ('redacted', '0'))`])
  })

  it('of the rest of a document: nothing at paths whose values prove themselves', () => {
    const all = [...paths, pathRule('d', 'date_shift'), pathRule('e', 'email')]
    expect(unprovenOf(targetOf('json', { paths: all }, json), 'c')).toBe(withoutValues('c', [['a', 'b'], ['e']]))
  })
})
