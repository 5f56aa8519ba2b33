import { planSynthetic, type SeedStep } from '../../domain/synthetic/plan.js'
import type { SyntheticRules } from '../../domain/synthetic/rules.js'
import { columnOf, type SeedSchema } from '../../domain/synthetic/schema.js'
import { InputError, RefusedError } from '../../errors.js'
import type { Sql } from '../../ports.js'
import { loadParser } from '../../sql/parser.js'
import { withOwnSearchPath } from '../masking/statements.js'
import { readSeedSchema } from './catalogue.js'
import { serverWords } from './server-words.js'
import { readSetAside } from './set-aside.js'

export interface SeedOutcome {
  /** Rows that stand in each table afterwards, in the order in which the tables were filled. */
  readonly rows: readonly { readonly table: string; readonly rows: number }[]
  /** What is worth telling. */
  readonly notes: readonly string[]
}

/** How many problems are told at once. */
const mostProblems = 20

/**
 * Fills empty tables with made-up rows, in one transaction of its own. `sql` is a session of the role that owns the tables,
 * with triggers and foreign keys at work.
 * @throws InputError for rules that do not fit the schema; RefusedError where the server turns rows down, never with a
 * value. Nothing is changed then.
 */
export async function fillSynthetic(sql: Sql, rules: SyntheticRules): Promise<SeedOutcome> {
  await checkExpressions(rules)
  await sql.query('BEGIN')
  try {
    // Plain settings: texts that stand for values must mean the same in every database.
    await sql.query(
      `SET LOCAL search_path = pg_catalog; SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, MDY'; SET LOCAL IntervalStyle = 'postgres';
       SET LOCAL standard_conforming_strings = on; SET LOCAL bytea_output = 'hex'; SET LOCAL jit = off`,
    )
    const schema = await readSeedSchema(sql)
    const plan = planSynthetic(schema, rules)
    if (plan.problems.length > 0) throw new InputError(`The synthetic seed does not fit. ${told(plan.problems)}`)
    for (const step of plan.inserts) await fill(sql, step, schema)
    for (const sequence of plan.sequences) await sql.query(sequence)
    const tables = plan.inserts.flatMap((step) => step.tables)
    const { rows, notes } = await countFilled(sql, tables)
    if (tables.length > 0) await sql.query(`ANALYZE ${tables.map((table) => table.sql).join(', ')}`)
    await guarded(schema, 'the rows', () => sql.query('COMMIT'))
    return { rows, notes: [...plan.notes, ...notes] }
  } catch (error) {
    await sql.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}

/** `notes` names the tables that hold fewer rows than were written. */
async function countFilled(sql: Sql, tables: SeedStep['tables']): Promise<SeedOutcome> {
  const rows: { table: string; rows: number }[] = []
  const notes: string[] = []
  for (const table of tables) {
    const [row] = await sql.query<{ rows: string }>(`SELECT count(*) AS rows FROM ${table.sql}`)
    const found = Number(row?.rows)
    rows.push({ table: table.name, rows: found })
    if (found < table.rows)
      notes.push(
        `${table.name} holds ${found} of the ${table.rows} rows that were written: a trigger or a rule took the others.`,
      )
  }
  return { rows, notes }
}

function told(problems: readonly string[]): string {
  const more = problems.length > mostProblems ? ` And ${problems.length - mostProblems} more.` : ''
  return `${problems.slice(0, mostProblems).join(' ')}${more}`
}

/** An expression stands inside a larger statement and must not end it. */
async function checkExpressions(rules: SyntheticRules): Promise<void> {
  const { parseSync } = await loadParser()
  const isExpression = (text: string): boolean => {
    try {
      // Alone, so that a parenthesis cannot close ours; in parentheses, so that nothing follows it.
      return [`SELECT ${text}`, `SELECT (${text})`].every((sql) => {
        const [statement, ...others] = parseSync(sql).stmts ?? []
        const node = statement?.stmt
        if (!node || !('SelectStmt' in node) || others.length > 0) return false
        return (
          Object.keys(node.SelectStmt).every((field) => ['targetList', 'limitOption', 'op'].includes(field)) &&
          node.SelectStmt.targetList?.length === 1
        )
      })
    } catch {
      return false
    }
  }
  for (const [table, { columns }] of rules.tables) {
    for (const [column, generator] of columns) {
      if (generator.kind !== 'sql' || isExpression(generator.expression)) continue
      throw new InputError(
        `The synthetic seed of ${table}.${column} has no single SQL expression under "sql". Write one, such as "n * 10"; n is the number of the row.`,
      )
    }
  }
}

async function fill(sql: Sql, step: SeedStep, schema: SeedSchema): Promise<void> {
  const { before, after } = await readSetAside(sql, step.tables)
  await guarded(schema, step.tables.map(({ name }) => name).join(' and '), async () => {
    for (const statement of before) await sql.query(statement)
    // Constraints, defaults and triggers may count on the path of the database.
    await withOwnSearchPath(sql, async () => {
      await sql.query(step.sql)
    })
    for (const statement of after) await sql.query(statement)
  })
}

/** A sentence that names what refused the rows and the columns that need a generator. */
async function guarded<T>(schema: SeedSchema, what: string, body: () => Promise<T>): Promise<T> {
  try {
    return await body()
  } catch (error) {
    const said = serverWords(error)
    if (!said) throw error
    const { state, constraint, column } = said
    const by = constraint === undefined ? '' : ` by ${constraint}`
    const at = column === undefined ? columnsOf(schema, constraint) : ` in column ${column}`
    throw new RefusedError(
      `Filling ${what} failed${by}${at}: ${said.sentence}. ${adviceFor(state)} Nothing was changed.`,
      { cause: error },
    )
  }
}

function columnsOf(schema: SeedSchema, constraint: string | undefined): string {
  const found = [...schema.keys, ...schema.references].find(({ name }) => name === constraint)
  const table = schema.tables.find(({ id }) => id === found?.table)
  const names = found?.columns.map((number) => columnOf(table, number)?.name)
  return names ? ` (${names.join(', ')})` : ''
}

function adviceFor(state: string): string {
  if (state === '42501') return 'Seed with the role that owns the tables.'
  if (state.startsWith('23') || state.startsWith('22'))
    return 'Name what fits under "columns" of this table, for example { one_of: […] }, { from: 1, to: 9 } or { sql: … }.'
  return 'Leave the table out, or seed it with an .sql file.'
}
