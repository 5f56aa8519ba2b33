/** One measured sweep, or loop, in a process that holds nothing else. */
import type { SweepPorts } from '../src/lifecycle/sweep.js'
import { setTimeout as delay } from 'node:timers/promises'
import type { Branch } from '../src/domain/branch.js'
import { openGitHub } from '../src/forges/github/index.js'
import { cleanup } from '../src/lifecycle/cleanup.js'
import type { Job, Provider } from '../src/ports.js'
import { Secret } from '../src/secret.js'

const day = 86_400_000

export interface Task {
  readonly what: 'cleanup' | 'loop'
  readonly size: number
  readonly token: string
  readonly repository: { readonly id: number; readonly owner: string; readonly name: string }
  readonly latency: number
  readonly maxDeletions: number
}

export interface Figures {
  readonly ms: number
  readonly deleted: number
  readonly platformRequests: number
  /** Megabytes. */
  readonly peakHeap: number
  readonly peakRss: number
}

const nothing = () => undefined
const silent: Job = {
  mask: nothing,
  info: nothing,
  debug: nothing,
  notice: nothing,
  warning: nothing,
  error: nothing,
  group: (_title, body) => body(),
  progress: () => undefined,
  output: nothing,
  exportVariable: nothing,
  secrets: () => [],
  hides: () => false,
  saveState: nothing,
  summary: () => Promise.resolve(),
}

const task = JSON.parse(process.argv[2] ?? '') as Task
let peakHeap = 0
const sample = () => {
  peakHeap = Math.max(peakHeap, process.memoryUsage().heapUsed)
}
const sampling = setInterval(sample, 5)
const start = performance.now()
const done = task.what === 'cleanup' ? await sweep(task) : await loop(task)
const ms = performance.now() - start
sample()
clearInterval(sampling)
process.send?.({
  ...done,
  ms,
  peakHeap: peakHeap / 2 ** 20,
  peakRss: process.resourceUsage().maxRSS / 2 ** 10,
} satisfies Figures)

async function sweep({ size, token, repository, latency, maxDeletions }: Task) {
  const clock = { now: () => new Date(), elapsed: () => performance.now(), sleep: (ms: number) => delay(ms) }
  const { signal } = new AbortController()
  const apiUrl = process.env['GITHUB_API_URL'] ?? ''
  const github = { repository, token: new Secret(token), environment: undefined, job: silent, clock, signal }
  const { sweepForge } = openGitHub({ ...github, apiUrl, fetch })
  const platform = memoryPlatform(repository.id, { size, latency })
  const { provider } = platform
  const law: SweepPorts['law'] = async () => ({ dataPolicy: 'schema_only', notes: [] })
  const sealMasking: SweepPorts['sealMasking'] = () => Promise.reject(new Error('nothing is masked here'))
  const ports = {
    provider,
    sealMasking,
    forge: sweepForge,
    sinksFor: () => [],
    environments: undefined,
    job: silent,
    clock,
    law,
  }
  const { results } = await cleanup(ports, {
    repository: repository.id,
    parent: 'main',
    strategy: 'activity',
    ttlDays: 7,
    idleDays: undefined,
    exemptLabels: [],
    maxDeletions,
    concurrency: 4,
    onlyPullRequest: undefined,
  })
  const deleted = results.filter((result) => result.status === 'deleted').length
  return { deleted, platformRequests: platform.requests() }
}

async function loop({ size, token, repository }: Task) {
  const headers = { authorization: `token ${token}`, 'user-agent': 'loop', accept: 'application/vnd.github+json' }
  const pulls = `${process.env['GITHUB_API_URL']}/repos/${repository.owner}/${repository.name}/pulls`
  for (let number = 1; number <= size; number++) await (await fetch(`${pulls}/${number}`, { headers })).json()
  return { deleted: 0, platformRequests: 0 }
}

function memoryPlatform(
  repository: number,
  { size, latency }: { size: number; latency: number },
): { provider: Provider; requests: () => number } {
  let requests = 0
  const request = async () => {
    requests += 1
    await delay(latency)
  }
  const createdAt = new Date(Date.now() - 40 * day).toISOString()
  const claim = { repository, parent: 'main', dataPolicy: 'schema_only' as const, run: '1.1', build: '00', createdAt }
  const branches = new Map<string, Branch>()
  for (let number = 1; number <= size; number++) {
    const name = `pr-${number}`
    branches.set(name, {
      id: name,
      name,
      claim: { kind: 'claim', claim: { ...claim, pullRequest: number, branch: name } },
    })
  }
  const never = () => Promise.reject(new Error('not part of a cleanup'))
  const provider: Provider = {
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
      urlReadableLater: true,
    },
    async list() {
      await request()
      return { items: [...branches.values()], complete: true }
    },
    async find(name) {
      await request()
      return branches.get(name)
    },
    async delete(branch) {
      await request()
      return branches.delete(branch.name) ? 'deleted' : 'absent'
    },
    create: never,
    connection: never,
    close: () => Promise.resolve(),
  }
  return { provider, requests: () => requests }
}
