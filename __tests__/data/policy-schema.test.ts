import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { Ajv } from 'ajv'
import { parse } from 'yaml'
import { parsePolicy } from '../../src/domain/parse-policy.js'
import type { Transformer } from '../../src/domain/masking/transformer.js'
import { aliases, transformers } from '../../src/domain/masking/transformers.js'

const folder = join(import.meta.dirname, '../../docs/policy')
const sample = parse(readFileSync(join(folder, 'db-branch.yml'), 'utf8')) as unknown
const schema = JSON.parse(readFileSync(join(folder, 'schema.json'), 'utf8')) as object
const accepts = new Ajv({ strict: true, allowUnionTypes: true, strictRequired: false, strictTypes: false }).compile(
  schema,
)

/** What the action says; none when it accepts. */
const refusals = (tree: unknown) => parsePolicy(tree, (path) => path.join('.')).problems

/** A policy file around masking rules. */
const masked = (masking: unknown) => ({ version: 1, parents: { main: { data_policy: 'masked', masking } } })
/** One around the rule for a column. */
const column = (rule: unknown) => masked({ tables: { t: { c: rule } } })
const path = (key: string, mask: unknown = 'email') => column({ mask: 'json', paths: { [key]: mask } })
const keep = { keep: 'a word of a fixed list' }
const names = [...Object.keys(transformers), ...Object.keys(aliases)]

const everySection = {
  tables: { 'shop.customers': { email: 'email', bio: null, 'E-Mail': { mask: 'email', domain: 'keep' } }, empty: {} },
  columns: { '*_email': { mask: 'email', normalise: 'lower_trim', group: 'a.b-c', allow_uniqueness_loss: true } },
  types: { inet: 'ip', 'text[]': keep },
  harmless: [
    { tables: 'kept', columns: '*', because: keep.keep },
    { types: ['xml'], because: keep.keep },
  ],
  leave_out: ['audit', 'log.*'],
  links: [['customers.email', 's.events.payload:contact.email']],
  large_objects: 'remove',
  definitions: keep,
  k_anonymity: [{ table: 'customers', columns: ['city'], k: 5 }],
  sample: { customers: '0.5%', 'shop.orders': '100 %' },
  from_security_labels: true,
}
const pgstream = {
  table_transformers: [
    {
      schema: 'public',
      table: 'customers',
      column_transformers: {
        email: { name: 'neosync_email', parameters: { preserve_domain: true } },
        id: { name: 'noop' },
      },
    },
  ],
  validation_mode: 'strict',
}

const good: [string, unknown][] = [
  ['the documented sample', sample],
  ['every section', masked(everySection)],
  ['sections that are empty', masked(Object.fromEntries(Object.keys(everySection).map((key) => [key, keyless(key)])))],
  ...['1%', '99.99%', '100%', '100.0%', '7 %', '0.001%'].map((share): [string, unknown] => [
    `a share of ${share}`,
    masked({ sample: share }),
  ]),
  ['rules of pgstream', masked(pgstream)],
  ['labels for pgstream', masked({ table_transformers: [], infer_from_security_labels: true })],
  ['a document of pgstream', masked({ transformations: pgstream })],
  ['less than what would be allowed', { version: 1, parents: { '*': { data_policy: 'schema_only', masking: {} } } }],
  [
    'names',
    { version: 1, protected: 'demo', exempt: ['pr-7', 'x*'], parents: { main: { data_policy: 'schema_only' } } },
  ],
  ['a full copy', { version: 1, parents: { main: { data_policy: 'copy', copy_approval: 'Jane: test rows' } } }],
  ['a reason in another script', column({ keep: 'статус' })],
  ...['null', null].map((name): [string, unknown] => [`{ mask: ${JSON.stringify(name)} }`, column({ mask: name })]),
  ...[
    ...Object.entries(transformers),
    ...Object.entries(aliases).map(([name, own]) => [name, transformers[own]] as const),
  ].map(([name, transformer]): [string, unknown] => [
    `${name} with all parameters`,
    column({
      mask: name,
      ...Object.fromEntries(
        parametersOf(transformer).map(([key, { type, atLeast = 1 }]) => [
          key,
          Array.isArray(type) ? (type[0] as string) : type === 'whole number' ? atLeast : 'text',
        ]),
      ),
    }),
  ]),
  ['the first characters of a text', path('a', { mask: 'generalise', keep: 2 })],
  ['the first characters of a column', column({ mask: 'generalise', keep: 2 })],
  ['a number for a text', column({ mask: 'constant', value: 7 })],
  ...['a', 'a.b', 'a[*].b', '[*]', '$.a', '$a', '$[*].a', '.a', 'a b', 'a[0]', '$..a', 'a[*]b', '$$'].map(
    (key): [string, unknown] => [`the path ${key}`, path(key)],
  ),
  ...[undefined, 'redact', keep].map((rest): [string, unknown] => [
    `rest ${JSON.stringify(rest)}`,
    column({ mask: 'json', ...(rest !== undefined && { rest }) }),
  ]),
]

/** But for `keep` of `generalise`, which has a row of its own. */
function parametersOf(transformer: Transformer | undefined) {
  return Object.entries(transformer?.parameters ?? {}).filter(([key]) => key !== 'keep')
}

/** Lists cannot be told from maps by their key alone. */
function keyless(section: string): unknown {
  if (section === 'large_objects') return 'refuse'
  if (section === 'from_security_labels') return false
  return section === 'definitions' ? keep : null
}

const bad: [string, unknown][] = [
  ...['*', ['*'], [7], {}].map((exempt): [string, unknown] => [
    `exempt ${JSON.stringify(exempt)}`,
    { version: 1, exempt, parents: { main: { data_policy: 'schema_only' } } },
  ]),
  ...[{}, null, { name: '' }, { parameters: {} }].map((entry): [string, unknown] => [
    `pgstream, a column with ${JSON.stringify(entry)}`,
    masked({ table_transformers: [{ table: 'customers', column_transformers: { email: entry } }] }),
  ]),
  ['keys beside a document of pgstream', masked({ transformations: pgstream, leave_out: ['audit'] })],
  ...[null, 7, 'text', [], {}, { version: 1 }, { version: 1, parents: {} }, { version: 1, parents: [] }].map(
    (tree): [string, unknown] => [JSON.stringify(tree), tree],
  ),
  ...[2, '1', null, true].map((version): [string, unknown] => [
    `version ${JSON.stringify(version)}`,
    { version, parents: { main: { data_policy: 'schema_only' } } },
  ]),
  ['a key beside the parents', { ...(sample as object), parent: {} }],
  ...[null, 'masked', [], {}, { data_policy: 'full' }, { data_policy: 'masked' }, { data_policy: 'copy' }].map(
    (main): [string, unknown] => [`main: ${JSON.stringify(main)}`, { version: 1, parents: { main } }],
  ),
  ...['', 'x', '-----', '12345', null, 7].map((approval): [string, unknown] => [
    `approval ${JSON.stringify(approval)}`,
    { version: 1, parents: { main: { data_policy: 'copy', copy_approval: approval } } },
  ]),
  ['a key beside the policy', { version: 1, parents: { main: { data_policy: 'schema_only', mask: {} } } }],
  ...[7, 'email', [], { tabels: {} }].map((rules): [string, unknown] => [JSON.stringify(rules), masked(rules)]),
  ...['0%', '0.00%', '100.1%', '101%', '1', '-1%', '%', 'all', '1 percent', 0.01, {}, []].map(
    (share): [string, unknown] => [`a share of ${JSON.stringify(share)}`, masked({ sample: share })],
  ),
  ['a share of a table that is none', masked({ sample: { customers: '1' } })],
  ['labels in words', masked({ from_security_labels: 'yes' })],
  ...Object.keys(everySection).flatMap((section) =>
    [7, section === 'from_security_labels' ? 'yes' : true].map((value): [string, unknown] => [
      `${section}: ${value}`,
      masked({ [section]: value }),
    ]),
  ),
  ['a table without columns', masked({ tables: { t: null } })],
  ...[7, true, [], {}, 'emial', '', { mask: 'emial' }, { mask: 7 }, { domain: 'keep' }].map(
    (rule): [string, unknown] => [`rule ${JSON.stringify(rule)}`, column(rule)],
  ),
  ['a reason beside a mask', column({ ...keep, mask: 'email' })],
  ...['', '.', 'a b c', null, 7, []].map((why): [string, unknown] => [
    `keep ${JSON.stringify(why)}`,
    column({ keep: why }),
  ]),
  ...names.map((name): [string, unknown] => [`${name} with a strange parameter`, column({ mask: name, strange: 1 })]),
  ...['constant', 'template'].map((name): [string, unknown] => [`${name} without its parameter`, column(name)]),
  ['a length that is too short', column({ mask: 'hash', length: 8 })],
  ['a length in words', column({ mask: 'hash', length: '16' })],
  ['half a length', column({ mask: 'hash', length: 16.5 })],
  ['a unit of no calendar', column({ mask: 'generalise', unit: 'week' })],
  ['more than all noise', column({ mask: 'number_noise', percent: 101 })],
  ['a parameter of another transformer', column({ mask: 'phone', domain: 'keep' })],
  ['an empty parameter', column({ mask: 'email', domain: null })],
  ['paths of another transformer', column({ mask: 'email', paths: {} })],
  ...[null, 'upper', true].map((normalise): [string, unknown] => [
    `normalise ${JSON.stringify(normalise)}`,
    column({ mask: 'email', normalise }),
  ]),
  ...['', 'a:b', 7, null].map((group): [string, unknown] => [
    `group ${JSON.stringify(group)}`,
    column({ mask: 'email', group }),
  ]),
  ...['yes', null, 1].map((allow_uniqueness_loss): [string, unknown] => [
    `loss ${JSON.stringify(allow_uniqueness_loss)}`,
    column({ mask: 'email', allow_uniqueness_loss }),
  ]),
  ...['', '.', '..a', 'a..b', 'a.', '$', '$.', 'a.[*]', '[*].', '.[*]'].map((key): [string, unknown] => [
    `the path "${key}"`,
    path(key),
  ]),
  ...[null, 'null', 'json', 'date_shift', keep, { mask: 'mac', strange: 1 }].map((mask): [string, unknown] => [
    `a path with ${JSON.stringify(mask)}`,
    path('a', mask),
  ]),
  ...[null, 'keep', {}, { keep: '' }, { ...keep, why: 1 }].map((rest): [string, unknown] => [
    `rest ${JSON.stringify(rest)}`,
    column({ mask: 'json', rest }),
  ]),
  ...[
    null,
    'x',
    {},
    { columns: ['a'] },
    { because: keep.keep },
    { columns: [], types: [], because: keep.keep },
    { columns: '*', because: keep.keep },
    { columns: ['a', '*'], tables: [], because: keep.keep },
    { types: '*', because: keep.keep },
    { columns: 'a', because: '-' },
    { columns: [7], because: keep.keep },
    { columns: 'a', schemas: 'b', because: keep.keep },
  ].map((rule): [string, unknown] => [`harmless ${JSON.stringify(rule)}`, masked({ harmless: [rule] })]),
  ...[null, 'a.b', [], ['a.b'], ['a.b', 'c'], ['a.b', '.c'], ['a.b', 'c.'], ['a.b', 'c:d.e'], ['a.b', 7]].map(
    (link): [string, unknown] => [`link ${JSON.stringify(link)}`, masked({ links: [link] })],
  ),
  ...[['', 'a'], [' '], [7], {}].map((out): [string, unknown] => [
    `leave out ${JSON.stringify(out)}`,
    masked({ leave_out: out }),
  ]),
  ['large objects that stay', masked({ large_objects: 'keep' })],
  ['definitions without a reason', masked({ definitions: {} })],
  ...[
    null,
    {},
    { table: 't', columns: 'c' },
    { table: '', columns: 'c', k: 5 },
    { table: 't', columns: [], k: 5 },
    { table: 't', columns: 'c', k: 1 },
    { table: 't', columns: 'c', k: 2.5 },
    { table: 't', columns: 'c', k: '5' },
    { table: 't', columns: 'c', k: 5, l: 2 },
  ].map((group): [string, unknown] => [`groups ${JSON.stringify(group)}`, masked({ k_anonymity: [group] })]),
  ...[
    { table_transformers: {} },
    { table_transformers: [{}] },
    { table_transformers: [{ table: 't', columns: {} }] },
    { table_transformers: [{ table: 't', column_transformers: { c: { nmae: 'email' } } }] },
    { table_transformers: [{ table: 't', column_transformers: { c: 'email' } }] },
    { table_transformers: [], tables: {} },
  ].map((rules): [string, unknown] => [`pgstream ${JSON.stringify(rules)}`, masked(rules)]),
]

describe('docs/policy/schema.json and the action agree', () => {
  it.each(good)('on what is right: %s', (_, tree) => {
    expect(refusals(tree)).toEqual([])
    expect([accepts(tree), accepts.errors]).toEqual([true, null])
  })

  it.each(bad)('on what is wrong: %s', (_, tree) => {
    expect(refusals(tree)).not.toEqual([])
    expect(accepts(tree)).toBe(false)
  })
})

/** The action alone knows what the translations of pgstream's transformers are. */
it.each(['encrypted_aes_siv', 'nothing_known'])('leaves it to the action to refuse pgstream’s %s', (transformer) => {
  const rules = masked({ table_transformers: [{ table: 't', column_transformers: { c: { name: transformer } } }] })
  expect(accepts(rules)).toBe(true)
  expect(refusals(rules)).toEqual([expect.stringContaining(`uses "${transformer}"`)])
})

describe('docs/masking.md', () => {
  const page = readFileSync(join(folder, '../masking.md'), 'utf8')

  it.each(Object.entries(transformers))('has a row for %s with its parameters', (name, { parameters }) => {
    const row = page.split('\n').find((line) => line.split('|')[1]?.includes(`\`${name}\``)) ?? ''
    expect([name, ...Object.keys(parameters)].filter((word) => !row.includes(`\`${word}\``))).toEqual([])
  })

  it('names every section of the rules', () => {
    expect(Object.keys(everySection).filter((key) => !page.includes(`\`${key}\``))).toEqual([])
  })
})
