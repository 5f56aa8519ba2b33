import { describe, expect, it } from '@jest/globals'
import { unknown } from '../../src/domain/known.js'
import { ForgeError, ProviderError, RefusedError } from '../../src/errors.js'
import { connect } from '../../src/lifecycle/connect.js'
import { planProvision } from '../../src/lifecycle/provision.js'
import { planTeardown, teardown } from '../../src/lifecycle/teardown.js'
import { undoBuild } from '../../src/lifecycle/undo-build.js'
import type { Sink } from '../../src/ports.js'
import { branchOf, closed, eventsOf, isExposed, open, orderOf, type Setting, stageOf } from '../fixtures/lifecycle.js'

const order = { repository: 42, pullRequest: 7, branch: 'pr-7', parent: 'main', onClose: true }

async function failing(setting: Setting, change = {}) {
  const stage = stageOf(setting)
  const error = await teardown(stage.ports, { ...order, ...change }).then(
    () => new Error('It succeeded.'),
    (thrown: unknown) => thrown as Error,
  )
  return { stage, error }
}

describe('teardown', () => {
  it('takes away what was handed out, then the branch, after a last look', async () => {
    const stage = stageOf({ branches: [branchOf()], states: [closed], sinks: 2 })
    expect(await teardown(stage.ports, order)).toMatchObject({ status: 'deleted', reason: 'pull request #7 is closed' })
    expect(eventsOf(stage, 'withdraw', 'read', 'find', 'delete')).toEqual([
      'find pr-7',
      'read #7',
      'withdraw sink 1',
      'withdraw sink 2',
      'read #7',
      'find pr-7',
      'delete pr-7',
    ])
  })

  it('again finds nothing, and takes secrets away all the same', async () => {
    const stage = stageOf({ states: [closed], sinks: 1 })
    expect(await teardown(stage.ports, order)).toMatchObject({ status: 'absent' })
    expect(eventsOf(stage, 'withdraw')).toEqual(['withdraw sink 1'])
  })

  it('on demand reads no pull request', async () => {
    const stage = stageOf({ branches: [branchOf()] })
    expect(await teardown(stage.ports, { ...order, onClose: false })).toMatchObject({ status: 'deleted' })
    expect(eventsOf(stage, 'read')).toEqual([])
  })

  it('keeps everything when the pull request is open again', async () => {
    const stage = stageOf({ branches: [branchOf()], states: [open], sinks: 1 })
    expect(await teardown(stage.ports, order)).toMatchObject({ status: 'kept' })
    expect(eventsOf(stage, 'withdraw', 'delete')).toEqual([])
  })

  it('keeps a branch whose pull request was reopened meanwhile', async () => {
    const stage = stageOf({ branches: [branchOf()], states: [closed, open] })
    expect(await teardown(stage.ports, order)).toMatchObject({
      status: 'kept',
      reason: 'pull request #7 was reopened meanwhile',
    })
    expect(stage.names()).toEqual(['pr-7'])
  })

  it.each<[string, Setting]>([
    ['before', { states: [unknown('502')] }],
    ['right before the deletion', { states: [closed, unknown('502')] }],
  ])('keeps a branch when the state is unknown %s', async (_name, setting) => {
    const { stage, error } = await failing({ branches: [branchOf()], ...setting })
    expect(error.message).toContain('502')
    expect(stage.names()).toEqual(['pr-7'])
  })

  it.each<[string, Parameters<typeof branchOf>]>([
    ['another repository', [{ repository: 1 }]],
    ['another pull request', [{ pullRequest: 70 }]],
    ['another name', [{ branch: 'pr-70' }]],
    ['nobody', [{}, { claim: { kind: 'none' } }]],
    ['somebody unreadable', [{}, { claim: { kind: 'unreadable', why: 'claim is not valid JSON' } }]],
  ])('refuses a branch of %s', async (_name, branch) => {
    const { stage, error } = await failing({ branches: [branchOf(...branch)], states: [closed], sinks: 1 })
    expect(error).toBeInstanceOf(RefusedError)
    expect(error.message).toMatch(/^Deleting "pr-7" refused: .* Nothing was deleted\.$/)
    expect(eventsOf(stage, 'withdraw', 'delete')).toEqual([])
  })

  it.each<[string, () => ReturnType<typeof branchOf>]>([
    ['made anew', () => branchOf({ build: 'new' }, { id: '2' })],
    ['claimed by another', () => branchOf({ pullRequest: 70 })],
    ['protected', () => branchOf({}, { protection: 'it is the default branch' })],
  ])('refuses a branch that was %s since it was read', async (_name, other) => {
    const after: Setting['after'] = (call, { branches }) => {
      if (call === 'withdraw sink 1') branches.set('pr-7', other())
    }
    const { stage, error } = await failing({ branches: [branchOf()], states: [closed], sinks: 1, after })
    expect(error).toBeInstanceOf(RefusedError)
    expect(stage.names()).toEqual(['pr-7'])
  })

  it('takes the branch away although a sink refuses, and says so', async () => {
    const fault = (call: string) => (call === 'withdraw sink 1' ? new ForgeError('No permission.') : undefined)
    const { stage, error } = await failing({ branches: [branchOf()], states: [closed], sinks: 2, fault })
    expect(error.message).toBe('No permission. The branch "pr-7" is deleted.')
    expect(eventsOf(stage, 'withdraw sink 2', 'delete')).toEqual(['withdraw sink 2', 'delete pr-7'])
  })

  it('only warns of leftovers that stay', async () => {
    const leftover = branchOf({ build: 'dead' }, { id: '9', name: 'db-branch~dead', leftover: true })
    const fault = (call: string) => (call === 'delete db-branch~dead' ? new ProviderError('In use.') : undefined)
    const stage = stageOf({ branches: [branchOf()], leftovers: [leftover], states: [closed], fault })
    expect(await teardown(stage.ports, order)).toMatchObject({ status: 'deleted' })
    expect(eventsOf(stage, 'warning')).toEqual(['warning In use.'])
  })

  it('leaves leftovers of other pull requests alone', async () => {
    const leftover = branchOf({ pullRequest: 70 }, { id: '9', name: 'db-branch~dead', leftover: true })
    const stage = stageOf({ leftovers: [leftover], states: [closed] })
    await teardown(stage.ports, order)
    expect([stage.leftovers, stage.deleted]).toEqual([[leftover], []])
  })
})

describe('a dry run', () => {
  it.each(['reuse', 'reset'] as const)('of provisioning with %s sends no write', async (existing) => {
    for (const branches of [[], [branchOf()]]) {
      for (const states of [[open], [closed]]) {
        const stage = stageOf({ branches, states, sinks: 1 })
        await planProvision(stage.ports, orderOf({ existing }))
        expect(stage.events).toEqual(['find pr-7', 'read #7'])
      }
    }
  })

  it('of a teardown sends no write', async () => {
    const stage = stageOf({ branches: [branchOf()], states: [closed], sinks: 1 })
    expect((await planTeardown(stage.ports, order)).plan.action).toBe('delete')
    expect(stage.events).toEqual(['find pr-7', 'read #7'])
  })
})

describe('connect', () => {
  it('hands out an agreeing branch and writes nothing to the platform', async () => {
    const stage = stageOf({ branches: [branchOf()] })
    expect(await connect(stage.ports, order)).toMatchObject({ status: 'connected', parent: 'main' })
    expect(isExposed(stage)).toBe(true)
    expect(eventsOf(stage, 'create', 'reset', 'delete', 'state', 'leftovers')).toEqual([])
  })

  it.each<[string, Setting, RegExp]>([
    ['missing', {}, /does not exist/],
    ['unclaimed', { branches: [branchOf({}, { claim: { kind: 'none' } })] }, /no claim/],
    ['of another repository', { branches: [branchOf({ repository: 1 })] }, /repository 1 claims it/],
    ['of another pull request', { branches: [branchOf({ pullRequest: 70 })] }, /#70 claims it/],
  ])('hands out nothing of a branch that is %s', async (_name, setting, why) => {
    const stage = stageOf(setting)
    await expect(connect(stage.ports, order)).rejects.toThrow(why)
    expect(isExposed(stage)).toBe(false)
  })
})

describe('what is told of it', () => {
  const withdrawing = (name: string, refusal?: string): Sink => ({
    name,
    publish: async () => undefined,
    withdraw: () => (refusal === undefined ? Promise.resolve('removed') : Promise.reject(new ForgeError(refusal))),
  })

  it('is each step, by name', async () => {
    const stage = stageOf({ branches: [branchOf()], states: [closed] })
    const outcome = await teardown({ ...stage.ports, sinks: [withdrawing('the secret')] }, order)
    expect(outcome).toMatchObject({ status: 'deleted', reason: 'pull request #7 is closed', exposed: [], notes: [] })
    const steps = ['Read branch and pull request', 'Remove the secret', 'Delete "pr-7"']
    expect(outcome.steps.map(({ name }) => name)).toEqual(steps)
    expect(eventsOf(stage, 'info Plan')).toEqual(['info Plan: delete "pr-7": pull request #7 is closed.'])
  })

  it('is every sink that refused, and what became of the branch', async () => {
    const { ports } = stageOf({ branches: [branchOf()], states: [closed] })
    const sinks = [withdrawing('one', 'One stays.'), withdrawing('two', 'Two stays.')]
    await expect(teardown({ ...ports, sinks }, order)).rejects.toThrow(
      'One stays. Two stays. The branch "pr-7" is deleted.',
    )
  })

  it('of a branch that went meanwhile is that it is absent', async () => {
    const stage = stageOf({
      branches: [branchOf()],
      states: [closed],
      after: (call, { branches }) => void (call === 'leftovers' && branches.clear()),
    })
    expect(await teardown(stage.ports, order)).toMatchObject({ status: 'absent' })
    expect(eventsOf(stage, 'delete')).toEqual([])
  })

  it('is no reason to keep a branch that has a name only', async () => {
    const stage = stageOf({ branches: [branchOf({}, { claim: { kind: 'name' } })], states: [closed] })
    expect(await teardown(stage.ports, order)).toMatchObject({ status: 'deleted' })
    expect(stage.names()).toEqual([])
  })
})

it.each([
  ['b7', 'abandon b7'],
  ['b7@9', 'abandon b7'],
  ['b7@9\nx', 'abandon b7'],
  ['rebuild:b7', 'abandon b7'],
])('the state %j tells which build the post step gives up', async (state, event) => {
  const stage = stageOf({ branches: [branchOf()] })
  expect(await undoBuild(stage.ports, order, state)).toBe('absent')
  expect(eventsOf(stage, 'abandon', 'delete')).toEqual([event])
})
