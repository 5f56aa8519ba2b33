/** From one request to its outcome: gates, hooks, faults, route, and the check of our own answer. */
import type { Operation, Request } from 'openapi-backend'
import { Refusal, type Answer } from '../http/answer.js'
import type { Call } from './call.js'
import { disturb, isStandIn, standIn, whole, type FaultSchedule, type Outcome } from '../http/faults.js'
import * as gates from './gates.js'
import { answerGraphql } from './graphql.js'
import type { Hooks } from './hooks.js'
import type { Identity } from './identity.js'
import type { Journal, JournalEntry } from './journal.js'
import { isJson, type Json } from '../http/json.js'
import { anonymousHeaders, budgets, rateLimitHeaders, spend, type Resource } from './rate-limit.js'
import { routes } from './routes/index.js'
import type { Incoming } from '../http/server.js'
import type { Specification } from '../http/specification.js'
import type { State } from './state.js'

export interface Exchange {
  state: State
  specification: Specification
  identities: ReadonlyMap<string, Identity>
  journal: Journal
  faults: FaultSchedule
  hooks: Hooks
  /** The last answer of each place that was read since a fault was set, and of each query. */
  earlier: Map<string, Answer>
}

/** One request while it is looked at. */
interface Visit {
  exchange: Exchange
  incoming: Incoming
  entry: JournalEntry
  violate: gates.Violate
}

const GRAPHQL_PATHS = new Set(['/graphql', '/api/graphql'])

/** Other spellings of a path that GitHub understands: the Enterprise prefix, numeric repositories, slashes in file paths. */
function canonicalPath({ path, method }: Incoming, { repository }: State): string {
  const bare = path.replace(/^\/api\/v3(?=\/)/, '')
  const named =
    method === 'GET'
      ? bare.replace(new RegExp(`^/repositories/${repository.id}(?=/|$)`), `/repos/${repository.fullName}`)
      : bare
  return named.replace(
    /^(\/repos\/[^/]+\/[^/]+\/contents\/)(.+)$/,
    (_, start: string, file: string) => start + file.replaceAll('/', '%2F'),
  )
}

function bearer(headers: Incoming['headers']): string | undefined {
  return /^(?:token|bearer) +(\S+)$/i.exec(headers.authorization ?? '')?.[1]
}

function openEntry({ method, path, search, headers, body }: Incoming, identity: Identity | undefined): JournalEntry {
  return {
    method,
    path,
    query: Object.fromEntries(new URLSearchParams(search)),
    operationId: null,
    status: null,
    token: identity?.name ?? null,
    userAgent: headers['user-agent'] ?? null,
    apiVersion: headers['x-github-api-version'] ?? null,
    body: readable(body),
    durationMs: null,
  }
}

function readable(body: string): unknown {
  if (body === '') return null
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}

/** Executes between the hooks and under whatever fault is due. */
async function perform(
  visit: Visit,
  call: Omit<Call, 'headers' | 'path' | 'state'>,
  run: () => Answer | Promise<Answer>,
): Promise<Outcome> {
  const { faults, hooks, state } = visit.exchange
  const { operationId, params, query, body } = call
  const seen = { operationId, params, query, body, token: call.identity.name }
  await hooks.run('before', seen)
  const fault = faults.take(operationId)
  if (fault !== undefined) visit.entry.fault = fault.kind
  if (fault !== undefined && isStandIn(fault)) return standIn(fault, state.now())
  const answer = await run()
  await hooks.run('after', { ...seen, answer })
  const { method, path } = visit.incoming
  const place = operationId === 'graphql' ? `graphql ${String(body.query)}` : path
  const last = visit.exchange.earlier.get(place)
  const reads = operationId === 'graphql' || method === 'GET'
  if (reads && !(last && fault?.kind === 'repeat')) visit.exchange.earlier.set(place, { ...answer })
  return fault === undefined ? whole(answer) : disturb(fault, answer, last)
}

function routed({ exchange, violate }: Visit, call: Call, operation: Operation): Answer {
  const answer = refusalsAsAnswers(() => {
    const route = routes[call.operationId]
    if (route === undefined) throw new Error(`${call.operationId} is not simulated.`)
    return route(call)
  }, violate)
  const faults =
    answer.text === undefined ? exchange.specification.faultsInAnswer(operation, answer.status, answer.body) : []
  if (faults.length > 0) violate('invalid-answer', `${call.operationId} ${answer.status}: ${faults.join('; ')}`)
  return answer
}

function refusalsAsAnswers(run: () => Answer, violate: gates.Violate): Answer {
  try {
    return run()
  } catch (error) {
    if (error instanceof Refusal) return error.answer
    violate('not-simulated', error instanceof Error ? error.message : String(error))
    return { status: 500, body: { message: 'Server Error' } }
  }
}

async function rest(visit: Visit, path: string, identity: Identity | undefined): Promise<Outcome> {
  const { exchange, incoming, entry, violate } = visit
  const { specification, state } = exchange
  const { method, headers, search } = incoming
  const address: Request = { method, path, query: search, headers: { ...headers } }
  const matched = specification.match(address)
  entry.operationId = matched?.operationId ?? null
  const caller = gates.requireIdentity(identity, headers.authorization !== undefined, violate)
  const operation = gates.requireRoute(matched, violate)
  const { operationId } = operation
  const { params, query } = specification.parse(address, operation)
  gates.requireReach({ state, identity: caller, method, params }, violate)
  gates.requirePermission(caller, operationId)
  const body = gates.parseBody(incoming.body, violate)
  const request: Request =
    body === undefined ? address : { ...address, body, headers: { ...headers, 'content-type': 'application/json' } }
  gates.requireValid(specification, { request, operation }, violate)
  // Asking how much is left is free.
  const exhausted = operationId === 'rate-limit/get' ? undefined : spend(caller, 'core', 1)
  if (exhausted !== undefined) throw new Refusal(exhausted)
  const call: Call = {
    operationId,
    state,
    identity: caller,
    params,
    query,
    body: isJson(body) ? body : {},
    headers,
    path,
  }
  return perform(visit, call, () => routed(visit, call, operation))
}

async function graphql(visit: Visit, identity: Identity | undefined): Promise<Outcome> {
  const { exchange, incoming, entry, violate } = visit
  entry.operationId = 'graphql'
  const caller = gates.requireIdentity(identity, incoming.headers.authorization !== undefined, violate)
  const body = gates.parseBody(incoming.body, violate)
  const context = {
    state: exchange.state,
    identity: caller,
    violate: (detail: string) => violate('graphql', detail),
    deny: (detail: string) => void (entry.denied = detail),
  }
  const call = { operationId: 'graphql', identity: caller, params: {}, query: {}, body: (body ?? {}) as Json }
  return perform(visit, call, () => answerGraphql(body, context))
}

function standardHeaders(
  { exchange, incoming }: Visit,
  answer: Answer,
  about: { identity: Identity | undefined; resource: Resource },
): Record<string, string> {
  const { identity, resource } = about
  const now = exchange.state.now()
  const type = answer.status === 204 ? {} : { 'content-type': 'application/json; charset=utf-8' }
  return {
    ...type,
    'x-github-media-type': 'github.v3; format=json',
    'x-github-api-version-selected': incoming.headers['x-github-api-version'] ?? '2022-11-28',
    'x-github-request-id': `SIM:${exchange.journal.entries.length}`,
    ...(identity === undefined ? anonymousHeaders(now) : rateLimitHeaders(budgets(identity, now)[resource], resource)),
    ...answer.headers,
  }
}

export async function hold(exchange: Exchange, incoming: Incoming): Promise<Outcome> {
  const { journal, identities, state } = exchange
  const started = performance.now()
  const identity = identities.get(bearer(incoming.headers) ?? '')
  const entry = openEntry(incoming, identity)
  journal.entries.push(entry)
  const { method, path } = incoming
  const violate: gates.Violate = (rule, detail) => void journal.violations.push({ rule, method, path, detail })
  const visit: Visit = { exchange, incoming, entry, violate }
  const isGraphql = method === 'POST' && GRAPHQL_PATHS.has(path)
  const outcome = await (async () => {
    try {
      gates.checkManners(incoming.headers, violate)
      return await (isGraphql ? graphql(visit, identity) : rest(visit, canonicalPath(incoming, state), identity))
    } catch (error) {
      if (error instanceof Refusal) return whole(error.answer)
      violate('broken', String(error))
      return whole({ status: 500, body: { message: 'Server Error' } })
    }
  })()
  const { answer } = outcome
  answer.headers = standardHeaders(visit, answer, { identity, resource: isGraphql ? 'graphql' : 'core' })
  if (answer.denied !== undefined) entry.denied = answer.denied
  if (outcome.delivery === 'whole') entry.status = answer.status
  entry.durationMs = performance.now() - started
  return outcome
}
