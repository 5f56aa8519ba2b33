/** Triggers, trust, secrets, jobs, matrices. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { eventRef, type RunOptions } from '../../../sim/runner/index.js'
import { jobOf, lines, pullRequest, Stage } from './stage.js'

let stage: Stage
beforeEach(() => {
  stage = new Stage()
})
afterEach(() => stage.end())

const noop = (on: string): string => `on: ${on}\njobs: { job: { runs-on: x, steps: [{ run: echo ran }] } }`

interface TriggerRow {
  readonly on: string
  readonly options?: Partial<RunOptions>
  readonly triggered: boolean
}

const CLOSED = { payload: pullRequest('closed') }
const CONFLICT = { payload: pullRequest('opened', { mergeable: false }) }
const DAILY = '{ schedule: [{ cron: "0 3 * * *" }] }'

test.each<[string, TriggerRow]>([
  ['opened by default', { on: 'pull_request', triggered: true }],
  ['closed not by default', { on: 'pull_request', options: CLOSED, triggered: false }],
  ['a listed type', { on: '{ pull_request: { types: [closed] } }', options: CLOSED, triggered: true }],
  ['an unlisted type', { on: '{ pull_request: { types: [closed] } }', triggered: false }],
  ['another event', { on: 'push', triggered: false }],
  ['the base branch', { on: '{ pull_request: { branches: [main, "release/**"] } }', triggered: true }],
  ['another base branch', { on: '{ pull_request: { branches: ["release/**"] } }', triggered: false }],
  ['an ignored base branch', { on: '{ pull_request: { branches-ignore: [main] } }', triggered: false }],
  ['a pull request with a conflict', { on: 'pull_request', options: CONFLICT, triggered: false }],
  [
    'pull_request_target with a conflict',
    { on: 'pull_request_target', options: { event: 'pull_request_target', ...CONFLICT }, triggered: true },
  ],
  ['a schedule', { on: DAILY, options: { event: 'schedule', payload: { schedule: '0 3 * * *' } }, triggered: true }],
  [
    'another schedule',
    { on: DAILY, options: { event: 'schedule', payload: { schedule: '1 1 * * *' } }, triggered: false },
  ],
])('trigger: %s', async (_name, { on, options, triggered }) => {
  const run = await stage.run(noop(on), options)
  expect(run.conclusion).toBe(triggered ? 'success' : 'not-triggered')
  expect(run.reason === '').toBe(triggered)
})

const C = 'c'.repeat(40)
const MERGED = pullRequest('closed', { merged: true })
test.each([
  { event: 'pull_request', payload: pullRequest('opened'), ref: 'refs/pull/7/merge', sha: C },
  { event: 'pull_request', payload: pullRequest('closed'), ref: 'refs/pull/7/merge', sha: C },
  { event: 'pull_request', payload: MERGED, ref: 'refs/heads/main', sha: C },
  { event: 'pull_request_target', payload: MERGED, ref: 'refs/heads/trunk', sha: 'b'.repeat(40) },
  { event: 'push', payload: { ref: 'refs/heads/x', after: C }, ref: 'refs/heads/x', sha: C },
  { event: 'schedule', payload: {}, ref: 'refs/heads/trunk', sha: '0'.repeat(40) },
])('GITHUB_REF and GITHUB_SHA: $event is on $ref', ({ event, payload, ref, sha }) => {
  const found = eventRef({ event, payload, forge: { repository: { id: 1, defaultBranch: 'trunk' } } })
  expect(found).toMatchObject({ ref, sha })
  expect(found.baseRef).toBe(event.startsWith('pull') ? 'main' : '')
})

test('the variables of a run', async () => {
  const run = await stage.steps(
    `- run: |
         echo "$GITHUB_REPOSITORY $GITHUB_REPOSITORY_ID $GITHUB_REPOSITORY_OWNER $GITHUB_ACTOR $GITHUB_TRIGGERING_ACTOR"
         echo "$GITHUB_RUN_ID $GITHUB_RUN_ATTEMPT $GITHUB_JOB $GITHUB_HEAD_REF $GITHUB_BASE_REF [$GITHUB_TOKEN]"
         node -e "console.log(require(process.env.GITHUB_EVENT_PATH).action, process.version.split('.')[0])"`,
    { runId: 99, runAttempt: 2, triggeringActor: 'bob' },
  )
  expect(lines(run)).toEqual(
    expect.arrayContaining(['org/shop 11 org alice bob', '99 2 job feature main []', 'opened v24']),
  )
})

const SHOW_SECRETS = `
on: { pull_request: {}, pull_request_target: {} }
permissions: { contents: write, pull-requests: write }
jobs:
  job:
    runs-on: x
    environment: { name: "pr-\${{ github.event.number }}", deployment: false }
    steps:
      - run: 'test -n "$A" && echo has repository; test -n "$E" && echo has environment; test -n "$T" && echo has token; true'
        env: { A: "\${{ secrets.API_KEY }}", E: "\${{ secrets.DATABASE_URL }}", T: "\${{ secrets.GITHUB_TOKEN }}" }
`
const FORK = { head: { ref: 'x', sha: 'a', repo: { id: 99 } } }
const DELETED_FORK = { head: { ref: 'x', sha: 'a', repo: null } }

const ALL = ['has repository', 'has environment', 'has token']

test.each<[string, { options: Partial<RunOptions>; sees: string[]; access: string }]>([
  ['its own pull request', { options: {}, sees: ALL, access: 'write' }],
  ['a fork', { options: { payload: pullRequest('opened', FORK) }, sees: ['has token'], access: 'read' }],
  [
    'a deleted fork',
    { options: { payload: pullRequest('opened', DELETED_FORK) }, sees: ['has token'], access: 'read' },
  ],
  ['Dependabot', { options: { actor: 'dependabot[bot]' }, sees: ['has token'], access: 'read' }],
  [
    'pull_request_target of a fork',
    { options: { event: 'pull_request_target', payload: pullRequest('opened', FORK) }, sees: ALL, access: 'write' },
  ],
])('secrets and token of %s', async (_name, { options, sees, access }) => {
  stage.environments.set('pr-7', { DATABASE_URL: 'postgres://x' })
  const run = await stage.run(SHOW_SECRETS, { secrets: { API_KEY: 'key-123456' }, ...options })
  expect(lines(run).filter((line) => line.startsWith('has '))).toEqual(sees)
  expect(stage.tokens[0]?.permissions).toEqual({ contents: access, 'pull-requests': access })
})

test('repository secrets are frozen when the run is queued, environment secrets read when the job starts', async () => {
  const secrets: Record<string, string> = { A: 'old-value' }
  const run = await stage.run(
    `
on: pull_request
jobs:
  writer: { runs-on: x, steps: [{ run: echo written }] }
  reader:
    needs: writer
    runs-on: x
    environment: pr-7
    steps:
      - run: test "$A" = old-value && test "$E" = new-value && echo "saw both $E"
        env: { A: "\${{ secrets.A }}", E: "\${{ secrets.E }}" }
`,
    {
      secrets,
      onLine: ({ text }) => {
        if (text !== 'written') return
        secrets['A'] = 'new-value'
        stage.environments.set('pr-7', { E: 'new-value' })
      },
    },
  )
  expect(lines(run)).toContain('saw both ***')
  expect(jobOf(run, 'reader').environment?.name).toBe('pr-7')
})

test('a job that names an environment brings it into being', async () => {
  await stage.run('on: pull_request\njobs: { job: { runs-on: x, environment: pr-8, steps: [{ run: echo }] } }')
  expect([...stage.environments.keys()]).toEqual(['pr-8'])
})

test('variables of the environment join vars', async () => {
  const forge = { ...stage.forge, environmentVariables: () => ({ SIZE: 'small' }) }
  const text = `on: pull_request
jobs: { job: { runs-on: x, environment: pr-8, steps: [{ run: 'echo "vars \${{ vars.SIZE }} \${{ vars.REGION }}"' }] } }`
  const run = await stage.run(text, { forge, vars: { SIZE: 'big', REGION: 'eu' } })
  expect(lines(run)).toContain('vars small eu')
})

test.each([
  { name: 'none given', top: '', job: '', expected: { contents: 'read', packages: 'read' } },
  { name: 'empty', top: 'permissions: {}', job: '', expected: {} },
  {
    name: 'a job replaces the workflow',
    top: 'permissions: { issues: write }',
    job: 'permissions: { contents: read },',
    expected: { contents: 'read' },
  },
])('permissions: $name', async ({ top, job, expected }) => {
  const run = await stage.run(`on: pull_request\n${top}\njobs: { job: { runs-on: x, ${job} steps: [{ run: echo }] } }`)
  expect(jobOf(run).permissions).toEqual(expected)
})

test('needs and if: a failed or skipped ancestor skips, unless the job says otherwise', async () => {
  const run = await stage.run(`
on: pull_request
jobs:
  a: { runs-on: x, steps: [{ run: exit 1 }] }
  b: { needs: a, runs-on: x, steps: [{ run: echo }] }
  c: { needs: a, if: failure(), runs-on: x, steps: [{ run: 'echo "a is \${{ needs.a.result }}"' }] }
  d: { needs: [b], if: always(), runs-on: x, steps: [{ run: echo }] }
  e: { needs: d, runs-on: x, steps: [{ run: echo }] }
  f: { if: github.event_name == 'push', runs-on: x, steps: [{ run: echo }] }
  g: { runs-on: x, continue-on-error: true, steps: [{ run: exit 1 }] }
  h: { needs: g, runs-on: x, steps: [{ run: echo }] }
`)
  const found = Object.fromEntries(run.jobs.map(({ id, conclusion }) => [id, conclusion]))
  expect(found).toEqual({
    a: 'failure',
    b: 'skipped',
    c: 'success',
    d: 'success',
    e: 'skipped',
    f: 'skipped',
    g: 'failure',
    h: 'success',
  })
  expect(run.conclusion).toBe('failure')
  expect(lines(run)).toContain('a is failure')
})

test('a job with always() goes on when the run is cancelled, others do not start', async () => {
  const controller = new AbortController()
  const run = await stage.run(
    `
on: pull_request
jobs:
  a: { runs-on: x, steps: [{ run: echo ready; exec sleep 30 }] }
  b: { needs: a, runs-on: x, steps: [{ run: echo }] }
  c: { needs: a, if: always(), runs-on: x, steps: [{ run: echo cleaned }] }
`,
    { signal: controller.signal, onLine: ({ text }) => (text === 'ready' ? controller.abort() : undefined) },
  )
  expect(Object.fromEntries(run.jobs.map(({ id, conclusion }) => [id, conclusion]))).toEqual({
    ...{ a: 'cancelled', b: 'cancelled', c: 'success' },
  })
  expect(run.conclusion).toBe('cancelled')
  expect(lines(run)).toContain('cleaned')
})

test('five minutes after a cancellation even a job with always() ends', async () => {
  const controller = new AbortController()
  const run = await stage.run(
    'on: pull_request\njobs: { job: { if: always(), runs-on: x, steps: [{ run: echo ready; exec sleep 30 }, { run: echo, if: always() }] } }',
    {
      signal: controller.signal,
      times: { forceMs: 300 },
      onLine: ({ text }) => (text === 'ready' ? controller.abort() : undefined),
    },
  )
  expect(jobOf(run).steps.map(({ conclusion }) => conclusion)).toEqual(['cancelled', 'cancelled'])
  expect(jobOf(run).conclusion).toBe('cancelled')
})

test('matrix: exclude, include, names, outputs of another job', async () => {
  const run = await stage.run(`
on: pull_request
jobs:
  list: { runs-on: x, outputs: { prs: "\${{ steps.s.outputs.prs }}" }, steps: [{ id: s, run: 'echo prs=[1,2] >> "$GITHUB_OUTPUT"' }] }
  leg:
    needs: list
    runs-on: x
    strategy:
      matrix:
        pr: \${{ fromJSON(needs.list.outputs.prs) }}
        db: [pg, my]
        exclude: [{ pr: 2, db: my }]
        include: [{ pr: 1, extra: yes }, { pr: 9, db: lite }]
    steps: [{ run: 'echo "leg \${{ matrix.pr }} \${{ matrix.db }} \${{ matrix.extra }} of \${{ strategy.job-total }}"' }]
`)
  expect(run.jobs.filter(({ id }) => id === 'leg').map(({ name }) => name)).toEqual([
    ...['leg (1, pg, yes)', 'leg (1, my, yes)', 'leg (2, pg)', 'leg (9, lite)'],
  ])
  expect(
    lines(run)
      .filter((line) => line.startsWith('leg'))
      .sort(),
  ).toEqual([...['leg 1 my yes of 4', 'leg 1 pg yes of 4', 'leg 2 pg  of 4', 'leg 9 lite  of 4']])
})

test('matrix: fail-fast cancels the other legs; an empty vector fails the job', async () => {
  const text = (matrix: string): string =>
    `on: pull_request\njobs: { job: { runs-on: x, strategy: ${matrix}, steps: [{ run: 'test \${{ matrix.n }} = 1 && exit 1; exec sleep 3' }] } }`
  const fast = await stage.run(text('{ matrix: { n: [1, 2] } }'))
  expect(fast.jobs.map(({ conclusion }) => conclusion)).toEqual(['failure', 'cancelled'])
  expect(fast.conclusion).toBe('failure')
  const empty = await stage.run(text('{ matrix: { n: [] } }'))
  expect(jobOf(empty).annotations[0]?.message).toBe("Matrix vector 'n' does not contain any values")
})

test('workflow_dispatch: inputs have their defaults and types', async () => {
  const run = await stage.run(
    `
on: { workflow_dispatch: { inputs: { dry: { type: boolean, default: true }, mode: { default: cleanup } } } }
jobs: { job: { runs-on: x, if: inputs.dry, steps: [{ run: 'echo "mode \${{ inputs.mode }}"' }] } }
`,
    { event: 'workflow_dispatch', payload: { inputs: { mode: 'refresh' } } },
  )
  expect(lines(run)).toContain('mode refresh')
})
