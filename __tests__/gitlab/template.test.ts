import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { parseAllDocuments } from 'yaml'
import { type GitLab, startGitLab } from '../../sim/gitlab/index.js'
import { type Pipeline, type PipelineRun, predefined, type Project, startProject } from '../../sim/gitlab/pipeline.js'
import type { PostgresServer } from '../../sim/postgres/server.js'
import { encodeClaim, readClaim } from '../../src/domain/claim.js'
import { runCli } from '../fixtures/cli.js'
import { endOf } from '../fixtures/gitlab.js'
import { startShop } from '../fixtures/postgres.js'

const { escapeIdentifier: name, escapeLiteral: literal } = pg

const root = join(import.meta.dirname, '../..')

const config = `
include:
  - local: templates/db-branch.yml
    inputs:
      provider: postgres
      data_policy: schema_only
      command: node ${join(root, 'dist/index.js')}

app:
  stage: test
  needs: [db-branch]
  environment:
    name: review/pr-$CI_MERGE_REQUEST_IID
    action: access
  script:
    - echo "branch $DB_BRANCH_NAME is $DB_BRANCH_STATUS on port $DB_BRANCH_PORT"
    - node -e 'console.log("database", new URL(process.env.DATABASE_URL || "none://none").pathname)'
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
`

let server: PostgresServer
let gitlab: GitLab
let project: Project
let folder: string
let secrets: Record<string, string>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gitlab-job-'))
  server = (await startShop({}, 20)).server
  gitlab = await startGitLab()
  secrets = { INPUT_ADMIN_URL: server.adminUrl, INPUT_GITLAB_TOKEN: gitlab.token() }
  project = startProject({ gitlab, secrets, config })
})
afterAll(async () => {
  project.remove()
  await rm(folder, { recursive: true })
  await Promise.all([server.stop(), endOf(gitlab)])
})

const url = () => gitlab.variables.find(({ key }) => key === 'DATABASE_URL')?.value
const pushes = (mergeRequest: number): Pipeline => ({ source: 'merge_request_event', mergeRequest })
const sweeps = (what: string): Pipeline => ({ source: 'schedule', variables: { DB_BRANCH_SCHEDULE: what } })

const run = (pipeline: Pipeline): Promise<PipelineRun> => project.run(pipeline)

/** What a job of the template runs, without the tool that runs jobs: for what is about GitLab's answers alone. */
function command(pipeline: Pipeline, more: Record<string, string> = {}) {
  const inputs = {
    INPUT_PROVIDER: 'postgres',
    INPUT_DATA_POLICY: 'schema_only',
    INPUT_ENVIRONMENT: 'review/pr-{number}',
  }
  return runCli([], { ...predefined(gitlab, pipeline), ...secrets, ...inputs, ...more }, { cwd: folder })
}

const branches = async () =>
  (
    await server.sql<{ datname: string }>(
      'postgres',
      "SELECT datname FROM pg_database WHERE datname ~ '^pr-' ORDER BY 1",
    )
  ).map(({ datname }) => datname)

/** As the branch's own user. */
async function query(text: string, connectionString = url()!): Promise<unknown[]> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}

/** Makes the claim of a branch older, as time would. */
async function age(branch: string, days: number): Promise<void> {
  const [row] = await server.sql<{ comment: string }>(
    'postgres',
    `SELECT shobj_description(oid, 'pg_database') AS comment FROM pg_database WHERE datname = $1`,
    [branch],
  )
  const reading = readClaim(row?.comment)
  if (reading.kind !== 'claim') throw new Error(`${branch} has no claim.`)
  const createdAt = new Date(Date.now() - days * 86_400_000).toISOString()
  const text = encodeClaim({ ...reading.claim, createdAt })
  await server.sql('postgres', `COMMENT ON DATABASE ${name(branch)} IS ${literal(text)}`)
}

// Four of the runs below start a shell for each job.
jest.setTimeout(120_000)

describe('the life of a merge request', () => {
  it('opened: the branch is there, and its URL is a masked variable of the one environment', async () => {
    gitlab.openPullRequest({ number: 7 })
    const opened = await run(pushes(7))
    expect(opened).toMatchObject({ code: 0, log: expect.stringContaining('Done: "pr-7" created') as unknown })
    expect(opened.log).toMatch(/branch pr-7 is created on port \d+/)
    expect(await branches()).toEqual(['pr-7'])
    expect(gitlab.variables).toMatchObject([
      { key: 'DATABASE_URL', environment_scope: 'review/pr-7', masked: true, raw: true, protected: false },
    ])
    expect(await query('SELECT count(*)::int AS rows FROM customers')).toEqual([{ rows: 0 }])
    const [summary] = [...opened.files].filter(([file]) => file.endsWith('artifacts/db-branch/db-branch-summary.md'))
    expect(summary?.[1]).toContain('Database branch created')
  })

  it('pushed: the branch stays with its data, and jobs of the environment have the URL', async () => {
    await query(`CREATE TABLE mine AS SELECT 1 AS one`)
    const before = url()
    const pushed = await run(pushes(7))
    expect(pushed).toMatchObject({ code: 0, log: expect.stringContaining('Done: "pr-7" reused') as unknown })
    expect(pushed.log).toContain('database /pr-7')
    expect(url()).toBe(before)
    expect(await query('SELECT one FROM mine')).toEqual([{ one: 1 }])
  })

  it('stopped: variable and branch are gone, and stopping again does no harm', async () => {
    gitlab.closePullRequest(7)
    const stopped = await run({ ...pushes(7), jobs: ['db-branch-stop'] })
    expect(stopped).toMatchObject({ code: 0, log: expect.stringContaining('Done: "pr-7" deleted') as unknown })
    expect([await branches(), gitlab.variables]).toEqual([[], []])
    const again = await command(pushes(7), { CI_ENVIRONMENT_ACTION: 'stop' })
    expect(again).toMatchObject({ code: 0, stderr: expect.stringContaining('Done: "pr-7" absent') as unknown })
  })

  it('pushed after it was closed: nothing is made', async () => {
    const told = await command(pushes(7), { DB_BRANCH_DEBUG: 'true' })
    expect(told).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^DEBUG: GET \S+\/merge_requests\/7 → 200 in \d+ ms \(attempt 1/m) as unknown,
    })
    expect([await branches(), gitlab.variables]).toEqual([[], []])
  })
})

describe('schedules', () => {
  beforeAll(async () => {
    for (const number of [11, 12, 13]) {
      gitlab.openPullRequest({ number })
      await command(pushes(number))
      await age(`pr-${number}`, 20)
    }
    const long = new Date(Date.now() - 9 * 86_400_000)
    gitlab.closePullRequest(11)
    Object.assign(gitlab.pullRequests.get(11)!, { closedAt: long, updatedAt: long })
    Object.assign(gitlab.pullRequests.get(12)!, { updatedAt: new Date(Date.now() - 86_400_000) })
    gitlab.closePullRequest(13)
  }, 120_000)

  it('cleanup takes what is long closed, with its variable, and nothing else', async () => {
    const swept = await run(sweeps('cleanup'))
    expect(swept).toMatchObject({ code: 0, log: expect.stringContaining('GitLab requests:') as unknown })
    expect(await branches()).toEqual(['pr-12', 'pr-13'])
    expect(gitlab.variables.map(({ environment_scope }) => environment_scope)).toEqual(['review/pr-12', 'review/pr-13'])
  })

  it('cleanup deletes nothing when GitLab does not answer', async () => {
    await age('pr-13', 30)
    Object.assign(gitlab.pullRequests.get(13)!, { closedAt: new Date(0) })
    const down = gitlab.fault({
      operation: 'GET /projects/{project}/merge_requests',
      kind: 'status',
      status: 403,
      times: 99,
    })
    expect(await command(sweeps('cleanup'), { INPUT_MODE: 'cleanup' })).toMatchObject({ code: 0 })
    down.remove()
    expect(await branches()).toEqual(['pr-12', 'pr-13'])
  })

  it('refresh rebuilds the branch of an open merge request from its parent', async () => {
    await server.sql('main', 'CREATE TABLE novelty (id int)')
    const refreshed = await run(sweeps('refresh'))
    expect(refreshed).toMatchObject({ code: 0, log: expect.stringContaining('pr-12') as unknown })
    const [variable] = gitlab.variables.filter(({ environment_scope }) => environment_scope === 'review/pr-12')
    expect(await query('SELECT count(*)::int AS rows FROM novelty', variable?.value)).toEqual([{ rows: 0 }])
  })
})

/** What gitlab-ci-local does not look at. */
describe('the template', () => {
  type Job = Record<string, unknown> & { environment?: Record<string, string>; rules?: Record<string, unknown>[] }
  const [head, body] = parseAllDocuments(readFileSync(join(root, 'templates/db-branch.yml'), 'utf8'))
  const jobs = body!.toJS() as Record<string, Job>
  const start = jobs['db-branch']!
  const stop = jobs['db-branch-stop']!

  it('stops the environment that it starts, from the same pipelines, in turn and without the git branch', () => {
    expect(start.environment).toMatchObject({ on_stop: 'db-branch-stop', auto_stop_in: '$[[ inputs.auto_stop_in ]]' })
    expect(stop.environment).toEqual({ name: start.environment!['name'], action: 'stop' })
    expect(stop['resource_group']).toBe(start['resource_group'])
    expect(stop.rules).toEqual([{ ...start.rules![0], when: 'manual', allow_failure: true }])
    expect(jobs['.db-branch']).toMatchObject({ variables: { GIT_STRATEGY: 'none' }, interruptible: false })
    for (const [job, each] of Object.entries(jobs)) {
      if (job !== '.db-branch') expect([job, each]).toEqual([job, expect.objectContaining({ extends: '.db-branch' })])
      expect([job, Object.keys(each['variables'] ?? {})]).not.toEqual([
        job,
        expect.arrayContaining(['GIT_STRATEGY', 'INPUT_DATA_POLICY']),
      ])
    }
  })

  it('uses every input it has, and no other, and takes no secret', () => {
    const { inputs } = (head!.toJS() as { spec: { inputs: Record<string, unknown> } }).spec
    const used = [...String(body).matchAll(/\$\[\[ inputs\.(\w+) \]\]/g)].map(([, each]) => each)
    expect([...new Set(used)].sort()).toEqual(Object.keys(inputs).sort())
    expect(Object.keys(inputs).filter((each) => /token|key|url|password|secret$/.test(each))).toEqual([])
  })
})
