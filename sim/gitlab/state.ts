/** What one project of a GitLab server holds. */

export interface MergeRequest {
  readonly number: number
  state: 'open' | 'locked' | 'closed'
  merged: boolean
  labels: string[]
  createdAt: Date
  updatedAt: Date
  closedAt: Date | null
  mergedAt: Date | null
  readonly files: { readonly new_path: string; readonly deleted_file: boolean }[]
}

/** A CI/CD variable as the interface shows it. */
export interface Variable {
  key: string
  value: string
  variable_type: string
  environment_scope: string
  masked: boolean
  hidden: boolean
  protected: boolean
  raw: boolean
  description: string | null
}

export interface Note {
  readonly id: number
  body: string
  readonly author: number
  readonly system: boolean
}

export type Role = 'guest' | 'reporter' | 'developer' | 'maintainer'

export interface Token {
  readonly kind: 'access' | 'job'
  readonly role: Role
  readonly scopes: readonly ('api' | 'read_api')[]
  /** Number of its user. */
  readonly user: number
}

export interface State {
  /** Number of the project. */
  readonly id: number
  /** Such as `bank/core/shop`. */
  readonly path: string
  readonly private: boolean
  readonly defaultSha: string
  readonly pullRequests: Map<number, MergeRequest>
  readonly variables: Variable[]
  /** Merge request → its notes, oldest first. */
  readonly notes: Map<number, Note[]>
  /** git branch or commit → path → text. `HEAD` is the default branch. */
  readonly contents: Map<string, Map<string, string>>
  readonly tokens: Map<string, Token>
  readonly violations: string[]
  now: () => Date
  nextId: () => number
}

const roles: readonly Role[] = ['guest', 'reporter', 'developer', 'maintainer']

export function hasRole(token: Token, needed: Role): boolean {
  return roles.indexOf(token.role) >= roles.indexOf(needed)
}
