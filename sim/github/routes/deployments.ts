/** Deployments and their statuses. https://docs.github.com/rest/deployments/deployments */
import { invalid, notFound, refuse, type Answer } from '../../http/answer.js'
import { deploymentJson, deploymentStatusJson } from '../answers.js'
import type { Call, Routes } from '../call.js'
import { ensureEnvironment } from '../environment.js'
import { pageOf } from '../paging.js'
import { commitSha } from '../pull-requests.js'
import type { Deployment, DeploymentState, PullRequest, State } from '../state.js'

const DESCRIPTION_CHARACTERS = 140

interface DeploymentBody {
  ref: string
  task?: string
  auto_merge?: boolean
  required_contexts?: string[]
  payload?: unknown
  environment?: string
  description?: string | null
  transient_environment?: boolean
  production_environment?: boolean
}

interface StatusBody {
  state: DeploymentState
  target_url?: string
  log_url?: string
  description?: string
  environment?: string
  environment_url?: string
  auto_inactive?: boolean
}

function deploymentOf({ state, params }: Call): Deployment {
  const found = state.deployments.get(Number(params.deployment_id))
  if (found === undefined) throw notFound()
  return found
}

function checkDescription(description: string | null | undefined): void {
  if (description && description.length > DESCRIPTION_CHARACTERS) {
    throw invalid(
      'Deployment',
      'description',
      `Description is too long (maximum is ${DESCRIPTION_CHARACTERS} characters)`,
    )
  }
}

/** The head of a fork's pull request is reachable here by its commit, not by its git branch. */
function resolve(state: State, ref: string): { sha: string; pull?: PullRequest } {
  const { defaultBranch } = state.repository
  const named = ref.replace(/^refs\/heads\//, '')
  if (named === defaultBranch) return { sha: state.defaultSha }
  const pull = [...state.pullRequests.values()].find(
    ({ head }) => head.sha === ref || (head.kind === 'same' && head.ref === named),
  )
  if (pull === undefined) throw refuse(422, `No ref found for: ${ref}`)
  return { sha: pull.head.sha, pull }
}

function createDeployment(call: Call): Answer {
  const { state } = call
  const body = call.body as unknown as DeploymentBody
  checkDescription(body.description)
  const { sha, pull } = resolve(state, body.ref)
  // Both defaults surprise: auto_merge changes the pull request's git branch, and every status has to be green.
  if (pull?.behindBase && body.auto_merge !== false) {
    pull.head = { kind: pull.head.kind, ref: pull.head.ref, previousSha: pull.head.sha, sha: commitSha() }
    pull.behindBase = false
    return { status: 202, body: { message: `Auto-merged ${pull.base.ref} into ${pull.head.ref} on deployment.` } }
  }
  if (pull?.checksPending && (body.required_contexts === undefined || body.required_contexts.length > 0)) {
    throw refuse(409, `Conflict: Commit status checks failed for ${body.ref}`)
  }
  const now = state.now()
  const environment = body.environment ?? 'production'
  const deployment: Deployment = {
    id: state.nextId(),
    ref: body.ref,
    sha,
    task: body.task ?? 'deploy',
    environment: ensureEnvironment(state, environment).name,
    description: body.description ?? null,
    payload: body.payload ?? {},
    transient: body.transient_environment ?? false,
    production: body.production_environment ?? environment === 'production',
    creator: call.identity.account,
    createdAt: now,
    updatedAt: now,
    statuses: [],
  }
  state.deployments.set(deployment.id, deployment)
  return { status: 201, body: deploymentJson(state, deployment) }
}

function addStatus(call: Call, deployment: Deployment, body: StatusBody): Deployment['statuses'][number] {
  const status = {
    id: call.state.nextId(),
    state: body.state,
    creator: call.identity.account,
    description: body.description ?? '',
    environment: body.environment ?? deployment.environment,
    environmentUrl: body.environment_url ?? '',
    logUrl: body.log_url ?? body.target_url ?? '',
    createdAt: call.state.now(),
  }
  deployment.statuses.push(status)
  deployment.updatedAt = status.createdAt
  return status
}

/** `auto_inactive`, on unless declined, retires the earlier successes of an environment, except transient and production ones. */
function retireEarlier(call: Call, deployment: Deployment): void {
  for (const earlier of call.state.deployments.values()) {
    const sameEnvironment = earlier.environment === deployment.environment && earlier.id < deployment.id
    const lasting = !earlier.transient && !earlier.production
    if (sameEnvironment && lasting && earlier.statuses.at(-1)?.state === 'success')
      addStatus(call, earlier, { state: 'inactive' })
  }
}

function createStatus(call: Call): Answer {
  const deployment = deploymentOf(call)
  const body = call.body as unknown as StatusBody
  checkDescription(body.description)
  const status = addStatus(call, deployment, body)
  if (body.state === 'success' && body.auto_inactive !== false) retireEarlier(call, deployment)
  return { status: 201, body: deploymentStatusJson(call.state, deployment, status) }
}

function listDeployments(call: Call): Answer {
  const { state, query } = call
  const matches = (wanted: string | undefined, value: string) =>
    wanted === undefined || wanted === 'none' || wanted === value
  const found = [...state.deployments.values()]
    .filter(({ sha, ref, task, environment }) =>
      [
        matches(query.sha, sha),
        matches(query.ref, ref),
        matches(query.task, task),
        matches(query.environment, environment),
      ].every(Boolean),
    )
    .sort((one, other) => other.id - one.id)
  const { items, headers } = pageOf(call, found)
  return { status: 200, body: items.map((deployment) => deploymentJson(state, deployment)), headers }
}

function deleteDeployment(call: Call): Answer {
  const deployment = deploymentOf(call)
  if (call.state.deployments.size > 1 && deployment.statuses.at(-1)?.state !== 'inactive') {
    throw refuse(422, 'We cannot delete an active deployment unless it is the only deployment in a given environment.')
  }
  call.state.deployments.delete(deployment.id)
  return { status: 204 }
}

export const deploymentRoutes: Routes = {
  'repos/list-deployments': listDeployments,
  'repos/create-deployment': createDeployment,
  'repos/get-deployment': (call) => ({ status: 200, body: deploymentJson(call.state, deploymentOf(call)) }),
  'repos/delete-deployment': deleteDeployment,
  'repos/create-deployment-status': createStatus,
  'repos/list-deployment-statuses': (call) => {
    const deployment = deploymentOf(call)
    const { items, headers } = pageOf(call, deployment.statuses.toReversed())
    return { status: 200, body: items.map((status) => deploymentStatusJson(call.state, deployment, status)), headers }
  },
}
