import type { FaultKind } from '../../sim/github/index.js'

export type Json = Record<string, unknown>

export function without(from: Json, key: string): Json {
  return Object.fromEntries(Object.entries(from).filter(([each]) => each !== key))
}

/** Changes what stands under `data.repository` and below. */
function rewrite(change: (node: Json) => unknown): FaultKind {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit)
    if (typeof value !== 'object' || value === null) return value
    const copy = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, visit(part)]))
    return 'updatedAt' in copy ? change(copy) : copy
  }
  return { kind: 'rewrite', change: visit }
}

/** Fault, and what the reason of a branch that could have gone must say when the fault stays. */
export const queryFaults: [what: string, fault: FaultKind, said: RegExp][] = [
  ['401', { kind: 'status', status: 401 }, /401 Bad credentials/],
  ['403', { kind: 'status', status: 403 }, /403 Forbidden/],
  ['404', { kind: 'status', status: 404 }, /404 Not Found/],
  ['422', { kind: 'status', status: 422 }, /422/],
  ['429', { kind: 'status', status: 429, retryAfter: 7 }, /429 Too many requests/],
  ['429 for an hour', { kind: 'status', status: 429, retryAfter: 3600 }, /429 Too many requests/],
  ['rate limit', { kind: 'rate-limit', resetInSeconds: 2000 }, /403 API rate limit exceeded/],
  ['secondary rate limit', { kind: 'secondary-rate-limit', retryAfter: 5 }, /403 You have exceeded a secondary/],
  ['500', { kind: 'status', status: 500 }, /500 Server Error/],
  ['502 html', { kind: 'html', status: 502 }, /: 502/],
  ['200 html', { kind: 'html', status: 200 }, /\S/],
  ['503', { kind: 'status', status: 503 }, /503 Service/],
  ['redirect', { kind: 'redirect', status: 302, location: 'http://127.0.0.1:9/graphql' }, /redirects to 127/],
  ['truncated', { kind: 'truncated' }, /\S/],
  ['empty', { kind: 'empty' }, /\S/],
  ['a list', { kind: 'wrong-type' }, /without the repository/],
  ['null', { kind: 'wrong-type', value: null }, /\S/],
  ['data null', { kind: 'wrong-type', value: { data: null } }, /without the repository/],
  ['a repository of null', { kind: 'wrong-type', value: { data: { repository: null } } }, /without the repository/],
  ['an empty repository', { kind: 'wrong-type', value: { data: { repository: {} } } }, /no facts|a page that is none/],
  ['a number', { kind: 'wrong-type', value: 7 }, /without the repository/],
  ['reset', { kind: 'reset' }, /fetch failed|ECONNRESET|socket/i],
  ['close', { kind: 'close' }, /fetch failed|closed|socket/i],
  ['cut', { kind: 'cut' }, /terminated|fetch failed|closed|socket/i],
  ['lost', { kind: 'lost' }, /fetch failed|ECONNRESET|socket/i],
  ['RATE_LIMITED', { kind: 'graphql-error', type: 'RATE_LIMITED' }, /RATE_LIMITED: Something went wrong/],
  ['no data, NOT_FOUND', { kind: 'graphql-error', type: 'NOT_FOUND' }, /NOT_FOUND: Something went wrong/],
  ['nodes of null', rewrite(() => null), /no facts|without its facts/],
  ['states of null', rewrite((node) => ({ ...node, state: null })), /no facts|without its facts/],
  ['a new state', rewrite((node) => ({ ...node, state: 'ARCHIVED' })), /no facts|without its facts/],
  ['no labels', rewrite((node) => without(node, 'labels')), /no facts|without its facts/],
  ['labels of null', rewrite((node) => ({ ...node, labels: null })), /no facts|without its facts/],
  ['labels without names', rewrite((node) => ({ ...node, labels: { nodes: [{}] } })), /no facts|without its facts/],
  [
    'other numbers',
    rewrite((node) => ({ ...node, number: Number(node['number']) + 1000 })),
    /no facts|not find|was not read/,
  ],
  ['numbers as text', rewrite((node) => ({ ...node, number: String(node['number']) })), /no facts|without its facts/],
  ['dates as numbers', rewrite((node) => ({ ...node, closedAt: 7 })), /no facts|without its facts/],
]

/** The same for a request that is no query; some come after the write is done. */
export const restFaults: [what: string, fault: FaultKind][] = [
  ['401', { kind: 'status', status: 401 }],
  ['403', { kind: 'status', status: 403 }],
  ['404', { kind: 'status', status: 404 }],
  ['429', { kind: 'status', status: 429, retryAfter: 7 }],
  ['500', { kind: 'status', status: 500 }],
  ['503', { kind: 'status', status: 503 }],
  ['200 html', { kind: 'html', status: 200 }],
  ['redirect', { kind: 'redirect', status: 307, location: 'http://127.0.0.1:9/' }],
  ['truncated', { kind: 'truncated' }],
  ['empty', { kind: 'empty' }],
  ['null', { kind: 'wrong-type', value: null }],
  ['a list', { kind: 'wrong-type', value: [] }],
  ['reset', { kind: 'reset' }],
  ['lost', { kind: 'lost' }],
]
