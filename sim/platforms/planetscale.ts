/**
 * PlanetScale, for tests: one database with its branches, passwords (MySQL) or roles (PostgreSQL) and backups. Every
 * request and every answer is held against the published description. PostgreSQL branches are real databases; of MySQL
 * there is a table of customers in memory, which whoever holds a URL can reach.
 */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { type Answer, Refusal } from '../http/answer.js'
import type { Json } from '../http/json.js'
import { allowUntypedNull, closeBodies, compile, type Specification } from '../http/specification.js'
import type { Databases } from './databases.js'
import {
  database,
  databaseForm,
  type Kind,
  key,
  organization,
  page,
  type PlanetScaleBackup,
  type PlanetScaleBranch,
  type PlanetScaleLogin,
  shownBackup,
  shownBranch,
  shownPassword,
  shownRole,
} from './planetscale/forms.js'
import { type Call, type Simulator, soon, startSimulator } from './simulator.js'

export interface PlanetScaleOptions {
  readonly kind: Kind
  /** Needed for PostgreSQL. */
  readonly databases?: Databases
  /** Milliseconds until a branch is ready. */
  readonly readyAfter?: number
  /** Branches beside production ones. */
  readonly limit?: number
  /** GETs that still show a branch after it was deleted. */
  readonly shownAfterDeletion?: number
}

export interface PlanetScale extends Simulator {
  readonly organization: string
  readonly database: string
  /** ID:TOKEN, with every access. */
  readonly key: string
  /** Accesses that a key lacks; what it does not reach is not found. */
  readonly lacking: Set<string>
  /** Not yet deleted. */
  branch(name: string): PlanetScaleBranch | undefined
  readonly branches: readonly PlanetScaleBranch[]
  readonly logins: PlanetScaleLogin[]
  readonly backups: PlanetScaleBackup[]
  add(
    branch: Partial<Pick<PlanetScaleBranch, 'parent' | 'production' | 'state' | 'createdAt'>> & { name: string },
  ): PlanetScaleBranch
  /** What a MySQL client with this URL could do. Throws when the login does not work. */
  mysql(url: string): { rows(): number; write(): void }
  dataBranching: boolean
  defaultBranch: string
  /** Whether branches that hold a backup are made production branches. */
  restoresAreProduction: boolean
  readyAfter: number
  /** Refuses deletions so many times as if the branch were worked on. */
  busyDeletions: number
  /** Milliseconds until a role lets anybody in. */
  rolesReadyAfter: number
}

const base = '/organizations/{organization}/databases/{database}'
const customersOfParent = 50

const id = () => randomBytes(6).toString('hex')

export async function startPlanetScale(options: PlanetScaleOptions): Promise<PlanetScale> {
  const { kind, databases } = options
  const branches: PlanetScaleBranch[] = []
  const logins: PlanetScaleLogin[] = []
  const backups: PlanetScaleBackup[] = []
  const lacking = new Set<string>()
  const settings = {
    dataBranching: true,
    defaultBranch: 'main',
    restoresAreProduction: false,
    readyAfter: options.readyAfter ?? 5,
    rolesReadyAfter: 5,
    busyDeletions: 0,
  }

  const alive = () => branches.filter(({ deletedAt }) => deletedAt === null)
  const branch = (name: string) => alive().find((one) => one.name === name)

  function add(given: Parameters<PlanetScale['add']>[0] & Partial<PlanetScaleBranch>): PlanetScaleBranch {
    const made: PlanetScaleBranch = {
      id: id(),
      parent: null,
      restoredFrom: null,
      createdAt: new Date(),
      state: 'ready',
      schemaReady: true,
      production: false,
      deletionProtected: false,
      deletedAt: null,
      database: `ps_${id()}`,
      customers: 0,
      clusterSize: 'PS_DEV',
      order: {},
      shownAfterDeletion: options.shownAfterDeletion ?? 0,
      ...given,
    }
    branches.push(made)
    return made
  }

  function needs(...oneOf: string[]): void {
    if (oneOf.every((access) => lacking.has(access))) throw missing()
  }

  function reached(call: Call): PlanetScaleBranch {
    const found = branch(call.params['branch'] ?? '')
    if (!found) throw missing()
    return found
  }

  // -- branches ------------------------------------------------------------------------------------------------------

  function create(call: Call): Answer {
    needs('create_branch')
    const order = call.body as Json
    for (const never of ['create_database_if_missing', 'delete_descendants']) {
      if (never in order) throw new Error(`${never} was sent`)
    }
    const name = String(order.name)
    const parent = branch(typeof order.parent_branch === 'string' ? order.parent_branch : settings.defaultBranch)
    if (!parent) throw missing()
    if (!/^[a-z0-9-]+$/.test(name))
      throw no(422, 'unprocessable', 'Name can only contain lowercase characters, digits and dashes')
    if (branch(name)) throw no(422, 'unprocessable', 'Name has already been taken')
    if (full()) throw no(403, 'forbidden', 'You have reached your development branch limit')
    const source = sourceOf(order, parent)
    const made = add({
      name,
      parent: parent.name,
      restoredFrom: source ?? null,
      state: 'pending',
      schemaReady: false,
      production: source !== undefined && settings.restoresAreProduction,
      clusterSize: typeof order.cluster_size === 'string' ? order.cluster_size : 'PS_DEV',
      customers: source?.customers ?? 0,
      order,
    })
    prepare(made, source)
    return { status: 201, body: shown(made) }
  }

  function full(): boolean {
    return options.limit !== undefined && alive().filter(({ production }) => !production).length >= options.limit
  }

  /** The branch whose rows a new one gets, if any. */
  function sourceOf(order: Json, parent: PlanetScaleBranch): PlanetScaleBranch | undefined {
    if (order.seed_data !== undefined) {
      needs('restore_backup', 'restore_production_branch_backup')
      if (!settings.dataBranching) throw no(422, 'unprocessable', 'Data Branching is not enabled')
      return parent
    }
    if (order.restore_point !== undefined) restorable(order)
    if (order.backup_id === undefined) return undefined
    needs('restore_backup', 'restore_production_branch_backup')
    const backup = backups.find((one) => one.id === order.backup_id && one.state === 'success')
    if (!backup) throw missing()
    if (order.cluster_size === undefined) throw no(422, 'unprocessable', 'Cluster size is required')
    return backup.branch
  }

  /** From the backup that is named to five minutes ago: https://planetscale.com/docs/postgres/backups/point-in-time-recovery */
  function restorable(order: Json): void {
    if (kind !== 'postgresql') throw no(422, 'unprocessable', 'restore_point is available for PostgreSQL only')
    if (order.backup_id === undefined) throw no(422, 'unprocessable', 'backup_id is missing')
    const at = Date.parse(String(order.restore_point))
    const backup = backups.find((one) => one.id === order.backup_id)
    const first = backup?.completedAt?.getTime() ?? Infinity
    if (!(at >= first && at <= Date.now() - 5 * 60_000)) throw no(422, 'unprocessable', 'restore_point is out of range')
  }

  function prepare(made: PlanetScaleBranch, source: PlanetScaleBranch | undefined): void {
    const { readyAfter } = settings
    if (readyAfter === Infinity) return
    soon(readyAfter, () => {
      const filling = !databases
        ? undefined
        : source
          ? databases.copy(source.database, made.database)
          : databases.empty(made.database)
      void Promise.resolve(filling).then(() => {
        made.state = 'ready'
        soon(readyAfter, () => void (made.schemaReady = true))
      })
    })
  }

  function read(call: Call): Answer {
    needs('read_branch')
    // Whether case matters is not documented, so it does not here.
    const name = (call.params['branch'] ?? '').toLowerCase()
    const lagging = branches.find((one) => one.name === name && one.deletedAt !== null && one.shownAfterDeletion-- > 0)
    return { status: 200, body: shown(branch(name) ?? lagging ?? reached(call)) }
  }

  function list(call: Call): Answer {
    needs('read_branch')
    const { q = '', order } = call.query
    const found = alive().filter(({ name }) => name.includes(q))
    return page(call, order === 'asc' ? found : found.reverse(), shown)
  }

  function update(call: Call): Answer {
    needs('write_database')
    const found = reached(call)
    const { new_name: name } = call.body as Json
    if (typeof name === 'string') {
      if (!/^[a-z0-9-]+$/.test(name))
        throw no(422, 'unprocessable', 'Name can only contain lowercase characters, digits and dashes')
      if (branch(name)) throw no(422, 'unprocessable', 'Name has already been taken')
      for (const child of alive()) if (child.parent === found.name) child.parent = name
      found.name = name
    }
    return { status: 200, body: shown(found) }
  }

  async function remove(call: Call): Promise<Answer> {
    if (call.query['delete_descendants'] !== undefined) throw new Error('delete_descendants was sent')
    const found = reached(call)
    needs('delete_branch')
    if (found.production) needs('delete_production_branch')
    if (found.deletionProtected) throw no(422, 'unprocessable', 'Branch is protected from deletion')
    if (alive().some(({ parent }) => parent === found.name)) throw no(422, 'unprocessable', 'Branch has descendants')
    if (settings.busyDeletions-- > 0) throw no(422, 'unprocessable', 'Branch is being worked on')
    found.deletedAt = new Date()
    if (databases) await databases.drop(found.database)
    return { status: 204 }
  }

  // -- logins --------------------------------------------------------------------------------------------------------

  function login(call: Call, roles: readonly string[]): PlanetScaleLogin {
    const found = reached(call)
    if (found.state !== 'ready') throw no(422, 'unprocessable', 'Branch is not ready')
    const { name } = call.body as Json
    const made: PlanetScaleLogin = {
      id: id(),
      branch: found,
      name: typeof name === 'string' ? name : 'unnamed',
      username: kind === 'mysql' ? id() : `pscale_api_${id()}.${found.id}`,
      password: `pscale_pw_${randomBytes(12).toString('base64')}`,
      roles,
      createdAt: new Date(),
      ready: kind === 'mysql',
    }
    logins.push(made)
    return made
  }

  function makePassword(call: Call): Answer {
    needs('connect_branch')
    const { role = 'admin' } = call.body as Json
    const made = login(call, [String(role)])
    return { status: 201, body: { ...shownLogin(made), plain_text: made.password } }
  }

  async function makeRole(call: Call): Promise<Answer> {
    needs('create_branch_password')
    const { inherited_roles: roles = [] } = call.body as Json
    const made = login(call, roles as string[])
    const server = databases?.server
    const name = pg.escapeIdentifier(made.username)
    await databases?.login(made.username, made.password)
    if (!made.roles.includes('postgres')) {
      await server?.sql('postgres', `ALTER ROLE ${name} NOSUPERUSER`)
      for (const role of made.roles) await server?.sql('postgres', `GRANT ${pg.escapeIdentifier(role)} TO ${name}`)
    }
    soon(settings.rolesReadyAfter, () => void (made.ready = true))
    return { status: 200, body: { ...shownLogin(made), password: made.password } }
  }

  function ofBranch(call: Call): PlanetScaleLogin[] {
    needs('read_branch')
    const found = reached(call)
    return logins.filter((one) => one.branch === found && one.name.includes(call.query['q'] ?? ''))
  }

  function oneLogin(call: Call): PlanetScaleLogin {
    const found = ofBranch(call).find((one) => one.id === call.params['id'])
    if (!found) throw missing()
    return found
  }

  async function removeLogin(call: Call): Promise<Answer> {
    needs('delete_branch_password')
    const found = oneLogin(call)
    if (databases) {
      const name = pg.escapeIdentifier(found.username)
      const { successor } = call.query
      if (successor !== undefined) {
        await databases.server.sql(
          found.branch.database,
          `REASSIGN OWNED BY ${name} TO ${pg.escapeIdentifier(successor)}`,
        )
      }
      const drop = databases.server.sql(found.branch.database, `DROP ROLE ${name}`)
      await drop.catch(() => {
        throw no(422, 'unprocessable', 'Role owns objects')
      })
    }
    logins.splice(logins.indexOf(found), 1)
    return { status: 204 }
  }

  const host = databases ? `${databases.host}:${databases.port}` : 'us-east.pg.psdb.cloud'
  const shown = (one: PlanetScaleBranch) => shownBranch(one, kind)
  const shownLogin = (one: PlanetScaleLogin) => (kind === 'mysql' ? shownPassword(one) : shownRole(one, host))

  function shownDatabase(): Json {
    return {
      ...databaseForm,
      kind,
      default_branch: settings.defaultBranch,
      branches_count: alive().length,
      allow_data_branching: settings.dataBranching,
      at_development_branch_usage_limit: full(),
    }
  }

  const simulator = await startSimulator({
    basePath: '/v1',
    description: await published(),
    authorize: ({ authorization }) =>
      authorization === key ? undefined : no(401, 'unauthorized', 'Unauthorized').answer,
    headers: () => ({ 'x-request-id': `req-${id()}` }),
    routes: within({
      [`GET ${base}`]: () => ({ status: 200, body: shownDatabase() }),
      [`GET ${base}/branches`]: list,
      [`POST ${base}/branches`]: create,
      [`GET ${base}/branches/{branch}`]: read,
      [`PATCH ${base}/branches/{branch}`]: update,
      [`DELETE ${base}/branches/{branch}`]: remove,
      [`GET ${base}/branches/{branch}/backups`]: (call) => {
        needs('read_backups')
        const found = reached(call)
        const wanted = call.query['state']
        return page(
          call,
          backups.toReversed().filter((one) => one.branch === found && (wanted ?? one.state) === one.state),
          shownBackup,
        )
      },
      [`GET ${base}/branches/{branch}/passwords`]: (call) => page(call, ofBranch(call), shownLogin),
      [`POST ${base}/branches/{branch}/passwords`]: makePassword,
      [`DELETE ${base}/branches/{branch}/passwords/{id}`]: removeLogin,
      [`GET ${base}/branches/{branch}/roles`]: (call) => page(call, ofBranch(call), shownLogin),
      [`POST ${base}/branches/{branch}/roles`]: makeRole,
      [`GET ${base}/branches/{branch}/roles/{id}`]: (call) => ({ status: 200, body: shownLogin(oneLogin(call)) }),
      [`DELETE ${base}/branches/{branch}/roles/{id}`]: removeLogin,
    }),
  })

  const main = add({
    name: 'main',
    production: true,
    createdAt: new Date('2026-01-01T00:00:00Z'),
    customers: customersOfParent,
    clusterSize: 'PS_160',
    database: databases?.parent ?? 'main',
  })
  const anHour = 60 * 60_000
  for (const [state, hours] of [
    ['success', 20],
    ['success', 8],
    ['failed', 2],
  ] as const) {
    backups.push({ id: id(), branch: main, state, completedAt: new Date(Date.now() - hours * anHour) })
  }
  backups.push({ id: id(), branch: main, state: 'running', completedAt: null })

  function mysql(url: string): { rows(): number; write(): void } {
    const { username, password, pathname } = new URL(url)
    const found = logins.find((one) => one.username === username && one.password === decodeURIComponent(password))
    if (!found || found.branch.deletedAt !== null) throw new Error(`Access denied for user '${username}'`)
    if (pathname !== `/${database}`) throw new Error(`unknown database ${pathname}`)
    return {
      rows: () => found.branch.customers,
      write: () => {
        if (found.roles[0] === 'reader') throw new Error('INSERT command denied')
        found.branch.customers += 1
      },
    }
  }

  return Object.assign(settings, simulator, {
    organization,
    database,
    key,
    lacking,
    branch,
    branches,
    logins,
    backups,
    add,
    mysql,
  })
}

function no(status: number, code: string, message: string): Refusal {
  return new Refusal({ status, body: { code, message } })
}

/** Also what is there but not shown to a key. */
function missing(): Refusal {
  return no(404, 'not_found', 'Not Found')
}

/** Another organization's or another database's routes find nothing. */
function within(routes: Record<string, (call: Call) => Answer | Promise<Answer>>): typeof routes {
  return Object.fromEntries(
    Object.entries(routes).map(([operation, route]) => [
      operation,
      (call: Call) => {
        if (call.params['organization'] !== organization || call.params['database'] !== database) throw missing()
        return route(call)
      },
    ]),
  )
}

let shared: Promise<Specification> | undefined

/** Compiled once for all simulators of a process: nothing in it changes afterwards. */
function published(): Promise<Specification> {
  return (shared ??= compile(corrected()))
}

function corrected(): Json {
  const json = JSON.parse(readFileSync(join(import.meta.dirname, 'planetscale.openapi.json'), 'utf8')) as Json
  allowUntypedNull(json)
  closeBodies(json)
  return json
}
