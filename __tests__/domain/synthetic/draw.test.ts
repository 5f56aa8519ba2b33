import { expect, it } from '@jest/globals'
import { at, digest, draw, drawBelow, drawBytes, drawKey, pick } from '../../../src/domain/synthetic/draw.js'

it('draws by seed, table and column', () => {
  expect(drawKey(7, { schema: 'shop', name: 'Orders' }, 'note')).toBe('7:shop.Orders:note:')
})

// Landon Curt Noll's test vectors of FNV-1a, 64 bits, of which the last is dropped: http://www.isthe.com/chongo/tech/comp/fnv/
it.each([
  ['', 0xcbf29ce484222325n],
  ['a', 0xaf63dc4c8601ec8cn],
  ['foobar', 0x85944171f73967e8n],
  ['chongo was here!\n', 0x46810940eff5f915n],
])('turns the key %j into a number', (key, hash) => {
  expect(draw(key, 'g.n')).toBe(`hashint8extended(g.n, ${hash >> 1n})`)
})

it('reads a key as UTF-8', () => {
  expect(draw('ä', '1')).not.toBe(draw('a', '1'))
  expect(draw('ä', '1')).toBe(`hashint8extended(1, ${0x0ac21207b7181582n >> 1n})`)
})

it('joins two draws to bytes', () => {
  const bytes = `(int8send(${draw('k:', 'n')}) || int8send(${draw('k:more:', 'n')}))`
  expect(drawBytes('k:', 'n')).toBe(bytes)
  expect(digest('k:', 'n')).toBe(`encode(${bytes}, 'hex')`)
})

it.each([
  [0, '0'],
  [1, '0'],
  [2, `(${draw('k', 'n')} & 1)`],
  [8, `(${draw('k', 'n')} & 7)`],
  [3, `mod(${draw('k', 'n')} & 9223372036854775807, 3)`],
  [1000, `mod(${draw('k', 'n')} & 9223372036854775807, 1000)`],
])('draws below %d', (below, sql) => {
  expect(drawBelow(below, 'k', 'n')).toBe(sql)
})

it.each([
  [['a', 'b~ '], `('{"a","b~ "}'::name[])[1 + i]::text`],
  [['', 'x'.repeat(63)], `('{"","${'x'.repeat(63)}"}'::name[])[1 + i]::text`],
  [['a', 'x'.repeat(64)], `('{"a","${'x'.repeat(64)}"}'::text[])[1 + i]`],
  [['é', 'a'], `('{"é","a"}'::text[])[1 + i]`],
  [['a', 'bé'], `('{"a","bé"}'::text[])[1 + i]`],
  [['éb', 'a'], `('{"éb","a"}'::text[])[1 + i]`],
  [['tab\t'], `('{"tab\t"}'::text[])[1 + i]`],
])('takes one of %j, as names where all of them fit', (words, sql) => {
  expect(at(words, 'i')).toBe(sql)
})

it('picks a word', () => {
  expect(pick(['a', 'b', 'c'], 'k', 'n')).toBe(at(['a', 'b', 'c'], drawBelow(3, 'k', 'n')))
})
