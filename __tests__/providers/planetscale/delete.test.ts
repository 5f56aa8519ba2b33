import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Branch } from '../../../src/domain/branch.js'
import { testClock } from '../../fixtures/clock.js'
import { branches, type Stage, startStage } from './stage.js'

let stage: Stage
beforeAll(async () => {
  stage = await startStage({ kind: 'mysql' })
})
afterAll(() => stage.stop())

const remove = `DELETE ${branches}/{branch}`

async function given(name: string): Promise<Branch> {
  stage.platform.add({ name, parent: 'main' })
  return (await stage.open().find(name))!
}

it('asks for no descendants and looks whether it is gone', async () => {
  const branch = await given('pr-1')
  expect(await stage.open().delete(branch)).toBe('deleted')
  const sent = stage.platform.journal.filter(({ method }) => method === 'DELETE')
  expect(sent.map(({ query }) => query)).toEqual([{}])
})

it('waits until the platform no longer shows it', async () => {
  const branch = await given('pr-2')
  stage.platform.branch('pr-2')!.shownAfterDeletion = 3
  const run = stage.open()
  expect(await run.delete(branch)).toBe('deleted')
  expect(await stage.open().find('pr-2')).toBeUndefined()
})

it('leaves alone what was made anew under the name, also at the last moment', async () => {
  const branch = await given('pr-3')
  stage.platform.branch('pr-3')!.deletedAt = new Date()
  const { id } = stage.platform.add({ name: 'pr-3', parent: 'main' })
  const sent = await stage.requests(async () => expect(await stage.open().delete(branch)).toBe('absent'))
  expect(sent).toEqual(['GET /branches/pr-3'])
  expect(stage.platform.branch('pr-3')?.id).toBe(id)
})

it.each(['reset', 500] as const)('goes on when the answer was lost: %s', async (answer) => {
  const branch = await given(`lost-${answer}`)
  stage.platform.fault({ operation: remove, kind: 'lost', answer })
  expect(await stage.open().delete(branch)).toBe('deleted')
  expect(stage.platform.branch(`lost-${answer}`)).toBeUndefined()
})

it('absent is told only when the list of branches proves it', async () => {
  const branch = await given('pr-4')
  stage.platform.lacking.add('read_branch')
  await expect(stage.open().delete(branch)).rejects.toThrow('does not find it, or does not show it to this key')
  stage.platform.lacking.clear()
  expect(stage.platform.branch('pr-4')).toBeDefined()
})

it('a key without the access is an error, not an absent branch', async () => {
  const branch = await given('pr-5')
  stage.platform.lacking.add('delete_branch')
  expect(await stage.sentence(() => stage.open().delete(branch))).toBe(
    'Deleting "pr-5" failed: PlanetScale hides it from this key, although it shows the branch. Give the service token the access "delete_branch" to this database.',
  )
  stage.platform.lacking.clear()
})

it('tries again while the platform works on it', async () => {
  const branch = await given('pr-6')
  stage.platform.busyDeletions = 3
  const clock = testClock()
  const run = stage.open({}, { clock })
  expect(await run.delete(branch)).toBe('deleted')
  expect(clock.waits).toEqual([625, 1250, 2500])
  expect(run.ports.lines).toEqual(['The deletion of "pr-6" is not ready yet: PlanetScale is busy with it.'])
})

it('gives up after a minute', async () => {
  const branch = await given('pr-7')
  stage.platform.busyDeletions = 999
  expect(await stage.sentence(() => stage.open({}, { clock: testClock() }).delete(branch))).toMatch(
    /^Deleting "pr-7" failed: PlanetScale refused \(DELETE HOST.*422 unprocessable/,
  )
  stage.platform.busyDeletions = 0
})

it('says at once that others were made from it, and deletes none of them', async () => {
  const branch = await given('pr-8')
  stage.platform.add({ name: 'pr-8-child', parent: 'pr-8' })
  expect(await stage.sentence(() => stage.open().delete(branch))).toBe(
    'Deleting "pr-8" failed: "pr-8-child" was made from it. Delete that first.',
  )
  expect(stage.platform.branch('pr-8')).toBeDefined()
})

it.each(['.', '..', ''])('never sends a request for %j', async (name) => {
  const branch = { ...(await given(`odd-${name.length}`)), name }
  const sent = await stage.requests(() => expect(stage.open().delete(branch)).rejects.toThrow('was not sent'))
  expect(sent).toEqual([])
})

describe('protected branches', () => {
  it('are refused by the platform as well', async () => {
    const branch = await given('pr-9')
    stage.platform.branch('pr-9')!.deletionProtected = true
    await expect(stage.open({}, { clock: testClock() }).delete(branch)).rejects.toThrow('PlanetScale refused')
  })
})
