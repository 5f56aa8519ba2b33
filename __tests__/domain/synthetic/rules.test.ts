import { expect, it } from '@jest/globals'
import { parseSynthetic } from '../../../src/domain/synthetic/rules.js'
import { wordKinds } from '../../../src/domain/synthetic/words.js'

const parse = (data: unknown) => parseSynthetic(data, (path) => `at ${path.join('/')}`)

const oneColumn = (rule: unknown) => parse({ tables: { t: { rows: 1, columns: { c: rule } } } })

it('reads counts, columns and the seed', () => {
  const { rules, problems } = parse({
    seed: 7,
    tables: { a: 5, 'shop.b': { rows: 10_000_000 }, c: { rows: 0, columns: { x: 'email', y: { value: 1 } } } },
  })
  expect(problems).toEqual([])
  expect(rules.seed).toBe(7)
  expect([...rules.tables]).toEqual([
    ['a', { rows: 5, columns: new Map() }],
    ['shop.b', { rows: 10_000_000, columns: new Map() }],
    [
      'c',
      {
        rows: 0,
        columns: new Map([
          ['x', { kind: 'words', words: 'email' }],
          ['y', { kind: 'value', value: '1' }],
        ]),
      },
    ],
  ])
})

it('takes the seed 1 where none is given, and any up to the highest', () => {
  expect(parse({ tables: { a: 1 } }).rules.seed).toBe(1)
  expect(parse({ seed: 0, tables: { a: 1 } })).toMatchObject({ rules: { seed: 0 }, problems: [] })
  expect(parse({ seed: 2147483647, tables: { a: 1 } })).toMatchObject({ rules: { seed: 2147483647 }, problems: [] })
})

it.each([
  ['word', { kind: 'words', words: 'word' }],
  [{ one_of: ['a', 1, false] }, { kind: 'one_of', values: ['a', '1', 'false'] }],
  [{ one_of: [new Date('2024-01-01')] }, { kind: 'one_of', values: ['2024-01-01T00:00:00.000Z'] }],
  [
    { to: 5, from: 1.5 },
    { kind: 'range', from: '1.5', to: '5' },
  ],
  [
    { from: new Date('2024-01-01'), to: '2024-02-01' },
    { kind: 'range', from: '2024-01-01T00:00:00.000Z', to: '2024-02-01' },
  ],
  [{ value: 'x' }, { kind: 'value', value: 'x' }],
  [{ value: '' }, { kind: 'value', value: '' }],
  [{ value: null }, { kind: 'value', value: null }],
  [{ sql: 'n + 1' }, { kind: 'sql', expression: 'n + 1' }],
])('reads the generator %j', (rule, generator) => {
  const { rules, problems } = oneColumn(rule)
  expect(problems).toEqual([])
  expect(rules.tables.get('t')?.columns.get('c')).toEqual(generator)
})

const anyForm =
  'at synthetic/tables/t/columns/c: "synthetic.tables.t.columns.c" must be a kind of words, or a map with "one_of", with "from" and "to", with "value", or with "sql".'

it.each<[unknown, string[]]>([
  [
    'words',
    [
      `at synthetic/tables/t/columns/c: "synthetic.tables.t.columns.c" must be a map or one of ${wordKinds.join(', ')}.`,
    ],
  ],
  [
    { one_of: [] },
    ['at synthetic/tables/t/columns/c/one_of: "synthetic.tables.t.columns.c.one_of" must be a list of texts, numbers or truth values.'], // prettier-ignore
  ],
  [
    { one_of: ['a', null] },
    ['at synthetic/tables/t/columns/c/one_of: "synthetic.tables.t.columns.c.one_of" must be a list of texts, numbers or truth values.'], // prettier-ignore
  ],
  [
    { one_of: 'a' },
    [
      'at synthetic/tables/t/columns/c/one_of: "synthetic.tables.t.columns.c.one_of" must be a list.',
      'at synthetic/tables/t/columns/c/one_of: "synthetic.tables.t.columns.c.one_of" must be a list of texts, numbers or truth values.',
    ],
  ],
  [{ from: 1 }, [anyForm]],
  [{ from: 1, to: null }, [anyForm]],
  [{ from: [], to: 1 }, [anyForm]],
  [{ from: 1, to: 2, value: 3 }, [anyForm]],
  [{ value: [] }, [anyForm]],
  [{ value: undefined }, [anyForm]],
  [{ sql: 5 }, [anyForm]],
  [{ sql: 'n', value: 1 }, [anyForm]],
  [{}, [anyForm]],
  [null, [anyForm]],
  [
    { values: 1 },
    [
      'at synthetic/tables/t/columns/c/values: "synthetic.tables.t.columns.c.values" is not known here; write one of one_of, from, to, value, sql (did you mean "value"?).',
      anyForm,
    ],
  ],
])('refuses the generator %j', (rule, sentences) => {
  const { rules, problems } = oneColumn(rule)
  expect(problems).toEqual(sentences)
  expect(rules.tables.get('t')?.columns).toEqual(new Map())
})

const rows = (place: string, to = 10_000_000) =>
  `at ${place}: "${place.replaceAll('/', '.')}" must be a whole number from 0 to ${to}.`

it.each<[unknown, string[]]>([
  [{}, ['at synthetic/tables: "synthetic.tables" must name at least one table.']],
  [null, ['at synthetic/tables: "synthetic.tables" must name at least one table.']],
  [
    { tables: 'all' },
    [
      'at synthetic/tables: "synthetic.tables" must be a map of names to values.',
      'at synthetic/tables: "synthetic.tables" must name at least one table.',
    ],
  ],
  [{ tables: {} }, ['at synthetic/tables: "synthetic.tables" must name at least one table.']],
  [
    { tables: { a: 1 }, rows: 1 },
    ['at synthetic/rows: "synthetic.rows" is not known here; write one of seed, tables.'],
  ],
  [{ seed: -1, tables: { a: 1 } }, [rows('synthetic/seed', 2147483647)]],
  [{ seed: 2147483648, tables: { a: 1 } }, [rows('synthetic/seed', 2147483647)]],
  [{ seed: '7', tables: { a: 1 } }, [rows('synthetic/seed', 2147483647)]],
  [{ tables: { a: 1.5 } }, [rows('synthetic/tables/a')]],
  [{ tables: { a: -1 } }, [rows('synthetic/tables/a')]],
  [{ tables: { a: 10_000_001 } }, [rows('synthetic/tables/a')]],
  [{ tables: { a: null } }, [rows('synthetic/tables/a')]],
  [{ tables: { a: 'all' } }, [rows('synthetic/tables/a')]],
  [{ tables: { a: {} } }, [rows('synthetic/tables/a/rows')]],
  [{ tables: { a: { rows: 10_000_001 } } }, [rows('synthetic/tables/a/rows')]],
  [
    { tables: { a: { rows: 1, column: {} } } },
    [
      'at synthetic/tables/a/column: "synthetic.tables.a.column" is not known here; write one of rows, columns (did you mean "columns"?).',
    ],
  ],
  [
    { tables: { a: { rows: 1, columns: 'x' } } },
    ['at synthetic/tables/a/columns: "synthetic.tables.a.columns" must be a map of names to values.'],
  ],
])('refuses %j', (data, sentences) => {
  expect(parse(data).problems).toEqual(sentences)
})

it('counts what is refused as nothing', () => {
  expect(parse({ seed: -1, tables: { a: 'all' } }).rules).toEqual({
    seed: 0,
    tables: new Map([['a', { rows: 0, columns: new Map() }]]),
  })
})
