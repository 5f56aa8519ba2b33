import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { Refusal } from '../../../sim/http/answer.js'
import { failure } from '../../../sim/platforms/neon/project.js'
import type { Branch } from '../../../src/domain/branch.js'
import type { BranchSpec } from '../../../src/ports.js'
import { annotationOf } from '../../../src/providers/neon/claim.js'
import { claimOf } from '../../fixtures/claim.js'
import { specOf } from '../../fixtures/postgres.js'
import { type NeonStage, ONE, openStage } from './stage.js'

let stage: NeonStage
let old: Branch
let spec: BranchSpec
beforeEach(async () => {
  stage = await openStage()
  old = (await stage.provider.create(specOf('pr-7', { dataPolicy: 'copy' }))).branch
  const fresh = specOf('pr-7', { dataPolicy: 'copy' })
  const now = new Date().toISOString()
  spec = { ...fresh, claim: { ...fresh.claim, createdAt: now } }
})
afterEach(() => stage.stop())

const names = () => [...stage.neon.branches.values()].map(({ name }) => name).sort()
const aside = (kind: string) => `pr-7.${kind}-${spec.claim.build.slice(0, 8)}`

/** Lets so many renamings through and then refuses all. */
function dieAfter(renamings: number): void {
  let seen = 0
  stage.neon.before(`PATCH ${ONE}`, () => {
    seen += 1
    if (seen > renamings) throw new Refusal(failure(500, 'gone').answer)
  })
}

it('exchanges the names and leaves the old branch aside, for the caller to delete', async () => {
  const { branch } = await stage.provider.reset!(old, spec)
  expect(names()).toEqual(['main', 'pr-7', aside('old')])
  expect(await stage.provider.find('pr-7')).toEqual(branch)
  expect(branch.id).not.toBe(old.id)
  expect(await stage.provider.leftovers!('pr-7')).toMatchObject([{ id: old.id, name: aside('old'), leftover: true }])
  expect(await stage.provider.leftovers!('pr-77')).toEqual([])
})

it('takes 5 requests, the listing included', async () => {
  const other = stage.open()
  const sent = await stage.requests(async () => {
    const found = await other.find('pr-7')
    expect(await other.leftovers!('pr-7')).toEqual([])
    await other.connection((await other.reset!(found!, spec)).branch)
  })
  const rename = 'PATCH branches/{branch_id}'
  expect(sent).toEqual(['GET branches', 'POST branches', 'GET operations', rename, rename])
})

describe('a run that dies', () => {
  it('while it builds leaves the old branch as it was, and a build that counts as alive for a while', async () => {
    dieAfter(0)
    await expect(stage.provider.reset!(old, spec)).rejects.toThrow()
    expect(names()).toEqual(['main', 'pr-7', aside('new')])
    expect(await stage.provider.leftovers!('pr-7')).toEqual([])
    const { items } = await stage.provider.list()
    expect(items).toContainEqual(expect.objectContaining({ name: aside('new'), leftover: true, alive: true }))
    const later = { ...stage.ports.clock, now: () => new Date(Date.now() + 11 * 60_000) }
    const dead = await stage.open({}, { clock: later }).leftovers!('pr-7')
    expect(dead).toMatchObject([{ name: aside('new'), leftover: true }])
    expect(dead[0]?.alive).toBeUndefined()
  })

  it('between the renamings leaves both aside, and giving up the build brings the old one back', async () => {
    dieAfter(1)
    await expect(stage.provider.reset!(old, spec)).rejects.toThrow()
    expect(names()).toEqual(['main', aside('new'), aside('old')])
    expect(await stage.open().find('pr-7')).toBeUndefined()
    expect(await stage.open().leftovers!('pr-7')).toMatchObject([{ id: old.id }])
  })

  it('between the renamings is got over by the post step', async () => {
    const survivor = stage.open()
    let seen = 0
    stage.neon.before(`PATCH ${ONE}`, () => {
      seen += 1
      if (seen > 1 && seen < 6) throw new Refusal(failure(500, 'gone').answer)
    })
    await expect(stage.provider.reset!(old, spec)).rejects.toThrow()
    expect(names()).toEqual(['main', aside('new'), aside('old')])
    await survivor.abandon!(spec.claim.build)
    expect(names()).toEqual(['main', 'pr-7'])
    expect((await survivor.find('pr-7'))?.id).toBe(old.id)
    await survivor.abandon!(spec.claim.build)
    await survivor.abandon!(old.claim.kind === 'claim' ? old.claim.claim.build : '')
    expect(names()).toEqual(['main', 'pr-7'])
  })
})

it('a renaming that fails once gives the old branch its name back', async () => {
  let seen = 0
  stage.neon.before(`PATCH ${ONE}`, () => {
    seen += 1
    if (seen === 2) throw new Refusal(failure(403, 'no').answer)
  })
  await expect(stage.provider.reset!(old, spec)).rejects.toThrow('Renaming')
  expect((await stage.provider.find('pr-7'))?.id).toBe(old.id)
})

it('a branch of another, named like an aside, is none', async () => {
  const name = 'pr-7.old-0011aabb'
  stage.neon.plant(name, { annotation: annotationOf(claimOf({ branch: name })) })
  expect(await stage.provider.leftovers!('pr-7')).toEqual([])
  expect(await stage.provider.find('pr-7.old-0011aabb')).not.toHaveProperty('leftover')
})
