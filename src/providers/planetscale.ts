import type { Branch } from '../domain/branch.js'
import type { Capabilities } from '../domain/capabilities.js'
import { ConflictError, ProviderError } from '../errors.js'
import { waitFor } from '../http/wait.js'
import { inParallel } from '../in-parallel.js'
import type { BranchSpec, Connection, Made, PlatformAccount, PlatformPorts, Provider } from '../ports.js'
import { Secret } from '../secret.js'
import { finishRows, workOnRows } from '../sql/rows.js'
import { accessOf, Logins } from './planetscale/logins.js'
import { asideFor, asideOf, branchOf, type Circumstances, type Kind, type Row, type Work } from './planetscale/row.js'
import { orderOf } from './planetscale/order.js'
import { isRefusal, Site } from './planetscale/site.js'

/**
 * What holds for both kinds of databases. MySQL makes schema-only branches itself, PostgreSQL starts from an earlier
 * moment, can be masked and has a pooler; which kind a database is, the first answer tells, and `create` refuses the rest
 * by it.
 */
export const capabilities: Capabilities = {
  engine: 'other',
  claims: 'name',
  schemaOnly: 'sql',
  masked: 'in_place',
  copy: true,
  golden: false,
  reset: 'swap',
  pointInTime: true,
  expiry: false,
  pooledUrl: true,
  urlReadableLater: false,
  sessions: false,
}

/** Requests at a time; PlanetScale counts 600 a minute. */
const atOnce = 8

/** Milliseconds: PlanetScale's own command line waits as long. */
const readyDeadline = 10 * 60_000

/** Milliseconds between two looks at a branch that is being made. */
const lookEvery = 5000

/** Milliseconds that a branch which takes queries is given to get its schema, should PlanetScale ever say so. */
const schemaGrace = 60_000

/** Milliseconds after which whoever built a branch aside is taken for dead. */
const buildPatience = 15 * 60_000

/** How often a deletion is sent while PlanetScale still works on the branch. */
const deleteAttempts = 14

/** PlanetScale, for databases of MySQL (Vitess) and of PostgreSQL. */
export function createPlanetScaleProvider(account: PlatformAccount, ports: PlatformPorts): Provider {
  for (const part of [account.apiKey.reveal(), ...account.apiKey.reveal().split(':')]) ports.mask(new Secret(part))
  return new PlanetScaleProvider(account, ports)
}

class PlanetScaleProvider implements Provider {
  readonly capabilities = capabilities
  readonly #account: PlatformAccount
  readonly #ports: PlatformPorts
  readonly #access: ReturnType<typeof accessOf>
  readonly #site: Site
  readonly #logins: Logins
  /** Rows of branches that were seen ready in this run, by id. */
  readonly #ready = new Map<string, Row>()
  /** Our logins on a branch as they were last read, by its id. A branch made in this run has none that is old. */
  readonly #known = new Map<string, Awaited<ReturnType<Logins['list']>>>()
  /** Asides whose build ended in this run. */
  readonly #ended = new Set<string>()

  constructor(account: PlatformAccount, ports: PlatformPorts) {
    this.#account = account
    this.#ports = ports
    this.#access = accessOf(account.role)
    this.#site = new Site(account, ports)
    this.#logins = new Logins(this.#site, account, ports)
  }

  async list(): Promise<{ items: Branch[]; complete: boolean }> {
    const [{ rows, complete }, { defaultBranch }] = await Promise.all([this.#site.all(), this.#site.database()])
    const parents = new Set(rows.map(({ parent }) => parent))
    const items = await inParallel(rows, atOnce, async (row) =>
      branchOf(row, { work: await this.#workOn(row), defaultBranch, hasChildren: parents.has(row.name) }),
    )
    return { items, complete }
  }

  async find(name: string): Promise<Branch | undefined> {
    const row = await this.#site.find(name)
    if (!row) return undefined
    if (row.ready) this.#ready.set(row.id, row)
    const [{ defaultBranch }, work] = await Promise.all([this.#site.database(), this.#workOn(row)])
    return branchOf(row, { work, defaultBranch })
  }

  async create(spec: BranchSpec): Promise<Made> {
    const kind = await this.#site.kind()
    if (needsMark(kind, spec) === undefined) {
      const row = await this.#make(spec.name, spec, kind)
      return { branch: branchOf(row, { work: 'none' }), notes: [] }
    }
    // The restore takes minutes, and the name is taken at its end only.
    if (await this.#site.peek(spec.name)) throw new ConflictError(`"${spec.name}" exists on PlanetScale already`)
    const aside = await this.#makeAside(spec, kind)
    try {
      return this.#made(await this.#site.rename(aside.row, spec.name), aside)
    } catch (error) {
      if (!this.#ports.signal.aborted) await this.#discard(aside.row)
      throw error
    }
  }

  async reset(branch: Branch, spec: BranchSpec): Promise<Made> {
    const aside = await this.#makeAside(spec, await this.#site.kind())
    let old: Row | undefined
    try {
      old = await this.#site.rename(branch, asideFor(spec.name, 'old', spec.claim.build))
      return this.#made(await this.#site.rename(aside.row, spec.name), aside)
    } catch (error) {
      this.#ended.add(aside.row.name)
      // The old data are the user's only copy until the new have the name.
      if (old && !this.#ports.signal.aborted) await this.#site.rename(old, branch.name).catch(() => undefined)
      throw error
    }
  }

  async delete(branch: Branch): Promise<'deleted' | 'absent'> {
    const row = await this.#site.find(branch.name)
    if (row?.id !== branch.id) return 'absent'
    await this.#remove(row)
    return 'deleted'
  }

  async leftovers(name: string): Promise<Branch[]> {
    const { rows } = await this.#site.all(`Looking for what is left of "${name}"`)
    const now = this.#ports.clock.now().getTime()
    const dead = rows.filter((row) => {
      const aside = asideOf(row.name)
      if (aside?.branch !== name) return false
      const old = now - Date.parse(row.createdAt) > buildPatience
      return aside.stage === 'old' || old || this.#ended.has(row.name)
    })
    const { defaultBranch } = dead.length > 0 ? await this.#site.database() : { defaultBranch: undefined }
    return inParallel(dead, atOnce, async (row) => branchOf(row, { work: await this.#workOn(row), defaultBranch }))
  }

  async abandon(build: string): Promise<void> {
    if (build === '') return
    const { rows } = await this.#site.all('Looking for a build that was given up')
    for (const row of rows) {
      const aside = asideOf(row.name)
      if (aside?.stage === 'new' && aside.build === build.slice(0, 8)) await this.#discard(row)
    }
  }

  async connection(branch: Branch): Promise<Connection> {
    const row = this.#ready.get(branch.id) ?? (await this.#untilReady(branch))
    const connection = await this.#logins.open(row, this.#logins.freshName(), this.#access)
    const logins = this.#known.get(row.id) ?? (await this.#logins.list(row.name, row.kind))
    await this.#logins.clear(row, logins)
    return connection
  }

  async close(): Promise<void> {}

  /** A branch aside, under a name that tells what it is for until it is complete. */
  async #makeAside(spec: BranchSpec, kind: Kind): Promise<{ row: Row; circumstances: Circumstances; notes: string[] }> {
    const name = asideFor(spec.name, 'new', spec.claim.build)
    let row: Row | undefined
    try {
      row = await this.#make(name, spec, kind)
      const work = needsMark(kind, spec)
      if (work === undefined) return { row, circumstances: { work: 'none' }, notes: [] }
      const connection = await this.#logins.open(row, this.#logins.markOf(work), 'admin')
      const notes = await finishRows(this.#ports.database, connection, spec)
      return { row, circumstances: { work }, notes }
    } catch (error) {
      this.#ended.add(name)
      throw error
    }
  }

  #made(row: Row, { circumstances, notes }: { circumstances: Circumstances; notes: string[] }): Made {
    this.#ready.set(row.id, row)
    return { branch: branchOf(row, circumstances), notes }
  }

  /** Orders a branch and waits for it. */
  async #make(name: string, spec: BranchSpec, kind: Kind): Promise<Row> {
    const doing = `Creating "${spec.name}" from "${spec.parent}"`
    const order = await orderOf(this.#site, {
      name,
      spec,
      kind,
      region: this.#account.region,
      doing,
      now: this.#ports.clock.now(),
    })
    const row = await this.#site.order(order, doing, name !== spec.name)
    spec.onMade?.(row.id)
    this.#known.set(row.id, [])
    const made = row.production ? row : await this.#untilReady(row)
    if (!made.production) return made
    await this.#remove(made)
    throw new ProviderError(
      `${doing} failed: PlanetScale made a production branch, which this action would never delete again, so it was removed at once. Use data_policy "schema_only", or ask PlanetScale for development branches.`,
    )
  }

  async #untilReady({ id, name }: { id: string; name: string }): Promise<Row> {
    const { clock, info } = this.#ports
    let readySince: number | undefined
    const what = `Branch "${name}"`
    const row = await waitFor({ what, every: lookEvery, deadline: readyDeadline, clock, info }, async () => {
      const seen = await this.#site.peek(name)
      if (!seen) return { waitingFor: 'PlanetScale does not show it' }
      if (seen.id !== id) throw new ConflictError(`"${name}" was made anew meanwhile`)
      if (!seen.ready) return { waitingFor: 'PlanetScale is making it' }
      readySince ??= clock.elapsed()
      const patient = seen.kind === 'mysql' && clock.elapsed() - readySince < schemaGrace
      return seen.schemaReady || !patient ? { ready: seen } : { waitingFor: 'its schema is not ready' }
    })
    this.#ready.set(id, row)
    return row
  }

  /** The mark is the login by which it was done: PlanetScale has no other place on a branch for a word of ours. */
  async #workOn(row: Row): Promise<Work> {
    if (row.kind === 'mysql' || !row.restored || row.production || row.deletionProtected) return 'none'
    const logins = await this.#logins.list(row.name, row.kind)
    this.#known.set(row.id, logins)
    return this.#logins.workBy(logins)
  }

  /** Removes what this run, or a dead one, built aside; never fails. */
  async #discard(row: Row): Promise<void> {
    this.#ended.add(row.name)
    await this.#remove(row).catch((error: unknown) => {
      if (!(error instanceof ProviderError)) throw error
      this.#ports.info(`"${row.name}" could not be removed now; the next run removes it. ${error.message}`)
    })
  }

  /** Deletes by name, as PlanetScale has it; the id was compared right before. Descendants are never asked to go along. */
  async #remove({ id, name }: Row): Promise<void> {
    const { clock, info } = this.#ports
    const doing = `Deleting "${name}"`
    let refusals = 0
    let status = 0
    const what = `The deletion of "${name}"`
    await waitFor({ what, every: lookEvery, deadline: readyDeadline, clock, info }, async () => {
      if (status !== 204) {
        status = await this.#site.remove(name, doing).catch(async (error: unknown) => {
          // `unprocessable` is PlanetScale's word for "try again", and for "never" as well.
          if (!isRefusal(error, 422) || (refusals += 1) >= deleteAttempts) throw error
          if (refusals === 1) await this.#site.requireChildless(name, doing)
          return 422
        })
      }
      const seen = await this.#site.peek(name)
      if (seen?.id !== id) return { ready: true }
      if (status === 404) throw this.#site.hidden(doing)
      return { waitingFor: status === 204 ? 'PlanetScale still shows it' : 'PlanetScale is busy with it' }
    })
    this.#ready.delete(id)
  }
}

/** A PostgreSQL branch of PlanetScale is empty, without any table, or restored with every row. */
function needsMark(kind: Kind, spec: BranchSpec): 'emptied' | 'masked' | undefined {
  if (kind === 'mysql') return undefined
  return ({ empty: 'emptied', mask: 'masked', nothing: undefined } as const)[workOnRows(spec)]
}
