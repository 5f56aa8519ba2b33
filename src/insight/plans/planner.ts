import type { Sql } from '../../ports.js'
import { quoted } from '../lint/names.js'
import type { Settings } from './read-only.js'

/** What the plans of both sides depend on beside tables and queries. */
export interface Planner {
  /** As `server_version_num`. */
  readonly version: number
  readonly settings: Settings
}

/** Read-only; the session is left as it was. */
export async function readPlanner(sql: Sql): Promise<Planner> {
  const rows = await sql.query<{ name: string; setting: string }>(settingsStatement)
  const settings = Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))
  const [server] = await sql.query<{ version: string }>(
    "SELECT pg_catalog.current_setting('server_version_num') AS version",
  )
  return { version: Number(server?.version), settings }
}

/**
 * The schemas in which the branch's own login looks for names, for both sides: there a name of a query means what it
 * means to the program under test. The session's own path may be another, set by us for safety.
 */
export async function readSearchPath(sql: Sql): Promise<string> {
  await sql.query('BEGIN TRANSACTION READ ONLY')
  try {
    await sql.query('SET LOCAL search_path TO DEFAULT')
    const [row] = await sql.query<{ schemas: string[] }>('SELECT pg_catalog.current_schemas(false)::text[] AS schemas')
    return (row?.schemas ?? []).map(quoted).join(', ')
  } finally {
    await sql.query('ROLLBACK')
  }
}

/**
 * What makes a branch plan as its parent does, which may be a larger machine: the parent's settings, where the branch
 * knows them and has other ones.
 */
export function likeParent(parent: Planner, branch: Planner): Settings {
  return Object.fromEntries(
    Object.entries(parent.settings).filter(
      ([name, value]) => branch.settings[name] !== undefined && branch.settings[name] !== value,
    ),
  )
}

const settingsStatement = `
SELECT name, setting FROM pg_catalog.pg_settings
 WHERE context = 'user'
   AND (category LIKE 'Query Tuning%'
        OR name IN ('work_mem', 'hash_mem_multiplier', 'effective_io_concurrency', 'max_parallel_workers_per_gather',
                    'max_parallel_workers'))
   AND name <> 'plan_cache_mode'`
