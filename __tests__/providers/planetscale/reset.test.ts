import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Branch } from '../../../src/domain/branch.js'
import type { BranchSpec } from '../../../src/ports.js'
import { specOf } from '../../fixtures/postgres.js'
import { testClock } from '../../fixtures/clock.js'
import { branches, type Stage, startStage } from './stage.js'

let stage: Stage
beforeAll(async () => {
  stage = await startStage({ kind: 'mysql', readyAfter: 1 })
})
afterAll(() => stage.stop())

const rename = `PATCH ${branches}/{branch}`
let number = 0
let name: string
let branch: Branch
let spec: BranchSpec
let aside: string
let old: string
beforeEach(async () => {
  name = `pr-${(number += 1)}`
  branch = (await stage.open().create(specOf(name))).branch
  spec = specOf(name, { dataPolicy: 'copy' })
  aside = `${name}-dbbranch-new-${spec.claim.build.slice(0, 8)}`
  old = `${name}-dbbranch-old-${spec.claim.build.slice(0, 8)}`
})

const names = () =>
  stage.platform.branches
    .filter(({ deletedAt }) => !deletedAt)
    .flatMap((one) => (one.name.startsWith(name) ? one.name : []))
const idOf = (one: string) => stage.platform.branch(one)?.id

it('builds aside, swaps the names and leaves the old branch to whoever removes leftovers', async () => {
  const { branch: after } = await stage.open().reset!(branch, spec)
  expect(names()).toEqual([old, name])
  expect(idOf(old)).toBe(branch.id)
  expect(after).toEqual(await stage.open().find(name))
  const found = await stage.open().leftovers!(name)
  expect(found).toMatchObject([{ id: branch.id, name: old, leftover: true, claim: { kind: 'name' } }])
  expect(await stage.open().delete(found[0]!)).toBe('deleted')
  expect(names()).toEqual([name])
})

it('never takes a branch of another pull request, or what only looks alike, for a leftover', async () => {
  for (const other of [`${name}1-dbbranch-old-00112233`, `${name}-dbbranch-old-0011223`, `${name}-old-00112233`])
    stage.platform.add({ name: other, parent: 'main' })
  expect(await stage.open().leftovers!(name)).toEqual([])
})

it('leaves a build aside that may still be worked on, for a quarter of an hour', async () => {
  const young = stage.platform.add({
    name: `${name}-dbbranch-new-00112233`,
    parent: 'main',
    createdAt: new Date('2026-11-22T08:00:00Z'),
  })
  const at = async (start: string) =>
    (await stage.open({}, { clock: testClock(start) }).leftovers!(name)).map(({ id }) => id)
  expect(await at('2026-11-22T08:15:00Z')).toEqual([])
  expect(await at('2026-11-22T08:15:01Z')).toEqual([young.id])
})

describe('a failure', () => {
  it('before the swap leaves the branch as it was, and the build aside for the next run', async () => {
    stage.platform.fault({ operation: rename, kind: 'status', status: 422 })
    const run = stage.open()
    await expect(run.reset!(branch, spec)).rejects.toThrow(`Renaming "${name}" to "${old}" failed`)
    expect(idOf(name)).toBe(branch.id)
    expect(names().sort()).toEqual([name, aside].sort())
    expect((await run.leftovers!(name)).map((left) => left.name)).toEqual([aside])
  })

  it('in the middle of the swap gives the branch its name back', async () => {
    stage.platform.fault({ operation: rename, kind: 'status', status: 422, nth: 2 })
    await expect(stage.open().reset!(branch, spec)).rejects.toThrow(`Renaming "${aside}" to "${name}" failed`)
    expect(idOf(name)).toBe(branch.id)
  })

  it('while it is built says what a creation would say', async () => {
    stage.platform.fault({ operation: `POST ${branches}`, kind: 'status', status: 403 })
    await expect(stage.open().reset!(branch, spec)).rejects.toThrow(`Creating "${name}" from "main" failed`)
    expect(names()).toEqual([name])
  })

  it('of the key: renaming asks for an access of its own', async () => {
    stage.platform.lacking.add('write_database')
    await expect(stage.open().reset!(branch, spec)).rejects.toThrow('does not show it to this key (PATCH')
    stage.platform.lacking.clear()
    expect(idOf(name)).toBe(branch.id)
  })
})

it.each([1, 2])('goes on when the answer to renaming %i was lost', async (nth) => {
  stage.platform.fault({ operation: rename, kind: 'lost', nth })
  await stage.open().reset!(branch, spec)
  expect(names()).toEqual([old, name])
})

it('goes on when the answer to the order was lost: the name aside is nobody else’s', async () => {
  stage.platform.fault({ operation: `POST ${branches}`, kind: 'lost' })
  await stage.open().reset!(branch, spec)
  expect(names()).toEqual([old, name])
})

it('touches nothing when the branch was made anew meanwhile', async () => {
  stage.platform.branch(name)!.deletedAt = new Date()
  const { id } = stage.platform.add({ name, parent: 'main' })
  await expect(stage.open().reset!(branch, spec)).rejects.toThrow(`"${name}" was made anew meanwhile`)
  expect(idOf(name)).toBe(id)
})

describe('a run that died', () => {
  const dies = async (nth: number) => {
    const cancelled = new AbortController()
    const off = stage.platform.before(rename, () => {
      if ((nth -= 1) === 0) cancelled.abort()
    })
    stage.platform.fault({ operation: rename, kind: 'hang', nth })
    await expect(stage.open({}, { signal: cancelled.signal }).reset!(branch, spec)).rejects.toThrow('cancelled')
    off()
  }

  it('before the swap left the branch and a build that the post step gives up', async () => {
    await dies(1)
    expect(names().sort()).toEqual([name, aside].sort())
    await stage.open().abandon!(spec.claim.build)
    expect(names()).toEqual([name])
  })

  it('in the middle of it left no branch of the name, and two that the next run finds', async () => {
    await dies(2)
    expect(names().sort()).toEqual([aside, old].sort())
    expect(await stage.open().find(name)).toBeUndefined()
    expect((await stage.open().leftovers!(name)).map((left) => left.name)).toEqual([old])
    await stage.open().abandon!(spec.claim.build)
    expect(names()).toEqual([old])
  })

  it('left what is old alone when a build is given up', async () => {
    await stage.open().reset!(branch, spec)
    await stage.open().abandon!(spec.claim.build)
    await stage.open().abandon!('')
    expect(names()).toEqual([old, name])
  })
})
