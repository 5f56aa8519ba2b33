import { describe, expect, it } from '@jest/globals'
import { isPassed, passingFault } from '../../src/domain/command-variables.js'

describe('a variable of the job', () => {
  it.each([
    'PATH',
    'HOME',
    'CI',
    'NODE_ENV',
    'RAILS_ENV',
    'LC_ALL',
    'JAVA_HOME',
    'JAVA_HOME_21_X64',
    'GITHUB_SHA',
    'GITHUB_WORKSPACE',
    // By it the runner finds what a job that was cut off has left running.
    'RUNNER_TRACKING_ID',
  ])('%s is passed', (name) => expect(isPassed(name, [])).toBe(true))

  const never = [
    'INPUT_API_KEY',
    'INPUT_ADMIN_URL',
    'STATE_build',
    'ACTIONS_RUNTIME_TOKEN',
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
    'ACTIONS_CACHE_URL',
    'GITHUB_TOKEN',
    'GITHUB_ENV',
    'GITHUB_OUTPUT',
    'GITHUB_PATH',
    'GITHUB_STATE',
    'GITHUB_STEP_SUMMARY',
    'GH_TOKEN',
    'CI_JOB_TOKEN',
    'github_token',
    'input_api_key',
  ]
  it.each(never)('%s is never passed, also when it is asked for', (name) => {
    expect(isPassed(name, [name])).toBe(false)
    expect(passingFault(name)).toContain('kept from commands')
  })

  it.each([
    'NPM_TOKEN',
    'AWS_SECRET_ACCESS_KEY',
    'MY_FLAG',
    'NODE_OPTIONS',
    'LD_PRELOAD',
    'BASH_ENV',
    'DATABASE_URL',
    'VERCEL_TOKEN',
  ])('%s is passed only when it is asked for', (name) => {
    expect(isPassed(name, [])).toBe(false)
    expect(isPassed(name, [name])).toBe(true)
  })

  it.each([
    'PATH', 'HOME', 'NO_COLOR', 'USERPROFILE', 'PROGRAMFILES', 'CI', 'ASPNETCORE_ENVIRONMENT', 'LC_ALL', 'GOPATH', 'RUBYLIB', 'PYTHON3_ROOT_DIR',
    'XDG_CACHE_HOME', 'RUNNER_TEMP', 'GITHUB_REPOSITORY', 'CI_PROJECT_DIR',
  ])('what only begins or ends like %s may be a secret, and is not passed', (name) => {
    expect(isPassed(name, [])).toBe(true)
    expect(isPassed(`DEPLOY_${name}`, [])).toBe(false)
    if (name !== 'PROGRAMFILES') expect(isPassed(`${name}_2`, [])).toBe(false)
  }) // prettier-ignore

  // Windows has brackets in a name.
  it.each(['JAVA_HOME_21_X64', 'GOROOT_1_24_X64', 'ProgramFiles(x86)', 'PYTHON_ROOT_DIR', 'PYTHON2_ROOT_DIR'])(
    '%s is passed in each of its forms',
    (name) => expect(isPassed(name, [])).toBe(true),
  )

  it.each(['MY_GITHUB_TOKEN', 'GITHUB_TOKEN_2', 'GH_TOKEN_2', 'CI_JOB_TOKEN_2', 'MY_INPUT_A'])(
    '%s is none of the names that are never passed',
    (name) => expect(passingFault(name)).toBeUndefined(),
  )

  it.each(['', 'A=B', 'A B', '1A', 'A'.repeat(101)])('%j is no name', (name) =>
    expect(passingFault(name)).toBe('is no name of a variable'),
  )
})
