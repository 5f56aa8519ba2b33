import { describe, expect, it } from '@jest/globals'
import { countRows } from '../../../src/domain/synthetic/row-counts.js'
import type { SyntheticRules, TableRules } from '../../../src/domain/synthetic/rules.js'
import type { SeedKey, SeedReference, SeedTable } from '../../../src/domain/synthetic/schema.js'
import { columnOf, keyOf, referenceOf, schemaOf, tableOf } from './schema-of.js'

const id = columnOf('id', 'int4', { notNull: true })
const needed = (name: string) => columnOf(name, 'int4', { notNull: true })
const open = (name: string) => columnOf(name, 'int4')

const rules = (tables: Readonly<Record<string, number | TableRules>>): SyntheticRules => ({
  seed: 1,
  tables: new Map(
    Object.entries(tables).map(([name, entry]) => [
      name,
      typeof entry === 'number' ? { rows: entry, columns: new Map() } : entry,
    ]),
  ),
})

const ruled = (rows: number, ...columns: string[]): TableRules => ({
  rows,
  columns: new Map(columns.map((column) => [column, { kind: 'value', value: null }])),
})

interface Case {
  readonly tables: readonly SeedTable[]
  readonly references?: readonly SeedReference[]
  readonly keys?: readonly SeedKey[]
}

function count({ tables, references = [], keys = [] }: Case, asked: Parameters<typeof rules>[0]) {
  const { filled, notes, problems } = countRows(schemaOf(tables, { references, keys }), rules(asked))
  return { filled: Object.fromEntries([...filled].map(([name, { rows }]) => [name, rows])), notes, problems }
}

const shop = tableOf('orders', [id], { id: 'shop.orders', schema: 'shop' })

it('finds a table by its name, or by that and its schema', () => {
  const tables = [tableOf('orders', [id]), shop, tableOf('Über', [id]), tableOf('shop.orders', [id], { schema: 'a' })]
  expect(count({ tables }, { orders: 5, Über: 6 })).toEqual({ filled: { orders: 5, Über: 6 }, notes: [], problems: [] })
  // Schema and name before a name with a dot in it.
  expect(count({ tables }, { 'shop.orders': 5 }).problems).toEqual([])
  expect(count({ tables: [shop] }, { orders: 3 }).filled).toEqual({ 'shop.orders': 3 })
})

it('keeps what the rules say of a table', () => {
  const asked = rules({ orders: ruled(5, 'id') })
  const { filled } = countRows(schemaOf([tableOf('orders', [id])]), asked)
  expect(filled.get('orders')?.rules).toBe(asked.tables.get('orders'))
})

it('fills no table that is to have no rows, whatever is in it', () => {
  const tables = [tableOf('orders', [id], { rows: 5 }), tableOf('ledger', [id], { ledger: 'dbmate' })]
  expect(count({ tables }, { orders: 0, ledger: 0 })).toEqual({ filled: {}, notes: [], problems: [] })
})

it.each<[string, Parameters<typeof rules>[0], string]>([
  ['that is not there', { order: 5 }, 'There is no table "order"; a partition is filled through its parent.'],
  [
    'that is nearly there',
    { Peopel: 5 },
    'There is no table "Peopel" (did you mean "people"?); a partition is filled through its parent.',
  ],
  [
    'of a schema that is nearly there',
    { 'hr.peopl': 5 },
    'There is no table "hr.peopl" (did you mean "hr.people"?); a partition is filled through its parent.',
  ],
  ['of two schemas', { notes: 5 }, '"notes" is the name of several tables; write one of shop.notes, hr.notes.'],
  ['that is named twice', { people: 5, 'hr.people': 5 }, '"hr.people" is the table hr.people, which is named twice.'],
  [
    'with rows',
    { full: 5 },
    'public.full holds rows already; a synthetic seed fills empty tables, leave this one out.',
  ],
  ['that is a ledger', { migrations: 5 }, 'public.migrations is the ledger of dbmate; its rows are not made up.'],
  ['without this column', { people: ruled(5, 'idd') }, 'hr.people has no column "idd" (did you mean "id"?).'],
  [
    'without these columns, even for no rows',
    { people: ruled(0, 'first', 'id', 'last') },
    'hr.people has no column "first", "last".',
  ],
])('refuses a table %s', (_, asked, sentence) => {
  const tables = [
    tableOf('people', [id], { id: 'hr.people', schema: 'hr' }),
    tableOf('notes', [id], { id: 'a', schema: 'shop' }),
    tableOf('notes', [id], { id: 'b', schema: 'hr' }),
    tableOf('full', [id], { rows: 1 }),
    tableOf('migrations', [id], { ledger: 'dbmate' }),
  ]
  expect(count({ tables }, asked).problems).toEqual([sentence])
})

describe('tables that are not named', () => {
  const tables = [tableOf('orders', [id, needed('customer'), open('agent')]), tableOf('customers', [id])]
  const toCustomers = referenceOf(['orders', 2], ['customers', 1])
  const note = 'public.customers is not named and gets 1 row, the least that public.orders needs (orders_to_customers).'

  it('get one row where a foreign key needs one', () => {
    expect(count({ tables, references: [toCustomers] }, { orders: 9 })).toStrictEqual({
      filled: { orders: 9, customers: 1 },
      notes: [note],
      problems: [],
    })
  })

  it.each<[string, Case, Parameters<typeof rules>[0]]>([
    ['that may be NULL', { tables, references: [referenceOf(['orders', 3], ['customers', 1])] }, { orders: 9 }],
    [
      'of which a part may be NULL',
      { tables, references: [referenceOf(['orders', 2, 3], ['customers', 1, 2])] },
      { orders: 9 },
    ],
    ['of another table', { tables, references: [toCustomers] }, { customers: 0 }],
    ['of a table that gets none', { tables, references: [toCustomers] }, { orders: 0 }],
    [
      'to a table with rows',
      { tables: [tables[0]!, tableOf('customers', [id], { rows: 1 })], references: [toCustomers] },
      { orders: 9 },
    ],
    [
      'to a table that nobody may see',
      { tables, references: [referenceOf(['orders', 2], ['hidden', 1])] },
      { orders: 9 },
    ],
  ])('get none for a foreign key %s', (_, schema, asked) => {
    const { filled, notes } = count(schema, asked)
    expect([Object.keys(filled).filter((name) => name !== 'orders'), notes]).toEqual([[], []])
  })

  it('keep the count that the rules give them', () => {
    expect(count({ tables, references: [toCustomers] }, { orders: 9, customers: 4 })).toEqual({
      filled: { orders: 9, customers: 4 },
      notes: [],
      problems: [],
    })
  })

  it('need others in turn', () => {
    const more = [tableOf('customers', [id, needed('country')]), tableOf('countries', [id])]
    const references = [toCustomers, referenceOf(['customers', 2], ['countries', 1])]
    const { filled, notes } = count({ tables: [tables[0]!, ...more], references }, { orders: 9 })
    expect(filled).toEqual({ orders: 9, customers: 1, countries: 1 })
    expect(notes).toEqual([
      note,
      'public.countries is not named and gets 1 row, the least that public.customers needs (customers_to_countries).',
    ])
  })

  it('are no ledgers', () => {
    const ledger = tableOf('customers', [id], { ledger: 'Prisma' })
    expect(count({ tables: [tables[0]!, ledger], references: [toCustomers] }, { orders: 9 }).problems).toEqual([
      'public.customers is the ledger of Prisma; its rows are not made up.',
    ])
  })
})

describe('a unique key of references alone', () => {
  const likes = tableOf('likes', [needed('project'), needed('person'), needed('kind'), open('note')])
  const [projects, people, kinds] = ['projects', 'people', 'kinds'].map((name) => tableOf(name, [id])) as [SeedTable, SeedTable, SeedTable] // prettier-ignore
  const references = [
    referenceOf(['likes', 1], ['projects', 1]),
    referenceOf(['likes', 2], ['people', 1]),
    referenceOf(['likes', 3], ['kinds', 1]),
  ]
  const least = (columns: readonly number[], asked: Record<string, number>, change: Partial<Case> = {}) => {
    const { filled } = count(
      { tables: [likes, projects, people, kinds], references, keys: [keyOf('likes', columns)], ...change },
      asked,
    )
    return Object.fromEntries(Object.entries(filled).filter(([name]) => name !== 'likes'))
  }

  it.each<[string, readonly number[], Record<string, number>, Record<string, number>]>([
    ['one table as many rows', [1], { likes: 7 }, { projects: 7, people: 1, kinds: 1 }],
    ['two tables the root', [1, 2], { likes: 10 }, { projects: 4, people: 3, kinds: 1 }],
    ['three tables the third root', [1, 2, 3], { likes: 1000 }, { projects: 10, people: 10, kinds: 10 }],
    ['three tables a little more than the root', [1, 2, 3], { likes: 1001 }, { projects: 11, people: 10, kinds: 10 }],
    ['one table what the other leaves', [1, 2], { likes: 10, people: 5 }, { people: 5, projects: 2, kinds: 1 }],
    [
      'one table one row where the other is enough',
      [1, 2],
      { likes: 10, people: 99 },
      { people: 99, projects: 1, kinds: 1 },
    ],
    [
      'two tables the root of what the third leaves',
      [1, 2, 3],
      { likes: 50, kinds: 2 },
      { kinds: 2, projects: 5, people: 5 },
    ],
  ])('gives %s', (_, columns, asked, others) => {
    expect(least(columns, asked)).toEqual(others)
  })

  it('counts the rows that a table has already', () => {
    const tables = [likes, projects, tableOf('people', [id], { rows: 5 }), kinds]
    expect(least([1, 2], { likes: 10 }, { tables })).toEqual({ projects: 2, kinds: 1 })
  })

  it('asks for no more where another column makes the difference', () => {
    expect(least([1, 4], { likes: 10 })).toEqual({ projects: 1, people: 1, kinds: 1 })
  })

  it('asks for no more where it belongs to another table', () => {
    expect(least([1], { likes: 10 }, { keys: [keyOf('projects', [1])] })).toEqual({ projects: 1, people: 1, kinds: 1 })
  })

  it('counts no references of other tables', () => {
    const more = [...references, referenceOf(['people', 2], ['kinds', 1])]
    expect(least([1, 2], { likes: 10 }, { references: more })).toEqual({ projects: 4, people: 3, kinds: 1 })
  })

  it('counts no reference that reaches out of it', () => {
    const wide = [referenceOf(['likes', 1], ['projects', 1]), referenceOf(['likes', 2, 3], ['people', 1, 2])]
    expect(least([1, 2], { likes: 9 }, { references: wide })).toEqual({ projects: 1, people: 1 })
  })

  it('takes the one that asks for most', () => {
    const keys = [keyOf('likes', [1]), keyOf('likes', [1, 2])]
    expect(least([], { likes: 9 }, { keys })).toEqual({ projects: 9, people: 1, kinds: 1 })
  })

  it('counts a reference of several columns once', () => {
    const pair = [referenceOf(['likes', 1, 2], ['projects', 1, 2]), referenceOf(['likes', 3], ['kinds', 1])]
    expect(least([1, 2, 3], { likes: 9 }, { references: pair })).toEqual({ projects: 3, kinds: 3 })
  })
})
