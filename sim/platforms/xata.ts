/**
 * Xata's platform API for one project: https://api.xata.tech. Statuses, messages and limits are those of the server's
 * source, https://github.com/xataio/xata (services/projects), which answers more than its description tells. All
 * branches are databases of one server, so that host and user are not the branch's own: the database and the user's
 * name are.
 */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Answer, Refusal } from '../http/answer.js'
import { isJson, type Json } from '../http/json.js'
import { closeBodies, compile, type Specification } from '../http/specification.js'
import type { Databases } from './databases.js'
import { turnTlsOn } from './gateway.js'
import { type Call, type Route, type Simulator, startSimulator } from './simulator.js'

export type XataState = 'HEALTHY' | 'TRANSIENT' | 'FAULT' | 'HIBERNATED'

export interface XataBranch {
  readonly id: string
  name: string
  description: string | undefined
  readonly parentId: string | null
  createdAt: Date
  updatedAt: Date
  /** What describing it says. While it is `TRANSIENT`, each look at it brings it nearer to `HEALTHY`. */
  state: XataState
  looksUntilHealthy: number
  /** How many changes are refused before one is taken, and how. */
  busy: { times: number; as: 'concurrent' | 'forbidden' }
  readonly password: string
  /** Undefined for a branch that tests only list. */
  readonly database: string | undefined
}

export interface XataOptions {
  readonly apiKey?: string
  readonly organization?: string
  readonly project?: string
  /**
   * `2026-04` is the server whose source is published. The newer API, described by the schemas of npm `@xata.io/api`
   * 0.1.10, tells with the login where to log in.
   */
  readonly version?: '2026-04' | 'newer'
}

export interface Xata extends Simulator {
  readonly branches: Map<string, XataBranch>
  named(name: string): XataBranch | undefined
  /** A branch that nobody logs in to. */
  add(branch: Partial<XataBranch> & { name: string }): XataBranch
  readonly settings: XataSettings
}

/** What tests change while it runs. */
export interface XataSettings {
  /** Why creations are refused, whatever they ask. */
  refuses: 'disabled' | 'new organization' | 'switched off' | 'children' | undefined
  /** Scopes that the key lacks. */
  lacks: readonly string[]
  /** How many branches the project may have. */
  branches: number
}

const branchesPath = '/organizations/{organization}/projects/{project}/branches'
const branchPath = `${branchesPath}/{branch}`
const describedBranchPath = '/organizations/{organizationID}/projects/{projectID}/branches/{branchID}'
const descriptionPattern = /^[a-zA-Z0-9]+[a-zA-Z0-9- ]*$/

export async function startXata(databases: Databases, options: XataOptions = {}): Promise<Xata> {
  const { apiKey = 'xau_0123456789', organization = 'acme', project = 'prj_1', version = '2026-04' } = options
  await turnTlsOn(databases.server)
  const branches = new Map<string, XataBranch>()
  const settings: XataSettings = { refuses: undefined, lacks: [], branches: 100 }

  const add = (given: Partial<XataBranch> & { name: string }): XataBranch => {
    const now = new Date()
    const branch: XataBranch = {
      id: `b${randomBytes(8).toString('hex')}`,
      description: undefined,
      parentId: null,
      createdAt: now,
      updatedAt: now,
      state: 'HEALTHY',
      looksUntilHealthy: 0,
      busy: { times: 0, as: 'concurrent' },
      password: `pw-${randomBytes(12).toString('hex')}`,
      database: undefined,
      ...given,
    }
    branches.set(branch.id, branch)
    return branch
  }
  const root = add({ name: 'main', database: databases.parent })
  await databases.login(userOf(root), root.password)

  const named = (name: string) => [...branches.values()].find((branch) => branch.name === name)
  const children = (id: string) => [...branches.values()].filter((branch) => branch.parentId === id).length

  const taken = (name: string) => refuse(409, `branch [${name}] already exists`)

  /** The branch of the path, once key, organization, project and scope are found to be right. */
  function admit(call: Call, scope: string): void {
    const { organization: asked = '', project: of = '' } = call.params
    if (asked !== organization) throw refuse(401, `no access to organization [${asked}]`)
    if (settings.lacks.includes(scope)) throw refuse(403, 'access denied')
    if (of !== project) throw refuse(404, `project [${of}] not found`)
  }

  function branchOf(call: Call): XataBranch {
    const { branch: id = '' } = call.params
    const branch = branches.get(id)
    if (!branch) throw refuse(404, `branch [${id}] not found`)
    return branch
  }

  const host = `${databases.host}:${databases.port}`
  const connectionString = (branch: XataBranch) =>
    branch.state === 'HEALTHY'
      ? `postgresql://postgres:${encodeURIComponent(branch.password)}@${version === 'newer' ? 'deprecated.invalid' : host}/${branch.database}?sslmode=require`
      : null

  const create: Route = async (call) => {
    admit(call, 'branch:write')
    if (settings.refuses === 'switched off')
      throw refuse(503, 'Service temporarily unavailable. Please try again later.')
    if (settings.refuses === 'disabled') {
      throw refuse(
        403,
        `Organization [${organization}] is disabled, please check your billing settings or contact support`,
      )
    }
    if (settings.refuses === 'new organization') {
      throw refuse(403, `Organization [${organization}] has reached the branch limit for new organizations`)
    }
    const { name, description, mode, parentID } = bodyOf(call)
    checkDescription(description)
    if (typeof name !== 'string' || name === '') {
      throw refuse(400, 'invalid parameter [name]: branch name is required')
    }
    if (mode !== 'inherit' || typeof parentID !== 'string') throw refuse(400, 'Branch: invalid parameter [body]')
    const parent = branches.get(parentID)
    if (!parent) throw refuse(404, `Branch [${parentID}]: not found`)
    if (branches.size >= settings.branches) throw refuse(400, `project [${project}] has too many branches`)
    if (settings.refuses === 'children' || (parent.parentId !== null && children(parent.id) >= 100)) {
      const what = 'a child branch would exceed the maximum children allowed (100)'
      throw refuse(400, `BranchID [${parentID}]: ${what}. Please, remove a branch or use a different parent`)
    }
    if (named(name)) throw taken(name)
    age(parent)
    if (parent.state !== 'HEALTHY') {
      throw refuse(412, `Cannot create child branch because parent branch [${parentID}] is not healthy`)
    }
    const database = `xata_${randomBytes(6).toString('hex')}`
    const branch = add({
      name,
      description: description as string | undefined,
      parentId: parentID,
      state: 'TRANSIENT',
      looksUntilHealthy: 2,
      database,
    })
    await databases.copy(parent.database ?? databases.parent, database)
    await databases.login(userOf(branch), branch.password)
    return { status: 201, body: { ...short(branch), connectionString: null } }
  }

  const change: Route = (call) => {
    admit(call, 'branch:write')
    const branch = branchOf(call)
    const { name, description, hibernate } = bodyOf(call)
    if (name === undefined && description === undefined && hibernate === undefined) {
      throw refuse(400, `branch [${branch.id}]: at least one of the request fields needs to be set`)
    }
    checkDescription(description)
    if (branch.busy.times > 0) {
      branch.busy.times -= 1
      if (branch.busy.as === 'forbidden') throw refuse(403, `Branch [${branch.id}] update is temporarily unavailable`)
      throw refuse(409, `branch [${branch.id}] was modified concurrently, please retry`)
    }
    if (typeof name === 'string') {
      const other = named(name)
      if (other && other !== branch) throw taken(name)
      branch.name = name
    }
    if (typeof description === 'string') branch.description = description
    if (hibernate === true) branch.state = 'HIBERNATED'
    if (hibernate === false) Object.assign(branch, { state: 'TRANSIENT', looksUntilHealthy: 2 })
    branch.updatedAt = new Date()
    return { status: 200, body: { ...short(branch), connectionString: connectionString(branch) } }
  }

  const describe: Route = (call) => {
    admit(call, 'branch:read')
    const branch = branchOf(call)
    age(branch)
    return { status: 200, body: { ...short(branch), ...details(branch), connectionString: connectionString(branch) } }
  }

  const remove: Route = async (call) => {
    admit(call, 'branch:write')
    const branch = branchOf(call)
    // The server asks for no children: it deletes a parent, too.
    branches.delete(branch.id)
    if (branch.database !== undefined && branch !== root) await databases.drop(branch.database)
    return { status: 204 }
  }

  const credentials: Route = (call) => {
    admit(call, 'credentials:read')
    if (call.query['username'] !== 'xata') {
      throw refuse(400, 'invalid parameter [username]: only the xata user credentials can be retrieved')
    }
    const branch = branchOf(call)
    if (branch.state !== 'HEALTHY') {
      throw refuse(404, `Credentials for username [xata] on branch [${branch.id}]: not found`)
    }
    const username = userOf(branch)
    const { password, database } = branch
    if (version === '2026-04') return { status: 200, body: { username, password } }
    const url = `postgresql://${username}:${encodeURIComponent(password)}@${host}/${database}`
    const place = { hostname: databases.host, port: databases.port, dbname: database, connectionString: url }
    return { status: 200, body: { username, password, ...place } }
  }

  const list: Route = (call) => {
    admit(call, 'branch:read')
    // Neither sorted nor with the descriptions: the query of the server names neither.
    const listed = [...branches.values()].reverse().map((branch) => {
      return { ...short({ ...branch, description: undefined }), backupsEnabled: false }
    })
    return { status: 200, body: { branches: listed } }
  }

  const simulator = await startSimulator({
    routes: {
      [`GET ${branchesPath}`]: list,
      [`POST ${branchesPath}`]: create,
      [`GET ${branchPath}`]: describe,
      [`PATCH ${branchPath}`]: change,
      [`DELETE ${branchPath}`]: remove,
      [`GET ${branchPath}/credentials`]: credentials,
    },
    description: await published(),
    authorize: ({ authorization }) =>
      authorization === `Bearer ${apiKey}` ? undefined : { status: 401, body: { message: 'invalid API key' } },
    headers: (count) => ({ 'x-request-id': `req-${count}` }),
  })
  return Object.assign(simulator, { branches, named, add, settings })
}

let shared: Promise<Specification> | undefined

/** Compiled once for all simulators of a process: nothing in it changes afterwards. */
function published(): Promise<Specification> {
  return (shared ??= compile(corrected()))
}

function corrected(): Json {
  const json = JSON.parse(readFileSync(join(import.meta.dirname, 'xata.openapi.json'), 'utf8')) as Json
  // What creates is one of two kinds, and closing each would shut out the fields they have in common.
  const { paths } = json as { paths: Json }
  closeBodies({ ...json, paths: { change: paths[describedBranchPath] } })
  return json
}

/** Time passes by being looked at. */
function age(branch: XataBranch): void {
  if (branch.state === 'TRANSIENT' && branch.looksUntilHealthy-- <= 0) branch.state = 'HEALTHY'
}

/** With 503 the server says when to come again, whatever the cause. */
function refuse(status: number, message: string): Refusal {
  const answer: Answer = { status, body: { message } }
  return new Refusal(status === 503 ? { ...answer, headers: { 'retry-after': '30' } } : answer)
}

function bodyOf({ body }: Call): Json {
  if (isJson(body)) return body
  throw refuse(400, 'invalid request body')
}

function checkDescription(description: unknown): void {
  if (description === undefined) return
  if (typeof description !== 'string' || description.length > 50) throw refuse(400, 'max length is 50')
  if (!descriptionPattern.test(description)) throw refuse(400, `description ${description} invalid`)
}

/** The one server behind all branches has one password for each name. */
function userOf({ id }: XataBranch): string {
  return `xata_${id}`
}

function short({ id, name, description, parentId, createdAt, updatedAt }: XataBranch): Json {
  return {
    id,
    name,
    ...(description !== undefined && { description }),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    parentID: parentId,
    region: 'us-east-1',
    publicAccess: true,
  }
}

function details({ state }: XataBranch): Json {
  return {
    status: {
      status: state === 'HEALTHY' ? 'Cluster in healthy state' : 'Setting up primary',
      statusType: `STATUS_TYPE_${state}`,
      instanceCount: 1,
      instanceReadyCount: state === 'HEALTHY' ? 1 : 0,
      instances: [],
    },
    backupsEnabled: false,
    scaleToZero: { enabled: true, inactivityPeriodMinutes: 30 },
    configuration: { image: 'postgresql:18.1', region: 'us-east-1', instanceType: 'xata.micro', replicas: 0 },
  }
}
