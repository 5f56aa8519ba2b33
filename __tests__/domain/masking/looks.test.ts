import { describe, expect, it } from '@jest/globals'
import { DocumentTally } from '../../../src/domain/masking/document-tally.js'
import { nameLook } from '../../../src/domain/masking/name-words.js'
import { nationalIdsIn } from '../../../src/domain/masking/national-ids.js'
import { recognise } from '../../../src/domain/masking/recognise.js'
import { Tally } from '../../../src/domain/masking/tally.js'

describe('a name', () => {
  it.each<[string, ReturnType<typeof nameLook>]>([
    ['Maria Garcia', { words: 2, first: true, last: true }],
    ['Garcia, Maria', { words: 2, first: true, last: true }],
    ['J. Garcia', { words: 1, first: false, last: true }],
    ['Jürgen Groß', { words: 2, first: false, last: false }],
    ['Anna-Lena', { words: 1, first: true, last: false }],
    ['Weiß', { words: 1, first: false, last: true }],
    ['Weiss', { words: 1, first: false, last: true }],
    ['Anna X Y Zz Ww Garcia', { words: 4, first: true, last: true }],
    ['Aa Bb Cc Dd Anna', { words: 5, first: true, last: false }],
    ['Aa Bb Cc Dd Ee Anna', undefined],
    ['A B', undefined],
    ['Anna 2', undefined],
    ['Anna!', undefined],
    ['=Anna', undefined],
    [`Anna ${'x'.repeat(55)}`, { words: 2, first: true, last: false }],
    [`Anna ${'x'.repeat(56)}`, undefined],
    ['', undefined],
  ])('%j is looked at', (text, look) => {
    expect(nameLook(text)).toEqual(look)
  })
})

describe('a text', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['a@b.de', ['email'], ['email']],
    [' a@b.de ', ['email'], ['email']],
    ['to a@b.de', [], ['email']],
    ['a@b.c', [], []],
    ['+4912345678', ['phone number'], ['phone number']],
    ['030 12345678', ['phone number'], []],
    ['4222222222222', ['payment card'], ['payment card']],
    ['4111111111111111 x', [], ['payment card']],
    ['x DE89370400440532013000', [], ['IBAN']],
    ['123-45-6789', ['US social security number'], ['US social security number']],
    ['8.8.8.8', ['IPv4 address'], ['IPv4 address']],
    ['10.0.0.1', ['IPv4 address'], []],
    ['on 8.8.8.8', [], ['IPv4 address']],
    ['2a00::1:1', ['IPv6 address'], ['IPv6 address']],
    ['aa-bb-cc-dd-ee-ff', ['MAC address'], ['MAC address']],
    ['02:00:00:aa:bb:cc', [], []],
    ['https://x.de', ['URL'], []],
    ['www.x.de', ['URL'], []],
    ['123e4567-e89b-42d3-8456-426614174000', ['UUID'], []],
    ['529.982.247-25', ['Brazilian CPF'], []],
    ['-----BEGIN PRIVATE KEY', ['private key'], ['private key']],
    ['plain words', [], []],
    ['short', [], []],
  ])('%j is recognised', (text, whole, inside) => {
    expect(recognise(text)).toEqual({ whole, inside })
  })

  it('of two kinds inside is each', () => {
    expect(recognise('a@b.de 8.8.8.8').inside).toEqual(['email', 'IPv4 address'])
  })
})

describe('sampled values', () => {
  const found = (values: readonly string[]) => {
    const tally = new Tally()
    for (const value of values) tally.add(value)
    return tally.findings()
  }

  it('are counted in shares', () => {
    const values = [
      'a@b.de',
      'write to a@b.de now',
      'Maria Garcia',
      'Maria',
      'Garcia',
      'Anna von Garcia',
      '',
      '  ',
      'x1',
      'x1',
    ]
    expect(found(values)).toEqual({
      values: 8,
      whole: new Map([['email', 1 / 8]]),
      inside: new Map([['email', 2 / 8]]),
      names: { full: 2 / 8, first: 2 / 8, last: 2 / 8 },
      distinct: 7,
      rarest: 1,
      longest: 19,
      wordy: 2 / 8,
      opaque: 2 / 8,
      coded: false,
    })
  })

  it('that are none tell nothing', () => {
    const nothing = { values: 0, whole: new Map(), inside: new Map(), names: { full: 0, first: 0, last: 0 } }
    expect(found([])).toEqual({ ...nothing, distinct: 0, rarest: 0, longest: 0, wordy: 0, opaque: 0, coded: true })
  })

  it.each<[number, number | undefined, number]>([
    [20, 20, 2],
    [21, undefined, 0],
  ])('%d different ones are told as %p', (count, distinct, rarest) => {
    const values = Array.from({ length: count * 2 }, (_, at) => `w${at % count}`)
    expect(found(values)).toMatchObject({ distinct, rarest, values: count * 2 })
  })

  it.each<[string, Partial<ReturnType<typeof found>>]>([
    ['two words', { wordy: 0, opaque: 0 }],
    ['now three  words', { wordy: 1 }],
    ['now  three words', { wordy: 1 }],
    ['a b c', { wordy: 1, opaque: 0 }],
    ['onewordof16chars', { opaque: 1 }],
    ['onewordof-chars', { opaque: 0 }],
    ['x1', { opaque: 1 }],
    ['x 1', { opaque: 0 }],
  ])('%j: %j', (value, looks) => {
    expect(found([value])).toMatchObject(looks)
  })

  it.each<[string, boolean]>([
    ['in_stock', true],
    ['DE', true],
    ['a.b-c:d/e f1', true],
    ['A1_b2', true],
    ['de_DE', true],
    ['Open', false],
    ['in__stock', false],
    ['_x', false],
    ['x_', false],
    ['a_B!', false],
    ['a_Bc', false],
    ['é', false],
  ])('%j is written as programs write words: %p', (value, coded) => {
    expect(found([value]).coded).toBe(coded)
    expect(found([value, 'Open', 'x']).coded).toBe(false)
  })
})

describe('sampled documents', () => {
  const found = (items: readonly unknown[]) => {
    const tally = new DocumentTally()
    for (const item of items) tally.add(item)
    return tally.findings()
  }
  const many = (count: number, make: (at: number) => unknown) => Array.from({ length: count }, (_, at) => make(at))

  it('show the paths of texts and numbers that enough of them have', () => {
    const items = many(100, (at) => ({
      a: 'x',
      n: 7,
      no: null,
      yes: true,
      ...(at < 5 && { five: 'x' }),
      ...(at < 4 && { four: 'x' }),
    }))
    expect([...found(items).paths.keys()]).toEqual(['a', 'n', 'five'])
    expect([...found(many(3, () => ({ a: 'x' }))).paths.keys()]).toEqual(['a'])
    expect([...found(many(2, () => ({ a: 'x' }))).paths.keys()]).toEqual([])
    expect([...found(many(2, () => ({ a: ['x', 'y', 'z'] }))).paths.keys()]).toEqual([])
    expect(found(['x', 7, null, true])).toEqual({ documents: 4, paths: new Map(), keysAreData: false })
  })

  it('are looked into eight deep', () => {
    const nested = (depth: number): unknown => (depth === 0 ? 'x' : { k: nested(depth - 1) })
    const listed = (depth: number): unknown => (depth === 0 ? 'x' : [listed(depth - 1)])
    expect([...found(many(3, () => nested(8))).paths.keys()]).toEqual(['k.k.k.k.k.k.k.k'])
    expect([...found(many(3, () => nested(9))).paths.keys()]).toEqual([])
    expect([...found(many(3, () => ({ a: listed(7) }))).paths.keys()]).toEqual([`a${'[*]'.repeat(7)}`])
    expect([...found(many(3, () => ({ a: listed(8) }))).paths.keys()]).toEqual([])
  })

  it.each<[string, readonly unknown[], boolean]>([
    ['60 keys', many(60, (at) => ({ [`k${at}`]: 1 })), false],
    ['61 keys', many(61, (at) => ({ [`k${at}`]: 1 })), true],
    ['the same key in 61 places', [many(61, () => ({ k: 1 }))], false],
    ['a first name', [{ maria: 1 }], false],
    ['a first name that is a last name, too', [{ thomas: 1 }], false],
    ['a first and a last name', [{ 'maria garcia': 1 }], true],
    ['two first names', [{ 'maria anna': 1 }], false],
    ['an address', [{ 'a@b.de': 1 }], true],
  ])('with %s have keys that are data: %p', (_what, items, keysAreData) => {
    expect(found(items).keysAreData).toBe(keysAreData)
  })
})

describe('a national number', () => {
  it.each<[string, string, boolean]>([
    ['Swedish personal number', '811228+9874', true],
    ['German tax id', '65929970489', true],
    ['German tax id', '12345678903', false],
    ['UK national insurance number', 'A B 1 2 3 4 5 6 C', true],
    ['UK national insurance number', `AB123456C${' '.repeat(21)}`, true],
    ['UK national insurance number', `AB123456C${' '.repeat(22)}`, false],
  ])('%s: %j: %p', (name, text, is) => {
    expect(nationalIdsIn(text).includes(name)).toBe(is)
  })

  /** All numbers of this form whose other digits are given, with each value of the ones at these places. */
  const passing = (name: string, text: string, at: number) =>
    Array.from({ length: 100 }, (_, two) => text.slice(0, at) + String(two).padStart(2, '0') + text.slice(at + 2))
      .flatMap((month) => Array.from({ length: 10 }, (_, digit) => month.slice(0, -1) + String(digit)))
      .filter((each) => nationalIdsIn(each).includes(name))
      .map((each) => Number(each.slice(at, at + 2)))
  const months = (...added: number[]) => added.flatMap((more) => Array.from({ length: 12 }, (_, at) => more + at + 1))
  const days = (...added: number[]) => added.flatMap((more) => Array.from({ length: 31 }, (_, at) => more + at + 1))

  it('has a month and a day', () => {
    expect(passing('Polish PESEL', '44051401359', 2)).toEqual(months(0, 20, 40, 60, 80))
    expect(passing('Polish PESEL', '44051401359', 4)).toEqual(
      days(0, 40).concat(Array.from({ length: 19 }, (_, at) => 81 + at)),
    )
    expect(passing('Swedish personal number', '8112289874', 2)).toEqual(months(0))
    expect(passing('Swedish personal number', '8112289874', 4)).toEqual(days(0, 60))
  })
})
