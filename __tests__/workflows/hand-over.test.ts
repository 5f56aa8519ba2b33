import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { RunOptions, WorkflowRun } from '../../sim/runner/index.js'
import { startVercel, type Vercel } from '../../sim/platforms/vercel.js'
import { type Stage, startStage } from '../../sim/stage.js'

const root = join(import.meta.dirname, '../..')
const example = (name: string) => readFileSync(join(root, 'examples', name), 'utf8')

let stage: Stage
let vercel: Vercel
let bin: string
let number = 0

beforeAll(async () => {
  stage = await startStage({ shop: { customers: 20, orders: 40 } })
  vercel = await startVercel()
  bin = mkdtempSync(join(tmpdir(), 'bin-'))
  // Vercel's own program is not what is tried here.
  writeFileSync(join(bin, 'npx'), '#!/bin/sh\necho "deployed for $GIT_BRANCH"\n')
  chmodSync(join(bin, 'npx'), 0o755)
  for (const name of ['orders', 'billing']) await stage.server.sql('postgres', `CREATE DATABASE ${name} TEMPLATE main`)
})
afterAll(async () => {
  await Promise.all([stage.stop(), vercel.close()])
  rmSync(bin, { recursive: true })
})
beforeEach(() => {
  number += 1
  stage.github.openPullRequest({ number })
})

const sealKey = '8f0c1b6a5d4e3f2a1b0c9d8e7f6a5b4c3d2e1f0a9b8c7d6e'

const otherKey = 'another-key-of-more-than-32-bytes-123'

function run(action: string, text: string, more: Partial<RunOptions> = {}): Promise<WorkflowRun> {
  const workflow = { text, path: '.github/workflows/database.yml' }
  const secrets = { ...stage.secrets, DB_SEAL_KEY: sealKey, DB_OTHER_KEY: otherKey, VERCEL_TOKEN: vercel.token }
  const vars = { VERCEL_PROJECT: vercel.project, VERCEL_TEAM: vercel.team }
  const extraEnv = { PATH: `${bin}:${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}` }
  return stage.run(workflow, { number, action }, { secrets, vars, extraEnv, ...more })
}

async function branches(): Promise<string[]> {
  const rows = await stage.server.sql<{ name: string }>(
    'postgres',
    `SELECT datname AS name FROM pg_database WHERE datname ~ '^pr-${number}(-|$)' ORDER BY 1`,
  )
  return rows.map(({ name }) => name)
}

const outcomes = (ran: WorkflowRun) => Object.fromEntries(ran.jobs.map(({ id, conclusion }) => [id, conclusion]))

async function closeAndExpectGone(text: string): Promise<void> {
  stage.github.closePullRequest(number, { merged: true })
  const closed = await run('closed', text)
  expect({ log: closed.log, conclusion: closed.conclusion }).toMatchObject({ conclusion: 'success' })
  expect(await branches()).toEqual([])
}

describe('sealed.yml', () => {
  it('hands the URL to another job, which asks nobody for anything', async () => {
    const before = stage.github.journal.length
    const opened = await run('opened', example('sealed.yml'))
    expect({ log: opened.log, outcomes: outcomes(opened) }).toMatchObject({
      log: expect.stringContaining(`Connected to pr-${number}`),
      outcomes: { database: 'success', test: 'success' },
    })
    expect(opened.jobs.flatMap(({ droppedOutputs }) => droppedOutputs)).toEqual([])
    expect(opened.jobs[0]?.outputs['sealed']).toMatch(/^dbb1\.[\w-]+$/)
    // Both readings of the pull request are of the job that makes the branch.
    expect(stage.github.journal.slice(before).map(({ operationId }) => operationId)).toEqual(['pulls/get', 'pulls/get'])
    await closeAndExpectGone(example('sealed.yml'))
  })

  it.each<[string, (text: string) => string]>([
    [
      'another key',
      (text) =>
        text
          .replace(/(export_env)/, '$1')
          .replace(
            /seal_key: \$\{\{ secrets.DB_SEAL_KEY \}\}\n(\s+)export_env/,
            'seal_key: ${{ secrets.DB_OTHER_KEY }}\n$1export_env',
          ),
    ],
    [
      'an altered text',
      (text) => text.replace('needs.database.outputs.sealed }}', "format('{0}A', needs.database.outputs.sealed) }}"),
    ],
    [
      'another branch',
      (text) => text.replace('mode: connect', 'mode: connect\n          branch_name: pr-{number}-other'),
    ],
  ])('with %s is refused, and nothing is handed out', async (_name, change) => {
    const text = change(example('sealed.yml'))
    expect(text).not.toBe(example('sealed.yml'))
    const opened = await run('opened', text)
    expect(outcomes(opened)).toMatchObject({ database: 'success', test: 'failure' })
    expect(opened.log).toContain('Opening "sealed" refused: it was altered, or sealed with another "seal_key"')
    expect(opened.log).not.toContain('Connected to')
  })

  it.each(['fork', 'deleted-fork'] as const)('ends green for a pull request from a %s', async (head) => {
    number += 1
    stage.github.openPullRequest({ number, head })
    const opened = await run('opened', example('sealed.yml'))
    expect(opened.conclusion).toBe('success')
    expect(await branches()).toEqual([])
  })
})

describe('environment-secret.yml', () => {
  it('stores the URL once, shows the branch, and takes both away', async () => {
    const opened = await run('opened', example('environment-secret.yml'))
    expect({ log: opened.log, outcomes: outcomes(opened) }).toMatchObject({ outcomes: { test: 'success' } })
    const environment = stage.github.environments.get(`preview/pr-${number}`)!
    const stored = environment.secrets.get('SHOP_DATABASE_URL')
    stage.github.pushTo(number)
    const pushed = await run('synchronize', example('environment-secret.yml'))
    expect(pushed.conclusion).toBe('success')
    expect(environment.secrets.get('SHOP_DATABASE_URL')).toEqual(stored)
    const states = () =>
      [...stage.github.deployments.values()]
        .filter(({ task }) => task === `db-branch/pr-${number}`)
        .map(({ statuses }) => statuses.at(-1)?.state)
    expect(states()).toEqual(['inactive', 'success'])
    await closeAndExpectGone(example('environment-secret.yml'))
    expect(states()).toEqual(['inactive', 'inactive'])
    expect(stage.github.environments.has(`preview/pr-${number}`)).toBe(false)
  })

  it('without the permission to show it warns once, and succeeds', async () => {
    const text = example('environment-secret.yml').replace(/ +deployments: write.*\n/, '')
    const opened = await run('opened', text)
    expect(outcomes(opened)).toMatchObject({ database: 'success', test: 'success' })
    const warnings = opened.jobs
      .flatMap(({ steps }) => steps.flatMap(({ annotations }) => annotations))
      .filter(({ level }) => level === 'warning')
    expect(warnings.map(({ message }) => message)).toEqual([
      expect.stringContaining('"permissions: deployments: write"'),
    ])
  })
})

describe('vercel.yml', () => {
  it('sets the preview variable of the git branch, leaves it on a push, and removes it', async () => {
    const text = example('vercel.yml').replace(/(vercel_team: .*\n)/, `$1          vercel_api_url: ${vercel.url}\n`)
    const theirs = vercel.add({ key: 'DATABASE_URL', value: 'theirs' })
    const opened = await run('opened', text)
    expect({ log: opened.log, outcomes: outcomes(opened) }).toMatchObject({ outcomes: { preview: 'success' } })
    const gitBranch = stage.github.pullRequests.get(number)!.head.ref
    expect(vercel.variables).toMatchObject([
      theirs,
      { key: 'DATABASE_URL', value: expect.stringContaining(`/pr-${number}`), gitBranch, type: 'sensitive' },
    ])
    const { updatedAt } = vercel.variables[1]!
    stage.github.pushTo(number)
    expect((await run('synchronize', text)).conclusion).toBe('success')
    expect(vercel.variables[1]?.updatedAt).toBe(updatedAt)
    await closeAndExpectGone(text)
    expect(vercel.variables).toEqual([theirs])
    expect(vercel.violations).toEqual([])
  })
})

describe('monorepo.yml', () => {
  /** A checkout of the pull request, merged into what it is for: the last commit holds what it changes. */
  function checkout(change: string): string {
    const workspace = mkdtempSync(join(tmpdir(), 'monorepo-'))
    const git = (...words: string[]) =>
      execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', ...words], { cwd: workspace })
    for (const service of ['shop', 'office'])
      cpSync(join(root, 'demo/app'), join(workspace, 'services', service), { recursive: true })
    git('init', '--quiet')
    git('add', 'services')
    git('commit', '--quiet', '--message', 'before')
    writeFileSync(join(workspace, change), 'changed')
    git('add', change)
    git('commit', '--quiet', '--message', 'after')
    symlinkSync(join(root, 'node_modules'), join(workspace, 'node_modules'))
    return workspace
  }

  it('makes one branch of each database, and tests only what the pull request changes', async () => {
    const workspace = checkout('services/office/prices.txt')
    const opened = await run('opened', example('monorepo.yml'), { workspace })
    expect({ log: opened.log, outcomes: outcomes(opened) }).toMatchObject({
      outcomes: { database: 'success', changes: 'success', shop: 'skipped', office: 'success' },
    })
    expect(await branches()).toEqual([`pr-${number}-billing`, `pr-${number}-orders`])
    expect(opened.log).toContain(`Connected to pr-${number}-billing`)
    await closeAndExpectGone(example('monorepo.yml'))
    rmSync(workspace, { recursive: true })
  })

  it('tests a service whose own database is there, although another one could not be made', async () => {
    const workspace = checkout('services/shop/prices.txt')
    const text = example('monorepo.yml').replace(
      'parent_branch: ${{ matrix.name }}',
      "parent_branch: ${{ matrix.name == 'billing' && 'nowhere' || matrix.name }}",
    )
    const opened = await run('opened', text, { workspace })
    expect(opened.conclusion).toBe('failure')
    expect(outcomes(opened)).toMatchObject({ shop: 'success', office: 'skipped' })
    expect(opened.log).toContain(`Connected to pr-${number}-orders`)
    await closeAndExpectGone(example('monorepo.yml'))
    rmSync(workspace, { recursive: true })
  })
})

it('a missing seal_key makes the run red instead of skipping the tests', async () => {
  const [step] = /      # A missing secret[^]*?exit 1\n/.exec(example('sealed.yml')) ?? []
  expect(example('monorepo.yml').replace('every test below', 'the tests')).toContain(step)
  const opened = await run('opened', example('sealed.yml'), { secrets: stage.secrets })
  expect(outcomes(opened)).toEqual({ database: 'failure', test: 'skipped' })
  expect(opened.log).toContain('The secret DB_SEAL_KEY is missing.')
  await closeAndExpectGone(example('sealed.yml'))
})

it('GitHub had nothing to object to', () => {
  expect(stage.github.violations).toEqual([])
})
