/**
 * Locks of a table that somebody else can come to wait for, weakest first. Weaker ones are those of every query.
 * Source: https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-TABLES
 */
export const heavyModes = [
  'ShareUpdateExclusiveLock',
  'ShareLock',
  'ShareRowExclusiveLock',
  'ExclusiveLock',
  'AccessExclusiveLock',
] as const

export type HeavyMode = (typeof heavyModes)[number]

/** The higher, the more it keeps others from doing. */
export function strength(mode: HeavyMode): number {
  return heavyModes.indexOf(mode)
}
