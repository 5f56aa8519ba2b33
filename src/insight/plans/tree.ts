import { quoted, written } from '../lint/names.js'

/** How a table is read. `search`: an index finds the rows. `index`: an index is read from end to end, for its order. */
export type Access = 'search' | 'index' | 'seq'

export interface Scan {
  readonly schema: string
  readonly table: string
  /** Indexes that are used, in the schema of the table. */
  readonly indexes: readonly string[]
  readonly access: Access
}

/** A plan as the server explains it, without what varies from one day to the next. */
export interface Plan {
  /** In the planner's own unit. */
  readonly cost: number
  /** The nodes with the names of tables and indexes, one a line, indented by depth. Equal trees are equal plans. */
  readonly lines: readonly string[]
  readonly scans: readonly Scan[]
  readonly sorts: number
}

/** What running a query took. */
export interface Measured {
  readonly ms: number
  /** Blocks of 8 kB, found in memory or not. */
  readonly buffers: number
}

/** A node of `EXPLAIN (FORMAT JSON)`. Source: https://www.postgresql.org/docs/current/using-explain.html */
export interface RawNode {
  readonly 'Node Type': string
  readonly 'Total Cost'?: number
  readonly 'Join Type'?: string
  readonly 'Parallel Aware'?: boolean
  readonly Strategy?: string
  readonly Operation?: string
  readonly 'Subplan Name'?: string
  readonly 'Index Name'?: string
  readonly 'Relation Name'?: string
  readonly Schema?: string
  readonly Alias?: string
  readonly 'CTE Name'?: string
  readonly 'Function Name'?: string
  readonly 'Index Cond'?: string
  readonly 'Order By'?: string
  readonly 'Shared Hit Blocks'?: number
  readonly 'Shared Read Blocks'?: number
  readonly 'Temp Read Blocks'?: number
  readonly 'Temp Written Blocks'?: number
  readonly Plans?: readonly RawNode[]
}

export function readPlan(root: RawNode): Plan {
  const nodes = [...walk(root, 0)]
  return {
    cost: root['Total Cost'] ?? 0,
    lines: nodes.map(({ node, depth }) => `${'  '.repeat(depth)}${labelOf(node)}`),
    scans: nodes.flatMap(({ node }) => scanOf(node)),
    sorts: nodes.filter(({ node }) => /Sort$/.test(node['Node Type'])).length,
  }
}

export function readMeasured(root: RawNode, ms: number): Measured {
  const { 'Shared Hit Blocks': hit = 0, 'Shared Read Blocks': read = 0 } = root
  const { 'Temp Read Blocks': spilled = 0, 'Temp Written Blocks': written = 0 } = root
  return { ms, buffers: hit + read + spilled + written }
}

function* walk(node: RawNode, depth: number): Generator<{ node: RawNode; depth: number }> {
  yield { node, depth }
  for (const child of node.Plans ?? []) yield* walk(child, depth + 1)
}

function labelOf(node: RawNode): string {
  const { 'Node Type': type, 'Join Type': join = 'Inner', Strategy: strategy = 'Plain' } = node
  // `InitPlan 1 (returns $0)`: the number of the parameter says nothing.
  const subplan = node['Subplan Name']?.replace(/ \(returns .*/, '')
  const words = [
    ...(subplan === undefined ? [] : [`${subplan}:`]),
    ...(node['Parallel Aware'] ? ['Parallel'] : []),
    type === 'ModifyTable' ? (node.Operation ?? type) : type,
    ...(join === 'Inner' ? [] : [join]),
    ...(['Plain', 'Sorted'].includes(strategy) ? [] : [`(${strategy})`]),
    ...(node['Index Name'] === undefined ? [] : [`using ${quoted(node['Index Name'])}`]),
    ...subjectOf(node),
    ...(isOrderedScan(node) ? ['(all of it)'] : []),
  ]
  return words.join(' ')
}

function subjectOf(node: RawNode): string[] {
  const { 'Relation Name': table, Schema: schema, Alias: alias } = node
  const name = table ?? node['CTE Name'] ?? node['Function Name']
  if (name === undefined) return []
  const subject = table === undefined || schema === undefined ? quoted(name) : written({ schema, name })
  return [`on ${subject}`, ...(alias === undefined || alias === name ? [] : [quoted(alias)])]
}

function isOrderedScan(node: RawNode): boolean {
  return /^Index (Only )?Scan$/.test(node['Node Type']) && !isSearch(node)
}

/** Nearest neighbours (`ORDER BY a <-> b`) are a search too. */
function isSearch(node: RawNode): boolean {
  return node['Index Cond'] !== undefined || node['Order By'] !== undefined
}

function scanOf(node: RawNode): Scan[] {
  const { 'Node Type': type, 'Relation Name': table, Schema: schema = 'public', 'Index Name': index } = node
  if (table === undefined) return []
  if (type === 'Seq Scan') return [{ schema, table, indexes: [], access: 'seq' }]
  if (type === 'Bitmap Heap Scan') {
    const below = [...walk(node, 0)]
      .map((each) => each.node)
      .filter(({ 'Relation Name': other }) => other === undefined)
    const indexes = below.flatMap(({ 'Index Name': name }) => name ?? [])
    return [{ schema, table, indexes, access: below.some(isSearch) ? 'search' : 'index' }]
  }
  if (index === undefined) return []
  return [{ schema, table, indexes: [index], access: isSearch(node) ? 'search' : 'index' }]
}
