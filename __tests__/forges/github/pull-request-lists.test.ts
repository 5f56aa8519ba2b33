import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { type GitHub, startGitHub, type TokenRequest } from '../../../sim/github/index.js'
import { CancelledError } from '../../../src/errors.js'
import type { SweepForge } from '../../../src/ports.js'
import { Secret } from '../../../src/secret.js'
import { testClock } from '../../fixtures/clock.js'
import { endOf } from '../../fixtures/forge.js'

let github: GitHub
let forge: SweepForge
let abort: AbortController
let asked: () => number

async function forgeWith(request: Partial<TokenRequest> = {}): Promise<SweepForge> {
  const { openGitHub } = await import('../../../src/forges/github/index.js')
  abort = new AbortController()
  const token = github.token({ name: 'job', kind: 'workflow', permissions: { 'pull-requests': 'read' }, ...request })
  const { sweepForge } = openGitHub({
    repository: github.repository,
    token: new Secret(token),
    environment: undefined,
    apiUrl: github.url,
    fetch,
    job: {} as never,
    clock: testClock(),
    signal: abort.signal,
  })
  return sweepForge
}

beforeAll(async () => {
  github = await startGitHub({ private: true })
})
beforeEach(async () => {
  forge = await forgeWith()
  github.pullRequests.clear()
  const before = github.journal.length
  asked = () => github.journal.length - before
})
afterAll(() => endOf(github))

function open(count: number): void {
  for (let number = 1; number <= count; number++) github.openPullRequest({ number, labels: [`l-${number}`] })
}

describe('the open pull requests', () => {
  it.each([
    [0, 1],
    [1, 1],
    [100, 1],
    [101, 2],
    [250, 3],
  ])('%i take %i request(s)', async (count, requests) => {
    open(count)
    github.openPullRequest({ number: 999 })
    github.closePullRequest(999)
    const found = await forge.openPullRequests()
    expect(found.known && [...found.value.keys()]).toEqual(Array.from({ length: count }, (_, index) => index + 1))
    expect(asked()).toBe(requests)
  })

  it('come with their facts', async () => {
    open(1)
    const { updatedAt } = github.pullRequests.get(1)!
    const found = await forge.openPullRequests()
    const facts = { number: 1, state: 'open', closedAt: null, updatedAt: expect.any(String), labels: ['l-1'] }
    expect(found.known && found.value.get(1)).toEqual(facts)
    const at = found.known ? Date.parse(found.value.get(1)!.updatedAt) : 0
    expect(Math.abs(at - updatedAt.getTime())).toBeLessThan(1000)
  })

  it('are complete when one is closed while they are paged', async () => {
    open(150)
    const off = github.on('graphql', 'after', () => {
      if (github.pullRequests.get(100)!.state === 'open') github.closePullRequest(100)
    })
    const found = await forge.openPullRequests()
    off()
    expect(found.known && found.value.size).toBe(150)
  })

  it('are unknown when the second page fails', async () => {
    open(150)
    const fault = github.fault({ operation: 'graphql', kind: 'status', status: 403, nth: 2 })
    expect(await forge.openPullRequests()).toEqual({ known: false, why: expect.stringContaining('403 Forbidden') })
    fault.remove()
  })
})

describe('pull requests by number', () => {
  it.each([
    [0, 0],
    [1, 1],
    [50, 1],
    [51, 2],
    [120, 3],
  ])('%i take %i request(s), and every number is answered', async (count, requests) => {
    open(count)
    const numbers = Array.from({ length: count }, (_, index) => index + 1)
    const readings = await forge.pullRequestsByNumber(numbers)
    expect([...readings.keys()]).toEqual(numbers)
    expect([...readings.values()].every((reading) => reading.known)).toBe(true)
    expect(asked()).toBe(requests)
  })

  it('tell open, closed and merged; one that is not there leaves the others known', async () => {
    open(3)
    github.closePullRequest(2)
    github.closePullRequest(3, { merged: true })
    const readings = await forge.pullRequestsByNumber([1, 2, 3, 4])
    const state = (number: number) => {
      const reading = readings.get(number)!
      return reading.known ? reading.value.state : reading
    }
    expect([state(1), state(2), state(3)]).toEqual(['open', 'closed', 'closed'])
    expect(state(4)).toEqual({ known: false, why: 'GitHub does not find it', missing: true })
  })

  it.each<[string, Partial<TokenRequest>, RegExp]>([
    ['without the permission', { permissions: {} }, /^GitHub answered FORBIDDEN: Resource not accessible/],
    ['out of reach', { reachesRepository: false }, /^GitHub answered NOT_FOUND: Could not resolve to a Repository/],
    ['whose budget is spent', { rateLimit: 0 }, /^GitHub answered RATE_LIMITED: API rate limit exceeded/],
  ])('are unknown, not missing, to a token %s', async (_what, request, why) => {
    open(2)
    const weak = await forgeWith(request)
    const readings = await weak.pullRequestsByNumber([1, 2])
    expect([...readings.values()]).toEqual(Array(2).fill({ known: false, why: expect.stringMatching(why) }))
    expect(await weak.openPullRequests()).toEqual({ known: false, why: expect.stringMatching(why) })
  })

  it('stop when the run is cancelled', async () => {
    open(1)
    abort.abort()
    await expect(forge.pullRequestsByNumber([1])).rejects.toThrow(CancelledError)
    await expect(forge.openPullRequests()).rejects.toThrow(CancelledError)
  })
})

it('the budget counts every answer, also those with errors', async () => {
  open(1)
  expect(forge.budget()).toBeUndefined()
  await forge.openPullRequests()
  await forge.pullRequestsByNumber([1])
  await forge.pullRequestsByNumber([1, 2])
  expect(forge.budget()).toBe("GitHub requests: 3 points of this hour's limit used, 997 left")
})
