import { expect, it } from '@jest/globals'
import type { Finding } from '../../src/domain/insight.js'
import type { TableFacts } from '../../src/insight/lint/facts.js'
import { type LintInput, lintStatements } from '../../src/insight/lint/lint.js'
import { harmless, hazards } from './lint-cases.js'

const calm = "SET lock_timeout = '2s';\n"
const brief = ({ rule, kind, severity, object }: Finding) => ({ rule, kind, severity, object })
const rules = async (input: string | LintInput[], tables?: TableFacts[]) => {
  const { findings } = await lintStatements(typeof input === 'string' ? [{ sql: input }] : input, tables)
  return findings.map(({ rule, severity, line }) => [rule, severity, line])
}

const customers: TableFacts = {
  ...{ schema: 'public', name: 'customers', rows: 200_000, bytes: 50_000_000 },
  ...{ partitioned: false, validCheck: false, policies: 0 },
  columns: [
    { name: 'email', type: 'character varying(40)', notNull: false, neverNull: false, checked: false },
    { name: 'legal', type: 'text', notNull: false, neverNull: true, checked: true },
    { name: 'seen', type: 'timestamp without time zone', notNull: true, neverNull: false, checked: false },
    { name: 'tag', type: 'character varying(20)', notNull: false, neverNull: false, checked: true },
  ],
}

it.each(hazards.map((hazard) => [hazard.rule, hazard.sql, hazard] as const))('%s: %s', async (_rule, sql, hazard) => {
  const { findings, problems } = await lintStatements([
    { sql: calm + sql, inTransaction: hazard.inTransaction === true },
  ])
  const { rule, kind, severity, object } = hazard
  expect(findings.map(brief)).toStrictEqual([{ rule, kind, severity, object }])
  expect(problems).toStrictEqual([])
  for (const { detail, advice } of findings) {
    expect(detail).toMatch(/^[^\n]{20,260}[.]$/)
    expect(advice).toMatch(/^[^\n]{9,200}[.]$/)
  }
})

it.each(harmless)('says nothing of %s', async (_what, sql) => {
  expect((await lintStatements([{ sql: calm + sql }])).findings).toStrictEqual([])
})

it('covers thirty rules or more', () => {
  expect(new Set(hazards.map(({ rule }) => rule)).size).toBeGreaterThanOrEqual(30)
})

const alter = (action: string) => `${calm}ALTER TABLE customers ${action}`

it.each<[what: string, action: string, facts: Partial<TableFacts>, expected: [string, string][]]>([
  ['a wider varchar is free', 'ALTER email TYPE varchar(80)', {}, []],
  ['text from varchar is free', 'ALTER email TYPE text', {}, []],
  ['a narrower varchar is not', 'ALTER email TYPE varchar(20)', {}, [['change-type', 'high']]],
  ['a cast in between counts', 'ALTER email TYPE text USING email::int::text', {}, [['change-type', 'high']]],
  ['a cast that changes nothing does not', 'ALTER email TYPE text USING email::text', {}, []],
  ['a free change tests a CHECK again', 'ALTER tag TYPE text', {}, [['change-type-checked', 'medium']]],
  ['a collation rebuilds indexes', 'ALTER email TYPE text COLLATE "C"', {}, [['change-collation', 'medium']]],
  ['the time zone decides', 'ALTER seen TYPE timestamptz', {}, [['change-type-time-zone', 'medium']]],
  ['an unknown column may be narrower', 'ALTER other TYPE text', {}, [['change-type', 'medium']]],
  ['a CHECK proves NOT NULL', 'ALTER legal SET NOT NULL, ALTER seen SET NOT NULL', {}, []],
  ['a small table weighs less', 'ALTER email SET NOT NULL', { rows: 10, bytes: 8192 }, [['set-not-null', 'medium']]],
  [
    'few rows that are large do not',
    'ALTER email SET NOT NULL',
    { rows: 10, bytes: 90_000_000 },
    [['set-not-null', 'high']],
  ],
  [
    'a large table weighs more',
    'ADD FOREIGN KEY (email) REFERENCES x',
    { rows: 5_000_000 },
    [['add-foreign-key', 'high']],
  ],
  ['lost values weigh the same', 'DROP email', { rows: 10, bytes: 8192 }, [['drop-column', 'high']]],
  ['an empty table loses nothing', 'DROP email', { rows: 0, bytes: 0 }, [['drop-column', 'low']]],
  ['a policy that stands is enough', 'ENABLE ROW LEVEL SECURITY', { policies: 1 }, []],
])('weighs what is known of the table: %s', async (_what, action, facts, expected) => {
  const found = await rules(alter(action), [{ ...customers, ...facts }])
  expect(found.map(([rule, severity]) => [rule, severity])).toStrictEqual(expected)
})

it('takes an unqualified name for the only table that is called so, never for one of two', async () => {
  const empty = { ...customers, schema: 'shop', rows: 0, bytes: 0 }
  expect(await rules(alter('DROP email'), [empty])).toStrictEqual([['drop-column', 'low', 2]])
  expect(await rules(alter('DROP email'), [empty, { ...empty, schema: 'other' }])).toStrictEqual([
    ['drop-column', 'high', 2],
  ])
})

it('does not take a table that stood before for a new one', async () => {
  const sql = `${calm}CREATE TABLE IF NOT EXISTS customers (id bigint);\nCREATE INDEX ON customers (id)`
  expect(await rules(sql)).toStrictEqual([])
  expect(await rules(sql, [customers])).toStrictEqual([['create-index', 'medium', 3]])
})

it('gives bytes, file, line and the statement without its comments', async () => {
  const input = {
    file: '1_init.sql',
    sql: `-- é\n${calm}\n-- why\nALTER TABLE customers ALTER email TYPE int USING 1; -- end`,
  }
  const { findings } = await lintStatements([input], [customers])
  expect(findings).toMatchObject([
    {
      ...{ file: '1_init.sql', line: 5, bytes: 50_000_000, source: 'static' },
      statement: 'ALTER TABLE customers ALTER email TYPE int USING 1',
    },
  ])
})

it('reads on after a mistake, and says where it was', async () => {
  const { findings, problems } = await lintStatements([
    { file: 'a.sql', sql: `${calm}ALTER TABEL x;\nDROP TABLE customers` },
  ])
  expect(findings.map(brief)).toMatchObject([{ rule: 'drop-table' }])
  expect(problems).toStrictEqual([{ file: 'a.sql', line: 2, message: 'syntax error at or near "TABEL"' }])
})

it('sees into DO blocks, with the lines of the file', async () => {
  const sql = `${calm}\nDO $$\nBEGIN\n  IF true THEN\n    DROP TABLE customers;\n  END IF;\n  CREATE INDEX CONCURRENTLY ON orders (id);\nEXCEPTION WHEN duplicate_object THEN NULL;\nEND $$;\nDO LANGUAGE plperl 'die';`
  expect(await rules(sql)).toStrictEqual([
    ['drop-table', 'high', 6],
    ['refused-in-transaction', 'high', 8],
  ])
})

const fill = 'ALTER TABLE customers ALTER email SET NOT NULL'
const index = 'CREATE INDEX ON orders (note)'

it.each<[what: string, sql: string, inTransaction: boolean, expected: (string | undefined)[]]>([
  ['told by the tool', `${fill};${index}`, true, ['set-not-null', 'create-index', 'long-transaction']],
  ['by BEGIN', `BEGIN;${fill};${index};COMMIT`, false, ['set-not-null', 'create-index', 'long-transaction']],
  ['not if each is its own', `${fill};${index}`, false, ['set-not-null', 'create-index']],
  ['not over COMMIT', `BEGIN;${fill};COMMIT;BEGIN;${index};COMMIT`, false, ['set-not-null', 'create-index']],
])('tells of long statements that share a transaction: %s', async (_what, sql, inTransaction, expected) => {
  const { findings } = await lintStatements([{ sql: calm + sql, inTransaction }])
  expect(findings.map(({ rule }) => rule).sort()).toStrictEqual([...expected].sort())
})

it.each<[what: string, sql: string, warned: boolean]>([
  ['nothing set', 'ALTER TABLE customers ADD a int; ALTER TABLE customers ADD b int', true],
  ['set', "SET lock_timeout = '2s'; ALTER TABLE customers ADD a int", false],
  [
    'set by function',
    "SELECT pg_catalog.set_config('lock_timeout', '2s', false); ALTER TABLE customers ADD a int",
    false,
  ],
  ['set in the transaction', 'BEGIN; SET LOCAL lock_timeout = 2000; ALTER TABLE customers ADD a int; COMMIT', false],
  [
    'set in the transaction before',
    'BEGIN; SET LOCAL lock_timeout = 2000; COMMIT; ALTER TABLE customers ADD a int',
    true,
  ],
  [
    'set outside a transaction, which has no effect',
    'SET LOCAL lock_timeout = 2000; ALTER TABLE customers ADD a int',
    true,
  ],
  ['set to for ever', "SET lock_timeout = '0s'; ALTER TABLE customers ADD a int", true],
  ['taken back', "SET lock_timeout = '2s'; RESET lock_timeout; ALTER TABLE customers ADD a int", true],
  [
    'no strong lock',
    'CREATE TABLE a (id bigint); ALTER TABLE a ADD b int; ALTER TABLE customers VALIDATE CONSTRAINT c',
    false,
  ],
])('asks for a lock_timeout once per file: %s', async (_what, sql, warned) => {
  const found = await rules([{ sql, file: 'a.sql' }])
  expect(found.map(([rule]) => rule)).toStrictEqual(warned ? ['no-lock-timeout'] : [])
})

it('starts each file as a session of its own, and knows what the files before made', async () => {
  const files = [
    { file: '1.sql', sql: `${calm}CREATE TABLE a (id bigint)` },
    { file: '2.sql', sql: 'CREATE INDEX ON a (id); ALTER TABLE customers ADD b int' },
  ]
  expect(await rules(files)).toStrictEqual([['no-lock-timeout', 'low', 1]])
})
