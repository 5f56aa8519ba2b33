import { expect, it } from '@jest/globals'
import { limitsIn, partitionLimits } from '../../../src/data/seed/limits.js'

it.each([
  ['(price > (0)::numeric)', { price: { min: { value: '0', included: false } } }],
  [
    '((a >= 1) AND (a <= 5) AND (a > 3))',
    { a: { min: { value: '3', included: false }, max: { value: '5', included: true } } },
  ],
  [`(s = ANY (ARRAY['a'::text, 'b'::text]))`, { s: { oneOf: ['a', 'b'] } }],
  [
    `((s)::text = ANY ((ARRAY['a'::character varying, 'it''s'::character varying])::text[]))`,
    { s: { oneOf: ['a', "it's"] } },
  ],
  [`((s = 'a'::text) OR (s = 'b'::text))`, { s: { oneOf: ['a', 'b'] } }],
  ['((x IS NULL) OR (x < (-5)))', { x: { max: { value: '-5', included: false } } }],
  [`(char_length((code)::text) = 3)`, { code: { minLength: 3, maxLength: 3 } }],
  [`(code ~~ 'A%'::text)`, { code: { like: 'A%' } }],
  ['((VALUE)::text = upper((VALUE)::text))', { value: { case: 'upper' } }],
  ['(starts_at < ends_at)', { ends_at: { after: 'starts_at' } }],
  [`(btrim(name) <> ''::text)`, { name: { minLength: 1 } }],
  ['((a > 0) OR (b > 0))', {}],
  ['is_fine(a)', {}],
])('reads the CHECK %s', async (expression, limits) => {
  expect(Object.fromEntries(await limitsIn(expression))).toEqual(limits)
})

it('reads the bounds of partitions', () => {
  expect(partitionLimits([`FOR VALUES FROM ('2021-01-01') TO (MAXVALUE)`])).toEqual({
    ranges: [{ from: '2021-01-01', to: undefined }],
  })
  expect(partitionLimits([`FOR VALUES IN ('a', 'b''c')`, 'FOR VALUES IN (3)'])).toEqual({ oneOf: ['a', "b'c", '3'] })
})
