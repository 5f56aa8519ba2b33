import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { dataPolicies, type DataPolicy } from '../../src/domain/data-policy.js'
import { parsePolicy } from '../../src/domain/parse-policy.js'
import { type Allowed, type Asked, type PolicyFile, underLaw } from '../../src/domain/policy.js'

const rules = { columns: { email: 'email' } }
const data = {
  version: 1,
  parents: {
    main: { data_policy: 'masked', masking: rules },
    golden: { data_policy: 'copy', copy_approval: 'Jane Doe: it is masked already' },
    crown: { data_policy: 'schema_only' },
  },
}
const unapproved = { dataPolicy: 'copy', approval: undefined, masking: undefined } as const
const placeOf = (path: readonly (string | number)[]) => `at /${path.join('/')}`

function fileOf(value: unknown = data): PolicyFile {
  const { file, problems } = parsePolicy(value, placeOf)
  expect(problems).toEqual([])
  return file
}

const ask = (change: Partial<Asked>): Asked => ({
  dataPolicy: undefined,
  approval: undefined,
  parent: 'main',
  ...change,
})

describe('the policy file', () => {
  it('says per parent what its branches may hold', () => {
    const { parents } = fileOf()
    expect([...parents].map(([name, { dataPolicy, approval }]) => [name, dataPolicy, approval])).toEqual([
      ['main', 'masked', undefined],
      ['golden', 'copy', 'Jane Doe: it is masked already'],
      ['crown', 'schema_only', undefined],
    ])
    expect(parents.get('main')?.masking?.columns).toHaveLength(1)
  })

  it('protects and exempts names', () => {
    const of = (lists: object) => parsePolicy({ ...data, ...lists }, placeOf)
    expect(of({}).file.names).toEqual({ protected: [], exempt: [] })
    expect(of({ protected: 'demo', exempt: ['pr-7', 'x-*'] }).file.names).toEqual({
      protected: ['demo'],
      exempt: ['pr-7', 'x-*'],
    })
    expect(of({ exempt: ['*'] }).problems.join()).toMatch(
      /at \/exempt: "exempt" must name branches; "\*" would cover all/,
    )
    expect(of({ protected: [7] }).problems).toHaveLength(1)
    expect(of({ protected: ['**'] }).problems).toHaveLength(1)
    expect(of({ protected: ['demo-*', '*-demo', 'a*b'] }).problems).toEqual([])
  })

  it.each<[string, unknown, RegExp]>([
    ['nothing', null, /at \/version: "version" must be 1/],
    ['a list', [], /at \/: the rules must be a map/],
    ['another version', { ...data, version: 2 }, /"version" must be 1/],
    ['no parents', { version: 1, parents: {} }, /at \/parents: "parents" must name at least one parent/],
    ['an unknown key', { ...data, parent: {} }, /at \/parent: "parent" is not known here.*did you mean "parents"/],
    [
      'an unknown policy',
      { version: 1, parents: { main: { data_policy: 'all' } } },
      /at \/parents\/main\/data_policy: .* must be one of schema_only, masked, copy/,
    ],
    ['a misspelt key', { version: 1, parents: { main: { data_polcy: 'copy' } } }, /did you mean "data_policy"/],
    [
      'a copy nobody approved',
      { version: 1, parents: { main: { data_policy: 'copy' } } },
      /at \/parents\/main\/copy_approval: .* must say who approved/,
    ],
    [
      'an approval without words',
      { version: 1, parents: { main: { data_policy: 'copy', copy_approval: '.' } } },
      /must say why, in words/,
    ],
    [
      'masking without rules',
      { version: 1, parents: { main: { data_policy: 'masked' } } },
      /at \/parents\/main\/masking: .* must hold the masking rules/,
    ],
    [
      'rules that are wrong',
      { version: 1, parents: { main: { data_policy: 'masked', masking: { columns: { email: 'emial' } } } } },
      /at \/parents\/main\/masking\/columns\/email/,
    ],
  ])('that is %s is not used', (_name, value, says) => {
    expect(parsePolicy(value, placeOf).problems.join(' ')).toMatch(says)
  })
})

it('a parent whose policy cannot be read gets no rows', () => {
  const { file } = parsePolicy({ version: 1, parents: { main: { data_policy: 'all' } } }, placeOf)
  expect(file.parents.get('main')?.dataPolicy).toBe('schema_only')
})

describe('what a branch may hold', () => {
  it.each<[string, Partial<Asked>, PolicyFile | undefined, Partial<Allowed>]>([
    [
      'as asked, without a file',
      { dataPolicy: 'copy', approval: 'me' },
      undefined,
      { dataPolicy: 'copy', approval: 'me' },
    ],
    ['nothing, without a file', { dataPolicy: 'schema_only' }, undefined, { dataPolicy: 'schema_only', notes: [] }],
    [
      'nothing, of a parent that is not in the file',
      { parent: 'other', dataPolicy: 'schema_only' },
      fileOf(),
      { dataPolicy: 'schema_only', notes: [] },
    ],
    ['what the file says, when nothing is asked', {}, fileOf(), { dataPolicy: 'masked', notes: [] }],
    [
      'what is asked, when that is stricter',
      { dataPolicy: 'schema_only' },
      fileOf(),
      { dataPolicy: 'schema_only', notes: [] },
    ],
    ['what both say', { dataPolicy: 'masked' }, fileOf(), { dataPolicy: 'masked', notes: [] }],
    [
      'a copy that the file approves',
      { parent: 'golden' },
      fileOf(),
      { dataPolicy: 'copy', approval: 'Jane Doe: it is masked already' },
    ],
  ])('is %s', (_name, asked, file, allowed) => {
    expect(underLaw(ask(asked), file)).toMatchObject(allowed)
  })

  it('is what the file says when more is asked, and that is told', () => {
    const allowed = underLaw(ask({ dataPolicy: 'copy', approval: 'me' }), fileOf())
    expect(allowed).toMatchObject({
      dataPolicy: 'masked',
      notes: [
        'The workflow asks for data_policy "copy"; the policy file allows "masked" at most for "main", and that is what counts.',
      ],
    })
    expect(allowed).not.toHaveProperty('approval')
  })

  it('names an approval only where there is one, and it counts', () => {
    const approved = fileOf({
      version: 1,
      parents: { main: { ...data.parents.golden, data_policy: 'masked', masking: rules } },
    })
    expect(underLaw(ask({}), approved)).not.toHaveProperty('approval')
    expect(underLaw(ask({ dataPolicy: 'copy' }), undefined)).toStrictEqual({ dataPolicy: 'copy', notes: [] })
    const silent = { names: { protected: [], exempt: [] }, parents: new Map([['main', unapproved]]) }
    expect(underLaw(ask({}), silent)).toStrictEqual({ dataPolicy: 'copy', notes: [] })
  })

  it.each<[string, Partial<Asked>, PolicyFile | undefined, RegExp]>([
    ['nobody says', {}, undefined, /"data_policy" is empty; set it to "schema_only"/],
    ['there are no rules to mask by', { dataPolicy: 'masked' }, undefined, /needs masking rules.*there is none/],
    [
      'the parent is not in the file',
      { parent: 'other', dataPolicy: 'copy' },
      fileOf(),
      /no entry for the parent "other"/,
    ],
    ['the parent is not in the file, and nothing is asked', { parent: 'other' }, fileOf(), /no entry for the parent/],
    [
      'the file has no rules for it',
      { parent: 'golden', dataPolicy: 'masked' },
      fileOf(),
      /no masking rules for "golden"/,
    ],
  ])('is nothing when %s', (_name, asked, file, says) => {
    expect(underLaw(ask(asked), file)).toMatchObject({ fault: expect.stringMatching(says) })
  })

  it('goes by "*" where a parent has no entry of its own', () => {
    const file = fileOf({ version: 1, parents: { '*': { data_policy: 'schema_only' }, main: data.parents.main } })
    expect(underLaw(ask({ parent: 'other', dataPolicy: 'copy' }), file)).toMatchObject({ dataPolicy: 'schema_only' })
    expect(underLaw(ask({}), file)).toMatchObject({ dataPolicy: 'masked' })
  })

  it('is never looser than the file, nor than what is asked', () => {
    const policy = fc.constantFrom(...dataPolicies)
    const looseness = (one: DataPolicy) => dataPolicies.indexOf(one)
    fc.assert(
      fc.property(policy, fc.option(policy, { nil: undefined }), (law, dataPolicy) => {
        const entry = { data_policy: law, copy_approval: 'Jane Doe approved', masking: rules }
        const allowed = underLaw(ask({ dataPolicy }), fileOf({ version: 1, parents: { main: entry } }))
        if ('fault' in allowed) throw new Error(allowed.fault)
        expect(looseness(allowed.dataPolicy)).toBeLessThanOrEqual(looseness(law))
        if (dataPolicy) expect(looseness(allowed.dataPolicy)).toBeLessThanOrEqual(looseness(dataPolicy))
        expect(allowed.masking !== undefined).toBe(allowed.dataPolicy === 'masked')
      }),
    )
  })
})
