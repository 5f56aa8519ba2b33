import { describe, expect, it } from '@jest/globals'
import * as errors from '../src/errors.js'

const { messageOf, faultsOf, show, CommandError, ...classes } = errors

describe('errors', () => {
  type Kind = new (message: string, options: ErrorOptions) => Error
  it.each(Object.entries<Kind>(classes))('%s names itself and keeps its cause', (name, Class) => {
    const cause = new Error('why')
    const error = new Class('what', { cause })
    expect([error.name, error.message, error.cause]).toEqual([name, 'what', cause])
    expect(error).toBeInstanceOf(Error)
  })

  it('CommandError carries what others may read', () => {
    const report = { ms: 5, exit: 2 }
    expect(new CommandError('what', report)).toMatchObject({ name: 'CommandError', message: 'what', report })
  })

  it('a lost race is a failure of the platform', () => {
    expect(new errors.ConflictError('x')).toBeInstanceOf(errors.ProviderError)
  })
})

describe('show', () => {
  it.each<[string, string]>([
    ['pr-7', 'pr-7'],
    ['a\nb\u202Ec', 'a\uFFFDb\uFFFDc'],
    ['x'.repeat(81), `${'x'.repeat(80)}…`],
  ])('makes one short line of %j', (text, shown) => {
    expect(show(text)).toBe(shown)
  })
})

describe('messageOf', () => {
  it.each<[string, unknown, string]>([
    ['an error', new Error('no'), 'no'],
    ['a text', 'no', 'no'],
    ['nothing', undefined, 'undefined'],
    ['null', null, 'null'],
    ['several errors at once', new AggregateError([new Error('v4'), new Error('v6')]), 'v4; v6'],
    ['several errors with a message of their own', new AggregateError([new Error('v4')], 'all'), 'all'],
  ])('of %s', (_name, thrown, text) => {
    expect(messageOf(thrown)).toBe(text)
  })
})

it('the places of a failure go with it, and others have none', () => {
  const faults = [{ file: 'seed.sql', line: 3, detail: 'no' }]
  const refused = new errors.RefusedError('x', { faults })
  expect(faultsOf(refused)).toEqual(faults)
  expect(faultsOf(new CommandError('y', { ms: 1, exit: 1 }, refused))).toEqual(faults)
  expect([faultsOf(new errors.InputError('x')), faultsOf(new TypeError('x')), faultsOf('x')]).toEqual([[], [], []])
})
