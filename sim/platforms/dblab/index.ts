/**
 * A DBLab Engine 4.1: clones are real servers, made from copies of the shop's server. Its failures, statuses and words
 * are those of the engine's source, the ones that contradict its description included.
 */
import { rmSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { Answer } from '../../http/answer.js'
import { Refusal } from '../../http/answer.js'
import { type Json, timestamp } from '../../http/json.js'
import type { Databases } from '../databases.js'
import { type Call, type Simulator, soon, startSimulator } from '../simulator.js'
import { type CloneServers, type Cluster, copyOf, freePort, type Source, startCluster } from './cluster.js'
import { specification } from './description.js'

const { escapeIdentifier: name, escapeLiteral: literal } = pg

export interface DblabOptions {
  readonly key?: string
  /** `provision.portPool`: how many clones there is room for. Default 100. */
  readonly ports?: number
  /** `cloning.accessHost`. Default `localhost`, as in the engine's example configurations. */
  readonly accessHost?: string
  /** How long the files of a clone stay after the engine has forgotten it. Milliseconds, default 0. */
  readonly tidyUp?: number
  /** Default: real servers on copies of the source. */
  readonly servers?: CloneServers
}

export interface SimulatedSnapshot {
  readonly id: string
  readonly createdAt: string
  readonly directory: string
}

export interface SimulatedClone {
  readonly id: string
  readonly createdAt: string
  readonly username: string
  readonly branch: string
  readonly database: string
  status: 'OK' | 'CREATING' | 'RESETTING' | 'DELETING' | 'EXPORTING' | 'FATAL' | 'WARNING'
  message: string
  protected: boolean
  snapshot: SimulatedSnapshot
  /** Undefined until it runs; a failed clone never does. */
  cluster: Cluster | undefined
  /** What the engine does with it now. */
  work?: Promise<void>
}

export interface Dblab extends Simulator {
  readonly key: string
  readonly clones: Map<string, SimulatedClone>
  /** The snapshot each DBLab branch points to. */
  readonly branches: Map<string, SimulatedSnapshot>
  /** What the source holds now becomes the newest snapshot of `main`. */
  refresh(createdAt?: string): Promise<SimulatedSnapshot>
  /** Takes a snapshot of a clone and makes a DBLab branch of it. */
  commit(clone: string, branch: string): Promise<SimulatedSnapshot>
  /** A clone without a server behind it, such as somebody else's. */
  plant(clone: Partial<SimulatedClone> & { readonly id: string }): SimulatedClone
  /** Makes the engine fail with the next clone that it makes, resets or removes, in these words. */
  failNext(message: string): void
  /** The engine forgets the clone and stops its server, as it does with idle ones. */
  removeIdle(clone: string): Promise<void>
}

/** Milliseconds. */
const busyLatency = 100

const realServers: CloneServers = { copyOf, startCluster, freePort }

const messages = {
  OK: 'Clone is ready to accept Postgres connections.',
  CREATING: 'Clone is being created.',
  RESETTING: 'Clone is being reset.',
  DELETING: 'Clone is being deleted.',
}
const codes: Record<number, string> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  404: 'NOT_FOUND',
  500: 'INTERNAL_ERROR',
}

export async function startDblab(databases: Databases, options: DblabOptions = {}): Promise<Dblab> {
  const { key = 'key-0123456789', ports = 100, accessHost = 'localhost', tidyUp = 0, servers = realServers } = options
  const clones = new Map<string, SimulatedClone>()
  const logins = new Map<string, { password: string; settings: Record<string, string> }>()
  const branches = new Map<string, SimulatedSnapshot>()
  const snapshots: SimulatedSnapshot[] = []
  /** The seconds in which names were taken, and the names whose files are still there. */
  const taken = new Map<string, number>()
  const remains = new Set<string>()
  const failures: string[] = []
  const { server } = databases

  async function snapshot(source: Source, branch: string, createdAt: string): Promise<SimulatedSnapshot> {
    const id = `dblab_pool/branch/${branch}@${createdAt.replace(/\D/g, '')}${snapshots.length}`
    const made = { id, createdAt, directory: await servers.copyOf(source) }
    snapshots.push(made)
    branches.set(branch, made)
    return made
  }

  /** A name is never taken twice in a second: an engine needs longer to make a clone and to remove it. */
  function secondOf(id: string): string {
    const second = Math.max(Math.floor(Date.now() / 1000), (taken.get(id) ?? 0) + 1)
    taken.set(id, second)
    return timestamp(new Date(second * 1000))
  }

  /** Starts the clone's server, new or anew, and gives its user a way in. */
  async function run(clone: SimulatedClone, port: number): Promise<void> {
    try {
      const failure = failures.shift()
      if (failure !== undefined) throw new Error(failure)
      const { password, settings } = logins.get(clone.id)!
      const url = (database: string) => server.url(database)
      const cluster = await servers.startCluster(clone.snapshot.directory, { url, port, settings })
      const roles = await cluster.sql<{ role: string }>(
        'postgres',
        `SELECT rolname AS role FROM pg_roles WHERE rolcanlogin AND rolname <> 'postgres'`,
      )
      const forget = roles.map(({ role }) => `ALTER ROLE ${name(role)} PASSWORD NULL`)
      const verb = roles.some(({ role }) => role === clone.username) ? 'ALTER' : 'CREATE'
      const admit = `${verb} ROLE ${name(clone.username)} LOGIN SUPERUSER PASSWORD ${literal(password)}`
      await cluster.sql('postgres', [...forget, admit].join('; '))
      clone.cluster = cluster
      Object.assign(clone, { status: 'OK', message: messages.OK })
    } catch (error) {
      Object.assign(clone, { status: 'FATAL', message: (error as Error).message })
    }
    // Forgotten meanwhile: the engine would leave its server running for ever.
    if (clones.get(clone.id) !== clone) await clone.cluster?.stop()
  }

  function work(clone: SimulatedClone, body: () => Promise<void>): void {
    const done = body().finally(() => {
      if (clone.work === done) delete clone.work
    })
    clone.work = done
  }

  async function remove(clone: SimulatedClone): Promise<void> {
    const failure = clone.cluster && failures.shift()
    if (failure !== undefined) return void Object.assign(clone, { status: 'FATAL', message: failure })
    await clone.cluster?.stop()
    clones.delete(clone.id)
    if (tidyUp === 0) return
    remains.add(clone.id)
    soon(tidyUp, () => void remains.delete(clone.id))
  }

  function create({ body }: Call): Answer {
    const { id = '', branch = 'main', snapshot: asked, db, extra_conf: settings = {} } = body as CreateBody
    if (!db?.username || !db.password) throw refusal(400, 'missing both DB username and password')
    if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(id)) throw refusal(400, 'clone ID must start with a letter or number')
    const bits = db.password.length * Math.log2(symbols(db.password))
    if (bits < 60) throw refusal(400, 'password validation: insecure password, try using a longer password')
    const { from, parent } = sourceOf(branch, asked?.id)
    if (clones.has(id)) throw refusal(400, `clone with ID "${id}" already exists`)
    const clone: SimulatedClone = {
      id,
      createdAt: secondOf(id),
      username: db.username,
      branch: parent,
      database: db.db_name ?? 'postgres',
      status: 'CREATING',
      message: messages.CREATING,
      protected: false,
      snapshot: from,
      cluster: undefined,
    }
    logins.set(id, { password: db.password, settings })
    if (remains.has(id)) failures.unshift(`clone "${id}" is already exists; skipping`)
    if (clones.size >= ports) failures.unshift('failed to get a free port')
    clones.set(id, clone)
    work(clone, async () => run(clone, await servers.freePort()))
    return { status: 201, body: shown(clone) }
  }

  function sourceOf(branch: string, id: string | undefined): { from: SimulatedSnapshot; parent: string } {
    if (id === undefined) {
      const from = branches.get(branch)
      if (!from) throw refusal(400, `failed to found dataset of the branch: ${branch}`)
      return { from, parent: branch }
    }
    const from = snapshots.find((one) => one.id === id)
    const parent = /^dblab_pool\/branch\/([^@]+)@/.exec(id)?.[1]
    if (!parent) throw refusal(400, `failed to detect pool name for the snapshot ${id}: not found`)
    if (!from) throw refusal(500, 'no snapshot found')
    return { from, parent }
  }

  function reset({ params, body }: Call): Answer {
    const clone = clones.get(params['id'] ?? '')
    if (!clone) throw refusal(500, 'the clone not found')
    const { cluster } = clone
    if (!cluster) throw refusal(500, 'clone is not started yet')
    const { snapshotID = clone.snapshot.id } = (body ?? {}) as { snapshotID?: string }
    const from = snapshots.find((one) => one.id === snapshotID)
    if (!from) throw refusal(500, 'no snapshot found')
    Object.assign(clone, { status: 'RESETTING', message: messages.RESETTING })
    work(clone, async () => {
      await cluster.stop()
      clone.cluster = undefined
      clone.snapshot = from
      await run(clone, cluster.port)
    })
    return { status: 200 }
  }

  function destroy({ params }: Call): Answer {
    const clone = clones.get(params['id'] ?? '')
    if (!clone) throw refusal(500, 'clone not found')
    if (clone.protected && clone.status !== 'FATAL') throw refusal(500, 'clone is protected')
    // Without a server there is nothing to wait for, even while it is being made.
    if (clone.cluster) Object.assign(clone, { status: 'DELETING', message: messages.DELETING })
    else clones.delete(clone.id)
    work(clone, async () => {
      await delay(20)
      await remove(clone)
    })
    return { status: 200 }
  }

  function shown(clone: SimulatedClone): Json {
    const { id, createdAt, status, message, branch, database, cluster } = clone
    const [host, port] = cluster ? [accessHost, String(cluster.port)] : ['', '']
    const words = `host=${host} port=${port} user=${clone.username} dbname=${database}`
    return {
      id,
      snapshot: { ...shownSnapshot(clone.snapshot), numClones: 1 },
      branch,
      revision: 0,
      protected: clone.protected,
      deleteAt: null,
      createdAt,
      status: { code: status, message },
      // The password is never told.
      db: { connStr: cluster ? words : '', host, port, username: clone.username, password: '', dbName: database },
      metadata: {
        cloneDiffSize: 0,
        logicalSize: 0,
        cloningTime: cluster ? 1.52 : 0,
        maxIdleMinutes: cluster ? 120 : 0,
      },
    }
  }

  const simulator = await startSimulator({
    basePath: '/api',
    description: await specification(),
    authorize: (headers) =>
      headers['verification-token'] === key ? undefined : answerOf(401, 'Check your verification token.'),
    routes: {
      'GET /clones': () => ({ status: 200, body: [...clones.values()].reverse().map(shown) }),
      'POST /clone': create,
      'GET /clone/{id}': async ({ params }) => {
        const busy = clones.get(params['id'] ?? '')
        // Tests look every few milliseconds; an engine at work is in no hurry to answer.
        if (busy?.work) await Promise.race([busy.work, delay(busyLatency)])
        const clone = clones.get(params['id'] ?? '')
        if (!clone) throw refusal(404, 'Requested object does not exist. Specify your request.')
        return { status: 200, body: shown(clone) }
      },
      'DELETE /clone/{id}': destroy,
      'POST /clone/{id}/reset': reset,
      'GET /branches': () => ({
        status: 200,
        body: [...branches].map(([branch, { id, createdAt }]) => {
          return { name: branch, parent: '-', dataStateAt: createdAt.replace(/\D/g, ''), snapshotID: id }
        }),
      }),
    },
  })
  // Older than any claim: the data of an instance are.
  await snapshot(server, 'main', '2026-01-05T03:00:00Z')

  return {
    ...simulator,
    key,
    clones,
    branches,
    refresh: (createdAt = timestamp(new Date())) => snapshot(server, 'main', createdAt),
    commit: (clone, branch) => snapshot(clones.get(clone)!.cluster!, branch, timestamp(new Date())),
    plant(change) {
      const clone: SimulatedClone = {
        createdAt: secondOf(change.id),
        username: 'tester',
        branch: 'main',
        database: 'postgres',
        status: 'OK',
        message: messages.OK,
        protected: false,
        snapshot: snapshots[0]!,
        cluster: undefined,
        ...change,
      }
      clones.set(clone.id, clone)
      return clone
    },
    failNext: (message) => void failures.push(message),
    removeIdle: (clone) => remove(clones.get(clone)!),
    async close() {
      await simulator.close()
      for (const clone of clones.values()) {
        await clone.work
        await clone.cluster?.stop()
      }
      clones.clear()
      for (const { directory } of snapshots) rmSync(directory, { recursive: true, force: true })
    },
  }
}

interface CreateBody {
  readonly id?: string
  readonly branch?: string
  readonly snapshot?: { readonly id: string }
  readonly db?: { readonly username: string; readonly password: string; readonly db_name?: string }
  readonly extra_conf?: Record<string, string>
}

function shownSnapshot({ id, createdAt }: SimulatedSnapshot): Json {
  return { id, createdAt, dataStateAt: createdAt, physicalSize: 0, logicalSize: 0, pool: 'dblab_pool' }
}

/** How many different characters a guesser must try, as go-password-validator counts them. */
function symbols(password: string): number {
  const sets: readonly (readonly [RegExp, number])[] = [
    [/[a-z]/, 26],
    [/[A-Z]/, 26],
    [/\d/, 10],
    [/[^A-Za-z\d]/, 10],
  ]
  return sets.reduce((sum, [set, size]) => sum + (set.test(password) ? size : 0), 0)
}

function answerOf(status: number, message: string): Answer {
  return { status, body: { code: codes[status], message } }
}

function refusal(status: number, message: string): Refusal {
  return new Refusal(answerOf(status, message))
}
