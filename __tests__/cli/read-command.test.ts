import { describe, expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { readMetadata } from '../../scripts/docs.js'
import { help, readCommand } from '../../src/cli.js'
import { InputError } from '../../src/errors.js'
import { modes } from '../../src/inputs.js'
import { inputNames, secretInputs } from '../../src/inputs/readers.js'

const nothing = { inputs: {}, print: undefined, repository: undefined, pullRequest: undefined }

describe('a command line', () => {
  it.each<[string, string[], object]>([
    ['of nothing leaves all to the job', [], nothing],
    ['begins with the mode', ['cleanup'], { ...nothing, inputs: { INPUT_MODE: 'cleanup' } }],
    ['has the mode as a flag', ['--mode', 'cleanup'], { ...nothing, inputs: { INPUT_MODE: 'cleanup' } }],
    ['takes a value after the flag', ['--ttl-days', '9'], { ...nothing, inputs: { INPUT_TTL_DAYS: '9' } }],
    ['takes a value with the flag', ['--ttl-days=9'], { ...nothing, inputs: { INPUT_TTL_DAYS: '9' } }],
    ['takes a value that has a =', ['--project=a=b'], { ...nothing, inputs: { INPUT_PROJECT: 'a=b' } }],
    ['takes an empty value', ['--data-policy='], { ...nothing, inputs: { INPUT_DATA_POLICY: '' } }],
    ['has switches', ['--dry-run', 'delete'], { ...nothing, inputs: { INPUT_DRY_RUN: 'true', INPUT_MODE: 'delete' } }],
    ['turns a switch off', ['--dry-run=false'], { ...nothing, inputs: { INPUT_DRY_RUN: 'false' } }],
    [
      'names a pull request',
      ['create', '--pull-request', '7'],
      { ...nothing, inputs: { INPUT_MODE: 'create' }, pullRequest: 7 },
    ],
    [
      'narrows a sweep to a pull request',
      ['cleanup', '--pull-request', '7'],
      { ...nothing, inputs: { INPUT_MODE: 'cleanup', INPUT_PULL_REQUEST: '7' } },
    ],
    ['prints the URL', ['--print', 'url'], { ...nothing, print: 'connection_string' }],
    ['prints the pooled URL', ['--print', 'pooled-url'], { ...nothing, print: 'pooled_connection_string' }],
    ['prints another output', ['--print', 'branch-name'], { ...nothing, print: 'branch_name' }],
    ['names a repository', ['--repository', '42'], { ...nothing, repository: 42 }],
  ])('%s', (_what, argv, expected) => {
    expect(readCommand(argv)).toEqual(expected)
  })

  it.each<[string, string[], string]>([
    ['an unknown mode', ['destroy'], '"destroy" is no mode'],
    ['an unknown flag', ['--force'], '"--force" is no flag'],
    ['a flag with underscores', ['--dry_run'], '"--dry_run" is no flag'],
    ['a short flag', ['-f'], '"-f" is no flag'],
    ['no flag', ['--'], '"--" is no flag'],
    ['an inherited name', ['--constructor', 'x'], '"--constructor" is no flag'],
    ['a flag without a value', ['--ttl-days'], '"--ttl-days" has no value'],
    ['a flag for a value', ['--ttl-days', '--dry-run'], '"--ttl-days" has no value'],
    ['a flag twice', ['--ttl-days=1', '--ttl-days=2'], '"--ttl-days" is given twice'],
    ['two modes', ['create', 'delete'], '"mode" is given twice'],
    ['no number', ['create', '--pull-request', 'seven'], '"--pull-request" is "seven"'],
    ['no output', ['--print', 'everything'], 'no output "everything"'],
  ])('is refused with %s', (_what, argv, said) => {
    expect(() => readCommand(argv)).toThrow(InputError)
    expect(() => readCommand(argv)).toThrow(said)
  })

  it('is refused with a secret, whose value is not repeated', () => {
    for (const name of [...secretInputs, 'gitlab_token']) {
      const flag = `--${name.replaceAll('_', '-')}`
      for (const argv of [[flag, 'hunter2-hunter2'], [`${flag}=hunter2-hunter2`]]) {
        expect(() => readCommand(argv)).toThrow(`Set INPUT_${name.toUpperCase()} in the environment.`)
        expect(() => readCommand(argv)).not.toThrow('hunter2')
      }
    }
    expect(() => readCommand(['--api-kay=hunter2-hunter2'])).not.toThrow('hunter2')
  })

  it('takes every other input, and those that are true or false as switches', () => {
    const { inputs } = readMetadata(readFileSync(resolve(import.meta.dirname, '../../action.yml'), 'utf8'))
    const secrets: readonly string[] = secretInputs
    for (const name of inputNames.filter((each) => each !== 'pull_request' && !secrets.includes(each))) {
      const isSwitch = ['true', 'false'].includes(String(inputs[name]?.default))
      const flag = `--${name.replaceAll('_', '-')}`
      const value = isSwitch ? 'true' : 'x'
      const read = readCommand(isSwitch ? [flag] : [flag, 'x'])
      expect([name, read]).toEqual([name, { ...nothing, inputs: { [`INPUT_${name.toUpperCase()}`]: value } }])
    }
  })
})

it('the help fits a screen', () => {
  const lines = help.trimEnd().split('\n')
  expect(lines.length).toBeLessThanOrEqual(24)
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80)
  for (const mode of modes) expect(help).toContain(mode)
  for (const flags of [['--help'], ['-h'], ['create', '--help']]) expect(readCommand(flags)).toEqual({ help })
})
