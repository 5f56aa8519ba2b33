import type { Branch } from '../domain/branch.js'
import type { Capabilities } from '../domain/capabilities.js'
import { encodeClaim } from '../domain/claim.js'
import { ConflictError, ProviderError, RefusedError } from '../errors.js'
import { type Answer, ApiError, type Explanation, type Failure, LostAnswerError } from '../http/api.js'
import type { BranchSpec, Connection, Made, PlatformAccount, PlatformPorts, Provider } from '../ports.js'
import { openOnParent } from '../sql/parent.js'
import type { Session } from '../sql/session.js'
import { readDescription } from './rest/description.js'
import { means } from './rest/fields.js'
import type { Description } from './rest/model.js'
import { needsMark, Reader } from './rest/reader.js'
import { Requests } from './rest/requests.js'
import { readSeen, readUrl, type Seen } from './rest/seen.js'
import type { Values } from './rest/template.js'
import { workInSql } from './rest/work-in-sql.js'
import { refuseUnruled, workOnRows } from '../sql/rows.js'

/** What every description gives at least; its keys add to it (docs/rest.md). */
export const capabilities: Capabilities = {
  engine: 'other',
  claims: 'name',
  schemaOnly: 'none',
  masked: 'none',
  copy: false,
  golden: false,
  reset: 'none',
  pointInTime: false,
  expiry: false,
  pooledUrl: false,
  urlReadableLater: false,
  sessions: false,
}

/**
 * Any platform with a JSON interface, as a YAML document describes it.
 * @throws InputError when the document is wrong, before any request.
 */
export function createRestProvider(account: PlatformAccount, text: string, ports: PlatformPorts): Provider {
  const description = readDescription(text, account)
  return new RestProvider(description, new Requests(description, account, ports), ports)
}

/** What this description makes possible. */
function capabilitiesOf({ engine, branch, create, connection, reset }: Description): Capabilities {
  return {
    ...capabilities,
    engine,
    claims: branch.claim ? 'branch' : create.sql.size > 0 ? 'database' : 'name',
    schemaOnly: create.data === 'schema_only' ? 'native' : create.sql.has('empty') ? 'sql' : 'none',
    masked: create.sql.has('mask') ? 'in_place' : 'none',
    copy: create.data === 'copy',
    reset: reset ? 'in_place' : 'none',
    pooledUrl: connection?.pooledUrl !== undefined,
    urlReadableLater: connection !== undefined && connection.request?.method !== 'POST',
  }
}

class RestProvider implements Provider {
  readonly capabilities: Capabilities
  readonly reset?: NonNullable<Provider['reset']>
  readonly openParent?: NonNullable<Provider['openParent']>
  readonly #description: Description
  readonly #requests: Requests
  readonly #reader: Reader
  readonly #ports: PlatformPorts

  constructor(description: Description, requests: Requests, ports: PlatformPorts) {
    this.#description = description
    this.#requests = requests
    this.#reader = new Reader(description, requests, ports)
    this.#ports = ports
    this.capabilities = capabilitiesOf(description)
    if (description.reset) this.reset = (branch, spec) => this.#reset(branch, spec)
    // Where each reading of a URL makes a new login, none is made on a parent.
    if (this.capabilities.engine === 'postgresql' && this.capabilities.urlReadableLater) {
      this.openParent = (name) => this.#openParent(name)
    }
  }

  async list(): Promise<{ items: Branch[]; complete: boolean }> {
    return { items: await this.#reader.list(), complete: true }
  }

  async find(name: string): Promise<Branch | undefined> {
    const seen = await this.#reader.lookUp(name)
    return seen && this.#reader.marked(seen)
  }

  async create(spec: BranchSpec): Promise<Made> {
    const { create } = this.#description
    const doing = `Creating "${spec.name}" from "${spec.parent}"`
    refuseUnruled(spec)
    const order = { doing, values: await this.#valuesOf(spec, doing), accept: create.exists }
    let answer: Answer
    try {
      answer = await this.#requests.send(create.request, { ...order, explain: (failure) => this.#full(failure) })
    } catch (error) {
      if (error instanceof LostAnswerError) return this.#finish(await this.#ownBuild(spec, error), spec)
      throw await this.#parentFault(spec, { doing, error })
    }
    if (means(create.exists, answer.failure)) {
      return this.#finish(await this.#ownBuild(spec, taken(doing, answer)), spec)
    }
    if (!means(create.created, answer.failure)) throw unnamed(doing, 'create.created', answer)
    return this.#finish(await this.#madeBy(answer, spec, doing), spec)
  }

  async delete(branch: Branch): Promise<'deleted' | 'absent'> {
    const { delete: deletion } = this.#description
    const { id, name } = branch
    const doing = `Deleting "${name}"`
    const isThere = async () => (await this.#reader.lookUp(name))?.branch.id === id
    // By its name it could be another one by now.
    if (!deletion.request.uses.has('id') && !(await isThere())) return 'absent'
    const answer = await this.#requests.send(deletion.request, { doing, values: { id, name }, accept: deletion.absent })
    this.#reader.forget(branch)
    if (means(deletion.absent, answer.failure)) return 'absent'
    if (means(deletion.deleting, answer.failure)) {
      await this.#reader.wait(doing, async () =>
        (await isThere()) ? { waitingFor: 'the platform still shows it' } : { ready: true },
      )
    } else if (!means(deletion.deleted, answer.failure)) throw unnamed(doing, 'delete.deleted', answer)
    return 'deleted'
  }

  connection(branch: Branch): Promise<Connection> {
    return this.#reader.connection(branch)
  }

  async close(): Promise<void> {}

  async #openParent(name: string): Promise<Session> {
    const parent = await this.#reader.parent(name, `Opening "${name}"`)
    return openOnParent(await this.#reader.connection(parent), this.#ports.signal)
  }

  async #reset(branch: Branch, spec: BranchSpec): Promise<Made> {
    const { create, reset, branch: fields } = this.#description
    if (!reset) throw new ProviderError('This platform cannot rebuild a branch.')
    const doing = `Rebuilding "${branch.name}" from "${spec.parent}"`
    if (create.data === 'copy') refuseVisibleRows(doing, spec)
    const values = { ...(await this.#valuesOf(spec, doing)), id: branch.id }
    try {
      const answer = await this.#requests.send(reset.request, { doing, values })
      if (!means(reset.done, answer.failure)) throw unnamed(doing, 'reset.done', answer)
    } catch (error) {
      // With a claim the branch itself tells below whether the request arrived.
      if (!(error instanceof LostAnswerError && fields.claim)) throw await this.#parentFault(spec, { doing, error })
    }
    this.#reader.forget(branch)
    const seen = await this.#reader.wait(doing, async () => {
      const fresh = await this.#reader.lookUp(branch.name)
      const stale = fields.claim && fresh && !isOfBuild(fresh.branch, spec)
      return !fresh || stale ? { waitingFor: 'the platform still shows what was before' } : { ready: fresh }
    })
    return this.#finish(seen, spec)
  }

  /** Waits until the branch can be used, and does what is ours to do in it. */
  async #finish(made: Seen, spec: BranchSpec): Promise<Made> {
    const { branch: fields, create, platform } = this.#description
    spec.onMade?.(made.branch.id)
    const { branch } = await this.#reader.untilReady(made)
    if (fields.claim && !isOfBuild(branch, spec)) {
      throw new ProviderError(
        `Claiming "${spec.name}" failed: what "branch.claim" reads on ${platform} is not what {claim} wrote. Use a field that keeps 500 characters, and delete the branch on the platform.`,
      )
    }
    if (!needsMark(this.#description, spec.dataPolicy)) return { branch, notes: [] }
    const work = { branch, spec, ledgers: create.sql.has('ledgers') }
    const notes = await workInSql(this.#ports.database, this.#reader, work)
    return { branch: fields.claim ? branch : { ...branch, claim: { kind: 'claim', claim: spec.claim } }, notes }
  }

  async #valuesOf({ name, parent, claim, dataPolicy }: BranchSpec, doing: string): Promise<Values> {
    const { create, reset } = this.#description
    const byId = create.request.uses.has('parent_id') || reset?.request.uses.has('parent_id') === true
    const parentId = byId ? (await this.#reader.parent(parent, doing)).id : undefined
    return {
      name,
      parent,
      pull_request: claim.pullRequest,
      claim: encodeClaim(claim),
      data_policy: dataPolicy,
      ...(parentId !== undefined && { parent_id: parentId }),
    }
  }

  /** The branch that a successful answer speaks of. */
  async #madeBy({ body, failure: { trace } }: Answer, spec: BranchSpec, doing: string): Promise<Seen> {
    const { create } = this.#description
    const told = create.url && readUrl(body, this.#description, { at: create.url, doing, mask: this.#ports.mask })
    const seen = create.branch
      ? readSeen(this.#description, body.follow(create.branch))
      : await this.#reader.wait(doing, async () => {
          const visible = await this.#reader.lookUp(spec.name)
          return visible ? { ready: visible } : { waitingFor: 'the platform does not show it yet' }
        })
    if (seen.branch.name === spec.name) return this.#reader.note(seen, told)
    throw new ProviderError(`${doing} failed: the platform gave it another name (${trace}). Check "branch_name".`)
  }

  /**
   * What stands under the name after an answer that leaves open who made it: our own build, or
   * @throws ConflictError when it is another's, and the given error when there is none.
   */
  async #ownBuild(spec: BranchSpec, otherwise: Error): Promise<Seen> {
    const seen = await this.#reader.lookUp(spec.name)
    if (!seen) throw otherwise
    if (isOfBuild(seen.branch, spec)) return seen
    throw new ConflictError(`"${spec.name}" exists already`)
  }

  /** Many platforms say 400, 404 or 422 of a missing parent: looked at only once something was refused. */
  async #parentFault({ parent }: BranchSpec, { doing, error }: { doing: string; error: unknown }): Promise<unknown> {
    if (!(error instanceof ApiError) || ![400, 404, 422].includes(error.failure.status)) return error
    if (means(this.#description.create.full, error.failure)) return error
    const seen = await this.#reader.lookUp(parent).catch(() => 'unknown' as const)
    if (seen !== undefined) return error
    const { platform } = this.#description
    return new ProviderError(
      `${doing} failed: there is no such branch on ${platform} (${error.failure.trace}). Check "parent_branch".`,
    )
  }

  #full(failure: Failure): Explanation | undefined {
    if (!means(this.#description.create.full, failure)) return undefined
    const why = `the quota of branches on ${this.#description.platform} is used up`
    return { why, advice: 'Delete branches there, or run this action with mode "cleanup".' }
  }
}

/** Whoever has the URL would see the rows that come back until we are done with them. */
function refuseVisibleRows(doing: string, spec: BranchSpec): void {
  if (workOnRows(spec) === 'nothing') return
  throw new RefusedError(
    `${doing} refused: the platform would bring the parent's rows back under the URL that was handed out, before they could be removed or masked. Close and reopen the pull request, or use on_synchronize "reuse". Nothing was changed.`,
  )
}

function isOfBuild({ claim }: Branch, spec: BranchSpec): boolean {
  return claim.kind === 'claim' && claim.claim.build === spec.claim.build && claim.claim.branch === spec.name
}

function taken(doing: string, { failure }: Answer): ConflictError {
  return new ConflictError(
    `${doing} failed: the platform says that the name is taken, but shows no such branch (${failure.trace}). Look at it on the platform and run the job again.`,
  )
}

/** A success that the description does not know may mean anything. */
function unnamed(doing: string, key: string, { failure }: Answer): ProviderError {
  return new ProviderError(
    `${doing} failed: nobody knows what the answer means (${failure.trace}). Add its status to "${key}" in "rest_config".`,
  )
}
