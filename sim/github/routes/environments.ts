/** Deployment environments. https://docs.github.com/rest/deployments/environments */
import { invalid, notFound, refuse, type Answer } from '../../http/answer.js'
import { environmentJson } from '../answers.js'
import type { Call, Routes } from '../call.js'
import {
  ensureEnvironment,
  findEnvironment,
  type BranchPolicy,
  type Environment,
  type ProtectionRule,
} from '../environment.js'
import { pageOf } from '../paging.js'

const NAME_CHARACTERS = 255
const REVIEWERS = 6
const WAIT_MINUTES = 43_200

export function environmentOf({ state, params }: Call): Environment {
  const found = findEnvironment(state.environments, params.environment_name ?? '')
  if (found === undefined) throw notFound()
  return found
}

interface EnvironmentBody {
  wait_timer?: number
  prevent_self_review?: boolean
  reviewers?: Array<{ type?: string; id?: number }> | null
  deployment_branch_policy?: BranchPolicy | null
}

function rulesIn({ state }: Call, body: EnvironmentBody): ProtectionRule[] {
  const { wait_timer: waitTimer = 0, reviewers, deployment_branch_policy: policy } = body
  if (waitTimer < 0 || waitTimer > WAIT_MINUTES)
    throw invalid('Environment', 'wait_timer', 'Wait timer is out of range')
  if (reviewers && reviewers.length > REVIEWERS)
    throw invalid('Environment', 'reviewers', `At most ${REVIEWERS} reviewers`)
  if (reviewers?.some(({ type }) => type === 'Team')) throw new Error('Reviewing teams are not simulated.')
  const preventSelfReview = body.prevent_self_review ?? false
  const named = (reviewers ?? []).map(({ id }) => id ?? 0)
  return [
    ...(waitTimer > 0 ? [{ id: state.nextId(), type: 'wait_timer' as const, waitTimer }] : []),
    ...(named.length > 0
      ? [{ id: state.nextId(), type: 'required_reviewers' as const, preventSelfReview, reviewers: named }]
      : []),
    ...(policy ? [{ id: state.nextId(), type: 'branch_policy' as const }] : []),
  ]
}

function putEnvironment(call: Call): Answer {
  const { state, params } = call
  const name = params.environment_name ?? ''
  if (name.length > NAME_CHARACTERS) throw invalid('Environment', 'name', 'Name is too long')
  const body = call.body as EnvironmentBody
  const policy = body.deployment_branch_policy
  if (policy && policy.protected_branches === policy.custom_branch_policies) {
    throw refuse(422, "'protected_branches' and 'custom_branch_policies' cannot have the same value")
  }
  const rules = rulesIn(call, body)
  const environment = ensureEnvironment(state, name)
  // PUT replaces: rules the body does not repeat are gone, even on an environment that was protected before.
  Object.assign(environment, { protectionRules: rules, branchPolicy: policy ?? null, updatedAt: state.now() })
  return { status: 200, body: environmentJson(state, environment) }
}

export const environmentRoutes: Routes = {
  'repos/get-all-environments': (call) => {
    const all = [...call.state.environments.values()]
    const { items, headers } = pageOf(call, all)
    const environments = items.map((environment) => environmentJson(call.state, environment))
    return { status: 200, body: { total_count: all.length, environments }, headers }
  },
  'repos/get-environment': (call) => ({ status: 200, body: environmentJson(call.state, environmentOf(call)) }),
  'repos/create-or-update-environment': putEnvironment,
  'repos/delete-an-environment': (call) => {
    call.state.environments.delete(environmentOf(call).name)
    return { status: 204 }
  },
}
