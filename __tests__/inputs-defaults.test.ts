import { describe, expect, it } from '@jest/globals'
import { parseTrigger } from '../src/forges/github/trigger.js'
import { type BranchConfig, parseConfig } from '../src/inputs.js'
import { readInputs } from '../src/inputs/readers.js'
import { type ActionOptions, pullRequestPayload, runAction } from './fixtures/action.js'
import { startWeb } from './fixtures/web.js'

const url = 'postgresql://postgres:swordfish@db.example.com/postgres'
const full = { provider: 'postgres', admin_url: url, data_policy: 'schema_only', github_token: 'ghs_0123456789' }

interface Run {
  readonly event?: string
  readonly payload?: unknown
  readonly actor?: string
}

function parse(inputs: Record<string, string>, { event = 'pull_request', payload, actor = 'octocat' }: Run = {}) {
  const env = {
    GITHUB_EVENT_NAME: event,
    GITHUB_REPOSITORY: 'octo/shop',
    GITHUB_REPOSITORY_ID: '42',
    GITHUB_ACTOR: actor,
    GITHUB_RUN_ID: '1001',
    GITHUB_RUN_ATTEMPT: '1',
    ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
  }
  return parseConfig(readInputs(env), parseTrigger(env, JSON.stringify(payload ?? pullRequestPayload('opened'))))
}

function configOf(inputs: Record<string, string>, run: Run = {}): BranchConfig {
  const parsed = parse(inputs, run)
  if (!('config' in parsed)) throw new Error(JSON.stringify(parsed))
  return parsed.config as BranchConfig
}

const on = (action: string, head?: { id: number | null; login?: string }): Run => ({
  payload: pullRequestPayload(action, 7, head),
})

describe('defaults', () => {
  it('are what action.yml promises', () => {
    expect(configOf(full)).toMatchObject({
      mode: 'create',
      platform: { provider: 'postgres', busyParent: 'refuse' },
      branch: 'pr-7',
      parent: 'main',
      pullRequest: 7,
      repository: { id: 42, owner: 'octo', name: 'shop' },
      run: '1001.1',
      onClose: false,
      existing: 'reuse',
      dataPolicy: 'schema_only',
      copyApproval: undefined,
      environment: undefined,
      dryRun: false,
    })
  })

  it('stand in for inputs that are empty or only spaces', () => {
    const empty = Object.fromEntries(
      [
        'mode',
        'branch_name',
        'parent_branch',
        'busy_parent',
        'on_synchronize',
        'copy_approval',
        'environment',
        'secret_name',
        'dry_run',
      ].map((name) => [name, ' \t\r\n']),
    )
    expect(configOf({ ...full, ...empty })).toEqual(configOf(full))
  })

  it('cannot be changed afterwards', () => {
    expect(Object.isFrozen(configOf(full))).toBe(true)
  })
})

describe('readInputs', () => {
  it.each<[string, string]>([
    ['  pr-7\t\r\n', 'pr-7'],
    ['\uFEFFpr-7', '\uFEFFpr-7'],
    ['\u00A0pr-7\u2003', '\u00A0pr-7\u2003'],
    ['a b', 'a b'],
  ])('reads %j as %j', (given, read) => {
    expect(readInputs({ INPUT_BRANCH_NAME: given })('branch_name')).toBe(read)
  })

  it('reads a missing input as empty', () => {
    expect(readInputs({})('mode')).toBe('')
  })
})

describe('mode', () => {
  it.each<[string, string, BranchConfig['mode']]>([
    ['pull_request', 'opened', 'create'],
    ['pull_request', 'reopened', 'create'],
    ['pull_request', 'synchronize', 'create'],
    ['pull_request', 'ready_for_review', 'create'],
    ['pull_request', 'closed', 'delete'],
    ['pull_request_target', 'opened', 'create'],
    ['pull_request_target', 'closed', 'delete'],
  ])('auto on %s %s means %s%s', (event, action, mode) => {
    expect(configOf(full, { ...on(action), event })).toMatchObject({ mode, onClose: action === 'closed' })
  })

  it.each(['create', 'delete', 'connect'])('%s works on any event', (mode) => {
    const config = configOf({ ...full, mode, branch_name: 'demo' }, { event: 'workflow_dispatch', payload: {} })
    expect(config).toMatchObject({ mode, branch: 'demo', pullRequest: null, onClose: false })
  })

  it('create by hand needs no token of GitHub, because there is no state to read', () => {
    const inputs = { ...full, mode: 'create', branch_name: 'demo', github_token: '' }
    expect(configOf(inputs, { event: 'push', payload: {} }).forgeToken).toBeUndefined()
  })

  it('connect takes no environment', () => {
    expect(configOf({ ...full, mode: 'connect', environment: 'pr-{number}' }).environment).toBeUndefined()
  })
})

describe('deleting', () => {
  it.each<[string, Record<string, string>]>([
    ['no data policy', { data_policy: '' }],
    ['a data policy of another time', { data_policy: 'masked' }],
    ['an approval without copy', { copy_approval: 'x' }],
    ['copy without approval', { data_policy: 'copy' }],
  ])('works with %s', (_name, change) => {
    expect(configOf({ ...full, ...change }, on('closed'))).toMatchObject({
      mode: 'delete',
      dataPolicy: undefined,
      copyApproval: undefined,
    })
  })

  it('knows the environment to remove', () => {
    const inputs = { ...full, environment: '{repository}/pr-{number}', environment_token: 'github_pat_0123456789' }
    expect(configOf(inputs, on('closed')).environment).toMatchObject({
      template: '{repository}/pr-{number}',
      secretName: 'DATABASE_URL',
    })
  })
})

describe('on_synchronize', () => {
  it.each<[string, string, string]>([
    ['synchronize', 'reset', 'reset'],
    ['synchronize', 'reuse', 'reuse'],
    ['synchronize', '', 'reuse'],
    ['reopened', 'reset', 'reuse'],
    ['opened', 'reset', 'reuse'],
  ])('on %s, %j means %s', (action, on_synchronize, existing) => {
    expect(configOf({ ...full, on_synchronize }, on(action)).existing).toBe(existing)
  })
})

describe('branch_name', () => {
  it.each<[string, string]>([
    ['pr-{number}', 'pr-7'],
    ['{repository}-{number}-{number}', 'shop-7-7'],
    ['x'.repeat(63), 'x'.repeat(63)],
    ['A.b_c-1', 'A.b_c-1'],
    ['7', '7'],
  ])('%s gives %s', (branch_name, branch) => {
    expect(configOf({ ...full, branch_name }).branch).toBe(branch)
  })
})

describe('admin_url', () => {
  it.each([
    'postgres://u:p@h',
    'postgresql://u:p@h:5433/db?sslmode=verify-full&sslrootcert=/ca.pem',
    'postgresql://u%40x:p%25%2F@[::1]:5432/my%20db',
    'postgresql://u:a@b@h/db',
  ])('may be %s', (admin_url) => {
    const { platform } = configOf({ ...full, admin_url })
    expect(platform.provider === 'postgres' && platform.adminUrl.reveal()).toBe(admin_url)
  })
})

describe('a pull request that may get no secrets', () => {
  const rows: [string, Run, RegExp][] = [
    ['of a fork', on('opened', { id: 43 }), /from a fork/],
    ['of a deleted fork', on('closed', { id: null }), /from a fork/],
    ['of Dependabot', on('synchronize', { id: 42, login: 'dependabot[bot]' }), /of Dependabot's/],
    ['that Dependabot pushed to', { ...on('synchronize'), actor: 'dependabot[bot]' }, /of Dependabot's/],
  ]

  it.each(rows)('%s is skipped without them', (_name, run, whose) => {
    const parsed = parse({ ...full, admin_url: '', data_policy: '', github_token: '' }, run)
    expect('skip' in parsed && parsed.skip).toMatch(whose)
  })

  it.each(rows)('%s goes on with them', (_name, run) => {
    expect(configOf(full, run).branch).toBe('pr-7')
  })

  it.each(rows)('%s gets no branch under pull_request_target, where they are, but loses one', (_name, run) => {
    const trusted = { ...run, event: 'pull_request_target' }
    for (const mode of ['create', 'connect', 'report']) {
      expect(() => parse({ ...full, mode }, trusted)).toThrow(`Mode "${mode}" is refused on "pull_request_target"`)
      expect(configOf({ ...full, mode, trust_code: 'true' }, trusted).branch).toBe('pr-7')
    }
    expect(configOf({ ...full, mode: 'delete' }, trusted).branch).toBe('pr-7')
  })

  const comment = { event: 'issue_comment', payload: { issue: { number: 7, pull_request: {} } } }
  const followed = (id: number | null) => ({
    event: 'workflow_run',
    payload: { repository: { id: 42 }, workflow_run: { head_repository: id === null ? null : { id } } },
  })
  it.each<[string, Run, boolean]>([
    ['a comment, which names no head', comment, false],
    ['a run of a fork', followed(43), false],
    ['a run of a deleted fork', followed(null), false],
    ['a run of this repository', followed(42), true],
    ['its own pull request', { ...on('opened'), event: 'pull_request_target' }, true],
  ])('may stand behind %s', (_name, run, goesOn) => {
    const asked = () => configOf({ ...full, mode: 'create', branch_name: 'demo' }, run).branch
    if (goesOn) expect(asked()).toBe('demo')
    else expect(asked).toThrow(/is refused on "(issue_comment|workflow_run)"/)
    const sealed = { provider: 'postgres', mode: 'connect', sealed: 'dbb1.x', seal_key: 'k'.repeat(40) }
    if (!goesOn) expect(() => parse({ ...sealed, branch_name: 'demo' }, run)).toThrow('Mode "connect" is refused on')
  })

  it('is none that anybody may trust: there a missing secret is an error', () => {
    expect(() => parse({ ...full, admin_url: '' })).toThrow(/"admin_url" is missing/)
  })

  it.each(rows)('%s ends green with a notice and asks nobody', async (_name, run, whose) => {
    const web = await startWeb()
    const { payload, actor } = run
    const options: ActionOptions = { apiUrl: web.url, payload, ...(actor !== undefined && { actor }) }
    const result = await runAction({ ...options, inputs: { ...full, admin_url: '' } })
    await web.close()
    expect([result.code, result.errors, result.outputs, web.connections]).toEqual([0, [], { status: 'skipped' }, 0])
    expect(result.log.split('\n').filter((line) => line.startsWith('::notice::'))).toEqual([
      expect.stringMatching(whose),
    ])
  })
})
