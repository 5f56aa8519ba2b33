import { ProviderError } from '../../errors.js'
import { type Api, ApiError, type Explanation, type Failure, openApi, path } from '../../http/api.js'
import type { Shape } from '../../http/shape.js'
import type { PlatformAccount, PlatformPorts } from '../../ports.js'
import { Secret } from '../../secret.js'

/** A branch as the listing has it. */
export interface Listed {
  readonly id: string
  readonly name: string
  /** Undefined for a root of the project. */
  readonly parentId: string | undefined
  readonly createdAt: string
  /** The server whose source is published leaves it out of its listing. */
  readonly description: string | undefined
}

export interface Described extends Listed {
  /** `HEALTHY`, `TRANSIENT`, `FAULT`, `HIBERNATED` or `UNSPECIFIED`. */
  readonly state: string
  /** Holds a login. Null at first; the newer API says that it is deprecated. */
  readonly connectionString: Secret | undefined
}

export interface Login {
  readonly username: string
  readonly password: Secret
  /** Where to log in, from the newer API. */
  readonly place: { readonly host: string; readonly port: number; readonly database: string } | undefined
}

/** What of a branch can be changed. */
export interface Change {
  readonly name?: string
  readonly description?: string
  readonly hibernate?: boolean
}

/**
 * The branches of one project. Requests and answers: https://xata.io/docs/api and `openapi/gen/openapi.json` of
 * https://github.com/xataio/xata, whose server's source tells the rest.
 */
export class XataBranches {
  readonly #api: Api
  readonly #place: string
  readonly #mask: (secret: Secret) => void

  constructor(account: PlatformAccount, ports: PlatformPorts) {
    this.#mask = ports.mask
    this.#place = path`/organizations/${account.organization}/projects/${account.project}/branches`
    this.#api = openApi({
      platform: 'Xata',
      baseUrl: account.apiUrl,
      fetch: ports.fetch,
      clock: ports.clock,
      signal: ports.signal,
      headers: { authorization: new Secret(`Bearer ${account.apiKey.reveal()}`) },
      // With 503 the server refuses before it does anything; with a POST whose first try did count, the name is taken.
      policy: { untouched: [503] },
      explain: (failure) => explain(failure, account),
    })
  }

  /** All of them: the endpoint has no pages. */
  async list(): Promise<Listed[]> {
    const { body } = await this.#api.send('GET', this.#place, { doing: 'Listing branches' })
    return body.at('branches').items.map(listed)
  }

  /** Undefined when it is gone. */
  async describe({ id, name }: Pick<Listed, 'id' | 'name'>): Promise<Described | undefined> {
    const body = await unlessGone(async () => {
      return (await this.#api.send('GET', this.#at(id), { doing: `Reading "${name}"` })).body
    })
    if (!body) return undefined
    const state = body.at('status').at('statusType').text.replace('STATUS_TYPE_', '')
    const text = body.at('connectionString').maybeText
    const connectionString = text === undefined ? undefined : new Secret(text)
    return { ...listed(body), state, connectionString }
  }

  async create(order: { name: string; parentId: string; description: string; doing: string }): Promise<Listed> {
    const { name, parentId, description, doing } = order
    const body = { name, mode: 'inherit', parentID: parentId, description }
    return listed((await this.#api.send('POST', this.#place, { doing, body })).body)
  }

  async change(id: string, change: Change, doing: string): Promise<Listed> {
    return listed((await this.#api.send('PATCH', this.#at(id), { doing, body: change })).body)
  }

  async delete({ id, name }: Pick<Listed, 'id' | 'name'>): Promise<'deleted' | 'absent'> {
    const gone = await unlessGone(() => this.#api.send('DELETE', this.#at(id), { doing: `Deleting "${name}"` }))
    return gone ? 'deleted' : 'absent'
  }

  /** Undefined as long as the branch has none. */
  async login({ id, name }: Pick<Listed, 'id' | 'name'>): Promise<Login | undefined> {
    const query = { username: 'xata' }
    const doing = `Reading the login of "${name}"`
    const body = await unlessGone(
      async () => (await this.#api.send('GET', `${this.#at(id)}/credentials`, { doing, query })).body,
    )
    if (!body) return undefined
    const password = new Secret(body.at('password').text)
    this.#mask(password)
    const host = body.at('hostname').maybeText
    const place =
      host === undefined ? undefined : { host, port: body.at('port').number, database: body.at('dbname').text }
    return { username: body.at('username').text, password, place }
  }

  #at(id: string): string {
    return this.#place + path`/${id}`
  }
}

/** `Branch [id]: not found`, `branch [id] not found`, `Credentials for username [xata] on branch [id]: not found`. */
export function saysGone(error: unknown): boolean {
  return (
    error instanceof ApiError && error.failure.status === 404 && /\bbranch \[.*\]:? not found/i.test(error.failure.said)
  )
}

/** A name that is taken; the other conflict of the same status asks to try again. */
export function saysTaken(error: unknown): boolean {
  return error instanceof ApiError && error.failure.status === 409 && /already exists/.test(error.failure.said)
}

/** A change that is refused for the moment: somebody else changes the branch, or the platform holds all changes back. */
export function saysLater(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false
  const { status, said } = error.failure
  return (status === 409 && /modified concurrently/.test(said)) || (status === 403 && /temporarily/.test(said))
}

/** Nobody knows whether it was carried out: no answer came, or one that cannot be used. */
export function saysNothing(error: unknown): boolean {
  return error instanceof ProviderError && !(error instanceof ApiError)
}

export function saysParentUnhealthy(error: unknown): boolean {
  return error instanceof ApiError && error.failure.status === 412
}

async function unlessGone<T>(send: () => Promise<T>): Promise<T | undefined> {
  try {
    return await send()
  } catch (error) {
    if (saysGone(error)) return undefined
    throw error
  }
}

function listed(branch: Shape): Listed {
  return {
    id: branch.at('id').text,
    name: branch.at('name').text,
    parentId: branch.at('parentID').maybeText,
    createdAt: branch.at('createdAt').text,
    description: branch.at('description').maybeText,
  }
}

function explain(
  { status, said }: Failure,
  { organization, project }: Pick<PlatformAccount, 'organization' | 'project'>,
): Explanation | undefined {
  if (status === 401 && said.includes('organization')) {
    return {
      why: `the key has no access to organization "${organization}"`,
      advice: 'Check "organization" and "api_key".',
    }
  }
  if (status === 404 && /^project \[/i.test(said)) {
    return { why: `organization "${organization}" has no project "${project}"`, advice: 'Check "project".' }
  }
  if (status === 400 && said.includes('too many branches')) {
    return {
      why: `project "${project}" has as many branches as it may have`,
      advice: 'Delete branches, for example with mode "cleanup", and run the job again.',
    }
  }
  if (status === 400 && /maximum (depth|children)/.test(said)) {
    return { why: 'its parent may have no further child', advice: 'Delete branches or set another "parent_branch".' }
  }
  if (status === 403 && said.includes('disabled')) {
    return { why: `Xata has disabled organization "${organization}"`, advice: 'Check its billing on Xata.' }
  }
  if (status === 403 && said.includes('branch limit')) {
    return {
      why: `organization "${organization}" is new and has as many branches as it may have for now`,
      advice: 'Delete branches, or run the job again in half a day.',
    }
  }
  if (status === 403 && !said.includes('temporarily')) {
    return {
      why: 'the key lacks a scope',
      advice: 'Give "api_key" the scopes branch:read, branch:write and credentials:read.',
    }
  }
  return undefined
}

/** The sentence of a parent that is not there. */
export function noParent({ name, parent }: { name: string; parent: string }, project: string): ProviderError {
  return new ProviderError(
    `Creating "${name}" from "${parent}" failed: there is no such branch in project "${project}". Check "parent_branch".`,
  )
}
