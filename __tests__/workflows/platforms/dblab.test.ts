import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { type Databases, startDatabases } from '../../../sim/platforms/databases.js'
import { type Dblab, startDblab } from '../../../sim/platforms/dblab/index.js'
import { type PlatformStage, startPlatformStage } from '../../../sim/platforms/stage.js'
import type { WorkflowRun } from '../../../sim/runner/index.js'

let databases: Databases
let engine: Dblab
let stage: PlatformStage
beforeAll(async () => {
  databases = await startDatabases({ shop: { customers: 50, orders: 100 } })
  engine = await startDblab(databases)
  stage = await startPlatformStage({ apiUrl: engine.url, secrets: { DBLAB_TOKEN: engine.key } })
})
afterAll(async () => {
  await stage.stop()
  await engine.close()
  await databases.stop()
})

const live = (action: string) =>
  stage.run('examples/dblab.yml', { number: 7, action }, { vars: { DBLAB_DATABASE: 'main' } })

const outcomes = ({ jobs }: WorkflowRun) => Object.fromEntries(jobs.map((job) => [job.id, job.conclusion]))

/** The password that the engine was given, which it tells nobody. */
function passwords(): string[] {
  const orders = engine.journal.filter(({ operation }) => operation === 'POST /clone')
  return orders.map(({ body }) => (body as { db: { password: string } }).db.password)
}

it('examples/dblab.yml lives through opened, synchronize and closed', async () => {
  stage.github.openPullRequest({ number: 7 })
  const opened = await live('opened')
  expect({ log: opened.log, outcomes: outcomes(opened) }).toMatchObject({
    log: expect.stringContaining('Connected to main: 0 customers.'),
    outcomes: { database: 'success', test: 'success' },
  })
  expect(passwords()).toHaveLength(1)

  stage.github.pushTo(7)
  const before = engine.journal.length
  const pushed = await live('synchronize')
  expect(pushed.conclusion).toBe('success')
  expect(pushed.log).toContain('"pr-7" reused')
  expect(pushed.log).toContain('Connected to main: 1 customers.')
  expect(engine.journal.slice(before).map(({ operation }) => operation)).toEqual(['GET /clones'])

  stage.github.closePullRequest(7, { merged: true })
  const closed = await live('closed')
  expect(closed.conclusion).toBe('success')
  expect([...engine.clones.keys()]).toEqual([])
  expect(stage.github.environments.has('pr-7')).toBe(false)
  expect([...engine.violations, ...stage.github.violations]).toEqual([])
})

it('ends green with a notice for a pull request from a fork', async () => {
  stage.github.openPullRequest({ number: 8, head: 'fork' })
  const forked = await stage.run('examples/dblab.yml', { number: 8, action: 'opened' })
  expect(forked.conclusion).toBe('success')
  expect(forked.log).toContain('it is one from a fork, and such runs get no secrets')
})
