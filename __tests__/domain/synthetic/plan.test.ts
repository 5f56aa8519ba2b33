import { describe, expect, it } from '@jest/globals'
import { freeIndex } from '../../../src/domain/synthetic/slots.js'
import { planSynthetic } from '../../../src/domain/synthetic/plan.js'
import type { Generator } from '../../../src/domain/synthetic/rules.js'
import type { SeedColumn, SeedReference, SeedSchema, SeedTable } from '../../../src/domain/synthetic/schema.js'
import { columnOf, keyOf, referenceOf, schemaOf, tableOf } from './schema-of.js'

const sequence = (table: string, increment = 1, start = 1) => ({ sql: `public.${table}_id_seq`, start, increment })
const id = (table: string, increment?: number, start?: number) =>
  columnOf('id', 'int4', { notNull: true, sequence: sequence(table, increment, start) })
const needed = (name: string) => columnOf(name, 'int4', { notNull: true })

type Asked = Readonly<Record<string, number | readonly [number, Readonly<Record<string, Generator>>]>>

function plan(tables: readonly SeedTable[], asked: Asked, change: Partial<SeedSchema> = {}) {
  const rules = Object.entries(asked).map(([name, entry]) => {
    const [rows, columns] = typeof entry === 'number' ? [entry, {}] : entry
    return [name, { rows, columns: new Map(Object.entries(columns)) }] as const
  })
  return planSynthetic(schemaOf(tables, change), { seed: 7, tables: new Map(rules) })
}

/** A table with a sequence and a column for each table that it must refer to. */
function linked(name: string, ...targets: string[]): { table: SeedTable; references: SeedReference[] } {
  return {
    table: tableOf(name, [id(name), ...targets.map((target) => needed(`${target}_id`))]),
    references: targets.map((target, at) => referenceOf([name, at + 2], [target, 1])),
  }
}

function steps(links: readonly ReturnType<typeof linked>[], asked: Asked) {
  const { inserts } = plan(
    links.map(({ table }) => table),
    asked,
    { references: links.flatMap(({ references }) => references) },
  )
  return inserts.map(({ tables }) => tables.map(({ name }) => name.replace('public.', '')))
}

it('writes one statement per table', () => {
  const orders = tableOf('Orders', [id('orders'), columnOf('whole', 'text', { generated: true }), needed('o"k')], {
    id: '42',
    schema: 'shop',
    sql: 'shop."Orders"',
  })
  const one: Generator = { kind: 'value', value: '1' }
  expect(plan([orders], { Orders: [3, { 'o"k': one }] })).toEqual({
    inserts: [
      {
        sql: `INSERT INTO shop."Orders" ("id", "o""k") OVERRIDING SYSTEM VALUE SELECT (1 + 1 * ((g.n - 1)))::int4, '1'::int4 FROM (SELECT generate_series(1::bigint, 3) AS n) AS g`,
        tables: [{ id: '42', sql: 'shop."Orders"', name: 'shop.Orders', rows: 3 }],
      },
    ],
    sequences: [`SELECT setval('public.orders_id_seq'::regclass, greatest(3, last_value)) FROM public.orders_id_seq`],
    notes: [],
    problems: [],
  })
})

it('fills a table of which nothing is to be said', () => {
  const insert = 'INSERT INTO public.t SELECT  FROM (SELECT generate_series(1::bigint, 2) AS n) AS g'
  expect(plan([tableOf('t', [])], { t: 2 }).inserts.map(({ sql }) => sql)).toEqual([insert])
  const generated = columnOf('a', 'text', { generated: true })
  expect(plan([tableOf('t', [generated])], { t: 2 }).inserts.map(({ sql }) => sql)).toEqual([insert])
})

it('draws by the seed', () => {
  const table = tableOf('t', [needed('a')])
  const withSeed = (seed: number) =>
    planSynthetic(schemaOf([table]), { seed, tables: new Map([['t', { rows: 5, columns: new Map() }]]) })
  expect(withSeed(7)).toEqual(withSeed(7))
  expect(withSeed(7)).not.toEqual(withSeed(8))
})

describe('order', () => {
  it.each<[string, [string, ...string[]][], Asked, string[][]]>([
    ['as written without references', [['a'], ['b']], { b: 1, a: 1 }, [['b'], ['a']]],
    ['targets first', [['a', 'b'], ['b', 'c'], ['c']], { a: 1, b: 1, c: 1 }, [['c'], ['b'], ['a']]],
    [
      'targets that were walked already',
      [['a', 'c'], ['b', 'c', 'a'], ['c']],
      { a: 1, b: 1, c: 1 },
      [['c'], ['a'], ['b']],
    ],
    [
      'a table that refers to itself',
      [
        ['a', 'a'],
        ['b', 'a'],
      ],
      { b: 1, a: 1 },
      [['a'], ['b']],
    ],
    [
      'two that need each other',
      [
        ['a', 'b'],
        ['b', 'a'],
      ],
      { a: 1, b: 1 },
      [['a', 'b']],
    ],
    [
      'three that need each other',
      [
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'a'],
      ],
      { a: 1, b: 1, c: 1 },
      [['a', 'b', 'c']],
    ],
    [
      'two circles, one behind the other',
      [
        ['a', 'b'],
        ['b', 'a', 'c'],
        ['c', 'd'],
        ['d', 'c'],
      ],
      { a: 1, b: 1, c: 1, d: 1 },
      [
        ['c', 'd'],
        ['a', 'b'],
      ],
    ],
    [
      'a circle that is left and entered again',
      [
        ['a', 'b'],
        ['b', 'c', 'd'],
        ['c', 'b'],
        ['d', 'a'],
      ],
      { a: 1, b: 1, c: 1, d: 1 },
      [['a', 'b', 'c', 'd']],
    ],
    [
      'a circle behind a table that stands on it',
      [
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'b'],
      ],
      { a: 1, b: 1, c: 1 },
      [['b', 'c'], ['a']],
    ],
    [
      // The walk meets `b` again from `c` when `b` is done: it belongs to no circle of `c`.
      'a table that two of a circle need',
      [['a', 'b', 'c'], ['b'], ['c', 'b', 'a']],
      { a: 1, b: 1, c: 1 },
      [['b'], ['a', 'c']],
    ],
    ['tables that are filled unasked', [['a', 'b'], ['b']], { a: 1 }, [['b'], ['a']]],
  ])('%s', (_, links, asked, order) => {
    expect(steps(links.map(([name, ...targets]) => linked(name, ...targets)), asked)).toEqual(order) // prettier-ignore
  })

  it('fills those that need each other by one statement', () => {
    const links = [linked('a', 'b'), linked('b', 'c'), linked('c', 'a')]
    const { inserts } = plan(
      links.map(({ table }) => table),
      { a: 2, b: 2, c: 2 },
      { references: links.flatMap(({ references }) => references) },
    )
    const place = (from: string, to: string) => freeIndex(2, `7:public.${from}:${from}_to_${to}:`)('g.n')
    const insert = (name: string, target: string) =>
      `INSERT INTO public.${name} ("id", "${target}_id") OVERRIDING SYSTEM VALUE SELECT (1 + 1 * ((g.n - 1)))::int4, (1 + 1 * (((${place(name, target)} + 1) - 1)))::int4 FROM (SELECT generate_series(1::bigint, 2) AS n) AS g`
    expect(inserts.map(({ sql }) => sql)).toEqual([
      `WITH part0 AS (${insert('a', 'b')}), part1 AS (${insert('b', 'c')}) ${insert('c', 'a')}`,
    ])
  })
})

describe('sequences', () => {
  const ends = (tables: readonly SeedTable[], asked: Asked) =>
    plan(tables, asked).sequences.map((sql) => /setval\('(.*?)'::regclass, (.*)\) FROM/.exec(sql)?.slice(1).join(' '))
  const counting = (name: string, increment: number, start: number, shared = name) =>
    tableOf(name, [id(shared, increment, start)])

  it('go on behind the last number that was given out', () => {
    expect(ends([counting('a', 10, 100)], { a: 5 })).toEqual(['public.a_id_seq greatest(140, last_value)'])
    expect(ends([counting('a', -10, 100)], { a: 5 })).toEqual(['public.a_id_seq least(60, last_value)'])
  })

  it('go on behind the furthest of the tables that share one', () => {
    const up = [counting('a', 1, 1, 's'), counting('b', 1, 1, 's'), counting('c', 1, 1, 's')]
    expect(ends(up, { a: 5, b: 9, c: 2 })).toEqual(['public.s_id_seq greatest(9, last_value)'])
    const down = [counting('a', -1, -1, 's'), counting('b', -1, -1, 's'), counting('c', -1, -1, 's')]
    expect(ends(down, { a: 5, b: 9, c: 2 })).toEqual(['public.s_id_seq least(-9, last_value)'])
  })

  it('stay where no number of theirs was given out', () => {
    expect(ends([tableOf('a', [needed('id')])], { a: 5 })).toEqual([])
    expect(ends([tableOf('a', [id('a')])], { a: [5, { id: { kind: 'sql', expression: 'n' } }] })).toEqual([])
    expect(ends([tableOf('a', [{ ...id('a'), generated: true }])], { a: 5 })).toEqual([])
  })

  it('have their names quoted once more', () => {
    const column = columnOf('id', 'int4', { sequence: { sql: `public."it's"`, start: 1, increment: 1 } })
    expect(plan([tableOf('a', [column])], { a: 2 }).sequences).toEqual([
      `SELECT setval('public."it''s"'::regclass, greatest(2, last_value)) FROM public."it's"`,
    ])
  })
})

describe('refuses', () => {
  const problems = (tables: readonly SeedTable[], references: readonly SeedReference[], asked: Asked) =>
    plan(tables, asked, { references }).problems

  it('a foreign key to what the server chooses', () => {
    const shape: SeedColumn = columnOf('area', 'polygon', { notNull: true, fallback: 'expression' })
    expect(
      problems([tableOf('a', [needed('area')]), tableOf('b', [shape])], [referenceOf(['a', 1], ['b', 1])], { a: 5, b: 5 }), // prettier-ignore
    ).toEqual(['A foreign key needs public.b.area, whose values the server chooses; give this column a generator.'])
  })

  it('a foreign key to a column that is not there', () => {
    expect(
      problems([tableOf('a', [needed('x')]), tableOf('b', [needed('y')])], [referenceOf(['a', 1], ['b', 9])], { a: 5, b: 5 }), // prettier-ignore
    ).toEqual(['A foreign key needs public.b.9, whose values the server chooses; give this column a generator.'])
  })

  it('columns that refer to each other in a circle, once', () => {
    const references = [referenceOf(['a', 1], ['b', 1]), referenceOf(['b', 1], ['a', 1])]
    const tables = [tableOf('a', [needed('x')]), tableOf('b', [needed('y')])]
    expect(problems(tables, references, { a: 5, b: 5 })).toEqual([
      'A foreign key needs public.b.y, which refers to itself; give this column a generator.',
      'A foreign key needs public.a.x, which refers to itself; give this column a generator.',
    ])
  })

  it('not a target that two columns of a row use', () => {
    const references = [referenceOf(['a', 1], ['b', 1]), { ...referenceOf(['a', 2], ['b', 1]), name: 'again' }]
    expect(problems([tableOf('a', [needed('x'), needed('y')]), tableOf('b', [needed('z')])], references, { a: 5, b: 5 })).toEqual([]) // prettier-ignore
  })

  it('what counts and rows refuse, together', () => {
    const area = columnOf('area', 'polygon', { notNull: true })
    expect(plan([tableOf('a', [area])], { a: 5, b: 5 }).problems).toEqual([
      'There is no table "b" (did you mean "a"?); a partition is filled through its parent.',
      'public.a.area has the type polygon, for which no values are known; write { sql: … } for this column.',
    ])
  })
})

it('tells what was filled unasked and what stays empty', () => {
  const links = linked('orders', 'customers')
  const orders = tableOf('orders', [...links.table.columns, columnOf('agent', 'int4')])
  const { notes } = plan([orders, tableOf('customers', [id('customers')]), tableOf('agents', [id('agents')])], { orders: 5 }, {
    references: [...links.references, referenceOf(['orders', 3], ['agents', 1])],
    keys: [keyOf('orders', [2])],
  }) // prettier-ignore
  expect(notes).toEqual([
    'public.customers is not named and gets 5 rows, the least that public.orders needs (orders_to_customers).',
    'public.orders (agent) stays empty: public.agents has no rows and is not named.',
  ])
})
