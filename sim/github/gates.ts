/**
 * The checks a REST request passes before it reaches its route, in GitHub's order: who calls, what is called, whether the
 * repository is in reach, whether the permission is there, whether the request is well formed.
 */
import type { Operation, Request } from 'openapi-backend'
import { errorAnswer, notFound, Refusal, refuse } from '../http/answer.js'
import type { Identity } from './identity.js'
import type { Rule } from './journal.js'
import { permissionRefusal, refusalText, REPOSITORY_SECRET_ROUTES } from './permissions.js'
import { routes } from './routes/index.js'
import type { Specification } from '../http/specification.js'
import type { State } from './state.js'

export type Violate = (rule: Rule, detail: string) => void

const API_VERSIONS = ['2022-11-28', '2026-03-10']

export function checkManners(headers: Readonly<Record<string, string>>, violate: Violate): void {
  if (!headers['user-agent']) {
    violate('user-agent', 'a User-Agent header is required')
    throw refuse(
      403,
      'Request forbidden by administrative rules. Please make sure your request has a User-Agent header.',
    )
  }
  const version = headers['x-github-api-version']
  if (version !== undefined && !API_VERSIONS.includes(version)) {
    violate('api-version', `${version} is not one of ${API_VERSIONS.join(', ')}`)
    throw refuse(400, `${version} is not a supported API version.`)
  }
}

export function requireIdentity(known: Identity | undefined, present: boolean, violate: Violate): Identity {
  if (known !== undefined) return known
  violate('credentials', present ? 'unknown token' : 'no token')
  throw refuse(401, present ? 'Bad credentials' : 'Requires authentication')
}

export function requireRoute(operation: Operation | undefined, violate: Violate): Operation & { operationId: string } {
  const operationId = operation?.operationId
  if (operation === undefined || operationId === undefined) {
    violate('unknown-route', 'no such route in the description')
    throw notFound()
  }
  if (REPOSITORY_SECRET_ROUTES.test(operationId)) {
    violate('repository-secret', `${operationId} reaches beyond the environment of one pull request`)
    throw refuse(403, 'Forbidden')
  }
  if (routes[operationId] === undefined) {
    violate('not-simulated', `${operationId} is not simulated`)
    throw refuse(501, `${operationId} is not simulated`)
  }
  return { ...operation, operationId }
}

interface Approach {
  state: State
  identity: Identity
  method: string
  params: Readonly<Record<string, string>>
}

export function requireReach({ state, identity, method, params }: Approach, violate: Violate): void {
  const { repository } = state
  if (params.owner === undefined) return
  // Owners and names ignore case.
  if (`${params.owner}/${params.repo}`.toLowerCase() !== repository.fullName.toLowerCase()) {
    violate('unknown-repository', `${params.owner}/${params.repo} is not ${repository.fullName}`)
    throw notFound()
  }
  if (identity.reachesRepository) return
  const denied = `${repository.fullName} is out of reach`
  // 404 keeps the existence of a private repository to itself.
  if (repository.private) throw new Refusal({ ...errorAnswer(404, 'Not Found'), denied })
  if (method !== 'GET') throw new Refusal({ ...errorAnswer(403, refusalText(identity)), denied })
}

export function requirePermission(identity: Identity, operationId: string): void {
  const refusal = permissionRefusal(identity, operationId)
  if (refusal !== undefined) throw new Refusal(refusal)
}

/** The body as JSON, or undefined if there is none. */
export function parseBody(text: string, violate: Violate): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    violate('invalid-request', 'the body is not JSON')
    throw refuse(400, 'Problems parsing JSON')
  }
}

export function requireValid(
  specification: Specification,
  { request, operation }: { request: Request; operation: Operation },
  violate: Violate,
): void {
  const faults = specification.faultsInRequest(request, operation)
  if (faults.length === 0) return
  violate('invalid-request', faults.join('; '))
  const errors = faults.map((message) => ({ code: 'custom', message }))
  throw refuse(422, 'Invalid request.', { errors })
}
