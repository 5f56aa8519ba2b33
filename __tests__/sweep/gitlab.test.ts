import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { type GitLab, startGitLab } from '../../sim/gitlab/index.js'
import { endOf, faults } from '../fixtures/gitlab.js'
import { expectRightInMixedWorld } from './mixed-world.js'
import {
  addBranch,
  addPullRequest,
  ago,
  emptyPlatform,
  namesOf,
  now,
  type Platform,
  reasonOf,
  type Sweep,
  sweep,
} from './scene.js'

/** The promises of the sweep on the second forge; those of the platform are tested on the first. */
let gitlab: GitLab
let platform: Platform

beforeAll(async () => {
  gitlab = await startGitLab({ now: () => now })
})
beforeEach(() => {
  gitlab.pullRequests.clear()
  gitlab.variables.splice(0)
  platform = emptyPlatform()
})
afterAll(() => endOf(gitlab))

const list = 'GET /projects/{project}/merge_requests'

it('a mixed world loses exactly the right branches, and every branch is told with its reason', async () => {
  const before = gitlab.journal.length
  const done = await expectRightInMixedWorld(gitlab, platform)
  expect(done.outcome.budget).toMatch(/^GitLab requests: \d+ sent, \d+ left of this minute's limit$/)
  expect(gitlab.journal.slice(before).map(({ method }) => method)).not.toContain('POST')
})

describe('faults', () => {
  const due = ['pr-201', 'pr-202', 'pr-203']

  /** Four requests: two pages of open merge requests, the other five by number, and the three due ones again. */
  beforeEach(() => {
    for (let number = 1; number <= 105; number++) addPullRequest(gitlab, number)
    for (let number = 201; number <= 203; number++) addPullRequest(gitlab, number, { closed: 8 })
    addPullRequest(gitlab, 204, { closed: 3 })
    addPullRequest(gitlab, 205, { closed: 90, labels: ['keep-database'] })
    for (const number of gitlab.pullRequests.keys()) addBranch(platform, number)
  })

  /** Whatever happens: only what may go goes, every branch is told once, and nothing is red. */
  function expectHarmless(done: Sweep): void {
    for (const name of platform.deleted) expect(due).toContain(name)
    expect(namesOf(done, 'deleted').sort()).toEqual([...platform.deleted].sort())
    expect(namesOf(done, 'failed')).toEqual([])
    expect(done.outcome.results.map(({ name }) => name).sort()).toEqual(
      [...gitlab.pullRequests.keys()].map((number) => `pr-${number}`).sort(),
    )
  }

  it('without one there are four requests and three deletions', async () => {
    const before = gitlab.journal.length
    expectHarmless(await sweep(gitlab, platform))
    expect([gitlab.journal.length - before, [...platform.deleted].sort()]).toEqual([4, due])
  })

  const cases = [1, 2, 3, 4].flatMap((nth) => faults.map(([what, fault]) => [nth, what, fault] as const))
  it.each(cases)('of request %i that stay, %s, delete nothing and are told', async (nth, _what, fault) => {
    const scheduled = gitlab.fault({ operation: list, nth, times: 99, ...fault })
    const done = await sweep(gitlab, platform)
    scheduled.remove()
    expect(scheduled.hits).toBeGreaterThan(0)
    expectHarmless(done)
    expect(platform.deleted).toEqual([])
    for (const name of due) expect(reasonOf(done, name)).toMatch(/^kept \(unknown\)/)
  })

  it.each(cases)('of request %i that pass, %s, delete nothing else', async (nth, _what, fault) => {
    const scheduled = gitlab.fault({ operation: list, nth, ...fault })
    const done = await sweep(gitlab, platform)
    scheduled.remove()
    expectHarmless(done)
  })

  it('a list that ends too soon takes nobody with it: absence never counts', async () => {
    const short = (body: unknown) => (body as unknown[]).slice(0, 3)
    const scheduled = gitlab.fault({ operation: list, times: 2, kind: 'rewrite', change: short })
    const done = await sweep(gitlab, platform)
    scheduled.remove()
    expectHarmless(done)
  })

  it('a merge request that is reopened meanwhile keeps its branch', async () => {
    let seen = 0
    const off = gitlab.before(list, () => {
      if ((seen += 1) === 4) Object.assign(gitlab.pullRequests.get(202)!, { state: 'open', closedAt: null })
    })
    const done = await sweep(gitlab, platform)
    off()
    expectHarmless(done)
    expect([...platform.deleted].sort()).toEqual(['pr-201', 'pr-203'])
  })

  it('more deletions than max_deletions delete nothing', async () => {
    const done = await sweep(gitlab, platform, { change: { maxDeletions: 2 } })
    expect([platform.deleted, done.outcome.plan.refused]).toEqual([[], expect.stringContaining('2')])
  })
})

describe('variables', () => {
  const variable = (number: number, description: string | null = null) => ({
    key: 'DATABASE_URL',
    value: `postgresql://pr-${number}`,
    variable_type: 'env_var',
    environment_scope: `pr-${number}`,
    masked: true,
    hidden: false,
    protected: false,
    raw: true,
    description: description ?? `db-branch-action: made for the merge request of pr-${number}`,
  })

  it('go before their branch, and those whose branch is gone are found', async () => {
    addPullRequest(gitlab, 1, { closed: 8 })
    addBranch(platform, 1)
    addPullRequest(gitlab, 2, { closed: 8 })
    addPullRequest(gitlab, 3)
    addPullRequest(gitlab, 4, { closed: 8 })
    gitlab.variables.push(variable(1), variable(2), variable(3), variable(4, 'made by hand'))
    let left: unknown
    platform.before = (call) => {
      if (call === 'delete pr-1') left = gitlab.variables.map(({ environment_scope }) => environment_scope)
    }
    const done = await sweep(gitlab, platform, { environments: true })
    expect(left).not.toContain('pr-1')
    expect(gitlab.variables.map(({ environment_scope }) => environment_scope)).toEqual(['pr-3', 'pr-4'])
    expect(namesOf(done, 'deleted').sort()).toEqual(['environment pr-2', 'pr-1'])
  })

  it('that cannot be taken away are told, and the run fails', async () => {
    addPullRequest(gitlab, 1, { closed: 8 })
    addBranch(platform, 1, { createdAt: ago(30).toISOString() })
    gitlab.variables.push(variable(1))
    const down = gitlab.fault({
      operation: 'DELETE /projects/{project}/variables/{key}',
      kind: 'status',
      status: 403,
      times: 9,
    })
    const done = await sweep(gitlab, platform, { environments: true })
    down.remove()
    expect(gitlab.variables).toHaveLength(1)
    expect(reasonOf(done, 'pr-1') + JSON.stringify(done.outcome.results)).toContain('Removing variable DATABASE_URL')
  })
})
