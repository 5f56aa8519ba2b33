import { asideName, asideOf, buildPatience } from '../domain/aside.js'
import type { Branch } from '../domain/branch.js'
import type { Capabilities } from '../domain/capabilities.js'
import { ConflictError, ProviderError } from '../errors.js'
import { inParallel } from '../in-parallel.js'
import type { BranchSpec, Connection, Made, PlatformAccount, PlatformPorts, Provider } from '../ports.js'
import { openOnParent } from '../sql/parent.js'
import { finishRows, requireParent, workOnRows } from '../sql/rows.js'
import type { Session } from '../sql/session.js'
import { type Change, type Listed, noParent, saysGone, saysNothing, saysTaken, XataBranches } from './xata/api.js'
import { branchOf } from './xata/branch.js'
import { describeClaim } from './xata/claim-text.js'
import { connectionOf } from './xata/connection.js'
import { XataPatience } from './xata/patience.js'

export const capabilities: Capabilities = {
  engine: 'postgresql',
  claims: 'branch',
  schemaOnly: 'sql',
  masked: 'in_place',
  copy: true,
  golden: true,
  reset: 'swap',
  pointInTime: false,
  expiry: false,
  pooledUrl: true,
  urlReadableLater: true,
  sessions: false,
}

/** How many branches are described at a time. The gateway lets 5000 requests pass in an hour. */
const describedAtOnce = 6

/** Xata's platform API: a branch is a copy-on-write child of its parent, with a server and a host of its own. */
export function createXataProvider(account: PlatformAccount, ports: PlatformPorts): Provider {
  return new XataProvider(account, ports)
}

class XataProvider implements Provider {
  readonly capabilities = capabilities
  readonly #account: PlatformAccount
  readonly #ports: PlatformPorts
  readonly #branches: XataBranches
  readonly #patience: XataPatience
  /** As last listed in this run; dropped by everything that changes a branch. */
  #listing: Listed[] | undefined
  readonly #connections = new Map<string, Connection>()

  constructor(account: PlatformAccount, ports: PlatformPorts) {
    this.#account = account
    this.#ports = ports
    this.#branches = new XataBranches(account, ports)
    this.#patience = new XataPatience(this.#branches, ports)
  }

  async list(): Promise<{ items: Branch[]; complete: boolean }> {
    const listing = await this.#list()
    const described = await inParallel(listing, describedAtOnce, (one) => this.#withDescription(one))
    const items = described.filter((one) => one !== undefined).map((one) => branchOf(one, listing))
    return { items, complete: true }
  }

  async find(name: string): Promise<Branch | undefined> {
    const listing = await this.#list()
    const found = listing.find((one) => one.name === name)
    const described = found && (await this.#patience.describe(found))
    return described && this.#withMark(branchOf(described, listing))
  }

  async create(spec: BranchSpec): Promise<Made> {
    const finished = workOnRows(spec) === 'nothing'
    const made = await this.#make(spec, { name: spec.name, finished })
    const notes = await this.#finishRows(made, spec)
    if (finished) return { branch: this.#branch(made, spec), notes }
    const description = describeClaim(spec.claim, { finished: true })
    const signed = await this.#change(made, { description }, `Marking "${spec.name}" as finished`)
    return { branch: this.#branch(signed, spec), notes }
  }

  async reset(branch: Branch, spec: BranchSpec): Promise<Made> {
    const { build } = spec.claim
    const fresh = asideName({ branch: spec.name, kind: 'new' }, build)
    const old = asideName({ branch: spec.name, kind: 'old' }, build)
    const made = await this.#make(spec, { name: fresh, finished: workOnRows(spec) === 'nothing' })
    const notes = await this.#finishRows(made, spec)
    await this.#change(branch, { name: old }, `Renaming the old "${spec.name}"`)
    const change = { name: spec.name, description: describeClaim(spec.claim, { finished: true }) }
    const moved = await this.#change(made, change, `Renaming "${fresh}"`)
    return { branch: this.#branch(moved, spec), notes }
  }

  async delete({ id, name }: Branch): Promise<'deleted' | 'absent'> {
    this.#listing = undefined
    return this.#branches.delete({ id, name })
  }

  async leftovers(name: string): Promise<Branch[]> {
    const listing = this.#listing ?? (await this.#list())
    const asides = listing.filter((one) => asideOf(one.name)?.branch === name)
    const described = await inParallel(asides, describedAtOnce, (one) => this.#withDescription(one))
    return described
      .filter((one) => one !== undefined)
      .map((one) => branchOf(one, listing))
      .filter((branch) => branch.leftover && !branch.hasChildren && !this.#isBeingBuilt(branch))
  }

  async openParent(name: string): Promise<Session> {
    const found = (await this.#list()).find((one) => one.name === name)
    if (!found) {
      throw new ProviderError(
        `Opening "${name}" failed: there is no such branch in project "${this.#account.project}". Check "parent_branch".`,
      )
    }
    return openOnParent(await this.connection(branchOf(found, [])), this.#ports.signal)
  }

  async connection({ id, name }: Branch): Promise<Connection> {
    const known = this.#connections.get(id)
    if (known) return known
    const connection = await this.#patience.ready({ id, name }, async (described) => {
      const login = await this.#branches.login(described)
      const ready = login && connectionOf({ described, login, database: this.#account.database })
      return ready ? { ready } : { waitingFor: 'it has no connection string' }
    })
    this.#ports.mask(connection.url)
    if (connection.pooledUrl) this.#ports.mask(connection.pooledUrl)
    this.#connections.set(id, connection)
    return connection
  }

  async close(): Promise<void> {}

  async #list(): Promise<Listed[]> {
    return (this.#listing = await this.#branches.list())
  }

  /** Undefined when it went since it was listed. */
  async #withDescription(one: Listed): Promise<Listed | undefined> {
    return one.description === undefined ? this.#branches.describe(one) : one
  }

  #branch(made: Listed, { parent }: BranchSpec): Branch {
    return branchOf(made, [{ id: made.parentId ?? '', name: parent }])
  }

  #isBeingBuilt({ name, createdAt = '', claim }: Branch): boolean {
    if (asideOf(name)?.kind !== 'new') return false
    const age = this.#ports.clock.now().getTime() - Date.parse(createdAt)
    return !(age >= buildPatience(claim.kind === 'claim' ? claim.claim.dataPolicy : undefined))
  }

  async #make(spec: BranchSpec, as: { name: string; finished: boolean }): Promise<Listed> {
    const parentId = await this.#idOfParent(spec)
    const parent = { id: parentId, name: spec.parent }
    const made = await this.#patience.fromParent(parent, () => this.#post(spec, { ...as, parentId }))
    this.#listing = undefined
    spec.onMade?.(made.id)
    await this.#patience.ready(made, async () => ({ ready: true }))
    return made
  }

  async #idOfParent(spec: BranchSpec): Promise<string> {
    const { name, parent } = spec
    const inListing = (listing: Listed[] | undefined) => listing?.find((one) => one.name === parent)
    const found = inListing(this.#listing) ?? inListing(await this.#list())
    if (!found) throw noParent({ name, parent }, this.#account.project)
    if (spec.parentId !== undefined && found.id !== spec.parentId) this.#listing = undefined
    requireParent(spec, found.id)
    return found.id
  }

  /** Never sends it twice: whether an answer that was lost, or a name that is taken, is this very build, is read. */
  async #post(spec: BranchSpec, as: { name: string; finished: boolean; parentId: string }): Promise<Listed> {
    const doing = `Creating "${spec.name}" from "${spec.parent}"`
    const description = describeClaim(spec.claim, as)
    try {
      return await this.#branches.create({ ...as, description, doing })
    } catch (error) {
      if (saysGone(error)) throw noParent(spec, this.#account.project)
      const taken = saysTaken(error)
      if (!taken && !saysNothing(error)) throw error
      const found = (await this.#list()).find((one) => one.name === as.name)
      const described = found && (await this.#patience.describe(found))
      if (described?.description === description) return described
      if (taken || described) throw new ConflictError(`"${as.name}" exists already`, { cause: error })
      throw error
    }
  }

  /** What Xata copied is emptied or masked by us. */
  async #finishRows(made: Listed, spec: BranchSpec): Promise<string[]> {
    if (workOnRows(spec) === 'nothing') return []
    return finishRows(this.#ports.database, await this.connection(branchOf(made, [])), spec)
  }

  /** Of a golden parent, its whole claim is the comment of its database: rules that changed since must be noticed. */
  async #withMark(branch: Branch): Promise<Branch> {
    const { claim, unfinished, leftover } = branch
    if (claim.kind !== 'claim' || !claim.claim.golden || unfinished || leftover) return branch
    const written = await this.#ports.database.readClaim(await this.connection(branch))
    if (written.kind !== 'claim' || written.claim.build !== claim.claim.build || !written.claim.masked) return branch
    return { ...branch, claim: { kind: 'claim', claim: { ...claim.claim, masked: written.claim.masked } } }
  }

  async #change(one: Pick<Listed, 'id' | 'name'>, change: Change, doing: string): Promise<Listed> {
    this.#listing = undefined
    return this.#patience.change(one, change, doing)
  }
}
