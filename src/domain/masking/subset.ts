import type { SampleRule } from './rules.js'
import { type SampleRoot, sampleRoots } from './sample-roots.js'
import { type Schema, type Table, tableName } from './schema.js'
import {
  type Condition,
  chainDropped,
  keptBy,
  noneOf,
  outsideChains,
  outsideShare,
  refersToDropped,
  unneeded,
} from './subset-sql.js'
import { type TableGraph, type TableReference, above, below, tableGraph } from './table-graph.js'

/** A table that keeps some of its rows. */
export interface ReducedTable {
  readonly table: Table
  /** It and its partitions and children, which all obey the same conditions. */
  readonly tables: readonly Table[]
  /** SQL over the alias `t`, never NULL: the row stays. */
  readonly keep: string
  /** Each is a reason for which a row goes. */
  readonly drop: readonly string[]
}

export interface Subset {
  /** In the order in which rows can be deleted: each condition is asked before the tables that it reads lose rows. */
  readonly reduced: readonly ReducedTable[]
  readonly refusals: readonly string[]
}

/** Bytes of SQL per table, beyond which the ties between tables are too many to follow. */
const longestCondition = 200_000

/**
 * Which rows stay so that every foreign key still holds:
 * - a named table keeps its share, and what refers to it keeps the rows all of whose references stay (stage 0);
 * - the tables that these refer to keep the rows that are needed (stage 1);
 * - what refers to those keeps the rows all of whose references stay (stage 2), and so on by turns;
 * - a table without any tie to these keeps all rows.
 */
export function planSubset(
  schema: Schema,
  { sample, emptied }: { sample: readonly SampleRule[]; emptied: readonly Table[] },
): Subset {
  if (sample.length === 0) return { reduced: [], refusals: [] }
  const graph = tableGraph(schema, emptied)
  const { roots, refusals } = sampleRoots(schema, graph, sample)
  if (refusals.length > 0) return { reduced: [], refusals }
  const stages = stagesOf(graph, roots)
  const odd = [...elsewhere(schema, graph, stages), ...oddReferences(graph, stages), ...circles(graph, stages)]
  if (odd.length > 0) return { reduced: [], refusals: odd }
  return reasonsOf(schema, graph, { roots, stages })
}

/** By table: even stages lose the rows whose references go, odd ones those that nothing needs. */
type Stages = ReadonlyMap<Table, number>

function stagesOf({ references }: TableGraph, roots: readonly SampleRoot[]): Stages {
  const stages = new Map<Table, number>()
  const mark = (tables: Iterable<Table>, stage: number) => {
    for (const table of tables) if (!stages.has(table)) stages.set(table, stage)
  }
  mark(
    below(
      references,
      roots.map(({ table }) => table),
    ),
    0,
  )
  for (let stage = 1, before = 0; before !== stages.size; stage += 2) {
    before = stages.size
    mark(above(references, stages.keys()), stage)
    mark(below(references, stages.keys()), stage + 1)
  }
  return stages
}

/** References whose target decides on the rows of a table, and those whose rows need some of it. */
function tiesOf({ references }: TableGraph, stages: Stages, table: Table) {
  const stage = stages.get(table) ?? -1
  const stageOf = (other: Table) => stages.get(other) ?? Infinity
  const others = references.filter(({ from, to }) => from !== to)
  return {
    own: references.filter(({ from, to }) => from === table && to === table),
    decides: stage % 2 === 0 ? others.filter(({ from, to }) => from === table && stageOf(to) <= stage) : [],
    needs: stage % 2 === 1 ? others.filter(({ from, to }) => to === table && stageOf(from) <= stage) : [],
  }
}

/** The table first. */
function partsOf(schema: Schema, { topOf }: TableGraph, table: Table): Table[] {
  return [table, ...schema.tables.filter((each) => each !== table && topOf.get(each.id) === table)]
}

/** Deleting would reach the rows of another server. */
function elsewhere(schema: Schema, { topOf }: TableGraph, stages: Stages): string[] {
  return schema.tables.flatMap((table) => {
    const top = topOf.get(table.id)
    if (table.kind !== 'foreign' || !top || !stages.has(top)) return []
    return [
      `${tableName(table)} lies on another server and below ${tableName(top)}, of which "sample" would keep a part. Detach it in the parent.`,
    ]
  })
}

/** A foreign key of a single partition or child has no say over the rest of its table. */
function oddReferences({ references }: TableGraph, stages: Stages): string[] {
  return references
    .filter(({ from, to, foreign }) => stages.has(from) && (foreign.table !== from.id || foreign.target !== to.id))
    .map(
      ({ from, foreign }) =>
        `"sample" cannot follow the foreign key ${foreign.name}, which a partition or child of ${tableName(from)} has for itself.`,
    )
}

/** Each circle of tables once. A table that refers to itself is none. */
function circles({ references }: TableGraph, stages: Stages): string[] {
  const others = references.filter(({ from, to }) => from !== to && stages.has(from))
  const found = new Set<Table>()
  return [...stages.keys()].flatMap((table) => {
    const reached = above(
      others,
      others.filter(({ from }) => from === table).map(({ to }) => to),
    )
    if (!reached.has(table) || found.has(table)) return []
    const circle = [...below(others, [table])].filter((each) => reached.has(each))
    circle.forEach((each) => found.add(each))
    const names = circle.map(tableName).toSorted().join(', ')
    return [`"sample" cannot choose rows of ${names}, which refer to each other in a circle; sample other tables.`]
  })
}

/** Each table after those by which its rows are decided. */
function reasonsOf(
  schema: Schema,
  graph: TableGraph,
  { roots, stages }: { roots: readonly SampleRoot[]; stages: Stages },
): Subset {
  const reasons = new Map<Table, readonly Condition[]>()
  const reduced: ReducedTable[] = []
  const refusals: string[] = []
  const visit = (table: Table): readonly Condition[] => {
    const known = reasons.get(table)
    if (known) return known
    const { own, decides, needs } = tiesOf(graph, stages, table)
    const root = roots.find((each) => each.table === table)
    const found =
      (stages.get(table) ?? 0) % 2 === 0
        ? restricted(table, {
            own,
            chosen: root ? outsideShare(root) : [],
            others: decides.flatMap((reference) =>
              visit(reference.to).map((reason) => refersToDropped(reference, reason)),
            ),
          })
        : [
            unneeded(
              table,
              needs.map((reference) => ({ reference, kept: keptBy(visit(reference.from)) })),
              own,
            ),
          ]
    const tooLong =
      found.length > 1000 || found.reduce((sum, { holds }) => sum + holds('t').length, 0) > longestCondition
    if (tooLong)
      refusals.push(`"sample" cannot follow the many ways by which ${tableName(table)} is tied; sample other tables.`)
    const usable = tooLong ? [] : found
    reasons.set(table, usable)
    if (usable.length > 0)
      reduced.unshift({
        table,
        tables: partsOf(schema, graph, table),
        keep: keptBy(usable)('t'),
        drop: usable.map(({ holds }) => holds('t')),
      })
    return usable
  }
  for (const table of stages.keys()) visit(table)
  return { reduced, refusals }
}

/**
 * A table that refers to itself: a row goes with the one that it refers to; of a named table the rows that a chosen one
 * refers to stay with it, or next to nothing would be left of a deep tree.
 */
function restricted(
  table: Table,
  {
    own,
    chosen,
    others,
  }: { own: readonly TableReference[]; chosen: readonly Condition[]; others: readonly Condition[] },
): readonly Condition[] {
  if (own.length === 0) return [...chosen, ...others]
  const barred = others.length > 0 ? [chainDropped(table, others, own)] : []
  return chosen.length > 0 ? [...barred, outsideChains(table, noneOf([...chosen, ...barred]), own)] : barred
}
