import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Branch } from '../../src/domain/branch.js'
import { pullRequestOf } from '../../src/domain/cleanup-plan.js'
import { deletionFault } from '../../src/domain/deletion.js'
import { holdsNumber, numberByName } from '../../src/domain/names.js'
import { decideTeardown } from '../../src/domain/teardown-plan.js'
import { claimOf } from '../fixtures/claim.js'
import { admitToSweep, type Admission, ageOf, showAge } from '../../src/domain/verdict.js'

const now = new Date('2026-11-22T08:00:00Z')
const byName = { template: 'pr-{number}', repository: 'shop' }

function branch(name: string, change: Partial<Branch> = {}): Branch {
  return { id: 'x', name, claim: { kind: 'name' }, createdAt: '2026-11-12T08:00:00Z', ...change }
}

describe('a name', () => {
  it.each<[string, string, number | undefined]>([
    ['pr-7', 'pr-{number}', 7],
    ['pr-77', 'pr-{number}', 77],
    ['pr-07', 'pr-{number}', undefined],
    ['pr-7-2', 'pr-{number}', undefined],
    ['xpr-7', 'pr-{number}', undefined],
    ['PR-7', 'pr-{number}', undefined],
    ['release-2024', 'pr-{number}', undefined],
    ['pr-0', 'pr-{number}', undefined],
    ['pr-99999999999999999999', 'pr-{number}', undefined],
    ['shop-7', '{repository}-{number}', 7],
    ['other-7', '{repository}-{number}', undefined],
    ['7-7', '{number}-{number}', 7],
    ['7-8', '{number}-{number}', undefined],
    ['preview', 'preview', undefined],
  ])('%s under %s is of %p', (name, template, number) => {
    expect(numberByName(name, template, 'shop')).toBe(number)
  })

  it('is of the number that it was made from', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999_999 }), (number) => {
        expect(numberByName(`pr-${number}`, 'pr-{number}', 'shop')).toBe(number)
        expect(holdsNumber(`pr-${number}`, number)).toBe(true)
        expect(holdsNumber(`pr-${number}5`, number)).toBe(false)
      }),
    )
  })
})

describe('on a platform without claims, a sweep', () => {
  const sweep: Admission = { repository: 42, parent: 'main', now, byName }

  it.each<[string, Branch, Partial<Admission>, object]>([
    [
      'reports only',
      branch('pr-7'),
      { byName: undefined },
      { action: 'keep', kind: 'unclaimed', reason: expect.stringContaining('"trust_names"') },
    ],
    ['goes by a trusted name', branch('pr-7'), {}, { claim: { pullRequest: 7, branch: 'pr-7' }, age: 864_000_000 }],
    [
      'leaves other names alone',
      branch('release-2024'),
      {},
      { action: 'keep', kind: 'not ours', reason: 'its name is not one of "pr-{number}"' },
    ],
    [
      'leaves alone what carries no claim beside those that do',
      branch('pr-7', { claim: { kind: 'none' } }),
      {},
      { kind: 'not ours', reason: 'it carries no claim of this action' },
    ],
    [
      'leaves alone what nobody can read',
      branch('pr-7', { claim: { kind: 'unreadable', why: 'claim is not valid JSON' } }),
      {},
      { kind: 'not ours', reason: 'claim is not valid JSON' },
    ],
    [
      'exempts no half-built remains',
      branch('pr-7.new-0a1b2c3d', { leftover: true, claim: { kind: 'name', branch: 'pr-7' } }),
      { names: { protected: [], exempt: ['pr-*'] } },
      { claim: { pullRequest: 7, branch: 'pr-7' } },
    ],
    ['leaves the parent alone', branch('main'), {}, { action: 'keep', kind: 'protected' }],
    ['leaves a parent of that name alone', branch('pr-7'), { parent: 'pr-7' }, { action: 'keep', kind: 'protected' }],
    [
      'obeys the platform',
      branch('pr-7', { protection: 'it is persistent' }),
      {},
      { action: 'keep', kind: 'protected' },
    ],
    ['keeps odd dates', branch('pr-7', { createdAt: 'yesterday' }), {}, { action: 'keep', kind: 'odd date' }],
  ])('%s', (_name, seen, change, verdict) => {
    expect(admitToSweep(seen, { ...sweep, ...change })).toMatchObject(verdict)
  })

  it('keeps what the platform gives no date for', () => {
    const undated: Branch = { id: 'x', name: 'pr-7', claim: { kind: 'name' } }
    const reason = 'the platform says it was made at ""'
    expect(admitToSweep(undated, sweep)).toMatchObject({ action: 'keep', kind: 'odd date', reason })
    const odd = 'the platform says it was made at "yesterday"'
    expect(admitToSweep(branch('pr-7', { createdAt: 'yesterday' }), sweep)).toMatchObject({ reason: odd })
  })
})

describe('the last word', () => {
  const guard = { repository: 42, pullRequest: 7, branch: 'pr-7', parent: 'main' }

  it.each<[string, Branch, object, RegExp | undefined]>([
    ['allows a trusted name', branch('pr-7'), { byName: true }, undefined],
    ['refuses a name that is not trusted', branch('pr-7'), {}, /names are not trusted/],
    ['refuses another name', branch('pr-77'), { byName: true }, /its name is not "pr-7"/],
    ['refuses a name without the number', branch('x'), { byName: true, branch: 'x' }, /does not hold the number/],
    ['refuses another id', branch('pr-7', { id: 'y' }), { byName: true }, /made anew/],
    [
      'refuses what the platform protects',
      branch('pr-7', { protection: 'it is default' }),
      { byName: true },
      /default/,
    ],
    ['refuses a protected name', branch('production-7'), { byName: true, branch: 'production-7' }, /protected/],
  ])('%s', (_name, fresh, change, says) => {
    const planned = { ...fresh, id: 'x' }
    const fault = deletionFault(planned, fresh, { ...guard, ...change })
    if (says) expect(fault).toMatch(says)
    else expect(fault).toBeUndefined()
  })
})

it('the last word is the claim that a closer look finds', () => {
  const guard = { repository: 42, pullRequest: 7, branch: 'pr-7', parent: 'main', byName: true }
  const claimed = (repository: number) => branch('pr-7', { claim: { kind: 'claim', claim: claimOf({ repository }) } })
  expect(deletionFault(branch('pr-7'), claimed(42), guard)).toBeUndefined()
  expect(deletionFault(branch('pr-7'), claimed(1), guard)).toBe('repository 1 claims it')
})

it('tells no more of what it was made from than the platform does', () => {
  expect(admitToSweep(branch('pr-7'), { repository: 42, parent: 'main', now, byName })).toStrictEqual({
    claim: { pullRequest: 7, branch: 'pr-7' },
    age: 864_000_000,
  })
})

it('a pull request is told by a trusted name, and only where there are no claims', () => {
  expect(pullRequestOf(branch('pr-7'), byName)).toBe(7)
  expect(pullRequestOf(branch('pr-7'), undefined)).toBeUndefined()
  expect(pullRequestOf(branch('pr-7', { claim: { kind: 'none' } }), byName)).toBeUndefined()
})

it('five minutes ahead still count as now', () => {
  const ahead = (seconds: number) => ageOf(new Date(now.getTime() + seconds * 1000).toISOString(), now)
  expect([ahead(-1), ahead(0), ahead(300), ahead(301)]).toEqual([1000, 0, 0, undefined])
})

it('an age is told in whole days, hours or minutes', () => {
  const minute = 60_000
  const ages = [0, 1, 59, 60, 119, 120, 1439, 1440, 2879, 2880].map((minutes) => showAge(minutes * minute))
  expect(ages).toEqual([
    '0 minutes',
    '1 minute',
    '59 minutes',
    '1 hour',
    '1 hour',
    '2 hours',
    '23 hours',
    '1 day',
    '1 day',
    '2 days',
  ])
})

it('its own pull request may take it away by name', () => {
  const request = { repository: 42, pullRequest: 7, branch: 'pr-7', onClose: false }
  expect(decideTeardown(request, { branch: branch('pr-7'), pullRequest: undefined }).action).toBe('delete')
  const other = { ...request, branch: 'preview' }
  expect(decideTeardown(other, { branch: branch('preview'), pullRequest: undefined }).action).toBe('refuse')
})
