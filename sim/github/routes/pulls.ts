/** Pull requests, read only: the simulator changes them through its verbs. */
import { createHash } from 'node:crypto'
import { notFound, type Answer } from '../../http/answer.js'
import { listedPullRequestJson, pullRequestJson } from '../answers.js'
import type { Call, Routes } from '../call.js'
import { pageOf } from '../paging.js'
import { account, type PullRequest } from '../state.js'

type Order = (pull: PullRequest) => number

function orderOf({ state, query }: Call): Order {
  switch (query.sort ?? 'created') {
    case 'updated':
      return (pull) => pull.updatedAt.getTime()
    case 'popularity':
      return (pull) => [...state.comments.values()].filter(({ number }) => number === pull.number).length
    case 'long-running':
      return (pull) => -pull.createdAt.getTime()
    default:
      return (pull) => pull.createdAt.getTime()
  }
}

function headLabel({ state }: Call, pull: PullRequest): string {
  const owner = pull.head.kind === 'same' ? account(state.repository.owner) : pull.author
  return `${owner.login}:${pull.head.ref}`
}

function listPulls(call: Call): Answer {
  const { state, query } = call
  const wanted = query.state ?? 'open'
  const order = orderOf(call)
  // https://docs.github.com/rest/pulls/pulls#list-pull-requests: newest first only when sorted by creation.
  const direction = query.direction ?? (query.sort === undefined || query.sort === 'created' ? 'desc' : 'asc')
  const sign = direction === 'asc' ? 1 : -1
  const selected = [...state.pullRequests.values()]
    .filter((pull) => wanted === 'all' || pull.state === wanted)
    .filter((pull) => query.head === undefined || query.head === headLabel(call, pull))
    .filter((pull) => query.base === undefined || query.base === pull.base.ref)
    .sort((one, other) => sign * (order(one) - order(other) || one.number - other.number))
  const { items, headers } = pageOf(call, selected)
  return { status: 200, body: items.map((pull) => listedPullRequestJson(state, pull)), headers }
}

/** https://docs.github.com/rest/pulls/pulls#list-pull-requests-files */
function listFiles(call: Call): Answer {
  const { state, params } = call
  const pull = state.pullRequests.get(Number(params.pull_number))
  if (pull === undefined) throw notFound()
  const { items, headers } = pageOf(call, [...pull.files])
  const base = `${state.url}/repos/${state.repository.owner}/${state.repository.name}`
  const body = items.map((filename) => {
    const file = `${pull.head.sha}/${encodeURIComponent(filename)}`
    const urls = {
      blob_url: `${base}/blob/${file}`,
      raw_url: `${base}/raw/${file}`,
      contents_url: `${base}/contents/${file}`,
    }
    const sha = createHash('sha1').update(filename).digest('hex')
    return { sha, filename, status: 'added', additions: 1, deletions: 0, changes: 1, ...urls, patch: '@@ -0,0 +1 @@' }
  })
  return { status: 200, body, headers }
}

export const pullRoutes: Routes = {
  'pulls/list': listPulls,
  'pulls/list-files': listFiles,
  'pulls/get': ({ state, params }) => {
    const pull = state.pullRequests.get(Number(params.pull_number))
    if (pull === undefined) throw notFound()
    return { status: 200, body: pullRequestJson(state, pull) }
  },
}
