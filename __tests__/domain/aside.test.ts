import { expect, it } from '@jest/globals'
import { asideName, asideOf, buildPatience } from '../../src/domain/aside.js'

it.each(['new', 'old'] as const)('%s: a name aside tells whose it is', (kind) => {
  const name = asideName({ branch: 'pr-7', kind }, '0a1b2c3d4e5f')
  expect(name).toBe(`pr-7.${kind}-0a1b2c3d`)
  expect(asideOf(name)).toEqual({ branch: 'pr-7', kind })
})

it.each([
  'pr-7',
  '.new-0a1b2c3d',
  'pr-7.new',
  'pr-7.mid-0a1b2c3d',
  'pr-7.new-0a1b2c3',
  'pr-7.new-0a1b2c3d4',
  'pr-7.new-0A1B2C3D',
  'pr\n7.new-0a1b2c3d',
])('%s is no name aside', (name) => {
  expect(asideOf(name)).toBeUndefined()
})

it('waits six hours where rows are masked, ten minutes elsewhere', () => {
  expect([buildPatience('masked'), buildPatience('copy'), buildPatience()]).toEqual([21_600_000, 600_000, 600_000])
})
