import type { Branch } from './domain/branch.js'
import type { Capabilities } from './domain/capabilities.js'
import type { Claim, ClaimReading } from './domain/claim.js'
import type { DataPolicy } from './domain/data-policy.js'
import type { Known } from './domain/known.js'
import type { MaskingRules } from './domain/masking/rules.js'
import type { Allowed, Asked } from './domain/policy.js'
import type { PullRequestReading } from './domain/cleanup-plan.js'
import type { PullRequest, PullRequestFacts } from './domain/pull-request.js'
import type { Head } from './domain/trigger.js'
import type { Secret } from './secret.js'

export interface BranchSpec {
  readonly name: string
  readonly parent: string
  /** Platform's id of a golden parent: another one of its name must not be copied, which is a ConflictError. */
  readonly parentId?: string
  readonly dataPolicy: DataPolicy
  readonly claim: Claim
  /** How the rows are to be masked, with data policy `masked`. Absent where the parent is golden: its rows are masked already. */
  readonly masking?: MaskingOrder
  /** State of the parent to start from, as the platform writes it: a time (ISO 8601), a log position, a snapshot. */
  readonly pointInTime?: string
  /** When the platform itself may take the branch away. */
  readonly expiresAt?: Date
  /** Told the platform's id as soon as there is one: what comes after may fail, and the branch must be found again. */
  readonly onMade?: (id: string) => void
}

/** What a masking is keyed by. The pads are those of HMAC-SHA-256 (RFC 2104). */
export interface MaskingKey {
  readonly ipad: Secret
  readonly opad: Secret
  /** Of the digests by which originals are looked for afterwards; another one each time, never kept. */
  readonly check: Secret
  /** Tells two keys apart and nothing about them: 16 hexadecimal characters. */
  readonly id: string
  /** Made for this run, and known to nobody afterwards. */
  readonly random: boolean
}

export interface MaskingOrder {
  readonly rules: MaskingRules
  /** SHA-256 of the rules, however they were written: 64 hexadecimal characters. */
  readonly hash: string
  readonly key: MaskingKey
}

/** A branch that was just made, and what is worth telling about how. */
export interface Made {
  readonly branch: Branch
  readonly notes: readonly string[]
}

/** How to reach a branch. Every text that lets somebody in is a Secret. */
export interface Connection {
  readonly url: Secret
  /** Through the platform's connection pooler, where it has one. */
  readonly pooledUrl?: Secret
  readonly host: string
  readonly port: number
  readonly database: string
  readonly username: string
  readonly password: Secret
}

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

/** Rules with what they are applied by. @throws InputError for a weak key. */
export type SealMasking = (rules: MaskingRules) => Promise<MaskingOrder>

/** One SQL session on one database. Throws ProviderError. */
export interface Sql {
  query<Row = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<Row[]>
}

/** A session that has to be closed. */
export interface SqlSession extends Sql {
  close(): Promise<void>
}

/** How far migrations and seeds of an earlier run came in a branch. */
export interface Progress {
  /** `begun` and not done: that run ended in the middle. */
  readonly state: 'none' | 'begun' | 'done'
  /** SHA-256 of what was seeded; undefined when nothing was. */
  readonly seed?: string
}

/** One run's place in a branch, where no other run of the action works meanwhile. */
export interface Workplace {
  readonly progress: Progress
  /** Whether progress can be written down in this branch. */
  readonly records: boolean
  /** Writes down that the work has begun, so that whoever comes after a crash knows. */
  begin(): Promise<void>
  /** `seed` is the SHA-256 of what was seeded, now or earlier. */
  finish(seed: string | undefined): Promise<void>
  /** Ends what a command that is gone left running in the branch; gives how many sessions that were. */
  endOthers(): Promise<number>
  close(): Promise<void>
}

/** Work inside a branch's own PostgreSQL database, over its URL, for platforms that cannot do it themselves. */
export interface BranchDatabase {
  /** Empties every table, proves it, and only then leaves the claim. Gives what is worth telling. */
  empty(connection: Connection, claim: Claim): Promise<string[]>
  /** Leaves the claim as the comment of the database. */
  sign(connection: Connection, claim: Claim): Promise<void>
  readClaim(connection: Connection): Promise<ClaimReading>
  /** Copies the rows of the migration ledgers, for platforms whose branches come without any row. */
  copyLedgers(from: Connection, to: Connection): Promise<string[]>
  /** Masks the rows that a branch holds already, and proves it. Until this returns the branch must not be handed out. */
  maskInPlace(connection: Connection, order: MaskingOrder): Promise<string[]>
  /**
   * Fills `to`, which has the schema of `from` and no rows, with its masked rows, and proves it: an original never gets
   * there. `from` is only read, in one snapshot. Until this returns `to` must not be handed out.
   */
  fillMasked(from: Connection, to: Connection, order: MaskingOrder): Promise<string[]>
}

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

/** Where the pull request lives. */
export interface Forge {
  pullRequest(number: number): Promise<Known<PullRequest>>
}

/** What a sweep asks of the forge: many pull requests in few requests. */
export interface SweepForge {
  /** All of them or unknown; half a list would make open pull requests look closed. */
  openPullRequests(): Promise<Known<ReadonlyMap<number, PullRequestFacts>>>
  /** Every asked number is in the answer. */
  pullRequestsByNumber(numbers: readonly number[]): Promise<ReadonlyMap<number, PullRequestReading>>
  /** What is left of the rate limit, in words, once something was asked. */
  budget(): string | undefined
}

/** An environment that stands for a pull request. */
export interface ClaimedEnvironment {
  readonly name: string
  readonly pullRequest: number
}

/** The environments of pull requests, for a sweep that looks for those whose branch is gone. */
export interface Environments {
  list(): Promise<Known<readonly ClaimedEnvironment[]>>
  /** Whether this action made it. */
  claimed(environment: ClaimedEnvironment): Promise<boolean>
}

/** One repository of a forge, and all that is asked of it. */
export interface ForgePorts {
  readonly forge: Forge
  readonly sweepForge: SweepForge
  /** The places that hold the URL of this pull request's branch; without the branch, those that the number alone tells. */
  readonly sinksFor: (pullRequest: number, at?: SinkPlace) => readonly Sink[]
  /** Undefined when no environments are in use. */
  readonly environments: Environments | undefined
  /** Absent where there is nobody to comment to. */
  readonly comment?: ReportComment
  /** Paths of the files that a pull request adds or changes. */
  readonly changedFiles?: (pullRequest: number) => Promise<Known<readonly string[]>>
  /** The text of a file of the default branch, or at a commit; undefined when there is none. */
  readonly readFile: (file: { path: string; ref?: string }) => Promise<Known<string | undefined>>
}

/** Which comment: one for each database of a pull request. */
export interface CommentPlace {
  readonly pullRequest: number
  /** The repository's id, and the template of the branches' names. */
  readonly database: { readonly repository: number; readonly template: string }
  /** `<run id>.<attempt>`: a run never replaces what a later one wrote. */
  readonly run: string
  readonly untrusted: 'fork' | 'dependabot' | undefined
}

/** The one comment of ours about a database. What goes wrong is given as one sentence, and never fails a run. */
export interface ReportComment {
  write(place: CommentPlace, body: string): Promise<string | undefined>
  /** Says in the comment, where there is one, that the branch is gone. */
  withdraw(place: CommentPlace): Promise<string | undefined>
}

/** What a place is for beside the pull request. */
export interface SinkPlace {
  /** Name of the database branch. */
  readonly branch: string
  /** Undefined where the run does not know it, such as in a sweep: then nothing new is made, only renewed or removed. */
  readonly head?: Head | undefined
}

/** A place that a URL is written to beside the step outputs, and taken away from before the branch goes. */
export interface Sink {
  /** Such as `secret DATABASE_URL of environment pr-7`. */
  readonly name: string
  /** It shows that there is a branch and holds no URL: when it fails, that is told and nothing else suffers. */
  readonly sign?: true
  publish(connection: Connection): Promise<void>
  /** Absent where nothing stays when the job ends. */
  withdraw?(): Promise<'removed' | 'absent'>
}

/** A place that outlives the job. */
export type LastingSink = Sink & Required<Pick<Sink, 'withdraw'>>

/** Tells the URL that a place holds from another one, and nothing about either. */
export type UrlMark = (url: Secret, place: string) => string

export const outputNames = [
  'connection_string',
  'pooled_connection_string',
  'host',
  'port',
  'database',
  'username',
  'password',
  'sealed_connection_string',
  'branch_name',
  'branch_id',
  'parent_branch',
  'created',
  'status',
  'environment',
  'deleted',
  'kept',
  'refreshed',
  'failed',
  'pull_requests',
  'report',
] as const

export type OutputName = (typeof outputNames)[number]

/** The running CI job: its log, its masks, its outputs. */
export interface Job {
  /** Registers every form of the secret with the runner before anything can print it. */
  mask(secret: Secret): void
  /** All that were registered, for texts that the runner does not mask. */
  secrets(): readonly Secret[]
  info(line: string): void
  debug(line: string): void
  notice(message: string): void
  warning(message: string): void
  error(message: string): void
  group<T>(title: string, body: () => Promise<T>): Promise<T>
  output(name: OutputName, value: string): void
  /** Sets an environment variable of the later steps of the job. */
  exportVariable(name: string, value: string): void
  /** Whether the text holds a masked value, so that the runner would drop it from the job outputs. */
  hides(text: string): boolean
  /** Kept for the post step of this very step. Never a URL or a password. */
  saveState(name: string, value: string): void
  summary(markdown: string): Promise<void>
}

export interface Clock {
  now(): Date
  /** Milliseconds since an arbitrary start; never goes back. */
  elapsed(): number
  /** Milliseconds. Ends early with CancelledError when the run is cancelled. */
  sleep(ms: number): Promise<void>
}

/** `bytes` random bytes in hexadecimal. */
export type RandomHex = (bytes: number) => string
