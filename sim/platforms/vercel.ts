/**
 * The environment variables of one project on Vercel, as its REST API shows them. Every request and every answer is held
 * against the published description (vercel.openapi.md).
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '../http/answer.js'
import type { Json } from '../http/json.js'
import { allowUntypedNull, closeBodies, compile, type Specification } from '../http/specification.js'
import { type Call, type Route, type Simulator, startSimulator } from './simulator.js'

export interface VercelVariable {
  readonly id: string
  key: string
  /** As it was set. A sensitive one is never given out. */
  value: string
  type: string
  target: string[]
  gitBranch?: string
  comment?: string
  updatedAt: number
}

export interface Vercel extends Simulator {
  readonly token: string
  readonly project: string
  readonly team: string
  readonly variables: VercelVariable[]
  /** One that a person made. */
  add(change: Partial<VercelVariable> & { key: string }): VercelVariable
}

let description: Promise<Specification> | undefined

function published(): Promise<Specification> {
  description ??= (async () => {
    const text = readFileSync(join(import.meta.dirname, 'vercel.openapi.json'), 'utf8')
    const json = JSON.parse(text) as Json
    allowUntypedNull(json)
    closeBodies(json)
    return compile(json)
  })()
  return description
}

function refuse(status: number, code: string, message: string): Refusal {
  return new Refusal({ status, body: { error: { code, message } } })
}

export async function startVercel({ token = 'vercel-token-0123456789abcdef' } = {}): Promise<Vercel> {
  const project = 'prj_shop0123456789'
  const team = 'team_octo0123456789'
  const variables: VercelVariable[] = []
  let ids = 0
  const now = () => 1_763_800_000_000 + ids

  const add = (change: Partial<VercelVariable> & { key: string }): VercelVariable => {
    ids += 1
    const made = { id: `var${ids}`, value: '', type: 'encrypted', target: ['preview'], updatedAt: now(), ...change }
    variables.push(made)
    return made
  }
  const shown = (variable: VercelVariable) => ({
    ...variable,
    value: variable.type === 'sensitive' ? '' : `encrypted:${variable.value.length}`,
    createdAt: variable.updatedAt,
  })
  const check = ({ params, query }: Call) => {
    if (params['idOrName'] !== project || query['teamId'] !== team) throw refuse(404, 'not_found', 'Project not found')
  }
  const found = (call: Call): VercelVariable => {
    check(call)
    const variable = variables.find(({ id }) => id === call.params['id'])
    if (!variable) throw refuse(404, 'NOT_FOUND', 'The environment variable was not found.')
    return variable
  }
  const routes: Record<string, Route> = {
    'GET /v10/projects/{idOrName}/env': (call) => {
      check(call)
      const pagination = { count: variables.length, next: null, prev: null }
      return { status: 200, body: { envs: variables.map(shown), pagination } }
    },
    'POST /v10/projects/{idOrName}/env': (call) => {
      check(call)
      const wanted = call.body as Pick<VercelVariable, 'key' | 'value' | 'type' | 'target' | 'gitBranch' | 'comment'>
      if (wanted.gitBranch !== undefined && wanted.target.join() !== 'preview') {
        throw refuse(400, 'bad_request', 'A git branch needs the target preview.')
      }
      const taken = variables.some(
        (each) =>
          each.key === wanted.key &&
          each.gitBranch === wanted.gitBranch &&
          each.target.some((target) => wanted.target.includes(target)),
      )
      if (taken) throw refuse(400, 'ENV_CONFLICT', `A variable with the name \`${wanted.key}\` already exists`)
      return { status: 201, body: { created: shown(add(wanted)), failed: [] } }
    },
    'PATCH /v9/projects/{idOrName}/env/{id}': (call) => {
      const variable = found(call)
      const change = call.body as Partial<VercelVariable>
      if (variable.type === 'sensitive' && change.type !== undefined && change.type !== 'sensitive') {
        throw refuse(400, 'bad_request', 'You cannot change the type of a Sensitive Environment Variable.')
      }
      ids += 1
      Object.assign(variable, change, { updatedAt: now() })
      return { status: 200, body: shown(variable) }
    },
    'DELETE /v9/projects/{idOrName}/env/{id}': (call) => {
      const variable = found(call)
      variables.splice(variables.indexOf(variable), 1)
      return { status: 200, body: shown(variable) }
    },
  }
  const simulator = await startSimulator({
    routes,
    description: await published(),
    authorize: ({ authorization }) =>
      authorization === `Bearer ${token}`
        ? undefined
        : { status: 403, body: { error: { code: 'forbidden', message: 'Not authorized', invalidToken: true } } },
  })
  return Object.assign(simulator, { token, project, team, variables, add })
}
