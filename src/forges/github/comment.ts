import { createHash } from 'node:crypto'
import { CancelledError, ForgeError, messageOf, RedirectError } from '../../errors.js'
import { explain, type GitHubClient } from './client.js'

export interface CommentOrder {
  readonly pullRequest: number
  /** What tells this comment from those of other databases: `commentKey` of it stands hidden in its first line. */
  readonly database: { readonly repository: number; readonly template: string }
  /** `<run id>.<attempt>`: a run never replaces what a later one wrote. */
  readonly run: string
  readonly untrusted: 'fork' | 'dependabot' | undefined
}

export type CommentOutcome =
  | { readonly status: 'created' | 'updated' | 'unchanged' | 'superseded' | 'absent' }
  /** One sentence; a comment never fails a run. */
  | { readonly status: 'not written'; readonly warning: string }

interface Comment {
  readonly id: number
  readonly body: string
}

/** GitHub's largest page. */
const pageSize = 100
/** Source: GitHub answers 422 "Body is too long (maximum is 65536 characters)". */
const longestBody = 65_536

/** Over the last report of a branch that is gone: what the migration did is worth reading after the merge. */
const farewell = '🧹 **The pull request is closed and its database branch removed.** This was the last report.'

/**
 * Writes the one comment of this database on the pull request: edits ours in place, or makes it when there is none. Ours
 * is whose first line is our marker and whose author is the token's own account, on any page. When two runs make one at
 * the same time, the older comment stays, with the newer run's text.
 * https://docs.github.com/rest/issues/comments (needs Pull requests: write)
 */
export async function stickyComment(client: GitHubClient, order: CommentOrder, body: string): Promise<CommentOutcome> {
  const text = `${markerOf(order)}\n${body}`
  return warned(order, async () => {
    const found = await ourComments(client, order)
    if (found.length > 0) return settle(client, { found, text })
    const fault = await post(client, order, text)
    const made = await ourComments(client, order)
    if (made.length === 0 && fault !== undefined) throw fault
    if (made.length > 0) await settle(client, { found: made, text })
    return 'created'
  })
}

/** Says in our comment, where there is one, that the branch is gone; the last report stays under it. */
export async function withdrawComment(client: GitHubClient, order: CommentOrder): Promise<CommentOutcome> {
  return warned(order, async () => {
    const found = await ourComments(client, order)
    const [keep] = found
    if (keep === undefined) return 'absent'
    const report = contentOf(keep)
    if (report.startsWith(farewell)) return 'unchanged'
    const whole = `${markerOf(order)}\n${farewell}\n\n${report}`
    const text = whole.length <= longestBody ? whole : `${markerOf(order)}\n${farewell}`
    return settle(client, { found, text })
  })
}

/** A hash, because a template may hold what would end an HTML comment. */
function commentKey({ repository, template }: CommentOrder['database']): string {
  return createHash('sha256').update(`${repository}\n${template}`).digest('hex').slice(0, 16)
}

function markerStart({ database }: CommentOrder): string {
  return `<!-- db-branch-action report=${commentKey(database)} run=`
}

function markerOf(order: CommentOrder): string {
  return `${markerStart(order)}${/^\d+\.\d+$/.test(order.run) ? order.run : '0.0'} -->`
}

function contentOf({ body }: Pick<Comment, 'body'>): string {
  return body.slice(body.indexOf('\n') + 1)
}

/** The oldest stays and gets the text of the latest run; the others go. */
async function settle(
  client: GitHubClient,
  { found, text }: { found: readonly Comment[]; text: string },
): Promise<'updated' | 'unchanged' | 'superseded'> {
  const [keep, ...others] = found
  if (keep === undefined) return 'unchanged'
  const latest = found.reduce((one, other) => (isLater(other.body, one.body) ? other : one))
  const superseded = isLater(latest.body, text)
  const wanted = superseded ? latest.body : text
  const differs = contentOf(keep) !== contentOf({ body: wanted })
  if (differs) await update(client, keep.id, wanted)
  for (const { id } of others) await remove(client, id)
  if (superseded) return 'superseded'
  return differs ? 'updated' : 'unchanged'
}

function isLater(one: string, other: string): boolean {
  const [run, attempt] = runOf(one)
  const [otherRun, otherAttempt] = runOf(other)
  return run > otherRun || (run === otherRun && attempt > otherAttempt)
}

function runOf(body: string): readonly [run: number, attempt: number] {
  const [, run, attempt] = /^<!-- [^\n]* run=(\d+)\.(\d+) -->/.exec(body) ?? []
  return [Number(run ?? 0), Number(attempt ?? 0)]
}

/** Oldest first. */
async function ourComments(client: GitHubClient, order: CommentOrder): Promise<Comment[]> {
  const { rest, repo } = client
  const start = markerStart(order)
  const marked: (Comment & { readonly author: string })[] = []
  const seen = new Set<unknown>()
  for (let page = 1; ; page++) {
    const call = { ...repo, issue_number: order.pullRequest, per_page: pageSize, page }
    const { data } = await rest.issues.listComments(call)
    if (!Array.isArray(data)) throw new ForgeError('GitHub sent a page of comments that is none')
    for (const { id, body, user } of data as { id?: unknown; body?: unknown; user?: { login?: unknown } | null }[]) {
      // A page that comes twice would make our comment look like two, of which one goes; and never end.
      if (seen.has(id)) throw new ForgeError('GitHub sent the same page of comments twice')
      seen.add(id)
      if (typeof id !== 'number' || typeof body !== 'string' || !body.startsWith(start)) continue
      if (typeof user?.login === 'string') marked.push({ id, body: withoutReturns(body), author: user.login })
    }
    if (data.length < pageSize) break
  }
  if (marked.length === 0) return []
  const login = await ownLogin(client)
  return marked.filter(({ author }) => author === login).sort((a, b) => a.id - b.id)
}

/** GitHub's web editor ends lines with both. */
function withoutReturns(body: string): string {
  return body.replaceAll('\r\n', '\n')
}

/** Works for every kind of token, where GET /user refuses those of Apps and workflows. */
async function ownLogin({ query }: GitHubClient): Promise<string> {
  const answer = (await query('query { viewer { login } }', {})) as { viewer?: { login?: unknown } } | undefined
  const login = answer?.viewer?.login
  if (typeof login !== 'string' || login === '') throw new ForgeError('GitHub does not say whose the token is')
  return login
}

/** A fault is told when nobody knows whether the comment was made; the next look at the list shows it. */
async function post(
  { rest, repo }: GitHubClient,
  { pullRequest }: CommentOrder,
  body: string,
): Promise<Error | undefined> {
  try {
    await rest.issues.createComment({ ...repo, issue_number: pullRequest, body })
    return undefined
  } catch (error) {
    if (!isLost(error)) throw error
    return error as Error
  }
}

/** The same text twice is the same comment, so an answer that was lost is asked for again. */
async function update({ rest, repo }: GitHubClient, id: number, body: string): Promise<void> {
  const call = { ...repo, comment_id: id, body }
  try {
    await rest.issues.updateComment(call)
  } catch (error) {
    if (!isLost(error)) throw error
    await rest.issues.updateComment(call)
  }
}

async function remove({ rest, repo }: GitHubClient, id: number): Promise<void> {
  try {
    await rest.issues.deleteComment({ ...repo, comment_id: id })
  } catch (error) {
    // The other run was faster.
    if (explain(error).status !== 404) throw error
  }
}

function isLost(error: unknown): boolean {
  if (error instanceof CancelledError || error instanceof RedirectError) return false
  const { status } = explain(error)
  return status === undefined || status >= 500
}

async function warned(
  order: CommentOrder,
  work: () => Promise<Exclude<CommentOutcome['status'], 'not written'>>,
): Promise<CommentOutcome> {
  try {
    return { status: await work() }
  } catch (error) {
    if (error instanceof CancelledError) throw error
    return { status: 'not written', warning: sentence(order, error) }
  }
}

function sentence({ pullRequest, untrusted }: CommentOrder, error: unknown): string {
  const ours = error instanceof ForgeError || error instanceof RedirectError
  const { status, text } = ours ? { status: undefined, text: messageOf(error) } : explain(error)
  const what = `The comment on pull request #${pullRequest} was not written: ${text}.`
  const where = 'The step summary holds the report.'
  const denied = status === 404 || (status === 403 && text.includes('Resource not accessible'))
  if (!denied) return `${what} ${where}`
  return untrusted === undefined
    ? `${what} Give the job "permissions: pull-requests: write". ${where}`
    : `${what} A pull request from ${untrusted === 'fork' ? 'a fork' : 'Dependabot'} gets a token that may only read. ${where}`
}
