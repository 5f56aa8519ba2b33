import { ConflictError, ProviderError } from '../../errors.js'
import { waitFor } from '../../http/wait.js'
import type { PlatformPorts } from '../../ports.js'
import {
  type Change,
  type Described,
  type Listed,
  saysGone,
  saysLater,
  saysNothing,
  saysParentUnhealthy,
  saysTaken,
  type XataBranches,
} from './api.js'

type Named = Pick<Listed, 'id' | 'name'>

/** Milliseconds. A copy is there in seconds; a branch that slept takes longer to wake. */
const readyDeadline = 10 * 60_000
/** Milliseconds that a change is tried for while the platform refuses it for the moment. */
const changeDeadline = 60_000
const every = 2_000
/** How many answers to one change may get lost: about four seconds of them. */
const lostAnswers = 4

/** What takes more than one request: changes that are refused for the moment, and branches that are not ready yet. */
export class XataPatience {
  readonly #branches: XataBranches
  readonly #ports: Pick<PlatformPorts, 'clock' | 'info'>
  /** What this run saw healthy, by id. */
  readonly #healthy = new Map<string, Described>()

  constructor(branches: XataBranches, { clock, info }: Pick<PlatformPorts, 'clock' | 'info'>) {
    this.#branches = branches
    this.#ports = { clock, info }
  }

  async describe(one: Named): Promise<Described | undefined> {
    const described = await this.#branches.describe(one)
    if (described?.state === 'HEALTHY') this.#healthy.set(one.id, described)
    return described
  }

  /**
   * Changes go by id and come to the same when they are made twice, so a lost answer is asked for again.
   * @throws ConflictError when the name is taken or the branch is gone.
   */
  async change({ id, name }: Named, change: Change, doing: string): Promise<Listed> {
    let lost = 0
    return waitFor({ ...this.#ports, what: `"${name}"`, every, deadline: changeDeadline }, async () => {
      try {
        return { ready: await this.#branches.change(id, change, doing) }
      } catch (error) {
        if (saysTaken(error)) throw new ConflictError(`"${change.name}" exists already`, { cause: error })
        if (saysGone(error)) throw new ConflictError(`"${name}" went meanwhile`, { cause: error })
        if (!saysLater(error) && !(saysNothing(error) && lost++ < lostAnswers)) throw error
        return { waitingFor: 'Xata takes no changes of it for the moment' }
      }
    })
  }

  /** Waits until the branch is healthy, and then for what is wanted of it. A branch that sleeps is woken. */
  async ready<T>(
    { id, name }: Named,
    look: (described: Described) => Promise<{ ready: T } | { waitingFor: string }>,
  ): Promise<T> {
    let woken = false
    const what = `Branch "${name}"`
    return waitFor({ ...this.#ports, what, every, deadline: readyDeadline }, async () => {
      const described = this.#healthy.get(id) ?? (await this.describe({ id, name }))
      if (!described) throw new ProviderError(`Waiting for "${name}" failed: it went meanwhile. Run the job again.`)
      if (described.state === 'HEALTHY') {
        const seen = await look(described)
        if (!('ready' in seen)) this.#healthy.delete(id)
        return seen
      }
      if (described.state === 'FAULT') {
        throw new ProviderError(
          `Waiting for "${name}" failed: Xata says that it is faulty. Look at it on Xata and run the job again.`,
        )
      }
      if (described.state === 'HIBERNATED' && !woken) {
        await this.#wake({ id, name })
        woken = true
      }
      return { waitingFor: `its state is ${described.state.toLowerCase()}` }
    })
  }

  /** Makes a child of the parent, which must be healthy for that, and is woken when it sleeps. */
  async fromParent<T>(parent: Named, make: () => Promise<T>): Promise<T> {
    let woken = false
    const what = `Parent "${parent.name}"`
    return waitFor({ ...this.#ports, what, every: 5_000, deadline: readyDeadline }, async () => {
      try {
        return { ready: await make() }
      } catch (error) {
        if (!saysParentUnhealthy(error)) throw error
        if (!woken && (await this.describe(parent))?.state === 'HIBERNATED') {
          await this.#wake(parent)
          woken = true
        }
        return { waitingFor: 'it is not healthy, and Xata copies nothing else' }
      }
    })
  }

  async #wake({ id, name }: Named): Promise<void> {
    this.#ports.info(`Waking "${name}", which sleeps.`)
    await this.change({ id, name }, { hibernate: false }, `Waking "${name}"`)
  }
}
