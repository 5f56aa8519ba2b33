import { describe, expect, it } from '@jest/globals'
import { parseTrigger } from '../src/forges/github/trigger.js'
import { type BranchConfig, parseConfig, type SweepConfig } from '../src/inputs.js'
import { readInputs } from '../src/inputs/readers.js'
import { pullRequestPayload } from './fixtures/action.js'

const key = 'key-0123456789'
const base = { data_policy: 'schema_only', github_token: 'ghs_0123456789' }
const full: Record<string, Record<string, string>> = {
  xata: { provider: 'xata', api_key: key, organization: 'org1', project: 'prj_1' },
  xata_lite: { provider: 'xata_lite', api_key: key, organization: 'team-abc123', region: 'us-east-1', database: 'app' },
  neon: { provider: 'neon', api_key: key, project: 'sun-123' },
  supabase: { provider: 'supabase', api_key: key, project: 'abcdefghijklmnopqrst' },
  planetscale: { provider: 'planetscale', api_key: 'id:token', organization: 'org1', database: 'app' },
  dblab: { provider: 'dblab', api_key: key, api_url: 'https://dblab.example.com:2345' },
  rest: { provider: 'rest', api_key: key, rest_config: 'platform.yml' },
}

function parse(inputs: Record<string, string>, fork = false) {
  const env = {
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_REPOSITORY: 'octo/shop',
    GITHUB_REPOSITORY_ID: '42',
    GITHUB_ACTOR: 'octocat',
    ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
  }
  const payload = pullRequestPayload('opened', 7, { id: fork ? 43 : 42 })
  return parseConfig(readInputs(env), parseTrigger(env, JSON.stringify(payload)))
}

function configOf(inputs: Record<string, string>): BranchConfig {
  const parsed = parse({ ...base, ...inputs })
  if (!('config' in parsed)) throw new Error(JSON.stringify(parsed))
  return parsed.config as BranchConfig
}

const said = (inputs: Record<string, string>): string => {
  try {
    configOf(inputs)
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`
  }
  return 'nothing'
}

describe('the address of a platform', () => {
  it.each([
    ['xata', 'https://api.xata.tech'],
    ['xata_lite', 'https://team-abc123.us-east-1.xata.sh'],
    ['neon', 'https://console.neon.tech/api/v2'],
    ['supabase', 'https://api.supabase.com'],
    ['planetscale', 'https://api.planetscale.com/v1'],
    ['dblab', 'https://dblab.example.com:2345'],
    ['rest', ''],
  ])('of %s is %s', (provider, apiUrl) => {
    expect(configOf(full[provider]!).platform).toMatchObject({ provider, apiUrl })
  })

  it.each([
    ['https://a.example.com/v1/', {}, 'https://a.example.com/v1'],
    ['http://127.0.0.1:3000', {}, 'http://127.0.0.1:3000'],
    ['http://localhost:3000/api', {}, 'http://localhost:3000/api'],
    ['http://[::1]:3000', {}, 'http://[::1]:3000'],
    ['http://dblab.internal:2345', { allow_http: 'true' }, 'http://dblab.internal:2345'],
  ])('may be %s', (api_url, more, seen) => {
    expect(configOf({ ...full['neon'], ...more, api_url }).platform).toMatchObject({ apiUrl: seen })
  })

  it.each([
    ['http://dblab.internal:2345', /without https anybody on the way can read the key.*"allow_http"/],
    ['http://127.0.0.1.example.com', /without https/],
    ['http://localhost.example.com', /without https/],
    ['ftp://a.example.com', /starts with https/],
    ['a.example.com', /starts with https/],
    ['https://user:pass@a.example.com', /neither a user, a password/],
    ['https://a.example.com/?key=1', /neither a user/],
    ['https://a.example.com/#x', /neither a user/],
  ])('is not %s', (api_url, rule) => {
    expect(said({ ...full['dblab'], api_url })).toMatch(/^InputError: Input "api_url"/)
    expect(said({ ...full['dblab'], api_url })).toMatch(rule)
  })
})

describe('what a platform needs', () => {
  const rows = Object.entries(full).flatMap(([provider, inputs]) =>
    Object.keys(inputs)
      .filter((name) => name !== 'provider' && !(provider === 'rest' && name === 'api_key'))
      .map((name) => ({ provider, name })),
  )

  it.each(rows)('$provider without $name says so', ({ provider, name }) => {
    expect(said({ ...full[provider], [name]: '' })).toMatch(
      new RegExp(`^InputError: Input "${name}" is missing: provider "${provider}" needs `),
    )
  })

  it('is not taken silently where it has no meaning', () => {
    expect(said({ ...full['neon'], organization: 'x' })).toBe(
      'InputError: Input "organization" has no meaning for provider "neon". Remove it.',
    )
    expect(said({ ...full['neon'], admin_url: 'postgresql://a:b@h/d' })).toMatch(/"admin_url" has no meaning/)
    expect(said({ ...full['neon'], busy_parent: 'terminate' })).toMatch(/"busy_parent" has no meaning/)
    expect(said({ provider: 'postgres', admin_url: 'postgresql://a:b@h/d', api_key: key })).toMatch(
      /"api_key" has no meaning for provider "postgres"/,
    )
    expect(said({ ...full['neon'], rest_config: 'x.yml' })).toMatch(/"rest_config" has no meaning/)
  })

  it.each(['..', '../other', 'a/b', 'a b', 'x'.repeat(201), '-x', 'a%2Fb', 'a?b'])(
    'is not a project named %j',
    (project) => {
      expect(said({ ...full['neon'], project })).toMatch(/^InputError: Input "project" is /)
    },
  )

  it.each(['two words', 'line\nbreak', 'schlüssel'])('is not a key like %j, which is never repeated', (api_key) => {
    expect(said({ ...full['neon'], api_key })).toMatch(/^InputError: Input "api_key" holds a space/)
    expect(said({ ...full['neon'], api_key })).not.toContain(api_key)
  })

  it.each(['token', 'id:', ':token', 'a:b:c'])('is a key of two parts for planetscale, not %j', (api_key) => {
    expect(said({ ...full['planetscale'], api_key })).toMatch(/not of the form ID:TOKEN/)
  })
})

describe('a branch name', () => {
  it.each([
    ['planetscale', 'PR-{number}'],
    ['planetscale', 'pr_{number}'],
    ['xata_lite', 'pr.{number}'],
  ])('that %s does not take is refused: %s', (provider, branch_name) => {
    expect(said({ ...full[provider], branch_name })).toMatch(
      new RegExp(`^InputError: Input "branch_name" gives .* is no name for a branch on "${provider}", which takes `),
    )
  })
})

describe('a pull request of a fork', () => {
  it.each(Object.keys(full))('without a key is skipped on %s', (provider) => {
    const parsed = parse({ ...base, ...full[provider], api_key: '' }, true)
    expect('skip' in parsed && parsed.skip).toMatch(/"api_key" is empty/)
  })
})

describe('point_in_time', () => {
  it.each(['2026-11-22T08:00:00Z', '0/16B3748', '2026-11-22T08:00:00+02:00', 'dblab_pool@snapshot_1'])(
    'may be %s',
    (point_in_time) => {
      expect(configOf({ ...full['neon'], point_in_time }).pointInTime).toBe(point_in_time)
    },
  )

  it.each(['yesterday evening', 'a\nb', 'x'.repeat(101), '"'])('is not %j', (point_in_time) => {
    expect(said({ ...full['neon'], point_in_time })).toMatch(/^InputError: Input "point_in_time" is /)
  })
})

describe('trust_names', () => {
  const sweep = (more: Record<string, string>) => parse({ ...full['supabase'], ...base, mode: 'cleanup', ...more })

  it.each([
    [{}, undefined],
    [{ trust_names: 'true' }, { template: 'pr-{number}', repository: 'shop' }],
    [
      { trust_names: 'true', branch_name: '{repository}-{number}' },
      { template: '{repository}-{number}', repository: 'shop' },
    ],
  ])('%j gives %j', (more, byName) => {
    const parsed = sweep(more)
    expect('config' in parsed && (parsed.config as SweepConfig).byName).toEqual(byName)
  })

  it('needs a name by which the pull request is found', () => {
    expect(() => sweep({ trust_names: 'true', branch_name: 'preview' })).toThrow(
      /"trust_names" needs a "branch_name" with \{number\}/,
    )
  })
})
