import { describe, expect, it } from '@jest/globals'
import { at, digest, drawBelow, pick } from '../../../src/domain/synthetic/draw.js'
import * as vocabulary from '../../../src/domain/synthetic/vocabulary.js'
import {
  base36,
  textLike,
  uniqueWords,
  type WordKind,
  wordCapacity,
  wordKinds,
  wordsOf,
} from '../../../src/domain/synthetic/words.js'

const { adjectives, firstNames, lastNames, loremWords, nouns } = vocabulary
const lower = (words: readonly string[]) => words.map((word) => word.toLowerCase())
const capital = (words: readonly string[]) => words.map((word) => word.replace(/^./, (first) => first.toUpperCase()))
const before = (text: string, words: readonly string[]) => words.map((word) => text + word)
const after = (words: readonly string[], text: string) => words.map((word) => word + text)
const own = (words: readonly string[], part: string) => pick(words, `k:${part}`, 'n')
const persons = (words: readonly string[], part: string) => pick(words, `p:${part}`, 'n')
const blank = (words: readonly string[]) => before(' ', words)

const account = `${persons(after(lower(firstNames), '.'), 'first:')} || ${persons(lower(lastNames), 'last:')}`
const phrases = loremWords.map((word, place) => {
  const further = (step: number) => loremWords[(place + step) % loremWords.length]
  return `${word} ${further(7)} ${further(29)}`
})
const sentence = (part: string) =>
  `${own(capital(phrases), `${part}0:`)} || ${own(blank(after(phrases, '.')), `${part}1:`)}`
const lines = Array.from({ length: 100 }, (_, line) => `-555-01${`0${line}`.slice(-2)}`)

const texts: Record<WordKind, string> = {
  first_name: persons(firstNames, 'first:'),
  last_name: persons(lastNames, 'last:'),
  full_name: `${persons(after(firstNames, ' '), 'first:')} || ${persons(lastNames, 'last:')}`,
  username: account,
  email: `${persons(after(lower(firstNames), '.'), 'first:')} || ${persons(after(lower(lastNames), '@example.com'), 'last:')}`,
  phone: `'+1-' || (201 + ${drawBelow(789, 'k:', 'n')}) || ${own(lines, 'line:')}`,
  company: `${own(lastNames, '0:')} || ${own(blank(vocabulary.companyForms), '1:')}`,
  job: `${own(vocabulary.jobAreas, '0:')} || ${own(blank(vocabulary.jobTypes), '1:')}`,
  street: `(1 + ${drawBelow(299, 'k:', 'n')}) || ${own(blank(vocabulary.streets), 'street:')}`,
  city: own(vocabulary.cities, ''),
  state: own(vocabulary.states, ''),
  country: own(vocabulary.countries, ''),
  country_code: own('AT AU BR CA CH DE DK ES FR GB IE IN IT JP NL US'.split(' '), ''),
  postcode: `right((100000 + ${drawBelow(100_000, 'k:', 'n')})::text, 5)`,
  url: own(before('https://www.example.com/', nouns), ''),
  host: own(after(nouns, '.example.com'), ''),
  ip: `'203.0.113.' || ${drawBelow(256, 'k:', 'n')}`,
  product: `${own(vocabulary.productAdjectives, '0:')} || ${own(blank(vocabulary.productMaterials), '1:')} || ${own(blank(vocabulary.products), '2:')}`,
  department: own(vocabulary.departments, ''),
  colour: own(vocabulary.colours, ''),
  fruit: own(vocabulary.fruits, ''),
  currency: own('CHF DKK EUR GBP JPY NOK SEK USD'.split(' '), ''),
  locale: own('de en es fr it nl pt sv'.split(' '), ''),
  word: own(nouns, ''),
  slug: `${own(after(adjectives, '-'), '')} || ${own(nouns, 'noun:')}`,
  code: `upper(left(${digest('k:', 'n')}, 8) COLLATE "C")`,
  token: digest('k:', 'n'),
  title: `${own(capital(adjectives), '0:')} || ${own(blank(capital(nouns)), '1:')}`,
  lorem: sentence(''),
  paragraph: `${sentence('0-')} || ' ' || ${sentence('1-')} || ' ' || ${sentence('2-')}`,
}

const words = (kind: WordKind, longest?: number) => ({ kind, key: 'k:', person: 'p:', longest })

it.each(wordKinds)('writes %s', (kind) => {
  expect(wordsOf(words(kind), 'n')).toBe(texts[kind])
  expect(wordsOf(words(kind, 9), 'n')).toBe(`left(${texts[kind]}, 9)`)
})

it('knows how many different texts there is room for', () => {
  expect([1, 2, 11, 12, undefined].map(wordCapacity)).toEqual([
    36,
    1296,
    36 ** 11,
    Number.MAX_SAFE_INTEGER,
    Number.MAX_SAFE_INTEGER,
  ])
})

const figures = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ']
const figure = (power: number) => at(figures, `mod((i)::bigint / ${36 ** power}, 36)`)

it('writes a number to the base of 36, the first place first, with ten places at most', () => {
  expect(base36('i', 1)).toBe(figure(0))
  expect(base36('i', 3)).toBe([2, 1, 0].map(figure).join(' || '))
  expect(base36('i', 12)).toBe([9, 8, 7, 6, 5, 4, 3, 2, 1, 0].map(figure).join(' || '))
})

describe('writes the row into a text that may not come twice', () => {
  const inRow = (text: string) => text.replaceAll(/\bn\b(?=, \d+\))/g, 'i + 1')
  const named = inRow(account)
  const longestName = [firstNames, ['.'], lastNames].reduce(
    (sum, list) => sum + Math.max(...list.map(({ length }) => length)),
    0,
  )
  const token = `left(${inRow(texts.token)}, 22) || ${base36('i', 10)}`

  it.each<[WordKind, number | undefined, string]>([
    ['email', undefined, `${named} || '.' || (i + 1) || '@example.com'`],
    ['email', 99, `${named} || '.' || (i + 1) || '@example.com'`],
    ['email', 64, `${named} || '.' || (i + 1) || '@example.com'`],
    ['email', longestName + 28, `${named} || '.' || (i + 1) || '@example.com'`],
    ['email', longestName + 27, `left(${named}, ${longestName - 1}) || '.' || (i + 1) || '@example.com'`],
    ['email', 40, `left(${named}, 12) || '.' || (i + 1) || '@example.com'`],
    ['email', 39, `left(${inRow(texts.email)}, 23) || ' ' || (i + 1)`],
    ['email', 31, base36('i', 12)],
    ['url', undefined, `'https://www.example.com/' || ${base36('i', 8)}`],
    ['token', undefined, token],
    ['token', 32, token],
    ['token', 31, base36('i', 12)],
    ['phone', undefined, `'+1-555-' || lpad((i + 1)::text, 9, '0')`],
    ['phone', 16, `'+1-555-' || lpad((i + 1)::text, 9, '0')`],
    ['phone', 15, base36('i', 12)],
    ['word', 32, `left(${inRow(texts.word)}, 16) || ' ' || (i + 1)`],
    ['word', 31, base36('i', 12)],
    ['word', 3, base36('i', 3)],
    ['word', undefined, `${inRow(texts.word)} || ' ' || (i + 1)`],
    ['full_name', undefined, `${inRow(texts.full_name)} || ' ' || (i + 1)`],
    ['slug', undefined, `${inRow(texts.slug)} || '-' || (i + 1)`],
    ['code', undefined, `${inRow(texts.code)} || '-' || (i + 1)`],
    ['username', undefined, `${inRow(texts.username)} || '-' || (i + 1)`],
    ['host', undefined, `${inRow(texts.host)} || '-' || (i + 1)`],
    ['country_code', undefined, `${inRow(texts.country_code)} || ' ' || (i + 1)`],
  ])('%s of at most %s characters', (kind, longest, sql) => {
    expect(uniqueWords(words(kind, longest), 'i')).toBe(sql)
  })
})

it.each([
  ['', `''`],
  ['abc', `'abc'`],
  ["it's", `'it''s'`],
  ['A%', `'A' || ${pick(nouns, 'k1:', 'n')}`],
  ['%A', `${pick(nouns, 'k0:', 'n')} || 'A'`],
  [
    'SKU-__-%',
    `'SKU-' || ${pick(figures, 'k1:', 'n')} || ${pick(figures, 'k2:', 'n')} || '-' || ${pick(nouns, 'k4:', 'n')}`,
  ],
  [String.raw`100\% \_x`, `'100' || '%' || ' ' || '_' || 'x'`],
  [String.raw`a\\b\'`, String.raw`'a' || '\' || 'b' || ''''`],
  ['a\nb', `'a\nb'`],
  ['a\\\nb', `'a' || '\n' || 'b'`],
])('writes a text that is like %j', (pattern, sql) => {
  expect(textLike(pattern, 'k', 'n')).toBe(sql)
})
