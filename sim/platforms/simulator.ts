/**
 * What the simulators of all platforms share: sockets, a journal, faults on schedule, and the platform's published
 * description as a referee of every request and every answer of ours.
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { Operation, Request } from 'openapi-backend'
import { Refusal, type Answer } from '../http/answer.js'
import {
  disturb,
  type Fault,
  faultSchedule,
  isStandIn,
  type Outcome,
  type ScheduledFault,
  standIn,
  whole,
} from '../http/faults.js'
import { type Incoming, listen } from '../http/server.js'
import type { Specification } from '../http/specification.js'

export interface Call {
  /** `GET /projects/{project}/branches`, as the route is written. */
  readonly operation: string
  /** Decoded. */
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  /** The whole query, for fields that come more than once. */
  readonly search: string
  /** The parsed JSON body; undefined when there is none. */
  readonly body: unknown
  readonly headers: Readonly<Record<string, string>>
}

export type Route = (call: Call) => Answer | Promise<Answer>

export interface Entry {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly operation: string | null
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
  /** Null until answered, and for ever if the connection was broken first. */
  status: number | null
  fault?: string
}

export interface SimulatorOptions {
  /** What stands before the paths of the description, such as `/api/v2`. */
  readonly basePath?: string
  /** Route by `METHOD /path/{param}`, in the words of the description where there is one. */
  readonly routes: Readonly<Record<string, Route>>
  /** Published description; without one, the routes alone say what is known. */
  readonly description?: Specification
  /** The answer to a request whose credentials are wrong; undefined when they are right. */
  readonly authorize: (headers: Readonly<Record<string, string>>) => Answer | undefined
  /** Sent with every answer, such as rate limits and a request id. */
  readonly headers?: (count: number) => Record<string, string>
  /** Statuses of an operation that the description forgot although the server sends them. */
  readonly undescribed?: (operation: string, status: number) => boolean
  /** Milliseconds before each answer. */
  readonly latency?: number
}

export interface Simulator {
  /** With the base path, without a slash at the end. */
  readonly url: string
  readonly journal: readonly Entry[]
  /** What a caller, or the simulator itself, must never do. A test fails on any. */
  readonly violations: readonly string[]
  /** `operation` is a route such as `GET /projects/{project}/branches`, or `*`. */
  fault(fault: Fault): ScheduledFault
  /** Runs before a route does; gives a way to take it off again. */
  before(operation: string, hook: (call: Call) => void | Promise<void>): () => void
  close(): Promise<void>
}

interface Matched {
  readonly operation: string
  readonly route: Route
  readonly params: Readonly<Record<string, string>>
}

export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { basePath = '', routes, description } = options
  const journal: Entry[] = []
  const violations: string[] = []
  const faults = faultSchedule()
  /** The last answer of each place that was read since a fault was set. */
  const earlier = new Map<string, Answer>()
  const hooks = new Set<{ operation: string; hook: (call: Call) => void | Promise<void> }>()
  const table = Object.entries(routes).map(([operation, route]) => ({ operation, route, ...pattern(operation) }))

  function match({ method, path }: Incoming): Matched | undefined {
    if (!path.startsWith(`${basePath}/`)) return undefined
    const bare = path.slice(basePath.length)
    for (const { operation, route, verb, expression, names } of table) {
      const found = verb === method ? expression.exec(bare) : null
      if (!found) continue
      const values = found.slice(1).map(decodeURIComponent)
      return { operation, route, params: Object.fromEntries(names.map((name, index) => [name, values[index] ?? ''])) }
    }
    return undefined
  }

  async function decide(incoming: Incoming): Promise<Outcome> {
    const matched = match(incoming)
    const body = parsed(incoming.body)
    const query = Object.fromEntries(new URLSearchParams(incoming.search))
    const { method, path, headers } = incoming
    const operation = matched?.operation ?? null
    const entry: Entry = { method, path, query, operation, headers, body, status: null }
    journal.push(entry)
    const outcome = await answer({ incoming, entry, matched }).catch((error: unknown) => {
      if (error instanceof Refusal) return whole(error.answer)
      violations.push(`${method} ${path}: the simulator broke: ${String(error)}`)
      return whole({ status: 500, body: { message: 'Internal error' } })
    })
    outcome.answer.headers = {
      ...(outcome.answer.status !== 204 && { 'content-type': 'application/json' }),
      ...options.headers?.(journal.length),
      ...outcome.answer.headers,
    }
    if (outcome.delivery === 'whole') entry.status = outcome.answer.status
    return outcome
  }

  async function answer(at: { incoming: Incoming; entry: Entry; matched: Matched | undefined }): Promise<Outcome> {
    const { incoming, entry, matched } = at
    if (!matched) {
      violations.push(`${incoming.method} ${incoming.path}: no such route`)
      return whole({ status: 404, body: { message: 'no such route' } })
    }
    const refused = options.authorize(incoming.headers)
    if (refused) return whole(refused)
    const { operation } = matched
    const described = describe(incoming)
    for (const fault of described.faults) violations.push(`${operation}: request: ${fault}`)
    const call: Call = {
      ...matched,
      query: entry.query,
      search: incoming.search,
      body: entry.body,
      headers: incoming.headers,
    }
    for (const { operation: wanted, hook } of hooks) if (wanted === operation) await hook(call)
    const fault = faults.take(operation)
    if (fault) entry.fault = fault.kind
    if (fault && isStandIn(fault)) return standIn(fault, new Date())
    const given = await refusalsAsAnswers(() => matched.route(call))
    for (const wrong of described.judge(given, operation))
      violations.push(`${operation}: answer ${given.status}: ${wrong}`)
    const place = `${incoming.method} ${incoming.path}`
    const last = earlier.get(place)
    if (incoming.method === 'GET' && !(last && fault?.kind === 'repeat')) earlier.set(place, { ...given })
    return fault ? disturb(fault, given, last) : whole(given)
  }

  /** What the description says of this request, and how it judges our answer to it. */
  function describe(incoming: Incoming): {
    faults: string[]
    judge: (answer: Answer, operation: string) => string[]
  } {
    if (!description) return { faults: [], judge: () => [] }
    const { method, search, headers } = incoming
    const path = incoming.path.slice(basePath.length)
    const body = parsed(incoming.body)
    const request: Request = {
      method,
      path,
      query: search,
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body }),
    }
    const found: Operation | undefined = description.match(request)
    if (!found) return { faults: ['the description knows no such operation'], judge: () => [] }
    return {
      faults: description.faultsInRequest(request, found),
      judge: (given, operation) =>
        given.text !== undefined || options.undescribed?.(operation, given.status)
          ? []
          : description.faultsInAnswer(found, given.status, given.body),
    }
  }

  const { url, close } = await listen(decide, options.latency ?? 0)
  return {
    url: url + basePath,
    journal,
    violations,
    fault(fault) {
      earlier.clear()
      return faults.add(fault)
    },
    before(operation, hook) {
      const record = { operation, hook }
      hooks.add(record)
      return () => void hooks.delete(record)
    },
    close,
  }
}

function pattern(operation: string): { verb: string; expression: RegExp; names: string[] } {
  const [verb = '', path = ''] = operation.split(' ')
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')
  const escaped = path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '([^/]+?)')
  return { verb, expression: new RegExp(`^${escaped}$`), names }
}

function parsed(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

async function refusalsAsAnswers(run: () => Answer | Promise<Answer>): Promise<Answer> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof Refusal) return error.answer
    throw error
  }
}

/** A server clock that platforms wait on: real milliseconds, but few of them. */
export function soon(milliseconds: number, then: () => void): void {
  void delay(milliseconds, undefined, { ref: false }).then(then)
}
