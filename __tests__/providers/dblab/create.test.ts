import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { ConflictError, ProviderError } from '../../../src/errors.js'
import { LostAnswerError } from '../../../src/http/api.js'
import type { BranchSpec } from '../../../src/ports.js'
import { Secret } from '../../../src/secret.js'
import { customers } from '../../fixtures/platform.js'
import { ask, specOf } from '../../fixtures/postgres.js'
import { startWeb } from '../../fixtures/web.js'
import { customerCount, type Stage, startStage } from './stage.js'

let stage: Stage
let count = 0

beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

/** The claims of tests say that they were written in November. */
const beforeClaims = '2026-02-01T03:00:00Z'

/** A name that no other test uses. */
const fresh = () => `pr-${(count += 1)}`
const copy = (change: Partial<BranchSpec> = {}) => specOf(fresh(), { dataPolicy: 'copy', ...change })

async function failure(work: Promise<unknown>): Promise<Error> {
  return work.then(
    () => new Error('It succeeded.'),
    (error: unknown) => error as Error,
  )
}

describe('a new branch', () => {
  it('is made and reached with one request and the looks at it', async () => {
    const provider = stage.open()
    const spec = copy()
    stage.requests()
    expect(await provider.find(spec.name)).toBeUndefined()
    expect(stage.requests()).toEqual(['GET /clones'])
    const { branch } = await provider.create(spec)
    await provider.connection(branch)
    expect(stage.requests()).toEqual(['POST /clone', `GET /clone/${spec.name}`])
    const again = stage.open()
    await again.connection((await again.find(spec.name))!)
    expect(stage.requests()).toEqual(['GET /clones'])
  })

  it('tells its id as soon as the engine has answered', async () => {
    const provider = stage.open()
    const made: string[] = []
    const spec = copy({ onMade: (id) => void made.push(`${stage.engine.clones.get(spec.name)?.status} ${id}`) })
    const { branch } = await provider.create(spec)
    expect(made[0]).toBe(`CREATING ${branch.id}`)
  })

  it('has a password that nobody is told, the same for every job with the key and another for every other', async () => {
    const provider = stage.open()
    const { branch } = await provider.create(copy())
    const { password, url, username } = await provider.connection(branch)
    expect(username).toBe('db_branch_42')
    expect(password.reveal()).toMatch(/^[\w-]{32}$/)
    expect(provider.ports.masked).toEqual(expect.arrayContaining([password.reveal(), url.reveal()]))
    expect(provider.ports.lines.join('\n')).not.toContain(password.reveal())
    const elsewhere = stage.open({}, { repository: 43 })
    expect((await elsewhere.find(branch.name))?.claim).toEqual({
      kind: 'unreadable',
      why: 'its user is "db_branch_42", and this action makes "db_branch_43"',
    })
  })

  it('is empty in every database of the clone', async () => {
    await stage.databases.server.sql('postgres', 'CREATE TABLE salaries AS SELECT 1 AS salary')
    await stage.engine.refresh(beforeClaims)
    const provider = stage.open()
    const { branch, notes } = await provider.create(specOf(fresh()))
    expect(notes).toContain('Emptied the other databases of the clone as well: "postgres", "template1".')
    const connection = await provider.connection(branch)
    const other = new URL(connection.url.reveal())
    other.pathname = '/postgres'
    expect(await ask({ ...connection, url: new Secret(other.href) }, 'SELECT * FROM salaries')).toEqual([])
    expect(await customers(connection)).toBe(0)
  })

  it('starts from the snapshot that point_in_time names', async () => {
    const [old] = [...stage.engine.branches.values()]
    await stage.databases.server.sql('main', `UPDATE customers SET name = 'Changed'`)
    await stage.engine.refresh(beforeClaims)
    const provider = stage.open()
    const { branch } = await provider.create(copy({ pointInTime: old!.id }))
    const connection = await provider.connection(branch)
    expect(await ask(connection, `SELECT FROM customers WHERE name = 'Changed'`)).toEqual([])
  })
})

describe('a lost answer', () => {
  it.each(['reset', 500, 502] as const)(
    'to the order (%s) is followed up, and nothing is ordered twice',
    async (answer) => {
      const provider = stage.open()
      const made: string[] = []
      const lost = stage.engine.fault({ operation: 'POST /clone', kind: 'lost', answer })
      stage.requests()
      const { branch } = await provider.create(copy({ onMade: (id) => void made.push(id) }))
      lost.remove()
      expect([lost.hits, made]).toEqual([1, [branch.id]])
      expect(stage.requests().filter((request) => request.startsWith('POST'))).toHaveLength(1)
      expect(await provider.find(branch.name)).toEqual(branch)
    },
  )

  it("to an order that came too late leaves the other run's branch alone", async () => {
    const spec = copy()
    const { branch } = await stage.open().create(spec)
    const fault = stage.engine.fault({ operation: 'POST /clone', kind: 'reset' })
    const provider = stage.open()
    await expect(provider.create({ ...copy(), name: spec.name })).rejects.toThrow(ConflictError)
    fault.remove()
    expect(await provider.find(spec.name)).toEqual(branch)
  })

  it('to an order that was never heard is the failure it is', async () => {
    const fault = stage.engine.fault({ operation: 'POST /clone', kind: 'reset' })
    const provider = stage.open()
    const spec = copy()
    expect(await failure(provider.create(spec))).toBeInstanceOf(LostAnswerError)
    fault.remove()
    expect(await provider.find(spec.name)).toBeUndefined()
  })
})

describe('another run that makes the same branch', () => {
  it("is told by the clone's date when the engine took both orders", async () => {
    const change = (body: unknown) => ({ ...(body as object), createdAt: '2026-11-22T09:00:00Z' })
    const fault = stage.engine.fault({ operation: 'GET /clone/{id}', kind: 'rewrite', times: 99, change })
    await expect(stage.open().create(copy())).rejects.toThrow(ConflictError)
    fault.remove()
  })

  it("is told by the clone's server when both orders fell into the same second", async () => {
    const spec = copy()
    const other = { ...spec, claim: { ...spec.claim, build: 'ffffffffffffffff' } }
    // The engine answers us and makes the clone of the other order.
    const provider = stage.open(
      {},
      {
        fetch: (url, init) =>
          fetch(
            url,
            init?.method === 'POST'
              ? { ...init, body: (init.body as string).replace(spec.claim.build, other.claim.build) }
              : init,
          ),
      },
    )
    await expect(provider.create(spec)).rejects.toThrow(`another run made "${spec.name}"`)
    expect(await provider.find(spec.name)).toMatchObject({ unfinished: true })
  })
})

describe('a run that dies', () => {
  it.each(['survey', 'empty'])(
    'before the claim is written (%s) leaves a branch that every later run knows as half-built',
    async (step) => {
      const provider = stage.open({}, step === 'empty' ? { database: { ...dying } } : {})
      const spec = specOf(fresh())
      if (step === 'survey') {
        const fault = stage.engine.fault({ operation: 'GET /clone/{id}', kind: 'html', status: 200 })
        expect(await failure(provider.create(spec))).toBeInstanceOf(ProviderError)
        fault.remove()
      } else await expect(provider.create(spec)).rejects.toThrow('killed')
      const found = await stage.open().find(spec.name)
      expect(found).toMatchObject({ claim: { kind: 'name', parent: 'main' }, unfinished: true })
      expect(Date.now() - Date.parse(found!.createdAt!)).toBeLessThan(60_000)
    },
  )
})

const dying = {
  empty: () => Promise.reject(new Error('killed')),
  sign: () => Promise.reject(new Error('killed')),
  readClaim: () => Promise.resolve({ kind: 'none' as const }),
  copyLedgers: () => Promise.resolve([]),
  maskInPlace: () => Promise.reject(new Error('killed')),
  fillMasked: () => Promise.reject(new Error('killed')),
}

describe('sentences', () => {
  const host = () => new URL(stage.engine.url).host
  const sentence = async (change: Parameters<Stage['open']>[0], spec: BranchSpec) =>
    (await failure(stage.open(change).create(spec))).message.replace(host(), 'HOST')
  const named = (name: string, change: Partial<BranchSpec> = {}) => specOf(name, { dataPolicy: 'copy', ...change })

  it('a parent that is not there', async () => {
    expect(await sentence({}, named('pr-900', { parent: 'nowhere' }))).toBe(
      'Creating "pr-900" from "nowhere" failed: there is no such branch on this DBLab instance (POST HOST/api/clone → 400 BAD_REQUEST). Check "parent_branch".',
    )
  })

  it('a wrong key', async () => {
    expect(await sentence({ apiKey: new Secret('key-of-somebody') }, named('pr-901'))).toBe(
      'Creating "pr-901" from "main" failed: DBLab does not know the key (POST HOST/api/clone → 401 UNAUTHORIZED). Check "api_key".',
    )
  })

  it('a wrong address, where everything is "not found"', async () => {
    const body = '{"code":"NOT_FOUND","message":"Requested object does not exist. Specify your request."}'
    const web = await startWeb((_request, response) => void response.writeHead(404).end(body))
    const provider = stage.open({ apiUrl: web.url })
    const { message } = await failure(provider.find('pr-902'))
    expect(message.replace(new URL(web.url).host, 'HOST')).toBe(
      'Reading "pr-902" failed: there is no DBLab Engine at this address (GET HOST/clones → 404 NOT_FOUND). Check "api_url": it ends with "/api" at the port of the user interface (2346), and with the port of the API (2345).',
    )
    const branch = { id: 'pr-902@', name: 'pr-902', claim: { kind: 'none' } } as const
    await expect(provider.delete(branch)).rejects.toThrow(ProviderError)
    await web.close()
  })

  it('no engine at all', async () => {
    const web = await startWeb()
    await web.close()
    const { message } = await failure(stage.open({ apiUrl: web.url }).list())
    expect(message.replaceAll(String(web.port), '2345')).toBe(
      'Listing the branches failed: DBLab gave no answer (GET 127.0.0.1:2345/clones: connect ECONNREFUSED 127.0.0.1:2345). Check "api_url" and that the runner can reach it, and run the job again.',
    )
  })

  it('a snapshot that is not there', async () => {
    expect(await sentence({}, named('pr-903', { pointInTime: 'nonsense' }))).toBe(
      'Creating "pr-903" from "main" failed: there is no such snapshot on this DBLab instance (POST HOST/api/clone → 400 BAD_REQUEST). Check "point_in_time", and that the instance has finished its first snapshot.',
    )
    expect(await sentence({}, named('pr-903', { pointInTime: 'dblab_pool/branch/main@20200101000000' }))).toBe(
      'Creating "pr-903" from "main" failed: there is no such snapshot on this DBLab instance (POST HOST/api/clone → 500 INTERNAL_ERROR). Check "point_in_time", and that the instance has finished its first snapshot.',
    )
  })

  it('a snapshot of another parent', async () => {
    const { id } = [...stage.engine.branches.values()][0]!
    stage.engine.branches.set('dev', stage.engine.branches.get('main')!)
    expect(await sentence({}, named('pr-904', { parent: 'dev', pointInTime: id }))).toBe(
      'Creating "pr-904" from "dev" failed: the snapshot of "point_in_time" is one of the branch "main". Check "parent_branch" and "point_in_time".',
    )
  })

  it('no port left', async () => {
    stage.engine.failNext('failed to get a free port')
    expect(await sentence({}, named('pr-905'))).toBe(
      'Creating "pr-905" from "main" failed: the DBLab instance has no port left for another clone. Delete clones, or widen "provision.portPool" of the instance, and run the job again.',
    )
    const provider = stage.open()
    const found = await provider.find('pr-905')
    expect(found).toMatchObject({ claim: { kind: 'name' }, unfinished: true })
    expect(await provider.delete(found!)).toBe('deleted')
    expect(await provider.find('pr-905')).toBeUndefined()
  })

  it('a clone that does not start, without the words of the engine', async () => {
    stage.engine.failNext('docker run --env PASSWORD=swordfish')
    expect(await sentence({}, named('pr-906'))).toBe(
      'Creating "pr-906" from "main" failed: DBLab could not start the clone. Look at the log of the engine ("docker logs dblab_server") and run the job again.',
    )
  })

  it('what is left of a former clone is a lost race, which is run again', async () => {
    stage.engine.failNext('clone "pr-907" is already exists; skipping')
    await expect(stage.open().create(named('pr-907'))).rejects.toThrow(ConflictError)
  })

  it.each([
    ['html', { kind: 'html', status: 200 }],
    ['truncated', { kind: 'truncated' }],
    ['wrong type', { kind: 'wrong-type' }],
    ['empty', { kind: 'empty' }],
  ] as const)('an answer that is %s is an error, never an empty list', async (_name, fault) => {
    for (const work of [
      () => stage.open().list(),
      () => stage.open().find('pr-1'),
      () => stage.open().delete({ id: 'pr-1@', name: 'pr-1', claim: { kind: 'none' } }),
    ]) {
      const struck = stage.engine.fault({ operation: 'GET /clones', ...fault })
      await expect(work()).rejects.toThrow(ProviderError)
      struck.remove()
      expect(struck.hits).toBe(1)
    }
  })

  it('hold neither the key nor the password', async () => {
    const provider = stage.open()
    const fault = stage.engine.fault({
      operation: 'POST /clone',
      kind: 'status',
      status: 422,
      message: 'said-by-the-engine',
    })
    const error = await failure(provider.create(named('pr-908')))
    fault.remove()
    const told = `${error.message} ${String(error.stack)} ${provider.ports.lines.join(' ')}`
    const sent = stage.engine.journal.at(-1)?.body as { db: { password: string } }
    for (const secret of [stage.engine.key, sent.db.password, 'said-by-the-engine']) expect(told).not.toContain(secret)
  })
})

it('the customers of the parent are all there', async () => {
  const provider = stage.open()
  const { branch } = await provider.create(copy())
  expect(await customers(await provider.connection(branch))).toBe(customerCount)
})
