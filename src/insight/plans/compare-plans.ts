import type { Known } from '../../domain/known.js'
import { CancelledError, messageOf } from '../../errors.js'
import type { Sql } from '../../ports.js'
import type { PlanChange } from './change.js'
import { type Side, explain, probe } from './explain.js'
import { type Outcome, type Pair, byHarm, judgePair, needsProbe } from './judge.js'
import { likeParent, readPlanner, readSearchPath } from './planner.js'
import { type PlanProblem, type PlanQuery, type QueryFile, readQueries } from './queries.js'
import { type Tables, distinct } from './served.js'
import { readTables } from './tables.js'

export interface PlanOrder {
  /** The files that `explain` names. */
  readonly files: readonly QueryFile[]
  /** A session of its own on the parent, on which nothing is written; or why there is none. */
  readonly parent: Known<Sql>
  /** A session of its own on the migrated branch. */
  readonly branch: Sql
  /**
   * Where reading queries are also run, for time and blocks read. The parent may be production: `both` runs them there
   * too, once each, and without it the plans alone are compared.
   */
  readonly analyze?: 'branch' | 'both'
  /** Milliseconds after which such a run is given up; default 30,000. */
  readonly runTimeoutMs?: number
}

export interface PlanComparison {
  /** One for each query, the worst first. */
  readonly changes: readonly PlanChange[]
  /** What could not be looked at. */
  readonly problems: readonly PlanProblem[]
  /** Why "no finding" proves nothing, in one sentence; absent when every query was compared. */
  readonly unread?: string
}

/**
 * Explains every query on the parent and on the branch, both planning by the parent's settings, and tells what the
 * migration changed. Everything happens in read-only transactions that are rolled back. Where a table of the query has
 * another size on the branch than on the parent, as on a branch with a schema and no rows, costs are not compared, and
 * the branch is asked for its indexes alone (`compareServing`). A query that fails is a result; a database that fails is
 * a problem, and then nothing is said about any query.
 * @throws CancelledError
 */
export async function comparePlans(order: PlanOrder): Promise<PlanComparison> {
  const { queries, problems } = await readQueries(order.files)
  if (queries.length === 0) return withUnread([], problems)
  if (!order.parent.known) return withUnread([], [...problems, notCompared(order.parent.why)])
  try {
    const changes = await compareAll(queries, order, order.parent.value)
    return withUnread(changes.sort(byHarm), problems)
  } catch (error) {
    if (error instanceof CancelledError) throw error
    return withUnread([], [...problems, notCompared(messageOf(error))])
  }
}

function notCompared(why: string): PlanProblem {
  return { message: `No plan was compared: ${why.replace(/\.?$/, '.')}` }
}

function withUnread(changes: PlanChange[], problems: readonly PlanProblem[]): PlanComparison {
  const unclear = changes.filter(({ change }) => change === 'unknown').length + problems.length
  const unread = `${unclear} ${unclear === 1 ? 'query or file' : 'queries or files'} of "explain" could not be compared.`
  return { changes, problems, ...(unclear > 0 && { unread }) }
}

async function compareAll(
  queries: readonly PlanQuery[],
  { analyze, branch, runTimeoutMs = 30_000 }: PlanOrder,
  parent: Sql,
): Promise<PlanChange[]> {
  const [old, now] = [await readPlanner(parent), await readPlanner(branch)]
  const search_path = await readSearchPath(branch)
  const sides: { parent: Side; branch: Side } = {
    parent: { sql: parent, version: old.version, settings: { search_path }, run: analyze === 'both', runTimeoutMs },
    branch: {
      ...{ sql: branch, version: now.version, settings: { ...likeParent(old, now), search_path } },
      ...{ run: analyze !== undefined, runTimeoutMs },
    },
  }
  const pairs: Pair[] = []
  // One side after the other: runs at once would take time from each other.
  for (const query of queries) {
    pairs.push({ query, before: await explain(sides.parent, query), after: await explain(sides.branch, query) })
  }
  const names = distinct(pairs.flatMap(({ before, after }) => [...scansOf(before), ...scansOf(after)]))
  const tables: Tables = { before: await readTables(parent, names), after: await readTables(branch, names) }
  const changes: PlanChange[] = []
  for (const pair of pairs) {
    const possible = needsProbe(pair, tables) ? await probe(sides.branch, pair.query) : undefined
    changes.push(judgePair({ ...pair, ...(possible && { possible }) }, tables))
  }
  return changes
}

function scansOf(outcome: Outcome) {
  return 'plan' in outcome ? outcome.plan.scans : []
}
