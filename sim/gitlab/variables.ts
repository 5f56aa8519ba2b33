import { isJson, type Json } from '../http/json.js'
import type { Call, Route } from '../platforms/simulator.js'
import { allow, bodyOf, page, refuse } from './answers.js'
import type { State, Variable } from './state.js'

const fields = ['value', 'variable_type', 'environment_scope', 'masked', 'protected', 'raw', 'description'] as const
const filter = 'filter[environment_scope]'

/**
 * https://docs.gitlab.com/api/project_level_variables/; the rules on values are those of GitLab's
 * app/models/concerns/ci/maskable.rb.
 */
export function variableRoutes(state: State, demand: (call: Call, write: boolean) => void): Record<string, Route> {
  const place = '/projects/{project}/variables'
  const { variables } = state
  const find = ({ params, query, body }: Call): Variable => {
    // The filter may come in the query or in the body.
    const inBody = isJson(body) && isJson(body['filter']) ? body['filter']['environment_scope'] : undefined
    const scope = query[filter] ?? inBody
    const found = variables
      .filter(({ key }) => key === params['key'])
      .filter(({ environment_scope }) => scope === undefined || environment_scope === scope)
    const [only] = found
    if (only === undefined) throw refuse(404, '404 Variable Not Found')
    if (found.length === 1) return only
    throw refuse(
      409,
      "409 Conflict: There are multiple variables with provided parameters. Please use 'filter[environment_scope]'",
    )
  }
  return {
    [`GET ${place}`]: (call) => {
      demand(call, false)
      allow(state, call, ['page', 'per_page'])
      return page(variables, call, (variable) => variable)
    },
    [`POST ${place}`]: (call) => {
      demand(call, true)
      allow(state, call, ['key', ...fields])
      const body = bodyOf(call)
      const made: Variable = checked({ ...blank, key: '', value: '', ...body })
      if (variables.some((each) => each.key === made.key && each.environment_scope === made.environment_scope)) {
        throw refuse(400, { key: [`(${made.key}) has already been taken`] })
      }
      if (variables.length >= 8000) throw refuse(400, { base: ['Maximum number of CI/CD variables (8000) exceeded'] })
      variables.push(made)
      return { status: 201, body: made }
    },
    [`GET ${place}/{key}`]: (call) => {
      demand(call, false)
      allow(state, call, [filter])
      return { status: 200, body: find(call) }
    },
    [`PUT ${place}/{key}`]: (call) => {
      demand(call, true)
      allow(state, call, [filter, 'filter', ...fields])
      const found = find(call)
      Object.assign(found, checked({ ...found, ...withoutFilter(bodyOf(call)) }))
      return { status: 200, body: found }
    },
    [`DELETE ${place}/{key}`]: (call) => {
      demand(call, true)
      allow(state, call, [filter, 'filter'])
      variables.splice(variables.indexOf(find(call)), 1)
      return { status: 204 }
    },
  }
}

function withoutFilter(body: Json): Json {
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'filter'))
}

const blank: Omit<Variable, 'key' | 'value'> = {
  variable_type: 'env_var',
  environment_scope: '*',
  masked: false,
  hidden: false,
  protected: false,
  raw: false,
  description: null,
}

function checked(variable: Variable): Variable {
  const { key, value, masked, raw } = variable
  if (!/^[A-Za-z0-9_]{1,255}$/.test(key)) throw refuse(400, { key: ['can contain only letters, digits and "_".'] })
  if (typeof value !== 'string') throw refuse(400, 'value is missing')
  const maskable = raw ? /^\S{8,}$/ : /^[a-zA-Z0-9_+=/@:.~-]{8,}$/
  if (masked && !maskable.test(value)) throw refuse(400, { value: ['is invalid'] })
  return variable
}
