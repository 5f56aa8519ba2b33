import type { Fetch } from '../http.js'
import type { Clock, Job } from '../ports.js'

export interface JournalPorts {
  readonly clock: Pick<Clock, 'elapsed'>
  readonly job: Pick<Job, 'debug' | 'info'>
}

/** Seconds that a server must ask for before the log tells of the wait. */
const longWait = 10

/**
 * A fetch that writes one line for each request to the debug log: method, address, status, time until the answer began,
 * attempt and the server's own id of the request. Never a body or a header that was sent, and no text of a query.
 */
export function journaled(fetch: Fetch, { clock, job }: JournalPorts): Fetch {
  return async (url, init = {}) => {
    const call = `${(init.method ?? 'GET').toUpperCase()} ${shownAddress(url)}`
    const attempt = `attempt ${init.attempt ?? 1}`
    const began = clock.elapsed()
    const took = () => `in ${Math.round(clock.elapsed() - began)} ms`
    try {
      const response = await fetch(url, init)
      const id = requestIdOf(response.headers)
      job.debug(`${call} → ${response.status} ${took()} (${attempt}${id === '' ? '' : `, request ${id}`})`)
      tellOfWait(job, url, response)
      return response
    } catch (error) {
      job.debug(`${call} → no answer ${took()} (${attempt}, ${codeOf(error)})`)
      throw error
    }
  }
}

/** Host, path and the names in the query; of its values only numbers, such as a page's. */
function shownAddress(url: string): string {
  const { host, pathname, searchParams } = new URL(url)
  const query = [...searchParams].map(([name, value]) => `${name}=${/^\d{1,6}$/.test(value) ? value : '…'}`)
  return `${host}${pathname}${query.length === 0 ? '' : `?${query.join('&')}`}`
}

/** The server's id of a request, by which its people find it; empty when it tells none. */
export function requestIdOf(headers: Headers): string {
  const names = ['x-request-id', 'x-neon-ret-request-id', 'x-github-request-id']
  const id = names.map((name) => headers.get(name)).find((value) => value !== null) ?? ''
  return /^[\w.:-]{1,80}$/.test(id) ? id : ''
}

function tellOfWait(job: JournalPorts['job'], url: string, { status, headers }: Response): void {
  const seconds = /^\d{1,5}$/.exec(headers.get('retry-after') ?? '')?.[0]
  if (status < 400 || seconds === undefined || Number(seconds) < longWait) return
  job.info(`${new URL(url).host} asks to wait ${seconds} s before the next request (${status}).`)
}

/** The name of what went wrong, such as ECONNREFUSED; never its text, which can hold anything. */
function codeOf(error: unknown): string {
  const { cause, name } = error as { cause?: { code?: unknown }; name?: unknown }
  const code = cause?.code ?? name
  return typeof code === 'string' && /^\w{1,40}$/.test(code) ? code : 'unknown'
}
