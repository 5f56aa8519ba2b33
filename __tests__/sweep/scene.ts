import type { GitHub } from '../../sim/github/index.js'
import type { GitLab } from '../../sim/gitlab/index.js'
import type { Branch } from '../../src/domain/branch.js'
import type { Claim } from '../../src/domain/claim.js'
import { type Known, known } from '../../src/domain/known.js'
import type { SweepOutcome } from '../../src/domain/sweep-outcome.js'
import { CancelledError, ConflictError } from '../../src/errors.js'
import { cleanup, type CleanupOrder } from '../../src/lifecycle/cleanup.js'
import { refresh, type RefreshOrder } from '../../src/lifecycle/refresh.js'
import { openGitLab } from '../../src/forges/gitlab/index.js'
import type { SweepPorts } from '../../src/lifecycle/sweep.js'
import type { BranchSpec, Clock, Connection, ForgePorts, Job, Law, Made, Provider } from '../../src/ports.js'
import { Secret } from '../../src/secret.js'
import { claimOf } from '../fixtures/claim.js'
import { testClock } from '../fixtures/clock.js'
import { anyLaw, anySeal } from '../fixtures/law.js'

export const now = new Date('2026-11-22T08:00:00.000Z')
const day = 86_400_000
export const ago = (days: number) => new Date(now.getTime() - days * day)

/** The platform in memory: what is on it, what was asked of it, what is gone. */
export interface Platform {
  readonly branches: Map<string, Branch>
  readonly calls: string[]
  readonly deleted: string[]
  /** The ids of the rebuilt branches as they were before. */
  readonly replaced: string[]
  /** Of every parent. */
  schema: string
  /** By branch id; a branch that is missing here has none. */
  readonly sessions: Map<string, Known<number>>
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
    replaced: [],
    schema: 'one',
    sessions: new Map(),
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
  const never = () => Promise.reject(new Error('A sweep does not do that.'))
  const all = () => [...platform.branches.values()]
  return {
    capabilities: {
      engine: 'other',
      claims: 'branch',
      schemaOnly: 'none',
      masked: 'none',
      copy: false,
      golden: false,
      pointInTime: false,
      expiry: false,
      pooledUrl: false,
      sessions: false,
      reset: 'none',
      urlReadableLater: false,
    },
    list: () => call('list', () => ({ items: all(), complete: platform.complete })),
    find: (name) => call(`find ${name}`, () => platform.branches.get(name)),
    create: never,
    reset: (branch, spec) => rebuild(platform, { call, signal }, { branch, spec }),
    connection: ({ name }) => call(`connection ${name}`, () => connectionTo(name)),
    sessions: () =>
      call('sessions', () => new Map(all().map(({ id }) => [id, platform.sessions.get(id) ?? known(0)] as const))),
    schemaFingerprint: (parent) => call(`fingerprint ${parent}`, () => platform.schema),
    leftovers: (name) =>
      call(`leftovers ${name}`, () =>
        all().filter(({ leftover, claim }) => leftover && claim.kind === 'claim' && claim.claim.branch === name),
      ),
    delete: (branch) =>
      call(`delete ${branch.name}`, () => {
        const found = all().find(({ id }) => id === branch.id)
        if (!found) return 'absent'
        platform.branches.delete(found.name)
        platform.deleted.push(found.name)
        return 'deleted'
      }),
    close: async () => undefined,
  }
}

/** The URL of a branch is the same before and after it is rebuilt. */
export function urlOf(branch: string): string {
  return `postgresql://${branch}:password@db/${branch}`
}

function connectionTo(branch: string): Connection {
  const password = new Secret('password')
  return { url: new Secret(urlOf(branch)), host: 'db', port: 5432, database: branch, username: branch, password }
}

type Call = <T>(name: string, work: () => T) => Promise<T>

/** As the adapters do: built aside, put in the place of the old one in one go, which is dropped then. */
async function rebuild(
  { branches, replaced, schema }: Platform,
  { call, signal }: { call: Call; signal: AbortSignal },
  { branch, spec }: { branch: Branch; spec: BranchSpec },
): Promise<Made> {
  const { build } = spec.claim
  const aside = `db-branch~${build}`
  const remains = `db-branch~${branch.id}`
  const made: Branch = {
    id: build,
    name: spec.name,
    claim: { kind: 'claim', claim: { ...spec.claim, parentSchema: schema } },
  }
  try {
    await call(`build ${aside}`, () => branches.set(aside, { ...made, name: aside, leftover: true }))
    await call(`swap ${spec.name}`, () => {
      if (branches.get(spec.name)?.id !== branch.id) throw new ConflictError('The name was taken.')
      branches.delete(aside)
      branches.set(remains, { ...branch, name: remains, leftover: true })
      branches.set(spec.name, made)
      replaced.push(branch.id)
    })
  } catch (error) {
    if (!signal.aborted) branches.delete(aside)
    throw error
  }
  await call(`drop ${remains}`, () => branches.delete(remains)).catch((error: unknown) => {
    if (error instanceof CancelledError) throw error
  })
  return { branch: made, notes: [] }
}

export interface PullRequestChange {
  readonly closed?: number
  readonly updated?: number
  readonly labels?: readonly string[]
}

/** The promises of a sweep are the same on each. */
export type AnyForge = GitHub | GitLab

/** A pull request opened 40 days ago; `closed` and `updated` are days ago. */
export function addPullRequest(forge: AnyForge, number: number, change: PullRequestChange = {}) {
  const pull = forge.openPullRequest({ number, labels: change.labels ?? [] })
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
  onlyPullRequest: undefined,
}

export const refreshOrder: Omit<RefreshOrder, 'random'> = {
  repository: 42,
  parent: 'main',
  staleDays: 3,
  refreshBusy: false,
  exemptLabels: ['keep-database'],
  onlyPullRequest: undefined,
  run: '77.1',
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
  readonly law?: Law
}

/** A whole cleanup: the real client on the simulated GitHub, the platform in memory, a clock whose waits are over at once. */
export async function sweep(forge: AnyForge, platform: Platform, setting: SweepSetting = {}): Promise<Sweep> {
  const { ports, told } = await portsOf(forge, platform, setting)
  return { outcome: await cleanup(ports, { ...order, ...setting.change }), told }
}

/** The same for a refresh. */
export async function sweepRefresh(
  github: GitHub,
  platform: Platform,
  { change, ...setting }: Omit<SweepSetting, 'change'> & { change?: Partial<RefreshOrder> } = {},
): Promise<Sweep> {
  const { ports, told } = await portsOf(github, platform, setting)
  return { outcome: await refresh(ports, { ...refreshOrder, random: () => `made${(builds += 1)}`, ...change }), told }
}

let builds = 0

export async function portsOf(
  simulator: AnyForge,
  platform: Platform,
  { environments = false, abort = new AbortController(), waits = [], law = anyLaw }: SweepSetting = {},
): Promise<{ ports: SweepPorts; told: string[] }> {
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
    progress: () => undefined,
    output: (name, value) => tell('output')(`${name}=${value}`),
    exportVariable: () => undefined,
    secrets: () => [],
    hides: () => false,
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
  const world = { job, clock, signal: abort.signal, environments }
  const opened = 'variables' in simulator ? onGitLab(simulator, world) : await onGitHub(simulator, world)
  const { sweepForge, sinksFor, environments: list } = opened
  const provider = providerOn(platform, abort.signal)
  return {
    ports: { provider, forge: sweepForge, sinksFor, environments: list, job, clock, law, sealMasking: anySeal },
    told,
  }
}

interface ForgeWorld {
  readonly job: Job
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly environments: boolean
}

async function onGitHub(github: GitHub, { environments, ...world }: ForgeWorld): Promise<ForgePorts> {
  const { openGitHub } = await import('../../src/forges/github/index.js')
  return openGitHub({
    ...world,
    apiUrl: github.url,
    fetch,
    repository: github.repository,
    token: new Secret(github.token({ ...reader, rateLimit: 1_000_000 })),
    environment: environments
      ? {
          template: 'pr-{number}',
          secretName: 'DATABASE_URL',
          token: new Secret(github.token({ ...writer, rateLimit: 1_000_000 })),
        }
      : undefined,
  })
}

function onGitLab(gitlab: GitLab, { environments, ...world }: ForgeWorld): ForgePorts {
  const token = new Secret(gitlab.token())
  return openGitLab({
    ...world,
    apiUrl: gitlab.url,
    project: gitlab.id,
    repository: 'shop',
    token,
    environment: environments ? { template: 'pr-{number}', secretName: 'DATABASE_URL', token } : undefined,
    protected: false,
    fetch,
  })
}

const reader = { name: 'job', kind: 'workflow', permissions: { 'pull-requests': 'read' } } as const
const writer = {
  name: 'environments',
  kind: 'app',
  permissions: { administration: 'write', environments: 'write', actions: 'read', metadata: 'read' },
} as const

/** An environment with the URL in it, as the action makes it; without `ours` it lacks the variable. */
export function addEnvironment(github: GitHub, name: string, ours = true, url = 'postgresql://somewhere'): void {
  const environment = github.ensureEnvironment(name)
  const at = ago(30)
  const store = (key: string, value: string) => ({ name: key, value, createdAt: at, updatedAt: at })
  environment.secrets.set('DATABASE_URL', store('DATABASE_URL', url))
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
