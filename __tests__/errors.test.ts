import { describe, expect, it } from '@jest/globals'
import * as errors from '../src/errors.js'

const { messageOf, show, CommandError, ...classes } = errors

describe('errors', () => {
  it.each(Object.entries(classes))('%s names itself and keeps its cause', (name, Class) => {
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
