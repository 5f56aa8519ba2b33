import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { type GitLab, startGitLab } from '../../../sim/gitlab/index.js'
import { endOf, faults, gitlabAccess } from '../../fixtures/gitlab.js'

const path = '.gitlab/db-branch.yml'
const text = 'version: 1 # é\n'
const file = 'GET /projects/{project}/repository/files/{file}'

let gitlab: GitLab

beforeAll(async () => {
  gitlab = await startGitLab({ contents: { [path]: text } })
  gitlab.contents.set('c0ffee', new Map([[path, 'version: 1 # loose\n']]))
})
afterAll(() => endOf(gitlab))

it('is that of the default branch, or of a commit when asked', async () => {
  const { readFile } = gitlabAccess(gitlab, { token: { role: 'reporter', scopes: ['read_api'] } })
  expect(await readFile({ path })).toEqual({ known: true, value: text })
  expect(await readFile({ path, ref: 'c0ffee' })).toEqual({ known: true, value: 'version: 1 # loose\n' })
})

it('is known to be absent only when GitLab says that of the file', async () => {
  const { readFile } = gitlabAccess(gitlab)
  expect(await readFile({ path: '.gitlab/other.yml' })).toEqual({ known: true, value: undefined })
  expect(await readFile({ path, ref: 'gone' })).toMatchObject({ known: false })
  expect(await gitlabAccess(gitlab, { project: 43 }).readFile({ path })).toMatchObject({ known: false })
  expect(await gitlabAccess(gitlab, { token: { role: 'guest' } }).readFile({ path })).toMatchObject({ known: false })
})

it.each(faults)('is unknown after %s', async (_what, fault) => {
  const scheduled = gitlab.fault({ operation: file, times: 9, ...fault })
  expect(await gitlabAccess(gitlab).readFile({ path })).toMatchObject({ known: false })
  expect(scheduled.hits).toBeGreaterThan(0)
  scheduled.remove()
})

it.each([
  ['of another file', { file_path: '.gitlab/other.yml' }],
  ['in plain text', { encoding: 'text' }],
  ['without content', { content: null }],
])('is unknown from an answer %s', async (_what, change) => {
  const rewrite = (body: unknown) => ({ ...(body as object), ...change })
  gitlab.fault({ operation: file, kind: 'rewrite', change: rewrite })
  expect(await gitlabAccess(gitlab).readFile({ path })).toMatchObject({ known: false })
})
