import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { type GitLab, startGitLab } from '../../../sim/gitlab/index.js'
import type { FaultKind } from '../../../sim/http/faults.js'
import type { Fetch } from '../../../src/http.js'
import { endOf, faults, gitlabAccess } from '../../fixtures/gitlab.js'
import { without } from '../../sweep/fault-table.js'

const now = new Date('2026-11-22T08:00:00.000Z')
const earlier = new Date('2026-11-01T08:00:00.000Z')

let gitlab: GitLab

beforeAll(async () => {
  gitlab = await startGitLab({ now: () => now })
})
beforeEach(() => gitlab.pullRequests.clear())
afterAll(() => endOf(gitlab))

const read = 'GET /projects/{project}/merge_requests/{iid}'
const list = 'GET /projects/{project}/merge_requests'

describe('one merge request', () => {
  it.each([
    ['opened', {}, 'open'],
    ['being merged', { state: 'locked' }, 'open'],
    ['closed', { state: 'closed', closedAt: now }, 'closed'],
    ['merged', { state: 'closed', merged: true, mergedAt: now }, 'closed'],
  ] as const)('that is %s', async (_what, change, state) => {
    Object.assign(gitlab.openPullRequest({ number: 7 }), change)
    const { forge } = gitlabAccess(gitlab, { token: { role: 'reporter', scopes: ['read_api'] } })
    expect(await forge.pullRequest(7)).toEqual({ known: true, value: { number: 7, state } })
  })

  it.each(faults)('is unknown after %s, and the credential goes nowhere else', async (_what, fault) => {
    gitlab.openPullRequest({ number: 7 })
    const scheduled = gitlab.fault({ operation: read, times: 9, ...fault })
    const answer = await gitlabAccess(gitlab).forge.pullRequest(7)
    scheduled.remove()
    expect(scheduled.hits).toBeGreaterThan(0)
    expect(answer).toMatchObject({ known: false, why: expect.stringContaining('"gitlab_token" needs') as unknown })
  })

  it.each<[string, FaultKind]>([
    ['of another number', { kind: 'rewrite', change: (body) => ({ ...(body as object), iid: 8 }) }],
    [
      'of a state that nobody knows',
      { kind: 'rewrite', change: (body) => ({ ...(body as object), state: 'archived' }) },
    ],
    ['of an inherited state', { kind: 'rewrite', change: (body) => ({ ...(body as object), state: 'toString' }) }],
  ])('is unknown from an answer %s', async (_what, fault) => {
    gitlab.openPullRequest({ number: 7 })
    const scheduled = gitlab.fault({ operation: read, ...fault })
    expect(await gitlabAccess(gitlab).forge.pullRequest(7)).toMatchObject({ known: false })
    expect(scheduled.hits).toBe(1)
  })

  it('is unknown to a job token and to a guest', async () => {
    gitlab.openPullRequest({ number: 7 })
    for (const token of [{ kind: 'job' }, { role: 'guest' }] as const)
      expect(await gitlabAccess(gitlab, { token }).forge.pullRequest(7)).toMatchObject({ known: false })
  })
})

describe('many merge requests', () => {
  const requests = async (work: () => Promise<unknown>) => {
    const before = gitlab.journal.length
    await work()
    return gitlab.journal.length - before
  }

  it('come by pages of 100', async () => {
    for (let number = 1; number <= 205; number++) gitlab.openPullRequest({ number })
    gitlab.closePullRequest(3)
    const { sweepForge } = gitlabAccess(gitlab)
    let seen: Awaited<ReturnType<typeof sweepForge.openPullRequests>> | undefined
    expect(await requests(async () => (seen = await sweepForge.openPullRequests()))).toBe(3)
    expect(seen?.known && seen.value.size).toBe(204)
    expect(seen?.known && seen.value.has(3)).toBe(false)
    expect(sweepForge.budget()).toMatch(/^GitLab requests: 3 sent, \d+ left of this minute's limit$/)
  })

  it('come by number, 50 in a request, with the date that each ended at', async () => {
    for (let number = 1; number <= 120; number++) gitlab.openPullRequest({ number, labels: ['a'] })
    Object.assign(gitlab.pullRequests.get(1)!, { state: 'closed', closedAt: now })
    // Closed once, reopened, and merged at last: only the last date counts.
    Object.assign(gitlab.pullRequests.get(2)!, { state: 'closed', merged: true, closedAt: earlier, mergedAt: now })
    Object.assign(gitlab.pullRequests.get(3)!, { state: 'closed', merged: true, closedAt: earlier, mergedAt: null })
    const { sweepForge } = gitlabAccess(gitlab)
    const numbers = [...gitlab.pullRequests.keys(), 999]
    let seen: Awaited<ReturnType<typeof sweepForge.pullRequestsByNumber>> = new Map()
    expect(await requests(async () => (seen = await sweepForge.pullRequestsByNumber(numbers)))).toBe(3)
    expect([...seen.keys()]).toEqual(numbers)
    const at = now.toISOString()
    const facts = { updatedAt: at, labels: ['a'] }
    expect(seen.get(1)).toEqual({ known: true, value: { number: 1, state: 'closed', closedAt: at, ...facts } })
    expect(seen.get(2)).toMatchObject({ value: { state: 'closed', closedAt: at } })
    expect(seen.get(3)).toMatchObject({ value: { state: 'closed', closedAt: null } })
    expect(seen.get(4)).toEqual({ known: true, value: { number: 4, state: 'open', closedAt: null, ...facts } })
    expect(seen.get(999)).toMatchObject({ known: false, missing: true })
  })

  it.each(faults)('are all unknown after %s', async (_what, fault) => {
    gitlab.openPullRequest({ number: 1 })
    gitlab.openPullRequest({ number: 2 })
    const scheduled = gitlab.fault({ operation: list, times: 99, ...fault })
    const { sweepForge } = gitlabAccess(gitlab)
    expect(await sweepForge.openPullRequests()).toMatchObject({ known: false })
    for (const [, reading] of await sweepForge.pullRequestsByNumber([1, 2])) {
      expect(reading).toMatchObject({ known: false })
      expect(reading).not.toHaveProperty('missing')
    }
    scheduled.remove()
  })

  type Items = Record<string, unknown>[]
  const each = (change: (item: Record<string, unknown>) => unknown): FaultKind => ({
    kind: 'rewrite',
    change: (body) => (body as Items).map(change),
  })
  it.each<[string, FaultKind]>([
    ['without a number', each((item) => without(item, 'iid'))],
    ['with a number as text', each((item) => ({ ...item, iid: String(item['iid']) }))],
    ['without a state', each((item) => without(item, 'state'))],
    ['with a date that is a number', each((item) => ({ ...item, closed_at: 7 }))],
    ['without labels', each((item) => without(item, 'labels'))],
    ['with labels that are objects', each((item) => ({ ...item, labels: [{ name: 'a' }] }))],
  ])('%s are unknown, not missing', async (_what, fault) => {
    gitlab.openPullRequest({ number: 1, labels: ['a'] })
    const scheduled = gitlab.fault({ operation: list, times: 2, ...fault })
    const { sweepForge } = gitlabAccess(gitlab)
    expect(await sweepForge.openPullRequests()).toMatchObject({ known: false })
    const reading = (await sweepForge.pullRequestsByNumber([1])).get(1)
    expect(reading).toMatchObject({ known: false })
    expect(reading).not.toHaveProperty('missing')
    scheduled.remove()
  })

  it.each([
    ['no word on the next page', undefined],
    ['itself as the next page', '1'],
    ['a next page that is no number', 'two'],
  ])('on a page with %s are unknown', async (_what, next) => {
    gitlab.openPullRequest({ number: 1 })
    const strip: Fetch = async (url, init) => {
      const response = await fetch(url, init)
      const headers = new Headers(response.headers)
      if (next === undefined) headers.delete('x-next-page')
      else headers.set('x-next-page', next)
      return new Response(await response.text(), { status: response.status, headers })
    }
    const { sweepForge } = gitlabAccess(gitlab, { via: strip })
    expect(await sweepForge.openPullRequests()).toMatchObject({ known: false })
    expect((await sweepForge.pullRequestsByNumber([1])).get(1)).toMatchObject({ known: false })
  })
})
