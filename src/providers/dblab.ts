import type { Branch } from '../domain/branch.js'
import type { Capabilities } from '../domain/capabilities.js'
import type { ClaimReading } from '../domain/claim.js'
import { ConflictError, ProviderError } from '../errors.js'
import { ApiError, LostAnswerError } from '../http/api.js'
import { waitFor } from '../http/wait.js'
import type { BranchSpec, Connection, Made, PlatformAccount, PlatformPorts, Provider } from '../ports.js'
import { refuseUnruled } from '../sql/rows.js'
import { sqlState } from '../sql/session.js'
import { byName, isInherited, isRefused, refusesUs, signed, strangeTo } from './dblab/claims.js'
import { type Clone, idOf, isSettled } from './dblab/clone.js'
import { type Engine, openEngine } from './dblab/engine.js'
import { protectedClone, protectionFailure, removalFailure, startFailure } from './dblab/failures.js'
import { connectionTo, finishClone, type LoginOf, loginsOf, openDoor, survey, userOf } from './dblab/login.js'

export const capabilities: Capabilities = {
  engine: 'postgresql',
  claims: 'database',
  schemaOnly: 'sql',
  masked: 'in_place',
  copy: true,
  golden: false,
  reset: 'in_place',
  pointInTime: true,
  expiry: false,
  pooledUrl: false,
  urlReadableLater: true,
  sessions: false,
}

/** Milliseconds between two looks at a clone: it is made in a second or two. */
const lookEvery = 1_000
/** Milliseconds for the engine to make, reset or remove a clone. */
const patience = 5 * 60_000
/** How often a deletion is asked for when nobody knows whether the engine heard it. */
const deletionAttempts = 6

/**
 * A DBLab Engine of one's own, 4.0 or later: a branch is a clone, its parent a DBLab branch. The engine keeps no claims,
 * so ours is the comment of the clone's database. It is written when all is done, and only then is the branch's password
 * set: without both a clone is half-built.
 */
export function createDblabProvider(account: PlatformAccount, ports: PlatformPorts): Provider {
  return new DblabProvider(account, ports)
}

class DblabProvider implements Provider {
  readonly capabilities = capabilities
  readonly #engine: Engine
  readonly #account: PlatformAccount
  readonly #ports: PlatformPorts
  readonly #loginOf: LoginOf
  /** By branch id: a clone keeps its port as long as it lives. */
  readonly #ways = new Map<string, Connection>()

  constructor(account: PlatformAccount, ports: PlatformPorts) {
    this.#engine = openEngine(account, ports)
    this.#account = account
    this.#ports = ports
    this.#loginOf = loginsOf({ account, repository: ports.repository })
  }

  async list(): Promise<{ items: Branch[]; complete: boolean }> {
    const clones = await this.#engine.clones('Listing the branches')
    const items = clones.map((clone) => {
      const strange = this.#strange(clone)
      return this.#branch(clone, strange ?? byName(clone), !strange && clone.status === 'FATAL')
    })
    return { items, complete: true }
  }

  /** Waits while the engine works on the clone: what will become of it cannot be told before. */
  async find(name: string): Promise<Branch | undefined> {
    const doing = `Reading "${name}"`
    // Takes 40 ms, which pass while the engine answers. What fails is told to whoever needs the login.
    this.#loginOf(name).catch(() => undefined)
    const seen = await this.#named(name, doing)
    const clone = seen && (await this.#settled(seen, doing))
    return clone && this.#recognise(clone)
  }

  async create(spec: BranchSpec): Promise<Made> {
    const doing = `Creating "${spec.name}" from "${spec.parent}"`
    refuseUnruled(spec)
    const { clone: made, heard } = await this.#start(spec, doing)
    if (heard) spec.onMade?.(idOf(made))
    const clone = await this.#ready(made, doing)
    if (clone.parent !== '' && clone.parent !== spec.parent) {
      throw new ProviderError(
        `${doing} failed: the snapshot of "point_in_time" is one of the branch "${clone.parent}". Check "parent_branch" and "point_in_time".`,
      )
    }
    const notes = await this.#finish(clone, spec, (build) => {
      if (build === spec.claim.build) spec.onMade?.(idOf(clone))
      // An engine that does not tell is believed only where it has answered us.
      else if (build !== '' || !heard) throw new ConflictError(`another run made "${spec.name}"`)
    })
    return { branch: this.#branch(clone, signed(spec)), notes }
  }

  /**
   * The engine brings the parent's data back and takes our claim along with the old ones. So the branch is as it was
   * until the engine begins, half-built until the new claim stands, and found as such whatever happens in between.
   */
  async reset(branch: Branch, spec: BranchSpec): Promise<Made> {
    const { name, parent, pointInTime } = spec
    const doing = `Rebuilding "${name}" from "${parent}"`
    refuseUnruled(spec)
    const snapshot = pointInTime ?? (await this.#engine.snapshotOf(parent, doing))
    const seen = await this.#named(name, doing)
    const old = seen && (await this.#settled(seen, doing))
    if (!old || idOf(old) !== branch.id) throw new ConflictError(`"${name}" was made anew or removed`)
    await this.#engine.reset(name, { snapshot, doing }).catch(async (error: unknown) => {
      if (!(error instanceof LostAnswerError)) throw error
      const now = await this.#engine.clone(name, doing)
      // Still whole: the engine did not hear us, or refused.
      if (!now || (isSettled(now) && now.status !== 'FATAL' && !(await this.#recognise(now)).unfinished)) throw error
    })
    // What was read before says nothing any more.
    const clone = await this.#ready({ ...old, status: 'RESETTING' }, doing)
    return { branch: this.#branch(clone, signed(spec)), notes: await this.#finish(clone, spec, () => undefined) }
  }

  async delete(branch: Branch): Promise<'deleted' | 'absent'> {
    const { name, id } = branch
    const doing = `Deleting "${name}"`
    let asked = 0
    let heard = false
    return waitFor(this.#waiting(branch), async () => {
      const clone = asked === 0 ? await this.#named(name, doing) : await this.#engine.clone(name, doing)
      if (!clone || idOf(clone) !== id) return { ready: asked === 0 ? 'absent' : 'deleted' }
      // Its server would go on without its clone if it were deleted while it is being made.
      if (!isSettled(clone)) return { waitingFor: `DBLab says ${clone.status}` }
      if (heard && clone.status === 'FATAL') throw removalFailure(doing)
      if (clone.protected) throw protectionFailure(doing, name)
      asked += 1
      heard = await this.#remove(name, { doing, last: asked === deletionAttempts })
      return { waitingFor: 'DBLab removes it' }
    })
  }

  async connection(branch: Branch): Promise<Connection> {
    const known = this.#ways.get(branch.id)
    if (known) return known
    const doing = `Connecting to "${branch.name}"`
    const clone = await this.#named(branch.name, doing)
    if (!clone || idOf(clone) !== branch.id) {
      throw new ProviderError(`${doing} failed: the branch was removed or made anew. Run the job again.`)
    }
    return this.#way(await this.#ready(clone, doing))
  }

  async close(): Promise<void> {}

  /** `heard`: the engine has answered that it makes this very clone; else one of that name is there all the same. */
  async #start(spec: BranchSpec, doing: string): Promise<{ clone: Clone; heard: boolean }> {
    const login = await this.#loginOf(spec.name, 'build')
    try {
      return { clone: await this.#engine.start(spec, { ...login, doing }), heard: true }
    } catch (error) {
      const lost = error instanceof LostAnswerError
      if (!lost && !(error instanceof ApiError && error.failure.status === 400)) throw error
      const clone = await this.#named(spec.name, doing)
      if (!clone) throw error
      // What was made by the same key and under the same name tells in the end which build made it.
      if (lost && !this.#strange(clone)) return { clone, heard: false }
      throw new ConflictError(`"${spec.name}" exists already`, { cause: error })
    }
  }

  /** Does what the data policy asks for and signs. `check` is told which build made the clone, before anything is written. */
  async #finish(clone: Clone, spec: BranchSpec, check: (build: string) => void): Promise<string[]> {
    const inside = await this.#way(clone, 'build')
    const { build, others } = await survey(inside, this.#ports).catch((error: unknown) => {
      throw isRefused(error) ? new ConflictError(`another run made "${clone.name}"`, { cause: error }) : error
    })
    check(build)
    const notes = await finishClone(inside, others, { ports: this.#ports, spec })
    const way = await this.#way(clone)
    await openDoor(inside, way, this.#ports)
    this.#ways.set(idOf(clone), way)
    return notes
  }

  /** Whether the engine has heard it; a lost answer is an error only the `last` time. */
  async #remove(name: string, { doing, last }: { doing: string; last: boolean }): Promise<boolean> {
    try {
      await this.#engine.remove(name, doing)
      return true
    } catch (error) {
      if (error instanceof LostAnswerError && error.failure?.said === 'clone not found') return true
      if (!(error instanceof LostAnswerError) || error.failure?.said === 'clone is protected' || last) throw error
      return false
    }
  }

  /**
   * Reads the claim by logging in. Who gets in has made the clone, because nobody else knows its passwords; a clone
   * without a claim of its own, or with the password of its build, is then a half-built one.
   */
  async #recognise(clone: Clone): Promise<Branch> {
    const strange = this.#strange(clone)
    if (strange) return this.#branch(clone, strange)
    if (clone.status === 'FATAL') return this.#branch(clone, byName(clone), true)
    const reading = await this.#readClaim(clone)
    return reading.kind === 'none' ? this.#branch(clone, byName(clone), true) : this.#branch(clone, reading)
  }

  async #readClaim(clone: Clone): Promise<ClaimReading> {
    const way = await this.#way(clone)
    try {
      const reading = await this.#ports.database.readClaim(way)
      this.#ways.set(idOf(clone), way)
      return reading.kind === 'claim' && isInherited(reading.claim, clone) ? { kind: 'none' } : reading
    } catch (error) {
      // Its user dropped the database. The password was right, or the server would not have told.
      if (sqlState(error) === '3D000') return { kind: 'none' }
      if (!isRefused(error)) throw error
      return (await this.#takesBuilder(clone)) ? { kind: 'none' } : { kind: 'unreadable', why: refusesUs }
    }
  }

  /** Of ours, and no run has opened it yet. */
  async #takesBuilder(clone: Clone): Promise<boolean> {
    try {
      await survey(await this.#way(clone, 'build'), this.#ports)
      return true
    } catch (error) {
      if (isRefused(error)) return false
      if (sqlState(error) === '3D000') return true
      throw error
    }
  }

  /** The whole list is asked, because a single clone is "not found" at a wrong address, too. */
  async #named(name: string, doing: string): Promise<Clone | undefined> {
    return (await this.#engine.clones(doing)).find((clone) => clone.name === name)
  }

  /** The clone once the engine is done with it; undefined when it went. */
  async #settled(clone: Clone, doing: string): Promise<Clone | undefined> {
    let looks = 0
    let seen: Clone | undefined = clone
    return waitFor(this.#waiting(clone), async () => {
      if (looks > 0) seen = await this.#engine.clone(clone.name, doing)
      looks += 1
      return !seen || isSettled(seen) ? { ready: seen } : { waitingFor: `DBLab says ${seen.status}` }
    })
  }

  /** The same clone, ready to be logged in to. */
  async #ready(made: Clone, doing: string): Promise<Clone> {
    const clone = await this.#settled(made, doing)
    if (!clone || idOf(clone) !== idOf(made))
      throw new ConflictError(`"${made.name}" was made anew or removed meanwhile`)
    if (clone.status === 'FATAL') throw startFailure(clone, doing)
    return clone
  }

  #waiting({ name }: Pick<Clone, 'name'>) {
    const { clock, info } = this.#ports
    return { what: `Clone "${name}"`, every: lookEvery, deadline: patience, clock, info }
  }

  async #way(clone: Clone, stage: 'branch' | 'build' = 'branch'): Promise<Connection> {
    const { apiUrl } = this.#account
    return connectionTo(clone, await this.#loginOf(clone.name, stage), { apiUrl, mask: this.#ports.mask })
  }

  #branch(clone: Clone, claim: ClaimReading, unfinished = false): Branch {
    return {
      id: idOf(clone),
      name: clone.name,
      claim,
      ...(clone.createdAt !== undefined && { createdAt: clone.createdAt }),
      ...(clone.protected && { protection: protectedClone }),
      ...(unfinished && { unfinished }),
    }
  }

  #strange(clone: Clone): ClaimReading | undefined {
    return strangeTo(userOf(this.#account, this.#ports.repository), clone)
  }
}
