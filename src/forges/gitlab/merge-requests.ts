import type { PullRequestReading } from '../../domain/cleanup-plan.js'
import { type Known, known, unknown } from '../../domain/known.js'
import type { PullRequestFacts } from '../../domain/pull-request.js'
import { path } from '../../http/api.js'
import type { Forge, SweepForge } from '../../ports.js'
import { type GitLabClient, whyNot } from './api.js'
import { everyItem, type Json, nextPage, pageSize } from './pages.js'

/** Merge requests in one request by number; all of them fit on one page. */
const batchSize = 50

/**
 * Live states of merge requests. Anything but a well-formed answer is unknown: 404 also means "no access".
 * https://docs.gitlab.com/api/merge_requests/#get-single-mr
 */
export function gitlabForge({ api, project }: GitLabClient): Forge {
  return {
    async pullRequest(number) {
      try {
        const place = path`/projects/${project}/merge_requests/${String(number)}`
        const { body } = await api.send('GET', place, { doing: `Reading merge request !${number}` })
        const read = factsOf(body.object)
        if (read?.number !== number) return unknown('GitLab sent an answer that is not this merge request')
        return known({ number, state: read.state })
      } catch (error) {
        return unknown(`${whyNot(error)}; "gitlab_token" needs the scope read_api or api`)
      }
    },
  }
}

/** What a sweep asks. https://docs.gitlab.com/api/merge_requests/#list-project-merge-requests */
export function gitlabSweepForge(client: GitLabClient): SweepForge {
  const { budget } = client
  return {
    openPullRequests: () => openMergeRequests(client),
    pullRequestsByNumber: (numbers) => mergeRequestsByNumber(client, numbers),
    budget: () =>
      budget.requests === 0
        ? undefined
        : `GitLab requests: ${budget.requests} sent${budget.remaining === undefined ? '' : `, ${budget.remaining} left of this minute's limit`}`,
  }
}

/** Every open merge request. Unknown when any page fails or is not what was asked for. */
async function openMergeRequests(client: GitLabClient): Promise<Known<ReadonlyMap<number, PullRequestFacts>>> {
  const found = new Map<number, PullRequestFacts>()
  try {
    const query = { scope: 'all', state: 'opened', order_by: 'created_at', sort: 'asc' }
    const place = path`/projects/${client.project}/merge_requests`
    for (const item of await everyItem(client, place, { doing: 'Reading merge requests', query })) {
      const read = factsOf(item)
      if (!read) return unknown('GitLab sent a merge request without its facts')
      // One that says it is closed does not belong here: it is asked for by its number.
      if (read.state === 'open') found.set(read.number, read)
    }
    return known(found)
  } catch (error) {
    return unknown(whyNot(error))
  }
}

/**
 * Paths of the files that a merge request adds or changes. Unknown where GitLab lists fewer than it counts, as it does
 * with large ones. https://docs.gitlab.com/api/merge_requests/#list-merge-request-diffs
 */
export async function changedFiles(client: GitLabClient, number: number): Promise<Known<readonly string[]>> {
  const place = path`/projects/${client.project}/merge_requests/${String(number)}`
  const doing = `Reading the files of merge request !${number}`
  try {
    const { body } = await client.api.send('GET', place, { doing })
    const files = await everyItem(client, `${place}/diffs`, { doing })
    // A text, such as `7` or `1000+`; null for none.
    if ((body.at('changes_count').maybeText ?? '0') !== String(files.length)) {
      return unknown('GitLab does not list all files of the merge request')
    }
    const kept = files.filter((file) => file['deleted_file'] === false)
    return known(kept.map((file) => file['new_path']).filter((name) => typeof name === 'string'))
  } catch (error) {
    return unknown(whyNot(error))
  }
}

/** The facts of these merge requests, one request per 50. A number without a clear answer is unknown. */
async function mergeRequestsByNumber(
  client: GitLabClient,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, PullRequestReading>> {
  const readings = new Map<number, PullRequestReading>()
  for (let from = 0; from < numbers.length; from += batchSize) {
    const batch = numbers.slice(from, from + batchSize)
    const answer = await listed(client, batch)
    for (const number of batch) readings.set(number, readingOf(answer, number))
  }
  return readings
}

async function listed({ api, project }: GitLabClient, batch: readonly number[]): Promise<Known<readonly Json[]>> {
  try {
    const numbers = batch.map((number) => `iids[]=${number}`).join('&')
    const answer = await api.send('GET', `${path`/projects/${project}/merge_requests`}?${numbers}`, {
      doing: 'Reading merge requests',
      query: { scope: 'all', state: 'all', per_page: pageSize },
    })
    if (nextPage(answer) !== undefined) return unknown('GitLab sent more merge requests than were asked for')
    return known(answer.body.items.map((item) => item.object))
  } catch (error) {
    return unknown(whyNot(error))
  }
}

function readingOf(answer: Known<readonly Json[]>, number: number): PullRequestReading {
  if (!answer.known) return answer
  const items = answer.value.filter((item) => item['iid'] === number)
  const [item] = items
  if (item === undefined) {
    // An answer of others than those asked for proves no absence.
    const whole = answer.value.every((other) => factsOf(other) !== undefined)
    return whole ? { known: false, why: 'GitLab does not find it', missing: true } : unknown('GitLab sent no facts')
  }
  const read = items.length === 1 ? factsOf(item) : undefined
  return read ? known(read) : unknown('GitLab sent no facts')
}

const states = { opened: 'open', locked: 'open', closed: 'closed', merged: 'closed' } as const

/** `locked` is a merge request that is being merged. One that is merged was perhaps closed before, which does not count. */
function factsOf(item: Json): PullRequestFacts | undefined {
  const { iid, state, closed_at, merged_at, updated_at, labels } = item
  if (typeof iid !== 'number' || typeof state !== 'string' || !Object.hasOwn(states, state)) return undefined
  if (typeof updated_at !== 'string' || !Array.isArray(labels)) return undefined
  if (!labels.every((label) => typeof label === 'string')) return undefined
  if (!isDate(closed_at) || !isDate(merged_at)) return undefined
  const open = states[state as keyof typeof states] === 'open'
  const ended = state === 'merged' ? merged_at : closed_at
  return {
    number: iid,
    state: open ? 'open' : 'closed',
    closedAt: open ? null : (ended ?? null),
    updatedAt: updated_at,
    labels,
  }
}

function isDate(value: unknown): value is string | null | undefined {
  return value === undefined || value === null || typeof value === 'string'
}
