import { counted } from '../amounts.js'
import { descendantsOf, objectionsTo } from './check-masks.js'
import { type Classification, type Classified, classify, findTable } from './classify.js'
import type { MaskedColumn, Target } from './compile.js'
import { groupKeys } from './key-groups.js'
import type { MaskingRules, QuasiIdentifiers } from './rules.js'
import { type Schema, type Table, tableName } from './schema.js'
import { type ReducedTable, planSubset } from './subset.js'
import { suggestionFor } from './suggestions.js'

/** What becomes of every row and value, decided before the first change. */
export interface MaskingPlan {
  readonly targets: readonly MaskedColumn[]
  /** Every table with rows of its own that keeps them. */
  readonly stored: readonly StoredTable[]
  readonly emptied: readonly Table[]
  /** Columns that the detectors look into. */
  readonly scanned: readonly Classified[]
  readonly quasiIdentifiers: readonly (QuasiIdentifiers & { readonly sql: string })[]
  /** Tables that keep a part of their rows by `sample`, in the order in which the others can be deleted. */
  readonly reduced: readonly ReducedTable[]
  /** What security labels added to the rules: a line per column, in words. */
  readonly labels: readonly string[]
  readonly largeObjects: 'none' | 'remove'
  readonly definitionsMayQuote: boolean
  readonly counts: Readonly<Record<'masked' | 'kept' | 'harmless' | 'derived' | 'free', number>>
}

export interface StoredTable {
  readonly table: Table
  /** Its own and those that it inherits. */
  readonly targets: readonly MaskedColumn[]
  /** Which rows the branch gets, as a condition on `t`; all of them where there is none. */
  readonly keep?: string
}

export type Planned = { readonly plan: MaskingPlan; readonly classification: Classification } | Refused

export interface Refused {
  /** Sentences; those about a rule begin with its place. */
  readonly refusals: readonly string[]
  /** The rules that are missing, as lines to begin with. */
  readonly suggestions: readonly string[]
  /** Those of the refusals that are about a column without a rule. */
  readonly unruled?: readonly { readonly sentence: string; readonly table: Table }[]
}

/** Decides how each column is masked. Fails closed: one column without a rule refuses the whole. */
export function planMasking(schema: Schema, rules: MaskingRules): Planned {
  const classification = classify(schema, rules)
  const { targets, problems } = groupKeys(schema, rules, classification.columns)
  const masked = [...targets].flatMap(([id, target]) => {
    const table = classification.columns.get(id)?.table
    return table ? [{ table, target }] : []
  })
  const unclassified = [...classification.columns].flatMap(([id, found]) =>
    found.class.kind === 'unclassified' && !targets.has(id) ? [found] : [],
  )
  const unruled = unclassified.map(({ table, column }) => ({
    sentence: `${tableName(table)}.${column.name} (${column.type}) has no rule.`,
    table,
  }))
  const quasi = quasiIdentifiers(schema, [...rules.kAnonymity, ...classification.labels.quasiIdentifiers])
  const { emptied } = classification
  const subset = planSubset(schema, { sample: rules.sample, emptied })
  const refusals = [
    ...classification.problems,
    ...problems,
    ...unruled.map(({ sentence }) => sentence),
    ...masked.flatMap((each) => objectionsTo(schema, each, classification.columns)),
    ...emptiedReferences(schema, classification.emptied),
    ...unloggedLosses(schema, rules),
    ...quasi.problems,
    ...subset.refusals,
  ]
  if (refusals.length > 0) return { refusals, suggestions: suggestionsFor(unclassified), unruled }
  return {
    classification,
    plan: {
      targets: masked,
      stored: withKeep(storedOf(schema, classification, masked), subset.reduced),
      emptied,
      scanned: scannedOf(classification),
      quasiIdentifiers: quasi.found,
      reduced: subset.reduced,
      labels: labelled(classification),
      largeObjects: schema.largeObjects > 0 ? 'remove' : 'none',
      definitionsMayQuote: rules.definitions !== undefined,
      counts: countsOf(classification, targets),
    },
  }
}

function storedOf(schema: Schema, { emptied }: Classification, masked: readonly MaskedColumn[]): StoredTable[] {
  const heirs = new Map(masked.map(({ table }) => [table.id, new Set(descendantsOf(schema, table.id))]))
  return schema.tables
    .filter((table) => table.kind === 'table' && !emptied.includes(table))
    .map((table) => ({
      table,
      targets: masked.filter((each) => each.table.id === table.id || heirs.get(each.table.id)?.has(table)),
    }))
}

/** Partitions and children keep what the table on top of them keeps. */
function withKeep(stored: readonly StoredTable[], reduced: readonly ReducedTable[]): StoredTable[] {
  const keeps = new Map(reduced.flatMap(({ tables, keep }) => tables.map((each) => [each, keep] as const)))
  return stored.map((each) => {
    const keep = keeps.get(each.table)
    return keep === undefined ? each : { ...each, keep }
  })
}

function labelled({ columns, labels }: Classification): string[] {
  return [...columns.values()].flatMap(({ table, column, class: rule }) =>
    rule === labels.columns.get(column) ? [`${tableName(table)}.${column.name}: ${JSON.stringify(rule)}`] : [],
  )
}

/** Rows that refer to a table without rows would refer to nothing. */
function emptiedReferences(schema: Schema, emptied: readonly Table[]): string[] {
  const gone = new Map(emptied.map((table) => [table.id, table]))
  return schema.foreignKeys.flatMap((foreign) => {
    const target = gone.get(foreign.target)
    const from = schema.tables.find((table) => table.id === foreign.table)
    if (!target || !from || gone.has(from.id)) return []
    return [
      `"leave_out" empties ${tableName(target)}, to which ${tableName(from)} refers by ${foreign.name}. Leave both out, or neither.`,
    ]
  })
}

function unloggedLosses(schema: Schema, rules: MaskingRules): string[] {
  if (schema.largeObjects === 0 || rules.largeObjects === 'remove') return []
  return [
    `The database holds ${counted(schema.largeObjects, 'large object')}, which no column rule covers. Write "large_objects: remove".`,
  ]
}

function quasiIdentifiers(schema: Schema, all: readonly QuasiIdentifiers[]) {
  const problems: string[] = []
  const found = all.flatMap((wanted) => {
    const table = findTable(schema, wanted.table)
    if (typeof table === 'string') {
      problems.push(`${wanted.place}: ${table}.`)
      return []
    }
    const absent = wanted.columns.filter((name) => !table.columns.some((column) => column.name === name))
    problems.push(...absent.map((name) => `${wanted.place}: ${tableName(table)} has no column "${name}".`))
    return [{ ...wanted, sql: table.sql }]
  })
  return { found, problems }
}

/** Kept columns were decided by a person with a reason; all others must hold what was said of them. */
function scannedOf({ columns }: Classification): Classified[] {
  return [...columns.values()].filter(
    ({ table, class: { kind } }) => kind !== 'keep' && kind !== 'free' && table.ledger === undefined,
  )
}

function countsOf({ columns }: Classification, targets: ReadonlyMap<string, Target>): MaskingPlan['counts'] {
  const counts = { masked: 0, kept: 0, harmless: 0, derived: 0, free: 0 }
  for (const [id, { class: found }] of columns) {
    if (targets.has(id)) counts.masked++
    else if (found.kind === 'keep') counts.kept++
    else if (found.kind === 'harmless' || found.kind === 'derived' || found.kind === 'free') counts[found.kind]++
  }
  return counts
}

function suggestionsFor(unclassified: readonly Classified[]): string[] {
  const tables = new Map<string, string[]>()
  for (const { table, column } of unclassified) {
    const lines = tables.get(tableName(table)) ?? []
    tables.set(tableName(table), [...lines, `    ${column.name}: ${suggestionFor(column)}`])
  }
  return tables.size === 0 ? [] : ['tables:', ...[...tables].flatMap(([name, lines]) => [`  ${name}:`, ...lines])]
}
