import { type Api, type Failure, type Explanation, LostAnswerError, openApi, path } from '../http/api.js'
import { ProviderError } from '../errors.js'
import type { Fetch } from '../http.js'
import type { Shape } from '../http/shape.js'
import type { Clock, Connection, LastingSink, UrlMark } from '../ports.js'
import { Secret } from '../secret.js'

export interface VercelProject {
  readonly token: Secret
  /** Id or name of the project. */
  readonly project: string
  /** Id of the team; empty for a personal account. */
  readonly team: string
  readonly apiUrl: string
}

export interface VercelTarget {
  /** Name of the variable. */
  readonly variable: string
  /** Numeric repository id. */
  readonly repository: number
  readonly pullRequest: number
  /** Name of the database branch. */
  readonly branch: string
  /** The pull request's git branch; undefined where the run does not know it, and then no variable is made, only renewed. */
  readonly gitBranch: string | undefined
  /** Undefined: nobody can tell whether Vercel holds the URL already, and it is written each time. */
  readonly mark: UrlMark | undefined
}

interface VercelPorts {
  readonly fetch: Fetch
  readonly clock: Clock
  readonly signal: AbortSignal
}

interface Variable {
  readonly id: string
  readonly key: string
  readonly gitBranch: string | undefined
  readonly comment: string
}

/**
 * The URL as a preview variable of the pull request's git branch, for what Vercel builds of it. The comment of a variable
 * says that this action made it, and for which branch; no other variable is ever touched.
 * Source: Vercel's published description, operations filterProjectEnvs, createProjectEnv, editProjectEnv and
 * removeProjectEnv; https://vercel.com/docs/rest-api/reference/endpoints/projects
 */
export function vercelSink(at: VercelProject, target: VercelTarget, ports: VercelPorts): LastingSink {
  const api = openVercel(at, ports)
  const query = at.team === '' ? {} : { teamId: at.team }
  const variables = path`/v10/projects/${at.project}/env`
  const claim = claimText(target)

  async function ours(): Promise<Variable[]> {
    const { body } = await api.send('GET', variables, {
      doing: `Reading the variables of Vercel project "${at.project}"`,
      query,
    })
    if (body.follow(['pagination', 'next']).exists) {
      throw new ProviderError('Vercel listed only some of the variables of the project. Nothing was changed there.')
    }
    return body
      .at('envs')
      .items.map(variableOf)
      .filter(({ comment }) => isClaim(comment, claim))
  }

  async function write(seen: readonly Variable[], { key, url }: { key: string; url: Secret }): Promise<void> {
    const { gitBranch, mark } = target
    const known = seen.find(
      (variable) => variable.key === key && (gitBranch ?? variable.gitBranch) === variable.gitBranch,
    )
    const place = JSON.stringify([at.project, key, known?.gitBranch ?? gitBranch])
    const comment = mark ? `${claim} url ${mark(url, place)}` : claim
    const doing = `Writing Vercel variable "${key}"`
    const value = url.reveal()
    if (known) {
      if (mark && known.comment === comment) return
      const one = path`/v9/projects/${at.project}/env/${known.id}`
      await api.send('PATCH', one, { doing, query, body: { value, comment } })
    } else if (gitBranch !== undefined) {
      const body = { key, value, type: 'sensitive', target: ['preview'], gitBranch, comment }
      const call = { doing, query, body, explain: explainConflict(key, gitBranch) }
      const { body: answer } = await api.send('POST', variables, call)
      // Several at once would be told one by one; of one, too, a success may hold the failure.
      const failed = answer.follow(['failed'])
      if (!failed.exists || failed.items.length === 0) return
      const { why, advice } = explainRefusal(failed.items[0]!.follow(['error', 'code']).maybeText, { key, gitBranch })
      throw new ProviderError(`${doing} failed: ${why}. ${advice}`)
    }
  }

  return {
    name: `preview variable ${target.variable} of Vercel project ${at.project}`,
    async publish(connection) {
      await twice(async () => {
        const seen = await ours()
        for (const each of urlsOf(target.variable, connection)) await write(seen, each)
        // The pull request may have moved to another git branch, or the pooler may be gone.
        const names = new Set(urlsOf(target.variable, connection).map(({ key }) => key))
        for (const variable of seen) if (isStale(variable, target, names)) await remove(variable)
      })
    },
    async withdraw() {
      const found = await ours()
      for (const variable of found) await remove(variable)
      return found.length === 0 ? 'absent' : 'removed'
    },
  }

  async function remove({ id, key }: Variable): Promise<void> {
    const doing = `Removing Vercel variable "${key}"`
    await api.send('DELETE', path`/v9/projects/${at.project}/env/${id}`, { doing, query, accept: [404] })
  }
}

/** Reads everything again after an answer was lost: what had been done all the same is then found. */
async function twice(body: () => Promise<void>): Promise<void> {
  try {
    await body()
  } catch (error) {
    if (!(error instanceof LostAnswerError)) throw error
    await body()
  }
}

function isStale({ key, gitBranch }: Variable, target: VercelTarget, names: ReadonlySet<string>): boolean {
  return !names.has(key) || (target.gitBranch !== undefined && gitBranch !== target.gitBranch)
}

/** Both URLs of a branch, where its platform has a pooler. */
function urlsOf(variable: string, { url, pooledUrl }: Connection): { key: string; url: Secret }[] {
  return [{ key: variable, url }, ...(pooledUrl ? [{ key: `${variable}_POOLED`, url: pooledUrl }] : [])]
}

/** At most 500 characters go into a comment; a branch name has at most 63. */
function claimText({ repository, pullRequest, branch, variable }: VercelTarget): string {
  return `db-branch-action/1 repository ${repository} pull request ${pullRequest} branch ${branch} as ${variable}`
}

function isClaim(comment: string, claim: string): boolean {
  return (
    comment === claim || (comment.startsWith(`${claim} url `) && /^[0-9a-f]{32}$/.test(comment.slice(claim.length + 5)))
  )
}

function variableOf(shape: Shape): Variable {
  return {
    id: shape.at('id').maybeText ?? '',
    key: shape.at('key').text,
    gitBranch: shape.at('gitBranch').maybeText,
    comment: shape.at('comment').maybeText ?? '',
  }
}

function openVercel({ token, apiUrl }: VercelProject, { fetch, clock, signal }: VercelPorts): Api {
  return openApi({
    platform: 'Vercel',
    baseUrl: apiUrl,
    fetch,
    clock,
    signal,
    headers: { authorization: new Secret(`Bearer ${token.reveal()}`) },
    explain,
  })
}

function explain({ status }: Failure): Explanation | undefined {
  if (status === 401 || status === 403) {
    return {
      why: 'Vercel does not let this token at the project',
      advice: 'Check "vercel_token", that it may write the project\'s environment variables, and "vercel_team".',
    }
  }
  if (status === 404) {
    return { why: 'Vercel does not find the project', advice: 'Check "vercel_project" and "vercel_team".' }
  }
  return status < 500 && status !== 429 ? { why: 'Vercel refused', advice: 'Check the "vercel_" inputs.' } : undefined
}

function explainConflict(key: string, gitBranch: string) {
  return ({ code }: Failure) => (code === 'ENV_CONFLICT' ? explainRefusal(code, { key, gitBranch }) : undefined)
}

/** A variable of somebody else is never overwritten: it was set for a reason. */
function explainRefusal(code: string | undefined, { key, gitBranch }: { key: string; gitBranch: string }): Explanation {
  if (code !== 'ENV_CONFLICT') return { why: 'Vercel refused', advice: 'Check the "vercel_" inputs.' }
  return {
    why: `the project has a variable "${key}" for previews of "${gitBranch}" that this action did not make`,
    advice: 'Remove it, or choose another "secret_name".',
  }
}
