import { afterEach, describe, expect, it } from '@jest/globals'
import { ProviderError } from '../../../src/errors.js'
import { annotationOf, readAnnotation } from '../../../src/providers/neon/claim.js'
import { Secret } from '../../../src/secret.js'
import { claimOf } from '../../fixtures/claim.js'
import { specOf } from '../../fixtures/postgres.js'
import { B, failureOf, type NeonStage, openStage } from './stage.js'

let stage: NeonStage
afterEach(() => stage.stop())

const copy = { dataPolicy: 'copy' } as const
const LIST = `GET ${B}`
const URI = 'GET /projects/{project_id}/connection_uri'

describe('the listing', () => {
  it('reads every page, whatever the pages are long, and keeps the claims of all', async () => {
    stage = await openStage({ page: { most: 7 } })
    for (let number = 1; number <= 30; number++) {
      const annotation = annotationOf(claimOf({ branch: `pr-${number}`, pullRequest: number }))
      stage.neon.plant(`pr-${number}`, { annotation })
    }
    const sent = await stage.requests(async () => {
      const { items, complete } = await stage.provider.list()
      expect(complete).toBe(true)
      expect(items).toHaveLength(31)
      expect(new Set(items.map(({ id }) => id)).size).toBe(31)
      expect(items.filter(({ claim }) => claim.kind === 'claim')).toHaveLength(30)
    })
    expect(sent).toHaveLength(5)
    expect(await stage.provider.find('pr-3')).toMatchObject({ name: 'pr-3' })
  })

  it('fails as a whole when one page does', async () => {
    stage = await openStage({ page: { most: 7 } })
    for (let number = 1; number <= 30; number++) stage.neon.plant(`pr-${number}`)
    stage.refuse(LIST, { status: 400 })
    stage.neon.fault({ operation: LIST, nth: 3, kind: 'status', status: 403 })
    await expect(stage.provider.list()).rejects.toThrow(ProviderError)
    await expect(stage.provider.list()).rejects.toThrow(ProviderError)
    expect((await stage.provider.list()).items).toHaveLength(31)
  })

  it('fails when the same page comes for ever', async () => {
    stage = await openStage({ page: { most: 1 } })
    stage.neon.plant('pr-1')
    const change = (body: unknown) => ({ ...(body as object), pagination: { next: 'same' } })
    const again = stage.neon.fault({ operation: LIST, kind: 'rewrite', change, times: 9 })
    stage.neon.plant('same', { id: 'same', updatedAt: new Date(Date.now() + 60_000) })
    await expect(stage.provider.list()).rejects.toThrow('Neon gave the same page twice')
    expect(again.hits).toBe(2)
  })

  it.each([
    ['a page of a proxy', { kind: 'html', status: 200 }],
    ['half an answer', { kind: 'truncated' }],
    ['a list instead of an object', { kind: 'wrong-type' }],
    ['nothing', { kind: 'empty' }],
    ['no annotations', { kind: 'wrong-type', value: { branches: [] } }],
    ['branches that are none', { kind: 'wrong-type', value: { branches: [{}], annotations: {} } }],
    ['a connection that breaks', { kind: 'reset' }],
  ] as const)('is an error, never empty and never "absent", on %s', async (_what, fault) => {
    stage = await openStage()
    const lasting = stage.neon.fault({ operation: LIST, times: 20, ...fault })
    await expect(stage.provider.list()).rejects.toThrow(ProviderError)
    await expect(stage.provider.find('pr-7')).rejects.toThrow(ProviderError)
    await expect(stage.provider.leftovers!('pr-7')).rejects.toThrow(ProviderError)
    expect(lasting.hits).toBeGreaterThan(2)
  })

  it('tells what Neon protects, and which branches others are made from', async () => {
    stage = await openStage()
    const base = stage.neon.plant('base')
    stage.neon.plant('child', { parentId: base.id })
    stage.neon.plant('kept', { protected: true })
    const { items } = await stage.provider.list()
    expect(Object.fromEntries(items.map(({ name, protection }) => [name, protection]))).toEqual({
      main: 'it is the default branch of the project',
      base: 'other branches are made from it',
      kept: 'it is protected on Neon',
      child: undefined,
    })
  })

  it('marks a branch that is being made as unfinished, and gives the date of one without a claim', async () => {
    stage = await openStage()
    stage.neon.plant('pr-7', { state: 'init', createdAt: new Date('2026-11-01T00:00:00Z') })
    const found = await stage.provider.find('pr-7')
    expect(found).toMatchObject({ unfinished: true, claim: { kind: 'none' }, createdAt: '2026-11-01T00:00:00Z' })
  })
})

describe('a claim as an annotation', () => {
  it('survives, whatever is in it', async () => {
    stage = await openStage()
    for (const change of [{}, { pullRequest: null }, { approval: 'Ada: "why" — ü', parentSchema: 'abc' }]) {
      const claim = claimOf(change)
      expect(readAnnotation(annotationOf(claim))).toEqual({ kind: 'claim', claim })
    }
  })

  it.each([
    ['nothing', undefined, 'none'],
    ["other people's keys", { 'github-pr-number': '7', 'vercel-commit-ref': 'x' }, 'none'],
    ['no version', { 'db-branch-action-repository': '42' }, 'unreadable'],
    ['a later version', { ...annotationOf(claimOf()), 'db-branch-action-version': '2' }, 'unreadable'],
    ['a number that is none', { ...annotationOf(claimOf()), 'db-branch-action-repository': '4.2' }, 'unreadable'],
    ['a number with a zero', { ...annotationOf(claimOf()), 'db-branch-action-pull-request': '07' }, 'unreadable'],
    ['a value that is no text', { ...annotationOf(claimOf()), 'db-branch-action-run': 7 }, 'unreadable'],
  ])('is never made up from %s', async (_what, value, kind) => {
    stage = await openStage()
    expect(readAnnotation(value).kind).toBe(kind)
  })
})

describe('sentences', () => {
  it('tell a wrong key, a wrong project and a missing parent', async () => {
    stage = await openStage()
    const wrongKey = stage.open({ apiKey: new Secret('key-wrong-wrong') })
    expect(await failureOf(wrongKey.list())).toBe(
      'ApiError: Listing branches failed: Neon does not know the key (GET neon/api/v2/projects/quiet-sea-12345678/branches → 401, request id). Check "api_key".',
    )
    const wrongProject = stage.open({ project: 'no-such-1' })
    expect(await failureOf(wrongProject.find('pr-7'))).toBe(
      'ApiError: Looking for "pr-7" failed: Neon has no such project or branch, or does not show it to this key (GET neon/api/v2/projects/no-such-1/branches → 404, request id). Check "project" and "api_key".',
    )
    expect(await failureOf(stage.provider.create(specOf('pr-7', { ...copy, parent: 'nowhere' })))).toBe(
      'ProviderError: Creating "pr-7" from "nowhere" failed: there is no such branch in the project on Neon. Check "parent_branch"; newer projects call the first one "production".',
    )
    await stage.provider.find('pr-7')
    stage.refuse(`POST ${B}`, { status: 404, message: 'branch not found' })
    expect(await failureOf(stage.provider.create(specOf('pr-7', copy)))).toContain('there is no such branch')
  })

  it('tell which limit was reached', async () => {
    stage = await openStage({ quota: { branches: 3, roots: 2 } })
    await stage.provider.create(specOf('pr-1'))
    expect(await failureOf(stage.provider.create(specOf('pr-2')))).toBe(
      'ApiError: Creating "pr-2" from "main" failed: the project has as many root branches as its plan allows, and every branch that is made without data, to be masked too, is one (POST neon/api/v2/projects/quiet-sea-12345678/branches → 422 ROOT_BRANCHES_LIMIT_EXCEEDED, request id). Delete branches (mode "cleanup" does), change the plan, or make branches from a golden parent, which are no root branches.',
    )
    await stage.provider.create(specOf('pr-2', copy))
    expect(await failureOf(stage.provider.create(specOf('pr-3', copy)))).toBe(
      'ApiError: Creating "pr-3" from "main" failed: the project has as many branches as its plan allows (POST neon/api/v2/projects/quiet-sea-12345678/branches → 422 BRANCHES_LIMIT_EXCEEDED, request id). Delete branches (mode "cleanup" does) or change the plan.',
    )
    stage.refuse(`POST ${B}`, { status: 422, code: 'ENDPOINTS_LIMIT_EXCEEDED' })
    expect(await failureOf(stage.provider.create(specOf('pr-3', copy)))).toContain('has reached a limit of its plan')
    stage.refuse(`POST ${B}`, { status: 422, code: 'COMPUTE_TIME_EXCEEDED' })
    expect(await failureOf(stage.provider.create(specOf('pr-3', copy)))).toContain('the compute time of the plan')
  })

  it('tell that the platform is down or out of order', async () => {
    stage = await openStage()
    const down = stage.open({ apiUrl: 'http://127.0.0.1:9' })
    expect(await failureOf(down.list())).toMatch(
      /^LostAnswerError: Listing branches failed: Neon gave no answer \(GET neon\/projects\/quiet-sea-12345678\/branches: .+\)\. Check "api_url" and that the runner can reach it, and run the job again\.$/,
    )
    stage.neon.fault({ operation: LIST, kind: 'status', status: 503, times: 9 })
    expect(await failureOf(stage.provider.list())).toBe(
      'ApiError: Listing branches failed: Neon is out of order (GET neon/api/v2/projects/quiet-sea-12345678/branches → 503, request id). Run the job again later.',
    )
  })
})

describe('the URL', () => {
  it('has a pooled sister, and every part of it is masked before anybody has it', async () => {
    stage = await openStage()
    const { branch } = await stage.provider.create(specOf('pr-7', copy))
    const uri =
      'postgresql://neondb_owner:p%40ss-word@ep-cool-dark-123456.us-east-2.aws.neon.tech/neondb?sslmode=require'
    stage.neon.fault({ operation: URI, kind: 'wrong-type', value: { uri } })
    const connection = await stage.open().connection(branch)
    expect(connection.url.reveal()).toBe(uri)
    const pooled = uri.replace('123456.', '123456-pooler.')
    expect(connection.pooledUrl?.reveal()).toBe(pooled)
    expect({ ...connection, password: connection.password.reveal() }).toMatchObject({
      host: 'ep-cool-dark-123456.us-east-2.aws.neon.tech',
      port: 5432,
      database: 'neondb',
      username: 'neondb_owner',
      password: 'p@ss-word',
    })
    expect(stage.ports.masked).toEqual(expect.arrayContaining([uri, pooled, 'p@ss-word']))
  })

  it('stands in no line and no error, and neither does the key', async () => {
    stage = await openStage()
    const { branch } = await stage.provider.create(specOf('pr-7'))
    const errors = [await failureOf(stage.provider.create(specOf('pr-7')))]
    stage.neon.fault({ operation: URI, kind: 'wrong-type', value: { uri: 'postgresql://me@host/db' } })
    errors.push(await failureOf(stage.open().connection(branch)))
    expect(errors[1]).toContain('the URL in it has no password')
    const secrets = ['key-0123456789', ...stage.ports.masked, ...stage.copied.map(({ from }) => from.password.reveal())]
    const parentUrl = stage.copied[0]?.from.url.reveal()
    expect(stage.ports.masked).toContain(parentUrl)
    for (const secret of secrets) expect([...stage.ports.lines, ...errors].join('\n')).not.toContain(secret)
  })

  it('is of the usual database, else of the only one, else the user must say', async () => {
    stage = await openStage({ databases: { neondb: 'neondb_owner', shop: 'shopkeeper' } })
    const { branch } = await stage.provider.create(specOf('pr-7', copy))
    expect(await stage.provider.connection(branch)).toMatchObject({ database: 'neondb', username: 'neondb_owner' })
    const shop = await stage.open({ database: 'shop' }).connection(branch)
    expect(shop).toMatchObject({ database: 'shop', username: 'shopkeeper' })
    const other = await stage.open({ database: 'shop', role: 'neondb_owner' }).connection(branch)
    expect(other).toMatchObject({ database: 'shop', username: 'neondb_owner' })
    const role = await stage.open({ role: 'shopkeeper' }).connection(branch)
    expect(role).toMatchObject({ database: 'neondb', username: 'shopkeeper' })
    expect(await failureOf(stage.open({ database: 'shops' }).connection(branch))).toBe(
      'ProviderError: Reading the databases of "pr-7" failed: there is no "shops"; there are: "neondb", "shop". Set "database" to one of them.',
    )
    expect(await failureOf(stage.open({ database: 'shop', role: 'nobody' }).connection(branch))).toContain(
      'has no such database or role, or no compute. Check "database" and "role".',
    )
  })

  it('of a project without the usual database is asked for once more', async () => {
    stage = await openStage({ databases: { shop: 'shopkeeper' } })
    const { branch } = await stage.provider.create(specOf('pr-7', copy))
    expect(await stage.open().connection(branch)).toMatchObject({ database: 'shop', username: 'shopkeeper' })
  })

  it('is never that of another database than the one asked for', async () => {
    stage = await openStage()
    const provider = stage.open({ database: 'shop' })
    const { branch } = await provider.create(specOf('pr-7', copy))
    expect(await failureOf(provider.connection(branch))).toContain('there is no "shop"; there are: "neondb".')
  })

  it('of one of several, none of them the usual one, is not guessed', async () => {
    stage = await openStage({ databases: { a: 'one', b: 'two' } })
    const { branch } = await stage.provider.create(specOf('pr-7', copy))
    expect(await failureOf(stage.provider.connection(branch))).toBe(
      'ProviderError: Reading the databases of "pr-7" failed: which database is meant is not clear; there are: "a", "b". Set "database" to one of them.',
    )
  })

  it('comes with a new password where none is stored, on our own branch only', async () => {
    stage = await openStage({ storesPasswords: false })
    const { branch } = await stage.provider.create(specOf('pr-7', copy))
    const main = stage.neon.byName('main')
    const before = main?.passwords.get('neondb_owner')
    const connection = await stage.provider.connection(branch)
    expect(connection.password.reveal()).toBe(stage.neon.byName('pr-7')?.passwords.get('neondb_owner'))
    expect(connection.url.reveal()).toContain('?sslmode=require')
    expect(stage.ports.masked).toContain(connection.password.reveal())
    expect(await failureOf(stage.provider.create(specOf('pr-8')))).toContain(
      'Reading the URL of "main" failed: the project stores no passwords, and the one of a parent is not changed.',
    )
    expect(main?.passwords.get('neondb_owner')).toBe(before)
  })
})

it('knows that nobody is on a suspended compute, and that it does not know of a running one', async () => {
  stage = await openStage()
  const { branch } = await stage.provider.create(specOf('pr-7', copy))
  const running = await stage.provider.sessions!()
  expect(running.get(branch.id)).toMatchObject({ known: false })
  const { endpoint } = stage.neon.byName('pr-7')!
  if (endpoint) endpoint.state = 'idle'
  expect((await stage.provider.sessions!()).get(branch.id)).toEqual({ known: true, value: 0 })
})

it('tells the same schema by the same fingerprint, and another by another', async () => {
  stage = await openStage()
  const first = await stage.provider.schemaFingerprint!('main')
  expect(await stage.open().schemaFingerprint!('main')).toBe(first)
  const change = (body: unknown) => ({ sql: `${(body as { sql: string }).sql}\ncustomers.email text` })
  stage.neon.fault({ operation: `GET ${B}/{branch_id}/schema`, kind: 'rewrite', change })
  expect(await stage.provider.schemaFingerprint!('main')).not.toBe(first)
  expect(await failureOf(stage.provider.schemaFingerprint!('nowhere'))).toContain('there is no such branch')
})
