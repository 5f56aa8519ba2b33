import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { type PostgresServer, startPostgres } from '../../sim/postgres/server.js'
import { enterBranch } from '../../src/data/workplace.js'
import type { Connection } from '../../src/ports.js'
import { Secret } from '../../src/secret.js'
import { testClock } from '../fixtures/clock.js'

let server: PostgresServer
let connection: Connection

beforeAll(async () => {
  server = await startPostgres({ major: 18 })
  const url = new Secret(server.adminUrl)
  connection = { url, password: new Secret('x'), host: 'h', port: 1, database: 'postgres', username: 'postgres' }
})
afterAll(() => server.stop())

const { signal } = new AbortController()
const enter = (branchId: string) =>
  enterBranch(connection, { signal, clock: testClock(), wait: 0, info: () => undefined, branchId })

async function progressOf(branchId: string) {
  const place = await enter(branchId)
  await place.close()
  return place.progress
}

const seed = 'ab'.repeat(32)

it('what a parent said of itself does not count in the branch that was copied from it', async () => {
  expect(await progressOf('parent')).toEqual({ state: 'none' })
  const place = await enter('parent')
  await place.begin()
  expect(await progressOf('copy').catch((error: Error) => error.name)).toBe('RefusedError')
  await place.finish(seed)
  await place.close()
  expect([await progressOf('parent'), await progressOf('copy')]).toEqual([{ state: 'done', seed }, { state: 'none' }])
  const copy = await enter('copy')
  await copy.begin()
  await copy.close()
  expect([await progressOf('parent'), await progressOf('copy')]).toEqual([{ state: 'none' }, { state: 'begun' }])
})
