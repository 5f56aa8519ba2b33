import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { ActionOptions, ActionResult } from '../fixtures/action.js'
import { startWorld, type World } from '../fixtures/world.js'

/**
 * The shipped bundle as a process, one pull request after the other: everything it prints, sets, saves and asks for.
 * The snapshot is the specification; read its diff like one.
 */
let world: World
let environmentToken: string
let blindToken: string

beforeAll(async () => {
  world = await startWorld()
  environmentToken = world.github.token({
    name: 'environment token',
    kind: 'app',
    permissions: { administration: 'write', environments: 'write' },
  })
  blindToken = world.github.token({ name: 'blind token', kind: 'fine-grained', permissions: { environments: 'write' } })
})
afterAll(() => world.stop())

/** What differs from run to run, replaced by what it is. */
function steady(text: string): string {
  const { server, github } = world
  return text
    .replaceAll(server.password, '<admin password>')
    .replaceAll(String(server.port), '<port>')
    .replaceAll(new URL(github.url).host, '<github>')
    .replace(/\b(ghs|github_pat)_\w+/g, '<$1 token>')
    .replace(/(pr-\d+(?::|%3A|%253A))[\w-]{32}/g, '$1<derived password>')
    .replace(/(?<=add-mask::|^password=)[\w-]{32}$/gm, '<derived password>')
    .replace(/\b[0-9a-f]{16}\b/g, '<build>')
    .replace(/\d+\.\d\d s\b/g, '<time>')
    .replace(/\d+(\.\d)? MB/g, '<size>')
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/g, '<date>')
    .replace(/\(request [^)]*\)/g, '(request <id>)')
    .replace(/^\n+|\n+$/g, '')
}

function story(result: ActionResult, from: number): string {
  const requests = world.github.journal
    .slice(from)
    .map((entry) => `${entry.method} ${entry.path} -> ${entry.status} (${entry.token})`)
  const set = (values: Record<string, string>) =>
    Object.entries(values).map(([name, value]) => `${name}=${name === 'branch_id' && value ? '<oid>' : value}`)
  const parts: [string, string[]][] = [
    [`exit ${result.code}`, []],
    [
      'log',
      result.log
        .trimEnd()
        .split('\n')
        .filter((line) => !line.startsWith('::debug::')),
    ],
    ['outputs', set(result.outputs)],
    ['state', set(result.state)],
    ['requests', requests],
    ['summary', result.summary.trimEnd().split('\n')],
  ]
  return parts.map(([head, lines]) => [`--- ${head}`, ...lines.map(steady)].join('\n')).join('\n')
}

async function play(at: { number: number; action: string }, more?: ActionOptions): Promise<string> {
  const from = world.github.journal.length
  const result = await world.main(at, more)
  // With debug logging, a person sees each request and what came of it.
  const asked = world.github.journal.slice(from).map(({ method, path, status }) => `${method} ${path} → ${status}`)
  const journal = result.log
    .replaceAll('%25', '%')
    .matchAll(/^::debug::(\w+) [^/\s]+(\/[^\s?]*)(?:\?\S*)? → (\d+) in \d+ ms \(attempt 1, request /gm)
  expect([...journal].map(([, method, path, status]) => `${method} ${path} → ${status}`)).toEqual(asked)
  return story(result, from)
}

it('a pull request from opened to closed', async () => {
  const number = 1
  world.github.openPullRequest({ number })
  expect(await play({ number, action: 'opened' })).toMatchSnapshot('opened')
  expect(await play({ number, action: 'synchronize' })).toMatchSnapshot('synchronize')
  const reset = { inputs: { on_synchronize: 'reset' } }
  expect(await play({ number, action: 'synchronize' }, reset)).toMatchSnapshot('synchronize with reset')
  expect(await play({ number, action: 'opened' }, { inputs: { mode: 'connect' } })).toMatchSnapshot('connect')
  world.github.closePullRequest(number)
  expect(await play({ number, action: 'closed' })).toMatchSnapshot('closed')
  expect(await play({ number, action: 'closed' })).toMatchSnapshot('closed again')
})

it('with an environment', async () => {
  const number = 2
  world.github.openPullRequest({ number })
  const inputs = { environment: 'pr-{number}', environment_token: environmentToken }
  expect(await play({ number, action: 'opened' }, { inputs })).toMatchSnapshot('opened')
  expect(world.github.environmentSecrets('pr-2')['DATABASE_URL']).toMatch(/^postgresql:\/\/pr-2:/)
  world.github.closePullRequest(number)
  expect(await play({ number, action: 'closed' }, { inputs })).toMatchSnapshot('closed')
  expect(world.github.environments.size).toBe(0)
})

it('with an environment token that may not create environments', async () => {
  const number = 3
  world.github.openPullRequest({ number })
  const inputs = { environment: 'pr-{number}', environment_token: blindToken }
  expect(await play({ number, action: 'opened' }, { inputs })).toMatchSnapshot('opened')
  expect(await world.standing()).toContain('database pr-3')
})

it('an approved copy', async () => {
  const number = 4
  world.github.openPullRequest({ number })
  const inputs = { data_policy: 'copy', copy_approval: 'Jane | <b>Doe</b> @jane: `test data`, see https://example.com' }
  expect(await play({ number, action: 'opened' }, { inputs })).toMatchSnapshot('opened')
  expect(await play({ number, action: 'synchronize' })).toMatchSnapshot('then schema_only is asked for')
})

it('a dry run changes nothing', async () => {
  const number = 5
  world.github.openPullRequest({ number })
  const before = await world.standing()
  expect(await play({ number, action: 'opened' }, { inputs: { dry_run: 'true' } })).toMatchSnapshot('opened')
  expect(await world.standing()).toEqual(before)
})

it('a database of that name that is not ours', async () => {
  const number = 6
  world.github.openPullRequest({ number })
  await world.server.sql('postgres', 'CREATE DATABASE "pr-6"')
  expect(await play({ number, action: 'opened' })).toMatchSnapshot('opened')
  world.github.closePullRequest(number)
  expect(await play({ number, action: 'closed' })).toMatchSnapshot('closed')
  expect(await world.standing()).toContain('database pr-6')
})

it('GitHub does not answer', async () => {
  const number = 7
  world.github.openPullRequest({ number })
  const fault = world.github.fault({ operation: 'pulls/get', kind: 'status', status: 404 })
  expect(await play({ number, action: 'opened' })).toMatchSnapshot('opened')
  fault.remove()
  expect(await world.standing()).not.toContain('database pr-7')
})

it('an event that auto does not know', async () => {
  world.github.openPullRequest({ number: 8 })
  expect(await play({ number: 8, action: 'labeled' })).toMatchSnapshot('labeled')
})
