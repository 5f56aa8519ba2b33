import { describe, expect, it } from '@jest/globals'
import type { Provider } from '../../../src/ports.js'
import { createRestProvider } from '../../../src/providers/rest.js'
import { accountOf, portsOf } from '../../fixtures/platform.js'
import { specOf } from '../../fixtures/postgres.js'

const address = 'https://api.example.com/v2'

/** A description of as little as possible, with these sections instead of its own. */
function description(change: Record<string, unknown> = {}): string {
  return JSON.stringify({
    version: 1,
    platform: 'Tiny',
    address,
    auth: { header: 'Authorization', value: 'Bearer {api_key}' },
    branch: { name: '/name', id: '/id' },
    list: { request: 'GET /branches', items: '/items', paging: { kind: 'none' } },
    create: { request: 'POST /branches', body: { name: '{name}' }, data: 'copy', branch: '' },
    connection: { url: '/url' },
    delete: { request: 'DELETE /branches/{id}' },
    ...change,
  })
}

interface Reply {
  readonly body?: unknown
  readonly status?: number
  readonly headers?: Record<string, string>
}

interface Tiny {
  readonly provider: Provider
  /** What was asked, as `GET https://…`. */
  readonly asked: string[]
}

/** A platform that answers as told, and 599 to what it was not told of. */
function tiny(text: string, replies: Readonly<Record<string, Reply | readonly Reply[]>>): Tiny {
  const asked: string[] = []
  const fetch = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const call = `${init.method} ${url.replace(address, '')}`
    const before = asked.filter((one) => one === call).length
    asked.push(call)
    const told = replies[call]
    const reply = Array.isArray(told)
      ? ((told as Reply[])[before] ?? (told as Reply[]).at(-1))
      : (told as Reply | undefined)
    const { body, status = 200, headers = {} } = reply ?? { status: 599 }
    return new Response(status === 204 ? null : JSON.stringify(body ?? {}), { status, headers })
  }
  return { provider: createRestProvider(accountOf(), text, portsOf({ fetch })), asked }
}

const named = (...names: string[]) => names.map((name) => ({ name, id: `id-${name}` }))
const listedBy = (paging: Record<string, unknown>) =>
  description({ list: { request: 'GET /branches', query: { limit: 2 }, items: '/items', paging } })
const names = async ({ provider }: Tiny) => (await provider.list()).items.map(({ name }) => name)
const page = (query = '') => `GET /branches?limit=2${query}`

describe('a list', () => {
  it('by page number ends with an empty page', async () => {
    const platform = tiny(listedBy({ kind: 'page', parameter: 'page' }), {
      [page('&page=1')]: { body: { items: named('a', 'b') } },
      [page('&page=2')]: { body: { items: named('c') } },
      [page('&page=3')]: { body: { items: [] } },
    })
    expect(await names(platform)).toEqual(['a', 'b', 'c'])
  })

  it('by page number from 0 ends where "more" says so', async () => {
    const platform = tiny(listedBy({ kind: 'page', parameter: 'p', first: 0, more: '/more' }), {
      [page('&p=0')]: { body: { items: named('a'), more: true } },
      [page('&p=1')]: { body: { items: named('b'), more: false } },
    })
    expect(await names(platform)).toEqual(['a', 'b'])
  })

  it('whose "more" is missing is an error', async () => {
    const platform = tiny(listedBy({ kind: 'page', parameter: 'p', first: 0, more: '/more' }), {
      [page('&p=0')]: { body: { items: named('a') } },
    })
    await expect(names(platform)).rejects.toThrow('answer.more is not true or false')
  })

  it('by cursor encodes it, and ends without one', async () => {
    const platform = tiny(listedBy({ kind: 'cursor', parameter: 'after', next: '/page/next' }), {
      [page()]: { body: { items: named('a'), page: { next: 'x&limit=9' } } },
      [page('&after=x%26limit%3D9')]: { body: { items: named('b'), page: { next: 17 } } },
      [page('&after=17')]: { body: { items: named('c'), page: { next: '' } } },
    })
    expect(await names(platform)).toEqual(['a', 'b', 'c'])
  })

  it('by next URL follows it, relative to the page before', async () => {
    const platform = tiny(listedBy({ kind: 'next_url', next: '/links/next' }), {
      [page()]: { body: { items: named('a'), links: { next: '?limit=2&at=b' } } },
      [page('&at=b')]: { body: { items: named('b'), links: { next: `${address}/branches?limit=2&at=c` } } },
      [page('&at=c')]: { body: { items: named('c'), links: null } },
    })
    expect(await names(platform)).toEqual(['a', 'b', 'c'])
  })

  it('by the header Link follows its "next"', async () => {
    const link = `<${address}/branches?limit=2&page=9>; rel="last", <${address}/branches?limit=2&page=2>; title="a, b"; rel="next"`
    const platform = tiny(listedBy({ kind: 'link' }), {
      [page()]: { body: { items: named('a') }, headers: { link } },
      [page('&page=2')]: { body: { items: named('b') }, headers: { link: '</branches>; rel=prev' } },
    })
    expect(await names(platform)).toEqual(['a', 'b'])
  })

  it.each([
    ['https://evil.example.com/branches', 'evil.example.com'],
    ['http://api.example.com/v2/branches', 'api.example.com'],
    ['//evil.example.com/', 'evil.example.com'],
    ['https://api.example.com:444/v2/', 'api.example.com:444'],
    ['https://me@api.example.com/v2/', 'api.example.com'],
    ['https://api.example.com.evil.example/', 'api.example.com.evil.example'],
    ['javascript:alert(1)', 'another place'],
    ['http://[', 'no address'],
  ])('never leads the key elsewhere: %s', async (next, place) => {
    const platform = tiny(listedBy({ kind: 'next_url', next: '/next' }), {
      [page()]: { body: { items: named('a'), next } },
    })
    await expect(names(platform)).rejects.toThrow(
      `Listing branches failed: Tiny names a next page at ${place}, and a key is never sent elsewhere. Check "paging" in "rest_config".`,
    )
    expect(platform.asked).toHaveLength(1)
  })

  it.each([
    [{ kind: 'page', parameter: 'page' }, page('&page=1'), page('&page=2')],
    [{ kind: 'cursor', parameter: 'c', next: '/next' }, page(), page('&c=x')],
  ])('that begins anew is an error: %j', async (paging, first, second) => {
    const same = { body: { items: named('a', 'b'), next: 'x' } }
    const platform = tiny(listedBy(paging), { [first]: same, [second]: same })
    await expect(names(platform)).rejects.toThrow('page 2 of the list brings no new branch. Check "paging"')
    expect(platform.asked).toHaveLength(2)
  })

  it('that fails on a later page is an error, not half a list', async () => {
    const platform = tiny(listedBy({ kind: 'cursor', parameter: 'c', next: '/next' }), {
      [page()]: { body: { items: named('a'), next: 'x' } },
      [page('&c=x')]: { status: 403 },
    })
    await expect(names(platform)).rejects.toThrow('→ 403')
  })

  it('of 100 branches takes as many requests as it has pages', async () => {
    const all = named(...Array.from({ length: 100 }, (_, at) => `pr-${at}`))
    const replies = Object.fromEntries(
      Array.from({ length: 50 }, (_, at) => [
        page(at === 0 ? '' : `&c=${at}`),
        { body: { items: all.slice(at * 2, at * 2 + 2), next: at === 49 ? null : at + 1 } },
      ]),
    )
    const platform = tiny(listedBy({ kind: 'cursor', parameter: 'c', next: '/next' }), replies)
    expect(await names(platform)).toHaveLength(100)
    expect(platform.asked).toHaveLength(50)
  })
})

describe('one branch by its name', () => {
  const byName = (absent?: unknown) =>
    description({ find: { request: 'GET /branches/{name}', branch: '/branch', ...(absent ? { absent } : {}) } })

  it('is absent only beside a list that can be read', async () => {
    const there = tiny(byName(), { 'GET /branches/pr-1': { status: 404 }, 'GET /branches': { body: { items: [] } } })
    expect(await there.provider.find('pr-1')).toBeUndefined()
    expect(await there.provider.find('pr-1')).toBeUndefined()
    expect(there.asked).toEqual(['GET /branches/pr-1', 'GET /branches', 'GET /branches/pr-1'])
    const wrong = tiny(byName(), { 'GET /branches/pr-1': { status: 404 }, 'GET /branches': { status: 404 } })
    await expect(wrong.provider.find('pr-1')).rejects.toThrow('Listing branches failed: Tiny does not find it')
  })

  it('is absent at once where a code says so', async () => {
    const absent = [{ status: 400, at: '/errors/0/code', in: ['NO_BRANCH'] }]
    const gone = tiny(byName(absent), {
      'GET /branches/pr-1': { status: 400, body: { errors: [{ code: 'NO_BRANCH' }] } },
    })
    expect(await gone.provider.find('pr-1')).toBeUndefined()
    for (const body of [{ errors: [{ code: 'OTHER' }] }, { errors: [] }, 'text', null]) {
      const other = tiny(byName(absent), { 'GET /branches/pr-1': { status: 400, body } })
      await expect(other.provider.find('pr-1')).rejects.toThrow('Looking for "pr-1" failed: Tiny refused')
    }
  })

  it('is not another one that the platform gives instead', async () => {
    const platform = tiny(byName(), { 'GET /branches/pr-1': { body: { branch: { name: 'PR-1', id: 'x' } } } })
    expect(await platform.provider.find('pr-1')).toBeUndefined()
  })

  it('is encoded in the path', async () => {
    const platform = tiny(byName(), {
      'GET /branches/a%2F..%2Fb%3Fc%23d': { body: { branch: { name: 'a/../b?c#d', id: 'x' } } },
    })
    expect(await platform.provider.find('a/../b?c#d')).toMatchObject({ id: 'x' })
    for (const name of ['', '.', '..']) await expect(platform.provider.find(name)).rejects.toThrow('was not sent')
    expect(platform.asked).toHaveLength(1)
  })

  it('is an error where two have it', async () => {
    const platform = tiny(description(), {
      'GET /branches': { body: { items: [...named('pr-1'), { name: 'pr-1', id: 'y' }] } },
    })
    await expect(platform.provider.find('pr-1')).rejects.toThrow(
      'Looking for "pr-1" failed: 2 branches have this name.',
    )
  })
})

describe('a branch', () => {
  const url = 'postgresql://user:p%40ss@db.example.com/pr-1'
  const item = { name: 'pr-1', id: 7, url, born: 1_790_000_000, parent: 'main' }

  it('is read by its pointers', async () => {
    const text = description({ branch: { name: '/name', id: '/id', created_at: '/born', parent: '/parent' } })
    const platform = tiny(text, { 'GET /branches': { body: { items: [item] } } })
    expect(await platform.provider.find('pr-1')).toEqual({
      id: '7',
      name: 'pr-1',
      createdAt: '2026-09-21T14:13:20.000Z',
      claim: { kind: 'name', parent: 'main', dataPolicy: 'copy' },
    })
  })

  it('whose URL and state stand in itself takes no further request', async () => {
    const text = description({ ready: { at: '/state', in: ['up'], failed: ['down'] } })
    const body = { items: [{ ...item, state: 'up' }] }
    const platform = tiny(text, { 'GET /branches': { body } })
    const branch = (await platform.provider.find('pr-1'))!
    const connection = await platform.provider.connection(branch)
    expect(connection).toMatchObject({ host: 'db.example.com', port: 5432, database: 'pr-1', username: 'user' })
    expect(connection.password.reveal()).toBe('p@ss')
    expect(platform.asked).toEqual(['GET /branches'])
  })

  it('that is made without a URL and a state at first is waited for', async () => {
    const text = description({ ready: { at: '/state', in: ['up'] } })
    const made = { name: 'pr-1', id: 7 }
    const platform = tiny(text, {
      'POST /branches': { status: 201, body: made },
      'GET /branches': [
        { body: { items: [] } },
        { body: { items: [{ ...made, state: 'starting' }] } },
        { body: { items: [{ ...made, state: 'up', url: null }] } },
        { body: { items: [{ ...item, state: 'up' }] } },
      ],
    })
    const { branch } = await platform.provider.create(specOf('pr-1', { dataPolicy: 'copy' }))
    expect((await platform.provider.connection(branch)).url.reveal()).toBe(url)
    expect(platform.asked).toHaveLength(5)
  })

  it('that a PUT finds there is a conflict', async () => {
    const create = { request: 'PUT /branches/{name}', created: [201], exists: [200], data: 'copy', branch: '' }
    const platform = tiny(description({ create }), {
      'PUT /branches/pr-1': { body: item },
      'GET /branches': { body: { items: [item] } },
    })
    await expect(platform.provider.create(specOf('pr-1'))).rejects.toThrow('"pr-1" exists already')
  })

  it('whose name is taken although it is not shown is a conflict that says so', async () => {
    const platform = tiny(description(), {
      'POST /branches': { status: 409 },
      'GET /branches': { body: { items: [] } },
    })
    await expect(platform.provider.create(specOf('pr-1'))).rejects.toThrow(
      'Creating "pr-1" from "main" failed: the platform says that the name is taken, but shows no such branch (POST api.example.com/v2/branches → 409).',
    )
  })

  it('that was made anew since it was read has no URL for us', async () => {
    const platform = tiny(description(), { 'GET /branches': { body: { items: [item] } } })
    const old = { id: '6', name: 'pr-1', claim: { kind: 'name' } } as const
    await expect(platform.provider.connection(old)).rejects.toThrow('it is gone, or was made anew')
  })

  it.each(['mysql://u:p@h/d', 'postgresql:', 'h:5432/d', 'https://api.example.com'])(
    'whose URL is none of the engine is an error that does not hold it: %s',
    async (wrong) => {
      const platform = tiny(description(), { 'GET /branches': { body: { items: [{ ...item, url: wrong }] } } })
      const branch = (await platform.provider.find('pr-1'))!
      const error = await platform.provider.connection(branch).catch((thrown: unknown) => String(thrown))
      expect(error).toContain('the pointer "/url" leads to no connection URL of the engine "postgresql"')
      expect(error).not.toContain(wrong)
    },
  )

  it.each([
    ['mysql', 'mysql://u:p@h/d', 3306],
    ['other', 'libsql://h?authToken=x', 0],
  ])('of the engine %s has its own kind of URL', async (engine, written, port) => {
    const platform = tiny(description({ engine }), {
      'GET /branches': { body: { items: [{ ...item, url: written }] } },
    })
    const connection = await platform.provider.connection((await platform.provider.find('pr-1'))!)
    expect(connection).toMatchObject({ host: 'h', port })
  })

  it('whose deletion takes time is gone when delete ends', async () => {
    const platform = tiny(description(), {
      'DELETE /branches/7': { status: 202 },
      'GET /branches': [{ body: { items: [item] } }, { body: { items: [item] } }, { body: { items: [] } }],
    })
    expect(await platform.provider.delete({ id: '7', name: 'pr-1', claim: { kind: 'name' } })).toBe('deleted')
    expect(platform.asked).toHaveLength(4)
  })

  it('is never deleted without an id', async () => {
    const platform = tiny(description(), {})
    for (const id of ['', '.', '..']) {
      const nobody = { id, name: 'pr-1', claim: { kind: 'name' } } as const
      await expect(platform.provider.delete(nobody)).rejects.toThrow('was not sent')
    }
    expect(platform.asked).toEqual([])
  })
})
