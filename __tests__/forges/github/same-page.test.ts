import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { type GitHub, startGitHub } from '../../../sim/github/index.js'
import { openGitHub } from '../../../src/forges/github/index.js'
import { Secret } from '../../../src/secret.js'
import { testClock } from '../../fixtures/clock.js'
import { endOf } from '../../fixtures/forge.js'
import { stageOf } from '../../fixtures/lifecycle.js'

const path = '.github/db-branch.yml'
const names = Array.from({ length: 105 }, (_, index) => `pr-${index + 10}`)
const place = {
  pullRequest: 7,
  database: { repository: 42, template: 'pr-{number}' },
  run: '2.1',
  untrusted: undefined,
} as const

let github: GitHub

beforeAll(async () => {
  github = await startGitHub({ contents: { [path]: 'version: 1\nprotected: [release-*]\n' } })
  github.openPullRequest({ number: 7, files: names.map((name) => `migrations/${name}.sql`) })
  for (const name of names) github.ensureEnvironment(name)
})
afterAll(() => endOf(github))

function open() {
  const token = new Secret(
    github.token({ name: 'job', kind: 'fine-grained', permissions: 'write-all', login: 'octocat' }),
  )
  return openGitHub({
    repository: github.repository,
    token,
    environment: { template: 'pr-{number}', secretName: 'DATABASE_URL', token },
    apiUrl: github.url,
    fetch: (url, init) => fetch(url, init),
    job: stageOf().ports.job,
    clock: testClock(),
    signal: new AbortController().signal,
  })
}

async function underFault<T>(operation: string, fault: { kind: 'repeat' | 'truncated' }, run: () => Promise<T>) {
  const scheduled = github.fault({ operation, times: 99, ...fault })
  const result = await run()
  scheduled.remove()
  expect(scheduled.hits).toBeGreaterThan(0)
  return result
}

it('the same page of changed files twice is no list: what stands on the other page is unknown', async () => {
  const { changedFiles } = open()
  expect(await changedFiles!(7)).toMatchObject({ known: true, value: { length: 105 } })
  const reading = await underFault('pulls/list-files', { kind: 'repeat' }, () => changedFiles!(7))
  expect(reading).toEqual({ known: false, why: 'GitHub sent the same page of files twice' })
})

it('the same page of environments twice is no list, so that none is counted or removed twice', async () => {
  const { environments } = open()
  expect(await environments!.list()).toMatchObject({ known: true, value: { length: 105 } })
  const reading = await underFault('repos/get-all-environments', { kind: 'repeat' }, () => environments!.list())
  expect(reading).toMatchObject({ known: false, why: expect.stringMatching(/same page of environments twice/) })
})

it('the same page of comments twice never ends in the deletion of ours', async () => {
  const { comment } = open()
  expect(await comment!.write({ ...place, run: '1.1' }, 'The first report')).toBeUndefined()
  const { author } = github.commentsOn(7)[0]!
  for (let id = 1; id <= 105; id++) {
    const at = new Date()
    const other = { id: 2_000_000 + id, number: 7, author, body: 'Hello', createdAt: at, updatedAt: at }
    github.comments.set(other.id, other)
  }
  const problem = await underFault('issues/list-comments', { kind: 'repeat' }, () =>
    comment!.write(place, 'The second report'),
  )
  expect(problem).toMatch(
    /^The comment on pull request #7 was not written: GitHub sent the same page of comments twice\. /,
  )
  expect(github.commentsOn(7).filter(({ body }) => body.includes('The first report'))).toHaveLength(1)
  expect(github.commentsOn(7)).toHaveLength(106)
})

it('a file that came in part is unknown: its end may hold what protects a branch', async () => {
  const { readFile } = open()
  const text = await readFile({ path })
  const size = text.known ? text.value!.length : 0
  const scheduled = github.fault({
    operation: 'repos/get-content',
    kind: 'rewrite',
    change: (body) => ({ ...(body as object), content: Buffer.from('version: 1\n').toString('base64') }),
  })
  expect(await readFile({ path })).toEqual({ known: false, why: `GitHub sent only a part of ${path}` })
  scheduled.remove()
  expect(size).toBeGreaterThan('version: 1\n'.length)
  expect(await underFault('repos/get-content', { kind: 'truncated' }, () => readFile({ path }))).toMatchObject({
    known: false,
  })
})

it('a file of which GitHub gives no content is told', async () => {
  const { readFile } = open()
  github.writeFile('large.yml', 'x'.repeat(1024 * 1024 + 1))
  expect(await readFile({ path: 'large.yml' })).toEqual({ known: false, why: 'large.yml is larger than 1 MB' })
})
