import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { ConflictError, InputError, RefusedError } from '../../../src/errors.js'
import { testClock } from '../../fixtures/clock.js'
import { maskedSpec } from '../../fixtures/masking.js'
import { specOf } from '../../fixtures/postgres.js'
import { branches, type Stage, startStage } from './stage.js'

let stage: Stage
beforeAll(async () => {
  stage = await startStage({ kind: 'mysql', readyAfter: 1 })
})
afterAll(() => stage.stop())

const post = `POST ${branches}`
const copy = { dataPolicy: 'copy' } as const

describe('what is asked for', () => {
  const order = async (...args: Parameters<typeof specOf>) => {
    await stage.open({ region: 'eu-west' }).create(specOf(...args))
    return stage.platform.branch(args[0])?.order
  }

  it('the schema alone by nature, the rows by the last backup, in the region that was named', async () => {
    expect(await order('pr-1')).toEqual({ name: 'pr-1', parent_branch: 'main', region: 'eu-west' })
    const seeded = { seed_data: 'last_successful_backup', cluster_size: 'PS_10' }
    expect(await order('pr-2', copy)).toMatchObject({ name: 'pr-2', parent_branch: 'main', ...seeded })
    expect((await stage.open().find('pr-2'))?.claim).toMatchObject({ dataPolicy: 'copy' })
  })

  it('tells the id as soon as there is one', async () => {
    const ids: string[] = []
    const { branch } = await stage.open().create(specOf('pr-3', { onMade: (id) => void ids.push(id) }))
    expect(ids).toEqual([branch.id])
  })

  it('refuses masked rows before anything is written', async () => {
    const create = () => stage.open().create(maskedSpec('pr-4'))
    const writes = (
      await stage.requests(() =>
        expect(create()).rejects.toThrow(
          'Creating "pr-4" from "main" refused: rows are masked in PostgreSQL databases only, and this one is MySQL. Use data_policy "schema_only". Nothing was changed.',
        ),
      )
    ).filter((request) => !request.startsWith('GET'))
    expect(writes).toEqual([])
  })

  it('refuses a point in time before anything is written', async () => {
    const create = () => stage.open().create(specOf('pr-4', { pointInTime: '2026-11-20T00:00:00Z' }))
    const writes = (await stage.requests(() => expect(create()).rejects.toThrow(RefusedError))).filter(
      (request) => !request.startsWith('GET'),
    )
    expect(writes).toEqual([])
    expect(await stage.sentence(create)).toBe(
      'Creating "pr-4" from "main" refused: PlanetScale goes back to a point in time for PostgreSQL databases only. Remove "point_in_time". Nothing was changed.',
    )
  })

  it('refuses a role that PlanetScale does not have before any request', () => {
    expect(() => stage.open({ role: 'superuser' })).toThrow(InputError)
  })
})

describe('a name that is taken', () => {
  it.each(['its own', 403, 404, 409, 422, 503] as const)('is a conflict, whatever the refusal: %s', async (status) => {
    const name = `taken-${status === 'its own' ? 1 : status}`
    await stage.open().create(specOf(name))
    if (status !== 'its own') stage.platform.fault({ operation: post, kind: 'status', status })
    await expect(stage.open().create(specOf(name))).rejects.toThrow(ConflictError)
  })

  it('a refusal for another reason is none', async () => {
    stage.platform.fault({ operation: post, kind: 'status', status: 422, message: 'secret reason' })
    expect(await stage.sentence(() => stage.open().create(specOf('pr-10')))).toBe(
      'Creating "pr-10" from "main" failed: PlanetScale refused (POST HOST/v1/organizations/acme/databases/shop/branches → 422, request ID). Look at the database on PlanetScale, and check the inputs of the step.',
    )
  })
})

describe('an answer that was lost', () => {
  it.each(['reset', 500, 502] as const)('%s: never asked twice; what is there could be anybody’s', async (answer) => {
    stage.platform.fault({ operation: post, kind: 'lost', answer })
    const sent = await stage.requests(() =>
      expect(stage.open().create(specOf(`lost-${answer}`))).rejects.toThrow(ConflictError),
    )
    expect(sent.filter((request) => request.startsWith('POST'))).toHaveLength(1)
    // The next look finds it, and waits for it as for any other run's.
    expect(await stage.open().find(`lost-${answer}`)).toBeDefined()
  })

  it('and nothing is there: the failure is told', async () => {
    stage.platform.fault({ operation: post, kind: 'reset' })
    const sent = await stage.requests(async () =>
      expect(await stage.sentence(() => stage.open().create(specOf('pr-11')))).toMatch(
        /^Creating "pr-11" from "main" failed: PlanetScale gave no answer \(POST HOST/,
      ),
    )
    expect(sent.filter((request) => request.startsWith('POST'))).toHaveLength(1)
  })
})

describe('waiting', () => {
  it('for ten minutes at most, with a word in the log', async () => {
    stage.platform.readyAfter = Infinity
    const clock = testClock()
    const run = stage.open({}, { clock })
    expect(await stage.sentence(() => run.create(specOf('pr-20')))).toBe(
      'Branch "pr-20" was not ready after 600 s: PlanetScale is making it. Look at it on the platform and run the job again.',
    )
    expect(new Set(clock.waits.slice(3, -1))).toEqual(new Set([5000]))
    expect(run.ports.lines[0]).toBe('Branch "pr-20" is not ready yet: PlanetScale is making it.')
    stage.platform.readyAfter = 1
  })

  it('for the schema a minute longer, and no more: the platform may never say so', async () => {
    const clock = testClock()
    const off = stage.platform.before(`GET ${branches}/{branch}`, ({ params }) => {
      const branch = stage.platform.branch(params['branch'] ?? '')
      if (branch) Object.assign(branch, { state: 'ready', schemaReady: false })
    })
    const run = stage.open({}, { clock })
    await run.create(specOf('pr-21'))
    off()
    const waited = clock.waits.reduce((sum, wait) => sum + wait, 0)
    expect([waited >= 60_000, waited < 65_000]).toEqual([true, true])
    expect(run.ports.lines[0]).toContain('its schema is not ready')
  })

  it('through answers that do not show it yet', async () => {
    stage.platform.fault({ operation: `GET ${branches}/{branch}`, kind: 'status', status: 404, times: 3 })
    expect((await stage.open().create(specOf('pr-22'))).branch.name).toBe('pr-22')
  })

  it('ends when another branch has the name meanwhile', async () => {
    const off = stage.platform.before(`GET ${branches}/{branch}`, () => {
      const mine = stage.platform.branch('pr-23')
      if (!mine) return
      off()
      mine.deletedAt = new Date()
      stage.platform.add({ name: 'pr-23', parent: 'main' })
    })
    await expect(stage.open().create(specOf('pr-23'))).rejects.toThrow(ConflictError)
  })
})

describe('one sentence for each way it can be wrong', () => {
  const create = (name: string, change = {}) => stage.sentence(() => stage.open().create(specOf(name, change)))

  it('the parent', async () => {
    expect(await create('pr-30', { parent: 'nowhere' })).toBe(
      'Creating "pr-30" from "nowhere" failed: there is no such branch in "shop" (GET HOST/v1/organizations/acme/databases/shop/branches/nowhere → 404). Check "parent_branch".',
    )
  })

  it('a key without the access', async () => {
    stage.platform.lacking.add('create_branch')
    expect(await create('pr-31')).toBe(
      'Creating "pr-31" from "main" failed: PlanetScale does not find it, or does not show it to this key (POST HOST/v1/organizations/acme/databases/shop/branches → 404 not_found, request ID). Check "organization" and "database", and the accesses of the service token to this database.',
    )
    stage.platform.lacking.clear()
  })

  it('a database without Data Branching', async () => {
    stage.platform.dataBranching = false
    expect(await create('pr-32', copy)).toMatch(
      /^Creating "pr-32" from "main" failed: PlanetScale refused \(POST .*422 unprocessable/,
    )
    stage.platform.dataBranching = true
  })

  it('the quota', async () => {
    const full = await startStage({ kind: 'mysql', limit: 0 })
    expect(await full.sentence(() => full.open().create(specOf('pr-1')))).toBe(
      'Creating "pr-1" from "main" failed: the limit of development branches of this database is reached (POST HOST/v1/organizations/acme/databases/shop/branches → 403 forbidden, request ID). Delete branches that nobody needs, or change the plan.',
    )
    await full.stop()
  })

  it('a platform that makes production branches of backups: nobody could delete them again', async () => {
    stage.platform.restoresAreProduction = true
    expect(await create('pr-33', copy)).toContain('PlanetScale made a production branch')
    expect(stage.platform.branch('pr-33')).toBeUndefined()
    stage.platform.restoresAreProduction = false
  })
})
