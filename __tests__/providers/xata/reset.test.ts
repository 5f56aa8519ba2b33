import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Branch } from '../../../src/domain/branch.js'
import { deletionFault } from '../../../src/domain/deletion.js'
import { ConflictError } from '../../../src/errors.js'
import type { BranchSpec } from '../../../src/ports.js'
import { specOf } from '../../fixtures/postgres.js'
import { quickScene, type Scene } from './stage.js'

const patch = 'PATCH /organizations/{organization}/projects/{project}/branches/{branch}'

let scene: Scene
let number = 300
beforeAll(async () => {
  scene = await quickScene()
})
afterAll(() => scene.close())
let name: string
let old: Branch
let spec: BranchSpec
beforeEach(async () => {
  number += 1
  name = `pr-${number}`
  old = (await scene.run().create(specOf(name))).branch
  spec = specOf(name)
  scene.requests()
})

const names = () => [...scene.xata.branches.values()].map((branch) => branch.name).filter((one) => one.startsWith(name))
const aside = (kind: 'new' | 'old') => `${name}.${kind}-${spec.claim.build.slice(0, 8)}`
const twentyMinutesAgo = () => new Date(Date.now() - 20 * 60_000)

/** As the lifecycle does: read again, guarded, deleted. */
async function clear(): Promise<string[]> {
  const provider = scene.run()
  const removed: string[] = []
  for (const leftover of await provider.leftovers!(name)) {
    const guard = { repository: 42, pullRequest: 7, branch: name, parent: 'main' }
    const fresh = await provider.find(leftover.name)
    expect(deletionFault(leftover, fresh, guard)).toBeUndefined()
    await provider.delete(fresh!)
    removed.push(leftover.name)
  }
  return removed
}

it('builds aside and swaps the names: the old one keeps its URL until it is deleted', async () => {
  const provider = scene.run()
  const found = (await provider.find(name))!
  scene.requests()
  const { branch, notes } = await provider.reset!(found, spec)
  expect(scene.requests()).toEqual([
    'POST branches',
    'GET branch',
    'GET branch',
    'GET branch',
    'GET branch/credentials',
    'PATCH branch',
    'PATCH branch',
  ])
  expect(notes).toEqual(['Emptied.'])
  expect(branch).toMatchObject({ name, claim: { claim: { build: spec.claim.build, branch: name } } })
  expect(branch.id).not.toBe(old.id)
  expect(await scene.provider.find(name)).toEqual(branch)
  const leftovers = await scene.provider.leftovers!(name)
  expect(leftovers).toEqual([{ ...old, name: aside('old'), leftover: true }])
  expect((await scene.provider.list()).items).toContainEqual(leftovers[0])
  expect(await clear()).toEqual([aside('old')])
  expect(names()).toEqual([name])
})

it('takes no other branch’s asides for its own', async () => {
  await scene.run().reset!(old, spec)
  expect(await scene.provider.leftovers!(name.slice(0, -1))).toEqual([])
  expect(await scene.provider.leftovers!(`${name}0`)).toEqual([])
  // A branch of that name, but with no claim of ours.
  const main = scene.xata.named('main')!.id
  scene.xata.add({ name: `${name}.old-00000000`, parentId: main })
  scene.xata.add({ name: `${name}.old-11111111`, parentId: main, description: 'of Ada' })
  expect(await clear()).toEqual([aside('old')])
})

describe('a run that dies', () => {
  const crashes: [string, (scene: Scene) => void, { left: () => string[]; found: 'old' | undefined }][] = [
    ['before the aside is emptied', () => undefined, { left: () => [aside('new'), name], found: 'old' }],
    [
      'before the old one is renamed',
      ({ xata }) => void xata.fault({ operation: patch, kind: 'status', status: 401 }),
      { left: () => [aside('new'), name], found: 'old' },
    ],
    [
      'before the new one is renamed',
      ({ xata }) => void xata.fault({ operation: patch, nth: 2, kind: 'status', status: 401 }),
      { left: () => [aside('new'), aside('old')], found: undefined },
    ],
  ]
  it.each(crashes)('%s leaves what the next run clears', async (when, crash, { left, found }) => {
    crash(scene)
    const failing = { empty: () => Promise.reject(new Error('killed')) } as never
    const provider = when.includes('emptied') ? scene.run({ database: failing }) : scene.run()
    await expect(provider.reset!(old, spec)).rejects.toThrow()
    expect(names().sort()).toEqual(left().sort())
    const now = await scene.provider.find(name)
    expect(now?.id).toBe(found && old.id)
    expect(now?.unfinished).toBeUndefined()
    const listed = (await scene.provider.list()).items.filter((branch) => branch.name.startsWith(`${name}.`))
    expect(listed.every((branch) => branch.leftover && branch.claim.kind === 'claim')).toBe(true)

    // As long as its run may still work on it, what is new is left alone; what is old is not.
    expect(await clear()).toEqual(found ? [] : [aside('old')])
    for (const branch of scene.xata.branches.values()) branch.createdAt = twentyMinutesAgo()
    expect(await clear()).toEqual([aside('new')])
    const next = await (now ? scene.run().reset!(now, specOf(name)) : scene.run().create(specOf(name)))
    expect(await scene.provider.find(name)).toEqual(next.branch)
  })

  it('after the new one is renamed has a whole branch, and the old one is cleared', async () => {
    const struck = scene.xata.fault({ operation: patch, nth: 2, times: 9, kind: 'lost' })
    await expect(scene.run().reset!(old, spec)).rejects.toThrow(/Renaming/)
    struck.remove()
    const now = await scene.provider.find(name)
    expect(now).toMatchObject({ claim: { claim: { build: spec.claim.build } } })
    expect(now!.unfinished).toBeUndefined()
    expect(await clear()).toEqual([aside('old')])
  })
})

it.each([1, 2])('asks again when the answer to renaming %s was lost', async (nth) => {
  const struck = scene.xata.fault({ operation: patch, nth, kind: 'lost' })
  const { branch } = await scene.run().reset!(old, spec)
  expect(struck.hits).toBe(1)
  expect(await scene.provider.find(name)).toEqual(branch)
})

it('gives way to another run that was faster, and to a deletion', async () => {
  const other = specOf(name)
  const off = scene.xata.before(patch, async () => {
    off()
    await scene.run().reset!(old, other)
  })
  await expect(scene.run().reset!(old, spec)).rejects.toThrow(ConflictError)
  const now = await scene.provider.find(name)
  expect(now).toMatchObject({ claim: { claim: { build: other.claim.build } } })

  await scene.provider.delete(now!)
  await expect(scene.run().reset!(now!, specOf(name))).rejects.toThrow(`"${name}" went meanwhile`)
})

it('resets a copy without emptying it', async () => {
  scene.emptied.length = 0
  const { branch } = await scene.run().reset!(old, specOf(name, { dataPolicy: 'copy' }))
  expect(scene.emptied).toEqual([])
  expect(branch).toMatchObject({ claim: { claim: { dataPolicy: 'copy' } } })
})
