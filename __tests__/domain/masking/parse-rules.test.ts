import { describe, expect, it } from '@jest/globals'
import { LineCounter, parseDocument } from 'yaml'
import { importPgstream, parseAnyRules } from '../../../src/domain/masking/import-rules.js'
import { type Parsed, parseRules } from '../../../src/domain/masking/parse-rules.js'
import type { PlaceOf } from '../../../src/domain/masking/rules-reader.js'
import { covers, coversTable } from '../../../src/domain/masking/rules.js'

/** As the policy file will be read: a place is the line of the nearest node. */
function read(yaml: string, how: (data: unknown, placeOf: PlaceOf) => Parsed = parseRules): Parsed {
  const lines = new LineCounter()
  const document = parseDocument(yaml, { lineCounter: lines })
  const placeOf: PlaceOf = (path) => {
    for (let length = path.length; length > 0; length--) {
      const node = document.getIn(path.slice(0, length), true) as { range?: [number] } | undefined
      if (node?.range) return `line ${lines.linePos(node.range[0]).line}`
    }
    return 'line 1'
  }
  return how(document.toJS(), placeOf)
}

const first = ({ rules }: Parsed) => Object.fromEntries(rules.tables[0]?.columns ?? [])

it('reads every section', () => {
  const { rules, problems } = read(`
tables:
  shop.customers:
    email: email
    phone: { mask: phone, normalise: trim }
    bio: null
    address: { mask: json, paths: { "contact.email": email, "$.items[*].name": { mask: name } }, rest: { keep: only article numbers } }
    note: { keep: written by us }
columns: { "*_email": { mask: email, domain: keep } }
types: { inet: ip }
harmless: [{ columns: [status, kind], because: words of a fixed list }]
leave_out: [audit, log.*]
links: [[customers.email, "events.payload:contact.email"]]
large_objects: remove
definitions: { keep: addresses of our own team }
k_anonymity: [{ table: customers, columns: [city], k: 5 }]
sample: { customers: 0.5%, orders: 100 % }
from_security_labels: true
`)
  expect(problems).toEqual([])
  const columns = Object.fromEntries(rules.tables[0]?.columns ?? [])
  expect(columns['email']).toMatchObject({ kind: 'mask', transformer: 'email', place: 'line 4' })
  expect(columns['phone']).toMatchObject({ normalise: 'trim' })
  expect(columns['bio']).toMatchObject({ transformer: 'null' })
  expect(columns['address']).toMatchObject({
    paths: [{ path: ['contact', 'email'] }, { path: ['items', '*', 'name'] }],
    rest: { kind: 'keep', because: 'only article numbers' },
  })
  expect(columns['note']).toMatchObject({ kind: 'keep', because: 'written by us' })
  expect(rules.columns[0]).toMatchObject({ pattern: '*_email', rule: { parameters: { domain: 'keep' } } })
  expect(rules.links[0]?.[1]).toMatchObject({ table: 'events', column: 'payload', path: ['contact', 'email'] })
  expect(rules).toMatchObject({
    leaveOut: ['audit', 'log.*'],
    largeObjects: 'remove',
    kAnonymity: [{ k: 5 }],
    securityLabels: true,
  })
  expect(rules.sample).toMatchObject([
    { table: 'customers', share: 0.005 },
    { table: 'orders', share: 1 },
  ])
  expect(read('sample: 1%').rules.sample).toMatchObject([{ table: undefined, share: 0.01 }])
})

it.each([
  [
    'tables:\n  a:\n    x: emial',
    'line 3: "tables.a.x" names the transformer "emial", which does not exist (did you mean "email"?).',
  ],
  [
    'tabels: {}',
    'line 1: "tabels" is not known here; write one of tables, columns, types, harmless, leave_out, links, large_objects, definitions, k_anonymity, sample, from_security_labels (did you mean "tables"?).',
  ],
  [
    'tables:\n  a:\n    x:\n      mask: hash\n      length: 8',
    'line 5: "tables.a.x.length" must be a whole number from 16 to 64.',
  ],
  ['tables: { a: { x: { keep: "." } } }', 'line 1: "tables.a.x.keep" must say why, in words.'],
  [
    'tables: { a: { x: { keep: a good reason, mask: email } } }',
    'line 1: "tables.a.x.keep" is not known here; write one of mask, normalise, group, allow_uniqueness_loss, domain.',
  ],
  ['tables: { a: { x: 7 } }', 'line 1: "tables.a.x" must name a transformer, or { keep: <why> }.'],
  ['tables: { a: { x: { mask: constant } } }', 'line 1: "tables.a.x" needs "value": the value.'],
  [
    'tables: { a: { x: { mask: email, domian: keep } } }',
    'line 1: "tables.a.x.domian" is not known here; write one of mask, normalise, group, allow_uniqueness_loss, domain (did you mean "domain"?).',
  ],
  [
    'tables: { a: { x: { mask: json, paths: { b: date_shift } } } }',
    'line 1: "tables.a.x.paths.b" names the transformer "date_shift", which makes no text.',
  ],
  [
    'tables: { a: { x: { mask: email, group: "a:b" } } }',
    'line 1: "tables.a.x.group" must be made of letters, digits, dots and dashes.',
  ],
  [
    'harmless: [{ columns: "*", because: nothing to see here }]',
    'line 1: "harmless.0" would cover every column; name "tables", or the columns.',
  ],
  ['harmless: [{ columns: a }]', 'line 1: "harmless.0.because" must say why, in words.'],
  ['links: [[a.b]]', 'line 1: "links.0" must list at least two columns, such as customers.email.'],
  ['links: [[a.b, c]]', 'line 1: "links.0.1" must be written table.column or table.column:key.key.'],
  ['leave_out: { a: b }', 'line 1: "leave_out" must be a list.'],
  ['k_anonymity: [{ table: a, columns: [b], k: 1 }]', 'line 1: "k_anonymity.0.k" must be a whole number from 2.'],
  ['large_objects: keep', 'line 1: "large_objects" must be refuse or remove.'],
])('tells %p by line', (yaml, problem) => {
  expect(read(yaml).problems).toEqual([problem])
})

it('tells all problems at once, and none of prototype names', () => {
  expect(read('tables: { a: { x: constructor, y: nope, z: toString } }').problems).toHaveLength(3)
})

it('patterns cover whole names, whatever the case, and nothing by accident', () => {
  expect(covers('*_email', 'Work_EMAIL')).toBe(true)
  expect(covers('*_email', 'email')).toBe(false)
  expect(covers('a.b', 'aXb')).toBe(false)
  expect(coversTable('log.*', { schema: 'log', name: 'x' })).toBe(true)
  expect(coversTable('x', { schema: 'log', name: 'x' })).toBe(true)
  expect(coversTable('X', { schema: 'log', name: 'x' })).toBe(true)
  expect(coversTable('a.b', { schema: 'log', name: 'a.b' })).toBe(true)
})

describe('pgstream', () => {
  const rule = (column: string) => `
transformations:
  validation_mode: strict
  table_transformers:
    - schema: public
      table: users
      column_transformers:
        c: ${column}`

  it.each([
    [
      '{ name: neosync_email, parameters: { preserve_domain: true } }',
      { transformer: 'email', parameters: { domain: 'keep' } },
    ],
    [
      '{ name: email, parameters: { replacement_domain: "@example.org", salt: x } }',
      { transformer: 'email', parameters: { domain: 'example.org' } },
    ],
    [
      '{ name: greenmask_firstname, parameters: { gender: Any }, dynamic_parameters: { gender: { column: sex } } }',
      { transformer: 'first_name' },
    ],
    ['{ name: deterministic_hash, parameters: { algorithm: sha256 } }', { transformer: 'hash' }],
    [
      '{ name: literal_string, parameters: { literal: x }, allow_uniqueness_loss: true }',
      { transformer: 'constant', parameters: { value: 'x' }, allowUniquenessLoss: true },
    ],
    ['{ name: masking, parameters: { type: tel } }', { transformer: 'phone' }],
    ['{ name: noop }', { kind: 'keep' }],
    ['{ name: postcode }', { transformer: 'postcode' }],
  ])('%s', (column, wanted) => {
    const parsed = read(rule(column), parseAnyRules)
    expect(parsed.problems).toEqual([])
    expect(parsed.rules.tables[0]?.table).toBe('public.users')
    expect(first(parsed)['c']).toMatchObject(wanted)
  })

  it.each([
    ['{ name: masking, parameters: { type: custom, mask_begin: "4" } }', 'lets parts of the original through'],
    ['{ name: json, parameters: { operations: [] } }', 'keeps the rest'],
    ['{ name: pg_anonymizer, parameters: { anon_function: anon.fake_email } }', 'runs an extension'],
    ['{ name: encrypted_aes_siv, parameters: { key_hex: ab } }', 'reversible'],
    ['{ name: toString }', 'neither pgstream nor we have'],
  ])('refuses %s', (column, why) => {
    const parsed = read(rule(column), importPgstream)
    expect(parsed.problems.join('\n')).toContain(why)
    expect(parsed.problems[0]).toMatch(/^line 8: /)
    expect(first(parsed)).toEqual({})
  })
})

it('counts security labels for pgstream where its rules ask for them', () => {
  const asks = (value: boolean) =>
    read(`{ table_transformers: [], infer_from_security_labels: ${value} }`, parseAnyRules).rules.securityLabels
  expect([asks(true), asks(false)]).toEqual([true, false])
})
