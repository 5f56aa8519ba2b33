import { describe, expect, it } from '@jest/globals'
import { parseTrigger } from '../src/forges/github/trigger.js'
import { parseConfig } from '../src/inputs.js'
import type { PreparationConfig } from '../src/inputs/preparation.js'
import { readInputs } from '../src/inputs/readers.js'
import { pullRequestPayload } from './fixtures/action.js'

function parse(inputs: Record<string, string>, event = 'pull_request'): PreparationConfig | undefined {
  const all = {
    provider: 'neon',
    api_key: 'k'.repeat(20),
    project: 'p',
    data_policy: 'schema_only',
    github_token: 't',
    ...inputs,
  }
  const env: Record<string, string> = {
    GITHUB_EVENT_NAME: event,
    GITHUB_REPOSITORY: 'octo/shop',
    GITHUB_REPOSITORY_ID: '42',
  }
  for (const [name, value] of Object.entries(all)) env[`INPUT_${name.toUpperCase()}`] = value
  const payload = event === 'workflow_dispatch' ? {} : pullRequestPayload('opened')
  const parsed = parseConfig(readInputs(env), parseTrigger(env, JSON.stringify(payload)))
  if (!('config' in parsed) || !('branch' in parsed.config)) throw new Error('no branch')
  return parsed.config.preparation
}

describe('what is done in a branch', () => {
  it('is nothing unless something is asked for', () => {
    expect(parse({})).toBeUndefined()
    expect(parse({ comment: 'true', on_failure: 'keep' })).toBeUndefined()
  })

  it('with a migration is watched and compared, with half an hour of time', () => {
    expect(parse({ migrate: 'npm run migrate' })).toEqual({
      migrate: 'npm run migrate',
      seed: undefined,
      keep: false,
      timeout: 30 * 60_000,
      commandVariables: [],
      lockReport: true,
      schemaDiff: true,
      explain: [],
      analyze: 'off',
      migrationFiles: [],
      failOn: [],
      urlName: 'DATABASE_URL',
    })
  })

  it.each<[Record<string, string>, Partial<PreparationConfig>]>([
    [{ seed: 'db/*.sql' }, { seed: 'db/*.sql', lockReport: false, schemaDiff: false }],
    [
      { migrate: 'm', on_failure: 'keep', command_timeout: '1' },
      { keep: true, timeout: 60_000 },
    ],
    [{ migrate: 'm', command_env: 'A, B\nC' }, { commandVariables: ['A', 'B', 'C'] }],
    [
      { migrate: 'm', lock_report: 'false', schema_diff: 'false' },
      { lockReport: false, schemaDiff: false },
    ],
    [
      { explain: 'q/*.sql,\nr.sql', explain_analyze: 'both' },
      { explain: ['q/*.sql', 'r.sql'], analyze: 'both' },
    ],
    [{ migrate: 'm', secret_name: 'SHOP_URL' }, { urlName: 'SHOP_URL' }],
    [
      { mode: 'report', migrate: 'never run', seed: 'a.sql' },
      { migrate: undefined, seed: undefined, schemaDiff: true },
    ],
    [{ mode: 'report' }, { lockReport: false, schemaDiff: true }],
  ])('%j', (inputs, expected) => expect(parse(inputs)).toMatchObject(expected))

  it.each<[Record<string, string>, RegExp]>([
    [{ migrate: 'm', command_timeout: '0' }, /^Input "command_timeout" .*1 .*360/],
    [{ migrate: 'm', command_timeout: '361' }, /^Input "command_timeout"/],
    [{ migrate: 'm', on_failure: 'retry' }, /^Input "on_failure" .*delete.*keep/],
    [{ migrate: 'm', command_env: 'GITHUB_TOKEN' }, /^Input "command_env" names "GITHUB_TOKEN", which is kept/],
    [{ migrate: 'm', command_env: 'A B' }, /^Input "command_env" names "A B", which is no name/],
    [{ migrate: 'm', explain: '../q.sql' }, /^Input "explain" names "\.\.\/q\.sql", which leads out of the workspace/],
    [{ migration_files: '/etc/*' }, /^Input "migration_files" names "\/etc\/\*", which does not begin/],
    [{ migrate: 'm', fail_on: 'speed' }, /^Input "fail_on" is wrong: "speed" is none of/],
    [{ migrate: 'm', lock_report: 'yes' }, /^Input "lock_report"/],
  ])('%j is refused', (inputs, message) => expect(() => parse(inputs)).toThrow(message))

  it.each<[Record<string, string>]>([
    [{ fail_on: 'lock>2s' }],
    [{ seed: 'a.sql', fail_on: 'data_loss' }],
    [{ migrate: 'm', lock_report: 'false', fail_on: 'rewrite' }],
    [{ migrate: 'm', schema_diff: 'false', lock_report: 'false', fail_on: 'high' }],
    [{ migrate: 'm', fail_on: 'data_loss, seq_scan' }],
    [{ mode: 'report', migration_files: 'm/*.sql', fail_on: 'lock>2s' }],
  ])('a condition that nothing can break is refused: %j', (inputs) =>
    expect(() => parse(inputs)).toThrow(/^Input "fail_on" says ".*", but nothing is looked at/),
  )

  it.each<[Record<string, string>]>([
    [{ migrate: 'm', fail_on: 'lock>2s, rewrite>100MB, data_loss, high' }],
    [{ mode: 'report', migration_files: 'm/*.sql', fail_on: 'lock, data_loss' }],
    [{ explain: 'q.sql', fail_on: 'cost>3x, medium' }],
  ])('one that something can break is not: %j', (inputs) => expect(parse(inputs)?.failOn).not.toEqual([]))
})

describe.each(['pull_request_target', 'workflow_run', 'issue_comment'])('on %s', (event) => {
  const named = {
    branch_name: 'fixed',
    mode: 'create',
    ...(event === 'pull_request_target' && { branch_name: 'pr-{number}' }),
  }
  it.each(['migrate', 'seed', 'explain', 'migration_files'])('%s is refused', (input) => {
    expect(() => parse({ ...named, [input]: 'a.sql' }, event)).toThrow(
      new RegExp(`Input "${input}" is refused on "${event}".*trust_code`),
    )
  })

  it('they are not where the workflow says that the code is its own', () => {
    expect(parse({ ...named, migrate: 'm', trust_code: 'true' }, event)).toMatchObject({ migrate: 'm' })
  })

  it('all is well where nothing is run', () => expect(parse(named, event)).toBeUndefined())
})
