import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { type PostgresServer, startPostgres } from '../../../sim/postgres/server.js'
import { maskBranch } from '../../../src/data/masking/mask-branch.js'
import { type Progress, startProgress } from '../../../src/data/masking/progress.js'
import { fillMasked } from '../../../src/data/masking/stream/fill.js'
import { tableOf } from '../../domain/masking/schema-of.js'
import { orderOf, scratch, sessionOn } from './stage.js'

const mebibyte = 1024 * 1024

describe('progress', () => {
  const lines: string[] = []
  const orders = tableOf('orders', [], { size: 3 * mebibyte })
  const people = tableOf('people', [], { size: mebibyte })
  const pieces = [
    { table: orders, bytes: 2 * mebibyte },
    { table: orders, bytes: mebibyte },
    { table: people, bytes: mebibyte },
  ] as const
  let progress: Progress
  beforeEach(() => {
    jest.useFakeTimers()
    lines.length = 0
    progress = startProgress({ info: (line) => lines.push(line), elapsed: () => Date.now() })
  })
  afterEach(() => {
    progress.end()
    jest.useRealTimers()
  })

  it('is told every 15 s: the tables that are done, their share, and those at work', async () => {
    progress.begin('writing tables anew', pieces)
    await progress.during(pieces[0], () => Promise.resolve())
    void progress.during(pieces[1], () => new Promise(() => undefined))
    jest.advanceTimersByTime(14_999)
    expect(lines).toEqual([])
    jest.advanceTimersByTime(1)
    await progress.during(pieces[2], () => Promise.resolve())
    jest.advanceTimersByTime(15_000)
    expect(lines).toEqual([
      'Masking is not ready yet after 15 s: writing tables anew, 0 of 2 tables done (50% of 4.0 MB), now at public.orders (3.0 MB).',
      'Masking is not ready yet after 30 s: writing tables anew, 1 of 2 tables done (75% of 4.0 MB), now at public.orders (3.0 MB).',
    ])
  })

  it('begins anew with each phase, and ends', () => {
    progress.begin('writing tables anew', pieces)
    progress.begin('renewing statistics', [])
    jest.advanceTimersByTime(15_000)
    progress.end()
    jest.advanceTimersByTime(60_000)
    expect(lines).toEqual(['Masking is not ready yet after 15 s: renewing statistics.'])
  })
})

describe('a long masking tells of the table at work', () => {
  let server: PostgresServer
  beforeAll(async () => {
    server = await startPostgres({ major: 18 })
  })
  afterAll(() => server.stop())

  const tables = 'CREATE TABLE orders (id int, mail text); CREATE TABLE people (id int, mail text);'
  const rows = `INSERT INTO orders SELECT g, g || '@corp.de' FROM generate_series(1, 500) g; INSERT INTO people VALUES (1, 'a@corp.de');`
  const rules = '{ columns: { mail: email } }'
  const elapsed = () => performance.now()

  /** Holds the table until a line says what is wanted, so that the masking has to wait there. */
  async function until(database: string, wanted: RegExp, work: (info: (line: string) => void) => Promise<unknown>) {
    const holder = await sessionOn(server, database)
    await holder.query('BEGIN; LOCK TABLE public.orders IN SHARE MODE')
    let told = ''
    const done = work((line) => {
      if (told !== '' || !wanted.test(line)) return
      told = line
      void holder.query('COMMIT')
    })
    await done.finally(() => holder.close())
    return told
  }

  it('in place', async () => {
    const database = await scratch(server, tables + rows)
    const told = await until(database, /writing.*1 of 2/, (info) =>
      maskBranch({
        order: orderOf(rules),
        open: () => sessionOn(server, database),
        parallel: 2,
        info,
        tellEvery: 20,
        elapsed,
      }),
    )
    expect(told).toMatch(
      /writing tables anew, 1 of 2 tables done \(\d+% of \d+ kB\), now at public\.orders \(\d+ kB\)\.$/,
    )
  }, 20_000)

  it('by a stream', async () => {
    const [parent, branch] = [await scratch(server, tables + rows), await scratch(server, tables)]
    const told = await until(branch, /streaming.*1 of 2/, (info) =>
      fillMasked({
        order: orderOf(rules),
        source: () => sessionOn(server, parent),
        target: () => sessionOn(server, branch),
        parallel: 2,
        info,
        tellEvery: 20,
        elapsed,
      }),
    )
    expect(told).toMatch(
      /streaming masked rows, 1 of 2 tables done \(\d+% of \d+ kB\), now at public\.orders \(\d+ kB\)\.$/,
    )
  }, 20_000)
})
