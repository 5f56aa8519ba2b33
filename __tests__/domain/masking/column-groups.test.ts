import { expect, it } from '@jest/globals'
import { classify } from '../../../src/domain/masking/classify.js'
import { columnGroups } from '../../../src/domain/masking/column-groups.js'
import { noRules } from '../../../src/domain/masking/rules.js'
import type { Column, ForeignKey, Schema, Table } from '../../../src/domain/masking/schema.js'
import { columnOf, foreignOf, schemaOf, tableOf } from './schema-of.js'

const typed = (name: string, base: string, change: Partial<Column> = {}) =>
  columnOf(name, { base, type: base, ...change })

function groups(tables: readonly Table[], foreignKeys: readonly ForeignKey[] = []) {
  const schema: Schema = schemaOf(tables, { foreignKeys })
  return columnGroups(schema, classify(schema, noRules).columns)
}

it.each<[string, Column]>([
  ['a text', columnOf('a')],
  ['a number, which may be an account', typed('a', 'int4')],
  ['a whole list of texts', columnOf('a', { array: true })],
  ['a type that nobody knows', typed('a', 'polygon')],
])('%s wants a rule of its own', (_, column) => {
  expect(groups([tableOf('t', [column])])).toEqual([['t.1']])
})

it.each<[string, Column]>([
  ['a switch', typed('a', 'bool')],
  ['a time of day', typed('a', 'time')],
  ['a list of numbers', typed('a', 'int4', { array: true })],
  ['what is computed', columnOf('a', { generated: 's', expression: 'b' })],
])('%s wants none', (_, column) => {
  expect(groups([tableOf('t', [column])])).toEqual([])
})

it('numbers that are keys want none, on either side', () => {
  const tables = [tableOf('orders', [typed('customer', 'int4')]), tableOf('customers', [typed('id', 'int4')])]
  expect(groups(tables, [foreignOf('orders', 'customers', { columns: [1], targetColumns: [1] })])).toEqual([])
})

it('texts that foreign keys tie want one rule, by the one that the others refer to', () => {
  const tables = [
    tableOf('orders', [columnOf('note'), columnOf('customer')]),
    tableOf('carts', [columnOf('customer')]),
    tableOf('customers', [columnOf('mail'), columnOf('code')]),
  ]
  expect(
    groups(tables, [
      foreignOf('orders', 'customers', { columns: [2], targetColumns: [2] }),
      foreignOf('carts', 'customers', { columns: [1], targetColumns: [2] }),
    ]),
  ).toEqual([['orders.1'], ['customers.2', 'orders.2', 'carts.1'], ['customers.1']])
})

it('of a chain the end comes first, which refers to nothing', () => {
  const tables = ['a', 'b', 'c'].map((name) => tableOf(name, [columnOf('code')]))
  expect(
    groups(tables, [
      foreignOf('a', 'b', { columns: [1], targetColumns: [1] }),
      foreignOf('b', 'c', { columns: [1], targetColumns: [1] }),
    ])[0]?.[0],
  ).toBe('c.1')
})

it('a key of several columns ties each with its own', () => {
  const tables = [
    tableOf('orders', [columnOf('land'), columnOf('code')]),
    tableOf('customers', [columnOf('land'), columnOf('code')]),
  ]
  expect(groups(tables, [foreignOf('orders', 'customers', { columns: [1, 2], targetColumns: [1, 2] })])).toEqual([
    ['customers.1', 'orders.1'],
    ['customers.2', 'orders.2'],
  ])
})

it('a foreign key of a partition is one of the table that it belongs to', () => {
  const tables = [
    tableOf('orders', [columnOf('note'), columnOf('customer')]),
    // Its columns stand in another order.
    tableOf('orders_1', [columnOf('customer', { inherited: true }), columnOf('note', { inherited: true })], {
      parents: ['orders'],
    }),
    tableOf('customers', [columnOf('code')]),
  ]
  expect(groups(tables, [foreignOf('orders_1', 'customers', { columns: [1], targetColumns: [1] })])).toEqual([
    ['orders.1'],
    ['customers.1', 'orders.2'],
  ])
})
