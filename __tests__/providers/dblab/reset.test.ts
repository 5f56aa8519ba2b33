import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Branch } from '../../../src/domain/branch.js'
import { ConflictError, ProviderError } from '../../../src/errors.js'
import { LostAnswerError } from '../../../src/http/api.js'
import type { BranchSpec } from '../../../src/ports.js'
import { customers } from '../../fixtures/platform.js'
import { ask, specOf } from '../../fixtures/postgres.js'
import { customerCount, type Stage, startStage } from './stage.js'

let stage: Stage
let branch: Branch

beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

const name = 'pr-7'
const order = (change: Partial<BranchSpec> = {}) => specOf(name, { dataPolicy: 'copy', ...change })

/** One clone serves all tests: whatever became of it is reset first, or made anew where that was what failed. */
beforeEach(async () => {
  const provider = stage.open()
  const found = await provider.find(name)
  branch =
    found && !found.unfinished
      ? found
      : (await (found && provider.delete(found)), await provider.create(order())).branch
  await ask(
    await provider.connection(branch),
    'DELETE FROM subscriptions; DELETE FROM order_items; DELETE FROM orders; DELETE FROM events; DELETE FROM customers',
  )
  stage.requests()
})

describe('a reset', () => {
  it('goes to where the parent stands now, with four requests, and keeps id and URL', async () => {
    await stage.databases.server.sql('main', `UPDATE customers SET name = 'Changed'`)
    const snapshot = await stage.engine.refresh('2026-02-01T03:00:00Z')
    const provider = stage.open()
    const before = await provider.connection(branch)
    stage.requests()
    const spec = order()
    const made = await provider.reset!(branch, spec)
    expect(stage.requests()).toEqual([
      'GET /branches',
      'GET /clones',
      `POST /clone/${name}/reset`,
      `GET /clone/${name}`,
    ])
    expect(stage.engine.journal.findLast(({ method }) => method === 'POST')?.body).toEqual({ snapshotID: snapshot.id })
    expect(made.branch).toMatchObject({ id: branch.id, claim: { claim: { build: spec.claim.build } } })
    const after = await stage.open().connection(made.branch)
    expect(after.url.reveal()).toBe(before.url.reveal())
    expect(await ask(after, `SELECT FROM customers WHERE name = 'Changed'`)).toHaveLength(customerCount)
  })

  it('goes to the snapshot of point_in_time', async () => {
    const { id } = [...stage.engine.branches.values()][0]!
    await stage.open().reset!(branch, order({ pointInTime: id }))
    expect(stage.requests()[0]).toBe('GET /clones')
    expect(stage.engine.clones.get(name)?.snapshot.id).toBe(id)
  })

  it('empties what came back', async () => {
    const provider = stage.open()
    const made = await provider.reset!(branch, order({ dataPolicy: 'schema_only' }))
    expect(await customers(await provider.connection(made.branch))).toBe(0)
  })

  it('that dies once the data are back leaves a branch that is known as half-built', async () => {
    const dies = () => Promise.reject(new Error('killed'))
    const provider = stage.open({}, { database: { ...stage.open().ports.database, empty: dies, sign: dies } })
    await expect(provider.reset!(branch, order({ dataPolicy: 'schema_only' }))).rejects.toThrow('killed')
    expect(await stage.open().find(name)).toMatchObject({ claim: { kind: 'name' }, unfinished: true })
  })

  it.each(['reset', 500] as const)('whose answer was lost (%s) is followed up, not repeated', async (answer) => {
    const fault = stage.engine.fault({ operation: 'POST /clone/{id}/reset', kind: 'lost', answer })
    const provider = stage.open()
    const spec = order()
    const made = await provider.reset!(branch, spec)
    fault.remove()
    expect(stage.requests().filter((request) => request.startsWith('POST'))).toHaveLength(1)
    expect(await provider.find(name)).toEqual(made.branch)
    expect(await customers(await provider.connection(made.branch))).toBe(customerCount)
  })

  it('that was never heard fails and leaves the branch as it was', async () => {
    const fault = stage.engine.fault({ operation: 'POST /clone/{id}/reset', kind: 'reset' })
    await expect(stage.open().reset!(branch, order())).rejects.toThrow(LostAnswerError)
    fault.remove()
    expect(await stage.open().find(name)).toEqual(branch)
  })

  it('from a parent or snapshot that is not there fails and leaves the branch as it was', async () => {
    await expect(stage.open().reset!(branch, order({ parent: 'nowhere' }))).rejects.toThrow(
      'Rebuilding "pr-7" from "nowhere" failed: there is no such branch on this DBLab instance. Check "parent_branch".',
    )
    await expect(stage.open().reset!(branch, order({ pointInTime: 'gone' }))).rejects.toThrow(
      /^Rebuilding "pr-7" from "main" failed: there is no such snapshot .* → 500 INTERNAL_ERROR\)\. Check "point_in_time"/,
    )
    expect(await stage.open().find(name)).toEqual(branch)
  })

  it('of a branch that was made anew touches nothing', async () => {
    const old = { ...branch, id: 'pr-7@2020-01-01T00:00:00.000Z' }
    await expect(stage.open().reset!(old, order())).rejects.toThrow(ConflictError)
    expect(stage.requests().filter((request) => request.startsWith('POST'))).toEqual([])
  })

  it('that the engine fails at leaves a half-built branch, which can be deleted', async () => {
    stage.engine.failNext('zfs clone error')
    const provider = stage.open()
    await expect(provider.reset!(branch, order())).rejects.toThrow(ProviderError)
    const found = await provider.find(name)
    expect(found).toMatchObject({ unfinished: true })
    expect(await provider.delete(found!)).toBe('deleted')
  })

  it('of a branch that the engine removes as idle meanwhile is a lost race', async () => {
    const off = stage.engine.before('GET /clone/{id}', () => void stage.engine.clones.delete(name))
    await expect(stage.open().reset!(branch, order())).rejects.toThrow(ConflictError)
    off()
    expect(await stage.open().find(name)).toBeUndefined()
  })
})
