import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import type { TokenRequest } from '../../../sim/github/index.js'
import { startWorld, type World } from '../../fixtures/world.js'

const full: TokenRequest['permissions'] = { administration: 'write', environments: 'write' }

let world: World
let number = 10
let environment: string
let before: number

beforeAll(async () => {
  world = await startWorld()
})

afterAll(() => world.stop())

beforeEach(() => {
  number += 1
  environment = `preview-${number}`
  world.github.openPullRequest({ number })
  before = world.github.journal.length
})

function inputsOf(permissions: TokenRequest['permissions'], name = 'environment app'): Record<string, string> {
  const environment_token = world.github.token({ name, kind: 'app', permissions: permissions ?? {} })
  return { environment: 'preview-{number}', environment_token }
}

function run(action: string, permissions: TokenRequest['permissions'] = full, more: Record<string, string> = {}) {
  return world.main({ number, action }, { inputs: { ...inputsOf(permissions), ...more } })
}

/** Who asked for what, since the test began. */
function asked(): Record<string, string[]> {
  const calls: Record<string, string[]> = {}
  for (const { token, operationId } of world.github.journal.slice(before))
    (calls[String(token)] ??= []).push(operationId ?? '')
  return calls
}

const names = async () => (await world.standing()).filter((name) => name === `database pr-${number}`)

describe('an environment of the pull request', () => {
  it('holds a URL that works, and is gone when the pull request is closed', async () => {
    const made = await run('opened')
    expect([made.code, made.errors]).toEqual([0, []])
    expect(made.outputs).toMatchObject({ status: 'created', environment })
    const url = world.github.environmentSecrets(environment)['DATABASE_URL']!
    expect(url).toBe(made.outputs['connection_string'])
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    expect((await client.query<{ name: string }>('SELECT current_database() AS name')).rows).toEqual([
      { name: `pr-${number}` },
    ])
    await client.end()
    world.github.closePullRequest(number)
    const gone = await run('closed')
    expect([gone.code, gone.outputs['status'], world.github.environments.has(environment), await names()]).toEqual([
      0,
      'deleted',
      false,
      [],
    ])
  })

  it('sees each token in its own calls only, and no secret of the whole repository', async () => {
    await run('opened')
    world.github.closePullRequest(number)
    await run('closed')
    const calls = asked()
    expect(Object.keys(calls).sort()).toEqual(['environment app', 'job'])
    expect(new Set(calls['job'])).toEqual(new Set(['pulls/get']))
    expect(new Set(calls['environment app'])).toEqual(
      new Set([
        'actions/get-environment-public-key',
        'repos/create-or-update-environment',
        'actions/create-environment-variable',
        'actions/create-or-update-environment-secret',
        'actions/delete-environment-secret',
        'repos/delete-an-environment',
      ]),
    )
    expect(JSON.stringify([...world.github.journal])).not.toContain('/actions/secrets')
  })

  it('is not written in a dry run', async () => {
    const planned = await run('opened', full, { dry_run: 'true' })
    expect([planned.code, planned.outputs['status']]).toEqual([0, 'planned'])
    expect([asked()['environment app'], await names()]).toEqual([undefined, []])
  })

  it.each<[string, TokenRequest['permissions'], string]>([
    ['Environments', { administration: 'write' }, 'environments=read'],
    ['Administration', { environments: 'write' }, 'administration=write'],
  ])(
    'that cannot be written without %s keeps the branch and fails with one sentence',
    async (_name, permissions, accepted) => {
      const made = await run('opened', permissions)
      expect(made.code).toBe(1)
      expect(made.errors).toEqual([
        expect.stringMatching(
          new RegExp(
            `^Writing secret DATABASE_URL of environment ${environment} failed: .*: 403 Resource not accessible by integration.*"environment_token".*\\(GitHub accepts: ${accepted}\\).* The branch "pr-${number}" exists and is kept\\.$`,
          ),
        ),
      ])
      expect([await names(), world.github.environmentSecrets(environment)]).toEqual([[`database pr-${number}`], {}])
      expect(made.state['build']).toBe('')
      // With the permission, the next run finds the branch and goes on.
      const again = await run('synchronize')
      expect([again.code, again.outputs['status'], Object.keys(world.github.environmentSecrets(environment))]).toEqual([
        0,
        'reused',
        ['DATABASE_URL'],
      ])
    },
  )

  it.each<[string, TokenRequest['permissions'], string]>([
    ['Environments', { administration: 'write' }, 'environments=write'],
    ['Administration', { environments: 'write' }, 'administration=write'],
  ])(
    'that cannot be removed without %s does not save the branch, but fails the run',
    async (_name, permissions, accepted) => {
      await run('opened')
      world.github.closePullRequest(number)
      const gone = await run('closed', permissions)
      expect(gone.code).toBe(1)
      expect(gone.errors).toEqual([
        expect.stringMatching(
          new RegExp(
            `^Removing secret DATABASE_URL of environment ${environment} failed: .*403 .*\\(GitHub accepts: ${accepted}\\).* The branch "pr-${number}" is deleted\\.$`,
          ),
        ),
      ])
      expect([await names(), world.github.environments.has(environment)]).toEqual([[], true])
      // With the permission, running the job again finishes the work.
      const again = await run('closed')
      expect([again.code, again.outputs['status'], world.github.environments.has(environment)]).toEqual([
        0,
        'absent',
        false,
      ])
    },
  )
})
