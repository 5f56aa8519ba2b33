import type { Clock, Connection, Forge, Job, Law, MigrationState, Provider, SealMasking, Sink } from '../ports.js'
import type { Preparation, PublishReport } from './prepare.js'

/** Everything a lifecycle needs from outside. */
export interface Ports {
  readonly provider: Provider
  readonly forge: Forge
  readonly sinks: readonly Sink[]
  readonly job: Job
  readonly clock: Clock
  readonly law: Law
  readonly sealMasking: SealMasking
  /** What the workflow wants done in the branch before its URL is handed out. */
  readonly preparation?: Preparation
  readonly publish?: PublishReport
  /** Where the branch's migrations stand, by what it says of itself. Throws ProviderError. */
  readonly migrationState?: (connection: Connection, branchId: string) => Promise<MigrationState>
}

/**
 * Saved for the post step: the build that is under way, empty when there is nothing to roll back. With the prefix below
 * it rebuilds a branch that is there already, which stays the user's whatever happens to the run.
 */
export const buildState = 'build'
export const rebuildPrefix = 'rebuild:'

/** Milliseconds between two looks at a branch that another run is building. */
export const lookAgain = 10_000
