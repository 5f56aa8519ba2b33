/** Fidelity: steps, inputs, conditions, post steps, cancellation. Titles name the runner source (actions/runner 258d6c8). */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { UnsupportedError, WorkflowFileError, type RunOptions } from '../../../sim/runner/index.js'
import { isRunning, jobOf, lines, messages, Stage, stepOf } from './stage.js'

let stage: Stage
beforeEach(() => {
  stage = new Stage()
})
afterEach(() => stage.end())

test('Handler.cs 185, ActionRunner.cs 185-238: inputs, defaults with expressions, unknown ones warned of, required not enforced', async () => {
  stage.action('./', {
    inputs: `{ 'api-key': {}, 'my name': { default: '\${{ github.actor }}' }, token: { default: '\${{ github.token }}' }, must: { required: true } }`,
    main: `console.log(JSON.stringify(Object.fromEntries(Object.entries(process.env).filter(([k]) => k.startsWith('INPUT_')))))`,
  })
  const run = await stage.steps('- { id: s, uses: ./, with: { api-key: 42, nme: true } }')
  expect(lines(run)).toContain(
    '{"INPUT_API-KEY":"42","INPUT_NME":"true","INPUT_MY_NAME":"alice","INPUT_TOKEN":"***","INPUT_MUST":""}',
  )
  expect(messages(stepOf(run, 's').annotations)).toEqual([
    "Unexpected input(s) 'nme', valid inputs are ['api-key', 'my name', 'token', 'must']",
  ])
})

test('ActionRunner.cs 113-136, StepsRunner.cs 58-76: post steps run last to first, each with its own STATE_', async () => {
  const action = {
    main: `file('STATE', 'who=' + process.env.INPUT_WHO + '\\n')`,
    post: `console.log('post of ' + process.env.STATE_who)`,
    inputs: '{ who: {} }',
  }
  const run = await stage.action('./', action).steps(`
- { id: one, uses: ./, with: { who: one } }
- { id: two, uses: ./, with: { who: two }, if: false }
- { id: three, uses: ./, with: { who: three } }
`)
  expect(lines(run).filter((line) => line.startsWith('post of'))).toEqual(['post of three', 'post of one'])
  expect(jobOf(run).steps.map(({ name, conclusion }) => `${name}: ${conclusion}`)).toEqual([
    'Run actions/checkout@v5: success',
    'Run ./: success',
    'Run ./: skipped',
    'Run ./: success',
    'Post Run ./: success',
    'Post Run ./: success',
  ])
})

test('ActionManifestManager.cs 482: post runs after a failure of its main, with the state saved before it', async () => {
  stage.action('./', {
    main: `file('STATE', 'phase=creating\\n'); process.exit(1)`,
    post: `console.log('phase ' + process.env.STATE_phase)`,
  })
  const run = await stage.steps('- { id: s, uses: ./ }\n- { id: later, run: echo later }')
  expect(run.conclusion).toBe('failure')
  expect(stepOf(run, 's').annotations).toEqual([])
  expect(stepOf(run, 'later').conclusion).toBe('skipped')
  expect(lines(run)).toContain('phase creating')
})

test('StepsRunner.cs 200-283, ExecutionContext.cs 1422-1453: conditions, outcome and conclusion', async () => {
  const run = await stage.steps(`
- { id: a, run: exit 3, continue-on-error: true }
- { id: b, run: 'echo "a \${{ steps.a.outcome }} \${{ steps.a.conclusion }}"' }
- { id: c, run: exit 4 }
- { id: d, run: echo d }
- { id: e, run: echo e, if: failure() }
- { id: f, run: echo f, if: always() && steps.c.outcome == 'failure' }
- { id: g, run: echo g, if: "\${{ !cancelled() }}" }
- { id: h, run: echo h, if: cancelled() }
- { id: i, run: echo i, if: steps.c.outcome == 'failure' }
`)
  expect(
    jobOf(run)
      .steps.slice(1)
      .map(({ id, conclusion }) => `${id} ${conclusion}`),
  ).toEqual([
    ...[
      'a success',
      'b success',
      'c failure',
      'd skipped',
      'e success',
      'f success',
      'g success',
      'h skipped',
      'i skipped',
    ],
  ])
  expect(lines(run)).toContain('a failure success')
  expect(messages(stepOf(run, 'a').annotations)).toEqual(['Process completed with exit code 3.'])
})

test('ScriptHandler.cs 187-235: bash -e without a shell, pipefail with shell: bash; defaults and working-directory', async () => {
  const run = await stage.run(`
on: pull_request
jobs:
  job:
    runs-on: x
    defaults: { run: { working-directory: sub } }
    steps:
      - run: mkdir sub
        working-directory: .
      - { id: default, run: 'false | true; basename "$PWD"' }
      - { id: bash, run: 'false | true', shell: bash }
      - { id: sh, run: 'true', shell: sh, if: always() }
`)
  expect(stepOf(run, 'default').conclusion).toBe('success')
  expect(lines(run)).toContain('sub')
  expect(stepOf(run, 'bash').conclusion).toBe('failure')
  expect(run.log).toMatch(/^shell: \S+\/bash -e \{0\}$/m)
  expect(run.log).toMatch(/^shell: \S+\/bash --noprofile --norc -e -o pipefail \{0\}$/m)
  expect(run.log).toMatch(/^shell: \S+\/sh -e \{0\}$/m)
})

test('env: at three levels, the inner one wins; a child inherits nothing; GITHUB_ variables cannot be overridden', async () => {
  process.env['LEAKED_FROM_CALLER'] = 'yes'
  const run = await stage
    .run(
      `
on: pull_request
env: { A: workflow, B: workflow, C: workflow }
jobs:
  job:
    runs-on: x
    env: { B: job, C: job, GITHUB_ACTOR: mallory }
    steps:
      - run: 'echo "$A $B $C $GITHUB_ACTOR [$LEAKED_FROM_CALLER] $CI $GITHUB_ACTIONS"'
        env: { C: step }
`,
    )
    .finally(() => delete process.env['LEAKED_FROM_CALLER'])
  expect(lines(run)).toContain('workflow job step alice [] true true')
})

test('ActionManager.cs 912: a local action needs a checkout first', async () => {
  const run = await stage.run('on: pull_request\njobs: { job: { runs-on: x, steps: [{ id: s, uses: ./ }] } }')
  expect(messages(stepOf(run, 's').annotations)[0]).toContain('Did you forget to run actions/checkout')
})

test('StepsRunner.cs 290-345: a step that takes too long is cancelled and has failed', async () => {
  const run = await stage.steps('- { id: s, run: exec sleep 30, timeout-minutes: 1 }', { times: { minuteMs: 150 } })
  expect(stepOf(run, 's').conclusion).toBe('failure')
  expect(messages(stepOf(run, 's').annotations)).toEqual([
    "The action 'Run exec sleep 30' has timed out after 1 minutes.",
  ])
})

test('a job that takes too long is cancelled', async () => {
  const run = await stage.run(
    'on: pull_request\njobs: { job: { runs-on: x, timeout-minutes: 1, steps: [{ run: exec sleep 30 }] } }',
    { times: { minuteMs: 150 } },
  )
  expect(jobOf(run).conclusion).toBe('cancelled')
  expect(messages(jobOf(run).annotations)[0]).toContain('exceeded the maximum execution time of 1 minutes')
})

/** Cancels the run as soon as a line is logged. */
function cancelOn(line: string, times: RunOptions['times'] = {}): Partial<RunOptions> {
  const controller = new AbortController()
  return {
    signal: controller.signal,
    times,
    onLine: ({ text }) => {
      if (text === line) controller.abort()
    },
  }
}

test('ActionRunner.cs 278-283, ProcessInvoker.cs 369: cancelled by SIGINT, what was saved counts, post runs', async () => {
  stage.action('./', {
    main: `process.on('SIGINT', () => { file('OUTPUT', 'late=1\\n'); process.exit(0) })
file('STATE', 'phase=creating\\n'); console.log('ready'); setTimeout(() => {}, 30000)`,
    post: `console.log('phase ' + process.env.STATE_phase)`,
  })
  const run = await stage.steps(
    '- { id: s, uses: ./ }\n- { id: later, run: echo x }\n- { id: cleanup, run: echo x, if: always() }',
    cancelOn('ready'),
  )
  expect(run.conclusion).toBe('cancelled')
  expect(stepOf(run, 's')).toMatchObject({ conclusion: 'cancelled', exitCode: 0, outputs: { late: '1' } })
  expect(messages(stepOf(run, 's').annotations)).toEqual(['The operation was canceled.'])
  expect(stepOf(run, 'later').conclusion).toBe('skipped')
  expect(stepOf(run, 'cleanup').conclusion).toBe('success')
  expect(lines(run)).toContain('phase creating')
})

test('ProcessInvoker.cs 443-465: SIGINT, then SIGTERM, then the end of the whole process tree', async () => {
  const journal = join(stage.directory, 'journal')
  writeFileSync(journal, '')
  stage.action('./', {
    main: `const at = () => Date.now()
const child = spawn('sleep', ['30'], { stdio: 'ignore' })
const write = (text) => appendFileSync('${journal}', text + ' ' + at() + '\\n')
process.on('SIGINT', () => write('SIGINT')); process.on('SIGTERM', () => write('SIGTERM'))
write('child ' + child.pid); console.log('ready'); setInterval(() => {}, 1000)`,
  })
  const run = await stage.steps('- { id: s, uses: ./ }', cancelOn('ready', { sigintMs: 300, sigtermMs: 200 }))
  const [, int, term] = readFileSync(journal, 'utf8').trim().split('\n')
  const childPid = Number(readFileSync(journal, 'utf8').split(' ')[1])
  expect(stepOf(run, 's')).toMatchObject({ conclusion: 'cancelled', exitCode: 137 })
  expect(int).toMatch(/^SIGINT/)
  expect(term).toMatch(/^SIGTERM/)
  expect(Number(term?.split(' ')[1]) - Number(int?.split(' ')[1])).toBeGreaterThanOrEqual(290)
  expect(isRunning(childPid)).toBe(false)
})

test('the real times are those of the runner', async () => {
  stage.action('./', { main: `process.on('SIGINT', () => {}); console.log('ready'); setInterval(() => {}, 1000)` })
  const run = await stage.steps('- { id: s, uses: ./ }', { cancelAfter: 1500 })
  const cancelledAt = run.startedAt + 1500
  const step = stepOf(run, 's')
  expect(step.exitCode).toBe(143)
  expect(step.startedAt + step.durationMs - cancelledAt).toBeGreaterThan(7300)
  expect(step.startedAt + step.durationMs - cancelledAt).toBeLessThan(9500)
}, 30_000)

test('a step with always() goes on after a cancellation, until the server ends everything', async () => {
  const run = await stage.steps(
    '- { id: s, if: always(), run: echo ready; exec sleep 30 }',
    cancelOn('ready', { forceMs: 400 }),
  )
  expect(stepOf(run, 's')).toMatchObject({ conclusion: 'cancelled', exitCode: 137 })
})

test('JobExtension.cs 882-930: what a step leaves running lives on for the next step and ends with the job', async () => {
  const pidFile = join(stage.directory, 'pid')
  const run = await stage.steps(
    `
- run: sleep 30 > /dev/null 2>&1 & echo $! > ${pidFile}
- { id: s, run: kill -0 $(cat ${pidFile}) }
`,
  )
  expect(stepOf(run, 's').conclusion).toBe('success')
  expect(isRunning(Number(readFileSync(pidFile, 'utf8')))).toBe(false)
})

test('ProcessInvoker.cs 485-505: a grandchild that holds the output delays the step by five seconds at most', async () => {
  const run = await stage.steps('- { id: s, run: sleep 30 & echo out }', { times: { streamsMs: 200 } })
  expect(stepOf(run, 's')).toMatchObject({ conclusion: 'success' })
  expect(stepOf(run, 's').durationMs).toBeLessThan(5000)
  expect(lines(run)).toContain('out')
})

test.each([
  ['an action that is not mapped', '- uses: actions/setup-node@v5'],
  ['a shell', '- { run: x, shell: pwsh }'],
  ['hashFiles', '- { run: "echo ${{ hashFiles(\'x\') }}" }'],
  ['an if of text and expression', '- { run: x, if: "${{ github.actor }} == \'alice\'" }'],
  ['a checkout elsewhere', '- { uses: actions/checkout@v5, with: { path: x } }'],
])('%s is refused loudly', async (_name, steps) => {
  await expect(stage.steps(steps)).rejects.toThrow(UnsupportedError)
})

test.each([
  ['container', 'container: node'],
  ['services', 'services: { db: { image: postgres } }'],
])('%s is refused loudly', async (name, key) => {
  const text = `on: pull_request\njobs: { job: { runs-on: x, ${key}, steps: [{ run: x }] } }`
  await expect(stage.run(text)).rejects.toThrow(`'${name}' in jobs.job`)
})

test('a reusable workflow is refused loudly', async () => {
  const text = 'on: pull_request\njobs: { job: { uses: org/repo/.github/workflows/x.yml@v1 } }'
  await expect(stage.run(text)).rejects.toThrow(UnsupportedError)
})

test.each(['node20', 'composite', 'docker'])(
  'ActionManifestManager.cs 464-518: using: %s is refused',
  async (using) => {
    stage.action('old/action@', { main: '', using })
    await expect(stage.steps('- uses: old/action@v1')).rejects.toThrow(`'using: ${using}'`)
  },
)

test.each([
  ['an unknown permission', 'permissions: { secrets: write }', "Unexpected value 'secrets'"],
  ['an unknown context', 'env: { A: "${{ secret.x }}" }', 'secret'],
])('%s is an invalid workflow', async (_name, key, message) => {
  const run = stage.run(`on: pull_request\n${key}\njobs: { job: { runs-on: x, steps: [{ run: x }] } }`)
  await expect(run).rejects.toThrow(WorkflowFileError)
  await expect(run).rejects.toThrow(message)
})
