import { describe, expect, it } from '@jest/globals'
import { passesLuhn } from '../../../src/domain/masking/detectors.js'
import { literal, textArray } from '../../../src/domain/masking/sql-text.js'
import { digits, hex, hexBetween, matches, number } from '../../../src/domain/masking/transformer.js'
import { transformers } from '../../../src/domain/masking/transformers.js'
import { cities, companies, firstNames, lastNames, streets } from '../../../src/domain/masking/vocabulary.js'
import { madeBy, objectionTo, promiseOf, proofOf } from './making-of.js'

type Asked = NonNullable<Parameters<typeof madeBy>[1]>

it.each([
  ['first_name', firstNames],
  ['last_name', lastNames],
  ['city', cities],
  ['company', companies],
])('%s is one of 64 words', (name, words) => {
  expect(words).toHaveLength(64)
  expect(madeBy(name)).toBe(`(${textArray(words)})[1 + ${number('d', 6)}]`)
  expect(proofOf(name)).toStrictEqual({ small: true, holds: `v = ANY (${textArray(words)})` })
  const longest = words.map(({ length }) => length).sort((a, b) => b - a)[0]
  expect(promiseOf(name)).toStrictEqual([longest, 'lossy'])
})

const houses = Array.from({ length: 64 }, (_, at) => `${at + 1}`)

it.each([
  ['name', firstNames, lastNames],
  ['address', houses, streets],
])('%s is one of 64 words and another of 64', (name, first, second) => {
  const [array, index] = madeBy(name).split('::name[])')
  expect(index).toBe(`[1 + ${number('d', 12)}]::text`)
  const all = array?.slice(`('{"`.length, -`"}'`.length).split('","')
  expect(all).toStrictEqual(first.flatMap((word) => second.map((other) => `${word} ${other}`)))
  const isFirst = `split_part(v, ' ', 1) = ANY (${textArray(first)})`
  const isSecond = `substr(v, strpos(v, ' ') + 1) = ANY (${textArray(second)})`
  expect(proofOf(name)).toStrictEqual({ small: true, holds: `(${isFirst} AND ${isSecond})` })
  expect(promiseOf(name)).toStrictEqual([Math.max(...(all ?? []).map(({ length }) => length)), 'lossy'])
})

describe('an email address', () => {
  // Room for the digest, of a column of that length: at least eight characters.
  it.each<[Asked, number, string, number]>([
    [{}, 16, 'example.com', 29],
    [{ length: 29 }, 16, 'example.com', 29],
    [{ length: 25 }, 12, 'example.com', 25],
    [{ length: 20 }, 7, 'example.com', 21],
    [{ length: 5 }, 0, 'example.com', 21],
    [{ parameters: { domain: 'test.io' }, length: 20 }, 11, 'test.io', 20],
  ])('takes what room there is: %j', (asked, room, domain, longest) => {
    expect(madeBy('email', asked)).toBe(`'u' || ${hex('d', room)} || ${literal(`@${domain}`)}`)
    expect(promiseOf('email', asked)).toStrictEqual([longest, 'preserved', 4 * room])
    expect(proofOf('email', asked)).toStrictEqual({
      small: room < 12,
      holds: hexBetween({ before: 'u', count: room, after: `@${domain}` })('v'),
    })
  })

  it('keeps its domain where that is asked for', () => {
    const asked = { parameters: { domain: 'keep' }, length: 20 }
    const domain = `coalesce(nullif(substring(v from '@([A-Za-z0-9.-]+)$'), ''), 'example.com')`
    expect(madeBy('email', asked)).toBe(`'u' || ${hex('d', 16)} || '@' || ${domain}`)
    expect(promiseOf('email', asked)).toStrictEqual([0, 'preserved', 64])
    expect(proofOf('email', asked)).toStrictEqual({
      small: false,
      holds: matches('^u[0-9a-f]{16}@[A-Za-z0-9.-]+$')('v'),
    })
  })

  it.each([
    ['example.com', undefined],
    ['keep', undefined],
    ['A-1.b.IO', undefined],
    ['localhost', 'needs a domain name'],
    ["a'b.com", 'needs a domain name'],
    ['.com', 'needs a domain name'],
    ['a.com.', 'needs a domain name'],
    ['x a.com', 'needs a domain name'],
    ['a.com x', 'needs a domain name'],
  ])('has a domain, not %j', (domain, objection) => {
    expect(objectionTo('email', { parameters: { domain } })).toBe(objection)
  })
})

it.each([
  [undefined, 16, 36],
  [36, 16, 36],
  [32, 12, 32],
  [31, 11, 31],
  [28, 8, 28],
  [25, 5, 28],
  [10, 0, 28],
])('a URL for a column of %p characters has %d of a digest', (length, room, longest) => {
  const asked = length === undefined ? {} : { length }
  expect(madeBy('url', asked)).toBe(`'https://example.com/' || ${hex('d', room)}`)
  expect(promiseOf('url', asked)).toStrictEqual([longest, 'preserved', 4 * room])
  expect(proofOf('url', asked)).toStrictEqual({
    small: room < 12,
    holds: hexBetween({ before: 'https://example.com/', count: room })('v'),
  })
})

/** Every digit replaced from the left by one of `all`, everything but digits and punctuation by an x. */
const sameFormat = (all: string, punctuation: string) => {
  const odd = `[^0-9${punctuation}]`
  const plain = `CASE WHEN v ~ '${odd}' THEN regexp_replace(v, '${odd}', 'x', 'g') ELSE v END`
  return `format(replace(translate(${plain}, '0123456789', '##########'), '#', '%s'), VARIADIC string_to_array(left(${all}, length(v)), NULL))`
}
const enough = `CASE WHEN length(v) <= 18 THEN ${digits('d')} ELSE repeat(${digits('d')}, 1 + length(v) / 18) END`

interface Proven {
  readonly odd: RegExp
  readonly without: string
  readonly pattern: RegExp
}

/** The parts of a predicate: no odd characters, and digits that begin so. */
function partsOf(name: string): Proven {
  const proof = proofOf(name)
  const parts = 'holds' in proof ? /^\(v !~ '(.*)' AND translate\(v, '(.*)', ''\) ~ '(.*)'\)$/.exec(proof.holds) : null
  if (!parts) throw new Error(`${name} is proven in another way.`)
  const [, odd = '', without = '', pattern = ''] = parts
  return { odd: new RegExp(odd), without, pattern: new RegExp(pattern) }
}

function proves(name: string, value: string): boolean {
  const { odd, without, pattern } = partsOf(name)
  return !odd.test(value) && pattern.test([...value].filter((sign) => !without.includes(sign)).join(''))
}

describe('a telephone number', () => {
  it('keeps its format and gets the beginning of a number that nobody has', () => {
    const start = String.raw`ltrim(v, E' \t\n\r(')`
    const dead = [
      `CASE left(${start}, 1)`,
      String.raw`WHEN '+' THEN CASE WHEN ${start} LIKE '+1%' AND v ~ '^\s*[+]1(\D|\d{10}$)' THEN '1555' ELSE '999' END`,
      `WHEN '0' THEN '000'`,
      String.raw`WHEN '1' THEN CASE WHEN v ~ '^\s*1\d{10}$' THEN '1555' ELSE '555' END`,
      String.raw`ELSE CASE WHEN v ~ '^\D*[+]' THEN '999' WHEN v ~ '^\D*0' THEN '000' ELSE '555' END END`,
    ].join(' ')
    const short = [
      'CASE left(v, 1)',
      `WHEN '+' THEN CASE WHEN left(v, 2) = '+1' AND length(v) = 12 THEN '+1555' ELSE '+999' END`,
      `WHEN '0' THEN '000' WHEN '1' THEN CASE WHEN length(v) = 11 THEN '1555' ELSE '555' END ELSE '555' END`,
    ].join(' ')
    expect(madeBy('phone')).toBe(
      [
        `CASE WHEN length(v) <= 18 AND v ~ '^[+]?[0-9]+$'`,
        `THEN left(${short} || ${digits('d')}, length(v))`,
        `ELSE ${sameFormat(`(${dead} || ${enough})`, '+(). /-')} END`,
      ].join(' '),
    )
    expect(promiseOf('phone')).toStrictEqual([undefined, 'not_guaranteed', 16])
  })

  it.each(['+1 (555) 010-0199', '+999 30/12', '000 1', '1555', '555.1', 'xxx 99', '9', '00', '1', '', '15'])(
    'proves itself: %j',
    (value) => {
      expect(proves('phone', value)).toBe(true)
    },
  )

  it.each(['+49 30 1234567', '(415) 555-2671', '+1 415 555', 'ext 555', '2', '998', '001'])(
    'is not proven: %j',
    (value) => {
      expect(proves('phone', value)).toBe(false)
    },
  )

  it('may come by chance', () => {
    expect(proofOf('phone')).toMatchObject({ small: true })
    expect(proofOf('postcode')).toMatchObject({ small: true })
  })
})

describe('a postcode', () => {
  it('keeps its format and begins with zeros', () => {
    expect(madeBy('postcode')).toBe(`upper(${sameFormat(`('000' || ${enough})`, ' -')})`)
    expect(promiseOf('postcode')).toStrictEqual([undefined, 'lossy'])
  })

  it.each([
    ['00012', true],
    ['XX0 0XX', true],
    ['000-12', true],
    ['0', true],
    ['', true],
    ['10115', false],
    ['00115', false],
    ['SW1A 0AA', false],
    ['x00', false],
    ['000/1', false],
  ])('proves itself by that: %j', (value, wanted) => {
    expect(proves('postcode', value)).toBe(wanted)
  })
})

describe('a card', () => {
  // As the SQL says: letters stand for the last five digits, and each becomes a pair.
  const pairs = [...madeBy('credit_card').matchAll(/, '([a-j])', '(\d\d)'\)/g)].map(([, letter, pair]) => [
    letter,
    pair,
  ])

  it('is made of digits of the digest', () => {
    const letters = `translate(right(${digits('d')}, 5), '0123456789', 'abcdefghij')`
    const made = pairs.reduce((all, [letter, pair]) => `replace(${all}, '${letter}', '${pair}')`, letters)
    expect(madeBy('credit_card')).toBe(`'424242' || ${made}`)
    expect(pairs.map(([letter]) => letter).join('')).toBe('abcdefghij')
    expect(promiseOf('credit_card')).toStrictEqual([16, 'not_guaranteed', 15])
  })

  it('passes Luhn whatever the digits are', () => {
    for (const [, pair] of pairs) {
      expect(passesLuhn(`424242${pair}${pairs[0]?.[1]}${pair}${pairs[9]?.[1]}${pair}`)).toBe(true)
    }
    expect(new Set(pairs.map(([, pair]) => pair)).size).toBe(10)
  })

  it('proves itself by its beginning and its pairs', () => {
    expect(proofOf('credit_card')).toStrictEqual({
      small: true,
      holds: matches(`^424242(${pairs.map(([, pair]) => pair).join('|')}){5}$`)('v'),
    })
  })
})

it('fills free text to its length', () => {
  const filled = `left(repeat('lorem ipsum dolor sit amet ', 1 + length(v) / 27), length(v))`
  expect(madeBy('redact_text')).toBe(filled)
  expect(promiseOf('redact_text')).toStrictEqual([undefined, 'lossy'])
  expect(proofOf('redact_text')).toStrictEqual({ small: true, holds: `v = ${filled}` })
})

describe('a template', () => {
  const of = (text: string) => ({ parameters: { text } })

  it.each<[string, string, readonly string[]]>([
    ['user-{id}-{hash}@example.com', `concat('user-', t.id::text, '-', ${hex('d', 16)}, '@example.com')`, ['id']],
    ["it's {a}{b c}", `concat('it''s ', t.a::text, '', t.b c::text, '')`, ['a', 'b c']],
    ['hash', `concat('hash')`, []],
    ['{a', `concat('{a')`, []],
  ])('%s', (text, made, reads) => {
    expect(madeBy('template', of(text))).toBe(made)
    expect(transformers['template']?.reads?.({ text })).toStrictEqual(reads)
  })

  it('without a text is empty', () => {
    expect(madeBy('template')).toBe(`concat('')`)
  })

  it.each([
    ['{hash}', true],
    ['a{id}{hash}', true],
    ['hash', false],
    ['{id}', false],
    ['hash{id}', false],
  ])('%s stays unique only by a digest', (text, unique) => {
    expect(promiseOf('template', of(text))).toStrictEqual(unique ? [undefined, 'preserved', 64] : [undefined, 'lossy'])
    expect(proofOf('template', of(text))).toMatchObject({ small: !unique })
  })

  it('proves itself by its texts and its digest', () => {
    const proof = proofOf('template', of("u.{id}-{hash}'s"))
    const expected = `v ~ ${literal(String.raw`^u\..*-[0-9a-f]{16}'s$`)}`
    expect('holds' in proof && proof.holds).toBe(expected)
  })
})
