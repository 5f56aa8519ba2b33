import { describe, expect, it } from '@jest/globals'
import { InputError } from '../src/errors.js'
import { parseTrigger } from '../src/forges/github/trigger.js'
import { parseConfig } from '../src/inputs.js'
import { type InputName, inputNames, readInputs } from '../src/inputs/readers.js'

const full = {
  provider: 'postgres',
  admin_url: 'postgresql://admin:secret-password@db/postgres',
  github_token: 'ghs_0',
}

function parse(inputs: Partial<Record<InputName, string>>) {
  const env = {
    GITHUB_EVENT_NAME: 'schedule',
    GITHUB_REPOSITORY: 'octo/shop',
    GITHUB_REPOSITORY_ID: '42',
    ...Object.fromEntries(
      Object.entries({ mode: 'cleanup', ...full, ...inputs }).map(([name, value]) => [
        `INPUT_${name.toUpperCase()}`,
        value,
      ]),
    ),
  }
  return parseConfig(readInputs(env), parseTrigger(env, '{}'))
}

describe('a sweep', () => {
  it('has the defaults that action.yml promises', () => {
    expect(parse({})).toMatchObject({
      config: {
        mode: 'cleanup',
        parent: 'main',
        strategy: 'activity',
        ttlDays: 7,
        idleDays: undefined,
        staleDays: 3,
        refreshBusy: false,
        exemptLabels: [],
        maxDeletions: 10,
        concurrency: 4,
        dryRun: false,
        onlyPullRequest: undefined,
      },
    })
  })

  it('reads labels from commas and lines', () => {
    expect(parse({ exempt_labels: ' keep , do not touch\n\nlong-lived,' })).toMatchObject({
      config: { exemptLabels: ['keep', 'do not touch', 'long-lived'] },
    })
  })

  it.each(['cleanup', 'refresh'])('by %s may go over one pull request', (mode) => {
    expect(parse({ mode, pull_request: '1234567' })).toMatchObject({ config: { onlyPullRequest: 1_234_567 } })
  })

  it.each(['create', 'delete', 'connect', 'scan'])('is the only one that takes pull_request: not %s', (mode) => {
    const inputs = { mode, pull_request: '7', branch_name: 'load-test', data_policy: 'schema_only' }
    expect(() => parse(inputs)).toThrow(
      `Input "pull_request" goes with modes "cleanup" and "refresh", not with "${mode}", which takes the pull request of its event. Remove it.`,
    )
    expect(parse({ ...inputs, pull_request: '' })).toMatchObject({ config: { mode } })
  })

  it('needs no data policy, no branch name and no pull request', () => {
    expect(inputNames.filter((name) => !(name in full) && name !== 'mode')).toContain('data_policy')
    expect(parse({ branch_name: 'pr-{number}' })).toMatchObject({ config: { mode: 'cleanup' } })
  })

  it.each<[InputName, string, RegExp]>([
    ...['7 days', '7days', '0', '-1', '7.5', '0x10', '1e3', 'NaN', '٧', '9999999'].map(
      (text): [InputName, string, RegExp] => [
        'ttl_days',
        text,
        /^Input "ttl_days" is ".*"\. Use a whole number of days from 1 to 3650\.$/,
      ],
    ),
    ['idle_days', '0', /^Input "idle_days" is "0"\. Use a whole number of days from 1 to 3650\.$/],
    ['stale_days', 'x', /^Input "stale_days" is "x"\. Use a whole number of days from 1 to 3650\.$/],
    ['max_deletions', '0', /^Input "max_deletions" is "0"\. Use a whole number of branches from 1 to 100000\.$/],
    ['concurrency', '21', /^Input "concurrency" is "21"\. Use a whole number of branches from 1 to 20\.$/],
    ['strategy', 'force', /^Input "strategy" is "force"\. Use "activity" or "hard"\.$/],
    ['refresh_busy', 'yes', /^Input "refresh_busy" is "yes"\. Use "false" or "true"\.$/],
    ...['0', '-7', '7.0', '#7', '07', '٧', '7,8', 'pr-7', '[7]', '12345678901'].map(
      (text): [InputName, string, RegExp] => [
        'pull_request',
        text,
        /^Input "pull_request" is ".*"\. Use the number of a pull request, such as 7\.$/,
      ],
    ),
    ['github_token', '', /^Input "github_token" is empty/],
    ['environment', 'preview', /^Input "environment" is "preview" without \{number\}/],
  ])('refuses %s %j', (name, text, message) => {
    expect(() => parse({ [name]: text })).toThrow(InputError)
    expect(() => parse({ [name]: text })).toThrow(message)
  })

  it.each<[Partial<Record<InputName, string>>, RegExp]>([
    [{ idle_days: '14' }, /^Input "idle_days" needs the pull requests, which strategy "hard" does not read\./],
    [{ exempt_labels: 'keep' }, /^Input "exempt_labels" needs the pull requests/],
  ])('by age alone refuses what needs the pull requests: %j', (inputs, message) => {
    expect(() => parse({ strategy: 'hard', ...inputs })).toThrow(message)
  })

  it('by age alone needs no token', () => {
    expect(parse({ strategy: 'hard', github_token: '' })).toMatchObject({ config: { strategy: 'hard' } })
  })
})
