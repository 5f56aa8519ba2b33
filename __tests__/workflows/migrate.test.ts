import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { RunOptions, WorkflowRun } from '../../sim/runner/index.js'
import { type Stage, startStage } from '../../sim/stage.js'
import { logged, loggingSettings } from '../insight/locks-scene.js'
import { type Migration, projectOf, stamp, type Tool, tools, write } from './migration-tools.js'

const root = join(import.meta.dirname, '../..')
const example = (name: string) => readFileSync(join(root, 'examples', name), 'utf8')

const history: readonly Migration[] = [
  { number: 1, name: 'init', sql: 'CREATE TABLE widget (id serial PRIMARY KEY, name text);' },
  { number: 2, name: 'size', sql: 'ALTER TABLE widget ADD COLUMN size int;\nCREATE INDEX by_name ON widget (name);' },
]
const good: Migration = { number: 3, name: 'colour', sql: 'ALTER TABLE widget ADD COLUMN colour text;' }
const bad: Migration = {
  number: 4,
  name: 'weight',
  sql: 'ALTER TABLE widget ADD COLUMN tall int;\nALTER TABLE widget ADD COLUMN weight nonsense;',
}
const [nodePgMigrate] = tools as [Tool]
const parentOf = ({ name }: Tool) => `parent_${name.toLowerCase().replaceAll('-', '')}`

let stage: Stage
let number = 0
let project: string
const projects: string[] = []

beforeAll(async () => {
  stage = await startStage({ shop: { customers: 5, orders: 5 }, postgres: { settings: loggingSettings } })
  for (const tool of tools) {
    const parent = parentOf(tool)
    await stage.server.sql('postgres', `CREATE DATABASE ${parent}`)
    for (const { sql } of history) await stage.server.sql(parent, sql)
    await stage.server.sql(parent, ledgerOf(tool))
    await stage.server.sql(parent, `INSERT INTO widget (name) VALUES ('secret of production')`)
  }
}, 120_000)
afterAll(async () => {
  await stage.stop()
  for (const directory of projects) rmSync(directory, { recursive: true })
})
beforeEach(() => {
  number += 1
  stage.github.openPullRequest({ number })
})

/** The ledger as the tool has left it in production. */
function ledgerOf(tool: Tool): string {
  const names = history.map(stamp)
  const rows = (row: (name: string) => string) => names.map((name) => `(${row(name)})`).join(', ')
  if (tool.name === 'dbmate')
    return `CREATE TABLE schema_migrations (version varchar(128) PRIMARY KEY);
      INSERT INTO schema_migrations VALUES ${rows((name) => `'${name.split('_')[0] ?? ''}'`)}`
  if (tool.name === 'Prisma')
    return `CREATE TABLE _prisma_migrations (id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz,
        migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(),
        applied_steps_count int NOT NULL DEFAULT 0);
      INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
      VALUES ${rows((name) => `gen_random_uuid(), 'x', now(), '${name}', 1`)}`
  return `CREATE TABLE pgmigrations (id serial PRIMARY KEY, name varchar(255) NOT NULL, run_on timestamp NOT NULL);
    INSERT INTO pgmigrations (name, run_on) VALUES ${rows((name) => `'${name}', now()`)}`
}

function open(tool: Tool, ...migrations: Migration[]): void {
  project = projectOf(tool, [...history, ...migrations])
  projects.push(project)
}

function workflow(tool: Tool, inputs: Record<string, string> = {}): string {
  const all = { migrate: tool.command, command_env: Object.keys(tool.env).join(','), comment: 'true', ...inputs }
  const lines = Object.entries(all).map(([name, value]) => `          ${name}: ${JSON.stringify(value)}`)
  return `
on: { pull_request: { types: [opened, synchronize, closed] } }
permissions: {}
jobs:
  database:
    runs-on: ubuntu-latest
    permissions: { pull-requests: write, contents: read }
    steps:
      - uses: org/db-branch-action@v1
        id: db
        with:
          provider: postgres
          admin_url: \${{ secrets.DB_ADMIN_URL }}
          parent_branch: ${parentOf(tool)}
          data_policy: schema_only
${lines.join('\n')}
      - if: always() && steps.db.outputs.connection_string != ''
        run: echo "handed out as $BRANCH"
        env: { BRANCH: '\${{ steps.db.outputs.branch_name }}' }
`
}

function run(action: string, text: string, more: { env?: Tool['env'] } & Partial<RunOptions> = {}) {
  const { env = {}, ...rest } = more
  const extraEnv = { PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`, ...env }
  const file = { text, path: '.github/workflows/database.yml' }
  return stage.run(file, { number, action }, { workspace: project, extraEnv, ...rest })
}

const branch = () => `pr-${number}`
const stepOf = (ran: WorkflowRun, id = 'db') =>
  ran.jobs[0]?.steps.find((step) => step.id === id && step.stage === 'main')
const comments = () => stage.github.commentsOn(number).map(({ body }) => body)

async function exists(): Promise<boolean> {
  return (await stage.server.sql('postgres', 'SELECT FROM pg_database WHERE datname = $1', [branch()])).length === 1
}

async function ask<T>(text: string): Promise<T | undefined> {
  const [row] = await stage.server.sql<{ value: T }>(branch(), text)
  return row?.value
}

/** Shows the log of a run that failed. */
function expectGreen(ran: WorkflowRun): void {
  expect(ran.conclusion === 'success' ? 'success' : `${ran.conclusion}\n${ran.log}`).toBe('success')
}

function expectNothingHandedOut(ran: WorkflowRun): void {
  expect(Object.keys(stepOf(ran)?.outputs ?? {})).not.toContain('connection_string')
  expect(Object.keys(stepOf(ran)?.outputs ?? {})).not.toContain('password')
  expect(ran.log).not.toContain('handed out as')
  const open = [...ran.sinks().map(({ text }) => text), ...comments()]
  expect(open.filter((text) => text.includes(stage.server.password))).toEqual([])
  // Nobody knows the branch's own password any more, but its URL would have this form.
  expect(open.filter((text) => new RegExp(`postgres(ql)?://${branch()}:[^*]`).test(text))).toEqual([])
}

describe.each(tools)('$name', (tool) => {
  const { env } = tool

  it('runs the new migration only, before the URL is handed out, and a failing one costs the branch', async () => {
    open(tool, good)
    const opened = await run('opened', workflow(tool), { env })
    expectGreen(opened)
    const [ledger, column] = tool.ledger
    expect(
      await ask(`SELECT string_agg(right(${column}, 20), ' ' ORDER BY ${column}) AS value FROM ${ledger}`),
    ).toMatch(/0*3(_colour)?$/)
    expect(await ask(`SELECT count(*)::int AS value FROM ${ledger}`)).toBe(3)
    expect(await ask('SELECT count(*)::int AS value FROM widget')).toBe(0)
    expect(await ask(`SELECT count(colour)::int AS value FROM widget`)).toBe(0)
    const order = ['Get the URL', 'Migrate', 'Look at what changed', 'handed out as'].map((text) =>
      opened.log.lastIndexOf(text),
    )
    expect(order).toEqual(order.toSorted((a, b) => a - b))
    expect(order[0]).toBeGreaterThan(0)
    expect(stepOf(opened)?.summary).toContain('added')
    expect(comments()).toEqual([expect.stringMatching(/Migration ran in[^]*widget/)])
    expect(comments()[0]).toContain(`[whole report](https://github.com/`)

    number += 1
    stage.github.openPullRequest({ number })
    open(tool, good, bad)
    const failed = await run('opened', workflow(tool), { env })
    expect(failed.conclusion).toBe('failure')
    expectNothingHandedOut(failed)
    expect(await exists()).toBe(false)
    const [error] =
      failed.jobs[0]?.steps.flatMap(({ annotations }) => annotations.filter(({ level }) => level === 'error')) ?? []
    expect(error?.message).toContain(`failed with exit status ${tool.name === 'dbmate' ? 2 : 1} after`)
    expect(error?.message).toMatch(/in \S*20260101000004_weight[^]*type "nonsense" does not exist/)
    expect(error?.message).toContain(`No URL was handed out; "${branch()}" was deleted again.`)
    expect(comments()).toEqual([expect.stringContaining('the migration failed')])
    expect(comments()[0]).toMatch(/It was at 2\u200B?0260101000004/)
  })
})

describe('fail_on', () => {
  const drop: Migration = { number: 3, name: 'drop', sql: 'ALTER TABLE widget DROP COLUMN size;' }

  it('fails the job once the URL is out, keeps one comment, and closing says farewell in it', async () => {
    open(nodePgMigrate, drop)
    const [file] = nodePgMigrate.file(drop)
    stage.github.pullRequests.get(number)!.files = [file]
    const text = workflow(nodePgMigrate, { fail_on: 'data_loss', migration_files: 'migrations/*.sql' })
    const opened = await run('opened', text)
    expect(opened.conclusion).toBe('failure')
    expect(opened.log).toContain(`handed out as ${branch()}`)
    expect(opened.log).toMatch(/##\[error\].*breaks "fail_on": .*The branch is ready and stays/)
    expect(JSON.parse(stepOf(opened)?.outputs['report'] ?? '{}')).toMatchObject({
      migrate: { exit: 0 },
      violations: [{ condition: 'data_loss' }],
    })
    expect(comments()).toEqual([expect.stringContaining('`data_loss` (finding 1)')])
    const [first] = stage.github.commentsOn(number)

    const lax = await run('synchronize', workflow(nodePgMigrate).replace('pull-requests: write', 'pull-requests: read'))
    expectGreen(lax)
    const warnings = lax.jobs.flatMap(({ steps }) => steps.flatMap(({ annotations }) => annotations))
    expect(warnings).toEqual([
      expect.objectContaining({ level: 'warning', message: expect.stringContaining('pull-requests: write') }),
    ])

    stage.github.closePullRequest(number, { merged: true })
    expectGreen(await run('closed', text))
    expect(stage.github.commentsOn(number)).toEqual([
      {
        ...first,
        body: expect.stringMatching(/its database branch removed[^]*`data_loss` \(finding 1\)/),
        updatedAt: expect.anything(),
      },
    ])
    expect(await exists()).toBe(false)
  })
})

it('tells the lock of a rewrite of a million rows as the log of the server does', async () => {
  await stage.server.sql('postgres', 'CREATE DATABASE large')
  await stage.server.sql(
    'large',
    `CREATE TABLE events (n int, note text);
    INSERT INTO events SELECT g, 'a note' FROM generate_series(1, 1000000) g; ANALYZE events`,
  )
  open(nodePgMigrate)
  const rewrite = 'ALTER TABLE events ALTER COLUMN n TYPE bigint'
  const end = 'COMMIT /* of the rewrite */'
  write(
    project,
    'migrate.cjs',
    `const pg = require('pg')
const client = new pg.Client(process.env.DATABASE_URL)
;(async () => {
  await client.connect()
  for (const text of ${JSON.stringify(['BEGIN', rewrite, end])}) await client.query(text)
  await client.end()
})()`,
  )
  const copy = {
    migrate: 'node migrate.cjs',
    copy_approval: 'Shop team: made-up rows',
    fail_on: 'rewrite>1MB',
    comment: 'false',
  }
  const text = workflow(nodePgMigrate, copy)
    .replace('data_policy: schema_only', 'data_policy: copy')
    .replace(/parent_branch: .*/, 'parent_branch: large')
  const opened = await run('opened', text)
  expect(opened.log).toContain(`handed out as ${branch()}`)
  const report = JSON.parse(stepOf(opened)?.outputs['report'] ?? '{}') as {
    findings: { kind: string; object: string; ms?: number; statement?: string }[]
  }
  const [worst] = report.findings
  const served = logged(stage.server, end).ended - logged(stage.server, rewrite).began
  expect(worst).toMatchObject({
    kind: 'rewrite',
    severity: 'high',
    object: expect.stringContaining('events'),
    statement: expect.stringContaining(rewrite),
  })
  expect(Math.abs((worst?.ms ?? 0) / served - 1)).toBeLessThan(0.1)
  expect(opened.log).toContain('breaks "fail_on"')
})

describe('seeds', () => {
  const rows = () => ask<string>(`SELECT string_agg(name, ' ' ORDER BY id) AS value FROM widget`)
  const seeding = (seed: string, more: Record<string, string> = {}) =>
    workflow(nodePgMigrate, { migrate: '', comment: 'false', ...more, seed })

  it('run once per branch, again after a reset, and a changed one is told', async () => {
    open(nodePgMigrate)
    write(project, 'db/seed/a.sql', `INSERT INTO widget (name) VALUES ('one');`)
    expectGreen(await run('opened', seeding('db/seed/*.sql')))
    expect(await rows()).toBe('one')
    const pushed = await run('synchronize', seeding('db/seed/*.sql'))
    expectGreen(pushed)
    expect(pushed.log).not.toContain('Seed:')
    write(project, 'db/seed/b.sql', `INSERT INTO widget (name) VALUES ('two');`)
    const changed = await run('synchronize', seeding('db/seed/*.sql'))
    expect(stepOf(changed)?.summary).toContain('The seed has changed since the branch was made')
    expect(await rows()).toBe('one')
    expectGreen(await run('synchronize', seeding('db/seed/*.sql', { on_synchronize: 'reset' })))
    expect(await rows()).toBe('one two')
  })

  it('can be made up, or the work of a command that comes after the migration', async () => {
    open(nodePgMigrate, good)
    const opened = await run('opened', seeding('synthetic:\n  tables:\n    widget: 250\n'))
    expectGreen(opened)
    expect(stepOf(opened)?.summary).toContain('widget with 250 rows')
    expect(await ask('SELECT count(*)::int AS value FROM widget')).toBe(250)

    number += 1
    stage.github.openPullRequest({ number })
    write(
      project,
      'seed.cjs',
      `const pg = require('pg')
const client = new pg.Client(process.env.DATABASE_URL)
client.connect().then(() => client.query("INSERT INTO widget (name, colour) VALUES ('three', 'red')")).then(() => client.end())`,
    )
    expectGreen(await run('opened', seeding('node seed.cjs', { migrate: nodePgMigrate.command })))
    expect(await rows()).toBe('three')
  })

  it('that fail cost the branch, and say where', async () => {
    open(nodePgMigrate)
    write(project, 'db/seed/a.sql', `INSERT INTO widget (name) VALUES ('one');\nINSERT INTO widget (shape) VALUES (1);`)
    const failed = await run('opened', seeding('db/seed/*.sql', { comment: 'true' }))
    expect(failed.conclusion).toBe('failure')
    expectNothingHandedOut(failed)
    expect(failed.log).toMatch(/##\[error\].*db\/seed\/a\.sql:2:.*"shape".*was deleted again/)
    expect(await exists()).toBe(false)
    expect(comments()).toEqual([expect.stringContaining('the seed failed')])
  })
})

describe('the examples', () => {
  let bin: string
  beforeAll(() => {
    bin = mkdtempSync(join(tmpdir(), 'bin-'))
    // Packages are there already, and the tests of the shop are not what is tried here.
    write(bin, 'npm', '#!/bin/sh\necho "npm $*"\n')
    write(bin, 'npx', '#!/bin/sh\nexec "$@"\n')
    for (const name of ['npm', 'npx']) chmodSync(join(bin, name), 0o755)
    projects.push(bin)
  })

  const shop: Migration = { number: 1, name: 'nick', sql: 'ALTER TABLE customers ADD COLUMN nick text;' }
  const env = () => ({ PATH: `${bin}:${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}` })

  it.each(['migrate.yml', 'report.yml'])('%s lives through opened, synchronize and closed', async (name) => {
    project = projectOf(nodePgMigrate, [shop])
    projects.push(project)
    write(project, 'db/seed/shop.sql', `INSERT INTO products (sku, title, category, price) VALUES ('a', 'A', 'b', 1);`)
    write(project, 'db/queries/email.sql', `SELECT name FROM customers WHERE email = 'ada@example.com';`)
    const opened = await run('opened', example(name), { extraEnv: env() })
    expectGreen(opened)
    expect(comments()).toEqual([expect.stringContaining('customers')])
    expect(comments()[0]).toContain('Query plans')
    expect(await ask('SELECT count(nick)::int AS value FROM customers')).toBe(0)
    if (name === 'migrate.yml') expect(await ask('SELECT sku AS value FROM products')).toBe('a')
    expectGreen(await run('synchronize', example(name), { extraEnv: env() }))
    expect(comments()).toHaveLength(1)
    stage.github.closePullRequest(number, { merged: true })
    expectGreen(await run('closed', example(name), { extraEnv: env() }))
    expect(comments()).toEqual([expect.stringContaining('its database branch removed')])
    expect(await exists()).toBe(false)
  })
})

it('GitHub had nothing to object to', () => {
  expect(stage.github.violations).toEqual([])
})
