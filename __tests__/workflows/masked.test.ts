import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { RunOptions, WorkflowRun } from '../../sim/runner/index.js'
import { type Stage, startStage } from '../../sim/stage.js'

const root = join(import.meta.dirname, '../..')
const example = readFileSync(join(root, 'examples/masked.yml'), 'utf8')
const policy = readFileSync(join(root, 'docs/policy/db-branch.yml'), 'utf8')
const policyPath = '.github/db-branch.yml'
const maskingKey = '5d41402abc4b2a76b9719d911017c592ae2f10c3e7b84d65'
const tables = [
  'customers',
  'subscriptions',
  'products',
  'orders',
  'order_items',
  'events',
  'schema_migrations',
] as const
const people = ['customers', 'subscriptions', 'orders', 'events', 'open_orders', 'best_customers']

let stage: Stage
let originals: string[]
let number = 0

beforeAll(async () => {
  stage = await startStage({ shop: { customers: 60, orders: 120 } })
  const rows = await stage.server.sql<{ value: string }>(
    'main',
    `SELECT DISTINCT v.value FROM customers c, LATERAL (VALUES (c.email), (c.name), (c.phone), (c.address ->> 'street')) v(value) WHERE v.value IS NOT NULL
     UNION SELECT note FROM orders WHERE note IS NOT NULL UNION SELECT payload ->> 'ip' FROM events`,
  )
  originals = rows.map(({ value }) => value)
})
afterAll(() => stage.stop())
beforeEach(() => {
  number += 1
  stage.github.writeFile(policyPath, policy)
})

/** A copy of the text in which the change was really made. */
function changed(text: string, from: string | RegExp, to: string): string {
  const made = text.replace(from, to)
  if (made === text) throw new Error(`Nothing to change: ${String(from)}`)
  return made
}

function run(action: string, { text = example, ...more }: { text?: string } & Partial<RunOptions> = {}) {
  const workflow = { text, path: '.github/workflows/masked.yml' }
  const secrets = { ...stage.secrets, DB_MASKING_KEY: maskingKey }
  return stage.run(workflow, { number, action }, { secrets, ...more })
}

async function databases(): Promise<string[]> {
  const rows = await stage.server.sql<{ datname: string }>(
    'postgres',
    `SELECT datname FROM pg_database WHERE NOT datistemplate UNION SELECT rolname FROM pg_roles WHERE rolname LIKE 'db-branch~%'`,
  )
  return rows.map(({ datname }) => datname)
}

async function counts(database: string): Promise<Record<string, number>> {
  const parts = tables.map((table) => `(SELECT count(*)::int FROM ${table}) AS ${table}`)
  const [row] = await stage.server.sql<Record<string, number>>(database, `SELECT ${parts.join(', ')}`)
  return row ?? {}
}

/** Everything that a database says about people, in one text; rows as texts have their backslashes doubled. */
async function contents(database: string): Promise<string> {
  const rows = await Promise.all(
    people.map((table) => stage.server.sql<{ row: string }>(database, `SELECT t::text AS row FROM ${table} t`)),
  )
  return rows
    .flat()
    .map(({ row }) => row)
    .join('\n')
    .replaceAll('\\\\', '\\')
}

const summaryOf = (made: WorkflowRun) => made.jobs.flatMap((job) => job.steps.map((step) => step.summary)).join('\n')
const errorsOf = (made: WorkflowRun) =>
  made.jobs.flatMap(({ steps }) =>
    steps.flatMap(({ annotations }) =>
      annotations.filter(({ level }) => level === 'error').map(({ message }) => message),
    ),
  )
const outcomes = (made: WorkflowRun) => Object.fromEntries(made.jobs.map((job) => [job.id, job.conclusion]))

/** Nothing that a customer would recognise stands where others could read it. */
function expectNoLeak(made: WorkflowRun): void {
  const leaks = made
    .sinks()
    .flatMap(({ kind, job, step, text }) =>
      originals.some((each) => text.includes(each)) ? [{ kind, job, step }] : [],
    )
  expect(leaks).toEqual([])
}

/** Also of what was built aside: half a masking is none. */
async function expectNothingMade(made: WorkflowRun): Promise<void> {
  expect(made.conclusion).toBe('failure')
  expect(outcomes(made)).toMatchObject({ database: 'failure', test: 'skipped' })
  expect(await databases()).not.toEqual(expect.arrayContaining([expect.stringMatching(`^pr-${number}$|^db-branch~`)]))
  expect(stage.github.environments.has(`pr-${number}`)).toBe(false)
  expect(made.jobs.flatMap((job) => job.steps.flatMap((step) => step.outputs['connection_string'] ?? []))).toEqual([])
  expectNoLeak(made)
}

async function expectMasked(database: string): Promise<void> {
  const text = await contents(database)
  expect(originals.filter((original) => text.includes(original))).toEqual([])
}

describe('examples/masked.yml', () => {
  it('lives through opened, synchronize and closed: all rows, no original, and a certificate', async () => {
    const name = `pr-${number}`
    expect(originals.length).toBeGreaterThan(300)
    // What finds nothing in the branch finds everything in the parent.
    const parent = await contents('main')
    expect(originals.filter((original) => !parent.includes(original))).toEqual([])
    stage.github.openPullRequest({ number })
    const opened = await run('opened')
    expect({ log: opened.log, outcomes: outcomes(opened) }).toMatchObject({
      log: expect.stringContaining(`Connected to ${name}: 60 customers.`),
      outcomes: { database: 'success', test: 'success' },
    })
    const { customers, orders, ...others } = stage.shop.counts
    // The tests of the pull request have added one of each.
    expect(await counts(name)).toEqual({ customers: customers + 1, orders: orders + 1, ...others })
    await expectMasked(name)
    const [joined] = await stage.server.sql(
      name,
      `SELECT (SELECT count(*)::int FROM subscriptions s JOIN customers c ON c.email = s.customer_email) AS subscriptions,
              (SELECT count(*)::int FROM customers WHERE email = address #>> '{contact,email}') AS documents,
              (SELECT count(*)::int FROM events e JOIN customers c ON c.id = e.customer_id WHERE c.email <> e.payload ->> 'email') AS strangers`,
    )
    expect(joined).toEqual({ subscriptions: others.subscriptions, documents: customers, strangers: 0 })
    const summary = summaryOf(opened)
    expect(summary).toMatch(/\| \*\*Data\*\* \| masked \|/)
    expect(summary).toMatch(/- Masked [\d,]+ rows of 10 tables in \d+\.\d s and verified them in \d+\.\d s\./)
    expect(summary).toMatch(/- Masking rules [0-9a-f]{16}, the given key \([0-9a-f]{16}\)\./)
    expect(summary.match(/- Checked: /g)).toHaveLength(8)
    expectNoLeak(opened)

    stage.github.pushTo(number)
    const pushed = await run('synchronize')
    expect(pushed.conclusion).toBe('success')
    expect(pushed.log).toContain(`"${name}" reused`)
    expectNoLeak(pushed)

    stage.github.closePullRequest(number, { merged: true })
    const closed = await run('closed')
    expect(closed.conclusion).toBe('success')
    expect(await databases()).not.toContain(name)
    expect(stage.github.environments.has(name)).toBe(false)
    expectNoLeak(closed)
  })

  it('ends green with a notice for a pull request from a fork', async () => {
    stage.github.openPullRequest({ number, head: 'fork' })
    const made = await run('opened')
    expect(made.conclusion).toBe('success')
    expect(await databases()).not.toContain(`pr-${number}`)
  })

  it('masks a person alike in every branch of one key, and otherwise under a key that nobody learns', async () => {
    const emails: string[] = []
    const keyless = changed(example, /^ +masking_key: .*\n/m, '')
    for (const text of [example, example, keyless]) {
      number += 1
      stage.github.openPullRequest({ number })
      const made = await run('opened', { text })
      expect({ log: made.log, conclusion: made.conclusion }).toMatchObject({ conclusion: 'success' })
      const [row] = await stage.server.sql<{ email: string }>(
        `pr-${number}`,
        'SELECT email FROM customers WHERE id = 1',
      )
      emails.push(row?.email ?? '')
      if (text === keyless) expect(summaryOf(made)).toContain('a random key that nobody learns')
    }
    expect(emails[1]).toBe(emails[0])
    expect(emails[2]).toMatch(/^u[0-9a-f]{16}@example\.com$/)
    expect(emails[2]).not.toBe(emails[0])
  })
})

it.each([
  ['short', 'Kx7!swordfish-29', 'Input "masking_key" is shorter than 32 bytes'],
  ['long and made of few bytes', 'abcabc'.repeat(11), '"masking_key" is too weak'],
])('a masking key that could be guessed is refused: %s', async (_, weak, sentence) => {
  stage.github.openPullRequest({ number })
  const made = await run('opened', { secrets: { ...stage.secrets, DB_MASKING_KEY: weak } })
  await expectNothingMade(made)
  expect(errorsOf(made)).toEqual([expect.stringContaining(sentence)])
  expect(made.sinks().filter(({ text }) => text.includes(weak))).toEqual([])
})

describe('the policy file of the default branch', () => {
  it('is what counts: a pull request that edits it on its own git branch has no effect', async () => {
    const { head } = stage.github.openPullRequest({ number })
    const looser = `version: 1\nparents:\n  main:\n    data_policy: copy\n    copy_approval: the author of this pull request\n`
    stage.github.writeFile(policyPath, looser, { ref: head.sha })
    const text = changed(example, 'data_policy: masked', "data_policy: ''")
    const before = stage.github.journal.length
    const made = await run('opened', { text })
    expect({ log: made.log, conclusion: made.conclusion }).toMatchObject({ conclusion: 'success' })
    expect(summaryOf(made)).toMatch(/\| \*\*Data\*\* \| masked \|/)
    await expectMasked(`pr-${number}`)
    const reads = stage.github.journal.slice(before).filter(({ operationId }) => operationId === 'repos/get-content')
    expect(reads.map(({ query }) => query)).toEqual([{}, { ref: head.sha }])
    expect(summaryOf(made)).toContain(
      `${policyPath} is another one in this pull request than on the default branch, which is what counts until it is merged.`,
    )
  })

  it('tightens a workflow that asks for a full copy, and says so', async () => {
    stage.github.openPullRequest({ number })
    const approved = `data_policy: copy\n          copy_approval: 'Shop team: real rows are more fun'`
    const made = await run('opened', { text: changed(example, 'data_policy: masked', approved) })
    expect({ log: made.log, conclusion: made.conclusion }).toMatchObject({ conclusion: 'success' })
    const sentence = `The workflow asks for data_policy "copy"; the policy file allows "masked" at most for "main", and that is what counts.`
    const warnings = made.jobs.flatMap(({ steps }) => steps.flatMap(({ annotations }) => annotations))
    expect(warnings.filter(({ level }) => level === 'warning').map(({ message }) => message)).toContain(sentence)
    expect(summaryOf(made)).toContain(sentence.replace('_', '\\_'))
    expect(summaryOf(made)).not.toContain('Copy approved')
    await expectMasked(`pr-${number}`)
    expectNoLeak(made)
  })

  it('allows a workflow to ask for less', async () => {
    stage.github.openPullRequest({ number })
    const made = await run('opened', { text: changed(example, 'data_policy: masked', 'data_policy: schema_only') })
    expect(made.log).toContain(`Connected to pr-${number}: 0 customers.`)
  })

  it('must be readable: without contents: read it refuses in one sentence that tells the way out', async () => {
    stage.github.openPullRequest({ number })
    const made = await run('opened', { text: changed(example, /^ +contents: read # the policy file.*\n/m, '') })
    await expectNothingMade(made)
    expect(errorsOf(made)).toEqual([
      expect.stringMatching(
        /^Reading the policy file \.github\/db-branch\.yml failed: .*"permissions: contents: read"/,
      ),
    ])
  })

  it('must be there', async () => {
    stage.github.openPullRequest({ number })
    const made = await run('opened', {
      text: changed(
        example,
        'data_policy: masked',
        'data_policy: masked\n          policy_file: .github/elsewhere.yml',
      ),
    })
    await expectNothingMade(made)
    expect(errorsOf(made)).toEqual([expect.stringContaining('the policy file on the default branch; there is none')])
  })

  it('must be right: the problem is told with its line', async () => {
    stage.github.openPullRequest({ number })
    stage.github.writeFile(policyPath, changed(policy, 'email: email #', 'email: emial #'))
    const made = await run('opened')
    await expectNothingMade(made)
    const line = policy.split('\n').findIndex((text) => text.includes('email: email #')) + 1
    expect(errorsOf(made)).toEqual([
      expect.stringMatching(new RegExp(`^The policy file .*line ${line}: .*"emial".*did you mean "email"`)),
    ])
  })

  it('must cover every column: incomplete rules refuse, name what is missing, and draft it', async () => {
    stage.github.openPullRequest({ number })
    const incomplete = changed(changed(policy, /^ +phone: phone\n/m, ''), /^ +orders:\n +note: redact_text\n/m, '')
    stage.github.writeFile(policyPath, incomplete)
    const made = await run('opened')
    await expectNothingMade(made)
    const errors = errorsOf(made).join('\n')
    expect(errors).toContain('public.customers.phone (character varying(32)) has no rule.')
    expect(errors).toContain('public.orders.note (text) has no rule.')
    expect(errors).toContain('    phone: phone')
    expect(errors).toContain('    note: redact_text')
    expect(errors).not.toContain('email')
    const places = made.jobs.flatMap(({ steps }) => steps.flatMap(({ annotations }) => annotations))
    const onLine = places.find(({ message }) => message.startsWith('public.customers.phone'))
    const ruled = incomplete.split('\n').findIndex((text) => /^ +customers:$/.test(text)) + 2
    expect(onLine?.properties).toMatchObject({ file: policyPath, line: String(ruled) })
  })

  it('must be true: what is called harmless and is not refuses as well', async () => {
    stage.github.openPullRequest({ number })
    stage.github.writeFile(
      policyPath,
      changed(policy, /^ +orders:\n +note: redact_text\n/m, '').replace('[topic, kind]', '[topic, kind, note]'),
    )
    const made = await run('opened')
    await expectNothingMade(made)
    expect(errorsOf(made)).toEqual([
      expect.stringMatching(
        /^Verifying the masked branch refused: .*public\.orders\.note holds what looks like an email in \d+ rows/,
      ),
    ])
  })
})

it('GitHub had nothing to object to', () => {
  expect(stage.github.violations).toEqual([])
})
