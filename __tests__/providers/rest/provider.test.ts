import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Articles, startArticles } from '../../../sim/platforms/articles.js'
import { type Databases, startDatabases } from '../../../sim/platforms/databases.js'
import type { Simulator } from '../../../sim/platforms/simulator.js'
import { encodeClaim } from '../../../src/domain/claim.js'
import { ConflictError, ProviderError, RefusedError } from '../../../src/errors.js'
import type { Connection, PlatformAccount, PlatformPorts, Provider } from '../../../src/ports.js'
import { createRestProvider } from '../../../src/providers/rest.js'
import { Secret } from '../../../src/secret.js'
import { accountOf, customers, portsOf, type TestPorts } from '../../fixtures/platform.js'
import { foundIn, maskedSpec, originalsOf, shopMasking } from '../../fixtures/masking.js'
import { ask, specOf } from '../../fixtures/postgres.js'
import { type Cloud, cloudDescription, startCloud } from './cloud.js'

const masking = (text: string) => text.replace('empty: sql', 'empty: sql\n  mask: sql')
const articlesText = readFileSync(join(import.meta.dirname, '../../../docs/rest/articles.yml'), 'utf8')

let databases: Databases
let articles: Articles
let cloud: Cloud

beforeAll(async () => {
  databases = await startDatabases({ shop: { customers: 5, orders: 5 } })
  articles = await startArticles(databases, { quota: 30 })
  cloud = await startCloud(databases)
})
afterAll(async () => {
  await Promise.all([articles.close(), cloud.close()])
  await databases.stop()
  const violations = [...articles.violations, ...cloud.violations]
  if (violations.length > 0) throw new Error(violations.join('\n'))
})

interface Run {
  readonly provider: Provider
  readonly ports: TestPorts
  /** The requests since then, as `GET /db/{database}`. */
  readonly asked: () => string[]
}

interface Change {
  readonly text?: (text: string) => string
  readonly account?: Partial<PlatformAccount>
  readonly ports?: Partial<PlatformPorts>
}

function run(simulator: Simulator, text: string, account: Partial<PlatformAccount>, change: Change): Run {
  const ports = portsOf(change.ports)
  const provider = createRestProvider(
    accountOf({ apiUrl: simulator.url, ...account, ...change.account }),
    change.text?.(text) ?? text,
    ports,
  )
  let from = simulator.journal.length
  const asked = () => {
    const operations = simulator.journal.slice(from).map(({ operation }) => operation ?? 'nothing')
    from = simulator.journal.length
    return operations
  }
  return { provider, ports, asked }
}

const onArticles = (change: Change = {}) =>
  run(articles, articlesText, { apiKey: new Secret(articles.key), database: articles.database }, change)
const onCloud = (change: Change = {}) =>
  run(cloud, cloudDescription, { apiKey: new Secret(cloud.key), project: 'shop', role: 'owner' }, change)

const messageOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'nothing',
    (error: Error) => `${error.name}: ${error.message}`,
  )
const hostOf = ({ url }: Simulator) => new URL(url).host
const list = 'GET /db/{database}'
const branches = 'GET /projects/{project}/branches'

describe('requests', () => {
  it('on the API of the articles', async () => {
    const first = onArticles()
    expect(await first.provider.find('pr-1')).toBeUndefined()
    const { branch } = await first.provider.create(specOf('pr-1'))
    await first.provider.connection(branch)
    expect(first.asked()).toEqual([list, 'POST /db/{database}:{branch}', list])

    const next = onArticles()
    await next.provider.connection((await next.provider.find('pr-1'))!)
    expect(next.asked()).toEqual([list, 'GET /db/{database}:{branch}'])
    await next.provider.list()
    expect(next.asked()).toEqual([list])
    expect(await next.provider.delete(branch)).toBe('deleted')
    expect(next.asked()).toEqual([list, 'DELETE /db/{database}:{branch}'])
  })

  it('on a platform where everything takes time', async () => {
    const first = onCloud()
    const { branch } = await first.provider.create(specOf('pr-1', { dataPolicy: 'copy' }))
    await first.provider.connection(branch)
    const create = first.asked()
    expect(create.filter((one) => !one.endsWith('/state'))).toEqual([
      branches,
      'POST /projects/{project}/branches',
      'GET /branches/{id}/uri',
      'GET /branches/{id}/uri',
    ])
    const next = onCloud()
    await next.provider.connection((await next.provider.find('pr-1'))!)
    expect(next.asked()).toEqual([branches, 'GET /branches/{id}/state', 'GET /branches/{id}/uri'])
    expect(await next.provider.delete(branch)).toBe('deleted')
    expect(next.asked()[0]).toBe('DELETE /branches/{id}')
  })

  it('send the key in its header and nowhere else, and what the description says', async () => {
    const { provider, ports } = onCloud()
    const from = cloud.journal.length
    const spec = specOf('pr-2', { dataPolicy: 'copy' })
    await provider.create(spec)
    const [, post] = cloud.journal.slice(from)
    expect(post).toMatchObject({
      headers: { 'x-api-key': `Key ${cloud.key}` },
      query: { wait: 'false' },
      body: {
        name: 'pr-2',
        labels: [{ key: 'db-branch-action', value: encodeClaim(spec.claim) }],
        annotations: { of: 'pull request 7', repository: 42, policy: 'copy', from: 'main' },
        size: 1,
        public: false,
        note: null,
      },
    })
    const rest = JSON.stringify(cloud.journal.slice(from).map(({ path, query, body }) => [path, query, body]))
    expect(rest).not.toContain(cloud.key)
    expect(ports.masked).toContain(`Key ${cloud.key}`)
    await provider.delete((await provider.find('pr-2'))!)
  })
})

describe('a creation', () => {
  it('never takes a URL out of a conflict', async () => {
    const { provider, ports } = onArticles()
    await provider.create(specOf('pr-10'))
    const other = onArticles()
    expect(await messageOf(other.provider.create(specOf('pr-10')))).toBe('ConflictError: "pr-10" exists already')
    expect(JSON.stringify([ports.masked, other.ports.masked])).not.toContain('/main')
  })

  it.each(['reset', 500] as const)(
    'whose answer is lost (%s) goes on with its own build and sends no second one',
    async (answer) => {
      cloud.fault({ operation: 'POST /projects/{project}/branches', kind: 'lost', answer })
      const { provider, asked } = onCloud()
      const spec = specOf(`pr-lost-${answer}`, { dataPolicy: 'copy' })
      const { branch } = await provider.create(spec)
      expect(branch).toMatchObject({ name: spec.name, claim: { claim: { build: spec.claim.build } } })
      expect(asked().filter((one) => one.startsWith('POST'))).toHaveLength(1)
      await provider.delete(branch)
    },
  )

  it("whose answer is lost on a platform without claims is a conflict: it could be anybody's", async () => {
    articles.fault({ operation: 'POST /db/{database}:{branch}', kind: 'lost' })
    const { provider, asked } = onArticles()
    await expect(provider.create(specOf('pr-11'))).rejects.toThrow(ConflictError)
    expect(asked()).toEqual(['POST /db/{database}:{branch}', list])
  })

  it.each(['truncated', 'html', 'reset'] as const)(
    'that may not have happened (%s) and did not is told',
    async (kind) => {
      const operation = 'POST /db/{database}:{branch}'
      if (kind === 'html') articles.fault({ operation, kind, status: 200 })
      else if (kind === 'reset') articles.fault({ operation, kind })
      else articles.fault({ operation, kind })
      const { provider } = onArticles()
      const outcome = await messageOf(provider.create(specOf(`pr-${kind}`)))
      // What was truncated has happened, and nobody can tell by whom.
      expect(outcome).toMatch(
        kind === 'truncated'
          ? /^ConflictError/
          : /^LostAnswerError: Creating "pr-(html|reset)" from "main" failed: Articles/,
      )
    },
  )

  it('that the platform gives up is told with its state', async () => {
    cloud.next.fails = true
    const { provider } = onCloud()
    const made: string[] = []
    const spec = { ...specOf('pr-12'), onMade: (id: string) => void made.push(id) }
    expect(await messageOf(provider.create(spec))).toBe(
      'ProviderError: Branch "pr-12" failed on Cloud: its state is "failed". Look at it on the platform, delete it there and run the job again.',
    )
    const branch = (await provider.find('pr-12'))!
    expect(made).toEqual([branch.id])
    expect(branch.unfinished).toBe(true)
    await provider.delete(branch)
  })

  it('that is never ready is given up after "timeout", with progress in the log', async () => {
    const fault = cloud.fault({
      operation: 'GET /branches/{id}/state',
      kind: 'wrong-type',
      value: { state: 'creating' },
      times: 1000,
    })
    let now = 0
    const clock = { now: () => new Date(), elapsed: () => now, sleep: async (ms: number) => void (now += ms) }
    const { provider, ports } = onCloud({ ports: { clock } })
    expect(await messageOf(provider.create(specOf('pr-13')))).toBe(
      'ProviderError: Branch "pr-13" was not ready after 60 s: its state is "creating". Look at it on the platform and run the job again.',
    )
    fault.remove()
    expect(ports.lines).toContain('Branch "pr-13" is not ready yet after 16 s: its state is "creating".')
    await onCloud().provider.delete((await provider.find('pr-13'))!)
  })

  it('whose claim the platform cuts off is told', async () => {
    const cut = (body: unknown) =>
      JSON.parse(JSON.stringify(body).replace(/db-branch-action\/1 [^}]*\}/, 'db-branch')) as unknown
    const fault = cloud.fault({ operation: 'POST /projects/{project}/branches', kind: 'rewrite', change: cut })
    const { provider } = onCloud()
    expect(await messageOf(provider.create(specOf('pr-14')))).toBe(
      'ProviderError: Claiming "pr-14" failed: what "branch.claim" reads on Cloud is not what {claim} wrote. Use a field that keeps 500 characters, and delete the branch on the platform.',
    )
    fault.remove()
    await provider.delete((await provider.find('pr-14'))!)
  })

  it('with an answer that the description does not name is told', async () => {
    const { provider } = onArticles({ text: (text) => text.replace('created: [201]', 'created: [202]') })
    expect(await messageOf(provider.create(specOf('pr-15')))).toBe(
      `ProviderError: Creating "pr-15" from "main" failed: nobody knows what the answer means (POST ${hostOf(articles)}/db/app:pr-15 → 201, request req-${articles.journal.length}). Add its status to "create.created" in "rest_config".`,
    )
  })
})

describe('a branch that we mask', () => {
  it('is finished only then, and its database tells by what', async () => {
    const spec = maskedSpec('pr-25')
    const states: unknown[] = []
    const { provider } = onCloud({ text: masking })
    const watched = onCloud({
      text: masking,
      ports: {
        database: {
          ...portsOf().database,
          maskInPlace: async (to, order) => {
            states.push((await provider.find('pr-25'))?.unfinished)
            return portsOf().database.maskInPlace(to, order)
          },
        },
      },
    })
    const { branch, notes } = await watched.provider.create(spec)
    expect(states).toEqual([true])
    expect(notes.join('\n')).toContain(spec.claim.masked?.key)
    expect(await provider.find('pr-25')).toEqual(branch)
    expect(branch.claim).toEqual({ kind: 'claim', claim: spec.claim })
    const connection = await provider.connection(branch)
    expect(await customers(connection)).toBe(5)
    const originals = await originalsOf(databases)
    expect(await foundIn((text) => ask<Record<string, string>>(connection, text), originals)).toEqual([])
    await provider.delete(branch)
  })

  it('and that cannot be masked stays half-built, whoever looks', async () => {
    const { provider } = onCloud({ text: masking })
    await expect(provider.create(maskedSpec('pr-26', {}, shopMasking(['orders'])))).rejects.toThrow('orders.note')
    const left = (await provider.find('pr-26'))!
    expect(left).toMatchObject({ unfinished: true, claim: { kind: 'claim' } })
    expect(await provider.delete(left)).toBe('deleted')
  })

  it('by rules that nobody gave is not made', async () => {
    const { provider, asked } = onCloud({ text: masking })
    await expect(provider.create(specOf('pr-27', { dataPolicy: 'masked' }))).rejects.toThrow(/no rule says how/)
    expect(asked().filter((one) => !one.startsWith('GET'))).toEqual([])
  })
})

describe('a branch that we empty', () => {
  it('is unfinished until it is empty, whoever looks', async () => {
    const { provider } = onCloud()
    const failing = onCloud({
      ports: { database: { ...portsOf().database, empty: () => Promise.reject(new Error('killed')) } },
    })
    const spec = specOf('pr-20')
    await expect(failing.provider.create(spec)).rejects.toThrow('killed')
    const left = (await provider.find('pr-20'))!
    expect(left).toMatchObject({ unfinished: true, claim: { kind: 'claim', claim: { build: spec.claim.build } } })
    expect(await provider.delete(left)).toBe('deleted')
  })

  it('is unfinished without a claim on the platform, too', async () => {
    const emptied = { text: (text: string) => text.replace('data: schema_only', 'data: copy\n  empty: sql') }
    const failing = onArticles({
      ...emptied,
      ports: { database: { ...portsOf().database, empty: () => Promise.reject(new Error('killed')) } },
    })
    await expect(failing.provider.create(specOf('pr-21'))).rejects.toThrow('killed')
    const { provider } = onArticles(emptied)
    const left = (await provider.find('pr-21'))!
    expect(left).toMatchObject({ unfinished: true, claim: { kind: 'name' }, createdAt: expect.any(String) })
    expect(await provider.delete(left)).toBe('deleted')
    const { branch } = await provider.create(specOf('pr-21', { dataPolicy: 'copy' }))
    expect(await provider.find('pr-21')).toEqual(branch)
    expect(branch).toMatchObject({ claim: { kind: 'claim', claim: { dataPolicy: 'copy' } } })
  })

  it("is not emptied when its URL is the parent's", async () => {
    const { provider } = onCloud()
    const parent = await provider.connection((await provider.find('main'))!)
    const uri = parent.url.reveal()
    const fault = cloud.fault({
      operation: 'GET /branches/{id}/uri',
      kind: 'rewrite',
      change: () => ({ uri }),
      times: 100,
    })
    const error = await provider.create(specOf('pr-22')).catch((thrown: unknown) => thrown)
    fault.remove()
    expect(error).toBeInstanceOf(RefusedError)
    expect(String(error)).toBe(
      'RefusedError: Working on the rows of "pr-22" refused: its URL is that of its parent "main". Check "connection" and "create.url" in "rest_config". Nothing was changed.',
    )
    expect(await customers(parent)).toBe(5)
    await provider.delete((await provider.find('pr-22'))!)
  })

  it('gets the migration ledgers where the platform gives it none', async () => {
    const ledgers: Connection[] = []
    const database = {
      ...portsOf().database,
      copyLedgers: async (from: Connection, to: Connection) => {
        ledgers.push(from, to)
        return ['Copied the ledger.']
      },
    }
    const { provider } = onArticles({
      text: (text) => text.replace('data: schema_only', 'data: schema_only\n  ledgers: sql'),
      ports: { database },
    })
    const spec = specOf('pr-23')
    const made = await provider.create(spec)
    expect(made).toMatchObject({ notes: ['Copied the ledger.'], branch: { claim: { kind: 'claim' } } })
    expect(ledgers.map((one) => one.database)).toEqual(['main', 'pr-23'])
    expect(await provider.find('pr-23')).toEqual(made.branch)
  })
})

describe('a deletion', () => {
  it('waits as long as the platform is busy, and as it says', async () => {
    const { provider, asked } = onCloud()
    const { branch } = await provider.create(specOf('pr-30', { dataPolicy: 'copy' }))
    asked()
    cloud.next.busy = 5
    expect(await provider.delete(branch)).toBe('deleted')
    expect(asked().filter((one) => one.startsWith('DELETE'))).toHaveLength(6)
    expect(await provider.find('pr-30')).toBeUndefined()
  })

  it.each(['reset', 500] as const)(
    'whose answer is lost (%s) is sent again, and absent is all right',
    async (answer) => {
      const { provider } = onArticles()
      const { branch } = await provider.create(specOf(`pr-31-${answer}`))
      articles.fault({ operation: 'DELETE /db/{database}:{branch}', kind: 'lost', answer })
      expect(await provider.delete(branch)).toBe('absent')
      expect(articles.branches.has(branch.name)).toBe(false)
    },
  )

  it('that the platform refuses is told', async () => {
    const { provider } = onCloud()
    const main = (await provider.find('main'))!
    expect(main.protection).toBe('it is the default branch')
    expect(await messageOf(provider.delete(main))).toBe(
      `ApiError: Deleting "main" failed: Cloud refused (DELETE ${hostOf(cloud)}/v1/branches/1007 → 409 PROTECTED, request c-${cloud.journal.length}). Check the inputs of the step.`,
    )
  })

  it('of a branch with children is forbidden by its protection', async () => {
    const { provider } = onCloud()
    const { branch } = await provider.create(specOf('pr-32', { dataPolicy: 'copy' }))
    const child = (await provider.create(specOf('pr-33', { dataPolicy: 'copy', parent: 'pr-32' }))).branch
    expect(await provider.find('pr-32')).toMatchObject({ protection: 'other branches were made from it' })
    await provider.delete(child)
    await provider.delete(branch)
  })
})

describe('a rebuild', () => {
  it('whose answer is lost is seen by its claim', async () => {
    const { provider, asked } = onCloud()
    const { branch } = await provider.create(specOf('pr-40', { dataPolicy: 'copy' }))
    cloud.fault({ operation: 'POST /branches/{id}/restore', kind: 'lost' })
    asked()
    const spec = specOf('pr-40', { dataPolicy: 'copy' })
    const { branch: rebuilt } = await provider.reset!(branch, spec)
    expect(rebuilt).toMatchObject({ id: branch.id, claim: { claim: { build: spec.claim.build } } })
    expect(asked().filter((one) => one.includes('restore'))).toHaveLength(1)
    await provider.delete(rebuilt)
  })

  it.each(['schema_only', 'masked'] as const)(
    'that would show rows under the URL of before is refused under %s',
    async (dataPolicy) => {
      const { provider, asked } = onCloud({ text: masking })
      const { branch } = await provider.create(specOf('pr-41'))
      asked()
      const spec = dataPolicy === 'masked' ? maskedSpec('pr-41') : specOf('pr-41')
      expect(await messageOf(provider.reset!(branch, spec))).toBe(
        `RefusedError: Rebuilding "pr-41" from "main" refused: the platform would bring the parent's rows back under the URL that was handed out, before they could be removed or masked. Close and reopen the pull request, or use on_synchronize "reuse". Nothing was changed.`,
      )
      expect(asked().filter((one) => !one.startsWith('GET'))).toEqual([])
      await provider.delete(branch)
    },
  )
})

describe('sentences', () => {
  const request = (simulator: Simulator, prefix: string) => `request ${prefix}-${simulator.journal.length}`

  it('wrong key', async () => {
    const { provider } = onArticles({ account: { apiKey: new Secret('xau_wrong') } })
    expect(await messageOf(provider.list())).toBe(
      `ApiError: Listing branches failed: Articles does not know the key (GET ${hostOf(articles)}/db/app → 401, ${request(articles, 'req')}). Check "api_key".`,
    )
  })

  it('wrong project', async () => {
    const { provider } = onCloud({ account: { project: 'shoes' } })
    const wrong = `Cloud does not find it (GET ${hostOf(cloud)}/v1/projects/shoes/branches → 404 NO_PROJECT`
    const advice = 'Check "organization", "project" and "database", as far as they are set.'
    expect(await messageOf(provider.find('pr-1'))).toBe(
      `ApiError: Looking for "pr-1" failed: ${wrong}, ${request(cloud, 'c')}). ${advice}`,
    )
  })

  it('parent missing', async () => {
    expect(await messageOf(onArticles().provider.create(specOf('pr-50', { parent: 'nowhere' })))).toBe(
      `ProviderError: Creating "pr-50" from "nowhere" failed: there is no such branch on Articles (POST ${hostOf(articles)}/db/app:pr-50 → 404, request req-${articles.journal.length - 1}). Check "parent_branch".`,
    )
    expect(await messageOf(onCloud().provider.create(specOf('pr-50', { parent: 'nowhere' })))).toBe(
      'ProviderError: Creating "pr-50" from "nowhere" failed: there is no such branch on Cloud. Check "parent_branch".',
    )
  })

  it('quota reached', async () => {
    cloud.next.quota = 1
    const outcome = await messageOf(onCloud().provider.create(specOf('pr-51')))
    cloud.next.quota = 100
    expect(outcome).toBe(
      `ApiError: Creating "pr-51" from "main" failed: the quota of branches on Cloud is used up (POST ${hostOf(cloud)}/v1/projects/shop/branches → 422 LIMIT, ${request(cloud, 'c')}). Delete branches there, or run this action with mode "cleanup".`,
    )
  })

  it('platform down', async () => {
    const { provider } = onArticles({ account: { apiUrl: 'http://127.0.0.1:9' } })
    expect(await messageOf(provider.find('pr-1'))).toMatch(
      /^LostAnswerError: Listing branches failed: Articles .*127\.0\.0\.1:9\/db\/app.*\. Check "api_url"/,
    )
  })

  it('the URL is told once only', async () => {
    const once = { text: (text: string) => text.replace(/^connection:\n( .*\n)+/m, '') }
    const first = onArticles(once)
    const { branch } = await first.provider.create(specOf('pr-52'))
    expect(await customers(await first.provider.connection(branch))).toBe(0)
    const { provider } = onArticles(once)
    expect(await messageOf(provider.connection((await provider.find('pr-52'))!))).toBe(
      'ProviderError: Reading the URL of "pr-52" failed: Articles tells it only to the run that makes the branch. Describe "connection" in "rest_config", or close and reopen the pull request.',
    )
  })

  it('a pointer that leads to something else than a URL', async () => {
    const { provider } = onArticles({ text: (text) => text.replaceAll('/databaseURL', '/databaseName') })
    expect(await messageOf(provider.create(specOf('pr-53')))).toBe(
      'ProviderError: Creating "pr-53" from "main" failed: the pointer "/databaseName" leads to no connection URL of the engine "postgresql". Check "connection", "create.url" and "engine" in "rest_config".',
    )
  })
})

describe('an answer of another form is an error, never an empty list or "absent"', () => {
  it.each([
    [{ kind: 'html', status: 200 }],
    [{ kind: 'truncated' }],
    [{ kind: 'empty' }],
    [{ kind: 'wrong-type' }],
    [{ kind: 'wrong-type', value: { branches: null } }],
    [{ kind: 'wrong-type', value: { branches: {} } }],
    [{ kind: 'wrong-type', value: { branches: [{ name: 7 }] } }],
    [{ kind: 'wrong-type', value: { branches: [null] } }],
    [{ kind: 'status', status: 404 }],
    [{ kind: 'status', status: 403 }],
    [{ kind: 'cut' }],
  ] as const)('%j', async (fault) => {
    for (const act of ['list', 'find', 'delete'] as const) {
      const scheduled = articles.fault({ operation: list, times: 10, ...fault })
      const { provider } = onArticles()
      const branch = { id: 'pr-1@x', name: 'pr-1', claim: { kind: 'name' } } as const
      const doing = act === 'list' ? provider.list() : act === 'find' ? provider.find('pr-1') : provider.delete(branch)
      await expect(doing).rejects.toThrow(ProviderError)
      expect(scheduled.hits).toBeGreaterThan(0)
      scheduled.remove()
    }
  })
})

it('masks what lets somebody in the moment it is read, and says it nowhere', async () => {
  const { provider, ports } = onCloud()
  const { branch } = await provider.create(specOf('pr-60', { dataPolicy: 'copy' }))
  const connection = await provider.connection(branch)
  const { url, pooledUrl, password } = connection
  expect(pooledUrl?.reveal()).toBe(`${url.reveal()}?pgbouncer=true`)
  const secrets = [url.reveal(), pooledUrl?.reveal() ?? '', password.reveal()]
  expect(ports.masked).toEqual(expect.arrayContaining(secrets))
  for (const secret of [...secrets, cloud.key]) expect(ports.lines.join('\n')).not.toContain(secret)
  expect(connection).toMatchObject({ database: 'pr-60', port: databases.port, host: databases.host })
  await provider.delete(branch)
})
