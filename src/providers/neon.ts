import { createHash } from 'node:crypto'
import { asideName } from '../domain/aside.js'
import type { Branch } from '../domain/branch.js'
import type { Capabilities } from '../domain/capabilities.js'
import { known, type Known, unknown } from '../domain/known.js'
import { ConflictError, ProviderError } from '../errors.js'
import { path } from '../http/api.js'
import type { BranchSpec, Connection, Made, PlatformAccount, PlatformPorts, Provider } from '../ports.js'
import { openOnParent } from '../sql/parent.js'
import { requireParent, workOnRows } from '../sql/rows.js'
import type { Session } from '../sql/session.js'
import { openProject, type Project } from './neon/api.js'
import { readBranches } from './neon/branches.js'
import { annotationOf, readAnnotation } from './neon/claim.js'
import { chooseDatabase, loginIn, readLogin } from './neon/login.js'
import { operationsOf, settle } from './neon/operations.js'
import { inSeconds, noParent, orderBranch, renameBranch, startOf, taken } from './neon/orders.js'

/**
 * `reset` is `swap` although Neon can restore a branch in place: annotations cannot be changed, so a restored branch
 * would go on claiming the run, the date and the parent's schema of its first build; and a branch without data, which a
 * masked one begins as, is a root branch, which cannot be reset.
 */
export const capabilities: Capabilities = {
  engine: 'postgresql',
  claims: 'branch',
  schemaOnly: 'native',
  masked: 'stream',
  copy: true,
  golden: true,
  reset: 'swap',
  pointInTime: true,
  expiry: true,
  pooledUrl: true,
  urlReadableLater: true,
  sessions: true,
}

/** Branches of one Neon project. API: https://api-docs.neon.tech/reference/getting-started-with-neon-api */
export function createNeonProvider(account: PlatformAccount, ports: PlatformPorts): Provider {
  return new NeonProvider(openProject(account, ports))
}

class NeonProvider implements Provider {
  readonly capabilities = capabilities
  readonly #project: Project
  /** What was listed last, until this provider changes anything. What is deleted is always read again before. */
  #listing: Branch[] | undefined
  /** By branch id: what the answer to the order told, which needs no second request. */
  readonly #connections = new Map<string, Connection>()

  constructor(project: Project) {
    this.#project = project
  }

  async list(): Promise<{ items: Branch[]; complete: boolean }> {
    return { items: await this.#read('Listing branches'), complete: true }
  }

  /** By the whole list: the platform's search finds parts of names, and the list tells a parent's id as well. */
  async find(name: string): Promise<Branch | undefined> {
    return (await this.#read(`Looking for "${name}"`)).find((branch) => branch.name === name)
  }

  async create(spec: BranchSpec): Promise<Made> {
    const branches = await this.#recent(creating(spec))
    if (branches.some(({ name }) => name === spec.name)) throw taken(spec.name)
    if (workOnRows(spec) === 'nothing') return this.#build(spec, spec.name)
    const name = asideName({ branch: spec.name, kind: 'new' }, spec.claim.build)
    const { branch, notes } = await this.#build(spec, name)
    try {
      return { branch: await this.#rename(branch, spec.name), notes }
    } catch (error) {
      // The other run's branch is the one that counts; a dead root branch would take a place of few.
      if (error instanceof ConflictError) await this.delete(branch)
      throw error
    }
  }

  /**
   * Builds aside and exchanges the names. The old branch is left aside, for the caller to delete; one that others were
   * made from stays there until they are gone.
   */
  async reset(branch: Branch, spec: BranchSpec): Promise<Made> {
    const { build } = spec.claim
    const { branch: fresh, notes } = await this.#build(spec, asideName({ branch: spec.name, kind: 'new' }, build))
    const old = await this.#rename(branch, asideName({ branch: spec.name, kind: 'old' }, build))
    try {
      return { branch: await this.#rename(fresh, spec.name), notes }
    } catch (error) {
      if (!(error instanceof ConflictError)) await this.#rename(old, spec.name).catch(() => undefined)
      throw error
    }
  }

  /**
   * For good where the branch held the parent's rows: the default would keep them restorable for seven days.
   * Source: https://api-docs.neon.tech/reference/deleteprojectbranch
   */
  async delete(branch: Branch): Promise<'deleted' | 'absent'> {
    const { api, place } = this.#project
    const doing = `Deleting "${branch.name}"`
    const rowless = branch.claim.kind === 'claim' && branch.claim.claim.dataPolicy === 'schema_only'
    const query = rowless ? {} : { hard_delete: true }
    this.#listing = undefined
    const answer = await api.send('DELETE', place + path`/branches/${branch.id}`, { doing, query, accept: [404] })
    if (answer.status === 204 || answer.status === 404) return 'absent'
    await settle(this.#project, doing, answer.body.at('operations').items)
    return 'deleted'
  }

  async leftovers(name: string): Promise<Branch[]> {
    const branches = await this.#recent(`Looking for what was left of "${name}"`)
    return branches.filter(({ leftover, alive, hasChildren, claim }) => {
      return leftover && !alive && !hasChildren && claim.kind === 'claim' && claim.claim.branch === name
    })
  }

  /** Nobody else can stop a run's build; what it left goes, and a branch that it had put aside gets its name back. */
  async abandon(build: string): Promise<void> {
    const branches = await this.#read('Looking for half-built branches')
    for (const branch of branches) {
      if (!branch.leftover || branch.claim.kind !== 'claim') continue
      const { claim } = branch.claim
      if (claim.build === build) await this.delete(branch)
      else if (branch.name === asideName({ branch: claim.branch, kind: 'old' }, build)) {
        if (!branches.some(({ name }) => name === claim.branch)) await this.#rename(branch, claim.branch)
      }
    }
  }

  async extend(branch: Branch, expiresAt: Date): Promise<void> {
    const { api, place } = this.#project
    const doing = `Moving the expiry of "${branch.name}"`
    const body = { branch: { expires_at: inSeconds(expiresAt) } }
    await api.send('PATCH', place + path`/branches/${branch.id}`, { doing, body })
  }

  /** Of a suspended compute it is known that nobody is on it; of a running one Neon does not tell. */
  async sessions(): Promise<ReadonlyMap<string, Known<number>>> {
    const { api, place } = this.#project
    const { body } = await api.send('GET', `${place}/endpoints`, { doing: 'Listing computes' })
    const sessions = new Map<string, Known<number>>()
    for (const endpoint of body.at('endpoints').items) {
      const branch = endpoint.at('branch_id').text
      const idle = endpoint.at('current_state').text === 'idle' && !endpoint.at('pending_state').exists
      if (!idle) sessions.set(branch, unknown('its compute is running, and Neon does not tell who uses it'))
      else if (!sessions.has(branch)) sessions.set(branch, known(0))
    }
    return sessions
  }

  /** Of the SQL that Neon writes; the lines in which pg_dump puts something new each time are left out. */
  async schemaFingerprint(name: string): Promise<string> {
    const { api, place } = this.#project
    const doing = `Reading the schema of "${name}"`
    const branch = (await this.#recent(doing)).find((one) => one.name === name)
    if (!branch) throw new ProviderError(`${doing} failed: there is no such branch. Check "parent_branch".`)
    const query = { db_name: await chooseDatabase(this.#project, branch), format: 'sql' }
    const { body } = await api.send('GET', place + path`/branches/${branch.id}/schema`, { doing, query })
    const lasting = body.at('sql').text.replace(/^(\\(un)?restrict |-- Dumped ).*$/gm, '')
    return createHash('sha256').update(lasting).digest('hex')
  }

  async openParent(name: string): Promise<Session> {
    const doing = `Opening "${name}"`
    const parent = (await this.#recent(doing)).find((branch) => branch.name === name)
    if (!parent) throw noParent(doing)
    return openOnParent(await readLogin(this.#project, { ...parent, own: false }), this.#project.ports.signal)
  }

  async connection(branch: Branch): Promise<Connection> {
    return this.#connections.get(branch.id) ?? readLogin(this.#project, { ...branch, own: true })
  }

  async close(): Promise<void> {}

  async #read(doing: string): Promise<Branch[]> {
    this.#listing = undefined
    return (this.#listing = await readBranches(this.#project, doing))
  }

  async #recent(doing: string): Promise<Branch[]> {
    return this.#listing ?? this.#read(doing)
  }

  /** Makes a branch of this name and waits until it can be used, masked rows or ledgers in a branch without data included. */
  async #build(spec: BranchSpec, name: string): Promise<Made> {
    const doing = creating(spec)
    startOf(doing, spec)
    const parent = (await this.#recent(doing)).find((branch) => branch.name === spec.parent)
    if (!parent) throw noParent(doing)
    this.#listing = undefined
    requireParent(spec, parent.id)
    const { id, answer } = await orderBranch(this.#project, { doing, spec, name, parent: parent.id })
    spec.onMade?.(id)
    const operations = answer?.at('operations').items ?? (await operationsOf(this.#project, doing, id))
    await settle(this.#project, doing, operations)
    const connection = answer && loginIn(this.#project, answer)
    if (connection) this.#connections.set(id, connection)
    const branch: Branch = { id, name, claim: readAnnotation(annotationOf(spec.claim)) }
    return { branch, notes: await this.#fill(branch, parent, spec) }
  }

  /**
   * Into a branch without data: the rows as the rules mask them, or those of the migration ledgers. Which migrations were
   * applied is data, too: without these rows every tool would run its first one again.
   */
  async #fill(branch: Branch, parent: Branch, spec: BranchSpec): Promise<string[]> {
    if (workOnRows(spec) === 'nothing') return []
    const { database } = this.#project.ports
    const from = await readLogin(this.#project, { ...parent, own: false })
    const to = await this.connection(branch)
    return spec.masking ? database.fillMasked(from, to, spec.masking) : database.copyLedgers(from, to)
  }

  async #rename(branch: Branch, name: string): Promise<Branch> {
    this.#listing = undefined
    await renameBranch(this.#project, branch, name)
    return { id: branch.id, name, claim: branch.claim }
  }
}

function creating({ name, parent }: BranchSpec): string {
  return `Creating "${name}" from "${parent}"`
}
