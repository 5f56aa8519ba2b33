import { describe, expect, it } from '@jest/globals'
import { InputError } from '../src/errors.js'
import { parseTrigger } from '../src/forges/github/trigger.js'
import { parseConfig } from '../src/inputs.js'
import { type InputName, readInputs } from '../src/inputs/readers.js'
import { pullRequestPayload } from './fixtures/action.js'

type Inputs = Partial<Record<InputName, string>>

const full: Inputs = {
  provider: 'postgres',
  admin_url: 'postgresql://admin:secret-password@db/postgres',
  github_token: 'ghs_0',
}

function parse(inputs: Inputs, event: 'schedule' | 'pull_request' = 'schedule') {
  const env = {
    GITHUB_EVENT_NAME: event,
    GITHUB_REPOSITORY: 'octo/shop',
    GITHUB_REPOSITORY_ID: '42',
    ...Object.fromEntries(
      Object.entries({ ...full, ...inputs }).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
    ),
  }
  return parseConfig(
    readInputs(env),
    parseTrigger(env, event === 'schedule' ? '{}' : JSON.stringify(pullRequestPayload('opened'))),
  )
}

const golden: Inputs = { mode: 'golden', branch_name: 'golden' }

describe('mode golden', () => {
  it('names its parent and itself, and belongs to no pull request', () => {
    expect(parse(golden)).toMatchObject({
      config: {
        mode: 'golden',
        branch: 'golden',
        parent: 'main',
        pullRequest: null,
        dataPolicy: 'masked',
        dryRun: false,
      },
    })
    const named = { ...golden, branch_name: '{repository}-golden', data_policy: 'masked', dry_run: 'true' }
    expect(parse(named)).toMatchObject({ config: { branch: 'shop-golden', dryRun: true } })
  })

  it.each<[Inputs, RegExp]>([
    [{ branch_name: '' }, /^Input "branch_name" must name the golden parent in mode "golden", without \{number\}/],
    [{ branch_name: 'pr-{number}' }, /^Input "branch_name" must name the golden parent.*; it is "pr-\{number\}"\.$/],
    [{ branch_name: 'main' }, /^Input "branch_name" gives "main", which is a name that this action never touches/],
    [{ parent_branch: 'golden' }, /^Inputs "branch_name" and "parent_branch" are both "golden"/],
    [
      { data_policy: 'copy' },
      /^Input "data_policy" is "copy", and mode "golden" makes a parent with data_policy "masked"/,
    ],
    [{ copy_approval: 'Jane Doe: why not' }, /^Input "copy_approval" does not go with mode "golden"/],
    [{ point_in_time: '2026-11-01' }, /^Input "point_in_time" does not go with mode "golden"/],
    [{ idle_days: '7' }, /^Input "idle_days" does not go with mode "golden"/],
    [{ max_golden_age: '7' }, /^Input "max_golden_age" does not go with mode "golden"/],
    [{ environment: 'pr-{number}' }, /^Input "environment" does not go with mode "golden"/],
    [{ pull_request: '7' }, /^Input "pull_request" goes with modes "cleanup" and "refresh", not with "golden"/],
    [{ masking_key: 'short' }, /^Input "masking_key" is shorter than 32 bytes/],
    [{ github_token: '' }, /^Input "github_token" is empty/],
  ])('refuses %j', (inputs, message) => {
    expect(() => parse({ ...golden, ...inputs })).toThrow(InputError)
    expect(() => parse({ ...golden, ...inputs })).toThrow(message)
  })

  it('does not run for a pull request', () => {
    expect(() => parse(golden, 'pull_request')).toThrow(
      /^Input "mode" is "golden", which is for all pull requests at once/,
    )
  })
})

describe('max_golden_age', () => {
  it.each<[Inputs, 'schedule' | 'pull_request']>([
    [{ data_policy: 'masked' }, 'pull_request'],
    [{ mode: 'refresh' }, 'schedule'],
  ])('is read where branches are made: %j', (inputs, event) => {
    expect(parse({ ...inputs, max_golden_age: '365' }, event)).toMatchObject({ config: { maxGoldenAge: 365 } })
    expect(parse(inputs, event)).toMatchObject({ config: { maxGoldenAge: undefined } })
  })

  it.each(['0', '366', '-1', '7 days', '1.5', '0x7', 'NaN', '٧'])('refuses %j', (text) => {
    expect(() => parse({ data_policy: 'masked', max_golden_age: text }, 'pull_request')).toThrow(
      `Input "max_golden_age" is "${text}". Use a whole number of days from 1 to 365.`,
    )
  })
})
