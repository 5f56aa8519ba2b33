import { expect, it } from '@jest/globals'
import { ageOf } from '../../src/domain/verdict.js'

const now = new Date('2026-11-22T08:00:00Z')

it.each<[string | null | undefined, number | undefined]>([
  ['2026-11-22T07:59:00Z', 60_000],
  ['2026-11-22T08:05:00Z', 0],
  ['2026-11-22T08:05:01Z', undefined],
  ['2026-11-22', undefined],
  ['2026', undefined],
  ['1', undefined],
  ['22 Nov 2026 07:59:00 GMT', undefined],
  ['+002026-11-22T07:59:00Z', undefined],
  ['Sun 2026-11-22T07:59:00Z', undefined],
  ['2026-11-22Tsoon', undefined],
  ['', undefined],
  [null, undefined],
  [undefined, undefined],
  [1_700_000_000_000 as unknown as string, undefined],
  [['2026-11-22T07:59:00Z'] as unknown as string, undefined],
])('of %p nothing is an age that is no date: %p', (date, age) => {
  expect(ageOf(date, now)).toBe(age)
})
