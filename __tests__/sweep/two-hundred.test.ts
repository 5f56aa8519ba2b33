import { afterAll, beforeAll, expect, it } from '@jest/globals'
import pg from 'pg'
import { type Claim, encodeClaim } from '../../src/domain/claim.js'
import { runAction } from '../fixtures/action.js'
import { claimOf } from '../fixtures/claim.js'
import { startWorld, type World } from '../fixtures/world.js'

const { escapeIdentifier: name, escapeLiteral: literal } = pg
const ago = (days: number) => new Date(Date.now() - days * 86_400_000)

/** Ten states, twenty branches each. `goes` says what must become of them. */
const states: {
  state: string
  goes: boolean
  claim?: Partial<Claim> | null
  made?: number
  closed?: number
  label?: string
}[] = [
  { state: 'closed long ago', goes: true, closed: 30 },
  { state: 'merged eight days ago', goes: true, closed: 8 },
  { state: 'closed lately', goes: false, closed: 3 },
  { state: 'open', goes: false },
  { state: 'closed, exempt', goes: false, closed: 30, label: 'keep-database' },
  { state: 'of another repository', goes: false, closed: 30, claim: { repository: 7 } },
  { state: 'without a claim', goes: false, closed: 30, claim: null },
  { state: 'claimed under another name', goes: false, closed: 30, claim: { branch: 'pr-9999' } },
  { state: 'made in the future', goes: false, closed: 30, made: -3 },
  { state: 'made just now', goes: false, closed: 30, made: 0.01 },
]
const perState = 20

let world: World
beforeAll(async () => {
  world = await startWorld(1)
  const { github, server } = world
  const admin = new pg.Client({ connectionString: server.adminUrl })
  await admin.connect()
  try {
    for (let number = 1; number <= states.length * perState; number++) {
      const { closed, label, claim, made = 30 } = states[number % states.length]!
      const pull = github.openPullRequest({ number, labels: label ? [label] : [] })
      if (closed !== undefined) Object.assign(pull, { state: 'closed', closedAt: ago(closed) })
      const branch = `pr-${number}`
      await admin.query(`CREATE DATABASE ${name(branch)} TEMPLATE template0 STRATEGY FILE_COPY`)
      await admin.query(`CREATE ROLE ${name(branch)}`)
      if (claim === null) continue
      const createdAt = ago(made).toISOString()
      const text = encodeClaim(
        claimOf({ repository: 4242, pullRequest: number, branch, createdAt, build: `${number}`, ...claim }),
      )
      await admin.query(`COMMENT ON DATABASE ${name(branch)} IS ${literal(text)}`)
    }
  } finally {
    await admin.end()
  }
}, 120_000)
afterAll(() => world.stop())

it('of 200 branches in mixed states, one run deletes the right ones and keeps the right ones', async () => {
  const { github, server } = world
  const result = await runAction({
    event: 'schedule',
    payload: github.scheduleEvent('17 3 * * *'),
    apiUrl: github.url,
    repository: github.repository,
    inputs: {
      mode: 'cleanup',
      provider: 'postgres',
      admin_url: server.adminUrl,
      github_token: github.token({
        name: 'sweep',
        kind: 'workflow',
        permissions: { contents: 'read', 'pull-requests': 'read' },
      }),
      exempt_labels: 'keep-database',
      max_deletions: '40',
      concurrency: '4',
    },
  })
  const named = (goes: boolean) =>
    Array.from({ length: states.length * perState }, (_, at) => at + 1)
      .filter((number) => states[number % states.length]!.goes === goes)
      .map((number) => `pr-${number}`)
      .sort()
  expect(result.errors).toEqual([])
  expect(result.code).toBe(0)
  expect((JSON.parse(result.outputs['deleted'] ?? '') as string[]).sort()).toEqual(named(true))
  const left = await server.sql<{ name: string }>(
    'postgres',
    `SELECT datname::text AS name FROM pg_database WHERE datname LIKE 'pr-%'`,
  )
  expect(left.map((row) => row.name).sort()).toEqual(named(false))
  // 160 pull requests decide something: at most 2 pages of open ones, 4 batches by number, and a recheck per 20 deletions.
  // Two more tell that there is no policy file.
  expect(github.journal.length).toBeLessThanOrEqual(10)
  expect(result.log).not.toContain('Warning:')
}, 60_000)
