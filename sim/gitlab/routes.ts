import type { Answer } from '../http/answer.js'
import type { Call, Route } from '../platforms/simulator.js'
import { allow, bodyOf, mergeRequestJson, page, refuse } from './answers.js'
import { hasRole, type MergeRequest, type Note, type Role, type State, type Token } from './state.js'
import { variableRoutes } from './variables.js'

/** https://docs.gitlab.com/user/permissions/ and the scopes of access tokens. */
function demand(state: State, call: Call, needed: { role: Role; write?: boolean }): Token {
  const token = state.tokens.get(call.headers['private-token'] ?? '')
  if (!token) throw refuse(401, '401 Unauthorized')
  const { project } = call.params
  if (project !== undefined && project !== String(state.id) && project !== state.path) {
    throw refuse(404, '404 Project Not Found')
  }
  if (token.kind === 'job') throw refuse(401, '401 Unauthorized')
  if (!token.scopes.includes('api') && (needed.write === true || !token.scopes.includes('read_api'))) {
    throw refuse(403, '403 Forbidden')
  }
  if (!hasRole(token, needed.role)) throw refuse(403, '403 Forbidden')
  return token
}

export function routesOf(state: State): Record<string, Route> {
  return {
    'GET /user': (call) => {
      const { user } = demand(state, call, { role: 'guest' })
      return { status: 200, body: { id: user, username: `user-${user}` } }
    },
    'GET /projects/{project}': (call) => {
      demand(state, call, { role: 'guest' })
      return { status: 200, body: { id: state.id, path_with_namespace: state.path, default_branch: 'main' } }
    },
    'GET /projects/{project}/merge_requests': (call) => listMergeRequests(state, call),
    'GET /projects/{project}/merge_requests/{iid}': (call) => {
      demand(state, call, { role: 'reporter' })
      allow(state, call, [])
      return { status: 200, body: mergeRequestJson(state, mergeRequestOf(state, call)) }
    },
    'GET /projects/{project}/merge_requests/{iid}/diffs': (call) => {
      demand(state, call, { role: 'reporter' })
      allow(state, call, ['page', 'per_page'])
      return page(mergeRequestOf(state, call).files, call, (file) => file)
    },
    'GET /projects/{project}/repository/files/{file}': (call) => readFile(state, call),
    ...noteRoutes(state),
    ...variableRoutes(state, (call, write) => demand(state, call, { role: 'maintainer', write })),
  }
}

const orders: Record<string, (request: MergeRequest) => number> = {
  created_at: ({ createdAt }) => createdAt.getTime(),
  updated_at: ({ updatedAt }) => updatedAt.getTime(),
}

function listMergeRequests(state: State, call: Call): Answer {
  demand(state, call, { role: 'reporter' })
  allow(state, call, ['iids[]', 'state', 'scope', 'order_by', 'sort', 'page', 'per_page'])
  const { query, search } = call
  // Without it the list holds only what the token's own user made.
  if (query['scope'] !== 'all') state.violations.push(`${call.operation}: scope is not "all"`)
  const wanted = new URLSearchParams(search).getAll('iids[]').map(Number)
  const order = orders[query['order_by'] ?? 'created_at'] ?? orders['created_at']!
  const sign = query['sort'] === 'asc' ? 1 : -1
  const found = [...state.pullRequests.values()]
    .filter(({ number }) => wanted.length === 0 || wanted.includes(number))
    .filter((request) => isIn(request, query['state'] ?? 'all'))
    .sort((a, b) => sign * (order(a) - order(b) || a.number - b.number))
  return page(found, call, (request) => mergeRequestJson(state, request))
}

function isIn({ state, merged }: MergeRequest, filter: string): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'opened':
      return state === 'open'
    case 'closed':
      return state === 'closed' && !merged
    case 'locked':
      return state === 'locked'
    case 'merged':
      return merged
    default:
      throw refuse(400, 'state does not have a valid value')
  }
}

function mergeRequestOf(state: State, { params }: Call): MergeRequest {
  const found = state.pullRequests.get(Number(params['iid']))
  if (!found) throw refuse(404, '404 Not found')
  return found
}

function readFile(state: State, call: Call): Answer {
  demand(state, call, { role: 'reporter' })
  allow(state, call, ['ref'])
  const { ref = '' } = call.query
  const { file = '' } = call.params
  if (ref === '') throw refuse(400, 'ref is missing, ref is empty')
  const tree = state.contents.get(ref)
  if (!tree) throw refuse(404, '404 Commit Not Found')
  const text = tree.get(file)
  if (text === undefined) throw refuse(404, '404 File Not Found')
  const content = Buffer.from(text)
  return {
    status: 200,
    body: {
      file_name: file.split('/').at(-1),
      file_path: file,
      size: content.length,
      encoding: 'base64',
      content: content.toString('base64'),
      ref,
    },
  }
}

/** https://docs.gitlab.com/api/notes/#merge-requests */
function noteRoutes(state: State): Record<string, Route> {
  const place = '/projects/{project}/merge_requests/{iid}/notes'
  const notesOf = (call: Call): Note[] => {
    const { number } = mergeRequestOf(state, call)
    const notes = state.notes.get(number) ?? []
    state.notes.set(number, notes)
    return notes
  }
  const json = ({ id, body, author, system }: Note) => ({
    id,
    body,
    system,
    author: { id: author, username: `user-${author}` },
  })
  return {
    [`GET ${place}`]: (call) => {
      demand(state, call, { role: 'reporter' })
      allow(state, call, ['sort', 'order_by', 'page', 'per_page'])
      const notes = notesOf(call)
      return page(call.query['sort'] === 'asc' ? notes : notes.toReversed(), call, json)
    },
    [`POST ${place}`]: (call) => {
      const { user } = demand(state, call, { role: 'reporter', write: true })
      allow(state, call, ['body'])
      const note = { id: state.nextId(), body: textOf(call), author: user, system: false }
      notesOf(call).push(note)
      return { status: 201, body: json(note) }
    },
    [`PUT ${place}/{note}`]: (call) => {
      const { user } = demand(state, call, { role: 'reporter', write: true })
      allow(state, call, ['body'])
      const note = notesOf(call).find(({ id }) => id === Number(call.params['note']))
      if (!note) throw refuse(404, '404 Note Not Found')
      if (note.author !== user) throw refuse(403, '403 Forbidden')
      note.body = textOf(call)
      return { status: 200, body: json(note) }
    },
    [`DELETE ${place}/{note}`]: (call) => {
      const { user } = demand(state, call, { role: 'reporter', write: true })
      const notes = notesOf(call)
      const at = notes.findIndex(({ id }) => id === Number(call.params['note']))
      if (at < 0) throw refuse(404, '404 Note Not Found')
      if (notes[at]?.author !== user) throw refuse(403, '403 Forbidden')
      notes.splice(at, 1)
      return { status: 204 }
    },
  }
}

/** https://docs.gitlab.com/administration/instance_limits/: a note has at most a million characters. */
function textOf(call: Call): string {
  const { body } = bodyOf(call)
  if (typeof body !== 'string' || body === '') throw refuse(400, { note: ["can't be blank"] })
  if (body.length > 1_000_000) throw refuse(400, { note: ['is too long (maximum is 1000000 characters)'] })
  return body
}
