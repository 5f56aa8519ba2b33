import { type ForeignKey, type Schema, type Table } from './schema.js'

/** A foreign key between tables with rows; partitions and children count as the table on top of them. */
export interface TableReference {
  readonly foreign: ForeignKey
  readonly from: Table
  readonly to: Table
}

export interface TableGraph {
  /** Tables that are no part of another one, emptied and foreign ones left out. */
  readonly tops: readonly Table[]
  /** By OID, for a table and all that is below it. */
  readonly topOf: ReadonlyMap<string, Table>
  readonly references: readonly TableReference[]
}

export function tableGraph(schema: Schema, emptied: readonly Table[]): TableGraph {
  const tops = schema.tables.filter(
    (table) => table.parents.length === 0 && table.kind !== 'foreign' && !emptied.includes(table),
  )
  const topOf = new Map(tops.map((table) => [table.id, table]))
  for (let before = -1; before !== topOf.size;) {
    before = topOf.size
    for (const table of schema.tables) {
      const top = topOf.get(table.parents[0] ?? '')
      if (top) topOf.set(table.id, top)
    }
  }
  const references = schema.foreignKeys.flatMap((foreign) => {
    const from = topOf.get(foreign.table)
    const to = topOf.get(foreign.target)
    return from && to ? [{ foreign, from, to }] : []
  })
  return { tops, topOf, references }
}

/** The tables and all that refer to them, however far. */
export function below(references: readonly TableReference[], tables: Iterable<Table>): Set<Table> {
  return closure(tables, (table) => references.filter(({ to }) => to === table).map(({ from }) => from))
}

/** The tables and all that they refer to, however far. */
export function above(references: readonly TableReference[], tables: Iterable<Table>): Set<Table> {
  return closure(tables, (table) => references.filter(({ from }) => from === table).map(({ to }) => to))
}

function closure(tables: Iterable<Table>, next: (table: Table) => readonly Table[]): Set<Table> {
  const found = new Set(tables)
  // A set that grows while it is walked gives its new members, too.
  for (const table of found) next(table).forEach((each) => found.add(each))
  return found
}
