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
    await job.group(`at ${password}`, async () => job.info('x'))
    expect(log()).toContain('::group::at ***')
  })

  it('keeps a secret out of the summary, where its Markdown escapes would let it be read', async () => {
    job.mask(new Secret(password))
    job.mask(new Secret(`postgresql://me:${password}@db/x`))
    const message = `Failed with ${password} at postgresql://me:${password}@db/x.`
    const page = 'https://example.com/#platform'
    await job.summary(renderFailure({ subject: 'Database branch "pr-7"', refused: false, message, page }))
    const written = (await readFile(summaryFile, 'utf8')).split('\n')
    expect(written.slice(0, 3)).toEqual(['### ❌ Database branch "pr-7" failed', '', 'Failed with *** at ***.'])
  })
})

describe('a group', () => {
  it('opens with its first line, is left by what must be seen, and closes on an error', async () => {
    const work = job.group('Create from "main"', async () => {
      job.info('one')
      job.warning('mind')
      job.info('two')
      await job.group('within', async () => job.info('three'))
      throw new Error('x')
    })
    await expect(work).rejects.toThrow('x')
    job.info('after')
    expect(log().trimEnd().split('\n')).toEqual([
      '::group::Create from "main"',
      'one',
      '::endgroup::',
      '::warning::mind',
      '::group::Create from "main"',
      'two',
      'three',
      '::endgroup::',
      'after',
    ])
  })

  it('of quiet work leaves nothing behind', async () => {
    await job.group('quiet', async () => job.debug('x'))
    expect(log()).toBe('::debug::x\n')
  })

  it('of long silent work gives a sign of life, with what it is at', async () => {
    jest.useFakeTimers()
    try {
      let end = () => {}
      const work = job.group('Create from "main"', () => new Promise<void>((resolve) => (end = resolve)))
      jest.advanceTimersByTime(20_000)
      job.progress(`table 3 of 12 ${password}`)
      job.mask(new Secret(password))
      written = []
      jest.advanceTimersByTime(20_000)
      job.info('said')
      jest.advanceTimersByTime(20_000)
      end()
      await work
      jest.advanceTimersByTime(60_000)
      expect(log().trimEnd().split('\n')).toEqual([
        'Create from "main": 40 s so far, table 3 of 12 ***.',
        '::group::Create from "main"',
        'said',
        '::endgroup::',
      ])
    } finally {
      jest.useRealTimers()
    }
  })
})

describe('a line of a file', () => {
  it('has an annotation of its own', () => {
    job.error('no', { file: 'db/seed.sql', line: 3, column: 7, title: 'Seed' })
    job.warning('mind', { file: 'db/a.sql', line: 1, title: 'lock' })
    expect(log()).toBe(
      '::error title=Seed,file=db/seed.sql,line=3,col=7::no\n::warning title=lock,file=db/a.sql,line=1::mind\n',
    )
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
