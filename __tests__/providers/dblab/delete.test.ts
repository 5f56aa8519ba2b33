import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Branch } from '../../../src/domain/branch.js'
import { LostAnswerError } from '../../../src/http/api.js'
import type { SimulatedClone } from '../../../sim/platforms/dblab/index.js'
import { specOf } from '../../fixtures/postgres.js'
import { type Stage, startStage } from './stage.js'

let stage: Stage
let count = 0

beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

/** A clone of ours without a server behind it, as a listing tells of it. */
async function planted(change: Partial<SimulatedClone> = {}): Promise<Branch> {
  const id = `pr-${(count += 1)}`
  stage.engine.plant({ id, username: 'db_branch_42', ...change })
  const { items } = await stage.open().list()
  stage.requests()
  return items.find(({ name }) => name === id)!
}

const deletions = () => stage.requests().filter((request) => request.startsWith('DELETE'))

describe('a deletion', () => {
  it('is asked for once, and over when the clone is gone', async () => {
    const provider = stage.open()
    const { branch } = await provider.create(specOf('pr-900', { dataPolicy: 'copy' }))
    stage.requests()
    expect(await provider.delete(branch)).toBe('deleted')
    expect(stage.requests()).toEqual(['GET /clones', 'DELETE /clone/pr-900', 'GET /clone/pr-900'])
    expect(stage.engine.clones.has('pr-900')).toBe(false)
  })

  it('of an absent clone is "absent" without a deletion, and leaves a clone made anew alone', async () => {
    const branch = await planted()
    stage.engine.clones.delete(branch.name)
    expect(await stage.open().delete(branch)).toBe('absent')
    stage.engine.plant({ id: branch.name, username: 'db_branch_42' })
    expect(await stage.open().delete(branch)).toBe('absent')
    expect(deletions()).toEqual([])
  })

  it('takes the 500 of an engine that knows no such clone for what it means', async () => {
    const branch = await planted()
    // Even at the last attempt, when a failure would be told.
    const fault = stage.engine.fault({ operation: 'DELETE /clone/{id}', kind: 'status', status: 502, times: 5 })
    const off = stage.engine.before('DELETE /clone/{id}', () => {
      if (fault.hits === 5) stage.engine.clones.delete(branch.name)
    })
    expect(await stage.open().delete(branch)).toBe('deleted')
    off()
    expect(deletions()).toHaveLength(6)
  })

  it('of a protected clone is refused before and after the engine is asked', async () => {
    const branch = await planted({ protected: true })
    await expect(stage.open().delete(branch)).rejects.toThrow(
      `Deleting "${branch.name}" failed: DBLab protects the clone from deletion. Run "dblab clone update --protected false ${branch.name}" and then the job again.`,
    )
    expect(deletions()).toEqual([])
    const clone = stage.engine.clones.get(branch.name)!
    clone.protected = false
    const off = stage.engine.before('DELETE /clone/{id}', () => void (clone.protected = true))
    const host = new URL(stage.engine.url).host
    await expect(stage.open().delete(branch)).rejects.toThrow(
      `Deleting "${branch.name}" failed: DBLab protects the clone from deletion (DELETE ${host}/api/clone/${branch.name} → 500 INTERNAL_ERROR).`,
    )
    off()
    expect(deletions()).toHaveLength(1)
    expect(stage.engine.clones.has(branch.name)).toBe(true)
  })

  it.each(['reset', 500] as const)('whose answer was lost (%s) is looked after, not repeated', async (answer) => {
    const branch = await planted()
    const fault = stage.engine.fault({ operation: 'DELETE /clone/{id}', kind: 'lost', answer })
    expect(await stage.open().delete(branch)).toBe('deleted')
    fault.remove()
    expect([fault.hits, deletions().length]).toEqual([1, 1])
  })

  it('that the engine does not hear is asked for again, and told in the end', async () => {
    const branch = await planted()
    const once = stage.engine.fault({ operation: 'DELETE /clone/{id}', kind: 'status', status: 502 })
    expect(await stage.open().delete(branch)).toBe('deleted')
    once.remove()
    const next = await planted()
    stage.requests()
    const always = stage.engine.fault({ operation: 'DELETE /clone/{id}', kind: 'status', status: 500, times: 99 })
    await expect(stage.open().delete(next)).rejects.toThrow(LostAnswerError)
    always.remove()
    expect(always.hits).toBe(6)
    expect(stage.engine.clones.has(next.name)).toBe(true)
  })

  it('waits until a clone is made, whose server would go on for ever otherwise', async () => {
    const provider = stage.open()
    const making = provider.create(specOf('pr-901', { dataPolicy: 'copy' })).catch((error: unknown) => error)
    while (!stage.engine.clones.has('pr-901')) await new Promise((resolve) => setImmediate(resolve))
    const { items } = await stage.open().list()
    expect(stage.engine.clones.get('pr-901')?.status).toBe('CREATING')
    const off = stage.engine.before('DELETE /clone/{id}', () => {
      expect(stage.engine.clones.get('pr-901')?.status).toBe('OK')
    })
    expect(await stage.open().delete(items.find(({ name }) => name === 'pr-901')!)).toBe('deleted')
    off()
    await making
  })

  it('that the engine fails at is told', async () => {
    await stage.open().create(specOf('pr-902', { dataPolicy: 'copy' }))
    const { cluster } = stage.engine.clones.get('pr-902')!
    const branch = await planted({ cluster })
    stage.engine.failNext('failed to stop container')
    await expect(stage.open().delete(branch)).rejects.toThrow(
      `Deleting "${branch.name}" failed: DBLab could not remove the clone. Look at the log of the engine ("docker logs dblab_server") and run the job again.`,
    )
    stage.engine.clones.delete(branch.name)
  })

  it('of an empty name is never sent', async () => {
    stage.requests()
    expect(await stage.open().delete({ id: '', name: '', claim: { kind: 'none' } })).toBe('absent')
    expect(deletions()).toEqual([])
  })
})
