/**
 * Faults on schedule. A fault either stands in for the answer, and then nothing has happened on the server, or it
 * disturbs the true answer, and then everything has. Faulty answers are not held against the description.
 */
import { errorAnswer, type Answer } from './answer.js'
import { isJson, timestamp } from './json.js'

/** Nothing is executed. */
type StandIn =
  | {
      kind: 'status'
      status: 401 | 403 | 404 | 409 | 422 | 423 | 429 | 500 | 502 | 503
      message?: string
      retryAfter?: number
    }
  | { kind: 'rate-limit'; resetInSeconds?: number }
  | { kind: 'secondary-rate-limit'; status?: 403 | 429; retryAfter?: number }
  /** A page from whatever stands in front of the API. */
  | { kind: 'html'; status: 200 | 502 }
  | { kind: 'redirect'; status: 301 | 302 | 303 | 307 | 308; location: string }
  /** The connection is reset, closed or left open before any answer. */
  | { kind: 'reset' | 'close' | 'hang' }

/** The call is executed and committed. */
type Disturbance =
  /** A complete HTTP answer whose JSON stops half-way. */
  | { kind: 'truncated' }
  | { kind: 'empty' }
  /** A list where an object belongs and the other way round, unless `value` says otherwise. */
  | { kind: 'wrong-type'; value?: unknown }
  | { kind: 'rewrite'; change: (body: unknown) => unknown }
  /** Half the bytes, then the connection closes (cut) or says no more (stall). */
  | { kind: 'cut' | 'stall' }
  | { kind: 'slow'; milliseconds: number }
  /** One byte every so many milliseconds, as long as the caller listens. */
  | { kind: 'drip'; every: number }
  /** The answer before this one at the same place, whatever page was asked for; the true one where there is none. */
  | { kind: 'repeat' }
  /** The server's clock is so many hours ahead: its `Date`, and every time in the body. */
  | { kind: 'skew'; hours: number }
  /** Committed, but the caller never learns it. */
  | { kind: 'lost'; answer?: 'reset' | 500 | 502 }
  /** GraphQL answers 200; `partial` keeps the data and nulls the later half of the repository's fields. */
  | { kind: 'graphql-error'; type: string; message?: string; partial?: boolean }

export type FaultKind = StandIn | Disturbance

const STAND_INS = new Set<FaultKind['kind']>([
  'status',
  'rate-limit',
  'secondary-rate-limit',
  'html',
  'redirect',
  'reset',
  'close',
  'hang',
])

export function isStandIn(fault: FaultKind): fault is StandIn {
  return STAND_INS.has(fault.kind)
}

export type Fault = {
  /** operationId in GitHub's description, `graphql`, or `*`. */
  operation: string
  /** First call it hits, counted from when it was set. Default 1. */
  nth?: number
  /** How many calls in a row it hits. Default 1. */
  times?: number
} & FaultKind

export interface ScheduledFault {
  /** A test that relies on a fault asserts that it struck. */
  readonly hits: number
  remove(): void
}

export type Delivery = 'whole' | 'reset' | 'close' | 'hang' | 'cut' | 'stall' | 'drip'

export interface Outcome {
  answer: Answer
  delivery: Delivery
  /** Before the answer; for `drip` before each byte. */
  delayMs: number
}

export function whole(answer: Answer): Outcome {
  return { answer, delivery: 'whole', delayMs: 0 }
}

export interface FaultSchedule {
  add(fault: Fault): ScheduledFault
  /** Counts the call and says which fault it meets. */
  take(operationId: string): Fault | undefined
}

export function faultSchedule(): FaultSchedule {
  const scheduled = new Set<{ fault: Fault; seen: number; hits: number }>()
  return {
    add: (fault) => {
      const record = { fault, seen: 0, hits: 0 }
      scheduled.add(record)
      return {
        get hits() {
          return record.hits
        },
        remove: () => void scheduled.delete(record),
      }
    },
    take: (operationId) => {
      const matching = [...scheduled].filter(({ fault }) => fault.operation === '*' || fault.operation === operationId)
      for (const record of matching) record.seen += 1
      const struck = matching.find(({ fault: { nth = 1, times = 1 }, seen }) => seen >= nth && seen < nth + times)
      if (struck !== undefined) struck.hits += 1
      return struck?.fault
    },
  }
}

const PAGE = '<!DOCTYPE html>\n<html><head><title>Unicorn!</title></head><body><p>We had issues.</p></body></html>\n'

const REASONS: Record<number, string> = {
  401: 'Bad credentials',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  422: 'Validation Failed',
  423: 'Locked',
  429: 'Too many requests',
  500: 'Server Error',
  502: 'Server Error',
  503: 'Service Unavailable',
}

function retryAfterHeader(seconds: number | undefined): Record<string, string> {
  return seconds === undefined ? {} : { 'retry-after': String(seconds) }
}

/** The outcome of a fault that keeps the call from being executed. */
export function standIn(fault: StandIn, now: Date): Outcome {
  switch (fault.kind) {
    case 'status': {
      const retryAfter = fault.retryAfter ?? (fault.status === 429 ? 1 : undefined)
      const answer = errorAnswer(fault.status, fault.message ?? REASONS[fault.status] ?? 'Error')
      return whole({ ...answer, headers: retryAfterHeader(retryAfter) })
    }
    case 'rate-limit': {
      const reset = Math.ceil(now.getTime() / 1000) + (fault.resetInSeconds ?? 60)
      const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) }
      return whole({ ...errorAnswer(403, 'API rate limit exceeded for installation.'), headers })
    }
    case 'secondary-rate-limit': {
      const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.'
      return whole({ ...errorAnswer(fault.status ?? 403, message), headers: retryAfterHeader(fault.retryAfter ?? 1) })
    }
    case 'html':
      return whole({ status: fault.status, text: PAGE, headers: { 'content-type': 'text/html; charset=utf-8' } })
    case 'redirect': {
      const body = {
        message: 'Moved Permanently',
        url: fault.location,
        documentation_url: 'https://docs.github.com/rest',
      }
      return whole({ status: fault.status, body, headers: { location: fault.location } })
    }
    case 'reset':
    case 'close':
    case 'hang':
      return { answer: { status: 0 }, delivery: fault.kind, delayMs: 0 }
  }
}

function opposite(body: unknown): unknown {
  return Array.isArray(body) ? {} : []
}

function graphqlError(answer: Answer, fault: Disturbance & { kind: 'graphql-error' }): Answer {
  const errors = [{ type: fault.type, message: fault.message ?? 'Something went wrong while executing your query.' }]
  const data = isJson(answer.body) ? answer.body.data : undefined
  if (!fault.partial || !isJson(data) || !isJson(data.repository)) return { status: 200, body: { data: null, errors } }
  const fields = Object.entries(data.repository)
  const kept = Math.floor(fields.length / 2)
  const repository = Object.fromEntries(fields.map(([field, value], index) => [field, index < kept ? value : null]))
  return { status: 200, body: { data: { ...data, repository }, errors } }
}

/** Texts that are a time, and nothing else: what the platform itself says, never what it was told. */
function shifted(value: unknown, hours: number): unknown {
  if (Array.isArray(value)) return value.map((item) => shifted(item, hours))
  if (isJson(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shifted(item, hours)]))
  const isTime = typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(value)
  if (!isTime) return value
  const later = new Date(Date.parse(value) + hours * 3_600_000)
  return value.includes('.') ? later.toISOString() : timestamp(later)
}

/** What a fault leaves of the answer of a call that was executed; `earlier` is the one before it at the same place. */
export function disturb(fault: Disturbance, answer: Answer, earlier = answer): Outcome {
  const text = answer.text ?? (answer.body === undefined ? '' : JSON.stringify(answer.body))
  switch (fault.kind) {
    case 'truncated':
      return whole({ ...answer, text: text.slice(0, Math.floor(text.length / 2)) })
    case 'empty':
      return whole({ ...answer, text: '' })
    case 'wrong-type':
      return whole({ ...answer, body: 'value' in fault ? fault.value : opposite(answer.body) })
    case 'rewrite':
      return whole({ ...answer, body: fault.change(structuredClone(answer.body)) })
    case 'cut':
    case 'stall':
      return { answer, delivery: fault.kind, delayMs: 0 }
    case 'drip':
      return { answer, delivery: 'drip', delayMs: fault.every }
    case 'repeat':
      return whole({ ...earlier })
    case 'skew': {
      const date = new Date(Date.now() + fault.hours * 3_600_000).toUTCString()
      return whole({ ...answer, body: shifted(answer.body, fault.hours), headers: { ...answer.headers, date } })
    }
    case 'slow':
      return { answer, delivery: 'whole', delayMs: fault.milliseconds }
    case 'lost':
      if (fault.answer === 500 || fault.answer === 502) return whole(errorAnswer(fault.answer, 'Server Error'))
      return { answer, delivery: 'reset', delayMs: 0 }
    case 'graphql-error':
      return whole(graphqlError(answer, fault))
  }
}
