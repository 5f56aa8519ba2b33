import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { Octokit } from '@octokit/rest'
import { startGitHub, type GitHub } from '../../../sim/github/index.js'
import { closeClean, failureOf, here, octokitFor } from './client.js'

let github: GitHub
let octokit: Octokit

beforeEach(async () => {
  github = await startGitHub({
    repository: 'acme/shop',
    defaultBranch: 'trunk',
    now: () => new Date('2026-03-01T12:00:00.789Z'),
  })
  octokit = octokitFor(github)
})

// Whatever a real Octokit asked for in this file was well formed, and so was every answer.
afterEach(() => closeClean(github))

describe('a pull request', () => {
  it('reads the same from GET, the list and the webhook', async () => {
    github.openPullRequest({ number: 7, title: 'Add prices', author: 'grace', draft: true, labels: ['keep'] })
    const { data } = await octokit.pulls.get({ ...here(github), pull_number: 7 })
    expect(data).toMatchObject({
      number: 7,
      title: 'Add prices',
      state: 'open',
      draft: true,
      created_at: '2026-03-01T12:00:00Z',
    })
    expect(data.user.login).toBe('grace')
    expect(data.labels.map(({ name }) => name)).toEqual(['keep'])
    expect(data.base.ref).toBe('trunk')
    expect(data.url).toBe(`${github.url}/repos/acme/shop/pulls/7`)
    expect(data.statuses_url).toBe(`${github.url}/repos/acme/shop/statuses/${data.head.sha}`)
    expect(github.event(7, 'opened').pull_request).toEqual(data)
    const [listed] = (await octokit.pulls.list(here(github))).data
    expect(data).toMatchObject(listed as object)
    expect(listed).not.toHaveProperty('merged')
  })

  it.each([
    ['same', { full_name: 'acme/shop', fork: false, id: 4242 }],
    ['fork', { full_name: 'contributor/shop', fork: true }],
    ['deleted-fork', null],
  ] as const)('with its head in %s says so', async (head, repo) => {
    github.openPullRequest({ number: 7, head })
    const { data } = await octokit.pulls.get({ ...here(github), pull_number: 7 })
    expect(data.head).toMatchObject({ ref: 'feature-7', repo })
    const fromEvent = github.event(7, 'opened').pull_request.head
    expect(fromEvent).toEqual(data.head)
    await octokit.pulls.list(here(github))
  })

  it('is closed, merged and reopened', async () => {
    github.openPullRequest({ number: 7 })
    github.openPullRequest({ number: 8 })
    github.closePullRequest(7)
    github.closePullRequest(8, { merged: true })
    const read = async (pull_number: number) => (await octokit.pulls.get({ ...here(github), pull_number })).data
    expect(await read(7)).toMatchObject({
      state: 'closed',
      merged: false,
      merged_at: null,
      closed_at: '2026-03-01T12:00:00Z',
    })
    expect(await read(8)).toMatchObject({ state: 'closed', merged: true, merged_at: '2026-03-01T12:00:00Z' })
    github.reopenPullRequest(7)
    expect(await read(7)).toMatchObject({ state: 'open', closed_at: null })
    expect(() => github.reopenPullRequest(8)).toThrow('merged')
  })

  it('sends an event per change, with the repository, the sender and what moved', () => {
    github.openPullRequest({ number: 7 })
    const before = github.pullRequests.get(7)?.head.sha
    github.pushTo(7)
    const after = github.pullRequests.get(7)?.head.sha
    const synchronize = github.event(7, 'synchronize', { sender: 'dependabot[bot]' })
    expect(synchronize).toMatchObject({ action: 'synchronize', number: 7, before, after })
    expect(synchronize.repository).toMatchObject({ id: 4242, full_name: 'acme/shop', default_branch: 'trunk' })
    expect(synchronize.sender).toMatchObject({ login: 'dependabot[bot]', type: 'Bot' })
    expect(before).not.toBe(after)
    expect(github.event(7, 'labeled', { label: 'keep' })).toMatchObject({ action: 'labeled', label: { name: 'keep' } })
    expect(github.event(7, 'edited')).toMatchObject({ action: 'edited', number: 7 })
    expect(github.scheduleEvent('0 3 * * *')).toMatchObject({
      schedule: '0 3 * * *',
      repository: { full_name: 'acme/shop' },
    })
    expect(JSON.stringify(github.event(7, 'closed'))).not.toMatch(/Codertocat|installation"/)
  })

  it('changes between two calls when a hook says so', async () => {
    github.openPullRequest({ number: 7 })
    const remove = github.on(
      'pulls/get',
      'after',
      ({ params }) => void github.closePullRequest(Number(params.pull_number)),
    )
    const state = async () => (await octokit.pulls.get({ ...here(github), pull_number: 7 })).data.state
    expect([await state(), await state()]).toEqual(['open', 'closed'])
    remove()
    github.reopenPullRequest(7)
    expect([await state(), await state()]).toEqual(['open', 'open'])
  })
})

describe('paging', () => {
  it('clamps per_page to 100 and links the other pages', async () => {
    for (let number = 1; number <= 230; number += 1) github.openPullRequest({ number })
    const first = await octokit.pulls.list({ ...here(github), per_page: 500 })
    expect(first.data).toHaveLength(100)
    expect(first.headers.link).toContain('page=2>; rel="next"')
    expect(first.headers.link).toContain('page=3>; rel="last"')
    const last = await octokit.pulls.list({ ...here(github), per_page: 100, page: 3 })
    expect(last.data.map(({ number }) => number).at(-1)).toBe(1)
    expect(last.headers.link).not.toContain('rel="next"')
    const all = await octokit.paginate(octokit.pulls.list, { ...here(github), per_page: 100 })
    expect(new Set(all.map(({ number }) => number)).size).toBe(230)
  })

  it('drifts: closing one while paging hides another', async () => {
    for (let number = 1; number <= 4; number += 1) github.openPullRequest({ number })
    const remove = github.on('pulls/list', 'after', () => {
      remove()
      github.closePullRequest(4)
    })
    const all = await octokit.paginate(octokit.pulls.list, { ...here(github), per_page: 2 })
    expect(all.map(({ number }) => number)).toEqual([4, 3, 1])
  })

  it('filters and sorts as asked', async () => {
    for (const number of [1, 2, 3])
      github.openPullRequest({ number, ...(number === 2 ? { head: 'fork' as const } : {}) })
    github.closePullRequest(3)
    const numbers = async (query: object) =>
      (await octokit.pulls.list({ ...here(github), ...query })).data.map(({ number }) => number)
    expect(await numbers({})).toEqual([2, 1])
    expect(await numbers({ state: 'all', sort: 'created', direction: 'asc' })).toEqual([1, 2, 3])
    expect(await numbers({ state: 'closed' })).toEqual([3])
    expect(await numbers({ head: 'contributor:feature-2' })).toEqual([2])
    expect(await numbers({ base: 'other' })).toEqual([])
  })
})

describe('the discussion', () => {
  it('of a pull request takes comments and labels', async () => {
    github.openPullRequest({ number: 7 })
    const { data } = await octokit.issues.createComment({ ...here(github), issue_number: 7, body: 'one' })
    await octokit.issues.updateComment({ ...here(github), comment_id: data.id, body: 'two' })
    expect((await octokit.issues.getComment({ ...here(github), comment_id: data.id })).data.body).toBe('two')
    const { data: listed } = await octokit.issues.listComments({ ...here(github), issue_number: 7 })
    expect(listed.map(({ body, user }) => [body, user?.login, user?.type])).toEqual([['two', 'everything[bot]', 'Bot']])
    expect(github.commentsOn(7)).toMatchObject([{ body: 'two' }])
    await octokit.issues.deleteComment({ ...here(github), comment_id: data.id })
    expect(github.commentsOn(7)).toEqual([])
    await octokit.issues.addLabels({ ...here(github), issue_number: 7, labels: ['database branch', 'keep'] })
    await octokit.issues.removeLabel({ ...here(github), issue_number: 7, name: 'database branch' })
    expect(
      (await octokit.issues.listLabelsOnIssue({ ...here(github), issue_number: 7 })).data.map(({ name }) => name),
    ).toEqual(['keep'])
    await octokit.issues.setLabels({ ...here(github), issue_number: 7, labels: ['only'] })
    expect(github.pullRequests.get(7)?.labels).toEqual(['only'])
    await octokit.issues.removeAllLabels({ ...here(github), issue_number: 7 })
    expect(github.pullRequests.get(7)?.labels).toEqual([])
  })

  it('refuses a comment that is too long, blank, or on nothing', async () => {
    github.openPullRequest({ number: 7 })
    const comment = (issue_number: number, body: string) =>
      octokit.issues.createComment({ ...here(github), issue_number, body })
    expect((await comment(7, 'x'.repeat(65_536))).status).toBe(201)
    const long = await failureOf(comment(7, 'x'.repeat(65_537)))
    expect([long.status, long.response?.data.errors?.[0]?.message]).toEqual([
      422,
      'Body is too long (maximum is 65536 characters)',
    ])
    expect((await failureOf(comment(7, ' '))).status).toBe(422)
    expect((await failureOf(comment(8, 'hello'))).status).toBe(404)
    expect(github.comments.size).toBe(1)
  })
})

describe('the repository', () => {
  it('gives its files from the default branch, and from another only on request', async () => {
    const path = '.github/db-branch.yml'
    github.writeFile(path, 'policy: schema_only\n')
    github.writeFile(path, 'policy: copy\n', { ref: 'feature-7' })
    const read = async (ref?: string) => {
      const { data } = await octokit.repos.getContent({ ...here(github), path, ...(ref === undefined ? {} : { ref }) })
      return Buffer.from((data as { content: string }).content, 'base64').toString()
    }
    expect([await read(), await read('trunk'), await read('feature-7')]).toEqual([
      'policy: schema_only\n',
      'policy: schema_only\n',
      'policy: copy\n',
    ])
    expect((await failureOf(read('gone'))).status).toBe(404)
    const missing = await failureOf(octokit.repos.getContent({ ...here(github), path: 'none.yml' }))
    expect(missing.status).toBe(404)
    const directory = await octokit.repos.getContent({ ...here(github), path: '.github' })
    expect(directory.data).toMatchObject([{ name: 'db-branch.yml', type: 'file', path }])
    const unescaped = await octokit.request(`GET /repos/acme/shop/contents/${path}`, {
      headers: { accept: 'application/vnd.github.raw+json' },
    })
    expect(unescaped.data).toBe('policy: schema_only\n')
  })

  it('describes itself, and the API says how much is left', async () => {
    expect((await octokit.repos.get(here(github))).data).toMatchObject({
      id: 4242,
      private: false,
      default_branch: 'trunk',
    })
    expect((await octokit.rateLimit.get()).data.resources.core).toMatchObject({ limit: 5000, used: 1 })
  })
})
