import { CancelledError, ProviderError, RedirectError } from '../errors.js'
import { defaultHttpPolicy, type Fetch, guardedFetch, type HttpPolicy, placeOf } from '../http.js'
import type { Clock } from '../ports.js'
import type { Secret } from '../secret.js'
import { requestIdOf } from './journal.js'
import { Shape } from './shape.js'

export interface ApiOptions {
  /** For sentences: `Neon`. */
  readonly platform: string
  /** Without a slash at the end. */
  readonly baseUrl: string
  readonly fetch: Fetch
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Sent with every request. The value of a header that lets somebody in is a Secret. */
  readonly headers: Readonly<Record<string, Secret>>
  readonly policy?: Partial<HttpPolicy>
  /** What the platform itself means by a failure, where that is more than its status tells. */
  readonly explain?: (failure: Failure) => Explanation | undefined
}

export interface Request {
  /** The beginning of the sentence when it fails: `Creating "pr-7"`. */
  readonly doing: string
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>
  readonly body?: unknown
  /** Failing statuses that are answers to this request, such as 404 when something is looked for. */
  readonly accept?: readonly number[] | ((failure: Failure) => boolean)
  /** What a failure of this very request means; undefined: what it means anywhere on the platform. */
  readonly explain?: (failure: Failure) => Explanation | undefined
}

export interface Answer {
  readonly status: number
  /** The JSON body; reading a field of an answer without one fails. */
  readonly body: Shape
  readonly headers: Headers
  /** What a failing status said, as far as it has the usual form. */
  readonly failure: Failure
}

/** What a platform said when it refused. `said` is for telling cases apart only: it can quote what was sent. */
export interface Failure {
  readonly status: number
  /** The platform's word for it, such as `BRANCHES_LIMIT_EXCEEDED`. */
  readonly code: string
  readonly said: string
  /** The whole of it, for telling cases apart only. */
  readonly body: Shape
  /** `POST host/path → 409 CODE, request id`, for sentences. */
  readonly trace: string
}

export interface Explanation {
  readonly why: string
  readonly advice: string
}

/** A platform refused or failed. The sentence holds neither body nor query. */
export class ApiError extends ProviderError {
  override name = 'ApiError'
  readonly failure: Failure

  constructor(message: string, failure: Failure) {
    super(message)
    this.failure = failure
  }
}

/** Nobody knows whether the request was carried out: the connection broke, or the platform failed in the middle. */
export class LostAnswerError extends ProviderError {
  override name = 'LostAnswerError'
  /** What a failing platform said all the same; undefined when there was no answer. */
  readonly failure: Failure | undefined

  constructor(message: string, options: ErrorOptions & { failure?: Failure } = {}) {
    super(message, options)
    this.failure = options.failure
  }
}

export interface Api {
  /** `place` comes from the tag `path`. @throws ApiError, LostAnswerError, RedirectError, CancelledError */
  send(method: Method, place: string, request: Request): Promise<Answer>
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** A platform's JSON interface: one place for credentials, deadlines, retries and sentences. */
export function openApi(options: ApiOptions): Api {
  const { clock, signal, platform } = options
  const fetch = guardedFetch(options.fetch, { clock, signal }, { ...defaultHttpPolicy, ...options.policy })
  return {
    async send(method, place, request) {
      const url = urlOf(options.baseUrl + place, request.query)
      const call = `${method} ${placeOf(url)}`
      const response = await fetch(url, initOf(options, method, request)).catch((error: unknown) => {
        if (error instanceof CancelledError || error instanceof RedirectError) throw error
        throw lost(request, { call, platform, error })
      })
      const json = bodyOf(await response.text())
      const failure = failureOf(response, json.value, call)
      if (!response.ok && !accepts(request, failure)) throw refusal(options, request, failure)
      if (response.ok && !json.parsed) {
        const what = `${request.doing} failed: ${platform} answered something that is not JSON (${call} → ${response.status}).`
        throw new LostAnswerError(`${what} Check "api_url" and run the job again.`)
      }
      return { status: response.status, body: failure.body, headers: response.headers, failure }
    },
  }
}

/**
 * Builds the path of a request; every value is encoded. An empty value would make another request of it, such as the
 * deletion of the whole collection.
 * @throws ProviderError when a value is empty, `.` or `..`.
 */
export function path(parts: TemplateStringsArray, ...values: readonly string[]): string {
  const encoded = values.map((value) => {
    if (value === '' || value === '.' || value === '..') {
      throw new ProviderError(`A request to ${parts[0]}… was not sent: a name or id in it is ${JSON.stringify(value)}.`)
    }
    return encodeURIComponent(value)
  })
  return String.raw({ raw: parts }, ...encoded)
}

function urlOf(base: string, query: Request['query'] = {}): string {
  const url = new URL(base)
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, String(value))
  }
  return url.href
}

function initOf({ headers }: ApiOptions, method: Method, { body }: Request): RequestInit {
  const credentials = Object.entries(headers).map(([name, value]) => [name, value.reveal()] as const)
  return {
    method,
    headers: {
      accept: 'application/json',
      'user-agent': 'db-branch-action',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...Object.fromEntries(credentials),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }
}

/** An empty body is fine: many platforms answer a deletion with nothing. */
function bodyOf(text: string): { parsed: boolean; value: unknown } {
  if (text.trim() === '') return { parsed: true, value: undefined }
  try {
    return { parsed: true, value: JSON.parse(text) }
  } catch {
    return { parsed: false, value: undefined }
  }
}

function saidIn(value: unknown): Pick<Failure, 'code' | 'said'> {
  const body = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  const inner = typeof body['error'] === 'object' && body['error'] !== null ? (body['error'] as typeof body) : body
  const text = (field: unknown) => (typeof field === 'string' ? field : '')
  return { code: text(inner['code']), said: text(inner['message']) || text(body['error']) }
}

function lost(
  { doing }: Request,
  { call, platform, error }: { call: string; platform: string; error: unknown },
): LostAnswerError {
  // "fetch failed" says nothing; its cause does.
  const { cause: inner, message = String(error) } = error as { cause?: { message?: string }; message?: string }
  const cause = inner?.message || message
  const advice = 'Check "api_url" and that the runner can reach it, and run the job again.'
  return new LostAnswerError(`${doing} failed: ${platform} gave no answer (${call}: ${cause}). ${advice}`, {
    cause: error,
  })
}

function failureOf(response: Response, value: unknown, call: string): Failure {
  const { status } = response
  const { code, said } = saidIn(value)
  const id = requestIdOf(response.headers)
  const shownCode = /^[A-Za-z0-9_.-]{1,60}$/.test(code) ? ` ${code}` : ''
  const trace = `${call} → ${status}${shownCode}${id === '' ? '' : `, request ${id}`}`
  return { status, code, said, body: new Shape(value, 'answer'), trace }
}

function accepts({ accept }: Request, failure: Failure): boolean {
  return typeof accept === 'function' ? accept(failure) : accept?.includes(failure.status) === true
}

function refusal(options: ApiOptions, { doing, explain }: Request, failure: Failure): ApiError | LostAnswerError {
  const { why, advice } = explain?.(failure) ?? options.explain?.(failure) ?? explainStatus(options.platform, failure)
  const sentence = `${doing} failed: ${why} (${failure.trace}). ${advice}`
  return failure.status >= 500 && failure.status !== 503
    ? new LostAnswerError(sentence, { failure })
    : new ApiError(sentence, failure)
}

function explainStatus(platform: string, { status }: Failure): Explanation {
  if (status === 401) return { why: `${platform} does not know the key`, advice: 'Check "api_key".' }
  if (status === 403) {
    return { why: `the key may not do this on ${platform}`, advice: 'Check the permissions of "api_key".' }
  }
  if (status === 404) {
    return {
      why: `${platform} does not find it`,
      advice: 'Check "organization", "project" and "database", as far as they are set.',
    }
  }
  if (status === 402)
    return { why: `the plan on ${platform} does not allow it`, advice: 'Change the plan or delete branches.' }
  if (status === 423) return { why: `${platform} is busy with the same project`, advice: 'Run the job again later.' }
  if (status === 429) return { why: `the rate limit of ${platform} is used up`, advice: 'Run the job again later.' }
  if (status >= 500) return { why: `${platform} is out of order`, advice: 'Run the job again later.' }
  return { why: `${platform} refused`, advice: 'Check the inputs of the step.' }
}
