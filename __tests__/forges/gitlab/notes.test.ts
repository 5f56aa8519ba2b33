import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals'
import { type GitLab, startGitLab } from '../../../sim/gitlab/index.js'
import type { CommentPlace } from '../../../src/ports.js'
import { endOf, faults, gitlabAccess } from '../../fixtures/gitlab.js'

let gitlab: GitLab

beforeAll(async () => {
  gitlab = await startGitLab()
})
beforeEach(() => {
  gitlab.pullRequests.clear()
  gitlab.notes.clear()
  gitlab.openPullRequest({ number: 7 })
})
afterAll(() => endOf(gitlab))

const place = (run = '1000.5', template = 'pr-{number}'): CommentPlace => ({
  pullRequest: 7,
  database: { repository: 42, template },
  run,
  untrusted: undefined,
})
const comment = (user = 7) => gitlabAccess(gitlab, { token: { user, role: 'reporter' } }).comment!
const notes = () => (gitlab.notes.get(7) ?? []).map(({ body }) => body.replace(/^<!-- .* -->\n/, ''))

it('is one note for each database, edited in place', async () => {
  for (let number = 1; number <= 130; number++) {
    gitlab.notes.set(7, [...(gitlab.notes.get(7) ?? []), { id: number, body: 'talk', author: 9, system: false }])
  }
  expect(await comment().write(place(), 'first')).toBeUndefined()
  expect(await comment().write(place('1001.1', 'other-{number}'), 'the other')).toBeUndefined()
  expect(await comment().write(place('1001.1'), 'second')).toBeUndefined()
  expect(notes().slice(130)).toEqual(['second', 'the other'])
})

it('never touches a note of somebody else that looks like ours', async () => {
  await comment(9).write(place(), 'theirs')
  await comment().write(place(), 'ours')
  await comment().withdraw(place())
  expect(notes()).toEqual(['theirs', expect.stringContaining('ours')])
})

it('is not replaced by an earlier run, and two of ours become one', async () => {
  await comment().write(place('1002.1'), 'late')
  await comment().write(place('1001.9'), 'early')
  expect(notes()).toEqual(['late'])
  const [only] = gitlab.notes.get(7)!
  gitlab.notes
    .get(7)!
    .push({ ...only!, id: 5000, body: only!.body.replace('1002.1', '1003.1').replace('late', 'later') })
  await comment().write(place('1002.2'), 'between')
  expect(notes()).toEqual(['later'])
})

it('says once that the branch is gone, over the last report', async () => {
  await comment().write(place(), 'report')
  await comment().withdraw(place('1001.1'))
  await comment().withdraw(place('1002.1'))
  expect(notes()).toEqual([expect.stringMatching(/^🧹 \*\*The merge request is closed[^\n]+\n\nreport$/)])
  gitlab.notes.clear()
  await comment().withdraw(place())
  expect(notes()).toEqual([])
})

it.each(faults)('is one sentence after %s', async (_what, fault) => {
  const scheduled = gitlab.fault({ operation: '*', times: 99, ...fault })
  expect(await comment().write(place(), 'report')).toMatch(/^The note on merge request !7 was not written: [^\n]+\.$/)
  scheduled.remove()
})

it('knows the files of a merge request only when all are listed', async () => {
  const { files } = gitlab.pullRequests.get(7)!
  const { changedFiles } = gitlabAccess(gitlab)
  expect(await changedFiles!(7)).toEqual({ known: true, value: [] })
  for (let number = 1; number <= 120; number++) files.push({ new_path: `m/${number}.sql`, deleted_file: number > 100 })
  const seen = await changedFiles!(7)
  expect(seen.known && seen.value).toEqual(Array.from({ length: 100 }, (_, index) => `m/${index + 1}.sql`))
  const cut = gitlab.fault({
    operation: 'GET /projects/{project}/merge_requests/{iid}',
    kind: 'rewrite',
    change: (body) => ({ ...(body as object), changes_count: '120+' }),
  })
  expect(await changedFiles!(7)).toMatchObject({ known: false })
  expect(cut.hits).toBe(1)
})
