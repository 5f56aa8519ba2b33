import { beforeEach, expect, it } from '@jest/globals'
import { journaled, requestIdOf } from '../../src/http/journal.js'
import { guardedFetch } from '../../src/http.js'
import { testClock } from '../fixtures/clock.js'

let debug: string[]
let info: string[]
const job = { debug: (line: string) => void debug.push(line), info: (line: string) => void info.push(line) }

beforeEach(() => {
  debug = []
  info = []
})

/** Sends one request through the guard, as every adapter does; each answer is one attempt. */
async function send(url: string, init: RequestInit, answers: (Response | Error)[]): Promise<void> {
  const clock = testClock()
  const fetch = async () => {
    const next = answers.shift()
    if (next instanceof Error) throw next
    return next ?? new Response('{}')
  }
  const guarded = guardedFetch(journaled(fetch, { clock, job }), { clock, signal: new AbortController().signal })
  await guarded(url, init).catch(() => undefined)
}

it('writes one line for each attempt, and nothing that was sent', async () => {
  const secret = 's3cret-s3cret'
  const refused = Object.assign(new TypeError(`fetch failed: ${secret}`), { cause: { code: 'ECONNRESET' } })
  await send(
    `https://user:${secret}@api.example.com/v2/branches?limit=100&key=${secret}&cursor=abc`,
    { method: 'PUT', headers: { authorization: `Bearer ${secret}` }, body: `{"password":"${secret}"}` },
    [
      refused,
      new Response(secret, { status: 503, headers: { 'x-request-id': 'req-1', 'set-cookie': secret } }),
      new Response('{}', { headers: { 'x-github-request-id': 'A1:B2' } }),
    ],
  )
  expect(debug).toEqual([
    'PUT api.example.com/v2/branches?limit=100&key=…&cursor=… → no answer in 0 ms (attempt 1, ECONNRESET)',
    'PUT api.example.com/v2/branches?limit=100&key=…&cursor=… → 503 in 0 ms (attempt 2, request req-1)',
    'PUT api.example.com/v2/branches?limit=100&key=…&cursor=… → 200 in 0 ms (attempt 3, request A1:B2)',
  ])
  expect([...debug, ...info].join('\n')).not.toContain(secret)
})

it('tells of a long wait that a server asks for, not of a short one', async () => {
  const busy = (seconds: string) => new Response('', { status: 429, headers: { 'retry-after': seconds } })
  await send('https://api.example.com/a', {}, [busy('2'), busy('37')])
  expect(info).toEqual(['api.example.com asks to wait 37 s before the next request (429).'])
  expect(debug).toHaveLength(3)
})

it('an id that is no id is left out', () => {
  expect(requestIdOf(new Headers({ 'x-request-id': 'a b::error::c' }))).toBe('')
  expect(requestIdOf(new Headers())).toBe('')
})

it('does not know more of a failure than its name', async () => {
  await send('https://api.example.com/a', { method: 'POST' }, [new Error('anything at all')])
  expect(debug).toEqual(['POST api.example.com/a → no answer in 0 ms (attempt 1, Error)'])
})
