import { expect, it } from '@jest/globals'
import { functionsIn } from '../../src/insight/plans/calls.js'
import type { PlanChange } from '../../src/insight/plans/change.js'
import { findingsOfPlans } from '../../src/insight/plans/findings.js'
import { byHarm } from '../../src/insight/plans/judge.js'
import { readQueries } from '../../src/insight/plans/queries.js'
import { reasonNotToRun } from '../../src/insight/plans/runnable.js'
import { type Tables, compareServing, sameData } from '../../src/insight/plans/served.js'
import { type TableState, tableKey } from '../../src/insight/plans/tables.js'
import { diffLines } from '../../src/insight/plans/tree-diff.js'
import { type RawNode, readPlan } from '../../src/insight/plans/tree.js'

const read = (text: string) => readQueries([{ file: 'q.sql', text }])

it.each<[what: string, text: string, values: (string | null)[] | undefined]>([
  ['none', 'SELECT $1', undefined],
  ['one', '-- param: 42\nSELECT $1', ['42']],
  ['several, over several lines', "-- params: 'it''s', -7\n-- param: NULL\n\nSELECT $1, $2, $3", ["it's", '-7', null]],
  [
    'typed',
    "-- params: date '2026-01-01', 'a;b'::text, true, 1.50, '{1,2}', 0\nSELECT $1,$2,$3,$4,$5,$6",
    ['2026-01-01', 'a;b', 'true', '1.50', '{1,2}', '0'],
  ],
  ['used twice', '-- param: 1\nSELECT $1 + $1', ['1']],
])('reads the values of parameters: %s', async (_what, text, values) => {
  const { queries, problems } = await read(text)
  expect(problems).toStrictEqual([])
  expect(queries[0]?.values).toStrictEqual(values)
})

it.each<[what: string, text: string, line: number, message: RegExp]>([
  ['a value that is no literal', '-- param: now()\nSELECT $1', 2, /must be literals/],
  ['a value that is a statement', '-- param: 1; DROP TABLE t\nSELECT $1', 2, /must be literals/],
  ['a value from a table', '-- param: 1 FROM t\nSELECT $1', 2, /must be literals/],
  ['too few values', '-- param: 1\nSELECT $1, $2', 2, /has 2 parameters.* gives 1 value/],
  ['values for nobody', '-- param: 1\nSELECT 2', 2, /has 0 parameters/],
  ['a statement without a plan', '\nDROP TABLE t', 2, /Only SELECT/],
  ['a table made on the way', 'SELECT 1 INTO t', 1, /Only SELECT/],
  ['EXPLAIN itself', 'EXPLAIN ANALYZE DELETE FROM t', 1, /Only SELECT/],
  [
    'a function that reads while it is planned',
    "SELECT table_to_xml('t', true, true, '')",
    1,
    /calls table_to_xml\(\)/,
  ],
  ['a mistake', 'SLECT 1', 1, /syntax error/],
])('names %s and goes on', async (_what, text, line, message) => {
  const { queries, problems } = await read(`${text};\n-- name: next\nSELECT 1;`)
  expect(problems).toStrictEqual([{ file: 'q.sql', line, message: expect.stringMatching(message) }])
  expect(queries.map(({ name }) => name)).toStrictEqual(['next'])
})

it('gives a comment to the statement under it alone', async () => {
  const { queries } = await readQueries([
    {
      file: 'a.sql',
      text: "-- name: one\nSELECT '\n-- name: no\n'; -- name: no\n-- note\n-- name: two :many\n\nSELECT 2;\nSELECT 3",
    },
    { file: 'b.sql', text: 'SELECT 4' },
  ])
  expect(queries.map(({ name, line }) => `${name} ${line}`)).toStrictEqual(['one 2', 'two 8', 'a.sql:9 9', 'b.sql:1 1'])
})

it('looks at no more queries than it says', async () => {
  const { queries, problems } = await read('SELECT 1;'.repeat(203))
  expect([queries.length, problems[0]?.message]).toStrictEqual([
    200,
    'Only the first 200 of 203 queries were looked at.',
  ])
})

it.each<[text: string, reason: RegExp | undefined, functions: string[]]>([
  ['SELECT random(), clock_timestamp()', undefined, []],
  ['SELECT a FROM t WHERE b IN (SELECT pg_catalog.pg_sleep(1))', undefined, ['pg_sleep']],
  ['VALUES (1) UNION SELECT a FROM (SELECT a FROM t FOR SHARE) s', /locks rows/, []],
  ['(SELECT 1) UNION (SELECT a FROM t FOR UPDATE)', /locks rows/, []],
  ['WITH x AS (MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN DELETE RETURNING 1) SELECT 1', /changes rows/, []],
  ['INSERT INTO t SELECT 1', /changes rows/, []],
  ['SELECT $1', /no values/, []],
])('knows what may be run: %s', async (text, reason, functions) => {
  const [query] = (await read(text)).queries
  if (!query) throw new Error('not read')
  expect(reasonNotToRun(query) ?? '').toMatch(reason ?? /^$/)
  expect(functionsIn(query.node)).toStrictEqual(functions)
})

it.each<[before: string[], after: string[], lines: string[]]>([
  [['a', 'b'], ['a', 'b'], []],
  [
    ['Limit', '  Index'],
    ['Limit', '  Sort', '    Seq'],
    ['  Limit', '-   Index', '+   Sort', '+     Seq'],
  ],
  [
    ['a', 'b', 'c'],
    ['b', 'c', 'd'],
    ['- a', '  b', '  c', '+ d'],
  ],
  [[], ['a'], ['+ a']],
])('lays two plans side by side: %j and %j', (before, after, lines) => {
  expect(diffLines(before, after)).toStrictEqual(lines)
})

it('shows two plans that are too large to lay side by side one after the other', () => {
  const before = Array.from({ length: 600 }, (_, at) => `x${at}`)
  expect(diffLines(before, [...before, 'y'])).toHaveLength(1201)
})

const seq = (table: string): RawNode => ({ 'Node Type': 'Seq Scan', 'Relation Name': table, Schema: 'public' })
const index = (table: string, name: string, condition?: string): RawNode => ({
  ...{ 'Node Type': 'Index Scan', 'Relation Name': table, Schema: 'public', 'Index Name': name },
  ...(condition !== undefined && { 'Index Cond': condition }),
})
const bitmap = (table: string, name: string): RawNode => ({
  ...{ 'Node Type': 'Bitmap Heap Scan', 'Relation Name': table, Schema: 'public' },
  Plans: [{ 'Node Type': 'Bitmap Index Scan', 'Index Name': name, 'Index Cond': 'c' }],
})
const join = (...plans: RawNode[]): RawNode => ({ 'Node Type': 'Nested Loop', Plans: plans })
const state = (indexes: string[], change: Partial<TableState> = {}): TableState => ({
  ...{ bytes: 1e6, columns: ['a'], analysed: ['a'] },
  ...{ indexes: new Map(indexes.map((name) => [name, `on (a)`])), ...change },
})
const t = { schema: 'public', table: 't' }
const u = { schema: 'public', table: 'u' }
const tablesOf = (before: TableState, after: TableState): Tables => ({
  before: new Map([t, u].map((name) => [tableKey(name), before])),
  after: new Map([t, u].map((name) => [tableKey(name), after])),
})
const dropped = tablesOf(state(['i']), state([]))
const kept = tablesOf(state(['i']), state(['i']))
const added = tablesOf(state(['i']), state(['i', 'j']))

it.each<
  [what: string, before: RawNode, possible: RawNode, tables: Tables, verdict: 'lost' | 'gained' | 'unclear' | '']
>([
  ['the index is gone', index('t', 'i', 'c'), seq('t'), dropped, 'lost'],
  ['a bitmap of it is gone', bitmap('t', 'i'), seq('t'), dropped, 'lost'],
  ['another index serves', index('t', 'i', 'c'), bitmap('t', 'j'), dropped, ''],
  ['another one is only read from end to end', index('t', 'i', 'c'), index('t', 'j'), dropped, 'lost'],
  ['its order is gone', index('t', 'i'), seq('t'), dropped, 'lost'],
  ['its order is there, and not needed for no rows', index('t', 'i'), seq('t'), kept, ''],
  ['it stands and no longer fits the only table', index('t', 'i', 'c'), seq('t'), kept, 'lost'],
  [
    'it stands and the join begins elsewhere',
    join(index('t', 'i', 'c'), seq('u')),
    join(seq('t'), seq('u')),
    kept,
    'unclear',
  ],
  ['it is gone from a join', join(index('t', 'i', 'c'), seq('u')), join(seq('t'), seq('u')), dropped, 'lost'],
  ['production does without one', seq('t'), seq('t'), kept, ''],
  ['a new one could serve', seq('t'), index('t', 'j', 'c'), added, 'gained'],
  ['production does not want the one it has', seq('t'), index('t', 'i', 'c'), kept, ''],
  ['the table is no longer read', join(index('t', 'i', 'c'), seq('u')), seq('u'), dropped, ''],
])('compares indexes without rows: %s', (_what, before, possible, tables, verdict) => {
  const { lost, gained, unclear } = compareServing(readPlan(before), readPlan(possible), tables)
  expect([lost, gained, unclear]).toStrictEqual(
    ['lost', 'gained', 'unclear'].map((name) => (name === verdict ? [t] : [])),
  )
})

it.each<[what: string, before: Partial<TableState>, after: Partial<TableState>, same: boolean]>([
  ['as large', {}, {}, true],
  ['twice as large', {}, { bytes: 2e6 }, true],
  ['three times as large', {}, { bytes: 3e6 }, false],
  ['empty', {}, { bytes: 0 }, false],
  ['empty where the parent has a few blocks', { bytes: 81920 }, { bytes: 0 }, true],
  ['without statistics', {}, { analysed: [] }, false],
  ['both without', { analysed: [] }, { analysed: [] }, true],
])('compares costs only where the data are alike: %s', (_what, before, after, same) => {
  expect(sameData(tablesOf(state([], before), state([], after)), [t])).toBe(same)
})

const change = (kind: PlanChange['change'], more: Partial<PlanChange> = {}): PlanChange => ({
  ...{
    query: 'q',
    file: 'q.sql',
    line: 1,
    statement: 'SELECT 1',
    change: kind,
    tables: [],
    nodes: [],
    notes: [],
    ...more,
  },
})
const grown = (ratio: number, before: number): Partial<PlanChange> => ({
  ...{ basis: 'costs', ratio, cost: { before, after: before * ratio } },
})

it.each<[what: string, change: PlanChange, found: string | undefined]>([
  ['a query that fails', change('fails'), 'break high'],
  ['a lost index', change('index to seq scan', { ...grown(3, 900), tables: ['t'], bytes: 9e6 }), 'seq_scan medium'],
  ['a steep one', change('index to seq scan', { ...grown(10, 900), tables: ['t'], bytes: 9e6 }), 'seq_scan high'],
  [
    'one of a large table',
    change('index to seq scan', { basis: 'indexes', tables: ['t'], bytes: 2e8 }),
    'seq_scan high',
  ],
  ['one that is quick all the same', change('index to seq scan', { ...grown(11, 8), tables: ['t'] }), 'seq_scan low'],
  ['twice the cost', change('costlier', grown(2, 900)), 'cost medium'],
  ['ten times the cost', change('new sort', grown(10, 900)), 'cost high'],
  ['less than twice', change('costlier', grown(1.9, 900)), undefined],
  ['twice of next to nothing', change('costlier', grown(2, 40)), undefined],
  ['what reads three times as much', change('reads more', { ...grown(3, 8) }), 'cost medium'],
  ['what no longer ends', change('reads more', { ...grown(1, 8), late: true }), 'cost high'],
  ...(['unknown', 'plan changed', 'new', 'better', 'same'] as const).map((kind): [string, PlanChange, undefined] => [
    kind,
    change(kind, grown(50, 900)),
    undefined,
  ]),
])('finds what is worth a look: %s', (_what, found, finding) => {
  expect(findingsOfPlans([found]).map(({ kind, severity }) => `${kind} ${severity}`)).toStrictEqual(
    finding === undefined ? [] : [finding],
  )
})

it('names a few of many partitions', () => {
  const tables = ['p1', 'p2', 'p3', 'p4', 'p5']
  expect(findingsOfPlans([change('index to seq scan', { ...grown(3, 900), tables })])[0]?.object).toBe(
    'p1, p2, p3 and 2 more',
  )
})

it('takes other thresholds', () => {
  const twice = change('costlier', grown(2, 900))
  expect(findingsOfPlans([twice], { ratio: 3 })).toStrictEqual([])
  expect(findingsOfPlans([twice], { cost: 1800 })).toStrictEqual([])
  expect(findingsOfPlans([twice], { cost: 1799 })).toHaveLength(1)
})

it('puts the worst first, and equals in their order in the files', () => {
  const sorted = [
    change('fails'),
    change('index to seq scan', grown(9, 1)),
    change('index to seq scan', grown(2, 1)),
    change('costlier', grown(50, 1)),
    change('same', { line: 1 }),
    change('same', { line: 2 }),
  ]
  expect(sorted.toReversed().sort(byHarm)).toStrictEqual(sorted)
})
