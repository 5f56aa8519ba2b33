import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { isProtectedName, nameFault, renderTemplate } from '../../src/domain/names.js'
import { type Claim, claimDisagreement, encodeClaim, readClaim, textBelowClaim } from '../../src/domain/claim.js'
import { dataPolicies } from '../../src/domain/data-policy.js'
import { claimOf } from '../fixtures/claim.js'

describe('branch names', () => {
  it.each(['pr-7', 'shop-pr-12', 'PR_7', 'a', 'v1.2-pr-3', 'x'.repeat(63), 'release-2024'])('takes %s', (name) => {
    expect(nameFault(name)).toBeUndefined()
  })

  it.each([
    '',
    '-pr',
    'pr-',
    'a..b',
    '../etc',
    'x"; DROP DATABASE main; --',
    "pr'7",
    'pr 7',
    'pr-7 ',
    'pr-7\n',
    'pr/7',
    'prä-7',
    '\uFEFFpr-7',
    'pr-7\u200B',
    'x'.repeat(64),
    'main',
    'MASTER',
    'production',
    'prod-eu',
    'template1',
    'pg_catalog',
    'public',
    'db-branch~0011',
  ])('refuses %j', (name) => {
    expect(nameFault(name)).toBeTruthy()
  })

  it('keeps product names out of the protected ones', () => {
    expect(isProtectedName('product-pr-7')).toBe(false)
    expect(isProtectedName('prod')).toBe(true)
    expect(isProtectedName('staging-pr-7')).toBe(false)
    expect(isProtectedName('non-prod')).toBe(false)
    expect(isProtectedName('shop-main')).toBe(false)
  })

  it('renders what it knows', () => {
    expect(renderTemplate('{repository}-pr-{number}', { number: 7, repository: 'shop' })).toBe('shop-pr-7')
    expect(renderTemplate('pr-{number}', { number: undefined, repository: 'shop' })).toBe('pr-{number}')
  })

  it('accepts only names that need no quoting anywhere', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 70 }), (name) => {
        if (nameFault(name) !== undefined) return
        expect(name).toMatch(/^[\w.-]{1,63}$/)
        expect(encodeURIComponent(name)).toBe(name)
      }),
      { numRuns: 2000 },
    )
  })
})

const claims: fc.Arbitrary<Claim> = fc
  .record({
    repository: fc.integer({ min: 1 }),
    pullRequest: fc.option(fc.integer({ min: 1 })),
    branch: fc.string({ minLength: 1 }),
    parent: fc.string({ minLength: 1, unit: 'binary' }),
    dataPolicy: fc.constantFrom(...dataPolicies),
    run: fc.string({ minLength: 1 }),
    build: fc.string({ minLength: 1 }),
    createdAt: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    approval: fc.option(fc.string({ unit: 'binary' }), { nil: undefined }),
    masked: fc.option(fc.record({ rules: fc.string(), key: fc.string() }), { nil: undefined }),
    golden: fc.constantFrom(undefined, true as const),
    parentBuild: fc.option(fc.string(), { nil: undefined }),
  })
  .map(({ approval, masked, golden, parentBuild, ...claim }) => ({
    ...claim,
    ...(approval !== undefined && { approval }),
    ...(masked && { masked }),
    ...(golden && { golden }),
    ...(parentBuild !== undefined && { parentBuild }),
  }))

describe('claims', () => {
  it('come back as they were written, below any other text', () => {
    fc.assert(
      fc.property(claims, fc.string(), (claim, below) => {
        expect(readClaim(encodeClaim(claim))).toEqual({ kind: 'claim', claim })
        expect(readClaim(`${encodeClaim(claim)}\n${below}`)).toEqual({ kind: 'claim', claim })
        expect(textBelowClaim(`${encodeClaim(claim)}\n${below}`)).toBe(below)
      }),
    )
  })

  it('are one line', () => {
    fc.assert(fc.property(claims, (claim) => expect(encodeClaim(claim)).not.toMatch(/[\n\r]/)))
  })

  it('never throw on foreign text, and never take it for a claim of ours', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json().map((json) => `db-branch-action/1 ${json}`),
        ),
        (text) => {
          expect(['none', 'unreadable']).toContain(readClaim(text).kind)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it.each([
    [null, 'none'],
    [undefined, 'none'],
    ['', 'none'],
    ['our production database', 'none'],
    ['db-branch-action/2 {}', 'unreadable'],
    ['db-branch-action/1 {', 'unreadable'],
    ['db-branch-action/1 []', 'unreadable'],
    [encodeClaim(claimOf()).replace('"repository":42', '"repository":"42"'), 'unreadable'],
    [encodeClaim(claimOf()).replace('"repository":42', '"repository":-1'), 'unreadable'],
    [encodeClaim(claimOf()).replace('schema_only', 'everything'), 'unreadable'],
    [encodeClaim(claimOf({ golden: true })).replace('"golden":true', '"golden":"yes"'), 'unreadable'],
    [encodeClaim(claimOf({ parentBuild: 'b' })).replace('"parent_build":"b"', '"parent_build":1'), 'unreadable'],
    [` ${encodeClaim(claimOf())}`, 'none'],
    [`see db-branch-action/1 {}`, 'none'],
  ])('%j is %s', (text, kind) => {
    expect(readClaim(text).kind).toBe(kind)
  })

  it('come back without a field that was not there', () => {
    expect(readClaim(encodeClaim(claimOf()))).toStrictEqual({ kind: 'claim', claim: claimOf() })
    const full = claimOf({ approval: 'Jane', parentSchema: 's1', masked: { rules: 'r', key: 'k' }, parentBuild: 'b' })
    expect(readClaim(encodeClaim(full))).toStrictEqual({ kind: 'claim', claim: full })
  })

  it.each([
    { repository: 0 },
    { repository: 1.5 },
    { repository: undefined },
    { pull_request: 0 },
    { pull_request: '7' },
    { pull_request: undefined },
    { branch: '' },
    { branch: 7 },
    { parent: '' },
    { run: undefined },
    { build: 7 },
    { created_at: '' },
    { approval: 7 },
    { parent_schema: 7 },
    { golden: false },
    { masked: null },
    { masked: 'yes' },
    { masked: { rules: 'r' } },
    { masked: { key: 'k' } },
  ])('are nobody knows whose with %j', (damage) => {
    const fields = JSON.parse(encodeClaim(claimOf()).replace(/^\S+ /, '')) as object
    expect(readClaim(`db-branch-action/1 ${JSON.stringify({ ...fields, ...damage })}`)).toEqual({
      kind: 'unreadable',
      why: 'claim lacks a field or has one of a wrong type',
    })
  })

  it.each([
    [encodeClaim(claimOf()).replace('/1 ', '/2 '), 'claim version 2 is not known'],
    ['db-branch-action/12 {}', 'claim version 12 is not known'],
    ['db-branch-action/1 {', 'claim is not valid JSON'],
    ['db-branch-action/1 null', 'claim is not valid JSON'],
    ['db-branch-action/1 7', 'claim is not valid JSON'],
  ])('say why they cannot be read: %s', (text, why) => {
    expect(readClaim(text)).toEqual({ kind: 'unreadable', why })
  })

  it.each([
    [null, ''],
    [undefined, ''],
    ['', ''],
    ['their own\ntwo lines', 'their own\ntwo lines'],
    [`${encodeClaim(claimOf())}\nbelow\nit`, 'below\nit'],
  ])('stand above what the comment said: %j', (text, below) => {
    expect(textBelowClaim(text)).toBe(below)
  })

  it('agree only with their own repository, name and number', () => {
    const expected = { repository: 42, branch: 'pr-7', pullRequest: 7 }
    const reading = (change: Partial<Claim>) => ({ kind: 'claim' as const, claim: claimOf(change) })
    expect(claimDisagreement(reading({}), expected)).toBeUndefined()
    expect(claimDisagreement(reading({}), { ...expected, pullRequest: null })).toBeUndefined()
    expect(claimDisagreement(reading({ repository: 421 }), expected)).toBe('repository 421 claims it')
    expect(claimDisagreement(reading({ branch: 'pr-70' }), expected)).toBe('its claim names "pr-70"')
    expect(claimDisagreement(reading({ pullRequest: 70 }), expected)).toBe('pull request #70 claims it')
  })
})
