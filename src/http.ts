import { CancelledError, ForgeError } from './errors.js'
import type { Clock } from './ports.js'

export interface HttpPolicy {
  /** Milliseconds for one request, answer included. */
  readonly requestTimeout: number
  /** How often a request is sent at most. */
  readonly attempts: number
  /** Longest wait before the next attempt, in milliseconds, whatever Retry-After says. */
  readonly longestWait: number
  /** For reads that go by POST, such as GraphQL queries. */
  readonly repeatsPost?: boolean
}

export const defaultHttpPolicy: HttpPolicy = { requestTimeout: 30_000, attempts: 4, longestWait: 60_000 }

type Fetch = (url: string, init?: RequestInit) => Promise<Response>

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
  return async (url, init = {}) => {
    const method = (init.method ?? 'GET').toUpperCase()
    const repeats = repeatable.has(method) || (policy.repeatsPost === true && method === 'POST')
    for (let attempt = 1; ; attempt++) {
      const last = attempt >= policy.attempts
      let wait: number
      try {
        const response = await send(fetch, url, { ...init, redirect: 'manual', signal: deadline(signal, policy) })
        if (response.status >= 300 && response.status < 400 && response.status !== 304)
          throw redirected(method, url, response)
        const pause = retryAfter(response, { attempt, now: clock.now() })
        const again = isRateLimit(response) || (repeats && retryableStatuses.has(response.status))
        if (last || !again || pause > policy.longestWait) return response
        wait = pause
      } catch (error) {
        if (signal.aborted) throw new CancelledError('cancelled', { cause: error })
        if (error instanceof ForgeError || last || !repeats) throw error
        wait = backoff(attempt)
      }
      await clock.sleep(wait)
    }
  }
}

/** The body is read here, so that a stalled body meets the deadline too. */
async function send(fetch: Fetch, url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init)
  const empty = response.status === 204 || response.status === 205 || response.status === 304 || response.body === null
  const body = empty ? null : await response.arrayBuffer()
  const copy = new Response(body, {
    status: response.status,
    statusText: response.statusText,
    headers: response.headers,
  })
  Object.defineProperty(copy, 'url', { value: response.url })
  return copy
}

function deadline(signal: AbortSignal, { requestTimeout }: HttpPolicy): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(requestTimeout)])
}

function redirected(method: string, url: string, response: Response): ForgeError {
  const location = response.headers.get('location') ?? ''
  const host = location !== '' && URL.canParse(location, url) ? new URL(location, url).host : ''
  return new ForgeError(
    `${method} ${placeOf(url)} failed: the server redirects to ${host || 'another place'}, and a credential is never sent on. Set the API address to the final one.`,
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
function retryAfter(response: Response, { attempt, now }: { attempt: number; now: Date }): number {
  const header = response.headers.get('retry-after')
  if (header !== null) {
    if (/^\d+$/.test(header)) return Number(header) * 1000
    // Date.parse alone would take "1.5" for a day in 2001 and the wait for over.
    const date = / GMT$/.test(header) ? Date.parse(header) : Number.NaN
    if (!Number.isNaN(date)) return Math.max(0, date - now.getTime())
  }
  const reset = response.headers.get('x-ratelimit-reset')
  if (response.headers.get('x-ratelimit-remaining') === '0' && reset !== null && /^\d+$/.test(reset)) {
    return Math.max(0, Number(reset) * 1000 - now.getTime())
  }
  return backoff(attempt)
}

function backoff(attempt: number): number {
  return attempt * attempt * 1000
}
