import { describe, expect, it } from '@jest/globals'
import { importPgstream, parseAnyRules } from '../../../src/domain/masking/import-rules.js'
import { parseRules } from '../../../src/domain/masking/parse-rules.js'
import type { PlaceOf } from '../../../src/domain/masking/rules-reader.js'

/** A place is its path, so that a problem told of another entry shows. */
const placeOf: PlaceOf = (path) => JSON.stringify(path)
const faults = (data: unknown, read = parseRules) =>
  read(data, placeOf).problems.map((problem) => problem.replace(/^\[.*?\]: /s, ''))
const places = (data: unknown, read = parseRules) =>
  read(data, placeOf).problems.map((problem) => /^\[.*?\](?=: )/s.exec(problem)?.[0])
const inColumn = (rule: unknown) => faults({ tables: { t: { c: rule } } })
const columnOf = (rule: unknown) =>
  parseRules({ tables: { t: { c: rule } } }, placeOf).rules.tables[0]?.columns.get('c')

const transformer = '"tables.t.c" must name a transformer, or { keep: <why> }.'
const words = 'must say why, in words.'
const share = 'must be a share above 0% and up to 100%, such as 1% or 0.5%.'

describe('our own rules', () => {
  it.each<[unknown, readonly string[]]>([
    ['text', ['the rules must be a map of names to values.', 'the rules must be a map of names to values.']],
    [[], ['the rules must be a map of names to values.', 'the rules must be a map of names to values.']],
    [null, []],
    [undefined, []],
    [{ tables: null, columns: null, harmless: null, leave_out: null, links: null, k_anonymity: null }, []],
    [{ tables: [] }, ['"tables" must be a map of names to values.']],
    [{ tables: { t: null } }, ['"tables.t" names no column.']],
    [{ tables: { t: {} } }, []],
    [{ columns: 'x' }, ['"columns" must be a map of names to values.']],
    [{ types: 'x' }, ['"types" must be a map of names to values.']],
    [{ columns: { c: 'nothing' } }, ['"columns.c" names the transformer "nothing", which does not exist.']],
    [{ types: { text: 'hush' } }, ['"types.text" names the transformer "hush", which does not exist (did you mean "hash"?).']],
    [{ harmless: 'x' }, ['"harmless" must be a list.']],
    [{ harmless: [{ because: 'words of a list' }] }, ['"harmless.0" must name "columns" or "types".']],
    [{ harmless: [{ tables: {}, columns: [1, ' '], types: [''], because: 'yes' }] }, [`"harmless.0.because" ${words}`, '"harmless.0.tables" must be a list.', '"harmless.0.columns.0" must be a text that is not empty.', '"harmless.0.columns.1" must be a text that is not empty.', '"harmless.0.types.0" must be a text that is not empty.', '"harmless.0" must name "columns" or "types".']],
    [{ harmless: [{ columns: 'a', because: ' a b c d ' }] }, [`"harmless.0.because" ${words}`]],
    [{ harmless: [{ types: ['*'], because: 'words of a list' }] }, ['"harmless.0" would cover every column; name "tables", or the columns.']],
    [{ harmless: [{ columns: 'a', becuase: 'words of a list', because: 'words of a list' }] }, ['"harmless.0.becuase" is not known here; write one of tables, columns, types, because (did you mean "because"?).']],
    [{ leave_out: 7 }, ['"leave_out" must be a list.']],
    [{ links: 'a.b' }, ['"links" must be a list.']],
    [{ links: [['a.b', 7]] }, ['"links.0.1" must be a text that is not empty.']],
    [{ links: [['a.b', 'c.'], ['.d', 'e.f']] }, ['"links.0.1" must be written table.column or table.column:key.key.', '"links.1.0" must be written table.column or table.column:key.key.']],
    [{ large_objects: true }, ['"large_objects" must be refuse or remove.']],
    [{ large_objects: 'refuse' }, []],
    [{ definitions: 'x' }, ['"definitions" must be { keep: <why> }.']],
    [{ definitions: null }, ['"definitions" must be { keep: <why> }.']],
    [{ definitions: ['x'] }, ['"definitions" must be { keep: <why> }.']],
    [{ definitions: { keep: 'no' } }, [`"definitions.keep" ${words}`]],
    [{ k_anonymity: {} }, ['"k_anonymity" must be a list.']],
    [{ k_anonymity: [{ columns: 'a', k: 2 }] }, ['"k_anonymity.0.table" must be a text that is not empty.']],
    [{ k_anonymity: [{ table: 't', columns: {}, k: 2 }] }, ['"k_anonymity.0.columns" must be a list.', '"k_anonymity.0" must name "columns".']],
    [{ k_anonymity: [{ table: 't', columns: 'a', k: '5' }] }, ['"k_anonymity.0.k" must be a whole number from 2.']],
    [{ k_anonymity: [{ table: 't', columns: 'a', k: 2.5 }] }, ['"k_anonymity.0.k" must be a whole number from 2.']],
    [{ k_anonymity: [{ table: 't', columns: 'a', k: 2 }] }, []],
    [{ sample: {} }, ['"sample" names no table.']],
    [{ sample: null }, []],
    [{ sample: 50 }, [`"sample" ${share}`]],
    [{ sample: { t: '0%' } }, [`"sample.t" ${share}`]],
    [{ sample: { t: 1 } }, [`"sample.t" ${share}`]],
    [{ sample: ['50%'] }, [`"sample" ${share}`]],
    [{ from_security_labels: 'yes' }, ['"from_security_labels" must be true or false.']],
    [{ from_security_labels: null }, ['"from_security_labels" must be true or false.']],
  ])('%j has its faults told', (data, problems) => {
    expect(faults(data)).toEqual(problems)
  }) // prettier-ignore

  it('that are wrong are taken for what they would be without a word', () => {
    const { rules } = parseRules({ large_objects: 1, from_security_labels: 1, definitions: 1, sample: 1 }, placeOf)
    const nothing = { largeObjects: 'refuse', securityLabels: false, definitions: undefined, sample: [] }
    expect(rules).toMatchObject({
      ...nothing,
      tables: [],
      columns: [],
      types: [],
      harmless: [],
      links: [],
      kAnonymity: [],
    })
    const none = parseRules(
      { tables: { t: { a: 'x', b: 'hash' } }, columns: { c: 'x' }, links: [['a']], k_anonymity: [{}] },
      placeOf,
    )
    expect([...(none.rules.tables[0]?.columns.keys() ?? [])]).toEqual(['b'])
    expect(none.rules).toMatchObject({ columns: [], links: [[]], kAnonymity: [] })
  })

  it('are placed where they stand, also below others', () => {
    const data = {
      tables: { t: { c: { keep: 'for a good reason' }, d: 'hash' } },
      columns: { c: 'hash' },
      links: [['a.b', 's.c.d:x.y']],
      k_anonymity: [{ table: 't', columns: 'a', k: 3 }],
      sample: { t: '5%' },
      definitions: { keep: ' only our own ' },
    }
    const { rules, problems } = parseRules(data, placeOf, ['at'])
    expect(problems).toEqual([])
    expect(rules.tables[0]?.place).toBe('["at","tables","t"]')
    expect(rules.tables[0]?.columns.get('c')).toMatchObject({ kind: 'keep', place: '["at","tables","t","c"]' })
    expect(rules.columns[0]?.rule.place).toBe('["at","columns","c"]')
    expect(rules.links).toEqual([[
      { table: 'a', column: 'b', path: undefined, place: '["at","links",0,0]' },
      { table: 's.c', column: 'd', path: ['x', 'y'], place: '["at","links",0,1]' },
    ]]) // prettier-ignore
    expect(rules.kAnonymity[0]?.place).toBe('["at","k_anonymity",0]')
    expect(rules.sample).toEqual([{ table: 't', share: 0.05, place: '["at","sample","t"]' }])
    expect(rules.definitions).toMatchObject({ because: 'only our own', place: '["at","definitions"]' })
    expect(places({ tables: { t: { c: { keep: '' } } } })).toEqual(['["tables","t","c","keep"]'])
  })
})

describe('a mask', () => {
  it.each<[unknown, readonly string[]]>([
    [7, [transformer]],
    [true, [transformer]],
    [{}, [transformer]],
    [[], ['"tables.t.c" must be a map of names to values.', transformer]],
    [{ mask: 7 }, [transformer]],
    [{ mask: null }, []],
    [{ mask: undefined }, [transformer]],
    ['deterministic_hash', []],
    [{ mask: 'generalize', unit: 'year' }, []],
    [{ mask: 'constant', value: 7 }, []],
    [{ mask: 'constant', value: true }, []],
    [{ mask: 'constant', value: [] }, ['"tables.t.c.value" must be a text.']],
    [{ mask: 'hash', length: 16 }, []],
    [{ mask: 'hash', length: 64 }, []],
    [{ mask: 'hash', length: 65 }, ['"tables.t.c.length" must be a whole number from 16 to 64.']],
    [{ mask: 'hash', length: '20' }, ['"tables.t.c.length" must be a whole number from 16 to 64.']],
    [{ mask: 'hash', length: 16.5 }, ['"tables.t.c.length" must be a whole number from 16 to 64.']],
    [{ mask: 'generalise', unit: 'era' }, ['"tables.t.c.unit" must be one of month, quarter, year, decade.']],
    [{ mask: 'hash', normalise: 'upper' }, ['"tables.t.c.normalise" must be one of none, lower, trim, lower_trim.']],
    [{ mask: 'hash', group: 7 }, ['"tables.t.c.group" must be made of letters, digits, dots and dashes.']],
    [{ mask: 'hash', group: 'a b' }, ['"tables.t.c.group" must be made of letters, digits, dots and dashes.']],
    [{ mask: 'hash', group: 'of-all.mails_1' }, []],
    [{ mask: 'hash', allow_uniqueness_loss: 'yes' }, ['"tables.t.c.allow_uniqueness_loss" must be true or false.']],
    [{ mask: 'json', paths: [] }, ['"tables.t.c.paths" must be a map of names to values.']],
    [{ mask: 'json', paths: { 'a..b': 'email' } }, ['"tables.t.c.paths.a..b" must be written key.key or key[*].key.']],
    [{ mask: 'json', paths: { a: null } }, ['"tables.t.c.paths.a" names the transformer "null", which makes no text.']],
    [{ mask: 'json', paths: { a: 'ip' } }, []],
    [{ mask: 'json', paths: { a: 'nothing' } }, ['"tables.t.c.paths.a" names the transformer "nothing", which does not exist.']],
    [{ mask: 'json', rest: 'redact' }, []],
    [{ mask: 'json', rest: 'keep' }, ['"tables.t.c.rest" must be redact or { keep: <why> }.']],
    [{ mask: 'json', rest: null }, ['"tables.t.c.rest" must be redact or { keep: <why> }.']],
    [{ mask: 'json', rest: { keep: 'no' } }, [`"tables.t.c.rest.keep" ${words}`]],
    [{ mask: 'json', rest: { kept: 1, keep: 'for a good reason' } }, ['"tables.t.c.rest.kept" is not known here; write one of keep (did you mean "keep"?).']],
  ])('%j has its faults told', (rule, problems) => {
    expect(inColumn(rule)).toEqual(problems)
    expect(columnOf(rule) === undefined).toBe(problems.length > 0)
  }) // prettier-ignore

  it('knows the options of its transformer alone', () => {
    const known = 'write one of mask, normalise, group, allow_uniqueness_loss, length.'
    expect(inColumn({ mask: 'hash', paths: {} })).toEqual([`"tables.t.c.paths" is not known here; ${known}`])
  })

  it('is what is written', () => {
    const said = { normalise: 'lower', group: 'g', allow_uniqueness_loss: true, length: 20 }
    expect(columnOf({ mask: 'hash', ...said })).toEqual({
      kind: 'mask',
      transformer: 'hash',
      parameters: { length: 20 },
      normalise: 'lower',
      group: 'g',
      allowUniquenessLoss: true,
      paths: [],
      rest: 'redact',
      place: '["tables","t","c"]',
    })
    const paths = { 'a.b': 'email', '$.c[*].d': 'name', $e: 'hash', '[*]': 'city', f$: 'hash' }
    const document = columnOf({ mask: 'json', paths, rest: { keep: 'for a good reason' } })
    expect(document?.kind === 'mask' && document.paths.map(({ path }) => path)).toEqual([
      ['a', 'b'],
      ['c', '*', 'd'],
      ['e'],
      ['*'],
      ['f$'],
    ])
    expect(document).toMatchObject({ rest: { kind: 'keep', place: '["tables","t","c","rest"]' } })
    expect(places({ columns: { c: { mask: 'json', paths: { 'a.': 'email' } } } })).toEqual([
      '["columns","c","paths","a."]',
    ])
  })
})

it.each([
  ['emial', ' (did you mean "email"?)'],
  ['EMAIL', ' (did you mean "email"?)'],
  ['emailxx', ' (did you mean "email"?)'],
  ['eail', ' (did you mean "email"?)'],
  ['emailxxx', ''],
  ['credit', ''],
])('"%s" does not exist%s', (name, hint) => {
  expect(inColumn(name)).toEqual([`"tables.t.c" names the transformer "${name}", which does not exist${hint}.`])
})

describe('rules of pgstream', () => {
  const ofColumn = (item: unknown, more: object = {}) => ({
    table_transformers: [{ schema: 's', table: 't', column_transformers: { c: item }, ...more }],
  })
  const first = (item: unknown) => importPgstream(ofColumn(item), placeOf).rules.tables[0]?.columns.get('c')
  const at = '"table_transformers.0.column_transformers.c"'

  it.each<[string, object, unknown]>([
    ['email', {}, ['email', {}]],
    ['email', { replacement_domain: '@corp.example' }, ['email', { domain: 'corp.example' }]],
    ['neosync_email', {}, ['email', {}]],
    ['neosync_email', { preserve_domain: 'yes' }, ['email', {}]],
    ['neosync_email', { preserve_domain: true, seed: 1 }, ['email', { domain: 'keep' }]],
    ['greenmask_firstname', { gender: 'Any' }, ['first_name', {}]],
    ['neosync_firstname', { max_length: 5 }, ['first_name', {}]],
    ['neosync_lastname', {}, ['last_name', {}]],
    ['neosync_fullname', {}, ['name', {}]],
    ['neosync_string', {}, ['hash', {}]],
    ['greenmask_string', { symbols: 'ab' }, ['hash', {}]],
    ['string', {}, ['hash', {}]],
    ['deterministic_hash', { algorithm: 'x' }, ['hash', {}]],
    ['greenmask_uuid', {}, ['uuid', {}]],
    ['phone_number', { prefix: '+1' }, ['phone', {}]],
    ['literal_string', { literal: 'x' }, ['constant', { value: 'x' }]],
    ['literal_string', { literal: 7 }, ['constant', { value: '7' }]],
    ['literal_string', { literal: false }, ['constant', { value: 'false' }]],
    ['masking', {}, ['hash', {}]],
    ['masking', { type: 'name' }, ['name', {}]],
    ['masking', { type: 'mobile' }, ['phone', {}]],
    ['masking', { type: 'credit_card' }, ['credit_card', {}]],
    ['masking', { type: 'url' }, ['url', {}]],
    ['postcode', {}, ['postcode', {}]],
    ['hash', { length: 20 }, ['hash', { length: 20 }]],
  ])('%s with %j is ours', (name, parameters, wanted) => {
    expect(faults(ofColumn({ name, parameters }), importPgstream)).toEqual([])
    const rule = first({ name, parameters })
    expect(rule?.kind === 'mask' && [rule.transformer, rule.parameters]).toEqual(wanted)
    expect(rule).toMatchObject({ place: JSON.stringify(['table_transformers', 0, 'column_transformers', 'c']), allowUniquenessLoss: false })
  }) // prettier-ignore

  const random = (what: string, rule: string) => `which makes a random ${what}; write ${rule} or generalise.`
  it.each<[unknown, string]>([
    [{}, `${at} names no transformer; write "noop" to keep the column.`],
    [{ name: 7 }, `${at} names no transformer; write "noop" to keep the column.`],
    [{ name: 'literal_string' }, `${at} uses "literal_string", which needs "literal".`],
    [{ name: 'literal_string', parameters: { literal: [] } }, `${at} uses "literal_string", which needs "literal".`],
    [{ name: 'masking', parameters: { type: 'custom' } }, `${at} uses "masking", which of type "custom" lets parts of the original through.`],
    [{ name: 'masking', parameters: { type: 'toString' } }, `${at} uses "masking", which of type "toString" lets parts of the original through.`],
    [{ name: 'encrypted_aes_siv' }, `${at} uses "encrypted_aes_siv", which is reversible with its key; write hash.`],
    [{ name: 'greenmask_boolean' }, `${at} uses "greenmask_boolean", which changes a boolean at random; write { mask: constant, value: … }.`],
    [{ name: 'greenmask_choice' }, `${at} uses "greenmask_choice", which chooses from a list; write { mask: constant, value: … }.`],
    [{ name: 'greenmask_date' }, `${at} uses "greenmask_date", ${random('date', 'date_shift')}`],
    [{ name: 'greenmask_unix_timestamp' }, `${at} uses "greenmask_unix_timestamp", ${random('time', 'number_noise')}`],
    [{ name: 'greenmask_utc_timestamp' }, `${at} uses "greenmask_utc_timestamp", ${random('time', 'date_shift')}`],
    [{ name: 'greenmask_integer' }, `${at} uses "greenmask_integer", ${random('number', 'number_noise')}`],
    [{ name: 'greenmask_float' }, `${at} uses "greenmask_float", ${random('number', 'number_noise')}`],
    [{ name: 'json' }, `${at} uses "json", which masks what it lists and keeps the rest; write { mask: json, paths: … }.`],
    [{ name: 'hstore' }, `${at} uses "hstore", which masks what it lists and keeps the rest; write null.`],
    [{ name: 'template' }, `${at} uses "template", which is a Go template over the original; write { mask: template, text: … }.`],
    [{ name: 'pg_anonymizer' }, `${at} uses "pg_anonymizer", which runs an extension; write the transformer by our name.`],
    [{ name: 'nothing' }, `${at} uses "nothing", which neither pgstream nor we have.`],
    [{ name: 'constructor' }, `${at} uses "constructor", which neither pgstream nor we have.`],
  ])('%j is refused with the reason', (item, sentence) => {
    expect(faults(ofColumn(item), importPgstream)).toEqual([sentence])
    expect(first(item)).toBeUndefined()
  }) // prettier-ignore

  it.each<[unknown, readonly string[]]>([
    [{ name: 'email', parameters: { odd: 1 } }, [`"table_transformers.0.column_transformers.c.parameters.odd" is not known here; write one of generator, seed, salt, algorithm, hash_algorithm, max_length, min_length, min_value, max_value, preserve_length, excluded_domains, exclude_domain, email_type, invalid_email_action, symbols, gender, prefix, replacement_domain, preserve_domain, literal, type.`]],
    [{ name: 'email', parameters: [] }, ['"table_transformers.0.column_transformers.c.parameters" must be a map of names to values.']],
    [{ name: 'noop', more: 1 }, ['"table_transformers.0.column_transformers.c.more" is not known here; write one of name, parameters, dynamic_parameters, allow_uniqueness_loss.']],
  ])('%j has its faults told', (item, problems) => {
    expect(faults(ofColumn(item), importPgstream)).toEqual(problems)
  }) // prettier-ignore

  it('keep what they pass on, with the reason', () => {
    expect(first({ name: 'noop' })).toEqual({
      kind: 'keep',
      because: 'noop in the pgstream rules',
      place: JSON.stringify(['table_transformers', 0, 'column_transformers', 'c']),
    })
    expect(first({ name: 'hash', allow_uniqueness_loss: true })).toMatchObject({ allowUniquenessLoss: false })
    expect(first({ name: 'string', allow_uniqueness_loss: true })).toMatchObject({ allowUniquenessLoss: true })
  })

  it('are told where they are wrong themselves', () => {
    expect(faults({ transformations: { tables: [] }, more: 1 }, importPgstream)).toEqual([
      '"more" is not known here; write one of transformations.',
      '"transformations.tables" is not known here; write one of table_transformers, validation_mode, infer_from_security_labels, dump_inferred_rules.',
    ])
    expect(faults({ table_transformers: {} }, importPgstream)).toEqual(['"table_transformers" must be a list.'])
    expect(faults(ofColumn({ name: 'noop' }, { table: 7, odd: 1, schema: '' }), importPgstream)).toEqual([
      '"table_transformers.0.odd" is not known here; write one of schema, table, column_transformers, validation_mode.',
      '"table_transformers.0.table" must be a text that is not empty.',
    ])
    expect(faults({ table_transformers: [{ table: 't', column_transformers: [] }] }, importPgstream)).toEqual([
      '"table_transformers.0.column_transformers" must be a map of names to values.',
    ])
  })

  it('name tables of "public" unless they say another schema', () => {
    const named = (more: object) =>
      importPgstream({ transformations: ofColumn({ name: 'noop' }, more) }, placeOf).rules.tables[0]
    expect(named({})).toMatchObject({ table: 's.t', place: '["transformations","table_transformers",0]' })
    for (const schema of [undefined, '', 7]) expect(named({ schema })?.table).toBe('public.t')
  })

  it.each<[unknown, boolean]>([
    [{ transformations: {} }, true],
    [{ table_transformers: [] }, true],
    [{ tables: {} }, false],
    [null, false],
    ['transformations', false],
  ])('are told from ours by how they begin: %j', (data, foreign) => {
    expect(faults(data, parseAnyRules)).toEqual(faults(data, foreign ? importPgstream : parseRules))
    expect(faults(data, importPgstream)).not.toBe(undefined)
  })
})
