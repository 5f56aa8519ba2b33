/**
 * A strict simulator of the parts of GitHub that a pull request's database branch touches. Every request and every answer
 * is held against GitHub's published schemas; whatever breaks them is in `violations`, and a test fails on any.
 */
import sodium from 'libsodium-wrappers'
import type { Comment, Deployment, PullRequest, Repository, State } from './state.js'
import { ensureEnvironment, findEnvironment, type Environment } from './environment.js'
import { hold } from './exchange.js'
import type { Answer } from '../http/answer.js'
import { faultSchedule, type Fault, type ScheduledFault } from '../http/faults.js'
import { hookList, type Hook, type Moment } from './hooks.js'
import { identityFor, tokenText, type Identity, type TokenRequest } from './identity.js'
import { writesIn, type Journal, type JournalEntry, type Violation } from './journal.js'
import type { Json } from '../http/json.js'
import * as pullRequests from './pull-requests.js'
import type { EventDetail, PullRequestEvent, PullRequestRequest } from './pull-requests.js'
import { listen } from '../http/server.js'
import { specification } from './specification.js'

export type { Environment } from './environment.js'
export type { Fault, FaultKind, ScheduledFault } from '../http/faults.js'
export type { Hook, Moment } from './hooks.js'
export type { TokenRequest } from './identity.js'
export type { JournalEntry, Violation } from './journal.js'
export type { EventDetail, PullRequestEvent, PullRequestRequest } from './pull-requests.js'
export type { Comment, Deployment, PullRequest, Repository } from './state.js'

export interface GitHubOptions {
  /** owner/name; default `acme/shop`. */
  repository?: string
  repositoryId?: number
  private?: boolean
  defaultBranch?: string
  /** Files on the default branch: path → text. */
  contents?: Readonly<Record<string, string>>
  /** Milliseconds before every request is looked at. */
  latency?: number
  /** Clock for every timestamp; default the real one. */
  now?: () => Date
}

export interface GitHub {
  readonly url: string
  readonly repository: Repository
  readonly pullRequests: Map<number, PullRequest>
  readonly comments: Map<number, Comment>
  /** By the name it was created with. Secrets are decrypted. */
  readonly environments: Map<string, Environment>
  readonly deployments: Map<number, Deployment>
  readonly journal: readonly JournalEntry[]
  readonly violations: readonly Violation[]
  close(): Promise<void>

  openPullRequest(request: PullRequestRequest): PullRequest
  pushTo(number: number): PullRequest
  closePullRequest(number: number, how?: { merged?: boolean }): PullRequest
  reopenPullRequest(number: number): PullRequest
  /** The webhook payload as it is now: `opened`, `synchronize`, `closed`, … */
  event(number: number, action: string, detail?: EventDetail): PullRequestEvent
  scheduleEvent(cron: string): Json

  commentsOn(number: number): Comment[]
  /** Puts a file on the default branch or, with `ref`, on another git branch or commit. */
  writeFile(path: string, text: string, at?: { ref?: string }): void
  /** What a job with `environment: name` does: creates it, without rules or secrets, if it is new. */
  ensureEnvironment(name: string): Environment
  /** Plaintext for a job in the environment; empty if there is none of that name. */
  environmentSecrets(name: string): Record<string, string>
  environmentVariables(name: string): Record<string, string>

  token(request: TokenRequest): string
  fault(fault: Fault): ScheduledFault
  /** Runs `hook` around every call of the operation; returns what removes it. */
  on(operationId: string, moment: Moment, hook: Hook): () => void
  /** Journal entries that could have changed something. */
  writes(): JournalEntry[]
}

function emptyState(options: GitHubOptions): Omit<State, 'url'> {
  const fullName = options.repository ?? 'acme/shop'
  const [owner = '', name = ''] = fullName.split('/')
  const defaultBranch = options.defaultBranch ?? 'main'
  let lastId = 1_000_000
  return {
    repository: {
      id: options.repositoryId ?? 4242,
      owner,
      name,
      fullName,
      private: options.private ?? false,
      defaultBranch,
    },
    defaultSha: pullRequests.commitSha(),
    pullRequests: new Map(),
    comments: new Map(),
    environments: new Map(),
    deployments: new Map(),
    contents: new Map([[defaultBranch, new Map(Object.entries(options.contents ?? {}))]]),
    now: options.now ?? (() => new Date()),
    nextId: () => (lastId += 1),
  }
}

function plaintexts(values: Environment['secrets'] | undefined): Record<string, string> {
  return Object.fromEntries([...(values ?? [])].map(([name, { value }]) => [name, value]))
}

function writeFile(state: State, ref: string, [path, text]: [string, string]): void {
  const files = state.contents.get(ref) ?? new Map<string, string>()
  state.contents.set(ref, files.set(path, text))
}

export async function startGitHub(options: GitHubOptions = {}): Promise<GitHub> {
  const [referee] = await Promise.all([specification(), sodium.ready])
  const journal: Journal = { entries: [], violations: [] }
  const identities = new Map<string, Identity>()
  const faults = faultSchedule()
  const hooks = hookList()
  const unplaced = emptyState(options)
  const { url, close } = await listen((incoming) => hold(exchange, incoming), options.latency ?? 0)
  const state: State = { ...unplaced, url }
  const exchange = {
    state,
    specification: referee,
    identities,
    journal,
    faults,
    hooks,
    earlier: new Map<string, Answer>(),
  }
  return {
    url,
    repository: state.repository,
    pullRequests: state.pullRequests,
    comments: state.comments,
    environments: state.environments,
    deployments: state.deployments,
    journal: journal.entries,
    violations: journal.violations,
    close,
    openPullRequest: (request) => pullRequests.openPullRequest(state, request),
    pushTo: (number) => pullRequests.pushTo(state, number),
    closePullRequest: (number, how) => pullRequests.closePullRequest(state, number, how),
    reopenPullRequest: (number) => pullRequests.reopenPullRequest(state, number),
    event: (number, action, detail = {}) => pullRequests.pullRequestEvent(state, number, { ...detail, action }),
    scheduleEvent: (cron) => pullRequests.scheduleEvent(state, cron),
    commentsOn: (number) => [...state.comments.values()].filter((comment) => comment.number === number),
    writeFile: (path, text, at) => writeFile(state, at?.ref ?? state.repository.defaultBranch, [path, text]),
    ensureEnvironment: (name) => ensureEnvironment(state, name),
    environmentSecrets: (name) => plaintexts(findEnvironment(state.environments, name)?.secrets),
    environmentVariables: (name) => plaintexts(findEnvironment(state.environments, name)?.variables),
    token: (request) => {
      const text = tokenText(request.kind)
      identities.set(text, identityFor(request))
      return text
    },
    fault(fault) {
      exchange.earlier.clear()
      return faults.add(fault)
    },
    on: (operationId, moment, hook) => hooks.add(operationId, moment, hook),
    writes: () => writesIn(journal.entries),
  }
}
