import { describe, expect, it } from '@jest/globals'
import type { Branch } from '../../src/domain/branch.js'
import { known, unknown } from '../../src/domain/known.js'
import { CancelledError, ForgeError } from '../../src/errors.js'
import { cleanup, previewCleanup } from '../../src/lifecycle/cleanup.js'
import type { Sink } from '../../src/ports.js'
import { eventsOf } from '../fixtures/lifecycle.js'
import { ago, branchOf, order, pull, sweepStage, type SweepSetting } from './sweep-stage.js'

const closed = 'pull request #1 was closed 8 days ago'
const failing = (sentence: string): Partial<Sink> => ({ withdraw: () => Promise.reject(new ForgeError(sentence)) })
const cancelled = () => Promise.reject(new CancelledError('cancelled'))

/** Pull request 1 is closed long ago, its branch due. */
const due = (change: Partial<SweepSetting> = {}) =>
  sweepStage({ branches: [branchOf(1)], pulls: [[pull(1, 8)]], ...change })

describe('a cleanup', () => {
  it('removes what is due, after its sinks, and tells of every branch', async () => {
    const withdraw = async () => 'removed' as const
    const { stage, ports } = sweepStage({
      branches: [branchOf(1), branchOf(2)],
      pulls: [[pull(1, 8), pull(2)]],
      sinksOf: [{ withdraw }, {}],
    })
    const { plan, steps, ...outcome } = await cleanup(ports, order)
    expect(outcome).toEqual({
      mode: 'cleanup',
      dryRun: false,
      budget: 'plenty',
      results: [
        { name: 'pr-1', kind: 'closed', status: 'deleted', reason: closed, pullRequest: 1 },
        { name: 'pr-2', kind: 'open', status: 'kept', reason: 'pull request #2 is open', pullRequest: 2 },
      ],
    })
    expect(plan.verdicts.map(({ action }) => action)).toEqual(['delete', 'keep'])
    expect(steps.map(({ name }) => name)).toEqual(['List branches and read pull requests', 'Delete 1 to 1 of 1'])
    expect(eventsOf(stage, 'sinks', 'delete', 'read')).toEqual([
      'read 1 2',
      'read 1',
      'sinks of #1 pr-1',
      'delete pr-1',
    ])
  })

  it('reads and removes twenty at a time', async () => {
    const numbers = Array.from({ length: 41 }, (_, at) => at + 1)
    const { stage, ports } = sweepStage({
      branches: numbers.map((number) => branchOf(number)),
      pulls: [numbers.map((number) => pull(number, 8))],
    })
    const { steps } = await cleanup(ports, order)
    expect(steps.map(({ name }) => name).slice(1)).toEqual([
      'Delete 1 to 20 of 41',
      'Delete 21 to 40 of 41',
      'Delete 41 to 41 of 41',
    ])
    expect(eventsOf(stage, 'read').map((event) => event.split(' ').length - 1)).toEqual([41, 20, 20, 1])
    expect(stage.deleted).toHaveLength(41)
  })

  it.each<[string, SweepSetting['pulls'][number], string]>([
    ['reopened', [pull(1)], 'changed since it was listed: pull request #1 is open'],
    ['closed anew', [pull(1, 2)], 'changed since it was listed: pull request #1 was closed 2 days ago'],
  ])('keeps a branch whose pull request was %s meanwhile', async (_what, again, reason) => {
    const { stage, ports } = due({ pulls: [[pull(1, 8)], again], sinksOf: [failing('never asked')] })
    const { results } = await cleanup(ports, order)
    expect(results).toEqual([expect.objectContaining({ name: 'pr-1', status: 'kept', reason })])
    expect(stage.deleted).toEqual([])
  })

  it('carries out no part of a plan that is refused', async () => {
    const environments = known([{ name: 'pr-9', pullRequest: 9 }])
    const { stage, ports } = due({ pulls: [[pull(1, 8), pull(9, 8)]], environments })
    const { results, plan } = await cleanup(ports, { ...order, maxDeletions: 1 })
    expect(plan.refused).toMatch(/more than max_deletions/)
    const reason = `${closed}; kept because the plan was refused`
    expect(results).toEqual([{ name: 'pr-1', kind: 'closed', status: 'kept', reason, pullRequest: 1 }])
    expect(stage.deleted).toEqual([])
    expect(await previewCleanup(ports, { ...order, maxDeletions: 1 })).toMatchObject({ results, dryRun: true })
  })

  it('previews what it would do, and does nothing', async () => {
    const environments = known([{ name: 'pr-9', pullRequest: 9 }])
    const { stage, ports } = due({
      branches: [branchOf(1), branchOf(2)],
      pulls: [[pull(1, 8), pull(2), pull(9, 8)]],
      environments,
    })
    const { plan, ...outcome } = await previewCleanup(ports, order)
    expect(plan.refused).toBeUndefined()
    expect(outcome).toEqual({
      mode: 'cleanup',
      dryRun: true,
      budget: 'plenty',
      steps: [],
      results: [
        { name: 'pr-1', kind: 'closed', status: 'deleted', reason: closed, pullRequest: 1 },
        {
          name: 'environment pr-9',
          kind: 'closed',
          environment: true,
          status: 'deleted',
          reason: 'pull request #9 is closed and has no branch',
          pullRequest: 9,
        },
        { name: 'pr-2', kind: 'open', status: 'kept', reason: 'pull request #2 is open', pullRequest: 2 },
      ],
    })
    expect(eventsOf(stage, 'delete', 'sinks')).toEqual([])
  })

  it('by age alone asks for no pull request and no environment, and for no sinks of what was made by hand', async () => {
    const environments = known([{ name: 'pr-9', pullRequest: 9 }])
    const byHand = branchOf(2, { pullRequest: null, branch: 'load' }, { name: 'load' })
    const { stage, ports } = due({ branches: [branchOf(1), byHand], pulls: [], environments, sinksOf: [failing('no')] })
    await cleanup(ports, { ...order, strategy: 'hard' })
    expect(eventsOf(stage, 'read', 'list env', 'sinks').filter((event) => event !== 'read ')).toEqual([
      'sinks of #1 pr-1',
    ])
    expect(stage.deleted.map(({ name }) => name)).toEqual(['pr-1', 'load'])
  })

  it('leaves the sinks of a pull request alone when only half-built remains of its branch go', async () => {
    const remains = branchOf(1, {}, { name: 'db-branch~1', leftover: true })
    const { stage, ports } = due({ branches: [remains], sinksOf: [failing('never asked')] })
    const { results } = await cleanup(ports, order)
    expect(results).toEqual([expect.objectContaining({ name: 'db-branch~1', kind: 'leftover', status: 'deleted' })])
    expect(eventsOf(stage, 'sinks')).toEqual([])
  })

  it('holds the names of the policy file against the branch as it is now', async () => {
    const { stage, ports } = due({ sinksOf: [failing('never asked')] })
    const renamed: Branch = { ...branchOf(1), name: 'demo' }
    const provider = { ...ports.provider, find: () => Promise.resolve(renamed) }
    const names = { protected: ['demo'], exempt: [] }
    const { results } = await cleanup({ ...ports, provider }, { ...order, names })
    expect(results[0]).toMatchObject({
      status: 'failed',
      reason: 'Deleting "pr-1" refused: the policy file protects its name. Nothing was deleted.',
    })
    expect(stage.deleted).toEqual([])
  })

  it('goes by names where they are trusted', async () => {
    const named: Branch = { id: 'id-1', name: 'pr-1', createdAt: ago(30), claim: { kind: 'name' } }
    const { stage, ports } = due({ branches: [named] })
    const byName = { template: 'pr-{number}', repository: 'shop' }
    expect((await cleanup(ports, { ...order, byName })).results[0]).toMatchObject({ status: 'deleted', pullRequest: 1 })
    expect(stage.deleted).toEqual([named])
  })

  it('tells that a branch was gone already', async () => {
    const { ports } = due({ after: (call, { branches }) => void (call === 'list' && branches.clear()) })
    const { results } = await cleanup(ports, order)
    expect(results[0]).toMatchObject({ status: 'deleted', reason: `${closed}; it was gone already` })
  })
})

describe('a sink that refuses', () => {
  it('does not save the branch, and every fault is told', async () => {
    const { stage, ports } = due({ sinksOf: [failing('One failed.'), failing('Two failed.')] })
    const { results } = await cleanup(ports, order)
    const fault = 'One failed. Two failed.'
    expect(results).toEqual([
      { name: 'pr-1', kind: 'closed', status: 'deleted', reason: `${closed}; ${fault}`, pullRequest: 1, fault },
    ])
    expect(stage.deleted).toHaveLength(1)
  })

  it('is told beside the deletion that failed', async () => {
    const { ports } = due({
      sinksOf: [failing('One failed.')],
      fault: (call) => (call === 'delete pr-1' ? new ForgeError('Dropping failed.') : undefined),
    })
    const { results } = await cleanup(ports, order)
    expect(results).toEqual([
      { name: 'pr-1', kind: 'closed', status: 'failed', reason: 'One failed. Dropping failed.', pullRequest: 1 },
    ])
  })

  it('is a warning where it only shows a sign', async () => {
    const { stage, ports } = due({ sinksOf: [{ ...failing('The sign stays.'), sign: true }] })
    const { results } = await cleanup(ports, order)
    expect(results).toEqual([{ name: 'pr-1', kind: 'closed', status: 'deleted', reason: closed, pullRequest: 1 }])
    expect(stage.events).toContain('warning The sign stays.')
  })

  it('by cancellation ends the run before the branch goes', async () => {
    const { stage, ports } = due({ sinksOf: [{ withdraw: cancelled }] })
    await expect(cleanup(ports, order)).rejects.toThrow(CancelledError)
    expect(stage.deleted).toEqual([])
  })
})

describe('environments without a branch', () => {
  const environments = known([1, 7, 8, 9].map((number) => ({ name: `pr-${number}`, pullRequest: number })))
  const pulls = [[pull(1), pull(7, 8), pull(8, 6), pull(9, 8)]]
  const of = (change: Partial<SweepSetting>) => sweepStage({ branches: [branchOf(1)], pulls, environments, ...change })
  const reason = (number: number) => `pull request #${number} is closed and has no branch`
  const gone = (number: number) =>
    expect.objectContaining({ name: `environment pr-${number}`, status: 'deleted', reason: reason(number) })
  const others = [expect.objectContaining({ name: 'pr-1', status: 'kept' })]

  it('go when they are ours and long closed', async () => {
    const { stage, ports } = of({ claimed: async ({ pullRequest }) => pullRequest !== 9, sinksOf: [{}] })
    expect((await cleanup(ports, order)).results).toEqual([gone(7), ...others])
    expect(eventsOf(stage, 'sinks')).toEqual(['sinks of #7 nowhere'])
  })

  it('go alone where the sweep is over their pull request only', async () => {
    const { stage, ports } = of({})
    expect((await cleanup(ports, { ...order, onlyPullRequest: 7 })).results).toEqual([gone(7)])
    stage.events.length = 0
    await cleanup(ports, { ...order, onlyPullRequest: 1 })
    expect(eventsOf(stage, 'list env')).toEqual([])
  })

  it('are read again before they go, twenty at a time', async () => {
    const numbers = Array.from({ length: 21 }, (_, at) => at + 2)
    const many = known(numbers.map((number) => ({ name: `pr-${number}`, pullRequest: number })))
    const all = numbers.map((number) => pull(number, 8))
    const again = all.filter(({ number }) => number !== 5)
    const { stage, ports } = of({ environments: many, pulls: [[pull(1), ...all], all, [...again, pull(5)]] })
    expect((await cleanup(ports, order)).results).toHaveLength(21)
    expect(eventsOf(stage, 'read').map((event) => event.split(' ').length - 1)).toEqual([1, 21, 20, 1])
    expect(eventsOf(stage, 'sinks')).toHaveLength(20)
    expect(eventsOf(stage, 'sinks')).not.toContain('sinks of #5 nowhere')
  })

  it('stay, which is told, when nobody knows them or whose they are', async () => {
    const { stage, ports } = of({ environments: unknown('403') })
    expect((await cleanup(ports, order)).results).toEqual(others)
    expect(stage.events).toContain('warning Environments without a branch were not looked for: 403.')
    const doubt = of({ claimed: () => Promise.reject(new ForgeError('It is unknown.')) })
    expect((await cleanup(doubt.ports, order)).results).toEqual(others)
    expect(doubt.stage.events).toContain('warning Whether the environment "pr-7" is ours is unknown: It is unknown.')
  })

  it('that cannot be removed fail, and the others go', async () => {
    const { ports } = of({})
    const sinksFor: typeof ports.sinksFor = (number) =>
      number === 7 ? [{ name: 'x', publish: async () => undefined, ...failing('It stays.') }] : []
    expect((await cleanup({ ...ports, sinksFor }, order)).results).toEqual([
      expect.objectContaining({ name: 'environment pr-7', status: 'failed', reason: 'It stays.', pullRequest: 7 }),
      gone(9),
      ...others,
    ])
  })

  it('end with a run that is cancelled', async () => {
    await expect(cleanup(of({ claimed: cancelled }).ports, order)).rejects.toThrow(CancelledError)
    await expect(cleanup(of({ sinksOf: [{ withdraw: cancelled }] }).ports, order)).rejects.toThrow(CancelledError)
  })
})

describe('more than fifty pull requests', () => {
  const numbers = Array.from({ length: 51 }, (_, at) => at + 1)
  const branches = numbers.map((number) => branchOf(number, { createdAt: ago(20) }))
  const closedOnes = [[pull(50, 8), pull(51, 8)]]

  it('are looked up among the open ones first', async () => {
    const open = known(new Map(numbers.slice(0, 49).map((number) => [number, pull(number)])))
    const { stage, ports } = sweepStage({ branches, pulls: closedOnes, open })
    await cleanup(ports, order)
    expect(eventsOf(stage, 'read')).toEqual(['read open', 'read 50 51', 'read 50 51'])
    expect(stage.deleted.map(({ name }) => name)).toEqual(['pr-50', 'pr-51'])
  })

  it('are all unknown where the open ones cannot be read', async () => {
    const { stage, ports } = sweepStage({ branches, pulls: closedOnes, open: unknown('502') })
    const { results } = await cleanup(ports, order)
    expect(results.map(({ kind }) => kind)).toEqual(numbers.map(() => 'unknown'))
    expect(results[0]?.reason).toBe('the state of pull request #1 is unknown (502)')
    expect(stage.deleted).toEqual([])
  })

  it('are too many to ask for by number, which fifty are not', async () => {
    const { stage, ports } = sweepStage({ branches: branches.slice(0, 50), pulls: closedOnes })
    await previewCleanup(ports, order)
    expect(eventsOf(stage, 'read open')).toEqual([])
  })
})
