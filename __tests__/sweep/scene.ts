import type { GitHub, PullRequest } from '../../sim/github/index.js'
import type { Branch } from '../../src/domain/branch.js'
import type { Claim } from '../../src/domain/claim.js'
import type { SweepOutcome } from '../../src/domain/sweep-outcome.js'
import { CancelledError } from '../../src/errors.js'
import { cleanup, type CleanupOrder } from '../../src/lifecycle/cleanup.js'
import type { SweepPorts } from '../../src/lifecycle/sweep.js'
import type { Job, Provider } from '../../src/ports.js'
import { Secret } from '../../src/secret.js'
import { claimOf } from '../fixtures/claim.js'
import { testClock } from '../fixtures/clock.js'

export const now = new Date('2026-11-22T08:00:00.000Z')
const day = 86_400_000
export const ago = (days: number) => new Date(now.getTime() - days * day)

/** The platform in memory: what is on it, what was asked of it, what is gone. */
export interface Platform {
  readonly branches: Map<string, Branch>
  readonly calls: string[]
  readonly deleted: string[]
  complete: boolean
  /** Asked before and after every call; what it throws is thrown. */
  before: (call: string) => void
  after: (call: string) => void
}

export function emptyPlatform(): Platform {
  return {
    branches: new Map(),
    calls: [],
    deleted: [],
    complete: true,
    before: () => undefined,
    after: () => undefined,
  }
}

/** A branch of this pull request, 30 days old, on the platform. */
export function addBranch(
  platform: Platform,
  number: number,
  change: Partial<Claim> = {},
  other: Partial<Branch> = {},
): Branch {
  const claim = claimOf({
    pullRequest: number,
    branch: `pr-${number}`,
    createdAt: ago(30).toISOString(),
    build: `build-${number}`,
    ...change,
  })
  const branch: Branch = { id: `id-${number}`, name: claim.branch, claim: { kind: 'claim', claim }, ...other }
  platform.branches.set(branch.name, branch)
  return branch
}

function providerOn(platform: Platform, signal: AbortSignal): Provider {
  const call = async <T>(name: string, work: () => T): Promise<T> => {
    if (signal.aborted) throw new CancelledError('cancelled')
    platform.calls.push(name)
    platform.before(name)
    const result = work()
    platform.after(name)
    return result
  }
  const never = () => Promise.reject(new Error('A cleanup does not do that.'))
  return {
    capabilities: { engine: 'other', claims: 'branch', schemaOnly: 'none', reset: 'none', urlReadableLater: false },
    list: () => call('list', () => ({ items: [...platform.branches.values()], complete: platform.complete })),
    find: (name) => call(`find ${name}`, () => platform.branches.get(name)),
    create: never,
    connection: never,
    delete: (branch) =>
      call(`delete ${branch.name}`, () => {
        const found = [...platform.branches.values()].find(({ id }) => id === branch.id)
        if (!found) return 'absent'
        platform.branches.delete(found.name)
        platform.deleted.push(found.name)
        return 'deleted'
      }),
    close: async () => undefined,
  }
}

export interface PullRequestChange {
  readonly closed?: number
  readonly updated?: number
  readonly labels?: readonly string[]
}

/** A pull request opened 40 days ago; `closed` and `updated` are days ago. */
export function addPullRequest(github: GitHub, number: number, change: PullRequestChange = {}): PullRequest {
  const pull = github.openPullRequest({ number, labels: change.labels ?? [] })
  pull.createdAt = ago(40)
  pull.updatedAt = ago(change.updated ?? change.closed ?? 1)
  if (change.closed !== undefined) Object.assign(pull, { state: 'closed', closedAt: ago(change.closed) })
  return pull
}

export const order: CleanupOrder = {
  repository: 42,
  parent: 'main',
  strategy: 'activity',
  ttlDays: 7,
  idleDays: undefined,
  exemptLabels: ['keep-database'],
  maxDeletions: 100,
  concurrency: 4,
}

export interface Sweep {
  readonly outcome: SweepOutcome
  readonly told: string[]
}

export interface SweepSetting {
  readonly change?: Partial<CleanupOrder>
  readonly environments?: boolean
  readonly abort?: AbortController
  readonly waits?: number[]
}

/** A whole cleanup: the real client on the simulated GitHub, the platform in memory, a clock whose waits are over at once. */
export async function sweep(github: GitHub, platform: Platform, setting: SweepSetting = {}): Promise<Sweep> {
  const { ports, told } = await portsOf(github, platform, setting)
  return { outcome: await cleanup(ports, { ...order, ...setting.change }), told }
}

export async function portsOf(
  github: GitHub,
  platform: Platform,
  { environments = false, abort = new AbortController(), waits = [] }: SweepSetting = {},
): Promise<{ ports: SweepPorts; told: string[] }> {
  process.env['GITHUB_API_URL'] ??= github.url
  if (process.env['GITHUB_API_URL'] !== github.url) throw new Error('This file has a simulator already.')
  const { openGitHub } = await import('../../src/forges/github/index.js')
  const told: string[] = []
  const tell = (kind: string) => (text: string) => void told.push(`${kind} ${text}`)
  const job: Job = {
    mask: () => undefined,
    info: tell('info'),
    debug: tell('debug'),
    notice: tell('notice'),
    warning: tell('warning'),
    error: tell('error'),
    group: async (_title, body) => body(),
    output: (name, value) => tell('output')(`${name}=${value}`),
    saveState: () => undefined,
    summary: async () => undefined,
  }
  const test = testClock()
  const clock = {
    ...test,
    sleep: async (ms: number) => {
      waits.push(ms)
      await test.sleep(ms)
    },
  }
  const {
    sweepForge,
    sinksFor,
    environments: list,
  } = openGitHub({
    repository: github.repository,
    token: new Secret(github.token({ ...reader, rateLimit: 1_000_000 })),
    environment: environments
      ? {
          template: 'pr-{number}',
          secretName: 'DATABASE_URL',
          token: new Secret(github.token({ ...writer, rateLimit: 1_000_000 })),
        }
      : undefined,
    job,
    clock,
    signal: abort.signal,
  })
  const provider = providerOn(platform, abort.signal)
  return { ports: { provider, forge: sweepForge, sinksFor, environments: list, job, clock }, told }
}

const reader = { name: 'job', kind: 'workflow', permissions: { 'pull-requests': 'read' } } as const
const writer = {
  name: 'environments',
  kind: 'app',
  permissions: { administration: 'write', environments: 'write', actions: 'read', metadata: 'read' },
} as const

/** An environment with the URL in it, as the action makes it; without `ours` it lacks the variable. */
export function addEnvironment(github: GitHub, name: string, ours = true): void {
  const environment = github.ensureEnvironment(name)
  const at = ago(30)
  const store = (key: string, value: string) => ({ name: key, value, createdAt: at, updatedAt: at })
  environment.secrets.set('DATABASE_URL', store('DATABASE_URL', 'postgresql://somewhere'))
  if (ours)
    environment.variables.set('DB_BRANCH_ACTION', store('DB_BRANCH_ACTION', `made for the pull request of ${name}`))
}

/** Nothing of the test before is left. */
export function clear(github: GitHub): void {
  github.pullRequests.clear()
  github.environments.clear()
}

export function namesOf({ outcome }: Sweep, status: string): string[] {
  return outcome.results.filter((result) => result.status === status).map((result) => result.name)
}

export function reasonOf({ outcome }: Sweep, name: string): string {
  const result = outcome.results.find((each) => each.name === name)
  return result ? `${result.status} (${result.kind}): ${result.reason}` : 'not told'
}
