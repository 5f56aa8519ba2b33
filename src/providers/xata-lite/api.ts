import type { CreateBranchRequestBody, CreateBranchResponse, Schemas } from '@xata.io/client'
import { type Api, ApiError, type Explanation, type Failure, openApi, path } from '../../http/api.js'
import type { Shape } from '../../http/shape.js'
import type { PlatformAccount, PlatformPorts } from '../../ports.js'
import { Secret } from '../../secret.js'

type Metadata = Schemas.BranchMetadata

/** What of a branch's details is used. Types of requests and answers: npm `@xata.io/client` 0.30.1. */
export interface Details extends Pick<Schemas.DBBranch, 'id' | 'createdAt'> {
  readonly name: string
  /** `active`, or what a move to another cluster is at. */
  readonly state: string
  readonly labels: readonly string[]
}

export type CreationStatus = CreateBranchResponse['status']

/** The branches of one database, on the data plane of its workspace. */
export class XataLiteBranches {
  readonly #api: Api
  readonly #database: string

  constructor(account: PlatformAccount, ports: PlatformPorts) {
    this.#database = account.database
    this.#api = openApi({
      platform: 'Xata Lite',
      baseUrl: account.apiUrl,
      fetch: ports.fetch,
      clock: ports.clock,
      signal: ports.signal,
      headers: { authorization: new Secret(`Bearer ${account.apiKey.reveal()}`) },
      policy: { untouched: [423] },
      explain: (failure) => explain(failure, account),
    })
  }

  /** The names of all: the endpoint has no pages. */
  async names(): Promise<string[]> {
    const { body } = await this.#api.send('GET', path`/dbs/${this.#database}`, { doing: 'Listing branches' })
    return body.at('branches').items.map((branch) => branch.at('name').text)
  }

  /** Undefined for 404, which a database that is not there gives, too. */
  async details(name: string): Promise<Details | undefined> {
    const accept = [404]
    const { status, body } = await this.#api.send('GET', this.#at(name), { doing: `Reading "${name}"`, accept })
    return status === 404 ? undefined : detailsOf(body)
  }

  /** The branch has its labels from the moment it exists. */
  async create(order: { name: string; parent: string; labels: string[] }): Promise<CreationStatus> {
    const { name, parent, labels } = order
    const request: CreateBranchRequestBody = { from: parent, metadata: { labels } }
    const doing = `Creating "${name}" from "${parent}"`
    const { body } = await this.#api.send('PUT', this.#at(name), { doing, body: request })
    const status = body.at('status').text
    return status === 'completed' || status === 'failed' ? status : 'pending'
  }

  async label(name: string, labels: string[]): Promise<void> {
    const metadata: Metadata = { labels }
    const doing = `Marking "${name}" as finished`
    await this.#api.send('PUT', `${this.#at(name)}/metadata`, { doing, body: metadata })
  }

  /** `locked` asks to come again. */
  async delete(name: string): Promise<'deleted' | 'absent' | 'locked'> {
    const accept = [404, 409]
    const { status } = await this.#api.send('DELETE', this.#at(name), { doing: `Deleting "${name}"`, accept })
    return status === 404 ? 'absent' : status === 409 ? 'locked' : 'deleted'
  }

  /** The vendor's own client leaves the colon as it is. */
  #at(branch: string): string {
    return path`/db/${this.#database}:${branch}`
  }
}

/** A refusal that can mean that the name is taken: which status that has is documented nowhere. */
export function mayMeanTaken(error: unknown): boolean {
  return error instanceof ApiError && [400, 409, 422, 423].includes(error.failure.status)
}

/** A refusal that can mean that the parent is not there. */
export function mayMeanNoParent(error: unknown): boolean {
  return error instanceof ApiError && [400, 404, 422].includes(error.failure.status)
}

function detailsOf(body: Shape): Details {
  const metadata = body.at('metadata')
  const labels = metadata.exists ? metadata.at('labels') : undefined
  return {
    id: body.at('id').text,
    name: body.at('branchName').text,
    createdAt: body.at('createdAt').text,
    state: body.at('state').maybeText ?? 'active',
    labels: labels?.exists ? labels.items.flatMap((label) => label.maybeText ?? []) : [],
  }
}

function explain({ status }: Failure, { organization, database }: PlatformAccount): Explanation | undefined {
  if (status === 404) {
    return {
      why: `workspace "${organization}" has no database "${database}"`,
      advice: 'Check "organization", "region" and "database".',
    }
  }
  if (status === 423) {
    return {
      why: `database "${database}" is locked, or has as many branches as it may have`,
      advice: 'Delete branches, for example with mode "cleanup", or run the job again later.',
    }
  }
  return undefined
}
