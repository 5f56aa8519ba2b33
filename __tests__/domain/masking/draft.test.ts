import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { DocumentTally } from '../../../src/domain/masking/document-tally.js'
import { columnsToSample, draftRules, type Seen } from '../../../src/domain/masking/draft.js'
import { policyText } from '../../../src/domain/masking/draft-text.js'
import { parseRules } from '../../../src/domain/masking/parse-rules.js'
import { planMasking } from '../../../src/domain/masking/plan.js'
import type { Column, Schema } from '../../../src/domain/masking/schema.js'
import { Tally } from '../../../src/domain/masking/tally.js'
import { columnOf, foreignOf, schemaOf, tableOf } from './schema-of.js'

const typed = (name: string, base: string, change: Partial<Column> = {}) =>
  columnOf(name, { base, type: base, ...change })

/** Sampled values by `table.column number`. */
function seenOf(values: Readonly<Record<string, readonly unknown[]>>, checks: Seen['checks'] = new Map()): Seen {
  const texts = Object.entries(values).filter(([, all]) => all.every((value) => typeof value === 'string'))
  const documents = Object.entries(values).filter(([, all]) => all.some((value) => typeof value !== 'string'))
  return {
    findings: new Map(
      texts.map(([id, all]) => {
        const tally = new Tally()
        for (const value of all) tally.add(String(value))
        return [id, tally.findings()]
      }),
    ),
    documents: new Map(
      documents.map(([id, all]) => {
        const tally = new DocumentTally()
        for (const value of all) tally.add(value)
        return [id, tally.findings()]
      }),
    ),
    checks,
  }
}

/** The policy file without its first three lines, which are always the same. */
const drafted = (schema: Schema, seen: Seen = seenOf({})) =>
  policyText('main', draftRules(schema, seen)).split('\n').slice(3)

interface Written {
  readonly masking: { readonly tables: Readonly<Record<string, object>> }
}

/** The parents of a policy file, as YAML reads them back. */
function parentsIn(text: string): Readonly<Record<string, Written>> {
  return (parse(text) as { parents: Record<string, Written> }).parents
}

const many = (make: (at: number) => unknown) => Array.from({ length: 150 }, (_, at) => make(at))

describe('a draft', () => {
  const columns = [
    columnOf('mail'),
    columnOf('mood'),
    columnOf('yes'),
    typed('doc', 'jsonb'),
    typed('plain', 'json'),
    typed('at', 'date'),
    typed('seen', 'timestamptz'),
    typed('born', 'date'),
    typed('ips', 'inet', { array: true, type: 'inet[]' }),
    typed('pan', 'int8', { notNull: true }),
    typed('n', 'int4'),
    typed('where', 'point'),
    columnOf('odd name'),
    columnOf('checked'),
    columnOf('listed'),
  ]
  const keyed = typed('day', 'date', { notNull: true })
  const schema = schemaOf(
    [
      tableOf('people', columns),
      tableOf('events', [keyed], { partitionColumns: ['day'] }),
      tableOf('typed', [columnOf('a')], { typed: true }),
      tableOf('none', []),
      tableOf('words', [columnOf('word')], { schema: 'a-b' }),
    ],
    { largeObjects: 2 },
  )
  const cards = many(() => '5555555555554444')
  const seen = seenOf(
    {
      'people.1': many((at) => `a${at}@corp.de`),
      'people.2': many((at) => ['glad', 'sad'][at % 2]),
      'people.3': ['one or two words of a text'],
      'people.4': many((at) => ({ contact: { email: `a${at}@corp.de` }, note: 'x' })),
      'people.10': cards,
      'words.1': many((at) => ['open', 'shut'][at % 2]),
    },
    new Map([
      ['people.14', 'other'],
      ['people.15', 'list'],
    ]),
  )

  it('gives each column a line and a reason, and is a policy file', () => {
    expect(drafted(schema, seen)).toEqual(
      `\
  main:
    data_policy: masked
    masking:
      tables:
        public.people:
          mail: email # email in 100 % of 150 sampled values
          "yes": redact_text # text without a finding in 1 sampled value
          doc: # 150 sampled documents; what no path names is redacted
            mask: json
            paths:
              contact.email: email # email in 100 % of 150 sampled values
          plain: { mask: json } # documents that were not read; what no path names is redacted
          born: { mask: generalise, unit: year } # by its name: a date of birth
          pan: { mask: constant, value: 0 } # payment card in 100 % of 150 sampled values
          where: "null" # of a type whose values cannot be masked
          "odd name": name # by its name
          checked: redact_text # no values were seen; has a CHECK constraint, try it
        public.events:
          day: { keep: "part of the partition key, which cannot change; decide" } # decide
        # public.typed:
        #   a: decide: no transformer fits it
      types:
        date: date_shift # 1 column
        "inet[]": ip # 1 column
        timestamptz: date_shift # 1 column
      harmless:
        - tables: [public.people]
          columns:
            - mood # 2 different values in 150 sampled values
            - listed # its CHECK constraint lists the values
          because: few distinct values, decide
        - tables: ["a-b.words"]
          columns:
            - word # 2 different values in 150 sampled values
          because: few distinct values, decide
      large_objects: remove # there are 2
`.split('\n'),
    )
  })

  it('is what the plan takes, but for what it leaves open', () => {
    const { main } = parentsIn(policyText('main', draftRules(schema, seen)))
    const { rules, problems } = parseRules(main?.masking, (path) => path.join('.'))
    expect(problems).toEqual([])
    const result = planMasking(schema, rules)
    expect('refusals' in result && result.refusals).toEqual(['public.typed.a (text) has no rule.'])
  })

  it('of nothing has a section that holds nothing', () => {
    expect(drafted(schemaOf([]))).toEqual(['  main:', '    data_policy: masked', '    masking: {}', ''])
    const open = schemaOf([tableOf('typed', [columnOf('a')], { typed: true })])
    expect(drafted(open)).toEqual(['  main:', '    data_policy: masked', '    masking: {}', '    # public.typed:', '    #   a: decide: no transformer fits it', '']) // prettier-ignore
  })

  it('counts the columns of a type', () => {
    const two = schemaOf([tableOf('t', [typed('a', 'date'), typed('b', 'date'), typed('c', 'bytea')])])
    expect(drafted(two).slice(3, -1)).toEqual(['      types:', '        bytea: hash # 1 column', '        date: date_shift # 2 columns']) // prettier-ignore
  })

  it('rules no type of somebody else by its name', () => {
    const own = schemaOf([tableOf('t', [typed('a', 'date', { baseSchema: 'mine', type: 'mine.date' })])])
    expect(drafted(own).slice(3, -1)).toEqual(['      tables:', '        public.t:', '          a: "null" # of a type whose values cannot be masked']) // prettier-ignore
  })

  it('writes names so that YAML reads them back', () => {
    const names = ['null', 'No', 'a.b', '1st', 'a"b', 'a: b', '#a', 'Ä', 'plain_1']
    const odd = schemaOf([tableOf('t', names.map((name) => columnOf(name)))]) // prettier-ignore
    const name = 'odd "parent" #1'
    const read = parentsIn(policyText(name, draftRules(odd, seenOf({}))))
    expect(Object.keys(read)).toEqual([name])
    expect(Object.keys(read[name]?.masking.tables['public.t'] ?? {})).toEqual(names)
  })
})

describe('columns that refer to each other', () => {
  it('are drafted once, at the one that the others refer to', () => {
    const schema = schemaOf([tableOf('a', [columnOf('who')]), tableOf('z', [columnOf('email')])], {
      foreignKeys: [foreignOf('a', 'z')],
    })
    expect(drafted(schema).slice(3, -1)).toEqual([
      '      tables:',
      '        # public.a:',
      '        #   who follows public.z.email',
      '        public.z:',
      '          email: email # by its name',
    ])
  })

  it('are judged by the values of all, and by the shortest', () => {
    const short = { base: 'varchar', type: 'varchar(9)', length: 9 }
    const schema = schemaOf([tableOf('a', [columnOf('x')]), tableOf('z', [columnOf('y', short)])], {
      foreignKeys: [foreignOf('a', 'z')],
    })
    const seen = seenOf({ 'a.1': many((at) => `a${at}@corp.de`), 'z.1': [] })
    const [, line] = draftRules(schema, seen).tables.flatMap(({ lines }) => lines)
    expect(line).toMatchObject({
      column: 'y',
      kind: 'mask',
      rule: 'redact_text',
      why: 'email in 100 % of 150 sampled values',
    })
  })

  it('are harmless where one shows a short list of words', () => {
    const schema = schemaOf([tableOf('a', [columnOf('x')]), tableOf('z', [columnOf('y')])], {
      foreignKeys: [foreignOf('a', 'z')],
    })
    const seen = seenOf({ 'a.1': many((at) => ['open', 'shut'][at % 2]), 'z.1': ['open', 'shut'] })
    const lines = draftRules(schema, seen).tables.flatMap(({ lines: all }) => all)
    expect(lines.map(({ kind, why }) => `${kind}: ${why}`)).toEqual(
      Array(2).fill('harmless: a short list of words that other rows refer to'),
    )
  })

  it('of which one refers on are drafted at the last', () => {
    const all = ['a', 'm', 'z'].map((name) => tableOf(name, [columnOf(`in_${name}`)]))
    const schema = schemaOf(all, { foreignKeys: [foreignOf('a', 'm'), foreignOf('m', 'z')] })
    const lines = draftRules(schema, seenOf({})).tables.flatMap(({ lines: own }) => own)
    expect(lines.map(({ column, kind }) => `${column} ${kind}`)).toEqual(['in_a follows', 'in_m follows', 'in_z mask'])
    expect(lines[0]).toMatchObject({ leader: 'public.z.in_z' })
  })

  it('of a partition are those of its table', () => {
    const inherited = columnOf('x', { inherited: true })
    const part = tableOf('a1', [columnOf('first', { inherited: true }), inherited], { parents: ['a'] })
    const top = tableOf('a', [columnOf('x'), columnOf('first')], { kind: 'partitioned', rows: 0 })
    const keys = [{ ...foreignOf('a1', 'z'), columns: [2] }]
    const lines = draftRules(
      schemaOf([part, top, tableOf('z', [columnOf('y')])], { foreignKeys: keys }),
      seenOf({}),
    ).tables
    expect(
      lines.map(
        ({ table, lines: own }) => `${table}: ${own.map(({ column, kind }) => `${column} ${kind}`).join(', ')}`,
      ),
    ).toEqual(['public.a: x follows, first mask', 'public.z: y mask'])
  })

  it('of which one is short take what fits into all', () => {
    const short = { base: 'varchar', type: 'varchar(12)', length: 12, notNull: true }
    const [a, z] = [tableOf('a', [columnOf('email', short)]), tableOf('z', [columnOf('email')])]
    for (const keys of [[foreignOf('a', 'z')], [foreignOf('z', 'a')]]) {
      const lines = draftRules(schemaOf([a, z], { foreignKeys: keys }), seenOf({})).tables.flatMap(
        ({ lines: own }) => own,
      )
      expect(lines.find(({ kind }) => kind === 'mask')).toMatchObject({ rule: 'redact_text', why: 'by its name' })
    }
  })

  it('of two lengths, or of which one is unique, take what suits both', () => {
    const ruled = (one: Partial<Column>, two: Partial<Column>, unique: boolean) => {
      const [a, z] = [tableOf('a', [columnOf('city', one)]), tableOf('z', [columnOf('city', two)])]
      const uniques = unique ? [{ name: 'u', primary: false, table: 'a', columns: [1], lowered: [] }] : []
      const lines = draftRules(schemaOf([a, z], { foreignKeys: [foreignOf('a', 'z')], uniques }), seenOf({}))
      return lines.tables.flatMap(({ lines: own }) => own).find(({ kind }) => kind === 'mask')
    }
    const length = (most: number) => ({ base: 'varchar', type: `varchar(${most})`, length: most, notNull: true })
    expect(ruled(length(40), length(50), false)).toMatchObject({ rule: 'city' })
    expect(ruled(length(40), length(4), false)).toMatchObject({ rule: 'redact_text' })
    expect(ruled({}, {}, true)).toMatchObject({ rule: 'hash' })
  })

  it('of other types each have a line of their own', () => {
    const schema = schemaOf([tableOf('a', [typed('x', 'json')]), tableOf('z', [typed('y', 'json')])], {
      foreignKeys: [foreignOf('a', 'z')],
    })
    expect(draftRules(schema, seenOf({})).tables.flatMap(({ lines }) => lines.map(({ kind }) => kind))).toEqual([
      'mask',
      'mask',
    ])
  })

  it('are read for samples once, those of a partition with their table', () => {
    const names = (schema: Schema) => columnsToSample(schema).map(({ table, column }) => `${table.name}.${column.name}`)
    const [a, z] = [tableOf('a', [columnOf('x'), columnOf('y')]), tableOf('z', [columnOf('x')])]
    expect(names(schemaOf([a, z], { foreignKeys: [foreignOf('a', 'z')] }))).toEqual(['z.x', 'a.x', 'a.y'])
    for (const base of ['text', 'int4']) {
      const column = (name: string, inherited = false) => typed(name, base, { inherited })
      const part = tableOf('a1', [column('y', true), column('x', true), column('own')], { parents: ['a'] })
      const top = tableOf('a', [column('x'), column('y')], { kind: 'partitioned', rows: 0 })
      const keys = [
        { ...foreignOf('a1', 'z'), columns: [2] },
        { ...foreignOf('a1', 'w'), columns: [3] },
      ]
      const others = ['z', 'w'].map((name) => tableOf(name, [column('k')]))
      const all = base === 'text' ? ['w.k', 'a1.own', 'z.k', 'a.x', 'a.y'] : ['a.y']
      expect(names(schemaOf([part, top, ...others], { foreignKeys: keys }))).toEqual(all)
    }
  })

  it('are read for samples once, numbers only where nothing refers to them', () => {
    const [a, z] = [tableOf('a', [typed('x', 'int4'), columnOf('b'), typed('c', 'date')]), tableOf('z', [typed('y', 'int4'), typed('j', 'jsonb'), typed('k', 'int4', { array: true, type: 'int4[]' })])]
    const all = columnsToSample(schemaOf([a, z, tableOf('w', [typed('n', 'int4')])], { foreignKeys: [foreignOf('a', 'z')] }))
    expect(all.map(({ column }) => column.name)).toEqual(['b', 'j', 'n'])
  }) // prettier-ignore
})

describe('a short unique code', () => {
  const code = (change: Partial<Column> = {}) =>
    columnOf('code', { base: 'varchar', type: 'varchar(6)', length: 6, notNull: true, ...change })
  const id = (change: Partial<Column> = {}) => typed('id', 'int4', { notNull: true, ...change })
  const draftOf = (
    columns: readonly Column[],
    { rows = 100, uniques = [[1], [2]] }: { rows?: number; uniques?: number[][] } = {},
  ) => {
    const other = { name: 'other', primary: true, table: 'u', columns: [1], lowered: [] }
    const indexes = uniques.map((of, at) => ({
      name: `k${at}`,
      primary: at === 0,
      table: 't',
      columns: of,
      lowered: [],
    }))
    const draft = draftRules(
      schemaOf([tableOf('t', columns, { rows })], { uniques: [...indexes, other] }),
      seenOf({ 't.2': many((at) => `K${at}Q`) }),
    )
    return draft.tables[0]?.lines.find(({ column }) => column === 'code')
  }
  const byRow = { mask: 'template', text: 'X{id}', allow_uniqueness_loss: true }

  it.each<[string, Parameters<typeof draftOf>, unknown]>([
    ['is made of the key of its row', [[id(), code()]], byRow],
    ['where the largest number just fits', [[id(), code()], { rows: 999 }], byRow],
    ['but not where it might not fit', [[id(), code()], { rows: 10_000 }], 'open'],
    ['where the key is small by its type', [[id({ base: 'int2', type: 'int2' }), code()], { rows: 10_000_000 }], byRow],
    ['but not of a key that may be NULL', [[id({ notNull: false }), code()]], 'open'],
    ['but not of a key of two columns', [[id(), code()], { uniques: [[1, 2], [2]] }], 'open'],
    ['but not of a key with braces', [[id({ name: '{id}' }), code()]], 'open'],
    ['but not in a list of codes', [[id(), code({ array: true, type: 'varchar(6)[]' })]], 'open'],
    ['but not of a key that holds data itself', [[{ ...columnOf('id'), notNull: true }, code()]], 'open'],
    ['but not of a key of another table', [[id(), code()], { uniques: [[2]] }], 'open'],
    ['but not of a key that is no whole number', [[id({ base: 'numeric', type: 'numeric' }), code()], { rows: 1e6 }], 'open'],
  ])('%s', (_what, given, rule) => {
    const line = draftOf(...given)
    expect(line?.kind === 'mask' ? line.rule : line?.kind).toEqual(rule)
  }) // prettier-ignore
})
