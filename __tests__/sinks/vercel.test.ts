import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { startVercel, type Vercel } from '../../sim/platforms/vercel.js'
import { ProviderError } from '../../src/errors.js'
import type { Connection } from '../../src/ports.js'
import { Secret } from '../../src/secret.js'
import { urlMark } from '../../src/sinks/url-mark.js'
import { vercelSink, type VercelTarget } from '../../src/sinks/vercel.js'
import { testClock } from '../fixtures/clock.js'

const url = 'postgresql://pr-7:p%40ss@db.example.com:5432/pr-7'
const mark = urlMark(new Secret('k'.repeat(32)))

function connectionOf(text: string, pooled?: string): Connection {
  const rest = { host: 'h', port: 5432, database: 'd', username: 'u', password: new Secret('p@ss') }
  return { url: new Secret(text), ...(pooled !== undefined && { pooledUrl: new Secret(pooled) }), ...rest }
}

let vercel: Vercel
let since = 0
const asked = () => vercel.journal.slice(since).map(({ method }) => method)

beforeAll(async () => {
  vercel = await startVercel()
})
beforeEach(() => {
  vercel.variables.length = 0
  since = vercel.journal.length
})
afterAll(() => vercel.close())

function sinkOf(change: Partial<VercelTarget> = {}, at: { token?: string; team?: string; project?: string } = {}) {
  const target = {
    variable: 'DATABASE_URL',
    repository: 42,
    pullRequest: 7,
    branch: 'pr-7',
    gitBranch: 'feature',
    mark,
    ...change,
  }
  const { token = vercel.token, team = vercel.team, project = vercel.project } = at
  const ports = {
    fetch: (to: string, init?: RequestInit) => fetch(to, init),
    clock: testClock(),
    signal: new AbortController().signal,
  }
  return vercelSink({ token: new Secret(token), project, team, apiUrl: vercel.url }, target, ports)
}

const held = () => Object.fromEntries(vercel.variables.map(({ key, value }) => [key, value]))

describe('publishing', () => {
  it('sets a sensitive preview variable of the git branch, signed in its comment', async () => {
    await sinkOf().publish(connectionOf(url))
    expect(vercel.variables).toMatchObject([
      {
        key: 'DATABASE_URL',
        value: url,
        type: 'sensitive',
        target: ['preview'],
        gitBranch: 'feature',
        comment: expect.stringMatching(
          /^db-branch-action\/1 repository 42 pull request 7 branch pr-7 as DATABASE_URL url [0-9a-f]{32}$/,
        ),
      },
    ])
    expect(asked()).toEqual(['GET', 'POST'])
    expect(JSON.stringify(vercel.variables[0]?.comment)).not.toMatch(/p%40ss|example/)
  })

  it('of the same URL again asks once and writes nothing', async () => {
    await sinkOf().publish(connectionOf(url, 'postgresql://pooled'))
    since = vercel.journal.length
    await sinkOf().publish(connectionOf(url, 'postgresql://pooled'))
    expect(asked()).toEqual(['GET'])
  })

  it('of another URL renews it in place', async () => {
    await sinkOf().publish(connectionOf(url))
    const [{ id } = { id: '' }] = vercel.variables
    await sinkOf().publish(connectionOf('postgresql://new'))
    expect(vercel.variables).toMatchObject([{ id, value: 'postgresql://new' }])
  })

  it('without a mark writes each time, because nobody can read what is there', async () => {
    await sinkOf({ mark: undefined }).publish(connectionOf(url))
    await sinkOf({ mark: undefined }).publish(connectionOf(url))
    expect(asked()).toEqual(['GET', 'POST', 'GET', 'PATCH'])
  })

  it('in a sweep, which knows no git branch, renews what is there and makes nothing', async () => {
    await sinkOf({ gitBranch: undefined }).publish(connectionOf(url))
    expect(vercel.variables).toEqual([])
    await sinkOf().publish(connectionOf(url))
    await sinkOf({ gitBranch: undefined }).publish(connectionOf('postgresql://new'))
    expect(held()).toEqual({ DATABASE_URL: 'postgresql://new' })
  })

  it('takes away what was for another git branch, or for a pooler that is gone', async () => {
    await sinkOf().publish(connectionOf(url, 'postgresql://pooled'))
    await sinkOf({ gitBranch: 'renamed' }).publish(connectionOf(url))
    expect(vercel.variables).toMatchObject([{ key: 'DATABASE_URL', gitBranch: 'renamed' }])
  })

  it("never overwrites somebody else's variable", async () => {
    vercel.add({ key: 'DATABASE_URL', value: 'theirs', gitBranch: 'feature', comment: 'set by Jane' })
    await expect(sinkOf().publish(connectionOf(url))).rejects.toThrow(
      /^Writing Vercel variable "DATABASE_URL" failed: the project has a variable "DATABASE_URL" for previews of "feature" that this action did not make .*choose another "secret_name"\.$/,
    )
    expect(held()).toEqual({ DATABASE_URL: 'theirs' })
  })

  it('finds what a lost answer hid', async () => {
    vercel.fault({ operation: 'POST /v10/projects/{idOrName}/env', kind: 'lost' })
    await sinkOf().publish(connectionOf(url))
    expect(held()).toEqual({ DATABASE_URL: url })
  })

  it.each<[string, { token?: string; team?: string; project?: string }, RegExp]>([
    [
      'token',
      { token: 'vercel-wrong-token' },
      /does not let this token at the project .* 403 forbidden.*Check "vercel_token"/,
    ],
    ['team', { team: 'team_other' }, /Vercel does not find the project .*Check "vercel_project" and "vercel_team"/],
  ])('with a wrong %s fails with one sentence', async (_name, at, says) => {
    const failed = await sinkOf({}, at)
      .publish(connectionOf(url))
      .catch((error: unknown) => error as Error)
    expect(failed).toBeInstanceOf(ProviderError)
    expect((failed as Error).message).toMatch(says)
    expect((failed as Error).message).not.toMatch(/p%40ss|wrong-token/)
  })

  it.each<[string, Parameters<Vercel['fault']>[0]]>([
    [
      'half a list',
      {
        operation: 'GET /v10/projects/{idOrName}/env',
        kind: 'wrong-type',
        value: { envs: [], pagination: { count: 0, next: 5, prev: null } },
      },
    ],
    ['a list that is none', { operation: 'GET /v10/projects/{idOrName}/env', kind: 'wrong-type', value: { envs: {} } }],
  ])('on %s changes nothing', async (_name, fault) => {
    vercel.fault(fault)
    await expect(sinkOf().publish(connectionOf(url))).rejects.toBeInstanceOf(ProviderError)
    expect(asked()).toEqual(['GET'])
  })
})

describe('withdrawing', () => {
  it('removes all that is of this branch and nothing else, whatever the run knows', async () => {
    vercel.add({ key: 'DATABASE_URL', value: 'theirs', comment: 'db-branch-action/1 repository 42 pull request 7' })
    vercel.add({ key: 'API_KEY', value: 'theirs', gitBranch: 'feature' })
    await sinkOf({ repository: 43, gitBranch: 'a' }).publish(connectionOf('other repository'))
    await sinkOf({ pullRequest: 77, branch: 'pr-77', gitBranch: 'b' }).publish(connectionOf('other pull request'))
    await sinkOf({ branch: 'pr-7-orders', gitBranch: 'c' }).publish(connectionOf('other branch'))
    const others = vercel.variables.length
    await sinkOf().publish(connectionOf(url, 'postgresql://pooled'))
    expect(vercel.variables.length).toBe(others + 2)
    expect(await sinkOf({ gitBranch: undefined, mark: undefined }).withdraw()).toBe('removed')
    expect(vercel.variables.length).toBe(others)
    expect(Object.values(held())).not.toContain(url)
  })

  it('of nothing is absent', async () => {
    expect(await sinkOf().withdraw()).toBe('absent')
  })
})

it('all the while, Vercel had nothing to object to', () => {
  expect(vercel.violations).toEqual([])
})
