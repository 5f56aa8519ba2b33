import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { type ActionResult } from '../fixtures/action.js'
import { startWorld, type World } from '../fixtures/world.js'

let world: World
let watch: pg.Client
let number = 200

beforeAll(async () => {
  world = await startWorld(2000)
  watch = new pg.Client({ connectionString: world.server.adminUrl })
  await watch.connect()
})
afterAll(async () => {
  await watch.end()
  await world.stop()
})

/** Short beside the shortest phase, and long enough to leave the run the processor. */
const POLL_MS = 1

const aside = `datname LIKE 'db-branch~%'`

/** What can be seen on the server when a run has come that far. */
const onServer: Record<string, string> = {
  'the role is there': `SELECT FROM pg_roles WHERE rolname LIKE 'db-branch~%'`,
  'the copy is under way': `SELECT FROM pg_stat_activity WHERE query LIKE 'CREATE DATABASE%' AND state = 'active'`,
  'the copy is there': `SELECT FROM pg_database WHERE ${aside}`,
  'the copy is open': `SELECT FROM pg_database WHERE ${aside} AND datallowconn`,
  'the copy is being emptied': `SELECT FROM pg_stat_activity WHERE ${aside} AND xact_start IS NOT NULL`,
  'the branch has its name': `SELECT FROM pg_database WHERE datname = $1`,
}
const inLog: Record<string, RegExp> = {
  'the process started': /add-mask/,
  'the plan is made': /^Plan:/,
  'the branch is made': /^Create from/,
  'the login was proven': /^Get the URL/,
}
const phases = [...Object.keys(inLog), ...Object.keys(onServer)]

/** Runs `opened` and sends the signal as soon as the phase can be seen. */
async function interrupt(at: number, phase: string, signal: NodeJS.Signals): Promise<ActionResult & { sent: boolean }> {
  let kill: (() => void) | undefined
  let sent = false
  let ended = false
  const send = () => {
    sent = true
    kill?.()
  }
  const main = world.main(
    { number: at, action: 'opened' },
    {
      onLine(line, killProcess) {
        kill = () => killProcess(signal)
        if (!sent && inLog[phase]?.test(line)) send()
      },
    },
  )
  const polling = (async () => {
    const query = onServer[phase]
    while (query !== undefined && !ended && !sent) {
      const { rowCount } = await watch.query(query, query.includes('$1') ? [`pr-${at}`] : [])
      if (rowCount) send()
      else await setTimeout(POLL_MS)
    }
  })()
  const result = await main
  ended = true
  await polling
  return { ...result, sent }
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

const handedOut = (result: ActionResult) => result.outputs['connection_string'] !== undefined

describe('a cancelled run', () => {
  it.each(phases)('when %s: ends soon, hands nothing out, and its post step leaves nothing behind', async (phase) => {
    number += 1
    world.github.openPullRequest({ number })
    const main = await interrupt(number, phase, 'SIGINT')
    expect(main.sent).toBe(true)
    const post = await world.post({ number, action: 'opened' }, main)
    expect(post).toMatchObject({ code: 0, errors: [] })
    const left = (await world.standing()).filter((what) => what.includes('~') || what.endsWith(` pr-${number}`))
    if (handedOut(main)) {
      expect(left).toEqual([`database pr-${number}`, `role pr-${number}`])
    } else {
      expect(main.code).toBe(1)
      expect(main.errors).toEqual(['The run was cancelled. The post step takes away what it was building.'])
      expect(left).toEqual([])
    }
    // The post step may run twice.
    expect(await world.post({ number, action: 'opened' }, main)).toMatchObject({ code: 0, errors: [] })
    const next = await world.main({ number, action: 'synchronize' })
    expect(next).toMatchObject({ code: 0, errors: [] })
  })
})

describe('a run that is killed, with no post step', () => {
  it.each(phases)('when %s: the next run of the pull request converges', async (phase) => {
    number += 1
    world.github.openPullRequest({ number })
    const main = await interrupt(number, phase, 'SIGKILL')
    expect(main.sent).toBe(true)
    await quiet()
    const next = await world.main({ number, action: 'synchronize' })
    expect(next).toMatchObject({ code: 0, errors: [] })
    expect(next.outputs['connection_string']).toContain(`/pr-${number}`)
    expect((await world.standing()).filter((what) => what.includes('~'))).toEqual([])
    world.github.closePullRequest(number)
    expect(await world.main({ number, action: 'closed' })).toMatchObject({ code: 0, outputs: { status: 'deleted' } })
    expect((await world.standing()).filter((what) => what.includes('~') || what.endsWith(` pr-${number}`))).toEqual([])
  })

  it('closed comes instead of a next run: the remains go, too', async () => {
    number += 1
    world.github.openPullRequest({ number })
    await interrupt(number, 'the copy is open', 'SIGKILL')
    await quiet()
    world.github.closePullRequest(number)
    const closed = await world.main({ number, action: 'closed' })
    expect(closed).toMatchObject({ code: 0, errors: [] })
    expect((await world.standing()).filter((what) => what.includes('~'))).toEqual([])
  })
})
