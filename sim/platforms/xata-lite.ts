/**
 * The data plane of one workspace of Xata Lite, `https://{workspace}.{region}.xata.sh`, with one database. Answers have
 * the types of the vendor's client, npm `@xata.io/client` 0.30.1, which drives it in a test. What is documented nowhere,
 * such as the answer to a name that is taken, can be chosen.
 */
import { randomBytes } from 'node:crypto'
import type { CreateBranchRequestBody, CreateBranchResponse, DeleteBranchResponse, Schemas } from '@xata.io/client'
import { type Answer, Refusal } from '../http/answer.js'
import { isJson } from '../http/json.js'
import type { Databases } from './databases.js'
import { turnTlsOn } from './gateway.js'
import { type Call, type Route, type Simulator, startSimulator } from './simulator.js'

export interface XataLiteBranch {
  readonly id: string
  readonly name: string
  createdAt: Date
  state: Schemas.BranchState
  metadata: Schemas.BranchMetadata | undefined
  readonly startedFrom: Schemas.StartedFromMetadata | undefined
  /** How many looks it takes until it is there. */
  looksUntilThere: number
  /** How many deletions are refused first. */
  locked: number
}

/** What tests change while it runs. */
export interface XataLiteSettings {
  /** What is said when the name is taken; `accepted`: the branch that is there stays as it is. */
  taken: 400 | 409 | 422 | 423 | 'accepted'
  /** What is said when the parent is not there. */
  noParent: 400 | 404
  creation: CreateBranchResponse['status']
  branches: number
}

export interface XataLite extends Simulator {
  readonly branches: Map<string, XataLiteBranch>
  readonly settings: XataLiteSettings
  /** A branch that nobody logs in to. */
  add(branch: Partial<XataLiteBranch> & { name: string }): XataLiteBranch
}

export const workspace = { id: 'acme-s3qk1p', user: 's3qk1p', region: 'us-east-1', database: 'shop' }
export const xataLiteKey = 'xau_lite_0123456789'

export async function startXataLite(databases: Databases): Promise<XataLite> {
  await turnTlsOn(databases.server)
  const branches = new Map<string, XataLiteBranch>()
  const settings: XataLiteSettings = { taken: 409, noParent: 404, creation: 'completed', branches: 100 }
  const databaseOf = (name: string) => `${workspace.database}:${name}`

  const add = (given: Partial<XataLiteBranch> & { name: string }): XataLiteBranch => {
    const branch: XataLiteBranch = {
      id: `bb_${randomBytes(10).toString('hex')}`,
      createdAt: new Date(),
      state: 'active',
      metadata: undefined,
      startedFrom: undefined,
      looksUntilThere: 0,
      locked: 0,
      ...given,
    }
    branches.set(branch.name, branch)
    return branch
  }
  add({ name: 'main' })
  await databases.copy(databases.parent, databaseOf('main'))
  await databases.login(workspace.user, xataLiteKey)

  function nameOf(call: Call): string {
    const [database = '', name = ''] = (call.params['branch'] ?? '').split(':')
    if (database !== workspace.database) throw refuse(404, `database [${database}] not found`)
    if (!/^[a-zA-Z0-9_~-]{1,255}$/.test(name)) throw refuse(400, `invalid branch name [${name}]`)
    return name
  }

  /** A branch that is being made is not there yet. */
  function branchOf(call: Call): XataLiteBranch {
    const branch = branches.get(nameOf(call))
    if (!branch || branch.looksUntilThere-- > 0) throw refuse(404, `branch [${call.params['branch']}] not found`)
    return branch
  }

  const list: Route = (call) => {
    const { database = '' } = call.params
    if (database !== workspace.database) throw refuse(404, `database [${database}] not found`)
    const listed = [...branches.values()].filter((branch) => branch.looksUntilThere <= 0).map(listedOf)
    const body: Schemas.ListBranchesResponse = { databaseName: database, branches: listed }
    return { status: 200, body }
  }

  const details: Route = (call) => {
    const { id, name, createdAt, state, metadata, startedFrom } = branchOf(call)
    const body: Schemas.DBBranch = {
      databaseName: workspace.database,
      branchName: name,
      createdAt: createdAt.toISOString(),
      id,
      version: 1,
      state,
      lastMigrationID: 'mig_1',
      ...(metadata && { metadata }),
      ...(startedFrom && { startedFrom }),
      schema: { tables: [] },
    }
    return { status: 200, body }
  }

  const create: Route = async (call) => {
    const name = nameOf(call)
    const { from = call.query['from'] ?? 'main', metadata } = (
      isJson(call.body) ? call.body : {}
    ) as CreateBranchRequestBody
    checkMetadata(metadata)
    const answer = (status: CreateBranchResponse['status']): Answer => {
      const body: CreateBranchResponse = { databaseName: workspace.database, branchName: name, status }
      return { status: 201, body }
    }
    if (branches.has(name)) {
      if (settings.taken === 'accepted') return answer('completed')
      throw refuse(settings.taken, `branch [${name}] already exists`)
    }
    const parent = branches.get(from)
    if (!parent) throw refuse(settings.noParent, `source branch [${from}] not found`)
    if (branches.size >= settings.branches) throw refuse(423, 'branch limit reached')
    const startedFrom = { branchName: from, dbBranchID: parent.id, migrationID: 'mig_1' }
    const looksUntilThere = settings.creation === 'pending' ? 2 : 0
    add({ name, metadata, startedFrom, looksUntilThere })
    if (settings.creation !== 'failed') {
      const bare = `lite_${randomBytes(6).toString('hex')}`
      await databases.copySchema(databaseOf(from), bare)
      await databases.rename(bare, databaseOf(name))
    }
    return answer(settings.creation)
  }

  const remove: Route = async (call) => {
    const branch = branchOf(call)
    if (branch.locked-- > 0) throw refuse(409, 'branch is locked')
    branches.delete(branch.name)
    await databases.drop(databaseOf(branch.name))
    const body: DeleteBranchResponse = { status: 'completed' }
    return { status: 200, body }
  }

  const label: Route = (call) => {
    const branch = branchOf(call)
    checkMetadata(call.body)
    branch.metadata = call.body as Schemas.BranchMetadata
    return { status: 204 }
  }

  const simulator = await startSimulator({
    routes: {
      'GET /dbs/{database}': list,
      'GET /db/{branch}': details,
      'PUT /db/{branch}': create,
      'DELETE /db/{branch}': remove,
      'PUT /db/{branch}/metadata': label,
      'GET /db/{branch}/metadata': (call) => ({ status: 200, body: branchOf(call).metadata ?? {} }),
    },
    authorize: ({ authorization }) =>
      authorization === `Bearer ${xataLiteKey}` ? undefined : { status: 401, body: { message: 'invalid API key' } },
    headers: (count) => ({ 'x-request-id': `req-${count}` }),
  })
  return Object.assign(simulator, { branches, settings, add })
}

function refuse(status: number, message: string): Refusal {
  return new Refusal({ status, body: { message } })
}

function listedOf({ name, state, createdAt }: XataLiteBranch): Schemas.Branch {
  return { name, state, createdAt: createdAt.toISOString() }
}

/** What the types say: texts that are not empty, and a list of labels. */
function checkMetadata(metadata: unknown): void {
  if (metadata === undefined) return
  if (!isJson(metadata)) throw refuse(400, 'invalid metadata')
  const { repository, branch, stage, labels = [], ...rest } = metadata
  const texts = [repository, branch, stage].every(
    (text) => text === undefined || (typeof text === 'string' && text !== ''),
  )
  const list = Array.isArray(labels) && labels.every((one) => typeof one === 'string')
  if (!texts || !list || Object.keys(rest).length > 0) throw refuse(400, 'invalid metadata')
}
