import { rowsOf } from './check-masks.js'
import { findTable } from './classify.js'
import type { SampleRule } from './rules.js'
import { type Schema, type Table, tableName } from './schema.js'
import { type TableGraph, below } from './table-graph.js'

/** A table of which a share of the rows is kept, known by its primary key. */
export interface SampleRoot {
  readonly table: Table
  readonly share: number
  /** Names of the columns of its primary key. */
  readonly keys: readonly string[]
}

/** Of a smaller table a share alone would leave next to nothing, so it is taken for a list of words. */
const fewestRows = 10

/** The tables that the rules name, or those that a share alone means. `refusals` are sentences. */
export function sampleRoots(
  schema: Schema,
  graph: TableGraph,
  sample: readonly SampleRule[],
): { readonly roots: readonly SampleRoot[]; readonly refusals: readonly string[] } {
  const refusals: string[] = []
  const roots = sample.flatMap((rule) => {
    const tables =
      rule.table === undefined ? tablesToSample(schema, graph, rule.share) : [findTable(schema, rule.table)]
    if (tables.length === 0) refusals.push(`${rule.place}: "sample" finds no table to begin with; name tables.`)
    return tables.flatMap((table) => {
      const root = typeof table === 'string' ? table : rootOf(schema, graph, { table, share: rule.share })
      if (typeof root !== 'string') return [root]
      refusals.push(`${rule.place}: ${root}.`)
      return []
    })
  })
  const twice = roots.filter(({ table }, at) => roots.findIndex((other) => other.table === table) !== at)
  return { roots, refusals: [...refusals, ...twice.map(({ table }) => `"sample" names ${tableName(table)} twice.`)] }
}

function rootOf(
  schema: Schema,
  graph: TableGraph,
  { table, share }: { table: Table; share: number },
): SampleRoot | string {
  const top = graph.topOf.get(table.id)
  if (!top) return `${tableName(table)} is left out or lies on another server, so "sample" has nothing to choose from`
  if (top !== table) return `${tableName(table)} is a part of ${tableName(top)}; name that one`
  const primary = schema.uniques.find((unique) => unique.primary && unique.table === table.id)
  const keys = table.columns.filter((column) => primary?.columns.includes(column.number)).map(({ name }) => name)
  if (keys.length === 0)
    return `${tableName(table)} has no primary key, by which "sample" chooses the same rows each time; name another table`
  return { table, share, keys }
}

/**
 * Where no table is named: tables that refer to no other one and that others refer to; the one on which most tables
 * hang comes first, and one that shares a table below it with an earlier one is passed over. Tables of which fewer
 * than ten rows would stay, such as a list of countries, do not count.
 */
function tablesToSample(schema: Schema, graph: TableGraph, share: number): Table[] {
  const counts = (table: Table) => rowsOf(schema, table) * share >= fewestRows
  const references = graph.references.filter(({ from, to }) => from !== to && counts(from) && counts(to))
  const candidates = graph.tops
    .filter((table) => references.some(({ to }) => to === table) && !references.some(({ from }) => from === table))
    .map((table) => ({ table, hanging: below(references, [table]) }))
    .toSorted((a, b) => b.hanging.size - a.hanging.size || (tableName(a.table) < tableName(b.table) ? -1 : 1))
  const taken = new Set<Table>()
  return candidates.flatMap(({ table, hanging }) => {
    if ([...hanging].some((each) => taken.has(each))) return []
    hanging.forEach((each) => taken.add(each))
    return [table]
  })
}
