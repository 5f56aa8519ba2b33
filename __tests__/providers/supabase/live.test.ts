import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Branch } from '../../../src/domain/branch.js'
import { RefusedError } from '../../../src/errors.js'
import type { Clock, Connection } from '../../../src/ports.js'
import { testClock } from '../../fixtures/clock.js'
import { customers, quickClock } from '../../fixtures/platform.js'
import { ask, specOf } from '../../fixtures/postgres.js'
import { failureOf, type SupabaseStage, startSupabaseStage } from './stage.js'

const list = 'GET /v1/projects/{ref}/branches'
const config = 'GET /v1/branches/{branch_id_or_ref}'
const pooler = 'GET /v1/projects/{ref}/config/database/pooler'
const erase = 'DELETE /v1/branches/{branch_id_or_ref}'
const restart = 'POST /v1/branches/{branch_id_or_ref}/reset'
const wake = 'POST /v1/projects/{ref}/restore'
const setPassword = 'PATCH /v1/projects/{ref}/database/password'

/** For which five milliseconds are a second. */
const hastyClock: Clock = { ...quickClock, elapsed: () => performance.now() * 200 }

let stage: SupabaseStage
let branch: Branch
beforeAll(async () => {
  stage = await startSupabaseStage()
  branch = (await stage.run().provider.create(specOf('pr-1'))).branch
})
afterAll(() => stage.stop())

async function found(run = stage.run()) {
  return { ...run, branch: (await run.provider.find('pr-1'))! }
}

/** The run is told as failed a moment before the branch is. */
async function waitForStage(wanted: string): Promise<void> {
  while (stage.simulator.branch('pr-1').stage !== wanted) await quickClock.sleep(5)
}

const pooled = (connection: Connection): Connection => ({ ...connection, url: connection.pooledUrl! })

describe('the URL', () => {
  it('of a branch that is there takes three requests, and so does connect', async () => {
    const run = await found()
    const connection = await run.provider.connection(run.branch)
    expect(run.requests()).toEqual([list, config, pooler])
    expect(connection).toMatchObject({ database: 'postgres', username: 'postgres' })
  })

  it('leads to the branch, directly and through the pooler, with a password that must be encoded', async () => {
    const connection = await stage.run().provider.connection(branch)
    expect(connection.password.reveal()).toMatch(/[/+@%]/)
    expect(await customers(connection)).toBe(0)
    expect(await customers(pooled(connection))).toBe(0)
    const { ref } = stage.simulator.branch('pr-1')
    expect(new URL(connection.pooledUrl!.reveal())).toMatchObject({
      username: `postgres.${ref}`,
      hostname: '127.0.0.1',
      pathname: '/postgres',
    })
  })

  it('and every key that comes with it are masked before anything else, and told nowhere', async () => {
    const { provider, ports } = stage.run()
    const connection = await provider.connection(branch)
    const { jwtSecret, password } = stage.simulator.branch('pr-1')
    const secrets = [password, jwtSecret, connection.url.reveal(), connection.pooledUrl!.reveal()]
    expect(ports.masked).toEqual(secrets)
    for (const secret of secrets) expect(ports.lines.join('\n')).not.toContain(secret)
    stage.simulator.fault({ operation: pooler, kind: 'wrong-type' })
    const error = await failureOf(stage.run().provider.connection(branch))
    expect(error.message).toBe("The platform's answer cannot be used: answer is not a list. Run the job again.")
  })

  it('has a new password where Supabase keeps the old one back, set for the branch alone', async () => {
    const { simulator } = stage
    simulator.mood.withoutPassword = true
    const run = await found()
    const connection = await run.provider.connection(run.branch).finally(() => (simulator.mood.withoutPassword = false))
    expect(run.requests()).toEqual([list, config, setPassword, pooler])
    expect(simulator.branch('pr-1').password).toBe(connection.password.reveal())
    expect(run.ports.masked[0]).toBe(connection.password.reveal())
    expect(await customers(connection)).toBe(0)
    expect(await customers(pooled(connection))).toBe(0)
    // The same run does not change it again.
    expect((await run.provider.connection(run.branch)).url.reveal()).toBe(connection.url.reveal())
  })

  it('is without a pooled one where the project has no pooler', async () => {
    stage.simulator.fault({ operation: pooler, kind: 'rewrite', change: () => [] })
    expect((await stage.run().provider.connection(branch)).pooledUrl).toBeUndefined()
    stage.simulator.fault({ operation: pooler, kind: 'status', status: 404 })
    expect((await stage.run().provider.connection(branch)).pooledUrl).toBeUndefined()
  })

  it('of a branch that fell asleep is given once it is awake', async () => {
    stage.simulator.sleep('pr-1')
    const run = await found()
    expect(run.branch.unfinished).toBeUndefined()
    expect(await customers(await run.provider.connection(run.branch))).toBe(0)
    expect(run.requests().filter((operation) => operation === wake)).toHaveLength(1)
    expect(run.ports.lines[0]).toBe('Branch "pr-1" is not ready yet: it slept and was woken.')
  })

  it.each(['MIGRATIONS_FAILED', 'FUNCTIONS_FAILED'] as const)('is not given in state %s', async (state) => {
    const there = stage.simulator.branch('pr-1')
    there.stage = state
    const run = await found()
    const error = await failureOf(run.provider.connection(run.branch)).finally(
      () => (there.stage = 'MIGRATIONS_PASSED'),
    )
    expect(error.message).toBe(
      `Connecting to "pr-1" failed: its state on Supabase is ${state}. Read the log of the branch there, repair what it names and run the job again.`,
    )
  })

  it('is not given of a branch that is about to go, nor of one that is gone', async () => {
    const there = stage.simulator.branch('pr-1')
    there.deletionAt = '2026-11-22T09:00:00Z'
    const run = await found()
    const doomed = await failureOf(run.provider.connection(run.branch)).finally(() => delete there.deletionAt)
    expect(doomed.message).toBe(
      'Connecting to "pr-1" failed: its deletion is scheduled on Supabase for 2026-11-22T09:00:00Z. Cancel the deletion there, or wait for it, and run the job again.',
    )
    const clock = testClock()
    const gone = { ...branch, id: '00000000-0000-4000-8000-000000000000', name: 'pr-404' }
    const error = await failureOf(stage.run({ ports: { clock } }).provider.connection(gone))
    expect(error.message).toBe('Connecting to "pr-404" failed: the branch is gone. Run the job again.')
    expect(clock.elapsed() - Date.parse('2026-11-22T08:00:00.000Z')).toBeLessThan(70_000)
  })

  it('is never that of the parent', async () => {
    const { provider } = stage.run()
    const main = (await provider.find('main'))!
    for (const attempt of [() => provider.connection(main), () => provider.delete(main)]) {
      await expect(attempt()).rejects.toThrow(
        /^(Connecting to|Deleting) "main" refused: it is the project itself, not a branch of it\. Nothing was changed\.$/,
      )
    }
  })
})

describe('protection', () => {
  it('stands for what is persistent and for what the GitHub integration made', async () => {
    const there = stage.simulator.branch('pr-1')
    there.persistent = true
    expect((await found()).branch.protection).toBe('it is a persistent branch')
    const error = await failureOf(stage.run().provider.delete(branch))
    expect(error.message).toBe(
      `Deleting "pr-1" failed: it is a persistent branch (DELETE ${stage.host}/v1/branches/${branch.id} → 422). Delete it on Supabase, if nobody needs it.`,
    )
    Object.assign(there, { persistent: false, prNumber: 12 })
    expect((await found()).branch.protection).toBe("it belongs to Supabase's GitHub integration (pull request #12)")
    delete there.prNumber
    expect((await found()).branch.protection).toBeUndefined()
  })
})

describe('a reset', () => {
  it('waits for its run, keeps the URL, and brings the schema back without a row', async () => {
    const run = await found()
    const before = await run.provider.connection(run.branch)
    await ask(before, `INSERT INTO customers (name, email, address) VALUES ('Ada', 'ada@example.com', '{}')`)
    const { branch: after } = await run.provider.reset!(run.branch, specOf('pr-1'))
    expect(after).toEqual(run.branch)
    const connection = await run.provider.connection(after)
    expect(connection.url.reveal()).toBe(before.url.reveal())
    expect(await customers(connection)).toBe(0)
    expect(run.ports.lines[0]).toMatch(/^The reset of "pr-1" is not ready yet: its (run|step) /)
  })

  it('goes by the state of the branch where the run is never shown', async () => {
    const { simulator } = stage
    simulator.mood.withoutRuns = true
    const run = await found(stage.run({ ports: { clock: hastyClock } }))
    await run.provider.reset!(run.branch, specOf('pr-1')).finally(() => (simulator.mood.withoutRuns = false))
    expect(run.ports.lines).toContain(
      'Supabase does not show the run of the reset; going by the state of "pr-1" alone.',
    )
  })

  it('that fails names the step', async () => {
    stage.simulator.mood.stage = 'MIGRATIONS_FAILED'
    const run = await found()
    const error = await failureOf(run.provider.reset!(run.branch, specOf('pr-1')))
    stage.simulator.mood.stage = 'MIGRATIONS_PASSED'
    expect(error.message).toBe(
      'Resetting "pr-1" failed: its step "migrate" failed. Read the log of the branch on Supabase and run the job again.',
    )
  })

  it('repairs a branch whose migrations failed, and wakes one that fell asleep', async () => {
    const there = stage.simulator.branch('pr-1')
    await waitForStage('MIGRATIONS_FAILED')
    const failed = await found()
    await failed.provider.reset!(failed.branch, specOf('pr-1'))
    expect(there.stage).toBe('MIGRATIONS_PASSED')
    stage.simulator.sleep('pr-1')
    const asleep = await found()
    await asleep.provider.reset!(asleep.branch, specOf('pr-1'))
    expect(asleep.requests()).toEqual(expect.arrayContaining([wake, restart]))
    const unseen = stage.run()
    await unseen.provider.reset!(branch, specOf('pr-1'))
    expect(unseen.requests().slice(0, 3)).toEqual([list, restart, expect.stringContaining('/actions/')])
  })

  it('is refused where rows would be lost, before anything is sent', async () => {
    const { provider, requests, branch: fresh } = await found()
    const holding = { ...fresh, claim: { kind: 'name', parent: 'main', dataPolicy: 'copy' } } as const
    for (const [of, policy] of [
      [fresh, 'copy'],
      [holding, 'schema_only'],
    ] as const) {
      const error = await failureOf(provider.reset!(of, specOf('pr-1', { dataPolicy: policy })))
      expect(error).toBeInstanceOf(RefusedError)
      expect(error.message).toMatch(/^Resetting "pr-1" refused: Supabase resets a branch to its migrations, and rows/)
    }
    expect(requests()).not.toContain(restart)
  })
})

describe('deleting', () => {
  it('takes two requests, goes by the id, says "force" and waits until the branch is gone', async () => {
    const { provider } = stage.run()
    const made = (await provider.create(specOf('pr-20'))).branch
    const { provider: later, requests } = stage.run()
    expect(await later.delete(made)).toBe('deleted')
    expect(new Set(requests())).toEqual(new Set([erase, list]))
    expect(requests().filter((operation) => operation === erase)).toHaveLength(1)
    const sent = stage.simulator.journal.findLast((entry) => entry.operation === erase)
    expect(sent).toMatchObject({ path: `/v1/branches/${made.id}`, query: { force: 'true' } })
    expect(await later.find('pr-20')).toBeUndefined()
    expect(await later.delete(made)).toBe('absent')
  })

  it('does not take a branch for absent that is listed all the same', async () => {
    const made = (await stage.run().provider.create(specOf('pr-21'))).branch
    stage.simulator.fault({ operation: erase, kind: 'status', status: 404 })
    expect(await stage.run().provider.delete(made)).toBe('deleted')
  })

  it('whose answer was lost is told again, and ends well', async () => {
    const made = (await stage.run().provider.create(specOf('pr-22'))).branch
    stage.simulator.fault({ operation: erase, kind: 'lost' })
    expect(['deleted', 'absent']).toContain(await stage.run().provider.delete(made))
    expect(await stage.run().provider.find('pr-22')).toBeUndefined()
  })

  it.each(['', '.', 'abcdefghijklmnopqrst'])('sends nothing for the id "%s"', async (id) => {
    const { provider, requests } = stage.run()
    await expect(provider.delete({ ...branch, id })).rejects.toThrow(
      'Deleting "pr-1" failed: its id is not one of a branch. Look at it on Supabase.',
    )
    expect(requests()).toEqual([])
  })

  it('ends with a sentence when the branch does not go', async () => {
    const made = (await stage.run().provider.create(specOf('pr-23'))).branch
    const stop = stage.simulator.before(list, () => {
      stage.simulator.branches.find((one) => one.id === made.id)!.gone = false
    })
    const { provider } = stage.run({ ports: { clock: testClock() } })
    const error = await failureOf(provider.delete(made)).finally(stop)
    expect(error.message).toBe(
      'The deletion of "pr-23" was not ready after 60 s: Supabase still lists it. Look at it on the platform and run the job again.',
    )
    stage.simulator.branches.find((one) => one.id === made.id)!.gone = true
  })
})
