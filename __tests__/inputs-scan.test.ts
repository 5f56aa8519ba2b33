import { expect, it } from '@jest/globals'
import { parseTrigger } from '../src/forges/github/trigger.js'
import { parseConfig } from '../src/inputs.js'
import { readInputs } from '../src/inputs/readers.js'

const runner = { GITHUB_EVENT_NAME: 'workflow_dispatch', GITHUB_REPOSITORY: 'o/r', GITHUB_REPOSITORY_ID: '1' }
const trigger = parseTrigger(runner, '{}')

function parse(inputs: Record<string, string>, change: Partial<Parameters<typeof parseConfig>[1]> = {}) {
  const all = { mode: 'scan', provider: 'postgres', admin_url: 'postgresql://u:p@h/db', ...inputs }
  const env = Object.fromEntries(Object.entries(all).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]))
  return parseConfig(readInputs(env), { ...trigger, ...change })
}

it('needs a platform and a parent, neither a pull request nor a token', () => {
  expect(parse({ parent_branch: 'shop' })).toMatchObject({ config: { mode: 'scan', parent: 'shop', dryRun: false } })
  expect(parse({})).toMatchObject({ config: { parent: 'main', policyFile: '.github/db-branch.yml' } })
})

it('is skipped for a pull request that gets no secrets', () => {
  const pullRequest = { number: 7, untrusted: 'fork' } as const
  expect(parse({ admin_url: '' }, { event: 'pull_request', pullRequest })).toEqual({
    skip: expect.stringContaining('from a fork') as unknown,
  })
})

it('takes no input that it would ignore', () => {
  expect(() => parse({ dry_run: 'true' })).toThrow('not with "scan"')
  expect(() => parse({ pull_request: '7' })).toThrow('not with "scan"')
})
