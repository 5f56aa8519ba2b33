import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals'
import type { Branch } from '../../../src/domain/branch.js'
import { ConflictError } from '../../../src/errors.js'
import type { Connection, Provider } from '../../../src/ports.js'
import { ask, providerFor, type Shopping, specOf, startShop } from '../../fixtures/postgres.js'
import { everythingOn, failureOf, makeBranch, openClient } from './stage.js'

let stage: Shopping
let provider: Provider
let branch: Branch
let connection: Connection
beforeAll(async () => {
  stage = await startShop()
  provider = providerFor(stage.server.adminUrl)
})
afterAll(async () => {
  await provider.close()
  await stage.server.stop()
})
beforeEach(async () => {
  ;({ branch, connection } = await makeBranch(provider, 'pr-1'))
  await ask(connection, 'CREATE TABLE work AS SELECT 42 AS answer')
})
afterEach(async () => {
  const left = await provider.find('pr-1')
  if (left) await provider.delete(left)
})
const work = () => ask(connection, 'SELECT answer FROM work')
const copySpec = () => specOf('pr-1', { dataPolicy: 'copy' })

it('same URL, new claim, data of today, and the replaced database is gone', async () => {
  await stage.server.sql('main', `UPDATE customers SET name = 'Grace' WHERE id = 1`)
  const spec = copySpec()
  const { branch: after } = await provider.reset!(branch, spec)
  expect(after).toMatchObject({ name: 'pr-1', claim: { kind: 'claim', claim: spec.claim } })
  expect(after.id).not.toBe(branch.id)
  const again = await provider.connection(after)
  expect(again.url.reveal()).toBe(connection.url.reveal())
  expect(await ask(again, 'SELECT name FROM customers WHERE id = 1')).toEqual([{ name: 'Grace' }])
  await expect(work()).rejects.toMatchObject({ code: '42P01' })
  expect(await everythingOn(stage.server)).toEqual(['database main', 'database pr-1', 'role pr-1', 'role shop_app'])
})

it('changes the data policy in place', async () => {
  const spec = specOf('pr-1', { dataPolicy: 'schema_only' })
  await provider.reset!(branch, spec)
  expect(await ask(connection, 'SELECT count(*)::int AS n FROM customers')).toEqual([{ n: 0 }])
})

it('ends the sessions on the branch, and no other', async () => {
  const on = await openClient(connection.url.reveal())
  const elsewhere = await openClient(stage.server.url('postgres'))
  await provider.reset!(branch, copySpec())
  await expect(on.query('SELECT 1')).rejects.toThrow()
  await expect(elsewhere.query('SELECT 1')).resolves.toBeDefined()
  await elsewhere.end()
})

it('wins over a client that comes back again and again', async () => {
  let stopped = false
  const stubborn = (async () => {
    while (!stopped) {
      const client = await openClient(connection.url.reveal()).catch(() => undefined)
      while (
        !stopped &&
        (await client?.query('SELECT pg_sleep(0.01)').then(
          () => true,
          () => false,
        ))
      );
      await client?.end().catch(() => undefined)
    }
  })()
  try {
    await expect(provider.reset!(branch, copySpec())).resolves.toBeDefined()
  } finally {
    stopped = true
    await stubborn
  }
})

it('a failure in the middle leaves the old branch, its data, its sessions and its URL as they were', async () => {
  const on = await openClient(connection.url.reveal())
  const before = await everythingOn(stage.server)
  const failing = providerFor(stage.server.adminUrl, { empty: () => Promise.reject(new Error('no space')) })
  await expect(failing.reset!(branch, specOf('pr-1'))).rejects.toThrow('no space')
  await failing.close()
  expect(await provider.find('pr-1')).toEqual(branch)
  expect(await work()).toEqual([{ answer: 42 }])
  expect((await on.query('SELECT answer FROM work')).rows).toEqual([{ answer: 42 }])
  await on.end()
  expect(await everythingOn(stage.server)).toEqual(before)
})

it('a branch that was deleted meanwhile is a conflict, and nothing is left', async () => {
  const other = providerFor(stage.server.adminUrl)
  const slow = providerFor(stage.server.adminUrl, {
    empty: async () => {
      await other.delete(branch)
      return []
    },
  })
  expect(await failureOf(slow.reset!(branch, specOf('pr-1')))).toBeInstanceOf(ConflictError)
  expect(await provider.find('pr-1')).toBeUndefined()
  expect(await everythingOn(stage.server)).toEqual(['database main', 'role shop_app'])
  await slow.close()
  await other.close()
})

it('a branch that was made anew meanwhile is a conflict, and the new one stays', async () => {
  const other = providerFor(stage.server.adminUrl)
  let anew: Branch | undefined
  const slow = providerFor(stage.server.adminUrl, {
    empty: async () => {
      await other.delete(branch)
      ;({ branch: anew } = await makeBranch(other, 'pr-1'))
      return []
    },
  })
  expect(await failureOf(slow.reset!(branch, specOf('pr-1')))).toBeInstanceOf(ConflictError)
  expect(await provider.find('pr-1')).toEqual(anew)
  expect(await everythingOn(stage.server)).toEqual(['database main', 'database pr-1', 'role pr-1', 'role shop_app'])
  await slow.close()
  await other.close()
})

it('of two simultaneous resets one wins and the other is a conflict', async () => {
  const other = providerFor(stage.server.adminUrl)
  const results = await Promise.allSettled([provider.reset!(branch, copySpec()), other.reset!(branch, copySpec())])
  expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
  const lost = results.find((result) => result.status === 'rejected')
  expect(lost?.reason).toBeInstanceOf(ConflictError)
  const won = results.find((result) => result.status === 'fulfilled')
  expect(await provider.find('pr-1')).toEqual(won?.value.branch)
  expect(await everythingOn(stage.server)).toEqual(['database main', 'database pr-1', 'role pr-1', 'role shop_app'])
  await other.close()
})
