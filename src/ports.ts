/** Everything that the lifecycle needs from outside, and nothing of how it is done. */
export type * from './ports/branch.js'
export type * from './ports/forge.js'
export * from './ports/job.js'
export type * from './ports/provider.js'
export type * from './ports/world.js'
