import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { unknown } from '../../src/domain/known.js'
import { CancelledError, ConflictError, ForgeError, ProviderError } from '../../src/errors.js'
import { connect } from '../../src/lifecycle/connect.js'
import { provision } from '../../src/lifecycle/provision.js'
import { teardown } from '../../src/lifecycle/teardown.js'
import { undoBuild } from '../../src/lifecycle/undo-build.js'
import { branchOf, closed, isExposed, open, orderOf, type Stage, stageOf } from '../fixtures/lifecycle.js'

const foreign = [branchOf({ repository: 1 }), branchOf({ pullRequest: 70 }), branchOf({}, { claim: { kind: 'none' } })]
const own = branchOf()
const remains = (change = {}) =>
  branchOf({ build: 'dead', ...change }, { id: '9', name: 'db-branch~dead', leftover: true })

const failures = [
  () => new ProviderError('Broken.'),
  () => new ConflictError('Name taken.'),
  () => new ForgeError('Denied.'),
  () => new CancelledError('cancelled'),
  () => new TypeError('Unforeseen.'),
]

const worlds = fc.record({
  branch: fc.constantFrom(undefined, own, ...foreign),
  leftover: fc.constantFrom(undefined, remains(), remains({ pullRequest: 70 })),
  states: fc.array(fc.constantFrom(open, open, closed, unknown('502')), { minLength: 1, maxLength: 5 }),
  sinks: fc.integer({ min: 0, max: 2 }),
  existing: fc.constantFrom('reuse' as const, 'reset' as const),
  /** Number of the port call that fails, and how. */
  faults: fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 20 }), fc.constantFrom(...failures)), {
    maxLength: 3,
    selector: ([call]) => call,
  }),
  mode: fc.constantFrom('provision' as const, 'close' as const, 'connect' as const),
})

type Chaos = typeof worlds extends fc.Arbitrary<infer T> ? T : never

function stageFor({ branch, leftover, states, sinks, faults }: Chaos): Stage {
  let calls = 0
  return stageOf({
    branches: branch ? [branch] : [],
    leftovers: leftover ? [leftover] : [],
    states,
    sinks,
    fault: () => {
      calls += 1
      return faults.find(([call]) => call === calls)?.[1]()
    },
  })
}

async function play(stage: Stage, { mode, existing }: Chaos): Promise<void> {
  const order = orderOf({ existing })
  const run = {
    provision: () => provision(stage.ports, order),
    close: () => teardown(stage.ports, { ...order, onClose: true }),
    connect: () => connect(stage.ports, order),
  }
  await run[mode]().catch(() => undefined)
}

/** The post step. */
async function afterwards(stage: Stage): Promise<void> {
  if (stage.state() !== '') await undoBuild(stage.ports, orderOf(), stage.state()).catch(() => undefined)
}

function isOurs({ claim }: Stage['deleted'][number]): boolean {
  return claim.kind === 'claim' && claim.claim.repository === 42 && claim.claim.pullRequest === 7
}

describe('whatever fails, whenever', () => {
  it('no branch of anybody else is deleted', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (chaos) => {
        const stage = stageFor(chaos)
        await play(stage, chaos)
        await afterwards(stage)
        expect(stage.deleted.filter((branch) => !isOurs(branch))).toEqual([])
        if (chaos.branch && foreign.includes(chaos.branch)) expect(stage.branches.get('pr-7')).toBe(chaos.branch)
      }),
      { numRuns: 1500 },
    )
  })

  it('no URL is handed out before its gates, and none of a branch that is not ours', async () => {
    let exposures = 0
    await fc.assert(
      fc.asyncProperty(worlds, async (chaos) => {
        const stage = stageFor(chaos)
        await play(stage, chaos)
        if (!isExposed(stage)) return
        exposures += 1
        const { events } = stage
        const first = events.findIndex((event) => event.startsWith('output'))
        const before = events.slice(0, first)
        expect(before.lastIndexOf('connection')).toBeGreaterThan(before.lastIndexOf('create'))
        if (chaos.mode === 'provision') {
          expect(before.filter((event) => event === 'read #7').length).toBeGreaterThanOrEqual(2)
          expect(before.lastIndexOf('read #7')).toBeGreaterThan(before.lastIndexOf('connection'))
        }
        expect(before.findIndex((event) => event.startsWith('mask'))).toBeGreaterThan(-1)
        expect(events.slice(first).filter((event) => /^(create|reset|delete|abandon)/.test(event))).toEqual([])
        const branch = stage.branches.get('pr-7')
        expect(branch && isOurs(branch)).toBe(true)
        expect(stage.state()).toBe('')
      }),
      { numRuns: 1500 },
    )
    expect(exposures).toBeGreaterThan(50)
  })

  it('a branch that was there before goes only when its pull request was read as closed', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (chaos) => {
        const stage = stageFor({
          ...chaos,
          branch: own,
          states: chaos.states.filter((state) => state !== closed).concat(open),
        })
        await play(stage, chaos)
        await afterwards(stage)
        expect(stage.names()).toEqual(['pr-7'])
      }),
      { numRuns: 1000 },
    )
  })
})
