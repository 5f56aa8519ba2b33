import { type Classified, key } from './classify.js'
import { groupKeys } from './key-groups.js'
import { noRules, plainMask } from './rules.js'
import type { Schema, Table } from './schema.js'
import { kindOf } from './value-kind.js'

/**
 * The columns that want a rule, by `key`: each alone, or with those that foreign keys tie to it; the one that the others
 * refer to comes first. Numbers want none where they are keys.
 */
export function columnGroups(schema: Schema, columns: ReadonlyMap<string, Classified>): string[][] {
  const { tied, targets } = foreignColumns(schema)
  const done = new Set<string>()
  const groups: string[][] = []
  for (const [id, found] of columns) {
    const number = found.class.kind === 'free' && kindOf(found.column) === 'number' && !found.column.array
    if (done.has(id) || (found.class.kind !== 'unclassified' && !(number && !tied.has(id)))) continue
    const group = tied.has(id) ? groupOf(schema, columns, id) : [id]
    for (const member of group) done.add(member)
    groups.push(group.toSorted((a, b) => Number(targets.has(b)) - Number(targets.has(a))))
  }
  return groups
}

/** Found by the plan itself: what it masks when only this column has a rule. */
function groupOf(schema: Schema, columns: ReadonlyMap<string, Classified>, id: string): string[] {
  const found = columns.get(id)
  if (!found) return []
  const ruled = new Map(columns).set(id, { ...found, class: plainMask('hash', 'the draft') })
  const { targets } = groupKeys(schema, noRules, ruled)
  return [...targets.keys()].filter((each) => columns.get(each)?.class.kind === 'unclassified')
}

/** Columns on either side of a foreign key, and those among them that are referred to and refer to nothing. */
function foreignColumns(schema: Schema): { tied: ReadonlySet<string>; targets: ReadonlySet<string> } {
  const tables = new Map(schema.tables.map((table) => [table.id, table]))
  const sources = schema.foreignKeys.flatMap(({ table, columns }) =>
    columns.map((number) => own(tables, table, number)),
  )
  const targets = schema.foreignKeys.flatMap(({ target, targetColumns }) =>
    targetColumns.map((number) => own(tables, target, number)),
  )
  const referring = new Set(sources)
  return {
    tied: new Set([...sources, ...targets]),
    targets: new Set(targets.filter((id) => !referring.has(id))),
  }
}

/** A column of a partition or a child is that of the table it comes from. */
function own(tables: ReadonlyMap<string, Table>, id: string, number: number): string {
  const column = tables.get(id)?.columns.find((candidate) => candidate.number === number)
  const parent = column?.inherited ? tables.get(tables.get(id)?.parents[0] ?? '') : undefined
  const above = parent?.columns.find((candidate) => candidate.name === column?.name)
  return parent && above ? own(tables, parent.id, above.number) : key(id, number)
}
