import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { type FaultKind, type GitHub, startGitHub, type TokenRequest } from '../../../sim/github/index.js'
import { CancelledError } from '../../../src/errors.js'
import type * as adapter from '../../../src/forges/github/comment.js'
import { accessTo, endOf, type ForgeAccess } from '../../fixtures/forge.js'

const writer: TokenRequest = { name: 'job', kind: 'workflow', permissions: { 'pull-requests': 'write' } }
const bot = { id: 41898282, login: 'github-actions[bot]', type: 'Bot' as const }

let github: GitHub
// Loaded after the simulator has an address, because the toolkit reads that when it is imported.
let stickyComment: typeof adapter.stickyComment
let withdrawComment: typeof adapter.withdrawComment
let access: ForgeAccess
let number = 100
let order: adapter.CommentOrder

/** Operations since the test began, in order. */
let asked: () => string[]

beforeAll(async () => {
  github = await startGitHub({ private: true })
  process.env['GITHUB_API_URL'] = github.url
  ;({ stickyComment, withdrawComment } = await import('../../../src/forges/github/comment.js'))
})

beforeEach(async () => {
  access = await accessTo(github, writer)
  github.openPullRequest({ number: (number += 1) })
  order = {
    pullRequest: number,
    database: { repository: 4242, template: 'pr-{number}' },
    run: '100.1',
    untrusted: undefined,
  }
  const before = github.journal.length
  asked = () => github.journal.slice(before).map(({ operationId }) => operationId ?? '')
})

afterAll(() => endOf(github))

/** Somebody says something, past the API. */
function say(body: string, author: { id: number; login: string; type: 'User' | 'Bot' } = bot): number {
  const id = Math.max(0, ...github.comments.keys()) + 1_000_000
  const now = new Date()
  github.comments.set(id, { id, number, author, body, createdAt: now, updatedAt: now })
  return id
}

function texts(): string[] {
  return github.commentsOn(number).map(({ body }) => body)
}

const list = 'issues/list-comments'
const create = 'issues/create-comment'
const update = 'issues/update-comment'
const remove = 'issues/delete-comment'

describe('the comment', () => {
  it('is made when there is none, and hides its marker', async () => {
    expect(await stickyComment(access.client, order, 'First.')).toEqual({ status: 'created' })
    expect(texts()).toEqual([
      expect.stringMatching(/^<!-- db-branch-action report=[0-9a-f]{16} run=100\.1 -->\nFirst\.$/),
    ])
    expect(asked()).toEqual([list, create, list, 'graphql'])
  })

  it('is edited in place, and left alone when nothing changed', async () => {
    await stickyComment(access.client, order, 'First.')
    const [made] = github.commentsOn(number)
    expect(await stickyComment(access.client, { ...order, run: '101.1' }, 'Second.')).toEqual({ status: 'updated' })
    const before = asked().length
    expect(await stickyComment(access.client, { ...order, run: '102.1' }, 'Second.')).toEqual({ status: 'unchanged' })
    expect(asked().slice(before)).toEqual([list, 'graphql'])
    expect(github.commentsOn(number)).toEqual([{ ...made, body: expect.stringMatching(/run=101\.1 -->\nSecond\.$/) }])
  })

  it('is found among 120 others, on the second page', async () => {
    for (let count = 0; count < 110; count++) say(`Comment ${count}`, { id: 5, login: 'ada', type: 'User' })
    await stickyComment(access.client, order, 'First.')
    for (let count = 0; count < 10; count++) say(`Comment ${count}`)
    const before = asked().length
    expect(await stickyComment(access.client, order, 'Second.')).toEqual({ status: 'updated' })
    expect(asked().slice(before)).toEqual([list, list, 'graphql', update])
    expect(texts()).toHaveLength(121)
    expect(texts().filter((text) => text.endsWith('\nSecond.'))).toHaveLength(1)
  })

  it('is one per database of a monorepo', async () => {
    const other = { ...order, database: { repository: 4242, template: 'billing-{number}' } }
    await stickyComment(access.client, order, 'Shop.')
    await stickyComment(access.client, other, 'Billing.')
    expect(await stickyComment(access.client, order, 'Shop again.')).toEqual({ status: 'updated' })
    expect(texts().map((text) => text.split('\n')[1])).toEqual(['Shop again.', 'Billing.'])
  })

  it.each<[string, (ours: string) => number]>([
    ['a person who copied it', (ours) => say(ours, { id: 5, login: 'ada', type: 'User' })],
    ['a person called like the bot', (ours) => say(ours, { id: 5, login: 'github-actions', type: 'User' })],
    ['another bot', (ours) => say(ours, { id: 6, login: 'other[bot]', type: 'Bot' })],
    ['the bot itself, quoting it', (ours) => say(`> ${ours}`)],
    ['the bot itself, after something else', (ours) => say(`See:\n\n${ours}`)],
  ])('is never that of %s', async (_name, imitate) => {
    await stickyComment(access.client, order, 'First.')
    const [ours] = github.commentsOn(number)
    github.comments.delete(ours!.id)
    const id = imitate(ours!.body)
    const before = github.comments.get(id)!.body
    expect(await stickyComment(access.client, order, 'Second.')).toEqual({ status: 'created' })
    expect(await stickyComment(access.client, order, 'Third.')).toEqual({ status: 'updated' })
    expect(github.comments.get(id)?.body).toBe(before)
    expect(texts()).toHaveLength(2)
  })

  it('of a personal token is its own too', async () => {
    const person = await accessTo(github, {
      name: 'pat',
      kind: 'fine-grained',
      login: 'ada',
      permissions: { pull_requests: 'write' },
    })
    expect(await stickyComment(person.client, order, 'First.')).toEqual({ status: 'created' })
    expect(await stickyComment(person.client, order, 'Second.')).toEqual({ status: 'updated' })
    expect(texts()).toHaveLength(1)
  })

  it('that a later run wrote stays', async () => {
    await stickyComment(access.client, { ...order, run: '100.10' }, 'Later.')
    expect(await stickyComment(access.client, { ...order, run: '100.9' }, 'Earlier.')).toEqual({ status: 'superseded' })
    expect(await stickyComment(access.client, { ...order, run: '99.11' }, 'Earlier.')).toEqual({ status: 'superseded' })
    expect(texts()).toEqual([expect.stringMatching(/\nLater\.$/)])
  })

  it('of 65,000 characters is taken', async () => {
    expect(await stickyComment(access.client, order, 'x'.repeat(65_000))).toEqual({ status: 'created' })
    await withdrawComment(access.client, order)
    expect(texts()[0]!.length).toBeLessThanOrEqual(65_536)
    expect(texts()[0]).toMatch(/last report\.\n\nx{65000}$/)
  })
})

describe('two runs at once', () => {
  it('that both found none leave one comment, with the text of the later run', async () => {
    let waiting: (() => void)[] = []
    // Neither creates before both have looked.
    const off = github.on(create, 'before', () => {
      const both = new Promise<void>((go) => waiting.push(go))
      if (waiting.length === 2) waiting.forEach((go) => go())
      return both
    })
    await Promise.all([
      stickyComment(access.client, { ...order, run: '200.1' }, 'Early.'),
      stickyComment(access.client, { ...order, run: '201.1' }, 'Late.'),
    ])
    off()
    waiting = []
    expect(asked().filter((operation) => operation === create)).toHaveLength(2)
    expect(texts()).toEqual([expect.stringMatching(/\nLate\.$/)])
  })

  it('leave one comment however their requests fall, and the next run has it', async () => {
    let turn = 7
    const pause = async () => {
      turn = (turn * 48271) % 2147483647
      await new Promise((go) => setTimeout(go, turn % 8))
    }
    const offs = [list, create, update, remove].map((operation) => github.on(operation, 'before', pause))
    for (let round = 0; round < 15; round++) {
      github.comments.clear()
      const runs = ['200.1', '201.1', '202.1'].map((run) =>
        stickyComment(access.client, { ...order, run }, `Of ${run}.`),
      )
      const outcomes = await Promise.all(runs)
      expect(outcomes.map(({ status }) => status)).not.toContain('not written')
      await stickyComment(access.client, { ...order, run: '203.1' }, 'Last.')
      expect(texts()).toEqual([expect.stringMatching(/\nLast\.$/)])
    }
    offs.forEach((off) => off())
  })
})

describe('a comment that cannot be written is a warning', () => {
  const advice = 'Give the job "permissions: pull-requests: write". The step summary holds the report.'

  it.each<[string, Partial<TokenRequest>, adapter.CommentOrder['untrusted'], RegExp]>([
    [
      'may only read',
      { permissions: { 'pull-requests': 'read' } },
      undefined,
      /: 403 Resource not accessible by integration/,
    ],
    ['may nothing', { permissions: {} }, undefined, /: 403 Resource not accessible by integration/],
    ['does not reach the repository', { reachesRepository: false }, undefined, /: 404 Not Found/],
    [
      'is of a fork',
      { permissions: { 'pull-requests': 'read' } },
      'fork',
      /A pull request from a fork gets a token that may only read\. The step summary/,
    ],
    [
      'is of Dependabot',
      { permissions: { 'pull-requests': 'read' } },
      'dependabot',
      /A pull request from Dependabot gets/,
    ],
  ])('with a token that %s', async (_name, change, untrusted, why) => {
    const weak = await accessTo(github, { ...writer, ...change })
    const outcome = await stickyComment(weak.client, { ...order, untrusted }, 'First.')
    const { warning } = outcome as { warning: string }
    expect(outcome.status).toBe('not written')
    expect(warning).toMatch(new RegExp(`^The comment on pull request #${number} was not written: `))
    expect(warning).toMatch(why)
    expect(warning.endsWith(advice)).toBe(untrusted === undefined)
    expect(texts()).toEqual([])
  })

  it('on a locked conversation, without advice that does not help', async () => {
    github.pullRequests.get(number)!.locked = true
    const { warning } = (await stickyComment(access.client, order, 'First.')) as { warning: string }
    expect(warning).toMatch(
      /: 403 Unable to create comment because issue is locked\..* The step summary holds the report\.$/,
    )
    expect(warning).not.toContain('permissions')
  })

  it.each<[string, string, FaultKind]>([
    ['a page that is none', list, { kind: 'wrong-type' }],
    ['an HTML page', list, { kind: 'html', status: 200 }],
    ['a lasting 500 on the list', list, { kind: 'status', status: 500 }],
    ['no answer about the token', 'graphql', { kind: 'empty' }],
    ['a lasting 502 on the change', update, { kind: 'status', status: 502 }],
    ['a redirect of the change', update, { kind: 'redirect', status: 307, location: 'http://127.0.0.1:9/' }],
  ])('after %s, and nothing is made twice', async (_name, operation, fault) => {
    await stickyComment(access.client, order, 'First.')
    const scheduled = github.fault({ operation, times: 9, ...fault })
    const outcome = await stickyComment(access.client, order, 'Second.')
    scheduled.remove()
    expect(scheduled.hits).toBeGreaterThan(0)
    expect(outcome.status).toBe('not written')
    expect(texts()).toEqual([expect.stringMatching(/\nFirst\.$/)])
  })

  it('but a cancelled run ends', async () => {
    const scheduled = github.fault({ operation: list, times: 9, kind: 'hang' })
    setTimeout(() => access.abort.abort(), 50)
    await expect(stickyComment(access.client, order, 'First.')).rejects.toBeInstanceOf(CancelledError)
    scheduled.remove()
  })
})

it.each<[string, FaultKind['kind']]>([
  [create, 'lost'],
  [update, 'lost'],
  [remove, 'lost'],
])('an answer to %s that was lost leaves one comment', async (operation, kind) => {
  if (operation !== create) await stickyComment(access.client, order, 'First.')
  if (operation === remove) say(texts()[0]!)
  const scheduled = github.fault({ operation, kind } as Parameters<GitHub['fault']>[0])
  const { status } = await stickyComment(access.client, order, 'Second.')
  expect(scheduled.hits).toBe(1)
  expect(status).toBe(operation === create ? 'created' : 'updated')
  expect(texts()).toEqual([expect.stringMatching(/\nSecond\.$/)])
})

describe('when the branch is gone', () => {
  it('the comment says so over its last report, once', async () => {
    await stickyComment(access.client, order, 'First.')
    expect(await withdrawComment(access.client, { ...order, run: '101.1' })).toEqual({ status: 'updated' })
    expect(await withdrawComment(access.client, { ...order, run: '102.1' })).toEqual({ status: 'unchanged' })
    expect(texts()).toEqual([expect.stringMatching(/ run=101\.1 -->\n🧹 \*\*.* removed\.\*\*.*\n\nFirst\.$/)])
  })

  it('a run that was still at work does not say otherwise, and one after reopening does', async () => {
    await stickyComment(access.client, order, 'First.')
    await withdrawComment(access.client, { ...order, run: '101.1' })
    expect(await stickyComment(access.client, order, 'Slow.')).toEqual({ status: 'superseded' })
    expect(await stickyComment(access.client, { ...order, run: '102.1' }, 'Reopened.')).toEqual({ status: 'updated' })
    expect(texts()).toEqual([expect.stringMatching(/-->\nReopened\.$/)])
  })

  it('none is made for it', async () => {
    expect(await withdrawComment(access.client, order)).toEqual({ status: 'absent' })
    expect(asked()).toEqual([list])
  })
})
