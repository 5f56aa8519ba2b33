import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { type Databases, startDatabases } from '../../../sim/platforms/databases.js'
import { gatewayCertificate } from '../../../sim/platforms/gateway.js'
import { type PlatformStage, startPlatformStage } from '../../../sim/platforms/stage.js'
import { startXataLite, type XataLite, xataLiteKey } from '../../../sim/platforms/xata-lite.js'
import type { WorkflowRun } from '../../../sim/runner/index.js'

const file = 'examples/xata-lite.yml'
const hosts = pathToFileURL(join(import.meta.dirname, '../../sim/platforms/fixtures/hosts.ts')).href
let databases: Databases
let lite: XataLite
let stage: PlatformStage
beforeAll(async () => {
  databases = await startDatabases({ shop: { customers: 50, orders: 100 } })
  lite = await startXataLite(databases)
  stage = await startPlatformStage({ apiUrl: lite.url, secrets: { XATA_API_KEY: xataLiteKey } })
})
afterAll(async () => {
  await stage.stop()
  await lite.close()
  await databases.stop()
})

/** On this machine the gateway's host leads to the simulator, and its certificate is trusted. */
function live(action: string): Promise<WorkflowRun> {
  const extraEnv = {
    PATH: process.env['PATH'] ?? '',
    NODE_EXTRA_CA_CERTS: gatewayCertificate,
    NODE_OPTIONS: `--import=${hosts}`,
    SIM_HOSTS: `us-east-1.sql.xata.sh:5432=${databases.host}:${databases.port}`,
  }
  return stage.run(file, { number: 7, action }, { extraEnv })
}

const outcomes = (run: WorkflowRun) => Object.fromEntries(run.jobs.map((job) => [job.id, job.conclusion]))

it('lives through opened, synchronize and closed, and warns of the key in the URL', async () => {
  stage.github.openPullRequest({ number: 7 })
  const opened = await live('opened')
  expect({ log: opened.log, outcomes: outcomes(opened) }).toMatchObject({
    log: expect.stringContaining('Connected to shop:pr-7: 0 customers.'),
    outcomes: { database: 'success', test: 'success' },
  })
  expect(opened.log).toContain('Warning: the URL of "pr-7" holds the API key of the Xata account')
  expect(opened.log).toContain('Copied the migration ledger')

  stage.github.pushTo(7)
  const pushed = await live('synchronize')
  expect(pushed.conclusion).toBe('success')
  expect(pushed.log).toContain('"pr-7" reused')
  expect(pushed.log).toContain('Connected to shop:pr-7: 1 customers.')

  stage.github.closePullRequest(7, { merged: true })
  const closed = await live('closed')
  expect(closed.conclusion).toBe('success')
  expect([...lite.branches.keys()]).toEqual(['main'])
  expect(stage.github.environments.has('pr-7')).toBe(false)

  expect(lite.violations).toEqual([])
  expect(stage.github.violations).toEqual([])
})
