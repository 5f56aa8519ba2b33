/** The part of the graph under `repository`. Names and error texts as GitHub's. */
import { GraphQLError } from 'graphql'
import { nodeId } from './examples.js'
import { typedError, type GraphqlContext } from './graphql-context.js'
import { timestamp, type Json } from '../http/json.js'
import { holds, refusalText } from './permissions.js'
import { account, type Account, type PullRequest, type State } from './state.js'

const PAGE_LIMIT = 100

interface ConnectionArguments {
  first?: number | null
  after?: string | null
  last?: number | null
  before?: string | null
}

interface PullRequestsArguments extends ConnectionArguments {
  states?: string[] | null
  headRefName?: string | null
  baseRefName?: string | null
  labels?: string[] | null
  orderBy?: { field: 'CREATED_AT' | 'UPDATED_AT' | 'COMMENTS'; direction: 'ASC' | 'DESC' } | null
}

interface Slice<T> {
  name: string
  /** In order, filtered or not. A cursor names an item, so it stays good when the filter's result changes. */
  ordered: readonly T[]
  accepts?: (item: T) => boolean
  key: (item: T) => string
  node: (item: T) => Json
}

function cursorOf(key: string): string {
  return Buffer.from(`cursor:${key}`).toString('base64')
}

function connection<T>(slice: Slice<T>, args: ConnectionArguments, context: GraphqlContext): Json {
  const { name, ordered, accepts = () => true, key, node } = slice
  if (args.last != null || args.before != null) throw new GraphQLError(`Paging ${name} backwards is not simulated.`)
  if (args.first == null) {
    context.violate(`${name} without first or last`)
    throw typedError(
      'MISSING_PAGINATION_BOUNDARIES',
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
    )
  }
  if (args.first > PAGE_LIMIT || args.first < 0) {
    context.violate(`${name} with first: ${args.first}`)
    throw typedError(
      'EXCESSIVE_PAGINATION',
      `Requesting ${args.first} records on the \`${name}\` connection exceeds the \`first\` limit of ${PAGE_LIMIT} records.`,
    )
  }
  const start = args.after == null ? 0 : ordered.findIndex((item) => cursorOf(key(item)) === args.after) + 1
  if (args.after != null && start === 0)
    throw typedError('INVALID_CURSOR_ARGUMENTS', `\`${args.after}\` does not appear to be a valid cursor.`)
  const rest = ordered.slice(start).filter(accepts)
  const items = rest.slice(0, args.first)
  const cursor = (item: T | undefined) => (item === undefined ? null : cursorOf(key(item)))
  return {
    totalCount: ordered.filter(accepts).length,
    nodes: () => items.map(node),
    edges: () => items.map((item) => ({ cursor: cursor(item), node: node(item) })),
    pageInfo: {
      hasNextPage: rest.length > items.length,
      hasPreviousPage: start > 0,
      startCursor: cursor(items[0]),
      endCursor: cursor(items.at(-1)),
    },
  }
}

function actor({ login, type }: Account): Json {
  // GraphQL drops the suffix that REST puts on a bot's login.
  return { __typename: type, login: login.replace(/\[bot\]$/, ''), url: `https://github.com/${login}` }
}

function stateOf(pull: PullRequest): string {
  return pull.merged ? 'MERGED' : pull.state.toUpperCase()
}

function pullRequestNode(state: State, pull: PullRequest): Json {
  const { fullName, name, owner } = state.repository
  const headOwner = pull.head.kind === 'same' ? account(owner) : pull.author
  return {
    id: nodeId('PullRequest', pull.id),
    databaseId: pull.id,
    number: pull.number,
    title: pull.title,
    url: `https://github.com/${fullName}/pull/${pull.number}`,
    state: stateOf(pull),
    closed: pull.state === 'closed',
    merged: pull.merged,
    locked: pull.locked,
    isDraft: pull.draft,
    isCrossRepository: pull.head.kind !== 'same',
    createdAt: timestamp(pull.createdAt),
    updatedAt: timestamp(pull.updatedAt),
    closedAt: pull.closedAt && timestamp(pull.closedAt),
    mergedAt: pull.mergedAt && timestamp(pull.mergedAt),
    author: actor(pull.author),
    headRefName: pull.head.ref,
    headRefOid: pull.head.sha,
    headRepository: pull.head.kind === 'deleted-fork' ? null : { name, nameWithOwner: `${headOwner.login}/${name}` },
    headRepositoryOwner: pull.head.kind === 'deleted-fork' ? null : actor(headOwner),
    baseRefName: pull.base.ref,
    baseRefOid: pull.base.sha,
    labels: (args: ConnectionArguments, context: GraphqlContext) =>
      connection(
        { name: 'labels', ordered: pull.labels, key: (label) => label, node: (label) => ({ name: label }) },
        args,
        context,
      ),
  }
}

function commentCount(state: State, pull: PullRequest): number {
  return [...state.comments.values()].filter(({ number }) => number === pull.number).length
}

function orderedPulls(state: State, { orderBy }: PullRequestsArguments): PullRequest[] {
  const ranks = {
    CREATED_AT: (pull: PullRequest) => pull.createdAt.getTime(),
    UPDATED_AT: (pull: PullRequest) => pull.updatedAt.getTime(),
    COMMENTS: (pull: PullRequest) => commentCount(state, pull),
  }
  const rank = ranks[orderBy?.field ?? 'CREATED_AT']
  const sign = orderBy?.direction === 'DESC' ? -1 : 1
  return [...state.pullRequests.values()].sort(
    (one, other) => sign * (rank(one) - rank(other) || one.number - other.number),
  )
}

function pullRequests(args: PullRequestsArguments, context: GraphqlContext): Json {
  const { state } = context
  const accepts = (pull: PullRequest) =>
    (args.states == null || args.states.includes(stateOf(pull))) &&
    (args.headRefName == null || args.headRefName === pull.head.ref) &&
    (args.baseRefName == null || args.baseRefName === pull.base.ref) &&
    (args.labels == null || args.labels.some((label) => pull.labels.includes(label)))
  const slice = {
    name: 'pullRequests',
    ordered: orderedPulls(state, args),
    accepts,
    key: (pull: PullRequest) => String(pull.number),
    node: (pull: PullRequest) => pullRequestNode(state, pull),
  }
  return connection(slice, args, context)
}

function requirePullRequests({ identity, deny }: GraphqlContext): void {
  if (holds(identity, ['pull_requests', 'read'])) return
  deny('graphql needs pull_requests=read')
  throw typedError('FORBIDDEN', refusalText(identity))
}

export function repositoryResolver({ owner, name }: { owner: string; name: string }, context: GraphqlContext): Json {
  const { state, identity, deny } = context
  const { repository } = state
  const known = `${owner}/${name}`.toLowerCase() === repository.fullName.toLowerCase()
  if (!known || (repository.private && !identity.reachesRepository)) {
    if (known) deny(`${repository.fullName} is out of reach`)
    else context.violate(`${owner}/${name} is not the repository`)
    throw typedError('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`)
  }
  return {
    id: nodeId('Repository', repository.id),
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: repository.fullName,
    isPrivate: repository.private,
    owner: actor(account(repository.owner)),
    defaultBranchRef: { name: repository.defaultBranch },
    pullRequest: ({ number }: { number: number }) => {
      requirePullRequests(context)
      const pull = state.pullRequests.get(number)
      if (pull === undefined)
        throw typedError('NOT_FOUND', `Could not resolve to a PullRequest with the number of ${number}.`)
      return pullRequestNode(state, pull)
    },
    pullRequests: (args: PullRequestsArguments) => {
      requirePullRequests(context)
      return pullRequests(args, context)
    },
  }
}
