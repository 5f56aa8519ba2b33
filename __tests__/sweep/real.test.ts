import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { type Claim, encodeClaim, readClaim } from '../../src/domain/claim.js'
import { type ActionResult, runAction } from '../fixtures/action.js'
import { claimOf } from '../fixtures/claim.js'
import { startWorld, type World } from '../fixtures/world.js'

const { escapeIdentifier: name, escapeLiteral: literal } = pg
const ago = (days: number) => new Date(Date.now() - days * 86_400_000)

let world: World
let runs = 500
let tokens: { job: string; environments: string }

beforeAll(async () => {
  world = await startWorld(5)
  const { github } = world
  tokens = {
    job: github.token({ name: 'sweep', kind: 'workflow', permissions: { contents: 'read', 'pull-requests': 'read' } }),
    environments: github.token({
      name: 'environments',
      kind: 'app',
      permissions: { administration: 'write', environments: 'write', actions: 'read', metadata: 'read' },
    }),
  }
})
afterAll(() => world.stop())

function run(mode: 'cleanup' | 'refresh', inputs: Record<string, string> = {}): Promise<ActionResult> {
  const { github, server } = world
  return runAction({
    event: 'schedule',
    payload: github.scheduleEvent('17 3 * * *'),
    apiUrl: github.url,
    repository: github.repository,
    run: `${(runs += 1)}.1`,
    inputs: {
      mode,
      provider: 'postgres',
      admin_url: server.adminUrl,
      github_token: tokens.job,
      exempt_labels: 'keep-database',
      ...inputs,
    },
  })
}

/** Every database with its identity and comment, and every role. */
async function everything(): Promise<unknown[]> {
  return world.server.sql(
    'postgres',
    `SELECT 'database' AS what, oid::text, datname::text AS name, shobj_description(oid, 'pg_database') AS comment FROM pg_database
      UNION ALL SELECT 'role', oid::text, rolname::text, shobj_description(oid, 'pg_authid') FROM pg_roles ORDER BY 1, 3`,
  )
}

async function databases(): Promise<string[]> {
  const rows = await world.server.sql<{ name: string }>(
    'postgres',
    `SELECT datname::text AS name FROM pg_database WHERE datname NOT IN ('postgres', 'template0', 'template1', 'main') ORDER BY datname COLLATE "C"`,
  )
  return rows.map((row) => row.name)
}

const namesIn = (result: ActionResult, output: string) => (JSON.parse(result.outputs[output] ?? '') as string[]).sort()

function pull(number: number, closedDaysAgo?: number, labels: string[] = []): void {
  const made = world.github.openPullRequest({ number, labels })
  made.createdAt = ago(40)
  made.updatedAt = ago(closedDaysAgo ?? 1)
  if (closedDaysAgo !== undefined) Object.assign(made, { state: 'closed', closedAt: ago(closedDaysAgo) })
}

/** An empty database with a role and a claim, as a branch looks. */
async function database(
  database: string,
  claim: Partial<Claim> | undefined,
  { age = 30, createdAt = ago(age).toISOString() }: { age?: number; createdAt?: string } = {},
): Promise<void> {
  const text = claim && encodeClaim(claimOf({ repository: 4242, branch: database, createdAt, ...claim }))
  await world.server.sql('postgres', `CREATE ROLE ${name(database)} LOGIN`)
  await world.server.sql('postgres', `CREATE DATABASE ${name(database)} TEMPLATE template0`)
  if (text) {
    await world.server.sql('postgres', `COMMENT ON DATABASE ${name(database)} IS ${literal(text)}`)
    await world.server.sql('postgres', `COMMENT ON ROLE ${name(database)} IS ${literal(text)}`)
  }
}

describe('cleanup', () => {
  const due = ['pr-1', 'pr-2', 'pr-3', 'pr-4', 'pr-5', 'db-branch~00000000dead0024'].sort()

  beforeAll(async () => {
    for (const number of [1, 2, 3, 4, 5]) pull(number, 7 + number)
    for (const number of [6, 7, 8, 9]) pull(number)
    for (const number of [10, 11, 12]) pull(number, 2)
    pull(13, 30, ['Keep-Database'])
    for (const number of [14, 15, 16, 17, 18, 21, 22, 23, 24, 25]) pull(number, 30)
    for (let number = 1; number <= 13; number++) await database(`pr-${number}`, { pullRequest: number })
    await database('pr-14', { pullRequest: 14, repository: 42 })
    await database('pr-15', { pullRequest: 15, repository: 42421 })
    await database('pr-16', undefined)
    await database('pr-17x', { pullRequest: 17, branch: 'pr-17' })
    await database('release-2024', { pullRequest: 18 })
    await database('pr-19', { pullRequest: 19 })
    await database('load-test', { pullRequest: null })
    await database('pr-21', { pullRequest: 21 }, { age: 0.02 })
    await database('pr-22', { pullRequest: 22 }, { createdAt: '22 November' })
    await database('pr-23', { pullRequest: 23 })
    await world.server.sql('postgres', 'ALTER DATABASE "pr-23" IS_TEMPLATE true')
    await database('db-branch~00000000dead0024', { pullRequest: 24, branch: 'pr-24', build: '00000000dead0024' })
    await database('prod-25', { pullRequest: 25 })
    // What runs leave behind carries the build's name, so each claim needs its own.
    for (const base of await databases()) {
      const [row] = await world.server.sql<{ comment: string | null }>(
        'postgres',
        `SELECT shobj_description(oid, 'pg_database') AS comment FROM pg_database WHERE datname = $1`,
        [base],
      )
      const reading = readClaim(row?.comment)
      if (reading.kind !== 'claim' || base.includes('~')) continue
      const text = encodeClaim({ ...reading.claim, build: Buffer.from(base).toString('hex').padStart(16, '0') })
      await world.server.sql('postgres', `COMMENT ON DATABASE ${name(base)} IS ${literal(text)}`)
    }
  })

  it('as a dry run prints the plan and writes nothing', async () => {
    const before = await everything()
    const writes = world.github.writes().length
    const result = await run('cleanup', { dry_run: 'true' })
    expect([result.errors, result.code]).toEqual([[], 0])
    expect(await everything()).toEqual(before)
    expect(world.github.writes()).toHaveLength(writes)
    expect(result.outputs).toMatchObject({ status: 'planned', deleted: '[]', refreshed: '[]', failed: '[]' })
    expect(result.outputs['pull_requests']).toBe('[1,2,3,4,5,24]')
    for (const branch of due) expect(result.log).toMatch(new RegExp(`would be: deleted "${branch}" \\(\\w+\\): \\S`))
    for (const branch of ['pr-6', 'pr-10', 'pr-13', 'pr-19', 'pr-21', 'pr-22', 'pr-23', 'prod-25', 'load-test'])
      expect(result.log).toMatch(new RegExp(`would be: kept "${branch}" \\([\\w ]+\\): \\S`))
    expect(result.summary).toContain('### 📝 Dry run: Cleanup of database branches')
  })

  it('as a dry run names the environments without a branch, too, and leaves them', async () => {
    const { github } = world
    pull(40, 30)
    const made = github.ensureEnvironment('pr-40')
    made.variables.set('DB_BRANCH_ACTION', {
      name: 'DB_BRANCH_ACTION',
      value: 'made for the pull request of pr-40',
      createdAt: ago(30),
      updatedAt: ago(30),
    })
    const inputs = { environment: 'pr-{number}', environment_token: tokens.environments, max_deletions: '20' }
    const result = await run('cleanup', { dry_run: 'true', ...inputs })
    expect(result.log).toContain(
      'would be: deleted "environment pr-40" (closed): pull request #40 is closed and has no branch',
    )
    expect(github.environments.has('pr-40')).toBe(true)
    expect(result.outputs['pull_requests']).toBe('[1,2,3,4,5,24,40]')
    // It counts, too.
    const refused = await run('cleanup', { dry_run: 'true', ...inputs, max_deletions: '6' })
    expect(refused.errors).toEqual([
      'The cleanup refused its plan: 6 branches and 1 environment without a branch would be deleted, more than max_deletions (6). Nothing was changed.',
    ])
    github.environments.delete('pr-40')
  })

  it.each(['false', 'true'])('refuses more than max_deletions with exit code 1, dry run %s', async (dryRun) => {
    const before = await everything()
    const result = await run('cleanup', { max_deletions: '5', dry_run: dryRun })
    expect(result.code).toBe(1)
    expect(result.errors).toEqual([
      'The cleanup refused its plan: 6 branches would be deleted, more than max_deletions (5). Nothing was changed.',
    ])
    expect(await everything()).toEqual(before)
    expect(result.outputs).toMatchObject({ deleted: '[]', failed: '[]', pull_requests: '[]' })
    expect(result.summary).toContain('❌ **Nothing was changed:** 6 branches would be deleted')
    expect(result.log).toContain('pull request #1 was closed 8 days ago; kept because the plan was refused')
  })

  it('deletes no branch of a pull request while GitHub refuses', async () => {
    const before = await everything()
    const fault = world.github.fault({ operation: 'graphql', kind: 'status', status: 403, times: 99 })
    const result = await run('cleanup')
    fault.remove()
    expect([result.code, result.outputs['deleted']]).toEqual([0, '["db-branch~00000000dead0024"]'])
    expect(result.log).toMatch(/::warning::Could not decide on \d+: pr-1,/)
    expect(result.log).toMatch(/kept "pr-1" \(unknown\): .*403 Forbidden/)
    expect(await databases()).toEqual(
      before
        .map((row) => row as { what: string; name: string })
        .filter(
          ({ what, name: each }) => what === 'database' && !/^(postgres|template\d|main|db-branch~.*)$/.test(each),
        )
        .map((row) => row.name)
        .sort(),
    )
  })

  it('takes away what is due, names it and leaves the rest', async () => {
    const before = await databases()
    const gone = due.filter((each) => !each.includes('~'))
    const client = new pg.Client({ connectionString: world.server.url('pr-1', 'postgres', world.server.password) })
    client.on('error', () => undefined)
    await client.connect()
    const result = await run('cleanup')
    await client.end().catch(() => undefined)
    expect([result.errors, result.code]).toEqual([[], 0])
    expect(await databases()).toEqual(before.filter((each) => !gone.includes(each)))
    const standing = await world.standing()
    for (const branch of gone) expect(standing).not.toContain(`role ${branch}`)
    expect(standing.filter((each) => each.includes('~'))).toEqual([])
    expect(result.outputs['status']).toBe('cleaned')
    expect(namesIn(result, 'deleted')).toEqual(gone)
    expect(result.outputs['pull_requests']).toBe('[1,2,3,4,5]')
    expect(namesIn(result, 'failed')).toEqual([])
    expect(namesIn(result, 'refreshed')).toEqual([])
    expect(namesIn(result, 'kept')).toEqual(
      [6, 7, 8, 9, 10, 11, 12, 13, 19, 21, 22, 23]
        .map((number) => `pr-${number}`)
        .concat('load-test', 'prod-25')
        .sort(),
    )
    expect(result.log).toMatch(/::warning::Deleted 5: pr-1, pr-2, pr-3, pr-4, pr-5\./)
    expect(result.log).toMatch(/::warning::Could not decide on 2: pr-19, pr-22\. They were kept\./)
    expect(result.log).toMatch(/GitHub requests: 2 points of this hour's limit used, \d+ left/)
    expect(result.log.replace(/^::add-mask::.*$/gm, '')).not.toContain(world.server.password)
    expect(
      result.summary
        .replace(/\d+\.\d\d s/, 'N s')
        .replace(/\d+ left/, 'N left')
        .replace(/\d+ minutes/, 'N minutes'),
    ).toMatchSnapshot()
    expect(namesIn(await run('cleanup'), 'deleted')).toEqual([])
  })

  it('takes secrets and environments, and fails for what it could not take; the next run does', async () => {
    for (const number of [31, 32, 33]) {
      pull(number, 9)
      await database(`pr-${number}`, { pullRequest: number, build: `0000000000000a${number}` })
      const environment = world.github.ensureEnvironment(`pr-${number}`)
      const at = ago(9)
      environment.secrets.set('DATABASE_URL', { name: 'DATABASE_URL', value: 'x', createdAt: at, updatedAt: at })
      const value = `made for the pull request of pr-${number}`
      environment.variables.set('DB_BRANCH_ACTION', { name: 'DB_BRANCH_ACTION', value, createdAt: at, updatedAt: at })
    }
    // A role that owns something elsewhere cannot be dropped.
    await world.server.sql('load-test', `CREATE TABLE theirs (); ALTER TABLE theirs OWNER TO "pr-32"`)
    const fault = world.github.fault({
      operation: 'repos/delete-an-environment',
      kind: 'status',
      status: 403,
      times: 1,
    })
    const inputs = { environment: 'pr-{number}', environment_token: tokens.environments, concurrency: '1' }
    const result = await run('cleanup', inputs)
    fault.remove()
    expect(result.code).toBe(1)
    expect(namesIn(result, 'deleted')).toEqual(['pr-31', 'pr-33'])
    expect(namesIn(result, 'failed')).toEqual(['pr-32'])
    expect(result.errors).toEqual([
      expect.stringMatching(
        /^The cleanup failed for 2: .*pr-32: DROP ROLE failed.*pr-31: Removing .*|^The cleanup failed for 2: pr-31: Removing .*403.*pr-32: .*failed/,
      ),
    ])
    expect([...world.github.environments.keys()]).toEqual(['pr-31'])
    expect(world.github.environmentSecrets('pr-31')).toEqual({})

    await world.server.sql('load-test', 'DROP TABLE theirs')
    const next = await run('cleanup', inputs)
    expect([next.errors, next.code]).toEqual([[], 0])
    expect(namesIn(next, 'deleted')).toEqual(['db-branch~0000000000000a32'])
    expect(next.log).toContain('deleted "environment pr-31" (closed): pull request #31 is closed and has no branch')
    expect(world.github.environments.size).toBe(0)
    expect((await world.standing()).filter((each) => each.includes('~') || / pr-3\d/.test(each))).toEqual([])
  })
})

describe('refresh', () => {
  const urls = new Map<number, string>()

  /** Makes the claim of a branch older, as time would. */
  async function age(branch: string, days: number): Promise<void> {
    const claim = await claimIn(branch)
    const text = encodeClaim({ ...claim, createdAt: ago(days).toISOString() })
    await world.server.sql('postgres', `COMMENT ON DATABASE ${name(branch)} IS ${literal(text)}`)
  }

  async function claimIn(branch: string): Promise<Claim> {
    const [row] = await world.server.sql<{ comment: string }>(
      'postgres',
      `SELECT shobj_description(oid, 'pg_database') AS comment FROM pg_database WHERE datname = $1`,
      [branch],
    )
    const reading = readClaim(row?.comment)
    if (reading.kind !== 'claim') throw new Error(`${branch} has no claim.`)
    return reading.claim
  }

  async function connect(number: number): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: urls.get(number)! })
    client.on('error', () => undefined)
    await client.connect()
    return client
  }

  /** Asks as the branch's own user, by the URL that was handed out when it was made. */
  async function ask(number: number, sql: string): Promise<unknown[]> {
    const client = await connect(number)
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows
    } finally {
      await client.end()
    }
  }

  beforeAll(async () => {
    for (const number of [6, 7, 8, 9])
      Object.assign(world.github.pullRequests.get(number)!, { state: 'closed', closedAt: ago(1) })
    for (const number of [101, 102, 103, 104, 105]) {
      world.github.openPullRequest({ number, labels: number === 103 ? ['keep-database'] : [] })
      const made = await world.main({ number, action: 'opened' })
      if (made.code !== 0) throw new Error(made.log)
      urls.set(number, made.outputs['connection_string'] ?? '')
      await ask(number, `INSERT INTO customers (name, email, address) VALUES ('Ada', 'ada@example.com', '{}')`)
      world.github.pullRequests.get(number)!.updatedAt = ago(1)
      if (number !== 104) await age(`pr-${number}`, 4)
    }
    Object.assign(world.github.pullRequests.get(105)!, { state: 'closed', closedAt: ago(1) })
  })

  const rows = async (number: number) => (await ask(number, 'SELECT FROM customers')).length

  it('as a dry run prints the plan and writes nothing', async () => {
    const before = await everything()
    const result = await run('refresh', { dry_run: 'true' })
    expect([result.errors, result.code]).toEqual([[], 0])
    expect(await everything()).toEqual(before)
    expect(result.outputs).toMatchObject({ status: 'planned', refreshed: '[]', pull_requests: '[101,102]' })
    expect(result.log).toContain('would be: refreshed "pr-101" (stale): made 4 days ago, longer than stale_days (3)')
  })

  it('rebuilds what is stale under the same URL and password; what is in use, exempt, fresh or closed stays', async () => {
    const busy = await connect(102)
    const before = await claimIn('pr-101')
    const result = await run('refresh')
    expect((await busy.query('SELECT FROM customers')).rows).toHaveLength(1)
    await busy.end()
    expect([result.errors, result.code]).toEqual([[], 0])
    expect(result.outputs['status']).toBe('refreshed')
    expect([namesIn(result, 'refreshed'), namesIn(result, 'failed'), namesIn(result, 'deleted')]).toEqual([
      ['pr-101'],
      [],
      [],
    ])
    for (const branch of ['pr-102', 'pr-103', 'pr-104', 'pr-105']) expect(namesIn(result, 'kept')).toContain(branch)
    expect(await rows(101)).toBe(0)
    for (const number of [102, 103, 104, 105]) expect([number, await rows(number)]).toEqual([number, 1])
    expect(result.log).toContain('kept "pr-102" (in use): made 4 days ago, longer than stale_days (3), but 1 session')
    expect(result.log).toMatch(/kept "pr-103" \(exempt\): .*"keep-database"/)
    expect(result.log).toMatch(/kept "pr-104" \(fresh\)/)
    expect(result.log).toMatch(/kept "pr-105" \(closed\)/)
    const after = await claimIn('pr-101')
    expect(after).toEqual({ ...before, createdAt: after.createdAt, run: `${runs}.1`, build: after.build })
    expect(Date.parse(after.createdAt)).toBeGreaterThan(ago(0.1).getTime())
    expect(after.build).not.toBe(before.build)
    expect((await world.standing()).filter((each) => each.includes('~'))).toEqual([])
    expect(result.log.replace(/^::add-mask::.*$/gm, '')).not.toContain(world.server.password)
  })

  it('rebuilds when the schema of the parent has changed, and not again', async () => {
    await age('pr-102', 0.5)
    await world.server.sql('main', 'ALTER TABLE customers ADD COLUMN nickname text')
    const result = await run('refresh')
    expect([result.errors, result.code]).toEqual([[], 0])
    expect(namesIn(result, 'refreshed')).toEqual(['pr-101', 'pr-102', 'pr-104'])
    expect(result.outputs['pull_requests']).toBe('[101,102,104]')
    expect(result.log).toMatch(/refreshed "pr-104" \(parent changed\): the schema of "main" has changed/)
    expect(await ask(104, 'SELECT nickname FROM customers')).toEqual([])
    expect(await rows(103)).toBe(1)
    const again = await run('refresh')
    expect([namesIn(again, 'refreshed'), again.code]).toEqual([[], 0])
  })

  it('leaves a branch alone whose pull request was just active, unless told otherwise', async () => {
    await age('pr-101', 9)
    await ask(101, `INSERT INTO customers (name, email, address) VALUES ('Ada', 'ada@example.com', '{}')`)
    world.github.pushTo(101)
    expect((await run('refresh')).log).toContain('pull request #101 was active within the last hour')
    expect(await rows(101)).toBe(1)
    const told = await run('refresh', { refresh_busy: 'true' })
    expect(namesIn(told, 'refreshed')).toEqual(['pr-101'])
    expect(await rows(101)).toBe(0)
  })

  it('that fails for one branch rebuilds the others, ends red and keeps the old branch', async () => {
    for (const number of [101, 102]) {
      await age(`pr-${number}`, 9)
      world.github.pullRequests.get(number)!.updatedAt = ago(1)
      await ask(number, `INSERT INTO customers (name, email, address) VALUES ('Ada', 'ada@example.com', '{}')`)
    }
    const claim = await claimIn('pr-101')
    const text = encodeClaim({ ...claim, parent: 'nowhere' })
    await world.server.sql('postgres', `COMMENT ON DATABASE "pr-101" IS ${literal(text)}`)
    const result = await run('refresh')
    expect(result.code).toBe(1)
    expect([namesIn(result, 'failed'), namesIn(result, 'refreshed')]).toEqual([['pr-101'], ['pr-102']])
    expect(result.errors).toEqual([expect.stringMatching(/^The refresh failed for 1: pr-101: .*"nowhere"/)])
    expect([await rows(101), await rows(102)]).toEqual([1, 0])
  })
})
