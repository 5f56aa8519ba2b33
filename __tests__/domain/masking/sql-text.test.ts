import { expect, it } from '@jest/globals'
import { identifier, literal, plainPattern, textArray } from '../../../src/domain/masking/sql-text.js'

it.each([
  ['user', '"user"'],
  ['Über Uns', '"Über Uns"'],
  ['say "hi" "', '"say ""hi"" """'],
  ["it's", `"it's"`],
])('quotes the name %s', (name, sql) => {
  expect(identifier(name)).toBe(sql)
})

it.each([
  ['', `''`],
  ["it's 'fine'", `'it''s ''fine'''`],
  ['a\\b', String.raw`E'a\\b'`],
  ["\\' OR '1'='1\\", String.raw`E'\\'' OR ''1''=''1\\'`],
])('quotes the text %j, in the escape form where a backslash is in it', (text, sql) => {
  expect(literal(text)).toBe(sql)
})

it.each<[readonly string[], string]>([
  [[], `'{}'::text[]`],
  [['a', 'b c'], `'{"a","b c"}'::text[]`],
  [['', 'NULL', '{x,y}', "it's"], `'{"","NULL","{x,y}","it''s"}'::text[]`],
  [['a"b', 'c\\d'], String.raw`E'{"a\\"b","c\\\\d"}'::text[]`],
])('writes the list %j', (items, sql) => {
  expect(textArray(items)).toBe(sql)
})

it('writes a list of another type', () => {
  expect(textArray(['1'], 'bigint')).toBe(`'{"1"}'::bigint[]`)
})

it('finds a text by its own pattern, whatever signs are in it, and no other', () => {
  for (const sign of '.*+?^${}()|[]\\-/_ ') {
    const pattern = new RegExp(`^${plainPattern(`a${sign}b`)}$`)
    expect([sign, pattern.test(`a${sign}b`), pattern.test('ab'), pattern.test('a\nb'), pattern.test('aab')]).toEqual([
      sign, true, false, false, false,
    ]) // prettier-ignore
  }
})
