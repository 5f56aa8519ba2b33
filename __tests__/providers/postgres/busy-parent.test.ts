import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type pg from 'pg'
import type { Provider } from '../../../src/ports.js'
import { ask, providerFor, type Shopping, specOf, startShop } from '../../fixtures/postgres.js'
import { everythingOn, failureOf, makeBranch, oneSentence, openClient } from './stage.js'

let stage: Shopping
let provider: Provider
beforeAll(async () => {
  stage = await startShop()
  provider = providerFor(stage.server.adminUrl)
})
afterAll(async () => {
  await provider.close()
  await stage.server.stop()
})

async function pidOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  return rows[0]!.pid
}

it('a busy parent is not copied; the sessions are named, and live on', async () => {
  const { server, shop } = stage
  const clients = await Promise.all([openClient(shop.url, 'web shop'), openClient(server.url('main'), 'psql')])
  const pids = await Promise.all(clients.map(pidOf))
  const before = await everythingOn(server)

  const { message } = await failureOf(provider.create(specOf('pr-1')))
  expect(message).toMatch(oneSentence)
  expect(message).toContain(
    'Copying "main" failed: PostgreSQL copies only a database that nobody uses, and 2 sessions, ',
  )
  expect(message).toMatch(
    new RegExp(`process ${pids[0]} of shop_app "web shop" from 127\\.0\\.0\\.1 \\(idle for \\d+ s\\)`),
  )
  expect(message).toMatch(new RegExp(`process ${pids[1]} of postgres psql from`))
  expect(message).toContain('"busy_parent" to "terminate"')

  for (const client of clients) expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  expect(await everythingOn(server)).toEqual(before)
  await Promise.all(clients.map((client) => client.end()))
})

it('busy_parent "terminate" ends the sessions and copies, though a client comes back again and again', async () => {
  const lines: string[] = []
  const rude = providerFor(stage.server.adminUrl, { busyParent: 'terminate', info: (line) => lines.push(line) })
  let stopped = false
  let ended = 0
  const stubborn = async () => {
    while (!stopped) {
      const client = await openClient(stage.shop.url)
      while (
        !stopped &&
        (await client.query('SELECT pg_sleep(0.01)').then(
          () => true,
          () => false,
        ))
      );
      if (!stopped) ended++
      await client.end().catch(() => undefined)
    }
  }
  const clients = [stubborn(), stubborn(), stubborn()]
  await new Promise((resolve) => setTimeout(resolve, 200))
  try {
    const { connection } = await makeBranch(rude, 'pr-2')
    expect(await ask(connection, 'SELECT count(*)::int AS n FROM customers')).toEqual([{ n: 50 }])
  } finally {
    stopped = true
    await Promise.all(clients)
    await rude.close()
  }
  expect(ended).toBeGreaterThanOrEqual(3)
  expect(lines.join('\n')).toMatch(/Ended \d+ sessions? on "main", as "busy_parent" asks\./)
})

it('busy_parent "terminate" leaves a parent alone that nobody uses', async () => {
  const lines: string[] = []
  const rude = providerFor(stage.server.adminUrl, { busyParent: 'terminate', info: (line) => lines.push(line) })
  await makeBranch(rude, 'pr-3')
  expect(lines).toEqual([])
  await rude.close()
})

it('the maintenance database can be the parent too, also while another run is at work', async () => {
  const { server } = stage
  await server.sql('postgres', 'CREATE TABLE notes AS SELECT 1 AS id; REVOKE CONNECT ON DATABASE postgres FROM PUBLIC')
  const own = providerFor(server.adminUrl, { parent: 'postgres' })
  await provider.close()
  const otherRun = providerFor(server.adminUrl, { parent: 'postgres' })
  await otherRun.list()
  try {
    const { connection } = await makeBranch(own, 'pr-4', { parent: 'postgres' })
    expect(await ask(connection, 'SELECT id FROM notes')).toEqual([{ id: 1 }])
  } finally {
    await own.close()
    await otherRun.close()
  }
})
