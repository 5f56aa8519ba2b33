import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { dataPolicies } from '../../../src/domain/data-policy.js'
import { asideName, asideOf } from '../../../src/domain/aside.js'
import { checksumOf, describeClaim, readDescription } from '../../../src/providers/xata/claim-text.js'
import { claimOf } from '../../fixtures/claim.js'

const claims = fc.record({
  repository: fc.integer({ min: 1, max: 999_999_999_999 }),
  pullRequest: fc.option(fc.integer({ min: 1, max: 99_999_999 })),
  dataPolicy: fc.constantFrom(...dataPolicies),
  build: fc.stringMatching(/^[0-9a-f]{16}$/),
  branch: fc.stringMatching(/^[A-Za-z0-9._-]{1,63}$/),
})
/** Some of the masked are golden parents. */
const marks = fc.tuple(claims, fc.boolean()).map(([claim, golden]) => {
  return { ...claim, ...(golden && claim.dataPolicy === 'masked' && { golden: true as const }) }
})

describe('a claim in a description', () => {
  it('keeps to what Xata takes, and comes back as it was', () => {
    fc.assert(
      fc.property(marks, fc.boolean(), (claim, finished) => {
        const text = describeClaim(claimOf(claim), { finished })
        expect(text).toMatch(/^[a-zA-Z0-9]+[a-zA-Z0-9- ]*$/)
        expect(text.length).toBeLessThanOrEqual(50)
        const { branch, ...rest } = claim
        expect(readDescription(text)).toEqual({ ...rest, finished, checksum: checksumOf(branch) })
      }),
    )
  })

  it('reads as people would write it down', () => {
    const claim = claimOf({ repository: 123456789, pullRequest: 42, branch: 'pr-42' })
    expect(describeClaim(claim, { finished: true })).toBe('dbba1 123456789 42 sf 1bhhvrvzpfb bsc1r')
    expect(describeClaim(claimOf({ pullRequest: null }), { finished: false })).toContain(' hand su ')
    const golden = claimOf({ pullRequest: null, dataPolicy: 'masked', golden: true })
    expect(describeClaim(golden, { finished: true })).toContain(' hand gf ')
  })

  it('is refused when it does not fit, instead of being cut', () => {
    const claim = claimOf({ repository: Number.MAX_SAFE_INTEGER, pullRequest: 99_999_999, build: 'f'.repeat(16) })
    expect(() => describeClaim(claim, { finished: true })).toThrow(/claim is longer than the 50 characters/)
  })

  it.each([
    [undefined, 'other'],
    ['', 'other'],
    ['preview of Ada', 'other'],
    ['dbba', 'other'],
    ['dbba2 42 7 sf abc 12345', 'unknown'],
    ['dbba1 42 7 sf abc', 'unknown'],
    ['dbba1 0 7 sf abc 12345', 'unknown'],
    ['dbba1 42 07 sf abc 12345', 'unknown'],
    ['dbba1 42 7 xf abc 12345', 'unknown'],
    ['dbba1 42 7 sf zzzzzzzzzzzzz 12345', 'unknown'],
    ['dbba1 99999999999999999 7 sf abc 12345', 'unknown'],
    ['dbba1 42 7 sf abc 12345 ', 'unknown'],
  ])('%j is %s', (text, reading) => {
    expect(readDescription(text)).toBe(reading)
  })
})

describe('names aside', () => {
  it('tell the branch, and are no one else’s', () => {
    const name = asideName({ branch: 'pr-7', kind: 'old' }, '0a1b2c3d4e5f6071')
    expect(name).toBe('pr-7.old-0a1b2c3d')
    expect(asideOf(name)).toEqual({ branch: 'pr-7', kind: 'old' })
    for (const other of ['pr-7', 'pr-7.old', 'pr-7.old-0a1b2c3', 'pr-7.mid-0a1b2c3d', '.old-0a1b2c3d'])
      expect(asideOf(other)).toBeUndefined()
  })
})
