import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { Branch } from '../../src/domain/branch.js'
import type { Claim, NameReading } from '../../src/domain/claim.js'
import { known, unknown } from '../../src/domain/known.js'
import { decideProvision, type ProvisionObservation, type ProvisionRequest } from '../../src/domain/provision-plan.js'
import { claimOf } from '../fixtures/claim.js'

const request: ProvisionRequest = {
  repository: 42,
  pullRequest: 7,
  branch: 'pr-7',
  parent: 'main',
  dataPolicy: 'schema_only',
  existing: 'reuse',
}
const now = new Date('2026-11-22T08:00:00Z')
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString()
const open = known({ number: 7, state: 'open' as const })
const closed = known({ number: 7, state: 'closed' as const })

function branch(change: Partial<Claim> = {}): Branch {
  return { id: '1', name: 'pr-7', claim: { kind: 'claim', claim: claimOf(change) } }
}
const named = (made: Omit<NameReading, 'kind'>): Branch => ({ id: '1', name: 'pr-7', claim: { kind: 'name', ...made } })
const unclaimed: Branch = { id: '1', name: 'pr-7', claim: { kind: 'none' } }
const unreadable: Branch = { id: '1', name: 'pr-7', claim: { kind: 'unreadable', why: 'claim version 9 is not known' } }

type Seen = Omit<ProvisionObservation, 'now'>
type Row = [name: string, seen: Seen, change: Partial<ProvisionRequest>, action: string, reason: RegExp]

const rows: Row[] = [
  ['nothing there', { branch: undefined, pullRequest: open }, {}, 'create', /there was none/],
  [
    'all agrees',
    { branch: branch(), pullRequest: open },
    {},
    'reuse',
    /^it exists, and its claim, parent and data policy agree$/,
  ],
  ['a push, reset asked', { branch: branch(), pullRequest: open }, { existing: 'reset' }, 'reset', /on_synchronize/],
  [
    'reset, but nothing there',
    { branch: undefined, pullRequest: open },
    { existing: 'reset' },
    'create',
    /there was none/,
  ],
  ['no claim', { branch: unclaimed, pullRequest: open }, {}, 'refuse', /no claim/],
  ['no claim, reset asked', { branch: unclaimed, pullRequest: open }, { existing: 'reset' }, 'refuse', /no claim/],
  ['unknown claim', { branch: unreadable, pullRequest: open }, {}, 'refuse', /version 9/],
  ['other repository', { branch: branch({ repository: 43 }), pullRequest: open }, {}, 'refuse', /repository 43/],
  ['other pull request', { branch: branch({ pullRequest: 8 }), pullRequest: open }, {}, 'refuse', /#8/],
  ['made by hand', { branch: branch({ pullRequest: null }), pullRequest: open }, {}, 'refuse', /by hand/],
  ['renamed', { branch: branch({ branch: 'pr-9' }), pullRequest: open }, {}, 'refuse', /names "pr-9"/],
  ['other parent', { branch: branch({ parent: 'golden' }), pullRequest: open }, {}, 'refuse', /from "golden"/],
  ['other policy', { branch: branch({ dataPolicy: 'copy' }), pullRequest: open }, {}, 'refuse', /under "copy"/],
  [
    'other parent, reset',
    { branch: branch({ parent: 'golden' }), pullRequest: open },
    { existing: 'reset' },
    'reset',
    /push/,
  ],
  ['closed, nothing there', { branch: undefined, pullRequest: closed }, {}, 'skip', /closed/],
  ['closed, ours', { branch: branch(), pullRequest: closed }, {}, 'remove', /closed/],
  ['closed, not ours', { branch: unclaimed, pullRequest: closed }, {}, 'skip', /not ours/],
  ['state unknown', { branch: undefined, pullRequest: unknown('403') }, {}, 'refuse', /unknown \(403\)/],
  ['state unknown, ours', { branch: branch(), pullRequest: unknown('502') }, {}, 'refuse', /unknown \(502\)/],
  [
    'protected by the platform',
    { branch: { ...branch(), protection: 'it is the default branch' }, pullRequest: open },
    {},
    'refuse',
    /it is the default branch/,
  ],
  [
    'being built by another run',
    { branch: { ...branch({ createdAt: ago(9) }), unfinished: true }, pullRequest: open },
    {},
    'wait',
    /another run is building it/,
  ],
  [
    'half-built by a dead run',
    { branch: { ...branch({ createdAt: ago(10) }), unfinished: true }, pullRequest: open },
    {},
    'recreate',
    /half-built since 10 minutes/,
  ],
  [
    'half-built, of a date in the future',
    { branch: { ...branch({ createdAt: ago(-60) }), unfinished: true }, pullRequest: open },
    {},
    'recreate',
    /half-built since an unknown time/,
  ],
  [
    'half-built, not ours',
    { branch: { ...branch({ repository: 43 }), unfinished: true }, pullRequest: open },
    {},
    'refuse',
    /repository 43/,
  ],
  ['by name', { branch: named({}), pullRequest: open }, {}, 'reuse', /its name, parent and data policy agree/],
  ['by name, other parent', { branch: named({ parent: 'golden' }), pullRequest: open }, {}, 'refuse', /from "golden"/],
  ['by name, other policy', { branch: named({ dataPolicy: 'copy' }), pullRequest: open }, {}, 'refuse', /under "copy"/],
  [
    'by name, of another number',
    { branch: named({}), pullRequest: open },
    { pullRequest: 8 },
    'refuse',
    /hold the number/,
  ],
  ['by name, closed', { branch: named({}), pullRequest: closed }, {}, 'remove', /closed/],
  [
    'by name, half-built now',
    { branch: { ...named({}), unfinished: true, createdAt: ago(1) }, pullRequest: open },
    {},
    'wait',
    /another run/,
  ],
  [
    'by hand, nothing there',
    { branch: undefined, pullRequest: undefined },
    { pullRequest: null },
    'create',
    /there was none/,
  ],
  [
    'by hand, there',
    { branch: branch({ pullRequest: null }), pullRequest: undefined },
    { pullRequest: null },
    'reuse',
    /agree/,
  ],
]

describe('decideProvision', () => {
  it.each(rows)('%s', (_name, seen, change, action, reason) => {
    const plan = decideProvision({ ...request, ...change }, { ...seen, now })
    expect(plan.action).toBe(action)
    expect(plan.reason).toMatch(reason)
  })

  it('never hands out or removes when the pull request is unknown, and only touches branches of ours', () => {
    const branches = fc.constantFrom(
      undefined,
      branch(),
      unclaimed,
      unreadable,
      branch({ repository: 43 }),
      branch({ pullRequest: 8 }),
    )
    const states = fc.constantFrom(open, closed, unknown('why'))
    fc.assert(
      fc.property(
        branches,
        states,
        fc.constantFrom('reuse' as const, 'reset' as const),
        (found, pullRequest, existing) => {
          const { action } = decideProvision({ ...request, existing }, { branch: found, pullRequest, now })
          if (!pullRequest.known) expect(action).toBe('refuse')
          const ours =
            found?.claim.kind === 'claim' && found.claim.claim.repository === 42 && found.claim.claim.pullRequest === 7
          if (['reuse', 'reset', 'remove'].includes(action)) expect(ours).toBe(true)
          if (pullRequest.known && pullRequest.value.state === 'closed') expect(['skip', 'remove']).toContain(action)
        },
      ),
    )
  })
})
