import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { type Articles, startArticles } from '../../../sim/platforms/articles.js'
import { type Databases, startDatabases } from '../../../sim/platforms/databases.js'
import { type PlatformStage, startPlatformStage } from '../../../sim/platforms/stage.js'
import type { WorkflowRun } from '../../../sim/runner/index.js'

let databases: Databases
let articles: Articles
let stage: PlatformStage
beforeAll(async () => {
  databases = await startDatabases({ shop: { customers: 50, orders: 100 } })
  articles = await startArticles(databases)
  stage = await startPlatformStage({ apiUrl: articles.url, secrets: { PLATFORM_API_KEY: articles.key } })
})
afterAll(async () => {
  await stage.stop()
  await articles.close()
  await databases.stop()
})

const file = 'examples/rest.yml'
const live = (action: string) => stage.run(file, { number: 7, action })
const outcomes = ({ jobs }: WorkflowRun) => Object.fromEntries(jobs.map((job) => [job.id, job.conclusion]))

it('examples/rest.yml lives through opened, synchronize and closed', async () => {
  stage.github.openPullRequest({ number: 7 })
  const opened = await live('opened')
  expect({ log: opened.log, outcomes: outcomes(opened) }).toMatchObject({
    log: expect.stringContaining('Connected to pr-7: 0 customers.'),
    outcomes: { database: 'success', test: 'success' },
  })
  expect(articles.branches.has('pr-7')).toBe(true)

  stage.github.pushTo(7)
  const before = articles.journal.length
  const pushed = await live('synchronize')
  expect(pushed.conclusion).toBe('success')
  expect(pushed.log).toContain('"pr-7" reused')
  expect(pushed.log).toContain('Connected to pr-7: 1 customers.')
  expect(articles.journal.slice(before).map(({ operation }) => operation)).toEqual([
    'GET /db/{database}',
    'GET /db/{database}:{branch}',
  ])

  stage.github.closePullRequest(7, { merged: true })
  const closed = await live('closed')
  expect(closed.conclusion).toBe('success')
  expect([...articles.branches.keys()]).toEqual(['main'])
  expect(stage.github.environments.has('pr-7')).toBe(false)
  expect([...articles.violations, ...stage.github.violations]).toEqual([])
})

it('ends green with a notice for a pull request from a fork', async () => {
  stage.github.openPullRequest({ number: 8, head: 'fork' })
  const before = articles.journal.length
  const forked = await stage.run(file, { number: 8, action: 'opened' })
  expect(forked.conclusion).toBe('success')
  expect(forked.log).toContain('it is one from a fork, and such runs get no secrets')
  expect(articles.journal).toHaveLength(before)
})
