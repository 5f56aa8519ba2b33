import { setTimeout as delay } from 'node:timers/promises'
import { type GitHub, startGitHub } from '../sim/github/index.js'
import type { Branch } from '../src/domain/branch.js'
import type { Job, Provider } from '../src/ports.js'
import { Secret } from '../src/secret.js'

/** Milliseconds that every request to GitHub and to the platform takes. */
const latency = 20
const doomed = 10
const day = 86_400_000

/**
 * A night's cleanup against the loop that most scripts use, one request per branch. Half of the pull requests are open, ten
 * branches are due. The loop is not run at 5,000 branches, where it would take minutes.
 */
export async function sweepGrowth(): Promise<string> {
  const lines = [
    '| branches | GitHub requests | platform requests | ms | one request per branch | ms | requests | time | heap MB |',
    '| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
  ]
  const github = await startGitHub({ latency })
  // The toolkit reads the address once, when it is imported.
  process.env['GITHUB_API_URL'] = github.url
  const { openGitHub } = await import('../src/forges/github/index.js')
  const { cleanup } = await import('../src/lifecycle/cleanup.js')
  try {
    for (const size of [10, 100, 1_000, 5_000]) {
      seed(github, size)
      const token = github.token({ name: 'bench', kind: 'workflow', permissions: { 'pull-requests': 'read' } })
      const clock = { now: () => new Date(), elapsed: () => performance.now(), sleep: (ms: number) => delay(ms) }
      const signal = new AbortController().signal
      const repository = { owner: github.repository.owner, name: github.repository.name }
      const { sweepForge } = openGitHub({
        repository,
        token: new Secret(token),
        environment: undefined,
        job: silent,
        clock,
        signal,
      })
      const platform = memoryPlatform(github.repository.id, size)
      const from = github.journal.length
      const start = performance.now()
      const ports = {
        provider: platform.provider,
        forge: sweepForge,
        sinksFor: () => [],
        environments: undefined,
        job: silent,
        clock,
      }
      const { results } = await cleanup(ports, {
        repository: github.repository.id,
        parent: 'main',
        strategy: 'activity',
        ttlDays: 7,
        idleDays: undefined,
        exemptLabels: [],
        maxDeletions: doomed,
        concurrency: 4,
      })
      const ms = performance.now() - start
      const requests = github.journal.length - from
      const deleted = results.filter((result) => result.status === 'deleted').length
      if (deleted !== Math.min(doomed, size / 2)) throw new Error(`${deleted} branches were deleted`)
      const loop = size > 1_000 ? undefined : await loopOverBranches(github, token, size)
      const heap = Math.round(process.memoryUsage().heapUsed / 2 ** 20)
      const cells = [
        size,
        requests,
        platform.requests(),
        ms.toFixed(0),
        loop?.requests ?? '–',
        loop?.ms.toFixed(0) ?? '–',
      ]
      const ratios = loop
        ? [`1/${(loop.requests / requests).toFixed(0)}`, `1/${(loop.ms / ms).toFixed(1)}`]
        : ['–', '–']
      lines.push(`| ${[...cells, ...ratios, heap].join(' | ')} |`)
    }
  } finally {
    await github.close()
  }
  return lines.join('\n')
}

/** Pull requests 1 to `size`: the first half closed, the first ten long ago, the others open. */
function seed(github: GitHub, size: number): void {
  for (let number = 1; number <= size; number++) {
    if (!github.pullRequests.has(number)) github.openPullRequest({ number })
    const pullRequest = github.pullRequests.get(number)
    if (!pullRequest) throw new Error(`no pull request ${number}`)
    const closed = number <= size / 2
    pullRequest.state = closed ? 'closed' : 'open'
    pullRequest.closedAt = closed ? new Date(Date.now() - (number <= doomed ? 30 : 1) * day) : null
  }
}

function memoryPlatform(repository: number, size: number): { provider: Provider; requests: () => number } {
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
    capabilities: { engine: 'other', claims: 'branch', schemaOnly: 'none', reset: 'none', urlReadableLater: true },
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

async function loopOverBranches(
  github: GitHub,
  token: string,
  size: number,
): Promise<{ requests: number; ms: number }> {
  const start = performance.now()
  const { owner, name } = github.repository
  for (let number = 1; number <= size; number++) {
    const headers = { authorization: `token ${token}`, 'user-agent': 'loop', accept: 'application/vnd.github+json' }
    const answer = await fetch(`${github.url}/repos/${owner}/${name}/pulls/${number}`, { headers })
    await answer.json()
  }
  return { requests: size, ms: performance.now() - start }
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
  output: nothing,
  saveState: nothing,
  summary: () => Promise.resolve(),
}
