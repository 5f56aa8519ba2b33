import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { type FaultKind, type GitHub, startGitHub } from '../../sim/github/index.js'
import { endOf } from '../fixtures/forge.js'
import { type Json, queryFaults as faults, without } from './fault-table.js'
import {
  addBranch,
  addPullRequest,
  ago,
  clear,
  emptyPlatform,
  namesOf,
  now,
  type Platform,
  reasonOf,
  type Sweep,
  sweep,
} from './scene.js'

let github: GitHub
let platform: Platform

beforeAll(async () => {
  delete process.env['GITHUB_API_URL']
  github = await startGitHub({ now: () => now, repositoryId: 42 })
})
afterAll(() => endOf(github))

const due = ['pr-201', 'pr-202', 'pr-203']

/** Four queries: two pages of open pull requests, the other five by number, and the three due ones again. */
beforeEach(() => {
  clear(github)
  platform = emptyPlatform()
  for (let number = 1; number <= 105; number++) addPullRequest(github, number)
  for (let number = 201; number <= 203; number++) addPullRequest(github, number, { closed: 8 })
  addPullRequest(github, 204, { closed: 3 })
  addPullRequest(github, 205, { closed: 90, labels: ['keep-database'] })
  for (const number of github.pullRequests.keys()) addBranch(platform, number)
})

const queries = [
  ['first page', 1],
  ['second page', 2],
  ['by number', 3],
  ['again', 4],
] as const

/** Whatever happens: only what may go goes, every branch is told once, and nothing is red. */
function expectHarmless(done: Sweep): void {
  for (const name of platform.deleted) expect(due).toContain(name)
  expect(namesOf(done, 'deleted').sort()).toEqual([...platform.deleted].sort())
  expect(namesOf(done, 'failed')).toEqual([])
  expect(done.outcome.results.map(({ name }) => name).sort()).toEqual(
    [...github.pullRequests.keys()].map((number) => `pr-${number}`).sort(),
  )
}

it('without a fault there are four queries and three deletions', async () => {
  const before = github.journal.length
  expectHarmless(await sweep(github, platform))
  expect([github.journal.length - before, [...platform.deleted].sort()]).toEqual([4, due])
})

describe.each(queries)('%s', (_query, nth) => {
  it.each(faults)('%s that stays deletes nothing and is told', async (what, fault, said) => {
    const scheduled = github.fault({ operation: 'graphql', nth, times: 99, ...fault })
    const waits: number[] = []
    const done = await sweep(github, platform, { waits })
    scheduled.remove()
    expect(scheduled.hits).toBeGreaterThan(0)
    expectHarmless(done)
    expectKept(done, what, { nth, said })
    if (what === '429') expect(waits.slice(0, 3)).toEqual([7000, 7000, 7000])
    if (what === '429 for an hour') expect(waits).toEqual([])
  })

  const passing = ['401', '429', '500', '502 html', '503', 'reset', 'close', 'cut', 'lost', 'nodes of null']
  it.each(faults.filter(([what]) => passing.includes(what)))('%s once deletes nothing else', async (_what, fault) => {
    const scheduled = github.fault({ operation: 'graphql', nth, ...fault })
    const done = await sweep(github, platform)
    scheduled.remove()
    expect(scheduled.hits).toBe(1)
    expectHarmless(done)
  })

  it('half an answer beside an error never deletes on the missing half', async () => {
    const scheduled = github.fault({
      operation: 'graphql',
      nth,
      times: 99,
      kind: 'graphql-error',
      type: 'TIMEOUT',
      partial: true,
    })
    const done = await sweep(github, platform)
    scheduled.remove()
    expectHarmless(done)
    for (const name of due.filter((each) => !platform.deleted.includes(each))) {
      expect(reasonOf(done, name)).toMatch(/kept \(unknown\).*TIMEOUT/)
    }
  })
})

function expectKept(done: Sweep, what: string, { nth, said }: { nth: number; said: RegExp }): void {
  // The open ones under other numbers are looked for by their numbers, and so are all the rest.
  expect({ what, nth, deleted: platform.deleted }).toMatchObject({ deleted: [] })
  for (const name of due) {
    expect(reasonOf(done, name)).toMatch(/^kept \(unknown\)/)
    expect(reasonOf(done, name)).toMatch(said)
  }
}

describe('pages', () => {
  const page = (change: (connection: Json) => unknown): FaultKind => ({
    kind: 'rewrite',
    change: (body) => {
      const data = (body as { data: { repository: { pullRequests?: Json } } }).data
      const { pullRequests } = data.repository
      return pullRequests ? { data: { ...data, repository: { pullRequests: change(pullRequests) } } } : body
    },
  })

  it.each<[string, FaultKind]>([
    ['without pageInfo', page((all) => without(all, 'pageInfo'))],
    ['with another page, but no cursor', page((all) => ({ ...all, pageInfo: { hasNextPage: true, endCursor: null } }))],
    [
      'that repeat their cursor',
      page((all) => ({ ...all, pageInfo: { hasNextPage: true, endCursor: 'Y3Vyc29yOjE=' } })),
    ],
    ['with a text for "is there more"', page((all) => ({ ...all, pageInfo: { hasNextPage: 'no', endCursor: 'x' } }))],
    ['without nodes', page((all) => without(all, 'nodes'))],
  ])('%s are no list', async (_what, fault) => {
    const scheduled = github.fault({ operation: 'graphql', times: 99, ...fault })
    const done = await sweep(github, platform)
    scheduled.remove()
    expectHarmless(done)
    expect(platform.deleted).toEqual([])
    expect(reasonOf(done, 'pr-201')).toMatch(/^kept \(unknown\).*GitHub sent a page/)
  })

  it('that end too soon take nobody with them: absence from a list never counts', async () => {
    const scheduled = github.fault({
      operation: 'graphql',
      times: 99,
      ...page((all) => ({
        ...all,
        nodes: (all['nodes'] as Json[]).slice(0, 3),
        pageInfo: { hasNextPage: false, endCursor: null },
      })),
    })
    const done = await sweep(github, platform)
    scheduled.remove()
    expectHarmless(done)
    expect([...platform.deleted].sort()).toEqual(due)
  })

  it('that call open ones closed are asked again by number', async () => {
    const closed = (node: Json) => ({ ...node, state: 'CLOSED', closedAt: ago(30).toISOString() })
    const scheduled = github.fault({
      operation: 'graphql',
      times: 2,
      ...page((all) => ({ ...all, nodes: (all['nodes'] as Json[]).map(closed) })),
    })
    const done = await sweep(github, platform, { change: { maxDeletions: 10 } })
    scheduled.remove()
    expectHarmless(done)
    expect([...platform.deleted].sort()).toEqual(due)
  })
})

describe('tokens', () => {
  it('that may not read pull requests delete nothing', async () => {
    const scheduled = github.fault({
      operation: 'graphql',
      times: 99,
      kind: 'wrong-type',
      value: {
        data: { repository: null },
        errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration', path: ['repository'] }],
      },
    })
    const done = await sweep(github, platform)
    scheduled.remove()
    expect(platform.deleted).toEqual([])
    expect(reasonOf(done, 'pr-201')).toMatch(/unknown.*FORBIDDEN: Resource not accessible by integration/)
  })
})
