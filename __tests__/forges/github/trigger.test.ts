import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { InputError } from '../../../src/errors.js'
import { parseTrigger } from '../../../src/forges/github/trigger.js'
import { pullRequestPayload } from '../../fixtures/action.js'

const env = {
  GITHUB_EVENT_NAME: 'pull_request',
  GITHUB_REPOSITORY: 'octo/shop',
  GITHUB_REPOSITORY_ID: '42',
  GITHUB_ACTOR: 'octocat',
  GITHUB_RUN_ID: '1001',
  GITHUB_RUN_ATTEMPT: '2',
}

function trigger(payload: unknown, change: Record<string, string | undefined> = {}) {
  return parseTrigger({ ...env, ...change }, JSON.stringify(payload))
}

describe('parseTrigger', () => {
  it('reads a pull request event', () => {
    expect(trigger(pullRequestPayload('opened'))).toMatchObject({
      event: 'pull_request',
      action: 'opened',
      repository: { id: 42, owner: 'octo', name: 'shop' },
      pullRequest: { number: 7, untrusted: undefined },
      run: '1001.2',
    })
  })

  const own = { repo: { id: 42 } }
  it.each<[string, unknown, string | undefined]>([
    ['a git branch of the repository', { number: 7, head: own, base: own }, undefined],
    ['a fork', { number: 7, head: { repo: { id: 43 } }, base: own }, 'fork'],
    ['a deleted fork', { number: 7, head: { repo: null }, base: own }, 'fork'],
    ['no head', { number: 7, base: own }, 'fork'],
    ['no base', { number: 7, head: own }, 'fork'],
    ['neither head nor base', { number: 7 }, 'fork'],
    ['ids that are texts', { number: 7, head: { repo: { id: '42' } }, base: { repo: { id: '42' } } }, 'fork'],
    ['Dependabot as author', { number: 7, head: own, base: own, user: { login: 'dependabot[bot]' } }, 'dependabot'],
    ['an author with a similar name', { number: 7, head: own, base: own, user: { login: 'dependabot' } }, undefined],
  ])('trusts %s as it should', (_name, pullRequest, untrusted) => {
    expect(trigger({ pull_request: pullRequest }).pullRequest).toEqual({ number: 7, untrusted })
  })

  it('knows Dependabot as whoever caused the run', () => {
    const change = { GITHUB_ACTOR: 'dependabot[bot]' }
    expect(trigger(pullRequestPayload('synchronize'), change).pullRequest?.untrusted).toBe('dependabot')
  })

  it.each<[string, unknown, number | undefined]>([
    ['a comment on a pull request', { issue: { number: 9, pull_request: { url: 'x' } } }, 9],
    ['a comment on an issue', { issue: { number: 9 } }, undefined],
    ['a comment on an issue with a null pull request', { issue: { number: 9, pull_request: null } }, undefined],
    ['both', { pull_request: { number: 7 }, issue: { number: 9, pull_request: {} } }, 7],
    ['zero', { pull_request: { number: 0 } }, undefined],
    ['a negative number', { pull_request: { number: -7 } }, undefined],
    ['a fraction', { pull_request: { number: 7.5 } }, undefined],
    ['a text', { pull_request: { number: '7' } }, undefined],
    ['a number beyond exactness', { pull_request: { number: 2 ** 53 } }, undefined],
    ['the largest exact number', { pull_request: { number: 2 ** 53 - 1 } }, 2 ** 53 - 1],
    ['a list of one', { pull_request: [{ number: 7 }] }, undefined],
    ['null', { pull_request: null }, undefined],
    ['an empty payload', {}, undefined],
    ['a list as payload', [{ pull_request: { number: 7 } }], undefined],
    ['null as payload', null, undefined],
    ['a text as payload', 'pull_request', undefined],
  ])('finds the number in %s', (_name, payload, number) => {
    expect(trigger(payload).pullRequest?.number).toBe(number)
  })

  it('has no action when the payload has none that is a text', () => {
    expect([{}, { action: 1 }, { action: null }].map((payload) => trigger(payload).action)).toEqual(['', '', ''])
  })

  it('takes the repository id from the payload on a runner that gives none', () => {
    expect(trigger({ repository: { id: 99 } }, { GITHUB_REPOSITORY_ID: undefined }).repository.id).toBe(99)
  })

  it.each<[string, Record<string, string | undefined>, unknown]>([
    ['no repository', { GITHUB_REPOSITORY: undefined }, {}],
    ['an empty repository', { GITHUB_REPOSITORY: '' }, {}],
    ['a repository without owner', { GITHUB_REPOSITORY: '/shop' }, {}],
    ['a repository without name', { GITHUB_REPOSITORY: 'octo' }, {}],
    ['no id', { GITHUB_REPOSITORY_ID: undefined }, {}],
    ['an empty id', { GITHUB_REPOSITORY_ID: '' }, {}],
    ['an id that is a word', { GITHUB_REPOSITORY_ID: 'abc' }, {}],
    ['a hexadecimal id', { GITHUB_REPOSITORY_ID: '0x2A' }, {}],
    ['a huge id', { GITHUB_REPOSITORY_ID: '9'.repeat(30) }, {}],
    ['a list as id', { GITHUB_REPOSITORY_ID: undefined }, { repository: { id: [42] } }],
    ['true as id', { GITHUB_REPOSITORY_ID: undefined }, { repository: { id: true } }],
  ])('refuses %s', (_name, change, payload) => {
    expect(() => trigger(payload, change)).toThrow(/GITHUB_REPOSITORY or GITHUB_REPOSITORY_ID is missing/)
  })

  it.each(['', '{', 'nonsense', '{"a":1} trailing'])('refuses the payload %j', (text) => {
    expect(() => parseTrigger(env, text)).toThrow(InputError)
    expect(() => parseTrigger(env, text)).toThrow(/file named by GITHUB_EVENT_PATH is not JSON/)
  })

  it('works without a payload', () => {
    expect(parseTrigger(env, undefined).pullRequest).toBeUndefined()
  })

  it('throws nothing but InputError, and finds no pull request that is not one, in any JSON', () => {
    const shaped = fc.record(
      {
        action: fc.jsonValue(),
        pull_request: fc.oneof(fc.jsonValue(), fc.record({ number: fc.jsonValue(), head: fc.jsonValue() })),
        issue: fc.oneof(fc.jsonValue(), fc.record({ number: fc.jsonValue(), pull_request: fc.jsonValue() })),
        repository: fc.oneof(fc.jsonValue(), fc.record({ id: fc.jsonValue() })),
      },
      { requiredKeys: [] },
    )
    const texts = fc.oneof(
      fc.json(),
      shaped.map((value) => JSON.stringify(value)),
      fc.string(),
    )
    fc.assert(
      fc.property(texts, fc.option(fc.string(), { nil: undefined }), (text, id) => {
        try {
          const read = parseTrigger({ ...env, GITHUB_REPOSITORY_ID: id }, text)
          expect(Number.isSafeInteger(read.repository.id) && read.repository.id > 0).toBe(true)
          expect(typeof read.action).toBe('string')
          if (read.pullRequest) expect(read.pullRequest.number).toBeGreaterThan(0)
        } catch (error) {
          expect(error).toBeInstanceOf(InputError)
        }
      }),
    )
  })
})
