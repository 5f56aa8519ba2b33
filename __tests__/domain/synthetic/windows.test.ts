import { expect, it } from '@jest/globals'
import { measuredSource, type Window } from '../../../src/domain/synthetic/windows.js'
import { numberOf } from './arithmetic.js'

const plausible = { lo: 10, hi: 14 }

const source = (allowed: readonly Window[]) =>
  measuredSource({ allowed, plausible, render: (number) => `to_char(${number})`, key: 'k' })

const bare = (sql: string) => Number(numberOf(/^to_char\((.*)\)$/.exec(sql)?.[1] ?? ''))

const from = (lo: number, hi: number) => Array.from({ length: hi - lo + 1 }, (_, step) => lo + step)

it.each<[string, Window[], number[], number[]]>([
  ['all that is plausible', [{ lo: 10, hi: 14 }], from(10, 14), from(10, 14)],
  ['a part of it', [{ lo: 11, hi: 12 }], from(11, 12), from(11, 12)],
  ['its first value alone', [{ lo: 5, hi: 10 }], from(10, 10), from(10, 10)],
  ['its last value alone', [{ lo: 14, hi: 17 }], from(14, 17), from(14, 14)],
  ['more on both sides', [{ lo: 1, hi: 30 }], from(10, 30), from(10, 14)],
  ['what lies behind it', [{ lo: 20, hi: 40 }], from(20, 40), from(20, 24)],
  ['little that lies behind it', [{ lo: 15, hi: 17 }], from(15, 17), from(15, 17)],
  ['what lies before it', [{ lo: -9, hi: 9 }], from(-9, 9), from(5, 9)],
  ['little that lies before it', [{ lo: 7, hi: 9 }], from(7, 9), from(7, 9)],
  [
    'two parts of it',
    [
      { lo: 2, hi: 11 },
      { lo: 13, hi: 15 },
    ],
    [...from(10, 11), ...from(13, 15)],
    [...from(10, 11), ...from(13, 14)],
  ],
  [
    'three places, of which one is plausible',
    [
      { lo: 1, hi: 2 },
      { lo: 12, hi: 13 },
      { lo: 20, hi: 21 },
    ],
    [...from(1, 2), ...from(12, 13), ...from(20, 21)],
    from(12, 13),
  ],
  [
    'two places, none of them plausible',
    [
      { lo: 1, hi: 9 },
      { lo: 20, hi: 30 },
    ],
    [...from(1, 9), ...from(20, 30)],
    [...from(5, 9), ...from(20, 24)],
  ],
])('takes %s: each place another value, and of the free ones all that are likely', (_, allowed, values, likely) => {
  const made = source(allowed)
  const { capacity } = made
  expect(capacity).toBe(values.length)
  expect(from(0, capacity - 1).map((index) => bare(made.at(`${index}`)))).toEqual(values)
  const drawn = new Set(from(1, 400).map((row) => bare(made.free(`${row}`))))
  expect([...drawn].sort((a, b) => a - b)).toEqual(likely)
})

it('has nothing where nothing is allowed', () => {
  const none = source([])
  expect([none.capacity, none.at('5'), none.free('5')]).toEqual([0, 'to_char(NULL)', 'to_char(NULL)'])
})

it('writes one window as a sum, and several as a choice', () => {
  expect(source([{ lo: 5, hi: 7 }]).at('i')).toBe('to_char((5 + i))')
  const two = [
    { lo: 1, hi: 2 },
    { lo: 8, hi: 9 },
  ]
  expect(source(two).at('i')).toBe('to_char(CASE WHEN i < 2 THEN (1 + i) ELSE (8 + (i - 2)) END)')
})
