/** Comments and labels. A pull request is an issue to these routes. */
import { notFound, refuse, type Answer } from '../../http/answer.js'
import { commentJson, labelJson } from '../answers.js'
import type { Call, Routes } from '../call.js'
import { pageOf } from '../paging.js'
import type { Comment, PullRequest } from '../state.js'

/** Not in the description; GitHub's wording. */
const COMMENT_CHARACTERS = 65_536

function issueOf({ state, params }: Call): PullRequest {
  const pull = state.pullRequests.get(Number(params.issue_number))
  if (pull === undefined) throw notFound()
  return pull
}

function commentOf({ state, params }: Call): Comment {
  const comment = state.comments.get(Number(params.comment_id))
  if (comment === undefined) throw notFound()
  return comment
}

function commentText({ body }: Call): string {
  const text = String(body.body)
  const refusal = (message: string) =>
    refuse(422, 'Validation Failed', {
      errors: [{ resource: 'IssueComment', code: 'unprocessable', field: 'data', message }],
    })
  if (text.trim() === '') throw refusal('Body cannot be blank')
  if (text.length > COMMENT_CHARACTERS) throw refusal(`Body is too long (maximum is ${COMMENT_CHARACTERS} characters)`)
  return text
}

function listComments(call: Call): Answer {
  const { state, query } = call
  const { number } = issueOf(call)
  const since = query.since === undefined ? 0 : Date.parse(query.since)
  const found = [...state.comments.values()]
    .filter((comment) => comment.number === number && comment.updatedAt.getTime() >= since)
    .sort((one, other) => one.id - other.id)
  const { items, headers } = pageOf(call, found)
  return { status: 200, body: items.map((comment) => commentJson(state, comment)), headers }
}

function createComment(call: Call): Answer {
  const { state, identity } = call
  const pull = issueOf(call)
  if (pull.locked) throw refuse(403, 'Unable to create comment because issue is locked.')
  const now = state.now()
  const comment: Comment = {
    id: state.nextId(),
    number: pull.number,
    author: identity.account,
    body: commentText(call),
    createdAt: now,
    updatedAt: now,
  }
  state.comments.set(comment.id, comment)
  // Talking about a pull request counts as activity on it.
  pull.updatedAt = now
  const body = commentJson(state, comment)
  return { status: 201, body, headers: { location: String(body.url) } }
}

function updateComment(call: Call): Answer {
  const comment = commentOf(call)
  Object.assign(comment, { body: commentText(call), updatedAt: call.state.now() })
  return { status: 200, body: commentJson(call.state, comment) }
}

function labelNames({ body }: Call): string[] {
  const labels = (body.labels ?? []) as Array<string | { name: string }>
  return labels.map((label) => (typeof label === 'string' ? label : label.name))
}

function sameName(one: string): (other: string) => boolean {
  return (other) => one.toLowerCase() === other.toLowerCase()
}

function setLabels(call: Call, pull: PullRequest, names: readonly string[]): Answer {
  pull.labels = names.filter((name, index) => names.findIndex(sameName(name)) === index)
  pull.updatedAt = call.state.now()
  return { status: 200, body: pull.labels.map((name) => labelJson(call.state, name)) }
}

export const discussionRoutes: Routes = {
  'issues/list-comments': listComments,
  'issues/create-comment': createComment,
  'issues/update-comment': updateComment,
  'issues/get-comment': (call) => ({ status: 200, body: commentJson(call.state, commentOf(call)) }),
  'issues/delete-comment': (call) => {
    call.state.comments.delete(commentOf(call).id)
    return { status: 204 }
  },
  'issues/list-labels-on-issue': (call) => {
    const { items, headers } = pageOf(call, issueOf(call).labels)
    return { status: 200, body: items.map((name) => labelJson(call.state, name)), headers }
  },
  'issues/add-labels': (call) => {
    const pull = issueOf(call)
    return setLabels(call, pull, [...pull.labels, ...labelNames(call)])
  },
  'issues/set-labels': (call) => setLabels(call, issueOf(call), labelNames(call)),
  'issues/remove-label': (call) => {
    const pull = issueOf(call)
    const gone = sameName(call.params.name ?? '')
    if (!pull.labels.some(gone)) throw refuse(404, 'Label does not exist')
    return setLabels(
      call,
      pull,
      pull.labels.filter((name) => !gone(name)),
    )
  },
  'issues/remove-all-labels': (call) => {
    setLabels(call, issueOf(call), [])
    return { status: 204 }
  },
}
