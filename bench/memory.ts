import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type GitHub, startGitHub } from '../sim/github/index.js'
import { startDatabases } from '../sim/platforms/databases.js'
import { type Neon, startNeon } from '../sim/platforms/neon/index.js'
import { annotationOf } from '../src/providers/neon/claim.js'
import { bundle, run } from './program.js'
import { jobEnvironment, openRunFiles, type RunFiles } from './run-files.js'
import { doomed, seedPullRequests } from './sweep.js'
import type { Comparison } from './table.js'

const turns = 3
const day = 86_400_000
const swept = 5_000
/** Customers of the shop that is masked; there are three times as many orders and as many events. */
const customers = Number(process.env['MEMORY_CUSTOMERS'] ?? 50_000)
const policy = join(import.meta.dirname, '../docs/policy/db-branch.yml')
/** Of a new pull request, beyond those that are swept. */
const pullRequest = swept + 1

interface Scene {
  readonly neon: Neon
  readonly github: GitHub
  readonly files: RunFiles
  readonly token: string
}

/** Megabytes that the shipped bundle holds at most, against bare Node after one request. */
export async function peakMemory(): Promise<Comparison[]> {
  const databases = await startDatabases({ shop: { customers, orders: customers * 3 } })
  const [neon, github, files] = [await startNeon(databases), await startGitHub(), openRunFiles()]
  const permissions = { contents: 'read', 'pull-requests': 'read' } as const
  const scene = { neon, github, files, token: github.token({ name: 'bench', kind: 'workflow', permissions }) }
  const { counts } = databases.shop
  const rows = Object.values(counts).reduce((sum, count) => sum + count, 0)
  try {
    github.openPullRequest({ number: pullRequest })
    const made = await compare(scene, 'create', (turn) => create(scene, `pr-{number}-${turn}`, 'schema_only'))
    github.writeFile('.github/db-branch.yml', readFileSync(policy, 'utf8'))
    const stream = `create, masked stream of ${rows} rows`
    const masked = await compare(scene, stream, (turn) => create(scene, `pr-{number}-masked-${turn}`, 'masked'), 1)
    plantBranches(scene)
    const sweep = await compare(scene, `cleanup of ${swept} branches`, () => cleanup(scene), 1)
    if (neon.deleted.length !== doomed) throw new Error(`${neon.deleted.length} branches were deleted`)
    if (neon.violations.length > 0) throw new Error(neon.violations.join('\n'))
    return [made, masked, sweep]
  } finally {
    files.remove()
    await Promise.all([neon.close(), github.close()])
    await databases.stop()
  }
}

type Environment = Readonly<Record<string, string>>

async function compare(
  { github, files }: Scene,
  what: string,
  ...[env, times = turns]: [(turn: number) => Environment, number?]
): Promise<Comparison> {
  const bare = files.write('bare.mjs', `await (await fetch(process.env.GITHUB_API_URL)).text()\n`)
  const [ours, baseline]: [number[], number[]] = [[], []]
  for (let turn = 0; turn < times; turn++) {
    ours.push((await run({ script: bundle, env: env(turn) }, 'peak')).peak)
    baseline.push((await run({ script: bare, env: { GITHUB_API_URL: github.url } }, 'peak')).peak)
  }
  return { what, unit: 'MB', against: 'bare Node with fetch', ours, baseline }
}

function create(scene: Scene, branch: string, dataPolicy: string): Environment {
  const event = { name: 'pull_request', payload: scene.github.event(pullRequest, 'opened') }
  return environment(scene, event, { branch_name: branch, data_policy: dataPolicy })
}

function cleanup(scene: Scene): Environment {
  const event = { name: 'schedule', payload: scene.github.scheduleEvent('17 3 * * *') }
  return environment(scene, event, { mode: 'cleanup', max_deletions: String(doomed) })
}

function environment(
  { neon, github, files, token }: Scene,
  event: { name: string; payload: unknown },
  inputs: Record<string, string>,
): Environment {
  const platform = { provider: 'neon', api_url: neon.url, allow_http: 'true', api_key: neon.apiKey }
  const all = { ...platform, project: neon.project, parent_branch: 'main', github_token: token, ...inputs }
  return jobEnvironment({ apiUrl: github.url, repository: github.repository, event, inputs: all }, files)
}

/** A branch for each pull request, of which a few are due. */
function plantBranches({ neon, github }: Scene): void {
  seedPullRequests(github, swept)
  const createdAt = new Date(Date.now() - 40 * day).toISOString()
  for (let number = 1; number <= swept; number++) {
    const branch = `pr-${number}`
    const claim = {
      repository: github.repository.id,
      pullRequest: number,
      branch,
      parent: 'main',
      build: '00',
      createdAt,
    }
    neon.plant(branch, { annotation: annotationOf({ ...claim, dataPolicy: 'schema_only', run: '1.1' }) })
  }
}
