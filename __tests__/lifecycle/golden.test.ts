import { describe, expect, it } from '@jest/globals'
import type { Branch } from '../../src/domain/branch.js'
import type { Claim } from '../../src/domain/claim.js'
import { known } from '../../src/domain/known.js'
import { noRules } from '../../src/domain/masking/rules.js'
import { CancelledError, ConflictError, ProviderError, RefusedError } from '../../src/errors.js'
import { connect } from '../../src/lifecycle/connect.js'
import { type GoldenOrder, planGolden, renewGolden } from '../../src/lifecycle/golden.js'
import { planProvision, provision } from '../../src/lifecycle/provision.js'
import { refresh } from '../../src/lifecycle/refresh.js'
import type { SweepPorts } from '../../src/lifecycle/sweep.js'
import { teardown } from '../../src/lifecycle/teardown.js'
import { undoBuild } from '../../src/lifecycle/undo-build.js'
import type { Law } from '../../src/ports.js'
import { branchOf, eventsOf, isExposed, orderOf, type Setting, type Stage, stageOf } from '../fixtures/lifecycle.js'

/** What the seal of the fixtures gives. */
const mark = { rules: 'f00df00df00df00d', key: '0123456789abcdef' }

const goldenLaw: Law = async ({ dataPolicy = 'masked', parent }) => {
  if (dataPolicy === 'schema_only') return { dataPolicy, notes: [] }
  if (parent !== 'main') throw new RefusedError(`No law for ${parent}.`)
  return { dataPolicy: 'masked', masking: noRules, notes: dataPolicy === 'copy' ? ['Only masked.'] : [] }
}

function goldenBranch(change: Partial<Claim> = {}, other: Partial<Branch> = {}): Branch {
  const claim = {
    pullRequest: null,
    branch: 'golden',
    dataPolicy: 'masked',
    masked: mark,
    golden: true,
    ...change,
  } as const
  return branchOf(claim, { id: '5', name: 'golden', ...other })
}

let builds = 0
const order: GoldenOrder = {
  repository: 42,
  branch: 'golden',
  parent: 'main',
  run: '1001.1',
  random: () => `gold-${(builds += 1)}`,
}
const guard = { ...order, pullRequest: null }
const stageWith = (setting: Setting = {}) => stageOf({ law: goldenLaw, branches: [goldenBranch()], ...setting })
const claimIn = (stage: Stage, name: string): Claim => {
  const claim = stage.branches.get(name)?.claim
  if (claim?.kind !== 'claim') throw new Error(`${name} has no claim.`)
  return claim.claim
}

describe('mode golden', () => {
  it('makes a golden parent that is claimed, masked and never handed out', async () => {
    const stage = stageWith({ branches: [] })
    const outcome = await renewGolden(stage.ports, order)
    expect(outcome).toMatchObject({ status: 'created', branch: 'golden', parent: 'main', golden: true, masked: mark })
    expect(outcome).toMatchObject({ dataPolicy: 'masked', exposed: [], notes: ['made'] })
    expect(claimIn(stage, 'golden')).toMatchObject({ pullRequest: null, golden: true, parent: 'main', masked: mark })
    expect(stage.specs[0]?.masking?.rules).toBe(noRules)
    expect([isExposed(stage), eventsOf(stage, 'connection'), stage.state()]).toEqual([false, [], ''])
  })

  it('builds the one that is there anew, in one exchange, after dead remains are gone', async () => {
    const remains = goldenBranch({ build: 'dead' }, { id: '9', name: 'db-branch~dead', leftover: true })
    const stage = stageWith({ leftovers: [remains] })
    expect(await renewGolden(stage.ports, order)).toMatchObject({ status: 'reset', branch: 'golden', branchId: "5'" })
    expect(eventsOf(stage, 'create', 'reset', 'delete', 'connection', 'output')).toEqual([
      'delete db-branch~dead',
      'reset',
    ])
    expect(stage.state()).toBe('')
  })

  it('says each step, and tells the post step what to undo until it is verified', async () => {
    const stage = stageWith({ branches: [] })
    const { steps } = await renewGolden(stage.ports, { ...order, random: () => 'b1' })
    expect(steps.map(({ name }) => name)).toEqual(['Read golden parent and source', 'Mask and verify "main" aside'])
    expect(eventsOf(stage, 'info Plan', 'info made')).toEqual([
      'info Plan: create "golden": there was none.',
      'info made',
    ])
    expect(eventsOf(stage, 'state', 'create')).toEqual(['state b1', 'create', 'state b1@101', 'state '])
    const again = stageWith()
    const onMade: string[] = []
    const reset: NonNullable<typeof again.ports.provider.reset> = async (branch, spec) => {
      spec.onMade?.('77')
      onMade.push(spec.name)
      return { branch, notes: [] }
    }
    await renewGolden(
      { ...again.ports, provider: { ...again.ports.provider, reset } },
      { ...order, random: () => 'b2' },
    )
    expect([onMade, eventsOf(again, 'state')]).toEqual([['golden'], ['state rebuild:b2', 'state ']])
  })

  it('takes away what its own first build left, by its id too', async () => {
    const { ports, ...stage } = stageWith({ branches: [] })
    const create: typeof ports.provider.create = async (spec) => {
      spec.onMade?.('101')
      stage.branches.set('golden', {
        id: '101',
        name: 'golden',
        claim: { kind: 'claim', claim: spec.claim },
        unfinished: true,
      })
      throw new ProviderError('Broken.')
    }
    const renewed = renewGolden({ ...ports, provider: { ...ports.provider, create } }, { ...order, random: () => 'b1' })
    await expect(renewed).rejects.toThrow('Broken.')
    expect([stage.names(), stage.deleted.map(({ id }) => id), stage.state()]).toEqual([[], ['101'], ''])
    expect(stage.events).toContain('abandon b1')
  })

  it('makes it anew where a run died over the first one', async () => {
    const stage = stageWith({ branches: [goldenBranch({ createdAt: '2026-11-21T08:00:00Z' }, { unfinished: true })] })
    const { status, steps } = await renewGolden(stage.ports, order)
    expect([status, steps.map(({ name }) => name)[1]]).toEqual(['created', 'Delete "golden", half-built'])
    expect(eventsOf(stage, 'delete', 'create', 'reset')).toEqual(['delete golden', 'create'])
  })

  it('waits while another run makes the first one, and says so once', async () => {
    let looks = 0
    const stage = stageWith({
      branches: [goldenBranch({}, { unfinished: true })],
      after: (call, { branches }) => {
        if (call === 'find golden' && (looks += 1) === 3) branches.set('golden', goldenBranch())
      },
    })
    expect(await renewGolden(stage.ports, order)).toMatchObject({ status: 'reset' })
    expect(eventsOf(stage, 'info "golden"')).toEqual(['info "golden": another run is building it; waiting for it.'])
  })

  it('only tells in a dry run', async () => {
    const stage = stageWith()
    const { plan } = await planGolden(stage.ports, order)
    expect([plan.action, eventsOf(stage, 'reset', 'state', 'delete')]).toEqual(['reset', []])
  })

  it.each<[string, Setting, RegExp]>([
    [
      'the law allows less',
      { law: async () => ({ dataPolicy: 'schema_only', notes: [] }) },
      /allows "schema_only" at most/,
    ],
    ['there are no rules', { law: async () => ({ dataPolicy: 'masked', notes: [] }) }, /there are no masking rules/],
    ['the platform cannot', { can: { golden: false } }, /replaced again and again/],
    ['it cannot mask', { can: { masked: 'none' } }, /cannot be masked on this platform/],
    ['it cannot rebuild', { can: { reset: 'none' } }, /cannot rebuild/],
    ['it is none of ours', { branches: [goldenBranch({ repository: 1 })] }, /not ours/],
    ['it is no golden parent', { branches: [branchOf({ branch: 'golden' }, { name: 'golden' })] }, /no golden parent/],
  ])('changes nothing when %s', async (_why, setting, says) => {
    const stage = stageWith(setting)
    await expect(renewGolden(stage.ports, order)).rejects.toThrow(says)
    expect(eventsOf(stage, 'create', 'reset', 'delete', 'state')).toEqual([])
  })

  it('leaves what another run made meanwhile, and does not build twice', async () => {
    const stage = stageWith({ fault: (call) => (call === 'reset' ? new ConflictError('taken') : undefined) })
    await expect(renewGolden(stage.ports, order)).rejects.toThrow(
      /changed while it was built, most likely by another run/,
    )
    expect(eventsOf(stage, 'reset')).toHaveLength(1)
    expect(stage.names()).toEqual(['golden'])
    await expect(renewGolden(stage.ports, order)).rejects.toMatchObject({ cause: new ConflictError('taken') })
  })
})

describe.each([
  ['the first', [] as Branch[]],
  ['a later', [goldenBranch()]],
])('%s build that ends in the middle', (_which, branches) => {
  const calls = async (): Promise<number> => {
    let count = 0
    await renewGolden(stageWith({ branches, fault: () => void (count += 1) }).ports, order)
    return count
  }
  it.each([new ProviderError('Broken.'), new CancelledError('cancelled'), new TypeError('Unforeseen.')])(
    'by %p at any call: a golden parent that is there stays usable, and the next run builds one',
    async (error) => {
      const all = await calls()
      expect(all).toBeGreaterThan(4)
      for (let at = 1; at <= all; at++) {
        for (const moment of ['before', 'after'] as const) {
          let call = 0
          let done = 0
          const stage = stageWith({
            branches,
            fault: () => ((call += 1) === at && moment === 'before' ? error : undefined),
            after: () => {
              done += 1
              if (call === at && done <= call && moment === 'after') throw error
            },
          })
          await renewGolden(stage.ports, order).catch(() => undefined)
          call = all + 1
          if (stage.state() !== '') await undoBuild(stage.ports, guard, stage.state())
          if (branches.length > 0) expect([at, moment, stage.names()]).toEqual([at, moment, ['golden']])
          for (const { claim } of stage.branches.values()) expect(claim).toMatchObject({ claim: { golden: true } })
          expect(stage.deleted).toEqual([])
          expect((await renewGolden(stage.ports, order)).golden).toBe(true)
        }
      }
    },
  )

  it('leaves nothing half-built under its name', async () => {
    const stage = stageWith({ branches })
    const half = goldenBranch({ build: 'half' }, { unfinished: true })
    stage.branches.set('golden', half)
    expect(await undoBuild(stage.ports, guard, 'half')).toBe('deleted')
    stage.branches.set('golden', goldenBranch({ build: 'whole' }))
    expect(await undoBuild(stage.ports, guard, 'whole')).toBe('absent')
    expect(stage.names()).toEqual(['golden'])
  })
})

describe('a branch from a golden parent', () => {
  const from = { parent: 'golden', dataPolicy: 'masked' } as const

  it('is copied, under the law of its source, with the certificate of the golden parent', async () => {
    const stage = stageWith()
    const outcome = await provision(stage.ports, orderOf(from))
    const [spec] = stage.specs
    expect(spec).toMatchObject({ parent: 'golden', parentId: '5', dataPolicy: 'masked' })
    expect(spec).not.toHaveProperty('masking')
    expect(spec?.claim).toMatchObject({ parent: 'golden', masked: mark, parentBuild: '0011223344556677' })
    expect(spec?.claim).not.toHaveProperty('golden')
    expect(outcome.notes).toEqual([
      expect.stringMatching(/^The golden parent "golden" holds the rows of "main"/),
      'made',
    ])
    expect(outcome.masked).toEqual(mark)
    expect(outcome.goldenAge).toBe('0 minutes')
  })

  it('whose rows are told of without an age where there is none', async () => {
    const odd = stageWith({ branches: [goldenBranch({ createdAt: 'long ago' })] })
    const none = stageWith({ branches: [] })
    expect(await provision(odd.ports, orderOf(from))).not.toHaveProperty('goldenAge')
    expect(await provision(none.ports, orderOf({ parent: 'main' }))).not.toHaveProperty('goldenAge')
  })

  it.each<[string, Parameters<typeof orderOf>[0], Setting, RegExp]>([
    [
      'that has become too old',
      { maxGoldenAge: 1 },
      { branches: [goldenBranch({ createdAt: '2020-01-01T00:00:00Z' })] },
      /older than/,
    ],
    [
      'of other rules',
      {},
      { branches: [goldenBranch({ masked: { rules: 'beef', key: 'x' } })] },
      /was masked by rules beef/,
    ],
    [
      'of rules that nobody knows',
      {},
      { law: async () => ({ dataPolicy: 'masked', notes: [] }) },
      /masking rules for "main" are unknown/,
    ],
    ['in an earlier state', { pointInTime: '2026-11-01' }, {}, /never verified/],
    [
      'that is half-built',
      {},
      {
        branches: [goldenBranch({}, { unfinished: true })],
        law: async () => ({ dataPolicy: 'masked', masking: noRules, notes: [] }),
      },
      /half-built/,
    ],
    ['with an age limit, where it is none', { parent: 'main', maxGoldenAge: 1 }, {}, /"main" is no golden parent/],
    [
      'with an age limit, where there can be none',
      { maxGoldenAge: 1, parent: 'main' },
      { can: { golden: false } },
      /no golden parent/,
    ],
  ])('%s is refused', async (_name, change, setting, says) => {
    const stage = stageWith(setting)
    await expect(provision(stage.ports, orderOf({ ...from, ...change }))).rejects.toThrow(says)
    expect(eventsOf(stage, 'create', 'state', 'connection')).toEqual([])
  })

  it('is refused in a dry run, too', async () => {
    const stage = stageWith({ branches: [goldenBranch({ masked: { rules: 'beef', key: 'x' } })] })
    expect((await planProvision(stage.ports, orderOf(from))).plan.action).toBe('refuse')
  })

  it('is reused as it is, however old the golden parent has become', async () => {
    const stage = stageWith({
      branches: [
        goldenBranch({ build: 'newer', createdAt: '2020-01-01T00:00:00Z' }),
        branchOf({ parent: 'golden', dataPolicy: 'masked', parentBuild: 'older' }),
      ],
    })
    const outcome = await provision(stage.ports, orderOf({ ...from, maxGoldenAge: 1 }))
    expect(outcome).toMatchObject({ status: 'reused', notes: [expect.stringMatching(/made before its golden parent/)] })
  })

  it.each<[string, Partial<Claim>, Partial<Branch>, RegExp[]]>([
    ['of the same build', { parentBuild: 'newer' }, {}, [/^The golden parent "golden" holds/]],
    ['that does not tell its build', {}, {}, [/^The golden parent "golden" holds/]],
    ['without a claim', {}, { claim: { kind: 'name', parent: 'golden', dataPolicy: 'masked' } }, []],
  ])('%s is reused with the word on its rows that fits', async (_what, change, other, notes) => {
    const made = branchOf({ parent: 'golden', dataPolicy: 'masked', ...change }, other)
    const stage = stageWith({ branches: [goldenBranch({ build: 'newer' }), made] })
    const outcome = await provision(stage.ports, orderOf(from))
    expect(outcome.notes).toEqual(notes.map((note) => expect.stringMatching(note)))
    expect(outcome).not.toHaveProperty('goldenAge')
  })

  it('is made once more when the golden parent was exchanged in the middle', async () => {
    let times = 1
    const stage = stageWith({
      fault(call) {
        if (call !== 'create' || times-- === 0) return undefined
        stage.branches.set('golden', goldenBranch({ build: 'newer' }, { id: '6' }))
        return new ConflictError('"golden" was built anew meanwhile')
      },
    })
    await provision(stage.ports, orderOf(from))
    expect(stage.specs.map(({ parentId, claim }) => [parentId, claim.parentBuild])).toEqual([['6', 'newer']])
  })

  it('holds masked rows when a full copy is asked for, and no rows when none are', async () => {
    const copy = stageWith()
    expect(await provision(copy.ports, orderOf({ ...from, dataPolicy: 'copy' }))).toMatchObject({
      dataPolicy: 'masked',
    })
    expect(copy.events).toContain('warning Only masked.')
    const lenient: Law = async ({ dataPolicy = 'copy' }) =>
      dataPolicy === 'copy' ? { dataPolicy, notes: [] } : { dataPolicy, masking: noRules, notes: [] }
    const allowed = stageWith({ law: lenient })
    expect(
      await provision(allowed.ports, orderOf({ ...from, dataPolicy: 'copy', approval: 'Jane Doe: fine' })),
    ).toMatchObject({
      dataPolicy: 'masked',
      notes: [expect.stringMatching(/counts as "masked", not as "copy"/), expect.anything(), 'made'],
    })
    expect(allowed.specs[0]?.claim).not.toHaveProperty('approval')
    const strict = stageWith({ law: async () => ({ dataPolicy: 'schema_only', notes: [] }) })
    await provision(strict.ports, orderOf(from))
    expect(strict.specs[0]).toMatchObject({ dataPolicy: 'schema_only', parentId: '5' })
    expect(strict.specs[0]?.claim).not.toHaveProperty('masked')
    const empty = stageWith()
    await provision(empty.ports, orderOf({ ...from, dataPolicy: 'schema_only' }))
    expect(eventsOf(empty, 'find')).toEqual(['find pr-7'])
    expect(empty.specs[0]?.dataPolicy).toBe('schema_only')
  })
})

describe('refresh', () => {
  const child = (change: Partial<Claim> = {}) =>
    branchOf({
      parent: 'golden',
      dataPolicy: 'masked',
      masked: { rules: 'beef', key: 'x' },
      parentBuild: 'older',
      createdAt: now,
      ...change,
    })
  const now = stageWith().ports.clock.now().toISOString()
  const run = async (stage: Stage, maxGoldenAge?: number) => {
    const facts = { number: 7, state: 'open', closedAt: null, updatedAt: '2020-01-01T00:00:00Z', labels: [] } as const
    const ports: SweepPorts = {
      ...stage.ports,
      provider: { ...stage.ports.provider, sessions: async () => new Map([['1', known(0)]]) },
      forge: {
        openPullRequests: async () => known(new Map([[7, facts]])),
        pullRequestsByNumber: async () => new Map([[7, known(facts)]]),
        budget: () => undefined,
      },
      sinksFor: () => [],
      environments: undefined,
    }
    const asked = { repository: 42, parent: 'golden', staleDays: 3, refreshBusy: false, exemptLabels: [], run: '1.1' }
    const done = await refresh(ports, { ...asked, onlyPullRequest: undefined, random: () => 'again', maxGoldenAge })
    return Object.fromEntries(
      done.results.map(({ name, status, kind, reason }) => [name, `${status} (${kind}): ${reason}`]),
    )
  }

  it('brings the rows of a golden parent that was built anew, and keeps the golden parent', async () => {
    const stage = stageWith({ branches: [goldenBranch({ build: 'newer' }), child()] })
    expect(await run(stage)).toEqual({
      golden: 'kept (golden): golden parent; mode "golden" renews it',
      'pr-7': 'refreshed (parent changed): the golden parent "golden" was built anew since it was made',
    })
    expect(claimIn(stage, 'pr-7')).toMatchObject({ masked: mark, parentBuild: 'newer', pullRequest: 7, build: 'again' })
    const same = stageWith({ branches: [goldenBranch({ build: 'older' }), child()] })
    expect((await run(same))['pr-7']).toMatch(/^kept \(fresh\)/)
  })

  it('refuses one that is too old, and changes nothing', async () => {
    const stage = stageWith({ branches: [goldenBranch({ createdAt: '2020-01-01T00:00:00Z' }), child()] })
    expect((await run(stage, 7))['pr-7']).toMatch(
      /^failed .*Rebuilding "pr-7" refused: .*older than max_golden_age \(7\)/,
    )
    expect(eventsOf(stage, 'reset', 'delete')).toEqual([])
  })
})

describe('the golden parent itself', () => {
  it('is neither handed out, nor connected to, nor deleted', async () => {
    const stage = stageWith()
    const byHand = { branch: 'golden', pullRequest: null }
    await expect(provision(stage.ports, orderOf({ ...byHand, dataPolicy: 'masked' }))).rejects.toThrow(
      /never handed out/,
    )
    await expect(connect(stage.ports, { ...guard, ...byHand })).rejects.toThrow(/never handed out/)
    await expect(teardown(stage.ports, { ...guard, ...byHand, onClose: false })).rejects.toThrow(
      /from which branches are made/,
    )
    expect([isExposed(stage), stage.deleted]).toEqual([false, []])
  })
})
