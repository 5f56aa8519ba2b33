/** Workflow shapes: the safe ones work, the articles' ones lose the URL or show it, the unsafe ones are refused. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { LeakError } from '../../sim/leaks/oracle.js'
import type { RunOptions, WorkflowRun } from '../../sim/runner/index.js'
import { type Stage, startStage } from '../../sim/stage.js'

const forkSafe = readFileSync(join(import.meta.dirname, '../../examples/fork-safe.yml'), 'utf8')
const sealKey = 'a-seal-key-of-more-than-32-bytes!*()%@:'

let stage: Stage
let number = 0

beforeAll(async () => {
  stage = await startStage({ shop: { customers: 20, orders: 40 } })
})
afterAll(() => stage.stop())
beforeEach(() => {
  number += 1
})

function run(text: string, action: string, more: Partial<RunOptions> = {}): Promise<WorkflowRun> {
  const secrets = { ...stage.secrets, DB_SEAL_KEY: sealKey }
  return stage.run({ text, path: '.github/workflows/shape.yml' }, { number, action }, { secrets, ...more })
}

const exists = async (): Promise<boolean> =>
  (await stage.server.sql('postgres', 'SELECT FROM pg_database WHERE datname = $1', [`pr-${number}`])).length === 1

const outcomes = ({ jobs }: WorkflowRun) => Object.fromEntries(jobs.map(({ id, conclusion }) => [id, conclusion]))

const target = { event: 'pull_request_target' }

describe('fork-safe.yml', () => {
  it('makes the branch, and takes it away in spite of a conflict, with nothing checked out', async () => {
    const pull = stage.github.openPullRequest({ number })
    const opened = await run(forkSafe, 'opened')
    expect(outcomes(opened)).toEqual({ test: 'success', remove: 'skipped' })
    expect(opened.log).toContain(`Connected to pr-${number}`)
    expect(await exists()).toBe(true)
    stage.github.closePullRequest(number)
    const payload = structuredClone(stage.github.event(number, 'closed'))
    Object.assign(payload.pull_request as object, { mergeable: false })
    expect((await run(forkSafe, 'closed', { payload })).conclusion).toBe('not-triggered')
    const closed = await run(forkSafe, 'closed', { ...target, payload })
    expect({ log: closed.log, outcomes: outcomes(closed) }).toMatchObject({
      outcomes: { test: 'skipped', remove: 'success' },
    })
    expect(closed.log).not.toContain('actions/checkout')
    expect(await exists()).toBe(false)
    expect(pull.state).toBe('closed')
  })

  it.each([
    ['a fork', { head: 'fork' }, undefined],
    ['a fork that is gone', { head: 'deleted-fork' }, undefined],
    ['Dependabot', { author: 'dependabot[bot]' }, 'dependabot[bot]'],
  ] as const)('ends green for a pull request of %s, opened and closed', async (_name, pull, actor) => {
    stage.github.openPullRequest({ number, ...pull })
    const opened = await run(forkSafe, 'opened', { ...(actor !== undefined && { actor }) })
    expect(outcomes(opened)).toEqual({ test: 'success', remove: 'skipped' })
    expect(opened.log).toContain('such runs get no secrets')
    expect(await exists()).toBe(false)
    stage.github.closePullRequest(number)
    const closed = await run(forkSafe, 'closed', target)
    expect({ log: closed.log, outcomes: outcomes(closed) }).toMatchObject({ outcomes: { remove: 'success' } })
  })
})

describe('an unsafe shape', () => {
  const unsafe = (inputs: string) => `
on: { pull_request_target: { types: [opened] } }
permissions: {}
jobs:
  database:
    runs-on: ubuntu-latest
    permissions: { pull-requests: read }
    steps:
      - uses: org/db-branch-action@v1
        with:
          provider: postgres
          admin_url: \${{ secrets.DB_ADMIN_URL }}
          data_policy: schema_only
          ${inputs}
`

  it.each(['fork', 'deleted-fork'] as const)('makes no branch for a %s, and asks nobody', async (head) => {
    stage.github.openPullRequest({ number, head })
    const before = stage.github.journal.length
    const opened = await run(unsafe(''), 'opened', target)
    expect(opened.conclusion).toBe('failure')
    expect(opened.log).toContain(
      'Mode "create" is refused on "pull_request_target" for a pull request from a fork: such runs have secrets',
    )
    expect(await exists()).toBe(false)
    expect(stage.github.journal.length).toBe(before)
  })

  it('goes on where its author says that no code of the pull request runs', async () => {
    stage.github.openPullRequest({ number, head: 'fork' })
    const opened = await run(unsafe('trust_code: true'), 'opened', target)
    expect({ log: opened.log, conclusion: opened.conclusion }).toMatchObject({ conclusion: 'success' })
    expect(await exists()).toBe(true)
  })
})

describe('what the articles do', () => {
  const outputs = `
    outputs:
      url: \${{ steps.db.outputs.connection_string }}
      sealed: \${{ steps.db.outputs.sealed_connection_string }}`
  const naive = `
on: pull_request
permissions: {}
jobs:
  database:
    runs-on: ubuntu-latest
    permissions: { pull-requests: read }${outputs}
    steps:
      - uses: org/db-branch-action@v1
        id: db
        with:
          provider: postgres
          admin_url: \${{ secrets.DB_ADMIN_URL }}
          data_policy: schema_only
          seal_key: \${{ secrets.DB_SEAL_KEY }}
  naive:
    needs: database
    runs-on: ubuntu-latest
    steps:
      - run: echo "url=[$URL]"
        env: { URL: '\${{ needs.database.outputs.url }}' }
  sealed:
    needs: database
    runs-on: ubuntu-latest
    steps:
      - uses: org/db-branch-action@v1
        with:
          mode: connect
          provider: postgres
          sealed: \${{ needs.database.outputs.sealed }}
          seal_key: \${{ secrets.DB_SEAL_KEY }}
          export_env: URL
      - run: node -e 'console.log("database=" + new URL(process.env.URL).pathname)'
`

  it('the URL as a job output is dropped, while the sealed one beside it arrives', async () => {
    stage.github.openPullRequest({ number })
    const opened = await run(naive, 'opened')
    expect(opened.log).toContain("Skip output 'url' since it may contain secret.")
    expect(opened.log).toContain('url=[]')
    expect(opened.log).toContain(`database=/pr-${number}`)
    expect(opened.jobs[0]?.droppedOutputs).toEqual(['url'])
    expect(Object.keys(opened.jobs[0]?.outputs ?? {})).toEqual(['sealed'])
  })

  it('without a mask the output passes, and everybody reads it', async () => {
    stage.github.openPullRequest({ number })
    const text = `
on: pull_request
jobs:
  database:
    runs-on: ubuntu-latest
    outputs: { url: '\${{ steps.db.outputs.url }}' }
    steps:
      - id: db
        run: echo "url=\${ADMIN%/*}/pr-1" >> "$GITHUB_OUTPUT"
        env: { ADMIN: '\${{ secrets.DB_ADMIN_URL }}' }
  test:
    needs: database
    runs-on: ubuntu-latest
    steps:
      - run: echo "url=[$URL]"
        env: { URL: '\${{ needs.database.outputs.url }}' }
`
    const leaked = await run(text, 'opened', { leaks: 'allowed' })
    expect(new Set(leaked.leaks.map(({ sink }) => sink))).toEqual(new Set(['log', 'job-output', 'debug-log']))
    await expect(run(text, 'opened')).rejects.toThrow(LeakError)
  })
})

it('GitHub had nothing to object to', () => {
  expect(stage.github.violations).toEqual([])
})
