import type { Branch } from '../domain/branch.js'
import type { Claim, ClaimReading } from '../domain/claim.js'
import type { DataPolicy } from '../domain/data-policy.js'
import type { MaskingRules } from '../domain/masking/rules.js'
import type { Secret } from '../secret.js'

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

/** How far migrations and seeds of an earlier run came in a branch. */
export interface Progress {
  /** `begun` and not done: that run ended in the middle. */
  readonly state: 'none' | 'begun' | 'done'
  /** SHA-256 of what was seeded; undefined when nothing was. */
  readonly seed?: string
}

/** `broken off`: a run ended in the middle of its migrations. `at work`: a run is in the middle of them. */
export type MigrationState = 'whole' | 'at work' | 'broken off'

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

/** Rules with what they are applied by. @throws InputError for a weak key. */
export type SealMasking = (rules: MaskingRules) => Promise<MaskingOrder>

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

/** A branch that was just made, and what is worth telling about how. */
export interface Made {
  readonly branch: Branch
  readonly notes: readonly string[]
}
