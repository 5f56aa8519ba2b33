import { identifier, literal } from '../masking/sql-text.js'
import { tableName } from '../masking/schema.js'
import { countRows } from './row-counts.js'
import type { SyntheticRules } from './rules.js'
import { columnOf, type SeedSchema } from './schema.js'
import { type Given, type TableRows, tableRows, type Value } from './table-rows.js'

/** One statement and the tables that it fills. */
export interface SeedStep {
  readonly sql: string
  readonly tables: readonly {
    readonly id: string
    readonly sql: string
    readonly name: string
    readonly rows: number
  }[]
}

export interface SeedPlan {
  readonly inserts: readonly SeedStep[]
  /** Statements that move sequences behind the numbers that were given out. */
  readonly sequences: readonly string[]
  /** What the reader should know: tables filled unasked, foreign keys left empty. */
  readonly notes: readonly string[]
  /** With any of these nothing may be filled. */
  readonly problems: readonly string[]
}

/** Decides every statement of a synthetic seed. The same schema and rules give the same statements. */
export function planSynthetic(schema: SeedSchema, rules: SyntheticRules): SeedPlan {
  const counts = countRows(schema, rules)
  const problems = [...counts.problems]
  const tables = new Map<string, TableRows>()
  const busy = new Set<string>()
  const valueOf: Given['valueOf'] = (table, column) => (row) => {
    const found = tables.get(table)
    const value = found?.values.get(column)
    const name = `${table}.${column}`
    if (!value || busy.has(name)) {
      const columnName = columnOf(found?.filled.table, column)?.name ?? column
      const why = value ? 'which refers to itself' : 'whose values the server chooses'
      problems.push(
        `A foreign key needs ${found ? tableName(found.filled.table) : table}.${columnName}, ${why}; give this column a generator.`,
      )
      return 'NULL'
    }
    busy.add(name)
    const text = value(row)
    busy.delete(name)
    return text
  }
  for (const [id, filled] of counts.filled)
    tables.set(id, tableRows(filled, { schema, seed: rules.seed, filled: counts.filled, valueOf }))
  const all = [...tables.values()]
  const inserts = components(tables).map((group) => step(group))
  return {
    inserts,
    sequences: sequences(all),
    notes: [...counts.notes, ...all.flatMap(({ notes }) => notes)],
    problems: [...new Set([...problems, ...all.flatMap((each) => each.problems)])],
  }
}

/**
 * Tables in an order in which every target comes first; those that need each other together (Tarjan's strongly connected
 * components, which come out in just this order).
 */
function components(tables: ReadonlyMap<string, TableRows>): TableRows[][] {
  const found: TableRows[][] = []
  const numbers = new Map<string, number>()
  const stack: string[] = []
  const visit = (id: string): number => {
    const number = numbers.size
    numbers.set(id, number)
    stack.push(id)
    let low = number
    for (const need of tables.get(id)?.needs ?? []) {
      if (!numbers.has(need)) low = Math.min(low, visit(need))
      else if (stack.includes(need)) low = Math.min(low, numbers.get(need) ?? low)
    }
    if (low === number) {
      const group = stack.splice(stack.indexOf(id))
      found.push(group.flatMap((each) => tables.get(each) ?? []))
    }
    return low
  }
  for (const id of tables.keys()) if (!numbers.has(id)) visit(id)
  return found
}

/** Tables that need each other are filled by one statement: PostgreSQL checks foreign keys at its end. */
function step(group: readonly TableRows[]): SeedStep {
  const statements = group.map(insert)
  const last = statements.at(-1) ?? ''
  const before = statements.slice(0, -1).map((sql, index) => `part${index} AS (${sql})`)
  return {
    sql: before.length > 0 ? `WITH ${before.join(', ')} ${last}` : last,
    tables: group.map(({ filled: { table, rows } }) => ({
      id: table.id,
      sql: table.sql,
      name: tableName(table),
      rows,
    })),
  }
}

function insert({ filled: { table, rows }, values }: TableRows): string {
  const columns = table.columns.flatMap((column): (readonly [string, Value])[] => {
    const value = values.get(column.number)
    return value ? [[identifier(column.name), value]] : []
  })
  const list = columns.length > 0 ? ` (${columns.map(([name]) => name).join(', ')}) OVERRIDING SYSTEM VALUE` : ''
  return `INSERT INTO ${table.sql}${list} SELECT ${columns.map(([, value]) => value('g.n')).join(', ')} FROM (SELECT generate_series(1::bigint, ${rows}) AS n) AS g`
}

/** A sequence can be shared by several tables; it ends behind the furthest. */
function sequences(tables: readonly TableRows[]): string[] {
  const ends = new Map<string, { end: number; up: boolean }>()
  for (const { filled, values } of tables) {
    for (const { sequence, number, name } of filled.table.columns) {
      if (!sequence || !values.has(number) || filled.rules.columns.has(name)) continue
      const up = sequence.increment > 0
      const end = sequence.start + sequence.increment * (filled.rows - 1)
      const known = ends.get(sequence.sql)?.end ?? end
      ends.set(sequence.sql, { end: up ? Math.max(end, known) : Math.min(end, known), up })
    }
  }
  return [...ends].map(
    ([sql, { end, up }]) =>
      `SELECT setval(${literal(sql)}::regclass, ${up ? 'greatest' : 'least'}(${end}, last_value)) FROM ${sql}`,
  )
}
