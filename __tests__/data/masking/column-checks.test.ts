import { expect, it } from '@jest/globals'
import { listsValues } from '../../../src/data/masking/column-checks.js'

it.each([
  `CHECK ((state = ANY (ARRAY['active'::text, 'gone'::text])))`,
  `CHECK (((state)::text = ANY ((ARRAY['active'::character varying, 'it''s (gone)'::character varying])::text[])))`,
  `CHECK (("odd = name" = ANY (ARRAY['a'::bpchar, 'b'::bpchar])))`,
  `CHECK ((VALUE = ANY (ARRAY['low'::text, 'high'::text])))`,
  `CHECK ((kind = 'only'::text))`,
])('lists values: %s', (definition) => {
  expect(listsValues(definition)).toBe(true)
})

it.each([
  `CHECK ((state = ANY (ARRAY['active'::text, other])))`,
  `CHECK (((state = ANY (ARRAY['active'::text, 'gone'::text])) OR (note IS NOT NULL)))`,
  `CHECK ((lower(state) = 'gone'::text)) `,
  `CHECK ((state <> 'gone'::text))`,
  `CHECK ((state <> ALL (ARRAY['a'::text, 'b'::text])))`,
  `CHECK ((state ~ '^[a-z]+$'::text))`,
  `CHECK ((state = ANY (ARRAY['active'::text, 'gone'::text]))) NOT VALID`,
  `CHECK ((length(state) = 2))`,
  `CHECK ((state = other))`,
])('does not list values: %s', (definition) => {
  expect(listsValues(definition)).toBe(false)
})
