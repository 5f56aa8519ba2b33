import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { specOf } from '../../fixtures/postgres.js'
import { type Databases, startDatabases } from '../../../sim/platforms/databases.js'
import { type Stage, startStage } from './stage.js'

let databases: Databases | undefined
let stage: Stage
afterEach(() => stage.stop())
afterAll(() => databases?.stop())

/** A platform that is as fast as it could be: what is counted is what the adapter asks for, not how often it waits. */
const instant = { readyAfter: 0 }

describe('MySQL', () => {
  beforeEach(async () => {
    stage = await startStage({ kind: 'mysql', ...instant })
  })

  it('a new branch and its URL', async () => {
    const run = stage.open()
    const sent = await stage.requests(async () => {
      expect(await run.find('pr-7')).toBeUndefined()
      await run.connection((await run.create(specOf('pr-7'))).branch)
    })
    expect([...new Set(sent)]).toEqual([
      'GET /branches/pr-7',
      'GET /branches',
      'POST /branches',
      'POST /branches/pr-7/passwords',
    ])
    // The two looks before it and after it, and as many more as it takes to be ready.
    expect(sent.filter((request) => request !== 'GET /branches/pr-7')).toHaveLength(3)
  })

  it('a branch that is there and its URL, which connect asks for as well', async () => {
    await stage.open().create(specOf('pr-7'))
    const run = stage.open()
    const sent = await stage.requests(async () => run.connection((await run.find('pr-7'))!))
    expect(sent).toEqual([
      'GET /branches/pr-7',
      'GET /',
      'POST /branches/pr-7/passwords',
      'GET /branches/pr-7/passwords',
    ])
  })

  it('a deletion, with the look right before it', async () => {
    await stage.open().create(specOf('pr-7'))
    const run = stage.open()
    const branch = (await run.find('pr-7'))!
    const sent = await stage.requests(async () => run.delete((await run.find(branch.name))!))
    expect(sent).toEqual(['GET /branches/pr-7', 'GET /branches/pr-7', 'DELETE /branches/pr-7', 'GET /branches/pr-7'])
  })

  it('a listing of 100 branches', async () => {
    for (let number = 1; number < 100; number += 1) stage.platform.add({ name: `pr-${number}`, parent: 'main' })
    const sent = await stage.requests(async () => expect((await stage.open().list()).items).toHaveLength(100))
    expect(sent.sort()).toEqual(['GET /', 'GET /branches'])
  })
})

describe('PostgreSQL', () => {
  beforeEach(async () => {
    databases ??= await startDatabases({ shop: { customers: 10, orders: 10 } })
    stage = await startStage({ kind: 'postgresql', databases, ...instant })
    stage.platform.rolesReadyAfter = 0
  })

  const without = (sent: string[], look: string) => sent.filter((request) => request !== look)

  it('a new branch and its URL, emptied on the way', async () => {
    const run = stage.open()
    const spec = specOf('pr-7')
    const aside = `/branches/pr-7-dbbranch-new-${spec.claim.build.slice(0, 8)}`
    const sent = await stage.requests(async () => {
      expect(await run.find('pr-7')).toBeUndefined()
      await run.connection((await run.create(spec)).branch)
    })
    const apart = without(sent, `GET ${aside}`).filter((request) => !/^GET .*\/roles\//.test(request))
    expect(apart).toEqual([
      'GET /branches/pr-7',
      'GET /branches',
      'GET /branches/pr-7',
      'GET /branches/main/backups',
      'POST /branches',
      `POST ${aside}/roles`,
      `PATCH ${aside}`,
      'POST /branches/pr-7/roles',
    ])
  })

  it('a branch that is there and its URL', async () => {
    await stage.open().create(specOf('pr-8'))
    const run = stage.open()
    const sent = await stage.requests(async () => run.connection((await run.find('pr-8'))!))
    expect(sent.filter((request) => !/\/roles\//.test(request)).sort()).toEqual([
      'GET /',
      'GET /branches/pr-8',
      'GET /branches/pr-8/roles',
      'POST /branches/pr-8/roles',
    ])
  })
})
