/** What people do to pull requests, and the webhook payload each of it sends to a workflow. */
import { randomBytes } from 'node:crypto'
import { inRepository, pullRequestExample, userJson } from './examples.js'
import { labelJson, pullRequestJson, repositoryJson } from './answers.js'
import type { Json } from '../http/json.js'
import { account, type PullRequest, type State } from './state.js'

export interface PullRequestRequest {
  number: number
  title?: string
  author?: string
  /** Where its commits live: here, in a fork, or in a fork that is gone (`head.repo` is null). */
  head?: 'same' | 'fork' | 'deleted-fork'
  /** Git branch of the head; default `feature-<number>`. */
  headRef?: string
  draft?: boolean
  labels?: readonly string[]
  behindBase?: boolean
  checksPending?: boolean
  /** Paths of the files that it adds; default none. */
  files?: readonly string[]
}

export interface EventDetail {
  /** Login of whoever caused it; default the author. */
  sender?: string
  /** For `labeled` and `unlabeled`. */
  label?: string
}

export interface PullRequestEvent extends Json {
  action: string
  number: number
  pull_request: Json
  repository: Json
  sender: Json
}

export function commitSha(): string {
  return randomBytes(20).toString('hex')
}

function pullRequestOf(state: State, number: number): PullRequest {
  const pull = state.pullRequests.get(number)
  if (pull === undefined) throw new Error(`There is no pull request ${number}.`)
  return pull
}

export function openPullRequest(state: State, request: PullRequestRequest): PullRequest {
  const { number, head = 'same' } = request
  if (state.pullRequests.has(number)) throw new Error(`Pull request ${number} exists already.`)
  const now = state.now()
  const pull: PullRequest = {
    id: state.nextId(),
    number,
    title: request.title ?? `Change ${number}`,
    author: account(request.author ?? (head === 'same' ? 'ada' : 'contributor')),
    state: 'open',
    draft: request.draft ?? false,
    merged: false,
    locked: false,
    labels: [...(request.labels ?? [])],
    head: { kind: head, ref: request.headRef ?? `feature-${number}`, sha: commitSha() },
    base: { ref: state.repository.defaultBranch, sha: commitSha() },
    createdAt: now,
    updatedAt: now,
    closedAt: null,
    mergedAt: null,
    behindBase: request.behindBase ?? false,
    checksPending: request.checksPending ?? false,
    files: request.files ?? [],
  }
  state.pullRequests.set(number, pull)
  return pull
}

export function pushTo(state: State, number: number): PullRequest {
  const pull = pullRequestOf(state, number)
  const { sha: previousSha, kind, ref } = pull.head
  pull.head = { kind, ref, sha: commitSha(), previousSha }
  pull.updatedAt = state.now()
  return pull
}

export function closePullRequest(state: State, number: number, { merged = false } = {}): PullRequest {
  const pull = pullRequestOf(state, number)
  const now = state.now()
  return Object.assign(pull, { state: 'closed', merged, closedAt: now, mergedAt: merged ? now : null, updatedAt: now })
}

export function reopenPullRequest(state: State, number: number): PullRequest {
  const pull = pullRequestOf(state, number)
  if (pull.merged) throw new Error(`Pull request ${number} is merged; GitHub does not reopen it.`)
  return Object.assign(pull, { state: 'open', closedAt: null, updatedAt: state.now() })
}

/** The payload as it is at this moment: GitHub sends a snapshot, and the state may move on before anyone reads it. */
export function pullRequestEvent(
  state: State,
  number: number,
  { action, sender, label }: EventDetail & { action: string },
): PullRequestEvent {
  const pull = pullRequestOf(state, number)
  const mould = inRepository(pullRequestExample(action), state)
  // The examples come from Apps, which also learn their installation; a workflow does not.
  for (const key of ['installation', 'label', 'assignee', 'requested_reviewer', 'before', 'after']) delete mould[key]
  const moved = { before: pull.head.previousSha ?? pull.base.sha, after: pull.head.sha }
  // A copy, because a test may bend the payload.
  return structuredClone({
    ...mould,
    action,
    number,
    pull_request: pullRequestJson(state, pull),
    ...(action === 'synchronize' ? moved : {}),
    ...(label === undefined ? {} : { label: labelJson(state, label) }),
    repository: repositoryJson(state),
    sender: userJson(state.url, sender === undefined ? pull.author : account(sender)),
  })
}

/** @octokit/webhooks-examples has none: a scheduled run gets the cron line that fired and the repository. */
export function scheduleEvent(state: State, cron: string): Json {
  const sender = userJson(state.url, account(state.repository.owner))
  return { schedule: cron, repository: repositoryJson(state), sender }
}
