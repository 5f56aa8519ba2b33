import { expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { SeedColumn, SeedKey } from '../../../src/domain/synthetic/schema.js'
import { chooseIndexes, freeIndex, type Slot } from '../../../src/domain/synthetic/slots.js'
import { numberOf } from './arithmetic.js'
import { columnOf, keyOf, referenceOf, tableOf } from './schema-of.js'

/** A column that has this many values. */
const values = (number: number, capacity: number, column: SeedColumn = columnOf(`c${number}`, 'text')): Slot => ({
  columns: [number],
  reference: undefined,
  capacity,
  column: { ...column, number },
  source: { capacity, at: (index) => index, free: (row) => row },
  counted: false,
})

const line = (number: number, name = 'line') => values(number, 1e9, columnOf(name, 'int4'))

const counted = (number: number): Slot => ({ ...values(number, Number.MAX_SAFE_INTEGER), counted: true })

/** Columns that refer to a table of so many rows. */
const target = (columns: readonly [number, ...number[]], capacity: number): Slot => ({
  columns,
  reference: referenceOf(['t', ...columns], ['other', ...columns]),
  capacity,
  column: undefined,
  source: undefined,
  counted: false,
})

const key = (...columns: number[]) => keyOf('t', columns)

function choose(slots: readonly Slot[], keys: readonly SeedKey[], rows = 12) {
  const table = tableOf(
    't',
    [1, 2, 3, 4].map((number) => columnOf(`c${number}`, 'text')),
  )
  const { indexes, problems } = chooseIndexes({ table, rows, slots, keys })
  const texts = slots.map((slot) => indexes.get(slot)?.('n'))
  /** Places of the rows, slot by slot. */
  const places = slots.map((slot) =>
    Array.from({ length: rows }, (_, row) => {
      const index = indexes.get(slot)
      return index && Number(numberOf(index(`${row + 1}`)))
    }),
  )
  return { texts, problems, places }
}

it.each<[string, Slot[], SeedKey[], (string | undefined)[]]>([
  ['nothing asks for it', [values(1, 5), target([2], 5), line(3)], [], [undefined, undefined, undefined]],
  ['a sequence', [counted(1), values(2, 5)], [], ['(n - 1)', undefined]],
  ['a sequence inside a key', [counted(1), values(2, 5)], [key(1, 2)], ['(n - 1)', undefined]],
  ['one column that has enough', [values(1, 12), values(2, 99)], [key(1)], ['(n - 1)', undefined]],
  [
    'the first of two that have enough',
    [values(1, 11), values(2, 12), values(3, 99)],
    [key(1, 2, 3)],
    [undefined, '(n - 1)', undefined],
  ],
  ['a reference alone', [target([1], 12)], [key(1)], ['mod((n) - 1, 12)']],
  [
    'two references',
    [target([1], 3), target([2], 4)],
    [key(1, 2)],
    ['mod(((n) - 1) / 4 + mod((n) - 1, 4), 3)', 'mod((n) - 1, 4)'],
  ],
  [
    'a reference before words',
    [values(1, 11), target([2], 4)],
    [key(1, 2)],
    ['mod(((n) - 1) / 4 + mod((n) - 1, 4), 11)', 'mod((n) - 1, 4)'],
  ],
  ['a line behind its order', [line(1), target([2], 5)], [key(1, 2)], ['(((n) - 1) / 5)', 'mod((n) - 1, 5)']],
  ['a line behind words', [line(1), values(2, 5)], [key(1, 2)], ['(((n) - 1) / 5)', 'mod((n) - 1, 5)']],
  ['a line alone', [line(1)], [key(1)], ['(n - 1)']],
  ['an id, which is no line', [line(1, 'order_id'), target([2], 5)], [key(1, 2)], ['(n - 1)', undefined]],
  ['an id by its whole name', [line(1, 'ID'), target([2], 5)], [key(1, 2)], ['(n - 1)', undefined]],
  [
    'a number whose name ends like an id',
    [line(1, 'paid'), target([2], 5)],
    [key(1, 2)],
    ['(((n) - 1) / 5)', 'mod((n) - 1, 5)'],
  ],
  [
    'three, each shifted by the first and behind the ones before',
    [values(1, 2), target([2], 3), values(3, 4)],
    [key(1, 2, 3)],
    ['mod(((n) - 1) / 12 + mod((n) - 1, 3), 2)', 'mod((n) - 1, 3)', 'mod(((n) - 1) / 3 + mod((n) - 1, 3), 4)'],
  ],
  [
    'a reference to more rows than there are',
    [target([1], 500), target([2], 3)],
    [key(1, 2)],
    ['mod((n) - 1, 500)', 'mod(((n) - 1) / 12 + mod((n) - 1, 500), 3)'],
  ],
  ['a reference of two columns', [target([1, 2], 12)], [key(1, 2)], ['mod((n) - 1, 12)']],
  [
    'no slot that is only partly inside the key',
    [target([1, 2], 99), values(3, 12)],
    [key(1, 3)],
    [undefined, '(n - 1)'],
  ],
  ['a key inside another one first', [values(1, 99), values(2, 99)], [key(1, 2), key(2)], [undefined, '(n - 1)']],
  [
    'a key around another one not again',
    [target([1], 3), target([2], 4), values(3, 99)],
    [key(1, 2, 3), key(1, 2)],
    ['mod(((n) - 1) / 4 + mod((n) - 1, 4), 3)', 'mod((n) - 1, 4)', undefined],
  ],
  [
    'a reference beside a column that the server fills, not again',
    [target([1], 12), values(2, 99)],
    [key(1, 4), key(1, 2)],
    ['mod((n) - 1, 12)', undefined],
  ],
  [
    'a length of time, which is no line',
    [values(1, 99, columnOf('lasts', 'interval')), target([2], 5)],
    [key(1, 2)],
    ['(n - 1)', undefined],
  ],
  ['a number of ids', [line(1, 'id_count'), target([2], 5)], [key(1, 2)], ['(((n) - 1) / 5)', 'mod((n) - 1, 5)']],
  [
    'a reference that is different in every row, not again',
    [target([1], 12), values(2, 99)],
    [key(1), key(1, 2)],
    ['mod((n) - 1, 12)', undefined],
  ],
])('chooses for %s', (_, slots, keys, texts) => {
  expect(choose(slots, keys)).toMatchObject({ texts, problems: [] })
})

it.each<[string, Slot[], SeedKey[], string]>([
  ['one column', [values(1, 11)], [key(1)], 't (c1) must be unique by t_key: 11 different values are possible'],
  ['a reference', [target([1], 11)], [key(1)], 't (c1) must be unique by t_key: 11 different values are possible'],
  [
    'two references',
    [target([2], 3), target([1], 3)],
    [key(2, 1)],
    't (c2, c1) must be unique by t_key: 9 different values are possible',
  ],
  [
    'a column without what is only partly inside the key',
    [target([1, 2], 99), values(3, 5)],
    [key(1, 3)],
    't (c1, c3) must be unique by t_key: 5 different values are possible',
  ],
  ['a column that is left to the server', [], [key(1)], 't (c1) must be unique by t_key: no value is known to fit'],
  ['a column that is not there', [], [key(9)], 't (9) must be unique by t_key: no value is known to fit'],
  ['a column without values', [values(1, 0)], [key(1)], 't (c1) must be unique by t_key: no value is known to fit'],
])('refuses more rows than %s can tell apart', (_, slots, keys, sentence) => {
  expect(choose(slots, keys).problems).toEqual([
    `public.${sentence}, and 12 rows are asked for. Ask for fewer, or give these columns a generator.`,
  ])
})

it('refuses even one row where nothing is known', () => {
  expect(choose([], [key(1)], 1).problems).toEqual([
    'public.t (c1) must be unique by t_key: no value is known to fit, and 1 rows are asked for. Ask for fewer, or give these columns a generator.',
  ])
})

it('never meets a value of a unique key twice', () => {
  const slot = fc.tuple(fc.constantFrom('values', 'target', 'line'), fc.integer({ min: 1, max: 30 })).map(
    ([kind, capacity]) =>
      (number: number) =>
        kind === 'line' ? line(number) : kind === 'target' ? target([number], capacity) : values(number, capacity),
  )
  const asked = fc.record({
    makers: fc.array(slot, { minLength: 3, maxLength: 3 }),
    keys: fc.array(fc.subarray([1, 2, 3], { minLength: 1 }), { minLength: 1, maxLength: 3 }),
    rows: fc.integer({ min: 1, max: 60 }),
  })
  fc.assert(
    fc.property(asked, ({ makers, keys, rows }) => {
      const slots = makers.map((make, at) => make(at + 1))
      const { problems, places } = choose(
        slots,
        keys.map((columns) => key(...columns)),
        rows,
      )
      if (problems.length > 0) return
      for (const columns of keys) {
        // A slot without an index is drawn: it may be the same in all rows.
        const seen = Array.from({ length: rows }, (_, row) =>
          columns.map((number) => places[number - 1]?.[row] ?? '').join(),
        )
        expect(new Set(seen).size).toBe(rows)
      }
      slots.forEach(({ capacity }, at) => {
        for (const place of places[at] ?? []) expect(place ?? 0).toBeLessThan(capacity)
      })
    }),
    { seed: 7 },
  )
})

it('takes every choice once, and then any', () => {
  const places = (capacity: number) =>
    Array.from({ length: 60 }, (_, row) => Number(numberOf(freeIndex(capacity, 'k')(`${row + 1}`))))
  expect(places(5).slice(0, 5)).toEqual([0, 1, 2, 3, 4])
  expect([...new Set(places(5).slice(5))].sort()).toEqual([0, 1, 2, 3, 4])
  expect([0, 1].map((capacity) => freeIndex(capacity, 'k')('n'))).toEqual(['0', '0'])
  expect(freeIndex(2, 'k')('n')).toMatch(/^\(CASE WHEN \(n\) <= 2 THEN \(n\) - 1 ELSE /)
})
