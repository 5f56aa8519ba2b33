/**
 * An in-process GitLab for tests: one project, its merge requests, notes, files and CI/CD variables. It is strict: what
 * GitLab would ignore or what would read less than is meant, is in `violations`. GitLab's client @gitbeaker/rest drives
 * it in __tests__/sim/gitlab.
 */
import type { Fault, ScheduledFault } from '../http/faults.js'
import { type Call, type Entry, startSimulator } from '../platforms/simulator.js'
import { routesOf } from './routes.js'
import type { MergeRequest, State, Token } from './state.js'

export interface GitLabOptions {
  readonly id?: number
  readonly path?: string
  readonly now?: () => Date
  /** Files of the default branch. */
  readonly contents?: Readonly<Record<string, string>>
}

export interface GitLab extends State {
  /** Of the interface: `http://127.0.0.1:…/api/v4`. */
  readonly url: string
  readonly journal: readonly Entry[]
  /** A token that is let in. */
  token(request?: Partial<Token>): string
  openPullRequest(request: { number: number; labels?: readonly string[] }): MergeRequest
  closePullRequest(number: number): void
  fault(fault: Fault): ScheduledFault
  before(operation: string, hook: (call: Call) => void | Promise<void>): () => void
  close(): Promise<void>
}

/** Requests a minute: https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/ */
const limit = 2000

export async function startGitLab(options: GitLabOptions = {}): Promise<GitLab> {
  let last = 1000
  const violations: string[] = []
  const files = new Map(Object.entries(options.contents ?? {}))
  const state: State = {
    id: options.id ?? 42,
    path: options.path ?? 'bank/core/shop',
    private: true,
    defaultSha: 'd'.repeat(40),
    pullRequests: new Map(),
    variables: [],
    notes: new Map(),
    contents: new Map([
      ['HEAD', files],
      ['main', files],
    ]),
    tokens: new Map(),
    violations,
    now: options.now ?? (() => new Date()),
    nextId: () => (last += 1),
  }
  const server = await startSimulator({
    basePath: '/api/v4',
    routes: routesOf(state),
    authorize: (headers) =>
      state.tokens.has(headers['private-token'] ?? '')
        ? undefined
        : { status: 401, body: { message: '401 Unauthorized' } },
    headers: (count) => ({
      'ratelimit-limit': String(limit),
      'ratelimit-remaining': String(Math.max(0, limit - count)),
      'x-request-id': `request-${count}`,
    }),
  })
  return {
    ...state,
    url: server.url,
    journal: server.journal,
    get violations() {
      return [...violations, ...server.violations]
    },
    token(request = {}) {
      const text = `glpat-${String(state.nextId()).padStart(20, 'x')}`
      state.tokens.set(text, { kind: 'access', role: 'maintainer', scopes: ['api'], user: 7, ...request })
      return text
    },
    openPullRequest({ number, labels = [] }) {
      const now = state.now()
      const request: MergeRequest = {
        number,
        state: 'open',
        merged: false,
        labels: [...labels],
        createdAt: now,
        updatedAt: now,
        closedAt: null,
        mergedAt: null,
        files: [],
      }
      state.pullRequests.set(number, request)
      return request
    },
    closePullRequest(number) {
      const request = state.pullRequests.get(number)
      if (!request) throw new Error(`There is no merge request ${number}.`)
      const now = state.now()
      Object.assign(request, { state: 'closed', closedAt: now, updatedAt: now })
    },
    fault: (fault) => server.fault(fault),
    before: (operation, hook) => server.before(operation, hook),
    close: () => server.close(),
  }
}
