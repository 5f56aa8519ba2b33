import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { ActionResult } from '../fixtures/action.js'
import { startWorld, type World } from '../fixtures/world.js'

let world: World
let directory: string
let number = 300

beforeAll(async () => {
  world = await startWorld(5)
  directory = mkdtempSync(join(tmpdir(), 'migrate-'))
})
afterAll(async () => {
  await world.stop()
  rmSync(directory, { recursive: true })
})
beforeEach(() => {
  number += 1
  world.github.openPullRequest({ number })
})

/** Runs SQL as a migration tool does: a process of its own, with the URL from its environment. */
const sql = (text: string) =>
  `"${process.execPath}" --input-type=commonjs -e 'const pg = require("pg"); const c = new pg.Client(process.env.DATABASE_URL);
   c.connect().then(() => c.query(${JSON.stringify(text)})).then(() => c.end(), (error) => { console.error("error: " + error.message); process.exit(1) })'`

const run = (action: string, inputs: Record<string, string>, more: Parameters<World['main']>[1] = {}) =>
  world.main({ number, action }, { ...more, inputs })

const standing = async () =>
  (await world.standing()).filter((what) => what.includes('~') || what.endsWith(` pr-${number}`))
const whole = () => [`database pr-${number}`, `role pr-${number}`]
const tables = async () =>
  (
    await world.server.sql<{ name: string }>(
      `pr-${number}`,
      `SELECT relname::text AS name FROM pg_class WHERE relname LIKE 'by_migration%' ORDER BY 1`,
    )
  ).map(({ name }) => name)

function expectNothingHandedOut(result: ActionResult): void {
  expect(Object.keys(result.outputs).filter((name) => /connection_string|password|host/.test(name))).toEqual([])
}

const alive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function gone(pid: number): Promise<boolean> {
  for (let look = 0; look < 40 && alive(pid); look++) await delay(50)
  return !alive(pid)
}

describe('a command', () => {
  it('gets no key, orders the runner nothing, and shows no secret', async () => {
    const script = `
      compgen -e | grep -E '^(INPUT_|STATE_|ACTIONS_|DB_BRANCH|GITHUB_(TOKEN|OUTPUT|ENV|STATE|STEP_SUMMARY)|GH_TOKEN)' || echo clean
      echo '::set-output name=status::theirs'
      echo '  ::add-mask::created'
      echo 'a ##[error]b' >&2
      printf '%s' "\${PGPASSWORD:0:9}"; sleep 0.3; printf '%s\\n' "\${PGPASSWORD:9}"
      echo "url=$DATABASE_URL jdbc=$JDBC_DATABASE_URL"
      printf '%s' "$PGPASSWORD" | base64
      case "$(cat /proc/*/cmdline 2>/dev/null | tr '\\0' ' ')" in *"$PGPASSWORD"*) echo 'in argv';; *) echo 'in no argv';; esac`
    const result = await run('opened', { migrate: script })
    expect({ log: result.log, errors: result.errors }).toMatchObject({ errors: [] })
    const printed = result.log.split('\n').filter((line) => line.startsWith('| '))
    expect(printed).toEqual(
      expect.arrayContaining([
        '| clean',
        '| in no argv',
        '| url=*** jdbc=jdbc:postgresql://127.0.0.1:' + String(world.server.port) + `/pr-${number}`,
      ]),
    )
    expect(printed.filter((line) => line === '| ***')).toHaveLength(2)
    expect(result.outputs['status']).toBe('created')
    const { password = '' } = result.outputs
    const said = result.log.split('\n').filter((line) => !line.startsWith('::add-mask::'))
    expect(
      said.filter((line) => line.includes(password) || line.includes(Buffer.from(password).toString('base64'))),
    ).toEqual([])
    const ours = /^::(group::Migrate|endgroup::|debug::GET \S+ → 200 in \d+ ms \(attempt 1, request \S+\))$/
    const orders = said.filter((line) => line.includes('##[') || line.trimStart().startsWith('::'))
    expect(orders.filter((line) => !ours.test(line))).toEqual([])
  })

  it.each([
    ['delete', 1],
    ['keep', 2],
  ])('that fails hands nothing out; on_failure %s', async (fate, status) => {
    const script = `${sql('CREATE TABLE by_migration (id int)')}\necho 'fatal: no luck' >&2; exit ${status}`
    const result = await run('opened', { migrate: script, on_failure: fate })
    expect(result.code).toBe(1)
    expectNothingHandedOut(result)
    expect(result.errors).toEqual([
      expect.stringMatching(
        `^The command of "migrate" failed with exit status ${status} after .* it said: fatal: no luck. No URL was handed out`,
      ),
    ])
    expect(result.summary).toContain('fatal: no luck')
    expect(await world.post({ number, action: 'opened' }, result)).toMatchObject({ code: 0, errors: [] })
    expect(await standing()).toEqual(fate === 'keep' ? whole() : [])
    if (fate === 'keep') expect(await tables()).toEqual(['by_migration'])
    const next = await run('synchronize', { migrate: sql('CREATE TABLE by_migration (id int)') })
    expect({ log: next.log, errors: next.errors }).toMatchObject({ errors: [] })
    expect(next.outputs['status']).toBe(fate === 'keep' ? 'reset' : 'created')
  })

  it('that fails on a branch in use costs the branch nothing but its rest', async () => {
    const first = await run('opened', { migrate: sql('CREATE TABLE by_migration_1 (id int)') })
    expect(first.outputs['status']).toBe('created')
    const failed = await run('synchronize', { migrate: 'exit 7' })
    expectNothingHandedOut(failed)
    expect(failed.errors).toEqual([expect.stringContaining('stays as the command left it')])
    expect(await tables()).toEqual(['by_migration_1'])
    const next = await run('synchronize', { migrate: sql('CREATE TABLE by_migration_2 (id int)') })
    expect(next.outputs['status']).toBe('reset')
    expect(await tables()).toEqual(['by_migration_2'])
    const last = await run('synchronize', { migrate: 'true' })
    expect(last.outputs['status']).toBe('reused')
  })
})

describe('a run that ends in the middle of a migration', () => {
  const script = `echo "pid $$"\n${sql('CREATE TABLE by_migration (id int); COMMIT; SELECT pg_sleep(60)')}`

  async function interrupted(signal: NodeJS.Signals): Promise<{ result: ActionResult; pid: number; ms: number }> {
    let [pid, sent] = [0, 0]
    const result = await run(
      'opened',
      { migrate: script },
      {
        onLine(line, kill) {
          const [, found] = /^\| pid (\d+)$/.exec(line) ?? []
          if (found === undefined) return
          pid = Number(found)
          void begun().then(() => {
            sent = performance.now()
            kill(signal)
          })
        },
      },
    )
    return { result, pid, ms: performance.now() - sent }
  }

  /** The statement of the migration is at work. */
  async function begun(): Promise<void> {
    const query = `SELECT FROM pg_stat_activity WHERE datname = $1 AND query LIKE '%pg_sleep%' AND state = 'active'`
    while ((await world.server.sql('postgres', query, [`pr-${number}`])).length === 0) await delay(20)
  }

  it('cancelled: ends soon with all that it started, and the post step takes the branch away', async () => {
    const { result, pid, ms } = await interrupted('SIGINT')
    expect(result).toMatchObject({ code: 1, errors: [expect.stringContaining('The run was cancelled.')] })
    expectNothingHandedOut(result)
    expect(ms).toBeLessThan(7000)
    expect(await gone(pid)).toBe(true)
    expect(await world.post({ number, action: 'opened' }, result)).toMatchObject({ code: 0, errors: [] })
    expect(await standing()).toEqual([])
  })

  it('killed: the next run makes the branch anew', async () => {
    const { result, pid } = await interrupted('SIGKILL')
    expectNothingHandedOut(result)
    const next = await run('synchronize', { migrate: sql('CREATE TABLE by_migration_2 (id int)') })
    expect({ log: next.log, errors: next.errors }).toMatchObject({
      errors: [],
      log: expect.stringContaining('an earlier run ended in the middle of its migrations'),
    })
    expect(next.outputs['status']).toBe('reset')
    expect(await tables()).toEqual(['by_migration_2'])
    expect(await standing()).toEqual(whole())
    // Its session was ended with the old branch, and the tool with it.
    expect(await gone(pid)).toBe(true)
  })
})

it('two runs at once migrate one after the other', async () => {
  await run('opened', { migrate: 'true' })
  const file = join(directory, 'order')
  const inputs = { migrate: `echo in >> ${file}; sleep 0.7; echo out >> ${file}` }
  const both = await Promise.all([run('synchronize', inputs), run('synchronize', inputs)])
  expect(both.map(({ errors, outputs }) => [errors, outputs['status']])).toEqual(Array(2).fill([[], 'reused']))
  expect(readFileSync(file, 'utf8')).toBe('in\nout\n'.repeat(2))
  expect(both.filter(({ log }) => log.includes('Another run migrates the branch; waiting for it.'))).toHaveLength(1)
})

describe("others' code", () => {
  it('is refused where a run has secrets in spite of it', async () => {
    const file = join(directory, 'ran')
    const inputs = { migrate: `touch ${file}` }
    const refused = await run('opened', inputs, { event: 'pull_request_target' })
    expect(refused.errors).toEqual([expect.stringContaining('Input "migrate" is refused on "pull_request_target"')])
    expect([existsSync(file), await standing()]).toEqual([false, []])
    const trusted = await run('opened', { ...inputs, trust_code: 'true' }, { event: 'pull_request_target' })
    expect(trusted.errors).toEqual([])
    expect(existsSync(file)).toBe(true)
  })

  it('of a fork, without secrets, is not run, and the job ends green', async () => {
    number += 1
    world.github.openPullRequest({ number, head: 'fork' })
    const file = join(directory, 'fork')
    const result = await run('opened', {
      migrate: `touch ${file}`,
      seed: `touch ${file}`,
      comment: 'true',
      admin_url: '',
    })
    expect(result).toMatchObject({ code: 0, errors: [], outputs: { status: 'skipped' } })
    expect(existsSync(file)).toBe(false)
  })
})
