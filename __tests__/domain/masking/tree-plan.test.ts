import { describe, expect, it } from '@jest/globals'
import { maskExpression } from '../../../src/domain/masking/compile.js'
import type { MaskingPlan } from '../../../src/domain/masking/plan.js'
import type { Column, Dependent, ForeignKey, Schema, Table } from '../../../src/domain/masking/schema.js'
import { identifier, literal } from '../../../src/domain/masking/sql-text.js'
import { padsOfStatement } from '../../../src/domain/masking/transformer.js'
import { inPlaceOf, inPlaceRefusals } from './in-place-of.js'
import { columnOf, dependentOf, foreignOf, schemaOf, tableOf } from './schema-of.js'

const text = columnOf
const typed = (name: string, base: string, change: Partial<Column> = {}) =>
  columnOf(name, { base, type: base, ...change })
const int = (name: string, change: Partial<Column> = {}) => typed(name, 'int4', change)
const inherited = { inherited: true } as const
const below = (parent: string): Partial<Table> => ({ parents: [parent] })
const keep = (table: string, ...columns: readonly string[]) =>
  `tables: { ${table}: { ${columns.map((name) => `"${name}": { keep: a word of ours }`).join(', ')} } }`

/** What is written anew: each statement, in the order in which they run. */
const alters = (schema: Schema, yaml: string) => inPlaceOf(schema, yaml).inPlace.trees.flatMap((tree) => tree.alters)

/** The masked value of a column inside ALTER, which takes no subquery. */
function masked({ targets }: MaskingPlan, name: string): string {
  const found = targets.find(({ target }) => target.column.name === name)
  if (!found) throw new Error(`Nothing masks ${name}.`)
  return maskExpression(found.target, identifier, padsOfStatement)
}

describe('a masked column', () => {
  it.each<[string, Partial<Column>, string]>([
    ['is written anew in its own type', { type: 'character varying(80)', base: 'varchar' }, 'ALTER COLUMN "a" TYPE character varying(80) USING $'],
    ['keeps the collation that is not of its type', { collation: 'pg_catalog."C"' }, 'ALTER COLUMN "a" TYPE text COLLATE pg_catalog."C" USING $'],
    ['keeps how it is stored', { storage: 'EXTERNAL' }, 'ALTER COLUMN "a" TYPE text USING $, ALTER COLUMN "a" SET STORAGE EXTERNAL'],
    ['keeps how it is compressed', { compression: 'lz4' }, 'ALTER COLUMN "a" TYPE text USING $, ALTER COLUMN "a" SET COMPRESSION lz4'],
    ['keeps all of these', { collation: 'x."y"', storage: 'MAIN', compression: 'pglz' }, 'ALTER COLUMN "a" TYPE text COLLATE x."y" USING $, ALTER COLUMN "a" SET STORAGE MAIN, ALTER COLUMN "a" SET COMPRESSION pglz'],
  ])('%s', (_what, change, actions) => {
    const { plan, inPlace } = inPlaceOf(schemaOf([tableOf('t', [text('a', change)])]), 'columns: { a: hash }')
    const [root] = plan.targets.map(({ table }) => table)
    const statement = `ALTER TABLE public.t ${actions.replace('$', () => masked(plan, 'a'))}`
    expect(inPlace.trees).toStrictEqual([{ root, tables: [root], rows: 100, functions: [], alters: [statement] }])
  }) // prettier-ignore

  it('is changed in one statement with the others of its table, and tables apart from each other', () => {
    const schema = schemaOf([tableOf('t', [text('a'), text('say "b"'), int('n')]), tableOf('u', [text('c')])])
    const { plan, inPlace } = inPlaceOf(schema, 'columns: { "*": hash }')
    const change = (name: string) => `ALTER COLUMN ${identifier(name)} TYPE text USING ${masked(plan, name)}`
    expect(inPlace.trees.map((tree) => tree.alters)).toStrictEqual([
      [`ALTER TABLE public.t ${change('a')}, ${change('say "b"')}`],
      [`ALTER TABLE public.u ${change('c')}`],
    ])
  })

  it('of an array goes through a function of the session, whose body takes its place by number', () => {
    const list = text('it\'s "many"', { type: 'text[]', array: true })
    const { plan, inPlace } = inPlaceOf(schemaOf([tableOf('t', [int('n'), list], { id: '77' })]), 'columns: { "it*": hash }')
    const body = `SELECT ${maskExpression(plan.targets[0]!.target, () => '$1')}`
    const [tree] = inPlace.trees
    expect(tree?.functions).toStrictEqual([
      `CREATE FUNCTION pg_temp.mask_77_2(text[]) RETURNS text[] LANGUAGE sql STABLE AS ${literal(body)}`,
    ])
    expect(tree?.alters).toStrictEqual([
      `ALTER TABLE public.t ALTER COLUMN "it's ""many""" TYPE text[] USING pg_temp.mask_77_2("it's ""many""")`,
    ])
    expect(body).toContain('unnest($1)')
  }) // prettier-ignore

  it('gives such a function the other columns that it reads, with their types', () => {
    const schema = schemaOf([tableOf('t', [typed('doc', 'jsonb'), typed('b', 'varchar', { type: 'character varying(9)' }), int('n')])])
    const yaml = `tables: { t: { b: { keep: a number of an article },
      doc: { mask: json, paths: { "x[*].y": { mask: template, text: "{b}-{n}" } } } } }`
    const { plan, inPlace } = inPlaceOf(schema, yaml)
    const places: Readonly<Record<string, string>> = { doc: '$1', b: '$2', n: '$3' }
    const body = `SELECT ${maskExpression(plan.targets[0]!.target, (name) => places[name] ?? '')}`
    const [tree] = inPlace.trees
    expect(tree?.functions).toStrictEqual([
      `CREATE FUNCTION pg_temp.mask_t_1(jsonb, character varying(9), int4) RETURNS jsonb LANGUAGE sql STABLE AS ${literal(body)}`,
    ])
    expect(tree?.alters).toStrictEqual([
      'ALTER TABLE public.t ALTER COLUMN "doc" TYPE jsonb USING pg_temp.mask_t_1("doc", "b", "n")',
    ])
    expect(body).toMatch(/\$2.*\$3/s)
  }) // prettier-ignore
})

describe('a column computed from a masked one', () => {
  const low = text('low', { generated: 's', expression: 'lower(a)', reads: [1] })
  it.each<[string, Partial<Column>, string]>([
    ['comes back as it was', {}, 'text GENERATED ALWAYS AS (lower(a)) STORED'],
    ['comes back without being stored', { generated: 'v' }, 'text GENERATED ALWAYS AS (lower(a)) VIRTUAL'],
    ['comes back as NOT NULL', { notNull: true }, 'text GENERATED ALWAYS AS (lower(a)) STORED NOT NULL'],
    ['comes back with its collation', { collation: 'pg_catalog."C"' }, 'text COLLATE pg_catalog."C" GENERATED ALWAYS AS (lower(a)) STORED'],
  ])('%s', (_what, change, definition) => {
    const schema = schemaOf([tableOf('t', [text('a'), { ...low, ...change }])])
    const { plan, inPlace } = inPlaceOf(schema, 'columns: { a: hash }')
    const [tree] = inPlace.trees
    expect(tree?.alters).toStrictEqual([
      `ALTER TABLE public.t DROP COLUMN "low", ALTER COLUMN "a" TYPE text USING ${masked(plan, 'a')}, ADD COLUMN "low" ${definition}`,
    ])
    expect(inPlace.generated.map(({ table, column }) => `${table.name}.${column.name}`)).toStrictEqual(['t.low'])
  }) // prettier-ignore

  it('stays where it is if it reads nothing that is masked, be it of the same number in another table', () => {
    const other = tableOf('u', [int('n'), text('a'), { ...low, reads: [1] }])
    const { plan, inPlace } = inPlaceOf(schemaOf([tableOf('t', [text('b')]), other]), 'columns: { b: hash, a: email }')
    expect(inPlace.generated).toStrictEqual([])
    expect(inPlace.trees.flatMap((tree) => tree.alters)).toStrictEqual([
      `ALTER TABLE public.t ALTER COLUMN "b" TYPE text USING ${masked(plan, 'b')}`,
      `ALTER TABLE public.u ALTER COLUMN "a" TYPE text USING ${masked(plan, 'a')}`,
    ])
  })

  it('leaves and comes back with that of the table on top, where it is inherited', () => {
    const part = tableOf('t1', [text('a', inherited), { ...low, ...inherited }], below('t'))
    const { plan, inPlace } = inPlaceOf(schemaOf([tableOf('t', [text('a'), low]), part]), 'columns: { a: hash }')
    expect(inPlace.generated.map(({ table }) => table.name)).toStrictEqual(['t'])
    expect(inPlace.trees.flatMap((tree) => tree.alters)).toStrictEqual([
      `ALTER TABLE public.t DROP COLUMN "low", ALTER COLUMN "a" TYPE text USING ${masked(plan, 'a')}, ADD COLUMN "low" text GENERATED ALWAYS AS (lower(a)) STORED`,
    ])
  })

  it('forbids NULL in the parts that did so on their own', () => {
    const t1 = tableOf('t1', [text('a', inherited), { ...low, ...inherited, notNull: true }], below('t'))
    const t2 = tableOf('t2', [text('a', inherited), { ...low, ...inherited }], below('t'))
    const last = (own: Partial<Column>, ...parts: readonly Table[]) =>
      alters(schemaOf([tableOf('u', [text('b')]), tableOf('t', [text('a'), { ...low, ...own }]), ...parts]), 'columns: { "*": hash }').slice(2)
    expect(last({}, t1, t2)).toStrictEqual(['ALTER TABLE public.t1 ALTER COLUMN "low" SET NOT NULL'])
    expect(last({ notNull: true }, t1)).toStrictEqual([])
  }) // prettier-ignore

  it('leaves before the table on top changes, where a child computes it from what it inherits', () => {
    // The child has another number for the column.
    const child = tableOf('c', [int('n'), text('a', inherited), { ...low, reads: [2] }], below('t'))
    const other = tableOf('x', [text('b'), { ...low, reads: [1] }])
    const schema = schemaOf([tableOf('t', [text('a')]), child, other])
    const { plan, inPlace } = inPlaceOf(schema, 'columns: { a: hash, b: hash }')
    const add = 'ADD COLUMN "low" text GENERATED ALWAYS AS (lower(a)) STORED'
    expect(inPlace.trees.map((tree) => tree.alters)).toStrictEqual([
      [
        'ALTER TABLE public.c DROP COLUMN "low"',
        `ALTER TABLE public.t ALTER COLUMN "a" TYPE text USING ${masked(plan, 'a')}`,
        `ALTER TABLE public.c ${add}`,
      ],
      [`ALTER TABLE public.x DROP COLUMN "low", ALTER COLUMN "b" TYPE text USING ${masked(plan, 'b')}, ${add}`],
    ])
  })

  it("leaves with a child's own column, where it reads that one alone", () => {
    const child = tableOf('c', [text('a', inherited), text('b'), { ...low, reads: [2] }], below('t'))
    const { plan, inPlace } = inPlaceOf(schemaOf([tableOf('t', [text('a')]), child]), 'columns: { a: hash, b: hash }')
    expect(inPlace.trees.flatMap((tree) => tree.alters)).toStrictEqual([
      `ALTER TABLE public.t ALTER COLUMN "a" TYPE text USING ${masked(plan, 'a')}`,
      `ALTER TABLE public.c DROP COLUMN "low", ALTER COLUMN "b" TYPE text USING ${masked(plan, 'b')}, ADD COLUMN "low" text GENERATED ALWAYS AS (lower(a)) STORED`,
    ])
  })
})

const anew = (name: string, type = 'int4') =>
  `ALTER TABLE public.t ALTER COLUMN "${name}" TYPE ${type} USING coalesce("${name}", "${name}")`

describe('a table that keeps its values', () => {
  const full = { size: 8192 }
  it.each<[string, Schema, string, readonly string[]]>([
    ['is written anew for what dead rows may hold', schemaOf([tableOf('t', [text('a')], full)]), keep('t', 'a'), [anew('a', 'text')]],
    ['is written anew for one column that may tell of somebody', schemaOf([tableOf('t', [text('a'), int('n')], full)]), keep('t', 'a'), [anew('n')]],
    ['is written anew for what dropped columns hold', schemaOf([tableOf('t', [int('n')], { ...full, droppedColumns: 1 })]), '{}', [anew('n')]],
    ['stays as it is with numbers alone', schemaOf([tableOf('t', [int('n')], full)]), '{}', []],
    ['stays as it is with an empty file', schemaOf([tableOf('t', [text('a')], { droppedColumns: 1 })]), keep('t', 'a'), []],
    ['stays as it is where it is emptied', schemaOf([tableOf('t', [text('a')], { ...full, droppedColumns: 1 })]), 'leave_out: [t]', []],
    ['is written anew for what a partition holds', schemaOf([tableOf('t', [int('n')], { kind: 'partitioned' }), tableOf('t1', [int('n', inherited)], { ...below('t'), ...full, droppedColumns: 2 })]), '{}', [anew('n')]],
    ['is told what it would forget of the column', schemaOf([tableOf('t', [text('a', { collation: 'x."y"', storage: 'MAIN', compression: 'lz4' })], full)]), keep('t', 'a'), ['ALTER TABLE public.t ALTER COLUMN "a" TYPE text COLLATE x."y" USING coalesce("a", "a"), ALTER COLUMN "a" SET STORAGE MAIN, ALTER COLUMN "a" SET COMPRESSION lz4']],
    ['of another server is left alone', schemaOf([tableOf('t', [text('a')], { ...full, kind: 'foreign' })]), '{}', []],
    ['is written anew by a sample, whatever it holds', schemaOf([tableOf('t', [int('n')])], { uniques: [{ name: 'k', primary: true, table: 't', columns: [1], lowered: [] }] }), 'sample: { t: 50% }', [anew('n')]],
    ['stays as it is where a sample takes another one', schemaOf([tableOf('t', [int('n')]), tableOf('u', [int('n')])], { uniques: [{ name: 'k', primary: true, table: 'u', columns: [1], lowered: [] }] }), 'sample: { u: 50% }', [anew('n').replace('public.t', 'public.u')]],
  ])('%s', (_what, schema, yaml, statements) => {
    expect(alters(schema, yaml)).toStrictEqual(statements)
  }) // prettier-ignore

  it('is written anew beside the masked column of a child, which does not reach it', () => {
    const schema = schemaOf([
      tableOf('t', [text('a')], full),
      tableOf('c', [text('a', inherited), text('b')], { ...below('t'), ...full }),
    ])
    const { plan, inPlace } = inPlaceOf(schema, 'columns: { b: hash, a: { keep: a word of ours } }')
    expect(inPlace.trees.flatMap((tree) => tree.alters)).toStrictEqual([
      anew('a', 'text'),
      `ALTER TABLE public.c ALTER COLUMN "b" TYPE text USING ${masked(plan, 'b')}`,
    ])
  })

  it('is written anew once, by a masked column where it has one', () => {
    const schema = schemaOf([tableOf('t', [int('n'), text('a')], { ...full, droppedColumns: 1 })])
    expect(alters(schema, 'columns: { a: hash }')).toHaveLength(1)
    expect(alters(schema, 'columns: { a: hash }').join()).not.toContain('coalesce("n"')
  })
})

describe('the column by which a table is written anew', () => {
  const policy = (...uses: readonly string[]) => dependentOf('policy', 'p', 't', ...uses)
  const computed = { generated: 's', expression: 'a', reads: [1] } as const
  it.each<[string, readonly Column[], { dependents?: readonly Dependent[]; foreignKeys?: readonly ForeignKey[] }, string]>([
    ['is the first of equals', [int('a'), int('b')], {}, 'a'],
    ['is an int4 rather than a text', [text('a'), int('b')], {}, 'b'],
    ['is an int8 rather than a text', [text('a'), typed('b', 'int8')], {}, 'b'],
    ['is no other number rather than a text', [text('a'), typed('b', 'int2')], {}, 'a'],
    ['is the one on which fewest things stand', [int('a'), int('b'), text('c')], { dependents: [policy('t.1', 't.2'), policy('t.2')] }, 'c'],
    ['is the one on which fewer things stand', [int('a'), int('b')], { dependents: [policy('t.1', 't.2'), policy('t.1')] }, 'b'],
    ['minds nothing that stands on other tables', [int('a'), int('b')], { dependents: [policy('u.1', 't.0')] }, 'a'],
    ['is rather one on which something stands than one of a foreign key', [int('a'), int('b')], { foreignKeys: [foreignOf('t', 'u')], dependents: [policy('t.2')] }, 'b'],
    ['is rather one on which something stands than one that is referred to', [int('a'), int('b')], { foreignKeys: [foreignOf('u', 't')], dependents: [policy('t.2')] }, 'b'],
    ['is the one of fewer foreign keys', [int('a'), int('b')], { foreignKeys: [foreignOf('t', 'u', { targetColumns: [2] }), foreignOf('t', 'u', { columns: [1, 2], targetColumns: [1, 2] })] }, 'b'],
    ['minds no columns of that number in foreign keys of other tables', [int('a'), int('b')], { foreignKeys: [foreignOf('u', 'u'), foreignOf('u', 't', { targetColumns: [2] })] }, 'a'],
    ['is not computed', [int('a', { generated: 's' }), text('b')], {}, 'b'],
    ['is nothing that another is computed from', [int('a'), text('c', computed), text('b')], {}, 'b'],
  ])('%s', (_what, columns, change, name) => {
    const schema = schemaOf([tableOf('t', columns, { size: 1, droppedColumns: 1 }), tableOf('u', [int('x'), int('y')])], change)
    expect(alters(schema, 'types: { text: { keep: a word of ours } }').map((line) => /ALTER COLUMN "(.)"/.exec(line)?.[1])).toStrictEqual([name])
  }) // prettier-ignore

  it.each<[string, Partial<Table>, readonly Column[]]>([
    ['divides it', { partitionColumns: ['a'] }, []],
    ['divides a partition of it', {}, [int('a', inherited), int('b', inherited)]],
    ['a child computes something from', {}, [int('x'), int('a', inherited), int('y', { generated: 's', reads: [2] })]],
  ])('is none that %s', (what, change, columns) => {
    const divides = what.includes('partition') ? { partitionColumns: ['a'] } : {}
    const child = tableOf('t1', columns, { ...below('t'), ...divides, size: 1, droppedColumns: 1 })
    const schema = schemaOf([tableOf('t', [int('a'), int('b')], change), child])
    expect(alters(schema, '{}')).toStrictEqual([anew('b')])
  })
})

describe('a tree of tables', () => {
  const [t, t1, t2, t11] = [
    tableOf('t', [text('a')], { kind: 'partitioned', rows: 0 }),
    tableOf('t1', [text('a', inherited)], { ...below('t'), rows: 5 }),
    tableOf('t2', [text('a', inherited)], { ...below('t'), rows: 7 }),
    tableOf('t11', [text('a', inherited)], { parents: ['t1', 't2'], rows: 2 }),
  ]
  it('is changed by one session, each table of it named once', () => {
    const { inPlace } = inPlaceOf(schemaOf([t11, t, t1, t2]), 'columns: { a: hash }')
    expect(inPlace.trees.map(({ root, tables }) => [root, ...tables].map(({ name }) => name))).toStrictEqual([
      ['t', 't', 't1', 't11', 't2'],
    ])
    expect(inPlace.trees.map(({ rows, alters: { length } }) => ({ rows, length }))).toStrictEqual([
      { rows: 16, length: 1 },
    ])
  })

  it('that nothing changes is left alone', () => {
    const schema = schemaOf([tableOf('n', [int('n')]), t, t1])
    expect(inPlaceOf(schema, 'columns: { a: hash }').inPlace.trees.map(({ root }) => root.name)).toStrictEqual(['t'])
  })
})

const low = text('low', { generated: 's', expression: 'lower(a)', reads: [1] })
const upper = { ...low, ...inherited, expression: 'upper(a)' }
const far = (parent: string) => tableOf('far', [text('a', inherited)], { ...below(parent), kind: 'foreign' })
const keyed = [{ name: 'k', primary: true, table: 'r', columns: [1], lowered: [] }]
const divided = { partitionColumns: ['r'] }
it.each<[string, Schema, string, readonly string[]]>([
  ['a part on another server', schemaOf([tableOf('t', [text('a')]), far('t')]), 'columns: { a: hash }', ['public.far lies on another server and below public.t, which is to be masked. Detach it in the parent.']],
  ['no part on another server of what is left alone', schemaOf([tableOf('t', [text('a')]), far('t'), tableOf('u', [text('b')])]), '{ tables: { t: { a: { keep: a word of ours } }, u: { b: hash } } }', []],
  ['a part that computes otherwise', schemaOf([tableOf('t', [text('a'), low]), tableOf('t1', [text('a', inherited), { ...low, ...inherited }], below('t')), tableOf('t2', [text('a', inherited), upper], below('t'))]), 'columns: { a: hash }', ['public.t2.low is computed otherwise than in public.t, and would come back as it is there. Give both the same expression in the parent, or leave the table out.']],
  ["somebody else's table with values in dead rows", schemaOf([tableOf('t', [text('a')], { size: 1, ours: false })]), keep('t', 'a'), ['public.t must be written anew, and the role owner may not change it.']],
  ["somebody else's table with parts", schemaOf([tableOf('t', [text('a')], { size: 1, ours: false }), tableOf('t1', [text('a', inherited)], below('t'))]), keep('t', 'a'), ['public.t must be written anew, and the role owner may not change it.']],
  ["nothing of somebody else's table that is left alone", schemaOf([tableOf('t', [int('n')], { size: 1, ours: false })]), '{}', []],
  ['dropped columns without a column to write by', schemaOf([tableOf('t', [], { size: 1, droppedColumns: 1 })]), '{}', ['public.t has dropped columns, whose values are still in its files, and no column by which it could be written anew.']],
  ['dropped columns of a part, too', schemaOf([tableOf('t', [int('n')], { partitionColumns: ['n'], kind: 'partitioned' }), tableOf('t1', [int('n', inherited)], { ...below('t'), size: 1, droppedColumns: 1 })]), '{}', ['public.t has dropped columns, whose values are still in its files, and no column by which it could be written anew.']],
  ['nothing of dead rows without a column to write by', schemaOf([tableOf('t', [text('a')], { size: 1, partitionColumns: ['a'] })]), keep('t', 'a'), []],
  ['rows to lose without a column to write by', schemaOf([tableOf('r', [int('n')]), tableOf('t', [int('r')], { ...divided, size: 1, droppedColumns: 1 })], { uniques: keyed, foreignKeys: [foreignOf('t', 'r')] }), 'sample: { r: 50% }', ['public.t loses rows by "sample", and has no column by which it could be written anew without them.']],
])('refuses %s', (_what, schema, yaml, sentences) => {
  expect(inPlaceRefusals(schema, yaml)).toStrictEqual(sentences)
}) // prettier-ignore
