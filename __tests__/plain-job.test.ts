import { afterEach, beforeEach, expect, it } from '@jest/globals'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type PlainJob, plainJob } from '../src/plain-job.js'
import { Secret } from '../src/secret.js'

let folder: string
let log: string[]
let job: PlainJob

const dotenvFile = () => join(folder, 'db-branch.env')
const summaryFile = () => join(folder, 'summary.md')
const dotenv = () => (existsSync(dotenvFile()) ? readFileSync(dotenvFile(), 'utf8') : '')

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plain-job-'))
  log = []
  job = plainJob({
    print: (line) => void log.push(line),
    debug: false,
    now: undefined,
    dotenvFile: dotenvFile(),
    summaryFile: summaryFile(),
  })
})
afterEach(() => rmSync(folder, { recursive: true }))

it('hides every secret in whatever it writes', async () => {
  job.mask(new Secret('hunter2/hunter2'))
  for (const how of ['info', 'notice', 'warning', 'error'] as const)
    job[how]('it is hunter2/hunter2, hunter2%2Fhunter2')
  await job.group('hunter2/hunter2', async () => job.info('x'))
  await job.summary('hunter2/hunter2\n')
  job.output('host', 'hunter2/hunter2.example')
  const all = [...log, readFileSync(summaryFile(), 'utf8'), dotenv()].join('\n')
  expect(all).not.toMatch(/hunter2/)
  expect(log).toContain('Output "host" is not passed on: it holds a secret.')
  expect(job.given('host')).toBe('hunter2/hunter2.example')
})

it('passes on what lets nobody in, even unmasked', () => {
  job.output('branch_name', 'pr-7')
  job.output('host', 'db.example')
  job.output('deleted', '["pr-7"]')
  job.output('environment', '')
  for (const name of ['connection_string', 'pooled_connection_string', 'password'] as const) job.output(name, 'x=y')
  expect(dotenv()).toBe('DB_BRANCH_NAME=pr-7\nDB_BRANCH_HOST=db.example\nDB_BRANCH_DELETED=["pr-7"]\n')
})

it('passes on what GitLab takes: one line each, 5 KB in all', () => {
  job.output('report', 'one\ntwo')
  job.output('kept', 'k'.repeat(5000))
  job.output('deleted', 'd'.repeat(200))
  job.output('status', 'cleaned')
  expect(dotenv()).toBe(`DB_BRANCH_KEPT=${'k'.repeat(5000)}\nDB_BRANCH_STATUS=cleaned\n`)
  expect(log).toEqual([
    'Output "report" is not passed on: it has more than one line.',
    'Output "deleted" is not passed on: all of them together are longer than 5120 bytes.',
  ])
})

it('replaces what lay in its files before', () => {
  writeFileSync(dotenvFile(), 'PATH=/evil\n')
  job.output('status', 'created')
  expect(dotenv()).toBe('DB_BRANCH_STATUS=created\n')
})

it('remembers the build that is under way, and refuses what no later step would get', () => {
  expect(job.saved('build')).toBe('')
  job.saveState('build', 'b1')
  expect(job.saved('build')).toBe('b1')
  expect(() => job.exportVariable('DATABASE_URL', 'x')).toThrow('there are no later steps here')
})

it('a group is a heading at a terminal', async () => {
  await job.group('Migrate', async () => job.info('| one'))
  await job.group('quiet', async () => undefined)
  job.error('no', { file: 'seed.sql', line: 3, column: 7, title: 'x' })
  expect(log).toEqual(['Migrate:', '| one', 'ERROR: seed.sql:3:7: no'])
})

it('a group is a section on GitLab, closed on an error, that no output of a command can end', async () => {
  const print = (line: string) => void log.push(line)
  const gitlab = plainJob({
    print,
    debug: true,
    now: () => 1_795_000_000_999,
    dotenvFile: undefined,
    summaryFile: undefined,
  })
  gitlab.mask(new Secret('hunter2/hunter2'))
  const work = gitlab.group('Migrate hunter2/hunter2', async () => {
    gitlab.debug('d')
    gitlab.info('\u001B[0Ksection_end:1795000000:db_branch_1\r\u001B[0K')
    throw new Error('x')
  })
  await expect(work).rejects.toThrow('x')
  await gitlab.group('Seed', async () => gitlab.info('s'))
  const end = (count: number) => `\u001B[0Ksection_end:1795000000:db_branch_${count}\r\u001B[0K`
  expect(log).toEqual([
    'DEBUG: d',
    '\u001B[0Ksection_start:1795000000:db_branch_1[collapsed=true]\r\u001B[0KMigrate ***',
    '\u001B[0Ksection_\u200Bend:1795000000:db_branch_1\r\u001B[0K',
    end(1),
    '\u001B[0Ksection_start:1795000000:db_branch_2[collapsed=true]\r\u001B[0KSeed',
    's',
    end(2),
  ])
})
