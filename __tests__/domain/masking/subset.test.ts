import { describe, expect, it } from '@jest/globals'
import type { SampleRule } from '../../../src/domain/masking/rules.js'
import type { ForeignKey, Schema, Table } from '../../../src/domain/masking/schema.js'
import { planSubset } from '../../../src/domain/masking/subset.js'
import { columnOf, schemaOf, tableOf } from './schema-of.js'

/** A table with a primary key `id` and a column per table that it refers to. */
const table = (name: string, refers: readonly string[] = [], change: Partial<Table> = {}) =>
  tableOf(
    name,
    ['id', ...refers].map((column) => columnOf(column, { base: 'int4', type: 'int4' })),
    { rows: 1000, ...change },
  )

const part = (name: string, parent: string, change: Partial<Table> = {}) =>
  table(name, [], { parents: [parent], ...change })

/** Each column named like a table refers to it. */
function schemaWith(tables: readonly Table[], more: readonly ForeignKey[] = []): Schema {
  const names = new Set(tables.map(({ id }) => id))
  const foreignKeys = tables.flatMap((from) =>
    from.columns
      .filter(({ name }) => names.has(name))
      .map(({ number, name }) => reference({ table: from.id, columns: [number], target: name })),
  )
  const uniques = tables
    .filter(({ id }) => !id.startsWith('keyless'))
    .map(({ id }) => ({ name: `${id}_pkey`, primary: true, table: id, columns: [1], lowered: [] }))
  return schemaOf(tables, { foreignKeys: [...foreignKeys, ...more], uniques })
}

const reference = (change: Partial<ForeignKey> & Pick<ForeignKey, 'table' | 'target'>): ForeignKey => ({
  id: `${change.table}-${change.target}`,
  name: `${change.table}_${change.target}_fkey`,
  columns: [1],
  targetColumns: [1],
  operators: ['='],
  definition: '',
  comment: null,
  ...change,
})

function sampled(schema: Schema, shares: Readonly<Record<string, number>> | number, emptied: readonly Table[] = []) {
  const rule = (table: string | undefined, share: number): SampleRule => ({
    table,
    share,
    place: `sample.${table ?? ''}`,
  })
  const sample =
    typeof shares === 'number'
      ? [rule(undefined, shares)]
      : Object.entries(shares).map(([name, share]) => rule(name, share))
  return planSubset(schema, { sample, emptied })
}

/** Which tables lose rows, in their order, and by what: a share, rows that are gone, rows that nobody needs. */
function told(...given: Parameters<typeof sampled>): string[] {
  const { reduced, refusals } = sampled(...given)
  expect(refusals).toEqual([])
  return reduced.map(({ table: { name }, drop }) => `${name}: ${drop.map(reasonIn).join(' and ')}`)
}

function reasonIn(sql: string): string {
  const tables = [...sql.matchAll(/FROM public\.(\w+)/g)].map(([, name]) => name)
  const chain = sql.includes('RECURSIVE') ? 'chain ' : ''
  if (!sql.includes('EXISTS')) return 'share'
  return `${chain}${sql.startsWith('NOT ') ? 'unneeded by' : 'gone in'} ${[...new Set(tables)].join(' ')}`
}

describe('a sample', () => {
  it.each<[string, Parameters<typeof sampled>, readonly string[]]>([
    ['keeps a share of the table that it names', [schemaWith([table('a'), table('b')]), { a: 0.5 }], ['a: share']],
    ['takes what refers to it along', [schemaWith([table('a'), table('b', ['a']), table('c', ['b'])]), { a: 0.5 }], ['c: gone in b a', 'b: gone in a', 'a: share']],
    ['leaves of what its rows refer to only what they need', [schemaWith([table('a', ['z']), table('z'), table('y')]), { a: 0.5 }], ['z: unneeded by a', 'a: share']],
    ['goes on by turns', [schemaWith([table('a', ['z']), table('z'), table('d', ['z']), table('e'), table('f', ['d', 'e'])]), { a: 0.5 }], ['e: unneeded by f d z a', 'f: gone in d z a', 'd: gone in z a', 'z: unneeded by a', 'a: share']],
    ['asks each of several that need a row', [schemaWith([table('a', ['z']), table('b', ['a', 'z']), table('z')]), { a: 0.5 }], ['z: unneeded by z a b', 'b: gone in a', 'a: share']],
    ['follows a table that refers to itself', [schemaWith([table('a', ['a']), table('b', ['b', 'a'])]), { a: 0.5 }], ['b: chain gone in b a', 'a: chain unneeded by a']],
    ['follows one that is referred to and refers to itself', [schemaWith([table('a', ['z']), table('z', ['z'])]), { a: 0.5 }], ['z: chain unneeded by z a', 'a: share']],
    ['of a whole table leaves it as it is', [schemaWith([table('a'), table('b', ['a'])]), { a: 1 }], []],
    ['of two tables keeps a share of both', [schemaWith([table('a'), table('b', ['a']), table('c')]), { a: 0.5, b: 0.2 }], ['b: share and gone in a', 'a: share']],
  ])('%s', (_what, given, reasons) => {
    expect(told(...given)).toEqual(reasons)
  }) // prettier-ignore

  it('leaves out what is left out', () => {
    const [a, b, c] = [table('a'), table('b', ['a']), table('c', ['b'])]
    expect(told(schemaWith([a, b, c]), { a: 0.5 }, [b])).toEqual(['a: share'])
  })

  it('tells nothing where none is asked for', () => {
    expect(planSubset(schemaWith([table('a')]), { sample: [], emptied: [] })).toEqual({ reduced: [], refusals: [] })
  })

  it('has partitions and children obey the conditions of their table', () => {
    const [t, t1, t11] = [table('t', [], { kind: 'partitioned', rows: 0 }), part('t1', 't'), part('t11', 't1')]
    // A child may be listed before its table.
    const { reduced } = sampled(schemaWith([t11, t1, t, table('u', ['t'])]), { t: 0.5 })
    expect(reduced.map(({ tables }) => tables.map(({ name }) => name))).toEqual([['u'], ['t', 't11', 't1']])
  })

  it('keeps what no condition drops', () => {
    const { reduced } = sampled(schemaWith([table('a'), table('b', ['a']), table('c')]), { a: 0.5, b: 0.2 })
    for (const { keep, drop } of reduced) expect(keep.split(' AND ').length).toBeGreaterThanOrEqual(drop.length)
    expect(reduced[1]?.keep).toMatch(/^substr\(.*\) < '\\x800000000000'::bytea$/)
  })
})

describe('a share alone', () => {
  it.each<[string, Schema, number, readonly string[]]>([
    ['begins where most tables hang', schemaWith([table('z'), table('a'), table('b', ['a']), table('c', ['b']), table('y', ['z'])]), 0.1, ['a', 'z']],
    ['begins with the first of equals by name', schemaWith([table('z'), table('a'), table('y', ['z', 'a'])]), 0.1, ['a']],
    ['passes over one that shares a table below it', schemaWith([table('a'), table('b', ['a']), table('z'), table('c', ['z', 'b'])]), 0.1, ['a']],
    ['counts the rows of partitions', schemaWith([table('t', [], { rows: 0 }), part('t1', 't'), table('u', ['t'])]), 0.1, ['t']],
    ['passes over lists of words', schemaWith([table('a', [], { rows: 99 }), table('b', ['a']), table('c'), table('d', ['c'])]), 0.1, ['c']],
    ['takes a table of which ten rows stay', schemaWith([table('a', [], { rows: 100 }), table('b', ['a'], { rows: 100 })]), 0.1, ['a']],
    ['passes over one of whose small tables nothing would be left', schemaWith([table('a'), table('b', ['a'], { rows: 99 }), table('c'), table('d', ['c'])]), 0.1, ['c']],
    ['takes one that refers to itself for none that refers', schemaWith([table('a', ['a']), table('b', ['a'])]), 0.1, ['a']],
  ])('%s', (_what, schema, share, roots) => {
    const { reduced, refusals } = sampled(schema, share)
    expect(refusals).toEqual([])
    const begun = reduced.filter(({ drop }) => drop.some((sql) => /^substr\(|^NOT EXISTS \(SELECT FROM \(WITH RECURSIVE/.test(sql)))
    expect(begun.map(({ table: { name } }) => name).toSorted()).toEqual(roots)
  }) // prettier-ignore
})

const left = table('left')
const withKey = schemaWith([table('a'), table('keyless')])
const plainUnique = { name: 'keyless_key', primary: false, table: 'keyless', columns: [1], lowered: [] }
const keyless = { ...withKey, uniques: [...withKey.uniques, plainUnique] }
const far = { kind: 'foreign' } as const
it.each<[string, Parameters<typeof sampled>, readonly string[]]>([
  ['a table that is not there', [schemaWith([table('a')]), { a: 0.5, b: 0.1 }], ['sample.b: there is no table "b".']],
  ['a part of a table', [schemaWith([table('t'), part('t1', 't')]), { t1: 0.5 }], ['sample.t1: public.t1 is a part of public.t; name that one.']],
  ['a table on another server', [schemaWith([table('t', [], far)]), { t: 0.5 }], ['sample.t: public.t is left out or lies on another server, so "sample" has nothing to choose from.']],
  ['a table that is left out', [schemaWith([left]), { left: 0.5 }, [left]], ['sample.left: public.left is left out or lies on another server, so "sample" has nothing to choose from.']],
  ['a table without a primary key', [keyless, { keyless: 0.5 }], ['sample.keyless: public.keyless has no primary key, by which "sample" chooses the same rows each time; name another table.']],
  ['a table twice', [schemaWith([table('a')]), { a: 0.5, 'public.a': 0.2 }], ['"sample" names public.a twice.']],
  ['a share of tables that nothing ties together', [schemaWith([table('a'), table('b')]), 0.5], ['sample.: "sample" finds no table to begin with; name tables.']],
  ['a share of tables that are all small', [schemaWith([table('a', [], { rows: 5 }), table('b', ['a'])]), 0.5], ['sample.: "sample" finds no table to begin with; name tables.']],
  ['rows of another server', [schemaWith([table('a'), part('a1', 'a', far)]), { a: 0.5 }], ['public.a1 lies on another server and below public.a, of which "sample" would keep a part. Detach it in the parent.']],
  ['a key of one partition', [schemaWith([table('p'), table('a'), part('a1', 'a')], [reference({ table: 'a1', target: 'p', name: 'one' })]), { p: 0.5 }], ['"sample" cannot follow the foreign key one, which a partition or child of public.a has for itself.']],
  ['a key to one partition', [schemaWith([table('p'), part('p1', 'p'), table('a')], [reference({ table: 'a', target: 'p1', name: 'one' })]), { p: 0.5 }], ['"sample" cannot follow the foreign key one, which a partition or child of public.a has for itself.']],
  ['tables in a circle', [schemaWith([table('c', ['a']), table('a', ['b']), table('b', ['c']), table('d', ['a'])]), { d: 0.5 }], ['"sample" cannot choose rows of public.a, public.b, public.c, which refer to each other in a circle; sample other tables.']],
])('refuses %s', (_what, given, sentences) => {
  expect(sampled(...given)).toEqual({ reduced: [], refusals: sentences })
}) // prettier-ignore

it('takes no notice of circles and odd keys that the sample does not reach', () => {
  const odd = reference({ table: 'x1', target: 'y', name: 'one' })
  const schema = schemaWith(
    [table('a'), table('x'), table('y', ['z']), table('z', ['y']), part('x1', 'x'), part('z1', 'z', far)],
    [odd],
  )
  expect(told(schema, { a: 0.5 })).toEqual(['a: share'])
})

it('gives up where the ways between tables are too many', () => {
  const names = Array.from({ length: 14 }, (_, at) => `t${String(at).padStart(2, '0')}`)
  const schema = schemaWith(names.map((name, at) => table(name, names.slice(0, at))))
  const { refusals } = sampled(schema, { t00: 0.5 })
  expect(refusals[0]).toMatch(
    /^"sample" cannot follow the many ways by which public\.t\d\d is tied; sample other tables\.$/,
  )
})
