/** Fidelity: masks, outputs, files, annotations. Each title names the runner source it reproduces (actions/runner 258d6c8). */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { UnsupportedError } from '../../../sim/runner/index.js'
import { jobOf, lines, messages, Stage, stepOf, SECRET_URL } from './stage.js'

let stage: Stage
beforeEach(() => {
  stage = new Stage()
})
afterEach(() => stage.end())

const TWO_JOBS = `
on: pull_request
jobs:
  branch:
    runs-on: ubuntu-latest
    outputs:
      url: \${{ steps.db.outputs.url }}
      name: \${{ steps.db.outputs.name }}
      nothing: \${{ steps.db.outputs.nothing }}
    steps:
      - uses: actions/checkout@v5
      - uses: ./
        id: db
      - run: test "$URL" = '${SECRET_URL}'
        env: { URL: "\${{ steps.db.outputs.url }}" }
  test:
    needs: branch
    runs-on: ubuntu-latest
    steps:
      - run: echo "url=[\${{ needs.branch.outputs.url }}] name=[\${{ needs.branch.outputs.name }}]"
`

const HANDS_OUT = `console.log('::add-mask::${SECRET_URL}'); file('OUTPUT', 'url=${SECRET_URL}\\nname=pr-7\\n')`

test('JobExtension.cs 801-818: a masked job output is dropped, the next job reads nothing; step outputs pass', async () => {
  const run = await stage.action('./', { main: HANDS_OUT }).run(TWO_JOBS)
  const branch = jobOf(run, 'branch')
  expect(run.conclusion).toBe('success')
  expect(branch.outputs).toEqual({ name: 'pr-7' })
  expect(branch.droppedOutputs).toEqual(['url'])
  expect(branch.annotations).toEqual([
    { level: 'warning', message: "Skip output 'url' since it may contain secret.", properties: {} },
  ])
  expect(stepOf(run, 'db').outputs['url']).toBe(SECRET_URL)
  expect(lines(run)).toContain('url=[] name=[pr-7]')
  expect(run.log).not.toContain(SECRET_URL)
})

test('JobExtension.cs 810: an output is also dropped because of a mask hint of the server', async () => {
  stage.action('./', { main: `file('OUTPUT', 'url=${SECRET_URL}\\n')` })
  const run = await stage.run(TWO_JOBS, { maskHints: ['postgresql://\\S+'] })
  expect(jobOf(run, 'branch').droppedOutputs).toEqual(['url'])
})

test('JobExtension.cs 838-840: an environment url that a mask touches is not set', async () => {
  const run = await stage.run(`
on: pull_request
jobs:
  job:
    runs-on: ubuntu-latest
    environment: { name: pr-7, url: "https://x/?u=\${{ steps.s.outputs.u }}" }
    steps:
      - id: s
        run: echo "::add-mask::hunter22"; echo u=hunter22 >> "$GITHUB_OUTPUT"
`)
  expect(jobOf(run).environment).toEqual({ name: 'pr-7', url: undefined })
  expect(messages(jobOf(run).annotations)).toEqual([
    "Skip setting environment url as environment 'pr-7' may contain secret.",
  ])
})

test('ExecutionContext.cs 1099: every line is masked from the mask on, earlier lines are not', async () => {
  const run = await stage.steps(
    `- run: echo before hunter22; sleep 0.1; echo ::add-mask::hunter22; echo after hunter22`,
  )
  const printed = lines(run).filter((line) => /^(before|after)/.test(line))
  expect(printed).toEqual(['before hunter22', 'after ***'])
  const mask = run.masks.find((candidate) => candidate.value === 'hunter22')
  expect(mask).toMatchObject({ job: 'job', source: 'add-mask' })
  expect(run.rawLog.slice(0, mask?.position)).toContain('before hunter22')
  expect(run.rawLog.slice(mask?.position)).toContain('after hunter22')
})

test('ProcessInvoker.cs 398-441: in one batch stderr comes before stdout, so before its own mask', async () => {
  stage.action('./', {
    main: `const { writeSync } = require('node:fs'); writeSync(1, '::add-mask::hunter22\\n'); writeSync(2, 'pw hunter22\\n')`,
  })
  const run = await stage.steps('- uses: ./', { times: { batchMs: 200 } })
  expect(lines(run)).toContain('pw hunter22')
})

test('ActionCommandManager.cs 82-122: while commands are stopped, add-mask is text; the token is masked itself', async () => {
  const run = await stage.steps(
    `- run: |
         echo ::stop-commands::resume-token
         echo ::add-mask::hunter22
         echo ::resume-token::
         echo ::add-mask::hunter33
         echo hunter22 hunter33`,
  )
  expect(lines(run)).toEqual(
    expect.arrayContaining(['::stop-commands::***', '::add-mask::hunter22', '::***::', 'hunter22 ***']),
  )
})

test('ActionCommandManager.cs 156-185: a stop token that is a command fails the step', async () => {
  const run = await stage.steps(`- { id: s, run: 'echo ::stop-commands::warning' }`)
  expect(stepOf(run, 's').conclusion).toBe('failure')
  expect(messages(stepOf(run, 's').annotations)[0]).toContain('You cannot use a endToken')
})

test('ActionCommand.cs 51-119: data and properties are unescaped, a command may be indented', async () => {
  const run = await stage.steps(
    `- { id: s, run: 'echo "  ::error title=a%3Ab%2Cc,file=$GITHUB_WORKSPACE/x.sql,line=3::50%25%0Adone"' }`,
  )
  expect(stepOf(run, 's').annotations).toEqual([
    { level: 'error', message: '50%\ndone', properties: { title: 'a:b,c', file: 'x.sql', line: '3' } },
  ])
  expect(stepOf(run, 's').conclusion).toBe('success')
})

test('ExecutionContext.cs 796-866: a message is masked, then cut at 4,096; ten of a kind are kept, all are logged', async () => {
  stage.action('./', {
    main: `console.log('::add-mask::hunter22')
console.log('::error::' + 'hunter22'.repeat(2) + ' ' + 'x'.repeat(5000))
for (let i = 0; i < 12; i++) console.log('::warning::w' + i)
console.log('::notice::n')`,
  })
  const run = await stage.steps('- { id: s, uses: ./ }')
  const { annotations } = stepOf(run, 's')
  expect(annotations[0]?.message).toBe(`*** ${'x'.repeat(4092)}`)
  expect(annotations.filter(({ level }) => level === 'warning')).toHaveLength(10)
  expect(lines(run).filter((line) => line.startsWith('##[warning]w'))).toHaveLength(12)
  expect(annotations.at(-1)).toMatchObject({ level: 'notice', message: 'n' })
})

test('FileCommandManager.cs 353-453: name=value and blocks; a value may hold = and <<', async () => {
  stage.action('./', {
    main: String.raw`file('OUTPUT', 'a=1=2<<3\nb<<END\nline 1\nline=2\nEND\nempty<<END\nEND\ncrlf=x\r\n')`,
  })
  const run = await stage.steps('- { id: s, uses: ./ }')
  expect(stepOf(run, 's').outputs).toEqual({ a: '1=2<<3', b: 'line 1\nline=2', empty: '', crlf: 'x' })
})

test.each([
  ['no equals sign', 'oops\\n', "Invalid format 'oops'"],
  ['no closing delimiter', 'a<<END\\nx\\n', "Invalid value. Matching delimiter not found 'END'"],
  ['no name', '<<END\\nx\\nEND\\n', "Invalid format '<<END'. Name must not be empty and delimiter must not be empty"],
])('FileCommandManager.cs 75-90: an output file with %s fails the step', async (_name, text, message) => {
  const run = await stage.action('./', { main: `file('OUTPUT', '${text}')` }).steps('- { id: s, uses: ./ }')
  expect(stepOf(run, 's').conclusion).toBe('failure')
  expect(messages(stepOf(run, 's').annotations)).toEqual([
    "Unable to process file command 'output' successfully.",
    message,
  ])
})

test('FileCommandManager.cs 160-219: exported variables reach later steps and no filter; NODE_OPTIONS is refused', async () => {
  const run = await stage.steps(`
- id: s
  run: printf 'DATABASE_URL=hunter22\\nNODE_OPTIONS=--inspect\\n' >> "$GITHUB_ENV"; echo ::add-mask::hunter22
- run: test "$DATABASE_URL" = hunter22 && test -z "$NODE_OPTIONS" && echo "env \${{ env.DATABASE_URL }}"
`)
  expect(run.conclusion).toBe('success')
  expect(messages(stepOf(run, 's').annotations)).toEqual([
    "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.",
  ])
  expect(lines(run)).toEqual(expect.arrayContaining(['  DATABASE_URL: ***', 'env ***']))
})

test('FileCommandManager.cs 127-158: GITHUB_PATH puts directories in front, the last one first', async () => {
  const run = await stage.steps(`
- run: echo /opt/one >> "$GITHUB_PATH"
- run: echo /opt/two >> "$GITHUB_PATH"
- run: echo "path $PATH"
`)
  expect(run.log).toMatch(/^path \/opt\/two:\/opt\/one:/m)
})

test('FileCommandManager.cs 221-293: a summary is masked; over 1 MiB it is an error and no summary, but no failure', async () => {
  const run = await stage
    .action('./', { main: `file('STEP_SUMMARY', '# x\\nhunter22\\n'); console.log('::add-mask::hunter22')` })
    .action('big/action@', { main: `file('STEP_SUMMARY', 'x'.repeat(1024 * 1024 + 1))` })
    .steps('- { id: small, uses: ./ }\n- { id: big, uses: big/action@v1 }')
  expect(stepOf(run, 'small').summary).toBe('# x\n***\n')
  expect(stepOf(run, 'big')).toMatchObject({ summary: '', conclusion: 'success' })
  expect(messages(stepOf(run, 'big').annotations)[0]).toMatch(
    /^\$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got 1024k\./,
  )
})

test('ActionCommandManager.cs 234-260: set-env and add-path are disabled and fail the step', async () => {
  const run = await stage.steps(`- { id: s, run: 'echo "::set-env name=A::1"' }`)
  expect(stepOf(run, 's').conclusion).toBe('failure')
  expect(messages(stepOf(run, 's').annotations)[0]).toBe(
    "Unable to process command '::set-env name=A::1' successfully.",
  )
})

test.each(['save-state name=a', 'set-output name=a', 'add-matcher'])(
  'the deprecated or unsupported command %s ends the run loudly',
  async (command) => {
    await expect(stage.steps(`- run: 'echo "::${command}::1"; sleep 5'`)).rejects.toThrow(UnsupportedError)
  },
)

test('Worker.cs 148: masks live in the worker of one job; the next job prints the value', async () => {
  const run = await stage.run(`
on: pull_request
jobs:
  one: { runs-on: x, steps: [{ run: 'echo ::add-mask::hunter22; echo one hunter22' }] }
  two: { needs: one, runs-on: x, steps: [{ run: 'echo two hunter22' }] }
`)
  expect(lines(run)).toEqual(expect.arrayContaining(['one ***', 'two hunter22']))
})

test('every place that text can leak into is a sink', async () => {
  stage.action('./', {
    main: `for (const name of ['OUTPUT', 'ENV', 'STATE']) file(name, 'a=in-' + name + '\\n')
file('PATH', 'in-PATH\\n'); file('STEP_SUMMARY', 'in-SUMMARY'); console.log('::notice title=in-TITLE::in-MESSAGE')`,
  })
  const run = await stage.run(
    TWO_JOBS.replace('./', './').replace('test "$URL"', 'true "$URL"').replace('.nothing', '.a'),
  )
  const found = run.sinks().map(({ kind, text }) => `${kind} ${text}`)
  for (const expected of [
    'output-file a=in-OUTPUT',
    'env-file a=in-ENV',
    'state-file a=in-STATE',
    'path-file in-PATH',
    'summary in-SUMMARY',
    'annotation in-MESSAGE\nin-TITLE',
    'job-output in-OUTPUT',
    'log ##[group]GITHUB_TOKEN Permissions',
    `argv ${process.execPath}\0`,
  ]) {
    expect(found).toContainEqual(expect.stringContaining(expected))
  }
})
