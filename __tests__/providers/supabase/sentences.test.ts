import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { SupabaseManagementAPI } from 'supabase-management-js'
import { InputError, ProviderError, RedirectError } from '../../../src/errors.js'
import { Secret } from '../../../src/secret.js'
import { testClock } from '../../fixtures/clock.js'
import { specOf } from '../../fixtures/postgres.js'
import { newBranch, type SupabaseBranch } from '../../../sim/platforms/supabase/branch.js'
import { failureOf, type SupabaseStage, startSupabaseStage } from './stage.js'

const list = 'GET /v1/projects/{ref}/branches'
const post = 'POST /v1/projects/{ref}/branches'

let stage: SupabaseStage
let place: string
beforeAll(async () => {
  stage = await startSupabaseStage()
  place = `${stage.host}/v1/projects/${stage.simulator.project}/branches`
})
afterAll(() => stage.stop())

/** With a clock that does not wait, so that repeated attempts cost nothing. */
const hasty = () => stage.run({ ports: { clock: testClock() } })

describe('each failure is one sentence', () => {
  it('a wrong key', async () => {
    const apiKey = new Secret('sbp_wrong')
    const error = await failureOf(stage.run({ account: { apiKey } }).provider.list())
    expect(error.message).toBe(
      `Listing the branches failed: Supabase does not know the key (GET ${place} → 401). Check "api_key": it is an access token of an account (sbp_…), not a key of the project.`,
    )
  })

  it('a wrong project', async () => {
    const project = 'aaaaaaaaaaaaaaaaaaaa'
    const error = await failureOf(stage.run({ account: { project } }).provider.find('pr-1'))
    expect(error.message).toBe(
      `Looking for "pr-1" failed: Supabase shows this key no project "${project}" (GET ${stage.host}/v1/projects/${project}/branches → 404). Check "project", and whose key "api_key" is.`,
    )
    expect(() => stage.run({ account: { project: 'my-shop' } })).toThrow(InputError)
    expect(() => stage.run({ account: { project: 'my-shop' } })).toThrow(
      'Input "project" is "my-shop". Use the reference of the Supabase project, 20 small letters: it stands in the project\'s address, https://supabase.com/dashboard/project/<reference>.',
    )
  })

  it('a key without permission', async () => {
    stage.simulator.fault({ operation: list, kind: 'status', status: 403 })
    const error = await failureOf(stage.run().provider.list())
    expect(error.message).toBe(
      `Listing the branches failed: the account of the key may not do this on Supabase (GET ${place} → 403). Check that it may manage the branches of project "${stage.simulator.project}".`,
    )
  })

  it('the limit of branches', async () => {
    stage.simulator.mood.plan = { branches: true, limit: 0 }
    const error = await failureOf(stage.run().provider.create(specOf('pr-1')))
    expect(error.message).toBe(
      `Creating "pr-1" failed: the limit of branches is reached on Supabase (POST ${place} → 400). Delete branches that nobody needs, or raise the limit.`,
    )
  })

  it('a plan without branches, which the entitlements tell whatever the status', async () => {
    stage.simulator.mood.plan = { branches: false, limit: undefined }
    const { provider, requests } = stage.run()
    const error = await failureOf(provider.create(specOf('pr-1')))
    expect(error.message).toBe(
      `Creating "pr-1" failed: the plan of the organization has no branches (POST ${place} → 402). Change the plan on Supabase and run the job again.`,
    )
    expect(requests().slice(-2)).toEqual(['GET /v1/projects/{ref}', 'GET /v1/organizations/{slug}/entitlements'])
    stage.simulator.fault({ operation: 'GET /v1/organizations/{slug}/entitlements', kind: 'status', status: 403 })
    expect((await failureOf(stage.run().provider.create(specOf('pr-1')))).message).toBe(
      `Creating "pr-1" failed: the plan on Supabase does not allow it (POST ${place} → 402). Change the plan or delete branches.`,
    )
    stage.simulator.mood.plan = { branches: true, limit: undefined }
  })

  it('a wrong region', async () => {
    const error = await failureOf(stage.run({ account: { region: 'mars-1' } }).provider.create(specOf('pr-1')))
    expect(error.message).toBe(
      `Creating "pr-1" failed: Supabase refused (POST ${place} → 422). Check the inputs of the step.`,
    )
  })

  it('the platform is down', async () => {
    const { provider } = stage.run({ account: { apiUrl: 'http://127.0.0.1:65533' }, ports: { clock: testClock() } })
    expect((await failureOf(provider.list())).message).toBe(
      `Listing the branches failed: Supabase gave no answer (GET 127.0.0.1:65533/v1/projects/${stage.simulator.project}/branches: connect ECONNREFUSED 127.0.0.1:65533). Check "api_url" and that the runner can reach it, and run the job again.`,
    )
  })
})

describe('a listing that is none', () => {
  it.each([
    ['a 500 that does not go away', { kind: 'status', status: 500, times: 4 }],
    ['HTML', { kind: 'html', status: 200 }],
    ['half of it', { kind: 'truncated' }],
    ['an object', { kind: 'wrong-type' }],
    ['null', { kind: 'wrong-type', value: null }],
    ['rows without a name', { kind: 'wrong-type', value: [{ id: 'x' }] }],
    ['a broken connection', { kind: 'cut', times: 4 }],
  ] as const)('(%s) is an error, never "no branches" and never "absent"', async (_what, fault) => {
    for (const attempt of ['list', 'find'] as const) {
      const strike = stage.simulator.fault({ operation: list, ...fault })
      const { provider } = hasty()
      const error = await failureOf(attempt === 'list' ? provider.list() : provider.find('pr-1'))
      expect(error).toBeInstanceOf(ProviderError)
      expect(strike.hits).toBeGreaterThan(0)
      strike.remove()
    }
  })

  it('is asked for again after a passing 500', async () => {
    stage.simulator.fault({ operation: list, kind: 'status', status: 500, times: 2 })
    const { provider, requests } = hasty()
    expect((await provider.list()).complete).toBe(true)
    expect(requests()).toEqual([list, list, list])
  })
})

describe('the rate limit', () => {
  it('is waited out as long as its header says, in seconds from now, by any verb', async () => {
    const clock = testClock()
    const { provider, requests } = stage.run({ ports: { clock } })
    stage.simulator.mood.budget = 0
    await provider.list()
    expect(clock.waits).toEqual([37_000])
    Object.assign(stage.simulator.mood, { budget: 0, plan: { branches: true, limit: 0 } })
    await failureOf(provider.create(specOf('pr-1')))
    stage.simulator.mood.plan.limit = undefined
    expect(clock.waits).toEqual([37_000, 37_000])
    expect(requests().slice(0, 4)).toEqual([list, list, post, post])
  })

  it('is spared: 100 branches are listed in one request', async () => {
    const { project } = stage.simulator
    const branches = stage.simulator.branches as SupabaseBranch[]
    const others = Array.from({ length: 100 }, (_, at) => newBranch({ name: `pr-${at + 100}`, parentRef: project }))
    const known = branches.length
    branches.push(...others)
    const { provider, requests } = stage.run()
    expect((await provider.list()).items).toHaveLength(100 + known)
    branches.splice(known)
    expect(requests()).toEqual([list])
  })
})

it('follows no redirect with the key', async () => {
  stage.simulator.fault({ operation: list, kind: 'redirect', status: 307, location: 'https://elsewhere.example/' })
  const error = await failureOf(stage.run().provider.list())
  expect(error).toBeInstanceOf(RedirectError)
  expect(error.message).toContain('elsewhere.example')
})

it('never tells the key', async () => {
  const { provider, ports } = hasty()
  const messages: string[] = []
  for (const fault of [
    { kind: 'status', status: 403 },
    { kind: 'html', status: 200 },
  ] as const) {
    stage.simulator.fault({ operation: list, ...fault })
    messages.push(String((await failureOf(provider.list())).stack))
  }
  expect([...messages, ...ports.lines].join('\n')).not.toContain(stage.simulator.key)
})

describe("the vendor's own client", () => {
  it('reads from the simulator what this adapter made, and the other way round', async () => {
    const client = new SupabaseManagementAPI({ accessToken: stage.simulator.key, baseUrl: stage.simulator.url })
    const { project } = stage.simulator
    const { provider } = stage.run()
    const { branch } = await provider.create(specOf('pr-1'))
    const connection = await provider.connection(branch)

    const { data: listed } = await client.listAllBranches(project)
    expect(listed.map(({ name, is_default }) => [name, is_default])).toEqual([
      ['main', true],
      ['pr-1', false],
    ])
    const { data: one } = await client.getABranch(project, 'pr-1')
    expect(one).toMatchObject({ id: branch.id, status: 'MIGRATIONS_PASSED', with_data: false, persistent: false })
    const { data: config } = await client.getABranchConfig(branch.id)
    expect(config).toMatchObject({
      db_user: 'postgres',
      db_pass: connection.password.reveal(),
      db_port: connection.port,
    })
    const { data: poolers } = await client.getPoolerConfig(one.project_ref)
    expect(poolers.map((pooler) => pooler.database_type)).toEqual(['READ_REPLICA', 'PRIMARY'])

    await client.updateABranchConfig(branch.id, { persistent: true })
    expect((await provider.find('pr-1'))?.protection).toBe('it is a persistent branch')
    await client.updateABranchConfig(branch.id, { branch_name: 'pr-2', persistent: false })
    expect(await provider.find('pr-1')).toBeUndefined()
    expect((await provider.find('pr-2'))?.id).toBe(branch.id)

    const { data: theirs } = await client.createABranch(project, { branch_name: 'pr-3' })
    await expect(client.createABranch(project, { branch_name: 'pr-3' })).rejects.toThrow()
    while (!(await provider.find('pr-3'))) await new Promise((resolve) => setTimeout(resolve, 5))
    const found = (await provider.find('pr-3'))!
    expect(found.id).toBe(theirs.id)
    await provider.connection(found)
    const { data: reset } = await client.resetABranch(theirs.id, {})
    expect(reset).toMatchObject({ message: 'ok', workflow_run_id: expect.stringMatching(/^run_/) })
    const { data: deleted } = await client.deleteABranch(branch.id, { force: false })
    expect(deleted).toEqual({ message: 'ok' })
    await expect(provider.connection((await provider.find('pr-2'))!)).rejects.toThrow(/its deletion is scheduled/)
  })
})
