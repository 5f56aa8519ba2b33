import { afterEach, describe, expect, it } from '@jest/globals'
import { ProviderError, RedirectError } from '../../src/errors.js'
import { type Api, type ApiError, type ApiOptions, LostAnswerError, openApi, path } from '../../src/http/api.js'
import { Secret } from '../../src/secret.js'
import { testClock } from '../fixtures/clock.js'
import { type Answer, startWeb, type Web } from '../fixtures/web.js'

const webs: Web[] = []
const key = 'key-swordfish-0123456789'

async function web(answer: Answer): Promise<Web> {
  const started = await startWeb(answer)
  webs.push(started)
  return started
}

afterEach(async () => {
  await Promise.all(webs.splice(0).map((one) => one.close()))
})

function apiAt(baseUrl: string, change: Partial<ApiOptions> = {}): Api {
  return openApi({
    platform: 'Cumulus',
    baseUrl,
    fetch: (url, init) => fetch(url, init),
    clock: testClock(),
    signal: new AbortController().signal,
    headers: { authorization: new Secret(`Bearer ${key}`) },
    ...change,
  })
}

const answering =
  (status: number, body: string, headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    void response.writeHead(status, headers).end(body)

async function failure(api: Api, method: 'GET' | 'POST' | 'DELETE' = 'GET', place = '/branches'): Promise<Error> {
  return api.send(method, place, { doing: 'Creating "pr-7"', query: { search: 'secret-query' } }).then(
    () => new Error('It succeeded.'),
    (error: unknown) => error as Error,
  )
}

describe('a request', () => {
  it('carries the key, its query and its body, and gives the answer', async () => {
    const seen: unknown[] = []
    const home = await web((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const { authorization, 'content-type': type } = request.headers
        seen.push(authorization, type, request.url, Buffer.concat(chunks).toString())
        response.writeHead(201).end('{"id":"br-1"}')
      })
    })
    const place = path`/projects/${'a/b'}/branches`
    const options = { doing: 'x', query: { limit: 5, search: undefined }, body: { name: 'pr-7' } }
    const { status, body } = await apiAt(`${home.url}/v2`).send('POST', place, options)
    expect([status, body.at('id').text]).toEqual([201, 'br-1'])
    expect(seen).toEqual([
      `Bearer ${key}`,
      'application/json',
      '/v2/projects/a%2Fb/branches?limit=5',
      '{"name":"pr-7"}',
    ])
  })

  it('may be answered with nothing', async () => {
    const home = await web(answering(204, ''))
    const { body } = await apiAt(home.url).send('DELETE', '/x', { doing: 'x' })
    expect(body.exists).toBe(false)
  })

  it('may say which failure is an answer', async () => {
    const home = await web(answering(404, '{"code":"not_found","message":"no such branch"}'))
    const answer = await apiAt(home.url).send('GET', '/x', { doing: 'x', accept: [404] })
    const trace = `GET ${new URL(home.url).host}/x → 404 not_found`
    expect(answer.failure).toMatchObject({ status: 404, code: 'not_found', said: 'no such branch', trace })
    expect(answer.failure.body.at('message').text).toBe('no such branch')
    expect(answer.headers.get('content-type')).not.toBe('')
  })

  it('may tell failures of one status apart', async () => {
    const home = await web(answering(400, '{"code":"taken"}'))
    const accept = ({ code }: { code: string }) => code === 'taken'
    const explain = () => ({ why: 'this very request was wrong', advice: 'Change it.' })
    expect(await apiAt(home.url).send('POST', '/x', { doing: 'Trying', accept })).toMatchObject({ status: 400 })
    const { host } = new URL(home.url)
    await expect(apiAt(home.url).send('POST', '/x', { doing: 'Trying', accept: () => false, explain })).rejects.toThrow(
      `Trying failed: this very request was wrong (POST ${host}/x → 400 taken). Change it.`,
    )
  })

  it.each(['', '.', '..'])('is not sent with the id %j', (id) => {
    expect(() => path`/branches/${id}`).toThrow(ProviderError)
  })

  it.each([
    ['../../admin', '/branches/..%2F..%2Fadmin'],
    ['a?b#c', '/branches/a%3Fb%23c'],
    ['pr 7', '/branches/pr%207'],
  ])('encodes the id %j', (id, place) => {
    expect(path`/branches/${id}`).toBe(place)
  })
})

describe('a refusal', () => {
  const rows: [status: number, why: string, advice: string][] = [
    [400, 'Cumulus refused', 'Check the inputs of the step.'],
    [401, 'Cumulus does not know the key', 'Check "api_key".'],
    [402, 'the plan on Cumulus does not allow it', 'Change the plan or delete branches.'],
    [403, 'the key may not do this on Cumulus', 'Check the permissions of "api_key".'],
    [404, 'Cumulus does not find it', 'Check "organization", "project" and "database", as far as they are set.'],
    [423, 'Cumulus is busy with the same project', 'Run the job again later.'],
    [429, 'the rate limit of Cumulus is used up', 'Run the job again later.'],
    [500, 'Cumulus is out of order', 'Run the job again later.'],
    [503, 'Cumulus is out of order', 'Run the job again later.'],
  ]

  it.each(rows)('of %d is one sentence without body, query and key', async (status, why, advice) => {
    const body = '{"code":"SOME_CODE","message":"swordfish in the body"}'
    const home = await web(answering(status, body, { 'x-request-id': 'req-1' }))
    const error = await failure(apiAt(home.url))
    const place = `GET ${home.url.slice('http://'.length)}/branches`
    expect(error.message).toBe(
      `Creating "pr-7" failed: ${why} (${place} → ${status} SOME_CODE, request req-1). ${advice}`,
    )
    expect(error.message).not.toMatch(/swordfish|secret-query/)
  })

  it('can be explained by the platform, which sees what was said', async () => {
    const home = await web(answering(422, '{"error":{"code":"LIMIT","message":"too many"}}'))
    const explain: ApiOptions['explain'] = ({ status, code, said }) => ({
      why: `${status} ${code} ${said}`,
      advice: 'Pay.',
    })
    const error = await failure(apiAt(home.url, { explain }))
    expect(error.message).toMatch(/^Creating "pr-7" failed: 422 LIMIT too many \(.*\)\. Pay\.$/)
    expect((error as ApiError).failure.status).toBe(422)
  })

  it('shows no code and no request id that are anything else', async () => {
    const home = await web(answering(400, '{"code":"<b>@everyone</b>"}', { 'x-request-id': 'a b' }))
    expect((await failure(apiAt(home.url))).message).toMatch(/ → 400\)\. /)
  })
})

describe('an answer that leaves open whether it was done', () => {
  const cases: [string, Answer][] = [
    ['a reset connection', (_request, response) => void response.socket?.resetAndDestroy()],
    ['a server error', answering(500, '{}')],
    ['a bad gateway', answering(502, '<html>')],
    ['a page of HTML', answering(200, '<!DOCTYPE html><p>We had issues.</p>')],
    ['half an answer', answering(201, '{"id":"br-')],
  ]

  it.each(cases)('%s to a POST is a lost answer, and is not asked for again', async (_name, answer) => {
    const home = await web(answer)
    const error = await failure(apiAt(home.url), 'POST')
    expect(error).toBeInstanceOf(LostAnswerError)
    expect(error.message).toMatch(/^Creating "pr-7" failed: .*\. [A-Z].*\.$/)
    expect(home.requests).toHaveLength(1)
  })

  it('names the place that gave none', async () => {
    const gone = await startWeb()
    await gone.close()
    const error = await failure(apiAt(gone.url), 'POST')
    expect(error.message).toBe(
      `Creating "pr-7" failed: Cumulus gave no answer (POST 127.0.0.1:${gone.port}/branches: connect ECONNREFUSED 127.0.0.1:${gone.port}). Check "api_url" and that the runner can reach it, and run the job again.`,
    )
  })
})

describe('a redirect', () => {
  const rows = [301, 302, 303, 307, 308].flatMap((status) =>
    (['GET', 'POST', 'DELETE'] as const).flatMap((verb) =>
      ['another port', 'another host', 'another scheme'].map((where) => ({ status, verb, where })),
    ),
  )

  it.each(rows)('$status of a $verb to $where is an error that names it; it receives nothing', async (row) => {
    const elsewhere = await web(answering(200, '{}'))
    const host = { 'another port': '127.0.0.1', 'another host': 'localhost', 'another scheme': '127.0.0.1' }[row.where]
    const scheme = row.where === 'another scheme' ? 'https' : 'http'
    const location = `${scheme}://${host}:${elsewhere.port}/steal`
    const home = await web(answering(row.status, '', { location }))
    const error = await failure(apiAt(home.url), row.verb)
    expect(error).toBeInstanceOf(RedirectError)
    expect((error as RedirectError).host).toBe(`${host}:${elsewhere.port}`)
    expect(error.message).toContain(
      `the server redirects to ${host}:${elsewhere.port}, and a credential is never sent on`,
    )
    expect([elsewhere.connections, home.requests.length]).toEqual([0, 1])
  })
})
