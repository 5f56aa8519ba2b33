/** How records of the state look in an answer: pull requests, comments, labels, deployments, environments. */
import { inRepository, nodeId, pullRequestExample, userJson } from './examples.js'
import { timestamp, type Json } from '../http/json.js'
import type { Environment, ProtectionRule } from './environment.js'
import { account, type Comment, type Deployment, type DeploymentStatus, type PullRequest, type State } from './state.js'

/** Fields only GET of one pull request and webhooks have; the list leaves them out. */
const DETAIL_FIELDS = `merged mergeable rebaseable mergeable_state merged_by comments review_comments
maintainer_can_modify commits additions deletions changed_files`.split(/\s+/)

function apiUrl(state: State): string {
  return `${state.url}/repos/${state.repository.fullName}`
}

function ownerAccount(state: State): ReturnType<typeof account> {
  return account(state.repository.owner)
}

const repositories = new WeakMap<State, { made: string; json: Json }>()

export function repositoryJson(state: State): Json {
  const made = JSON.stringify(state.repository)
  const known = repositories.get(state)
  if (known?.made === made) return { ...known.json }
  const json = freshRepositoryJson(state)
  repositories.set(state, { made, json })
  return { ...json }
}

function freshRepositoryJson(state: State): Json {
  const { repository } = state
  const mould = inRepository(pullRequestExample('opened').repository, state)
  return {
    ...mould,
    id: repository.id,
    node_id: nodeId('Repository', repository.id),
    owner: userJson(state.url, ownerAccount(state)),
    private: repository.private,
    visibility: repository.private ? 'private' : 'public',
    default_branch: repository.defaultBranch,
  }
}

/** GET of a repository says more than a webhook does. */
export function fullRepositoryJson(state: State): Json {
  return { ...repositoryJson(state), has_discussions: false, network_count: 0, subscribers_count: 0 }
}

function forkJson(state: State, pull: PullRequest): Json {
  const owner = pull.author.login
  const { name } = state.repository
  const repository = { owner, name, fullName: `${owner}/${name}` }
  const mould = inRepository(pullRequestExample('opened').repository, { url: state.url, repository })
  const id = state.repository.id + pull.author.id
  return { ...mould, id, node_id: nodeId('Repository', id), owner: userJson(state.url, pull.author), fork: true }
}

function headJson(state: State, pull: PullRequest): Json {
  const { kind, ref, sha } = pull.head
  const owner = kind === 'same' ? ownerAccount(state) : pull.author
  const repositories = {
    same: () => repositoryJson(state),
    fork: () => forkJson(state, pull),
    'deleted-fork': () => null,
  }
  return { label: `${owner.login}:${ref}`, ref, sha, user: userJson(state.url, owner), repo: repositories[kind]() }
}

/** As GET of one pull request and as the webhook's `pull_request`. */
export function pullRequestJson(state: State, pull: PullRequest): Json {
  const mould = pullRequestExample('opened').pull_request as { head: { sha: string } }
  // What is set below anyway is taken out first: it is most of the text.
  const bare = { ...mould, user: null, assignees: [], requested_reviewers: [], labels: [], head: null, base: null }
  const renumbered = JSON.parse(
    JSON.stringify(bare)
      .replace(/\/(pulls|pull|issues)\/\d+/g, `/$1/${pull.number}`)
      .replaceAll(mould.head.sha, pull.head.sha),
  ) as Json
  return {
    ...inRepository(renumbered, state),
    id: pull.id,
    node_id: nodeId('PullRequest', pull.id),
    number: pull.number,
    state: pull.state,
    locked: pull.locked,
    title: pull.title,
    draft: pull.draft,
    user: userJson(state.url, pull.author),
    labels: pull.labels.map((name) => labelJson(state, name)),
    created_at: timestamp(pull.createdAt),
    updated_at: timestamp(pull.updatedAt),
    closed_at: pull.closedAt && timestamp(pull.closedAt),
    merged_at: pull.mergedAt && timestamp(pull.mergedAt),
    merged: pull.merged,
    merged_by: pull.merged ? userJson(state.url, ownerAccount(state)) : null,
    comments: [...state.comments.values()].filter(({ number }) => number === pull.number).length,
    author_association: pull.head.kind === 'same' ? 'MEMBER' : 'CONTRIBUTOR',
    head: headJson(state, pull),
    base: {
      label: `${state.repository.owner}:${pull.base.ref}`,
      ...pull.base,
      user: userJson(state.url, ownerAccount(state)),
      repo: repositoryJson(state),
    },
  }
}

export function listedPullRequestJson(state: State, pull: PullRequest): Json {
  const entries = Object.entries(pullRequestJson(state, pull))
  return Object.fromEntries(entries.filter(([field]) => !DETAIL_FIELDS.includes(field)))
}

export function labelJson(state: State, name: string): Json {
  const { id } = account(name)
  const url = `${apiUrl(state)}/labels/${encodeURIComponent(name)}`
  return { id, node_id: nodeId('Label', id), url, name, color: 'ededed', default: false, description: '' }
}

export function commentJson(state: State, comment: Comment): Json {
  const { id, number } = comment
  return {
    id,
    node_id: nodeId('IssueComment', id),
    url: `${apiUrl(state)}/issues/comments/${id}`,
    html_url: `https://github.com/${state.repository.fullName}/pull/${number}#issuecomment-${id}`,
    issue_url: `${apiUrl(state)}/issues/${number}`,
    user: userJson(state.url, comment.author),
    created_at: timestamp(comment.createdAt),
    updated_at: timestamp(comment.updatedAt),
    author_association: 'NONE',
    body: comment.body,
    performed_via_github_app: null,
  }
}

export function deploymentJson(state: State, deployment: Deployment): Json {
  const url = `${apiUrl(state)}/deployments/${deployment.id}`
  return {
    url,
    id: deployment.id,
    node_id: nodeId('Deployment', deployment.id),
    sha: deployment.sha,
    ref: deployment.ref,
    task: deployment.task,
    payload: deployment.payload,
    original_environment: deployment.environment,
    environment: deployment.environment,
    description: deployment.description,
    creator: userJson(state.url, deployment.creator),
    created_at: timestamp(deployment.createdAt),
    updated_at: timestamp(deployment.updatedAt),
    statuses_url: `${url}/statuses`,
    repository_url: apiUrl(state),
    transient_environment: deployment.transient,
    production_environment: deployment.production,
    performed_via_github_app: null,
  }
}

export function deploymentStatusJson(state: State, deployment: Deployment, status: DeploymentStatus): Json {
  const url = `${apiUrl(state)}/deployments/${deployment.id}`
  return {
    url: `${url}/statuses/${status.id}`,
    id: status.id,
    node_id: nodeId('DeploymentStatus', status.id),
    state: status.state,
    creator: userJson(state.url, status.creator),
    description: status.description,
    environment: status.environment,
    target_url: status.logUrl,
    log_url: status.logUrl,
    environment_url: status.environmentUrl,
    created_at: timestamp(status.createdAt),
    updated_at: timestamp(status.createdAt),
    deployment_url: url,
    repository_url: apiUrl(state),
    performed_via_github_app: null,
  }
}

function ruleJson(state: State, rule: ProtectionRule): Json {
  const named = { id: rule.id, node_id: nodeId('GateRule', rule.id), type: rule.type }
  switch (rule.type) {
    case 'wait_timer':
      return { ...named, wait_timer: rule.waitTimer }
    case 'required_reviewers': {
      const reviewers = rule.reviewers.map((id) => ({
        type: 'User',
        reviewer: userJson(state.url, { id, login: `user-${id}`, type: 'User' }),
      }))
      return { ...named, prevent_self_review: rule.preventSelfReview, reviewers }
    }
    case 'branch_policy':
      return named
  }
}

export function environmentJson(state: State, environment: Environment): Json {
  const { id, name } = environment
  return {
    id,
    node_id: nodeId('Environment', id),
    name,
    url: `${apiUrl(state)}/environments/${encodeURIComponent(name)}`,
    html_url: `https://github.com/${state.repository.fullName}/deployments/activity_log?environments_filter=${encodeURIComponent(name)}`,
    created_at: timestamp(environment.createdAt),
    updated_at: timestamp(environment.updatedAt),
    protection_rules: environment.protectionRules.map((rule) => ruleJson(state, rule)),
    deployment_branch_policy: environment.branchPolicy,
  }
}
