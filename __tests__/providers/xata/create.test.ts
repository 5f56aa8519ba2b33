import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { ConflictError, ProviderError } from '../../../src/errors.js'
import { describeClaim } from '../../../src/providers/xata/claim-text.js'
import { specOf } from '../../fixtures/postgres.js'
import { testClock } from '../../fixtures/clock.js'
import { failureOf, quickScene, type Scene } from './stage.js'

const post = 'POST /organizations/{organization}/projects/{project}/branches'
const branchPath = '/organizations/{organization}/projects/{project}/branches/{branch}'

let scene: Scene
let number = 100
beforeAll(async () => {
  scene = await quickScene()
})
afterAll(() => scene.close())
let name: string
beforeEach(() => {
  number += 1
  name = `pr-${number}`
  scene.requests()
  scene.emptied.length = 0
})

const posts = () => scene.requests().filter((request) => request === 'POST branches').length

describe('requests', () => {
  it('creates without data and knows the URL in four requests beside the wait, when the parent was listed before', async () => {
    const provider = scene.run()
    expect(await provider.find(name)).toBeUndefined()
    expect(await provider.leftovers!(name)).toEqual([])
    const { branch } = await provider.create(specOf(name))
    await provider.connection(branch)
    expect(scene.requests()).toEqual([
      'GET branches',
      'POST branches',
      'GET branch',
      'GET branch',
      'GET branch',
      'GET branch/credentials',
      'PATCH branch',
    ])
    expect(scene.xata.named(name)?.state).toBe('HEALTHY')
  })

  it('creates a copy without the last change', async () => {
    const provider = scene.run()
    const { branch } = await provider.create(specOf(name, { dataPolicy: 'copy' }))
    expect(scene.emptied).toEqual([])
    expect(branch.unfinished).toBeUndefined()
    await provider.connection(branch)
    expect(scene.requests()).toEqual([
      'GET branches',
      'POST branches',
      'GET branch',
      'GET branch',
      'GET branch',
      'GET branch/credentials',
    ])
  })

  it('reuses or connects in three', async () => {
    await scene.provider.create(specOf(name))
    scene.requests()
    const provider = scene.run()
    await provider.connection((await provider.find(name))!)
    expect(scene.requests()).toEqual(['GET branches', 'GET branch', 'GET branch/credentials'])
  })
})

describe('a branch without data', () => {
  it('says that it is unfinished until it was emptied', async () => {
    const spec = specOf(name)
    const { branch, notes } = await scene.provider.create(spec)
    expect(scene.emptied).toEqual([
      expect.objectContaining({ branch: name, description: describeClaim(spec.claim, { finished: false }) }),
    ])
    expect(notes).toEqual(['Emptied.'])
    expect(scene.xata.named(name)?.description).toBe(describeClaim(spec.claim, { finished: true }))
    expect(branch.unfinished).toBeUndefined()
  })

  it('stays unfinished, found and listed as such, when its run dies before that', async () => {
    const database = { empty: () => Promise.reject(new Error('killed')) } as never
    const spec = specOf(name)
    await expect(scene.run({ database }).create(spec)).rejects.toThrow('killed')
    const found = await scene.provider.find(name)
    expect(found).toMatchObject({ unfinished: true, claim: { kind: 'claim', claim: { build: spec.claim.build } } })
    expect((await scene.provider.list()).items).toContainEqual(found)
    // The next run deletes it and makes it anew.
    expect(await scene.provider.delete(found!)).toBe('deleted')
    expect((await scene.provider.create(specOf(name))).branch.unfinished).toBeUndefined()
  })
})

describe('an answer that was lost', () => {
  const lost = [
    ['reset', { kind: 'lost' }],
    ['500', { kind: 'lost', answer: 500 }],
    ['502', { kind: 'lost', answer: 502 }],
    ['cut', { kind: 'cut' }],
    ['truncated', { kind: 'truncated' }],
    ['empty', { kind: 'empty' }],
    ['a list', { kind: 'wrong-type' }],
    ['a page', { kind: 'rewrite', change: () => ({ ok: true }) }],
  ] as const

  it.each(lost)('to the creation (%s): the branch is looked up and gone on with', async (_how, fault) => {
    const made: string[] = []
    const struck = scene.xata.fault({ operation: post, ...fault })
    const { branch } = await scene.run().create(specOf(name, { onMade: (id) => made.push(id) }))
    expect(struck.hits).toBe(1)
    expect(made).toEqual([branch.id])
    expect(branch.unfinished).toBeUndefined()
    expect(posts()).toBe(1)
  })

  it.each(lost)('to the last change (%s): it is asked again', async (_how, fault) => {
    const struck = scene.xata.fault({ operation: `PATCH ${branchPath}`, ...fault })
    const { branch } = await scene.run().create(specOf(name))
    expect(struck.hits).toBe(1)
    expect(branch.unfinished).toBeUndefined()
    expect(await scene.provider.find(name)).toEqual(branch)
  })

  it('without a branch afterwards fails and is not sent again', async () => {
    scene.xata.fault({ operation: post, kind: 'reset' })
    const { message } = await failureOf(scene.run().create(specOf(name)))
    expect(message).toMatch(new RegExp(`^Creating "${name}" from "main" failed: Xata gave no answer \\(POST 127`))
    expect(posts()).toBe(1)
    expect(await scene.provider.find(name)).toBeUndefined()
  })

  it('with somebody else’s branch of that name afterwards is a conflict', async () => {
    const off = scene.xata.before(post, () => void scene.xata.add({ name, parentId: 'b1' }))
    scene.xata.fault({ operation: post, kind: 'reset' })
    scene.xata.fault({ operation: post, kind: 'lost', answer: 500 })
    await expect(scene.run().create(specOf(name))).rejects.toThrow(ConflictError)
    off()
    expect(posts()).toBe(1)
  })

  it('after which the platform says that the name is taken, by this very build, is gone on with', async () => {
    // The first attempt counts, but is answered by 503, so it is sent again.
    const spec = specOf(name)
    const off = scene.xata.before(post, () => {
      off()
      const description = describeClaim(spec.claim, { finished: false })
      scene.xata.add({ name, description, parentId: scene.xata.named('main')!.id })
    })
    const { branch } = await scene.run().create(spec)
    expect(branch).toMatchObject({ name, claim: { claim: { build: spec.claim.build } } })
    expect(posts()).toBe(1)
  })
})

describe('waiting', () => {
  it('is told in the log, and given up after ten minutes', async () => {
    const lines: string[] = []
    const clock = testClock()
    const off = scene.xata.before(`GET ${branchPath}`, () => {
      Object.assign(scene.xata.named(name)!, { state: 'TRANSIENT', looksUntilHealthy: 9 })
    })
    const provider = scene.run({ clock, info: (line) => void lines.push(line) })
    const { message } = await failureOf(provider.create(specOf(name)))
    off()
    expect(message).toBe(
      `Branch "${name}" was not ready after 600 s: its state is transient. Look at it on the platform and run the job again.`,
    )
    expect(lines[0]).toBe(`Branch "${name}" is not ready yet: its state is transient.`)
    expect(new Set(clock.waits.slice(3, -1))).toEqual(new Set([2000]))
  })

  it('wakes a branch that sleeps, once', async () => {
    const { branch } = await scene.provider.create(specOf(name))
    scene.xata.named(name)!.state = 'HIBERNATED'
    scene.requests()
    const provider = scene.run()
    await provider.connection((await provider.find(name))!)
    expect(scene.requests().filter((request) => request === 'PATCH branch')).toHaveLength(1)
    expect(scene.ports.lines).toContain(`Waking "${name}", which sleeps.`)
    expect(await provider.find(name)).toEqual(branch)
  })

  it('ends with a branch that is faulty or goes', async () => {
    const before = (change: () => void) => {
      const off = scene.xata.before(`GET ${branchPath}`, () => {
        off()
        change()
      })
    }
    before(() => void (scene.xata.named(name)!.state = 'FAULT'))
    const faulty = await failureOf(scene.run().create(specOf(name)))
    expect(faulty).toBeInstanceOf(ProviderError)
    expect(faulty.message).toBe(
      `Waiting for "${name}" failed: Xata says that it is faulty. Look at it on Xata and run the job again.`,
    )
    before(() => void scene.xata.branches.delete(scene.xata.named('pr-gone')!.id))
    const gone = await failureOf(scene.run().create(specOf('pr-gone')))
    expect(gone.message).toBe('Waiting for "pr-gone" failed: it went meanwhile. Run the job again.')
  })

  it('waits for a connection string that is null at first', async () => {
    const nulls = scene.xata.fault({
      operation: `GET ${branchPath}`,
      nth: 3,
      times: 2,
      kind: 'rewrite',
      change: (body) => ({ ...(body as object), connectionString: null }),
    })
    const { branch } = await scene.run().create(specOf(name))
    expect(nulls.hits).toBe(2)
    expect(branch.name).toBe(name)
    expect(scene.emptied).toHaveLength(1)
  })

  it('wakes a parent that sleeps, and waits while it is not healthy', async () => {
    const main = scene.xata.named('main')!
    main.state = 'HIBERNATED'
    const lines: string[] = []
    await scene.run({ info: (line) => void lines.push(line) }).create(specOf(name))
    expect(lines.slice(0, 2)).toEqual([
      'Waking "main", which sleeps.',
      'Parent "main" is not ready yet: it is not healthy, and Xata copies nothing else.',
    ])
    expect(main.state).toBe('HEALTHY')
  })

  it('obeys Retry-After while the platform makes no branches', async () => {
    const clock = testClock()
    scene.xata.settings.refuses = 'switched off'
    const sleep = async (ms: number) => {
      await clock.sleep(ms)
      scene.xata.settings.refuses = undefined
    }
    await scene.run({ clock: { ...clock, sleep } }).create(specOf(name))
    expect(clock.waits[0]).toBe(30_000)
  })

  it.each(['concurrent', 'forbidden'] as const)('repeats a change that is refused for the moment (%s)', async (as) => {
    const off = scene.xata.before(`GET ${branchPath}/credentials`, () => {
      scene.xata.named(name)!.busy = { times: 3, as }
    })
    const { branch } = await scene.run().create(specOf(name))
    off()
    expect(branch.unfinished).toBeUndefined()
    expect(scene.requests().filter((request) => request === 'PATCH branch')).toHaveLength(4)
  })
})
