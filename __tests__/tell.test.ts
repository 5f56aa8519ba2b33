import { beforeEach, expect, it } from '@jest/globals'
import type { BranchReport } from '../src/domain/branch-report.js'
import type { Finding } from '../src/domain/insight.js'
import { CommandError, InputError, RefusedError } from '../src/errors.js'
import type { Config } from '../src/inputs.js'
import type { FilePlace, Job } from '../src/ports.js'
import { tell, tellFailure, tellSweep } from '../src/tell.js'

let said: string[]
let summary: string

const at = (place?: FilePlace) =>
  place ? ` @ ${place.file}:${place.line}${place.column === undefined ? '' : `:${place.column}`}` : ''
const job = {
  info: (line) => void said.push(line),
  debug: (line) => void said.push(`debug ${line}`),
  warning: (message, place) => void said.push(`warning${at(place)} ${message}`),
  error: (message, place) => void said.push(`error${at(place)} ${message}`),
  group: async (title, body) => {
    said.push(`[ ${title}`)
    return body().finally(() => said.push(']'))
  },
  output: () => undefined,
  secrets: () => [],
  summary: async (text) => void (summary += text),
} as Partial<Job> as Job

beforeEach(() => {
  said = []
  summary = ''
})

const source = { repository: 'acme/db-branch-action', ref: 'v1' }
const page = 'https://github.com/acme/db-branch-action/blob/v1/docs/troubleshooting.md'
const run = { subject: 'Database branch "pr-7"', source, ms: 220, cancelled: undefined }

it('a failed run ends with the error, where to read more and one last line', async () => {
  const refused = new RefusedError('Handing out "pr-7" refused: it is not ours (no claim). Nothing was changed.')
  await tellFailure(job, refused, run)
  const more = `${page}#refused-it-is-not-ours`
  expect(said.filter((line) => !line.startsWith('debug '))).toEqual([
    `error ${refused.message}\nMore about this: ${more}`,
    'Refused: Database branch "pr-7", after 0.22 s. The error above says why and what to do.',
  ])
  expect(summary).toContain('### ❌ Database branch "pr-7" refused\n')
  expect(summary).toContain(`[What this means and what to do](${more})`)
})

it('a summary that cannot be written hides nothing', async () => {
  await tellFailure({ ...job, summary: () => Promise.reject(new Error('ENOSPC')) }, new TypeError('odd'), run)
  expect(said).toContain(`error odd\nMore about this: ${page}#anything-else`)
  expect(said.at(-1)).toMatch(/^Failed: Database branch "pr-7", after/)
})

it('a cancelled run says what becomes of its work, and in which place to read more', async () => {
  await tellFailure(job, new Error('x'), { ...run, ms: 75_000, cancelled: 'The post step takes it away.' })
  expect(said).toEqual([
    'error The run was cancelled. The post step takes it away.',
    `Cancelled: Database branch "pr-7", after 1 min 15 s. More about this: ${page}#cancelled`,
  ])
  expect(summary).toBe('')
})

it('one faulty line of a file gets the error, several get one each', async () => {
  const seed = { file: 'seed.sql', line: 3, column: 7, detail: 'syntax error' }
  await tellFailure(job, new CommandError('x', { ms: 1, exit: undefined }, { faults: [seed] }), run)
  expect(said[0]).toBe(`error @ seed.sql:3:7 x\nMore about this: ${page}#commands`)
  said = []
  const faults = Array.from({ length: 12 }, (_, index) => ({ file: 'p.yml', line: index + 1, detail: `no ${index}` }))
  await tellFailure(job, new InputError('all of it', { faults }), run)
  const errors = said.filter((line) => line.startsWith('error'))
  expect([errors.length, errors[0], errors.at(-1)]).toEqual([
    10,
    'error @ p.yml:1 no 0',
    `error all of it\nMore about this: ${page}#inputs`,
  ])
})

it('the most dangerous findings get the annotations, and files that were not understood', async () => {
  const finding = (severity: Finding['severity'], line: number): Finding => ({
    kind: 'lock',
    severity,
    rule: 'r',
    object: 'o',
    detail: 'It locks.',
    advice: 'Do not.',
    file: 'db/1.sql',
    line,
    source: 'static',
  })
  const low = Array.from({ length: 12 }, (_, index) => finding('low', index + 1))
  const report: BranchReport = {
    branch: 'pr-7',
    findings: [...low, finding('medium', 20), finding('high', 30)],
    problems: ['db/2.sql:4: not understood: no.', 'The schemas were not compared: why: 3.'],
  }
  const outcome = {
    status: 'reported',
    branch: 'pr-7',
    reason: 'x',
    exposed: [],
    notes: [],
    steps: [],
    report,
  } as const
  await tell(job, { pullRequest: 7 } as unknown as Extract<Config, { branch: string }>, outcome)
  expect(said).toEqual([
    'warning @ db/1.sql:30 It locks. Do not.',
    'warning @ db/1.sql:20 It locks. Do not.',
    'warning @ db/2.sql:4 not understood: no.',
    'Done: "pr-7" reported, because x.',
  ])
})

it('a long list of branches is folded, a short one is not, and the last line is outside', async () => {
  const told = { outputs: {}, summary: '', warnings: [], failure: undefined, lastLine: 'Done: x.' }
  await tellSweep(job, { ...told, lines: ['a', 'b'] })
  expect(said).toEqual(['a', 'b', 'Done: x.'])
  said = []
  await tellSweep(job, { ...told, lines: Array.from({ length: 21 }, () => 'a') })
  expect([said[0], said.at(-2), said.at(-1)]).toEqual(['[ 21 lines: each branch and why', ']', 'Done: x.'])
})
