import { describe, expect, it } from '@jest/globals'
import { unknown } from '../../src/domain/known.js'
import {
  CancelledError,
  CommandError,
  ConflictError,
  ForgeError,
  ProviderError,
  RefusedError,
} from '../../src/errors.js'
import { planProvision, provision } from '../../src/lifecycle/provision.js'
import { undoBuild } from '../../src/lifecycle/undo-build.js'
import { branchOf, closed, eventsOf, isExposed, open, orderOf, type Setting, stageOf } from '../fixtures/lifecycle.js'

const failsAt =
  (name: string, error: Error, times = 1) =>
  (call: string) =>
    call === name && times-- > 0 ? error : undefined

const broken = new ProviderError('Broken.')

async function failing(setting: Setting, change = {}) {
  const stage = stageOf(setting)
  const error = await provision(stage.ports, orderOf(change)).then(
    () => new Error('It succeeded.'),
    (thrown: unknown) => thrown as Error,
  )
  return { stage, error }
}

describe('creating', () => {
  it('goes through its gates in order, and hands the URL out last', async () => {
    const stage = stageOf({ sinks: 2 })
    const outcome = await provision(stage.ports, orderOf())
    expect(outcome).toMatchObject({ status: 'created', exposed: ['step outputs', 'sink 1', 'sink 2'], notes: ['made'] })
    expect(stage.events.filter((event) => !event.startsWith('info'))).toEqual([
      'find pr-7',
      'read #7',
      'state build-1',
      'leftovers',
      'create',
      'state build-1@101',
      'connection',
      'mask postgresql://pr-7',
      'mask swordfish',
      'read #7',
      'state ',
      'mask postgresql://pr-7',
      'mask swordfish',
      'output connection_string=postgresql://pr-7',
      'output pooled_connection_string=',
      'output host=h',
      'output port=5432',
      'output database=pr-7',
      'output username=pr-7',
      'output password=swordfish',
      'publish sink 1 postgresql://pr-7',
      'publish sink 2 postgresql://pr-7',
    ])
  })

  it('by hand reads no pull request', async () => {
    const stage = stageOf()
    await provision(stage.ports, orderOf({ pullRequest: null }))
    expect(eventsOf(stage, 'read')).toEqual([])
    expect(isExposed(stage)).toBe(true)
  })

  it('claims the branch with what was asked for', async () => {
    const stage = stageOf()
    await provision(stage.ports, orderOf({ dataPolicy: 'copy', approval: 'Jane Doe: test data' }))
    expect(stage.branches.get('pr-7')?.claim).toEqual({
      kind: 'claim',
      claim: {
        repository: 42,
        pullRequest: 7,
        branch: 'pr-7',
        parent: 'main',
        dataPolicy: 'copy',
        run: '1001.1',
        build: 'build-1',
        createdAt: '2026-11-22T08:00:00.000Z',
        approval: 'Jane Doe: test data',
      },
    })
  })

  it('for a pull request closed meanwhile hands nothing out and takes everything away', async () => {
    const stage = stageOf({ states: [open, closed], sinks: 1 })
    const outcome = await provision(stage.ports, orderOf())
    expect(outcome).toMatchObject({
      status: 'deleted',
      reason: 'pull request #7 was closed meanwhile',
      exposed: [],
    })
    expect([stage.names(), isExposed(stage), stage.state()]).toEqual([[], false, ''])
    expect(eventsOf(stage, 'withdraw', 'delete')).toEqual(['withdraw sink 1', 'delete pr-7'])
  })

  it('for a pull request closed and reopened meanwhile keeps the branch and hands nothing out', async () => {
    const stage = stageOf({ states: [open, closed, open] })
    expect(await provision(stage.ports, orderOf())).toMatchObject({ status: 'kept' })
    expect([stage.names(), isExposed(stage)]).toEqual([['pr-7'], false])
  })

  it('for a pull request whose state is unknown before does nothing', async () => {
    const { stage, error } = await failing({ states: [unknown('502')] })
    expect(error).toBeInstanceOf(RefusedError)
    expect(error.message).toMatch(/unknown \(502\).*Nothing was changed\.$/)
    expect(eventsOf(stage, 'create', 'reset', 'delete', 'state', 'output', 'withdraw')).toEqual([])
  })

  it('for a pull request whose state is unknown after takes its own build away', async () => {
    const { stage, error } = await failing({ states: [open, unknown('502')] })
    expect(error).toBeInstanceOf(ForgeError)
    expect(error.message).toMatch(/^Reading pull request #7 failed: 502\. The URL was not handed out/)
    expect([stage.names(), isExposed(stage), stage.state()]).toEqual([[], false, ''])
  })

  it.each(['create', 'connection'])('that fails at "%s" takes its own build away', async (name) => {
    const { stage, error } = await failing({ fault: failsAt(name, broken) })
    expect(error).toBe(broken)
    expect([stage.names(), isExposed(stage), stage.state()]).toEqual([[], false, ''])
    expect(eventsOf(stage, 'abandon')).toEqual(['abandon build-1'])
  })

  it('that fails to take its build away leaves it to the post step and tells the first failure', async () => {
    const second = new ProviderError('Gone too.')
    const fault = (call: string) => (call === 'connection' ? broken : call.startsWith('delete') ? second : undefined)
    const { stage, error } = await failing({ fault })
    expect(error).toBe(broken)
    expect(stage.state()).toBe('build-1@101')
    expect(eventsOf(stage, 'warning')).toEqual(['warning Rolling back failed: Gone too. The post step tries again.'])
  })

  it('that is cancelled leaves everything to the post step', async () => {
    const { stage, error } = await failing({ fault: failsAt('connection', new CancelledError('cancelled')) })
    expect(error).toBeInstanceOf(CancelledError)
    expect([stage.state(), isExposed(stage)]).toEqual(['build-1@101', false])
    expect(eventsOf(stage, 'abandon', 'delete')).toEqual([])
    expect(await undoBuild(stage.ports, orderOf(), stage.state())).toBe('deleted')
    expect(stage.names()).toEqual([])
  })

  it('keeps the branch when a sink fails, and has told the post step so before', async () => {
    const { stage, error } = await failing({
      sinks: 2,
      fault: (call) => (call.startsWith('publish sink 1') ? new ForgeError('No permission.') : undefined),
    })
    expect(error).toBeInstanceOf(ForgeError)
    expect(error.message).toBe('No permission. The branch "pr-7" exists and is kept.')
    expect([stage.names(), stage.state()]).toEqual([['pr-7'], ''])
    expect(stage.events.indexOf('state ')).toBeLessThan(stage.events.findIndex((event) => event.startsWith('output')))
    expect(eventsOf(stage, 'publish sink 2', 'delete')).toEqual([])
  })
})

describe('a lost race', () => {
  const conflict = new ConflictError('Name taken')

  it('is read again, and the other run’s branch reused', async () => {
    const stage = stageOf({
      fault: failsAt('create', conflict),
      after: (call, { branches }) => {
        if (call === 'abandon build-1') branches.set('pr-7', branchOf({ build: 'theirs' }))
      },
    })
    expect(await provision(stage.ports, orderOf())).toMatchObject({ status: 'reused' })
    expect([stage.deleted, stage.state()]).toEqual([[], ''])
    expect(stage.events).toContain('info Another run was faster (Name taken); reading again.')
  })

  it('is read three times at most', async () => {
    const { stage, error } = await failing({ fault: failsAt('create', conflict, 9) })
    expect(error).toBe(conflict)
    expect(eventsOf(stage, 'create')).toHaveLength(3)
    expect(isExposed(stage)).toBe(false)
  })

  it('against another pull request is refused', async () => {
    const { stage, error } = await failing({
      fault: failsAt('create', conflict),
      after: (call, { branches }) => {
        if (call === 'abandon build-1') branches.set('pr-7', branchOf({ pullRequest: 70 }))
      },
    })
    expect(error).toBeInstanceOf(RefusedError)
    expect([stage.deleted, isExposed(stage)]).toEqual([[], false])
  })
})

describe('reusing', () => {
  it('writes nothing to the platform', async () => {
    const stage = stageOf({ branches: [branchOf()] })
    expect(await provision(stage.ports, orderOf())).toMatchObject({ status: 'reused' })
    expect(eventsOf(stage, 'create', 'reset', 'delete', 'leftovers', 'abandon')).toEqual([])
    expect(eventsOf(stage, 'state build')).toEqual([])
  })

  it('rebuilds a branch that a run left in the middle of its migrations', async () => {
    const stage = stageOf({ branches: [branchOf()] })
    const ports = { ...stage.ports, migrationState: () => Promise.resolve('broken off' as const) }
    const reason = 'an earlier run ended in the middle of its migrations'
    expect(await provision(ports, orderOf())).toMatchObject({ status: 'reset', reason })
    expect(isExposed(stage)).toBe(true)
    expect(eventsOf(stage, 'info Plan')).toEqual([
      'info Plan: reuse "pr-7": it exists, and its claim, parent and data policy agree.',
      `info Plan: reset "pr-7": ${reason}.`,
    ])
  })

  it('deletes and makes anew one that cannot be rebuilt, by its name where there are no claims', async () => {
    const named = { claim: { kind: 'name', parent: 'main', dataPolicy: 'schema_only' } } as const
    const stage = stageOf({ branches: [branchOf({}, named)], can: { reset: 'none' } })
    const ports = { ...stage.ports, migrationState: () => Promise.resolve('broken off' as const) }
    expect(await provision(ports, orderOf())).toMatchObject({ status: 'created' })
    expect(eventsOf(stage, 'delete', 'create', 'reset')).toEqual(['delete pr-7', 'create'])
  })

  it('keeps one that a run left in the middle of its migrations where none may be made now', async () => {
    const stage = stageOf({ branches: [branchOf()] })
    const ports = { ...stage.ports, migrationState: () => Promise.resolve('broken off' as const) }
    await expect(provision(ports, orderOf({ maxGoldenAge: 7 }))).rejects.toThrow(
      /^Handing out "pr-7" refused: an earlier run ended in the middle of its migrations, and "max_golden_age" is set, and "main" is no golden parent;.*Nothing was changed\.$/,
    )
    expect([stage.names(), isExposed(stage)]).toEqual([['pr-7'], false])
    expect(eventsOf(stage, 'reset', 'create', 'delete')).toEqual([])
  })

  it('hands out no branch that another run migrates at this moment', async () => {
    const stage = stageOf({ branches: [branchOf()] })
    const ports = { ...stage.ports, migrationState: () => Promise.resolve('at work' as const) }
    await expect(provision(ports, orderOf())).rejects.toThrow(/another run migrates it/)
    expect([stage.names(), isExposed(stage)]).toEqual([['pr-7'], false])
  })

  it.each<[string, Setting]>([
    ['the login', { fault: failsAt('connection', broken) }],
    ['the second read', { states: [open, unknown('502')] }],
    ['a cancel', { fault: failsAt('connection', new CancelledError('cancelled')) }],
  ])('is never rolled back when %s fails', async (_name, setting) => {
    const { stage } = await failing({ branches: [branchOf()], ...setting })
    expect([stage.names(), stage.state(), isExposed(stage)]).toEqual([['pr-7'], '', false])
    expect(eventsOf(stage, 'abandon', 'delete')).toEqual([])
  })

  it.each<[string, Parameters<typeof branchOf>]>([
    ['another repository', [{ repository: 1 }]],
    ['another pull request', [{ pullRequest: 70 }]],
    ['nobody', [{}, { claim: { kind: 'none' } }]],
    ['an unknown version of ours', [{}, { claim: { kind: 'unreadable', why: 'claim version 9 is not known' } }]],
    ['another parent', [{ parent: 'golden' }]],
    ['another data policy', [{ dataPolicy: 'copy' }]],
  ])('refuses a branch of %s', async (_name, branch) => {
    const { stage, error } = await failing({ branches: [branchOf(...branch)] })
    expect(error).toBeInstanceOf(RefusedError)
    expect(eventsOf(stage, 'output', 'delete', 'create', 'reset', 'connection')).toEqual([])
  })
})

describe('resetting', () => {
  const reset = { existing: 'reset' as const }

  it('is refused where none may be made now', async () => {
    const { stage, error } = await failing({ branches: [branchOf()] }, { ...reset, maxGoldenAge: 7 })
    expect(error.message).toMatch(/^Handing out "pr-7" refused: "max_golden_age" is set/)
    expect(eventsOf(stage, 'reset', 'output')).toEqual([])
  })

  it('hands out the rebuilt branch', async () => {
    const stage = stageOf({ branches: [branchOf()] })
    expect(await provision(stage.ports, orderOf(reset))).toMatchObject({ status: 'reset', branchId: "1'" })
  })

  it.each<[string, Setting]>([
    ['the login', { fault: failsAt('connection', broken) }],
    ['the second read', { states: [open, unknown('502')] }],
    ['a cancel', { fault: failsAt('connection', new CancelledError('cancelled')) }],
  ])('is never rolled back when %s fails after the swap', async (_name, setting) => {
    const { stage } = await failing({ branches: [branchOf()], ...setting }, reset)
    expect([stage.names(), stage.state(), isExposed(stage)]).toEqual([['pr-7'], '', false])
  })

  // A platform may fail once more after the swap, when it clears the old data away.
  it('that fails after the swap keeps the rebuilt branch, also in the post step', async () => {
    let swapped = false
    const stage = stageOf({
      branches: [branchOf()],
      after: (call) => {
        if (call !== 'reset') return
        swapped = true
        throw broken
      },
    })
    await provision(stage.ports, orderOf(reset)).catch(() => undefined)
    expect(swapped).toBe(true)
    await undoBuild(stage.ports, orderOf(), stage.state())
    expect(stage.names()).toEqual(['pr-7'])
  })

  it('that fails before the swap keeps the old branch, also in the post step', async () => {
    const { stage } = await failing({ branches: [branchOf()], fault: failsAt('reset', broken) }, reset)
    expect(await undoBuild(stage.ports, orderOf(), stage.state())).toBe('absent')
    expect(stage.names()).toEqual(['pr-7'])
  })
})

describe('leftovers', () => {
  const leftover = branchOf({ build: 'dead' }, { id: '9', name: 'db-branch~dead', leftover: true })

  it('are removed before a build', async () => {
    const stage = stageOf({ leftovers: [leftover] })
    await provision(stage.ports, orderOf())
    expect(stage.deleted).toEqual([leftover])
    expect(stage.events).toContain('info Removed "db-branch~dead", the half-built remains of a run that died.')
    expect(stage.events.indexOf('delete db-branch~dead')).toBeLessThan(stage.events.indexOf('create'))
  })

  it('that cannot be removed are only a warning', async () => {
    const stage = stageOf({ leftovers: [leftover], fault: failsAt('delete db-branch~dead', broken) })
    expect(await provision(stage.ports, orderOf())).toMatchObject({ status: 'created' })
    expect(eventsOf(stage, 'warning')).toEqual(['warning Broken.'])
  })

  it('end a run that is cancelled over them', async () => {
    const cancelled = new CancelledError('cancelled')
    const { stage, error } = await failing({ fault: failsAt('leftovers', cancelled) })
    expect(error).toBe(cancelled)
    expect(eventsOf(stage, 'create', 'warning')).toEqual([])
  })

  it('are not looked for on a platform that leaves none', async () => {
    const { ports, ...stage } = stageOf()
    const provider = { ...ports.provider }
    delete provider.leftovers
    expect(await provision({ ...ports, provider }, orderOf())).toMatchObject({ status: 'created' })
    expect(stage.events.filter((event) => /^(warning|delete)/.test(event))).toEqual([])
  })
})

describe('a pull request that is closed already', () => {
  it('gets no branch', async () => {
    const stage = stageOf({ states: [closed] })
    expect(await provision(stage.ports, orderOf())).toMatchObject({ status: 'skipped' })
    expect(eventsOf(stage, 'create', 'output')).toEqual([])
  })

  it('does not fail over a branch that is not ours', async () => {
    const stage = stageOf({ states: [closed], branches: [branchOf({ pullRequest: 70 })] })
    const { plan } = await planProvision(stage.ports, orderOf())
    expect(plan.action).toBe('skip')
    await provision(stage.ports, orderOf())
    expect(stage.names()).toEqual(['pr-7'])
  })

  it('loses the branch it has', async () => {
    const stage = stageOf({ states: [closed], branches: [branchOf()] })
    expect(await provision(stage.ports, orderOf())).toMatchObject({ status: 'deleted' })
    expect([stage.names(), isExposed(stage)]).toEqual([[], false])
  })

  it('keeps it when it is reopened right before', async () => {
    const stage = stageOf({ states: [closed, open], branches: [branchOf()] })
    expect(await provision(stage.ports, orderOf())).toMatchObject({ status: 'kept' })
    expect(stage.names()).toEqual(['pr-7'])
  })

  it.each([
    ['copy', 'copy'],
    [undefined, 'schema_only'],
  ] as const)('asks no law: data policy %s stays %s', async (dataPolicy, counts) => {
    const law = () => Promise.reject(new RefusedError('The law was asked.'))
    const stage = stageOf({ states: [closed], branches: [branchOf()], law })
    const { order } = await planProvision(stage.ports, orderOf({ dataPolicy }))
    expect([order.dataPolicy, order.terms]).toEqual([counts, { dataPolicy: counts, warnings: [], notes: [] }])
  })
})

describe('a platform that builds under the final name', () => {
  const now = Date.parse('2026-11-22T08:00:00.000Z')
  const halfBuilt = (minutes: number) =>
    branchOf({ build: 'dead', createdAt: new Date(now - minutes * 60_000).toISOString() }, { unfinished: true })

  it('is waited for while another run builds, and its branch is then reused', async () => {
    let reads = 0
    const stage = stageOf({
      branches: [halfBuilt(1)],
      after: (call, { branches }) => {
        if (call === 'find pr-7' && (reads += 1) === 3) branches.set('pr-7', branchOf())
      },
    })
    const progress: string[] = []
    const job = { ...stage.ports.job, progress: (text: string) => void progress.push(text) }
    expect(await provision({ ...stage.ports, job }, orderOf())).toMatchObject({ status: 'reused' })
    expect(eventsOf(stage, 'create', 'delete')).toEqual([])
    expect(eventsOf(stage, 'info "pr-7": another run is building it')).toHaveLength(1)
    expect(new Set(progress)).toEqual(new Set(['waiting: another run is building it']))
  })

  it('gets a new branch once the other run must be dead', async () => {
    const stage = stageOf({ branches: [halfBuilt(1)] })
    const { status, steps } = await provision(stage.ports, orderOf())
    expect(status).toBe('created')
    expect(steps.map(({ name }) => name)).toContain('Delete "pr-7", half-built')
    expect(stage.deleted).toEqual([halfBuilt(1)])
    expect(stage.branches.get('pr-7')?.claim).toMatchObject({ claim: { build: 'build-1' } })
    expect(stage.events.indexOf('delete pr-7')).toBeLessThan(stage.events.indexOf('create'))
  })

  it('whose new build fails, too, has it taken away', async () => {
    const { stage } = await failing({ branches: [halfBuilt(11)], fault: failsAt('connection', broken) })
    expect([stage.names(), stage.state(), isExposed(stage)]).toEqual([[], '', false])
  })
})

describe('a platform without claims', () => {
  const byName = branchOf({}, { claim: { kind: 'name', parent: 'main', dataPolicy: 'schema_only' } })
  const unclaim = (stage: ReturnType<typeof stageOf>) => {
    for (const [name, branch] of stage.branches) stage.branches.set(name, { ...branch, claim: { kind: 'name' } })
  }

  it('has its branch reused by name', async () => {
    const stage = stageOf({ branches: [byName] })
    expect(await provision(stage.ports, orderOf())).toMatchObject({ status: 'reused', parent: 'main' })
  })

  it('has what this run made taken away by its id', async () => {
    const { stage } = await failing({
      fault: failsAt('connection', broken),
      after: (call, stage) => void (call === 'create' && unclaim(stage)),
    })
    expect([stage.names(), stage.state()]).toEqual([[], ''])
  })

  it('keeps a branch of the same name and another id', async () => {
    const stage = stageOf({ branches: [byName] })
    expect(await undoBuild(stage.ports, orderOf(), 'build-1@2')).toBe('absent')
    expect(await undoBuild(stage.ports, orderOf(), 'build-1')).toBe('absent')
    expect(stage.names()).toEqual(['pr-7'])
    expect(await undoBuild(stage.ports, orderOf(), 'build-1@1')).toBe('deleted')
  })

  it('keeps a branch of the same id that nobody claims', async () => {
    const stage = stageOf({ branches: [branchOf({}, { claim: { kind: 'none' } })] })
    expect(await undoBuild(stage.ports, orderOf(), 'build-1@1')).toBe('absent')
  })

  it('needs no way to end a build', async () => {
    const stage = stageOf({ branches: [branchOf({ build: 'build-1' })] })
    const provider = { ...stage.ports.provider }
    delete provider.abandon
    expect(await undoBuild({ provider }, orderOf(), 'build-1@1')).toBe('deleted')
  })

  it('keeps an id that is only like the one of another build', async () => {
    const stage = stageOf({ branches: [branchOf({ build: 'other' })] })
    expect(await undoBuild(stage.ports, orderOf(), 'build-1@1')).toBe('absent')
    expect(stage.names()).toEqual(['pr-7'])
  })
})

describe('what a platform cannot do', () => {
  it.each<[string, Setting, Parameters<typeof orderOf>[0], RegExp]>([
    ['branches without data', { can: { schemaOnly: 'none' } }, {}, /neither makes branches without data/],
    ['copies', { can: { copy: false } }, { dataPolicy: 'copy' }, /never hold the rows of their parent/],
    ['the past', { can: { pointInTime: false } }, { pointInTime: '2026-11-01T00:00:00Z' }, /remove "point_in_time"/],
    ['resets', { can: { reset: 'none' }, branches: [branchOf()] }, { existing: 'reset' }, /use on_synchronize "reuse"/],
  ])('is refused before anything is written: %s', async (_name, setting, order, says) => {
    const { stage, error } = await failing(setting, order)
    expect(error).toBeInstanceOf(RefusedError)
    expect(error.message).toMatch(says)
    expect(error.message).toMatch(/^Making "pr-7" refused: .*\. Nothing was changed\.$/)
    expect(eventsOf(stage, 'create', 'reset', 'delete', 'state build', 'output')).toEqual([])
  })

  it('does not matter for a branch that is there', async () => {
    const stage = stageOf({ branches: [branchOf()], can: { schemaOnly: 'none' } })
    expect(await provision(stage.ports, orderOf())).toMatchObject({ status: 'reused' })
  })
})

describe('the approval of a copy', () => {
  const approvals = { dataPolicy: 'copy', approval: 'Of the workflow' } as const

  it.each([
    ['Of the law', 'Of the law'],
    [undefined, 'Of the workflow'],
  ])('of the law (%s) goes before that of the workflow', async (approval, counts) => {
    const stage = stageOf({ law: async () => ({ dataPolicy: 'copy', ...(approval && { approval }), notes: [] }) })
    await provision(stage.ports, orderOf(approvals))
    expect(stage.specs[0]?.claim.approval).toBe(counts)
  })
})

it('says what the platform says of a branch that was made', async () => {
  const stage = stageOf()
  await provision(stage.ports, orderOf())
  expect(stage.events).toContain('info made')
})

it('a command that fails in a branch that nothing prepares costs the branch as well', async () => {
  const failed = new CommandError('It failed.', { ms: 1, exit: 1, failure: 'No.' })
  const { stage, error } = await failing({ fault: failsAt('connection', failed) })
  expect(error.message).toBe('It failed. No URL was handed out; "pr-7" was deleted again.')
  expect(stage.names()).toEqual([])
})

describe('the order', () => {
  it('tells the platform from which state to start, and when it may take the branch away', async () => {
    const stage = stageOf()
    await provision(stage.ports, orderOf({ pointInTime: '2026-11-01T00:00:00Z', idleDays: 3 }))
    expect(stage.specs).toMatchObject([
      { pointInTime: '2026-11-01T00:00:00Z', expiresAt: new Date('2026-11-25T08:00:00.000Z') },
    ])
  })

  it('moves the expiry with each run', async () => {
    const stage = stageOf({ branches: [branchOf()] })
    await provision(stage.ports, orderOf({ idleDays: 3 }))
    expect(eventsOf(stage, 'extend')).toEqual(['extend pr-7 2026-11-25T08:00:00.000Z'])
  })

  it('sets no expiry unless asked, or where the platform has none', async () => {
    const unasked = stageOf({ branches: [branchOf()] })
    await provision(unasked.ports, orderOf())
    const unable = stageOf({ can: { expiry: false } })
    await provision(unable.ports, orderOf({ idleDays: 3 }))
    expect([eventsOf(unasked, 'extend'), unable.specs[0]?.expiresAt]).toEqual([[], undefined])
  })
})
