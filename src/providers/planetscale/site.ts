import { ConflictError, ProviderError } from '../../errors.js'
import { placeOf } from '../../http.js'
import { type Api, ApiError, type Explanation, type Failure, LostAnswerError, openApi, path } from '../../http/api.js'
import type { Shape } from '../../http/shape.js'
import type { PlatformAccount, PlatformPorts } from '../../ports.js'
import { kindOf, type Kind, type Row, rowOf } from './row.js'

/** Source: https://planetscale.com/docs/api/reference/pagination */
const largestPage = 100

export interface Database {
  readonly kind: Kind
  readonly defaultBranch: string | undefined
}

/** The branches of one database on PlanetScale, addressed by name as its API has it. */
export class Site {
  readonly api: Api
  readonly #account: PlatformAccount
  #database: Promise<Database> | undefined
  #kind: Kind | undefined

  constructor(account: PlatformAccount, { fetch, clock, signal }: PlatformPorts) {
    this.#account = account
    this.api = openApi({
      platform: 'PlanetScale',
      baseUrl: account.apiUrl,
      fetch,
      clock,
      signal,
      headers: { authorization: account.apiKey },
      explain,
    })
  }

  get #place(): string {
    return path`/organizations/${this.#account.organization}/databases/${this.#account.database}`
  }

  at(branch: string): string {
    return this.#place + path`/branches/${branch}`
  }

  /** Read once in a run. */
  database(): Promise<Database> {
    this.#database ??= this.#readDatabase().then((shape) => ({
      kind: kindOf(shape),
      defaultBranch: shape.at('default_branch').maybeText,
    }))
    return this.#database
  }

  /** All branches of a database are of one kind, so any that was seen tells. */
  async kind(): Promise<Kind> {
    return this.#kind ?? (await this.database()).kind
  }

  /** One request. Undefined when PlanetScale does not find it, which proves nothing: it says so of what a key may not see. */
  async peek(name: string, doing = `Reading "${name}"`): Promise<Row | undefined> {
    const { status, body } = await this.api.send('GET', this.at(name), { doing, accept: [404] })
    return status === 404 ? undefined : this.#named(name, rowOf(body))
  }

  /** Undefined only if provably absent: the list of branches, which asks for the same access, was shown and lacks it. */
  async find(name: string): Promise<Row | undefined> {
    const row = await this.peek(name)
    if (row) return row
    const { rows, complete } = await this.all(`Looking for "${name}"`)
    const listed = rows.find((one) => one.name === name)
    if (listed || complete) return listed
    throw new ProviderError(
      `Looking for "${name}" failed: the list of branches changed while it was read. Run the job again.`,
    )
  }

  async all(doing = 'Listing the branches'): Promise<{ rows: Row[]; complete: boolean }> {
    const seen = new Map<string, Row>()
    const { steady } = await this.pages(`${this.#place}/branches`, { doing, query: { order: 'asc' } }, (item) => {
      const row = rowOf(item)
      seen.set(row.id, row)
    })
    const rows = [...seen.values()].filter((row) => !row.deleted)
    this.#kind ??= rows[0]?.kind
    return { rows, complete: steady }
  }

  /** `steady: false` when something came or went meanwhile, which moves items to pages that were read before. */
  async pages(
    place: string,
    { doing, query }: { doing: string; query?: Readonly<Record<string, string>> },
    take: (item: Shape) => void,
  ): Promise<{ steady: boolean }> {
    const totals: number[] = []
    let seen = 0
    for (let page = 1; ;) {
      const { body } = await this.api.send('GET', place, { doing, query: { ...query, page, per_page: largestPage } })
      const items = body.at('data').items
      items.forEach(take)
      seen += items.length
      totals.push(body.at('total_count').number)
      const next = body.at('next_page')
      if (!next.exists) return { steady: totals.every((total) => total === seen) }
      if (next.number <= page) throw new ProviderError(`${doing} failed: PlanetScale's pages go in a circle.`)
      page = next.number
    }
  }

  /**
   * Orders a branch. `ours` says whether the name alone proves who ordered it, so that an answer that was lost costs
   * nothing.
   * @throws ConflictError when the name is taken.
   */
  async order(body: { name: string; parent_branch: string }, doing: string, ours: boolean): Promise<Row> {
    const { name, parent_branch: parent } = body
    try {
      return this.#seen(rowOf((await this.api.send('POST', `${this.#place}/branches`, { doing, body })).body))
    } catch (error) {
      if (!(error instanceof ApiError || error instanceof LostAnswerError) || isRefusal(error, 401)) throw error
      const there = await this.peek(name)
      if (there && ours && error instanceof LostAnswerError) return there
      // PlanetScale documents no status for a name that is taken, so every refusal is held against what is there.
      if (there) throw new ConflictError(`"${name}" exists on PlanetScale already`, { cause: error })
      if (error instanceof LostAnswerError) throw error
      await this.requireParent(parent, doing)
      throw (await this.#limit(doing, error)) ?? error
    }
  }

  /** @throws ProviderError when there is no such branch to make another one from. */
  async requireParent(parent: string, doing: string): Promise<void> {
    if (await this.find(parent)) return
    const call = `GET ${placeOf(this.#account.apiUrl + this.at(parent))} → 404`
    const why = `there is no such branch in "${this.#account.database}"`
    throw new ProviderError(`${doing} failed: ${why} (${call}). Check "parent_branch".`)
  }

  /**
   * Gives a branch another name; its id and its logins stay.
   * @throws ConflictError when the name is taken, or the branch is no longer the one that was meant.
   */
  async rename({ id, name }: Pick<Row, 'id' | 'name'>, to: string): Promise<Row> {
    if ((await this.peek(name))?.id !== id) throw new ConflictError(`"${name}" was made anew meanwhile`)
    const doing = `Renaming "${name}" to "${to}"`
    try {
      return rowOf((await this.api.send('PATCH', this.at(name), { doing, body: { new_name: to } })).body)
    } catch (error) {
      if (!(error instanceof ApiError || error instanceof LostAnswerError)) throw error
      const there = await this.peek(to)
      if (there?.id === id) return there
      if (there) throw new ConflictError(`"${to}" exists on PlanetScale already`, { cause: error })
      throw error
    }
  }

  /** One request; the status says whether PlanetScale took it (204) or does not find the branch (404). */
  async remove(name: string, doing: string): Promise<number> {
    return (await this.api.send('DELETE', this.at(name), { doing, accept: [404] })).status
  }

  /** @throws ProviderError when other branches were made from this one. */
  async requireChildless(name: string, doing: string): Promise<void> {
    const { rows } = await this.all(doing)
    const children = rows.filter((row) => row.parent === name).map((row) => `"${row.name}"`)
    if (children.length === 0) return
    throw new ProviderError(`${doing} failed: ${children.slice(0, 3).join(', ')} was made from it. Delete that first.`)
  }

  /** For a deletion that found nothing although the branch is there. */
  hidden(doing: string): ProviderError {
    return new ProviderError(
      `${doing} failed: PlanetScale hides it from this key, although it shows the branch. Give the service token the access "delete_branch" to this database.`,
    )
  }

  #named(name: string, row: Row): Row | undefined {
    // A server that ignores case, or answers what it has deleted, must not pass another branch off as this one.
    return row.name === name && !row.deleted ? this.#seen(row) : undefined
  }

  #seen(row: Row): Row {
    this.#kind = row.kind
    return row
  }

  async #readDatabase(): Promise<Shape> {
    const doing = `Reading the database "${this.#account.database}"`
    return (await this.api.send('GET', this.#place, { doing })).body
  }

  /** Whether the database has reached a limit of its plan, which an error of PlanetScale's need not say. */
  async #limit(doing: string, { message, failure }: ApiError): Promise<ProviderError | undefined> {
    if (failure.status === 404) return undefined
    const database = await this.#readDatabase().catch(() => undefined)
    if (!database) return undefined
    const full = [
      database.at('at_development_branch_usage_limit').maybeFlag && 'development branches',
      database.at('at_backup_restore_branches_limit').maybeFlag && 'branches restored from backups',
    ].filter((limit) => limit !== false)
    if (full.length === 0) return undefined
    const call = /\((?:POST) [^()]*\)/.exec(message)?.[0] ?? ''
    const why = `the limit of ${full.join(' and of ')} of this database is reached`
    return new ProviderError(`${doing} failed: ${why} ${call}. Delete branches that nobody needs, or change the plan.`)
  }
}

export function isRefusal(error: unknown, status: number): error is ApiError {
  return error instanceof ApiError && error.failure.status === status
}

function explain({ status }: Failure): Explanation | undefined {
  if (status === 401) {
    return {
      why: 'PlanetScale does not know the key',
      advice: 'Check "api_key": ID and TOKEN of a service token, joined by ":".',
    }
  }
  if (status === 403) {
    return { why: 'the service token may not do this', advice: 'Give it the accesses that docs/planetscale.md lists.' }
  }
  if (status === 404) {
    return {
      why: 'PlanetScale does not find it, or does not show it to this key',
      advice: 'Check "organization" and "database", and the accesses of the service token to this database.',
    }
  }
  if (status === 400 || status === 422) {
    return {
      why: 'PlanetScale refused',
      advice: 'Look at the database on PlanetScale, and check the inputs of the step.',
    }
  }
  return undefined
}
