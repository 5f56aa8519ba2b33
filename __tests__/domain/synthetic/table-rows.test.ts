import { describe, expect, it } from '@jest/globals'
import { draw, drawBelow } from '../../../src/domain/synthetic/draw.js'
import type { Filled } from '../../../src/domain/synthetic/row-counts.js'
import type { Generator, TableRules } from '../../../src/domain/synthetic/rules.js'
import type { SeedColumn, SeedKey, SeedReference, SeedTable } from '../../../src/domain/synthetic/schema.js'
import { freeIndex } from '../../../src/domain/synthetic/slots.js'
import { sourceOf } from '../../../src/domain/synthetic/sources.js'
import { tableRows } from '../../../src/domain/synthetic/table-rows.js'
import { columnOf, keyOf, referenceOf, tableOf } from './schema-of.js'

interface Case {
  readonly columns: readonly SeedColumn[]
  readonly rows?: number
  readonly rules?: Readonly<Record<string, Generator>>
  readonly references?: readonly SeedReference[]
  readonly keys?: readonly SeedKey[]
  /** Other tables, and how many rows they get. */
  readonly others?: readonly (readonly [SeedTable, number])[]
}

/** Of the table `t`: what its columns hold in row `n`, by name. `other.2 of i` is a value of another table. */
function rowsOf({ columns, rows = 20, rules = {}, references = [], keys = [], others = [] }: Case) {
  const table = tableOf('t', columns)
  const filledBy = (each: SeedTable, count: number, own: TableRules['columns'] = new Map()): Filled => ({
    table: each,
    rows: count,
    rules: { rows: count, columns: own },
  })
  const filled = filledBy(table, rows, new Map(Object.entries(rules)))
  const all = new Map([['t', filled]])
  for (const [other, count] of others) if (count > 0) all.set(other.id, filledBy(other, count))
  const made = tableRows(filled, {
    schema: { tables: [table, ...others.map(([other]) => other)], references, keys },
    seed: 7,
    filled: all,
    valueOf: (id, column) => (row) => `${id}.${column} of ${row}`,
  })
  const { needs, notes, problems, values } = made
  const sql = Object.fromEntries(table.columns.map(({ name, number }) => [name, values.get(number)?.('n')]))
  return { sql, needs, notes, problems }
}

const free = (column: SeedColumn, row = 'n') =>
  sourceOf({ table: tableOf('t', []), column, seed: 7, wish: undefined })?.free(row) ?? ''
const key = (name: string) => `7:public.t:${name}:`
const some = (name: string, value: string, eighths = 1) =>
  `CASE WHEN ${drawBelow(8, `${key(name)}null:`, 'n')} < ${eighths} THEN NULL ELSE ${value} END`

const needed = (name: string, base = 'int4') => columnOf(name, base, { notNull: true })
const open = (name: string, base = 'int4') => columnOf(name, base)
const sequence = { sql: 'public.t_seq', start: 100, increment: 10 }

describe('a column of its own', () => {
  it('has a value of its source, and NULL in an eighth of the rows where it may', () => {
    const columns = [needed('a'), open('b')]
    expect(rowsOf({ columns })).toEqual({
      sql: { a: free(columns[0]!), b: some('b', free(columns[1]!)) },
      needs: [],
      notes: [],
      problems: [],
    })
  })

  it.each([
    'deleted',
    'deleted_at',
    'archivedAt',
    'was_cancelled_on',
    'canceled',
    'revoked',
    'removed',
    'disabled',
    'expired_on',
  ])('%s is NULL in seven of eight rows', (name) => {
    const column = open(name, 'bool')
    expect(rowsOf({ columns: [column] }).sql[name]).toBe(some(name, free(column), 7))
  })

  it.each(['deletedness', 'deleted_by', 'expires'])('%s is NULL in one of eight rows', (name) => {
    const column = open(name, 'bool')
    expect(rowsOf({ columns: [column] }).sql[name]).toBe(some(name, free(column)))
  })

  const a = open('a')
  const other = tableOf('other', [open('t')])
  it.each<[string, Partial<Case>]>([
    ['it says so', { columns: [needed('a')] }],
    ['a CHECK says so', { columns: [columnOf('a', 'int4', { limits: { notNull: true } })] }],
    ['others refer to it', { references: [referenceOf(['other', 1], ['t', 1])], others: [[other, 5]] }],
  ])('is never NULL where %s', (_, change) => {
    const { sql } = rowsOf({ columns: [a], ...change })
    expect(sql).toEqual({ a: free(a) })
  })

  it('is never NULL in a unique key, and has another value in every row there', () => {
    expect(rowsOf({ columns: [a, open('b')], keys: [keyOf('t', [1])] }).sql).toEqual({
      a: '((1 + (n - 1)))::int4',
      b: some('b', free(open('b'))),
    })
    // Drawn freely, because the other column of the key makes the difference.
    expect(rowsOf({ columns: [a, open('b', 'text')], keys: [keyOf('t', [1, 2])] }).sql['a']).toBe(free(a))
  })

  it.each<[string, Partial<Case>]>([
    ['unique key', { keys: [keyOf('other', [1])] }],
    ['reference', { references: [referenceOf(['t', 9], ['other', 1])], others: [[tableOf('other', [a]), 5]] }],
  ])('may be NULL whatever the %s of another table says', (_, change) => {
    expect(rowsOf({ columns: [a], ...change }).sql['a']).toBe(some('a', free(a)))
  })

  it('holds what the rules say, without NULL', () => {
    const { sql } = rowsOf({ columns: [a], rules: { a: { kind: 'sql', expression: 'n * 2' } } })
    expect(sql['a']).toBe('(SELECT (n * 2) FROM (SELECT (n)::bigint AS n) AS own_row)')
  })

  it('is left to the server where it is generated', () => {
    expect(rowsOf({ columns: [columnOf('a', 'int4', { generated: true, notNull: true })] })).toMatchObject({
      sql: { a: undefined },
      problems: [],
    })
  })

  it('has what its sequence would give out, unless the rules say otherwise', () => {
    const id = columnOf('id', 'int4', { type: 'shop.id', sequence, notNull: true })
    expect(rowsOf({ columns: [id] }).sql).toEqual({ id: '(100 + 10 * ((n - 1)))::shop.id' })
    expect(rowsOf({ columns: [id], keys: [keyOf('t', [1])], rows: 1_000_000 }).problems).toEqual([])
    expect(rowsOf({ columns: [id], rules: { id: { kind: 'value', value: '5' } } }).sql).toEqual({ id: `'5'::shop.id` })
  })
})

describe('a column whose type nobody knows', () => {
  const shape = (change: Partial<SeedColumn> = {}) => columnOf('area', 'polygon', { type: 'shop.area', ...change })

  it('is refused where it must not be NULL', () => {
    expect(rowsOf({ columns: [shape({ notNull: true })] }).problems).toEqual([
      'public.t.area has the type shop.area, for which no values are known; write { sql: … } for this column.',
    ])
  })

  it.each<[string, SeedColumn]>([
    ['may be NULL', shape()],
    ['has a default', shape({ notNull: true, fallback: 'expression' })],
    ['has a constant default', shape({ notNull: true, fallback: 'constant' })],
  ])('is left to the server where it %s', (_, column) => {
    expect(rowsOf({ columns: [column] })).toMatchObject({ sql: { area: undefined }, problems: [] })
  })
})

describe('a column with a constant default', () => {
  const constant = (base: string, change: Partial<SeedColumn> = {}) =>
    columnOf('plan', base, { fallback: 'constant', ...change })
  const isLeft = (column: SeedColumn, rules: Case['rules'] = {}) =>
    rowsOf({ columns: [column], rules }).sql['plan'] === undefined

  it.each(['text', 'varchar', 'bpchar', 'citext', 'json', 'jsonb'])('is left to it where it is %s', (base) => {
    expect(isLeft(constant(base))).toBe(true)
    expect(isLeft(constant(base, { fallback: 'none' }))).toBe(false)
    expect(isLeft(constant(base, { fallback: 'expression' }))).toBe(false)
    expect(isLeft(constant(base, { limits: { oneOf: ['a'] } }))).toBe(false)
    expect(isLeft(constant(base, { limits: { like: 'a%' } }))).toBe(false)
    expect(isLeft(constant(base), { plan: { kind: 'words', words: 'word' } })).toBe(false)
  })

  it('is left to it where it is an array', () => {
    expect(isLeft(constant('int4', { array: true }))).toBe(true)
    expect(isLeft(constant('mood', { array: true, labels: ['sad'] }))).toBe(false)
  })

  it.each(['int4', 'bool', 'date', 'name'])('has made-up values where it is %s', (base) => {
    expect(isLeft(constant(base))).toBe(false)
  })
})

describe('a key that is unique only where a column is true', () => {
  const columns = [needed('project', 'text'), needed('is_lead', 'bool')]
  const keys = [keyOf('t', [1], { column: 'is_lead', value: false })]

  it('is avoided by that column', () => {
    expect(rowsOf({ columns, keys }).sql).toEqual({ project: free(columns[0]!), is_lead: 'false' })
  })

  it('counts where the rules say what stands in that column', () => {
    const { sql } = rowsOf({ columns, keys, rules: { is_lead: { kind: 'value', value: 'true' } } })
    expect(sql['is_lead']).toBe(`'true'::bool`)
    expect(sql['project']).toContain('(n - 1) + 1')
  })
})

describe('a foreign key', () => {
  const customers = tableOf('customers', [needed('id'), needed('region')])
  const [id, customer] = [needed('id'), needed('customer')]
  const toCustomers = referenceOf(['t', 2], ['customers', 1])
  const choice = (capacity: number, name = 't_to_customers') => freeIndex(capacity, key(name))('n')

  it('takes a row that this seed makes', () => {
    expect(rowsOf({ columns: [id, customer], references: [toCustomers], others: [[customers, 5]] })).toEqual({
      sql: { id: free(id), customer: `customers.1 of (${choice(5)} + 1)` },
      needs: ['customers'],
      notes: [],
      problems: [],
    })
  })

  it('takes another one in every row of a unique key', () => {
    const { sql } = rowsOf({ columns: [id, customer], references: [toCustomers], keys: [keyOf('t', [2])], others: [[customers, 20]] }) // prettier-ignore
    expect(sql['customer']).toBe('customers.1 of (mod((n) - 1, 20) + 1)')
  })

  const known = tableOf('customers', [needed('i"d'), needed('region')], { rows: 3, sql: 'shop."Customers"' })

  it('takes one of the rows that are there, in the order of what it refers to', () => {
    const single = rowsOf({ columns: [id, customer], references: [toCustomers], others: [[known, 0]] })
    expect(single).toMatchObject({ needs: [], notes: [] })
    expect(single.sql['customer']).toBe(
      `(ARRAY(SELECT "i""d" FROM shop."Customers" ORDER BY "i""d" LIMIT 1000))[1 + ${choice(3)}]`,
    )
    const pair = referenceOf(['t', 1, 2], ['customers', 2, 1])
    const { sql } = rowsOf({ columns: [id, customer], references: [pair], others: [[known, 0]] })
    expect(sql['id']).toBe(
      `(ARRAY(SELECT "region" FROM shop."Customers" ORDER BY "region", "i""d" LIMIT 1000))[1 + ${choice(3)}]`,
    )
    expect(sql['customer']).toContain('(ARRAY(SELECT "i""d" FROM')
  })

  it('takes the first thousand of many rows that are there', () => {
    const { sql } = rowsOf({ columns: [id, customer], references: [toCustomers], others: [[{ ...known, rows: 1001 }, 0]] }) // prettier-ignore
    expect(sql['customer']).toContain(choice(1000))
  })

  it('takes all columns from one row', () => {
    const pair = referenceOf(['t', 1, 2], ['customers', 1, 2])
    const { sql } = rowsOf({ columns: [id, customer], references: [pair], others: [[customers, 5]] })
    expect(sql).toEqual({ id: `customers.1 of (${choice(5)} + 1)`, customer: `customers.2 of (${choice(5)} + 1)` })
  })

  it('gives way to what the rules say of one of its columns', () => {
    const pair = referenceOf(['t', 1, 2], ['customers', 1, 2])
    const rules: Case['rules'] = { customer: { kind: 'value', value: '5' } }
    const { sql, needs } = rowsOf({ columns: [id, customer], references: [pair], rules, others: [[customers, 5]] })
    expect(sql).toEqual({ id: free(id), customer: `'5'::int4` })
    expect(needs).toEqual([])
  })

  it('needs a target once, however often it refers to it', () => {
    const references = [toCustomers, { ...referenceOf(['t', 1], ['customers', 1]), name: 'again' }]
    expect(rowsOf({ columns: [id, customer], references, others: [[customers, 5]] }).needs).toEqual(['customers'])
  })

  it('of another table is none of this one', () => {
    const references = [referenceOf(['other', 2], ['customers', 1])]
    expect(rowsOf({ columns: [id, customer], references, others: [[customers, 5]] }).sql['customer']).toBe(
      free(customer),
    )
  })

  it('stays empty where its target does, and says so', () => {
    const columns = [id, open('customer'), needed('region')]
    const pair = referenceOf(['t', 2, 3], ['customers', 1, 2])
    const { sql, needs, notes } = rowsOf({ columns, references: [pair], others: [[customers, 0]] })
    expect(sql).toEqual({ id: free(id), customer: 'NULL', region: free(columns[2]!) })
    expect(needs).toEqual([])
    expect(notes).toEqual(['public.t (customer) stays empty: public.customers has no rows and is not named.'])
  })

  it('stays empty where its target is not to be seen', () => {
    const { sql, notes } = rowsOf({
      columns: [open('a'), open('b')],
      references: [referenceOf(['t', 1, 2], ['hidden', 1, 2])],
    })
    expect(sql).toEqual({ a: 'NULL', b: 'NULL' })
    expect(notes).toEqual(['public.t (a, b) stays empty: its target has no rows and is not named.'])
  })

  it('that was all set by others is passed over', () => {
    const references = [referenceOf(['t', 1, 2], ['customers', 1, 2]), referenceOf(['t', 2], ['hidden', 1])]
    const { notes, needs } = rowsOf({ columns: [id, customer], references, others: [[customers, 5]] })
    expect([notes, needs]).toEqual([[], ['customers']])
  })
})

describe('two foreign keys with a column in common', () => {
  const [tenant, nr, project] = [needed('tenant'), needed('nr'), needed('project')]
  const users = tableOf('users', [needed('tenant'), needed('nr')], { sql: 'public."User"' })
  const projects = tableOf('projects', [needed('id'), needed('tenant')])
  const references = [referenceOf(['t', 1, 3], ['projects', 2, 1]), referenceOf(['t', 1, 2], ['users', 1, 2])]
  const both: Case['others'] = [
    [users, 5],
    [projects, 4],
  ]

  it('take rows that agree: the second one of those that fit the first', () => {
    const { sql, needs } = rowsOf({ columns: [tenant, nr, project], references, others: both })
    const place = freeIndex(4, key('t_to_projects'))('n')
    expect(needs).toEqual(['projects', 'users'])
    expect(sql['tenant']).toBe(`projects.2 of (${place} + 1)`)
    expect(sql['project']).toBe(`projects.1 of (${place} + 1)`)
    expect(sql['nr']).toBe(
      `(SELECT t."nr" FROM public."User" t WHERE t."tenant" = projects.2 of (${place} + 1) ORDER BY sha256(convert_to(t."tenant"::text || ':' || t."nr"::text || ${draw(key('t_to_users'), 'n')}, 'UTF8')) LIMIT 1)`,
    )
  })

  it('and three columns agree in both that they have in common', () => {
    const columns = [needed('a'), needed('b'), needed('c')]
    const wide = tableOf('wide', [needed('x'), needed('y'), needed('z')])
    const narrow = tableOf('narrow', [needed('x'), needed('y')])
    const shared = [referenceOf(['t', 1, 2], ['narrow', 1, 2]), referenceOf(['t', 1, 2, 3], ['wide', 1, 2, 3])]
    // The one with more columns comes first.
    const { sql, needs } = rowsOf({ columns, references: shared, others: [[wide, 5], [narrow, 5]] }) // prettier-ignore
    expect(needs).toEqual(['wide'])
    expect(Object.values(sql)).toEqual([1, 2, 3].map((column) => `wide.${column} of (${freeIndex(5, key('t_to_wide'))('n')} + 1)`)) // prettier-ignore
    const open = [...shared, referenceOf(['t', 4, 1, 2], ['wide', 3, 1, 2])]
    expect(rowsOf({ columns: [...columns, needed('d')], references: open, others: [[wide, 5]] }).sql['d']).toContain(
      `WHERE t."x" = ${sql['a']} AND t."y" = ${sql['b']} ORDER BY`,
    )
  })
})

describe('a table that refers to itself', () => {
  const self = (columns: readonly number[], targets: readonly number[]) =>
    referenceOf(['t', columns[0]!, ...columns.slice(1)], ['t', targets[0]!, ...targets.slice(1)])

  it('is a tree of four, whose first rows are roots', () => {
    const { sql, needs, notes } = rowsOf({ columns: [needed('id'), open('parent')], references: [self([2], [1])] })
    expect(sql['parent']).toBe('CASE WHEN (n) >= 4 THEN t.1 of greatest((n) / 4, 1) END')
    expect([needs, notes]).toEqual([['t'], []])
  })

  it('has a root that is its own parent where none may be NULL', () => {
    const { sql } = rowsOf({ columns: [needed('id'), needed('parent')], references: [self([2], [1])] })
    expect(sql['parent']).toBe('t.1 of greatest((n) / 4, 1)')
  })

  it('has both columns of a parent, or none', () => {
    const columns = [needed('id'), needed('nr'), open('parent'), needed('parent_nr')]
    const { sql } = rowsOf({ columns, references: [self([3, 4], [1, 2])] })
    expect(sql['parent']).toBe('CASE WHEN (n) >= 4 THEN t.1 of greatest((n) / 4, 1) END')
    expect(sql['parent_nr']).toBe('CASE WHEN (n) >= 4 THEN t.2 of greatest((n) / 4, 1) END')
  })

  const tenants = tableOf('tenants', [needed('id')])
  const toTenants = referenceOf(['t', 1], ['tenants', 1])

  it('has no parent where part of it is another reference', () => {
    const columns = [needed('tenant'), needed('nr'), open('manager')]
    // That of its own comes last, wherever it is written.
    const references = [self([1, 3], [1, 2]), toTenants]
    const { sql, needs } = rowsOf({ columns, references, others: [[tenants, 3]] })
    expect(sql['manager']).toBe('NULL')
    expect(sql['tenant']).toContain('tenants.1 of')
    expect(needs).toEqual(['tenants', 't'])
  })

  it('refers to the same row where part of it is another reference and none may be NULL', () => {
    const columns = [needed('tenant'), needed('nr'), needed('manager')]
    const { sql } = rowsOf({ columns, references: [toTenants, self([1, 3], [1, 2])], others: [[tenants, 3]] })
    expect(sql['manager']).toBe('t.2 of n')
  })
})

describe('what lies behind another column', () => {
  const behind = (earlier: string, column: SeedColumn, name = column.name) => {
    const most = (many: number) => drawBelow(many, `${key(name)}after:`, 'n')
    return `coalesce((((${earlier})::${column.base} + (1 + ${most(43200)}) * interval '1 minute'))::${column.type}, ${free(column)})`
  }
  const created = needed('created_at', 'timestamp')
  const updated = needed('updated_at', 'timestamp')

  it('follows by name', () => {
    expect(rowsOf({ columns: [updated, created] }).sql).toEqual({
      created_at: free(created),
      updated_at: behind(free(created), updated),
    })
  })

  it('follows by a CHECK, whatever its name and type of number', () => {
    const low = needed('low')
    const high = columnOf('high', 'int4', { notNull: true, limits: { after: 'low' } })
    const { sql } = rowsOf({ columns: [low, high] })
    expect(sql['high']).toBe(
      `coalesce((((${free(low)}) + 1 + ${drawBelow(10, `${key('high')}after:`, 'n')}))::int4, ${free(high)})`,
    )
  })

  it('is NULL in some of the rows where it may be', () => {
    const deleted = open('deleted_at', 'timestamp')
    const { sql } = rowsOf({ columns: [created, deleted] })
    expect(sql['deleted_at']).toBe(some('deleted_at', behind(free(created), deleted), 7))
  })

  it('follows a chain, each behind the one before', () => {
    const [a, b, c] = [
      needed('a', 'timestamp'),
      columnOf('b', 'timestamp', { notNull: true, limits: { after: 'a' } }),
      columnOf('c', 'timestamp', { notNull: true, limits: { after: 'b' } }),
    ]
    // Whichever comes first in the table.
    for (const columns of [
      [a, b, c],
      [c, b, a],
    ])
      // prettier-ignore
      expect(rowsOf({ columns: columns }).sql).toEqual({
        a: free(a),
        b: behind(free(a), b),
        c: behind(behind(free(a), b), c),
      })
  })

  it('ends where a chain of three comes back', () => {
    const after = (name: string, earlier: string) =>
      columnOf(name, 'timestamp', { notNull: true, limits: { after: earlier } })
    const columns = [after('a', 'c'), after('b', 'a'), after('c', 'b')]
    const { sql } = rowsOf({ columns })
    expect(sql['a']).toBe(behind(free(columns[2]!), columns[0]!))
    expect(sql['b']).toBe(behind(free(columns[0]!), columns[1]!))
    expect(sql['c']).toBe(behind(free(columns[1]!), columns[2]!))
  })

  it('ends where a chain goes round before it', () => {
    const after = (name: string, earlier: string) =>
      columnOf(name, 'timestamp', { notNull: true, limits: { after: earlier } })
    const columns = [after('a', 'b'), after('b', 'c'), after('c', 'd'), after('d', 'b')]
    expect(rowsOf({ columns }).sql['a']).toContain(free(columns[1]!))
  })

  it.each<[string, Partial<Case>]>([
    ['has a place of its own', { keys: [keyOf('t', [2])] }],
    ['is an array', { columns: [created, columnOf('updated_at', 'timestamp', { notNull: true, array: true })] }],
    ['has another type', { columns: [created, needed('updated_at', 'timestamptz')] }],
    ['is of a type of which nothing is known', { columns: [needed('a', 'text'), columnOf('b', 'text', { limits: { after: 'a' } })] }], // prettier-ignore
    ['is a range of days', { columns: [needed('created_at', 'daterange'), needed('updated_at', 'daterange')] }],
    ['is no point in time', { columns: [needed('created_at'), needed('updated_at')] }],
    [
      'follows a column that is not there',
      { columns: [created, columnOf('at', 'timestamp', { limits: { after: 'x' } })] },
    ],
    ['follows one that is left to the server', { columns: [{ ...created, generated: true }, updated] }],
    ['is followed by that column', { columns: [columnOf('created_at', 'timestamp', { limits: { after: 'updated_at' } }), columnOf('updated_at', 'timestamp', { limits: { after: 'created_at' } })] }], // prettier-ignore
    ['is what the rules say', { rules: { updated_at: { kind: 'range', from: '2024-01-01', to: '2024-02-01' } } }],
    [
      'is part of a foreign key',
      { references: [referenceOf(['t', 2], ['other', 1])], others: [[tableOf('other', [created]), 5]] },
    ],
  ])('does not follow where it %s', (_, change) => {
    const { sql } = rowsOf({ columns: [created, updated], ...change })
    expect(Object.values(sql).join(' ')).not.toContain('coalesce')
  })

  it('follows a date by days', () => {
    const { sql } = rowsOf({ columns: [needed('start_date', 'date'), needed('end_date', 'date')] })
    expect(sql['end_date']).toContain(`::date + 1 + (${drawBelow(30, `${key('end_date')}after:`, 'n')})::integer`)
  })
})

it('says which unique key has no room', () => {
  const columns = [columnOf('mood', 'mood', { labels: ['sad', 'ok'] })]
  expect(rowsOf({ columns, keys: [keyOf('t', [1])] }).problems).toEqual([
    'public.t (mood) must be unique by t_key: 2 different values are possible, and 20 rows are asked for. Ask for fewer, or give these columns a generator.',
  ])
})
