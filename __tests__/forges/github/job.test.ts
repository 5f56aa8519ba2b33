import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { githubJob } from '../../../src/forges/github/job.js'
import type { Job } from '../../../src/ports.js'
import { renderFailure } from '../../../src/report/summary.js'
import { maskForms, Secret } from '../../../src/secret.js'

let directory: string
let summaryFile: string
let job: Job
let written: string[]
const password = "p_ss!w(o)r*d~'/x"

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'job-'))
  summaryFile = join(directory, 'summary')
  job = githubJob(summaryFile)
  written = []
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.push(String(text))
    return true
  })
})

afterEach(async () => {
  jest.restoreAllMocks()
  await rm(directory, { recursive: true })
})

const log = () => written.join('')

describe('masking', () => {
  it('registers every form once', () => {
    job.mask(new Secret(password))
    job.mask(new Secret(password))
    expect(log().trimEnd().split('\n')).toEqual(
      maskForms(new Secret(password)).map((form) => `::add-mask::${form.replaceAll('%', '%25')}`),
    )
  })

  it('registers nothing for an empty secret', () => {
    job.mask(new Secret(''))
    expect(log()).toBe('')
  })

  it.each(['info', 'debug', 'notice', 'warning', 'error'] as const)('keeps a secret out of %s', (kind) => {
    job.mask(new Secret(password))
    written = []
    job[kind](`so ${password}, ${encodeURIComponent(password)}, ${Buffer.from(password).toString('base64')}`)
    expect(log()).toMatch(/so \*\*\*, \*\*\*, \*\*\*\n$/)
  })

  it('keeps a secret out of a group’s title', async () => {
    job.mask(new Secret(password))
    written = []
    await job.group(`at ${password}`, async () => undefined)
    expect(log()).toContain('::group::at ***')
  })

  it('keeps a secret out of the summary, where its Markdown escapes would let it be read', async () => {
    job.mask(new Secret(password))
    job.mask(new Secret(`postgresql://me:${password}@db/x`))
    await job.summary(renderFailure('pr-7', `Failed with ${password} at postgresql://me:${password}@db/x.`))
    expect(await readFile(summaryFile, 'utf8')).toBe('### ❌ Database branch `pr-7`\n\nFailed with *** at ***.\n')
  })
})

describe('a line of the log', () => {
  it.each([
    '::error::boo',
    '  ::add-mask::a',
    'x\n::stop-commands::t',
    'x\r::set-output name=a::b',
    'x\r\n\t::error::b',
    'a ##[add-mask]word',
    'a\u2028::error::b',
  ])('is no command, whatever it holds: %j', (text) => {
    job.info(text)
    for (const line of log().split(/\r\n|[\r\n\u2028\u2029]/)) {
      expect(line.trimStart()).not.toMatch(/^::/)
      expect(line).not.toContain('##[')
    }
    expect(log().replaceAll('\u200B', '')).toBe(`${text}\n`)
  })

  it.each(['debug', 'notice', 'warning', 'error'] as const)('of kind %s stays one command', (kind) => {
    job[kind]('x\n::error::boo\r\n##[error]y')
    expect(log()).toBe(`::${kind}::x%0A::error::boo%0D%0A##[error]y\n`)
  })
})

describe('the summary', () => {
  it('grows', async () => {
    await job.summary('a\n')
    await job.summary('b\n')
    expect(await readFile(summaryFile, 'utf8')).toBe('a\nb\n')
  })

  it('goes nowhere on a runner without one', async () => {
    await expect(githubJob(undefined).summary('a')).resolves.toBeUndefined()
  })
})
