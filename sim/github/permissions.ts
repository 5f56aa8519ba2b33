/**
 * Which permission each operation needs; one of the listed grants is enough. From GitHub's "Permissions required for
 * GitHub Apps" and "for fine-grained personal access tokens", API version 2026-03-10. A workflow's own token can never
 * hold administration or environments, so it can neither create an environment nor write its secrets.
 */
import type { Answer } from '../http/answer.js'
import { errorAnswer } from '../http/answer.js'
import type { Identity, Level } from './identity.js'

type Grant = readonly [permission: string, level: Level]

const readPull: Grant[] = [['pull_requests', 'read']]
const readDiscussion: Grant[] = [
  ['issues', 'read'],
  ['pull_requests', 'read'],
]
const writeDiscussion: Grant[] = [
  ['issues', 'write'],
  ['pull_requests', 'write'],
]
const readDeployment: Grant[] = [['deployments', 'read']]
const writeDeployment: Grant[] = [['deployments', 'write']]
const readEnvironment: Grant[] = [['actions', 'read']]
const administer: Grant[] = [['administration', 'write']]
const readSecret: Grant[] = [['environments', 'read']]
const writeSecret: Grant[] = [['environments', 'write']]

/** Every simulated operation is here. An empty list asks for nothing beyond reaching the repository. */
export const REQUIRED_GRANTS: Readonly<Record<string, readonly Grant[]>> = {
  'rate-limit/get': [],
  'repos/get': [],
  'repos/get-content': [['contents', 'read']],
  'pulls/list': readPull,
  'pulls/get': readPull,
  'pulls/list-files': readPull,
  'issues/list-comments': readDiscussion,
  'issues/get-comment': readDiscussion,
  'issues/create-comment': writeDiscussion,
  'issues/update-comment': writeDiscussion,
  'issues/delete-comment': writeDiscussion,
  'issues/list-labels-on-issue': readDiscussion,
  'issues/add-labels': writeDiscussion,
  'issues/set-labels': writeDiscussion,
  'issues/remove-label': writeDiscussion,
  'issues/remove-all-labels': writeDiscussion,
  'repos/list-deployments': readDeployment,
  'repos/get-deployment': readDeployment,
  'repos/create-deployment': writeDeployment,
  'repos/delete-deployment': writeDeployment,
  'repos/list-deployment-statuses': readDeployment,
  'repos/create-deployment-status': writeDeployment,
  'repos/get-all-environments': readEnvironment,
  'repos/get-environment': readEnvironment,
  'repos/create-or-update-environment': administer,
  'repos/delete-an-environment': administer,
  'actions/get-environment-public-key': readSecret,
  'actions/list-environment-secrets': readSecret,
  'actions/get-environment-secret': readSecret,
  'actions/create-or-update-environment-secret': writeSecret,
  'actions/delete-environment-secret': writeSecret,
  'actions/list-environment-variables': readSecret,
  'actions/get-environment-variable': readSecret,
  'actions/create-environment-variable': writeSecret,
  'actions/update-environment-variable': writeSecret,
  'actions/delete-environment-variable': writeSecret,
}

/** Routes that reach further than one pull request's environment. Calling one is a violation. */
export const REPOSITORY_SECRET_ROUTES = /^actions\/(.*-repo-(secrets?|variables?)|get-repo-public-key)$/

export function holds(identity: Identity, [permission, level]: Grant): boolean {
  const held = identity.permissions.get(permission)
  return held === 'write' || held === level
}

export function refusalText(identity: Identity): string {
  const holder = identity.kind === 'fine-grained' ? 'personal access token' : 'integration'
  return `Resource not accessible by ${holder}`
}

/** The 403 for a missing permission, or undefined if the identity may call the operation. */
export function permissionRefusal(identity: Identity, operationId: string): Answer | undefined {
  const grants = REQUIRED_GRANTS[operationId] ?? []
  if (grants.length === 0 || grants.some((grant) => holds(identity, grant))) return undefined
  const accepted = grants.map(([permission, level]) => `${permission}=${level}`).join('; ')
  return {
    ...errorAnswer(403, refusalText(identity)),
    headers: { 'x-accepted-github-permissions': accepted },
    denied: `${operationId} needs ${accepted}`,
  }
}
