import { describe, expect, it } from '@jest/globals'
import { copyTasks, differences } from '../../../src/domain/masking/copy-plan.js'
import type { MaskingPlan, StoredTable } from '../../../src/domain/masking/plan.js'
import type { Column, Schema, Table } from '../../../src/domain/masking/schema.js'

const column = (name: string, change: Partial<Column> = {}): Column => ({
  number: 1,
  name,
  type: 'text',
  base: 'text',
  baseSchema: 'pg_catalog',
  baseKind: 'b',
  array: false,
  length: null,
  labels: [],
  notNull: false,
  generated: '',
  expression: null,
  reads: [],
  collation: null,
  nondeterministic: false,
  storage: null,
  compression: null,
  inherited: false,
  ...change,
})

const table = (name: string, columns: readonly Column[], size = 0): Table =>
  ({ id: name, schema: 'public', name, sql: `public.${name}`, kind: 'table', size, columns }) as Table

function tasksOf(stored: StoredTable, { version = 180000, ordered = false } = {}) {
  return copyTasks(
    { stored: [stored] } as unknown as MaskingPlan,
    { version },
    new Set(ordered ? [stored.table.id] : []),
  )
}

const megabyte = 1024 * 1024

describe('a table', () => {
  const people = table('people', [column('id'), column('mail'), column('lower', { generated: 's' })], 40 * megabyte)

  it('is read in ranges of pages that leave no gap and have no end', () => {
    const selects = tasksOf({ table: people, targets: [] }).map(({ select }) => select)
    expect(selects).toEqual([
      `SELECT t."id", t."mail" FROM ONLY public.people t WHERE (t.ctid >= '(0,0)' AND t.ctid < '(2048,0)')`,
      `SELECT t."id", t."mail" FROM ONLY public.people t WHERE (t.ctid >= '(2048,0)' AND t.ctid < '(4096,0)')`,
      `SELECT t."id", t."mail" FROM ONLY public.people t WHERE (t.ctid >= '(4096,0)')`,
    ])
  })

  it('is read as one where its order counts, and where a range would read the whole', () => {
    expect(tasksOf({ table: people, targets: [] }, { ordered: true })).toHaveLength(1)
    expect(tasksOf({ table: people, targets: [] }, { version: 130000 })).toHaveLength(1)
  })

  it('brings the rows of a sample alone, in their order where it counts', () => {
    const kept = { table: { ...people, size: 1 }, targets: [], keep: 't.id = 1 OR t.id = 2' }
    expect(tasksOf(kept, { ordered: true })[0]?.select).toBe(
      'SELECT t."id", t."mail" FROM ONLY public.people t WHERE (t.id = 1 OR t.id = 2) ORDER BY t.ctid',
    )
    expect(tasksOf({ ...kept, table: people })[2]?.select).toMatch(
      /WHERE \(t\.id = 1 OR t\.id = 2\) AND \(t\.ctid >= '\(4096,0\)'\)$/,
    )
  })
})

it.each([
  ['text', {}, 'binary'],
  ['an enum', { base: 'mood', baseSchema: 'public', baseKind: 'e', type: 'public.mood' }, 'binary'],
  ['an array of texts', { array: true, type: 'text[]' }, 'binary'],
  [
    'an array of an enum, which holds the number of its type',
    { base: 'mood', baseSchema: 'public', baseKind: 'e', type: 'public.mood[]', array: true },
    'text',
  ],
  ['regclass, which is a number', { base: 'regclass', type: 'regclass' }, 'text'],
  ['a composite', { base: 'addr', baseSchema: 'public', baseKind: 'c', type: 'public.addr' }, 'text'],
  ['a type of an extension', { base: 'hstore', baseSchema: 'public', type: 'public.hstore' }, 'text'],
] as const)('%s travels as it means the same in every database', (_, change, format) => {
  expect(tasksOf({ table: table('t', [column('c', change)]), targets: [] })[0]?.format).toBe(format)
})

it('tells every difference by table and column', () => {
  const schema = (...tables: Table[]) => ({ tables }) as unknown as Schema
  const parent = schema(table('a', [column('x'), column('y')]), table('b', []))
  const branch = schema(table('a', [column('y', { type: 'int4' }), column('z')]), table('c', []))
  expect(differences(parent, parent)).toEqual([])
  expect(differences(parent, branch)).toEqual([
    'public.a.x differs in the branch',
    'public.a.y differs in the branch',
    'public.a.z differs in the branch',
    'public.b is missing in the branch',
    'public.c is only in the branch',
  ])
})
