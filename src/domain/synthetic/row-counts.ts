import { hint } from '../masking/rules-reader.js'
import { tableName } from '../masking/schema.js'
import type { SyntheticRules, TableRules } from './rules.js'
import type { SeedReference, SeedSchema, SeedTable } from './schema.js'

/** A table that is to be filled. */
export interface Filled {
  readonly table: SeedTable
  readonly rows: number
  readonly rules: TableRules
}

export interface RowCounts {
  /** By OID. */
  readonly filled: ReadonlyMap<string, Filled>
  readonly notes: readonly string[]
  readonly problems: readonly string[]
}

/** The tables that the rules name, and the least of those that they cannot do without. */
export function countRows(schema: SeedSchema, rules: SyntheticRules): RowCounts {
  const problems: string[] = []
  const notes: string[] = []
  const filled = new Map<string, Filled>()
  for (const [name, entry] of rules.tables) {
    const table = findTable(schema, name)
    if (typeof table === 'string') problems.push(table)
    else if (filled.has(table.id)) problems.push(`"${name}" is the table ${tableName(table)}, which is named twice.`)
    else {
      const fault = faultOf(table, entry)
      if (fault !== undefined) problems.push(fault)
      if (entry.rows > 0) filled.set(table.id, { table, rows: entry.rows, rules: entry })
    }
  }
  // A map that grows while it is walked gives its new members, too.
  for (const { table, rows } of filled.values()) {
    for (const reference of schema.references.filter((each) => each.table === table.id)) {
      const target = schema.tables.find(({ id }) => id === reference.target)
      if (!target || target.rows > 0 || filled.has(target.id) || !isRequired(reference, table)) continue
      const least = leastRows({ schema, table, rows, reference, filled })
      const none = { rows: least, columns: new Map() }
      const fault = faultOf(target, none)
      if (fault !== undefined) problems.push(fault)
      filled.set(target.id, { table: target, rows: least, rules: none })
      notes.push(
        `${tableName(target)} is not named and gets ${least} ${least === 1 ? 'row' : 'rows'}, the least that ${tableName(table)} needs (${reference.name}).`,
      )
    }
  }
  return { filled, notes, problems }
}

function findTable(schema: SeedSchema, name: string): SeedTable | string {
  const exact = schema.tables.filter((table) => tableName(table) === name)
  const named = exact.length > 0 ? exact : schema.tables.filter((table) => table.name === name)
  const [found] = named.length > 1 ? named.filter((table) => table.schema === 'public') : named
  if (found) return found
  const places = named.map(tableName).join(', ')
  if (named.length > 1) return `"${name}" is the name of several tables; write one of ${places}.`
  const near = hint(name, [...schema.tables.map((table) => table.name), ...schema.tables.map(tableName)])
  return `There is no table "${name}"${near}; a partition is filled through its parent.`
}

function faultOf(table: SeedTable, { rows, columns }: TableRules): string | undefined {
  const strange = [...columns.keys()].filter((name) => !table.columns.some((column) => column.name === name))
  if (strange.length > 0) {
    const near = hint(
      strange[0] ?? '',
      table.columns.map(({ name }) => name),
    )
    return `${tableName(table)} has no column "${strange.join('", "')}"${near}.`
  }
  if (rows === 0) return undefined
  if (table.ledger !== undefined)
    return `${tableName(table)} is the ledger of ${table.ledger}; its rows are not made up.`
  if (table.rows > 0)
    return `${tableName(table)} holds rows already; a synthetic seed fills empty tables, leave this one out.`
  return undefined
}

/** A foreign key with a NULL in it asks for nothing. */
function isRequired({ columns }: SeedReference, table: SeedTable): boolean {
  return columns.every((number) => table.columns.some((column) => column.number === number && column.notNull))
}

interface Needing {
  readonly schema: SeedSchema
  readonly table: SeedTable
  readonly rows: number
  readonly reference: SeedReference
  readonly filled: ReadonlyMap<string, Filled>
}

/** One, unless a unique key consists of references alone: then so many that they make enough different pairs. */
function leastRows({ schema, table, rows, reference, filled }: Needing): number {
  const references = schema.references.filter((each) => each.table === table.id)
  let least = 1
  for (const key of schema.keys.filter((each) => each.table === table.id)) {
    const within = references.filter(({ columns }) => columns.every((number) => key.columns.includes(number)))
    const covered = new Set(within.flatMap(({ columns }) => columns))
    if (!within.includes(reference) || key.columns.some((number) => !covered.has(number))) continue
    const counts = within.map(({ target }) => {
      const rowsThere = schema.tables.find(({ id }) => id === target)?.rows ?? 0
      return filled.get(target)?.rows ?? rowsThere
    })
    const known = counts.filter((count) => count > 0).reduce((product, count) => product * count, 1)
    const open = counts.filter((count) => count === 0).length
    // The tiny subtraction keeps the root of 1000 from being 10.000000000000002.
    least = Math.max(least, Math.ceil((rows / known) ** (1 / open) - 1e-9))
  }
  return least
}
