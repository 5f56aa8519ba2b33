import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { ProviderError } from '../../../src/errors.js'
import { ask, specOf } from '../../fixtures/postgres.js'
import { testClock } from '../../fixtures/clock.js'
import { Secret } from '../../../src/secret.js'
import { type Stage, startStage } from './stage.js'

let stage: Stage

beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

const copy = (name: string) => specOf(name, { dataPolicy: 'copy' })
const user = 'db_branch_42'

describe('a listing', () => {
  it('of 100 clones is one request, logs in to none, and tells of each what the engine does', async () => {
    const { engine } = stage
    for (let number = 1; number <= 97; number++) engine.plant({ id: `pr-${number}`, username: user, branch: 'dev' })
    engine.plant({ id: 'somebody', username: 'joe' })
    engine.plant({ id: 'kept', username: user, protected: true })
    engine.plant({ id: 'failed', username: user, status: 'FATAL' })
    stage.requests()
    const provider = stage.open()
    const { items, complete } = await provider.list()
    expect([items.length, complete, stage.requests()]).toEqual([100, true, ['GET /clones']])
    expect(provider.ports.masked).toEqual([])
    expect(items.find(({ name }) => name === 'pr-7')).toEqual({
      id: expect.stringMatching(/^pr-7@2\d{3}-.*Z$/),
      name: 'pr-7',
      claim: { kind: 'name', parent: 'dev' },
      createdAt: expect.stringMatching(/Z$/),
    })
    expect(items.find(({ name }) => name === 'somebody')?.claim).toEqual({
      kind: 'unreadable',
      why: 'its user is "joe", and this action makes "db_branch_42"',
    })
    expect(items.find(({ name }) => name === 'kept')?.protection).toBe('DBLab protects the clone from deletion')
    expect(items.find(({ name }) => name === 'failed')?.unfinished).toBe(true)
    engine.clones.clear()
  })

  it('reads the dates of an engine in any time zone, and one without a date', async () => {
    const { engine } = stage
    engine.plant({ id: 'pr-1', username: user, createdAt: '2026-11-22T10:00:00+02:00' })
    engine.plant({ id: 'pr-2', username: user, createdAt: '' })
    const { items } = await stage.open().list()
    expect(items.map(({ id, createdAt }) => [id, createdAt])).toEqual([
      ['pr-2@', undefined],
      ['pr-1@2026-11-22T08:00:00.000Z', '2026-11-22T08:00:00.000Z'],
    ])
    engine.clones.clear()
  })
})

describe('a clone', () => {
  it('of another repository or key is recognised by the password that it refuses', async () => {
    const account = { role: 'app' }
    const { branch } = await stage.open(account).create(copy('pr-10'))
    const refused = {
      kind: 'unreadable',
      why: 'it refuses our password, so another repository or another "api_key" made it',
    }
    const elsewhere = await stage.open(account, { repository: 43 }).find('pr-10')
    expect(elsewhere).toMatchObject({ id: branch.id, claim: refused })
    expect(elsewhere?.unfinished).toBeUndefined()
    const key = new Secret('key-that-was-changed')
    // The engine's key is checked by the engine; here only what it means for the password.
    const changed = stage.open({ ...account, apiKey: key }, { fetch: withKey(stage.engine.key) })
    expect((await changed.find('pr-10'))?.claim).toEqual(refused)
  })

  it('whose database was dropped by its own tests is a half-built one, not a failure', async () => {
    const provider = stage.open()
    const connection = await provider.connection((await provider.create(copy('pr-11'))).branch)
    const other = new URL(connection.url.reveal())
    other.pathname = '/postgres'
    const elsewhere = { ...connection, url: new Secret(other.href) }
    await ask(elsewhere, 'DROP DATABASE main WITH (FORCE)')
    expect(await provider.find('pr-11')).toMatchObject({ claim: { kind: 'name' }, unfinished: true })
    await ask(elsewhere, 'CREATE DATABASE main')
    expect(await provider.find('pr-11')).toMatchObject({ claim: { kind: 'name' }, unfinished: true })
  })

  it('of a snapshot that was taken of a branch does not inherit its claim', async () => {
    const { engine } = stage
    const provider = stage.open()
    await provider.create(copy('pr-12'))
    await engine.commit('pr-12', 'feature')
    // A run that dies before it signs, for another and for the same pull request.
    const dies = (name: string) =>
      stage
        .open({}, { database: { ...provider.ports.database, sign: () => Promise.reject(new Error('killed')) } })
        .create({ ...copy(name), parent: 'feature' })
    await expect(dies('pr-13')).rejects.toThrow('killed')
    await provider.delete((await provider.find('pr-12'))!)
    await expect(dies('pr-12')).rejects.toThrow('killed')
    for (const name of ['pr-12', 'pr-13']) {
      expect(await provider.find(name)).toMatchObject({ claim: { kind: 'name', parent: 'feature' }, unfinished: true })
    }
  })

  it('that the engine works on is waited for, and told of in the log', async () => {
    stage.engine.plant({ id: 'pr-14', username: user, status: 'CREATING', cluster: undefined })
    const provider = stage.open({}, { clock: testClock() })
    await expect(provider.find('pr-14')).rejects.toThrow(
      'Clone "pr-14" was not ready after 300 s: DBLab says CREATING. Look at it on the platform and run the job again.',
    )
    expect(provider.ports.lines[0]).toBe('Clone "pr-14" is not ready yet: DBLab says CREATING.')
    expect(provider.ports.lines).toHaveLength(20)
  })

  it('that failed is half-built, and one that goes while it is waited for is absent', async () => {
    const { engine } = stage
    engine.plant({ id: 'pr-15', username: user, status: 'FATAL', message: 'no' })
    expect(await stage.open().find('pr-15')).toMatchObject({ claim: { kind: 'name' }, unfinished: true })
    engine.plant({ id: 'pr-16', username: user, status: 'DELETING' })
    const off = engine.before('GET /clone/{id}', () => void engine.clones.delete('pr-16'))
    expect(await stage.open().find('pr-16')).toBeUndefined()
    off()
  })

  it('that cannot be reached is a failure, and never an absent or half-built one', async () => {
    const { cluster } = stage.engine.clones.get('pr-10')!
    stage.engine.plant({ id: 'pr-17', username: user, cluster: { ...cluster!, port: 9 } })
    const error = await stage
      .open()
      .find('pr-17')
      .catch((reason: unknown) => reason as Error)
    expect(error).toBeInstanceOf(ProviderError)
    expect((error as Error).message).toMatch(/^Connecting to "postgres" on 127\.0\.0\.1:9 failed: .*reach its branches/)
  })

  it('that is called ready without a port is not taken for one', async () => {
    stage.engine.plant({ id: 'pr-18', username: user })
    await expect(stage.open().find('pr-18')).rejects.toThrow(
      'Connecting to "pr-18" failed: DBLab calls it ready and gives no port.',
    )
  })
})

describe('the way to a branch', () => {
  it('is asked for by its id, and never that of a clone made anew', async () => {
    const provider = stage.open()
    const branch = await provider.find('pr-13')
    await expect(provider.connection({ ...branch!, id: 'pr-13@2020-01-01T00:00:00.000Z' })).rejects.toThrow(
      'Connecting to "pr-13" failed: the branch was removed or made anew. Run the job again.',
    )
  })

  it('goes to the host that the engine names, or to where its API is', async () => {
    const provider = stage.open()
    const branch = (await provider.find('pr-13'))!
    const change = (body: unknown) =>
      (body as { db: object }[]).map((clone) => ({ ...clone, db: { ...clone.db, host: 'clones.example' } }))
    const fault = stage.engine.fault({ operation: 'GET /clones', kind: 'rewrite', change })
    expect((await stage.open().connection(branch)).host).toBe('clones.example')
    fault.remove()
    const { host, url } = await stage
      .open({ apiUrl: stage.engine.url.replace('127.0.0.1', 'localhost') })
      .connection(branch)
    expect([host, new URL(url.reveal()).hostname]).toEqual(['localhost', 'localhost'])
  })
})

/** Sends every request with the engine's own key. */
function withKey(key: string): (url: string, init?: RequestInit) => Promise<Response> {
  return (url, init) => fetch(url, { ...init, headers: { ...(init?.headers as object), 'Verification-Token': key } })
}
