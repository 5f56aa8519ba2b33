import { expect, it } from '@jest/globals'
import { counted, size, thousands, tie } from '../../src/domain/amounts.js'

it.each([
  [0, '0 B'],
  [640, '640 B'],
  [1023, '1023 B'],
  [1024, '1.0 kB'],
  [12_288, '12 kB'],
  [10_137, '9.9 kB'],
  [10_189, '10 kB'],
  [1.5 * 1024 ** 2, '1.5 MB'],
  [1.4 * 1024 ** 3, '1.4 GB'],
  [3 * 1024 ** 4, '3.0 TB'],
  [2048 * 1024 ** 4, '2048 TB'],
])('%d bytes are %s', (bytes, shown) => {
  expect(size(bytes)).toBe(shown.replace(' ', tie))
})

it.each([
  [1, '1 table'],
  [0, '0 tables'],
  [999, '999 tables'],
  [1000, '1,000 tables'],
  [1_234_567.4, '1,234,567 tables'],
])('%d is counted as %s', (count, shown) => {
  expect(counted(count, 'table')).toBe(shown)
})

it('counts what has a plural of its own', () => {
  expect([counted(2, 'index', 'indexes'), thousands(10_000)]).toEqual(['2 indexes', '10,000'])
})
