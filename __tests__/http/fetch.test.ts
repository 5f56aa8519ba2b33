import { afterEach, describe, expect, it } from '@jest/globals'
import { CancelledError, RedirectError } from '../../src/errors.js'
import { defaultHttpPolicy, guardedFetch, type HttpPolicy, placeOf } from '../../src/http.js'
import { testClock } from '../fixtures/clock.js'
import { type Answer, startWeb, type Web } from '../fixtures/web.js'

const webs: Web[] = []

async function web(answer?: Answer): Promise<Web> {
  const started = await startWeb(answer)
  webs.push(started)
  return started
}

afterEach(async () => {
  await Promise.all(webs.splice(0).map((one) => one.close()))
})

function guarded(change: Partial<HttpPolicy> = {}) {
  const clock = testClock()
  const abort = new AbortController()
  const send = guardedFetch(
    (url, init) => fetch(url, init),
    { clock, signal: abort.signal },
    { ...defaultHttpPolicy, ...change },
  )
  return { send, clock, abort }
}

const verbs = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']
const repeatable = ['GET', 'HEAD', 'PUT', 'DELETE']

/** Answers the statuses one after the other, the last one for ever. */
const statuses =
  (...list: number[]): Answer =>
  (_request, response, count) =>
    void response.writeHead(list[Math.min(count, list.length) - 1]!).end('{}')

describe('a redirect', () => {
  const rows = [301, 302, 303, 307, 308].flatMap((status) =>
    ['GET', 'POST', 'PUT', 'DELETE'].map((verb) => ({ status, verb })),
  )

  it.each(rows)('$status of a $verb is refused, and the other place gets no request', async ({ status, verb }) => {
    const elsewhere = await web()
    const location = `http://user:pass@127.0.0.1:${elsewhere.port}/steal?token=t`
    const home = await web((_request, response) => void response.writeHead(status, { location }).end())
    const { send, clock } = guarded()
    const failed = send(`${home.url}/repos/a/b?secret=s`, { method: verb, headers: { authorization: 'token t' } })
    const error = await failed.catch((thrown: unknown) => thrown as Error)
    expect(error).toBeInstanceOf(RedirectError)
    expect((error as RedirectError).host).toBe(`127.0.0.1:${elsewhere.port}`)
    expect((error as Error).message).toBe(
      `${verb} 127.0.0.1:${home.port}/repos/a/b failed: the server redirects to 127.0.0.1:${elsewhere.port}, and a credential is never sent on. Set the API address to the final one.`,
    )
    expect([elsewhere.connections, home.requests.length, clock.waits]).toEqual([0, 1, []])
  })

  it.each<[string, Record<string, string>, string]>([
    ['without a place', {}, 'the server redirects to another place'],
    ['to nonsense', { location: 'http://[' }, 'the server redirects to another place'],
    ['to the same host', { location: '/moved' }, 'the server redirects to 127.0.0.1:'],
  ])('%s is refused too', async (_name, headers, words) => {
    const home = await web((_request, response) => void response.writeHead(302, headers).end())
    await expect(guarded().send(home.url)).rejects.toThrow(words)
    expect(home.requests).toHaveLength(1)
  })

  it('is not what "not modified" is', async () => {
    const home = await web(statuses(304))
    expect((await guarded().send(home.url)).status).toBe(304)
  })
})

describe('a failing server', () => {
  const retried = [408, 429, 500, 502, 503, 504]
  const final = [400, 401, 403, 404, 409, 410, 413, 422, 451, 501]

  it.each(verbs.flatMap((verb) => retried.map((status) => ({ verb, status }))))(
    'answers a $verb with $status once',
    async ({ verb, status }) => {
      const home = await web(statuses(status, 200))
      const { send, clock } = guarded()
      const again = repeatable.includes(verb) || status === 429
      expect((await send(home.url, { method: verb })).status).toBe(again ? 200 : status)
      expect(home.requests).toHaveLength(again ? 2 : 1)
      expect(clock.waits).toEqual(again ? [1000] : [])
    },
  )

  it.each(verbs.flatMap((verb) => final.map((status) => ({ verb, status }))))(
    'is not asked again after $verb $status',
    async ({ verb, status }) => {
      const home = await web(statuses(status, 200))
      expect((await guarded().send(home.url, { method: verb })).status).toBe(status)
      expect(home.requests).toHaveLength(1)
    },
  )

  it('is asked four times, and nobody waits after the last one', async () => {
    const home = await web(statuses(502))
    const { send, clock } = guarded()
    expect((await send(home.url)).status).toBe(502)
    expect(home.requests).toHaveLength(4)
    expect(clock.waits).toEqual([1000, 4000, 9000])
  })

  it('gives body, headers and address of its last answer', async () => {
    const home = await web((_request, response) => void response.writeHead(422, { 'x-a': 'b' }).end('{"message":"no"}'))
    const response = await guarded().send(`${home.url}/x`)
    expect([response.status, response.headers.get('x-a'), response.url]).toEqual([422, 'b', `${home.url}/x`])
    expect(await response.json()).toEqual({ message: 'no' })
  })
})

describe('a rate limit', () => {
  const now = Date.parse('2026-11-22T08:00:00Z')
  const limited =
    (status: number, headers: Record<string, string>): Answer =>
    (_request, response, count) =>
      void response.writeHead(count === 1 ? status : 200, count === 1 ? headers : {}).end('{}')

  it.each<[string, number, Record<string, string>, number]>([
    ['seconds', 429, { 'retry-after': '7' }, 7000],
    ['no seconds', 429, { 'retry-after': '0' }, 0],
    ['a date', 429, { 'retry-after': 'Sun, 22 Nov 2026 08:00:30 GMT' }, 30_000],
    ['a date that is over', 429, { 'retry-after': 'Sun, 22 Nov 2026 07:00:00 GMT' }, 0],
    ['a fraction', 429, { 'retry-after': '1.5' }, 1000],
    ['a negative number', 429, { 'retry-after': '-1' }, 1000],
    ['nonsense', 429, { 'retry-after': 'soon' }, 1000],
    ['seconds on a 503', 503, { 'retry-after': '3' }, 3000],
    ['seconds on a 403', 403, { 'retry-after': '3' }, 3000],
    ['the reset time', 403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1000 + 20) }, 20_000],
    ['a reset time that is over', 429, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' }, 0],
    ['a reset time with calls left', 429, { 'x-ratelimit-remaining': '5', 'x-ratelimit-reset': '99' }, 1000],
    [
      'Retry-After before the reset time',
      429,
      { 'retry-after': '2', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' },
      2000,
    ],
    ['the longest wait', 429, { 'retry-after': '60' }, 60_000],
  ])('that names %s is waited out', async (_name, status, headers, wait) => {
    const home = await web(limited(status, headers))
    const { send, clock } = guarded()
    expect((await send(home.url)).status).toBe(200)
    expect(clock.waits).toEqual([wait])
  })

  it.each<[string, Record<string, string>]>([
    ['a minute and a second', { 'retry-after': '61' }],
    ['an eternity', { 'retry-after': '9'.repeat(40) }],
    ['a date next year', { 'retry-after': 'Mon, 22 Nov 2027 08:00:00 GMT' }],
    ['an hour to the reset', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1000 + 3600) }],
  ])('of %s is not waited out', async (_name, headers) => {
    const home = await web(limited(429, headers))
    const { send, clock } = guarded()
    expect((await send(home.url)).status).toBe(429)
    expect([home.requests.length, clock.waits]).toEqual([1, []])
  })

  it.each(['POST', 'PATCH'])('lets a %s be sent again, because nothing was done', async (method) => {
    const home = await web(limited(429, { 'retry-after': '2' }))
    const { send, clock } = guarded()
    expect((await send(home.url, { method, body: '{}' })).status).toBe(200)
    expect(clock.waits).toEqual([2000])
  })
})

describe('a broken connection', () => {
  const breaks: Answer = (_request, response, count) => {
    if (count === 1) response.socket?.resetAndDestroy()
    else response.writeHead(200).end('{}')
  }

  it.each(repeatable)('is tried again with %s', async (method) => {
    const home = await web(breaks)
    const { send, clock } = guarded()
    expect((await send(home.url, { method })).status).toBe(200)
    expect(clock.waits).toEqual([1000])
  })

  it.each(['POST', 'PATCH'])('is not tried again with %s', async (method) => {
    const home = await web(breaks)
    const { send, clock } = guarded()
    await expect(send(home.url, { method, body: '{}' })).rejects.toThrow()
    expect([home.requests.length, clock.waits]).toEqual([1, []])
  })

  it('is an error in the end', async () => {
    const home = await web((_request, response) => void response.socket?.resetAndDestroy())
    const { send, clock } = guarded()
    await expect(send(home.url)).rejects.toThrow('fetch failed')
    expect([home.requests.length, clock.waits]).toEqual([4, [1000, 4000, 9000]])
  })

  it('in the middle of the answer is tried again', async () => {
    const home = await web((_request, response, count) => {
      if (count > 1) return void response.writeHead(200).end('whole')
      response.writeHead(200, { 'content-length': '100' })
      response.write('half', () => response.socket?.destroy())
    })
    expect(await (await guarded().send(home.url)).text()).toBe('whole')
  })
})

describe('a deadline', () => {
  const silent: Answer = () => undefined
  const stalled: Answer = (_request, response) => {
    response.writeHead(200, { 'content-length': '100' })
    response.write('half')
  }

  it.each<[string, Answer]>([
    ['a server that never answers', silent],
    ['an answer that never ends', stalled],
  ])('ends %s', async (_name, answer) => {
    const home = await web(answer)
    const { send, clock } = guarded({ requestTimeout: 50, attempts: 2 })
    await expect(send(home.url)).rejects.toMatchObject({ name: 'TimeoutError' })
    // By the waits: what is sent may come too late to be counted.
    expect(clock.waits).toEqual([1000])
  })

  it('of a POST is not tried again', async () => {
    const home = await web(silent)
    const { send, clock } = guarded({ requestTimeout: 50 })
    await expect(send(home.url, { method: 'POST' })).rejects.toThrow()
    expect(clock.waits).toEqual([])
  })
})

describe('a cancelled run', () => {
  it.each<[string, Answer]>([
    ['an answer', () => undefined],
    [
      'the rest of an answer',
      (_request, response) => void response.writeHead(200, { 'content-length': '9' }).write('x'),
    ],
  ])('stops waiting for %s at once', async (_name, answer) => {
    const home = await web((request, response, count) => {
      answer(request, response, count)
      setTimeout(() => abort.abort(), 20)
    })
    const { send, clock, abort } = guarded()
    const started = performance.now()
    await expect(send(home.url)).rejects.toBeInstanceOf(CancelledError)
    expect(performance.now() - started).toBeLessThan(2000)
    expect([home.requests.length, clock.waits]).toEqual([1, []])
  })

  it('sends nothing', async () => {
    const home = await web()
    const { send, abort } = guarded()
    abort.abort()
    await expect(send(home.url)).rejects.toBeInstanceOf(CancelledError)
    expect(home.connections).toBe(0)
  })

  it('does not wait for the next attempt', async () => {
    const home = await web(statuses(500))
    const clock = { ...testClock(), sleep: () => Promise.reject(new CancelledError('cancelled')) }
    const send = guardedFetch((url, init) => fetch(url, init), { clock, signal: new AbortController().signal })
    await expect(send(home.url)).rejects.toBeInstanceOf(CancelledError)
    expect(home.requests).toHaveLength(1)
  })
})

describe('a limit', () => {
  it('of bytes ends an answer that goes on for ever, and nobody asks for it again', async () => {
    const home = await web((_request, response) => {
      const more = () => response.write('x'.repeat(1000), () => void (response.destroyed || setImmediate(more)))
      response.writeHead(200)
      more()
    })
    await expect(guarded({ longestBody: 5000 }).send(home.url)).rejects.toThrow('the answer is longer than 5000 bytes')
    expect(home.requests).toHaveLength(1)
  })

  it('of time for the whole run ends the waiting, too', async () => {
    const home = await web(statuses(500))
    const { send, clock } = guarded({ runTimeout: 4000 })
    await expect(send(home.url)).rejects.toThrow('the time for all requests of this run is over')
    expect([home.requests.length, clock.waits]).toEqual([2, [1000, 4000]])
  })

  it.each(['POST', 'PATCH'])('is lifted for a %s by a status that means that nothing was done', async (method) => {
    const home = await web(statuses(423, 200))
    const { send, clock } = guarded({ untouched: [423] })
    expect((await send(home.url, { method })).status).toBe(200)
    expect(clock.waits).toEqual([1000])
  })
})

it('names a place without query and credentials', () => {
  expect(placeOf('https://user:pass@api.example.com:8443/repos/a?token=t#x')).toBe('api.example.com:8443/repos/a')
})

describe('a platform with ways of its own', () => {
  it.each([
    ['reads by POST', true, 'POST', 2],
    ['reads by POST, but not by PATCH', true, 'PATCH', 1],
    ['writes by POST', undefined, 'POST', 1],
  ])('%s', async (_what, repeatsPost, method, count) => {
    const home = await web(statuses(502, 200))
    await guarded(repeatsPost === undefined ? {} : { repeatsPost }).send(home.url, { method })
    expect(home.requests).toHaveLength(count)
  })

  it('is not asked to write twice because it says when to come again', async () => {
    const home = await web((_request, response) => void response.writeHead(503, { 'retry-after': '1' }).end('{}'))
    expect((await guarded().send(home.url, { method: 'POST' })).status).toBe(503)
    expect(home.requests).toHaveLength(1)
  })

  it.each([
    ['from_now', '7', 7000],
    ['epoch', String(Date.parse('2026-11-22T08:00:05Z') / 1000), 5000],
    ['from_now', '7s', 1000],
    ['from_now', 'in 7', 1000],
  ] as const)('counts its limit %s: %s is %d ms', async (rateLimitReset, reset, wait) => {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset }
    const home = await web(
      (_request, response, count) => void response.writeHead(count === 1 ? 429 : 200, headers).end(),
    )
    const { send, clock } = guarded({ rateLimitReset })
    await send(home.url)
    expect(clock.waits).toEqual([wait])
  })
})
