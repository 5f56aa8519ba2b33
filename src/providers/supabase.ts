import type { Branch } from '../domain/branch.js'
import type { Capabilities } from '../domain/capabilities.js'
import { ConflictError, ProviderError, RefusedError } from '../errors.js'
import { ApiError } from '../http/api.js'
import { waitFor } from '../http/wait.js'
import type { BranchSpec, Connection, Made, PlatformAccount, PlatformPorts, Provider } from '../ports.js'
import { Secret } from '../secret.js'
import { urlOf } from '../sql/target.js'
import { type Config, Requests } from './supabase/requests.js'
import { branchOf, type Condition, conditionOfProject, conditionOfStage, type Row } from './supabase/row.js'

export const capabilities: Capabilities = {
  engine: 'postgresql',
  claims: 'name',
  schemaOnly: 'native',
  masked: 'none',
  copy: true,
  golden: false,
  reset: 'in_place',
  pointInTime: false,
  expiry: false,
  pooledUrl: true,
  urlReadableLater: true,
  sessions: false,
}

/** Milliseconds between two looks; 120 requests a minute are all that an account has. */
const lookEvery = 5_000

/** Milliseconds that a branch may take: it is a new project, with the migrations of its parent or a restored copy. */
const patience = 15 * 60_000

/** Milliseconds that a reading may lag behind a writing. Seen in the wild: some seconds of 404 after a creation. */
const lag = 60_000

/** The parent's name as long as the project has no branch: Supabase registers it with the first one. */
const firstDefault = 'main'

/**
 * Supabase: a preview branch is a project of its own, made from the parent project's migrations or, with data, from its
 * backup. The parent is always the project itself.
 * Source: https://supabase.com/docs/guides/deployment/branching
 */
export function createSupabaseProvider(account: PlatformAccount, ports: PlatformPorts): Provider {
  return new SupabaseProvider(account, ports)
}

class SupabaseProvider implements Provider {
  readonly capabilities = capabilities
  readonly #account: PlatformAccount
  readonly #ports: PlatformPorts
  readonly #requests: Requests
  /** What this run read last of each branch, by its id. */
  readonly #rows = new Map<string, Row>()
  /** Of branches that were found ready and not listed anew since. */
  readonly #configs = new Map<string, Config>()
  /** What this run had to set. */
  readonly #passwords = new Map<string, Secret>()
  /** The default branch's name. */
  #parent: string | undefined

  constructor(account: PlatformAccount, ports: PlatformPorts) {
    this.#account = account
    this.#ports = ports
    this.#requests = new Requests(account, ports)
  }

  async list(): Promise<{ items: Branch[]; complete: boolean }> {
    const rows = await this.#readAll('Listing the branches')
    return { items: rows.map((row) => branchOf(row, this.#parent)), complete: true }
  }

  /** By the listing: what a search for a name answers when there is none is not documented. */
  async find(name: string): Promise<Branch | undefined> {
    const doing = `Looking for "${name}"`
    const [row, second] = (await this.#readAll(doing)).filter((one) => one.name === name)
    if (second) throw new ProviderError(`${doing} failed: two branches have that name. Rename one on Supabase.`)
    return row && branchOf(row, this.#parent)
  }

  async create(spec: BranchSpec): Promise<Made> {
    const doing = `Creating "${spec.name}"`
    await this.#requireParent(spec, doing)
    const { id } = await this.#make(spec, doing)
    spec.onMade?.(id)
    const row = await this.#untilReady({ id, name: spec.name }, doing)
    return { branch: branchOf(row, spec.parent), notes: [] }
  }

  /** Replays the parent's migrations. @throws RefusedError for a branch with data: its rows would not come back. */
  async reset(branch: Branch, spec: BranchSpec): Promise<Made> {
    const doing = `Resetting "${branch.name}"`
    const holds = branch.claim.kind === 'name' ? branch.claim.dataPolicy : undefined
    if (spec.dataPolicy !== 'schema_only' || holds !== 'schema_only') {
      throw new RefusedError(
        `${doing} refused: Supabase resets a branch to its migrations, and rows copied from the parent would not come back. Delete the branch and run the job again, or use on_synchronize "reuse". Nothing was changed.`,
      )
    }
    await this.#requireParent(spec, doing)
    const old = this.#rows.get(branch.id) ?? (await this.#requests.branch(branch.name, doing))
    if (!old) throw gone(doing)
    // Whatever its migrations came to, a reset is the way out; only a sleeping project cannot be reset.
    const ref = this.#notTheParent(old.ref, doing)
    if (conditionOfProject(old.project ?? '').kind === 'asleep') await this.#untilReady(branch, doing, old)
    const run = await this.#requests.reset(branch.id, doing)
    await this.#untilRunEnds(branch, { doing, ref, run })
    const row = await this.#untilReady(branch, doing)
    return { branch: branchOf(row, spec.parent), notes: [] }
  }

  async delete(branch: Branch): Promise<'deleted' | 'absent'> {
    const doing = `Deleting "${branch.name}"`
    this.#notTheParent(this.#rows.get(branch.id)?.ref ?? '', doing)
    let outcome: 'deleted' | 'absent' = 'absent'
    return waitFor({ ...this.#waiting(`The deletion of "${branch.name}"`), every: 2_000, deadline: lag }, async () => {
      // A branch that was made a moment ago can be "not found" and come to light later.
      if (outcome === 'absent' && (await this.#requests.delete(branch.id, doing))) outcome = 'deleted'
      const listed = (await this.#readAll(doing)).some(({ id }) => id === branch.id)
      return listed ? { waitingFor: 'Supabase still lists it' } : { ready: outcome }
    })
  }

  async connection(branch: Branch): Promise<Connection> {
    const doing = `Connecting to "${branch.name}"`
    if (!this.#configs.has(branch.id)) await this.#untilReady(branch, doing, this.#rows.get(branch.id))
    const config = this.#configs.get(branch.id)!
    const ref = this.#notTheParent(config.ref, doing)
    const password = config.password ?? this.#passwords.get(ref) ?? (await this.#newPassword(ref, doing))
    const pooler = await this.#requests.pooler(ref, doing)
    const plain = { sslMode: 'prefer', sslRootCert: undefined, password }
    const { host, port, user } = config
    const url = urlOf({ ...plain, host, port, user, database: 'postgres' })
    const pooledUrl = pooler && urlOf({ ...plain, ...pooler })
    this.#ports.mask(url)
    if (pooledUrl) this.#ports.mask(pooledUrl)
    return { url, ...(pooledUrl && { pooledUrl }), host, port, database: 'postgres', username: user, password }
  }

  async close(): Promise<void> {}

  async #readAll(doing: string): Promise<Row[]> {
    const rows = await this.#requests.branches(doing)
    this.#configs.clear()
    for (const row of rows) this.#rows.set(row.id, row)
    this.#parent = rows.find((row) => row.isDefault)?.name ?? firstDefault
    return rows
  }

  async #requireParent({ name, parent }: BranchSpec, doing: string): Promise<void> {
    if (this.#parent === undefined) await this.#readAll(doing)
    if (parent === this.#parent) return
    throw new ProviderError(
      `${doing} from "${parent}" failed: there is no such branch to start from; on Supabase "${name}" can only start from "${this.#parent}", the default branch of the project. Check "parent_branch".`,
    )
  }

  /**
   * @throws ConflictError when the name is taken, also when only the answer was lost: Supabase keeps no claims, so that
   * nobody can tell whose branch it is that stands there now.
   */
  async #make(spec: BranchSpec, doing: string): Promise<Row> {
    try {
      return await this.#requests.create(spec, { doing, region: this.#account.region })
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      const status = error instanceof ApiError ? error.failure.status : undefined
      const doubtful = status === undefined || status === 400 || status === 409 || status === 422
      if (doubtful && (await this.#appears(spec.name, { doing, looks: status === 400 || status === 422 ? 1 : 4 }))) {
        throw new ConflictError(`${doing} failed: a branch of that name exists. Run the job again.`, { cause: error })
      }
      const refused = error instanceof ApiError && [400, 402, 403, 409, 422].includes(error.failure.status)
      throw (refused ? await this.#requests.refusedByPlan(error, doing) : undefined) ?? error
    }
  }

  async #appears(name: string, { doing, looks }: { doing: string; looks: number }): Promise<boolean> {
    for (let look = 1; ; look++) {
      if ((await this.#readAll(doing)).some((row) => row.name === name)) return true
      if (look === looks) return false
      await this.#ports.clock.sleep(lookEvery)
    }
  }

  /** Waits until the branch is migrated and its project answers, and wakes it where it sleeps. `first`: read just now. */
  async #untilReady({ id, name }: { id: string; name: string }, doing: string, first?: Row): Promise<Row> {
    const { clock } = this.#ports
    const started = clock.elapsed()
    let known = first
    let woken = false
    return waitFor(this.#waiting(`Branch "${name}"`), async () => {
      const row = known ?? (await this.#requests.branch(name, doing))
      known = undefined
      const seemsReady = row !== undefined && readyAsListed(row)
      const config = seemsReady ? await this.#requests.config(id, doing) : undefined
      if (!row || (seemsReady && !config)) {
        if (clock.elapsed() - started > lag) throw gone(doing)
        return { waitingFor: 'Supabase does not show it yet' }
      }
      requireSame(row, { id, doing })
      this.#rows.set(id, row)
      const conditions = [conditionOfStage(row.stage), conditionOfProject(config?.state ?? row.project ?? 'UNKNOWN')]
      requireUnbroken(conditions, doing)
      const pending = conditions.find((one) => one.kind === 'pending')
      if (pending && 'state' in pending) return { waitingFor: `its state is ${pending.state}` }
      if (config && conditions.every((one) => one.kind === 'fine')) {
        this.#configs.set(id, config)
        return { ready: row }
      }
      if (!woken) await this.#requests.wake(this.#notTheParent(row.ref, doing), doing)
      woken = true
      return { waitingFor: 'it slept and was woken' }
    })
  }

  async #untilRunEnds(branch: Branch, at: { doing: string; ref: string; run: string }): Promise<void> {
    const { clock, info } = this.#ports
    const started = clock.elapsed()
    await waitFor(this.#waiting(`The reset of "${branch.name}"`), async () => {
      const steps = await this.#requests.steps(at.ref, at)
      if (!steps && clock.elapsed() - started > lag) {
        info(`Supabase does not show the run of the reset; going by the state of "${branch.name}" alone.`)
        return { ready: true }
      }
      const dead = steps?.find(({ status }) => status === 'DEAD')
      if (dead) {
        throw new ProviderError(
          `${at.doing} failed: its step "${dead.name}" failed. Read the log of the branch on Supabase and run the job again.`,
        )
      }
      const open = steps?.find(({ status }) => status !== 'EXITED')
      if (steps && steps.length > 0 && !open) return { ready: true }
      return { waitingFor: open ? `its step "${open.name}" is ${open.status}` : 'its run has not begun' }
    })
  }

  /** The vendor may leave the password out, and then the only way in is a new one. */
  async #newPassword(ref: string, doing: string): Promise<Secret> {
    const password = new Secret(this.#ports.random(24))
    this.#ports.mask(password)
    await this.#requests.setPassword(ref, { doing, password })
    this.#passwords.set(ref, password)
    return password
  }

  /** What is done to a project must never be done to the parent, which the default branch stands for. */
  #notTheParent(ref: string, doing: string): string {
    if (ref !== this.#account.project) return ref
    throw new RefusedError(`${doing} refused: it is the project itself, not a branch of it. Nothing was changed.`)
  }

  #waiting(what: string) {
    const { clock, info } = this.#ports
    return { what, every: lookEvery, deadline: patience, clock, info }
  }
}

/** The configuration is asked for only where it can be the last thing to know. */
function readyAsListed({ stage, project }: Row): boolean {
  return (
    conditionOfStage(stage).kind === 'fine' && (project === undefined || conditionOfProject(project).kind === 'fine')
  )
}

function gone(doing: string): ProviderError {
  return new ProviderError(`${doing} failed: the branch is gone. Run the job again.`)
}

function requireSame(row: Row, { id, doing }: { id: string; doing: string }): void {
  if (row.id !== id) throw new ConflictError(`${doing} failed: the branch was made anew meanwhile. Run the job again.`)
  if (row.deletionAt === undefined) return
  throw new ProviderError(
    `${doing} failed: its deletion is scheduled on Supabase for ${row.deletionAt}. Cancel the deletion there, or wait for it, and run the job again.`,
  )
}

function requireUnbroken(conditions: readonly Condition[], doing: string): void {
  const bad = conditions.find((one) => one.kind === 'failed')
  if (!bad || !('state' in bad)) return
  throw new ProviderError(
    `${doing} failed: its state on Supabase is ${bad.state}. Read the log of the branch there, repair what it names and run the job again.`,
  )
}
