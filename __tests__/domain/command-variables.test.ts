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

  it.each(['', 'A=B', 'A B', '1A', 'A'.repeat(101)])('%j is no name', (name) =>
    expect(passingFault(name)).toBe('is no name of a variable'),
  )
})
