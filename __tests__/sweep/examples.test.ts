import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { encodeClaim, readClaim } from '../../src/domain/claim.js'
import { Concurrency, type RunOptions, runWorkflow, type WorkflowRun } from '../../sim/runner/index.js'
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

function run(
  workflow: RunOptions['workflow'],
  on: Pick<RunOptions, 'event' | 'payload' | 'concurrency'>,
): Promise<WorkflowRun> {
  const { github } = stage
  return runWorkflow({
    ...on,
    workflow,
    forge: { ...github, apiUrl: github.url, serverUrl: 'https://github.com' },
    actions: { './': root, 'org/db-branch-action@': root },
    secrets,
    runId: (runId += 1),
    workspace: join(root, 'demo/app'),
  })
}

function scheduled(file: string, cron: string): Promise<WorkflowRun> {
  return run(example(file), onSchedule(cron))
}

function onSchedule(cron: string) {
  return { event: 'schedule', payload: stage.github.scheduleEvent(cron) } as const
}

function byHand(file: string, inputs: Record<string, unknown>): Promise<WorkflowRun> {
  const { repository, sender } = stage.github.scheduleEvent('') as { repository: object; sender: object }
  const payload = { inputs, ref: 'refs/heads/main', workflow: `.github/workflows/${file}`, repository, sender }
  return run(example(file), { event: 'workflow_dispatch', payload })
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
}

const jobsOf = (done: WorkflowRun) => Object.fromEntries(done.jobs.map((job) => [job.name, job.conclusion]))
const outputsOf = (done: WorkflowRun, job: string) =>
  done.jobs.find(({ name: each }) => each === job)?.steps.find(({ outputs }) => outputs['status'] !== undefined)
    ?.outputs

describe('examples/refresh.yml', () => {
  const environment = (number: number) => stage.github.environmentSecrets(`pr-${number}`)['DATABASE_URL']

  it('by hand with dry_run prints the plan and stops after it', async () => {
    await age('pr-1', 5)
    const before = await branches()
    const done = await byHand('refresh.yml', { dry_run: true })
    expectGreen(done)
    expect(jobsOf(done)).toEqual({ plan: 'success', refresh: 'skipped' })
    expect(done.log).toContain('would be: refreshed "pr-1" (stale): made 5 days ago, longer than stale_days (3)')
    expect(await branches()).toEqual(before)
  })

  it.each(['schedule', 'workflow_dispatch'])('by %s rebuilds what is stale and prints reasons', async (event) => {
    await age('pr-1', 5)
    for (const number of [2, 3]) await age(`pr-${number}`, event === 'schedule' ? 5 : 1)
    const before = await branches()
    const url = environment(1)
    // A secret that somebody overwrote, or of before a change of the admin password.
    stage.github.environments.get('pr-1')!.secrets.get('DATABASE_URL')!.value = 'postgresql://elsewhere'
    const done = await (event === 'schedule'
      ? scheduled('refresh.yml', '43 4 * * 1-5')
      : byHand('refresh.yml', { dry_run: false }))
    expectGreen(done)
    const after = await branches()
    expect(Object.keys(after)).toEqual(Object.keys(before))
    const due = event === 'schedule' ? [1, 2, 3] : [1]
    for (const number of [1, 2, 3, 4])
      expect([number, after[`pr-${number}`] === before[`pr-${number}`]]).toEqual([number, !due.includes(number)])
    expect(jobsOf(done)).toEqual({
      plan: 'success',
      ...Object.fromEntries(due.map((number) => [`refresh (${number})`, 'success'])),
    })
    expect(outputsOf(done, 'plan')).toMatchObject({ status: 'planned', pull_requests: JSON.stringify(due) })
    expect(outputsOf(done, 'refresh (1)')).toMatchObject({ refreshed: '["pr-1"]', kept: '[]', pull_requests: '[1]' })
    expect(environment(1)).toBe(url)
    expect(done.log).toContain('refreshed "pr-1" (stale): made 5 days ago, longer than stale_days (3)')
    expect(done.log).toMatch(/kept "pr-4" \(exempt\): .*"keep-database"/)
    expect(done.jobs[0]?.steps[0]?.summary).toContain('Refresh of database branches')
  })

  it('with nothing to do ends after the plan', async () => {
    for (const number of [1, 2, 3]) await age(`pr-${number}`, 1)
    const done = await scheduled('refresh.yml', '43 4 * * 1-5')
    expectGreen(done)
    expect(jobsOf(done)).toEqual({ plan: 'success', refresh: 'skipped' })
    expect(outputsOf(done, 'plan')).toMatchObject({ pull_requests: '[]' })
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
    expect(jobsOf(done)).toEqual({ plan: 'success', cleanup: 'skipped' })
    expect(done.log).toContain('would be: deleted "pr-2" (closed): pull request #2 was closed 8 days ago')
    expect([await branches(), [...stage.github.environments.keys()]]).toEqual(before)
  })

  it('whose plan is refused ends red, with the plan printed and nothing deleted', async () => {
    const before = [await branches(), [...stage.github.environments.keys()]]
    const strict = readFileSync(example('cleanup.yml'), 'utf8').replace('max_deletions: 20', 'max_deletions: 1')
    for (const number of [11, 12]) {
      stage.github.openPullRequest({ number })
      Object.assign(stage.github.pullRequests.get(number)!, { state: 'closed', closedAt: ago(8) })
    }
    const at = ago(9)
    const value = 'made for the pull request of pr-11'
    const { variables } = stage.github.ensureEnvironment('pr-11')
    variables.set('DB_BRANCH_ACTION', { name: 'DB_BRANCH_ACTION', value, createdAt: at, updatedAt: at })
    const done = await run({ text: strict, path: '.github/workflows/cleanup.yml' }, onSchedule('17 3 * * *'))
    stage.github.environments.delete('pr-11')
    expect(done.conclusion).toBe('failure')
    expect(jobsOf(done)).toEqual({ plan: 'failure', cleanup: 'skipped' })
    expect(outputsOf(done, 'plan')).toMatchObject({ pull_requests: '[]' })
    expect(done.log).toContain(
      '1 branch and 1 environment without a branch would be deleted, more than max_deletions (1)',
    )
    expect(done.log).toMatch(/would be: kept "pr-2" \(closed\): .*; kept because the plan was refused/)
    expect(done.jobs[0]?.steps[0]?.summary).toContain('Nothing was changed')
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
    expect(jobsOf(done)).toEqual({ plan: 'success', [`cleanup (${due})`]: 'success' })
    expect(outputsOf(done, `cleanup (${due})`)).toMatchObject({
      deleted: `["pr-${due}"]`,
      kept: '[]',
      failed: '[]',
      status: 'cleaned',
      pull_requests: `[${due}]`,
    })
  })
})

describe('the policy file of the default branch', () => {
  const policyOf = (lists: string) =>
    stage.github.writeFile(
      '.github/db-branch.yml',
      `version: 1\n${lists}\nparents: { main: { data_policy: schema_only } }\n`,
    )
  const deleteByHand = (name: string) =>
    run(
      {
        text: `on: workflow_dispatch
jobs:
  database:
    runs-on: ubuntu-latest
    permissions: { contents: read, pull-requests: read }
    steps:
      - uses: org/db-branch-action@v1
        with: { mode: delete, provider: postgres, admin_url: '\${{ secrets.DB_ADMIN_URL }}', branch_name: ${name} }
`,
        path: '.github/workflows/delete.yml',
      },
      { event: 'workflow_dispatch', payload: { ...stage.github.scheduleEvent(''), inputs: {} } },
    )
  beforeAll(async () => {
    Object.assign(stage.github.pullRequests.get(1)!, { state: 'closed', closedAt: ago(8) })
    await age('pr-1', 20)
  })
  afterAll(() => {
    policyOf('')
    Object.assign(stage.github.pullRequests.get(1)!, { state: 'open', closedAt: null, updatedAt: ago(8) })
  })

  it.each([
    ['protected: [pr-*]', 'kept "pr-1" (protected): the policy file protects "pr-*"'],
    ['exempt: [pr-1]', 'kept "pr-1" (exempt): the policy file exempts its name from sweeps'],
  ])('%s keeps a branch that would go', async (lists, line) => {
    policyOf(lists)
    const done = await byHand('cleanup.yml', { dry_run: false })
    expectGreen(done)
    expect(done.log).toContain(line)
    expect(outputsOf(done, 'plan')).toMatchObject({ pull_requests: '[]' })
    expect(Object.keys(await branches())).toContain('pr-1')
  })

  it('that may not be read ends the sweep before anything goes', async () => {
    const text = readFileSync(example('cleanup.yml'), 'utf8').replaceAll(/^ *contents: read.*\n/gm, '')
    const done = await run({ text, path: '.github/workflows/cleanup.yml' }, onSchedule('17 3 * * *'))
    expect(jobsOf(done)).toEqual({ plan: 'failure', cleanup: 'skipped' })
    expect(done.log).toMatch(
      /Reading the policy file .*contents: read.*Which branches it protects is unknown without it/,
    )
    expect(Object.keys(await branches())).toContain('pr-1')
  })

  it('also binds a deletion by hand', async () => {
    policyOf('protected: [pr-1]')
    const done = await deleteByHand('pr-1')
    expect(done.conclusion).toBe('failure')
    expect(done.log).toContain('Deleting "pr-1" refused: the policy file protects its name. Nothing was changed.')
    expect(Object.keys(await branches())).toContain('pr-1')
  })
})

describe('in the group of a pull request', () => {
  const patience = 20_000

  async function until(holds: () => boolean): Promise<void> {
    const end = Date.now() + patience
    while (!holds()) {
      if (Date.now() > end) throw new Error('It never came to that.')
      await delay(20)
    }
  }

  /** A run of pull-request.yml: working, or waiting for the one that works. */
  function enter(concurrency: Concurrency, number: number) {
    const cancelled: string[] = []
    const entrant = {
      owner: {},
      cancelInProgress: false,
      queue: 'single',
      cancel: (why: string) => cancelled.push(why),
    } as const
    return { cancelled, admission: concurrency.enter({ ...entrant, group: `db-branch-${number}` }) }
  }

  const release = async ({ admission }: ReturnType<typeof enter>) => {
    const admitted = await admission
    if (!admitted.admitted) throw new Error(admitted.reason)
    admitted.release()
  }

  it.each([
    ['refresh.yml', '43 4 * * 1-5', 1],
    ['cleanup.yml', '17 3 * * *', 4],
  ])('%s waits for a run at work, and throws out none that waits', async (file, cron, number) => {
    const pull = stage.github.pullRequests.get(number)!
    if (file === 'cleanup.yml') Object.assign(pull, { state: 'closed', closedAt: ago(8), labels: [] })
    await age(`pr-${number}`, 20)
    const before = await branches()
    const concurrency = new Concurrency()
    const working = enter(concurrency, number)
    const waiting = enter(concurrency, number)
    const sweeping = run(example(file), { ...onSchedule(cron), concurrency })
    await until(() => concurrency.pending(`db-branch-${number}`) === 2)
    expect(waiting.cancelled).toEqual([])
    expect(await branches()).toEqual(before)
    await release(working)
    await release(waiting)
    expectGreen(await sweeping)
    expect((await branches())[`pr-${number}`]).not.toBe(before[`pr-${number}`])
  })

  it('what the run at work changed counts: the branch of a pull request that was reopened stays', async () => {
    await age('pr-1', 20)
    Object.assign(stage.github.pullRequests.get(1)!, { state: 'closed', closedAt: ago(8) })
    const concurrency = new Concurrency()
    const working = enter(concurrency, 1)
    const sweeping = run(example('cleanup.yml'), { ...onSchedule('17 3 * * *'), concurrency })
    await until(() => concurrency.pending('db-branch-1') === 1)
    stage.github.reopenPullRequest(1)
    await release(working)
    const done = await sweeping
    expectGreen(done)
    expect(done.log).toContain('kept "pr-1" (open): pull request #1 is open')
    expect(Object.keys(await branches())).toContain('pr-1')
  })
})

it('the one-job form in docs/sweeps.md deletes by age', async () => {
  const page = readFileSync(join(root, 'docs/sweeps.md'), 'utf8')
  const text = /```yaml\n(name: [\s\S]*?)```/.exec(page)?.[1] ?? ''
  const [old, ...young] = Object.keys(await branches())
  await age(old!, 40)
  const done = await run({ text, path: '.github/workflows/cleanup.yml' }, onSchedule('17 3 * * *'))
  expectGreen(done)
  expect(Object.keys(await branches())).toEqual(young)
  expect(done.log).toContain(`deleted "${old}" (expired): made 40 days ago, longer than ttl_days (30)`)
})

it('GitHub had nothing to object to', () => {
  expect(stage.github.violations).toEqual([])
})
