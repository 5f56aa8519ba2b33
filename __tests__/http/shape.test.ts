import { describe, expect, it } from '@jest/globals'
import { ProviderError } from '../../src/errors.js'
import { Shape } from '../../src/http/shape.js'

const answer = new Shape(
  {
    branch: { id: 'br-1', protected: false, size: 3, note: null, password: 'swordfish' },
    list: [{ id: 'a' }, { id: 'b' }],
  },
  'answer',
)

describe('an answer', () => {
  it('is read by its fields', () => {
    const branch = answer.at('branch')
    expect([branch.at('id').text, branch.at('protected').flag, branch.at('size').number]).toEqual(['br-1', false, 3])
    expect(answer.at('list').items.map((item) => item.at('id').text)).toEqual(['a', 'b'])
    expect([branch.at('note').maybeText, branch.at('gone').maybeText, branch.at('id').maybeText]).toEqual([
      undefined,
      undefined,
      'br-1',
    ])
    expect([branch.at('gone').maybeFlag, branch.at('note').exists, branch.at('id').exists]).toEqual([
      false,
      false,
      true,
    ])
  })

  it.each<[string, () => unknown]>([
    ['answer.branch.gone is not a text', () => answer.at('branch').at('gone').text],
    ['answer.branch.size is not a text', () => answer.at('branch').at('size').maybeText],
    ['answer.branch is not a list', () => answer.at('branch').items],
    ['answer.list is not an object', () => answer.at('list').at('id')],
    ['answer.list[1].id is not a number', () => answer.at('list').items[1]?.at('id').number],
    ['answer.branch.password is not true or false', () => answer.at('branch').at('password').flag],
    ['answer is not an object', () => new Shape('<html>', 'answer').at('branch')],
    ['answer is not an object', () => new Shape(null, 'answer').at('branch')],
    ['answer is not a list', () => new Shape(undefined, 'answer').items],
  ])('of another shape is told by place only: %s', (says, read) => {
    expect(read).toThrow(ProviderError)
    expect(read).toThrow(`The platform's answer cannot be used: ${says}. Run the job again.`)
  })
})

describe('a JSON pointer', () => {
  const document = new Shape(
    { foo: ['bar', 'baz'], '': 0, 'a/b': 1, 'm~n': 8, ' ': 7, none: null, id: 12, big: 2 ** 60, list: [] },
    'answer',
  )

  it.each([
    [['foo', '0'], 'bar'],
    [['foo', '1'], 'baz'],
    [[''], 0],
    [['a/b'], 1],
    [['m~n'], 8],
    [[' '], 7],
    [['foo', '2'], null],
    [['foo', '-'], null],
    [['foo', '01'], null],
    [['foo', '-1'], null],
    [['none', 'x', '0'], null],
    [['gone', 'x'], null],
    [['toString'], null],
    [['__proto__'], null],
  ])('%j leads to %j', (parts, value) => {
    expect(document.follow(parts).scalar).toBe(value)
  })

  it('to what is there and is of another form fails by its path', () => {
    expect(() => document.follow(['id', 'x'])).toThrow('answer.id is not an object')
    expect(() => document.follow(['foo']).scalar).toThrow('answer.foo is not a single value')
    expect(document.follow([]).follow(['foo']).items).toHaveLength(2)
  })

  it('to an id takes text and whole numbers', () => {
    expect([document.at('id').identifier, document.follow(['foo', '0']).identifier]).toEqual(['12', 'bar'])
    for (const field of ['big', 'none', 'list']) expect(() => document.at(field).identifier).toThrow('is not a text')
  })
})
