import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { ProviderError } from '../../../src/errors.js'
import { describeClaim } from '../../../src/providers/xata/claim-text.js'
import { claimOf } from '../../fixtures/claim.js'
import { specOf } from '../../fixtures/postgres.js'
import { failureOf, quickScene, type Scene } from './stage.js'

const branchesPath = '/organizations/{organization}/projects/{project}/branches'
const branchPath = `${branchesPath}/{branch}`

let scene: Scene
let number = 500
beforeAll(async () => {
  scene = await quickScene()
})
afterAll(() => scene.close())
let name: string
beforeEach(() => {
  number += 1
  name = `pr-${number}`
  scene.requests()
})

const onlyRoot = () => {
  for (const { id, name: one } of scene.xata.branches.values()) if (one !== 'main') scene.xata.branches.delete(id)
}
const root = () => scene.xata.named('main')!.id

describe('a listing', () => {
  it('of 100 branches describes each, six at a time', async () => {
    onlyRoot()
    for (let one = 1; one < 100; one++) {
      const description = describeClaim(claimOf({ pullRequest: one, branch: `pr-${one}` }), { finished: true })
      scene.xata.add({ name: `pr-${one}`, parentId: root(), description })
    }
    let open = 0
    let most = 0
    const counting = async (url: string, init?: RequestInit) => {
      most = Math.max(most, (open += 1))
      return fetch(url, init).finally(() => (open -= 1))
    }
    const { items, complete } = await scene.run({ fetch: counting }).list()
    expect(complete).toBe(true)
    expect(items).toHaveLength(100)
    expect(items.filter(({ claim }) => claim.kind === 'claim')).toHaveLength(99)
    expect(scene.requests()).toHaveLength(101)
    expect(most).toBe(6)
    onlyRoot()
  })

  it('that holds the descriptions itself is enough', async () => {
    const { branch } = await scene.provider.create(specOf(name))
    const description = scene.xata.named(name)!.description
    scene.xata.fault({
      operation: `GET ${branchesPath}`,
      kind: 'rewrite',
      change: (body) => {
        const { branches } = body as { branches: object[] }
        return {
          branches: branches.map((one) => ({
            ...one,
            description: 'name' in one && one.name === name ? description : 'x',
          })),
        }
      },
    })
    scene.requests()
    const { items } = await scene.run().list()
    expect(scene.requests()).toEqual(['GET branches'])
    expect(items).toContainEqual(branch)
  })

  it('leaves out a branch that went since, and fails with one that cannot be described', async () => {
    scene.xata.add({ name, parentId: root() })
    const off = scene.xata.before(`GET ${branchPath}`, ({ params }) => {
      const { id = '' } = scene.xata.named(name) ?? {}
      if (params['branch'] === id) scene.xata.branches.delete(id)
    })
    expect((await scene.run().list()).items.map((one) => one.name)).not.toContain(name)
    off()
    const fault = scene.xata.fault({ operation: `GET ${branchPath}`, times: 99, kind: 'status', status: 500 })
    await expect(scene.run().list()).rejects.toThrow(/^Reading "\S+" failed: Xata is out of order/)
    fault.remove()
  })

  it('reads claims and what else a branch tells', async () => {
    onlyRoot()
    const claim = claimOf({ branch: name, pullRequest: 7 })
    const description = describeClaim(claim, { finished: true })
    const made = { parentId: root(), description, createdAt: new Date('2026-11-01T10:00:00.000Z') }
    const parent = scene.xata.add({ ...made, name })
    scene.xata.add({ ...made, name: 'renamed' })
    scene.xata.add({ ...made, name: 'newer', description: 'dbba2 1 2 3' })
    scene.xata.add({ ...made, name: 'theirs', description: 'of Ada' })
    scene.xata.add({ ...made, name: 'child', parentId: parent.id, description: undefined })
    scene.xata.add({ ...made, name: 'orphan', parentId: 'b404', description: undefined })
    const { items } = await scene.run().list()
    const told = Object.fromEntries(items.map((one) => [one.name, one]))
    const createdAt = '2026-11-01T10:00:00.000Z'
    expect(told).toMatchObject({
      main: { claim: { kind: 'none' }, protection: 'it is a root branch of its project' },
      [name]: {
        claim: { kind: 'claim', claim: { ...claim, run: 'unknown', createdAt } },
        protection: '"child" was made from it',
      },
      renamed: { claim: { kind: 'unreadable', why: 'its claim was written for another name' } },
      newer: { claim: { kind: 'unreadable', why: 'its claim has a form that is not known' } },
      theirs: { claim: { kind: 'none' } },
    })
    expect(told['theirs']).not.toHaveProperty('protection')
    onlyRoot()
  })

  it('names a parent that is gone by its id', async () => {
    const description = describeClaim(claimOf({ branch: name }), { finished: true })
    scene.xata.add({ name, description, parentId: 'b404' })
    expect(await scene.run().find(name)).toMatchObject({ claim: { claim: { parent: 'b404, which is gone' } } })
  })

  const broken = [
    { kind: 'html', status: 200 },
    { kind: 'html', status: 502 },
    { kind: 'truncated' },
    { kind: 'empty' },
    { kind: 'wrong-type' },
    { kind: 'wrong-type', value: { branches: {} } },
    { kind: 'wrong-type', value: { branches: [{ name: 'pr-1' }] } },
    { kind: 'wrong-type', value: null },
    { kind: 'cut' },
    { kind: 'status', status: 404 },
    { kind: 'redirect', status: 307, location: 'https://elsewhere.example/' },
  ] as const
  it.each(broken)('that is broken (%j) is an error, never empty and never "absent"', async (fault) => {
    const scheduled = scene.xata.fault({ operation: `GET ${branchesPath}`, times: 99, ...fault })
    await expect(scene.run().list()).rejects.toThrow()
    await expect(scene.run().find(name)).rejects.toThrow()
    scheduled.remove()
    const described = scene.xata.fault({ operation: `GET ${branchPath}`, times: 99, ...fault })
    await expect(scene.run().find('main')).rejects.toThrow()
    described.remove()
  })
})

describe('a deletion', () => {
  it('is one request by id', async () => {
    const { branch } = await scene.provider.create(specOf(name))
    const provider = scene.run()
    scene.requests()
    expect(await provider.delete(branch)).toBe('deleted')
    expect(scene.requests()).toEqual(['DELETE branch'])
    expect(await provider.find(name)).toBeUndefined()
  })

  it('whose answer was lost is repeated, and finds it absent', async () => {
    const { branch } = await scene.provider.create(specOf(name))
    const struck = scene.xata.fault({ operation: `DELETE ${branchPath}`, kind: 'lost' })
    expect(await scene.provider.delete(branch)).toBe('absent')
    expect(struck.hits).toBe(1)
    expect(await scene.provider.find(name)).toBeUndefined()
  })

  it('in a project that is not there, or answered by another server, is no success', async () => {
    const { branch } = await scene.provider.create(specOf(name))
    await expect(scene.run({}, { project: 'prj_2' }).delete(branch)).rejects.toThrow(/has no project "prj_2"/)
    scene.xata.fault({ operation: `DELETE ${branchPath}`, kind: 'status', status: 404 })
    await expect(scene.run().delete(branch)).rejects.toThrow(ProviderError)
    expect(await scene.provider.find(name)).toEqual(branch)
  })

  it('without an id is never sent', async () => {
    const { branch } = await scene.provider.create(specOf(name))
    scene.requests()
    const { message } = await failureOf(scene.provider.delete({ ...branch, id: '' }))
    expect(message).toContain('was not sent')
    expect(scene.requests()).toEqual([])
  })

  it('waits while the platform is not available', async () => {
    const { branch } = await scene.provider.create(specOf(name))
    scene.xata.fault({ operation: `DELETE ${branchPath}`, times: 2, kind: 'status', status: 503, retryAfter: 30 })
    expect(await scene.run().delete(branch)).toBe('deleted')
  })
})
