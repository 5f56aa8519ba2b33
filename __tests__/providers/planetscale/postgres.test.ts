import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { Refusal } from '../../../sim/http/answer.js'
import { type Databases, startDatabases } from '../../../sim/platforms/databases.js'
import { RefusedError } from '../../../src/errors.js'
import { customers } from '../../fixtures/platform.js'
import { foundIn, maskedSpec, originalsOf, shopMasking } from '../../fixtures/masking.js'
import { ask, specOf } from '../../fixtures/postgres.js'
import { branches, type Stage, startStage } from './stage.js'

let databases: Databases
let stage: Stage
beforeAll(async () => {
  databases = await startDatabases({ shop: { customers: 10, orders: 10 } })
  stage = await startStage({ kind: 'postgresql', databases, readyAfter: 1 })
})
afterAll(async () => {
  await stage.stop()
  await databases.stop()
})

let number = 0
let name: string
beforeEach(() => {
  name = `pr-${(number += 1)}`
})
const names = () =>
  stage.platform.branches.flatMap((one) => (one.deletedAt === null && one.name.startsWith(name) ? one.name : []))
const insert = `INSERT INTO customers (name, email, address) VALUES ('Ada', 'ada@example.com', '{}')`

describe('what is asked for', () => {
  it('the last finished backup of the parent, whatever the policy: a plain branch has no tables', async () => {
    const finished = stage.platform.backups.filter(({ state }) => state === 'success')
    await stage.open().create(specOf(name, { dataPolicy: 'copy' }))
    expect(stage.platform.branch(name)?.order).toEqual({
      name,
      parent_branch: 'main',
      backup_id: finished.at(-1)?.id,
      cluster_size: 'PS_10',
    })
  })

  it('a point in time from the last backup before it', async () => {
    const [first] = stage.platform.backups
    const pointInTime = new Date(first!.completedAt!.getTime() + 60_000).toISOString()
    await stage.open().create(specOf(name, { dataPolicy: 'copy', pointInTime }))
    expect(stage.platform.branch(name)?.order).toMatchObject({ backup_id: first?.id, restore_point: pointInTime })
  })

  it.each([
    ['no time', 'yesterday', RefusedError],
    ['a time before every backup', '2020-01-01T00:00:00Z', Error],
  ])('refuses %s before anything is written', async (_case, pointInTime, error) => {
    const sent = await stage.requests(() =>
      expect(stage.open().create(specOf(name, { pointInTime }))).rejects.toThrow(error),
    )
    expect(sent.filter((request) => !request.startsWith('GET'))).toEqual([])
  })

  it('says that there is no backup', async () => {
    stage.platform.add({ name: 'young', parent: 'main' })
    expect(await stage.sentence(() => stage.open().create(specOf(name, { parent: 'young' })))).toMatch(
      /^Creating "pr-\d+" from "young" failed: "young" has no finished backup of before 20.*Make a backup of "young" and run the job again\.$/,
    )
  })

  it('says that a key may not read backups', async () => {
    stage.platform.lacking.add('read_backups')
    expect(await stage.sentence(() => stage.open().create(specOf(name)))).toMatch(
      /^Creating "pr-\d+" from "main" failed: PlanetScale does not find it, or does not show it to this key \(GET .*\/backups → 404/,
    )
    stage.platform.lacking.clear()
  })
})

describe('schema_only', () => {
  it('is emptied aside, and has its name only then', async () => {
    let waiting: string[] = []
    const off = stage.platform.before(`PATCH ${branches}/{branch}`, () => void (waiting = names()))
    const { branch, notes } = await stage.open().create(specOf(name))
    off()
    expect(waiting).toEqual([expect.stringMatching(`^${name}-dbbranch-new-[0-9a-f]{8}$`)])
    expect(notes).toContainEqual(expect.stringMatching(/^Emptied \d+ tables/))
    expect(branch.claim).toEqual({ kind: 'name', parent: 'main', dataPolicy: 'schema_only' })
  })

  it('is told apart from a copy by every later run', async () => {
    await stage.open().create(specOf(name))
    await stage.open().create(specOf(`${name}-copy`, { dataPolicy: 'copy' }))
    const policies = async () => {
      const { items } = await stage.open().list()
      return items.flatMap((one) =>
        one.name.startsWith(name) && one.claim.kind === 'name' ? one.claim.dataPolicy : [],
      )
    }
    expect(await policies()).toEqual(['schema_only', 'copy'])
    expect((await stage.open().find(name))?.claim).toMatchObject({ dataPolicy: 'schema_only' })
    // The mark outlives the logins that are handed out.
    for (const login of stage.platform.logins) login.createdAt = new Date(0)
    const run = stage.open()
    await run.connection((await run.find(name))!)
    expect(await policies()).toEqual(['schema_only', 'copy'])
    // Whoever removes it gets the careful answer.
    const mark = stage.platform.logins.findIndex((one) => one.branch.name === name && one.name.endsWith('-emptied'))
    stage.platform.logins.splice(mark, 1)
    expect(await policies()).toEqual(['copy', 'copy'])
  })

  it('that cannot be emptied is never handed out and goes again', async () => {
    const database = { empty: () => Promise.reject(new RefusedError('a row would remain')) }
    const run = stage.open({}, { database: database as never })
    const spec = specOf(name)
    await expect(run.create(spec)).rejects.toThrow('a row would remain')
    expect(await stage.open().find(name)).toBeUndefined()
    expect((await run.leftovers!(name)).map((one) => one.name)).toEqual(names())
    expect(names()).toHaveLength(1)
    await run.abandon!(spec.claim.build)
    expect(names()).toEqual([])
  })

  it('loses the race for the name without a trace', async () => {
    const off = stage.platform.before(`PATCH ${branches}/{branch}`, () => {
      off()
      stage.platform.add({ name, parent: 'main' })
    })
    await expect(stage.open().create(specOf(name))).rejects.toThrow(`"${name}" exists on PlanetScale already`)
    expect(names()).toEqual([name])
  })

  it('goes on when the answer to the order was lost: the name aside is nobody else’s', async () => {
    stage.platform.fault({ operation: `POST ${branches}`, kind: 'lost' })
    expect((await stage.open().create(specOf(name))).branch.name).toBe(name)
  })

  it('is kept by a swap, too', async () => {
    const { branch } = await stage.open().create(specOf(name))
    const { branch: after } = await stage.open().reset!(branch, specOf(name))
    expect(after.claim).toMatchObject({ dataPolicy: 'schema_only' })
    expect(await customers(await stage.open().connection(after))).toBe(0)
  })
})

describe('masked', () => {
  it('is masked aside by a login that is no superuser, and has its name only then', async () => {
    // The roles of PlanetScale are members of the one that owns what is in a branch, and no superusers.
    const { owner } = databases.shop
    const off = stage.platform.before(`GET ${branches}/{branch}/roles/{id}`, async () => {
      const mark = stage.platform.logins.find((one) => one.branch.name.startsWith(name) && one.name.endsWith('-masked'))
      if (!mark) return
      await databases.server.sql(
        'postgres',
        `ALTER ROLE "${mark.username}" NOSUPERUSER; GRANT ${owner}, postgres TO "${mark.username}";
         ALTER DATABASE "${mark.branch.database}" OWNER TO ${owner}`,
      )
    })
    let waiting: string[] = []
    const unwatch = stage.platform.before(`PATCH ${branches}/{branch}`, () => void (waiting = names()))
    const spec = maskedSpec(name)
    const { branch, notes } = await stage.open().create(spec)
    off()
    unwatch()
    expect(waiting).toEqual([expect.stringMatching(`^${name}-dbbranch-new-[0-9a-f]{8}$`)])
    expect(notes.join('\n')).toContain(spec.claim.masked?.key)
    expect(branch.claim).toEqual({ kind: 'name', parent: 'main', dataPolicy: 'masked' })
    expect((await stage.open().find(name))?.claim).toEqual(branch.claim)
    const connection = await stage.open().connection(branch)
    expect(await customers(connection)).toBe(10)
    const originals = await originalsOf(databases)
    expect(await foundIn((text) => ask<Record<string, string>>(connection, text), originals)).toEqual([])
    // A branch with the marks of both is not of our making, and gets the careful answer.
    stage.platform.logins.push({
      ...stage.platform.logins.find((one) => one.branch.name === name && one.name.endsWith('-masked'))!,
      id: 'another',
      name: 'db-branch-action-42-emptied',
    })
    expect((await stage.open().find(name))?.claim).toMatchObject({ dataPolicy: 'copy' })
  })

  it('that cannot be masked is never handed out and goes again', async () => {
    const run = stage.open()
    const spec = maskedSpec(name, {}, shopMasking(['orders']))
    await expect(run.create(spec)).rejects.toThrow('public.orders.note')
    expect(await stage.open().find(name)).toBeUndefined()
    expect((await run.leftovers!(name)).map((one) => one.name)).toEqual(names())
    await run.abandon!(spec.claim.build)
    expect(names()).toEqual([])
  })

  it('by rules that nobody gave is refused before anything is written', async () => {
    const create = () => stage.open().create(specOf(name, { dataPolicy: 'masked' }))
    const sent = await stage.requests(() => expect(create()).rejects.toThrow(/no rule says how/))
    expect(sent.filter((request) => !request.startsWith('GET'))).toEqual([])
  })
})

describe('the way in', () => {
  it('is direct and pooled, with certificates checked, where the host is a real one, and proven by a login', async () => {
    const { branch } = await stage.open().create(specOf(name, { dataPolicy: 'copy' }))
    const direct = await stage.open().connection(branch)
    expect(direct).toMatchObject({ host: databases.host, port: databases.port })
    expect(direct.pooledUrl).toBeUndefined()
    const real = 'us-east.pg.psdb.cloud'
    const change = (body: unknown) => ({ ...(body as object), access_host_url: real, ready: true })
    stage.platform.fault({ operation: `POST ${branches}/{branch}/roles`, kind: 'rewrite', change })
    const run = stage.open({}, { signal: AbortSignal.timeout(5000) })
    const failed = await stage.sentence(() => run.connection(branch))
    expect(failed).toContain(real)
    const [url = '', pooled] = run.ports.masked.filter((text) => text.startsWith('postgresql://'))
    expect(url).toMatch(/@us-east\.pg\.psdb\.cloud:5432\/ps_[0-9a-f]+\?sslmode=verify-full$/)
    expect(pooled).toBe(url.replace(':5432/', ':6432/'))
  })

  it('lets a later login change what an earlier one made, and go after a day', async () => {
    const { branch } = await stage.open().create(specOf(name, { dataPolicy: 'copy' }))
    // Not superusers, as on PlanetScale, but members of postgres.
    const demote = async () => {
      for (const login of stage.platform.logins.filter((one) => one.branch.name === name))
        await databases.server.sql(
          'postgres',
          `ALTER ROLE "${login.username}" NOSUPERUSER; GRANT postgres TO "${login.username}"`,
        )
    }
    const first = await stage.open().connection(branch)
    await demote()
    await ask(first, 'CREATE TABLE notes (text text); SET ROLE NONE; CREATE TABLE its_own (text text)')
    const second = await stage.open().connection(branch)
    await demote()
    await ask(second, 'ALTER TABLE notes ADD COLUMN author text')
    for (const login of stage.platform.logins) login.createdAt = new Date(0)
    const run = stage.open()
    await ask(await run.connection(branch), 'DROP TABLE notes')
    expect(run.ports.lines.filter((line) => line.startsWith('Removing'))).toEqual([])
    expect(stage.platform.logins.filter((one) => one.branch.name === name)).toHaveLength(1)
    await expect(ask(first, 'SELECT 1')).rejects.toThrow(/does not exist|password/)
  })

  it.each([
    ['reader', ['pg_read_all_data']],
    ['readwriter', ['pg_read_all_data', 'pg_write_all_data']],
  ])('role %s can do no more than that', async (role, roles) => {
    const { branch } = await stage.open().create(specOf(name, { dataPolicy: 'copy' }))
    const connection = await stage.open({ role }).connection(branch)
    expect(stage.platform.logins.at(-1)?.roles).toEqual(roles)
    expect(await customers(connection)).toBe(10)
    const write = ask(connection, insert)
    if (role === 'reader') await expect(write).rejects.toThrow('permission denied')
    else await write
  })

  it('says that the role never came', async () => {
    const { branch } = await stage.open().create(specOf(name, { dataPolicy: 'copy' }))
    const off = stage.platform.before(`GET ${branches}/{branch}/roles/{id}`, () => {
      throw new Refusal({ status: 500, body: { code: 'internal', message: 'no' } })
    })
    await expect(stage.open().connection(branch)).rejects.toThrow(`Waiting for the role of "${name}" failed`)
    off()
  })
})
