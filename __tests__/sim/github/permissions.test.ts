import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Octokit } from '@octokit/rest'
import { startGitHub, type GitHub, type TokenRequest } from '../../../sim/github/index.js'
import { ALL, closeClean, failureOf, here, octokitFor } from './client.js'

let github: GitHub

beforeEach(async () => {
  github = await startGitHub()
  github.openPullRequest({ number: 7 })
  github.ensureEnvironment('pr-7')
})

// A missing permission is for the action to explain, so it is in the journal and no violation.
afterEach(() => closeClean(github))

const at = { environment_name: 'pr-7' }
const calls: Record<string, (octokit: Octokit) => Promise<unknown>> = {
  list: (octokit) => octokit.pulls.list(here(github)),
  comment: (octokit) => octokit.issues.createComment({ ...here(github), issue_number: 7, body: 'hello' }),
  readComments: (octokit) => octokit.issues.listComments({ ...here(github), issue_number: 7 }),
  deploy: (octokit) => octokit.repos.createDeployment({ ...here(github), ref: 'main' }),
  readEnvironment: (octokit) => octokit.repos.getEnvironment({ ...here(github), ...at }),
  createEnvironment: (octokit) => octokit.repos.createOrUpdateEnvironment({ ...here(github), ...at }),
  deleteEnvironment: (octokit) => octokit.repos.deleteAnEnvironment({ ...here(github), ...at }),
  publicKey: (octokit) => octokit.actions.getEnvironmentPublicKey({ ...here(github), ...at }),
  file: (octokit) => octokit.repos.getContent({ ...here(github), path: 'x' }),
}

async function statuses(request: TokenRequest): Promise<Record<string, number>> {
  const octokit = octokitFor(github, request)
  const results: Record<string, number> = {}
  for (const [name, call] of Object.entries(calls)) {
    results[name] = await call(octokit).then(
      () => 200,
      (error: unknown) => (error as { status: number }).status,
    )
  }
  return results
}

const DENIED = Object.fromEntries(Object.keys(calls).map((name) => [name, 403]))

describe('a token', () => {
  it('without permissions may only look at the repository', async () => {
    expect(await statuses({ name: 'none', kind: 'workflow', permissions: {} })).toEqual(DENIED)
    const octokit = octokitFor(github, { name: 'none', kind: 'workflow' })
    expect((await octokit.repos.get(here(github))).status).toBe(200)
  })

  it('of a workflow can do everything but environments, even with write-all', async () => {
    github.writeFile('x', 'x')
    const all = await statuses({ name: 'all', kind: 'workflow', permissions: 'write-all' })
    const impossible = { createEnvironment: 403, deleteEnvironment: 403, publicKey: 403 }
    const possible = { list: 200, comment: 200, readComments: 200, deploy: 200, readEnvironment: 200, file: 200 }
    expect(all).toEqual({ ...possible, ...impossible })
    expect(() => github.token({ name: 'x', kind: 'workflow', permissions: { environments: 'write' } })).toThrow(
      'cannot be granted',
    )
    expect(() => github.token({ name: 'x', kind: 'app', permissions: { pulls: 'write' } })).toThrow('cannot be granted')
  })

  it('may comment with either pull requests or issues, but not with read', async () => {
    for (const permissions of [{ issues: 'write' }, { 'pull-requests': 'write' }] as const) {
      expect(await statuses({ name: 'commenter', kind: 'workflow', permissions })).toMatchObject({
        comment: 200,
        readComments: 200,
      })
    }
    expect(await statuses({ name: 'reader', kind: 'workflow', permissions: 'read-all' })).toMatchObject({
      comment: 403,
      readComments: 200,
      list: 200,
    })
  })

  it.each([
    ['workflow', 'Resource not accessible by integration'],
    ['app', 'Resource not accessible by integration'],
    ['fine-grained', 'Resource not accessible by personal access token'],
  ] as const)(
    'of kind %s is refused in the words for it, with what would have been accepted',
    async (kind, wording) => {
      const octokit = octokitFor(github, { name: 'short', kind, permissions: {} })
      const failure = await failureOf(octokit.issues.createComment({ ...here(github), issue_number: 7, body: 'hello' }))
      expect([failure.status, failure.response?.data.message]).toEqual([403, wording])
      expect(failure.response?.headers['x-accepted-github-permissions']).toBe('issues=write; pull_requests=write')
      expect(github.journal).toMatchObject([
        { status: 403, denied: 'issues/create-comment needs issues=write; pull_requests=write' },
      ])
      expect(github.comments.size).toBe(0)
    },
  )
})

describe('a repository out of reach', () => {
  it('is 404 where it is private, as if it did not exist', async () => {
    const hidden = await startGitHub({ private: true })
    const octokit = octokitFor(hidden, { ...ALL, reachesRepository: false })
    expect((await failureOf(octokit.repos.get(here(hidden)))).status).toBe(404)
    expect(
      (await failureOf(octokit.repos.deleteAnEnvironment({ ...here(hidden), environment_name: 'x' }))).status,
    ).toBe(404)
    expect(hidden.journal.map(({ denied }) => denied)).toEqual([
      'acme/shop is out of reach',
      'acme/shop is out of reach',
    ])
    expect((await octokitFor(hidden).repos.get(here(hidden))).data.private).toBe(true)
    await closeClean(hidden)
  })

  it('is readable where it is public, and no more than that', async () => {
    const octokit = octokitFor(github, { ...ALL, reachesRepository: false })
    expect((await octokit.pulls.list(here(github))).status).toBe(200)
    expect(
      (await failureOf(octokit.issues.createComment({ ...here(github), issue_number: 7, body: 'hello' }))).status,
    ).toBe(403)
  })
})
