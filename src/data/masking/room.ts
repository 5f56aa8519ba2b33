import type { Sql } from '../../ports.js'

/** Kilobytes that sorting and hashing by the million takes; a server that gives more keeps its own. */
const wanted = { work_mem: 131_072, maintenance_work_mem: 262_144 }

/**
 * Sets a session up for whole tables: memory for indexes and hashes, no compiling of long expressions, which takes longer
 * than running them, and no waiting for the disk at each commit. Nothing is lost by that: the log of changes is written
 * in order, so whatever is committed later and waited for, such as the claim, is on disk only after all of this.
 */
export async function makeRoom(sql: Sql): Promise<void> {
  await sql.query(
    `SELECT set_config(name, greatest(setting::int8, ($1::jsonb ->> name)::int8)::text || unit, false) FROM pg_settings WHERE $1::jsonb ? name`,
    [JSON.stringify(wanted)],
  )
  await sql.query('SET jit = off; SET synchronous_commit = off')
}
