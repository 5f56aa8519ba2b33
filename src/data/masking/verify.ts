import { counted } from '../../domain/amounts.js'
import { detectors } from '../../domain/masking/detectors.js'
import { unprovenOf } from '../../domain/masking/compile.js'
import type { MaskingPlan } from '../../domain/masking/plan.js'
import { type Table, tableName } from '../../domain/masking/schema.js'
import { identifier } from '../../domain/masking/sql-text.js'
import { needsRule } from '../../domain/masking/value-kind.js'
import { RefusedError } from '../../errors.js'
import type { MaskingKey, Sql } from '../../ports.js'
import { userSchema } from './catalogue.js'
import { giveKey } from './key.js'
import { filesWrittenAnew } from './files.js'
import { makeRoom } from './room.js'
import { scanColumn } from './scan-column.js'
import {
  type Check,
  type Finding,
  article,
  definitions,
  integrity,
  loginsElsewhere,
  statistics,
} from './verify-surroundings.js'
import { everyMaskedValue } from './verify-values.js'
import { type Unit, countRows, digestOf, plainText, workSchema } from './originals.js'

export interface VerifyWork {
  readonly sql: Sql
  readonly plan: MaskingPlan
  readonly units: readonly Unit[]
  readonly key: MaskingKey
  /** Rows of each table before, by OID. */
  readonly rows: ReadonlyMap<string, number>
  /** Files of the tables before they were written anew; none where the branch never held an original. */
  readonly files?: readonly string[]
}

/**
 * Proves that a masked branch holds no original: nothing here trusts the step that masked it.
 * @throws RefusedError that lists every problem by table and column, and no value.
 */
export async function verifyMasked(work: VerifyWork): Promise<Check[]> {
  const { sql } = work
  await makeRoom(sql)
  await sql.query('BEGIN; SET LOCAL search_path = pg_catalog; SET LOCAL row_security = off')
  await giveKey(sql, work.key)
  const findings = [
    await everyMaskedValue(work),
    ...(work.files ? [await filesWrittenAnew(sql, work.files)] : []),
    await rowCounts(work),
    await noOriginalElsewhere(work),
    await leftovers(work),
    await statistics(sql),
    await integrity(sql),
    await loginsElsewhere(sql),
    ...(work.plan.definitionsMayQuote ? [] : [await definitions(sql)]),
    ...(await groups(work)),
  ]
  await sql.query('COMMIT')
  const problems = findings.flatMap((finding) => finding.problems)
  if (problems.length === 0) return findings.map((finding) => finding.check)
  throw new RefusedError(
    `Verifying the masked branch refused: ${problems.slice(0, 20).join('; ')}${problems.length > 20 ? `; and ${problems.length - 20} more` : ''}. Correct the masking rules; nothing was handed out.`,
  )
}

async function rowCounts({ sql, plan, rows }: VerifyWork): Promise<Finding> {
  const problems: string[] = []
  const tables = plan.stored.map(({ table }) => table).filter((table) => rows.has(table.id))
  for (const table of tables) {
    const now = await countRows(sql, table)
    const wanted = rows.get(table.id)
    if (now !== wanted) problems.push(`${tableName(table)} has ${counted(now, 'row')} instead of ${wanted}`)
  }
  for (const table of plan.emptied) {
    const [row] = await sql.query<{ rows: string }>(`SELECT count(*)::text AS rows FROM ${table.sql}`)
    if (row?.rows !== '0') problems.push(`${tableName(table)} was left out and holds rows`)
  }
  return { check: { name: 'row counts as before', covered: counted(tables.length, 'table') }, problems }
}

/** Whole values of columns called harmless and of materialized views, which no shape proves. */
async function noOriginalElsewhere({ sql, plan }: VerifyWork): Promise<Finding> {
  const places = [...harmlessPlaces(plan), ...(await viewPlaces(sql))]
  const problems: string[] = []
  for (const { name, from, columns } of places) {
    const values = columns.map((column) => `(${plainText(`t.${identifier(column)}`)})`).join(', ')
    const [row] = await sql.query<{ found: string }>(
      `SELECT count(*)::text AS found FROM ${from} t, LATERAL (VALUES ${values}) v(value)
        WHERE v.value <> '' AND ${digestOf(plainText('v.value'))} IN (SELECT digest FROM ${workSchema}.originals WHERE pool = 0)`,
    )
    if (row?.found !== '0')
      problems.push(`${name} holds ${counted(Number(row?.found), 'value')} that stood in masked columns`)
  }
  return {
    check: {
      name: 'no original value in other columns or materialized views',
      covered: counted(places.length, 'relation'),
    },
    problems,
  }
}

interface Place {
  readonly name: string
  readonly from: string
  readonly columns: readonly string[]
  /** As of `scanColumn`. */
  readonly look?: (column: string) => string
}

function harmlessPlaces(plan: MaskingPlan): Place[] {
  const tables = new Map<Table, string[]>()
  for (const { table, column, class: rule } of plan.scanned) {
    if (rule.kind === 'mask' || !needsRule(column) || plan.targets.some(({ target }) => target.column === column))
      continue
    tables.set(table, [...(tables.get(table) ?? []), column.name])
  }
  return [...tables].map(([table, columns]) => ({ name: tableName(table), from: table.sql, columns }))
}

async function viewPlaces(sql: Sql): Promise<Place[]> {
  return sql.query<Place & { columns: string[] }>(
    `SELECT n.nspname || '.' || c.relname AS name, c.oid::regclass::text AS from, array_agg(a.attname::text ORDER BY a.attnum) AS columns
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE c.relkind = 'm' AND c.relispopulated AND ${userSchema} GROUP BY 1, 2, c.oid ORDER BY c.oid`,
  )
}

/**
 * The detectors look into every column but those that a person kept with a reason and those whose every value was just
 * proven to be made by a transformer.
 */
async function leftovers({ sql, plan }: VerifyWork): Promise<Finding> {
  const places = [...harmlessPlaces(plan), ...documentPlaces(plan)]
  const problems: string[] = []
  for (const { name, from, columns, look } of places) {
    for (const column of columns) {
      const found = await scanColumn(sql, { from, column, ...(look ? { look } : {}) })
      for (const [what, rows] of found)
        problems.push(`${name}.${column} holds what looks like ${article(what)} in ${counted(rows, 'row')}`)
    }
  }
  const covered = `${counted(places.flatMap(({ columns }) => columns).length, 'column')}, ${counted(detectors.length, 'detector')}`
  return { check: { name: 'nothing left that looks like personal data', covered }, problems }
}

/**
 * Documents without the values whose shape was just proven: their addresses, of which every document has some, would
 * only make the journey to this process.
 */
function documentPlaces(plan: MaskingPlan): Place[] {
  return plan.targets
    .filter(({ target }) => target.mask.transformer === 'json')
    .map(({ table, target }) => ({
      name: tableName(table),
      from: table.sql,
      columns: [target.column.name],
      look: (column: string) => unprovenOf(target, column),
    }))
}

/** k-anonymity: every combination of the named columns is that of at least k rows. */
async function groups({ sql, plan }: VerifyWork): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const { table, sql: from, columns, k } of plan.quasiIdentifiers) {
    const [row] = await sql.query<{ smallest: string | null; groups: string; rows: string }>(
      `SELECT min(c)::text AS smallest, (count(*) FILTER (WHERE c < ${k}))::text AS groups, coalesce(sum(c) FILTER (WHERE c < ${k}), 0)::text AS rows
         FROM (SELECT count(*) AS c FROM ${from} GROUP BY ${columns.map(identifier).join(', ')}) g`,
    )
    const problems =
      row && row.groups !== '0'
        ? [
            `${counted(Number(row.rows), 'row')} of ${table} ${row.rows === '1' ? 'stands' : 'stand'} in ${counted(Number(row.groups), 'group')} of fewer than ${k} by ${columns.join(', ')}`,
          ]
        : []
    findings.push({
      check: {
        name: `groups of at least ${k} in ${table}`,
        covered: `the smallest has ${counted(Number(row?.smallest ?? 0), 'row')}`,
      },
      problems,
    })
  }
  return findings
}
