import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { encodeClaim, readClaim } from '../../src/domain/claim.js'
import { type RunOptions, runWorkflow, type WorkflowRun } from '../../sim/runner/index.js'
import { type Stage, startStage } from '../../sim/stage.js'

const { escapeIdentifier: name, escapeLiteral: literal } = pg
const root = join(import.meta.dirname, '../..')
const example = (file: string) => join(root, 'examples', file)
const ago = (days: number) => new Date(Date.now() - days * 86_400_000)

let stage: Stage
let secrets: Record<string, string>
let runId = 20_000

beforeAll(async () => {
  stage = await startStage({ shop: { customers: 5, orders: 10 } })
  // What the comment in examples/cleanup.yml asks for.
  const token = stage.github.token({
    name: 'environment token',
    kind: 'app',
    permissions: { administration: 'write', environments: 'write', actions: 'read', metadata: 'read' },
  })
  secrets = { ...stage.secrets, DB_ENVIRONMENT_TOKEN: token }
  for (const number of [1, 2, 3, 4]) {
    stage.github.openPullRequest({ number, labels: number === 4 ? ['keep-database'] : [] })
    const run = await stage.run(example('pull-request.yml'), { number, action: 'opened' }, { secrets })
    if (run.conclusion !== 'success') throw new Error(run.log)
    await age(`pr-${number}`, 20)
    Object.assign(stage.github.pullRequests.get(number)!, { createdAt: ago(20), updatedAt: ago(8) })
  }
})
afterAll(() => stage.stop())

/** Makes the claim of a branch older, as time would. */
async function age(branch: string, days: number): Promise<void> {
  const [row] = await stage.server.sql<{ comment: string }>(
    'postgres',
    `SELECT shobj_description(oid, 'pg_database') AS comment FROM pg_database WHERE datname = $1`,
    [branch],
  )
  const reading = readClaim(row?.comment)
  if (reading.kind !== 'claim') throw new Error(`${branch} has no claim.`)
  const text = encodeClaim({ ...reading.claim, createdAt: ago(days).toISOString() })
  await stage.server.sql('postgres', `COMMENT ON DATABASE ${name(branch)} IS ${literal(text)}`)
}

function run(file: string, on: Pick<RunOptions, 'event' | 'payload'>): Promise<WorkflowRun> {
  const { github } = stage
  return runWorkflow({
    ...on,
    workflow: example(file),
    forge: { ...github, apiUrl: github.url, serverUrl: 'https://github.com' },
    actions: { './': root, 'org/db-branch-action@': root },
    secrets,
    runId: (runId += 1),
    workspace: join(root, 'demo/app'),
  })
}

function scheduled(file: string, cron: string): Promise<WorkflowRun> {
  return run(file, { event: 'schedule', payload: stage.github.scheduleEvent(cron) })
}

function byHand(file: string, inputs: Record<string, unknown>): Promise<WorkflowRun> {
  const { repository, sender } = stage.github.scheduleEvent('') as { repository: object; sender: object }
  const payload = { inputs, ref: 'refs/heads/main', workflow: `.github/workflows/${file}`, repository, sender }
  return run(file, { event: 'workflow_dispatch', payload })
}

async function branches(): Promise<Record<string, string>> {
  const rows = await stage.server.sql<{ name: string; id: string }>(
    'postgres',
    `SELECT datname::text AS name, oid::text AS id FROM pg_database WHERE datname LIKE 'pr-%' ORDER BY 1`,
  )
  return Object.fromEntries(rows.map((row) => [row.name, row.id]))
}

function expectGreen(done: WorkflowRun): void {
  expect({ log: done.log, conclusion: done.conclusion }).toMatchObject({ conclusion: 'success' })
  expect(done.log).not.toMatch(/Unexpected input/)
  for (const sink of done.sinks().filter(({ kind }) => kind !== 'output-file')) {
    for (const secret of [stage.server.password, ...Object.values(secrets)])
      expect({ kind: sink.kind, leaks: sink.text.includes(secret) }).toEqual({ kind: sink.kind, leaks: false })
  }
}

describe('examples/refresh.yml', () => {
  it.each(['schedule', 'workflow_dispatch'])('by %s rebuilds what is stale and prints reasons', async (event) => {
    await age('pr-1', 5)
    const before = await branches()
    const done = await (event === 'schedule' ? scheduled('refresh.yml', '43 4 * * 1-5') : byHand('refresh.yml', {}))
    expectGreen(done)
    const after = await branches()
    expect(Object.keys(after)).toEqual(Object.keys(before))
    expect(after['pr-1']).not.toBe(before['pr-1'])
    expect(after['pr-4']).toBe(before['pr-4'])
    expect(done.log).toContain('refreshed "pr-1" (stale): made 5 days ago, longer than stale_days (3)')
    expect(done.log).toMatch(/kept "pr-4" \(exempt\): .*"keep-database"/)
    expect(done.jobs[0]?.steps[0]?.summary).toContain('Refresh of database branches')
  })
})

describe('examples/cleanup.yml', () => {
  beforeAll(() => {
    for (const number of [2, 4])
      Object.assign(stage.github.pullRequests.get(number)!, { state: 'closed', closedAt: ago(8) })
    Object.assign(stage.github.pullRequests.get(3)!, { state: 'closed', closedAt: ago(2) })
  })

  it.each([true, 'true'])('by hand with dry_run %p prints the plan and changes nothing', async (value) => {
    for (const branch of Object.keys(await branches())) await age(branch, 20)
    const before = [await branches(), [...stage.github.environments.keys()]]
    const done = await byHand('cleanup.yml', { dry_run: value })
    expectGreen(done)
    expect(done.log).toContain('would be: deleted "pr-2" (closed): pull request #2 was closed 8 days ago')
    expect([await branches(), [...stage.github.environments.keys()]]).toEqual(before)
  })

  it.each(['schedule', 'workflow_dispatch'])('by %s deletes what is due and prints reasons', async (event) => {
    const due = event === 'schedule' ? 2 : 3
    if (due === 3) stage.github.pullRequests.get(3)!.closedAt = ago(9)
    const done = await (event === 'schedule'
      ? scheduled('cleanup.yml', '17 3 * * *')
      : byHand('cleanup.yml', { dry_run: false }))
    expectGreen(done)
    expect(Object.keys(await branches())).toEqual(due === 2 ? ['pr-1', 'pr-3', 'pr-4'] : ['pr-1', 'pr-4'])
    expect([...stage.github.environments.keys()].sort()).toEqual(
      due === 2 ? ['pr-1', 'pr-3', 'pr-4'] : ['pr-1', 'pr-4'],
    )
    expect(done.log).toContain(
      `deleted "pr-${due}" (closed): pull request #${due} was closed ${due === 2 ? 8 : 9} days ago`,
    )
    expect(done.log).toContain('kept "pr-1" (open): pull request #1 is open')
    if (due === 2) expect(done.log).toContain('kept "pr-3" (within ttl): pull request #3 was closed 2 days ago')
    expect(done.log).toMatch(/kept "pr-4" \(exempt\)/)
    expect(done.jobs[0]?.steps[0]?.outputs).toMatchObject({ deleted: `["pr-${due}"]`, failed: '[]', status: 'cleaned' })
  })
})

it('GitHub had nothing to object to', () => {
  expect(stage.github.violations).toEqual([])
})
