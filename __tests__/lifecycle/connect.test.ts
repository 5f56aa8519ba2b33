import { describe, expect, it } from '@jest/globals'
import type { Branch } from '../../src/domain/branch.js'
import { CancelledError, ForgeError, RefusedError } from '../../src/errors.js'
import { connectSealed } from '../../src/lifecycle/connect-sealed.js'
import { connect, report } from '../../src/lifecycle/connect.js'
import type { Sink } from '../../src/ports.js'
import { Secret } from '../../src/secret.js'
import { branchOf, eventsOf, isExposed, type Setting, stageOf } from '../fixtures/lifecycle.js'

const order = { repository: 42, pullRequest: 7, branch: 'pr-7' }

describe('connecting', () => {
  it('hands out the URL of a branch whose claim agrees, and writes nothing to the platform', async () => {
    const stage = stageOf({ branches: [branchOf()] })
    expect(await connect(stage.ports, order)).toMatchObject({ status: 'connected', reason: 'its claim agrees' })
    expect(isExposed(stage)).toBe(true)
    expect(eventsOf(stage, 'create', 'delete', 'reset', 'state')).toEqual([])
  })

  it('hides what it hands out before it says it, and says all of it', async () => {
    const masked = { rules: 'r', key: 'k' }
    const claim = { dataPolicy: 'copy' as const, approval: 'Jane', masked }
    const stage = stageOf({ branches: [branchOf(claim)], sinks: 1 })
    const provider = {
      ...stage.ports.provider,
      connection: async (branch: Branch) => ({
        ...(await stage.ports.provider.connection(branch)),
        pooledUrl: new Secret('postgresql://pooled'),
      }),
    }
    const { steps, ...outcome } = await connect({ ...stage.ports, provider }, order)
    expect(outcome).toStrictEqual({
      status: 'connected',
      reason: 'its claim agrees',
      branch: 'pr-7',
      branchId: '1',
      parent: 'main',
      createdAt: '2026-11-22T08:00:00.000Z',
      ...claim,
      notes: [],
      exposed: ['step outputs', 'sink 1'],
    })
    expect(steps.map(({ name }) => name)).toEqual(['Find the branch', 'Get the URL', 'Write sink 1'])
    expect(eventsOf(stage, 'mask', 'output', 'publish')).toEqual([
      'mask postgresql://pr-7',
      'mask swordfish',
      'output connection_string=postgresql://pr-7',
      'mask postgresql://pooled',
      'output pooled_connection_string=postgresql://pooled',
      'output host=h',
      'output port=5432',
      'output database=pr-7',
      'output username=pr-7',
      'output password=swordfish',
      'publish sink 1 postgresql://pr-7',
    ])
  })

  it.each<[string, Partial<Branch>, object]>([
    [
      'all',
      { claim: { kind: 'name', parent: 'main', dataPolicy: 'copy' }, createdAt: 'then' },
      { parent: 'main', dataPolicy: 'copy', createdAt: 'then' },
    ],
    ['nothing', { claim: { kind: 'name' } }, {}],
  ])('tells %s that the platform tells of a branch without a claim', async (_what, change, told) => {
    const stage = stageOf({ branches: [branchOf({}, change)] })
    const { steps, ...outcome } = await connect(stage.ports, order)
    expect(steps).toHaveLength(2)
    const known = { status: 'connected', reason: 'its name agrees', branch: 'pr-7', branchId: '1', notes: [] }
    expect(outcome).toStrictEqual({ ...known, ...told, exposed: ['step outputs'] })
    expect(stage.events).toContain('output pooled_connection_string=')
  })

  it('that a sink refuses fails, and says that the branch stays', async () => {
    const cause = new ForgeError('It was refused.')
    const failing = (error: Error): Sink => ({ name: 'x', publish: () => Promise.reject(error) })
    const { ports } = stageOf({ branches: [branchOf()] })
    await expect(connect({ ...ports, sinks: [failing(cause)] }, order)).rejects.toMatchObject({
      name: 'ForgeError',
      message: 'It was refused. The branch "pr-7" exists and is kept.',
      cause,
    })
    const cancelled = connect({ ...ports, sinks: [failing(new CancelledError('cancelled'))] }, order)
    await expect(cancelled).rejects.toThrow(CancelledError)
  })

  it('by a sealed text says so', async () => {
    const { ports } = stageOf()
    const connection = await ports.provider.connection(branchOf())
    const { steps, ...outcome } = await connectSealed(ports, 'pr-7', () => connection)
    expect(steps.map(({ name }) => name)).toEqual(['Open the sealed URL'])
    const reason = 'its sealed URL was opened'
    expect(outcome).toEqual({ status: 'connected', branch: 'pr-7', reason, notes: [], exposed: ['step outputs'] })
  })

  it('goes by the name where there are no claims', async () => {
    const stage = stageOf({ branches: [branchOf({}, { claim: { kind: 'name' } })] })
    expect(await connect(stage.ports, order)).toMatchObject({ status: 'connected', reason: 'its name agrees' })
  })

  it.each<[string, Setting, RegExp]>([
    ['nothing', {}, /^Connecting to "pr-7" failed: it does not exist\. Let the job that creates it run first/],
    [
      'an unclaimed branch',
      { branches: [branchOf({}, { claim: { kind: 'none' } })] },
      /^Connecting to "pr-7" refused: it carries no claim of this action\.$/,
    ],
    ["another pull request's", { branches: [branchOf({ pullRequest: 8 })] }, /#8/],
    [
      'a golden parent',
      { branches: [branchOf({ golden: true })] },
      /it is a golden parent, which is never handed out\. Make/,
    ],
    ['a half-built branch', { branches: [branchOf({}, { unfinished: true })] }, /half-built/],
    ['a protected branch', { branches: [branchOf({}, { protection: 'it is the default branch' })] }, /default branch/],
  ])('to %s is refused', async (_name, setting, says) => {
    const stage = stageOf(setting)
    const refused = connect(stage.ports, order)
    await expect(refused).rejects.toThrow(RefusedError)
    await expect(refused).rejects.toThrow(says)
    expect(isExposed(stage)).toBe(false)
    expect(eventsOf(stage, 'connection')).toEqual([])
  })

  it('to a branch whose migrations are done is all right', async () => {
    const stage = stageOf({ branches: [branchOf()] })
    await connect({ ...stage.ports, migrationState: () => Promise.resolve('whole') }, order)
    expect(isExposed(stage)).toBe(true)
  })

  it.each([
    ['at work', 'Connecting to "pr-7" refused: a run is in the middle of its migrations. Let the job'],
    ['broken off', 'Connecting to "pr-7" refused: a run ended in the middle of its migrations. Let the job'],
  ] as const)('to a branch whose migrations are %s is refused', async (state, says) => {
    const stage = stageOf({ branches: [branchOf()] })
    const ports = { ...stage.ports, migrationState: () => Promise.resolve(state) }
    await expect(connect(ports, order)).rejects.toThrow(says)
    expect(isExposed(stage)).toBe(false)
  })

  it('to a branch that only holds the number in another one goes by no name', async () => {
    const branch = { ...branchOf({}, { claim: { kind: 'name' } }), name: 'pr-77' }
    const stage = stageOf({ branches: [branch] })
    await expect(connect(stage.ports, { ...order, branch: 'pr-77' })).rejects.toThrow(/does not hold the number/)
  })
})

describe('reporting on a branch', () => {
  const preparation = {
    enter: () => Promise.reject(new Error('Nothing is to be done in it.')),
    failOn: [],
    keep: false,
  }
  const asked = { ...order, parent: 'main' }

  it('shows what was done in it, and hands nothing out', async () => {
    const stage = stageOf({ branches: [branchOf()] })
    const shown: unknown[] = []
    const publish = async (seen: unknown) => void shown.push(seen)
    const { steps, ...outcome } = await report({ ...stage.ports, preparation, publish }, asked)
    const createdAt = '2026-11-22T08:00:00.000Z'
    const head = { branch: 'pr-7', parent: 'main', dataPolicy: 'schema_only', createdAt, reportedAt: createdAt }
    expect(shown).toEqual([{ ...head, findings: [], problems: [] }])
    expect(outcome).toMatchObject({ status: 'reported', exposed: [], notes: [], report: shown[0] })
    expect(steps.map(({ name }) => name)).toEqual([
      'Find the branch',
      'Get the URL',
      'Show the report on the pull request',
    ])
    expect(isExposed(stage)).toBe(false)
    expect(eventsOf(stage, 'mask')).toEqual(['mask postgresql://pr-7', 'mask swordfish'])
  })

  it('takes the parent that is asked for where the platform does not tell it', async () => {
    const { ports } = stageOf({ branches: [branchOf({}, { claim: { kind: 'name' } })] })
    const { report: seen } = await report({ ...ports, preparation }, { ...asked, parent: 'other' })
    expect(seen).toEqual({
      branch: 'pr-7',
      parent: 'other',
      reportedAt: '2026-11-22T08:00:00.000Z',
      findings: [],
      problems: [],
    })
  })

  it('is no more than finding it where nothing was asked for', async () => {
    const { ports } = stageOf({ branches: [branchOf()] })
    const outcome = await report(ports, asked)
    expect(outcome).toMatchObject({ status: 'connected', exposed: [], branch: 'pr-7' })
    expect(outcome.steps).toHaveLength(2)
  })

  it('is refused where connecting would be', async () => {
    await expect(report(stageOf().ports, asked)).rejects.toThrow(/^Reporting on "pr-7" failed: it does not exist/)
  })
})
