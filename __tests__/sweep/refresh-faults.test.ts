import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { type FaultKind, type GitHub, startGitHub } from '../../sim/github/index.js'
import { reportSweep } from '../../src/report/sweep-report.js'
import { endOf } from '../fixtures/forge.js'
import { queryFaults, restFaults } from './fault-table.js'
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
  type Sweep,
  sweepRefresh,
  urlOf,
} from './scene.js'

let github: GitHub
let platform: Platform
let names: string[]

beforeAll(async () => {
  delete process.env['GITHUB_API_URL']
  github = await startGitHub({ now: () => now, repositoryId: 42 })
})
afterAll(() => endOf(github))

const due = ['pr-1', 'pr-2', 'pr-3']
const writes = ['actions/get-environment-public-key', 'actions/create-or-update-environment-secret']

/**
 * Six queries: two pages of open pull requests, the closed and exempt ones by number, and each of the three due ones
 * again; then key and secret for each of the three.
 */
beforeEach(() => {
  clear(github)
  platform = emptyPlatform()
  for (let number = 1; number <= 105; number++) {
    addPullRequest(github, number)
    addBranch(platform, number, number <= 3 ? {} : { createdAt: ago(1).toISOString() })
  }
  addPullRequest(github, 201, { closed: 8 })
  addPullRequest(github, 202, { labels: ['keep-database'] })
  for (const number of [201, 202]) addBranch(platform, number)
  for (const name of due) addEnvironment(github, name)
  platform.branches.set('main', { id: 'm', name: 'main', claim: { kind: 'none' } })
  names = [...platform.branches.keys()].sort()
})

/** Whatever happens: only what is due is rebuilt, nothing goes, every branch is told once, and the end is one line. */
function expectHarmless(done: Sweep): void {
  expect([...platform.branches.keys()].sort()).toEqual(names)
  expect(platform.deleted).toEqual([])
  for (const id of platform.replaced) expect(['id-1', 'id-2', 'id-3']).toContain(id)
  const { results } = done.outcome
  expect(results.map(({ name }) => name).sort()).toEqual(names)
  for (const { name, status } of results) if (status !== 'kept') expect(due).toContain(name)
  const { failure, warnings, summary } = reportSweep(done.outcome)
  if (failure) expect(failure.message).toMatch(/^The refresh failed for \d: [^\n]+$/)
  for (const warning of warnings) expect(warning).toMatch(/^[A-Z][^\n]+\.$/)
  expect(summary).not.toMatch(/undefined|\[object/)
}

it('without a fault there are six queries, three rebuilt branches and three secrets', async () => {
  const before = github.journal.length
  const done = await sweepRefresh(github, platform, { environments: true })
  expectHarmless(done)
  expect([namesOf(done, 'refreshed'), platform.replaced]).toEqual([due, ['id-1', 'id-2', 'id-3']])
  const asked = github.journal.slice(before).map((entry) => entry.operationId)
  expect(asked.filter((each) => each === 'graphql')).toHaveLength(6)
  expect(asked.filter((each) => each !== 'graphql')).toEqual([...writes, ...writes, ...writes])
  for (const name of due) expect(github.environmentSecrets(name)).toEqual({ DATABASE_URL: urlOf(name) })
})

describe.each([
  ['first page', 1],
  ['second page', 2],
  ['by number', 3],
  ['again for the first', 4],
  ['again for the second', 5],
  ['again for the third', 6],
])('%s', (_query, nth) => {
  it.each(queryFaults)('%s that stays rebuilds nothing from there on, and is told', async (_what, fault, said) => {
    const scheduled = github.fault({ operation: 'graphql', nth, times: 99, ...fault })
    const done = await sweepRefresh(github, platform, { environments: true })
    scheduled.remove()
    expect(scheduled.hits).toBeGreaterThan(0)
    expectHarmless(done)
    const before = due.slice(0, Math.max(0, nth - 4))
    expect([namesOf(done, 'refreshed'), namesOf(done, 'failed')]).toEqual([before, []])
    for (const name of due.filter((each) => !before.includes(each))) {
      expect(reasonOf(done, name)).toMatch(/^kept \(unknown\)/)
      expect(reasonOf(done, name)).toMatch(said)
    }
    expect(reportSweep(done.outcome).warnings.join()).toMatch(/Could not decide on \d+: /)
  })

  it.each(queryFaults)('%s once rebuilds nothing else', async (_what, fault) => {
    const scheduled = github.fault({ operation: 'graphql', nth, ...fault })
    const done = await sweepRefresh(github, platform, { environments: true })
    scheduled.remove()
    expect(scheduled.hits).toBe(1)
    expectHarmless(done)
    expect(namesOf(done, 'failed')).toEqual([])
  })
})

describe.each(writes)('%s', (operation) => {
  describe.each([1, 2, 3])('number %i', (nth) => {
    it.each<[string, FaultKind]>(restFaults)('%s that stays costs a secret, never a branch', async (_what, fault) => {
      const scheduled = github.fault({ operation, nth, times: 99, ...fault })
      const done = await sweepRefresh(github, platform, { environments: true })
      scheduled.remove()
      expect(scheduled.hits).toBeGreaterThan(0)
      expectHarmless(done)
      expect(platform.replaced).toEqual(['id-1', 'id-2', 'id-3'])
      expect([...namesOf(done, 'refreshed'), ...namesOf(done, 'failed')].sort()).toEqual(due)
      for (const name of namesOf(done, 'refreshed'))
        expect(github.environmentSecrets(name)).toEqual({ DATABASE_URL: urlOf(name) })
      for (const name of namesOf(done, 'failed'))
        expect(reasonOf(done, name)).toMatch(/The branch was rebuilt, but its URL was not stored; .* failed: \S/)
    })
  })
})
