import { type ColumnRule, type Mask, plainMask } from './rules.js'

type Translate = (args: readonly string[]) => Mask | string

const to = (transformer: string, parameters: Mask['parameters'] = {}) => plainMask(transformer, '', { parameters })
const plain =
  (transformer: string): Translate =>
  () =>
    to(transformer)

/** What a function makes → our transformer; fake_, dummy_, pseudo_ and random_ of one thing are one (facts 7.3). */
const transformerFor: Readonly<Record<string, string>> = {
  email: 'email',
  partial_email: 'email',
  free_email: 'email',
  safe_email: 'email',
  first_name: 'first_name',
  last_name: 'last_name',
  name: 'name',
  name_with_title: 'name',
  city: 'city',
  city_name: 'city',
  address: 'address',
  street_address: 'address',
  street_name: 'address',
  postcode: 'postcode',
  post_code: 'postcode',
  zip_code: 'postcode',
  zip: 'postcode',
  company: 'company',
  company_name: 'company',
  phone: 'phone',
  phone_number: 'phone',
  cell_number: 'phone',
  credit_card_number: 'credit_card',
  ip: 'ip',
  ipv4: 'ip',
  ipv6: 'ip',
  mac_address: 'mac',
  uuidv4: 'uuid',
  username: 'hash',
  password: 'hash',
  hash: 'hash',
  digest: 'hash',
  string: 'hash',
  lorem_ipsum: 'redact_text',
}

const noTransformer = 'has no transformer of ours that masks as much; write hash, constant, null or generalise'
const anyDate = 'makes a random date; write date_shift or generalise'
const anyNumber = 'makes a random number; write number_noise or generalise'

const special: Readonly<Record<string, Translate>> = {
  partial: () => 'keeps the ends of the original; write generalise, or a transformer that keeps nothing',
  noise: (args) => percent(args),
  dnoise: () => 'shifts each date by itself; write date_shift with its days',
  random_date: () => anyDate,
  random_date_between: () => anyDate,
  random_int_between: () => anyNumber,
  random_bigint_between: () => anyNumber,
  image_blur: () => 'keeps the picture in part; write null',
}

function percent(args: readonly string[]): Mask | string {
  const share = Number(args.at(-1))
  if (!(share > 0 && share <= 1)) return 'has a ratio that is not between 0 and 1; write number_noise with its percent'
  return to('number_noise', { percent: Math.max(1, Math.round(share * 100)) })
}

/**
 * A label of a column, such as `MASKED WITH FUNCTION anon.fake_email()` or `MASKED WITH VALUE NULL`, in our words. What
 * has no transformer that masks at least as much comes back as a sentence without its subject.
 * https://postgresql-anonymizer.readthedocs.io/en/stable/declare_masking_rules/
 */
export function translateLabel(label: string, place: string): ColumnRule | string {
  const rule = translate(label.trim())
  return typeof rule === 'string' ? rule : { ...rule, place }
}

function translate(text: string): ColumnRule | string {
  if (/^NOT\s+MASKED$/i.test(text)) return { kind: 'keep', because: 'NOT MASKED by its security label', place: '' }
  const value = /^MASKED\s+WITH\s+(?:CONSTANT|VALUE)\s+(.+)$/is.exec(text)?.[1]
  if (value !== undefined) return constant(value.trim())
  const call = /^MASKED\s+WITH\s+FUNCTION\s+(?:"?(\w+)"?\.)?"?(\w+)"?\s*\((.*)\)$/is.exec(text)
  if (!call) return 'is no masking rule that can be read; write a rule for the column'
  return calledFunction({ schema: call[1], name: call[2] ?? '', args: call[3] ?? '' })
}

function calledFunction(call: { schema: string | undefined; name: string; args: string }): Mask | string {
  const { schema, name, args } = call
  if (schema !== undefined && schema.toLowerCase() !== 'anon')
    return `calls ${schema}.${name}(), which is none of PostgreSQL Anonymizer's; write a rule for the column`
  const lower = name.toLowerCase()
  const thing = lower.replace(/^(fake|dummy|pseudo|random)_/, '').replace(/_locale$/, '')
  const ours = Object.hasOwn(transformerFor, thing) ? transformerFor[thing] : undefined
  const found = Object.hasOwn(special, lower) ? special[lower] : ours === undefined ? undefined : plain(ours)
  const mask = found?.(args.split(',').map((arg) => arg.trim())) ?? noTransformer
  return typeof mask === 'string' ? `calls anon.${name}(), which ${mask}` : mask
}

/** `NULL`, `$$x$$`, `'it''s'`, a number, each with or without a type; an expression would need to be run. */
function constant(written: string): Mask | string {
  const value = written.replace(/\s*::\s*[\w ]+(\(\d+\))?$/, '')
  if (/^NULL$/i.test(value)) return to('null')
  const quoted =
    /^'((?:[^']|'')*)'$/.exec(value)?.[1]?.replaceAll("''", "'") ?? /^\$(\w*)\$(.*)\$\1\$$/s.exec(value)?.[2]
  if (quoted !== undefined) return to('constant', { value: quoted })
  if (/^(-?\d+(\.\d+)?|true|false)$/i.test(value)) return to('constant', { value })
  return 'masks by an expression; write constant with its value'
}
