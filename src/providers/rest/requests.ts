import { ProviderError } from '../../errors.js'
import { type Answer, type Api, openApi, type Request } from '../../http/api.js'
import { waitFor } from '../../http/wait.js'
import type { PlatformAccount, PlatformPorts } from '../../ports.js'
import { Secret } from '../../secret.js'
import { means } from './fields.js'
import type { Description, Meaning, RequestTemplate } from './model.js'
import { fill, type Values } from './template.js'

/** What makes a request out of a template, and how its answer is taken. */
export interface Order {
  /** The beginning of the sentence when it fails. */
  readonly doing: string
  readonly values?: Values
  /** Failing answers that mean something to this request. */
  readonly accept?: readonly Meaning[]
  readonly explain?: Request['explain']
  /** Query parameters beside those of the template. */
  readonly more?: Readonly<Record<string, string>>
}

/** Milliseconds between two tries while the platform is busy, and until they are given up. */
const tryAgain = 5000
const busyFor = 10 * 60_000

/** Sends the requests of one description, each to its address and no other. */
export class Requests {
  readonly #api: Api
  readonly #origin: string
  readonly #base: string
  readonly #values: Values
  readonly #description: Description
  readonly #ports: PlatformPorts

  constructor(description: Description, account: PlatformAccount, ports: PlatformPorts) {
    const { origin, pathname } = new URL(description.address)
    const { organization, project, database, role, region } = account
    const { auth, locked, platform } = description
    this.#origin = origin
    this.#base = pathname.replace(/\/$/, '')
    this.#description = description
    this.#ports = ports
    this.#values = { organization, project, database, role, region, repository: ports.repository }
    // A function as replacement: a key with `$&` in it stays what it is.
    const header = auth && new Secret(auth.value.replace('{api_key}', () => account.apiKey.reveal()))
    if (header) ports.mask(header)
    this.#api = openApi({
      platform,
      baseUrl: origin,
      fetch: ports.fetch,
      clock: ports.clock,
      signal: ports.signal,
      headers: auth && header ? { [auth.header]: header } : {},
      policy: { untouched: locked },
    })
  }

  /** Waits as long as the platform says that it is busy and did nothing. */
  async send(template: RequestTemplate, order: Order): Promise<Answer> {
    const { path, query, body } = fill(template, { ...this.#values, ...order.values })
    const { locked, platform } = this.#description
    const busy = locked.map((status) => ({ status }))
    const request = {
      doing: order.doing,
      query: { ...query, ...order.more },
      body,
      accept: (failure: Answer['failure']) => means([...busy, ...(order.accept ?? [])], failure),
      ...(order.explain && { explain: order.explain }),
    }
    const { clock, info } = this.#ports
    return waitFor({ what: order.doing, every: tryAgain, deadline: busyFor, clock, info }, async () => {
      const answer = await this.#api.send(template.method, this.#base + path, request)
      const waits = locked.includes(answer.status)
      return waits ? { waitingFor: `${platform} is busy (${answer.failure.trace})` } : { ready: answer }
    })
  }

  /** Path and query of a page that an answer names. @throws ProviderError when it is on another server. */
  placeOf(next: string, { after, doing }: { after: string; doing: string }): string {
    const from = new URL(after, this.#origin)
    const url = URL.canParse(next, from.href) ? new URL(next, from) : undefined
    if (url?.origin === this.#origin && url.username === '' && url.password === '') return url.pathname + url.search
    const { platform } = this.#description
    throw new ProviderError(
      `${doing} failed: ${platform} names a next page at ${url ? url.host || 'another place' : 'no address'}, and a key is never sent elsewhere. Check "paging" in "rest_config".`,
    )
  }

  /** A page by the place that the page before it named. */
  follow(place: string, doing: string): Promise<Answer> {
    return this.#api.send('GET', place, { doing })
  }

  /** Path and query of the first page, for what later pages are relative to. */
  firstPlace(template: RequestTemplate, values: Values): string {
    const { path, query } = fill(template, { ...this.#values, ...values })
    const search = new URLSearchParams(query).toString()
    return `${this.#base}${path}${search === '' ? '' : `?${search}`}`
  }
}
