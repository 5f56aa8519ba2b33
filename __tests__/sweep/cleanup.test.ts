import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { type GitHub, startGitHub } from '../../sim/github/index.js'
import { changedPullRequests } from '../../src/domain/sweep-outcome.js'
import { CancelledError, ProviderError } from '../../src/errors.js'
import { cleanup, previewCleanup } from '../../src/lifecycle/cleanup.js'
import { endOf } from '../fixtures/forge.js'
import { expectRightInMixedWorld } from './mixed-world.js'
import {
  addBranch,
  addEnvironment,
  addPullRequest,
  ago,
  clear,
  emptyPlatform,
  namesOf,
  now,
  order,
  type Platform,
  portsOf,
  reasonOf,
  sweep,
} from './scene.js'

let github: GitHub
let platform: Platform
let asked: (operation?: string) => number

beforeAll(async () => {
  delete process.env['GITHUB_API_URL']
  github = await startGitHub({ now: () => now, repositoryId: 42 })
})
beforeEach(() => {
  clear(github)
  platform = emptyPlatform()
  const before = github.journal.length
  asked = (operation) =>
    github.journal.slice(before).filter((entry) => operation === undefined || entry.operationId === operation).length
})
afterAll(() => endOf(github))

/** A pull request and its branch. */
function add(number: number, change: Parameters<typeof addPullRequest>[2] = {}): void {
  addPullRequest(github, number, change)
  addBranch(platform, number)
}

const left = () => [...platform.branches.keys()]

describe('a mixed world', () => {
  it('loses exactly the right branches, and every branch is told with its reason', async () => {
    const done = await expectRightInMixedWorld(github, platform)
    expect(done.outcome.budget).toMatch(/^GitHub requests: 2 points of this hour's limit used, \d+ left$/)
    expect(github.writes().filter((entry) => entry.operationId !== 'graphql')).toEqual([])
  })

  it('idle_days takes the branch of an open pull request without activity', async () => {
    add(1, { updated: 15 })
    add(2, { updated: 13 })
    add(3, { updated: 15, labels: ['keep-database'] })
    addPullRequest(github, 4, { updated: 15 })
    addBranch(platform, 4, { createdAt: ago(2).toISOString() })
    const done = await sweep(github, platform, { change: { idleDays: 14 } })
    expect(platform.deleted).toEqual(['pr-1'])
    expect(reasonOf(done, 'pr-3')).toContain('kept (exempt)')
  })
})

describe('the number of requests', () => {
  it('for 100 open pull requests and branches is one', async () => {
    for (let number = 1; number <= 100; number++) add(number)
    await sweep(github, platform)
    expect([asked(), platform.deleted]).toEqual([1, []])
  })

  it('grows with the branches divided by 50', async () => {
    for (let number = 1; number <= 200; number++) add(number)
    for (let number = 201; number <= 300; number++) add(number, { closed: 3 })
    for (let number = 301; number <= 340; number++) add(number, { closed: 30 })
    await sweep(github, platform)
    expect(platform.deleted).toHaveLength(40)
    // Two pages of open ones, 140 others by number, two batches of 20 again.
    expect([asked('graphql'), asked()]).toEqual([2 + 3 + 2, 7])
  })

  it('is none under strategy hard, which goes by age alone', async () => {
    for (let number = 1; number <= 30; number++) add(number)
    addBranch(platform, 99, { createdAt: ago(6.9).toISOString() })
    await sweep(github, platform, { change: { strategy: 'hard' } })
    expect([asked(), platform.deleted.length, left()]).toEqual([0, 30, ['pr-99']])
  })

  it('a budget that ends is told, and nothing goes', async () => {
    add(1, { closed: 8 })
    const fault = github.fault({ operation: 'graphql', kind: 'rate-limit', resetInSeconds: 3000, times: 9 })
    const done = await sweep(github, platform)
    fault.remove()
    expect(reasonOf(done, 'pr-1')).toMatch(/^kept \(unknown\): .*403 API rate limit exceeded/)
    expect(platform.deleted).toEqual([])
  })
})

describe('what deletes nothing', () => {
  it('more than max_deletions: the whole plan is refused and told', async () => {
    for (let number = 1; number <= 4; number++) add(number, { closed: 8 })
    add(5)
    addPullRequest(github, 6, { closed: 8 })
    addEnvironment(github, 'pr-6')
    const done = await sweep(github, platform, { change: { maxDeletions: 3 }, environments: true })
    expect(done.outcome.plan.refused).toBe(
      '4 branches and 1 environment without a branch would be deleted, more than max_deletions (3)',
    )
    expect(platform.calls).toEqual(['list'])
    expect(github.environments.has('pr-6')).toBe(true)
    expect(namesOf(done, 'kept')).toHaveLength(5)
    expect(reasonOf(done, 'pr-1')).toBe(
      'kept (closed): pull request #1 was closed 8 days ago; kept because the plan was refused',
    )
    expect((await sweep(github, platform, { change: { maxDeletions: 4 } })).outcome.plan.refused).toBeUndefined()
    expect(platform.deleted).toHaveLength(4)
  })

  it('more environments without a branch than max_deletions, found before anything goes', async () => {
    add(1, { closed: 8 })
    for (let number = 2; number <= 4; number++) {
      addPullRequest(github, number, { closed: 8 })
      addEnvironment(github, `pr-${number}`)
    }
    const done = await sweep(github, platform, { change: { maxDeletions: 3 }, environments: true })
    expect(done.outcome.plan.refused).toBe(
      '1 branch and 3 environments without a branch would be deleted, more than max_deletions (3)',
    )
    expect([platform.calls, github.environments.size]).toEqual([['list'], 3])
    expect(changedPullRequests(done.outcome.results)).toEqual([])
    await sweep(github, platform, { change: { maxDeletions: 4 }, environments: true })
    expect([platform.deleted, github.environments.size]).toEqual([['pr-1'], 0])
  })

  it('a listing that is not complete: an environment whose branch was not listed stays, too', async () => {
    add(1, { closed: 8 })
    platform.complete = false
    const done = await sweep(github, platform)
    expect([done.outcome.plan.refused, platform.calls]).toEqual(['the listing of branches is not complete', ['list']])
    platform.branches.clear()
    addEnvironment(github, 'pr-1')
    await sweep(github, platform, { environments: true })
    expect([...github.environments.keys()]).toEqual(['pr-1'])
  })

  it('a listing that fails', async () => {
    add(1, { closed: 8 })
    platform.before = (call) => {
      if (call === 'list') throw new ProviderError('Listing failed: no.')
    }
    await expect(sweep(github, platform, { environments: true })).rejects.toThrow('Listing failed: no.')
    expect([platform.calls, asked()]).toEqual([['list'], 0])
  })
})

/** Runs once, before the n-th query is looked at. */
function beforeQuery(nth: number, act: () => void): () => void {
  let seen = 0
  return github.on('graphql', 'before', () => {
    if ((seen += 1) === nth) act()
  })
}

describe('what changes between plan and deletion', () => {
  it.each<[string, () => void, RegExp]>([
    [
      'reopened',
      () => github.reopenPullRequest(2),
      /^kept \(open\): changed since it was listed: pull request #2 is open$/,
    ],
    [
      'given the label',
      () => void github.pullRequests.get(2)!.labels.push('keep-database'),
      /^kept \(exempt\): changed since/,
    ],
    ['gone from sight', () => void github.pullRequests.delete(2), /^kept \(orphan\): changed since/],
    [
      'reopened and closed again',
      () => void Object.assign(github.pullRequests.get(2)!, { closedAt: ago(1) }),
      /^kept \(within ttl\): changed since/,
    ],
  ])('%s: it is kept, and the others go', async (_what, act, told) => {
    for (let number = 1; number <= 3; number++) {
      add(number, { closed: 8 })
      addEnvironment(github, `pr-${number}`)
    }
    const off = beforeQuery(2, act)
    const done = await sweep(github, platform, { environments: true })
    off()
    expect(reasonOf(done, 'pr-2')).toMatch(told)
    expect([platform.deleted.sort(), left()]).toEqual([['pr-1', 'pr-3'], ['pr-2']])
    expect(github.environments.has('pr-2')).toBe(true)
  })

  it.each<[string, () => void, RegExp]>([
    [
      'made anew',
      () => void addBranch(platform, 2, { build: 'new' }, { id: 'new' }),
      /^failed .*it was made anew since it was read/,
    ],
    [
      'claimed anew',
      () => void addBranch(platform, 2, { run: '2.2' }),
      /^failed .*its claim changed since it was read/,
    ],
    ['unclaimed', () => void addBranch(platform, 2, {}, { claim: { kind: 'none' } }), /^failed .*its claim changed/],
    ['protected', () => void addBranch(platform, 2, {}, { protection: 'it has children' }), /^failed .*has children/],
  ])('the branch is %s: it stays with its secret, and the others go', async (_what, act, told) => {
    for (let number = 1; number <= 3; number++) {
      add(number, { closed: 8 })
      addEnvironment(github, `pr-${number}`)
    }
    const off = beforeQuery(2, act)
    const done = await sweep(github, platform, { environments: true })
    off()
    expect(reasonOf(done, 'pr-2')).toMatch(told)
    expect(left()).toEqual(['pr-2'])
    expect(github.environmentSecrets('pr-2')).toEqual({ DATABASE_URL: 'postgresql://somewhere' })
    expect([...github.environments.keys()]).toEqual(['pr-2'])
  })

  it('a branch that is gone already is told so', async () => {
    add(2, { closed: 8 })
    const off = beforeQuery(2, () => void platform.branches.delete('pr-2'))
    const done = await sweep(github, platform)
    off()
    expect(reasonOf(done, 'pr-2')).toBe('deleted (closed): pull request #2 was closed 8 days ago; it was gone already')
    expect(platform.calls).not.toContain('delete pr-2')
  })
})

describe('failures', () => {
  it('of one deletion does not stop the others and ends as failed', async () => {
    for (let number = 1; number <= 30; number++) add(number, { closed: 8 })
    platform.before = (call) => {
      if (call === 'delete pr-5') throw new ProviderError('DROP DATABASE failed: no.')
    }
    const done = await sweep(github, platform)
    expect(reasonOf(done, 'pr-5')).toBe('failed (closed): DROP DATABASE failed: no.')
    expect([platform.deleted.length, left()]).toEqual([29, ['pr-5']])
  })

  it('of a sink do not save the branch, and are told', async () => {
    add(1, { closed: 8 })
    addEnvironment(github, 'pr-1')
    const fault = github.fault({ operation: 'actions/delete-environment-secret', kind: 'status', status: 403 })
    const done = await sweep(github, platform, { environments: true })
    fault.remove()
    expect(platform.deleted).toEqual(['pr-1'])
    expect(done.outcome.results).toEqual([
      expect.objectContaining({
        name: 'pr-1',
        status: 'deleted',
        fault: expect.stringMatching(/^Removing secret DATABASE_URL of environment pr-1 failed: .*403/),
      }),
    ])
    // The next one finds the environment without its branch.
    const next = await sweep(github, platform, { environments: true })
    expect(namesOf(next, 'deleted')).toEqual(['environment pr-1'])
    expect(github.environments.size).toBe(0)
  })
})

describe('sinks', () => {
  it('are withdrawn before the branch goes', async () => {
    add(1, { closed: 8 })
    addEnvironment(github, 'pr-1')
    const seen: string[] = []
    const offs = ['actions/delete-environment-secret', 'repos/delete-an-environment'].map((operation) =>
      github.on(operation, 'after', () => void seen.push(operation)),
    )
    platform.before = (call) => void (call.startsWith('delete') && seen.push(call))
    await sweep(github, platform, { environments: true })
    for (const off of offs) off()
    expect(seen).toEqual(['actions/delete-environment-secret', 'repos/delete-an-environment', 'delete pr-1'])
  })

  it('that end by cancellation end the run before the branch goes', async () => {
    add(1, { closed: 8 })
    const { ports } = await portsOf(github, platform)
    const withdraw = () => Promise.reject(new CancelledError('cancelled'))
    const sink = { name: 'sink', publish: () => Promise.resolve(), withdraw }
    await expect(cleanup({ ...ports, sinksFor: () => [sink] }, order)).rejects.toThrow(CancelledError)
    expect(left()).toEqual(['pr-1'])
  })

  it('of a kept branch stay', async () => {
    add(1)
    add(2, { closed: 3 })
    addEnvironment(github, 'pr-1')
    addEnvironment(github, 'pr-2')
    await sweep(github, platform, { environments: true })
    expect([...github.environments.keys()]).toEqual(['pr-1', 'pr-2'])
    expect(asked('actions/delete-environment-secret')).toBe(0)
  })
})

describe('environments without a branch', () => {
  it('of long closed pull requests go if they are ours; all others stay', async () => {
    addPullRequest(github, 1, { closed: 8 })
    addEnvironment(github, 'pr-1')
    addPullRequest(github, 2, { closed: 8 })
    addEnvironment(github, 'pr-2', false)
    addPullRequest(github, 3)
    addEnvironment(github, 'pr-3')
    addPullRequest(github, 4, { closed: 3 })
    addEnvironment(github, 'pr-4')
    addEnvironment(github, 'pr-5')
    addEnvironment(github, 'production')
    addEnvironment(github, 'staging-1')
    addEnvironment(github, 'pr-01')
    const done = await sweep(github, platform, { environments: true })
    expect(done.outcome.results).toEqual([
      {
        name: 'environment pr-1',
        kind: 'closed',
        status: 'deleted',
        reason: 'pull request #1 is closed and has no branch',
        environment: true,
        pullRequest: 1,
      },
    ])
    expect([...github.environments.keys()]).toEqual([
      'pr-2',
      'pr-3',
      'pr-4',
      'pr-5',
      'production',
      'staging-1',
      'pr-01',
    ])
  })

  it('are found on the second page, too', async () => {
    for (let number = 1; number <= 130; number++) {
      addPullRequest(github, number, number === 130 ? { closed: 8 } : {})
      addEnvironment(github, `pr-${number}`)
    }
    const done = await sweep(github, platform, { environments: true })
    expect(namesOf(done, 'deleted')).toEqual(['environment pr-130'])
    expect(github.environments.size).toBe(129)
  })

  it('whose pull request is reopened while others are removed stay', async () => {
    for (let number = 1; number <= 25; number++) {
      addPullRequest(github, number, { closed: 8 })
      addEnvironment(github, `pr-${number}`)
    }
    const off = github.on('repos/delete-an-environment', 'after', () => {
      if (github.pullRequests.get(25)!.state === 'closed') github.reopenPullRequest(25)
    })
    await sweep(github, platform, { environments: true })
    off()
    expect([...github.environments.keys()]).toEqual(['pr-25'])
  })

  it('are not looked for when the list cannot be read, which is told', async () => {
    addPullRequest(github, 1, { closed: 8 })
    addEnvironment(github, 'pr-1')
    const fault = github.fault({ operation: 'repos/get-all-environments', kind: 'status', status: 403 })
    const done = await sweep(github, platform, { environments: true })
    fault.remove()
    expect(done.told.filter((text) => text.startsWith('warning'))).toEqual([
      expect.stringMatching(/^warning Environments without a branch were not looked for: .*403 .*"Actions: read"/),
    ])
    expect(github.environments.has('pr-1')).toBe(true)
  })

  it.each([403, 500] as const)('stay when whose they are cannot be read: %i', async (status) => {
    addPullRequest(github, 1, { closed: 8 })
    addEnvironment(github, 'pr-1')
    const fault = github.fault({ operation: 'actions/get-environment-variable', kind: 'status', status, times: 9 })
    const done = await sweep(github, platform, { environments: true })
    fault.remove()
    expect(done.told.filter((text) => text.startsWith('warning'))).toEqual([
      expect.stringContaining('warning Whether the environment "pr-1" is ours is unknown'),
    ])
    expect(github.environmentSecrets('pr-1')).toEqual({ DATABASE_URL: 'postgresql://somewhere' })
  })
})

describe('one pull request only', () => {
  const only = (number: number) => ({ change: { onlyPullRequest: number, maxDeletions: 2 }, environments: true })

  beforeEach(() => {
    for (let number = 1; number <= 3; number++) {
      add(number, { closed: 8 })
      addEnvironment(github, `pr-${number}`)
    }
    addBranch(platform, 2, {}, { name: 'db-branch~2', id: 'half', leftover: true })
    addBranch(platform, 1, {}, { name: 'db-branch~1', id: 'other half', leftover: true })
    addBranch(platform, 4, { pullRequest: null, branch: 'by-hand' })
    platform.branches.set('main', { id: 'm', name: 'main', claim: { kind: 'none' } })
    for (const number of [5, 6]) {
      addPullRequest(github, number, { closed: 8 })
      addEnvironment(github, `pr-${number}`)
    }
  })

  it('takes its branch, its leftovers and its environment; nothing else is judged, counted or told', async () => {
    const done = await sweep(github, platform, only(2))
    expect(platform.deleted.sort()).toEqual(['db-branch~2', 'pr-2'])
    expect([...github.environments.keys()]).toEqual(['pr-1', 'pr-3', 'pr-5', 'pr-6'])
    expect(done.outcome.results.map(({ name }) => name).sort()).toEqual(['db-branch~2', 'pr-2'])
    expect(changedPullRequests(done.outcome.results)).toEqual([2])
    // The environments of the others are not even read.
    expect([asked('graphql'), asked('repos/get-all-environments')]).toEqual([2, 0])
  })

  it('takes an environment without a branch, and no other', async () => {
    const done = await sweep(github, platform, only(5))
    expect([platform.deleted, [...github.environments.keys()]]).toEqual([[], ['pr-1', 'pr-2', 'pr-3', 'pr-6']])
    expect(done.outcome.results.map(({ name }) => name)).toEqual(['environment pr-5'])
  })

  it('without anything of its own changes nothing', async () => {
    const done = await sweep(github, platform, only(7))
    expect([done.outcome.results, platform.deleted, github.environments.size]).toEqual([[], [], 5])
  })

  it('by age alone goes over that pull request only, too', async () => {
    const { change } = only(2)
    await sweep(github, platform, { change: { ...change, strategy: 'hard' } })
    expect(platform.deleted.sort()).toEqual(['db-branch~2', 'pr-2'])
  })

  it('each of those that a preview names changes what the whole sweep would', async () => {
    const { ports } = await portsOf(github, platform, { environments: true })
    const writes = github.writes().length
    const preview = await previewCleanup(ports, order)
    const numbers = changedPullRequests(preview.results)
    expect(numbers).toEqual([1, 2, 3, 5, 6])
    const written = github.writes().slice(writes)
    expect([platform.deleted, written.filter((entry) => entry.operationId !== 'graphql')]).toEqual([[], []])
    for (const number of numbers) await sweep(github, platform, only(number))
    expect(left()).toEqual(['by-hand', 'main'])
    expect(github.environments.size).toBe(0)
  })
})
