import { Refusal, type Answer } from '../http/answer.js'
import { isJson, type Json } from '../http/json.js'
import type { Call } from '../platforms/simulator.js'
import type { MergeRequest, State } from './state.js'

/** GitLab's words: `{"message": "404 File Not Found"}`. */
export function refuse(status: number, message: unknown): Refusal {
  return new Refusal({ status, body: { message } })
}

/**
 * One page with the headers that tell of the others.
 * https://docs.gitlab.com/api/rest/#offset-based-pagination
 */
export function page<T>(all: readonly T[], call: Call, json: (item: T) => unknown): Answer {
  const { query } = call
  const number = Number(query['page'] ?? 1)
  const size = Math.min(100, Number(query['per_page'] ?? 20))
  const pages = Math.max(1, Math.ceil(all.length / size))
  const items = all.slice((number - 1) * size, number * size)
  return {
    status: 200,
    body: items.map(json),
    headers: {
      'x-page': String(number),
      'x-per-page': String(size),
      'x-next-page': number < pages ? String(number + 1) : '',
      'x-prev-page': number > 1 ? String(number - 1) : '',
      'x-total': String(all.length),
      'x-total-pages': String(pages),
      ...(number < pages && { link: `<${placeOf(call, number + 1)}>; rel="next"` }),
    },
  }
}

function placeOf({ operation, params, search, headers }: Call, next: number): string {
  const place = operation.replace(/^GET /, '').replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '')
  const query = new URLSearchParams(search)
  query.set('page', String(next))
  return `http://${headers['host']}/api/v4${place}?${query.toString()}`
}

/** GitLab ignores a field that it does not know; our requests hold none. */
export function allow(state: State, { operation, query, body, search }: Call, known: readonly string[]): void {
  const given = [...Object.keys(query), ...new URLSearchParams(search).keys(), ...Object.keys(isJson(body) ? body : {})]
  for (const name of new Set(given)) {
    if (!known.includes(name)) state.violations.push(`${operation}: GitLab knows no "${name}" here`)
  }
}

export function bodyOf({ body }: Call): Json {
  if (!isJson(body)) throw refuse(400, 'body is missing')
  return body
}

export function mergeRequestJson(state: State, request: MergeRequest): Json {
  const { number, labels } = request
  const name = request.merged ? 'merged' : request.state === 'open' ? 'opened' : request.state
  const url = `https://gitlab.example/${state.path}/-/merge_requests/${number}`
  return {
    id: 10_000 + number,
    iid: number,
    project_id: state.id,
    title: `Change ${number}`,
    description: null,
    state: name,
    created_at: request.createdAt.toISOString(),
    updated_at: request.updatedAt.toISOString(),
    merged_at: request.mergedAt?.toISOString() ?? null,
    closed_at: request.closedAt?.toISOString() ?? null,
    target_branch: 'main',
    source_branch: `feature-${number}`,
    source_project_id: state.id,
    target_project_id: state.id,
    labels,
    draft: false,
    changes_count: request.files.length === 0 ? null : String(request.files.length),
    web_url: url,
    references: { short: `!${number}`, relative: `!${number}`, full: `${state.path}!${number}` },
  }
}
