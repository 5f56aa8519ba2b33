/**
 * Supabase's Management API v1, as far as branches go: https://supabase.com/docs/reference/api. A branch is a project of
 * its own that comes up by and by; readings lag behind writings; a branch that nobody uses falls asleep; a reset keeps
 * nothing but the migrations; the default branch is listed from the first branch on, and stands for production itself.
 */
import type { BranchActionBody, CreateBranchBody, UpdateBranchBody } from 'supabase-management-js'
import { type Answer, Refusal } from '../http/answer.js'
import type { Specification } from '../http/specification.js'
import type { Databases } from './databases.js'
import { type Call, type Route, type Simulator, soon, startSimulator } from './simulator.js'
import {
  branchAnswer,
  newBranch,
  newRef,
  type ProjectState,
  type Run,
  runAnswer,
  type Stage,
  type StepName,
  type SupabaseBranch,
} from './supabase/branch.js'
import { type Front, openFront } from './supabase/front.js'

export interface SupabaseOptions {
  readonly key?: string
  /** Milliseconds of each phase. */
  readonly pace?: number
  readonly description?: Specification
}

export interface Supabase extends Simulator {
  readonly key: string
  /** Reference of the parent project. */
  readonly project: string
  readonly branches: readonly SupabaseBranch[]
  /** What the next branches come to, and what the platform leaves out of its answers. */
  readonly mood: {
    /** The end of the next workflow runs. */
    stage: Stage
    /** What becomes of the next projects. */
    state: ProjectState
    /** Answers neither `preview_project_status` nor what is left out for those with little permission. */
    terse: boolean
    withoutPassword: boolean
    /** Runs of resets are never shown. */
    withoutRuns: boolean
    plan: { branches: boolean; limit: number | undefined }
    /** Requests until the rate limit strikes once, with a window that ends in 37 seconds. */
    budget: number | undefined
  }
  branch(name: string): SupabaseBranch
  /** Nobody used it for a while. */
  sleep(name: string): void
}

const steps: readonly StepName[] = ['clone', 'pull', 'health', 'configure', 'migrate', 'seed', 'deploy']

const regions = ['us-east-1', 'eu-central-1', 'ap-southeast-2']

export async function startSupabase(databases: Databases, options: SupabaseOptions = {}): Promise<Supabase> {
  const { key = `sbp_${'0123456789'.repeat(4)}`, pace = 4 } = options
  const project = newRef()
  const branches: SupabaseBranch[] = []
  const runs: Run[] = []
  const mood: Supabase['mood'] = {
    stage: 'MIGRATIONS_PASSED',
    state: 'ACTIVE_HEALTHY',
    terse: false,
    withoutPassword: false,
    withoutRuns: false,
    plan: { branches: true, limit: undefined },
    budget: undefined,
  }
  let requests = 0

  const databaseOf = ({ ref }: SupabaseBranch) => `sb_${ref}`
  const pooler: Front = await openFront(databases, ({ user }) => {
    const branch = branches.find((one) => user === `postgres.${one.ref}` && !one.gone)
    return branch && { user: databaseOf(branch), database: databaseOf(branch) }
  })

  const shown = () => branches.filter((branch) => !branch.gone && !branch.hidden)
  const told = (branch: SupabaseBranch) => {
    const { preview_project_status: state, ...rest } = branchAnswer(branch)
    return mood.terse ? rest : { ...rest, preview_project_status: state }
  }
  const move = (branch: SupabaseBranch, change: { stage?: Stage; state?: ProjectState }) =>
    Object.assign(branch, change, { updatedAt: new Date().toISOString() })

  const broken: string[] = []
  let working = Promise.resolve()
  let closed = false
  /** A step in the background, one after the other; what fails in it must be seen. */
  const later = (phases: number, body: () => void | Promise<void>) =>
    soon(phases * pace, () => {
      working = working
        .then(() => (closed ? undefined : body()))
        .catch((error: unknown) => void broken.push(String(error)))
    })

  async function comeUp(branch: SupabaseBranch): Promise<void> {
    if (branch.gone) return
    const database = databaseOf(branch)
    await (branch.withData
      ? databases.copy(databases.parent, database)
      : databases.copySchema(databases.parent, database))
    await databases.login(database, branch.password)
    branch.front = await openFront(databases, ({ user, database: wanted }) =>
      user === 'postgres' && wanted === 'postgres' ? { user: database, database } : undefined,
    )
    const up = mood.state === 'ACTIVE_HEALTHY'
    move(branch, { state: mood.state, ...(up && { stage: 'RUNNING_MIGRATIONS' as const }) })
    if (up) later(1, () => void move(branch, { stage: mood.stage }))
  }

  async function rebuild(run: Run): Promise<void> {
    const { branch } = run
    run.hidden = mood.withoutRuns
    run.steps.push(...steps.map((name) => ({ name, status: 'CREATED' as const })))
    move(branch, { stage: 'RUNNING_MIGRATIONS' })
    const database = databaseOf(branch)
    await databases.drop(database)
    await databases.copySchema(databases.parent, database)
    const fails = mood.stage === 'MIGRATIONS_FAILED'
    for (const step of run.steps) step.status = fails && step.name === 'migrate' ? 'DEAD' : 'EXITED'
    move(branch, { stage: mood.stage })
  }

  async function remove(branch: SupabaseBranch): Promise<void> {
    branch.gone = true
    await branch.front?.close()
    await databases.drop(databaseOf(branch))
  }

  const refusal = (status: number, message: string) => new Refusal({ status, body: { message } })

  function requireParent({ params }: Call): void {
    if (params['ref'] !== project) throw refusal(404, 'Project not found')
  }

  /** By its id or by the reference of its project: any project's, as the vendor has it. */
  function pick({ params }: Call): SupabaseBranch {
    const key = params['branch_id_or_ref']
    const branch = shown().find((one) => one.id === key || one.ref === key)
    if (!branch) throw refusal(404, 'Branch not found')
    return branch
  }

  /** What is done to the production project is the worst that can happen here. */
  function branchByProject({ params, operation }: Call): SupabaseBranch {
    if (params['ref'] === project) throw new Error(`${operation} was sent for the parent project`)
    const branch = shown().find((one) => one.ref === params['ref'])
    if (!branch) throw refusal(404, 'Project not found')
    return branch
  }

  function create(call: Call): Answer {
    requireParent(call)
    const body = call.body as CreateBranchBody
    const { plan } = mood
    if (!plan.branches) throw refusal(402, 'Branching is supported only on the Pro plan or above')
    const others = branches.filter((branch) => !branch.gone && !branch.isDefault)
    if (plan.limit !== undefined && others.length >= plan.limit)
      throw refusal(400, `Maximum number of preview branches (${plan.limit}) reached`)
    if (body.region !== undefined && !regions.includes(body.region)) throw refusal(422, 'Invalid region')
    if (!branches.some((branch) => branch.isDefault)) {
      const up = { stage: 'FUNCTIONS_DEPLOYED', state: 'ACTIVE_HEALTHY' } as const
      branches.push(
        newBranch({ name: 'main', ref: project, parentRef: project, isDefault: true, persistent: true, ...up }),
      )
    }
    if (branches.some((branch) => !branch.gone && branch.name === body.branch_name))
      throw refusal(409, 'Branch name already in use')
    const branch = newBranch({
      name: body.branch_name,
      parentRef: project,
      persistent: body.persistent ?? false,
      withData: body.with_data ?? false,
      region: body.region,
      hidden: true,
    })
    branches.push(branch)
    soon(pace, () => void (branch.hidden = false))
    later(2, () => comeUp(branch))
    return { status: 201, body: told(branch) }
  }

  function detail(call: Call): Answer {
    const branch = pick(call)
    const open = branch.state === 'ACTIVE_HEALTHY' && !mood.withoutPassword
    const body = {
      ref: branch.ref,
      postgres_version: '17.6.1.021',
      postgres_engine: '17',
      release_channel: 'ga',
      status: branch.state,
      db_host: databases.host,
      db_port: branch.front?.port ?? databases.port,
      ...(open && { db_user: 'postgres', db_pass: branch.password, jwt_secret: branch.jwtSecret }),
    }
    return { status: 200, body }
  }

  function erase(call: Call): Answer {
    const branch = pick(call)
    if (branch.isDefault) throw new Error('the default branch was to be deleted')
    if (branch.persistent) throw refusal(422, 'Cannot delete persistent branch')
    if (call.query['force'] === 'false') {
      branch.deletionAt = new Date(Date.now() + 3_600_000).toISOString()
      return { status: 200, body: { message: 'ok' } }
    }
    move(branch, { state: 'GOING_DOWN' })
    later(2, () => remove(branch))
    return { status: 200, body: { message: 'ok' } }
  }

  function change(call: Call): Answer {
    const branch = pick(call)
    const { branch_name: name, persistent } = call.body as UpdateBranchBody
    if (name !== undefined && branches.some((one) => !one.gone && one !== branch && one.name === name))
      throw refusal(409, 'Branch name already in use')
    if (name !== undefined) branch.name = name
    if (persistent !== undefined) branch.persistent = persistent
    move(branch, {})
    return { status: 200, body: told(branch) }
  }

  function reset(call: Call): Answer {
    const branch = pick(call)
    if (branch.isDefault) throw new Error('the default branch was to be reset')
    if (branch.state !== 'ACTIVE_HEALTHY') throw refusal(400, 'Project is not active')
    const { migration_version: version } = call.body as BranchActionBody
    if (version !== undefined) throw refusal(400, 'Unknown migration version')
    const run: Run = { id: `run_${newRef()}`, branch, createdAt: new Date().toISOString(), hidden: true, steps: [] }
    runs.push(run)
    later(1, () => rebuild(run))
    return { status: 201, body: { workflow_run_id: run.id, message: 'ok' } }
  }

  function poolers(call: Call): Answer {
    const { ref } = branchByProject(call)
    const entry = (type: 'PRIMARY' | 'READ_REPLICA', host: string) => {
      const url = `postgresql://postgres.${ref}:[YOUR-PASSWORD]@${host}:${pooler.port}/postgres`
      return {
        identifier: ref,
        database_type: type,
        db_user: `postgres.${ref}`,
        db_host: host,
        db_port: pooler.port,
        db_name: 'postgres',
        connection_string: url,
        connectionString: url,
        pool_mode: 'transaction',
        default_pool_size: null,
        max_client_conn: null,
        is_using_scram_auth: true,
      }
    }
    return { status: 200, body: [entry('READ_REPLICA', '192.0.2.1'), entry('PRIMARY', databases.host)] }
  }

  const routes: Record<string, Route> = {
    'GET /v1/projects/{ref}/branches': (call) => {
      requireParent(call)
      return { status: 200, body: shown().map(told) }
    },
    'POST /v1/projects/{ref}/branches': create,
    'DELETE /v1/projects/{ref}/branches': () => {
      throw new Error('preview branching was to be switched off for the whole project')
    },
    'GET /v1/projects/{ref}/branches/{name}': (call) => {
      requireParent(call)
      const branch = shown().find((one) => one.name === call.params['name'])
      if (!branch) throw refusal(404, 'Branch not found')
      return { status: 200, body: told(branch) }
    },
    'GET /v1/branches/{branch_id_or_ref}': detail,
    'PATCH /v1/branches/{branch_id_or_ref}': change,
    'DELETE /v1/branches/{branch_id_or_ref}': erase,
    'POST /v1/branches/{branch_id_or_ref}/reset': reset,
    'GET /v1/projects/{ref}/actions/{run_id}': (call) => {
      const branch = branchByProject(call)
      const run = runs.find((one) => one.id === call.params['run_id'] && one.branch === branch && !one.hidden)
      if (!run) throw refusal(404, 'Action run not found')
      return { status: 200, body: runAnswer(run) }
    },
    'GET /v1/projects/{ref}/config/database/pooler': poolers,
    'PATCH /v1/projects/{ref}/database/password': async (call) => {
      const branch = branchByProject(call)
      branch.password = (call.body as { password: string }).password
      await databases.login(databaseOf(branch), branch.password)
      return { status: 200, body: { message: 'Successfully updated password' } }
    },
    'POST /v1/projects/{ref}/restore': (call) => {
      const branch = branchByProject(call)
      if (branch.state !== 'INACTIVE') throw refusal(400, 'Project is not paused')
      later(1, () => void move(branch, { state: 'RESTORING' }))
      later(2, () => void move(branch, { state: 'ACTIVE_HEALTHY' }))
      return { status: 200 }
    },
    'GET /v1/projects/{ref}': (call) => {
      requireParent(call)
      return { status: 200, body: projectAnswer(project) }
    },
    'GET /v1/organizations/{slug}/entitlements': () => ({
      status: 200,
      body: { entitlements: [branchingLimit(mood.plan)] },
    }),
  }

  const simulator = await startSimulator({
    routes,
    ...(options.description && { description: options.description }),
    authorize({ authorization }) {
      if (authorization !== `Bearer ${key}`) return { status: 401, body: { message: 'Unauthorized' } }
      requests += 1
      if (mood.budget === undefined || mood.budget-- > 0) return undefined
      mood.budget = undefined
      const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '37' }
      return { status: 429, body: { message: 'ThrottlerException: Too Many Requests' }, headers }
    },
    headers: () => ({
      'x-gotrue-id': '4d0a3c5e-5c4b-4c3b-9d0c-1f5f7f8f9a10',
      'x-ratelimit-limit': '120',
      'x-ratelimit-remaining': String(119 - (requests % 120)),
      'x-ratelimit-reset': '60',
    }),
    // The description knows no failure but 500 on most routes.
    undescribed: (_operation, status) => status >= 400,
  })

  function branch(name: string): SupabaseBranch {
    const found = branches.find((one) => one.name === name && !one.gone)
    if (!found) throw new Error(`no branch ${name}`)
    return found
  }

  return {
    ...simulator,
    get violations() {
      return [...simulator.violations, ...broken]
    },
    key,
    project,
    branches,
    mood,
    branch,
    sleep: (name) => void move(branch(name), { state: 'INACTIVE' }),
    async close() {
      closed = true
      await working
      await simulator.close()
      await pooler.close()
      for (const one of branches) await one.front?.close()
    },
  }
}

function projectAnswer(ref: string) {
  const organization = 'tsrqponmlkjihgfedcba'
  return {
    id: ref,
    ref,
    organization_id: organization,
    organization_slug: organization,
    name: 'shop',
    region: 'eu-central-1',
    created_at: '2026-01-01T00:00:00Z',
    status: 'ACTIVE_HEALTHY',
    database: {
      host: `db.${ref}.supabase.co`,
      version: '17.6.1.021',
      postgres_engine: '17',
      release_channel: 'ga',
    },
  }
}

function branchingLimit({ branches, limit }: Supabase['mood']['plan']) {
  const config = { enabled: branches, value: limit ?? 0, unlimited: limit === undefined, unit: 'count' }
  return { feature: { key: 'branching_limit', type: 'numeric' }, hasAccess: branches, type: 'numeric', config }
}
