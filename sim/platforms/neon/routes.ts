/** What Neon's API v2 answers, as far as branches go. */
import { randomBytes } from 'node:crypto'
import type { Answer } from '../../http/answer.js'
import type { Json } from '../../http/json.js'
import type { Call, Route } from '../simulator.js'
import {
  annotationJson,
  branchJson,
  databasesJson,
  endpointsJson,
  operationJson,
  roleJson,
  uriOf,
  urisJson,
} from './json.js'
import { failure, type NeonBranch, type NeonProject, newId, type Operation, type Step } from './project.js'

const P = '/projects/{project_id}'
const B = `${P}/branches`
const ONE = `${B}/{branch_id}`

export function routesOf(project: NeonProject): Record<string, Route> {
  const within = (route: (project: NeonProject, call: Call) => Answer | Promise<Answer>): Route => {
    return (call) => {
      if (call.params['project_id'] !== project.id) throw failure(404, 'project not found')
      return route(project, call)
    }
  }
  const ofBranch = (tell: (branch: NeonBranch) => Json): Route =>
    within((_, call) => ({ status: 200, body: tell(branchAt(project, call)) }))
  return {
    [`GET ${B}`]: within(list),
    [`POST ${B}`]: within(create),
    [`GET ${ONE}`]: ofBranch((one) => ({ branch: branchJson(project, one), annotation: annotationJson(one) })),
    [`PATCH ${ONE}`]: within(update),
    [`DELETE ${ONE}`]: within(remove),
    [`GET ${ONE}/schema`]: within(schema),
    [`GET ${ONE}/databases`]: ofBranch((one) => ({ databases: databasesJson(project, one) })),
    [`GET ${ONE}/endpoints`]: ofBranch((one) => ({ endpoints: endpointsJson(project, one) })),
    [`POST ${ONE}/roles/{role_name}/reset_password`]: within(resetPassword),
    [`GET ${P}/connection_uri`]: within(connectionUri),
    [`GET ${P}/endpoints`]: within(() => {
      const endpoints = [...project.branches.values()].flatMap((branch) => endpointsJson(project, branch))
      return { status: 200, body: { endpoints } }
    }),
    [`GET ${P}/operations`]: within((_, { query }) => {
      return { status: 200, body: operationsJson(project, project.operations.slice(0, Number(query['limit'] ?? 100))) }
    }),
    [`GET ${P}/operations/{operation_id}`]: within((_, { params }) => {
      const operation = project.operations.find(({ id }) => id === params['operation_id'])
      if (!operation) throw failure(404, 'operation not found')
      return { status: 200, body: { operation: operationJson(project, operation) } }
    }),
  }
}

function branchAt({ branches }: NeonProject, { params }: Call): NeonBranch {
  const branch = branches.get(params['branch_id'] ?? '')
  if (!branch) throw failure(404, 'branch not found')
  return branch
}

function unlocked(project: NeonProject, branch: NeonBranch): NeonBranch {
  if (!project.isBusy(branch)) return branch
  throw failure(423, 'project already has running conflicting operations, scheduling of new ones is prohibited')
}

function refuseTaken(project: NeonProject, name: string): void {
  if (project.byName(name)) throw failure(409, `branch already exists; branch_name:"${name}"`, 'BRANCH_ALREADY_EXISTS')
}

function refuseBeyondQuota({ branches, options: { quota = {} } }: NeonProject, isRoot: boolean): void {
  const roots = [...branches.values()].filter(({ parentId }) => parentId === undefined)
  if (branches.size >= (quota.branches ?? Infinity)) {
    throw failure(422, 'branches limit exceeded', 'BRANCHES_LIMIT_EXCEEDED')
  }
  if (isRoot && roots.length >= (quota.roots ?? Infinity)) {
    throw failure(422, 'root branches limit exceeded', 'ROOT_BRANCHES_LIMIT_EXCEEDED')
  }
}

function wholeSeconds(time: string): string {
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(time)) return time
  throw failure(400, 'expires_at must have a precision of seconds')
}

function operationsJson(project: NeonProject, operations: readonly Operation[]): Json {
  return { operations: operations.map((operation) => operationJson(project, operation)) }
}

interface Ordered {
  readonly branch?: Readonly<Record<string, string>>
  readonly endpoints?: readonly Json[]
  readonly annotation_value?: Readonly<Record<string, string>>
}

async function create(project: NeonProject, { body }: Call): Promise<Answer> {
  const { branch: wanted = {}, endpoints = [], annotation_value: annotation } = (body ?? {}) as Ordered
  const parentId = wanted['parent_id']
  const parent = parentId === undefined ? project.byName('main') : project.branches.get(parentId)
  if (!parent) throw failure(404, 'branch not found')
  if (parent.state === 'init') throw failure(422, 'branch not ready yet')
  const name = wanted['name'] ?? newId('br')
  refuseTaken(project, name)
  const isRoot = wanted['init_source'] === 'schema-only'
  refuseBeyondQuota(project, isRoot)
  const expiresAt = wanted['expires_at']
  const branch = project.add(name, {
    state: 'init',
    parentId: isRoot ? undefined : parent.id,
    initSource: wanted['init_source'] ?? 'parent-data',
    annotation,
    expiresAt: expiresAt && wholeSeconds(expiresAt),
    // The same passwords as on the parent, unless that is protected.
    ...(!parent.protected && { passwords: new Map(parent.passwords) }),
  })
  const steps: Step[] = [['create_branch', () => project.fill(branch, parent)]]
  if (endpoints.length > 0) {
    await project.giveEndpoint(branch)
    steps.push(['start_compute', () => project.start(branch)])
  }
  const begun = project.schedule(branch, steps)
  const answer = {
    branch: branchJson(project, branch),
    endpoints: endpointsJson(project, branch),
    roles: project.roles.map((role) => roleJson(branch, role)),
    databases: databasesJson(project, branch),
    ...operationsJson(project, begun),
    ...urisJson(project, branch),
  }
  return { status: 201, body: answer }
}

/** The cursor is the last branch of the page before. */
function list(project: NeonProject, { query }: Call): Answer {
  const { search = '', limit, cursor } = query
  const { page = {} } = project.options
  const size = Math.min(Number(limit ?? page.usual ?? 100), page.most ?? 10_000)
  const found = [...project.branches.values()]
    .filter(({ id, name }) => name.includes(search) || id.includes(search))
    .sort((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime() || (a.id < b.id ? -1 : 1))
  const from = cursor === undefined ? 0 : found.findIndex(({ id }) => id === cursor) + 1
  const part = found.slice(from, from + size)
  const last = part.at(-1)
  const pagination = { next: last?.id, sort_by: 'updated_at', sort_order: 'desc' }
  const marked = part.filter(({ annotation }) => annotation !== undefined)
  const body = {
    branches: part.map((branch) => branchJson(project, branch)),
    annotations: Object.fromEntries(marked.map((branch) => [branch.id, annotationJson(branch)])),
    ...(from + size < found.length && { pagination }),
  }
  return { status: 200, body }
}

function update(project: NeonProject, call: Call): Answer {
  const branch = unlocked(project, branchAt(project, call))
  const { name, protected: isProtected, expires_at: expiry } = (call.body as { branch: Json }).branch
  if (typeof name === 'string' && name !== branch.name) {
    refuseTaken(project, name)
    branch.name = name
  }
  if (typeof isProtected === 'boolean') branch.protected = isProtected
  if (typeof expiry === 'string') branch.expiresAt = wholeSeconds(expiry)
  if (expiry === null) branch.expiresAt = undefined
  branch.updatedAt = new Date()
  return { status: 200, body: { branch: branchJson(project, branch), operations: [] } }
}

function remove(project: NeonProject, { params, query }: Call): Answer {
  const branch = project.branches.get(params['branch_id'] ?? '')
  if (!branch) return { status: 204 }
  if (branch.isDefault) throw failure(422, 'cannot delete the default branch')
  if (branch.protected) throw failure(422, 'cannot delete a protected branch')
  if (project.hasChildren(branch)) throw failure(422, 'cannot delete a branch with children')
  unlocked(project, branch)
  const json = branchJson(project, branch)
  const begun = project.schedule(branch, [
    ['suspend_compute', () => branch.endpoint?.wire.close()],
    [
      'delete_timeline',
      async () => {
        project.branches.delete(branch.id)
        project.deleted.push({ name: branch.name, hard: query['hard_delete'] === 'true' })
        await project.databases.drop(branch.physical)
      },
    ],
  ])
  return { status: 200, body: { branch: json, ...operationsJson(project, begun) } }
}

function connectionUri(project: NeonProject, { query }: Call): Answer {
  const { branch_id: id, database_name: database = '', role_name: role = '' } = query
  const branch = id === undefined ? project.byName('main') : project.branches.get(id)
  if (!branch) throw failure(404, 'branch not found')
  if (project.owners[database] === undefined) throw failure(404, 'database not found')
  if (!branch.passwords.has(role)) throw failure(404, 'role not found')
  if (!branch.endpoint) throw failure(404, 'endpoint not found')
  if (project.options.storesPasswords === false) throw failure(412, 'Storing passwords is disabled')
  return { status: 200, body: { uri: uriOf(project, branch, { database, role }) } }
}

function resetPassword(project: NeonProject, call: Call): Answer {
  const branch = unlocked(project, branchAt(project, call))
  const role = call.params['role_name'] ?? ''
  if (!branch.passwords.has(role)) throw failure(404, 'role not found')
  const password = randomBytes(12).toString('base64url')
  const begun = project.schedule(branch, [['apply_config', () => project.setPassword(branch, role, password)]])
  return { status: 200, body: { role: roleJson(branch, role, password), ...operationsJson(project, begun) } }
}

/** As pg_dump writes it, with the key that is another each time. */
async function schema(project: NeonProject, call: Call): Promise<Answer> {
  const branch = branchAt(project, call)
  if (project.owners[call.query['db_name'] ?? ''] === undefined) throw failure(404, 'database not found')
  const columns = await project.databases.server.sql<{ line: string }>(
    branch.physical,
    `SELECT table_name || '.' || column_name || ' ' || data_type AS line FROM information_schema.columns
      WHERE table_schema = 'public' ORDER BY table_name, ordinal_position`,
  )
  const key = randomBytes(12).toString('hex')
  const lines = [`\\restrict ${key}`, ...columns.map(({ line }) => line), `\\unrestrict ${key}`, '']
  return { status: 200, body: { sql: lines.join('\n') } }
}
