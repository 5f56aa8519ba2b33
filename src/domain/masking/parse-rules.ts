import { parseMask } from './parse-mask.js'
import { type Path, type PlaceOf, RulesReader } from './rules-reader.js'
import type {
  ColumnRule,
  HarmlessRule,
  Keep,
  MaskingRules,
  PatternRule,
  QuasiIdentifiers,
  Reference,
  SampleRule,
  TableRules,
} from './rules.js'

/** `problems` are sentences with their place; with any of them the rules must not be used. */
export interface Parsed {
  readonly rules: MaskingRules
  readonly problems: readonly string[]
}

const sections = [
  'tables',
  'columns',
  'types',
  'harmless',
  'leave_out',
  'links',
  'large_objects',
  'definitions',
  'k_anonymity',
  'sample',
  'from_security_labels',
]

/** A percentage above 0 and up to 100, as the schema for editors has it, too. */
const percentage = /^(?=.*[1-9])(100(\.0+)?|\d{1,2}(\.\d+)?) ?%$/

/**
 * Masking rules from plain data. Strict: what is not known is a problem, never ignored, for a misspelt rule would
 * leave a column in clear.
 */
export function parseRules(data: unknown, placeOf: PlaceOf, at: Path = []): Parsed {
  const read = new RulesReader(placeOf)
  read.only(data, at, sections)
  const section = Object.fromEntries(read.map(data, at))
  const rules: MaskingRules = {
    tables: read
      .map(section['tables'], [...at, 'tables'])
      .map(([table, columns]) => tableRules(read, { table, columns }, [...at, 'tables', table])),
    columns: patternRules(read, section['columns'], [...at, 'columns']),
    types: patternRules(read, section['types'], [...at, 'types']),
    harmless: read
      .list(section['harmless'], [...at, 'harmless'])
      .flatMap((item, index) => harmlessRule(read, item, [...at, 'harmless', index]) ?? []),
    leaveOut: read.texts(section['leave_out'], [...at, 'leave_out']),
    links: read
      .list(section['links'], [...at, 'links'])
      .map((item, index) => link(read, item, [...at, 'links', index])),
    largeObjects: largeObjects(read, section['large_objects'], [...at, 'large_objects']),
    definitions: definitions(read, section['definitions'], [...at, 'definitions']),
    kAnonymity: read
      .list(section['k_anonymity'], [...at, 'k_anonymity'])
      .flatMap((item, index) => quasiIdentifiers(read, item, [...at, 'k_anonymity', index]) ?? []),
    sample: sample(read, section['sample'], [...at, 'sample']),
    securityLabels: yesOrNo(read, section['from_security_labels'], [...at, 'from_security_labels']),
  }
  return { rules, problems: read.problems }
}

function tableRules(
  read: RulesReader,
  { table, columns }: { table: string; columns: unknown },
  path: Path,
): TableRules {
  if (columns === null) read.problem(path, 'names no column')
  const rules = read.map(columns, path).flatMap(([column, value]) => {
    const rule = columnRule(read, value, [...path, column])
    return rule ? [[column, rule] as const] : []
  })
  return { table, columns: new Map(rules), place: read.place(path) }
}

function patternRules(read: RulesReader, value: unknown, path: Path): PatternRule[] {
  return read.map(value, path).flatMap(([pattern, item]) => {
    const rule = columnRule(read, item, [...path, pattern])
    return rule ? [{ pattern, rule }] : []
  })
}

/** `email`, `{ mask: email, … }` or `{ keep: why }`. */
function columnRule(read: RulesReader, value: unknown, path: Path): ColumnRule | undefined {
  return isMap(value) && 'keep' in value && !('mask' in value) ? keep(read, value, path) : parseMask(read, value, path)
}

function keep(read: RulesReader, value: object, path: Path): Keep | undefined {
  read.only(value, path, ['keep'])
  const because = read.reason((value as { keep: unknown }).keep, [...path, 'keep'])
  return because === undefined ? undefined : { kind: 'keep', because, place: read.place(path) }
}

function harmlessRule(read: RulesReader, value: unknown, path: Path): HarmlessRule | undefined {
  read.only(value, path, ['tables', 'columns', 'types', 'because'])
  const entry = Object.fromEntries(read.map(value, path))
  const because = read.reason(entry['because'], [...path, 'because'])
  const rule = {
    tables: read.texts(entry['tables'], [...path, 'tables']),
    columns: read.texts(entry['columns'], [...path, 'columns']),
    types: read.texts(entry['types'], [...path, 'types']),
  }
  if (rule.columns.length + rule.types.length === 0) return read.problem(path, 'must name "columns" or "types"')
  if ([...rule.columns, ...rule.types].includes('*') && rule.tables.length === 0) {
    return read.problem(path, 'would cover every column; name "tables", or the columns')
  }
  return because === undefined ? undefined : { ...rule, because }
}

function link(read: RulesReader, value: unknown, path: Path): Reference[] {
  const references = read.list(value, path)
  if (references.length < 2) read.problem(path, 'must list at least two columns, such as customers.email')
  return references.flatMap((item, index) => reference(read, item, [...path, index]) ?? [])
}

/** `customers.email`, `shop.customers.email`, `events.payload:contact.email`. */
function reference(read: RulesReader, value: unknown, path: Path): Reference | undefined {
  const text = read.text(value, path)
  if (text === undefined) return undefined
  const [column = '', inside] = text.split(':', 2)
  const dot = column.lastIndexOf('.')
  if (dot < 1 || dot === column.length - 1)
    return read.problem(path, 'must be written table.column or table.column:key.key')
  return {
    table: column.slice(0, dot),
    column: column.slice(dot + 1),
    path: inside?.split('.'),
    place: read.place(path),
  }
}

function largeObjects(read: RulesReader, value: unknown, path: Path): 'refuse' | 'remove' {
  if (value === undefined || value === 'refuse' || value === 'remove') return value ?? 'refuse'
  read.problem(path, 'must be refuse or remove')
  return 'refuse'
}

function definitions(read: RulesReader, value: unknown, path: Path): Keep | undefined {
  if (value === undefined) return undefined
  if (isMap(value)) return keep(read, value, path)
  return read.problem(path, 'must be { keep: <why> }')
}

function quasiIdentifiers(read: RulesReader, value: unknown, path: Path): QuasiIdentifiers | undefined {
  read.only(value, path, ['table', 'columns', 'k'])
  const entry = Object.fromEntries(read.map(value, path))
  const table = read.text(entry['table'], [...path, 'table'])
  const columns = read.texts(entry['columns'], [...path, 'columns'])
  const k = entry['k']
  if (columns.length === 0) return read.problem(path, 'must name "columns"')
  if (typeof k !== 'number' || !Number.isSafeInteger(k) || k < 2)
    return read.problem([...path, 'k'], 'must be a whole number from 2')
  return table === undefined ? undefined : { table, columns, k, place: read.place(path) }
}

/** `1%`, or `{ customers: 1%, orders: 10% }`. */
function sample(read: RulesReader, value: unknown, path: Path): SampleRule[] {
  if (isMap(value)) {
    const entries = read.map(value, path)
    if (entries.length === 0) read.problem(path, 'names no table')
    return entries.flatMap(([table, share]) => sampleRule(read, { table, share }, [...path, table]))
  }
  return value === undefined || value === null ? [] : sampleRule(read, { table: undefined, share: value }, path)
}

function sampleRule(
  read: RulesReader,
  { table, share }: { table: string | undefined; share: unknown },
  path: Path,
): SampleRule[] {
  if (typeof share === 'string' && percentage.test(share))
    return [{ table, share: Number.parseFloat(share) / 100, place: read.place(path) }]
  read.problem(path, 'must be a share above 0% and up to 100%, such as 1% or 0.5%')
  return []
}

function yesOrNo(read: RulesReader, value: unknown, path: Path): boolean {
  if (value === undefined || typeof value === 'boolean') return value ?? false
  read.problem(path, 'must be true or false')
  return false
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
