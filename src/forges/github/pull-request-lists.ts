import { counted } from '../../domain/amounts.js'
import type { PullRequestReading } from '../../domain/cleanup-plan.js'
import { type Known, known, unknown } from '../../domain/known.js'
import type { PullRequestFacts } from '../../domain/pull-request.js'
import { CancelledError } from '../../errors.js'
import type { SweepForge } from '../../ports.js'
import { explain, type GitHubClient } from './client.js'

/** GitHub's largest page: https://docs.github.com/graphql/guides/using-pagination-in-the-graphql-api */
const pageSize = 100
/** Aliases in one query. It costs one point whatever their number, but heavy queries meet resource limits. */
const batchSize = 50

const facts = 'number state closedAt updatedAt labels(first: 50) { nodes { name } }'

type Json = Record<string, unknown>

/** What a sweep asks, of one repository. */
export function githubSweepForge(client: GitHubClient): SweepForge {
  const limit: Limit = { cost: 0, remaining: undefined }
  return {
    openPullRequests: () => openPullRequests(client, limit),
    pullRequestsByNumber: (numbers) => pullRequestsByNumber(client, numbers, limit),
    budget: () =>
      limit.remaining === undefined
        ? undefined
        : `GitHub requests: ${counted(limit.cost, 'point')} of this hour's limit used, ${limit.remaining} left`,
  }
}

/** https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api */
interface Limit {
  cost: number
  remaining: number | undefined
}

/**
 * Every open pull request, one request per 100. Unknown when any page fails or is not what was asked for: half a list
 * would make open pull requests look closed.
 */
async function openPullRequests(
  { query, repo }: GitHubClient,
  limit: Limit,
): Promise<Known<ReadonlyMap<number, PullRequestFacts>>> {
  const found = new Map<number, PullRequestFacts>()
  for (let after: string | null = null; ;) {
    const answer: Answer = await ask(query, pageQuery, { variables: { ...repo, after }, limit })
    if (answer.fault !== undefined) return unknown(answer.fault)
    const page = object(object(answer.repository)?.['pullRequests'])
    const info = object(page?.['pageInfo'])
    const nodes = page?.['nodes']
    if (!Array.isArray(nodes) || typeof info?.['hasNextPage'] !== 'boolean')
      return unknown('GitHub sent a page that is none')
    for (const node of nodes) {
      const read = factsOf(node)
      if (!read) return unknown('GitHub sent a pull request without its facts')
      // One that says it is closed does not belong here: it is asked for by its number.
      if (read.state === 'open') found.set(read.number, read)
    }
    if (!info['hasNextPage']) return known(found)
    if (typeof info['endCursor'] !== 'string' || info['endCursor'] === after)
      return unknown('GitHub sent a page without an end')
    after = info['endCursor']
  }
}

/** The facts of these pull requests, one request per 50. A number without a clear answer is unknown. */
async function pullRequestsByNumber(
  { query, repo }: GitHubClient,
  numbers: readonly number[],
  limit: Limit,
): Promise<ReadonlyMap<number, PullRequestReading>> {
  const readings = new Map<number, PullRequestReading>()
  for (let from = 0; from < numbers.length; from += batchSize) {
    const batch = numbers.slice(from, from + batchSize)
    const aliases = batch.map((number) => `p${number}: pullRequest(number: ${number}) { ${facts} }`).join('\n')
    const answer = await ask(
      query,
      `query($owner: String!, $repo: String!) { ${budget} repository(owner: $owner, name: $repo) { ${aliases} } }`,
      { variables: repo, limit },
    )
    for (const number of batch) readings.set(number, readingOf(answer, number))
  }
  return readings
}

const budget = 'rateLimit { cost remaining }'

const pageQuery = `query($owner: String!, $repo: String!, $after: String) {
  ${budget}
  repository(owner: $owner, name: $repo) {
    pullRequests(states: OPEN, first: ${pageSize}, after: $after, orderBy: { field: CREATED_AT, direction: ASC }) {
      pageInfo { hasNextPage endCursor }
      nodes { ${facts} }
    }
  }
}`

interface Answer {
  readonly repository: unknown
  readonly errors: readonly unknown[]
  /** Set when there is nothing to read at all, or when a page must not be trusted. */
  readonly fault: string | undefined
}

/** Errors come with status 200 and may stand beside data; Octokit throws them with the data attached. */
async function ask(
  query: GitHubClient['query'],
  text: string,
  { variables, limit }: { variables: Json; limit: Limit },
): Promise<Answer> {
  try {
    const data = object(await query(text, variables))
    note(limit, data)
    const repository = data?.['repository']
    return {
      repository,
      errors: [],
      fault: object(repository) ? undefined : 'GitHub sent an answer without the repository',
    }
  } catch (error) {
    if (error instanceof CancelledError) throw error
    const { data, errors } = error as { data?: unknown; errors?: unknown }
    if (!Array.isArray(errors)) return { repository: undefined, errors: [], fault: explain(error).text }
    note(limit, object(data))
    const first = object(errors[0])
    const said = [first?.['type'], first?.['message']].filter((word) => typeof word === 'string').join(': ')
    return {
      repository: object(data)?.['repository'],
      errors,
      fault: `GitHub answered ${said.slice(0, 200) || 'an error'}`,
    }
  }
}

function note(limit: Limit, data: Json | undefined): void {
  const { cost, remaining } = object(data?.['rateLimit']) ?? {}
  if (typeof cost === 'number') limit.cost += cost
  if (typeof remaining === 'number') limit.remaining = remaining
}

function readingOf({ repository, errors, fault }: Answer, number: number): PullRequestReading {
  const alias = `p${number}`
  const read = factsOf(object(repository)?.[alias])
  if (read?.number === number) return known(read)
  const own = errors.map(object).find((error) => Array.isArray(error?.['path']) && error['path'][1] === alias)
  if (own?.['type'] === 'NOT_FOUND') return { known: false, why: 'GitHub does not find it', missing: true }
  return unknown(fault ?? 'GitHub sent no facts')
}

function factsOf(node: unknown): PullRequestFacts | undefined {
  const { number, state, closedAt, updatedAt, labels } = object(node) ?? {}
  const names = object(labels)?.['nodes']
  if (typeof number !== 'number' || typeof updatedAt !== 'string' || !Array.isArray(names)) return undefined
  if (state !== 'OPEN' && state !== 'CLOSED' && state !== 'MERGED') return undefined
  if (closedAt !== null && typeof closedAt !== 'string') return undefined
  const words = names.map((label) => object(label)?.['name'])
  if (!words.every((word) => typeof word === 'string')) return undefined
  return { number, state: state === 'OPEN' ? 'open' : 'closed', closedAt, updatedAt, labels: words }
}

function object(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined
}
