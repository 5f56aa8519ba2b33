import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { fenced } from '../../scripts/workflows/documents.js'
import { type Stage, startStage } from '../../sim/stage.js'

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/migration-tools.md'), 'utf8')

/** Heading of each workflow of the page, and the workflow. */
const workflows = page
  .split(/^## /m)
  .flatMap((section) => fenced(section).map(({ text }) => [section.split('\n')[0] ?? '', text] as const))

/** Migrates when it is told to, by the variables that the tool reads, and otherwise stands for tests and installers. */
const standIn = `#!/usr/bin/env node
import { basename } from 'node:path'
import pg from 'pg'
const words = [basename(process.argv[1]), ...process.argv.slice(2)].join(' ')
const { DATABASE_URL, FLYWAY_URL, FLYWAY_USER: user, FLYWAY_PASSWORD: password } = process.env
const migrating = /migrat/.test(words)
if (migrating || /test/.test(words)) {
  const jdbc = words.startsWith('flyway')
  const connectionString = jdbc ? FLYWAY_URL.replace(/^jdbc:/, '') : DATABASE_URL
  const client = new pg.Client({ connectionString, ...(jdbc && { user, password }) })
  await client.connect()
  await client.query(migrating ? 'CREATE TABLE migrated (id int)' : 'SELECT FROM migrated')
  await client.end()
}
console.log((migrating ? 'migrated by ' : 'ran ') + words)
`
const programs = ['npm', 'npx', 'python', 'flyway', 'bundle']
const inWorkTree = ['bin/rails', 'gradlew', 'migrate.mjs']
const migrations = [
  'prisma/migrations/1_x/migration.sql',
  'drizzle/1.sql',
  'db/migrations/1.sql',
  'db/migration/V1__x.sql',
]

let stage: Stage
let project: string

function write(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true })
  writeFileSync(join(project, path), text)
  chmodSync(join(project, path), 0o755)
}

beforeAll(async () => {
  stage = await startStage({ shop: { customers: 5, orders: 5 } })
  project = mkdtempSync(join(tmpdir(), 'tools-'))
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'))
  for (const name of programs) write(`programs/${name}`, standIn)
  for (const path of inWorkTree) write(path, standIn)
  for (const path of migrations) write(path, 'CREATE TABLE migrated (id int);')
  write('setup/action.yml', 'name: Set up\ndescription: Nothing\nruns: { using: node24, main: index.js }\n')
  write('setup/index.js', '')
})
afterAll(async () => {
  await stage.stop()
  rmSync(project, { recursive: true })
})

it('the page has a workflow for each tool that it names', () => {
  expect(workflows.map(([tool]) => tool)).toEqual(['Prisma', 'Drizzle', 'dbmate', 'Flyway', 'Rails', 'Django'])
})

it.each(workflows)('%s: the workflow migrates, tests and takes the branch away', async (tool, text) => {
  const number = workflows.findIndex(([name]) => name === tool) + 1
  const setUp = join(project, 'setup')
  const setUps = ['actions/setup-node@', 'actions/setup-python@', 'ruby/setup-ruby@', 'red-gate/setup-flyway@']
  const run = (action: string) =>
    stage.run(
      { text, path: '.github/workflows/pull-request.yml' },
      { number, action },
      {
        actions: { ...Object.fromEntries(setUps.map((uses) => [uses, setUp])), 'org/db-branch-action@': root },
        workspace: project,
        extraEnv: { PATH: `${join(project, 'programs')}:${process.env['PATH'] ?? ''}` },
      },
    )
  stage.github.openPullRequest({ number })
  const opened = await run('opened')
  expect(opened.conclusion === 'success' ? 'success' : opened.log).toBe('success')
  expect(opened.log).toMatch(/\| migrated by (npx|migrate|flyway|rails|python)/)
  expect(opened.log).toMatch(/ran \w+ (.* )?test/)
  expect(stage.github.commentsOn(number)[0]?.body).toContain('migrated')

  stage.github.closePullRequest(number, { merged: true })
  const closed = await run('closed')
  expect(closed.conclusion === 'success' ? 'success' : closed.log).toBe('success')
  expect(closed.log).not.toContain('ran ')
  expect(await stage.server.sql('postgres', `SELECT FROM pg_database WHERE datname LIKE 'pr-%'`)).toEqual([])
})
