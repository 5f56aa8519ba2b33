import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { type Databases, startDatabases } from '../../../sim/platforms/databases.js'
import { type Neon, startNeon } from '../../../sim/platforms/neon/index.js'
import { type PlatformStage, startPlatformStage } from '../../../sim/platforms/stage.js'
import type { WorkflowRun } from '../../../sim/runner/index.js'

const file = 'examples/neon.yml'
let databases: Databases
let neon: Neon
let stage: PlatformStage
beforeAll(async () => {
  databases = await startDatabases({ shop: { customers: 50, orders: 100 } })
  neon = await startNeon(databases)
  stage = await startPlatformStage({ apiUrl: neon.url, secrets: { NEON_API_KEY: neon.apiKey } })
})
afterAll(async () => {
  await stage.stop()
  await neon.close()
  await databases.stop()
})

function live(action: string): Promise<WorkflowRun> {
  return stage.run(file, { number: 7, action }, { vars: { NEON_PROJECT_ID: neon.project }, debug: true })
}

let told = 0

/** What was asked of Neon since the last question, but for looks at operations, which are as many as it takes. */
function sent(): string[] {
  const since = neon.journal.slice(told)
  told = neon.journal.length
  const short = since.map(({ operation }) => operation?.replace('/projects/{project_id}/', '') ?? '')
  return short.filter((operation) => !operation.endsWith('operations'))
}

const outcomes = (run: WorkflowRun) => Object.fromEntries(run.jobs.map((job) => [job.id, job.conclusion]))

it('lives through opened, synchronize and closed', async () => {
  stage.github.openPullRequest({ number: 7 })
  const opened = await live('opened')
  expect({ log: opened.log, outcomes: outcomes(opened) }).toMatchObject({
    log: expect.stringMatching(/Connected to neondb: 0 customers\./),
    outcomes: { database: 'success', test: 'success' },
  })
  expect(neon.byName('pr-7')?.annotation).toMatchObject({ 'github-pr-number': '7', 'db-branch-action-branch': 'pr-7' })
  expect(sent()).toEqual(['GET branches', 'POST branches', 'GET connection_uri', 'PATCH branches/{branch_id}'])
  const { pathname } = new URL(neon.url)
  const requests = neon.journal.map(({ method, status }) =>
    expect.stringMatching(`${method} .*${pathname}.* → ${status} in `),
  )
  const journal = opened.log
    .split('\n')
    .filter((line) => line.includes(`${new URL(neon.url).host}${pathname}`) && line.includes(' → '))
  expect(journal).toEqual(requests)

  stage.github.pushTo(7)
  const pushed = await live('synchronize')
  expect(pushed.conclusion).toBe('success')
  expect(pushed.log).toContain('"pr-7" reused')
  expect(pushed.log).toMatch(/Connected to neondb: 1 customers\./)
  expect(sent()).toEqual(['GET branches', 'GET connection_uri'])

  stage.github.closePullRequest(7, { merged: true })
  const closed = await live('closed')
  expect(closed.conclusion).toBe('success')
  expect([...neon.branches.values()].map(({ name }) => name)).toEqual(['main'])
  expect(stage.github.environments.has('pr-7')).toBe(false)

  expect(neon.violations).toEqual([])
  expect(stage.github.violations).toEqual([])
})
