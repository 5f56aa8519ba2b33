import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { runWorkflow, type WorkflowRun } from '../../sim/runner/index.js'
import { type Stage, startStage } from '../../sim/stage.js'
import { planted, plantRows } from '../data/masking/planted-rows.js'

const root = join(import.meta.dirname, '../..')
const script = readFileSync(join(root, '__tests__/data/masking/scan.sql'), 'utf8')

let stage: Stage
beforeAll(async () => {
  stage = await startStage({ shop: { customers: 60, orders: 120 } })
  await stage.server.sql('postgres', 'CREATE DATABASE planted')
  await stage.server.sql('planted', script + plantRows())
})
afterAll(() => stage.stop())

let runId = 40_000
function run(parent: string, secrets = stage.secrets): Promise<WorkflowRun> {
  const { github } = stage
  const { repository, sender } = github.scheduleEvent('') as { repository: object; sender: object }
  return runWorkflow({
    workflow: join(root, 'examples/scan.yml'),
    event: 'workflow_dispatch',
    payload: { inputs: { parent }, ref: 'refs/heads/main', workflow: '.github/workflows/scan.yml', repository, sender },
    forge: { ...github, apiUrl: github.url, serverUrl: 'https://github.com' },
    actions: { './': root, 'org/db-branch-action@': root },
    secrets,
    runId: (runId += 1),
    workspace: join(root, 'demo/app'),
  })
}

const stepsOf = (made: WorkflowRun) => made.jobs.flatMap((job) => job.steps)
const outputsOf = (made: WorkflowRun) =>
  stepsOf(made).find(({ outputs }) => outputs['status'] !== undefined)?.outputs ?? {}

it('examples/scan.yml drafts a policy file and shows none of 510 planted values anywhere', async () => {
  const made = await run('planted')
  expect({ log: made.log, conclusion: made.conclusion }).toMatchObject({ conclusion: 'success' })
  const { status, report = '', parent_branch: parent } = outputsOf(made)
  expect({ status, parent }).toEqual({ status: 'scanned', parent: 'planted' })
  expect(report).toContain('contact: email # email in 100 % of 120 sampled values')
  expect(made.log).toContain('public.people: 120 rows sampled')
  const summary = stepsOf(made)
    .map((step) => step.summary)
    .join('\n')
  expect(summary).toContain(`${report}\`\`\`\``)
  expect(summary).toContain('commit it as `.github/db-branch.yml` on the default branch')

  const values = Object.values(planted).flat()
  expect(values).toHaveLength(510)
  const told = made
    .sinks()
    .map(({ text }) => text)
    .join('\n')
    .toLowerCase()
  expect(told.length).toBeGreaterThan(5_000)
  expect(values.filter((value) => told.includes(value.toLowerCase()))).toEqual([])
  for (const secret of [stage.server.password, ...Object.values(stage.secrets)])
    expect(told).not.toContain(secret.toLowerCase())
})

it('what it drafts is enough for a masked branch', async () => {
  const made = await run('main')
  expect(made.conclusion).toBe('success')
  stage.github.writeFile('.github/db-branch.yml', outputsOf(made)['report'] ?? '')
  stage.github.openPullRequest({ number: 1 })
  const secrets = { ...stage.secrets, DB_MASKING_KEY: '5d41402abc4b2a76b9719d911017c592ae2f10c3e7b84d65' }
  const masked = await stage.run(join(root, 'examples/masked.yml'), { number: 1, action: 'opened' }, { secrets })
  expect({ log: masked.log, conclusion: masked.conclusion }).toMatchObject({ conclusion: 'success' })
  expect(masked.log).toContain('Connected to pr-1: 60 customers.')
})

it('a parent that is not there is told, and nothing else', async () => {
  const made = await run('nowhere')
  expect(made.conclusion).toBe('failure')
  const errors = stepsOf(made).flatMap(({ annotations }) => annotations.filter(({ level }) => level === 'error'))
  expect(errors.map(({ message }) => message)).toEqual([
    expect.stringMatching(
      /^Connecting to "nowhere" on .* failed: there is no such database\. Name an existing one in "parent_branch"/,
    ),
  ])
})

it('GitHub was asked nothing that it would refuse', () => {
  expect(stage.github.violations).toEqual([])
})
