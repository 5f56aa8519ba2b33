/**
 * The hourly budget of a token, for REST and GraphQL apart, and the headers that tell it.
 * https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
 */
import { errorAnswer, type Answer } from '../http/answer.js'
import type { Identity } from './identity.js'

export type Resource = 'core' | 'graphql'

interface Budget {
  limit: number
  remaining: number
  used: number
  reset: number
}

const HOUR = 3600

function budget(identity: Identity, resource: Resource, now: Date): Budget {
  const used = identity.used[resource]
  const reset = (Math.floor(now.getTime() / 1000 / HOUR) + 1) * HOUR
  return { limit: identity.limit, remaining: Math.max(0, identity.limit - used), used, reset }
}

export function budgets(identity: Identity, now: Date): Record<Resource, Budget> {
  return { core: budget(identity, 'core', now), graphql: budget(identity, 'graphql', now) }
}

export function rateLimitHeaders(budget: Budget, resource: Resource): Record<string, string> {
  return {
    'x-ratelimit-limit': String(budget.limit),
    'x-ratelimit-remaining': String(budget.remaining),
    'x-ratelimit-used': String(budget.used),
    'x-ratelimit-reset': String(budget.reset),
    'x-ratelimit-resource': resource,
  }
}

/** A caller nobody knows shares 60 requests per hour with everyone at its address. */
export function anonymousHeaders(now: Date): Record<string, string> {
  const reset = (Math.floor(now.getTime() / 1000 / HOUR) + 1) * HOUR
  return rateLimitHeaders({ limit: 60, remaining: 59, used: 1, reset }, 'core')
}

/** Takes from the budget, or refuses: REST with 403, GraphQL with 200 and an error. */
export function spend(identity: Identity, resource: Resource, cost: number): Answer | undefined {
  if (identity.used[resource] + cost <= identity.limit) {
    identity.used[resource] += cost
    return undefined
  }
  const message = `API rate limit exceeded for ${identity.kind === 'fine-grained' ? 'user' : 'installation'}.`
  const denied = `hourly limit of ${identity.limit} for ${resource}`
  if (resource === 'core') return { ...errorAnswer(403, message), denied }
  return { status: 200, body: { errors: [{ type: 'RATE_LIMITED', message }] }, denied }
}
