import { expect, it } from '@jest/globals'
import { readFileSync } from 'node:fs'
import { vocabulary } from '../../scripts/vocabulary.js'
import { limitsIn, partitionLimits } from '../../src/data/seed/limits.js'
import { personOf, precedingName, wordsByName } from '../../src/domain/synthetic/by-name.js'
import { measuredSource } from '../../src/domain/synthetic/windows.js'

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

it.each([
  ['customers', 'name', 'full_name'],
  ['products', 'name', 'product'],
  ['x', 'billingEmail', 'email'],
  ['x', 'zip_code', 'postcode'],
  ['x', 'password_hash', 'token'],
  ['x', 'whatever', undefined],
])('takes %s.%s for %s', (table, column, kind) => {
  expect(wordsByName(table, column)).toBe(kind)
})

it('finds what belongs together by name', () => {
  expect(personOf('billing_email')).toBe(personOf('billing_first_name'))
  expect(personOf('email')).toBe('')
  expect(precedingName('updated_at', ['id', 'created_at', 'updated_at'])).toBe('created_at')
  expect(precedingName('end_date', ['start_date', 'end_date'])).toBe('start_date')
  expect(precedingName('valid_to', ['valid_from', 'valid_to'])).toBe('valid_from')
  expect(precedingName('created_at', ['created_at'])).toBeUndefined()
})

it('stays within what is allowed, and gives every place another value', () => {
  const source = (allowed: { lo: number; hi: number }[]) =>
    measuredSource({ allowed, plausible: { lo: 1, hi: 10 }, render: (number) => number, key: 'k' })
  expect(source([{ lo: 5, hi: 7 }]).capacity).toBe(3)
  expect(source([{ lo: 5, hi: 7 }]).at('i')).toBe('(5 + i)')
  expect(source([{ lo: 20, hi: 99 }]).free('n')).toContain('(20 + mod(')
  expect(
    source([
      { lo: 1, hi: 2 },
      { lo: 8, hi: 9 },
    ]).at('i'),
  ).toBe('CASE WHEN i < 2 THEN (1 + i) ELSE (8 + (i - 2)) END')
})

it('carries the words that the script chooses, and their licence', async () => {
  const text = readFileSync('src/domain/synthetic/vocabulary.ts', 'utf8')
  expect(text).toBe(await vocabulary())
  expect(text).toContain('Permission is hereby granted, free of charge')
}, 30_000)
