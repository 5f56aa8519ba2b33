import { CancelledError, RedirectError } from './errors.js'
import type { Clock } from './ports.js'

export interface HttpPolicy {
  /** Milliseconds for one request, answer included. */
  readonly requestTimeout: number
  /** How often a request is sent at most. */
  readonly attempts: number
  /** Longest wait before the next attempt, in milliseconds, whatever Retry-After says. */
  readonly longestWait: number
  /** Milliseconds for all requests of a run together, waits included; then no further one is sent. */
  readonly runTimeout: number
  /** Bytes of one answer. */
  readonly longestBody: number
  /** For reads that go by POST, such as GraphQL queries. */
  readonly repeatsPost?: boolean
  /** Statuses by which the server says that it did nothing, so that any verb may be repeated; 429 always is. */
  readonly untouched?: readonly number[]
  /** What `x-ratelimit-reset` counts: seconds since 1970, as GitHub does (the default), or seconds from now. */
  readonly rateLimitReset?: 'epoch' | 'from_now'
}

export const defaultHttpPolicy: HttpPolicy = {
  requestTimeout: 30_000,
  attempts: 4,
  longestWait: 60_000,
  runTimeout: 60 * 60_000,
  longestBody: 32 * 1024 * 1024,
}

/** `attempt` counts from 1 and is not sent: it is for the journal. */
export type Fetch = (url: string, init?: RequestInit & { readonly attempt?: number }) => Promise<Response>

/** Verbs that may be sent twice: doing them again changes nothing more. POST is not among them. */
const repeatable = new Set(['GET', 'HEAD', 'PUT', 'DELETE'])
const retryableStatuses = new Set([408, 429, 500, 502, 503, 504])

/**
 * A fetch that keeps credentials at home and gives up in time: no redirect is followed, every request has a deadline,
 * only repeatable verbs are repeated, and Retry-After is obeyed. A POST is sent again only after a rate limit, which
 * GitHub answers before it does anything.
 * Source: https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api
 */
export function guardedFetch(
  fetch: Fetch,
  ports: { clock: Clock; signal: AbortSignal },
  policy: HttpPolicy = defaultHttpPolicy,
): Fetch {
  const { clock, signal } = ports
  const started = clock.elapsed()
  return async (url, init = {}) => {
    const method = (init.method ?? 'GET').toUpperCase()
    const repeats = repeatable.has(method) || (policy.repeatsPost === true && method === 'POST')
    for (let attempt = 1; ; attempt++) {
      const last = attempt >= policy.attempts
      if (clock.elapsed() - started > policy.runTimeout)
        throw new Error('the time for all requests of this run is over')
      let wait: number
      try {
        const guarded = { ...init, attempt, redirect: 'manual' as const, signal: deadline(signal, policy) }
        const response = await send(fetch, { url, init: guarded, longestBody: policy.longestBody })
        if (response.status >= 300 && response.status < 400 && response.status !== 304)
          throw redirected(method, url, response)
        const pause = retryAfter(response, { attempt, now: clock.now(), policy })
        const untouched = policy.untouched?.includes(response.status) === true
        const again = isRateLimit(response) || untouched || (repeats && retryableStatuses.has(response.status))
        if (last || !again || pause > policy.longestWait) return response
        wait = pause
      } catch (error) {
        if (signal.aborted) throw new CancelledError('cancelled', { cause: error })
        if (error instanceof RedirectError || error instanceof TooLongError || last || !repeats) throw error
        wait = backoff(attempt)
      }
      await clock.sleep(wait)
    }
  }
}

/** The body is read here, so that a stalled body meets the deadline too. */
async function send(
  fetch: Fetch,
  { url, init, longestBody }: { url: string; init: RequestInit; longestBody: number },
): Promise<Response> {
  const response = await fetch(url, init)
  const empty = response.status === 204 || response.status === 205 || response.status === 304 || response.body === null
  const body = empty ? null : await readBody(response.body, longestBody)
  const copy = new Response(body, {
    status: response.status,
    statusText: response.statusText,
    headers: response.headers,
  })
  Object.defineProperty(copy, 'url', { value: response.url })
  return copy
}

class TooLongError extends Error {}

async function readBody(body: ReadableStream<Uint8Array>, longest: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    length += chunk.length
    if (length > longest) throw new TooLongError(`the answer is longer than ${longest} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function deadline(signal: AbortSignal, { requestTimeout }: HttpPolicy): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(requestTimeout)])
}

function redirected(method: string, url: string, response: Response): RedirectError {
  const location = response.headers.get('location') ?? ''
  const host = location !== '' && URL.canParse(location, url) ? new URL(location, url).host : ''
  return new RedirectError(
    `${method} ${placeOf(url)} failed: the server redirects to ${host || 'another place'}, and a credential is never sent on. Set the API address to the final one.`,
    { host },
  )
}

/** Host and path, without query and credentials. */
export function placeOf(url: string): string {
  const { host, pathname } = new URL(url)
  return `${host}${pathname}`
}

function isRateLimit(response: Response): boolean {
  if (response.status === 429) return true
  return (
    response.status === 403 &&
    (response.headers.has('retry-after') || response.headers.get('x-ratelimit-remaining') === '0')
  )
}

/** Milliseconds until the next attempt: what the server asks for, else 1, 4, 9 s. */
function retryAfter(
  response: Response,
  { attempt, now, policy }: { attempt: number; now: Date; policy: HttpPolicy },
): number {
  const header = response.headers.get('retry-after')
  if (header !== null) {
    if (/^\d+$/.test(header)) return Number(header) * 1000
    // Date.parse alone would take "1.5" for a day in 2001 and the wait for over.
    const date = / GMT$/.test(header) ? Date.parse(header) : Number.NaN
    if (!Number.isNaN(date)) return Math.max(0, date - now.getTime())
  }
  const reset = response.headers.get('x-ratelimit-reset')
  if (response.headers.get('x-ratelimit-remaining') === '0' && reset !== null && /^\d+$/.test(reset)) {
    const start = policy.rateLimitReset === 'from_now' ? 0 : now.getTime()
    return Math.max(0, Number(reset) * 1000 - start)
  }
  return backoff(attempt)
}

function backoff(attempt: number): number {
  return attempt * attempt * 1000
}
