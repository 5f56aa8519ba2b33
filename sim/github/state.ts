/**
 * What the simulated GitHub knows: one repository and everything in it. Tests read and change these records directly;
 * the routes do the same on behalf of a caller.
 */
import type { Environment } from './environment.js'

export interface Account {
  id: number
  login: string
  type: 'User' | 'Bot' | 'Organization'
}

export interface Repository {
  id: number
  owner: string
  name: string
  fullName: string
  private: boolean
  defaultBranch: string
}

export interface PullRequest {
  id: number
  number: number
  title: string
  author: Account
  state: 'open' | 'closed'
  draft: boolean
  merged: boolean
  locked: boolean
  labels: string[]
  head: { kind: 'same' | 'fork' | 'deleted-fork'; ref: string; sha: string; previousSha?: string }
  base: { ref: string; sha: string }
  createdAt: Date
  updatedAt: Date
  closedAt: Date | null
  mergedAt: Date | null
  /** The base has commits the head lacks: a deployment with `auto_merge` would push a merge commit to the head. */
  behindBase: boolean
  /** Some status on the head is not green: a deployment without `required_contexts: []` is a conflict. */
  checksPending: boolean
  /** Paths of the files that it adds. */
  files: readonly string[]
}

export interface Comment {
  id: number
  number: number
  author: Account
  body: string
  createdAt: Date
  updatedAt: Date
}

export type DeploymentState = 'error' | 'failure' | 'inactive' | 'in_progress' | 'queued' | 'pending' | 'success'

export interface DeploymentStatus {
  id: number
  state: DeploymentState
  creator: Account
  description: string
  environment: string
  environmentUrl: string
  logUrl: string
  createdAt: Date
}

export interface Deployment {
  id: number
  ref: string
  sha: string
  task: string
  environment: string
  description: string | null
  payload: unknown
  transient: boolean
  production: boolean
  creator: Account
  createdAt: Date
  updatedAt: Date
  /** Oldest first; the API lists them newest first. */
  statuses: DeploymentStatus[]
}

export interface State {
  readonly url: string
  readonly repository: Repository
  /** Commit at the tip of the default branch. */
  readonly defaultSha: string
  readonly pullRequests: Map<number, PullRequest>
  readonly comments: Map<number, Comment>
  readonly environments: Map<string, Environment>
  readonly deployments: Map<number, Deployment>
  /** git branch or commit → path → text. */
  readonly contents: Map<string, Map<string, string>>
  now: () => Date
  nextId: () => number
}

/** Stable for one login, so that payloads and answers agree about who somebody is. */
function accountId(login: string): number {
  return [...login].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 90_000_000, 7) + 1_000_000
}

export function account(login: string, type?: Account['type']): Account {
  return { id: accountId(login), login, type: type ?? (login.endsWith('[bot]') ? 'Bot' : 'User') }
}
