import type { Branch } from '../domain/branch.js'
import type { Capabilities } from '../domain/capabilities.js'
import type { Known } from '../domain/known.js'
import type { Allowed, Asked } from '../domain/policy.js'
import type { Secret } from '../secret.js'
import type { BranchDatabase, BranchSpec, Connection, Made } from './branch.js'
import type { Clock, RandomHex, SqlSession } from './world.js'

/** A database platform. Every method throws ProviderError when the platform fails. */
export interface Provider {
  readonly capabilities: Capabilities
  /** All branches of ours and of others; `complete: false` when some could not be read. Never empty for a failure. */
  list(): Promise<{ items: Branch[]; complete: boolean }>
  /** By exact name; undefined only if provably absent. */
  find(name: string): Promise<Branch | undefined>
  /** Makes a branch that carries the claim and obeys the data policy from the moment it has its name. Name taken → ConflictError. */
  create(spec: BranchSpec): Promise<Made>
  /** Rebuilds from the parent; the old data stay reachable until the new are ready. Same URL with `reset: in_place`. */
  reset?(branch: Branch, spec: BranchSpec): Promise<Made>
  /** By immutable id. Never cascades. Deletes whatever it is given: the guards stand in lifecycle/remove-branch. */
  delete(branch: Branch): Promise<'deleted' | 'absent'>
  /** What dead runs left half-built for this branch name. */
  leftovers?(name: string): Promise<Branch[]>
  /** Stops the given build of ours if it still works on the platform, and removes what it left half-built. */
  abandon?(build: string): Promise<void>
  /** Moves the date at which the platform takes the branch away. */
  extend?(branch: Branch, expiresAt: Date): Promise<void>
  /** How many sessions are on each branch, by branch id. */
  sessions?(): Promise<ReadonlyMap<string, Known<number>>>
  /** The same for the same schema, whatever the data: tells whether a parent has moved on. */
  schemaFingerprint?(name: string): Promise<string>
  /** A session for reading on a parent, ended by who asked for it. Absent where a parent has no login that changes nothing. */
  openParent?(name: string): Promise<SqlSession>
  /** How to reach the branch, proven by a login or by the platform's word that it is ready. */
  connection(branch: Branch): Promise<Connection>
  close(): Promise<void>
}

/**
 * What a branch may hold: the stricter of what is asked and what the policy file of the default branch allows.
 * Throws RefusedError when it may hold nothing, or nobody knows.
 */
export type Law = (asked: Asked) => Promise<Allowed>

/** Which account of a platform to work in. A text that was not given is empty. */
export interface PlatformAccount {
  /** Without a slash at the end; empty where the adapter knows it from elsewhere. */
  readonly apiUrl: string
  /** Whether an address without TLS is all right. */
  readonly allowHttp: boolean
  readonly apiKey: Secret
  readonly organization: string
  readonly project: string
  readonly database: string
  readonly role: string
  readonly region: string
}

/** What every adapter of a platform's HTTP interface is given beside its own options. */
export interface PlatformPorts {
  readonly repository: number
  readonly fetch: (url: string, init?: RequestInit) => Promise<Response>
  readonly database: BranchDatabase
  /** Registers every form of the secret with the runner before anything can print it. */
  readonly mask: (secret: Secret) => void
  readonly info: (line: string) => void
  readonly clock: Clock
  readonly random: RandomHex
  readonly signal: AbortSignal
}
