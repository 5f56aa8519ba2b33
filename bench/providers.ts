import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type GitHub, startGitHub } from '../sim/github/index.js'
import { type Databases, startDatabases } from '../sim/platforms/databases.js'
import { bundle, run } from './program.js'
import { type ProviderScene, providerScenes, scriptOf } from './provider-scenes.js'
import { groupsOf, type Recording, type SqlStep, startRecorder, type Wait } from './recording.js'
import { jobEnvironment, openRunFiles, type RunFiles } from './run-files.js'
import type { Comparison } from './table.js'

const turns = Number(process.env['PROVIDER_TURNS'] ?? 5)
const goal = 1.5
const pullRequest = 7

/** What happens to a pull request's branch, in this order. */
const operations = {
  create: { action: 'opened' },
  reuse: { action: 'synchronize' },
  connect: { action: 'synchronize', mode: 'connect' },
  delete: { action: 'closed' },
} as const
type Operation = keyof typeof operations

/**
 * A branch's life on each simulated platform: the shipped bundle against a script that makes the same requests and runs
 * the same statements and checks nothing. Both are processes of their own, from their start to their end; they take turns.
 */
export async function branchLives(): Promise<Comparison[]> {
  const [databases, github] = [await startDatabases({ shop: { customers: 50, orders: 100 } }), await startGitHub()]
  github.openPullRequest({ number: pullRequest })
  const rows: Comparison[] = []
  try {
    for (const [name, start] of chosen()) {
      const scene = await start(databases)
      try {
        rows.push(...(await measure(name, { scene, github })))
        const wrong = scene.simulator.violations
        if (wrong.length > 0) throw new Error(`${name}: ${wrong.join('\n')}`)
      } finally {
        await scene.simulator.close()
      }
    }
  } finally {
    await Promise.all([github.close(), databases.stop()])
  }
  return rows
}

/** `PROVIDERS=Neon,rest` picks some. */
function chosen(): [string, (databases: Databases) => Promise<ProviderScene>][] {
  const wanted = process.env['PROVIDERS']?.split(',')
  return Object.entries(providerScenes).filter(([name]) => !wanted || wanted.includes(name))
}

interface Stage {
  readonly scene: ProviderScene
  readonly github: GitHub
}

async function measure(name: string, stage: Stage): Promise<Comparison[]> {
  const files = openRunFiles()
  const permissions = { contents: 'read', 'pull-requests': 'read' } as const
  const token = stage.github.token({ name: `bench ${name}`, kind: 'workflow', permissions })
  const script = files.write('bare.mjs', scriptOf(join(import.meta.dirname, 'bare-child.ts')))
  const scripts = { ...stage, files, token, script }
  const all = Object.keys(operations) as Operation[]
  try {
    const rows = new Map<Operation, { against: string; expected: string[]; ours: number[]; baseline: number[] }>()
    for (const operation of all) {
      let against = ''
      const expected = await told(stage, async () => void (against = await record(operation, scripts)))
      rows.set(operation, { against, expected, ours: [], baseline: [] })
    }
    for (let turn = 0; turn < turns; turn++) {
      for (const [operation, row] of rows) row.ours.push(await action(operation, scripts))
      for (const [operation, row] of rows) {
        const seen = await told(stage, async () => void row.baseline.push(await bare(operation, scripts)))
        refuseOthers(`${name}, ${operation}`, seen, row.expected)
      }
    }
    return [...rows].map(([operation, row]) => ({ what: `${operation}, ${name}`, ...row, goal }))
  } finally {
    files.remove()
  }
}

interface Scripts extends Stage {
  readonly files: RunFiles
  readonly token: string
  readonly script: string
}

/** A run whose requests and statements are written down for the bare script. Says how many there are. */
async function record(operation: Operation, scripts: Scripts): Promise<string> {
  const { scene, github, files } = scripts
  const [platform, forge] = [await startRecorder(scene.simulator.url), await startRecorder(github.url)]
  const preloads = ['sql-recorder', 'wait-recorder'].map(
    (name) => `--import=${files.write(`${name}.mjs`, scriptOf(join(import.meta.dirname, `${name}.ts`)))}`,
  )
  const at = { apiUrl: platform.url, forgeUrl: forge.url }
  const env = environment(operation, scripts, at)
  const options = [env['NODE_OPTIONS'], ...preloads].filter((option) => option !== undefined).join(' ')
  const [sqlFile, waitFile] = [files.path('sql.json'), files.path('waits.json')]
  try {
    const records = { SQL_RECORD: sqlFile, WAIT_RECORD: waitFile }
    await run({ script: bundle, env: { ...env, NODE_OPTIONS: options, ...records } })
  } finally {
    await Promise.all([platform.close(), forge.close()])
  }
  const sessions = JSON.parse(readFileSync(sqlFile, 'utf8')) as Omit<SqlStep, 'kind'>[]
  const waits = JSON.parse(readFileSync(waitFile, 'utf8')) as Wait[]
  const sql = sessions.map((session): SqlStep => ({ kind: 'sql', ...session }))
  const recording: Recording = { groups: groupsOf([...platform.steps, ...forge.steps, ...sql], waits) }
  files.write(`${operation}.json`, JSON.stringify({ ...recording, pg: import.meta.resolve('pg') }))
  const requests = platform.steps.length + forge.steps.length
  const logins = sql.length > 0 ? ` and ${sql.length} ${sql.length === 1 ? 'login' : 'logins'}` : ''
  return `bare script, ${requests} requests${logins}`
}

async function action(operation: Operation, scripts: Scripts): Promise<number> {
  const at = { apiUrl: scripts.scene.simulator.url, forgeUrl: scripts.github.url }
  return (await run({ script: bundle, env: environment(operation, scripts, at) })).ms
}

async function bare(operation: Operation, { scene, files, script, ...rest }: Scripts): Promise<number> {
  setPullRequest(operation, rest)
  const args = [files.path(`${operation}.json`)]
  return (await run({ script, args, env: { PATH: '/usr/bin:/bin', ...scene.env } })).ms
}

function environment(
  operation: Operation,
  { scene, github, files, token }: Scripts,
  { apiUrl, forgeUrl }: { apiUrl: string; forgeUrl: string },
): Record<string, string> {
  setPullRequest(operation, { github })
  const { action, ...mode } = operations[operation]
  const own = { api_url: apiUrl, allow_http: 'true', github_token: token, parent_branch: 'main' }
  const creates = operation === 'create' || operation === 'reuse'
  const inputs = { ...scene.inputs, ...own, ...mode, ...(creates && { data_policy: 'schema_only' }) }
  const event = { name: 'pull_request', payload: github.event(pullRequest, action) }
  return { ...jobEnvironment({ apiUrl: forgeUrl, repository: github.repository, event, inputs }, files), ...scene.env }
}

function setPullRequest(operation: Operation, { github }: { github: GitHub }): void {
  const { state } = github.pullRequests.get(pullRequest) ?? {}
  if (operation === 'delete' && state === 'open') github.closePullRequest(pullRequest)
  else if (operation !== 'delete' && state === 'closed') github.reopenPullRequest(pullRequest)
}

/** What the platform and GitHub did meanwhile, and what each reading said last, sorted: looks are as many as it takes. */
async function told({ scene, github }: Stage, body: () => Promise<unknown>): Promise<string[]> {
  const [one, other] = [scene.simulator.journal, github.journal]
  const from = [one.length, other.length] as const
  await body()
  const asked = [...one.slice(from[0]), ...other.slice(from[1])].map(({ method, status, ...entry }) => {
    return { method, status, call: `${method} ${'operation' in entry ? entry.operation : entry.path}` }
  })
  const written = asked.filter(({ method }) => method !== 'GET').map(({ call, status }) => `${call} ${status}`)
  const read = new Map(asked.filter(({ method }) => method === 'GET').map(({ call, status }) => [call, status]))
  return [...written, ...[...read].map(([call, status]) => `${call} ${status}`)].sort()
}

/** A script that gets other answers does other work, and must not be compared. */
function refuseOthers(what: string, seen: readonly string[], expected: readonly string[]): void {
  if (seen.join('\n') === expected.join('\n')) return
  throw new Error(`${what}: the bare script made\n${seen.join('\n')}\ninstead of\n${expected.join('\n')}`)
}
