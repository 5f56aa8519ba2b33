import { describe, expect, it } from '@jest/globals'
import { InputError } from '../src/errors.js'
import { parseTrigger } from '../src/forges/github/trigger.js'
import { type Parsed, parseConfig } from '../src/inputs.js'
import { readInputs } from '../src/inputs/readers.js'
import { pullRequestPayload } from './fixtures/action.js'

const key = 'k'.repeat(32)
const base = {
  provider: 'neon',
  api_key: 'neon-key-0123456789',
  project: 'p',
  data_policy: 'schema_only',
  github_token: 't',
}
const sealed = { mode: 'connect', provider: 'neon', sealed: 'dbb1.abc', seal_key: key }
const sha = 'a'.repeat(40)

function parse(
  inputs: Record<string, string>,
  payload: object = pullRequestPayload('opened'),
  event = 'pull_request',
): Parsed {
  const env: Record<string, string> = {
    GITHUB_EVENT_NAME: event,
    GITHUB_REPOSITORY: 'octo/shop',
    GITHUB_REPOSITORY_ID: '42',
  }
  for (const [name, value] of Object.entries(inputs)) env[`INPUT_${name.toUpperCase()}`] = value
  return parseConfig(readInputs(env), parseTrigger(env, JSON.stringify(payload)))
}

const handOver = (inputs: Record<string, string>) => {
  const parsed = parse({ ...base, ...inputs })
  if (!('config' in parsed)) throw new Error(JSON.stringify(parsed))
  return parsed.config.handOver
}

describe('sealed', () => {
  it('needs neither key nor place of a platform, and opens none', () => {
    expect(parse({ mode: 'connect', sealed: 'dbb1.abc', seal_key: key })).toMatchObject({
      sealed: {
        mode: 'connect',
        sealed: 'dbb1.abc',
        branch: 'pr-7',
        pullRequest: 7,
        repository: { id: 42 },
        exportEnv: [],
      },
    })
  })

  it.each<[string, Record<string, string>, RegExp]>([
    ['without text', { sealed: '' }, /^Input "sealed" is empty: the job that makes the branch handed no URL on/],
    ['without key', { seal_key: '' }, /^Input "sealed" needs "seal_key"/],
    ['with a short key', { seal_key: 'k'.repeat(31) }, /^Input "seal_key" is shorter than 32 bytes/],
    ['in another mode', { mode: 'create' }, /^Input "sealed" goes with mode "connect", not with "create"/],
    ['with a dry run', { dry_run: 'true' }, /^Input "dry_run" goes with modes that change something/],
    [
      'with a variable that is none of ours',
      { export_env: 'PATH' },
      /^Input "export_env" names "PATH", which means something/,
    ],
  ])('%s is refused', (_name, change, says) => {
    expect(() => parse({ ...sealed, ...change })).toThrow(InputError)
    expect(() => parse({ ...sealed, ...change })).toThrow(says)
  })

  it('never repeats the key', () => {
    expect(() => parse({ ...sealed, seal_key: 'hunter2' })).not.toThrow(/hunter2/)
  })

  it.each<[string, object]>([
    ['from a fork', pullRequestPayload('opened', 7, { id: 43 })],
    ["of Dependabot's", pullRequestPayload('opened', 7, { id: 42, login: 'dependabot[bot]' })],
  ])('of a pull request %s ends green', (whose, payload) => {
    const skip = expect.stringContaining(whose)
    expect(parse({ ...sealed, sealed: '', seal_key: '' }, payload)).toEqual({ skip })
  })
})

describe('export_env', () => {
  it('takes names by commas, spaces and lines, each once', () => {
    expect(handOver({ export_env: 'DATABASE_URL, PG*\nSHOP_DB DATABASE_URL' }).exportEnv).toEqual([
      'DATABASE_URL',
      'PG*',
      'SHOP_DB',
    ])
  })
})

describe('vercel', () => {
  const vercel = { vercel_token: 'vercel-token-0123', vercel_project: 'prj_1' }

  it('goes to the public address, under the name of the secret', () => {
    expect(handOver({ ...vercel, secret_name: 'SHOP_URL' }).vercel).toMatchObject({
      project: 'prj_1',
      team: '',
      apiUrl: 'https://api.vercel.com',
      variable: 'SHOP_URL',
    })
  })

  it.each<[Record<string, string>, RegExp]>([
    [{ vercel_token: '' }, /^Input "vercel_token" is missing/],
    [{ vercel_project: '' }, /^Input "vercel_project" is missing/],
    [{ vercel_project: '../x' }, /^Input "vercel_project" is "\.\.\/x"\. Use the id/],
    [{ vercel_api_url: 'http://example.com' }, /^Input "vercel_api_url" is "http:\/\/example\.com": without https/],
  ])('%j is refused', (change, says) => {
    expect(() => handOver({ ...vercel, ...change })).toThrow(says)
  })

  it('needs a pull request, and so does a deployment', () => {
    const push = { ...base, branch_name: 'demo', mode: 'create' }
    expect(() => parse({ ...push, ...vercel }, {}, 'push')).toThrow(/^Input "vercel_project" needs a pull request/)
    expect(() => parse({ ...push, deployment: 'true' }, {}, 'push')).toThrow(/^Input "deployment" needs a pull request/)
  })
})

describe('the head of a pull request', () => {
  const headOf = (id: number | null) => {
    const payload = pullRequestPayload('opened', 7, { id }) as { pull_request: { head: object } }
    Object.assign(payload.pull_request.head, { sha, ref: 'feature' })
    const parsed = parse(base, payload)
    return 'config' in parsed && 'head' in parsed.config ? parsed.config.head : undefined
  }

  it('is known for a git branch of this repository, and for no other', () => {
    expect(headOf(42)).toEqual({ commit: sha, gitBranch: 'feature' })
    expect([headOf(43), headOf(null)]).toEqual([undefined, undefined])
  })
})
