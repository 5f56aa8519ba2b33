import { expect, it } from '@jest/globals'
import { literal } from '../../../src/domain/masking/sql-text.js'
import * as t from '../../../src/domain/masking/transformer.js'

it('calls a range small in which one of a million values may come back by chance', () => {
  expect([t.small(47), t.small(48), t.small(49)]).toEqual([true, false, false])
})

it('promises nothing of a value that comes from a short list', () => {
  expect(t.lossy()).toStrictEqual({ kind: 'lossy' })
})

it.each([
  [0, `encode(substr(b, 1, 0), 'hex')`],
  [16, `encode(substr(b, 1, 8), 'hex')`],
  [62, `encode(substr(b, 1, 31), 'hex')`],
  [17, `left(encode(b, 'hex'), 17)`],
  [64, `left(encode(b, 'hex'), 64)`],
])('takes %d hexadecimal digits of a digest', (characters, sql) => {
  expect(t.hex('b', characters)).toBe(sql)
})

it.each([
  [1, '(get_byte(b, 0) & 1)'],
  [6, '(get_byte(b, 0) & 63)'],
  [8, '(get_byte(b, 0) & 255)'],
  [9, `(('x' || encode(substr(b, 1, 4), 'hex'))::bit(32)::int & 511)`],
  [28, `(('x' || encode(substr(b, 1, 4), 'hex'))::bit(32)::int & 268435455)`],
])('takes a number of %d bits of a digest', (bits, sql) => {
  expect(t.number('b', bits)).toBe(sql)
})

it('takes digits of a digest', () => {
  expect(t.digits('b')).toBe(`translate(encode(substr(b, 1, 9), 'hex'), 'abcdef', '012345')`)
})

it('asks for a pattern, quotation marks and all', () => {
  expect(t.matches("^o'[a-z]'$")('v')).toBe(`v ~ '^o''[a-z]''$'`)
})

it.each([
  [{ count: 16 }, 16, '', ''],
  [{ before: 'u', count: 16, after: '@example.com' }, 29, 'u', '@example.com'],
  [{ before: "it's ", count: 8, after: "'" }, 14, "it's ", "'"],
])('asks for hexadecimal digits between two texts: %j', (asked, length, before, after) => {
  const behind = `ltrim(substr(v, ${before.length + 1}), '0123456789abcdef')`
  expect(
    t
      .hexBetween(asked)('v')
      .split(/\s+AND\s+/),
  ).toEqual([
    `(length(v) = ${length}`,
    `left(v, ${before.length}) = ${literal(before)}`,
    `${behind} = ${literal(after)})`,
  ])
})

it('finds the key in the settings of the transaction, in a query or in functions of a statement, never in the text', () => {
  const inner = `current_setting('dbb.ipad')`
  const outer = `convert_to(current_setting('dbb.opad'), 'UTF8')`
  expect(t.padsOfEachRow).toEqual({ inner, outer })
  expect(t.padsOfQuery).toEqual({ inner: `(SELECT ${inner})`, outer: `(SELECT ${outer})` })
  expect(t.padsOfStatement).toEqual({
    inner: 'db_branch_masking.inner_pad()',
    outer: 'db_branch_masking.outer_pad()',
  })
})

it('digests by RFC 2104: the outer pad before the digest of the inner pad, the label and the text', () => {
  expect(t.hmac({ inner: 'i', outer: 'o' }, 'email/x', 't')).toBe(
    `sha256(o || sha256(convert_to(i || 'email/x:' || t, 'UTF8')))`,
  )
})
