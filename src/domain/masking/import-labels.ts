import type { Parsed } from './parse-rules.js'
import { type ColumnRule, type Mask, noRules, plainMask } from './rules.js'

/** A security label of PostgreSQL Anonymizer, as pg_seclabel holds it. */
export interface Label {
  readonly schema: string
  readonly table: string
  readonly column: string
  readonly label: string
}

type Translate = (args: readonly string[]) => Mask | string

const to = (transformer: string, parameters: Mask['parameters'] = {}) => plainMask(transformer, '', { parameters })
const plain =
  (transformer: string): Translate =>
  () =>
    to(transformer)

/** The fixed forms; pseudo_, dummy_ and fake_ of one thing are one transformer (facts 7.3). */
const functions: Readonly<Record<string, Translate>> = {
  email: plain('email'),
  partial_email: plain('email'),
  first_name: plain('first_name'),
  last_name: plain('last_name'),
  name: plain('name'),
  city: plain('city'),
  city_name: plain('city'),
  address: plain('address'),
  street_address: plain('address'),
  postcode: plain('postcode'),
  zip_code: plain('postcode'),
  zip: plain('postcode'),
  company: plain('company'),
  company_name: plain('company'),
  phone: plain('phone'),
  phone_number: plain('phone'),
  cell_number: plain('phone'),
  credit_card_number: plain('credit_card'),
  ip: plain('ip'),
  ipv4: plain('ip'),
  ipv6: plain('ip'),
  mac_address: plain('mac'),
  uuidv4: plain('uuid'),
  hash: plain('hash'),
  digest: plain('hash'),
  string: plain('hash'),
  lorem_ipsum: plain('redact_text'),
  partial: () => 'keeps the ends of the original; write generalise, or a transformer that keeps nothing',
  noise: (args) => percent(args),
  dnoise: () => 'shifts each date by itself; write date_shift with its days',
}

function percent(args: readonly string[]): Mask | string {
  const share = Number(args.at(-1))
  if (!(share > 0 && share <= 1)) return 'has a ratio that is not between 0 and 1'
  return to('number_noise', { percent: Math.max(1, Math.round(share * 100)) })
}

/**
 * Labels such as `MASKED WITH FUNCTION anon.fake_email()` and `MASKED WITH VALUE NULL` in our words. What has no
 * transformer that masks at least as much is a problem.
 */
export function importLabels(labels: readonly Label[]): Parsed {
  const problems: string[] = []
  const tables = new Map<string, Map<string, ColumnRule>>()
  for (const { schema, table, column, label } of labels) {
    const rule = translate(label)
    const place = `the label of ${schema}.${table}.${column}`
    if (typeof rule === 'string') {
      problems.push(`${place}: ${rule}.`)
      continue
    }
    const columns = tables.get(`${schema}.${table}`) ?? new Map<string, ColumnRule>()
    tables.set(`${schema}.${table}`, columns.set(column, { ...rule, place }))
  }
  const rules = [...tables].map(([table, columns]) => ({ table, columns, place: `the labels of ${table}` }))
  return { rules: { ...noRules, tables: rules }, problems }
}

function translate(label: string): ColumnRule | string {
  const text = label.trim()
  if (/^NOT\s+MASKED$/i.test(text)) return { kind: 'keep', because: 'NOT MASKED by its security label', place: '' }
  const value = /^MASKED\s+WITH\s+(?:CONSTANT|VALUE)\s+(.+)$/is.exec(text)?.[1]
  if (value !== undefined) return constant(value.trim())
  const call = /^MASKED\s+WITH\s+FUNCTION\s+(?:"?(\w+)"?\.)?"?(\w+)"?\s*\((.*)\)$/is.exec(text)
  if (!call) return `"${shorten(text)}" is no masking rule that can be read`
  return calledFunction({ schema: call[1], name: call[2] ?? '', args: call[3] ?? '' })
}

function calledFunction({
  schema,
  name,
  args,
}: {
  schema: string | undefined
  name: string
  args: string
}): Mask | string {
  if (schema !== undefined && schema.toLowerCase() !== 'anon')
    return `${schema}.${name}() is a function of your own; write a transformer`
  const thing = name
    .toLowerCase()
    .replace(/^(fake|dummy|pseudo|random)_/, '')
    .replace(/_locale$/, '')
  const found = Object.hasOwn(functions, thing) ? functions[thing] : undefined
  const mask = found?.(args.split(',').map((arg) => arg.trim())) ?? 'has no transformer of ours that masks as much'
  return typeof mask === 'string' ? `anon.${name}() ${mask}` : mask
}

/** `NULL`, `$$x$$`, `'it''s'` or a number; an expression would need to be run. */
function constant(value: string): Mask | string {
  if (/^NULL$/i.test(value)) return to('null')
  const quoted =
    /^'((?:[^']|'')*)'$/.exec(value)?.[1]?.replaceAll("''", "'") ?? /^\$(\w*)\$(.*)\$\1\$$/s.exec(value)?.[2]
  if (quoted !== undefined) return to('constant', { value: quoted })
  if (/^(-?\d+(\.\d+)?|true|false)$/i.test(value)) return to('constant', { value })
  return `"${shorten(value)}" is an expression, not a value`
}

const shorten = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text)
