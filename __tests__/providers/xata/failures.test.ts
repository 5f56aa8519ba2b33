import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { Secret } from '../../../src/secret.js'
import { specOf } from '../../fixtures/postgres.js'
import { failureOf, quickScene, type Scene } from './stage.js'

const post = 'POST /organizations/{organization}/projects/{project}/branches'

let scene: Scene
beforeAll(async () => {
  scene = await quickScene()
})
afterAll(() => scene.close())
beforeEach(() => {
  Object.assign(scene.xata.settings, { refuses: undefined, lacks: [], branches: 100 })
})

/** With the address and the request id as words. */
async function sentence(promise: Promise<unknown>): Promise<string> {
  const { message } = await failureOf(promise)
  expect(message).not.toContain('xau_0123456789')
  return message.replaceAll(/127\.0\.0\.1:\d+/g, 'HOST').replaceAll(/req-\d+/g, 'ID')
}

const place = 'HOST/organizations/acme/projects/prj_1/branches'
const creating = (answer: string) => `(POST ${place} → ${answer}, request ID)`

describe('one useful sentence', () => {
  it('wrong key', async () => {
    const provider = scene.run({}, { apiKey: new Secret('xau_wrong') })
    expect(await sentence(provider.find('pr-1'))).toBe(
      `Listing branches failed: Xata does not know the key (GET ${place} → 401, request ID). Check "api_key".`,
    )
  })

  it('wrong organization', async () => {
    expect(await sentence(scene.run({}, { organization: 'other' }).find('pr-1'))).toBe(
      'Listing branches failed: the key has no access to organization "other" ' +
        '(GET HOST/organizations/other/projects/prj_1/branches → 401, request ID). Check "organization" and "api_key".',
    )
  })

  it('wrong project', async () => {
    expect(await sentence(scene.run({}, { project: 'prj_2' }).find('pr-1'))).toBe(
      'Listing branches failed: organization "acme" has no project "prj_2" ' +
        '(GET HOST/organizations/acme/projects/prj_2/branches → 404, request ID). Check "project".',
    )
  })

  it('a scope that the key lacks', async () => {
    scene.xata.settings.lacks = ['branch:write']
    expect(await sentence(scene.run().create(specOf('pr-1')))).toBe(
      `Creating "pr-1" from "main" failed: the key lacks a scope ${creating('403')}. ` +
        'Give "api_key" the scopes branch:read, branch:write and credentials:read.',
    )
  })

  it('quota reached', async () => {
    scene.xata.settings.branches = 1
    expect(await sentence(scene.run().create(specOf('pr-1')))).toBe(
      `Creating "pr-1" from "main" failed: project "prj_1" has as many branches as it may have ${creating('400')}. ` +
        'Delete branches, for example with mode "cleanup", and run the job again.',
    )
  })

  it.each([
    ['disabled', 'Xata has disabled organization "acme"', '403', 'Check its billing on Xata.'],
    [
      'new organization',
      'organization "acme" is new and has as many branches as it may have for now',
      '403',
      'Delete branches, or run the job again in half a day.',
    ],
    ['children', 'its parent may have no further child', '400', 'Delete branches or set another "parent_branch".'],
    ['switched off', 'Xata is out of order', '503', 'Run the job again later.'],
  ] as const)('%s', async (refuses, why, status, advice) => {
    scene.xata.settings.refuses = refuses
    expect(await sentence(scene.run().create(specOf('pr-1')))).toBe(
      `Creating "pr-1" from "main" failed: ${why} ${creating(status)}. ${advice}`,
    )
  })

  it('parent missing, before and while it is copied', async () => {
    const missing = (parent: string) =>
      `Creating "pr-1" from "${parent}" failed: there is no such branch in project "prj_1". Check "parent_branch".`
    expect(await sentence(scene.run().create(specOf('pr-1', { parent: 'nowhere' })))).toBe(missing('nowhere'))
    const staging = scene.xata.add({ name: 'parent', parentId: null })
    const off = scene.xata.before(post, () => void scene.xata.branches.delete(staging.id))
    expect(await sentence(scene.run().create(specOf('pr-1', { parent: 'parent' })))).toBe(missing('parent'))
    off()
  })

  it('platform down, refusing or silent', async () => {
    const provider = scene.run({}, { apiUrl: 'http://127.0.0.1:9' })
    expect(await sentence(provider.list())).toMatch(
      /^Listing branches failed: Xata gave no answer \(GET HOST\/organizations\/acme\/projects\/prj_1\/branches: .+\)\. Check "api_url" and that the runner can reach it, and run the job again\.$/,
    )
    scene.xata.fault({ operation: '*', times: 4, kind: 'status', status: 502 })
    expect(await sentence(scene.run().list())).toBe(
      `Listing branches failed: Xata is out of order (GET ${place} → 502, request ID). Run the job again later.`,
    )
  })

  it('the rate limit', async () => {
    scene.xata.fault({ operation: '*', times: 4, kind: 'status', status: 429 })
    expect(await sentence(scene.run().list())).toBe(
      `Listing branches failed: the rate limit of Xata is used up (GET ${place} → 429, request ID). Run the job again later.`,
    )
  })
})

describe('the URL', () => {
  const credentials = 'GET /organizations/{organization}/projects/{project}/branches/{branch}/credentials'

  it('asks for TLS, and is masked in all its parts before anything is told', async () => {
    const { branch } = await scene.provider.create(specOf('pr-50'))
    const provider = scene.run()
    const connection = await provider.connection(branch)
    const { password } = scene.xata.named('pr-50')!
    expect(connection.url.reveal()).toBe(
      `postgresql://xata_${branch.id}:${password}@127.0.0.1:5432/${scene.xata.named('pr-50')!.database}?sslmode=require`,
    )
    expect(scene.ports.masked).toEqual(expect.arrayContaining([password, connection.url.reveal()]))
    expect(scene.ports.lines.join('\n')).not.toContain(password)
    expect(JSON.stringify(connection)).not.toContain(password)
    scene.requests()
    expect(await provider.connection(branch)).toBe(connection)
    expect(scene.requests()).toEqual([])
  })

  it('comes from the login where that tells it, with one through the pooler', async () => {
    const newer = await quickScene({ version: 'newer' })
    const { branch } = await newer.provider.create(specOf('pr-51'))
    expect(newer.emptied[0]?.url).toMatch(/@127\.0\.0\.1:5432\/xata_\w+\?sslmode=require$/)
    newer.xata.fault({
      operation: credentials,
      kind: 'rewrite',
      change: (body) => ({ ...(body as object), hostname: `${branch.id}.us-east-1.xata.tech`, dbname: 'xata' }),
    })
    const connection = await newer.run({}, { database: 'shop' }).connection(branch)
    const login = `xata_${branch.id}:${newer.xata.named('pr-51')!.password}`
    expect(connection.url.reveal()).toBe(
      `postgresql://${login}@${branch.id}.us-east-1.xata.tech:5432/shop?sslmode=require`,
    )
    expect(connection.pooledUrl?.reveal()).toBe(
      `postgresql://${login}@${branch.id}-pooler.us-east-1.xata.tech:5432/shop?sslmode=require`,
    )
    expect(connection).toMatchObject({ host: `${branch.id}.us-east-1.xata.tech`, database: 'shop' })
    expect(newer.ports.masked).toContain(connection.pooledUrl?.reveal())
    await newer.close()
  })

  it('is waited for while the login is not there, and is not made up from a broken answer', async () => {
    const { branch } = await scene.provider.create(specOf('pr-52'))
    scene.xata.fault({
      operation: credentials,
      kind: 'wrong-type',
      value: { username: 'xata', password: '' },
    })
    const { message } = await failureOf(scene.run().connection(branch))
    expect(message).toBe("The platform's answer cannot be used: answer.password is not a text. Run the job again.")
  })
})
