import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Branch } from '../../src/domain/branch.js'
import type { Claim, ClaimReading } from '../../src/domain/claim.js'
import { deletionFault } from '../../src/domain/deletion.js'
import { known, unknown } from '../../src/domain/known.js'
import { decideTeardown, type TeardownObservation, type TeardownRequest } from '../../src/domain/teardown-plan.js'
import { claimOf } from '../fixtures/claim.js'

const request: TeardownRequest = { repository: 42, pullRequest: 7, branch: 'pr-7', onClose: true }
const open = known({ number: 7, state: 'open' as const })
const closed = known({ number: 7, state: 'closed' as const })

function branch(change: Partial<Claim> = {}, other: Partial<Branch> = {}): Branch {
  return { id: '1', name: 'pr-7', claim: { kind: 'claim', claim: claimOf(change) }, ...other }
}
const none: ClaimReading = { kind: 'none' }

type Row = [name: string, seen: TeardownObservation, change: Partial<TeardownRequest>, action: string, reason: RegExp]

const rows: Row[] = [
  ['closed, ours', { branch: branch(), pullRequest: closed }, {}, 'delete', /#7 is closed/],
  ['closed, nothing there', { branch: undefined, pullRequest: closed }, {}, 'absent', /there was none/],
  ['reopened', { branch: branch(), pullRequest: open }, {}, 'keep', /open again/],
  ['reopened, nothing there', { branch: undefined, pullRequest: open }, {}, 'keep', /open again/],
  ['unknown', { branch: branch(), pullRequest: unknown('404') }, {}, 'refuse', /unknown \(404\)/],
  ['not read', { branch: branch(), pullRequest: undefined }, {}, 'refuse', /not read/],
  ['no claim', { branch: branch({}, { claim: none }), pullRequest: closed }, {}, 'refuse', /no claim/],
  ['other repository', { branch: branch({ repository: 1 }), pullRequest: closed }, {}, 'refuse', /repository 1 /],
  ['other pull request', { branch: branch({ pullRequest: 70 }), pullRequest: closed }, {}, 'refuse', /#70/],
  ['claim of another name', { branch: branch({ branch: 'pr-70' }), pullRequest: closed }, {}, 'refuse', /pr-70/],
  ['golden', { branch: branch({ golden: true }), pullRequest: closed }, {}, 'refuse', /golden parent, from which/],
  ['asked for', { branch: branch(), pullRequest: undefined }, { onClose: false }, 'delete', /mode/],
  [
    'asked for by hand',
    { branch: branch(), pullRequest: undefined },
    { onClose: false, pullRequest: null },
    'delete',
    /mode/,
  ],
]

describe('decideTeardown', () => {
  it.each(rows)('%s', (_name, seen, change, action, reason) => {
    const plan = decideTeardown({ ...request, ...change }, seen)
    expect(plan.action).toBe(action)
    expect(plan.reason).toMatch(reason)
  })

  it('adds no deletion when a fact becomes unknown', () => {
    const branches = fc.constantFrom(undefined, branch(), branch({ repository: 1 }), branch({}, { claim: none }))
    fc.assert(
      fc.property(branches, fc.boolean(), (found, onClose) => {
        const before = decideTeardown({ ...request, onClose }, { branch: found, pullRequest: closed })
        const blurred = found && { ...found, claim: none }
        for (const seen of [
          { branch: found, pullRequest: unknown('x') },
          { branch: blurred, pullRequest: closed },
        ]) {
          const after = decideTeardown({ ...request, onClose }, seen)
          if (after.action === 'delete') expect(before.action).toBe('delete')
        }
      }),
    )
  })
})

describe('deletionFault', () => {
  const guard = { repository: 42, pullRequest: 7, branch: 'pr-7', parent: 'main' }
  const planned = branch()
  it.each<[string, Branch | undefined, RegExp | undefined]>([
    ['unchanged', branch(), undefined],
    ['gone', undefined, undefined],
    ['recreated', branch({}, { id: '2' }), /made anew/],
    ['claim changed', branch({ build: 'ffff' }), /claim changed/],
    ['claim gone', branch({}, { claim: none }), /claim changed/],
    ['protected by the platform', branch({}, { protection: 'it is the default branch' }), /default branch/],
  ])('%s', (_name, fresh, fault) => {
    const said = deletionFault(planned, fresh, guard)
    if (fault) expect(said).toMatch(fault)
    else expect(said).toBeUndefined()
  })

  it.each(['main', 'master', 'staging', 'production', 'prod', 'prod-eu', 'Production', 'postgres', 'template1'])(
    'refuses %s even with a fitting claim',
    (name) => {
      const bad = branch({ branch: name }, { name })
      expect(deletionFault(bad, bad, { ...guard, branch: name, parent: 'golden' })).toMatch(/protected/)
    },
  )

  it('refuses the parent and a name that is not the claimed one', () => {
    const parent = branch({ branch: 'golden' }, { name: 'golden' })
    expect(deletionFault(parent, parent, { ...guard, branch: 'golden', parent: 'golden' })).toMatch(/parent/)
    const other = branch({}, { name: 'pr-8' })
    expect(deletionFault(other, other, { ...guard, names: { protected: [other.name], exempt: [] } })).toBe(
      'the policy file protects its name',
    )
    expect(deletionFault(other, other, { ...guard, names: { protected: ['PR-*'], exempt: [] } })).toBe(
      'the policy file protects "PR-*"',
    )
    expect(deletionFault(other, other, guard)).toMatch(/its name is not/)
  })

  it('refuses a golden parent, but not one that is half-built', () => {
    const golden = branch({ golden: true })
    expect(deletionFault(golden, golden, guard)).toBe('it is a golden parent, from which branches are made')
    for (const half of [branch({ golden: true }, { unfinished: true }), branch({ golden: true }, { leftover: true })])
      expect(deletionFault(half, half, guard)).toBeUndefined()
  })

  it('lets the half-built remains of this very branch go', () => {
    const leftover = branch({}, { name: 'db-branch~00', leftover: true })
    expect(deletionFault(leftover, leftover, guard)).toBeUndefined()
    expect(deletionFault(leftover, leftover, { ...guard, branch: 'pr-8' })).toMatch(/names "pr-7"/)
  })
})
