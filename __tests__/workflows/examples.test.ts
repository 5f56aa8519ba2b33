import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { RunOptions, WorkflowRun } from '../../sim/runner/index.js'
import { type Stage, startStage } from '../../sim/stage.js'

const root = join(import.meta.dirname, '../..')
const example = (name: string) => join(root, 'examples', name)

/** The workflow in the README, as a reader copies it. */
function quickStart(): RunOptions['workflow'] {
  const text = /```yaml\n(name: Pull request\n[\s\S]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8'))?.[1]
  return { text: text ?? '', path: '.github/workflows/pull-request.yml' }
}

const workflows: Record<string, RunOptions['workflow']> = {
  'README.md': quickStart(),
  'examples/pull-request.yml': example('pull-request.yml'),
  'examples/connect.yml': example('connect.yml'),
}

it('every example is executed: below, in masked.test.ts, the scheduled ones in sweep/, those of a platform in platforms/', () => {
  const elsewhere = ['cleanup.yml', 'refresh.yml', 'masked.yml', 'golden.yml', 'golden-pull-request.yml', 'scan.yml']
  elsewhere.push('sealed.yml', 'environment-secret.yml', 'vercel.yml', 'monorepo.yml') // in hand-over.test.ts
  elsewhere.push('migrate.yml', 'report.yml') // in migrate.test.ts
  elsewhere.push('fork-safe.yml') // in leak-shapes.test.ts
  const platforms = readdirSync(join(import.meta.dirname, 'platforms')).map((file) => file.replace('.test.ts', '.yml'))
  const files = readdirSync(join(root, 'examples'))
    .filter((file) => !elsewhere.includes(file) && !platforms.includes(file))
    .map((file) => `examples/${file}`)
  expect(Object.keys(workflows)).toEqual(expect.arrayContaining(files))
})

let stage: Stage
let number = 0

beforeAll(async () => {
  stage = await startStage({ shop: { customers: 50, orders: 100 } })
})
afterAll(() => stage.stop())

const outcomes = (run: WorkflowRun) => Object.fromEntries(run.jobs.map((job) => [job.id, job.conclusion]))

async function exists(name: string): Promise<boolean> {
  return (await stage.server.sql('postgres', 'SELECT FROM pg_database WHERE datname = $1', [name])).length === 1
}

describe.each(Object.entries(workflows))('%s', (_name, workflow) => {
  it('lives through opened, synchronize and closed', async () => {
    number += 1
    const name = `pr-${number}`
    stage.github.openPullRequest({ number })
    const opened = await stage.run(workflow, { number, action: 'opened' })
    expect({ log: opened.log, outcomes: outcomes(opened) }).toMatchObject({
      log: expect.stringContaining(`Connected to ${name}`),
      outcomes: { test: 'success' },
    })
    expect(opened.conclusion).toBe('success')
    expect(await exists(name)).toBe(true)
    expect(opened.jobs.flatMap((job) => job.droppedOutputs)).toEqual([])

    stage.github.pushTo(number)
    const pushed = await stage.run(workflow, { number, action: 'synchronize' })
    expect(pushed.conclusion).toBe('success')
    expect(pushed.log).toContain(`"${name}" reused`)

    stage.github.closePullRequest(number, { merged: true })
    const closed = await stage.run(workflow, { number, action: 'closed' })
    expect(closed.conclusion).toBe('success')
    expect(closed.log).not.toContain('Connected to')
    expect(await exists(name)).toBe(false)
    expect(stage.github.environments.has(name)).toBe(false)
  })

  it.each(['fork', 'deleted-fork'] as const)('ends green with a notice for a pull request from a %s', async (head) => {
    number += 1
    stage.github.openPullRequest({ number, head })
    const run = await stage.run(workflow, { number, action: 'opened' })
    expect(run.conclusion).toBe('success')
    expect(run.log).toContain('it is one from a fork, and such runs get no secrets')
    expect(await exists(`pr-${number}`)).toBe(false)
  })

  it("ends green with a notice for a pull request of Dependabot's", async () => {
    number += 1
    stage.github.openPullRequest({ number, author: 'dependabot[bot]' })
    const run = await stage.run(workflow, { number, action: 'opened' }, { actor: 'dependabot[bot]' })
    expect(run.conclusion).toBe('success')
    expect(run.log).toContain("it is one of Dependabot's")
    expect(await exists(`pr-${number}`)).toBe(false)
  })
})

it('GitHub had nothing to object to', () => {
  expect(stage.github.violations).toEqual([])
})
