import { translateLabel } from './import-labels.js'
import { type ColumnRule, type MaskingRules, type QuasiIdentifiers } from './rules.js'
import { type Column, type Schema, type Table, tableName } from './schema.js'

/** What the security labels of a database say, where the rules ask for them. */
export interface LabelRules {
  /** A sentence for a label that has no rule of ours. Nothing where the rules do not count labels. */
  readonly columns: ReadonlyMap<Column, ColumnRule | string>
  readonly quasiIdentifiers: readonly QuasiIdentifiers[]
  readonly problems: readonly string[]
}

/** Nobody stands alone: the least that the word means. Labels name columns and no size. */
const smallestGroup = 2

export function labelRules(schema: Schema, rules: MaskingRules): LabelRules {
  if (!rules.securityLabels) return { columns: new Map(), quasiIdentifiers: [], problems: [] }
  const tables = new Map(schema.tables.map((table) => [table.id, table]))
  const columns = new Map<Column, ColumnRule | string>()
  const indirect = new Map<Table, string[]>()
  const problems: string[] = []
  for (const { provider, table: id, column: at, label } of schema.labels) {
    const table = tables.get(id)
    if (!table) continue
    const column = table.columns.find((candidate) => candidate.number === at)
    const place = `the label of ${tableName(table)}${column ? `.${column.name}` : ''}`
    if (!column) {
      if (provider === 'anon' && rules.sample.length === 0)
        problems.push(`${place} is of a whole table; write "sample" for a share of its rows.`)
    } else if (provider === 'anon') {
      const rule = translateLabel(label, place)
      columns.set(column, typeof rule === 'string' ? `${place} ${rule}.` : rule)
    } else if (/^(QUASI|INDIRECT)\s+IDENTIFIER$/i.test(label.trim()))
      indirect.set(table, [...(indirect.get(table) ?? []), column.name])
  }
  return { columns, quasiIdentifiers: groupsOf(indirect, rules), problems }
}

/** The rules' own say of a table counts in place of its labels. */
function groupsOf(indirect: ReadonlyMap<Table, readonly string[]>, rules: MaskingRules): QuasiIdentifiers[] {
  const own = new Set(rules.kAnonymity.map(({ table }) => table))
  return [...indirect]
    .filter(([table]) => !own.has(table.name) && !own.has(tableName(table)))
    .map(([table, columns]) => ({
      table: tableName(table),
      columns,
      k: smallestGroup,
      place: `the labels of ${tableName(table)}`,
    }))
}
