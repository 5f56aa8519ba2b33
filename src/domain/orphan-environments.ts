import type { PullRequestReading } from './cleanup-plan.js'
import { ageOf, days } from './verdict.js'

/**
 * The pull requests whose environment has outlived its branch: no branch of theirs is listed, and they are known to be
 * closed for `ttlDays`. An environment whose branch is listed goes with its branch.
 */
export function orphanEnvironments(
  numbers: readonly number[],
  seen: { branches: ReadonlySet<number>; pullRequests: ReadonlyMap<number, PullRequestReading> },
  { ttlDays, now }: { ttlDays: number; now: Date },
): number[] {
  return numbers.filter((number) => {
    const reading = seen.pullRequests.get(number)
    if (seen.branches.has(number) || !reading?.known || reading.value.state !== 'closed') return false
    const closed = ageOf(reading.value.closedAt, now)
    return closed !== undefined && closed >= days(ttlDays)
  })
}
