import { describe, expect, it } from '@jest/globals'
import type { Branch } from '../../src/domain/branch.js'
import type { Claim } from '../../src/domain/claim.js'
import {
  decideGolden,
  describeGolden,
  type Golden,
  type GoldenDemand,
  goldenFault,
  readGolden,
} from '../../src/domain/golden.js'
import { claimOf } from '../fixtures/claim.js'

const now = new Date('2026-11-22T12:00:00.000Z')
const ago = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString()
const mark = { rules: 'f00df00df00df00d', key: '0123456789abcdef' }

function branch(change: Partial<Claim> = {}, other: Partial<Branch> = {}): Branch {
  const claim = claimOf({
    pullRequest: null,
    branch: 'golden',
    dataPolicy: 'masked',
    masked: mark,
    golden: true,
    build: 'b1',
    createdAt: ago(0.125),
    ...change,
  })
  return { id: '1', name: 'golden', claim: { kind: 'claim', claim }, ...other }
}

/** The claim without these fields. */
function without(...fields: (keyof Claim)[]): Branch {
  const { claim } = branch()
  if (claim.kind !== 'claim') throw new Error('No claim.')
  const left = Object.entries(claim.claim).filter(([name]) => !fields.includes(name as keyof Claim))
  return { ...branch(), claim: { kind: 'claim', claim: Object.fromEntries(left) as unknown as Claim } }
}

const golden: Golden = { name: 'golden', id: '1', source: 'main', mark, build: 'b1', createdAt: ago(0.125) }

describe('a parent', () => {
  it.each<[string, Branch | undefined, ReturnType<typeof readGolden>]>([
    ['that is golden', branch(), { golden }],
    ['that is not there', undefined, undefined],
    ['without a claim', branch({}, { claim: { kind: 'none' } }), undefined],
    ['whose claim nobody can read', branch({}, { claim: { kind: 'unreadable', why: '?' } }), undefined],
    ['made by hand', without('golden'), undefined],
    ['that is golden for another repository', branch({ repository: 1 }), undefined],
    ['whose claim was written for another name', branch({ branch: 'silver' }), undefined],
    ['that is half-built, for another repository', branch({ repository: 1 }, { unfinished: true }), undefined],
    [
      'that is half-built',
      branch({}, { unfinished: true }),
      { fault: '"golden" is a golden parent that is half-built, or has been replaced' },
    ],
    [
      'that stands aside',
      branch({}, { name: 'db-branch~1', leftover: true }),
      { fault: '"db-branch~1" is a golden parent that is half-built, or has been replaced' },
    ],
    [
      'that does not say how it was masked',
      without('masked'),
      { fault: 'the claim of the golden parent "golden" does not say how its rows were masked' },
    ],
    [
      'that says it is a copy',
      branch({ dataPolicy: 'copy' }),
      { fault: 'the claim of the golden parent "golden" does not say how its rows were masked' },
    ],
  ])('%s', (_name, parent, reading) => {
    expect(readGolden(parent, 42)).toEqual(reading)
  })
})

describe('a golden parent', () => {
  const demand: GoldenDemand = { rules: mark.rules, maxAge: undefined, pointInTime: undefined, now }
  it.each<[string, Partial<Golden>, Partial<GoldenDemand>, RegExp | undefined]>([
    ['that obeys', {}, {}, undefined],
    ['for tables without rows', {}, { rules: undefined }, undefined],
    [
      'of other rules',
      {},
      { rules: 'beef' },
      /masked by rules f00df00df00df00d, and the policy file now has beef for "main"; run/,
    ],
    ['years old, without a limit', { createdAt: ago(900) }, {}, undefined],
    ['as old as the limit', { createdAt: ago(7) }, { maxAge: 7 }, undefined],
    [
      'older',
      { createdAt: ago(7.01) },
      { maxAge: 7 },
      /is 7 days old, older than max_golden_age \(7\); run the workflow/,
    ],
    ['older, for tables without rows', { createdAt: ago(9) }, { maxAge: 7, rules: undefined }, /is 9 days old/],
    ['of an odd date', { createdAt: 'yesterday' }, { maxAge: 7 }, /made at "yesterday", so nobody can tell/],
    ['of tomorrow', { createdAt: ago(-1) }, { maxAge: 7 }, /so nobody can tell/],
    ['of an odd date, without a limit', { createdAt: 'yesterday' }, {}, undefined],
    ['as it was once', {}, { pointInTime: '2026-11-01' }, /never verified; remove "point_in_time"/],
  ])('%s', (_name, change, asked, says) => {
    const fault = goldenFault({ ...golden, ...change }, { ...demand, ...asked })
    if (says) expect(fault).toMatch(says)
    else expect(fault).toBeUndefined()
  })

  it('shows its certificate', () => {
    expect(describeGolden(golden, now)).toBe(
      `The golden parent "golden" holds the rows of "main", masked and verified 3 hours ago (${ago(0.125)}) by rules f00df00df00df00d with key 0123456789abcdef.`,
    )
  })
})

it('shows its date where its age is none', () => {
  expect(describeGolden({ ...golden, createdAt: 'yesterday' }, now)).toContain('masked and verified at yesterday by')
})

describe('decideGolden', () => {
  const request = { repository: 42, branch: 'golden', parent: 'main' }
  const source: Branch = { id: '9', name: 'main', claim: { kind: 'none' } }
  const claimed = (change: Partial<Claim>, other: Partial<Branch> = {}): Branch => ({
    ...branch(change, other),
    name: 'x',
  })
  it.each<[string, Branch | undefined, Branch | undefined, string, RegExp]>([
    ['nothing there', undefined, source, 'create', /there was none/],
    ['nothing there, the source not seen', undefined, undefined, 'create', /there was none/],
    ['the old one', branch(), source, 'reset', /it was 3 hours old/],
    ['one of an odd date', branch({ createdAt: '' }), source, 'reset', /renewed/],
    ['one from another source', branch({ parent: 'other' }), source, 'reset', /3 hours/],
    ['no claim', branch({}, { claim: { kind: 'none' } }), source, 'refuse', /not ours \(it carries no claim/],
    ['a name only', branch({}, { claim: { kind: 'name' } }), source, 'refuse', /no golden parent/],
    ['an unreadable claim', branch({}, { claim: { kind: 'unreadable', why: '?' } }), source, 'refuse', /not ours/],
    ['another repository', branch({ repository: 1 }), source, 'refuse', /repository 1 claims it/],
    ['a claim of another name', branch({ branch: 'silver' }), source, 'refuse', /its claim names "silver"/],
    ['made by hand', without('golden'), source, 'refuse', /is no golden parent; choose another "branch_name"/],
    ["a pull request's", without('golden', 'pullRequest'), source, 'refuse', /is no golden parent/],
    ['protected', branch({}, { protection: 'it is protected' }), source, 'refuse', /it is protected/],
    ['with branches', branch({}, { protection: 'it has some', hasChildren: true }), source, 'reset', /3 hours/],
    ['half-built, alive', branch({ createdAt: ago(0.001) }, { unfinished: true }), source, 'wait', /another run/],
    [
      'half-built, dead',
      branch({ createdAt: ago(0.3) }, { unfinished: true }),
      source,
      'recreate',
      /the run that built it died/,
    ],
    ['the source is golden', undefined, claimed({}), 'refuse', /"x" is itself a golden parent; set .* "main"/],
    ['the source is half-built', undefined, { ...without('golden'), leftover: true }, 'refuse', /is half-built/],
    [
      "the source is a pull request's",
      undefined,
      { ...source, claim: { kind: 'claim', claim: claimOf() } },
      'refuse',
      /branch of pull request #7; set "parent_branch" to its parent, "main"/,
    ],
    ['the source was made by hand', undefined, without('golden'), 'create', /there was none/],
  ])('%s', (_name, there, from, action, reason) => {
    const plan = decideGolden(request, { branch: there, source: from, now })
    expect([plan.action, plan.reason]).toEqual([action, expect.stringMatching(reason)])
  })
})
