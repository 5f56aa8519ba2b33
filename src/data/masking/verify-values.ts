import { counted } from '../../domain/amounts.js'
import type { MaskingPlan } from '../../domain/masking/plan.js'
import type { Table } from '../../domain/masking/schema.js'
import { identifier } from '../../domain/masking/sql-text.js'
import type { Sql } from '../../ports.js'
import { type Unit, digestQueries, isCompared, rowsOf, scanInOrder, unitsIn, workSchema } from './originals.js'
import type { Finding } from './verify-surroundings.js'

interface ValueWork {
  readonly sql: Sql
  readonly plan: MaskingPlan
  readonly units: readonly Unit[]
}

/** Each value obeys the shape of its transformer, and none is the digest of an original of the same pool. */
export async function everyMaskedValue(work: ValueWork): Promise<Finding> {
  const { sql, plan, units } = work
  await sql.query(`ANALYZE ${workSchema}.originals`)
  const odd = new Map<Unit, number>()
  let values = 0
  for (const stored of plan.stored) {
    for (const { unit, values: count, odd: wrong } of await shapesOf(sql, stored.table, unitsIn(units, stored))) {
      values += count
      odd.set(unit, (odd.get(unit) ?? 0) + wrong)
    }
  }
  const found = await originalsIn(work)
  const problems = units.flatMap((unit) => {
    const { name } = unit.part
    const [wrong = 0, originals = 0] = [odd.get(unit), found.get(unit)]
    return [
      ...(wrong > 0 ? [`${name} has ${counted(wrong, 'value')} that its transformer does not make`] : []),
      ...(originals > 0 ? [`${name} still holds ${counted(originals, 'original value')}`] : []),
    ]
  })
  const unproven = units.filter(
    ({ part }) => part.proof.kind === 'unproven' && part.name.includes(':') === false,
  ).length
  const covered = `${counted(values, 'value')} of ${counted(units.length - unproven, 'masked column or path', 'masked columns and paths')}${unproven > 0 ? `; ${unproven} with noise cannot be proven` : ''}`
  return {
    check: { name: "no original value in a masked column, and every value of its transformer's making", covered },
    problems,
  }
}

interface Shaped {
  readonly unit: Unit
  readonly values: number
  readonly odd: number
}

/** How many values each unit has in a table's own rows, and how many of them break the shape: one pass for all columns. */
async function shapesOf(sql: Sql, table: Table, units: readonly Unit[]): Promise<Shaped[]> {
  const proven = units.filter(({ part }) => part.proof.kind !== 'unproven')
  const queries: { unit: Unit; from: string; counts: string }[] = []
  for (const unit of proven) {
    const { single, values } = unit.part
    const column = `t.${identifier(unit.masked.target.column.name)}`
    if (single) queries.push({ unit, from: '', counts: countsOf(unit, single(column)) })
    if (values) queries.push({ unit, from: `, LATERAL ${values(column)}`, counts: countsOf(unit, 'u.value') })
  }
  const singles = queries.filter(({ from }) => from === '')
  const others = queries.filter(({ from }) => from !== '')
  const passes = [...(singles.length > 0 ? [singles] : []), ...others.map((each) => [each])]
  const shaped: Shaped[] = []
  for (const pass of passes) {
    const [row] = await sql.query<{ counts: string[] }>(
      `SELECT ARRAY[${pass.map(({ counts }) => counts).join(', ')}]::text[] AS counts FROM ONLY ${table.sql} t${pass[0]?.from ?? ''}`,
    )
    for (const [at, { unit }] of pass.entries())
      shaped.push({ unit, values: Number(row?.counts[2 * at]), odd: Number(row?.counts[2 * at + 1]) })
  }
  return shaped
}

/** Two counts: of values, and of those that are not as the transformer makes them. */
function countsOf({ part: { typed, proof } }: Unit, value: string): string {
  const there = `(${value})::text <> ''`
  const odd =
    proof.kind === 'shape' ? `count(*) FILTER (WHERE ${there} AND (${proof.holds(typed(value))}) IS NOT TRUE)` : '0'
  return `count(*) FILTER (WHERE ${there}), ${odd}`
}

/** How many masked values have the digest of an original of their pool, all tables of a pool in one go. */
async function originalsIn({ sql, plan, units }: ValueWork): Promise<Map<Unit, number>> {
  const found = new Map<Unit, number>()
  const pools = new Set(units.filter(isCompared).map(({ pool }) => pool))
  for (const pool of pools) {
    const alike = units.filter((unit) => unit.pool === pool && isCompared(unit))
    const tables = plan.stored.flatMap((stored) => {
      const here = unitsIn(alike, stored)
      return digestQueries(here, rowsOf(stored.table, here)).map((query) => ({ query, here }))
    })
    const moved = alike.some(({ part }) => part.proof.kind === 'moved')
    if (moved) await scanInOrder(sql)
    else await sql.query('SET LOCAL max_parallel_workers_per_gather TO DEFAULT')
    const parts = tables.map(({ query }, table) => `SELECT ${table} AS part, q.unit, q.digest FROM (${query}) q`)
    const rows = await sql.query<{ part: number; unit: number; originals: string }>(
      `SELECT m.part, m.unit, count(*)::text AS originals FROM (${parts.join(' UNION ALL ')}) m
        WHERE EXISTS (SELECT FROM ${workSchema}.originals o WHERE o.pool = ${pool} AND o.digest = m.digest) GROUP BY 1, 2`,
    )
    for (const row of rows) {
      const unit = tables[row.part]?.here[row.unit]
      if (unit) found.set(unit, (found.get(unit) ?? 0) + Number(row.originals))
    }
  }
  return found
}
