import type { Sql } from '../../ports.js'
import { functionsIn } from './calls.js'
import type { PlanQuery } from './queries.js'
import { type Failure, type Settings, failureOf, inReadOnly } from './read-only.js'
import { reasonNotToRun } from './runnable.js'
import { type Measured, type Plan, type RawNode, readMeasured, readPlan } from './tree.js'

/** One of the two databases that are compared. */
export interface Side {
  readonly sql: Sql
  /** As `server_version_num`: 150004. */
  readonly version: number
  /** What makes the two planners alike. */
  readonly settings: Settings
  /** Whether queries may also be run here, and for how long at most. */
  readonly run: boolean
  readonly runTimeoutMs: number
}

export interface Explained {
  readonly plan: Plan
  /** What running it took; `late` when it did not end in time. Absent when it was not run. */
  readonly measured?: Measured | 'late'
  /** Why it was not run although it was asked for. */
  readonly note?: string
}

/** Milliseconds. Planning reads the catalog and waits for no one else's long transaction. */
const planTimeouts: Settings = { statement_timeout: '10000', lock_timeout: '2000' }

/** @throws what is no answer to the query, such as a lost connection. */
export async function explain(side: Side, query: PlanQuery): Promise<Explained | Failure> {
  const planned = await plan(side, query).catch(failureOf)
  if ('why' in planned || !side.run) return planned
  const note = reasonNotToRun(query) ?? (await volatileNote(side.sql, query))
  if (note !== undefined) return { ...planned, note }
  const run = await measure(side, query).catch(failureOf)
  if (!('why' in run)) return { ...planned, measured: run }
  if (run.state === '57014') return { ...planned, measured: 'late' }
  return { ...planned, note: `Running it failed: ${run.why}.` }
}

/** The plan with every way but the sequential one preferred, and joins that look rows up: it shows what indexes can do. */
export async function probe(side: Side, query: PlanQuery): Promise<Explained | Failure> {
  const off = ['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin']
  const settings = { ...side.settings, ...Object.fromEntries(off.map((name) => [name, 'off'])) }
  return plan({ ...side, settings: { ...settings, max_parallel_workers_per_gather: '0' } }, query).catch(failureOf)
}

interface Answer {
  readonly 'QUERY PLAN': readonly [{ readonly Plan: RawNode; readonly 'Execution Time'?: number }]
}

async function plan({ sql, version, settings }: Side, query: PlanQuery): Promise<Explained> {
  const { text, parameters, values } = query
  const all = { ...settings, ...planTimeouts }
  if (parameters === 0 || values) {
    const ask = () => sql.query<Answer>(`EXPLAIN (VERBOSE, FORMAT JSON) ${text}`, values)
    return { plan: readPlan(rootOf(await inReadOnly(sql, all, ask)).Plan) }
  }
  if (version >= 160000) {
    // Without a word of values: with them the driver would bind, and the server refuses to bind what has none.
    const ask = () => sql.query<Answer>(`EXPLAIN (GENERIC_PLAN, VERBOSE, FORMAT JSON) ${text}`)
    return { plan: readPlan(rootOf(await inReadOnly(sql, all, ask)).Plan) }
  }
  const nulls = Array.from({ length: parameters }, () => 'NULL').join(', ')
  const ask = async () => {
    await sql.query(`PREPARE db_branch_explain AS ${text}`)
    return sql.query<Answer>(`EXPLAIN (VERBOSE, FORMAT JSON) EXECUTE db_branch_explain(${nulls})`)
  }
  try {
    return {
      plan: readPlan(rootOf(await inReadOnly(sql, { ...all, plan_cache_mode: 'force_generic_plan' }, ask)).Plan),
    }
  } finally {
    // A rollback leaves it, and there is none if it was refused.
    await sql.query('DEALLOCATE ALL')
  }
}

async function measure({ sql, settings, runTimeoutMs }: Side, { text, values }: PlanQuery): Promise<Measured> {
  const all = { ...settings, ...planTimeouts, statement_timeout: String(runTimeoutMs) }
  const ask = () => sql.query<Answer>(`EXPLAIN (ANALYZE, TIMING OFF, BUFFERS, FORMAT JSON) ${text}`, values)
  const { Plan: root, 'Execution Time': ms = 0 } = rootOf(await inReadOnly(sql, all, ask))
  return readMeasured(root, ms)
}

/** A volatile function can do what no transaction takes back: end sessions, read files, take locks that outlive it. */
async function volatileNote(sql: Sql, { node }: PlanQuery): Promise<string | undefined> {
  const names = functionsIn(node)
  if (names.length === 0) return undefined
  const [found] = await sql.query<{ name: string }>(
    `SELECT proname AS name FROM pg_catalog.pg_proc WHERE proname = ANY ($1::text[]) AND provolatile = 'v' ORDER BY 1 LIMIT 1`,
    [names],
  )
  return found && `It calls ${found.name}(), which may do more than read, so it was planned and not run.`
}

function rootOf(rows: readonly Answer[]): Answer['QUERY PLAN'][0] {
  const root = rows[0]?.['QUERY PLAN'][0]
  if (!root) throw new TypeError('EXPLAIN gave no plan')
  return root
}
