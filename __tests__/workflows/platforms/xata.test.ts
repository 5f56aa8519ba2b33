import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { type Databases, startDatabases } from '../../../sim/platforms/databases.js'
import { gatewayCertificate } from '../../../sim/platforms/gateway.js'
import { type PlatformStage, startPlatformStage } from '../../../sim/platforms/stage.js'
import { startXata, type Xata } from '../../../sim/platforms/xata.js'
import type { WorkflowRun } from '../../../sim/runner/index.js'

const file = 'examples/xata.yml'
let databases: Databases
let xata: Xata
let stage: PlatformStage
beforeAll(async () => {
  databases = await startDatabases({ shop: { customers: 50, orders: 100 } })
  xata = await startXata(databases)
  stage = await startPlatformStage({ apiUrl: xata.url, secrets: { XATA_API_KEY: 'xau_0123456789' } })
})
afterAll(async () => {
  await stage.stop()
  await xata.close()
  await databases.stop()
})

/** The machine trusts the gateway's certificate, as it trusts Xata's. */
function live(action: string): Promise<WorkflowRun> {
  const extraEnv = { PATH: process.env['PATH'] ?? '', NODE_EXTRA_CA_CERTS: gatewayCertificate }
  return stage.run(file, { number: 7, action }, { extraEnv })
}

const outcomes = (run: WorkflowRun) => Object.fromEntries(run.jobs.map((job) => [job.id, job.conclusion]))

it('lives through opened, synchronize and closed', async () => {
  stage.github.openPullRequest({ number: 7 })
  const opened = await live('opened')
  expect({ log: opened.log, outcomes: outcomes(opened) }).toMatchObject({
    log: expect.stringMatching(/Connected to xata_\w+: 0 customers\./),
    outcomes: { database: 'success', test: 'success' },
  })
  expect(xata.named('pr-7')?.description).toMatch(/^dbba1 \d+ 7 sf /)

  stage.github.pushTo(7)
  const pushed = await live('synchronize')
  expect(pushed.conclusion).toBe('success')
  expect(pushed.log).toContain('"pr-7" reused')
  expect(pushed.log).toMatch(/Connected to xata_\w+: 1 customers\./)

  stage.github.closePullRequest(7, { merged: true })
  const closed = await live('closed')
  expect(closed.conclusion).toBe('success')
  expect(xata.named('pr-7')).toBeUndefined()
  expect(stage.github.environments.has('pr-7')).toBe(false)

  expect(xata.violations).toEqual([])
  expect(stage.github.violations).toEqual([])
})
