import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { RefusedError } from '../../../src/errors.js'
import type { BranchDatabase, Connection } from '../../../src/ports.js'
import { foundIn, maskedSpec, originalsOf, shopMasking } from '../../fixtures/masking.js'
import { customers, portsOf } from '../../fixtures/platform.js'
import { ask, specOf } from '../../fixtures/postgres.js'
import { Secret } from '../../../src/secret.js'
import { customerCount, type Stage, startStage } from './stage.js'

let stage: Stage
let originals: string[]
beforeAll(async () => {
  stage = await startStage()
  await stage.databases.server.sql('postgres', 'CREATE TABLE salaries AS SELECT 1 AS salary')
  await stage.engine.refresh('2026-02-01T03:00:00Z')
  originals = await originalsOf(stage.databases)
})
afterAll(() => stage.stop())

const run = (database: Partial<BranchDatabase> = {}) =>
  stage.open({}, { database: { ...portsOf().database, ...database } })
const leaksIn = (connection: Connection) => foundIn((text) => ask<Record<string, string>>(connection, text), originals)

function elsewhere(connection: Connection, database: string): Connection {
  const url = new URL(connection.url.reveal())
  url.pathname = `/${database}`
  return { ...connection, url: new Secret(url.href) }
}

it('rows are masked in the branch’s database, and the other databases of the clone are emptied', async () => {
  const spec = maskedSpec('pr-1')
  const { branch, notes } = await run().create(spec)
  expect(branch.claim).toEqual({ kind: 'claim', claim: spec.claim })
  expect(notes.join('\n')).toContain(spec.claim.masked?.key)
  expect(notes).toContain('Emptied the other databases of the clone as well: "postgres", "template1".')
  expect(await run().find('pr-1')).toEqual(branch)
  const connection = await run().connection(branch)
  expect(await customers(connection)).toBe(customerCount)
  expect(await leaksIn(connection)).toEqual([])
  expect(await ask(elsewhere(connection, 'postgres'), 'SELECT FROM salaries')).toEqual([])
})

it('a rebuild lets nobody in who has the URL of before until the rows that came back are masked', async () => {
  const branch = (await run().find('pr-1'))!
  const handedOut = await run().connection(branch)
  const attempts: string[] = []
  const watched = run({
    maskInPlace: async (inside, order) => {
      attempts.push(await customers(handedOut).then(String, (error: Error) => error.message))
      // Else nobody knows whether there was something to see.
      expect(await leaksIn(inside)).toHaveLength(originals.length)
      return portsOf().database.maskInPlace(inside, order)
    },
  })
  await watched.reset!(branch, maskedSpec('pr-1'))
  expect(attempts).toEqual([expect.stringContaining('password authentication failed')])
  expect(await leaksIn(handedOut)).toEqual([])
})

it('rows that cannot be masked leave a half-built branch that its URL does not open', async () => {
  const refused = run().reset!((await run().find('pr-1'))!, maskedSpec('pr-1', {}, shopMasking(['orders']))).catch(
    (error: unknown) => error,
  )
  expect(await refused).toBeInstanceOf(RefusedError)
  const left = (await run().find('pr-1'))!
  expect(left).toMatchObject({ unfinished: true, claim: { kind: 'name', parent: 'main' } })
  const connection = await run().connection(left)
  await expect(customers(connection)).rejects.toThrow('password authentication failed')
  expect(await run().delete(left)).toBe('deleted')
})

it('rows to be masked by rules that nobody gave are refused', async () => {
  await expect(run().create(specOf('pr-2', { dataPolicy: 'masked' }))).rejects.toThrow(/no rule says how/)
  expect(await run().find('pr-2')).toBeUndefined()
})
