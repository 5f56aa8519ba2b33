/** Secrets and variables of an environment. https://docs.github.com/rest/actions/secrets */
import { invalid, notFound, refuse, type Answer } from '../../http/answer.js'
import type { Call, Routes } from '../call.js'
import { SECRET_BYTES, SECRETS_PER_ENVIRONMENT, type StoredValue } from '../environment.js'
import { timestamp, type Json } from '../../http/json.js'
import { pageOf } from '../paging.js'
import { environmentOf } from './environments.js'

/** https://docs.github.com/actions/reference/security/secrets#naming-your-secrets; stored in capitals. */
function storedName(resource: string, name: string): string {
  const capital = name.toUpperCase()
  if (!/^[A-Z_][A-Z0-9_]*$/.test(capital)) {
    throw invalid(
      resource,
      'name',
      'Name can only contain alphanumeric characters and underscores and not start with a number',
    )
  }
  if (capital.startsWith('GITHUB_')) throw invalid(resource, 'name', 'Name cannot start with GITHUB_')
  return capital
}

function secretJson({ name, createdAt, updatedAt }: StoredValue): Json {
  return { name, created_at: timestamp(createdAt), updated_at: timestamp(updatedAt) }
}

function variableJson(variable: StoredValue): Json {
  return { ...secretJson(variable), value: variable.value }
}

function stored(values: ReadonlyMap<string, StoredValue>, name: string | undefined): StoredValue {
  const found = values.get((name ?? '').toUpperCase())
  if (found === undefined) throw notFound()
  return found
}

/** Keeps when it was created; says whether it was there before. */
function store(
  call: Call,
  values: Map<string, StoredValue>,
  { name, value }: { name: string; value: string },
): boolean {
  const now = call.state.now()
  const before = values.get(name)
  values.set(name, { name, value, createdAt: before?.createdAt ?? now, updatedAt: now })
  return before !== undefined
}

function putSecret(call: Call): Answer {
  const { secrets, box } = environmentOf(call)
  const name = storedName('Secret', call.params.secret_name ?? '')
  if (call.body.key_id !== box.keyId) throw refuse(422, 'The key_id does not match the current public key')
  const value = box.open(String(call.body.encrypted_value))
  if (value === undefined) throw refuse(422, 'improperly encrypted secret')
  if (Buffer.byteLength(value) > SECRET_BYTES)
    throw invalid('Secret', 'value', 'Secret is too large (maximum is 48 KB)')
  if (!secrets.has(name) && secrets.size >= SECRETS_PER_ENVIRONMENT) {
    throw invalid('Secret', 'name', `An environment holds at most ${SECRETS_PER_ENVIRONMENT} secrets`)
  }
  return store(call, secrets, { name, value }) ? { status: 204 } : { status: 201, body: {} }
}

function createVariable(call: Call): Answer {
  const { variables } = environmentOf(call)
  const name = storedName('Variable', String(call.body.name))
  if (variables.has(name)) throw refuse(409, 'Already exists - Variable already exists')
  store(call, variables, { name, value: String(call.body.value) })
  return { status: 201, body: {} }
}

function updateVariable(call: Call): Answer {
  const { variables } = environmentOf(call)
  const before = stored(variables, call.params.name)
  const change = call.body as { name?: string; value?: string }
  const name = storedName('Variable', change.name ?? before.name)
  variables.delete(before.name)
  variables.set(name, { ...before, name, value: change.value ?? before.value, updatedAt: call.state.now() })
  return { status: 204 }
}

export const secretRoutes: Routes = {
  'actions/get-environment-public-key': (call) => {
    const { box } = environmentOf(call)
    return { status: 200, body: { key_id: box.keyId, key: box.publicKey } }
  },
  'actions/list-environment-secrets': (call) => {
    const all = [...environmentOf(call).secrets.values()]
    const { items, headers } = pageOf(call, all)
    return { status: 200, body: { total_count: all.length, secrets: items.map(secretJson) }, headers }
  },
  'actions/get-environment-secret': (call) => {
    return { status: 200, body: secretJson(stored(environmentOf(call).secrets, call.params.secret_name)) }
  },
  'actions/create-or-update-environment-secret': putSecret,
  'actions/delete-environment-secret': (call) => {
    const { secrets } = environmentOf(call)
    secrets.delete(stored(secrets, call.params.secret_name).name)
    return { status: 204 }
  },
  'actions/list-environment-variables': (call) => {
    const all = [...environmentOf(call).variables.values()]
    const { items, headers } = pageOf(call, all, { perPage: 10, most: 30 })
    return { status: 200, body: { total_count: all.length, variables: items.map(variableJson) }, headers }
  },
  'actions/get-environment-variable': (call) => {
    return { status: 200, body: variableJson(stored(environmentOf(call).variables, call.params.name)) }
  },
  'actions/create-environment-variable': createVariable,
  'actions/update-environment-variable': updateVariable,
  'actions/delete-environment-variable': (call) => {
    const { variables } = environmentOf(call)
    variables.delete(stored(variables, call.params.name).name)
    return { status: 204 }
  },
}
