/** The simulator under Neon's own client and its published description, and a branch without data on a real server. */
import { createApiClient, EndpointType } from '@neondatabase/api-client'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Databases, startDatabases } from '../../../sim/platforms/databases.js'
import { type Neon, startNeon } from '../../../sim/platforms/neon/index.js'
import { createNeonProvider } from '../../../src/providers/neon.js'
import { accountOf, portsOf } from '../../fixtures/platform.js'
import { ask, specOf } from '../../fixtures/postgres.js'
import { noDatabases } from './stage.js'

describe("Neon's own client", () => {
  let neon: Neon
  beforeAll(async () => {
    neon = await startNeon(noDatabases(), { busyFor: 1 })
  })
  afterAll(() => neon.close())

  it('makes, finds, changes and deletes a branch, without any objection of the description', async () => {
    const client = createApiClient({ apiKey: neon.apiKey, baseURL: neon.url })
    const main = neon.byName('main')?.id ?? ''
    const made = await client.createProjectBranch(neon.project, {
      branch: { name: 'dev', parent_id: main },
      endpoints: [{ type: EndpointType.ReadWrite }],
      annotation_value: { 'github-pr-number': '9' },
    })
    const { branch, operations, connection_uris: uris } = made.data
    expect(uris?.[0]?.connection_parameters).toMatchObject({ database: 'neondb', role: 'neondb_owner' })
    const last = operations.at(-1)?.id ?? ''
    for (let status = ''; status !== 'finished';) {
      status = (await client.getProjectOperation(neon.project, last)).data.operation.status
    }
    const { data } = await client.listProjectBranches({ projectId: neon.project, search: 'dev' })
    expect(data.branches.map(({ name }) => name)).toEqual(['dev'])
    expect(data.annotations[branch.id]?.value).toEqual({ 'github-pr-number': '9' })
    await client.updateProjectBranch(neon.project, branch.id, { branch: { name: 'dev2' } })
    expect((await client.getProjectBranch(neon.project, branch.id)).data.branch.name).toBe('dev2')
    const asked = { projectId: neon.project, branch_id: branch.id, database_name: 'neondb', role_name: 'neondb_owner' }
    expect((await client.getConnectionUri(asked)).data.uri).toBe(uris?.[0]?.connection_uri)
    const gone = await client.deleteProjectBranch({ projectId: neon.project, branchId: branch.id })
    expect(gone.status).toBe(200)
    expect(neon.violations).toEqual([])
  })

  it('is told what Neon tells: 409, 404, 401', async () => {
    const client = createApiClient({ apiKey: neon.apiKey, baseURL: neon.url })
    const statusOf = (work: Promise<unknown>) =>
      work.then(
        () => 200,
        (error: { response?: { status: number } }) => error.response?.status,
      )
    expect(await statusOf(client.createProjectBranch(neon.project, { branch: { name: 'main' } }))).toBe(409)
    expect(await statusOf(client.getProjectBranch(neon.project, 'br-none-1'))).toBe(404)
    const stranger = createApiClient({ apiKey: 'wrong', baseURL: neon.url })
    expect(await statusOf(stranger.listProjectBranches({ projectId: neon.project }))).toBe(401)
  })

  it('would hear of a request or an answer that breaks the description', async () => {
    const headers = { authorization: `Bearer ${neon.apiKey}`, 'content-type': 'application/json' }
    const place = `${neon.url}/projects/${neon.project}/branches`
    const send = (body: unknown) => fetch(place, { method: 'POST', headers, body: JSON.stringify(body) })
    const before = neon.violations.length
    await send({ branch: { nmae: 'x' } })
    await send({ branch: { name: 'x' }, annotation_value: { n: 1 } })
    await fetch(`${place}?limit=20000`, { headers })
    neon.plant('odd', { protected: 'yes' as unknown as boolean })
    await fetch(place, { headers })
    const heard = (neon.violations as string[]).splice(before)
    for (const fault of [
      'request: /requestBody/branch must NOT have additional properties (nmae)',
      'request: /requestBody/annotation_value/n must be string',
      'request: /query/limit must be <= 10000',
      'answer 200: /branches/0/protected must be boolean',
    ]) {
      expect(heard).toContainEqual(expect.stringContaining(fault))
    }
  })
})

describe('on a real server', () => {
  let databases: Databases
  let neon: Neon
  beforeAll(async () => {
    databases = await startDatabases({ shop: { customers: 5, orders: 5 } })
    neon = await startNeon(databases)
  })
  afterAll(async () => {
    await neon.close()
    await databases.stop()
  })

  it('copies the ledger of the migrations into a branch without data', async () => {
    const account = accountOf({ apiUrl: neon.url, project: neon.project })
    const provider = createNeonProvider(account, portsOf())
    const { branch, notes } = await provider.create(specOf('pr-7'))
    const connection = await provider.connection(branch)
    expect(await ask(connection, 'SELECT count(*)::int AS rows FROM schema_migrations')).toEqual([
      { rows: databases.shop.counts.schema_migrations },
    ])
    expect(await ask(connection, 'SELECT count(*)::int AS rows FROM customers')).toEqual([{ rows: 0 }])
    expect(notes.join()).toContain('schema_migrations')
    expect(neon.violations).toEqual([])
  })
})
