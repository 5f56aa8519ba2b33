import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Branch } from '../../../src/domain/branch.js'
import { branches, type Stage, startStage } from './stage.js'

let stage: Stage
beforeAll(async () => {
  stage = await startStage({ kind: 'mysql' })
})
afterAll(() => stage.stop())

let number = 0
let branch: Branch
beforeEach(async () => {
  const { name } = stage.platform.add({ name: `pr-${(number += 1)}`, parent: 'main' })
  branch = (await stage.open().find(name))!
})

const ours = (at = branch) => stage.platform.logins.filter((login) => login.branch.id === at.id)
const passwords = `${branches}/{branch}/passwords`

it('gives the URL that PlanetScale shows for Node', async () => {
  const { url, pooledUrl, ...rest } = await stage.open().connection(branch)
  const [login] = ours()
  const tls = '%7B%22rejectUnauthorized%22%3Atrue%7D'
  expect(url.reveal()).toBe(
    `mysql://${login?.username}:${encodeURIComponent(login?.password ?? '')}@aws.connect.psdb.cloud/shop?ssl=${tls}`,
  )
  expect(new URL(url.reveal()).searchParams.get('ssl')).toBe('{"rejectUnauthorized":true}')
  expect(pooledUrl).toBeUndefined()
  expect(rest).toMatchObject({
    host: 'aws.connect.psdb.cloud',
    port: 3306,
    database: 'shop',
    username: login?.username,
  })
  expect(rest.password.reveal()).toBe(login?.password)
})

it('masks both halves of the key, the password and the URL, and prints none of them', async () => {
  const run = stage.open()
  const { url, password } = await run.connection(branch)
  const [id = '', token = ''] = stage.platform.key.split(':')
  expect(run.ports.masked).toEqual([stage.platform.key, id, token, password.reveal(), url.reveal()])
  const printed = run.ports.lines.join('\n') + JSON.stringify(await run.connection(branch))
  for (const secret of [token, password.reveal(), encodeURIComponent(password.reveal())])
    expect(printed).not.toContain(secret)
})

it('masks the password although the rest of the answer cannot be used, and quotes nothing of it', async () => {
  const change = (body: unknown) => ({ ...(body as object), access_host_url: 'a password?' })
  stage.platform.fault({ operation: `POST ${passwords}`, kind: 'rewrite', change })
  const run = stage.open()
  const told = await stage.sentence(() => run.connection(branch))
  expect(told).toBe(
    `Making a password for "${branch.name}" failed: PlanetScale's answer names no host. Run the job again.`,
  )
  expect(run.ports.masked).toContain(ours()[0]?.password)
})

it('quotes nothing of a refusal', async () => {
  stage.platform.fault({ operation: `POST ${passwords}`, kind: 'status', status: 422, message: 'pscale_pw_leak' })
  expect(await stage.sentence(() => stage.open().connection(branch))).not.toContain('leak')
})

it('makes a login per hand-over, named after this action and repository', async () => {
  const first = await stage.open().connection(branch)
  const second = await stage.open().connection(branch)
  expect(first.url.reveal()).not.toBe(second.url.reveal())
  expect(ours().map(({ name }) => name)).toEqual([
    expect.stringMatching(/^db-branch-action-42-login-[0-9a-f]{8}$/),
    expect.stringMatching(/^db-branch-action-42-login-[0-9a-f]{8}$/),
  ])
})

it.each([
  ['', 'admin'],
  ['admin', 'admin'],
  ['readwriter', 'readwriter'],
  ['writer', 'writer'],
  ['reader', 'reader'],
])('role %j gives a login that is %s', async (role, given) => {
  await stage.open({ role }).connection(branch)
  expect(ours()[0]?.roles).toEqual([given])
})

describe('older logins', () => {
  const login = (name: string, hours: number) => {
    const [made] = ours()
    const at = stage.platform.branches.find(({ id }) => id === branch.id)!
    const createdAt = new Date(Date.now() - hours * 60 * 60_000)
    stage.platform.logins.push({ ...made!, id: `${name}-id`, name, branch: at, createdAt })
  }
  beforeEach(async () => {
    await stage.open().connection(branch)
    login('db-branch-action-42-login-00000001', 25)
    login('db-branch-action-42-login-00000002', 23)
    login('db-branch-action-43-login-00000003', 99)
    login('my db-branch-action-42-login-00000004', 99)
    login('production app', 99)
  })
  const left = () => ours().map(({ name }) => name)

  it('of ours go after a day; those of others stay', async () => {
    await stage.open().connection(branch)
    expect(left()).toHaveLength(6)
    expect(left()).not.toContain('db-branch-action-42-login-00000001')
  })

  it('that cannot be removed do not spoil the hand-over', async () => {
    stage.platform.lacking.add('delete_branch_password')
    stage.platform.fault({ operation: `DELETE ${passwords}/{id}`, kind: 'status', status: 403 })
    const run = stage.open()
    await run.connection(branch)
    expect(run.ports.lines).toEqual([
      expect.stringMatching(
        /^Removing the login "db-branch-action-42-login-00000001" of "pr-\d+" failed: the service token may not/,
      ),
    ])
    stage.platform.lacking.clear()
  })
})

it('waits for a branch that it did not see ready', async () => {
  const { name } = stage.platform.add({ name: 'pr-sleeps', parent: 'main', state: 'sleeping' })
  const sleeping = (await stage.open().find(name))!
  const run = stage.open()
  const off = stage.platform.before(
    `GET ${branches}/{branch}`,
    () => void (stage.platform.branch(name)!.state = 'ready'),
  )
  expect((await run.connection(sleeping)).database).toBe('shop')
  off()
})

it('hands nothing out of a branch that was made anew', async () => {
  stage.platform.branch(branch.name)!.deletedAt = new Date()
  stage.platform.add({ name: branch.name, parent: 'main' })
  await expect(stage.open().connection(branch)).rejects.toThrow('was made anew meanwhile')
})
