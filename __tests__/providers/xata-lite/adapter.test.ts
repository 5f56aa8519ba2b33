import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { encodeClaim } from '../../../src/domain/claim.js'
import { ConflictError, ProviderError } from '../../../src/errors.js'
import { Secret } from '../../../src/secret.js'
import { sqlHost } from '../../../src/providers/xata-lite/connection.js'
import { claimOf } from '../../fixtures/claim.js'
import { testClock } from '../../fixtures/clock.js'
import { accountOf } from '../../fixtures/platform.js'
import { specOf } from '../../fixtures/postgres.js'
import { failureOf, quickScene, type Scene } from './stage.js'

const put = 'PUT /db/{branch}'

let scene: Scene
let number = 100
let name: string
beforeAll(async () => {
  scene = await quickScene()
})
afterAll(() => scene.close())
beforeEach(() => {
  Object.assign(scene.lite.settings, { taken: 409, noParent: 404, creation: 'completed', branches: 100 })
  number += 1
  name = `pr-${number}`
  scene.requests()
})

const puts = () => scene.requests().filter((request) => request === 'PUT branch').length

/** With the address and the request id as words. */
async function sentence(promise: Promise<unknown>): Promise<string> {
  const { message } = await failureOf(promise)
  expect(message).not.toContain('xau_lite')
  return message.replaceAll(/127\.0\.0\.1:\d+/g, 'HOST').replaceAll(/req-\d+/g, 'ID')
}

describe('requests', () => {
  it('creates in four, the URL included', async () => {
    const provider = scene.run()
    expect(await provider.find(name)).toBeUndefined()
    const made: string[] = []
    const { branch, notes } = await provider.create(specOf(name, { onMade: (id) => made.push(id) }))
    await provider.connection(branch)
    expect(scene.requests()).toEqual(['GET branches', 'PUT branch', 'GET branch', 'PUT branch/metadata'])
    expect(made).toEqual([branch.id])
    expect(notes).toEqual(['Copied.'])
  })

  it('reuses or connects in two, and deletes in two', async () => {
    await scene.provider.create(specOf(name))
    scene.requests()
    const provider = scene.run()
    const branch = (await provider.find(name))!
    await provider.connection(branch)
    expect(scene.requests()).toEqual(['GET branches', 'GET branch'])
    expect(await provider.delete(branch)).toBe('deleted')
    expect(scene.requests()).toEqual(['GET branch', 'DELETE branch'])
  })

  it('lists 100 branches in 101, six at a time', async () => {
    const quick = await quickScene()
    for (let one = 1; one < 100; one++) {
      const labels = [encodeClaim(claimOf({ pullRequest: one, branch: `pr-${one}` }))]
      quick.lite.add({ name: `pr-${one}`, metadata: { labels } })
    }
    let open = 0
    let most = 0
    const counting = async (url: string, init?: RequestInit) => {
      most = Math.max(most, (open += 1))
      return fetch(url, init).finally(() => (open -= 1))
    }
    const { items, complete } = await quick.run({ fetch: counting }).list()
    expect({ complete, count: items.length, most }).toEqual({ complete: true, count: 100, most: 6 })
    expect(items.filter(({ claim }) => claim.kind === 'claim')).toHaveLength(99)
    expect(quick.requests()).toHaveLength(101)
    await quick.close()
  })
})

describe('a creation', () => {
  it.each([400, 409, 422, 423, 'accepted'] as const)('of a name that is taken (%s) is a conflict', async (taken) => {
    scene.lite.settings.taken = taken
    const provider = scene.run()
    expect(await provider.find(name)).toBeUndefined()
    const { branch } = await scene.run().create(specOf(name))
    await expect(provider.create(specOf(name))).rejects.toThrow(ConflictError)
    expect(await scene.provider.find(name)).toEqual(branch)
  })

  it('sees that a name is taken without writing', async () => {
    scene.lite.add({ name })
    await expect(scene.run().create(specOf(name))).rejects.toThrow(ConflictError)
    expect(puts()).toBe(0)
  })

  it.each([
    { kind: 'lost' },
    { kind: 'lost', answer: 500 },
    { kind: 'cut' },
    { kind: 'truncated' },
    { kind: 'empty' },
    { kind: 'wrong-type' },
  ] as const)('whose answer was lost (%j) goes on with its own branch', async (fault) => {
    const struck = scene.lite.fault({ operation: put, ...fault })
    const { branch } = await scene.run().create(specOf(name))
    expect(struck.hits).toBe(1)
    expect(await scene.provider.find(name)).toEqual(branch)
    expect(branch.unfinished).toBeUndefined()
  })

  it('is unfinished until the migration ledgers are there', async () => {
    const seen: unknown[] = []
    const copyLedgers = async () => {
      seen.push(await scene.provider.find(name))
      throw new Error('killed')
    }
    const spec = specOf(name)
    await expect(scene.run({ database: { copyLedgers } as never }).create(spec)).rejects.toThrow('killed')
    expect(seen).toEqual([expect.objectContaining({ unfinished: true, claim: { kind: 'claim', claim: spec.claim } })])
    const found = await scene.provider.find(name)
    expect(found).toEqual(seen[0])
    expect((await scene.provider.list()).items).toContainEqual(found)
    await scene.provider.delete(found!)
    expect((await scene.run().create(specOf(name))).branch.unfinished).toBeUndefined()
  })

  it('that is pending is waited for, at most five minutes', async () => {
    scene.lite.settings.creation = 'pending'
    const { branch } = await scene.run().create(specOf(name))
    expect(branch.name).toBe(name)
    const off = scene.lite.before('GET /db/{branch}', () => {
      const branch = scene.lite.branches.get('pr-never')
      if (branch) branch.looksUntilThere = 9
    })
    const { message } = await failureOf(scene.run({ clock: testClock() }).create(specOf('pr-never')))
    off()
    scene.lite.branches.delete('pr-never')
    expect(message).toBe(
      'Branch "pr-never" was not ready after 300 s: it is being made. Look at it on the platform and run the job again.',
    )
  })

  it('that failed on the platform fails, and what is left is found by its claim', async () => {
    scene.lite.settings.creation = 'failed'
    const spec = specOf(name)
    const { message } = await failureOf(scene.run().create(spec))
    expect(message).toBe(
      `Creating "${name}" from "main" failed: Xata Lite says so and gives no reason. Look at it on Xata and run the job again.`,
    )
    const found = await scene.provider.find(name)
    expect(found).toMatchObject({ unfinished: true, claim: { claim: { build: spec.claim.build } } })
  })
})

describe('a listing', () => {
  it('tells claims, and what else a branch carries', async () => {
    const label = encodeClaim(claimOf({ branch: name }))
    scene.lite.add({ name, metadata: { labels: ['epic-100', label], stage: 'testing' } })
    scene.lite.add({ name: 'theirs', metadata: { repository: 'github.com/acme/shop' } })
    scene.lite.add({ name: 'twice', metadata: { labels: [label, label] } })
    scene.lite.add({ name: 'newer', metadata: { labels: ['db-branch-action/2 {}'] } })
    scene.lite.add({ name: 'moving', state: 'moving' })
    const { items } = await scene.run().list()
    expect(Object.fromEntries(items.map((one) => [one.name, one]))).toMatchObject({
      main: { claim: { kind: 'none' } },
      [name]: { claim: { kind: 'claim', claim: claimOf({ branch: name }) } },
      theirs: { claim: { kind: 'none' } },
      twice: { claim: { kind: 'unreadable', why: 'it carries several claims' } },
      newer: { claim: { kind: 'unreadable', why: 'claim version 2 is not known' } },
      moving: { claim: { kind: 'none' }, protection: 'it is being moved to another cluster' },
    })
  })

  it('leaves out what went since', async () => {
    scene.lite.add({ name })
    const off = scene.lite.before('GET /db/{branch}', ({ params }) => {
      if (params['branch'] === `shop:${name}`) scene.lite.branches.delete(name)
    })
    expect((await scene.run().list()).items.map((one) => one.name)).not.toContain(name)
    off()
  })

  it.each([
    { kind: 'html', status: 200 },
    { kind: 'html', status: 502 },
    { kind: 'truncated' },
    { kind: 'empty' },
    { kind: 'wrong-type' },
    { kind: 'wrong-type', value: { branches: [{}] } },
    { kind: 'cut' },
    { kind: 'status', status: 404 },
    { kind: 'redirect', status: 307, location: 'https://elsewhere.example/' },
  ] as const)('that is broken (%j) is an error, never empty and never "absent"', async (fault) => {
    for (const operation of ['GET /dbs/{database}', 'GET /db/{branch}']) {
      const scheduled = scene.lite.fault({ operation, times: 99, ...fault })
      await expect(scene.run().list()).rejects.toThrow()
      await expect(scene.run().find('main')).rejects.toThrow()
      scheduled.remove()
    }
  })
})

describe('a deletion', () => {
  it('waits while the branch is locked, and gives up after two minutes', async () => {
    const { branch } = await scene.run().create(specOf(name))
    scene.lite.branches.get(name)!.locked = 3
    expect(await scene.run().delete(branch)).toBe('deleted')
    const { branch: again } = await scene.run().create(specOf(name))
    scene.lite.branches.get(name)!.locked = 999
    expect(await sentence(scene.run({ clock: testClock() }).delete(again))).toBe(
      `Branch "${name}" was not ready after 120 s: Xata Lite has locked it. Look at it on the platform and run the job again.`,
    )
  })

  it('whose answer was lost finds the branch absent', async () => {
    const { branch } = await scene.run().create(specOf(name))
    const struck = scene.lite.fault({ operation: 'DELETE /db/{branch}', kind: 'lost' })
    expect(await scene.run().delete(branch)).toBe('absent')
    expect(struck.hits).toBe(1)
    expect(await scene.provider.find(name)).toBeUndefined()
  })

  it('in a database that is not there is no success, and without a name is never sent', async () => {
    const { branch } = await scene.run().create(specOf(name))
    await expect(scene.run({}, { database: 'other' }).delete(branch)).rejects.toThrow(/has no database "other"/)
    scene.requests()
    await expect(scene.run().delete({ ...branch, name: '' })).rejects.toThrow(/was not sent/)
    expect(scene.requests()).toEqual([])
  })
})

describe('one useful sentence', () => {
  it('wrong key, wrong database', async () => {
    expect(await sentence(scene.run({}, { apiKey: new Secret('xau_wrong') }).find('pr-1'))).toBe(
      'Listing branches failed: Xata Lite does not know the key (GET HOST/dbs/shop → 401, request ID). Check "api_key".',
    )
    expect(await sentence(scene.run({}, { database: 'other' }).find('pr-1'))).toBe(
      'Listing branches failed: workspace "acme-s3qk1p" has no database "other" ' +
        '(GET HOST/dbs/other → 404, request ID). Check "organization", "region" and "database".',
    )
  })

  it('quota reached, after a lock has been waited for', async () => {
    scene.lite.settings.branches = 1
    const clock = testClock()
    expect(await sentence(scene.run({ clock }).create(specOf(name)))).toBe(
      `Creating "${name}" from "main" failed: database "shop" is locked, or has as many branches as it may have ` +
        `(PUT HOST/db/shop:${name} → 423, request ID). ` +
        'Delete branches, for example with mode "cleanup", or run the job again later.',
    )
    expect(clock.waits).toEqual([1000, 4000, 9000])
  })

  it.each([400, 404] as const)('parent missing (%s)', async (noParent) => {
    scene.lite.settings.noParent = noParent
    const creating = scene.run().create(specOf(name, { parent: 'nowhere' }))
    expect(await sentence(creating)).toBe(
      `Creating "${name}" from "nowhere" failed: there is no such branch in database "shop". Check "parent_branch".`,
    )
  })

  it('platform down, refusing, or the rate limit', async () => {
    expect(await sentence(scene.run({}, { apiUrl: 'http://127.0.0.1:9' }).list())).toMatch(
      /^Listing branches failed: Xata Lite gave no answer \(GET HOST\/dbs\/shop: .+\)\. Check "api_url" and that the runner can reach it, and run the job again\.$/,
    )
    for (const [status, why] of [
      [502, 'Xata Lite is out of order'],
      [429, 'the rate limit of Xata Lite is used up'],
    ] as const) {
      scene.lite.fault({ operation: '*', times: 4, kind: 'status', status })
      expect(await sentence(scene.run().list())).toBe(
        `Listing branches failed: ${why} (GET HOST/dbs/shop → ${status}, request ID). Run the job again later.`,
      )
    }
  })
})

describe('the URL', () => {
  it('is built from the key, said so, and masked', async () => {
    const { branch } = await scene.run().create(specOf(name))
    scene.ports.lines.length = 0
    const connection = await scene.run().connection(branch)
    expect(connection.url.reveal()).toBe(
      `postgresql://s3qk1p:xau_lite_0123456789@us-east-1.sql.xata.sh/shop:${name}?sslmode=require`,
    )
    expect(connection).toMatchObject({ host: 'us-east-1.sql.xata.sh', port: 5432, database: `shop:${name}` })
    expect(scene.ports.lines).toEqual([
      `Warning: the URL of "${name}" holds the API key of the Xata account, because Xata Lite knows no other password: ` +
        'whoever has the URL can do with the account what the key can do.',
    ])
    expect(scene.ports.masked).toEqual(expect.arrayContaining(['xau_lite_0123456789', connection.url.reveal()]))
    expect(JSON.stringify(connection)).not.toContain('xau_lite')
    expect(connection.pooledUrl).toBeUndefined()
  })

  it.each([
    ['https://acme-s3qk1p.eu-west-1.xata.sh', 'eu-west-1.sql.xata.sh'],
    ['https://acme-s3qk1p.eu-west-1.staging-xata.dev', 'eu-west-1.sql.staging-xata.dev'],
    ['https://xata-proxy.acme.example', 'eu-west-1.sql.xata.sh'],
  ])('of an API at %s leads to %s', (apiUrl, host) => {
    expect(sqlHost(accountOf({ apiUrl, organization: 'acme-s3qk1p', region: 'eu-west-1' }))).toBe(host)
  })
})

it('throws what the platform answers to a change of labels that is lost for good', async () => {
  scene.lite.fault({ operation: 'PUT /db/{branch}/metadata', times: 9, kind: 'status', status: 500 })
  await expect(scene.run().create(specOf(name))).rejects.toThrow(ProviderError)
  expect(await scene.provider.find(name)).toMatchObject({ unfinished: true })
})
