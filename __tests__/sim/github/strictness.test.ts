import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { startGitHub, type GitHub } from '../../../sim/github/index.js'
import { REQUIRED_GRANTS } from '../../../sim/github/permissions.js'
import { routes } from '../../../sim/github/routes/index.js'
import { corrected } from '../../../sim/github/specification.js'
import { ALL, failureOf, here, octokitFor, raw } from './client.js'

const DESCRIPTION = join(import.meta.dirname, '../../../sim/github/openapi.json')

interface Described {
  paths: Record<string, Record<string, { operationId: string }>>
}

let github: GitHub

beforeEach(async () => {
  github = await startGitHub()
})

afterEach(async () => {
  await github.close()
})

function rules(): string[] {
  return github.violations.map(({ rule }) => rule)
}

describe('the description', () => {
  it('stays under 1 MB', () => {
    expect(statSync(DESCRIPTION).size).toBeLessThan(1_000_000)
  })

  it('knows every route, and every route has its permission', () => {
    const { paths } = JSON.parse(readFileSync(DESCRIPTION, 'utf8')) as Described
    const described = Object.values(paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId))
    expect(described).toEqual(expect.arrayContaining(Object.keys(routes)))
    expect(Object.keys(REQUIRED_GRANTS).sort()).toEqual(Object.keys(routes).sort())
  })

  it('lets a nullable reference be null, which ajv would refuse to compile', () => {
    const schemas = { open: { properties: { nullable: { type: 'boolean' }, user: { nullable: true, allOf: [] } } } }
    const { components } = corrected({ paths: {}, components: { schemas } }) as {
      components: { schemas: typeof schemas }
    }
    expect(components.schemas.open.properties).toEqual({
      nullable: { type: 'boolean' },
      user: { anyOf: [{ allOf: [] }, { type: 'null' }] },
    })
  })
})

describe('a violation is', () => {
  it.each([
    ['an unknown route', '/repos/acme/shop/branches', {}, 404, 'unknown-route'],
    ['an unknown method of a known route', '/repos/acme/shop/pulls', { method: 'DELETE' }, 404, 'unknown-route'],
    [
      'a slash in an environment name that is not escaped',
      '/repos/acme/shop/environments/pr/7',
      {},
      404,
      'unknown-route',
    ],
    ['another repository', '/repos/acme/other/pulls', {}, 404, 'unknown-repository'],
    ['a route nobody needs', '/repos/acme/shop/environments/x/deployment-branch-policies', {}, 501, 'not-simulated'],
    ['a bad enum', '/repos/acme/shop/pulls?state=opened', {}, 422, 'invalid-request'],
    ['an unknown query parameter', '/repos/acme/shop/pulls?perpage=5', {}, 422, 'invalid-request'],
    ['a number that is none', '/repos/acme/shop/pulls/seven', {}, 422, 'invalid-request'],
    [
      'a body where none belongs',
      '/repos/acme/shop/environments/x',
      { method: 'DELETE', body: '{"force":true}' },
      422,
      'invalid-request',
    ],
    [
      'a body that is not JSON',
      '/repos/acme/shop/issues/7/comments',
      { method: 'POST', body: '{"body":' },
      400,
      'invalid-request',
    ],
    ['a missing body', '/repos/acme/shop/issues/7/comments', { method: 'POST' }, 422, 'invalid-request'],
    [
      'a body of the wrong shape',
      '/repos/acme/shop/issues/7/comments',
      { method: 'POST', body: '"hello"' },
      422,
      'invalid-request',
    ],
    ['an empty user agent', '/repos/acme/shop', { headers: { 'user-agent': '' } }, 403, 'user-agent'],
    [
      'an API version that does not exist',
      '/repos/acme/shop',
      { headers: { 'x-github-api-version': '2020-01-01' } },
      400,
      'api-version',
    ],
    ['no token', '/repos/acme/shop', { token: null }, 401, 'credentials'],
    ['an unknown token', '/repos/acme/shop', { token: 'ghs_nobody' }, 401, 'credentials'],
  ])('%s', async (...[, path, init, status, rule]) => {
    github.openPullRequest({ number: 7 })
    const answer = await raw(github, path, init)
    expect(answer.status).toBe(status)
    expect(rules()).toEqual([rule])
  })

  it('an extra key in a body, also in a nested one', async () => {
    github.openPullRequest({ number: 7 })
    const body = JSON.stringify({ body: 'hello', sticky: true })
    expect((await raw(github, '/repos/acme/shop/issues/7/comments', { method: 'POST', body })).status).toBe(422)
    const policy = { protected_branches: true, custom_branch_policies: false, zzz: 1 }
    const nested = JSON.stringify({ deployment_branch_policy: policy })
    expect((await raw(github, '/repos/acme/shop/environments/x', { method: 'PUT', body: nested })).status).toBe(422)
    expect(github.violations.map(({ detail }) => detail)).toEqual([
      expect.stringContaining('(sticky)') as unknown,
      expect.stringContaining('(zzz)') as unknown,
    ])
    expect(github.comments.size + github.environments.size).toBe(0)
  })

  it('any call for repository secrets or variables', async () => {
    const octokit = octokitFor(github)
    await failureOf(octokit.actions.listRepoSecrets(here(github)))
    await failureOf(octokit.actions.getRepoPublicKey(here(github)))
    await failureOf(octokit.actions.deleteRepoSecret({ ...here(github), secret_name: 'X' }))
    await failureOf(octokit.actions.listRepoVariables(here(github)))
    expect(rules()).toEqual(['repository-secret', 'repository-secret', 'repository-secret', 'repository-secret'])
  })

  it('an answer of our own that breaks the description', async () => {
    Object.assign(github.openPullRequest({ number: 7 }), { title: 7 })
    await octokitFor(github).pulls.get({ ...here(github), pull_number: 7 })
    expect(github.violations).toEqual([
      {
        rule: 'invalid-answer',
        method: 'GET',
        path: '/repos/acme/shop/pulls/7',
        detail: expect.stringContaining('/title') as unknown,
      },
    ])
  })

  it('a hook that throws, so that a failed expectation in it is not lost', async () => {
    github.on('repos/get', 'before', () => {
      throw new Error('expected otherwise')
    })
    expect((await raw(github, '/repos/acme/shop')).status).toBe(500)
    expect(github.violations).toMatchObject([{ rule: 'broken', detail: 'Error: expected otherwise' }])
  })

  it('not a well-formed question about something that is not there', async () => {
    expect((await failureOf(octokitFor(github).pulls.get({ ...here(github), pull_number: 404 }))).status).toBe(404)
    expect(github.violations).toEqual([])
  })
})

describe('the journal', () => {
  it('tells who asked what and how it went, without the token', async () => {
    github.openPullRequest({ number: 7 })
    const token = github.token(ALL)
    const headers = { 'user-agent': 'db-branch-action', 'x-github-api-version': '2022-11-28' }
    await raw(github, '/repos/acme/shop/pulls?state=open', { token, headers })
    await raw(github, '/repos/acme/shop/issues/7/comments', {
      token,
      headers,
      method: 'POST',
      body: '{"body":"hello"}',
    })
    const caller = {
      token: 'everything',
      userAgent: 'db-branch-action',
      apiVersion: '2022-11-28',
      durationMs: expect.any(Number),
    }
    const listed = {
      method: 'GET',
      path: '/repos/acme/shop/pulls',
      query: { state: 'open' },
      operationId: 'pulls/list',
      status: 200,
      body: null,
    }
    const written = { method: 'POST', operationId: 'issues/create-comment', status: 201, body: { body: 'hello' } }
    expect(github.journal).toEqual([{ ...caller, ...listed }, expect.objectContaining({ ...caller, ...written })])
    expect(github.writes()).toEqual([github.journal[1]])
    expect(JSON.stringify([github.journal, github.violations])).not.toContain(token)
  })

  it('counts requests against the limit in headers, and refuses beyond it', async () => {
    const token = github.token({ ...ALL, rateLimit: 2 })
    const first = await raw(github, '/repos/acme/shop', { token })
    await raw(github, '/repos/acme/shop', { token })
    const third = await raw(github, '/repos/acme/shop', { token })
    expect(first.headers.get('x-ratelimit-remaining')).toBe('1')
    expect(third.status).toBe(403)
    expect(third.headers.get('x-ratelimit-remaining')).toBe('0')
    expect(github.journal[2]?.denied).toBe('hourly limit of 2 for core')
    const free = (await (await raw(github, '/rate_limit', { token })).json()) as {
      resources: { core: { used: number } }
    }
    expect(free.resources.core.used).toBe(2)
  })

  it('shows the latency that was asked for', async () => {
    const slow = await startGitHub({ latency: 80 })
    const started = performance.now()
    await raw(slow, '/repos/acme/shop')
    expect(performance.now() - started).toBeGreaterThanOrEqual(79)
    await slow.close()
  })
})
