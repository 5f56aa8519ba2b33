/** Everything that was asked and what was answered. It names who called and never holds a token. */
export interface JournalEntry {
  method: string
  path: string
  query: Readonly<Record<string, string>>
  operationId: string | null
  /** Null until answered, and for ever if the connection was broken first. */
  status: number | null
  /** Name of the identity; null for a missing or unknown token. */
  token: string | null
  userAgent: string | null
  apiVersion: string | null
  body: unknown
  /** What a missing permission or an exhausted limit refused. */
  denied?: string
  /** Kind of the fault that was injected. */
  fault?: string
  durationMs: number | null
}

export type Rule =
  | 'unknown-route'
  | 'unknown-repository'
  | 'not-simulated'
  | 'repository-secret'
  | 'invalid-request'
  | 'invalid-answer'
  | 'credentials'
  | 'user-agent'
  | 'api-version'
  | 'graphql'
  /** A hook, a rewrite or the simulator itself threw. */
  | 'broken'

/** Something the caller (or the simulator itself) must never do. A test fails on any. */
export interface Violation {
  rule: Rule
  method: string
  path: string
  detail: string
}

export interface Journal {
  readonly entries: JournalEntry[]
  readonly violations: Violation[]
}

/** Everything that could have changed something. A GraphQL query is a POST that only reads. */
export function writesIn(entries: readonly JournalEntry[]): JournalEntry[] {
  return entries.filter(({ method, operationId }) => method !== 'GET' && method !== 'HEAD' && operationId !== 'graphql')
}
