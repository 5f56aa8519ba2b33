import { describe, expect, it } from '@jest/globals'
import { RefusedError } from '../../src/errors.js'
import { connect } from '../../src/lifecycle/connect.js'
import { branchOf, eventsOf, isExposed, type Setting, stageOf } from '../fixtures/lifecycle.js'

const order = { repository: 42, pullRequest: 7, branch: 'pr-7' }

describe('connecting', () => {
  it('hands out the URL of a branch whose claim agrees, and writes nothing to the platform', async () => {
    const stage = stageOf({ branches: [branchOf()] })
    expect(await connect(stage.ports, order)).toMatchObject({ status: 'connected', reason: 'its claim agrees' })
    expect(isExposed(stage)).toBe(true)
    expect(eventsOf(stage, 'create', 'delete', 'reset', 'state')).toEqual([])
  })

  it('goes by the name where there are no claims', async () => {
    const stage = stageOf({ branches: [branchOf({}, { claim: { kind: 'name' } })] })
    expect(await connect(stage.ports, order)).toMatchObject({ status: 'connected', reason: 'its name agrees' })
  })

  it.each<[string, Setting, RegExp]>([
    ['nothing', {}, /does not exist\. Let the job that creates it run first/],
    ['an unclaimed branch', { branches: [branchOf({}, { claim: { kind: 'none' } })] }, /no claim/],
    ["another pull request's", { branches: [branchOf({ pullRequest: 8 })] }, /#8/],
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

  it.each(['at work', 'broken off'] as const)('to a branch whose migrations are %s is refused', async (state) => {
    const stage = stageOf({ branches: [branchOf()] })
    const ports = { ...stage.ports, migrationState: () => Promise.resolve(state) }
    await expect(connect(ports, order)).rejects.toThrow(/in the middle of its migrations/)
    expect(isExposed(stage)).toBe(false)
  })

  it('to a branch that only holds the number in another one goes by no name', async () => {
    const branch = { ...branchOf({}, { claim: { kind: 'name' } }), name: 'pr-77' }
    const stage = stageOf({ branches: [branch] })
    await expect(connect(stage.ports, { ...order, branch: 'pr-77' })).rejects.toThrow(/does not hold the number/)
  })
})
