import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { readPolicyFile } from '../../src/data/policy-file.js'
import { faultsOf, InputError } from '../../src/errors.js'

const name = '.github/db-branch.yml'
const sample = readFileSync(join(import.meta.dirname, '../../docs/policy/db-branch.yml'), 'utf8')

/** What the action says; undefined when it accepts. */
function refusal(text: string): string | undefined {
  try {
    readPolicyFile(name, text)
    return undefined
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`
  }
}

/** As the sentence for a file that is YAML and still wrong. */
const wrong = (problems: string) => `InputError: The policy file ${name} is not right. ${problems}`

it('reads the documented sample', () => {
  const { parents } = readPolicyFile(name, sample)
  expect([...parents].map(([parent, { dataPolicy }]) => [parent, dataPolicy])).toEqual([
    ['main', 'masked'],
    ['*', 'schema_only'],
  ])
  expect(parents.get('main')?.masking?.tables.map(({ table }) => table)).toEqual(['customers', 'orders', 'events'])
})

it('remembers where each rule stands, for the refusals to come', () => {
  const { parents } = readPolicyFile(name, sample)
  const line = sample.split('\n').findIndex((text) => text.includes('phone: phone')) + 1
  expect(parents.get('main')?.masking?.tables[0]?.columns.get('phone')?.place).toBe(`line ${line}`)
})

it.each([
  [
    'a misspelt policy',
    `version: 1\nparents:\n  main:\n    data_policy: maskd`,
    'line 4: "parents.main.data_policy" must be one of schema_only, masked, copy.',
  ],
  [
    'a parent without a policy, at the line of the parent',
    `version: 1\nparents:\n  main: {}`,
    'line 3: "parents.main.data_policy" must be one of schema_only, masked, copy.',
  ],
  [
    'a key that is not known',
    `version: 1\nparents:\n  main:\n    data_policy: copy\n    copy_aproval: 'Shop team: generated rows'\n    copy_approval: 'Shop team: generated rows'`,
    'line 5: "parents.main.copy_aproval" is not known here; write one of data_policy, copy_approval, masking (did you mean "copy_approval"?).',
  ],
  [
    'a key at the top that is not known',
    `version: 1\nparent: {}\nparents: { main: { data_policy: schema_only } }`,
    'line 2: "parent" is not known here; write one of version, protected, exempt, parents (did you mean "parents"?).',
  ],
  [
    'a copy that nobody approved',
    `version: 1\nparents:\n  main:\n    data_policy: copy`,
    'line 4: "parents.main.copy_approval" must say who approved a full copy, and why.',
  ],
  [
    'an approval without a word',
    `version: 1\nparents:\n  main:\n    data_policy: copy\n    copy_approval: '---'`,
    'line 5: "parents.main.copy_approval" must say why, in words.',
  ],
  [
    'masking without rules',
    `version: 1\nparents:\n  main:\n    data_policy: masked`,
    'line 4: "parents.main.masking" must hold the masking rules.',
  ],
  [
    'a transformer that does not exist',
    `version: 1\nparents:\n  main:\n    data_policy: masked\n    masking:\n      tables:\n        customers:\n          name: name\n          email:\n            mask: emial`,
    'line 10: "parents.main.masking.tables.customers.email" names the transformer "emial", which does not exist (did you mean "email"?).',
  ],
  [
    'a rule of pgstream that cannot be taken over',
    `version: 1\nparents:\n  main:\n    data_policy: masked\n    masking:\n      table_transformers:\n        - table: customers\n          column_transformers:\n            email: { name: encrypted_aes_siv }`,
    'line 9: "parents.main.masking.table_transformers.0.column_transformers.email" uses "encrypted_aes_siv", which is reversible with its key; write hash.',
  ],
  ['another version', `version: 2\nparents: { main: { data_policy: schema_only } }`, 'line 1: "version" must be 1.'],
  ['no parent', `version: 1\nparents: {}`, 'line 2: "parents" must name at least one parent.'],
  ['an empty file', '', 'line 1: "version" must be 1. line 1: "parents" must name at least one parent.'],
  [
    'a parent that is no map',
    `version: 1\nparents:\n  main: masked`,
    'line 3: "parents.main" must be a map of names to values.',
  ],
])('tells of %s with its line', (_, text, problem) => {
  // A value of the wrong shape reads as absent, so a sentence or two may follow.
  expect(refusal(text)).toContain(problem)
  expect(refusal(text)).toMatch(/^InputError: The policy file \.github\/db-branch\.yml is not right\. line /)
})

it('tells of a line as an editor counts it, with a byte order mark, Windows line ends and comments', () => {
  const text = `\uFEFF# ours\r\nversion: 1\r\n\r\nparents:\r\n  main:\r\n    # all of it\r\n    data_policy: all\r\n`
  expect(refusal(text)).toBe(wrong('line 7: "parents.main.data_policy" must be one of schema_only, masked, copy.'))
})

it('tells of all problems at once', () => {
  const text = `version: 2
parents:
  main:
    data_policy: maskd
    masking:
      tables:
        customers:
          email: emial
          note: { keep: '-' }
      leave_out: [7]
      large_objects: keep`
  const lines = [...(refusal(text) ?? '').matchAll(/line (\d+): /g)].map(([, line]) => Number(line))
  expect(lines.toSorted((a, b) => a - b)).toEqual([1, 4, 8, 9, 10, 11])
})

it('tells of at most twenty, and how many more there are', () => {
  const columns = Array.from({ length: 25 }, (_, at) => `          c${at}: nothing_${at}`).join('\n')
  const said = refusal(
    `version: 1\nparents:\n  main:\n    data_policy: masked\n    masking:\n      tables:\n        t:\n${columns}`,
  )
  expect(said?.match(/line \d+: /g)).toHaveLength(20)
  expect(said).toMatch(/ And 5 more\.$/)
})

describe('what is not plain YAML is refused whole', () => {
  it.each([
    ['a sequence that does not end', 'version: 1\nparents: [', 'line 2'],
    ['a tab for indentation', 'version: 1\nparents:\n\tmain: x', 'line 3'],
    // The second would win in other readers, and a reviewer may have seen the first.
    ['a key that stands twice', 'version: 1\nparents:\n  main: { data_policy: schema_only }\n  main: {}', 'line 4'],
    ['two documents', 'version: 1\n---\nversion: 1', 'line 2'],
    ['a tag', 'version: 1\nparents: { main: { data_policy: !secret masked } }', 'line 2'],
    ['nesting beyond any use', `version: 1\nparents: ${'['.repeat(50_000)}`, ''],
  ])('%s', (_, text, place) => {
    expect(refusal(text)).toMatch(/^InputError: The policy file \.github\/db-branch\.yml cannot be read: /)
    expect(refusal(text)).toContain(place)
  })

  it('a value of another type, which is not the word that it looks like', () => {
    expect(refusal('version: 1\nparents: { main: { data_policy: !!binary bWFza2Vk } }')).toContain('must be one of')
    expect(refusal(`version: '1'\nparents: { main: { data_policy: schema_only } }`)).toContain('"version" must be 1')
  })

  it('a file beyond any use, before it is read', () => {
    expect(refusal('#'.repeat(1024 * 1024 + 1))).toBe(
      `InputError: The policy file ${name} is longer than 1048576 characters.`,
    )
  })
})

describe('aliases, which can grow a few lines into gigabytes, are never followed', () => {
  const bomb = [
    'a0: &a0 [x, x, x, x, x, x, x, x, x, x]',
    ...Array.from({ length: 12 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at}, `.repeat(10)}]`),
  ].join('\n')

  it.each([
    ['one alias', 'version: 1\nparents:\n  a: &a { data_policy: schema_only }\n  b: *a'],
    ['a merge key', 'version: 1\nparents:\n  a: &a { data_policy: schema_only }\n  b: { <<: *a }'],
    ['an alias of nothing', 'version: 1\nparents:\n  a: *nothing'],
    ['a bomb', `version: 1\n${bomb}`],
  ])('%s', (_, text) => {
    const start = performance.now()
    expect(refusal(text)).toMatch(/uses an alias \(\*name\), which is not followed|cannot be read: .*alias/i)
    expect(performance.now() - start).toBeLessThan(2_000)
  })

  it('an anchor that nothing refers to does no harm', () => {
    expect(refusal('version: 1\nparents:\n  a: &a { data_policy: schema_only }')).toBeUndefined()
  })
})

it('a parent may be called anything, also like what every object has', () => {
  const { parents } = readPolicyFile(
    name,
    'version: 1\nparents:\n  __proto__: { data_policy: schema_only }\n  toString: { data_policy: schema_only }\n  7: { data_policy: schema_only }',
  )
  expect([...parents.keys()].toSorted()).toEqual(['7', '__proto__', 'toString'])
})

it('throws InputError, so that the run says only the sentence', () => {
  expect(() => readPolicyFile(name, 'version: 2')).toThrow(InputError)
})

it('a failure knows its lines, so that the file can be annotated', () => {
  const faults = (text: string) => {
    try {
      readPolicyFile(name, text)
      return []
    } catch (error) {
      return faultsOf(error).map(({ file, line, column, detail }) => [file, line, column, detail !== ''])
    }
  }
  expect(faults('version: 1\nparents:\n  main: { data_policy: maskd }\n  dev: { data_policy: cpy }\n')).toEqual([
    [name, 3, undefined, true],
    [name, 4, undefined, true],
  ])
  expect(faults('parents:\n  main: [\n')).toEqual([[name, 3, 1, true]])
  expect(faults('x'.repeat(1024 * 1024 + 1))).toEqual([])
})
