import { type Path, type PlaceOf, RulesReader } from './rules-reader.js'
import { type Parsed, parseRules } from './parse-rules.js'
import type { ColumnRule, Keep, Mask, TableRules } from './rules.js'
import { noRules, plainMask } from './rules.js'
import { parseMask } from './parse-mask.js'
import { transformerOf } from './transformers.js'

type Parameters = Readonly<Record<string, unknown>>
type Translation = { readonly mask: Mask } | { readonly why: string }

const to = (transformer: string, change: Partial<Mask> = {}): Translation => ({
  mask: plainMask(transformer, '', change),
})
const no = (why: string): Translation => ({ why })

/** Settings of a source that make random output deterministic or seed it: our key takes their place. */
const harmlessParameters = ['generator', 'seed', 'salt', 'algorithm', 'hash_algorithm']

/**
 * pgstream's transformers in our words (facts 7.2: xataio/pgstream docs/transformers.md). What would mask less than
 * its original, or differently from what the rule asks, is refused with the reason.
 */
const translations: Readonly<Record<string, (parameters: Parameters) => Translation>> = {
  email: ({ replacement_domain: domain }) =>
    to('email', { parameters: typeof domain === 'string' ? { domain: domain.replace(/^@/, '') } : {} }),
  neosync_email: ({ preserve_domain }) =>
    to('email', { parameters: preserve_domain === true ? { domain: 'keep' } : {} }),
  greenmask_firstname: () => to('first_name'),
  neosync_firstname: () => to('first_name'),
  neosync_lastname: () => to('last_name'),
  neosync_fullname: () => to('name'),
  neosync_string: () => to('hash'),
  greenmask_string: () => to('hash'),
  string: () => to('hash'),
  deterministic_hash: () => to('hash'),
  greenmask_uuid: () => to('uuid'),
  phone_number: () => to('phone'),
  literal_string: ({ literal }) =>
    typeof literal === 'string' || typeof literal === 'number' || typeof literal === 'boolean'
      ? to('constant', { parameters: { value: String(literal) } })
      : no('needs "literal"'),
  masking: ({ type = 'default' }) => masking(String(type)),
  encrypted_aes_siv: () => no('is reversible with its key; write hash'),
  greenmask_boolean: () => no('changes a boolean at random; write { mask: constant, value: … }'),
  greenmask_choice: () => no('chooses from a list; write { mask: constant, value: … }'),
  greenmask_date: () => no('makes a random date; write date_shift or generalise'),
  greenmask_unix_timestamp: () => no('makes a random time; write number_noise or generalise'),
  greenmask_utc_timestamp: () => no('makes a random time; write date_shift or generalise'),
  greenmask_integer: () => no('makes a random number; write number_noise or generalise'),
  greenmask_float: () => no('makes a random number; write number_noise or generalise'),
  json: () => no('masks what it lists and keeps the rest; write { mask: json, paths: … }'),
  hstore: () => no('masks what it lists and keeps the rest; write null'),
  template: () => no('is a Go template over the original; write { mask: template, text: … }'),
  pg_anonymizer: () => no('runs an extension; write the transformer by our name'),
}

const maskingTypes: Readonly<Record<string, string>> = {
  password: 'hash',
  name: 'name',
  address: 'address',
  email: 'email',
  mobile: 'phone',
  tel: 'phone',
  id: 'hash',
  credit_card: 'credit_card',
  url: 'url',
  default: 'hash',
}

function masking(type: string): Translation {
  const ours = Object.hasOwn(maskingTypes, type) ? maskingTypes[type] : undefined
  return ours === undefined ? no(`of type "${type}" lets parts of the original through`) : to(ours)
}

/** Parameters that only bound the length or the look of random output; ours has its own. */
const looks = [
  'max_length',
  'min_length',
  'min_value',
  'max_value',
  'preserve_length',
  'excluded_domains',
  'exclude_domain',
  'email_type',
  'invalid_email_action',
  'symbols',
  'gender',
  'prefix',
]
const used = ['replacement_domain', 'preserve_domain', 'literal', 'type']

/** pgstream's rules: the value of `transformations`, or a document that holds it. */
export function importPgstream(data: unknown, placeOf: PlaceOf, at: Path = []): Parsed {
  const read = new RulesReader(placeOf)
  const outer = Object.fromEntries(read.map(data, at))
  if (outer['transformations'] !== undefined) {
    read.only(data, at, ['transformations'])
    const inner = importPgstream(outer['transformations'], placeOf, [...at, 'transformations'])
    return { ...inner, problems: [...read.problems, ...inner.problems] }
  }
  read.only(data, at, ['table_transformers', 'validation_mode', 'infer_from_security_labels', 'dump_inferred_rules'])
  const securityLabels = outer['infer_from_security_labels'] === true
  const path = [...at, 'table_transformers']
  const tables = read.list(outer['table_transformers'], path).map((item, index) => table(read, item, [...path, index]))
  return { rules: { ...noRules, tables, securityLabels }, problems: read.problems }
}

function table(read: RulesReader, value: unknown, path: Path): TableRules {
  read.only(value, path, ['schema', 'table', 'column_transformers', 'validation_mode'])
  const entry = Object.fromEntries(read.map(value, path))
  const name = read.text(entry['table'], [...path, 'table']) ?? ''
  const columnsPath = [...path, 'column_transformers']
  const columns = read.map(entry['column_transformers'], columnsPath).flatMap(([column, item]) => {
    const rule = columnOf(read, item, [...columnsPath, column])
    return rule ? [[column, rule] as const] : []
  })
  const schema = typeof entry['schema'] === 'string' && entry['schema'] !== '' ? entry['schema'] : 'public'
  return { table: `${schema}.${name}`, columns: new Map(columns), place: read.place(path) }
}

function columnOf(read: RulesReader, value: unknown, path: Path): ColumnRule | undefined {
  read.only(value, path, ['name', 'parameters', 'dynamic_parameters', 'allow_uniqueness_loss'])
  const entry = Object.fromEntries(read.map(value, path))
  const name = typeof entry['name'] === 'string' ? entry['name'] : ''
  // An entry that names nothing would keep the column in clear without anybody having said so.
  if (name === '') return read.problem(path, 'names no transformer; write "noop" to keep the column')
  if (name === 'noop') return keepAsNoop(read, path)
  const parameters = Object.fromEntries(read.map(entry['parameters'], [...path, 'parameters']))
  const translate = Object.hasOwn(translations, name) ? translations[name] : undefined
  if (!translate) return ours(read, { name, parameters }, path)
  read.only(parameters, [...path, 'parameters'], [...harmlessParameters, ...looks, ...used])
  const translation = translate(parameters)
  if ('why' in translation) return read.problem(path, `uses "${name}", which ${translation.why}`)
  return { ...translation.mask, allowUniquenessLoss: entry['allow_uniqueness_loss'] === true, place: read.place(path) }
}

/** A transformer of ours under its own name is taken as it is. */
function ours(
  read: RulesReader,
  { name, parameters }: { name: string; parameters: Parameters },
  path: Path,
): Mask | undefined {
  if (!transformerOf(name)) return read.problem(path, `uses "${name}", which neither pgstream nor we have`)
  return parseMask(read, { ...parameters, mask: name }, path)
}

/** pgstream's `noop` says nothing about why, so the reason says where it came from. */
function keepAsNoop(read: RulesReader, path: Path): Keep {
  return { kind: 'keep', because: 'noop in the pgstream rules', place: read.place(path) }
}

/** Ours or pgstream's, told apart by the section they begin with. */
export function parseAnyRules(data: unknown, placeOf: PlaceOf, at: Path = []): Parsed {
  const keys = typeof data === 'object' && data !== null ? Object.keys(data) : []
  const foreign = keys.includes('transformations') || keys.includes('table_transformers')
  return foreign ? importPgstream(data, placeOf, at) : parseRules(data, placeOf, at)
}
