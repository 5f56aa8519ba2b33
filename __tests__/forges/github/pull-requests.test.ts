import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { type FaultKind, type GitHub, startGitHub, type TokenRequest } from '../../../sim/github/index.js'
import { CancelledError } from '../../../src/errors.js'
import type { Forge } from '../../../src/ports.js'
import { accessTo, endOf, type ForgeAccess } from '../../fixtures/forge.js'
import { startWeb } from '../../fixtures/web.js'

const reader: TokenRequest = { name: 'reader', kind: 'workflow', permissions: { 'pull-requests': 'read' } }

let github: GitHub
let access: ForgeAccess
let forge: Forge

beforeAll(async () => {
  delete process.env['GITHUB_API_URL']
  github = await startGitHub({ private: true })
  github.openPullRequest({ number: 7 })
  github.openPullRequest({ number: 8 })
  github.closePullRequest(8)
  github.openPullRequest({ number: 9 })
  github.closePullRequest(9, { merged: true })
})

beforeEach(async () => {
  access = await accessTo(github, reader)
  forge = access.forge
})

afterAll(() => endOf(github))

describe('the state of a pull request', () => {
  it.each<[string, number, 'open' | 'closed']>([
    ['open', 7, 'open'],
    ['closed', 8, 'closed'],
    ['merged', 9, 'closed'],
  ])('that is %s is known', async (_name, number, state) => {
    expect(await forge.pullRequest(number)).toEqual({ known: true, value: { number, state } })
  })

  it('is read anew each time', async () => {
    github.openPullRequest({ number: 70 })
    expect(await forge.pullRequest(70)).toMatchObject({ value: { state: 'open' } })
    github.closePullRequest(70)
    expect(await forge.pullRequest(70)).toMatchObject({ value: { state: 'closed' } })
  })

  const permission = /; give the job "permissions: pull-requests: read"$/
  const rewrite = (change: object): FaultKind => ({
    kind: 'rewrite',
    change: (body) => ({ ...(body as object), ...change }),
  })
  const notThis = /^GitHub sent an answer that is not this pull request$/
  const stateless = /^GitHub sent an answer without a state$/

  it.each<[string, FaultKind, RegExp, number]>([
    ['401', { kind: 'status', status: 401 }, /: 401 /, 1],
    ['403', { kind: 'status', status: 403 }, /: 403 /, 1],
    ['404', { kind: 'status', status: 404 }, /: 404 Not Found/, 1],
    ['429', { kind: 'status', status: 429 }, /: 429 /, 4],
    ['500', { kind: 'status', status: 500 }, /: 500 /, 4],
    ['503', { kind: 'status', status: 503 }, /: 503 /, 4],
    ['an HTML page of status 502', { kind: 'html', status: 502 }, /: 502 \(request/, 4],
    ['an HTML page of status 200', { kind: 'html', status: 200 }, notThis, 1],
    ['a rate limit of an hour', { kind: 'rate-limit', resetInSeconds: 3600 }, /: 403 API rate limit exceeded/, 1],
    ['a secondary rate limit', { kind: 'secondary-rate-limit' }, /: 403 You have exceeded a secondary/, 4],
    ['truncated JSON', { kind: 'truncated' }, notThis, 1],
    ['an empty body', { kind: 'empty' }, notThis, 1],
    ['a list', { kind: 'wrong-type' }, notThis, 1],
    ['null', { kind: 'wrong-type', value: null }, notThis, 1],
    ['a text', { kind: 'wrong-type', value: 'closed' }, notThis, 1],
    ['another pull request', rewrite({ number: 8 }), notThis, 1],
    ['a number that is a text', rewrite({ number: '7' }), notThis, 1],
    ['the state null', rewrite({ state: null }), stateless, 1],
    ['no state', rewrite({ state: undefined }), stateless, 1],
    ['an unheard-of state', rewrite({ state: 'CLOSED' }), stateless, 1],
    ['a reset', { kind: 'reset' }, /GET 127\.0\.0\.1:\d+\/repos\/acme\/shop\/pulls\/7: /, 4],
    ['an answer cut short', { kind: 'cut' }, /GET 127\.0\.0\.1:\d+\/repos\/acme\/shop\/pulls\/7: /, 4],
  ])('is unknown after %s', async (_name, fault, why, requests) => {
    const before = github.journal.length
    const scheduled = github.fault({ operation: 'pulls/get', times: 9, ...fault })
    const state = await forge.pullRequest(7)
    scheduled.remove()
    expect(state).toEqual({ known: false, why: expect.stringMatching(why) })
    expect(github.journal.length - before).toBe(requests)
    expect(scheduled.hits).toBe(requests)
    const denied = state.known ? '' : state.why
    if (/: (403|404) /.test(denied)) expect(denied).toMatch(permission)
    else expect(denied).not.toContain('permissions')
  })

  it.each<[string, Partial<TokenRequest>, RegExp]>([
    ['without the permission', { permissions: { contents: 'read' } }, /: 403 Resource not accessible by integration/],
    ['that does not reach the repository', { kind: 'app', reachesRepository: false }, /: 404 Not Found/],
  ])('is unknown to a token %s, which is told what to do', async (_name, change, why) => {
    const { forge: weak } = await accessTo(github, { ...reader, ...change, name: 'stranger' })
    const state = await weak.pullRequest(7)
    expect(state).toEqual({ known: false, why: expect.stringMatching(why) })
    expect(state).toEqual({ known: false, why: expect.stringMatching(permission) })
  })

  it('is unknown for one that does not exist', async () => {
    expect(await forge.pullRequest(999)).toMatchObject({ known: false })
  })

  it('is known after a failure that passes', async () => {
    github.fault({ operation: 'pulls/get', kind: 'html', status: 502 })
    expect(await forge.pullRequest(7)).toMatchObject({ known: true })
    expect(access.clock.waits).toEqual([1000])
  })

  it.each([301, 307] as const)('is unknown after a redirect of status %s, and the token stays here', async (status) => {
    const elsewhere = await startWeb()
    github.fault({ operation: 'pulls/get', kind: 'redirect', status, location: `${elsewhere.url}/repositories/1` })
    const state = await forge.pullRequest(7)
    await elsewhere.close()
    expect(state).toMatchObject({
      known: false,
      why: expect.stringContaining(`redirects to 127.0.0.1:${elsewhere.port}`),
    })
    expect(elsewhere.connections).toBe(0)
  })

  it('is no answer at all to a cancelled run', async () => {
    const scheduled = github.fault({ operation: 'pulls/get', times: 9, kind: 'hang' })
    const asked = forge.pullRequest(7)
    setTimeout(() => access.abort.abort(), 50)
    await expect(asked).rejects.toBeInstanceOf(CancelledError)
    scheduled.remove()
  })

  it('says nothing of the token', async () => {
    const { forge: weak } = await accessTo(github, { ...reader, permissions: {} })
    expect(JSON.stringify(await weak.pullRequest(7))).not.toMatch(/ghs_|authorization/i)
  })

  it('asks with a version of the API', () => {
    expect(github.journal.every((entry) => entry.apiVersion === '2022-11-28')).toBe(true)
  })
})
