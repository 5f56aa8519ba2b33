import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  leavesOf,
  maskJson,
  otherValuesAt,
  valueAt,
  valuesAt,
  withoutValues,
} from '../../../src/domain/masking/json-mask.js'
import { type Keep, plainMask } from '../../../src/domain/masking/rules.js'
import { printed, workOut } from './redaction.js'

const redact = (document: string) => maskJson(document, { paths: [], rest: 'redact' }, () => 'nothing')

/** Every text redacted and every number 0. */
function redacted(value: unknown): unknown {
  if (typeof value === 'string') return 'redacted'
  if (typeof value === 'number') return 0
  if (Array.isArray(value)) return value.map(redacted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, redacted(inner)]))
}

it.each<[string, unknown]>([
  ['texts and numbers', { a: 'x', b: 7, c: -1.5e-7, d: 1e30, e: '', f: [1, 'x', [2, 'y 3']] }],
  ['what is neither', [true, false, null, {}, [], { a: { b: null } }]],
  ['keys that look like numbers and lists', { 1: 1, '-2': 'x', '[': '[', '{"': '{"', ', ': ', ' }],
  ['a text alone', 'Ada'],
  ['a number alone', 42],
  ['quotation marks and backslashes', { 'a"b': 'c"d', 'e\\': 'f\\', '\\"': '\\"', '"': '"', '\\\\': '1\\' }],
  ['a text that begins like the end of a key', [': 1 Ada', ': ']],
  ['such a text under a key', { a: ': 5 Ada', 'b ': ': Ada' }],
  ['such a text alone', ': 1 Ada'],
  ['such keys', { ': a': 'Ada', ': 1': 1 }],
  ['texts that end like the end of a key', { 'a": ': 'b": ', 'c": 1': '": 1', d: '\\": 1' }],
  ['signs that SQL uses for itself', { '%s': '%s', "it's": "it's", $1: '$1', '\\1': '\\1&' }],
  ['control characters', { '\u0001': '\u0002\u0003', '\n': '\u0004\u0005' }],
])('redacts %s', (_, document) => {
  expect(workOut(redact('d'), document)).toStrictEqual(redacted(document))
})

it('redacts whatever a document holds', () => {
  const text = fc.array(fc.constantFrom('": ', ': ', '"', '\\', '1', ' ', 'a', '{', '[', ', ', ']', '}')).map((all) => all.join('')) // prettier-ignore
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      text,
      fc.integer(),
      fc.constantFrom(null, true, false),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(text, tie('tree'), { maxKeys: 3, noNullPrototype: true }),
    ),
  }))
  fc.assert(
    fc.property(tree, (document) => {
      expect(workOut(redact('d'), document)).toStrictEqual(redacted(document))
    }),
    { numRuns: 300 },
  )
})

it('goes the slower way only where a text begins like the end of a key', () => {
  const steps: string[] = []
  workOut(redact('d'), { a: 'x: ', 'b:': [1] }, (taken) => steps.push(taken))
  expect(steps).toEqual(['ELSE'])
  workOut(redact('d'), { a: ': x' }, (taken) => steps.push(taken))
  expect(steps).toEqual(['ELSE', 'THEN'])
})

const keep: Keep = { kind: 'keep', because: 'it is a test', place: '' }
const oneLine = (sql: string) => sql.replace(/\n\s+/g, ' ')

/** Masks at the paths; in the SQL `mask(path, text)` stands for a masked text. */
function masked(paths: readonly string[], rest: 'redact' | Keep = keep): string {
  const rules = paths.map((path) => ({ path: path === '' ? [] : path.split('.'), mask: plainMask(path, '') }))
  return oneLine(maskJson('d', { paths: rules, rest }, ({ mask }, text) => `mask(${mask.transformer}, ${text})`))
}

const value = (found: string, made: string) =>
  `CASE WHEN jsonb_typeof(${found}) IN ('string', 'number') THEN coalesce(to_jsonb(${made}), 'null') ELSE ${redact(found)} END`
const set = (target: string, keys: string, made: string) =>
  `jsonb_set_lax(${target}, '{${keys}}'::text[], ${made}, false, 'return_target')`
const unlessScalar = (document: string, made: string, otherwise: string) =>
  `CASE WHEN jsonb_typeof(${document}) IN ('object', 'array') THEN ${made} ELSE ${otherwise} END`
const list = (source: string, from: string, [depth, one]: readonly [number, string]) =>
  `CASE WHEN jsonb_typeof(${source}) = 'array' THEN (SELECT coalesce(jsonb_agg(${one} ORDER BY n${depth}), '[]') FROM (SELECT ${from} AS v) t${depth}, LATERAL jsonb_array_elements(${source}) WITH ORDINALITY AS u${depth}(e${depth}, n${depth})) ELSE ${redact(source)} END`

it('leaves what no path names as it is where the rest is kept', () => {
  expect(masked([])).toBe('(d)::jsonb')
})

it('masks a value inside and redacts what is no value there', () => {
  const found = `((d)::jsonb #> '{"a","b"}'::text[])`
  const made = value(found, `mask(a.b, ((d)::jsonb #>> '{"a","b"}'::text[]))`)
  expect(masked(['a.b'])).toBe(unlessScalar('(d)::jsonb', set('(d)::jsonb', '"a","b"', made), '(d)::jsonb'))
})

it('takes originals from the document and puts them into the redacted one', () => {
  const made = value(`((d)::jsonb #> '{"a"}'::text[])`, `mask(a, ((d)::jsonb #>> '{"a"}'::text[]))`)
  expect(masked(['a'], 'redact')).toBe(unlessScalar('(d)::jsonb', set(redact('d'), '"a"', made), redact('d')))
})

it('masks one path after the other', () => {
  const made = (key: string) =>
    value(`((d)::jsonb #> '{"${key}"}'::text[])`, `mask(${key}, ((d)::jsonb #>> '{"${key}"}'::text[]))`)
  const both = set(set('(d)::jsonb', '"a"', made('a')), '"b"', made('b'))
  expect(masked(['a', 'b'])).toBe(unlessScalar('(d)::jsonb', both, '(d)::jsonb'))
})

it('masks a document that is one value', () => {
  const whole = value('(d)::jsonb', `mask(, ((d)::jsonb #>> '{}'::text[]))`)
  expect(masked([''])).toBe(whole)
  const inside = value(`((d)::jsonb #> '{"a"}'::text[])`, `mask(a, ((d)::jsonb #>> '{"a"}'::text[]))`)
  expect(masked(['a', ''])).toBe(unlessScalar('(d)::jsonb', set(whole, '"a"', inside), whole))
})

it('masks every element of a list, in its order', () => {
  const one = value('e0', `mask(a.*, (e0 #>> '{}'::text[]))`)
  const source = `((d)::jsonb #> '{"a"}'::text[])`
  const made = set('(d)::jsonb', '"a"', list(source, source, [0, one]))
  expect(masked(['a.*'])).toBe(unlessScalar('(d)::jsonb', made, '(d)::jsonb'))
})

it('masks inside the elements of a list that is the document, and leaves elements that are values as the rest is', () => {
  const element = '(t0.v -> (n0 - 1)::int)'
  const inside = set(element, '"b"', value(`(e0 #> '{"b"}'::text[])`, `mask(*.b, (e0 #>> '{"b"}'::text[]))`))
  const made = list('(d)::jsonb', redact('d'), [0, unlessScalar('e0', inside, element)])
  expect(masked(['*.b'], 'redact')).toBe(unlessScalar('(d)::jsonb', made, redact('d')))
})

it('masks lists inside lists', () => {
  const one = value('e1', `mask(*.*, (e1 #>> '{}'::text[]))`)
  const inner = list('e0', '(t0.v -> (n0 - 1)::int)', [1, one])
  expect(masked(['*.*'])).toBe(unlessScalar('(d)::jsonb', list('(d)::jsonb', '(d)::jsonb', [0, inner]), '(d)::jsonb'))
})

it('masks lists inside the elements of lists', () => {
  const one = value('e1', `mask(*.b.*, (e1 #>> '{}'::text[]))`)
  const element = '(t0.v -> (n0 - 1)::int)'
  const deeper = list(`(e0 #> '{"b"}'::text[])`, `(${element} #> '{"b"}'::text[])`, [1, one])
  const inner = unlessScalar('e0', set(element, '"b"', deeper), element)
  expect(masked(['*.b.*'])).toBe(unlessScalar('(d)::jsonb', list('(d)::jsonb', '(d)::jsonb', [0, inner]), '(d)::jsonb'))
})

const isValue = (keys: string) =>
  `coalesce(jsonb_typeof((d)::jsonb #> '{${keys}}'::text[]), '') IN ('string', 'number')`
const valuesBy = (document: string, path: string) =>
  `(SELECT v #>> '{}' AS value FROM jsonb_path_query((${document})::jsonb, ${path}) q(v) WHERE jsonb_typeof(v) IN ('string', 'number'))`

it('finds the one value at a path', () => {
  expect(valueAt('d', ['a', 'b'])).toBe(`CASE WHEN ${isValue('"a","b"')} THEN (d)::jsonb #>> '{"a","b"}'::text[] END`)
})

it.each([
  [[], `'lax $'`],
  [['a', 'b c'], `'lax $."a"."b c"'`],
  [['a', '*', 'b'], `'lax $."a"[*]."b"'`],
  [["it's"], `'lax $."it''s"'`],
  [['a"b', 'c\\d'], String.raw`E'lax $."a\\"b"."c\\\\d"'`],
])('finds all values at %j', (path, jsonPath) => {
  expect(valuesAt('d', path)).toBe(valuesBy('d', jsonPath))
})

it('finds values at a path where the document has another shape', () => {
  expect(otherValuesAt('d', ['a'])).toBe(
    `(SELECT v.value FROM (SELECT d AS d WHERE NOT ${isValue('"a"')} OFFSET 0) d, LATERAL ${valuesBy('d.d', `'lax $."a"'`)} v)`,
  )
})

it('finds every value of a document', () => {
  expect(leavesOf('d')).toBe(valuesBy('d', `'strict $.**'`))
})

it('takes values at paths out of a document, and nothing that is no value', () => {
  const less = (left: string, key: string) =>
    `(${left} #- CASE WHEN ${isValue(`"${key}"`)} THEN '{"${key}"}'::text[] ELSE '{}' END)`
  const whole = '(d)::jsonb'
  expect(withoutValues('d', [['a'], [], ['b']])).toBe(unlessScalar(whole, less(less(whole, 'a'), 'b'), whole))
  expect(withoutValues('d', [[]])).toBe(whole)
  expect(withoutValues('d', [])).toBe(whole)
})

it('prints documents as jsonb does', () => {
  expect(printed({ a: [1, 'x', { b: null }], 'c"': '\n' })).toBe(String.raw`{"a": [1, "x", {"b": null}], "c\"": "\n"}`)
})
