import { type LabelRules, labelRules } from './label-rules.js'
import { type ColumnRule, type MaskingRules, covers, coversTable } from './rules.js'
import { type Column, type Schema, type Table, tableName } from './schema.js'
import { needsRule } from './value-kind.js'

/** What becomes of a column and why. `free`: of a type that needs no rule. `derived`: computed from other columns. */
export type ColumnClass =
  | ColumnRule
  | { readonly kind: 'harmless'; readonly because: string }
  | { readonly kind: 'free' }
  | { readonly kind: 'derived' }
  | { readonly kind: 'unclassified' }

export interface Classified {
  readonly table: Table
  readonly column: Column
  readonly class: ColumnClass
}

/** Identity of a column across the plan. */
export const key = (table: string, column: number) => `${table}.${column}`

export interface Classification {
  /** By `key`; columns that children inherit stand under the table they come from. */
  readonly columns: ReadonlyMap<string, Classified>
  readonly emptied: readonly Table[]
  /** What the security labels say, where the rules ask for them. */
  readonly labels: LabelRules
  readonly problems: readonly string[]
}

/** Finds each column's rule: its own, by column name, by type, as harmless, by security label, in this order. */
export function classify(schema: Schema, rules: MaskingRules): Classification {
  const emptied = schema.tables.filter(
    (table) => table.kind !== 'foreign' && rules.leaveOut.some((pattern) => coversTable(pattern, table)),
  )
  const { own, problems } = ownRules(schema, rules)
  const labels = labelRules(schema, rules)
  problems.push(...labels.problems)
  const columns = new Map<string, Classified>()
  for (const table of schema.tables) {
    if (table.kind === 'foreign' || emptied.includes(table)) continue
    for (const column of table.columns) {
      const id = key(table.id, column.number)
      const rule = own.get(id)
      if (column.inherited && rule) {
        problems.push(
          `${rule.place}: ${tableName(table)}.${column.name} comes from a parent table; write the rule there.`,
        )
      }
      if (column.inherited) continue
      const found = rule ?? classOf(rules, table, column)
      const label = found.kind === 'free' || found.kind === 'unclassified' ? labels.columns.get(column) : undefined
      if (typeof label === 'string') problems.push(label)
      columns.set(id, { table, column, class: typeof label === 'object' ? label : found })
    }
  }
  return {
    columns,
    emptied,
    labels,
    problems: [...problems, ...unheededLabels(columns, schema, labels), ...uselessPatterns(schema, rules)],
  }
}

function classOf(rules: MaskingRules, table: Table, column: Column): ColumnClass {
  // A generated column holds nothing that its sources do not.
  if (column.generated !== '') return { kind: 'derived' }
  if (table.ledger !== undefined) return { kind: 'harmless', because: `migration ledger of ${table.ledger}` }
  const named = rules.columns.find(({ pattern }) => covers(pattern, column.name))
  // A pattern such as *_name must not rename the enum city_name: masks reach what needs one.
  if (named && (named.rule.kind === 'keep' || needsRule(column))) return named.rule
  if (!needsRule(column)) return { kind: 'free' }
  const typed = rules.types.find(({ pattern }) => coversType(pattern, column))
  if (typed) return typed.rule
  const harmless = rules.harmless.find(
    (rule) =>
      (rule.tables.length === 0 || rule.tables.some((pattern) => coversTable(pattern, table))) &&
      (rule.columns.length === 0 || rule.columns.some((pattern) => covers(pattern, column.name))) &&
      (rule.types.length === 0 || rule.types.some((pattern) => coversType(pattern, column))),
  )
  return harmless ? { kind: 'harmless', because: harmless.because } : { kind: 'unclassified' }
}

/** A label asks to mask a column that cannot be masked itself, and nothing masks what its values come from. */
function unheededLabels(columns: ReadonlyMap<string, Classified>, schema: Schema, labels: LabelRules): string[] {
  const masked = (table: Table | undefined, column: Column | undefined) =>
    table !== undefined && column !== undefined && columns.get(key(table.id, column.number))?.class.kind === 'mask'
  return schema.tables.flatMap((table) =>
    table.columns.flatMap((column) => {
      const label = labels.columns.get(column)
      if (typeof label !== 'object' || label.kind !== 'mask') return []
      const parent = schema.tables.find(({ id }) => id === table.parents[0])
      const above = parent?.columns.find(({ name }) => name === column.name)
      const sources = table.columns.filter(({ number }) => column.reads.includes(number))
      if (column.inherited && !masked(parent, above))
        return [
          `${label.place} is of a column that comes from ${parent ? tableName(parent) : 'a parent table'}; label it there.`,
        ]
      if (column.generated !== '' && !sources.some((source) => masked(table, source)))
        return [`${label.place} is of a generated column; label what it is made of.`]
      return []
    }),
  )
}

/** `varchar`, `character varying(20)`, `text[]`, `timestamptz`. */
function coversType(pattern: string, column: Column): boolean {
  const array = column.array ? '[]' : ''
  return [`${column.base}${array}`, column.type, column.type.replace(/\(\d+\)/, '')].some((name) =>
    covers(pattern, name),
  )
}

function ownRules(schema: Schema, rules: MaskingRules) {
  const own = new Map<string, ColumnRule>()
  const problems: string[] = []
  for (const { table: written, columns, place } of rules.tables) {
    const found = findTable(schema, written)
    if (typeof found === 'string') {
      problems.push(`${place}: ${found}.`)
      continue
    }
    for (const [name, rule] of columns) {
      const column = found.columns.find((candidate) => candidate.name === name)
      if (!column) problems.push(`${rule.place}: ${tableName(found)} has no column "${name}".`)
      else if (column.generated !== '')
        problems.push(`${rule.place}: ${tableName(found)}.${name} is generated; rule over what it is made of.`)
      else own.set(key(found.id, column.number), rule)
    }
  }
  return { own, problems }
}

/** By `schema.table` or, where only one schema has it, by `table`. @returns the reason where there is none. */
export function findTable(schema: Schema, written: string): Table | string {
  const qualified = schema.tables.filter((table) => tableName(table) === written)
  const found = qualified.length > 0 ? qualified : schema.tables.filter((table) => table.name === written)
  if (found.length > 1)
    return `"${written}" is in more than one schema (${found.map(tableName).join(', ')}); write the schema, too`
  return found[0] ?? `there is no table "${written}"`
}

/** A table to leave out that is not there is a misspelt one, and its rows would stay. */
function uselessPatterns(schema: Schema, rules: MaskingRules): string[] {
  return rules.leaveOut
    .filter((pattern) => !schema.tables.some((table) => coversTable(pattern, table)))
    .map((pattern) => `"leave_out" names "${pattern}", and no table is called so.`)
}
