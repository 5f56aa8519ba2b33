import { CancelledError, messageOf, RedirectError } from '../../errors.js'
import { ApiError, type Api, type Explanation, type Failure, openApi } from '../../http/api.js'
import type { Fetch } from '../../http.js'
import type { Clock } from '../../ports.js'
import type { Secret } from '../../secret.js'

export interface GitLabAccess {
  /** Such as `https://gitlab.com/api/v4`. */
  readonly apiUrl: string
  /** Number of the project. */
  readonly project: number
  readonly token: Secret
  readonly fetch: Fetch
  readonly clock: Clock
  readonly signal: AbortSignal
}

/** GitLab's REST interface, for one project. https://docs.gitlab.com/api/rest/ */
export interface GitLabClient {
  readonly api: Api
  /** Number of the project, as it stands in a path. */
  readonly project: string
  /** What the requests so far came to. */
  readonly budget: Budget
}

interface Budget {
  requests: number
  /** Of this minute, as GitLab last said; undefined where it sets no limit. */
  remaining: number | undefined
}

/** A personal, group or project access token goes by this header; a job token has none of the rights that are needed. */
export function gitlabClient({ apiUrl, project, token, fetch, clock, signal }: GitLabAccess): GitLabClient {
  const budget: Budget = { requests: 0, remaining: undefined }
  const counted: Fetch = async (url, init) => {
    budget.requests += 1
    const response = await fetch(url, init)
    const left = response.headers.get('ratelimit-remaining')
    if (left !== null && /^\d+$/.test(left)) budget.remaining = Number(left)
    return response
  }
  const api = openApi({
    platform: 'GitLab',
    baseUrl: apiUrl,
    fetch: counted,
    clock,
    signal,
    headers: { 'private-token': token },
    explain,
  })
  return { api, project: String(project), budget }
}

/** GitLab says 404 for what a token must not see, and 403 for what it may see and not do. */
function explain({ status }: Failure): Explanation | undefined {
  if (status === 401) return { why: 'GitLab does not know the token', advice: 'Check that it is not expired.' }
  if (status === 403 || status === 404) {
    const why = status === 403 ? 'the token may not do this on GitLab' : 'GitLab does not find it'
    return { why, advice: 'Check the role, the scopes and the project of the token.' }
  }
  if (status === 429) return { why: 'the rate limit of GitLab is used up', advice: 'Run the job again later.' }
  return status >= 500 ? { why: 'GitLab is out of order', advice: 'Run the job again later.' } : undefined
}

/** Why a fact could not be read, as part of a sentence. @throws what ends the run. */
export function whyNot(error: unknown): string {
  if (error instanceof CancelledError) throw error
  if (error instanceof RedirectError) return error.message
  if (error instanceof ApiError) return error.failure.trace
  return messageOf(error).replace(/\.$/, '')
}
