import { afterEach, describe, expect, it } from '@jest/globals'
import { ConflictError, ProviderError } from '../../../src/errors.js'
import { LostAnswerError } from '../../../src/http/api.js'
import { testClock } from '../../fixtures/clock.js'
import { specOf } from '../../fixtures/postgres.js'
import { B, failureOf, type NeonStage, ONE, openStage } from './stage.js'

let stage: NeonStage
afterEach(() => stage.stop())

const copy = { dataPolicy: 'copy' } as const

describe('the number of requests', () => {
  it('is 3 for a copy with its URL: the listing, the order, one look at the operations', async () => {
    stage = await openStage()
    const { provider } = stage
    const sent = await stage.requests(async () => {
      expect(await provider.find('pr-7')).toBeUndefined()
      expect(await provider.leftovers!('pr-7')).toEqual([])
      const { branch } = await provider.create(specOf('pr-7', copy))
      await provider.connection(branch)
    })
    expect(sent).toEqual(['GET branches', 'POST branches', 'GET operations'])
  })

  it('is 5 for a branch without data: the URL of the parent and the final name come on top', async () => {
    stage = await openStage()
    const { provider } = stage
    const sent = await stage.requests(async () => {
      await provider.find('pr-7')
      await provider.leftovers!('pr-7')
      await provider.connection((await provider.create(specOf('pr-7'))).branch)
    })
    expect(sent).toEqual([
      'GET branches',
      'POST branches',
      'GET operations',
      'GET connection_uri',
      'PATCH branches/{branch_id}',
    ])
  })

  it('is 2 for reuse and for connecting, 3 for a deletion, 1 for a listing of 100', async () => {
    stage = await openStage()
    await stage.provider.create(specOf('pr-7', copy))
    const other = stage.open()
    const reuse = await stage.requests(async () => other.connection((await other.find('pr-7'))!))
    expect(reuse).toEqual(['GET branches', 'GET connection_uri'])
    const third = stage.open()
    const removal = await stage.requests(async () => third.delete((await third.find('pr-7'))!))
    expect(removal).toEqual(['GET branches', 'DELETE branches/{branch_id}', 'GET operations'])
    for (let number = 0; number < 100; number++) stage.neon.plant(`pr-${number}`)
    const sweep = await stage.requests(async () => expect((await third.list()).items).toHaveLength(101))
    expect(sweep).toEqual(['GET branches'])
  })
})

it('orders by id, with a compute, our claim and the pull request that Neon shows', async () => {
  stage = await openStage()
  let told = ''
  const expiresAt = new Date('2026-12-01T10:20:30.987Z')
  const spec = { ...specOf('pr-7', { ...copy, expiresAt }), onMade: (id: string) => (told = id) }
  const { branch } = await stage.provider.create(spec)
  expect(branch.id).toBe(told)
  const order = stage.neon.journal.find(({ method }) => method === 'POST')
  expect(order?.body).toEqual({
    branch: { name: 'pr-7', parent_id: stage.neon.byName('main')?.id, expires_at: '2026-12-01T10:20:30Z' },
    endpoints: [{ type: 'read_write' }],
    annotation_value: {
      'db-branch-action-version': '1',
      'db-branch-action-repository': '42',
      'db-branch-action-pull-request': '7',
      'db-branch-action-branch': 'pr-7',
      'db-branch-action-parent': 'main',
      'db-branch-action-data-policy': 'copy',
      'db-branch-action-run': '1001.1',
      'db-branch-action-build': spec.claim.build,
      'db-branch-action-created-at': '2026-11-22T08:00:00.000Z',
      'github-pr-number': '7',
    },
  })
  await stage.provider.extend!(branch, new Date('2026-12-09T00:00:00.500Z'))
  expect(stage.neon.byName('pr-7')?.expiresAt).toBe('2026-12-09T00:00:00Z')
})

describe('point in time', () => {
  it.each([
    ['2026-11-22T08:00:00Z', { parent_timestamp: '2026-11-22T08:00:00.000Z' }],
    ['0/1E88EE0', { parent_lsn: '0/1E88EE0' }],
  ])('asks for the parent as it was at %s', async (pointInTime, asked) => {
    stage = await openStage()
    await stage.provider.create(specOf('pr-7', { ...copy, pointInTime }))
    expect(stage.neon.journal.find(({ method }) => method === 'POST')?.body).toMatchObject({ branch: asked })
  })

  it('refuses what Neon does not take, and a branch without data, before anything is ordered', async () => {
    stage = await openStage()
    const odd = failureOf(stage.provider.create(specOf('pr-7', { ...copy, pointInTime: 'snapshot-3' })))
    expect(await odd).toBe(
      'ProviderError: Creating "pr-7" from "main" failed: Neon takes a time (2026-11-22T08:00:00Z) or a log position (0/1E88EE0). Check "point_in_time".',
    )
    const rowless = failureOf(stage.provider.create(specOf('pr-7', { pointInTime: '0/1E88EE0' })))
    expect(await rowless).toContain('Remove "point_in_time" or use another data_policy.')
    expect(stage.neon.branches.size).toBe(1)
  })
})

describe('a name that is taken', () => {
  it.each([
    [409, 'BRANCH_ALREADY_EXISTS'],
    [400, ''],
    [422, ''],
  ])('is a conflict whatever the status: %i', async (status, code) => {
    stage = await openStage()
    const { provider, neon } = stage
    await provider.find('pr-7')
    neon.plant('pr-7')
    stage.refuse(`POST ${B}`, { status, code, message: 'branch already exists; branch_name:"pr-7"' })
    await expect(provider.create(specOf('pr-7', copy))).rejects.toThrow(ConflictError)
    expect(neon.branches.size).toBe(2)
  })

  it('is no conflict when only a longer name is taken', async () => {
    stage = await openStage()
    stage.neon.plant('pr-77')
    stage.refuse(`POST ${B}`, { status: 409, code: 'SOMETHING', message: 'no' })
    await expect(stage.provider.create(specOf('pr-7', copy))).rejects.not.toBeInstanceOf(ConflictError)
  })

  it('takes away the root branch of the run that was slower', async () => {
    stage = await openStage()
    const { provider, neon } = stage
    const off = neon.before(`PATCH ${ONE}`, () => {
      off()
      neon.plant('pr-7')
    })
    await expect(provider.create(specOf('pr-7'))).rejects.toThrow(ConflictError)
    expect([...neon.branches.values()].map(({ name }) => name)).toEqual(['main', 'pr-7'])
  })
})

describe('a lost answer', () => {
  it.each(['reset', 500, 502] as const)(
    'to the order (%s) is looked into, and the branch taken over',
    async (answer) => {
      stage = await openStage()
      const lost = stage.neon.fault({ operation: `POST ${B}`, kind: 'lost', answer })
      const spec = specOf('pr-7', copy)
      const { branch } = await stage.provider.create(spec)
      expect(lost.hits).toBe(1)
      expect(branch).toMatchObject({ name: 'pr-7', id: stage.neon.byName('pr-7')?.id })
      expect(await stage.open().find('pr-7')).toEqual(branch)
      expect(stage.neon.journal.filter(({ method }) => method === 'POST')).toHaveLength(1)
      expect((await stage.provider.connection(branch)).database).toBe('neondb')
    },
  )

  it('that is cut off or no JSON is one, too', async () => {
    stage = await openStage()
    stage.neon.fault({ operation: `POST ${B}`, kind: 'truncated' })
    const { branch } = await stage.provider.create(specOf('pr-7', copy))
    expect(branch.id).toBe(stage.neon.byName('pr-7')?.id)
  })

  it('to an order that never arrived is told, and nothing is ordered a second time', async () => {
    stage = await openStage()
    stage.neon.fault({ operation: `POST ${B}`, kind: 'reset' })
    await expect(stage.provider.create(specOf('pr-7', copy))).rejects.toThrow(LostAnswerError)
    expect(stage.neon.branches.size).toBe(1)
    expect(stage.neon.journal.filter(({ method }) => method === 'POST')).toHaveLength(1)
  })

  it("never takes over another build's branch", async () => {
    stage = await openStage()
    await stage.provider.find('pr-7')
    await stage.open().create(specOf('pr-7', copy))
    stage.neon.fault({ operation: `POST ${B}`, kind: 'reset' })
    await expect(stage.provider.create(specOf('pr-7', copy))).rejects.toThrow(ConflictError)
  })

  it('to a renaming is looked into', async () => {
    stage = await openStage()
    stage.neon.fault({ operation: `PATCH ${ONE}`, kind: 'lost' })
    const { branch } = await stage.provider.create(specOf('pr-7'))
    expect(stage.neon.byName('pr-7')?.id).toBe(branch.id)
    stage.neon.fault({ operation: `PATCH ${ONE}`, kind: 'reset' })
    await stage.provider.create(specOf('pr-8'))
    expect(stage.neon.byName('pr-8')).toBeDefined()
  })

  it('to a deletion is asked for again', async () => {
    stage = await openStage()
    const { branch } = await stage.provider.create(specOf('pr-7', copy))
    stage.neon.fault({ operation: `DELETE ${ONE}`, kind: 'lost' })
    await stage.provider.delete(branch)
    expect(stage.neon.byName('pr-7')).toBeUndefined()
  })
})

describe('waiting', () => {
  it('goes on while the project is locked (423) or the parent is not ready (422)', async () => {
    stage = await openStage()
    stage.refuse(`POST ${B}`, { status: 423, message: 'project already has running conflicting operations', times: 2 })
    const first = await stage.provider.create(specOf('pr-7', copy))
    stage.refuse(`POST ${B}`, { status: 422, message: 'branch not ready yet', times: 2 })
    await stage.provider.create(specOf('pr-8', copy))
    stage.refuse(`DELETE ${ONE}`, { status: 423, times: 2 })
    expect(await stage.provider.delete(first.branch)).toBe('deleted')
    expect(stage.ports.lines.join('\n')).toContain('is not ready yet: the parent is not ready')
  })

  it('tells what it waits for, and gives up at the deadline', async () => {
    stage = await openStage({ busyFor: 60_000 })
    const clock = testClock()
    const provider = stage.open({}, { clock })
    expect(await failureOf(provider.create(specOf('pr-7', copy)))).toBe(
      `ProviderError: Creating "pr-7" from "main" was not ready after 600 s: Neon's operation create_branch is not over. Look at it on the platform and run the job again.`,
    )
    expect(stage.ports.lines).toContain(
      `Creating "pr-7" from "main" is not ready yet after 16 s: Neon's operation create_branch is not over.`,
    )
  })

  it('finds an operation that is not among the newest', async () => {
    stage = await openStage()
    const hidden = stage.neon.fault({
      operation: 'GET /projects/{project_id}/operations',
      kind: 'wrong-type',
      value: { operations: [] },
      times: 9,
    })
    await stage.provider.create(specOf('pr-7', copy))
    expect(hidden.hits).toBe(1)
    expect(stage.neon.journal.map(({ path }) => path)).toContainEqual(expect.stringMatching(/\/operations\/[\w-]+$/))
  })

  it.each(['create_branch', 'start_compute'])('ends when %s fails', async (action) => {
    stage = await openStage()
    stage.neon.failNext(action)
    expect(await failureOf(stage.provider.create(specOf('pr-7', copy)))).toBe(
      `ProviderError: Creating "pr-7" from "main" failed: Neon's operation ${action} ended as "failed". Look at the operations of the project and run the job again.`,
    )
  })
})

describe('a branch without data', () => {
  it('gets its name when its ledgers are there, not before', async () => {
    stage = await openStage()
    const { provider, neon, copied } = stage
    const seen: string[][] = []
    neon.before('GET /projects/{project_id}/connection_uri', () => {
      seen.push([...neon.branches.values()].map(({ name }) => name))
    })
    const spec = specOf('pr-7')
    const { branch, notes } = await provider.create(spec)
    expect(seen).toEqual([['main', `pr-7.new-${spec.claim.build.slice(0, 8)}`]])
    expect(notes).toEqual(['Copied the migration ledger.'])
    expect(neon.byName('pr-7')).toMatchObject({ initSource: 'schema-only', parentId: undefined, id: branch.id })
    const port = (connection: { port: number } | undefined) => connection?.port
    expect(port(copied[0]?.from)).toBe(neon.byName('main')?.endpoint?.wire.port)
    expect(port(copied[0]?.to)).toBe(neon.byName('pr-7')?.endpoint?.wire.port)
  })

  it('is deleted so that it can be recovered; a copy is not', async () => {
    stage = await openStage()
    const rowless = await stage.provider.create(specOf('pr-7'))
    const full = await stage.provider.create(specOf('pr-8', copy))
    await stage.provider.delete(rowless.branch)
    await stage.provider.delete(full.branch)
    expect(stage.neon.deleted).toEqual([
      { name: 'pr-7', hard: false },
      { name: 'pr-8', hard: true },
    ])
  })
})

describe('deleting', () => {
  it('calls 404 absent as well as 204, and tells a refusal', async () => {
    stage = await openStage()
    const { branch } = await stage.provider.create(specOf('pr-7', copy))
    stage.refuse(`DELETE ${ONE}`, { status: 404, message: 'branch not found' })
    expect(await stage.provider.delete(branch)).toBe('absent')
    stage.neon.plant('child', { parentId: branch.id })
    await expect(stage.provider.delete(branch)).rejects.toThrow(ProviderError)
    expect(stage.neon.byName('pr-7')).toBeDefined()
    await expect(stage.provider.delete({ ...branch, id: '' })).rejects.toThrow('was not sent')
  })

  it('waits until the branch is gone', async () => {
    stage = await openStage({ busyFor: 50 })
    const { branch } = await stage.provider.create(specOf('pr-7', copy))
    await stage.provider.delete(branch)
    expect(await stage.provider.find('pr-7')).toBeUndefined()
  })
})
