import { expect, it } from '@jest/globals'
import { translateLabel } from '../../../src/domain/masking/import-labels.js'
import { transformerOf } from '../../../src/domain/masking/transformers.js'

const says = (label: string): unknown => {
  const rule = translateLabel(label, 'the label of a.b.c')
  if (typeof rule === 'string' || rule.kind === 'keep') return typeof rule === 'string' ? rule : rule.kind
  expect(transformerOf(rule.transformer)).toBeDefined()
  expect(rule.place).toBe('the label of a.b.c')
  const parameters = Object.values(rule.parameters)
  return parameters.length > 0 ? [rule.transformer, ...parameters] : rule.transformer
}

it.each<[string, unknown]>([
  ['MASKED WITH FUNCTION anon.fake_email()', 'email'],
  ['masked with function anon.partial_email(mail)', 'email'],
  ["MASKED WITH FUNCTION anon.pseudo_first_name(id, 'salt')", 'first_name'],
  ['MASKED WITH FUNCTION anon.dummy_last_name()', 'last_name'],
  ["MASKED WITH FUNCTION anon.dummy_city_name_locale('fr_FR')", 'city'],
  ['MASKED WITH FUNCTION anon.random_zip()', 'postcode'],
  ["MASKED WITH FUNCTION anon.random_phone('0033')", 'phone'],
  ['MASKED WITH FUNCTION anon.random_string(12)', 'hash'],
  ["MASKED WITH FUNCTION anon.digest(name, 'salt', 'sha256')", 'hash'],
  ['MASKED WITH FUNCTION "anon"."hash"(name)', 'hash'],
  ['MASKED WITH FUNCTION anon.lorem_ipsum(words := 3)', 'redact_text'],
  ['MASKED WITH FUNCTION anon.dummy_credit_card_number()', 'credit_card'],
  ['MASKED WITH FUNCTION anon.dummy_ipv6()', 'ip'],
  ['MASKED WITH FUNCTION anon.noise(salary, 0.25)', ['number_noise', 25]],
  ['MASKED WITH VALUE NULL', 'null'],
  ['MASKED WITH VALUE $$CONFIDENTIAL$$', ['constant', 'CONFIDENTIAL']],
  ["MASKED WITH VALUE 'it''s'", ['constant', "it's"]],
  ["MASKED WITH VALUE 'none'::character varying(9)", ['constant', 'none']],
  ['MASKED WITH VALUE 0', ['constant', '0']],
  ['MASKED WITH VALUE true', ['constant', 'true']],
  ['NOT MASKED', 'keep'],
  [
    'MASKED WITH FUNCTION anon.partial(name, 1, $$***$$, 1)',
    'calls anon.partial(), which keeps the ends of the original; write generalise, or a transformer that keeps nothing',
  ],
  [
    "MASKED WITH FUNCTION anon.dnoise(born, '1 year')",
    'calls anon.dnoise(), which shifts each date by itself; write date_shift with its days',
  ],
  [
    'MASKED WITH FUNCTION anon.noise(salary, 3)',
    'calls anon.noise(), which has a ratio that is not between 0 and 1; write number_noise with its percent',
  ],
  [
    'MASKED WITH FUNCTION anon.random_date_between(a, b)',
    'calls anon.random_date_between(), which makes a random date; write date_shift or generalise',
  ],
  [
    'MASKED WITH FUNCTION anon.fake_iban()',
    'calls anon.fake_iban(), which has no transformer of ours that masks as much; write hash, constant, null or generalise',
  ],
  [
    'MASKED WITH FUNCTION anon.constructor()',
    'calls anon.constructor(), which has no transformer of ours that masks as much; write hash, constant, null or generalise',
  ],
  [
    'MASKED WITH FUNCTION pg_catalog.md5(name)',
    "calls pg_catalog.md5(), which is none of PostgreSQL Anonymizer's; write a rule for the column",
  ],
  ["MASKED WITH VALUE CASE WHEN a THEN 'x' END", 'masks by an expression; write constant with its value'],
  ["MASKED WITH VALUE 'a' || name || 'b'", 'masks by an expression; write constant with its value'],
  ['MASK IT', 'is no masking rule that can be read; write a rule for the column'],
])('%s', (label, rule) => {
  expect(says(label)).toEqual(rule)
})
