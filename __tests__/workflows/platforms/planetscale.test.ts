import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { type Databases, startDatabases } from '../../../sim/platforms/databases.js'
import { type PlanetScale, startPlanetScale } from '../../../sim/platforms/planetscale.js'
import { type PlatformStage, startPlatformStage } from '../../../sim/platforms/stage.js'
import type { WorkflowRun } from '../../../sim/runner/index.js'

let databases: Databases
beforeAll(async () => {
  databases = await startDatabases({ shop: { customers: 50, orders: 100 } })
})
afterAll(() => databases.stop())

interface Scene {
  readonly planetscale: PlanetScale
  readonly stage: PlatformStage
  readonly run: (action: string) => Promise<WorkflowRun>
  /** How many requests the last run sent, without the looks at a role that is being made. */
  readonly sent: () => number
  readonly stop: () => Promise<void>
}

async function startScene(kind: 'mysql' | 'postgresql'): Promise<Scene> {
  const planetscale = await startPlanetScale({ kind, ...(kind === 'postgresql' && { databases }) })
  const { url: apiUrl, key, organization, database } = planetscale
  const stage = await startPlatformStage({ apiUrl, secrets: { PLANETSCALE_SERVICE_TOKEN: key } })
  const vars = { PLANETSCALE_ORGANIZATION: organization, PLANETSCALE_DATABASE: database }
  let from = 0
  return {
    planetscale,
    stage,
    sent: () => planetscale.journal.slice(from).filter(({ path }) => !path.includes('/roles/')).length,
    async run(action) {
      from = planetscale.journal.length
      const run = await stage.run('examples/planetscale.yml', { number: 7, action }, { vars })
      return run
    },
    async stop() {
      await stage.stop()
      await planetscale.close()
      expect([...planetscale.violations, ...stage.github.violations]).toEqual([])
    },
  }
}

const urlOf = (run: WorkflowRun) =>
  run.jobs.flatMap(({ steps }) => steps).find(({ outputs }) => outputs['connection_string'])?.outputs[
    'connection_string'
  ] ?? ''
const outcomes = (run: WorkflowRun) => Object.fromEntries(run.jobs.map((job) => [job.id, job.conclusion]))

it('lives through opened, synchronize and closed on PostgreSQL', async () => {
  const { planetscale, stage, run, sent, stop } = await startScene('postgresql')
  stage.github.openPullRequest({ number: 7 })
  const opened = await run('opened')
  expect({ log: opened.log, outcomes: outcomes(opened) }).toMatchObject({
    log: expect.stringMatching(/Connected to ps_[0-9a-f]+: 0 customers\./),
    outcomes: { database: 'success', test: 'success' },
  })

  stage.github.pushTo(7)
  const pushed = await run('synchronize')
  expect({ log: pushed.log, outcomes: outcomes(pushed) }).toMatchObject({
    log: expect.stringMatching(/Connected to ps_[0-9a-f]+: 1 customers\./),
    outcomes: { database: 'success', test: 'success' },
  })
  expect(pushed.log).toContain('"pr-7" reused')
  expect(sent()).toBe(4)

  stage.github.closePullRequest(7, { merged: true })
  const closed = await run('closed')
  expect(closed.conclusion).toBe('success')
  expect(sent()).toBe(9)
  expect(planetscale.branch('pr-7')).toBeUndefined()
  expect(stage.github.environments.has('pr-7')).toBe(false)
  await stop()
})

it('hands a URL over on MySQL, and takes the branch away', async () => {
  const { planetscale, stage, run, sent, stop } = await startScene('mysql')
  stage.github.openPullRequest({ number: 7 })
  // There is no MySQL server here, so the tests of the job cannot pass; that the platform takes the login is shown below.
  const opened = await run('opened')
  expect(outcomes(opened)).toMatchObject({ database: 'success' })
  const first = urlOf(opened)
  expect(planetscale.mysql(first).rows()).toBe(0)

  stage.github.pushTo(7)
  const pushed = await run('synchronize')
  expect(outcomes(pushed)).toMatchObject({ database: 'success' })
  expect(pushed.log).toContain('"pr-7" reused')
  // The platform tells a password once, so each run makes a login of its own.
  expect(urlOf(pushed)).not.toBe(first)
  expect(planetscale.mysql(urlOf(pushed)).rows()).toBe(0)

  stage.github.closePullRequest(7, { merged: true })
  const closed = await run('closed')
  expect(closed.conclusion).toBe('success')
  expect(sent()).toBe(7)
  expect(planetscale.branch('pr-7')).toBeUndefined()
  await stop()
})
