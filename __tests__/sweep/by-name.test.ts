import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { type GitHub, startGitHub } from '../../sim/github/index.js'
import type { Branch } from '../../src/domain/branch.js'
import type { NameReading } from '../../src/domain/claim.js'
import type { ByName } from '../../src/domain/verdict.js'
import { endOf } from '../fixtures/forge.js'
import {
  addBranch,
  addEnvironment,
  addPullRequest,
  ago,
  clear,
  emptyPlatform,
  namesOf,
  now,
  type Platform,
  reasonOf,
  sweep,
  sweepRefresh,
} from './scene.js'

let github: GitHub
let platform: Platform
const byName: ByName = { template: 'pr-{number}', repository: 'shop' }

beforeAll(async () => {
  delete process.env['GITHUB_API_URL']
  github = await startGitHub({ now: () => now, repositoryId: 42 })
})
beforeEach(() => {
  clear(github)
  platform = emptyPlatform()
})
afterAll(() => endOf(github))

/** A branch on a platform that keeps no claims. */
function unclaimed(name: string, change: Partial<Branch> = {}, told: Partial<NameReading> = {}): void {
  platform.branches.set(name, {
    id: `id of ${name}`,
    name,
    claim: { kind: 'name', parent: 'main', dataPolicy: 'schema_only', ...told },
    createdAt: ago(30).toISOString(),
    ...change,
  })
}

function addCast(): void {
  for (const number of [1, 2, 3]) addPullRequest(github, number, number === 1 ? {} : { closed: 10 })
  for (const name of ['pr-1', 'pr-2', 'pr-3', 'pr-33', 'release-2', 'main']) unclaimed(name)
  for (const number of [1, 2, 3]) addEnvironment(github, `pr-${number}`)
}

describe('on a platform without claims, cleanup', () => {
  it('reports and touches nothing', async () => {
    addCast()
    const done = await sweep(github, platform, { environments: true })
    expect([platform.deleted, namesOf(done, 'deleted').filter((name) => name.startsWith('pr-'))]).toEqual([[], []])
    expect(reasonOf(done, 'pr-2')).toMatch(/^kept \(unclaimed\): this platform keeps no claims; "trust_names" would/)
    expect(reasonOf(done, 'main')).toMatch(/^kept \(protected\)/)
  })

  it('goes by names that are trusted, with their secrets and environments', async () => {
    addCast()
    const done = await sweep(github, platform, { environments: true, change: { byName } })
    expect(platform.deleted.sort()).toEqual(['pr-2', 'pr-3'])
    expect([...github.environments.keys()]).toEqual(['pr-1'])
    expect(reasonOf(done, 'pr-2')).toBe('deleted (closed): pull request #2 was closed 10 days ago')
    expect(reasonOf(done, 'pr-1')).toMatch(/^kept \(open\)/)
    expect(reasonOf(done, 'pr-33')).toMatch(/^kept \(orphan\)/)
    expect(reasonOf(done, 'release-2')).toMatch(/^kept \(not ours\)/)
  })

  it('goes over one pull request only, when asked', async () => {
    addCast()
    const done = await sweep(github, platform, { change: { byName, onlyPullRequest: 2 } })
    expect([platform.deleted, done.outcome.results.map(({ pullRequest }) => pullRequest)]).toEqual([['pr-2'], [2]])
  })

  it('takes the half-built remains of a dead run away, whatever their own name is', async () => {
    addPullRequest(github, 1)
    unclaimed('pr-1-new-00112233', { leftover: true }, { branch: 'pr-1' })
    unclaimed('pr-1-new-44556677', { leftover: true, createdAt: ago(0.01).toISOString() }, { branch: 'pr-1' })
    unclaimed('other-1-new-8899', { leftover: true }, { branch: 'other-1' })
    await sweep(github, platform)
    expect(platform.deleted).toEqual([])
    const done = await sweep(github, platform, { change: { byName } })
    expect(platform.deleted).toEqual(['pr-1-new-00112233'])
    expect(reasonOf(done, 'pr-1-new-44556677')).toMatch(/^kept \(too young\)/)
    expect(reasonOf(done, 'other-1-new-8899')).toMatch(/^kept \(not ours\)/)
  })

  it('keeps what was made anew meanwhile', async () => {
    addCast()
    platform.before = (call) => {
      if (call === 'find pr-2') unclaimed('pr-2', { id: 'another' })
    }
    const done = await sweep(github, platform, { change: { byName } })
    expect(platform.deleted).toEqual(['pr-3'])
    expect(reasonOf(done, 'pr-2')).toMatch(/^failed .*made anew/)
  })

  it('believes the claim that a closer look finds, rather than the name', async () => {
    addCast()
    platform.before = (call) => {
      if (call === 'find pr-2') addBranch(platform, 2, { repository: 43 }, { id: 'id of pr-2' })
      if (call === 'find pr-3') addBranch(platform, 3, {}, { id: 'id of pr-3' })
    }
    const done = await sweep(github, platform, { change: { byName } })
    expect(platform.deleted).toEqual(['pr-3'])
    expect(reasonOf(done, 'pr-2')).toMatch(/repository 43 claims it/)
  })
})

describe('on a platform without claims, refresh', () => {
  it('touches nothing', async () => {
    addCast()
    const done = await sweepRefresh(github, platform)
    expect([platform.replaced, namesOf(done, 'refreshed')]).toEqual([[], []])
  })

  it('rebuilds what a trusted name says, from the same parent under the same policy', async () => {
    addCast()
    const done = await sweepRefresh(github, platform, { change: { byName } })
    expect([platform.replaced, namesOf(done, 'refreshed')]).toEqual([['id of pr-1'], ['pr-1']])
    expect(platform.branches.get('pr-1')?.claim).toMatchObject({
      claim: { repository: 42, pullRequest: 1, branch: 'pr-1', parent: 'main', dataPolicy: 'schema_only', run: '77.1' },
    })
  })

  it('keeps a branch whose parent or data policy nobody knows', async () => {
    addPullRequest(github, 1)
    platform.branches.set('pr-1', { id: 'x', name: 'pr-1', claim: { kind: 'name' }, createdAt: ago(30).toISOString() })
    const done = await sweepRefresh(github, platform, { change: { byName } })
    expect(reasonOf(done, 'pr-1')).toBe(
      'kept (unknown): the platform does not tell what it was made from, nor the claim',
    )
  })
})
