import { expect } from '@jest/globals'
import {
  addBranch,
  addPullRequest,
  ago,
  type AnyForge,
  namesOf,
  type Platform,
  type PullRequestChange,
  reasonOf,
  type Sweep,
  sweep,
} from './scene.js'

/** Branches of every kind, of which a cleanup takes exactly the right ones, whatever the forge. */
export async function expectRightInMixedWorld(forge: AnyForge, platform: Platform): Promise<Sweep> {
  const add = (number: number, change: PullRequestChange = {}) => {
    addPullRequest(forge, number, change)
    addBranch(platform, number)
  }
  add(1)
  add(2, { closed: 8 })
  add(3, { closed: 6 })
  add(4, { closed: 90, labels: ['Keep-Database'] })
  add(5, { closed: 9 })
  Object.assign(forge.pullRequests.get(5)!, { merged: true, mergedAt: ago(9) })
  addBranch(platform, 6)
  addPullRequest(forge, 7, { closed: 90 })
  addBranch(platform, 7, { createdAt: ago(0.01).toISOString() })
  addPullRequest(forge, 8, { closed: 90 })
  addBranch(platform, 8, { repository: 43 })
  addPullRequest(forge, 9, { closed: 90 })
  addBranch(platform, 9, {}, { name: 'renamed' })
  addPullRequest(forge, 2024, { closed: 90 })
  addBranch(platform, 10, { pullRequest: 10, branch: 'release-2024' })
  addBranch(platform, 11, { pullRequest: null, branch: 'load-test' })
  platform.branches.set('main', { id: 'm', name: 'main', claim: { kind: 'none' } })
  platform.branches.set('pr-12', { id: 'x', name: 'pr-12', claim: { kind: 'unreadable', why: 'claim version 9' } })
  addBranch(platform, 13, {}, { name: 'db-branch~13', leftover: true })
  addBranch(platform, 14, {}, { name: 'db-branch~14', leftover: true, alive: true })
  const all = [...platform.branches.keys()]

  const done = await sweep(forge, platform)
  expect(platform.deleted.sort()).toEqual(['db-branch~13', 'pr-2', 'pr-5'])
  expect(namesOf(done, 'deleted').sort()).toEqual(['db-branch~13', 'pr-2', 'pr-5'])
  expect(namesOf(done, 'failed')).toEqual([])
  expect(Object.fromEntries(done.outcome.results.map(({ name, kind }) => [name, kind]))).toEqual({
    'pr-1': 'open',
    'pr-2': 'closed',
    'pr-3': 'within ttl',
    'pr-4': 'exempt',
    'pr-5': 'closed',
    'pr-6': 'orphan',
    'pr-7': 'too young',
    'pr-8': 'not ours',
    renamed: 'not ours',
    'release-2024': 'not ours',
    'load-test': 'by hand',
    main: 'not ours',
    'pr-12': 'not ours',
    'db-branch~13': 'leftover',
    'db-branch~14': 'in use',
  })
  expect(done.outcome.results).toHaveLength(all.length)
  for (const { reason } of done.outcome.results) expect(reason).not.toBe('')
  expect(reasonOf(done, 'pr-2')).toBe('deleted (closed): pull request #2 was closed 8 days ago')
  return done
}
