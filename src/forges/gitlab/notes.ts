import { createHash } from 'node:crypto'
import { CancelledError, ForgeError } from '../../errors.js'
import { path } from '../../http/api.js'
import type { CommentPlace, ReportComment } from '../../ports.js'
import { type GitLabClient, whyNot } from './api.js'
import { everyItem } from './pages.js'

interface Note {
  readonly id: string
  readonly body: string
}

/** Over the last report of a branch that is gone: what the migration did is worth reading after the merge. */
const farewell = '🧹 **The merge request is closed and its database branch removed.** This was the last report.'

/**
 * The one note of ours about a database on the merge request: edited in place, made when there is none. Ours is whose
 * first line is our marker and whose author is the token's own user. When two runs make one at the same time, the older
 * note stays, with the newer run's text.
 * https://docs.gitlab.com/api/notes/#merge-requests (role Reporter, scope api)
 */
export function reportNotes(client: GitLabClient): ReportComment {
  return {
    write: (place, body) =>
      told(place, async () => {
        const text = `${markerOf(place)}\n${body}`
        if ((await ourNotes(client, place)).length === 0) await post(client, place, text)
        await settle(client, place, text)
      }),
    withdraw: (place) =>
      told(place, async () => {
        const [keep] = await ourNotes(client, place)
        if (!keep || contentOf(keep).startsWith(farewell)) return
        await settle(client, place, `${markerOf(place)}\n${farewell}\n\n${contentOf(keep)}`)
      }),
  }
}

function markerStart({ database: { repository, template } }: CommentPlace): string {
  // A hash, because a template may hold what would end an HTML comment.
  const key = createHash('sha256').update(`${repository}\n${template}`).digest('hex').slice(0, 16)
  return `<!-- db-branch-action report=${key} run=`
}

function markerOf(place: CommentPlace): string {
  return `${markerStart(place)}${/^\d+\.\d+$/.test(place.run) ? place.run : '0.0'} -->`
}

function contentOf({ body }: Pick<Note, 'body'>): string {
  return body.slice(body.indexOf('\n') + 1)
}

/** The oldest stays and gets the text of the latest run; the others go. */
async function settle(client: GitLabClient, place: CommentPlace, text: string): Promise<void> {
  const found = await ourNotes(client, place)
  const [keep, ...others] = found
  if (!keep) throw new ForgeError('GitLab took the note and does not list it')
  const latest = [...found.map(({ body }) => body), text].reduce((one, other) => (isEarlier(other, one) ? one : other))
  if (contentOf(keep) !== contentOf({ body: latest })) {
    const body = { body: latest }
    await client.api.send('PUT', `${notesOf(client, place)}/${keep.id}`, { doing: 'Writing the note', body })
  }
  for (const { id } of others) {
    const doing = 'Deleting a second note'
    // The other run may be faster.
    await client.api.send('DELETE', `${notesOf(client, place)}/${id}`, { doing, accept: [404] })
  }
}

function isEarlier(one: string, other: string): boolean {
  const [run, job] = runOf(one)
  const [otherRun, otherJob] = runOf(other)
  return run < otherRun || (run === otherRun && job < otherJob)
}

function runOf(body: string): readonly [run: number, job: number] {
  const [, run, job] = /^<!-- [^\n]* run=(\d+)\.(\d+) -->/.exec(body) ?? []
  return [Number(run ?? 0), Number(job ?? 0)]
}

function notesOf({ project }: GitLabClient, { pullRequest }: CommentPlace): string {
  return path`/projects/${project}/merge_requests/${String(pullRequest)}/notes`
}

/** Oldest first. */
async function ourNotes(client: GitLabClient, place: CommentPlace): Promise<Note[]> {
  const query = { sort: 'asc', order_by: 'created_at' }
  const items = await everyItem(client, notesOf(client, place), { doing: 'Reading the notes', query })
  const start = markerStart(place)
  const marked = items.filter(
    ({ id, body }) => typeof id === 'number' && typeof body === 'string' && body.startsWith(start),
  )
  if (marked.length === 0) return []
  const { body: user } = await client.api.send('GET', '/user', { doing: 'Reading whose the token is' })
  const own = user.at('id').number
  return marked
    .filter(({ author }) => (author as { id?: unknown } | null)?.id === own)
    .map(({ id, body }) => ({ id: String(id), body: String(body) }))
}

async function post(client: GitLabClient, place: CommentPlace, body: string): Promise<void> {
  await client.api.send('POST', notesOf(client, place), { doing: 'Writing the note', body: { body } })
}

/** One sentence when it fails; a note never fails a run. */
async function told({ pullRequest }: CommentPlace, work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    if (error instanceof CancelledError) throw error
    return `The note on merge request !${pullRequest} was not written: ${whyNot(error)}. "gitlab_token" needs the scope api. The summary holds the report.`
  }
}
