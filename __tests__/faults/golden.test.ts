import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import type { ActionOptions, ActionResult } from '../fixtures/action.js'
import type { Major } from '../../sim/postgres/server.js'
import { startWorld, type World } from '../fixtures/world.js'

const policy = readFileSync(join(import.meta.dirname, '../../docs/policy/db-branch.yml'), 'utf8')
const customers = 300

let world: World
let watch: pg.Client

async function open(major: Major): Promise<void> {
  world = await startWorld(customers, { major })
  world.github.writeFile('.github/db-branch.yml', policy)
  world.github.openPullRequest({ number: 1 })
  watch = new pg.Client({ connectionString: world.server.adminUrl })
  await watch.connect()
  const first = await build()
  if (first.code !== 0) throw new Error(first.log)
}

const byHand = (): ActionOptions => ({
  event: 'workflow_dispatch',
  payload: { ...world.github.scheduleEvent(''), inputs: {} },
  inputs: { mode: 'golden', branch_name: 'golden', data_policy: '' },
})
/** The pull request is of no account: the event is another. */
const build = (more: ActionOptions = {}) => world.main({ number: 1, action: 'opened' }, { ...byHand(), ...more })

async function goldenId(): Promise<string | undefined> {
  const { rows } = await watch.query<{ id: string }>(`SELECT oid::text AS id FROM pg_database WHERE datname = 'golden'`)
  return rows[0]?.id
}

/** Short beside the shortest phase, and long enough to leave the run the processor. */
const POLL_MS = 1

/** What can be seen once a run has come that far; $1 is the id of the golden parent before. */
const phases: Record<string, string> = {
  'the role is there': `SELECT WHERE EXISTS (SELECT FROM pg_roles WHERE rolname LIKE 'db-branch~%') AND $1 <> ''`,
  'the new one is there': `SELECT FROM pg_database WHERE datname LIKE 'db-branch~%' AND $1 <> ''`,
  'it is being masked': `SELECT FROM pg_stat_activity WHERE datname LIKE 'db-branch~%' AND query ~ '(ALTER TABLE|COPY|INSERT INTO)' AND $1 <> ''`,
  'the exchange is done': `SELECT FROM pg_database WHERE datname = 'golden' AND oid::text <> $1`,
}

async function interrupt(phase: string, signal: NodeJS.Signals): Promise<ActionResult & { sent: boolean }> {
  const before = (await goldenId()) ?? ''
  let kill: (() => void) | undefined
  let ended = false
  let sent = false
  const main = build({
    onLine(_line, killProcess) {
      kill = () => killProcess(signal)
    },
  }).finally(() => (ended = true))
  while (!ended && !sent) {
    const { rowCount } = await watch.query(phases[phase]!, [before])
    if (rowCount && kill) {
      sent = true
      kill()
    } else {
      await setTimeout(POLL_MS)
    }
  }
  return { ...(await main), sent }
}

async function quiet(): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const { rowCount } = await watch.query(
      `SELECT FROM pg_stat_activity WHERE application_name LIKE 'db-branch-action%'`,
    )
    if (rowCount === 0) return
    await setTimeout(50)
  }
}

/** The golden parent is one whole: all customers, none with an address of before. */
async function expectGolden(): Promise<void> {
  const [row] = await world.server.sql<{ all: number; masked: number }>(
    'golden',
    `SELECT count(*)::int AS all, (count(*) FILTER (WHERE email LIKE 'u________________@example.com'))::int AS masked FROM customers`,
  )
  expect(row).toEqual({ all: customers, masked: customers })
}

const aside = async () => (await world.standing()).filter((what) => what.includes('~'))

type Case = readonly [signal: NodeJS.Signals, phase: string]

const cases: readonly Case[] = [
  ...Object.keys(phases).map((phase) => ['SIGKILL', phase] as const),
  ['SIGINT', 'it is being masked'] as const,
  ['SIGINT', 'the exchange is done'] as const,
]

/** Everything on the newest version; on one that many still run, what differs there: the copy and the exchange. */
const versions: readonly (readonly [Major, readonly Case[]])[] = [
  [18, cases],
  [
    15,
    [
      ['SIGKILL', 'the new one is there'],
      ['SIGKILL', 'the exchange is done'],
    ],
  ],
]

describe.each(versions)('a build of the golden parent on PostgreSQL %i', (major, cases) => {
  beforeAll(() => open(major))
  afterAll(async () => {
    await watch.end()
    await world.stop()
  })

  it.each(cases)(
    'that ends by %s when %s: the old one or the new one is there, whole, and the next run converges',
    async (signal, phase) => {
      const before = await goldenId()
      const main = await interrupt(phase, signal)
      expect(main.sent).toBe(true)
      await quiet()
      const after = await goldenId()
      if (phase !== 'the exchange is done') expect(after).toBe(before)
      await expectGolden()
      if (signal === 'SIGINT') {
        expect(await build({ state: main.state })).toMatchObject({
          code: 0,
          errors: [],
        })
        if (phase !== 'the exchange is done') expect(await aside()).toEqual([])
        expect(await goldenId()).toBe(after)
      }
      expect(await build()).toMatchObject({ code: 0, errors: [], outputs: { status: 'reset' } })
      expect(await aside()).toEqual([])
      await expectGolden()
    },
  )
})
