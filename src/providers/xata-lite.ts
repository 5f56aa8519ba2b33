import type { Branch } from '../domain/branch.js'
import type { Capabilities } from '../domain/capabilities.js'
import { encodeClaim, readClaim } from '../domain/claim.js'
import { CancelledError, ConflictError, ProviderError, RedirectError } from '../errors.js'
import { ApiError } from '../http/api.js'
import { inParallel } from '../in-parallel.js'
import { waitFor } from '../http/wait.js'
import type { BranchSpec, Connection, Made, PlatformAccount, PlatformPorts, Provider } from '../ports.js'
import { type CreationStatus, type Details, mayMeanNoParent, mayMeanTaken, XataLiteBranches } from './xata-lite/api.js'
import { connectionTo } from './xata-lite/connection.js'

export const capabilities: Capabilities = {
  engine: 'postgresql',
  claims: 'branch',
  schemaOnly: 'native',
  // The platform copies some 10,000 rows at most, and nothing tells when it is done.
  masked: 'none',
  copy: false,
  golden: false,
  reset: 'none',
  pointInTime: false,
  expiry: false,
  pooledUrl: false,
  urlReadableLater: true,
  sessions: false,
}

/** How many branches are read at a time. */
const readAtOnce = 6
/** Milliseconds. The schema is copied within seconds. */
const readyDeadline = 5 * 60_000
const readyEvery = 2_000
/** Milliseconds that a deletion is tried for while the branch is locked. */
const lockedDeadline = 2 * 60_000
/** Label of a branch whose migration ledgers are not there yet. */
const unfinished = 'db-branch-action unfinished'

/** Xata Lite, the older workspaces of xata.sh: a branch is made with the schema of its parent, and without a row. */
export function createXataLiteProvider(account: PlatformAccount, ports: PlatformPorts): Provider {
  return new XataLiteProvider(account, ports)
}

class XataLiteProvider implements Provider {
  readonly capabilities = capabilities
  readonly #account: PlatformAccount
  readonly #ports: PlatformPorts
  readonly #branches: XataLiteBranches
  /** Names that this run found to be free. */
  readonly #free = new Set<string>()

  constructor(account: PlatformAccount, ports: PlatformPorts) {
    this.#account = account
    this.#ports = ports
    this.#branches = new XataLiteBranches(account, ports)
  }

  async list(): Promise<{ items: Branch[]; complete: boolean }> {
    const names = await this.#branches.names()
    const details = await inParallel(names, readAtOnce, (name) => this.#read(name))
    return { items: details.filter((one) => one !== undefined).map(branchOf), complete: true }
  }

  async find(name: string): Promise<Branch | undefined> {
    const names = await this.#branches.names()
    const details = names.includes(name) ? await this.#read(name) : undefined
    if (!details) this.#free.add(name)
    return details && branchOf(details)
  }

  async create(spec: BranchSpec): Promise<Made> {
    const { name, claim } = spec
    // What the platform does to a branch that is there already is documented nowhere, so none is ever written over.
    if (!this.#free.delete(name) && (await this.find(name))) throw new ConflictError(`"${name}" exists already`)
    this.#free.delete(name)
    const label = encodeClaim(claim)
    const status = await this.#put(spec, [label, unfinished])
    const made = await this.#waitFor(spec, status)
    spec.onMade?.(made.id)
    const from = connectionTo(spec.parent, this.#account)
    const notes = await this.#ports.database.copyLedgers(from, this.#connectionTo(name))
    await this.#branches.label(name, [label])
    return { branch: branchOf({ ...made, labels: [label] }), notes }
  }

  /** The platform deletes by name, so the id is compared right before. */
  async delete({ id, name }: Branch): Promise<'deleted' | 'absent'> {
    const { clock, info } = this.#ports
    const every = 5_000
    return waitFor({ what: `Branch "${name}"`, every, deadline: lockedDeadline, clock, info }, async () => {
      if ((await this.#read(name))?.id !== id) return { ready: 'absent' }
      const result = await this.#branches.delete(name)
      return result === 'locked' ? { waitingFor: 'Xata Lite has locked it' } : { ready: result }
    })
  }

  async connection({ name }: Branch): Promise<Connection> {
    this.#ports.info(
      `Warning: the URL of "${name}" holds the API key of the Xata account, because Xata Lite knows no other password: ` +
        'whoever has the URL can do with the account what the key can do.',
    )
    return this.#connectionTo(name)
  }

  async close(): Promise<void> {}

  #connectionTo(name: string): Connection {
    const connection = connectionTo(name, this.#account)
    this.#ports.mask(connection.password)
    this.#ports.mask(connection.url)
    return connection
  }

  /** Undefined only when the database is there and the branch is not. */
  async #read(name: string): Promise<Details | undefined> {
    const details = await this.#branches.details(name)
    if (details || !(await this.#branches.names()).includes(name)) return details
    throw new ProviderError(
      `Reading "${name}" failed: Xata Lite lists it, but does not find it. Run the job again later.`,
    )
  }

  /** A creation that failed, or was sent again because its answer was lost, may have counted: the branch itself tells. */
  async #put(spec: BranchSpec, labels: string[]): Promise<CreationStatus> {
    try {
      return await this.#branches.create({ ...spec, labels })
    } catch (error) {
      if (error instanceof CancelledError || error instanceof RedirectError) throw error
      const lost = error instanceof ProviderError && !(error instanceof ApiError)
      if (lost || mayMeanTaken(error)) {
        const found = await this.#read(spec.name)
        if (found && isOf(found, spec)) return 'completed'
        if (found) throw new ConflictError(`"${spec.name}" exists already`, { cause: error })
      }
      if (mayMeanNoParent(error) && !(await this.#read(spec.parent))) {
        throw new ProviderError(
          `Creating "${spec.name}" from "${spec.parent}" failed: there is no such branch in database "${this.#account.database}". Check "parent_branch".`,
          { cause: error },
        )
      }
      throw error
    }
  }

  async #waitFor(spec: BranchSpec, status: CreationStatus): Promise<Details> {
    const what = `Branch "${spec.name}"`
    if (status === 'failed') {
      throw new ProviderError(
        `Creating "${spec.name}" from "${spec.parent}" failed: Xata Lite says so and gives no reason. Look at it on Xata and run the job again.`,
      )
    }
    const { clock, info } = this.#ports
    return waitFor({ what, every: readyEvery, deadline: readyDeadline, clock, info }, async () => {
      const details = await this.#branches.details(spec.name)
      if (!details) return { waitingFor: 'it is being made' }
      if (!isOf(details, spec)) throw new ConflictError(`"${spec.name}" is another run's`)
      return { ready: details }
    })
  }
}

function isOf(details: Details, { claim }: BranchSpec): boolean {
  const reading = branchOf(details).claim
  return reading.kind === 'claim' && reading.claim.build === claim.build
}

function branchOf({ id, name, createdAt, state, labels }: Details): Branch {
  const readings = labels.map(readClaim).filter(({ kind }) => kind !== 'none')
  const [claim = { kind: 'none' as const }] = readings
  return {
    id,
    name,
    claim: readings.length > 1 ? { kind: 'unreadable', why: 'it carries several claims' } : claim,
    createdAt,
    ...(labels.includes(unfinished) && { unfinished: true }),
    ...(state !== 'active' && { protection: 'it is being moved to another cluster' }),
  }
}
