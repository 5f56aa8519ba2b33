import { type Path, type PlaceOf, RulesReader } from '../masking/rules-reader.js'
import { type WordKind, wordKinds } from './words.js'

/** A synthetic seed as people write it. */
export interface SyntheticRules {
  readonly seed: number
  /** By name, with or without its schema. */
  readonly tables: ReadonlyMap<string, TableRules>
}

export interface TableRules {
  readonly rows: number
  readonly columns: ReadonlyMap<string, Generator>
}

/** What stands in a column, where its name, type and constraints are not to decide. */
export type Generator =
  | { readonly kind: 'words'; readonly words: WordKind }
  | { readonly kind: 'one_of'; readonly values: readonly string[] }
  | { readonly kind: 'range'; readonly from: string; readonly to: string }
  | { readonly kind: 'value'; readonly value: string | null }
  /** An SQL expression; `n` in it is the number of the row, from 1. */
  | { readonly kind: 'sql'; readonly expression: string }

/** Per table. */
const mostRows = 10_000_000
const highestSeed = 2 ** 31 - 1

/** From the plain data under `synthetic`. `problems` are sentences with their place; with any of them nothing may be filled. */
export function parseSynthetic(
  data: unknown,
  placeOf: PlaceOf,
): { rules: SyntheticRules; problems: readonly string[] } {
  const read = new RulesReader(placeOf)
  const root = ['synthetic']
  read.only(data, root, ['seed', 'tables'])
  const { seed = 1, tables } = Object.fromEntries(read.map(data, root))
  const entries = read.map(tables, [...root, 'tables'])
  if (entries.length === 0) read.problem([...root, 'tables'], 'must name at least one table')
  return {
    rules: {
      seed: whole(read, seed, { at: [...root, 'seed'], to: highestSeed }),
      tables: new Map(entries.map(([name, entry]) => [name, tableRules(read, entry, [...root, 'tables', name])])),
    },
    problems: read.problems,
  }
}

function tableRules(read: RulesReader, entry: unknown, at: Path): TableRules {
  if (typeof entry !== 'object' || entry === null)
    return { rows: whole(read, entry, { at, to: mostRows }), columns: new Map() }
  read.only(entry, at, ['rows', 'columns'])
  const { rows, columns } = Object.fromEntries(read.map(entry, at))
  const found = read.map(columns, [...at, 'columns']).flatMap(([name, value]) => {
    const generator = generatorOf(read, value, [...at, 'columns', name])
    return generator ? [[name, generator] as const] : []
  })
  return { rows: whole(read, rows, { at: [...at, 'rows'], to: mostRows }), columns: new Map(found) }
}

function generatorOf(read: RulesReader, value: unknown, at: Path): Generator | undefined {
  if (typeof value === 'string') {
    const words = wordKinds.find((kind) => kind === value)
    return words ? { kind: 'words', words } : read.problem(at, `must be a map or one of ${wordKinds.join(', ')}`)
  }
  read.only(value, at, ['one_of', 'from', 'to', 'value', 'sql'])
  const fields = Object.fromEntries(read.map(value, at))
  const form = Object.keys(fields).sort().join(' ')
  if (form === 'one_of') {
    const values = read.list(fields['one_of'], [...at, 'one_of']).map(plain)
    if (values.length > 0 && values.every((each) => each !== undefined)) return { kind: 'one_of', values }
    return read.problem([...at, 'one_of'], 'must be a list of texts, numbers or truth values')
  }
  if (form === 'from to') {
    const [from, to] = [plain(fields['from']), plain(fields['to'])]
    if (from !== undefined && to !== undefined) return { kind: 'range', from, to }
  }
  if (form === 'value') {
    const single = plain(fields['value'])
    if (single !== undefined || fields['value'] === null) return { kind: 'value', value: single ?? null }
  }
  if (form === 'sql' && typeof fields['sql'] === 'string') return { kind: 'sql', expression: fields['sql'] }
  return read.problem(
    at,
    'must be a kind of words, or a map with "one_of", with "from" and "to", with "value", or with "sql"',
  )
}

function plain(value: unknown): string | undefined {
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined
}

function whole(read: RulesReader, value: unknown, { at, to }: { at: Path; to: number }): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= to) return value
  read.problem(at, `must be a whole number from 0 to ${to}`)
  return 0
}
