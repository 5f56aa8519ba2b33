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

const unreadable = 'is no masking rule that can be read; write a rule for the column'
const expression = 'masks by an expression; write constant with its value'
const ratio = 'calls anon.noise(), which has a ratio that is not between 0 and 1; write number_noise with its percent'
const none = (name: string) =>
  `calls anon.${name}(), which has no transformer of ours that masks as much; write hash, constant, null or generalise`

it('gives the reason of what is kept, with its place', () => {
  expect(translateLabel('NOT MASKED', 'here')).toEqual({
    kind: 'keep',
    because: 'NOT MASKED by its security label',
    place: 'here',
  })
})

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
  [' not  masked ', 'keep'],
  ['NOT MASKED AT ALL', unreadable],
  ['IS NOT MASKED', unreadable],
  ['IS MASKED WITH VALUE 0', unreadable],
  ['MASKED  WITH  VALUE  0 ', ['constant', '0']],
  ["MASKED WITH VALUE 'two\nlines'", ['constant', 'two\nlines']],
  ['MASKED  WITH  FUNCTION  anon.fake_email ()', 'email'],
  ['MASKED WITH FUNCTION fake_email()', 'email'],
  ['MASKED WITH FUNCTION ANON.FAKE_EMAIL()', 'email'],
  ['IS MASKED WITH FUNCTION anon.fake_email()', unreadable],
  ['MASKED WITH FUNCTION anon.fake_email() AND MORE', unreadable],
  ['MASKED WITH FUNCTION anon.noise(salary , 1 )', ['number_noise', 100]],
  ['MASKED WITH FUNCTION anon.noise(salary, 0.001)', ['number_noise', 1]],
  ['MASKED WITH FUNCTION anon.noise(salary, 0)', ratio],
  ['MASKED WITH FUNCTION anon.noise(salary, 1.5)', ratio],
  ['MASKED WITH FUNCTION anon.noise()', ratio],
  ['MASKED WITH FUNCTION anon.not_a_fake_email()', none('not_a_fake_email')],
  ['MASKED WITH FUNCTION anon.fake_email_locale_x()', none('fake_email_locale_x')],
  ['MASKED WITH FUNCTION anon.toString()', none('toString')],
  ['MASKED WITH FUNCTION anon.image_blur(x)', 'calls anon.image_blur(), which keeps the picture in part; write null'],
  ['MASKED WITH VALUE NULL::text', 'null'],
  ["MASKED WITH VALUE 'x'::varchar(255)", ['constant', 'x']],
  ["MASKED WITH VALUE 'a::b'", ['constant', 'a::b']],
  ["MASKED WITH VALUE ''", ['constant', '']],
  ['MASKED WITH VALUE $a$x$y$a$', ['constant', 'x$y']],
  ['MASKED WITH VALUE -1.5', ['constant', '-1.5']],
  ['MASKED WITH VALUE 1012.25', ['constant', '1012.25']],
  ['MASKED WITH VALUE id10', expression],
  ['MASKED WITH VALUE $a$x$a$ || b', expression],
  ['MASKED WITH VALUE   $$ x $$   ', ['constant', ' x ']],
  ['MASKED WITH VALUE 0 :: numeric(9)', ['constant', '0']],
  ['MASKED WITH VALUE FALSE', ['constant', 'FALSE']],
  ['MASKED WITH VALUE NULLIF(a, b)', expression],
  ['MASKED WITH VALUE IFNULL', expression],
  ['MASKED WITH VALUE 1.', expression],
  ["MASKED WITH VALUE 'a' || name", expression],
  ["MASKED WITH VALUE name || 'a'", expression],
  ['MASKED WITH VALUE $a$x$b$', expression],
  ['MASKED WITH VALUE x$a$y$a$', expression],
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
