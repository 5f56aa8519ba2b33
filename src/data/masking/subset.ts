import { counted } from '../../domain/amounts.js'
import type { MaskingPlan } from '../../domain/masking/plan.js'
import { type Table, tableName } from '../../domain/masking/schema.js'
import type { ReducedTable } from '../../domain/masking/subset.js'
import type { Sql } from '../../ports.js'

/**
 * Deletes the rows that `sample` does not keep. In a transaction, with the foreign keys gone that refer to these tables.
 * Triggers and rules stay silent. The rows stay in the files until the tables are written anew.
 * @returns rows deleted of each table of the plan's `reduced`, by OID.
 */
export async function deleteUnsampled(sql: Sql, reduced: readonly ReducedTable[]): Promise<Map<string, number>> {
  const deleted = new Map<string, number>()
  if (reduced.length === 0) return deleted
  await sql.query(`SET LOCAL row_security = off; SET LOCAL work_mem = '128MB'; SET LOCAL jit = off`)
  const reactions = await reactionsOf(
    sql,
    reduced.flatMap(({ tables }) => tables),
  )
  for (const { off } of reactions) await sql.query(off)
  for (const { table, drop } of reduced) {
    let rows = 0
    // One statement per reason: PostgreSQL makes a join of each, and would look up row by row for several with OR.
    for (const reason of drop) {
      const [row] = await sql.query<{ rows: string }>(
        `WITH gone AS (DELETE FROM ${table.sql} t WHERE ${reason} RETURNING 1) SELECT count(*)::text AS rows FROM gone`,
      )
      rows += Number(row?.rows)
    }
    deleted.set(table.id, rows)
  }
  for (const { on } of reactions) await sql.query(on)
  return deleted
}

/**
 * Triggers and rules that act on a DELETE, even in a session of replication. Those of a partitioned table come before
 * those of its partitions, for up to PostgreSQL 14 changing one changes all below it; so disabled ones are listed, too.
 */
function reactionsOf(sql: Sql, tables: readonly Table[]): Promise<{ off: string; on: string }[]> {
  const onOff = (
    what: string,
    thing: string,
    state: string,
  ) => `format('ALTER TABLE ONLY %s DISABLE ${what} %I', r.id, ${thing}) AS off,
      format('ALTER TABLE ONLY %s %s ${what} %I', r.id, CASE ${state} WHEN 'D' THEN 'DISABLE' WHEN 'A' THEN 'ENABLE ALWAYS' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE' END, ${thing}) AS on`
  return sql.query(
    `WITH r AS (SELECT id::oid::regclass, at FROM unnest($1::text[]) WITH ORDINALITY AS given(id, at))
     SELECT x.off, x.on FROM (
       SELECT r.at, ${onOff('TRIGGER', 't.tgname', 't.tgenabled')} FROM r JOIN pg_trigger t ON t.tgrelid = r.id
        WHERE (t.tgtype & 8) <> 0 AND (NOT t.tgisinternal OR (t.tgparentid <> 0 AND t.tgconstraint = 0))
       UNION ALL
       SELECT r.at, ${onOff('RULE', 'w.rulename', 'w.ev_enabled')} FROM r JOIN pg_rewrite w ON w.ev_class = r.id WHERE w.ev_type = '4') x
      ORDER BY x.at`,
    [tables.map(({ id }) => id)],
  )
}

/**
 * What `sample` left, a line for the summary; nothing where it was not asked for.
 * @param rows that stayed, of each table, by OID.
 * @param deleted as `deleteUnsampled` gives it; without it the parent's rows are PostgreSQL's estimate.
 */
export function sampleNotes(
  { reduced }: Pick<MaskingPlan, 'reduced'>,
  rows: ReadonlyMap<string, number>,
  deleted?: ReadonlyMap<string, number>,
): string[] {
  if (reduced.length === 0) return []
  const shares = reduced.toReversed().map(({ table, tables }) => {
    const kept = tables.reduce((sum, { id }) => sum + (rows.get(id) ?? 0), 0)
    const estimate = Math.round(tables.reduce((sum, each) => sum + each.rows, 0))
    const all = deleted ? String(kept + (deleted.get(table.id) ?? 0)) : `about ${Math.max(kept, estimate)}`
    return `${kept} of ${all} rows of ${tableName(table)}`
  })
  const more = shares.length > 20 ? `, and ${counted(shares.length - 20, 'more table')}` : ''
  return [`The sample keeps ${shares.slice(0, 20).join(', ')}${more}.`]
}
