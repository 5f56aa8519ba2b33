/**
 * The life of a pull request's database, on this machine and for real: a PostgreSQL server, the shipped bundle, and
 * examples/pull-request.yml executed job by job. GitHub alone is simulated.
 */
import { join } from 'node:path'
import pg from 'pg'
import type { WorkflowRun } from '../sim/runner/index.js'
import { type Stage, startStage } from '../sim/stage.js'
import { check, failed, headline, say, showSummary } from './terminal.js'

const workflow = join(import.meta.dirname, '../examples/pull-request.yml')
const number = 7

say('Starting PostgreSQL, filling the shop, starting GitHub …')
const stage = await startStage()
try {
  await tell(stage)
} finally {
  await stage.stop()
}
headline(failed() === 0 ? 'All of it did what it says.' : `${failed()} of these did not hold.`)
process.exitCode = failed() === 0 ? 0 : 1

async function tell(stage: Stage): Promise<void> {
  const { server, shop, github } = stage
  const { customers, orders } = shop.counts
  say(`PostgreSQL ${server.version} with the database "main": ${customers} customers, ${orders} orders.`)
  const main = await fingerprint(stage)

  headline(`Pull request #${number} is opened`)
  github.openPullRequest({ number, title: 'Add gift orders' })
  await play(stage, 'opened')
  const url = secretUrl(stage)
  const first = await branchOf(stage)
  check('the database "pr-7" is there', first !== undefined)
  check('its URL is a secret of the environment "pr-7"', url?.includes('/pr-7') === true)
  check('its user cannot read "main"', await cannotRead(stage, url))
  check('"main" is untouched', (await fingerprint(stage)) === main)

  headline('A commit is pushed')
  github.pushTo(number)
  await play(stage, 'synchronize')
  check('it is the same branch', (await branchOf(stage)) === first, await branchOf(stage))
  check('its URL is the same', secretUrl(stage) === url)
  check('it kept what the tests wrote', (await customersIn(url)) === 2, await customersIn(url))

  headline('The pull request is merged')
  github.closePullRequest(number, { merged: true })
  await play(stage, 'closed')
  check('the database is gone', (await branchOf(stage)) === undefined)
  check('its user is gone', (await server.sql('postgres', `SELECT FROM pg_roles WHERE rolname = 'pr-7'`)).length === 0)
  check('nothing half-built stays behind', (await leftBehind(stage)).length === 0, await leftBehind(stage))
  check('secret and environment are gone', !github.environments.has('pr-7'))
  check('"main" is untouched', (await fingerprint(stage)) === main)
  check('GitHub had nothing to object to', github.violations.length === 0, github.violations)
}

async function play(stage: Stage, action: string): Promise<void> {
  const run = await stage.run(workflow, { number, action }, { onLine: outsideGroups() })
  for (const job of run.jobs) {
    for (const step of job.steps) if (step.summary) showSummary(step.summary)
  }
  check(`examples/pull-request.yml ran (${jobsOf(run)})`, run.conclusion === 'success', run.reason)
}

/** Groups are folded on GitHub, too. */
function outsideGroups(): (line: { job: string; text: string }) => void {
  const folded = new Set<string>()
  return ({ job, text }) => {
    if (text.startsWith('##[group]')) folded.add(job)
    else if (text === '##[endgroup]') folded.delete(job)
    else if (!folded.has(job) && text.trim() !== '') say(`${job.padEnd(8)} ${text}`)
  }
}

function jobsOf(run: WorkflowRun): string {
  return run.jobs.map((job) => `${job.id}: ${job.conclusion}, ${(job.durationMs / 1000).toFixed(1)} s`).join('; ')
}

function secretUrl({ github }: Stage): string | undefined {
  return github.environmentSecrets('pr-7')['DATABASE_URL']
}

async function branchOf({ server }: Stage): Promise<string | undefined> {
  const [row] = await server.sql<{ oid: string }>(
    'postgres',
    `SELECT oid::text FROM pg_database WHERE datname = 'pr-7'`,
  )
  return row?.oid
}

async function leftBehind({ server }: Stage): Promise<unknown[]> {
  const names = `SELECT datname AS name FROM pg_database UNION ALL SELECT rolname FROM pg_roles`
  return server.sql('postgres', `SELECT name FROM (${names}) names WHERE name LIKE 'db-branch%'`)
}

/** Every row of the parent's tables, in one number. */
async function fingerprint({ server, shop }: Stage): Promise<string> {
  const tables = Object.keys(shop.counts).sort()
  const sums = tables.map((table) => `(SELECT coalesce(sum(hashtextextended(t::text, 0)), 0) FROM ${table} t)`)
  const [row] = await server.sql<{ sum: string }>('main', `SELECT (${sums.join(' + ')})::text AS sum`)
  return row?.sum ?? ''
}

async function customersIn(url: string | undefined): Promise<number> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ count: number }>('SELECT count(*)::int AS count FROM customers')
  await client.end()
  return rows[0]?.count ?? -1
}

async function cannotRead({ shop }: Stage, url: string | undefined): Promise<boolean> {
  const client = new pg.Client({ connectionString: url?.replace(/\/pr-7$/, '/main') })
  try {
    await client.connect()
    for (const table of Object.keys(shop.counts)) {
      const rows = await client.query(`SELECT * FROM ${table} LIMIT 1`).catch((error: unknown) => error)
      if (!(rows instanceof Error)) return false
    }
    return true
  } catch {
    return true
  } finally {
    await client.end()
  }
}
