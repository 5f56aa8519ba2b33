import { expect, it } from '@jest/globals'
import type { Schema, Table } from '../../../src/domain/masking/schema.js'
import { inPlaceOf, inPlaceRefusals } from './in-place-of.js'
import { columnOf, dependentOf, foreignOf, schemaOf, tableOf } from './schema-of.js'

const int = (name: string) => columnOf(name, { base: 'int4', type: 'int4' })
const text = columnOf
const names = (named: readonly { readonly name: string }[]) => named.map(({ name }) => name)
const hash = 'columns: { a: hash }'
const family = [
  tableOf('t', [text('a'), int('n')], { kind: 'partitioned' }),
  // Its columns have other numbers.
  tableOf('t1', [int('x'), text('a', { inherited: true }), text('n', { inherited: true })], { parents: ['t'] }),
]
const u = tableOf('u', [int('n'), int('m')])
const full: Partial<Table> = { size: 1, droppedColumns: 1 }
const computed = text('c', { generated: 's', expression: 'a', reads: [1] })

it.each<[string, Schema, string, readonly string[]]>([
  ['a masked column', schemaOf([tableOf('t', [text('a'), int('n')])]), hash, ['t.a']],
  ['a masked column of parts, too', schemaOf([...family, u]), hash, ['t.a', 't1.a']],
  ['a column computed from a masked one', schemaOf([tableOf('t', [text('a'), computed, int('n')])]), hash, ['t.a', 't.c']],
  ['a computed column of parts, too', schemaOf([tableOf('t', [text('a'), computed]), tableOf('t1', [text('a', { inherited: true }), int('x'), { ...computed, inherited: true }], { parents: ['t'] })]), hash, ['t.a', 't.c', 't1.a', 't1.c']],
  ['the column by which a table is written anew', schemaOf([tableOf('t', [text('a', { generated: 's' }), int('n')], full)]), '{}', ['t.n']],
  ['such a column of parts, too', schemaOf([tableOf('t', [int('n')]), tableOf('t1', [int('x'), { ...int('n'), inherited: true }], { parents: ['t'], ...full })]), '{}', ['t.n', 't1.n']],
])('takes away what stands on %s', (_what, schema, yaml, touched) => {
  const dependents = schema.tables.flatMap(({ id, columns }) =>
    columns.map(({ name, number }) => dependentOf('policy', `${id}.${name}`, id, `${id}.${number}`)))
  expect(names(inPlaceOf({ ...schema, dependents }, yaml).inPlace.dependents)).toStrictEqual(touched)
}) // prettier-ignore

it('names what stands in the way, after what else is refused', () => {
  const dependents = [
    dependentOf('function', 'public.f()', '0', 't.1'),
    dependentOf('publication', 'news with t', '0', 't.1'),
    dependentOf('function', 'public.g()', '0', 't.2'),
  ]
  const others = tableOf('o', [int('n')], { ...full, ours: false })
  expect(inPlaceRefusals(schemaOf([...family, others], { dependents }), hash)).toStrictEqual([
    'public.o must be written anew, and the role owner may not change it.',
    'The function public.f() stands on a masked column, and PostgreSQL changes none under it. Drop it in the parent, or leave the table out.',
    'The publication news with t stands on a masked column, and PostgreSQL changes none under it. Drop it in the parent, or leave the table out.',
  ])
})

it('lets foreign keys go that touch a changed column on either side, and no others', () => {
  const tables = [tableOf('t', [text('a'), int('n')]), tableOf('v', [int('n'), text('a')]), u]
  const foreignKeys = [
    foreignOf('u', 'u', { name: 'neither', columns: [2] }),
    foreignOf('v', 't', { name: 'both', columns: [1, 2], targetColumns: [2, 1] }),
    foreignOf('t', 'u', { name: 'other columns', columns: [2] }),
    foreignOf('u', 't', { name: 'other target column', targetColumns: [2] }),
  ]
  expect(names(inPlaceOf(schemaOf(tables, { foreignKeys }), hash).inPlace.foreignKeys)).toStrictEqual(['both'])
})

it.each([
  ['t', 'u'],
  ['u', 't'],
])('lets a foreign key of %s to %s go of whose columns one alone is changed', (from, to) => {
  const schema = schemaOf([tableOf('t', [int('n'), int('m')], full), u], {
    foreignKeys: [foreignOf(from, to, { columns: [1, 2], targetColumns: [1, 2] })],
  })
  expect(names(inPlaceOf(schema, '{}').inPlace.foreignKeys)).toHaveLength(1)
})

it.each<[string, 'from' | 'to']>([
  ['its own columns', 'from'],
  ['what it refers to', 'to'],
])('lets a foreign key go that touches a changed column by %s alone', (_what, side) => {
  // Written anew by its first column; the other table has nothing to change.
  const tables = [tableOf('t', [int('n')], full), u]
  const foreign = side === 'from' ? foreignOf('t', 'u') : foreignOf('u', 't')
  expect(names(inPlaceOf(schemaOf(tables, { foreignKeys: [foreign] }), '{}').inPlace.foreignKeys)).toHaveLength(1)
})

it('lets foreign keys of and to an emptied table go', () => {
  const tables = [tableOf('gone', [int('n')]), tableOf('also', [int('n')]), u, tableOf('w', [int('n')])]
  const foreignKeys = [
    foreignOf('gone', 'u', { name: 'of it' }),
    foreignOf('also', 'gone', { name: 'to it' }),
    foreignOf('w', 'u', { name: 'other' }),
  ]
  const { inPlace } = inPlaceOf(schemaOf(tables, { foreignKeys }), 'leave_out: [gone, also]')
  expect(names(inPlace.foreignKeys)).toStrictEqual(['of it', 'to it'])
})

it('lets foreign keys to tables go that lose rows', () => {
  const r = tableOf('r', [int('k'), int('n')])
  const wide = tableOf('w', [int('n'), int('m')])
  const foreignKeys = [
    foreignOf('r', 'w', { name: 'of it', columns: [1], targetColumns: [2] }),
    foreignOf('u', 'r', { name: 'to it', columns: [2] }),
  ]
  const schema = schemaOf([r, u, wide], {
    foreignKeys,
    uniques: [{ name: 'k', primary: true, table: 'r', columns: [1], lowered: [] }],
    // So that the tables are written anew by their second column.
    dependents: ['r', 'u', 'w'].map((table) => dependentOf('policy', `p of ${table}`, table, `${table}.1`)),
  })
  const { plan, inPlace } = inPlaceOf(schema, 'sample: { r: 50% }')
  expect(names(plan.reduced.map(({ table }) => table))).toStrictEqual(['w', 'u', 'r'])
  expect(names(inPlace.foreignKeys)).toStrictEqual(['of it', 'to it'])
})

it('lists each part once under a computed column that leaves', () => {
  const own = { ...computed, inherited: true }
  const schema = schemaOf([
    tableOf('t', [text('a'), computed]),
    ...[['t1', 't'], ['t2', 't'], ['t11', 't1', 't2']].map(([name = '', ...parents]) =>
      tableOf(name, [text('a', { inherited: true }), int('x'), own], { parents })),
  ])
  const [found, ...others] = inPlaceOf(schema, hash).inPlace.generated
  expect(others).toStrictEqual([])
  expect(found?.parts.map(({ table, column }) => `${table.name}.${column.name} ${column.number}`)).toStrictEqual([
    't1.c 3', 't11.c 3', 't2.c 3',
  ])
}) // prettier-ignore

it('says nothing where nothing is to be done', () => {
  expect(inPlaceOf(schemaOf([u]), '{}').inPlace).toStrictEqual({
    trees: [],
    foreignKeys: [],
    dependents: [],
    generated: [],
  })
})
