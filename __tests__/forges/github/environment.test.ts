import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { type FaultKind, type GitHub, startGitHub, type TokenRequest } from '../../../sim/github/index.js'
import { CancelledError, ForgeError } from '../../../src/errors.js'
import type { StoredValue } from '../../../sim/github/environment.js'
import type { Connection, LastingSink, UrlMark } from '../../../src/ports.js'
import { Secret } from '../../../src/secret.js'
import { accessTo, endOf, type ForgeAccess } from '../../fixtures/forge.js'

const writer: TokenRequest = {
  name: 'environment app',
  kind: 'app',
  permissions: { administration: 'write', environments: 'write' },
}
const url = 'postgresql://pr-7:p%40ss~ä@db.example.com:5432/pr-7?sslmode=require'

function connectionOf(text: string): Connection {
  const rest = {
    host: 'db.example.com',
    port: 5432,
    database: 'pr-7',
    username: 'pr-7',
    password: new Secret('p@ss~ä'),
  }
  return { url: new Secret(text), ...rest }
}

let github: GitHub
let access: ForgeAccess
let environment: string
let count = 0

/** Operations since the test began, in order. */
let asked: () => string[]

beforeAll(async () => {
  delete process.env['GITHUB_API_URL']
  github = await startGitHub({ private: true })
})

beforeEach(async () => {
  access = await accessTo(github, writer)
  environment = `preview/pr-${(count += 1)}`
  const before = github.journal.length
  asked = () => github.journal.slice(before).map((entry) => entry.operationId?.split('/')[1] ?? '')
})

afterAll(() => endOf(github))

function sinkOf({ sink }: ForgeAccess = access, secret = 'DATABASE_URL'): LastingSink {
  return sink({ environment, secret })
}

async function weakSink(change: Partial<TokenRequest>): Promise<LastingSink> {
  return sinkOf(await accessTo(github, { ...writer, name: 'weak', ...change }))
}

describe('publishing', () => {
  it('creates a missing environment and stores the URL in it', async () => {
    await sinkOf().publish(connectionOf(url))
    expect(github.environmentSecrets(environment)).toEqual({ DATABASE_URL: url })
    expect(asked()).toEqual([
      'get-environment-public-key',
      'create-or-update-environment',
      'create-environment-variable',
      'get-environment-public-key',
      'create-or-update-environment-secret',
    ])
  })

  it('again replaces the URL', async () => {
    await sinkOf().publish(connectionOf('postgresql://old'))
    await sinkOf().publish(connectionOf(url))
    expect(github.environmentSecrets(environment)).toEqual({ DATABASE_URL: url })
  })

  it('stores the URL through the pooler beside it, where there is one', async () => {
    await sinkOf().publish({ ...connectionOf(url), pooledUrl: new Secret('postgresql://pooled') })
    expect(github.environmentSecrets(environment)).toEqual({
      DATABASE_URL: url,
      DATABASE_URL_POOLED: 'postgresql://pooled',
    })
    expect(await sinkOf().withdraw()).toBe('removed')
    expect(github.environments.has(environment)).toBe(false)
  })

  it('leaves the rules and other secrets of an environment that exists alone', async () => {
    const existing = github.ensureEnvironment(environment)
    existing.protectionRules.push({ id: 1, type: 'wait_timer', waitTimer: 30 })
    await sinkOf(access, 'OTHER_URL').publish(connectionOf('postgresql://other'))
    await sinkOf().publish(connectionOf(url))
    expect(existing.protectionRules).toEqual([{ id: 1, type: 'wait_timer', waitTimer: 30 }])
    expect(github.environmentSecrets(environment)).toEqual({ OTHER_URL: 'postgresql://other', DATABASE_URL: url })
    expect(asked()).not.toContain('create-or-update-environment')
  })

  it('of a URL of any characters gives it back whole', async () => {
    const odd = `postgresql://u:${'🌱é"\\\n'.repeat(200)}@h/d`
    await sinkOf().publish(connectionOf(odd))
    expect(github.environmentSecrets(environment)).toEqual({ DATABASE_URL: odd })
  })

  describe('with a mark, by which it is known what a secret holds', () => {
    const mark: UrlMark = (each, place) => `mark of ${each.length} at ${place}`
    const marked = () => access.sink({ environment, secret: 'DATABASE_URL', mark })
    const pooled = { ...connectionOf(url), pooledUrl: new Secret('postgresql://pooled') }
    const secretWrites = () => asked().filter((operation) => operation === 'create-or-update-environment-secret').length

    it('writes the same URL once', async () => {
      await marked().publish(pooled)
      await marked().publish(pooled)
      expect(secretWrites()).toBe(2)
      expect(asked().slice(-4)).toEqual([
        'get-environment-variable',
        'get-environment-secret',
        'get-environment-variable',
        'get-environment-secret',
      ])
    })

    it('writes what has changed, and only that', async () => {
      await marked().publish(pooled)
      await marked().publish({ ...pooled, pooledUrl: new Secret('postgresql://pooled-anew') })
      expect(secretWrites()).toBe(3)
      expect(github.environmentSecrets(environment)).toEqual({
        DATABASE_URL: url,
        DATABASE_URL_POOLED: 'postgresql://pooled-anew',
      })
    })

    it.each<[string, (secrets: Map<string, StoredValue>) => void]>([
      ['removed', (secrets) => secrets.clear()],
      [
        'changed by hand',
        (secrets) => {
          const held = secrets.get('DATABASE_URL')!
          secrets.set('DATABASE_URL', { ...held, value: 'by hand', updatedAt: new Date(Date.now() + 5_000) })
        },
      ],
    ])('writes a secret anew that was %s', async (_name, change) => {
      await marked().publish(connectionOf(url))
      change(github.environments.get(environment)!.secrets)
      await marked().publish(connectionOf(url))
      expect(github.environmentSecrets(environment)).toEqual({ DATABASE_URL: url })
    })

    it('writes both anew after a run that died between the secret and its mark', async () => {
      const lost = github.fault({
        operation: 'actions/create-environment-variable',
        kind: 'status',
        status: 403,
        nth: 2,
      })
      await expect(marked().publish(connectionOf(url))).rejects.toBeInstanceOf(ForgeError)
      lost.remove()
      await marked().publish(connectionOf(url))
      expect(secretWrites()).toBe(2)
    })
  })

  const advice =
    /Give "environment_token" the repository permissions "Administration: write" and "Environments: write".*; on GitHub Free, private repositories have no environment secrets\.$/

  it.each<[string, Partial<TokenRequest>, boolean, RegExp]>([
    [
      'environments',
      { permissions: { administration: 'write' } },
      true,
      /403 Resource not accessible by integration.*\(GitHub accepts: environments=read\)/,
    ],
    [
      'environments: write',
      { permissions: { administration: 'write', environments: 'read' } },
      true,
      /403 .*\(GitHub accepts: environments=write\)/,
    ],
    [
      'administration',
      { permissions: { environments: 'write' } },
      false,
      /403 .*\(GitHub accepts: administration=write\)/,
    ],
    [
      'administration, as a person',
      { kind: 'fine-grained', permissions: { environments: 'write' } },
      false,
      /403 Resource not accessible by personal access token/,
    ],
    ['the repository', { reachesRepository: false }, false, /404 Not Found/],
  ])('without %s fails with one sentence that says what to do', async (_name, change, exists, why) => {
    if (exists) github.ensureEnvironment(environment)
    const failed = await (await weakSink(change)).publish(connectionOf(url)).catch((error: unknown) => error as Error)
    expect(failed).toBeInstanceOf(ForgeError)
    const { message } = failed as Error
    expect(message).toMatch(new RegExp(`^Writing secret DATABASE_URL of environment ${environment} failed: `))
    expect(message).toMatch(why)
    expect(message).toMatch(advice)
    expect(github.environmentSecrets(environment)).toEqual({})
  })

  it('needs no administration for an environment that exists', async () => {
    github.ensureEnvironment(environment)
    await (await weakSink({ permissions: { environments: 'write' } })).publish(connectionOf(url))
    expect(github.environmentSecrets(environment)).toEqual({ DATABASE_URL: url })
  })

  it.each<[string, string, FaultKind, RegExp]>([
    [
      'a key that is HTML',
      'actions/get-environment-public-key',
      { kind: 'html', status: 200 },
      /GitHub sent no public key/,
    ],
    ['an empty key answer', 'actions/get-environment-public-key', { kind: 'empty' }, /GitHub sent no public key/],
    [
      'a key that is no key',
      'actions/get-environment-public-key',
      { kind: 'wrong-type', value: { key_id: '1', key: 'AAAA' } },
      /a public key has 32 bytes/,
    ],
    [
      'a lasting 500 on the secret',
      'actions/create-or-update-environment-secret',
      { kind: 'status', status: 500 },
      /: 500 .*\. Run the job again\.$/,
    ],
    [
      'a lasting reset on the environment',
      'repos/create-or-update-environment',
      { kind: 'reset' },
      /\. Run the job again\.$/,
    ],
    ['a 422 on the secret', 'actions/create-or-update-environment-secret', { kind: 'status', status: 422 }, /: 422 /],
    [
      'a redirect of the secret',
      'actions/create-or-update-environment-secret',
      { kind: 'redirect', status: 307, location: 'http://127.0.0.1:9/' },
      /redirects to 127\.0\.0\.1:9, and a credential is never sent on/,
    ],
  ])('fails after %s, and says nothing of the URL', async (_name, operation, fault, why) => {
    const scheduled = github.fault({ operation, times: 9, ...fault })
    const failed = await sinkOf()
      .publish(connectionOf(url))
      .catch((error: unknown) => error as Error)
    scheduled.remove()
    expect(scheduled.hits).toBeGreaterThan(0)
    expect(failed).toBeInstanceOf(ForgeError)
    expect((failed as Error).message).toMatch(why)
    expect((failed as Error).message).not.toMatch(/p%40ss|p@ss/)
    expect(github.environmentSecrets(environment)).toEqual({})
  })

  it.each(['repos/create-or-update-environment', 'actions/create-or-update-environment-secret'])(
    'outlives an answer to %s that was lost',
    async (operation) => {
      const scheduled = github.fault({ operation, kind: 'lost' })
      await sinkOf().publish(connectionOf(url))
      expect(scheduled.hits).toBe(1)
      expect(github.environmentSecrets(environment)).toEqual({ DATABASE_URL: url })
    },
  )

  it('ends at once with a cancelled run', async () => {
    const scheduled = github.fault({ operation: 'actions/get-environment-public-key', times: 9, kind: 'hang' })
    setTimeout(() => access.abort.abort(), 50)
    await expect(sinkOf().publish(connectionOf(url))).rejects.toBeInstanceOf(CancelledError)
    scheduled.remove()
  })
})

describe('withdrawing', () => {
  it('removes the secret, then the environment', async () => {
    await sinkOf().publish(connectionOf(url))
    expect(await sinkOf().withdraw()).toBe('removed')
    expect(github.environments.has(environment)).toBe(false)
    expect(asked().slice(-2)).toEqual(['delete-environment-secret', 'delete-an-environment'])
  })

  it('removes an environment that has lost its secret', async () => {
    github.ensureEnvironment(environment)
    expect(await sinkOf().withdraw()).toBe('removed')
    expect(github.environments.has(environment)).toBe(false)
  })

  it('of what is not there is absent, because the repository can be read', async () => {
    expect(await sinkOf().withdraw()).toBe('absent')
    expect(asked()).toEqual(['delete-environment-secret', 'delete-an-environment', 'get'])
  })

  it('outlives an answer that was lost', async () => {
    await sinkOf().publish(connectionOf(url))
    github.fault({ operation: 'actions/delete-environment-secret', kind: 'lost' })
    github.fault({ operation: 'repos/delete-an-environment', kind: 'lost' })
    expect(['removed', 'absent']).toContain(await sinkOf().withdraw())
    expect(github.environments.has(environment)).toBe(false)
  })

  it.each<[string, Partial<TokenRequest>, RegExp]>([
    ['environments', { permissions: { administration: 'write' } }, /403 .*\(GitHub accepts: environments=write\)/],
    ['administration', { permissions: { environments: 'write' } }, /403 .*\(GitHub accepts: administration=write\)/],
    ['the repository', { reachesRepository: false }, /404 Not Found/],
  ])('without %s is told, never taken for absence', async (_name, change, why) => {
    await sinkOf().publish(connectionOf(url))
    const failed = await (await weakSink(change)).withdraw().catch((error: unknown) => error as Error)
    expect(failed).toBeInstanceOf(ForgeError)
    const { message } = failed as Error
    expect(message).toMatch(new RegExp(`^Removing secret DATABASE_URL of environment ${environment} failed: `))
    expect(message).toMatch(why)
    expect(message).toContain('Give "environment_token" the repository permissions')
    expect(github.environments.has(environment)).toBe(true)
  })
})

it('all the while, the journal of GitHub holds no URL, and every call came with the token meant for it', () => {
  expect(new Set(github.journal.map((entry) => entry.token))).toEqual(new Set(['environment app', 'weak']))
  expect(JSON.stringify(github.journal)).not.toMatch(/ss~|sslmode/)
})
