import { expect, it } from '@jest/globals'
import { drawBelow } from '../../../src/domain/synthetic/draw.js'
import { laterOf, numberSource, timeSource } from '../../../src/domain/synthetic/measures.js'
import type { Limits, SeedColumn } from '../../../src/domain/synthetic/schema.js'
import { columnOf } from './schema-of.js'

const below = (many: number) => drawBelow(many, 'k', 'n')

const bound = (value: string, included = true) => ({ value, included })

type Column = readonly [base: string, name: string, change?: Partial<SeedColumn>]

// How many there are, the one of a place, and what a free one is drawn from.
it.each<[Column, number, string, string]>([
  [['int2', 'n'], 32767, '(1 + i)', `(1 + ${below(1000)})`],
  [['int4', 'n'], 2147483647, '(1 + i)', `(1 + ${below(1000)})`],
  [['int8', 'n'], 1e15, '(1 + i)', `(1 + ${below(1000)})`],
  [['int4', 'age'], 2147483630, '(18 + i)', `(18 + ${below(73)})`],
  [['int4', 'price'], 2147483647, '(1 + i)', `(1 + ${below(500)})`],
  [['numeric', 'n'], 1e11 - 99, '(100 + i) * 0.01', `(100 + ${below(99901)}) * 0.01`],
  [['numeric', 'rating'], 1e9, '(1 + i)', `(1 + ${below(5)})`],
  [['numeric', 'lat'], 1e15 + 9e7 + 1, '(-90000000 + i) * 0.000001', `(-90000000 + ${below(180000001)}) * 0.000001`],
  [['numeric', 'n', { precision: 5, scale: 2 }], 99900, '(100 + i) * 0.01', `(100 + ${below(99900)}) * 0.01`],
  [['numeric', 'n', { precision: 12, scale: 2 }], 1e11 - 99, '(100 + i) * 0.01', `(100 + ${below(99901)}) * 0.01`],
  [['numeric', 'n', { precision: 4, scale: 1 }], 9990, '(10 + i) * 0.1', `(10 + ${below(9990)}) * 0.1`],
  [['numeric', 'n', { precision: 3, scale: 0 }], 999, '(1 + i)', `(1 + ${below(999)})`],
  [
    ['numeric', 'n', { precision: 12, scale: 8 }],
    9.999e9,
    '(1000000 + i) * 0.000001',
    `(1000000 + ${below(999000001)}) * 0.000001`,
  ],
  [['numeric', 'n', { precision: 3, scale: -2 }], 999, '(1 + i) * 100', `(1 + ${below(10)}) * 100`],
  [['numeric', 'n', { precision: 3, scale: -3 }], 999, '(1 + i) * 1000', '(1 + 0) * 1000'],
  // Nothing of what their names say fits into these.
  [['numeric', 'n', { precision: 4, scale: 4 }], 1e4, '(0 + i) * 0.0001', `(0 + ${below(1e4)}) * 0.0001`],
  [['numeric', 'year', { precision: 3, scale: 0 }], 1000, '(0 + i)', `(0 + ${below(1000)})`],
  [['float4', 'n'], 1e11 - 99, '(((100 + i))::float8 / 100)', `(((100 + ${below(99901)}))::float8 / 100)`],
  [['float8', 'rate'], 1e11 + 1, '(((0 + i))::float8 / 100)', `(((0 + ${below(101)}))::float8 / 100)`],
  [['float8', 'rating'], 1e9, '(1 + i)', `(1 + ${below(5)})`],
  [['money', 'n'], 1e11 - 99, '((100 + i) * 0.01)::numeric::money', `((100 + ${below(99901)}) * 0.01)::numeric::money`],
  [['money', 'rating'], 1e9, '((1 + i))::numeric::money', `((1 + ${below(5)}))::numeric::money`],
])('makes numbers of %j', ([base, name, change], capacity, at, free) => {
  const source = numberSource(columnOf(name, base, change), 'k')
  expect(source?.capacity).toBe(capacity)
  expect(source?.at('i')).toBe(at)
  expect(source?.free('n')).toBe(free)
})

it.each<[Limits, number, string, string]>([
  [{ min: bound('5') }, 2147483643, '(5 + i)', `(5 + ${below(996)})`],
  [{ min: bound('5', false) }, 2147483642, '(6 + i)', `(6 + ${below(995)})`],
  [{ min: bound('5.5') }, 2147483642, '(6 + i)', `(6 + ${below(995)})`],
  [{ min: bound('5.5', false) }, 2147483642, '(6 + i)', `(6 + ${below(995)})`],
  [{ max: bound('9') }, 9, '(1 + i)', `(1 + ${below(9)})`],
  [{ max: bound('9', false) }, 8, '(1 + i)', `(1 + ${below(8)})`],
  [{ max: bound('9.5') }, 9, '(1 + i)', `(1 + ${below(9)})`],
  [{ max: bound('9.5', false) }, 9, '(1 + i)', `(1 + ${below(9)})`],
  [{ min: bound('3'), max: bound('3') }, 1, '(3 + i)', '(3 + 0)'],
  [{ min: bound('-3'), max: bound('-1') }, 3, '(-3 + i)', `(-3 + ${below(3)})`],
  [{ min: bound('three'), max: bound('9') }, 9, '(1 + i)', `(1 + ${below(9)})`],
  [{ min: bound('-9999999999'), max: bound('-2147483640') }, 8, '(-2147483647 + i)', `(-2147483647 + ${below(8)})`],
  [{ min: bound('2147483640'), max: bound('9999999999') }, 8, '(2147483640 + i)', `(2147483640 + ${below(8)})`],
  [{ min: bound('4'), max: bound('3') }, 0, 'NULL', 'NULL'],
  [{ ranges: [{ from: '5', to: '8' }] }, 3, '(5 + i)', `(5 + ${below(3)})`],
  [{ ranges: [{ from: '5.5', to: '8.5' }] }, 3, '(6 + i)', `(6 + ${below(3)})`],
  [{ ranges: [{ from: undefined, to: '8' }] }, 7, '(1 + i)', `(1 + ${below(7)})`],
  [{ ranges: [{ from: '2147483640', to: undefined }] }, 8, '(2147483640 + i)', `(2147483640 + ${below(8)})`],
  [{ min: bound('6'), max: bound('7'), ranges: [{ from: '5', to: '9' }] }, 2, '(6 + i)', `(6 + ${below(2)})`],
  [{ min: bound('6'), ranges: [{ from: '1', to: '3' }, { from: '5', to: '9' }] }, 3, '(6 + i)', `(6 + ${below(3)})`], // prettier-ignore
  [
    { ranges: [{ from: '5', to: '7' }, { from: '1', to: '3' }] }, // prettier-ignore
    4,
    'CASE WHEN i < 2 THEN (1 + i) ELSE (5 + (i - 2)) END',
    `CASE WHEN ${below(4)} < 2 THEN (1 + ${below(4)}) ELSE (5 + (${below(4)} - 2)) END`,
  ],
])('keeps whole numbers within %j', (limits, capacity, at, free) => {
  const source = numberSource(columnOf('n', 'int4', { limits }), 'k')
  expect(source?.capacity).toBe(capacity)
  expect(source?.at('i')).toBe(at)
  expect(source?.free('n')).toBe(free)
})

it('keeps a number with places within its limits', () => {
  const limits = { min: bound('0', false), max: bound('0.5') }
  const source = numberSource(columnOf('n', 'numeric', { precision: 6, scale: 2, limits }), 'k')
  expect([source?.capacity, source?.at('i')]).toEqual([50, '(1 + i) * 0.01'])
})

const days = (date: string) => Date.parse(date) / 86_400_000
const seconds = (date: string) => Date.parse(date) / 1000
const [first, last] = ['2024-01-01', '2025-12-31']
const dated = (number: string) => `(date '1970-01-01' + (${number})::integer)`
const timed = (number: string) => `(timestamp '1970-01-01 00:00:00' + (${number}) * interval '1 second')`
const zoned = (number: string) => `(timestamptz '1970-01-01 00:00:00+00' + (${number}) * interval '1 second')`

it.each<[string, string, string, string, number]>([
  [
    'date',
    'sent_on',
    dated(`(${days(first)} + i)`),
    dated(`(${days(first)} + ${below(731)})`),
    days('2999-12-31') - days(first) + 1,
  ],
  [
    'timestamp',
    'sent_at',
    timed(`(${seconds(first)} + i)`),
    timed(`(${seconds(first)} + ${below(seconds(last) - seconds(first) + 1)})`),
    seconds('2999-12-31') - seconds(first) + 1,
  ],
  [
    'timestamptz',
    'sent_at',
    zoned(`(${seconds(first)} + i)`),
    zoned(`(${seconds(first)} + ${below(seconds(last) - seconds(first) + 1)})`),
    seconds('2999-12-31') - seconds(first) + 1,
  ],
  [
    'date',
    'birth_date',
    dated(`(${days('1950-01-01')} + i)`),
    dated(`(${days('1950-01-01')} + ${below(20089)})`),
    days('2999-12-31') - days('1950-01-01') + 1,
  ],
  [
    'date',
    'DOB',
    dated(`(${days('1950-01-01')} + i)`),
    dated(`(${days('1950-01-01')} + ${below(20089)})`),
    days('2999-12-31') - days('1950-01-01') + 1,
  ],
  [
    'date',
    'bornOn',
    dated(`(${days('1950-01-01')} + i)`),
    dated(`(${days('1950-01-01')} + ${below(20089)})`),
    days('2999-12-31') - days('1950-01-01') + 1,
  ],
])('makes points in time of %s %s', (base, name, at, free, capacity) => {
  const source = timeSource(columnOf(name, base), 'k')
  expect(source?.at('i')).toBe(at)
  expect(source?.free('n')).toBe(free)
  expect(source?.capacity).toBe(capacity)
})

it.each<[string, Limits, string, number | undefined]>([
  ['date', { min: bound('2024-03-01'), max: bound('2024-03-05') }, '2024-03-01', 5],
  ['date', { min: bound('2024-03-01', false), max: bound('2024-03-05', false) }, '2024-03-02', 3],
  ['date', { ranges: [{ from: '2024-03-01', to: '2024-04-01' }] }, '2024-03-01', 31],
  ['date', { ranges: [{ from: '1850-03-01', to: '1900-01-03' }] }, '1900-01-01', 2],
  ['date', { ranges: [{ from: '2999-12-30', to: '4000-01-01' }] }, '2999-12-30', 2],
  ['date', { min: bound(' 2024-03-01 '), max: bound('infinity') }, '2024-03-01', undefined],
  ['date', { min: bound('yesterday'), max: bound('2024-01-09') }, '2024-01-01', 9],
  ['date', { min: bound('12024-01-02'), max: bound('2024-01-09') }, '2024-01-01', 9],
  ['date', { min: bound('2024-01-02 or so'), max: bound('2024-01-09') }, '2024-01-01', 9],
  ['timestamp', { min: bound('2024-03-01 10:00:00'), max: bound('2024-03-01 10:00:09') }, '2024-03-01T10:00:00Z', 10],
  ['timestamp', { min: bound('2024-03-01T10:00'), max: bound('2024-03-01T10:00:09.5') }, '2024-03-01T10:00:00Z', 10],
  ['timestamp', { min: bound('2024-03-01 10:00:00.25'), max: bound('2024-03-01 10:00:09') }, '2024-03-01T10:00:01Z', 9],
  [
    'timestamptz',
    { min: bound('2024-03-01 10:00:00+02'), max: bound('2024-03-01 10:00:09+02') },
    '2024-03-01T08:00:00Z',
    10,
  ],
  [
    'timestamptz',
    { min: bound('2024-03-01 10:00:00-0330'), max: bound('2024-03-01 10:00:09-03:30') },
    '2024-03-01T13:30:00Z',
    10,
  ],
  [
    'timestamptz',
    { min: bound('2024-03-01 10:00:00Z'), max: bound('2024-03-01 10:00:09') },
    '2024-03-01T10:00:00Z',
    10,
  ],
])('keeps a %s within %j', (base, limits, from, capacity) => {
  const source = timeSource(columnOf('c', base, { limits }), 'k')
  const start = base === 'date' ? days(from) : seconds(from)
  expect(source?.at('i')).toContain(`(${start} + i)`)
  if (capacity !== undefined) expect(source?.capacity).toBe(capacity)
})

it.each(['text', 'time', 'timetz', 'interval', 'bool'])('knows no numbers and no points in time of %s', (base) => {
  expect(numberSource(columnOf('price', base), 'k')).toBeUndefined()
  expect(timeSource(columnOf('born', base), 'k')).toBeUndefined()
})

it.each([
  ['date', '((then)::date + 1 + (below 30)::integer)'],
  ['timestamp', `((then)::timestamp + (1 + below 43200) * interval '1 minute')`],
  ['timestamptz', `((then)::timestamptz + (1 + below 43200) * interval '1 minute')`],
  ['interval', `((then)::interval + (1 + below 600) * interval '1 minute')`],
  ['time', `((then)::time + (interval '1 day' - (then)::time::interval) / (2 + below 8))`],
  ['money', '((then) + (1 + below 10)::numeric::money)'],
  ['int4', '((then) + 1 + below 10)'],
  ['float8', '((then) + 1 + below 10)'],
])('puts a %s behind another', (base, sql) => {
  expect(laterOf(columnOf('c', base))?.('then', (most) => `below ${most}`)).toBe(sql)
})

it.each(['text', 'uuid', 'timetz', 'daterange'])('knows of no %s what lies behind it', (base) => {
  expect(laterOf(columnOf('c', base))).toBeUndefined()
})
