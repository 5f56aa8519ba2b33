import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { type GitHub, startGitHub } from '../../sim/github/index.js'
import { known } from '../../src/domain/known.js'
import { changedPullRequests } from '../../src/domain/sweep-outcome.js'
import { CancelledError, ProviderError } from '../../src/errors.js'
import { previewRefresh, refresh } from '../../src/lifecycle/refresh.js'
import type { Sink } from '../../src/ports.js'
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
  portsOf,
  reasonOf,
  refreshOrder,
  sweepRefresh,
  urlOf,
} from './scene.js'

let github: GitHub
let platform: Platform

beforeAll(async () => {
  delete process.env['GITHUB_API_URL']
  github = await startGitHub({ now: () => now, repositoryId: 42 })
})
beforeEach(() => {
  clear(github)
  platform = emptyPlatform()
})
afterAll(() => endOf(github))

/** An open pull request with a branch that is due, and the environment that holds its URL, or something older. */
function add(number: number, stored = 'postgresql://of-before-the-password-change'): void {
  addPullRequest(github, number)
  addBranch(platform, number)
  addEnvironment(github, `pr-${number}`, true, stored)
}

const order = { ...refreshOrder, random: () => 'again' }
const stored = (number: number) => github.environmentSecrets(`pr-${number}`)['DATABASE_URL']

describe('the secret of a rebuilt branch', () => {
  it('is written although the platform gave the same URL before: what it holds cannot be read', async () => {
    add(1)
    add(2)
    platform.sessions.set('id-2', known(1))
    const done = await sweepRefresh(github, platform, { environments: true })
    expect([namesOf(done, 'refreshed'), stored(1)]).toEqual([['pr-1'], urlOf('pr-1')])
    // One that was left alone keeps its secret, too.
    expect(stored(2)).toBe('postgresql://of-before-the-password-change')
  })

  it('is written after the new database has taken the name', async () => {
    add(1)
    const seen: string[] = []
    const off = github.on('actions/create-or-update-environment-secret', 'before', () => void seen.push('secret'))
    platform.before = (call) => void (/^(swap|connection) /.test(call) && seen.push(call))
    await sweepRefresh(github, platform, { environments: true })
    off()
    expect(seen).toEqual(['swap pr-1', 'connection pr-1', 'secret'])
  })

  const rebuilt =
    /^failed \(stale\): The branch was rebuilt, but its URL was not stored; the next push to the pull request does that\. /

  it('that cannot be written fails the run; the branch is rebuilt all the same, and so are the others', async () => {
    add(1)
    add(2)
    const fault = github.fault({ operation: 'actions/get-environment-public-key', kind: 'status', status: 403 })
    const done = await sweepRefresh(github, platform, { environments: true })
    fault.remove()
    expect(platform.replaced).toEqual(['id-1', 'id-2'])
    expect(reasonOf(done, 'pr-1')).toMatch(rebuilt)
    expect(reasonOf(done, 'pr-1')).toMatch(/Writing secret DATABASE_URL of environment pr-1 failed: .*403/)
    expect([namesOf(done, 'failed'), namesOf(done, 'refreshed'), stored(2)]).toEqual([
      ['pr-1'],
      ['pr-2'],
      urlOf('pr-2'),
    ])
    expect(changedPullRequests(done.outcome.results)).toEqual([1, 2])
  })

  it('is not written when nobody can log in to the new database, which is told', async () => {
    add(1)
    platform.before = (call) => {
      if (call === 'connection pr-1') throw new ProviderError('Logging in failed: no.')
    }
    const done = await sweepRefresh(github, platform, { environments: true })
    expect(reasonOf(done, 'pr-1')).toMatch(rebuilt)
    expect([platform.replaced, stored(1)]).toEqual([['id-1'], 'postgresql://of-before-the-password-change'])
  })

  it('that stands in several places is written to all of them, whichever fails', async () => {
    add(1)
    const { ports } = await portsOf(github, platform)
    const written: string[] = []
    const sink = (name: string, error?: Error): Sink => ({
      name,
      publish: async () => {
        if (error) throw error
        written.push(name)
      },
      withdraw: async () => 'absent',
    })
    const sinks = [sink('a'), sink('b', new ProviderError('No.')), sink('c')]
    const outcome = await refresh({ ...ports, sinksFor: () => sinks }, order)
    expect([written, outcome.results[0]?.status]).toEqual([['a', 'c'], 'failed'])
    clear(github)
    add(2)
    const cancelled = [sink('d', new CancelledError('cancelled')), sink('e')]
    await expect(refresh({ ...ports, sinksFor: () => cancelled }, order)).rejects.toThrow(CancelledError)
    expect(written).toEqual(['a', 'c'])
  })
})

describe('what changes between plan and rebuild', () => {
  it.each<[string, () => void, string]>([
    [
      'closed',
      () => github.closePullRequest(2),
      'kept (closed): changed since it was listed: pull request #2 is closed',
    ],
    [
      'given the label',
      () => void github.pullRequests.get(2)!.labels.push('keep-database'),
      'kept (exempt): changed since it was listed: ',
    ],
    ['used', () => void platform.sessions.set('id-2', known(3)), 'kept (in use): changed since it was listed: '],
    ['gone from sight', () => void github.pullRequests.delete(2), 'kept (unknown): changed since it was listed: '],
    [
      'made anew',
      () => void addBranch(platform, 2, { build: 'new' }, { id: 'new' }),
      'kept (stale): changed since it was listed: it is not the branch that was listed',
    ],
    [
      'gone',
      () => void platform.branches.delete('pr-2'),
      'kept (stale): changed since it was listed: it is not the branch that was listed',
    ],
  ])('%s: it is left alone, and the others are rebuilt', async (_what, act, told) => {
    for (const number of [1, 2, 3]) add(number)
    platform.after = (call) => void (call === 'swap pr-1' && act())
    const done = await sweepRefresh(github, platform, { environments: true })
    expect(reasonOf(done, 'pr-2').slice(0, told.length)).toBe(told)
    expect(platform.replaced).toEqual(['id-1', 'id-3'])
    expect(stored(2)).toBe('postgresql://of-before-the-password-change')
  })
})

it('what a dead run left half-built for a branch goes before that is built again, and nothing else goes', async () => {
  add(1)
  add(2)
  platform.sessions.set('id-2', known(1))
  addBranch(platform, 1, {}, { name: 'db-branch~dead1', id: 'dead1', leftover: true })
  addBranch(platform, 2, {}, { name: 'db-branch~dead2', id: 'dead2', leftover: true })
  addBranch(platform, 1, { repository: 43 }, { name: 'db-branch~theirs', id: 'theirs', leftover: true })
  await sweepRefresh(github, platform)
  expect([platform.deleted, platform.replaced]).toEqual([['db-branch~dead1'], ['id-1']])
  expect(platform.calls.indexOf('delete db-branch~dead1')).toBeLessThan(
    platform.calls.findIndex((call) => call.startsWith('build ')),
  )
  expect([...platform.branches.keys()].sort()).toEqual(['db-branch~dead2', 'db-branch~theirs', 'pr-1', 'pr-2'])
})

describe('a platform that cannot rebuild in place', () => {
  it('refuses the plan, real or previewed, unless nothing is due', async () => {
    add(1)
    const { ports } = await portsOf(github, platform)
    const provider = { ...ports.provider }
    delete provider.reset
    for (const sweep of [refresh, previewRefresh]) {
      const { plan, results } = await sweep({ ...ports, provider }, order)
      expect(plan.refused).toBe('this platform cannot rebuild a branch in place')
      expect([results.map(({ status }) => status), changedPullRequests(results)]).toEqual([['kept'], []])
    }
    addBranch(platform, 1, { createdAt: ago(1).toISOString() })
    expect((await refresh({ ...ports, provider }, order)).plan.refused).toBeUndefined()
  })
})

describe('one pull request only', () => {
  it('rebuilds its branch; nothing else is judged or told', async () => {
    for (const number of [1, 2, 3]) add(number)
    platform.branches.set('main', { id: 'm', name: 'main', claim: { kind: 'none' } })
    const { ports } = await portsOf(github, platform)
    const preview = await previewRefresh(ports, order)
    expect([changedPullRequests(preview.results), platform.replaced]).toEqual([[1, 2, 3], []])
    const done = await sweepRefresh(github, platform, { change: { onlyPullRequest: 2 } })
    expect([platform.replaced, done.outcome.results.map(({ name }) => name)]).toEqual([['id-2'], ['pr-2']])
  })
})

describe('the policy file', () => {
  it('that has become stricter keeps a branch from being rebuilt under what it was made under', async () => {
    addPullRequest(github, 1)
    addBranch(platform, 1, { dataPolicy: 'copy' })
    const done = await sweepRefresh(github, platform, { law: async () => ({ dataPolicy: 'schema_only', notes: [] }) })
    expect(platform.replaced).toEqual([])
    expect(reasonOf(done, 'pr-1')).toMatch(/^failed .*made under data_policy "copy".* now allows "schema_only" at most/)
  })
})
