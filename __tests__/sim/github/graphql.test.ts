import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { startGitHub, type GitHub } from '../../../sim/github/index.js'
import { ALL, closeClean, octokitFor, raw } from './client.js'

let github: GitHub

beforeEach(async () => {
  github = await startGitHub({ now: () => new Date('2026-03-01T12:00:00Z') })
})

interface GraphqlAnswer {
  data?: { repository: Record<string, unknown> | null; rateLimit?: unknown }
  errors?: Array<{ type?: string; message: string; path?: string[] }>
}

async function ask(
  query: string,
  about: { variables?: object; token?: string; path?: string } = {},
): Promise<GraphqlAnswer> {
  const { variables, token = github.token(ALL), path = '/graphql' } = about
  const answer = await raw(github, path, { method: 'POST', token, body: JSON.stringify({ query, variables }) })
  expect(answer.status).toBe(200)
  return (await answer.json()) as GraphqlAnswer
}

function inRepository(fields: string): string {
  return `{ repository(owner: "acme", name: "shop") { ${fields} } }`
}

describe('a good query', () => {
  afterEach(() => closeClean(github))

  it('reads pull requests by alias', async () => {
    github.openPullRequest({ number: 1, head: 'fork', author: 'renovate[bot]', draft: true, labels: ['keep'] })
    github.openPullRequest({ number: 2 })
    github.openPullRequest({ number: 3, head: 'deleted-fork' })
    github.closePullRequest(2, { merged: true })
    github.closePullRequest(3)
    const fields = `fragment f on PullRequest { number state closedAt mergedAt updatedAt isDraft headRefName isCrossRepository
      headRepository { nameWithOwner } author { __typename login } labels(first: 10) { nodes { name } } }`
    const aliases = [1, 2, 3].map((number) => `p${number}: pullRequest(number: ${number}) { ...f }`).join(' ')
    const { data, errors } = await ask(
      `query { rateLimit { cost remaining } ${inRepository(aliases).slice(1, -1)} } ${fields}`,
    )
    expect(errors).toBeUndefined()
    expect(data?.rateLimit).toEqual({ cost: 1, remaining: 4999 })
    const time = '2026-03-01T12:00:00Z'
    expect(data?.repository).toEqual({
      p1: {
        number: 1,
        state: 'OPEN',
        closedAt: null,
        mergedAt: null,
        updatedAt: time,
        isDraft: true,
        headRefName: 'feature-1',
        isCrossRepository: true,
        headRepository: { nameWithOwner: 'renovate[bot]/shop' },
        author: { __typename: 'Bot', login: 'renovate' },
        labels: { nodes: [{ name: 'keep' }] },
      },
      p2: expect.objectContaining({
        state: 'MERGED',
        closedAt: time,
        mergedAt: time,
        author: { __typename: 'User', login: 'ada' },
      }) as unknown,
      p3: expect.objectContaining({ state: 'CLOSED', mergedAt: null, headRepository: null }) as unknown,
    })
  })

  it('pages through pull requests of a state, with variables and through Octokit', async () => {
    for (const number of [1, 2, 3, 4, 5]) github.openPullRequest({ number })
    github.closePullRequest(3)
    const query = `query($owner: String!, $after: String) { repository(owner: $owner, name: "shop") {
      pullRequests(states: [OPEN], first: 2, after: $after, orderBy: { field: CREATED_AT, direction: DESC }) {
        totalCount nodes { number } pageInfo { hasNextPage endCursor } } } }`
    interface Page {
      repository: {
        pullRequests: {
          totalCount: number
          nodes: Array<{ number: number }>
          pageInfo: { hasNextPage: boolean; endCursor: string }
        }
      }
    }
    const octokit = octokitFor(github)
    const first = (await octokit.graphql<Page>(query, { owner: 'acme' })).repository.pullRequests
    expect([first.totalCount, first.nodes, first.pageInfo.hasNextPage]).toEqual([
      4,
      [{ number: 5 }, { number: 4 }],
      true,
    ])
    // The item a cursor names may leave the result; the next page stays where it was.
    github.closePullRequest(4)
    const second = (await octokit.graphql<Page>(query, { owner: 'acme', after: first.pageInfo.endCursor })).repository
      .pullRequests
    expect([second.nodes, second.pageInfo.hasNextPage]).toEqual([[{ number: 2 }, { number: 1 }], false])
  })

  it('for a number nobody has gets null, an error and the rest', async () => {
    github.openPullRequest({ number: 1 })
    const answer = await ask(inRepository('a: pullRequest(number: 1) { state } b: pullRequest(number: 9) { state }'), {
      path: '/api/graphql',
    })
    expect(answer.data?.repository).toEqual({ a: { state: 'OPEN' }, b: null })
    expect(answer.errors).toMatchObject([
      {
        type: 'NOT_FOUND',
        path: ['repository', 'b'],
        message: 'Could not resolve to a PullRequest with the number of 9.',
      },
    ])
  })

  it('without the permission or the reach gets null and an error, in the journal as denied', async () => {
    github.openPullRequest({ number: 1 })
    const query = inRepository('pullRequest(number: 1) { state }')
    const short = await ask(query, {
      token: github.token({ name: 'short', kind: 'workflow', permissions: { contents: 'read' } }),
    })
    expect(short).toMatchObject({
      data: { repository: { pullRequest: null } },
      errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }],
    })
    expect(github.journal[0]).toMatchObject({
      operationId: 'graphql',
      status: 200,
      denied: 'graphql needs pull_requests=read',
    })
    const hidden = await startGitHub({ private: true })
    const request = {
      method: 'POST',
      token: hidden.token({ ...ALL, reachesRepository: false }),
      body: JSON.stringify({ query }),
    }
    expect(await (await raw(hidden, '/graphql', request)).json()).toMatchObject({
      data: { repository: null },
      errors: [{ type: 'NOT_FOUND' }],
    })
    await closeClean(hidden)
  })

  it('is no write, and beyond the limit is told so with 200', async () => {
    const token = github.token({ ...ALL, rateLimit: 1 })
    const query = inRepository('name')
    expect((await ask(query, { token })).errors).toBeUndefined()
    expect((await ask(query, { token })).errors).toMatchObject([{ type: 'RATE_LIMITED' }])
    expect(github.writes()).toEqual([])
  })

  it('costs by its connections', async () => {
    for (let number = 1; number <= 100; number += 1) github.openPullRequest({ number })
    const nested = 'pullRequests(first: 100) { nodes { labels(first: 10) { nodes { name } } } }'
    const second = nested.replace('pullRequests', 'more: pullRequests')
    const { data } = await ask(`{ rateLimit { cost } repository(owner: "acme", name: "shop") { ${nested} ${second} } }`)
    expect(data?.rateLimit).toEqual({ cost: 2 })
  })
})

describe('a bad query is a violation', () => {
  afterEach(() => github.close())

  it.each([
    ['an unknown field', inRepository('pullRequest(number: 1) { status }')],
    ['an unknown enum value', inRepository('pullRequests(states: [OPENED], first: 1) { totalCount }')],
    ['a missing argument', inRepository('pullRequest { state }')],
    ['a syntax error', '{ repository('],
    ['no page size', inRepository('pullRequests { totalCount }')],
    ['too large a page', inRepository('pullRequests(first: 101) { totalCount }')],
    [
      'a variable that was not given',
      'query($number: Int!) { repository(owner: "acme", name: "shop") { pullRequest(number: $number) { state } } }',
    ],
    ['a field that is not simulated', inRepository('stargazerCount')],
    ['another repository', '{ repository(owner: "acme", name: "other") { id } }'],
    ['a mutation', 'mutation { addStar(input: { starrableId: "x" }) { clientMutationId } }'],
  ])('%s', async (_what, query) => {
    const answer = await ask(query)
    expect(answer.errors?.length).toBeGreaterThan(0)
    expect(new Set(github.violations.map(({ rule }) => rule))).toEqual(new Set(['graphql']))
  })

  it('no query at all, and an unknown key beside it', async () => {
    const token = github.token(ALL)
    const query = inRepository('name')
    await raw(github, '/graphql', { method: 'POST', token, body: '{}' })
    await raw(github, '/graphql', { method: 'POST', token, body: JSON.stringify({ query, parameters: {} }) })
    expect(github.violations).toHaveLength(2)
  })
})
