import type { Branch } from '../../domain/branch.js'
import { ProviderError } from '../../errors.js'
import { waitFor } from '../../http/wait.js'
import type { Connection, PlatformPorts } from '../../ports.js'
import type { Secret } from '../../secret.js'
import { means } from './fields.js'
import type { Description, Pointer } from './model.js'
import { pages } from './pages.js'
import type { Requests } from './requests.js'
import { connectionOf, isReady, readSeen, readState, readUrl, type Seen, type State } from './seen.js'

/** How a wait looks where the description names no "ready". Seconds. */
const patience = { every: 5, timeout: 600 }

/** Everything that asks the platform and changes nothing. */
export class Reader {
  readonly #description: Description
  readonly #requests: Requests
  readonly #ports: PlatformPorts
  /** As last shown, by branch id. */
  readonly #seen = new Map<string, Seen>()
  /** What the answers to creations told, by branch id. */
  readonly #toldUrls = new Map<string, Secret>()
  /** Whether an answer has shown that the account's place exists, so that "not found" speaks of a branch. */
  #placeProven = false

  constructor(description: Description, requests: Requests, ports: PlatformPorts) {
    this.#description = description
    this.#requests = requests
    this.#ports = ports
  }

  async list(): Promise<Branch[]> {
    const items: Branch[] = []
    for await (const page of this.#pages()) items.push(...page.map(({ branch }) => branch))
    return items
  }

  /** By exact name. @throws ProviderError when the platform does not provably say that there is none. */
  async lookUp(name: string): Promise<Seen | undefined> {
    const { find } = this.#description
    const seen = find && 'absent' in find ? await this.#ask(name) : await this.#search(name)
    return seen && this.note(seen)
  }

  /** @throws ProviderError when the parent does not exist; `doing` begins the sentence. */
  async parent(name: string, doing: string): Promise<Branch> {
    const seen = await this.lookUp(name)
    if (seen) return seen.branch
    throw new ProviderError(
      `${doing} failed: there is no such branch on ${this.#description.platform}. Check "parent_branch".`,
    )
  }

  /** Remembers a branch that an answer showed, so that it need not be asked for again. */
  note(seen: Seen, toldUrl?: Secret): Seen {
    this.#placeProven = true
    this.#seen.set(seen.branch.id, seen)
    if (toldUrl) this.#toldUrls.set(seen.branch.id, toldUrl)
    return seen
  }

  forget({ id }: Branch): void {
    this.#seen.delete(id)
    this.#toldUrls.delete(id)
  }

  /** Looks again until there is something to give. */
  wait<T>(what: string, look: () => Promise<{ ready: T } | { waitingFor: string }>): Promise<T> {
    const { every, timeout } = this.#description.ready ?? patience
    const { clock, info } = this.#ports
    return waitFor({ what, every: every * 1000, deadline: timeout * 1000, clock, info }, look)
  }

  /** @throws ProviderError when the branch failed, or is not ready in time. */
  async untilReady(seen: Seen): Promise<Seen> {
    const { name, id } = seen.branch
    let now: Seen | undefined = seen
    return this.wait(`Branch "${name}"`, async () => {
      const state = now && (await this.#stateOf(now))
      if (now && state?.kind === 'ready') return { ready: this.note({ ...now, state }) }
      if (state?.kind === 'failed') {
        throw new ProviderError(
          `Branch "${name}" failed on ${this.#description.platform}: ${state.shown}. Look at it on the platform, delete it there and run the job again.`,
        )
      }
      if (!this.#description.ready?.request) {
        const fresh = await this.lookUp(name)
        now = fresh?.branch.id === id ? fresh : undefined
        if (now?.state?.kind === 'ready') return { ready: now }
      }
      return { waitingFor: state?.shown ?? 'the platform does not show it' }
    })
  }

  /** Waits for readiness and for the URL. */
  async connection(branch: Branch): Promise<Connection> {
    const known = this.#seen.get(branch.id) ?? (await this.lookUp(branch.name))
    const doing = `Reading the URL of "${branch.name}"`
    if (known?.branch.id !== branch.id) {
      throw new ProviderError(`${doing} failed: it is gone, or was made anew. Run the job again.`)
    }
    let seen = await this.untilReady(known)
    return this.wait(doing, async () => {
      const connection = await this.#connect(seen, doing)
      if (connection) return { ready: connection }
      if (!this.#description.connection?.request) seen = (await this.lookUp(branch.name)) ?? seen
      return { waitingFor: 'there is no URL yet' }
    })
  }

  /** With what the mark in its database tells, where the description leaves work to us. */
  async marked(seen: Seen): Promise<Branch> {
    const { create, branch: fields } = this.#description
    const { branch } = seen
    if (create.sql.size === 0) return branch
    if (branch.claim.kind === 'claim' && !needsMark(this.#description, branch.claim.claim.dataPolicy)) return branch
    if (fields.claim && branch.claim.kind !== 'claim') return branch
    const ready = (await this.#stateOf(seen)).kind === 'ready'
    const connection = ready ? await this.#connect(seen, `Reading the URL of "${branch.name}"`) : undefined
    const mark = connection ? await this.#ports.database.readClaim(connection) : ({ kind: 'none' } as const)
    if (mark.kind === 'none') return { ...branch, unfinished: true }
    if (!fields.claim) return { ...branch, claim: mark }
    const same = mark.kind === 'claim' && branch.claim.kind === 'claim' && mark.claim.build === branch.claim.claim.build
    return same ? branch : { ...branch, unfinished: true }
  }

  /** "Not found" can speak of the project or of the key, too: only beside a list that can be read it means the branch. */
  async #ask(name: string): Promise<Seen | undefined> {
    const { find } = this.#description
    if (!find || !('absent' in find)) return undefined
    const answer = await this.#requests.send(find.request, {
      doing: `Looking for "${name}"`,
      values: { name },
      accept: find.absent,
    })
    const absent = find.absent.filter(({ status }) => status === answer.status)
    if (absent.length === 0) {
      const seen = readSeen(this.#description, answer.body.follow(find.branch))
      return seen.branch.name === name ? seen : undefined
    }
    const certain = means(
      absent.filter(({ at }) => at !== undefined),
      answer.failure,
    )
    if (!certain && !this.#placeProven) await this.#pages().next()
    return undefined
  }

  async #search(name: string): Promise<Seen | undefined> {
    const { find } = this.#description
    const listing = find && 'items' in find ? find : undefined
    for await (const page of this.#pages(listing, name)) {
      const same = page.filter(({ branch }) => branch.name === name)
      if (same.length > 1) {
        throw new ProviderError(
          `Looking for "${name}" failed: ${same.length} branches have this name. Delete all but one on the platform.`,
        )
      }
      if (same[0]) return same[0]
    }
    return undefined
  }

  async *#pages(listing = this.#description.list, name?: string): AsyncGenerator<Seen[]> {
    const description = this.#description
    const doing = name === undefined || listing === description.list ? 'Listing branches' : `Looking for "${name}"`
    const values = name === undefined ? {} : { name }
    for await (const page of pages(this.#requests, { description, listing, doing, values })) {
      this.#placeProven = true
      yield page
    }
  }

  async #stateOf({ branch: { id, name }, state }: Seen): Promise<State> {
    const { ready } = this.#description
    if (state) return state
    if (!ready?.request) return isReady
    const doing = `Looking at "${name}"`
    // A branch that was just made need not be shown everywhere at once.
    const answer = await this.#requests.send(ready.request, { doing, values: { id, name }, accept: [{ status: 404 }] })
    if (answer.status === 404) return { kind: 'waiting', shown: 'the platform does not show it' }
    return readState(ready, answer.body)
  }

  /** Undefined while the platform tells no URL. */
  async #connect({ branch: { id, name }, item }: Seen, doing: string): Promise<Connection | undefined> {
    const { connection, platform } = this.#description
    const told = this.#toldUrls.get(id)
    if (told) return connectionOf(told, undefined, this.#description)
    if (!connection) {
      throw new ProviderError(
        `${doing} failed: ${platform} tells it only to the run that makes the branch. Describe "connection" in "rest_config", or close and reopen the pull request.`,
      )
    }
    const { request } = connection
    const answer = request ? (await this.#requests.send(request, { doing, values: { id, name } })).body : item
    const read = (at: Pointer) => readUrl(answer, this.#description, { at, doing, mask: this.#ports.mask })
    const url = read(connection.url)
    const pooledUrl = connection.pooledUrl && read(connection.pooledUrl)
    return url && connectionOf(url, pooledUrl, this.#description)
  }
}

/** Whether a branch of this policy is complete only with our mark in its database. */
export function needsMark({ create, branch }: Description, dataPolicy: string): boolean {
  if (create.sql.size === 0) return false
  return !branch.claim || create.sql.has('ledgers') || dataPolicy !== 'copy'
}
