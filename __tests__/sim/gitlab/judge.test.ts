import { Gitlab } from '@gitbeaker/rest'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { type GitLab, startGitLab } from '../../../sim/gitlab/index.js'
import { openGitLab } from '../../../src/forges/gitlab/index.js'
import { Secret } from '../../../src/secret.js'
import { testClock } from '../../fixtures/clock.js'
import { endOf } from '../../fixtures/gitlab.js'

/** GitLab's client for npm, which knows GitLab's routes, verbs and names of fields from elsewhere than we do. */
let gitlab: GitLab
let client: InstanceType<typeof Gitlab>

beforeAll(async () => {
  gitlab = await startGitLab({ contents: { '.gitlab/db-branch.yml': 'version: 1\n' } })
  client = new Gitlab({ host: gitlab.url.replace('/api/v4', ''), token: gitlab.token() })
})
afterAll(() => endOf(gitlab))

const scope = { filter: { environment_scope: 'review/pr-7' } }

it('reads and filters merge requests', async () => {
  for (let number = 1; number <= 130; number++) gitlab.openPullRequest({ number, labels: ['keep-database'] })
  gitlab.closePullRequest(7)
  const one = await client.MergeRequests.show(42, 7)
  expect(one).toMatchObject({ iid: 7, state: 'closed', labels: ['keep-database'], source_project_id: 42 })
  const open = await client.MergeRequests.all({ projectId: 42, state: 'opened', scope: 'all', perPage: 100 })
  expect(open.map(({ iid }) => iid)).toHaveLength(129)
  const some = await client.MergeRequests.all({ projectId: 42, iids: [7, 8, 999], scope: 'all' })
  expect(some.map(({ iid }) => iid).sort()).toEqual([7, 8])
})

it('makes, changes and deletes a variable of one environment, as we do', async () => {
  const options = { masked: true, raw: true, protected: false, environmentScope: 'review/pr-7', description: 'ours' }
  const made = await client.ProjectVariables.create(42, 'DATABASE_URL', 'postgresql://u:p$@h/d', options)
  expect(made).toMatchObject({ key: 'DATABASE_URL', masked: true, raw: true, environment_scope: 'review/pr-7' })
  await client.ProjectVariables.create(42, 'DATABASE_URL', 'other', { environmentScope: 'production' })
  await expect(client.ProjectVariables.show(42, 'DATABASE_URL')).rejects.toThrow('multiple variables')
  expect(await client.ProjectVariables.show(42, 'DATABASE_URL', scope)).toMatchObject({
    value: 'postgresql://u:p$@h/d',
  })
  const changed = await client.ProjectVariables.edit(42, 'DATABASE_URL', 'postgresql://u:q@h/d', scope)
  expect(changed).toMatchObject({ value: 'postgresql://u:q@h/d', masked: true })
  await expect(client.ProjectVariables.create(42, 'SHORT', 'short', { masked: true })).rejects.toThrow()
  await client.ProjectVariables.remove(42, 'DATABASE_URL', scope)
  await expect(client.ProjectVariables.show(42, 'DATABASE_URL', scope)).rejects.toThrow('404 Variable Not Found')
  expect(await client.ProjectVariables.all(42)).toMatchObject([{ value: 'other', environment_scope: 'production' }])
  gitlab.variables.splice(0)
})

it('sends the same requests as our client', async () => {
  gitlab.pullRequests.clear()
  gitlab.openPullRequest({ number: 7 })
  const sent = async (work: () => Promise<unknown>) => {
    const before = gitlab.journal.length
    await work()
    return gitlab.journal.slice(before).map(({ method, path, query }) => ({ method, path, query }))
  }
  const token = new Secret(gitlab.token())
  const ours = openGitLab({
    apiUrl: gitlab.url,
    project: 42,
    repository: 'shop',
    token,
    environment: { template: 'review/pr-{number}', secretName: 'DATABASE_URL', token },
    protected: false,
    fetch,
    clock: testClock(),
    signal: new AbortController().signal,
  })
  expect(await sent(() => ours.forge.pullRequest(7))).toEqual(await sent(() => client.MergeRequests.show(42, 7)))
  expect(await sent(() => ours.readFile({ path: '.gitlab/db-branch.yml' }))).toEqual(
    await sent(() => client.RepositoryFiles.show(42, '.gitlab/db-branch.yml', 'HEAD')),
  )
  const [get] = await sent(() => ours.sinksFor(7)[0]!.withdraw!())
  const [theirs] = await sent(() => client.ProjectVariables.show(42, 'DATABASE_URL', scope).catch(() => undefined))
  expect(get).toEqual(theirs)
  const byNumber = await sent(() => ours.sweepForge.pullRequestsByNumber([7, 8]))
  const listed = await sent(() =>
    client.MergeRequests.all({
      projectId: 42,
      iids: [7, 8],
      scope: 'all',
      state: 'all',
      perPage: 100,
      maxPages: 1,
    } as never),
  )
  expect(byNumber[0]?.path).toEqual(listed[0]?.path)
  expect(Object.keys(byNumber[0]?.query ?? {}).sort()).toEqual(Object.keys(listed[0]?.query ?? {}).sort())
})

it('writes and changes a note', async () => {
  const made = await client.MergeRequestNotes.create(42, 7, 'first')
  await client.MergeRequestNotes.edit(42, 7, made.id, { body: 'second' })
  expect(await client.MergeRequestNotes.all(42, 7)).toMatchObject([{ body: 'second' }])
  expect(await client.Users.showCurrentUser()).toMatchObject({ id: 7 })
})
