import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { yamlBlocks } from '../scripts/pages/markdown-page.js'
import { type Databases, startDatabases } from '../sim/platforms/databases.js'
import { type Neon, startNeon } from '../sim/platforms/neon/index.js'
import { type PlatformStage, startPlatformStage } from '../sim/platforms/stage.js'
import type { WorkflowRun } from '../sim/runner/index.js'
import { type Stage, startStage } from '../sim/stage.js'

// The quick start as it stands is run by workflows/examples.test.ts; here it runs with what README.md says to put into it.
const root = resolve(import.meta.dirname, '..')
const blocks = yamlBlocks(readFileSync(join(root, 'README.md'), 'utf8')).map(({ text }) => text)
const quickStart = blocks.find((text) => /^jobs:/m.test(text)) ?? ''
const fragments = blocks.filter((text) => text.startsWith('with:'))
const path = '.github/workflows/pull-request.yml'

/** The quick start with the inputs of the fragment that names this word, and no others. */
function quickStartWith(word: string): string {
  const fragment = fragments.find((text) => text.includes(word)) ?? ''
  const inputs = fragment.replaceAll(/^/gm, '        ').trimEnd()
  const text = quickStart.replace(/^ {8}with:\n(?: {10}.*\n)+(?= {6}- uses: actions\/checkout)/m, `${inputs}\n`)
  expect(fragment).not.toBe('')
  expect(text).not.toBe(quickStart)
  return text
}

const opened = (run: WorkflowRun) => expect(`${run.conclusion}\n${run.log}`).toMatch(/^success\n/)

it('has one workflow and two parts of one: the quick start, another platform, migrate and seed', () => {
  expect(blocks).toEqual([quickStart, ...fragments])
  expect(fragments).toHaveLength(2)
})

describe('another platform', () => {
  let databases: Databases
  let neon: Neon
  let stage: PlatformStage
  beforeAll(async () => {
    databases = await startDatabases({ shop: { customers: 20, orders: 40 } })
    neon = await startNeon(databases)
    stage = await startPlatformStage({ apiUrl: neon.url, secrets: { NEON_API_KEY: neon.apiKey } })
  })
  afterAll(async () => {
    await stage.stop()
    await neon.close()
    await databases.stop()
  })

  it('is Neon, with the id of the project', async () => {
    const text = quickStartWith('provider: neon')
      .replace('polished-sun-12345678', neon.project)
      .replace('provider: neon', `provider: neon\n          api_url: ${neon.url}`)
    stage.github.openPullRequest({ number: 7 })
    const run = await stage.run('README.md', { number: 7, action: 'opened' }, { workflow: { text, path } })
    opened(run)
    expect(run.log).toContain('Connected to neondb: 0 customers.')
    expect(run.log).not.toMatch(/warning/i)
  })
})

describe('migrate and seed', () => {
  let stage: Stage
  const workspace = mkdtempSync(join(tmpdir(), 'readme-'))
  beforeAll(async () => {
    stage = await startStage({ shop: { customers: 20, orders: 40 } })
    cpSync(join(root, 'demo/app'), workspace, { recursive: true })
    symlinkSync(join(root, 'node_modules'), join(workspace, 'node_modules'))
    mkdirSync(join(workspace, 'db/seed'), { recursive: true })
    mkdirSync(join(workspace, 'bin'))
    const customer = `INSERT INTO customers (name, email, address) VALUES ('Seed', 'seed@example.com', '{"city": "X"}');\n`
    writeFileSync(join(workspace, 'db/seed/customers.sql'), customer)
    // Stands in for the migration tool; the tools themselves are in workflows/migrate.test.ts.
    const tool = `#!/usr/bin/env node
import pg from 'pg'
if (process.argv.slice(2).join(' ') !== 'prisma migrate deploy') process.exit(1)
const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
await client.connect()
await client.query('ALTER TABLE customers ADD COLUMN nickname text')
await client.end()
`
    writeFileSync(join(workspace, 'bin/npx'), tool, { mode: 0o755 })
  })
  afterAll(async () => {
    await stage.stop()
    rmSync(workspace, { recursive: true })
  })

  it('come before the URL, and the comment tells what they did', async () => {
    const given = quickStartWith('migrate:').replace('pull-requests: read', 'pull-requests: write')
    const checkout = / {6}- uses: actions\/checkout@.*\n {8}with:\n {10}.*\n/.exec(given)?.[0] ?? ''
    const text = given.replace(checkout, '').replace(/( +)steps:\n/, `$1steps:\n${checkout}`)
    stage.github.openPullRequest({ number: 8 })
    const run = await stage.run(
      { text, path },
      { number: 8, action: 'opened' },
      { workspace, extraEnv: { PATH: `${join(workspace, 'bin')}${delimiter}${process.env['PATH'] ?? ''}` } },
    )
    opened(run)
    expect(run.log).toContain('Connected to pr-8: 1 customers.')
    expect(stage.github.commentsOn(8).map(({ body }) => body)).toEqual([expect.stringContaining('nickname')])
    expect(stage.github.violations).toEqual([])
  })
})
