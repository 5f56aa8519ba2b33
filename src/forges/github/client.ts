import { defaults, getOctokitOptions } from '@actions/github/lib/utils'
import { Octokit } from '@octokit/rest'
import { CancelledError, RedirectError } from '../../errors.js'
import { defaultHttpPolicy, guardedFetch, placeOf } from '../../http.js'
import type { Clock } from '../../ports.js'
import type { Secret } from '../../secret.js'

export interface GitHubOptions {
  readonly token: Secret
  readonly owner: string
  readonly repository: string
  readonly clock: Clock
  readonly signal: AbortSignal
}

export interface GitHubClient {
  readonly rest: Octokit['rest']
  /** A GraphQL query; never a mutation, because it is repeated like a GET. */
  readonly query: (text: string, variables: Record<string, unknown>) => Promise<unknown>
  /** Fills in owner and repo of every call. */
  readonly repo: { readonly owner: string; readonly repo: string }
}

/** The toolkit knows API address and proxy of this runner; redirects, deadlines and retries are ours. */
export function githubClient({ token, owner, repository, clock, signal }: GitHubOptions): GitHubClient {
  const viaProxy = defaults.request?.fetch as typeof globalThis.fetch
  const fetch = guardedFetch(viaProxy, { clock, signal })
  const quiet = { debug() {}, info() {}, warn() {}, error() {} }
  const octokit = new Octokit({
    ...getOctokitOptions(token.reveal()),
    ...(defaults.baseUrl !== undefined && { baseUrl: defaults.baseUrl }),
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
  const repeat = guardedFetch(viaProxy, { clock, signal }, { ...defaultHttpPolicy, repeatsPost: true })
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
  const { status, message, request, response } = error as {
    status?: number
    message?: string
    request?: { method?: string; url?: string }
    response?: { headers?: Record<string, string | undefined>; data?: unknown }
  }
  const answered = response !== undefined
  const place = request?.url ? `${request.method ?? 'GET'} ${placeOf(request.url)}` : 'request to GitHub'
  const said = answered ? `${status} ${saidBy(response.data)}`.trim() : (message ?? 'no answer')
  const id = response?.headers?.['x-github-request-id']
  return {
    status: answered ? status : undefined,
    text: `${place}: ${said}${id ? ` (request ${id})` : ''}`,
    acceptedPermissions: response?.headers?.['x-accepted-github-permissions'],
  }
}

/** GitHub's own one-line message; anything else, such as an HTML page, is left out. */
function saidBy(data: unknown): string {
  const message = typeof data === 'object' && data !== null ? (data as { message?: unknown }).message : undefined
  return typeof message === 'string' ? message.slice(0, 200) : ''
}
