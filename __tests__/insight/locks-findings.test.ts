import { describe, expect, it } from '@jest/globals'
import type { BranchReport } from '../../src/domain/branch-report.js'
import { findingsOfLocks } from '../../src/insight/locks/findings.js'
import { Observations } from '../../src/insight/locks/holds.js'
import type { HeldLock, LockReport, Rewrite, Scan } from '../../src/insight/locks/report.js'
import { type Traces, scansOf } from '../../src/insight/locks/work.js'
import type { Sample } from '../../src/insight/locks/sampler.js'

const nothing: LockReport = {
  ...{ exact: true, relations: [], rewrites: [], scans: [], statements: [], limits: [], problems: [] },
}
const held = (lock: Partial<HeldLock>): LockReport => ({
  ...nothing,
  relations: [
    {
      ...{ relation: 'orders', mode: 'AccessExclusiveLock', ms: 5, waited: 0, times: 1 },
      ...{ statement: 'ALTER TABLE orders ADD COLUMN a text', statementMs: 5, sizeBytes: 100_000_000, rows: 500_000 },
      exact: true,
      ...lock,
    },
  ],
})
const reworked = (
  statement: string,
  lock: Partial<HeldLock>,
  work: { rewrite?: Partial<Rewrite>; scan?: Partial<Scan> },
) => ({
  ...held({ statement, ...lock }),
  ...(work.rewrite && {
    rewrites: [
      {
        relation: 'orders',
        reason: 'the type of a column was changed',
        bytes: 9_000_000,
        ms: 5,
        statement,
        ...work.rewrite,
      },
    ],
  }),
  ...(work.scan && {
    scans: [
      {
        relation: 'orders',
        bytes: 50_000_000,
        tuples: 500_000,
        mode: lock.mode ?? 'AccessExclusiveLock',
        statement,
        ...work.scan,
      } as const,
    ],
  }),
})
const brief = (report: LockReport, rows?: number, bytes = 100_000_000) =>
  findingsOfLocks(report, rows === undefined ? [] : [{ schema: 'public', name: 'orders', rows, bytes }]).map(
    ({ kind, severity, rule }) => `${kind} ${severity} ${rule}`,
  )

const typeChange = 'ALTER TABLE orders ALTER COLUMN total TYPE bigint'
const index = 'CREATE INDEX by_total ON orders (total)'

describe('findings of a lock report', () => {
  it.each<[string, LockReport, number | undefined, string[]]>([
    ['a change of the catalog alone', held({}), 50_000_000, []],
    ['the same, held for long', held({ ms: 900, statementMs: 3 }), undefined, ['lock medium access-exclusive']],
    ['the same, held for an outage', held({ ms: 2500, statementMs: 3 }), 10, ['lock high access-exclusive']],
    ['a queue behind a waiting lock', held({ waited: 2500 }), undefined, ['lock high access-exclusive']],
    ['what lets all read and write', held({ mode: 'ShareUpdateExclusiveLock', ms: 60_000 }), undefined, []],
    [
      'a rewrite that takes no time on an empty branch',
      reworked(typeChange, { rows: 0, sizeBytes: 0, ms: 1 }, { rewrite: { bytes: 0 } }),
      50_000_000,
      ['lock high access-exclusive', 'rewrite high table-rewrite'],
    ],
    [
      'an index built while nobody writes',
      reworked(index, { mode: 'ShareLock', ms: 30 }, { scan: {} }),
      undefined,
      ['lock medium share-lock'],
    ],
    [
      'the same on a table that is large in production',
      reworked(index, { mode: 'ShareLock', ms: 30 }, { scan: {} }),
      5_000_000,
      ['lock high share-lock'],
    ],
    [
      'a foreign key proven under a lock against writing',
      reworked('ALTER TABLE orders ADD FOREIGN KEY (c) REFERENCES d', { mode: 'ShareRowExclusiveLock' }, { scan: {} }),
      undefined,
      ['lock medium share-row-exclusive', 'scan medium full-scan'],
    ],
    [
      'a constraint validated while all read and write',
      reworked('ALTER TABLE orders VALIDATE CONSTRAINT c', { mode: 'ShareUpdateExclusiveLock' }, { scan: {} }),
      50_000_000,
      [],
    ],
  ])('%s', (_, report, rows, expected) => {
    expect(brief(report, rows).sort()).toEqual(expected)
  })

  it('weighs a small table less', () => {
    const report = reworked(typeChange, { ms: 1 }, { rewrite: {} })
    expect(brief(report, 10, 8192).sort()).toEqual(['lock medium access-exclusive', 'rewrite medium table-rewrite'])
  })

  it('says what happens and the safer way, with the size of production', () => {
    const found = findingsOfLocks(reworked(typeChange, { ms: 1234, statementMs: 1230 }, { rewrite: {} }), [
      { schema: 'public', name: 'orders', rows: 50_000_000, bytes: 8e9 },
    ])
    expect(found.find(({ kind }) => kind === 'lock')).toMatchObject({
      object: 'orders',
      detail: 'For 1.2 s nobody could read or write the table; the time grows with the table (about 50,000,000 rows).',
      ms: 1234,
      statement: typeChange,
      source: 'observed',
    })
    expect(found.find(({ kind }) => kind === 'rewrite')).toMatchObject({ kind: 'rewrite', bytes: 8e9 })
    expect(findingsOfLocks(held({ ms: 3000, statementMs: 2 }))[0]?.advice).toBe(
      'End the transaction right after this statement.',
    )
    expect(findingsOfLocks(reworked(index, { mode: 'ShareLock' }, { scan: {} }))[0]?.advice).toContain('CONCURRENTLY')
  })

  it('fits what the report of a branch holds', () => {
    const locks: NonNullable<BranchReport['locks']> = nothing
    expect(locks.exact).toBe(true)
  })
})

describe('samples put together', () => {
  const sample = (
    at: number,
    locks: [granted: boolean, transaction: string][],
    more: Partial<Sample['sessions'][number]> = {},
  ): Sample => ({
    at,
    sessions: [
      {
        ...{ pid: 7, state: 'active', started: 1005, changed: 1005, query: 'ALTER TABLE t …', wait: null },
        locks: locks.map(([granted, transaction]) => ({
          relation: 20_000,
          mode: 'AccessExclusiveLock',
          granted,
          transaction,
        })),
        ...more,
      },
    ],
  })
  const holdsIn = (...samples: Sample[]) => {
    const observations = new Observations()
    for (const one of samples) observations.add(one)
    return observations.holds.map(({ from, until, waited }) => ({ from, until, waited }))
  }

  it('takes the start of the statement and the end of the session’s work where the samples are coarser', () => {
    const idle = { state: 'idle', changed: 1093, locks: null, query: null }
    expect(
      holdsIn(sample(1000, []), sample(1020, [[true, '3/1']]), sample(1080, [[true, '3/1']]), sample(1100, [], idle)),
    ).toEqual([{ from: 1005, until: 1093, waited: 0 }])
  })

  it('splits two transactions, and joins the transactions of one statement', () => {
    const later = { started: 1025 }
    expect(holdsIn(sample(1000, []), sample(1020, [[true, '3/1']]), sample(1040, [[true, '3/2']], later))).toHaveLength(
      2,
    )
    expect(holdsIn(sample(1000, []), sample(1020, [[true, '3/1']]), sample(1040, [[true, '3/2']]))).toHaveLength(1)
  })

  it('counts waiting apart, also where the lock was never granted', () => {
    const waiting: [boolean, string][] = [[false, '3/1']]
    const granted: [boolean, string][] = [[true, '3/1']]
    expect(holdsIn(sample(1000, []), sample(1020, waiting), sample(1100, waiting), sample(1120, granted))).toEqual([
      { from: 1110, until: 1120, waited: 105 },
    ])
    expect(holdsIn(sample(1000, []), sample(1020, waiting), sample(1100, waiting), sample(1120, []))).toEqual([
      { from: 1005, until: 1005, waited: 95 },
    ])
  })
})

it('names a constraint whatever characters it has', () => {
  const relation = { name: 't', kind: 'r', table: undefined, file: 1, heapBytes: 8192, bytes: 8192, rows: 1 }
  const relations = new Map([[20_000, relation]])
  const name = 'a-b (c) [d] \\ "e"'
  const text = `ALTER TABLE t ADD CONSTRAINT "${name.replaceAll('"', '""')}" CHECK (x > 0)`
  const statement = {
    ...{
      id: 1,
      xid: '9',
      pid: 7,
      tag: 'ALTER TABLE',
      queryAt: 0,
      started: 0,
      ended: 5,
      committed: 5,
      sql: text,
      context: '',
    },
  }
  const traces: Traces = {
    before: { relations, constraints: new Map(), walPosition: undefined },
    after: {
      relations,
      constraints: new Map([['c1', { relation: 20_000, name, validated: true }]]),
      walPosition: undefined,
    },
    recording: {
      statements: [statement],
      locks: [{ xid: '9', relation: 20_000, mode: 'AccessExclusiveLock', statement: 1 }],
      rewrites: [],
      scans: [{ statement: 1, relation: 20_000, tuples: 3 }],
      missed: 0,
    },
    texts: new Map([[1, text]]),
    holds: [],
  }
  expect(scansOf(traces)).toMatchObject([{ relation: 't', constraint: name, tuples: 3 }])
})
