import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { PostgresServer } from '../../sim/postgres/server.js'
import { runCli } from '../fixtures/cli.js'
import { startShop } from '../fixtures/postgres.js'

let server: PostgresServer
let cwd: string
let env: Record<string, string>

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'by-hand-'))
  server = (await startShop({}, 20)).server
  env = { INPUT_ADMIN_URL: server.adminUrl, INPUT_PROVIDER: 'postgres' }
})
afterAll(async () => {
  await server.stop()
  await rm(cwd, { recursive: true })
})

const run = (argv: string[], more: Parameters<typeof runCli>[2] = {}) => runCli(argv, env, { cwd, ...more })
const seven = ['--pull-request', '7']

describe('by hand', () => {
  it('a branch is made, found again and deleted; only the URL goes to standard output', async () => {
    const made = await run(['create', ...seven, '--data-policy', 'schema_only', '--print', 'url'])
    expect(made).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^postgresql:\/\/[^\n]+\/pr-7\S*\n$/) as unknown,
    })
    expect(made.stderr).toContain('Done: "pr-7" created')
    const url = made.stdout.trim()
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    expect((await client.query('SELECT count(*)::int AS rows FROM customers')).rows).toEqual([{ rows: 0 }])
    await client.end()
    for (const secret of [url, decodeURIComponent(new URL(url).password), server.adminUrl]) {
      expect(made.stderr).not.toContain(secret)
    }

    expect(await run(['connect', ...seven, '--print=url'])).toMatchObject({ code: 0, stdout: made.stdout })
    expect(await run(['connect', ...seven, '--repository', '42', '--print=url'])).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('refused') as unknown,
    })
    expect(await run(['delete', ...seven, '--dry-run', '--print', 'status'])).toMatchObject({
      code: 0,
      stdout: 'planned\n',
    })
    expect(await run(['delete', ...seven, '--print', 'status'])).toMatchObject({ code: 0, stdout: 'deleted\n' })
  })

  it('a sweep deletes nothing, for nobody knows which pull requests are closed', async () => {
    await run(['create', '--pull-request', '8', '--data-policy', 'schema_only'])
    const swept = await run(['cleanup', '--print', 'deleted'])
    expect(swept).toMatchObject({ code: 0, stdout: '[]\n' })
    await run(['delete', '--pull-request', '8'])
  })

  it('a cancelled run takes away what it was building', async () => {
    const killed = await run(['create', '--pull-request', '9', '--data-policy', 'schema_only', '--print', 'url'], {
      onLine: (line, kill) => void (line.startsWith('Plan: create') && kill('SIGTERM')),
    })
    expect(killed).toMatchObject({ code: 1, stdout: '' })
    expect(killed.stderr).toContain('The run was cancelled.')
    const left = await server.sql('postgres', "SELECT datname FROM pg_database WHERE datname ~ 'pr-9|db-branch'")
    expect(left).toEqual([])
  })
})

describe('exit codes', () => {
  it.each<[string, string[], Record<string, string>, number, RegExp]>([
    ['help', ['--help'], {}, 0, /^$/],
    ['a wrong flag', ['--bogus'], {}, 2, /no flag/],
    ['a secret as a flag', ['create', '--admin-url=postgresql://u:hunter2@h/d'], {}, 2, /Set INPUT_ADMIN_URL/],
    ['a missing input', ['create', '--pull-request', '7'], { INPUT_PROVIDER: 'postgres' }, 2, /"admin_url" is missing/],
    ['no mode', ['--provider', 'postgres'], { INPUT_ADMIN_URL: 'postgresql://u:pppppp@h/d' }, 2, /Set "mode" to/],
    [
      'an environment that nothing can hold',
      ['create', '--provider', 'postgres', '--pull-request=7', '--environment', 'pr-{number}'],
      { INPUT_ADMIN_URL: 'postgresql://u:pppppp@h/d' },
      2,
      /there is no forge here/,
    ],
    [
      'a server that is not there',
      ['create', '--provider', 'postgres', '--pull-request', '7', '--data-policy', 'schema_only'],
      { INPUT_ADMIN_URL: 'postgresql://u:hunter2hunter2@127.0.0.1:9/postgres' },
      1,
      /ERROR: /,
    ],
    ['--print on GitHub', ['--print', 'url'], { GITHUB_ACTIONS: 'true' }, 1, /^$/],
  ])('%s', async (_what, argv, env, code, said) => {
    const ended = await runCli(argv, env, { cwd })
    expect(ended).toMatchObject({ code, stderr: expect.stringMatching(said) as unknown })
    expect(ended.stdout + ended.stderr).not.toContain('hunter2')
  })
})
