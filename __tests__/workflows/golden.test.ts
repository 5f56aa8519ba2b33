import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { type RunOptions, runWorkflow, type WorkflowRun } from '../../sim/runner/index.js'
import type { Major } from '../../sim/postgres/server.js'
import { type Stage, startStage } from '../../sim/stage.js'
import { type Claim, encodeClaim, readClaim } from '../../src/domain/claim.js'

const { escapeLiteral: literal } = pg
const root = join(import.meta.dirname, '../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const build = read('examples/golden.yml')
const use = read('examples/golden-pull-request.yml')
const policy = read('docs/policy/db-branch.yml')
const policyPath = '.github/db-branch.yml'
const maskingKey = '5d41402abc4b2a76b9719d911017c592ae2f10c3e7b84d65'
const customers = 60

let stage: Stage
let originals: string[]
let number = 0
let runId = 30_000

beforeAll(() => open(18))
afterAll(() => close())
beforeEach(() => {
  number += 1
  stage.github.writeFile(policyPath, policy)
})

async function open(major: Major): Promise<void> {
  stage = await startStage({ postgres: { major }, shop: { customers, orders: 120 } })
  const rows = await stage.server.sql<{ value: string }>(
    'main',
    `SELECT DISTINCT v.value FROM customers c, LATERAL (VALUES (c.email), (c.name), (c.phone), (c.address ->> 'street')) v(value) WHERE v.value IS NOT NULL
     UNION SELECT note FROM orders WHERE note IS NOT NULL UNION SELECT payload ->> 'ip' FROM events`,
  )
  originals = rows.map(({ value }) => value)
  stage.github.writeFile(policyPath, policy)
  const made = await golden()
  if (made.conclusion !== 'success') throw new Error(made.log)
}

/** GitHub had nothing to object to. */
async function close(): Promise<void> {
  await stage.stop()
  expect(stage.github.violations).toEqual([])
}

/** A copy of the text in which the change was really made. */
function changed(text: string, from: string | RegExp, to: string): string {
  const made = text.replace(from, to)
  if (made === text) throw new Error(`Nothing to change: ${String(from)}`)
  return made
}

function onSchedule(text: string, more: Partial<RunOptions> = {}): Promise<WorkflowRun> {
  const { github } = stage
  return runWorkflow({
    workflow: { text, path: '.github/workflows/golden.yml' },
    event: 'schedule',
    payload: github.scheduleEvent('23 2 * * *'),
    forge: { ...github, apiUrl: github.url, serverUrl: 'https://github.com' },
    actions: { 'org/db-branch-action@': root },
    secrets: { ...stage.secrets, DB_MASKING_KEY: maskingKey },
    runId: (runId += 1),
    workspace: join(root, 'demo/app'),
    ...more,
  })
}

const golden = (text = build) => onSchedule(text)

function pullRequest(action: string, text = use): Promise<WorkflowRun> {
  if (action === 'opened') stage.github.openPullRequest({ number })
  return stage.run({ text, path: '.github/workflows/pull-request.yml' }, { number, action })
}

async function databases(): Promise<Record<string, string>> {
  const rows = await stage.server.sql<{ name: string; id: string }>(
    'postgres',
    `SELECT datname::text AS name, oid::text AS id FROM pg_database WHERE NOT datistemplate
     UNION SELECT rolname, 'role' FROM pg_roles WHERE rolname LIKE 'db-branch~%'`,
  )
  return Object.fromEntries(rows.map(({ name: each, id }) => [each, id]))
}

async function claimOf(database: string): Promise<Claim> {
  const [row] = await stage.server.sql<{ comment: string }>(
    'postgres',
    `SELECT shobj_description(oid, 'pg_database') AS comment FROM pg_database WHERE datname = $1`,
    [database],
  )
  const reading = readClaim(row?.comment)
  if (reading.kind !== 'claim') throw new Error(`${database} has no claim.`)
  return reading.claim
}

/** A claim with other fields; what is undefined is left out. */
type Change = { readonly [field in keyof Claim]?: Claim[field] | undefined }

/** Writes another claim on the golden parent, for as long as the body takes. */
async function claiming(change: Change, body: () => Promise<void>): Promise<void> {
  const before = await claimOf('golden')
  const write = (claim: Claim) =>
    stage.server.sql('postgres', `COMMENT ON DATABASE golden IS ${literal(encodeClaim(claim))}`)
  await write({ ...before, ...change } as Claim)
  await body().finally(() => write(before))
}

async function expectMasked(database: string): Promise<void> {
  const people = ['customers', 'subscriptions', 'orders', 'events', 'open_orders', 'best_customers']
  const rows = await Promise.all(
    people.map((table) => stage.server.sql<{ row: string }>(database, `SELECT t::text AS row FROM ${table} t`)),
  )
  const text = rows
    .flat()
    .map(({ row }) => row)
    .join('\n')
    .replaceAll('\\\\', '\\')
  expect(rows[0]!.length).toBeGreaterThanOrEqual(customers)
  expect(originals.filter((original) => text.includes(original))).toEqual([])
}

const summaryOf = (made: WorkflowRun) => made.jobs.flatMap((job) => job.steps.map((step) => step.summary)).join('\n')
const outputsOf = (made: WorkflowRun) => made.jobs[0]?.steps.find(({ outputs }) => outputs['status'])?.outputs
const said = (made: WorkflowRun, wanted: 'error' | 'warning') =>
  made.jobs.flatMap(({ steps }) =>
    steps.flatMap(({ annotations }) =>
      annotations.filter(({ level }) => level === wanted).map(({ message }) => message),
    ),
  )

function expectGreen(made: WorkflowRun): void {
  expect({ log: made.log, conclusion: made.conclusion }).toMatchObject({ conclusion: 'success' })
  expectNoLeak(made)
}

/** Nothing that a customer would recognise stands where others could read it. */
function expectNoLeak(made: WorkflowRun): void {
  const leaks = made
    .sinks()
    .flatMap(({ kind, job, step, text }) =>
      originals.some((each) => text.includes(each)) ? [{ kind, job, step }] : [],
    )
  expect(leaks).toEqual([])
}

/** The golden parent is the one that it was, nothing stands aside, and branches can still be made from it. */
async function expectUntouched(before: Record<string, string>, made: WorkflowRun): Promise<void> {
  expect({ log: made.log, conclusion: made.conclusion }).toMatchObject({ conclusion: 'failure' })
  expect(await databases()).toEqual(before)
  expectNoLeak(made)
}

const life = () => {
  it('build a golden parent, and from it a branch with all rows and no original, in about a second', async () => {
    const before = await databases()
    expect(before).toHaveProperty('golden')
    await expectMasked('golden')

    const opened = await pullRequest('opened')
    expectGreen(opened)
    expect(opened.log).toContain(`Connected to pr-${number}: ${customers} customers.`)
    await expectMasked(`pr-${number}`)
    const parent = await claimOf('golden')
    const { masked, build: parentBuild } = parent
    expect(await claimOf(`pr-${number}`)).toMatchObject({ dataPolicy: 'masked', parent: 'golden', masked, parentBuild })
    const summary = summaryOf(opened)
    const certificate = `The golden parent "golden" holds the rows of "main", masked and verified 0 minutes ago (${parent.createdAt})`
    expect(summary).toContain(certificate)
    expect(summary).toContain(`by rules ${masked?.rules} with key ${masked?.key}.`)
    expect(summary).toMatch(/\| Create from "golden" \| \d\.\d\d s \|/)
    expect(summary).not.toContain('Masked 1')

    // Built anew while a branch of it lives.
    const again = await golden()
    expectGreen(again)
    expect(outputsOf(again)).toMatchObject({
      status: 'reset',
      branch_name: 'golden',
      parent_branch: 'main',
      created: 'false',
    })
    expect(outputsOf(again)).not.toHaveProperty('connection_string')
    expect(summaryOf(again)).toMatch(/### 🏅 Golden parent built anew/)
    expect(summaryOf(again)).toMatch(/- Masked [\d,]+ rows of \d+ tables in \d+\.\d s and verified them in \d+\.\d s\./)
    expect(summaryOf(again).match(/- Checked: /g)?.length).toBeGreaterThan(5)
    const after = await databases()
    expect(Object.keys(after)).toEqual(Object.keys({ ...before, [`pr-${number}`]: '' }))
    expect(after['golden']).not.toBe(before['golden'])
    await expectMasked('golden')

    stage.github.pushTo(number)
    const pushed = await pullRequest('synchronize')
    expectGreen(pushed)
    expect(pushed.log).toContain(`"pr-${number}" reused`)
    expect(summaryOf(pushed)).toContain('was made before its golden parent "golden" was built anew')
    const reset = await pullRequest('synchronize', changed(use, 'data_policy: masked', 'on_synchronize: reset'))
    expectGreen(reset)
    expect((await claimOf(`pr-${number}`)).parentBuild).toBe((await claimOf('golden')).build)

    stage.github.closePullRequest(number, { merged: true })
    expectGreen(await pullRequest('closed'))
    const { [`pr-${number}`]: gone, ...left } = after
    expect([gone, await databases()]).toEqual([expect.any(String), left])
  })

  it('by hand with dry_run only tell what they would do', async () => {
    const before = await databases()
    const { repository, sender } = stage.github.scheduleEvent('') as { repository: object; sender: object }
    const payload = { inputs: { dry_run: true }, ref: 'refs/heads/main', workflow: policyPath, repository, sender }
    const made = await onSchedule(build, { event: 'workflow_dispatch', payload })
    expectGreen(made)
    expect(made.log).toMatch(/Plan: reset "golden": it was 0 minutes old\./)
    expect(await databases()).toEqual(before)
  })

  it('give nobody a way into the golden parent', async () => {
    const [role] = await stage.server.sql<{ login: boolean; open: boolean }>(
      'postgres',
      `SELECT rolcanlogin AS login, has_database_privilege('public', 'golden', 'CONNECT') AS open FROM pg_roles WHERE rolname = 'golden'`,
    )
    expect(role).toEqual({ login: false, open: false })
    for (const [mode, sentence] of [
      ['connect', 'Connecting to "golden" refused: it is a golden parent, which is never handed out.'],
      ['create', 'Handing out "golden" refused: it is a golden parent, which is never handed out; choose another'],
      ['delete', 'Deleting "golden" refused: it is a golden parent, from which branches are made; remove it on the'],
    ] as const) {
      const before = await databases()
      const made = await golden(changed(build, 'mode: golden', `mode: ${mode}\n          data_policy: schema_only`))
      expect(said(made, 'error')).toEqual([expect.stringContaining(sentence)])
      await expectUntouched(before, made)
    }
  })
}

describe('examples/golden.yml and examples/golden-pull-request.yml', () => {
  life()
})
describe('examples/golden.yml and examples/golden-pull-request.yml on PostgreSQL 15', () => {
  let newest: Stage
  beforeAll(async () => {
    newest = stage
    await open(15)
  })
  afterAll(async () => {
    await close()
    stage = newest
  })
  life()
})

describe('the golden parent stays as it is', () => {
  it('when the new build fails: a new column has no rule', async () => {
    await stage.server.sql('main', 'ALTER TABLE customers ADD nickname text')
    const before = await databases()
    const made = await golden()
    await expectUntouched(before, made)
    expect(said(made, 'error')).toEqual([expect.stringContaining('public.customers.nickname (text) has no rule.')])
    await stage.server.sql('main', 'ALTER TABLE customers DROP nickname')
    expectGreen(await pullRequest('opened'))
  })

  it.each<[string, (text: string) => string, RegExp]>([
    [
      'the policy file allows less',
      (text) => changed(text, 'data_policy: masked', 'data_policy: schema_only'),
      /^Making the golden parent "golden" refused: the policy file allows "schema_only" at most for "main"/,
    ],
    [
      'the policy file protects its name',
      (text) => changed(text, 'version: 1', 'version: 1\nprotected: [gold*]'),
      /^Rebuilding "golden" refused: the policy file protects "gold\*"\. Nothing was changed\.$/m,
    ],
  ])('when %s', async (_why, change, sentence) => {
    stage.github.writeFile(policyPath, change(policy))
    const before = await databases()
    const made = await golden()
    await expectUntouched(before, made)
    expect(said(made, 'error')).toEqual([expect.stringMatching(sentence)])
  })

  it.each<[string, Change, string]>([
    ['another repository claims it', { repository: 1 }, 'a branch of that name exists and is not ours'],
    ['it is a branch of a pull request', { golden: undefined, pullRequest: 7 }, 'is no golden parent'],
    ['it is a branch made by hand', { golden: undefined }, 'is no golden parent'],
  ])('when %s', async (_why, change, sentence) => {
    const before = await databases()
    await claiming(change, async () => {
      const made = await golden()
      await expectUntouched(before, made)
      expect(said(made, 'error')).toEqual([expect.stringContaining(sentence)])
    })
  })

  it('in sweeps, however old it is', async () => {
    await claiming({ createdAt: '2020-01-01T00:00:00.000Z' }, async () => {
      const before = await databases()
      const hard = changed(read('examples/cleanup.yml'), /^ +exempt_labels: .*\n/m, '          strategy: hard\n')
      for (const text of [read('examples/cleanup.yml'), hard, read('examples/refresh.yml')]) {
        const cron = /cron: '([^']+)'/.exec(text)?.[1] ?? ''
        const made = await onSchedule(text, { payload: stage.github.scheduleEvent(cron) })
        expect(made.log).toContain('kept "golden" (golden): golden parent; mode "golden" renews it')
        expect(await databases()).toEqual(before)
      }
    })
  })
})

describe('no branch is made from a golden parent', () => {
  const expectRefused = async (sentence: RegExp, text = use) => {
    const before = await databases()
    const made = await pullRequest('opened', text)
    await expectUntouched(before, made)
    expect(said(made, 'error')).toEqual([expect.stringMatching(sentence)])
    expect(stage.github.environments.has(`pr-${number}`)).toBe(false)
  }

  it('that is older than max_golden_age, although one that is there is reused', async () => {
    expectGreen(await pullRequest('opened'))
    await claiming({ createdAt: new Date(Date.now() - 8 * 86_400_000).toISOString() }, async () => {
      const pushed = await pullRequest('synchronize')
      expectGreen(pushed)
      expect(pushed.log).toContain(`"pr-${number}" reused`)
      number += 1
      await expectRefused(
        /^Handing out "pr-\d+" refused: the golden parent "golden" is 8 days old, older than max_golden_age \(7\); run the workflow of mode "golden", which builds it anew\. Nothing was changed\.$/m,
      )
    })
  })

  it('that was masked by other rules', async () => {
    stage.github.writeFile(policyPath, changed(policy, 'note: redact_text', 'note: { mask: null }'))
    await expectRefused(
      /was masked by rules [0-9a-f]{16}, and the policy file now has [0-9a-f]{16} for "main"; run the/,
    )
  })

  it('without the policy file, which is that of its source', async () => {
    await expectRefused(
      /there is none/,
      changed(use, 'data_policy: masked', 'data_policy: masked\n          policy_file: .github/no.yml'),
    )
  })

  it('in clear: a workflow that asks for a full copy gets the masked rows, and is told', async () => {
    const approved = `data_policy: copy\n          copy_approval: 'Shop team: real rows are more fun'`
    const lawful = changed(policy, 'data_policy: masked', 'data_policy: copy\n    copy_approval: Shop team may copy')
    for (const text of [policy, lawful]) {
      stage.github.writeFile(policyPath, text)
      const made = await pullRequest('opened', changed(use, 'data_policy: masked', approved))
      expectGreen(made)
      expect(said(made, 'warning')).toEqual([expect.stringMatching(/"masked"/)])
      expect(summaryOf(made)).toMatch(/\| \*\*Data\*\* \| masked \|/)
      expect(summaryOf(made)).not.toContain('Copy approved')
      await expectMasked(`pr-${number}`)
      expect(await claimOf(`pr-${number}`)).toMatchObject({ dataPolicy: 'masked' })
      number += 1
    }
  })

  it('that is none: its age cannot be limited', async () => {
    const text = changed(use, 'parent_branch: golden', 'parent_branch: main')
    await expectRefused(/"max_golden_age" is set, and "main" is no golden parent/, text)
  })
})
