import { Octokit } from '@octokit/rest'
import { CancelledError, RedirectError } from '../../errors.js'
import { defaultHttpPolicy, type Fetch, guardedFetch, placeOf } from '../../http.js'
import type { Clock } from '../../ports.js'
import type { Secret } from '../../secret.js'
import type { endpoints } from './endpoints.js'

export interface GitHubOptions {
  readonly token: Secret
  readonly owner: string
  readonly repository: string
  /** `https://api.github.com`, or that of an enterprise server. */
  readonly apiUrl: string
  /** Goes through the proxy of this runner. */
  readonly fetch: Fetch
  readonly clock: Clock
  readonly signal: AbortSignal
}

type Endpoints = typeof endpoints
type Calls<Scope extends keyof Endpoints> = Pick<
  Octokit['rest'][Scope],
  Extract<Endpoints[Scope][number], keyof Octokit['rest'][Scope]>
>

export interface GitHubClient {
  readonly rest: { readonly [Scope in keyof Endpoints]: Calls<Scope> }
  /** A GraphQL query; never a mutation, because it is repeated like a GET. */
  readonly query: (text: string, variables: Record<string, unknown>) => Promise<unknown>
  /** Fills in owner and repo of every call. */
  readonly repo: { readonly owner: string; readonly repo: string }
}

/** Calls and their paths are Octokit's; redirects, deadlines and retries are ours. */
export function githubClient(options: GitHubOptions): GitHubClient {
  const { token, owner, repository, apiUrl, clock, signal } = options
  const fetch = guardedFetch(options.fetch, { clock, signal })
  const quiet = { debug() {}, info() {}, warn() {}, error() {} }
  const octokit = new Octokit({
    auth: token.reveal(),
    baseUrl: apiUrl,
    log: quiet,
    request: { fetch },
  })
  octokit.hook.before('request', (options) => {
    options.headers['x-github-api-version'] = '2022-11-28'
  })
  // Octokit wraps whatever fetch throws into an error of status 500, which nothing could tell from an answer.
  octokit.hook.error('request', (error) => {
    const { cause } = error
    throw cause instanceof CancelledError || cause instanceof RedirectError ? cause : error
  })
  const repeat = guardedFetch(options.fetch, { clock, signal }, { ...defaultHttpPolicy, repeatsPost: true })
  const query = (text: string, variables: Record<string, unknown>) =>
    octokit.graphql(text, { ...variables, request: { fetch: repeat } })
  return { rest: octokit.rest, query, repo: { owner, repo: repository } }
}

/** What GitHub said, without body and query: `GET host/path: 403 Resource not accessible by integration (request id)`. */
export function explain(error: unknown): {
  status: number | undefined
  text: string
  acceptedPermissions: string | undefined
} {
  const { status, request, response } = error as {
    status?: number
    request?: { method?: string; url?: string }
    response?: { headers?: Record<string, string | undefined>; data?: unknown }
  }
  const answered = response !== undefined
  const place = request?.url ? `${request.method ?? 'GET'} ${placeOf(request.url)}` : 'request to GitHub'
  const said = answered ? `${status} ${saidBy(response.data)}`.trim() : whyOf(error)
  const id = response?.headers?.['x-github-request-id']
  return {
    status: answered ? status : undefined,
    text: `${place}: ${said}${id ? ` (request ${id})` : ''}`,
    acceptedPermissions: response?.headers?.['x-accepted-github-permissions'],
  }
}

/** Octokit hides the reason behind words of its own, and so does fetch: what is innermost says what happened. */
function whyOf(error: unknown): string {
  const { cause, message } = error as { cause?: unknown; message?: string }
  return typeof cause === 'object' && cause !== null ? whyOf(cause) : message || 'no answer'
}

/** GitHub's own one-line message; anything else, such as an HTML page, is left out. */
function saidBy(data: unknown): string {
  const message = typeof data === 'object' && data !== null ? (data as { message?: unknown }).message : undefined
  return typeof message === 'string' ? message.slice(0, 200) : ''
}
