import type { Branch } from '../../src/domain/branch.js'
import type { Claim } from '../../src/domain/claim.js'
import type { PullRequestReading } from '../../src/domain/cleanup-plan.js'
import { type Known, known } from '../../src/domain/known.js'
import type { PullRequestFacts } from '../../src/domain/pull-request.js'
import type { CleanupOrder } from '../../src/lifecycle/cleanup.js'
import type { RefreshOrder } from '../../src/lifecycle/refresh.js'
import type { SweepPorts } from '../../src/lifecycle/sweep.js'
import type { ClaimedEnvironment, Sink } from '../../src/ports.js'
import { claimOf } from '../fixtures/claim.js'
import { type Setting, type Stage, stageOf } from '../fixtures/lifecycle.js'

/** The test clock's start less so many days. */
export const ago = (days: number) => new Date(Date.parse('2026-11-22T08:00:00.000Z') - days * 86_400_000).toISOString()

/** A branch of this pull request, 30 days old. */
export function branchOf(number: number, claim: Partial<Claim> = {}, other: Partial<Branch> = {}): Branch {
  const name = `pr-${number}`
  const full = claimOf({ pullRequest: number, branch: name, createdAt: ago(30), ...claim })
  return { id: `id-${number}`, name, claim: { kind: 'claim', claim: full }, ...other }
}

/** A pull request that is open, or was closed so many days ago. */
export function pull(number: number, closed?: number): PullRequestFacts {
  const dates = { closedAt: closed === undefined ? null : ago(closed), updatedAt: ago(closed ?? 1) }
  return { number, state: closed === undefined ? 'open' : 'closed', ...dates, labels: [] }
}

export const order: CleanupOrder = {
  repository: 42,
  parent: 'main',
  strategy: 'activity',
  ttlDays: 7,
  idleDays: undefined,
  exemptLabels: [],
  maxDeletions: 100,
  concurrency: 1,
  onlyPullRequest: undefined,
}

export const refreshOrder: RefreshOrder = {
  repository: 42,
  parent: 'main',
  staleDays: 3,
  refreshBusy: false,
  exemptLabels: [],
  onlyPullRequest: undefined,
  run: '77.1',
  random: () => 'fresh-build',
}

export interface SweepSetting extends Setting {
  /** What each reading of pull requests finds; the last one for ever. */
  readonly pulls: readonly (readonly PullRequestFacts[])[]
  /** Of every pull request. */
  readonly sinksOf?: readonly Partial<Sink>[]
  readonly environments?: Known<readonly ClaimedEnvironment[]>
  readonly claimed?: (environment: ClaimedEnvironment) => Promise<boolean>
  readonly open?: Known<ReadonlyMap<number, PullRequestFacts>>
}

/** A sweep in memory: what is asked of the forge and of sinks is in `events`, too. */
export function sweepStage(setting: SweepSetting): { stage: Stage; ports: SweepPorts } {
  const stage = stageOf(setting)
  const { provider, job, clock, law, sealMasking } = stage.ports
  const tell = (event: string) => void stage.events.push(event)
  let reads = 0
  const readingOf = (pulls: readonly PullRequestFacts[], number: number): PullRequestReading => {
    const found = pulls.find((each) => each.number === number)
    return found ? known(found) : { known: false, why: 'not found', missing: true }
  }
  const ports: SweepPorts = {
    provider,
    job,
    clock,
    law,
    sealMasking,
    forge: {
      async openPullRequests() {
        tell('read open')
        return setting.open ?? known(new Map())
      },
      async pullRequestsByNumber(numbers) {
        tell(`read ${numbers.join(' ')}`)
        const pulls = setting.pulls[Math.min(reads++, setting.pulls.length - 1)] ?? []
        return new Map(numbers.map((number) => [number, readingOf(pulls, number)]))
      },
      budget: () => 'plenty',
    },
    sinksFor(number, at) {
      tell(`sinks of #${number} ${at?.branch ?? 'nowhere'}`)
      return (setting.sinksOf ?? []).map((sink, index) => ({
        name: `sink ${index + 1}`,
        publish: async ({ database }) => tell(`publish ${database}`),
        ...sink,
      }))
    },
    environments: setting.environments && {
      async list() {
        tell('list environments')
        return setting.environments!
      },
      claimed: setting.claimed ?? (() => Promise.resolve(true)),
    },
  }
  return { stage, ports }
}
