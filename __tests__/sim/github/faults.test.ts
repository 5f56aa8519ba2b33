import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { startGitHub, type Fault, type FaultKind, type GitHub } from '../../../sim/github/index.js'
import { ALL, closeClean, failureOf, here, octokitFor, raw } from './client.js'

let github: GitHub

beforeEach(async () => {
  github = await startGitHub()
  github.openPullRequest({ number: 7 })
})

afterEach(() => closeClean(github))

const LIST = '/repos/acme/shop/pulls'
const COMMENTS = '/repos/acme/shop/issues/7/comments'

function onList(kind: FaultKind): Fault {
  return { operation: 'pulls/list', ...kind }
}

async function comment(kind: FaultKind): Promise<Response> {
  const fault = github.fault({ operation: 'issues/create-comment', ...kind })
  const answer = raw(github, COMMENTS, { method: 'POST', body: '{"body":"hello"}', signal: AbortSignal.timeout(2000) })
  await answer.catch(() => undefined)
  expect(fault.hits).toBe(1)
  return answer
}

describe('a fault that stands in for the answer', () => {
  it.each([401, 403, 404, 409, 422, 429, 500, 502, 503] as const)(
    'answers %d as JSON, and nothing has happened',
    async (status) => {
      const answer = await comment({ kind: 'status', status })
      expect(answer.status).toBe(status)
      expect(await answer.json()).toMatchObject({ status: String(status) })
      expect(answer.headers.get('retry-after')).toBe(status === 429 ? '1' : null)
      expect(github.comments.size).toBe(0)
      expect(github.journal).toMatchObject([{ fault: 'status', status }])
    },
  )

  it('says the hourly limit is used up', async () => {
    github.fault(onList({ kind: 'rate-limit', resetInSeconds: 30 }))
    const answer = await raw(github, LIST)
    expect([answer.status, answer.headers.get('x-ratelimit-remaining')]).toEqual([403, '0'])
    expect(Number(answer.headers.get('x-ratelimit-reset')) - Date.now() / 1000).toBeLessThanOrEqual(31)
  })

  it.each([403, 429] as const)('says a secondary limit is hit, with %d', async (status) => {
    github.fault(onList({ kind: 'secondary-rate-limit', status, retryAfter: 3 }))
    const answer = await raw(github, LIST)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([status, '3'])
    expect(await answer.text()).toContain('secondary rate limit')
  })

  it.each([200, 502] as const)('shows a page of HTML with %d', async (status) => {
    github.fault(onList({ kind: 'html', status }))
    const answer = await raw(github, LIST)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8'])
    expect(await answer.text()).toContain('<!DOCTYPE html>')
  })

  it.each(['reset', 'close'] as const)('breaks the connection: %s', async (kind) => {
    await expect(comment({ kind })).rejects.toThrow('fetch failed')
    expect(github.comments.size).toBe(0)
    expect(github.journal).toMatchObject([{ fault: kind, status: null }])
  })

  it('hangs until the client gives up or the simulator closes', async () => {
    await expect(comment({ kind: 'hang' })).rejects.toThrow('timeout')
    github.fault(onList({ kind: 'hang' }))
    const waiting = raw(github, LIST).catch((error: unknown) => (error as Error).message)
    await new Promise((resolve) => setTimeout(resolve, 50))
    await github.close()
    expect(await waiting).toBe('fetch failed')
  })
})

describe('a redirect', () => {
  let elsewhere: Server
  let target: string
  let received: string[]

  beforeEach(async () => {
    received = []
    elsewhere = createServer((request, response) => {
      received.push(request.method ?? '')
      response.end('[]')
    })
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
    target = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/moved`
  })

  afterEach(() => new Promise((resolve) => elsewhere.close(resolve).closeAllConnections()))

  it.each([301, 302, 303, 307, 308] as const)(
    'with %d names its target, which hears nothing unless followed',
    async (status) => {
      github.fault(onList({ kind: 'redirect', status, location: target }))
      const answer = await raw(github, LIST, { redirect: 'manual' })
      expect([answer.status, answer.headers.get('location')]).toEqual([status, target])
      expect(received).toEqual([])
      github.fault(onList({ kind: 'redirect', status, location: target }))
      await raw(github, LIST)
      expect(received).toEqual(['GET'])
    },
  )
})

describe('a fault that disturbs the answer comes after the commit', () => {
  it('truncated: a whole HTTP answer with half the JSON, which Octokit hands out as text', async () => {
    github.fault(onList({ kind: 'truncated' }))
    const { data, status } = await octokitFor(github).pulls.list(here(github))
    expect([status, typeof data]).toEqual([200, 'string'])
    await comment({ kind: 'truncated' })
    expect(github.comments.size).toBe(1)
  })

  it('empty', async () => {
    const answer = await comment({ kind: 'empty' })
    expect([answer.status, await answer.text(), github.comments.size]).toEqual([201, '', 1])
  })

  it('of the wrong type, or rewritten', async () => {
    github.fault(onList({ kind: 'wrong-type' }))
    expect(await (await raw(github, LIST)).json()).toEqual({})
    github.fault(onList({ kind: 'wrong-type', value: null }))
    expect(await (await raw(github, LIST)).json()).toBeNull()
    const change = (body: unknown) => ({ ...(body as object), state: null })
    github.fault({ operation: 'pulls/get', kind: 'rewrite', change })
    expect(await (await raw(github, `${LIST}/7`)).json()).toMatchObject({ number: 7, state: null })
  })

  it('cut off or stalled half-way through the body', async () => {
    const cut = await comment({ kind: 'cut' })
    expect(cut.status).toBe(201)
    await expect(cut.text()).rejects.toThrow('terminated')
    const stalled = await comment({ kind: 'stall' })
    await expect(stalled.text()).rejects.toThrow('timeout')
    expect(github.comments.size).toBe(2)
  })

  it('slow', async () => {
    const started = performance.now()
    await comment({ kind: 'slow', milliseconds: 60 })
    expect(performance.now() - started).toBeGreaterThanOrEqual(59)
  })

  it('lost: committed, and the caller sees a reset or a 5xx', async () => {
    await expect(comment({ kind: 'lost' })).rejects.toThrow('fetch failed')
    expect((await comment({ kind: 'lost', answer: 502 })).status).toBe(502)
    expect(github.comments.size).toBe(2)
    expect(github.journal.map(({ status }) => status)).toEqual([null, 502])
  })
})

describe('the schedule', () => {
  async function statusesOf(calls: number): Promise<number[]> {
    const statuses: number[] = []
    for (let call = 0; call < calls; call += 1) statuses.push((await raw(github, LIST)).status)
    return statuses
  }

  it('strikes from the n-th call, so many times', async () => {
    const fault = github.fault({ operation: 'pulls/list', nth: 2, times: 2, kind: 'status', status: 500 })
    expect(await statusesOf(4)).toEqual([200, 500, 500, 200])
    expect(fault.hits).toBe(2)
  })

  it('lets go when removed, and leaves other operations alone', async () => {
    const fault = github.fault({ operation: 'pulls/list', times: Infinity, kind: 'status', status: 503 })
    expect(await statusesOf(2)).toEqual([503, 503])
    expect((await raw(github, `${LIST}/7`)).status).toBe(200)
    fault.remove()
    expect(await statusesOf(1)).toEqual([200])
  })

  it('can mean every operation', async () => {
    github.fault({ operation: '*', times: 2, kind: 'html', status: 502 })
    expect([...(await statusesOf(1)), (await raw(github, `${LIST}/7`)).status, ...(await statusesOf(1))]).toEqual([
      502, 502, 200,
    ])
  })

  it('does not excuse a call that was not allowed', async () => {
    const fault = github.fault(onList({ kind: 'status', status: 500 }))
    const octokit = octokitFor(github, { name: 'none', kind: 'workflow' })
    expect((await failureOf(octokit.pulls.list(here(github)))).status).toBe(403)
    expect(fault.hits).toBe(0)
  })
})

describe('GraphQL under a fault', () => {
  const query =
    '{ repository(owner: "acme", name: "shop") { a: pullRequest(number: 7) { state } b: pullRequest(number: 7) { state } } }'

  async function ask(kind: FaultKind): Promise<Response> {
    github.fault({ operation: 'graphql', ...kind })
    return raw(github, '/graphql', { method: 'POST', token: github.token(ALL), body: JSON.stringify({ query }) })
  }

  it('answers 200 with errors and no data, or part of it', async () => {
    const limited = await ask({ kind: 'graphql-error', type: 'RATE_LIMITED' })
    expect([limited.status, await limited.json()]).toEqual([
      200,
      { data: null, errors: [expect.objectContaining({ type: 'RATE_LIMITED' })] },
    ])
    const partial = await ask({ kind: 'graphql-error', type: 'RESOURCE_LIMITS_EXCEEDED', partial: true })
    expect(await partial.json()).toMatchObject({
      data: { repository: { a: { state: 'OPEN' }, b: null } },
      errors: [{}],
    })
  })

  it('takes the other kinds too', async () => {
    expect((await ask({ kind: 'html', status: 502 })).status).toBe(502)
    await expect(ask({ kind: 'reset' })).rejects.toThrow('fetch failed')
  })
})
