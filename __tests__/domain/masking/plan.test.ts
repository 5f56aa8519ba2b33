import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { parseRules } from '../../../src/domain/masking/parse-rules.js'
import { planMasking } from '../../../src/domain/masking/plan.js'
import type { Column, Label, Schema, Table, Unique } from '../../../src/domain/masking/schema.js'
import { columnOf, foreignOf, schemaOf, tableOf } from './schema-of.js'

/** The place of a problem is its path. */
function planned(schema: Schema, yaml: string) {
  const { rules, problems } = parseRules(parse(yaml), (path) => path.join('.'))
  expect(problems).toEqual([])
  return planMasking(schema, rules)
}

function refusals(schema: Schema, yaml: string): readonly string[] {
  const result = planned(schema, yaml)
  return 'refusals' in result ? result.refusals : []
}

function planOf(schema: Schema, yaml: string) {
  const result = planned(schema, yaml)
  if ('refusals' in result) throw new Error(result.refusals.join('\n'))
  return result.plan
}

const text = (name: string, change: Partial<Column> = {}) => columnOf(name, change)
const typed = (name: string, base: string, change: Partial<Column> = {}) =>
  columnOf(name, { base, type: base, ...change })
const t = (change: Partial<Table> = {}, column: Partial<Column> = {}) => tableOf('t', [text('a', column)], change)
const unique = (table: string, columns: number[], change: Partial<Unique> = {}): Unique => ({
  name: `${table}_key`,
  primary: false,
  table,
  columns,
  lowered: [],
  ...change,
})
describe('a column', () => {
  it.each<[string, boolean, Column]>([
    ['a text', true, text('c')],
    ['a type of a user', true, typed('c', 'pair', { baseSchema: 'public', baseKind: 'c' })],
    ['a type that nobody knows', true, typed('c', 'tsvector')],
    ["another schema's int4", true, typed('c', 'int4', { baseSchema: 'public' })],
    ['a document', true, typed('c', 'jsonb')],
    ['bytes', true, typed('c', 'bytea')],
    ['a number', false, typed('c', 'int4')],
    ['a uuid', false, typed('c', 'uuid')],
    ['a switch', false, typed('c', 'bool')],
    ['an enum', false, typed('c', 'mood', { baseSchema: 'public', baseKind: 'e' })],
  ])('of %s needs a rule: %p', (_what, needs, column) => {
    const type = column.type
    expect(refusals(schemaOf([tableOf('t', [column])]), '{}')).toEqual(
      needs ? [`public.t.c (${type}) has no rule.`] : [],
    )
  })

  it('takes its own rule before one by name, by type and as harmless, in this order', () => {
    const columns = ['own', 'named', 'kind', 'status', 'plain'].map((name) => text(name))
    const ledger = tableOf('schema_migrations', [text('version')], { ledger: 'rails' })
    const generated = text('lower', { generated: 's', reads: [1] })
    const schema = schemaOf([
      tableOf('t', [...columns, generated, typed('n', 'int4'), typed('named_n', 'int4')]),
      ledger,
    ])
    const yaml = `
tables: { t: { own: email, plain: { keep: nothing about anybody } } }
columns: { "named*": hash, "own": name }
types: { varchar: ip, text: city }
harmless: [{ columns: [status, kind], because: words of a fixed list }]`
    const plan = planOf(schema, yaml)
    expect(plan.targets.map(({ target }) => [target.column.name, target.mask.transformer])).toEqual([
      ['own', 'email'],
      ['named', 'hash'],
      ['kind', 'city'],
      ['status', 'city'],
    ])
    expect(plan.counts).toEqual({ masked: 4, kept: 1, harmless: 1, derived: 1, free: 2 })
    expect(plan.scanned.map(({ column }) => column.name)).toEqual(['own', 'named', 'kind', 'status', 'lower'])
  })

  it.each<[string, string, boolean]>([
    ['text', 'text', true],
    ['varchar', 'character varying(20)', true],
    ['character varying', 'character varying(20)', true],
    ['character varying(20)', 'character varying(20)', true],
    ['character varying(2)', 'character varying(20)', false],
    ['varchar[]', 'character varying(20)', false],
  ])('is reached by the type "%s" as %s: %p', (pattern, type, reaches) => {
    const base = type === 'text' ? 'text' : 'varchar'
    const schema = schemaOf([tableOf('t', [text('a', { type, base })])])
    expect(refusals(schema, `types: { "${pattern}": hash }`)).toHaveLength(reaches ? 0 : 1)
    const array = schemaOf([tableOf('t', [text('a', { type: `${type}[]`, base, array: true })])])
    expect(refusals(array, `types: { "${base}[]": hash }`)).toEqual([])
    expect(refusals(array, `types: { "${base}": hash }`)).toHaveLength(1)
  })

  it.each([
    ['{ tables: [t], columns: "*", because: words of a list }', []],
    ['{ tables: [u], columns: "*", because: words of a list }', ['a', 'b']],
    ['{ tables: [u, t], columns: a, because: words of a list }', ['b']],
    ['{ columns: [a, c], because: words of a list }', ['b']],
    ['{ columns: a, types: bytea, because: words of a list }', ['a', 'b']],
    ['{ types: bytea, because: words of a list }', ['a']],
    ['{ columns: b, types: [uuid, bytea], because: words of a list }', ['a']],
  ])('is harmless by %s, but for %j', (rule, left) => {
    const schema = schemaOf([tableOf('t', [text('a'), typed('b', 'bytea')])])
    const names = refusals(schema, `harmless: [${rule}]`).map((line) => /t\.(\w+) /.exec(line)?.[1])
    expect(names).toEqual(left)
  })

  it('of a partition is that of its table, and a rule for it is refused', () => {
    const top = tableOf('t', [text('a'), typed('i', 'int4')], { kind: 'partitioned', rows: 0 })
    const part = tableOf('t1', [text('a', { inherited: true })], { parents: ['t'], rows: 7 })
    const schema = schemaOf([top, part])
    expect(refusals(schema, 'tables: { t: { a: hash }, t1: { a: hash } }')).toEqual([
      'tables.t1.a: public.t1.a comes from a parent table; write the rule there.',
    ])
    const plan = planOf(schema, 'tables: { t: { a: hash } }')
    expect(plan.stored.map(({ table, targets }) => [table.name, targets.length])).toEqual([['t1', 1]])
    expect(plan.counts).toMatchObject({ masked: 1, free: 1 })
  })

  it('of another server, or of a table that is left out, needs none', () => {
    const far = tableOf('far', [text('a')], { kind: 'foreign' })
    const log = tableOf('log', [text('a')], { schema: 'audit' })
    const schema = schemaOf([far, log, t()])
    const plan = planOf(schema, '{ leave_out: [audit.*, far], tables: { t: { a: hash } } }')
    expect(plan.emptied).toEqual([log])
    expect(plan.stored.map(({ table }) => table.name)).toEqual(['t'])
  })
})

describe('the rules that are missing are drafted', () => {
  it('by name and type', () => {
    const columns = [
      text('userEmail'),
      text('x'),
      typed('at', 'date'),
      typed('doc', 'jsonb'),
      typed('odd', 'point'),
      typed('ip', 'inet'),
    ]
    const schema = schemaOf([tableOf('t', columns), tableOf('u', [text('vorname')])])
    const result = planned(schema, '{}')
    expect('suggestions' in result && result.suggestions).toEqual([
      'tables:',
      '  public.t:',
      '    userEmail: email',
      '    x: { keep: <why it is harmless> }',
      '    at: date_shift',
      '    doc: { mask: json }',
      '    odd: null',
      '    ip: ip',
      '  public.u:',
      '    vorname: first_name',
    ])
  })

  it('and none where something else is refused', () => {
    const result = planned(schemaOf([]), 'leave_out: t')
    expect('suggestions' in result && result.suggestions).toEqual([])
  })
})

const shop = (name: string) => tableOf(name, [text('a')], { id: `shop.${name}`, schema: 'shop', sql: `shop.${name}` })
const inTwo = () => schemaOf([t(), shop('t')])
const mood = { base: 'mood', type: 'public.mood', baseSchema: 'public', baseKind: 'e', labels: ['sad', ''] }
const parted = (change: Partial<Schema> = {}) =>
  schemaOf(
    [
      tableOf('t', [typed('i', 'int4'), text('a')], { kind: 'partitioned', rows: 0 }),
      tableOf('t1', [text('a', { inherited: true }), typed('i', 'int4', { inherited: true })], { parents: ['t'] }),
    ],
    change,
  )
const hash = 'tables: { t: { a: hash } }'
const onT = 'tables.t.a: public.t.a'

it.each<[string, Schema, string, readonly string[]]>([
  ['a table that is not there', schemaOf([t()]), 'tables: { t: { a: hash }, u: { a: email } }', ['tables.u: there is no table "u".']],
  ['a column that is not there', schemaOf([t()]), 'tables: { t: { a: hash, b: email } }', ['tables.t.b: public.t has no column "b".']],
  ['a generated column', schemaOf([tableOf('t', [text('a'), text('b', { generated: 's', reads: [1] })])]), 'tables: { t: { a: hash, b: hash } }', ['tables.t.b: public.t.b is generated; rule over what it is made of.']],
  ['a name in two schemas', inTwo(), '{ tables: { t: { a: hash } }, columns: { a: hash } }', ['tables.t: "t" is in more than one schema (public.t, shop.t); write the schema, too.']],
  ['nothing of a name with its schema', inTwo(), 'tables: { shop.t: { a: hash }, public.t: { a: hash } }', []],
  ['a table to leave out that is not there', schemaOf([t()]), `{ ${hash}, leave_out: [log] }`, ['"leave_out" names "log", and no table is called so.']],
  ['a partition key', schemaOf([t({ partitionColumns: ['a'] })]), hash, [`${onT} is part of a partition key, whose values cannot change in place.`]],
  ['a partition key of a partition', schemaOf([t(), tableOf('u', [text('a', { inherited: true })], { parents: ['t'], partitionColumns: ['a'] })]), hash, [`${onT} is part of a partition key, whose values cannot change in place.`]],
  ['a typed table', schemaOf([t({ typed: true })]), hash, [`${onT} belongs to a typed table, whose columns cannot be changed.`]],
  ['several parents', schemaOf([t({ parents: ['p', 'q'] })]), hash, [`${onT} belongs to a table with several parents, which is not supported.`]],
  ['nothing of a single parent', schemaOf([t({ parents: ['p'] })]), hash, []],
  ["somebody else's table", schemaOf([t({ ours: false })]), hash, [`${onT} belongs to a table that the role at work may not change.`]],
  ['a type that it cannot make', schemaOf([t({}, { base: 'date', type: 'date' })]), 'tables: { t: { a: email } }', [`${onT} is date, which "email" cannot make.`]],
  ['NULL where it is not allowed', schemaOf([t({}, { notNull: true })]), 'tables: { t: { a: null } }', [`${onT} is NOT NULL and cannot become NULL.`]],
  ['nothing of NULL where it is allowed', schemaOf([t()]), 'tables: { t: { a: null } }', []],
  ['documents in an array', schemaOf([t({}, { base: 'jsonb', type: 'jsonb[]', array: true })]), 'tables: { t: { a: { mask: json } } }', [`${onT} is an array of documents, which only null can mask.`]],
  ['nothing of an array of documents that goes', schemaOf([t({}, { base: 'jsonb', type: 'jsonb[]', array: true })]), 'tables: { t: { a: null } }', []],
  ['a parameter that means nothing', schemaOf([t()]), 'tables: { t: { a: { mask: email, domain: "no domain" } } }', [`${onT} has the transformer "email", which needs a domain name.`]],
  ['the same inside a document', schemaOf([t({}, { base: 'json', type: 'json' })]), 'tables: { t: { a: { mask: json, paths: { x.y: { mask: email, domain: "no domain" } } } } }', [`${onT} has at x.y the transformer "email", which needs a domain name.`]],
  ['what does not fit', schemaOf([t({}, { base: 'varchar', type: 'varchar(12)', length: 12 })]), 'tables: { t: { a: email } }', [`${onT} holds 12 characters, and "email" needs 21; write a shorter one, such as constant.`]],
  ['nothing of what just fits', schemaOf([t({}, { base: 'varchar', type: 'varchar(21)', length: 21 })]), 'tables: { t: { a: email } }', []],
  ['a label that an enum lacks', schemaOf([t({}, mood)]), 'tables: { t: { a: { mask: constant, value: y } } }', [`${onT} is an enum without the label "y".`]],
  ['nothing of one that it has', schemaOf([t({}, mood)]), 'tables: { t: { a: { mask: constant, value: sad } } }', []],
  ['a template over nothing', schemaOf([t()]), 'tables: { t: { a: { mask: template, text: "{b}" } } }', [`${onT} names the column "b", which its table does not have.`]],
  ['a template over a masked column', schemaOf([tableOf('t', [text('a'), text('b')])]), 'tables: { t: { a: { mask: template, text: "{b}" }, b: email } }', [`${onT} names the column "b" in its template, and that column's values must not be seen.`]],
  ['nothing of a template over what may be seen', schemaOf([tableOf('t', [text('a'), text('b'), typed('c', 'int4'), text('d')])]), '{ tables: { t: { a: { mask: template, text: "{b}{c}{d}" }, b: { keep: a number of an article } } }, harmless: [{ columns: d, because: words of a list }] }', []],
  ['a lossy mask on a unique column', schemaOf([t()], { uniques: [unique('t', [1])] }), 'tables: { t: { a: name } }', [`${onT} is in the unique index t_key, and "name" makes different values equal; write hash, email or uuid.`]],
  ['nothing of it where that is allowed', schemaOf([t()], { uniques: [unique('t', [1])] }), 'tables: { t: { a: { mask: name, allow_uniqueness_loss: true } } }', []],
  ['nothing of a lossy mask beside a unique column', schemaOf([t()], { uniques: [unique('t', [2]), unique('u', [1])] }), 'tables: { t: { a: name } }', []],
  ['too few bits for the rows', schemaOf([t({ rows: 100_000 }, { base: 'varchar', type: 'varchar(22)', length: 22 })], { uniques: [unique('t', [1])] }), 'tables: { t: { a: email } }', [`${onT} is in the unique index t_key, and 36 bits of "email" are too few for 100000 rows; write hash, email or uuid.`]],
  ['nothing of enough bits', schemaOf([t({ rows: 100_000 })], { uniques: [unique('t', [1])] }), hash, []],
  ['nothing of bits that are just enough', schemaOf([t({ rows: 150_000_000 })], { uniques: [unique('t', [1])] }), hash, []],
  ['bits that are just too few', schemaOf([t({ rows: 200_000_000 })], { uniques: [unique('t', [1])] }), hash, [`${onT} is in the unique index t_key, and 64 bits of "hash" are too few for 200000000 rows; write hash, email or uuid.`]],
  ['a lossy mask on a partition with its own index', parted({ uniques: [unique('t1', [1])] }), 'tables: { t: { a: name } }', [`${onT} is in the unique index t1_key, and "name" makes different values equal; write hash, email or uuid.`]],
  ["nothing of a partition's index of another column", parted({ uniques: [unique('t1', [2])] }), 'tables: { t: { a: name } }', []],
  ['large objects without a rule', schemaOf([t()], { largeObjects: 3 }), hash, ['The database holds 3 large objects, which no column rule covers. Write "large_objects: remove".']],
  ['nothing of large objects that go', schemaOf([t()], { largeObjects: 3 }), `{ ${hash}, large_objects: remove }`, []],
  ['quasi-identifiers of a table that is not there', schemaOf([t()]), `{ ${hash}, k_anonymity: [{ table: u, columns: [a], k: 5 }] }`, ['k_anonymity.0: there is no table "u".']],
  ['quasi-identifiers that are not there', schemaOf([t()]), `{ ${hash}, k_anonymity: [{ table: t, columns: [a, b], k: 5 }] }`, ['k_anonymity.0: public.t has no column "b".']],
])('refuses %s', (_what, schema, yaml, sentences) => {
  expect(refusals(schema, yaml)).toEqual(sentences)
}) // prettier-ignore

it('counts the rows of partitions for the bits that they need', () => {
  const short = { base: 'varchar', type: 'varchar(22)', length: 22 }
  const part = (name: string, parent: string) =>
    tableOf(name, [text('a', { ...short, inherited: true })], { parents: [parent], rows: 50_000 })
  const top = tableOf('t', [text('a', short)], { kind: 'partitioned', rows: 0 })
  const schema = schemaOf([top, part('t1', 't'), part('t11', 't1')], { uniques: [unique('t', [1])] })
  expect(refusals(schema, 'tables: { t: { a: email } }').join()).toContain('too few for 100000 rows')
})

describe('columns that belong together', () => {
  const pair = (change: { a?: Partial<Column>; b?: Partial<Column> } = {}, more: Partial<Schema> = {}) =>
    schemaOf([tableOf('t', [text('a', change.a)]), tableOf('u', [text('b', change.b)]), tableOf('w', [text('c')])], {
      foreignKeys: [foreignOf('u', 't')],
      ...more,
    })
  const targetsOf = (schema: Schema, yaml: string) =>
    planOf(schema, yaml).targets.map(({ target: { column, mask, length, normalise } }) => [
      column.name,
      mask.transformer,
      length,
      normalise,
    ])

  it('take the rule of the one that has one, and the shortest length', () => {
    const schema = pair({ a: { base: 'varchar', type: 'varchar(40)', length: 40 }, b: { length: 60 } })
    const yaml = 'tables: { t: { a: email }, w: { c: email } }\nlinks: [[w.c, u.b]]'
    expect(targetsOf(schema, yaml)).toEqual([
      ['a', 'email', 40, 'none'],
      ['c', 'email', 40, 'none'],
      ['b', 'email', 40, 'none'],
    ])
    expect(targetsOf(pair(), 'tables: { u: { b: email }, w: { c: hash } }')).toEqual([
      ['b', 'email', undefined, 'none'],
      ['c', 'hash', undefined, 'none'],
      ['a', 'email', undefined, 'none'],
    ])
  })

  it.each<[string, Schema]>([
    ['citext', pair({ b: { base: 'citext', baseSchema: 'public' } })],
    ['a collation', pair({ a: { nondeterministic: true } })],
    ['an index over lower()', pair({}, { uniques: [unique('u', [1], { lowered: [1] })] })],
  ])('ignore case together where one does by %s', (_what, schema) => {
    const all = targetsOf(schema, 'tables: { t: { a: hash }, w: { c: hash } }')
    expect(all.map(([name, , , normalise]) => [name, normalise])).toEqual([
      ['a', 'lower'],
      ['c', 'none'],
      ['b', 'lower'],
    ])
    const said = targetsOf(schema, 'tables: { t: { a: { mask: hash, normalise: trim } }, w: { c: hash } }')
    expect(said.map(([, , , normalise]) => normalise)).toEqual(['trim', 'none', 'trim'])
  })

  const together = (names: string) => [`${names} refer to each other and must be masked by one rule.`]
  it.each<[string, string, string]>([
    ['two transformers', 'tables: { t: { a: email }, u: { b: hash }, w: { c: hash } }', 'public.u.b, public.t.a'],
    ['two groups', 'tables: { t: { a: hash }, u: { b: { mask: hash, group: x } }, w: { c: hash } }', 'public.u.b, public.t.a'],
    ['two lengths', 'tables: { t: { a: { mask: hash, length: 16 } }, u: { b: { mask: hash, length: 20 } }, w: { c: hash } }', 'public.u.b, public.t.a'],
    ['two spellings', 'tables: { t: { a: { mask: hash, normalise: trim } }, u: { b: hash }, w: { c: hash } }', 'public.u.b, public.t.a'],
    ['one end kept', 'tables: { t: { a: email }, u: { b: { keep: for no good reason } }, w: { c: hash } }', 'public.u.b, public.t.a'],
    ['a link of two rules', 'tables: { t: { a: hash }, u: { b: hash }, w: { c: email } }\nlinks: [[w.c, t.a]]', 'public.u.b, public.t.a, public.w.c'],
  ])('are refused with %s', (_what, yaml, names) => {
    expect(refusals(pair(), yaml)).toEqual(together(names))
  }) // prettier-ignore

  it('are tied inside documents, too, by the spelling of the column', () => {
    const schema = schemaOf([
      tableOf('t', [text('a', { base: 'citext', baseSchema: 'public' })]),
      tableOf('u', [typed('doc', 'jsonb')]),
    ])
    const rules = (paths: string) =>
      `tables: { t: { a: email }, u: { doc: { mask: json, paths: { ${paths} } } } }\nlinks: [[t.a, "u:doc"], [t.a, "u.doc:x.mail"]]`
    const yaml = rules('x.mail: email, y: hash').replace('[t.a, "u:doc"], ', '')
    const plan = planOf(schema, yaml)
    expect(plan.targets[1]?.target.mask.paths.map(({ mask }) => [mask.transformer, mask.normalise])).toEqual([
      ['email', 'lower'],
      ['hash', undefined],
    ])
    const names = 'public.t.a, public.u.doc:x.mail'
    expect(refusals(schema, yaml.replace('x.mail: email', 'z: email'))).toEqual(together(names))
    expect(refusals(schema, yaml.replace('x.mail: email', 'x.mail: hash'))).toEqual(together(names))
  })

  it.each([
    ['[t.a, v.b]', 'links.0.1: there is no table "v".'],
    ['[t.a, u.x]', 'links.0.1: public.u has no column "x".'],
  ])('cannot be linked where they are not there: %s', (link, sentence) => {
    expect(refusals(pair(), `{ columns: { "*": hash }, links: [${link}] }`)).toEqual([sentence])
  })

  it('inside documents alone map alike without a column', () => {
    const schema = schemaOf([tableOf('t', [typed('a', 'jsonb')]), tableOf('u', [typed('b', 'jsonb')])])
    const yaml =
      'columns: { "*": { mask: json, paths: { x: email, y: email } } }\nlinks: [["t.a:x", "u.b:x"], ["t.a:y", "u.b:y"]]'
    expect(
      planOf(schema, yaml).targets.map(({ target }) => target.mask.paths.map(({ mask }) => mask.normalise)),
    ).toEqual([
      ['none', 'none'],
      ['none', 'none'],
    ])
  })

  it('with documents of other paths are refused', () => {
    const schema = schemaOf([tableOf('t', [typed('a', 'jsonb')]), tableOf('u', [typed('b', 'jsonb')])], {
      foreignKeys: [foreignOf('u', 't')],
    })
    const rule = (path: string) => `{ a: { mask: json, paths: { ${path}: email } } }`
    const yaml = (path: string) => `tables: { t: ${rule('x')}, u: ${rule(path).replace('a:', 'b:')} }`
    expect(refusals(schema, yaml('x'))).toEqual([])
    expect(refusals(schema, yaml('y'))).toEqual(together('public.u.b, public.t.a'))
  })

  it('are tied through a third, and by keys of two columns', () => {
    const [one, two] = [text('a'), text('b')]
    const schema = schemaOf([tableOf('t', [one, two]), tableOf('u', [one, two]), tableOf('w', [one])], {
      foreignKeys: [
        foreignOf('u', 't', { columns: [1, 2], targetColumns: [2, 1] }),
        foreignOf('w', 'u'),
        foreignOf('gone', 't'),
        foreignOf('w', 't', { columns: [9] }),
      ],
    })
    const masked = planOf(schema, 'tables: { t: { b: email, a: hash } }').targets.map(
      ({ table, target }) => `${table.name}.${target.column.name} ${target.mask.transformer}`,
    )
    expect(masked.toSorted()).toEqual(['t.a hash', 't.b email', 'u.a email', 'u.b hash', 'w.a email'])
  })

  it('of a partition are those of its table', () => {
    const schema = parted({ foreignKeys: [foreignOf('u', 't1', { columns: [1, 2], targetColumns: [1, 2] })] })
    const all = { ...schema, tables: [...schema.tables, tableOf('u', [text('b'), typed('j', 'int4')])] }
    const plan = planOf(all, 'tables: { u: { b: hash } }')
    expect(plan.targets.map(({ table, target }) => `${table.name}.${target.column.name}`)).toEqual(['u.b', 't.a'])
  })

  it('are refused where one table is left out and the other is not', () => {
    const sentence = '"leave_out" empties public.t, to which public.u refers by u_fkey. Leave both out, or neither.'
    const rest = 'columns: { "*": hash }'
    expect(refusals(pair(), `{ leave_out: t, ${rest} }`)).toEqual([sentence])
    expect(refusals(pair(), `{ leave_out: [t, u], ${rest} }`)).toEqual([])
    expect(refusals(pair(), `{ leave_out: u, ${rest} }`)).toEqual([])
  })
})

describe('the plan', () => {
  it('tells of every table with rows which columns are masked and which rows come along', () => {
    const id = typed('id', 'int4')
    const tables = [
      tableOf('t', [id, text('a')], { rows: 100 }),
      tableOf('u', [id, text('b'), text('c')]),
      tableOf('p', [id, text('d')], { kind: 'partitioned', rows: 0 }),
      tableOf('p1', [typed('id', 'int4', { inherited: true }), text('d', { inherited: true })], { parents: ['p'] }),
      tableOf('x', [id]),
    ]
    const schema = schemaOf(tables, { uniques: [unique('u', [2]), unique('t', [1], { primary: true })] })
    const plan = planOf(schema, '{ columns: { "*": hash }, sample: { t: 50% } }')
    expect(
      plan.stored.map(({ table, targets, keep }) => [
        table.name,
        targets.map(({ target }) => target.column.name),
        keep !== undefined,
      ]),
    ).toEqual([
      ['t', ['a'], true],
      ['u', ['b', 'c'], false],
      ['p1', ['d'], false],
      ['x', [], false],
    ])
    expect(plan.reduced.map(({ table }) => table.name)).toEqual(['t'])
  })

  it('counts a ledger of migrations for harmless, and looks into nothing that is kept, free or a ledger', () => {
    const ledger = tableOf('schema_migrations', [text('version')], { ledger: 'rails' })
    const t1 = tableOf('t', [text('a'), typed('n', 'int4'), text('k')])
    const plan = planOf(schemaOf([ledger, t1]), 'tables: { t: { a: hash, k: { keep: for a good reason } } }')
    expect(plan.counts).toEqual({ masked: 1, kept: 1, harmless: 1, derived: 0, free: 1 })
    expect(plan.scanned.map(({ column }) => column.name)).toEqual(['a'])
  })

  it('reaches a column that needs no rule by name to keep it, never to mask it', () => {
    const t1 = schemaOf([tableOf('t', [typed('city_name', 'int4')])])
    expect(planOf(t1, 'columns: { "*_name": name }').counts).toMatchObject({ masked: 0, free: 1 })
    expect(planOf(t1, 'columns: { "*_name": { keep: a number of a city } }').counts).toMatchObject({ kept: 1, free: 0 })
  })

  it('names what nobody may stand alone by, large objects and what definitions may say', () => {
    const schema = schemaOf([t()], { largeObjects: 1 })
    const yaml = `{ ${hash}, large_objects: remove, definitions: { keep: only our own }, k_anonymity: [{ table: t, columns: [a], k: 5 }] }`
    expect(planOf(schema, yaml)).toMatchObject({
      largeObjects: 'remove',
      definitionsMayQuote: true,
      quasiIdentifiers: [{ table: 't', columns: ['a'], k: 5, sql: 'public.t' }],
      labels: [],
      reduced: [],
    })
    expect(planOf(schemaOf([t()]), hash)).toMatchObject({ largeObjects: 'none', definitionsMayQuote: false })
  })
})

describe('security labels', () => {
  const label = (column: number, text: string, change: Partial<Label> = {}): Label => ({
    provider: 'anon',
    table: 't',
    column,
    label: text,
    ...change,
  })
  const people = (labels: readonly Label[], columns = [text('mail'), text('city'), typed('pay', 'int4')]) =>
    schemaOf([tableOf('t', columns)], { labels })
  const asked = 'from_security_labels: true'

  it('rule the columns that no rule of the file fits, and are told', () => {
    const labels = [
      label(1, 'MASKED WITH FUNCTION anon.fake_email()'),
      label(2, 'NOT MASKED'),
      label(3, 'MASKED WITH VALUE 0'),
    ]
    const plan = planOf(people(labels), asked)
    expect(plan.counts).toMatchObject({ masked: 2, kept: 1 })
    expect(plan.labels.map((line) => line.replace(/: .*/s, ''))).toEqual([
      'public.t.mail',
      'public.t.city',
      'public.t.pay',
    ])
    expect(plan.labels[0]).toContain('"transformer":"email"')
    const own = planOf(people(labels), `{ ${asked}, tables: { t: { mail: hash } } }`)
    expect(own.targets[0]?.target.mask.transformer).toBe('hash')
    expect(own.labels).toHaveLength(2)
    expect(refusals(people(labels), '{}')).toHaveLength(2)
  })

  const partial = 'MASKED WITH FUNCTION anon.partial(mail, 1, $$*$$, 1)'
  it.each<[string, Schema, readonly string[]]>([
    ['a function without a transformer', people([label(2, 'NOT MASKED'), label(1, partial)]), ['the label of public.t.mail calls anon.partial(), which keeps the ends of the original; write generalise, or a transformer that keeps nothing.', 'public.t.mail (text) has no rule.']],
    ['a share of a table', people([label(0, 'TABLESAMPLE SYSTEM(1)')], [typed('n', 'int4')]), ['the label of public.t is of a whole table; write "sample" for a share of its rows.']],
    ['nothing of a whole table for groups', people([label(0, 'X', { provider: 'k_anonymity' })], [typed('n', 'int4')]), []],
    ['nothing of a table that is not there', people([label(1, partial, { table: 'gone' })], [typed('n', 'int4')]), []],
    ['a generated column whose source is not masked', people([label(2, 'MASKED WITH VALUE 0')], [typed('n', 'int4'), typed('g', 'int4', { generated: 's', reads: [1] })]), ['the label of public.t.g is of a generated column; label what it is made of.']],
    ['nothing of one of whose sources one is', people([label(1, 'MASKED WITH VALUE 0'), label(3, 'MASKED WITH VALUE 0')], [typed('n', 'int4'), typed('m', 'int4'), typed('g', 'int4', { generated: 's', reads: [1, 2] })]), []],
    ['a generated column beside a masked one', people([label(1, 'MASKED WITH VALUE 0'), label(3, 'MASKED WITH VALUE 0')], [typed('n', 'int4'), typed('m', 'int4'), typed('g', 'int4', { generated: 's', reads: [2] })]), ['the label of public.t.g is of a generated column; label what it is made of.']],
    ['nothing of a generated column that is kept', people([label(2, 'NOT MASKED')], [typed('n', 'int4'), typed('g', 'int4', { generated: 's', reads: [1] })]), []],
    ['nothing of one whose source is', people([label(1, 'MASKED WITH VALUE 0'), label(2, 'MASKED WITH VALUE 0')], [typed('n', 'int4'), typed('g', 'int4', { generated: 's', reads: [1] })]), []],
  ])('refuse %s', (_what, schema, sentences) => {
    expect(refusals(schema, asked)).toEqual(sentences)
  }) // prettier-ignore

  it('of a partition are refused unless its table is masked', () => {
    const labels = [label(1, 'MASKED WITH VALUE x', { table: 't1' })].map((each) => ({
      ...each,
      label: `MASKED WITH VALUE 'x'`,
    }))
    const sentence = 'the label of public.t1.a is of a column that comes from public.t; label it there.'
    expect(refusals(parted({ labels }), `{ ${asked}, harmless: [{ columns: a, because: words of a list }] }`)).toEqual([
      sentence,
    ])
    expect(refusals(parted({ labels }), `{ ${asked}, ${hash} }`)).toEqual([])
  })

  it('name what nobody may stand alone by, but for tables of which the rules say it', () => {
    const group = (column: number, text: string) => label(column, text, { provider: 'k_anonymity' })
    const schema = people([
      group(1, 'QUASI IDENTIFIER'),
      group(2, ' indirect  identifier '),
      group(3, 'NOT AN IDENTIFIER'),
    ])
    const masked = 'columns: { "*": hash }'
    const found = {
      table: 'public.t',
      columns: ['mail', 'city'],
      k: 2,
      place: 'the labels of public.t',
      sql: 'public.t',
    }
    expect(planOf(schema, `{ ${asked}, ${masked} }`).quasiIdentifiers).toEqual([found])
    for (const table of ['t', 'public.t']) {
      const own = planOf(schema, `{ ${asked}, ${masked}, k_anonymity: [{ table: ${table}, columns: [mail], k: 3 }] }`)
      expect(own.quasiIdentifiers.map(({ k }) => k)).toEqual([3])
    }
  })
})
