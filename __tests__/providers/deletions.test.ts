import { describe, expect, it } from '@jest/globals'
import type { Branch } from '../../src/domain/branch.js'
import type { PlatformAccount, PlatformPorts, Provider } from '../../src/ports.js'
import { createDblabProvider } from '../../src/providers/dblab.js'
import { createNeonProvider } from '../../src/providers/neon.js'
import { annotationOf } from '../../src/providers/neon/claim.js'
import { createPlanetScaleProvider } from '../../src/providers/planetscale.js'
import { createRestProvider } from '../../src/providers/rest.js'
import { createSupabaseProvider } from '../../src/providers/supabase.js'
import { createXataLiteProvider } from '../../src/providers/xata-lite.js'
import { createXataProvider } from '../../src/providers/xata.js'
import { Secret } from '../../src/secret.js'
import { claimOf } from '../fixtures/claim.js'
import { testClock } from '../fixtures/clock.js'

/** What a platform answers to a request, one after the other, the last one for ever; `lost` breaks the connection. */
type Answer = 'lost' | number | readonly [status: number, body: unknown]
type Script = Readonly<Record<string, readonly Answer[]>>

const account: PlatformAccount = {
  apiUrl: 'https://platform.example',
  allowHttp: false,
  apiKey: new Secret('key-0123456789'),
  organization: 'o',
  project: 'abcdefghijklmnopqrst',
  database: 'd',
  role: '',
  region: 'r',
}

/** The outcome or the message of a deletion, and every request that it sent. */
async function deletion(
  create: (account: PlatformAccount, ports: PlatformPorts) => Provider,
  script: Script,
  work: (provider: Provider) => Promise<unknown>,
) {
  const sent: string[] = []
  const info: string[] = []
  const clock = testClock()
  const answered = new Map<string, number>()
  const ports: PlatformPorts = {
    repository: 42,
    async fetch(url, init) {
      const { pathname, search } = new URL(url)
      const call = `${init?.method} ${pathname}`
      sent.push(call + search)
      const answers = script[call]
      if (!answers) throw new Error(`Nobody answers ${call}.`)
      const count = answered.get(call) ?? 0
      answered.set(call, count + 1)
      const answer = answers[Math.min(count, answers.length - 1)]!
      if (answer === 'lost') throw new TypeError('fetch failed')
      const [status, body] = typeof answer === 'number' ? [answer, undefined] : answer
      return new Response(body === undefined ? null : JSON.stringify(body), { status })
    },
    database: {} as PlatformPorts['database'],
    mask: () => undefined,
    info: (line) => void info.push(line),
    clock,
    random: () => 'random',
    signal: new AbortController().signal,
  }
  const told = await work(create(account, ports)).catch((error: unknown) => (error as Error).message)
  return { told, sent, info, waits: clock.waits }
}

const branch = (change: Partial<Branch> = {}): Branch => ({
  id: 'b1',
  name: 'pr-1',
  claim: { kind: 'name' },
  ...change,
})
const deleted = (change?: Partial<Branch>) => (provider: Provider) => provider.delete(branch(change))

describe('Neon', () => {
  const place = '/projects/abcdefghijklmnopqrst'
  const erase = `DELETE ${place}/branches/b1`
  const list = `GET ${place}/operations`
  const one = `GET ${place}/operations/op1`
  const operation = (status: string, id = 'op1') => ({ id, status, action: 'suspend' })
  const run = (script: Script, change?: Partial<Branch>) => deletion(createNeonProvider, script, deleted(change))
  const taken = (status: string): Answer => [200, { operations: [operation(status)] }]

  it.each<[string, Branch['claim'], string]>([
    ['rows', { kind: 'claim', claim: claimOf({ dataPolicy: 'copy' }) }, '?hard_delete=true'],
    ['masked rows', { kind: 'claim', claim: claimOf({ dataPolicy: 'masked' }) }, '?hard_delete=true'],
    ['nobody knows what', { kind: 'none' }, '?hard_delete=true'],
    ['no rows', { kind: 'claim', claim: claimOf() }, ''],
  ])('deletes a branch with %s by its id, for good where rows were in it', async (_what, claim, query) => {
    const { told, sent } = await run({ [erase]: [taken('finished')] }, { claim })
    expect([told, sent]).toEqual(['deleted', [erase + query]])
  })

  it.each([204, 404])('calls it absent where Neon says so: %d', async (status) => {
    const { told, sent } = await run({ [erase]: [status], [list]: [500] })
    expect([told, sent]).toEqual(['absent', [`${erase}?hard_delete=true`]])
  })

  it('waits until its operations are over, also those that the list lacks', async () => {
    const busy = [200, { operations: [operation('running')] }] as const
    const others = [200, { operations: [operation('running', 'op2')] }] as const
    const over = [200, { operation: operation('skipped') }] as const
    const { told, sent, info, waits } = await run({
      [erase]: [taken('running')],
      [list]: [busy, others],
      [one]: [over],
    })
    expect(told).toBe('deleted')
    expect(sent.slice(1)).toEqual([`${list}?limit=100`, `${list}?limit=100`, one])
    expect(info).toEqual(['Deleting "pr-1" is not ready yet: Neon\'s operation suspend is not over.'])
    expect(waits[0]).toBe(1000)
  })

  it.each(['failed', 'error', 'cancelled'])('tells an operation that %s', async (status) => {
    const sentence = `Deleting "pr-1" failed: Neon's operation suspend ended as "${status}". Look at the operations of the project and run the job again.`
    expect((await run({ [erase]: [taken(status)] })).told).toBe(sentence)
    expect((await run({ [erase]: [taken('running')], [list]: [taken(status)] })).told).toBe(sentence)
  })

  it('says what it was doing when Neon refuses', async () => {
    expect((await run({ [erase]: [422] })).told).toMatch(/^Deleting "pr-1" failed: Neon refused/)
  })

  it('gives a build up by its claim alone, and the branch that it put aside its name back', async () => {
    const branches = `GET ${place}/branches`
    const row = (id: string, name: string, build?: string, more: object = {}) => ({
      row: { id, name, current_state: 'ready', default: false, protected: false, created_at: made, ...more },
      mark: build === undefined ? {} : { value: annotationOf(claimOf({ build, createdAt: made })) },
    })
    const made = '2026-11-22T07:59:00Z'
    const build = '0a1b2c3d00000000'
    const all = (...rows: ReturnType<typeof row>[]): Answer => [
      200,
      {
        branches: rows.map((each) => each.row),
        annotations: Object.fromEntries(rows.flatMap(({ row: { id }, mark }) => ('value' in mark ? [[id, mark]] : []))),
      },
    ]
    const given = async (...rows: ReturnType<typeof row>[]) => {
      const script = {
        [branches]: [all(...rows)],
        [`DELETE ${place}/branches/new`]: [204],
        [`PATCH ${place}/branches/old`]: [[200, { branch: {}, operations: [] }]],
      } satisfies Script
      const { sent, told } = await deletion(createNeonProvider, script, (provider) => provider.abandon!(build))
      expect(told).toBeUndefined()
      return sent.slice(1).map((call) => call.replace(/ .*\//, ' ').replace(/\?.*/, ''))
    }
    const fresh = row('new', 'pr-7.new-0a1b2c3d', build)
    const old = row('old', 'pr-7.old-0a1b2c3d', 'former')
    const standing = row('b7', 'pr-7', build)
    expect(await given(standing, fresh, old)).toEqual(['DELETE new'])
    expect(await given(fresh, old)).toEqual(['DELETE new', 'PATCH old'])
    expect(await given(standing, row('x', 'pr-7.new-ffffffff', 'other'))).toEqual([])
    expect(await given(row('x', 'pr-7.old-ffffffff', 'other'))).toEqual([])
    expect(await given(row('x', 'pr-7.new-0a1b2c3d'), row('y', 'pr-8.new-0a1b2c3d', build))).toEqual([])
  })

  it('lists anew after a deletion', async () => {
    const branches = `GET ${place}/branches`
    const script = { [erase]: [204], [branches]: [[200, { branches: [], annotations: {} }]] } satisfies Script
    const { sent } = await deletion(createNeonProvider, script, async (provider) => {
      await provider.list()
      await provider.delete(branch())
      await provider.leftovers!('pr-1')
    })
    expect(sent.map((call) => call.replace(/\?.*/, ''))).toEqual([branches, erase, branches])
  })
})

describe('on Neon', () => {
  const place = '/projects/abcdefghijklmnopqrst/branches'
  const row = (more: object = {}) => ({
    id: 'b1',
    name: 'x',
    current_state: 'ready',
    default: false,
    protected: false,
    created_at: 'then',
    ...more,
  })
  const read = async (
    branches: readonly object[],
    annotations: object,
    work: (provider: Provider) => Promise<unknown>,
  ) => (await deletion(createNeonProvider, { [`GET ${place}`]: [[200, { branches, annotations }]] }, work)).told

  it.each<[string, object, object]>([
    ['a plain one is free', {}, {}],
    ['the default one is protected', { default: true }, { protection: 'it is the default branch of the project' }],
    ['a protected one is protected', { protected: true }, { protection: 'it is protected on Neon' }],
    ['one with children is protected', { id: 'parent' }, { id: 'parent', protection: 'other branches are made from it', hasChildren: true }],
    ['a default one with children is the default one', { id: 'parent', default: true }, { id: 'parent', protection: 'it is the default branch of the project' }],
    ['one that is being made is unfinished', { current_state: 'init' }, { unfinished: true }],
  ])('%s', async (_what, more, told) => {
    const branches = [row(more), row({ id: 'child', name: 'child', parent_id: 'parent' })]
    expect(await read(branches, {}, (provider) => provider.find('x'))).toEqual({ id: 'b1', name: 'x', claim: { kind: 'none' }, createdAt: 'then', ...told })
  }) // prettier-ignore

  it.each<[string, string, number, object]>([
    ['a new one that is being built', 'pr-7.new-0a1b2c3d', 9 * 60_000, { leftover: true, alive: true }],
    ['a new one whose run must be dead', 'pr-7.new-0a1b2c3d', 10 * 60_000, { leftover: true }],
    ['an old one', 'pr-7.old-0a1b2c3d', 0, { leftover: true }],
    ['one of another branch', 'pr-8.new-0a1b2c3d', 0, {}],
    ['one that stands for itself', 'pr-7', 0, {}],
  ])('%s aside is told as such', async (_what, name, age, told) => {
    const claim = claimOf({ createdAt: new Date(testClock().now().getTime() - age).toISOString() })
    const annotations = { b1: { value: annotationOf(claim) } }
    expect(await read([row({ name })], annotations, (provider) => provider.find(name))).toEqual({ id: 'b1', name, claim: { kind: 'claim', claim }, ...told })
  }) // prettier-ignore
})

describe('Xata', () => {
  const place = '/organizations/o/projects/abcdefghijklmnopqrst/branches'
  const erase = `DELETE ${place}/b1`
  const run = (...answers: readonly Answer[]) => deletion(createXataProvider, { [erase]: answers }, deleted())

  it('is told once, by the id', async () => {
    const { told, sent } = await run(204)
    expect([told, sent]).toEqual(['deleted', [erase]])
  })

  it.each<[string, object, string | undefined]>([
    ['a plain one', {}, undefined],
    ['a root', { parentID: null }, 'it is a root branch of its project'],
    ['one with children', { id: 'parent' }, '"child" was made from it'],
  ])('protects %s as it should', async (_what, more, protection) => {
    const row = { id: 'b1', name: 'x', parentID: 'root', createdAt: 'then', description: 'of Ada' }
    const branches = [
      { ...row, ...more },
      { ...row, id: 'c', name: 'child', parentID: 'parent' },
    ]
    const script = { [`GET ${place}`]: [[200, { branches }]] } satisfies Script
    const { told } = await deletion(createXataProvider, script, (provider) => provider.list())
    expect((told as { items: Branch[] }).items[0]?.protection).toBe(protection)
  })

  it('calls it absent only where Xata says that this branch is not there', async () => {
    expect((await run([404, { message: 'branch [b1] not found' }])).told).toBe('absent')
    expect((await run([404, { message: 'project not found' }])).told).toMatch(/^Deleting "pr-1" failed: /)
    expect((await run(404)).told).toMatch(/^Deleting "pr-1" failed: /)
    expect((await run([400, { message: 'branch [b1] not found' }])).told).toMatch(/^Deleting "pr-1" failed: /)
  })
})

describe('Xata Lite', () => {
  const at = '/db/d:pr-1'
  const [erase, read, names] = [`DELETE ${at}`, `GET ${at}`, 'GET /dbs/d']
  const details = (id: string): Answer => [200, { id, branchName: 'pr-1', createdAt: '2026-11-22T08:00:00Z' }]
  const listed = (...all: string[]): Answer => [200, { branches: all.map((name) => ({ name })) }]
  const run = (script: Script) => deletion(createXataLiteProvider, script, deleted())

  it('compares the id right before, for it deletes by name', async () => {
    const { told, sent } = await run({ [read]: [details('b1')], [erase]: [200] })
    expect([told, sent]).toEqual(['deleted', [read, erase]])
    const other = await run({ [read]: [details('b2')] })
    expect([other.told, other.sent]).toEqual(['absent', [read]])
  })

  it.each<[string, Answer, string]>([
    ['it is not in the list', listed('main'), 'absent'],
    ['nothing is in the list', listed(), 'absent'],
    ['it is in the list', listed('main', 'pr-1'), 'Reading "pr-1" failed: Xata Lite lists it, but does not find it. Run the job again later.'],
  ])('calls one that is not found absent where %s', async (_what, list, outcome) => {
    const { told, sent } = await run({ [read]: [404], [names]: [list] })
    expect([told, sent]).toEqual([outcome, [read, names]])
  }) // prettier-ignore

  it('waits while it is locked, and compares again', async () => {
    const { told, sent, info, waits } = await run({ [read]: [details('b1')], [erase]: [409, 409, 404] })
    expect([told, sent]).toEqual(['absent', [read, erase, read, erase, read, erase]])
    expect(info).toEqual(['Branch "pr-1" is not ready yet: Xata Lite has locked it.'])
    expect(Math.max(...waits)).toBeLessThanOrEqual(5000)
    const anew = await run({ [read]: [details('b1'), details('b2')], [erase]: [409] })
    expect([anew.told, anew.sent]).toEqual(['absent', [read, erase, read]])
    const never = await run({ [read]: [details('b1')], [erase]: [409] })
    expect(never.told).toMatch(/^Branch "pr-1" was not ready after 1\d\d s: Xata Lite has locked it\./)
  })
})

describe('PlanetScale', () => {
  const all = '/organizations/o/databases/d/branches'
  const at = `${all}/pr-1`
  const [erase, read, list] = [`DELETE ${at}`, `GET ${at}`, `GET ${all}`]
  const row = (id: string, more: object = {}) => ({
    id,
    name: 'pr-1',
    ready: true,
    production: false,
    created_at: '2026-11-22T08:00:00Z',
    ...more,
  })
  const found = (id = 'b1'): Answer => [200, row(id)]
  const page = (...rows: object[]): Answer => [200, { data: rows, total_count: rows.length, next_page: null }]
  const run = (script: Script) => deletion(createPlanetScaleProvider, script, deleted())

  it('compares the id right before, and looks whether it is gone', async () => {
    const { told, sent } = await run({ [read]: [found(), 404], [erase]: [204] })
    expect([told, sent]).toEqual(['deleted', [read, erase, read]])
    const other = await run({ [read]: [found('b2')] })
    expect([other.told, other.sent]).toEqual(['absent', [read]])
    const anew = await run({ [read]: [found(), found('b2')], [erase]: [204] })
    expect([anew.told, anew.sent]).toEqual(['deleted', [read, erase, read]])
  })

  it('calls one that is not found absent only where the list proves it', async () => {
    const other = { ...row('b2'), name: 'main' }
    expect((await run({ [read]: [404], [list]: [page(other)] })).told).toBe('absent')
    const hidden = await run({ [read]: [404], [list]: [page(other, row('b1'))], [erase]: [404] })
    expect(hidden.told).toBe('deleted')
    const changing: Answer = [200, { data: [other], total_count: 2, next_page: null }]
    expect((await run({ [read]: [404], [list]: [changing] })).told).toBe(
      'Looking for "pr-1" failed: the list of branches changed while it was read. Run the job again.',
    )
  })

  it('asks once and waits while it is shown', async () => {
    const { told, sent, info } = await run({ [read]: [found(), found(), found(), 404], [erase]: [204] })
    expect([told, sent]).toEqual(['deleted', [read, erase, read, read, read]])
    expect(info).toEqual(['The deletion of "pr-1" is not ready yet: PlanetScale still shows it.'])
  })

  it('asks again while PlanetScale is busy with it, and once for children', async () => {
    const { told, sent, info } = await run({
      [read]: [found(), found(), found(), 404],
      [erase]: [422, 422, 204],
      [list]: [page(row('b1'))],
    })
    expect([told, sent.map((call) => call.replace(/\?.*/, ''))]).toEqual([
      'deleted',
      [read, erase, list, read, erase, read, erase, read],
    ])
    expect(info).toEqual(['The deletion of "pr-1" is not ready yet: PlanetScale is busy with it.'])
    const never = await run({ [read]: [found()], [erase]: [422], [list]: [page(row('b1'))] })
    expect(never.told).toMatch(/^Deleting "pr-1" failed: PlanetScale refused/)
    expect(never.sent.filter((call) => call === erase)).toHaveLength(14)
  })

  it('names the children that it has, three at most', async () => {
    const child = (name: string) => ({ ...row(name), name, parent_branch: 'pr-1' })
    const script = {
      [read]: [found()],
      [erase]: [422],
      [list]: [page(row('b1'), child('x'), child('y'), child('z'), child('a'))],
    }
    const { told, sent } = await run(script)
    expect(told).toBe('Deleting "pr-1" failed: "x", "y", "z" was made from it. Delete that first.')
    expect(sent.filter((call) => call === erase)).toHaveLength(1)
  })

  it.each([401, 403])('does not ask again after %d', async (status) => {
    const { told, sent } = await run({ [read]: [found()], [erase]: [status] })
    expect(told).toMatch(/^Deleting "pr-1" failed: /)
    expect(sent).toEqual([read, erase])
  })

  it('takes "not found" of one that it shows for a key that may not', async () => {
    expect((await run({ [read]: [found()], [erase]: [404] })).told).toMatch(
      /^Deleting "pr-1" failed: PlanetScale hides it from this key, although it shows the branch\./,
    )
    expect((await run({ [read]: [found(), 404], [erase]: [404] })).told).toBe('deleted')
  })

  it.each<[string, object, string | undefined]>([
    ['a plain one', {}, undefined],
    ['a production one', { production: true }, 'it is a production branch'],
    ['a protected one', { deletion_protected: true }, 'PlanetScale protects it from deletion'],
    ['the default one', { name: 'main' }, 'it is the default branch'],
    ['one with children', { name: 'parent' }, 'other branches were made from it'],
  ])('protects %s as it should', async (_what, more, protection) => {
    const child = { ...row('b2'), name: 'child', parent_branch: 'parent' }
    const script = {
      [list]: [page(row('b1', more), child)],
      'GET /organizations/o/databases/d': [[200, { default_branch: 'main' }]],
    } satisfies Script
    const { told } = await deletion(createPlanetScaleProvider, script, (provider) => provider.list())
    expect((told as { items: Branch[] }).items[0]?.protection).toBe(protection)
  })

  it.each<[string, object]>([
    ['of another name', { name: 'PR-1' }],
    ['that is deleted', { deleted_at: '2026-11-22T08:00:00Z' }],
  ])('takes no answer %s for it', async (_what, more) => {
    expect((await run({ [read]: [[200, row('b1', more)]], [list]: [page(row('b1', more))] })).told).toBe('absent')
  })

  it('gives a build up by its name and its build alone', async () => {
    const aside = (name: string) => ({ ...row(name), name })
    const name = 'pr-1-dbbranch-new-0a1b2c3d'
    const rows = [name, 'pr-1-dbbranch-old-0a1b2c3d', 'pr-1-dbbranch-new-ffffffff', 'pr-1'].map(aside)
    const script = {
      [list]: [page(...rows)],
      [`DELETE ${all}/${name}`]: [204],
      [`GET ${all}/${name}`]: [404],
    } satisfies Script
    const given = (build: string) => deletion(createPlanetScaleProvider, script, (provider) => provider.abandon!(build))
    expect((await given('0a1b2c3d4e5f')).sent.filter((call) => call.startsWith('DELETE'))).toEqual([
      `DELETE ${all}/${name}`,
    ])
    expect((await given('')).sent).toEqual([])
  })

  it('leaves what it cannot give up to the next run', async () => {
    const name = 'pr-1-dbbranch-new-0a1b2c3d'
    const script = { [list]: [page({ ...row('b1'), name })], [`DELETE ${all}/${name}`]: [403] } satisfies Script
    const { told, info } = await deletion(createPlanetScaleProvider, script, (provider) =>
      provider.abandon!('0a1b2c3d'),
    )
    expect(told).toBeUndefined()
    expect(info[0]).toMatch(
      /^"pr-1-dbbranch-new-0a1b2c3d" could not be removed now; the next run removes it\. Deleting /,
    )
  })
})

describe('DBLab', () => {
  const at = '/clone/pr-1'
  const [erase, read, list] = [`DELETE ${at}`, `GET ${at}`, 'GET /clones']
  const made = '2026-11-22T08:00:00.000Z'
  const clone = (change: { code?: string; createdAt?: string; protected?: boolean; id?: string } = {}) => {
    const { code = 'OK', ...more } = change
    return {
      id: 'pr-1',
      createdAt: made,
      protected: false,
      status: { code },
      db: { username: 'db_branch_42' },
      ...more,
    }
  }
  const one = (...given: Parameters<typeof clone>): Answer => [200, clone(...given)]
  const listed = (...clones: object[]): Answer => [200, clones]
  const run = (script: Script) => deletion(createDblabProvider, script, deleted({ id: `pr-1@${made}` }))
  const said = (message: string): Answer => [500, { code: 'INTERNAL_ERROR', message }]
  const deletions = (sent: readonly string[]) => sent.filter((call) => call === erase).length

  it('compares name and date right before, and looks whether it is gone', async () => {
    const other = clone({ id: 'pr-2' })
    const { told, sent } = await run({ [list]: [listed(other, clone())], [erase]: [200], [read]: [404] })
    expect([told, sent]).toEqual(['deleted', [list, erase, read]])
    const anew = clone({ createdAt: '2026-11-22T09:00:00Z' })
    expect(await run({ [list]: [listed(anew)] })).toMatchObject({ told: 'absent', sent: [list] })
    expect(await run({ [list]: [listed(other)] })).toMatchObject({ told: 'absent', sent: [list] })
    const later = await run({ [list]: [listed(clone())], [erase]: [200], [read]: [[200, anew]] })
    expect([later.told, deletions(later.sent)]).toEqual(['deleted', 1])
  })

  it('waits while the engine works on it', async () => {
    const { told, sent, info } = await run({
      [list]: [listed(clone({ code: 'CREATING' })), listed(clone())],
      [erase]: [200],
      [read]: [one({ code: 'DELETING' }), 404],
    })
    expect([told, sent]).toEqual(['deleted', [list, list, erase, read, read]])
    expect(info).toEqual(['Clone "pr-1" is not ready yet: DBLab says CREATING.'])
    const slow = await run({ [list]: [listed(clone())], [erase]: [200], [read]: [one(), 404] })
    expect([slow.told, deletions(slow.sent)]).toEqual(['deleted', 2])
    expect(slow.info).toEqual(['Clone "pr-1" is not ready yet: DBLab removes it.'])
  })

  it('takes a clone that the engine only warns of for one that it is done with', async () => {
    const { told, sent } = await run({ [list]: [listed(clone({ code: 'WARNING' }))], [erase]: [200], [read]: [404] })
    expect([told, sent]).toEqual(['deleted', [list, erase, read]])
  })

  it('refuses a protected one before and after it is asked', async () => {
    const sentence =
      'Deleting "pr-1" failed: DBLab protects the clone from deletion. Run "dblab clone update --protected false pr-1" and then the job again.'
    const before = await run({ [list]: [listed(clone({ protected: true }))] })
    expect([before.told, before.sent]).toEqual([sentence, [list]])
    const after = await run({ [list]: [listed(clone())], [erase]: [said('clone is protected')] })
    expect(after.told).toMatch(/^Deleting "pr-1" failed: DBLab protects the clone from deletion/)
    expect(deletions(after.sent)).toBe(1)
  })

  it.each<[string, Answer]>([
    ['is lost', 'lost'],
    ['is that it failed', 502],
    ['is that it is not there', said('clone not found')],
  ])('is asked for once where the answer %s and it is gone', async (_what, answer) => {
    const { told, sent } = await run({ [list]: [listed(clone())], [erase]: [answer], [read]: [404] })
    expect([told, sent]).toEqual(['deleted', [list, erase, read]])
  })

  it('is asked for six times where nobody hears', async () => {
    const heard = await run({ [list]: [listed(clone())], [erase]: ['lost', 200], [read]: [one(), 404] })
    expect([heard.told, deletions(heard.sent)]).toEqual(['deleted', 2])
    const never = await run({ [list]: [listed(clone())], [erase]: [502], [read]: [one()] })
    expect(never.told).toMatch(/^Deleting "pr-1" failed: DBLab is out of order/)
    expect(deletions(never.sent)).toBe(6)
    const last = await run({
      [list]: [listed(clone())],
      [erase]: [502, 502, 502, 502, 502, said('clone not found')],
      [read]: [one(), one(), one(), one(), one(), 404],
    })
    expect([last.told, deletions(last.sent)]).toEqual(['deleted', 6])
  })

  it('tells at once what the engine refuses or fails at', async () => {
    const refused = await run({ [list]: [listed(clone())], [erase]: [401] })
    expect(refused.told).toMatch(/^Deleting "pr-1" failed: DBLab does not know the key/)
    const failed = await run({ [list]: [listed(clone())], [erase]: [200], [read]: [one({ code: 'FATAL' })] })
    expect(failed.told).toMatch(/^Deleting "pr-1" failed: DBLab could not remove the clone\./)
    const broken = await run({ [list]: [listed(clone({ code: 'FATAL' }))], [erase]: [200], [read]: [404] })
    expect(broken.told).toBe('deleted')
    const unheard = await run({ [list]: [listed(clone())], [erase]: [502, 200], [read]: [one({ code: 'FATAL' }), 404] })
    expect(unheard.told).toBe('deleted')
  })
})

describe('Supabase', () => {
  const id = '01234567-89ab-cdef-0123-456789abcdef'
  const place = '/v1/projects/abcdefghijklmnopqrst/branches'
  const [erase, list] = [`DELETE /v1/branches/${id}`, `GET ${place}`]
  const row = (more: object = {}) => ({
    id,
    name: 'pr-1',
    project_ref: 'zyxwvutsrqponmlkjihg',
    is_default: false,
    persistent: false,
    with_data: false,
    created_at: '2026-11-22T08:00:00Z',
    status: 'MIGRATIONS_PASSED',
    ...more,
  })
  const listed = (...rows: object[]): Answer => [200, rows]
  const run = (script: Script, work: (provider: Provider) => Promise<unknown> = deleted({ id })) =>
    deletion(createSupabaseProvider, script, work)
  const sent = (call: string) => (call === erase ? `${erase}?force=true` : call)

  it('deletes by the id and waits until it is listed no more', async () => {
    const done = await run({ [erase]: [200], [list]: [listed(row()), listed(row({ id: 'other' }))] })
    expect([done.told, done.sent]).toEqual(['deleted', [erase, list, list].map(sent)])
    expect(done.info).toEqual(['The deletion of "pr-1" is not ready yet: Supabase still lists it.'])
    expect(Math.max(...done.waits)).toBeLessThanOrEqual(2000)
    const never = await run({ [erase]: [200], [list]: [listed(row())] })
    expect(never.told).toMatch(/^The deletion of "pr-1" was not ready after 60 s: Supabase still lists it\./)
  })

  it('calls it absent where it is neither found nor listed, and asks again where it is listed', async () => {
    expect(await run({ [erase]: [404], [list]: [listed()] })).toMatchObject({
      told: 'absent',
      sent: [erase, list].map(sent),
    })
    const later = await run({ [erase]: [404, 200], [list]: [listed(row()), listed()] })
    expect([later.told, later.sent]).toEqual(['deleted', [erase, list, erase, list].map(sent)])
  })

  it.each(['', 'b1', 'zyxwvutsrqponmlkjihg', `x${id}`, `${id}x`, id.slice(0, -1), id.replace('-', '')])('sends nothing for the id "%s"', async (odd) => {
    const done = await run({ [list]: [listed()] }, deleted({ id: odd }))
    expect([done.told, done.sent]).toEqual(['Deleting "pr-1" failed: its id is not one of a branch. Look at it on Supabase.', []])
  }) // prettier-ignore

  it('never deletes the project itself', async () => {
    const script = { [list]: [listed(row({ project_ref: account.project }))] } satisfies Script
    const done = await run(script, async (provider) => {
      await provider.list()
      return provider.delete(branch({ id }))
    })
    expect(done.told).toBe(
      'Deleting "pr-1" refused: it is the project itself, not a branch of it. Nothing was changed.',
    )
    expect(done.sent).toEqual([list])
  })

  it.each<[string, object, string | undefined]>([
    ['a plain one', {}, undefined],
    ['the default one', { is_default: true }, 'it is the default branch of the project'],
    ['a persistent one', { persistent: true }, 'it is a persistent branch'],
    ["the integration's", { pr_number: 7 }, "it belongs to Supabase's GitHub integration (pull request #7)"],
  ])('protects %s as it should', async (_what, more, protection) => {
    const { told } = await run({ [list]: [listed(row(more))] }, (provider) => provider.find('pr-1'))
    expect((told as Branch).protection).toBe(protection)
  })

  it('says of a persistent branch that it is one', async () => {
    expect((await run({ [erase]: [[422, { message: 'A persistent branch' }]] })).told).toMatch(
      /^Deleting "pr-1" failed: it is a persistent branch/,
    )
  })
})

describe('a described platform', () => {
  const description = (deletion: string, uses = '{id}') => `
version: 1
platform: Cloud
address: https://platform.example
auth: { header: X-Api-Key, value: '{api_key}' }
branch: { name: /name, id: /id }
list: { request: GET /all, items: /items, paging: { kind: none } }
create: { request: POST /all, body: { name: '{name}' }, created: [200], branch: /made, data: copy }
connection: { request: 'GET /all/{id}/url', url: /url }
delete: { request: 'DELETE /all/${uses}', ${deletion} }`
  const [list, byId, byName] = ['GET /all', 'DELETE /all/b1', 'DELETE /all/pr-1']
  const items = (...ids: string[]): Answer => [200, { items: ids.map((id) => ({ id, name: 'pr-1' })) }]
  const run = (text: string, script: Script) =>
    deletion((...given) => createRestProvider(given[0], text, given[1]), script, deleted())
  const plain = description('deleted: [204], deleting: [202], absent: [404]')
  const named = description('deleted: [204], deleting: [202], absent: [404]', '{name}')

  it.each<[number, string]>([
    [204, 'deleted'],
    [404, 'absent'],
  ])('deletes by the id: %d is %s', async (status, outcome) => {
    const { told, sent } = await run(plain, { [byId]: [status] })
    expect([told, sent]).toEqual([outcome, [byId]])
  })

  it('compares the id right before where it deletes by name', async () => {
    const same = await run(named, { [list]: [items('b1')], [byName]: [204] })
    expect([same.told, same.sent]).toEqual(['deleted', [list, byName]])
    for (const all of [items('b2'), items()]) {
      const other = await run(named, { [list]: [all] })
      expect([other.told, other.sent]).toEqual(['absent', [list]])
    }
  })

  it('waits where the platform says that it began', async () => {
    const { told, sent, info } = await run(plain, { [byId]: [202], [list]: [items('b1'), items('b2')] })
    expect([told, sent]).toEqual(['deleted', [byId, list, list]])
    expect(info[0]).toContain('the platform still shows it')
  })

  it('takes no answer for a success that nobody described', async () => {
    const { told } = await run(plain, { [byId]: [[200, {}]] })
    expect(told).toBe(
      'Deleting "pr-1" failed: nobody knows what the answer means (DELETE platform.example/all/b1 → 200). Add its status to "delete.deleted" in "rest_config".',
    )
  })
})
