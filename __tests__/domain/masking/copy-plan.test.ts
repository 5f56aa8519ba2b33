import { describe, expect, it } from '@jest/globals'
import { copyTasks, differences } from '../../../src/domain/masking/copy-plan.js'
import { plainMask } from '../../../src/domain/masking/rules.js'
import type { MaskingPlan, StoredTable } from '../../../src/domain/masking/plan.js'
import type { Column, Schema, Table } from '../../../src/domain/masking/schema.js'
import { columnOf as column, tableOf } from './schema-of.js'

const table = (name: string, columns: readonly Column[], size = 0) => tableOf(name, columns, { size })

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
  ['citext', { base: 'citext', baseSchema: 'public', type: 'public.citext' }, 'binary'],
  ["somebody else's text", { baseSchema: 'mine', type: 'mine.text' }, 'text'],
  ["an array of somebody else's text", { baseSchema: 'mine', type: 'text[]', array: true }, 'text'],
  ['an array of a domain', { array: true, type: 'public.mail[]' }, 'text'],
  ['an array of regclass', { base: 'regclass', type: 'regclass[]', array: true }, 'text'],
  ['regclass, which is a number', { base: 'regclass', type: 'regclass' }, 'text'],
  ['a composite', { base: 'addr', baseSchema: 'public', baseKind: 'c', type: 'public.addr' }, 'text'],
  ['a type of an extension', { base: 'hstore', baseSchema: 'public', type: 'public.hstore' }, 'text'],
] as const)('%s travels as it means the same in every database', (_, change, format) => {
  expect(tasksOf({ table: table('t', [column('c', change)]), targets: [] })[0]?.format).toBe(format)
})

it('begins with the largest and names the columns that rows go into', () => {
  const two = (name: string, size: number) =>
    table(name, [column('a'), column('b'), column('c', { generated: 's' })], size)
  const stored = [two('small', 1), two('large', 2)].map((each) => ({ table: each, targets: [] }))
  const tasks = copyTasks({ stored } as unknown as MaskingPlan, { version: 180000 }, new Set())
  expect(tasks.map(({ into, bytes }) => [into, bytes])).toEqual([
    ['public.large ("a", "b")', 2],
    ['public.small ("a", "b")', 1],
  ])
  expect(tasks[0]?.select).toBe('SELECT t."a", t."b" FROM ONLY public.large t')
  const mixed = table('t', [column('a'), column('b', { base: 'regclass', type: 'regclass' })])
  expect(tasksOf({ table: mixed, targets: [] })[0]?.format).toBe('text')
})

it.each<[string, Partial<Column>, RegExp]>([
  ['text', {}, /END$/],
  ['character varying(9)', { base: 'varchar' }, /END$/],
  ['character(9)', { base: 'bpchar', array: true, type: 'character(9)[]' }, /::bpchar\[\]$/],
  ['character varying(9)[]', { base: 'varchar', array: true }, /::character varying\[\]$/],
  ['numeric(10,2)', { base: 'numeric' }, /::numeric$/],
  ['timestamp(3) with time zone', { base: 'timestamptz' }, /::timestamp with time zone$/],
  ['public."odd(1)"', { base: 'numeric' }, /::public\."odd\(1\)"$/],
  ['"odd(1)"', { base: 'numeric' }, /::"odd\(1\)"$/],
])('a masked value is cast so that nothing is cut off: %s', (type, change, end) => {
  const masked = column('m', { type, ...change })
  const t = table('t', [column('a'), masked])
  const target = { column: masked, mask: plainMask('hash', ''), normalise: 'none' as const, length: undefined }
  const [task] = tasksOf({ table: t, targets: [{ table: t, target }] })
  const [first, ...rest] = task?.select.replace(/ FROM ONLY public\.t t$/, '').split(', ') ?? []
  expect(first).toBe('SELECT t."a"')
  expect(rest.join(', ')).toMatch(end)
  expect(rest.join(', ')).toContain('sha256')
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
  const other = schema({ ...table('a', [column('x')]), kind: 'partitioned' })
  expect(differences(other, schema(table('a', [])))).toEqual(['public.a is not the same kind of table in the branch'])
})
