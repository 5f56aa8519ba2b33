import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { ConflictError, ProviderError } from '../../../src/errors.js'
import { LostAnswerError } from '../../../src/http/api.js'
import { testClock } from '../../fixtures/clock.js'
import { customers } from '../../fixtures/platform.js'
import { specOf } from '../../fixtures/postgres.js'
import { failureOf, refuseOnce, type SupabaseStage, startSupabaseStage } from './stage.js'

const list = 'GET /v1/projects/{ref}/branches'
const post = 'POST /v1/projects/{ref}/branches'
const byName = 'GET /v1/projects/{ref}/branches/{name}'
const config = 'GET /v1/branches/{branch_id_or_ref}'
const pooler = 'GET /v1/projects/{ref}/config/database/pooler'

let stage: SupabaseStage
beforeAll(async () => {
  stage = await startSupabaseStage()
})
afterAll(() => stage.stop())

const posts = (requests: string[]) => requests.filter((operation) => operation === post)

async function within<T>(mood: Partial<SupabaseStage['simulator']['mood']>, body: () => Promise<T>): Promise<T> {
  const before = { ...stage.simulator.mood }
  Object.assign(stage.simulator.mood, mood)
  return body().finally(() => Object.assign(stage.simulator.mood, before))
}

describe('creating', () => {
  it('makes the first branch of a project, whose default branch is not listed before', async () => {
    const { provider } = stage.run()
    expect(await provider.list()).toEqual({ items: [], complete: true })
    await expect(provider.create(specOf('pr-1', { parent: 'production' }))).rejects.toThrow(
      'Creating "pr-1" from "production" failed: there is no such branch to start from; on Supabase "pr-1" can only start from "main", the default branch of the project. Check "parent_branch".',
    )
    const { branch } = await provider.create(specOf('pr-1'))
    const { items } = await provider.list()
    expect(items).toEqual([
      expect.objectContaining({
        name: 'main',
        claim: { kind: 'name' },
        protection: 'it is the default branch of the project',
      }),
      branch,
    ])
    expect(branch).toMatchObject({
      claim: { kind: 'name', parent: 'main', dataPolicy: 'schema_only' },
      createdAt: expect.stringMatching(/^\d{4}-/),
    })
  })

  it('needs five requests and the looks in between, its URL included', async () => {
    const { provider, requests } = stage.run()
    expect(await provider.find('pr-2')).toBeUndefined()
    const made: string[] = []
    const { branch } = await provider.create(specOf('pr-2', { onMade: (id) => void made.push(id) }))
    await provider.connection(branch)
    const waits = requests().filter((operation) => operation === byName)
    expect(made).toEqual([branch.id])
    expect(waits.length).toBeGreaterThan(0)
    expect(requests().filter((operation) => operation !== byName)).toEqual([list, post, config, pooler])
  })

  it('asks for data only under "copy", for the region, and never for what the GitHub integration reads', async () => {
    const { provider } = stage.run({ account: { region: 'eu-central-1' } })
    const { branch } = await provider.create(specOf('pr-3', { dataPolicy: 'copy' }))
    const sent = stage.simulator.journal.findLast((entry) => entry.operation === post)
    expect(sent?.body).toEqual({ branch_name: 'pr-3', persistent: false, with_data: true, region: 'eu-central-1' })
    expect(branch.claim).toMatchObject({ dataPolicy: 'copy' })
    expect(await customers(await provider.connection(branch))).toBe(3)
    const { provider: bare } = stage.run()
    await bare.create(specOf('pr-4'))
    const next = stage.simulator.journal.findLast((entry) => entry.operation === post)
    expect(next?.body).toEqual({ branch_name: 'pr-4', persistent: false, with_data: false })
  })

  it.each([
    ['CREATING_PROJECT', 'COMING_UP', false, true],
    ['CREATING_PROJECT', 'COMING_UP', true, true],
    ['RUNNING_MIGRATIONS', 'ACTIVE_HEALTHY', true, true],
    // Somebody may have pushed a migration to a branch that holds a week's work.
    ['RUNNING_MIGRATIONS', 'ACTIVE_HEALTHY', false, undefined],
    ['MIGRATIONS_FAILED', 'ACTIVE_HEALTHY', true, undefined],
    ['MIGRATIONS_PASSED', 'RESTORE_FAILED', true, true],
    ['CREATING_PROJECT', 'INIT_FAILED', false, true],
    // Asleep, and on its way back from it.
    ['MIGRATIONS_PASSED', 'INACTIVE', true, undefined],
    ['FUNCTIONS_DEPLOYED', 'RESTORING', true, undefined],
  ] as const)(
    'in state %s and %s, with data: %s, is half-built: %s',
    async (stageName, state, withData, unfinished) => {
      const there = stage.simulator.branch('pr-2')
      const before = { ...there }
      Object.assign(there, { stage: stageName, state, withData })
      const { provider } = stage.run()
      const [seen, { items }] = await Promise.all([provider.find('pr-2'), provider.list()])
      Object.assign(there, before)
      expect(seen?.unfinished).toBe(unfinished)
      expect(items.find(({ name }) => name === 'pr-2')).toEqual(seen)
    },
  )

  it('believes no state of a listing that leaves the project out', async () => {
    await within({ terse: true }, async () => {
      const { provider } = stage.run()
      const { branch } = await provider.create(specOf('pr-6'))
      expect(await customers(await provider.connection(branch))).toBe(0)
    })
  })
})

describe('a branch that does not get ready', () => {
  it.each([
    ['MIGRATIONS_FAILED', { stage: 'MIGRATIONS_FAILED' }],
    ['FUNCTIONS_FAILED', { stage: 'FUNCTIONS_FAILED' }],
    ['INIT_FAILED', { state: 'INIT_FAILED' }],
    ['RESTORE_FAILED', { state: 'RESTORE_FAILED' }],
  ] as const)('names the state %s, once it is known', async (state, mood) => {
    const name = `pr-1${state.length}`
    const made: string[] = []
    const { provider } = stage.run()
    const error = await within(mood, () =>
      failureOf(provider.create(specOf(name, { onMade: (id) => void made.push(id) }))),
    )
    expect(error).toBeInstanceOf(ProviderError)
    expect(error.message).toBe(
      `Creating "${name}" failed: its state on Supabase is ${state}. Read the log of the branch there, repair what it names and run the job again.`,
    )
    const left = await provider.find(name)
    expect(left?.id).toBe(made[0])
    // A project that never came up is remains; a failed migration may be an old branch with data in it.
    expect(left?.unfinished).toBe('state' in mood ? true : undefined)
    await provider.delete(left!)
  })

  it('gives up after a quarter of an hour and tells what it waited for', async () => {
    const { provider, ports } = stage.run({ ports: { clock: testClock() } })
    const error = await within({ state: 'COMING_UP' }, () => failureOf(provider.create(specOf('pr-30'))))
    expect(error.message).toMatch(
      /^Branch "pr-30" was not ready after 900 s: its state is \w+\. Look at it on the platform and run the job again\.$/,
    )
    expect(ports.lines[0]).toMatch(/^Branch "pr-30" is not ready yet: (Supabase does not show it yet|its state)/)
    expect(ports.lines.length).toBeGreaterThan(30)
    await stage.run().provider.delete((await stage.run().provider.find('pr-30'))!)
  })

  it('does not take another branch of the same name for its own', async () => {
    const { provider } = stage.run()
    const stop = stage.simulator.before(byName, () => {
      const branch = stage.simulator.branches.find((one) => one.name === 'pr-31' && !one.hidden)
      if (branch) Object.assign(branch, { id: '00000000-0000-4000-8000-000000000000' })
    })
    const error = await failureOf(provider.create(specOf('pr-31'))).finally(stop)
    expect(error).toBeInstanceOf(ConflictError)
    expect(error.message).toBe('Creating "pr-31" failed: the branch was made anew meanwhile. Run the job again.')
  })
})

describe('a taken name', () => {
  it.each([409, 400, 422] as const)(
    'is a conflict by status %i only where a branch of that name is',
    async (status) => {
      const { provider, requests } = stage.run()
      refuseOnce(stage, post, status)
      const taken = await failureOf(provider.create(specOf('pr-2')))
      expect(taken).toBeInstanceOf(ConflictError)
      expect(taken.message).toBe('Creating "pr-2" failed: a branch of that name exists. Run the job again.')
      refuseOnce(stage, post, status)
      const error = await failureOf(provider.create(specOf('pr-40')))
      expect(error).not.toBeInstanceOf(ConflictError)
      expect(error.message).toBe(
        `Creating "pr-40" failed: Supabase refused (POST ${stage.host}/v1/projects/${stage.simulator.project}/branches → ${status}). Check the inputs of the step.`,
      )
      expect(posts(requests())).toHaveLength(2)
    },
  )

  it('is not told by a part of the name', async () => {
    const { provider } = stage.run()
    for (const near of ['pr-', 'pr-22', 'PR-2', 'r-2']) expect(await provider.find(near)).toBeUndefined()
  })

  it('refuses to choose where two branches have it', async () => {
    const twin = stage.simulator.branch('pr-4')
    twin.name = 'pr-2'
    const error = await failureOf(stage.run().provider.find('pr-2')).finally(() => (twin.name = 'pr-4'))
    expect(error.message).toBe('Looking for "pr-2" failed: two branches have that name. Rename one on Supabase.')
  })
})

describe('a lost answer', () => {
  it.each([
    ['broken off', { kind: 'lost' }],
    ['a 500', { kind: 'lost', answer: 500 }],
    ['truncated', { kind: 'truncated' }],
    ['of a wrong type', { kind: 'wrong-type' }],
  ] as const)('%s leads to no second creation; the branch is left to whoever reads it next', async (what, fault) => {
    const name = `pr-5${what.length}`
    const { provider, requests } = stage.run()
    stage.simulator.fault({ operation: post, ...fault })
    await expect(provider.create(specOf(name))).rejects.toThrow(ConflictError)
    expect(posts(requests())).toHaveLength(1)
    expect(await provider.find(name)).toBeDefined()
  })

  it('without a branch is told as it is, after some looks', async () => {
    const clock = testClock()
    const { provider, requests } = stage.run({ ports: { clock } })
    stage.simulator.fault({ operation: post, kind: 'status', status: 500 })
    const error = await failureOf(provider.create(specOf('pr-60')))
    expect(error).toBeInstanceOf(LostAnswerError)
    expect(error.message).toBe(
      `Creating "pr-60" failed: Supabase is out of order (POST ${stage.host}/v1/projects/${stage.simulator.project}/branches → 500). Run the job again later.`,
    )
    expect(posts(requests())).toHaveLength(1)
    expect(clock.waits).toEqual([5000, 5000, 5000])
  })
})
