import { createHash } from 'node:crypto'
import { RefusedError } from '../errors.js'
import type { Clock, Connection, MigrationState, Progress, Sql, Workplace } from '../ports.js'
import { openSession, type Session } from '../sql/session.js'
import { parseTarget } from '../sql/target.js'

/**
 * Where a branch says how far its migrations and seeds came. A schema without tables: tools that count the tables of
 * `public`, as Prisma does, see nothing of it.
 */
const stateSchema = 'db_branch_action'

/** Of the advisory lock that keeps two runs from migrating one branch at a time: a number of ours, and no tool's (facts 2.3). */
const lockKey = '4732018566914217'

/** Milliseconds between two tries to get it. */
const patience = 1000

interface Place {
  readonly signal: AbortSignal
  readonly clock: Clock
  /** Milliseconds. */
  readonly wait: number
  readonly info: (line: string) => void
  /** The platform's id of the branch. */
  readonly branchId: string
}

/**
 * Enters a branch over its own login, and waits while another run is in it. What another branch said of itself came along
 * when this one was copied from it, and does not count.
 * @throws RefusedError when that takes longer than `wait` ms.
 */
export async function enterBranch(
  connection: Connection,
  { signal, clock, wait, info, branchId }: Place,
): Promise<Workplace> {
  const sql = await openBranch(connection, signal)
  try {
    await lock(sql, { clock, wait, info })
    const [began] = await sql.query<{ at: string }>('SELECT clock_timestamp()::text AS at')
    const mark = markOf(branchId)
    const progress = await readProgress(sql, mark)
    const [may] = await sql.query<{ records: boolean }>(
      `SELECT has_database_privilege(current_database(), 'CREATE') AS records`,
    )
    const records = may?.records === true
    const write = async (state: Progress['state'], seed: string | undefined) => {
      const comment = `${state} branch=${mark}${seed === undefined ? '' : ` seed=${seed}`}`
      if (records) {
        await sql.query(
          `BEGIN; CREATE SCHEMA IF NOT EXISTS ${stateSchema}; COMMENT ON SCHEMA ${stateSchema} IS '${comment}'; COMMIT`,
        )
      }
    }
    return {
      progress,
      records,
      begin: () => write('begun', progress.seed),
      finish: (seed) => write('done', seed),
      endOthers: () => endOthers(sql, began?.at ?? ''),
      close: () => sql.close(),
    }
  } catch (error) {
    await sql.close()
    throw error
  }
}

/**
 * Where the migrations of a branch stand, for who only wants its URL. On another engine nothing of ours migrates.
 * @throws ProviderError when the branch cannot be asked.
 */
export async function migrationState(
  connection: Connection,
  { signal, branchId }: Pick<Place, 'signal' | 'branchId'>,
): Promise<MigrationState> {
  if (!/^postgres(ql)?:\/\//.test(connection.url.reveal())) return 'whole'
  const sql = await openBranch(connection, signal)
  try {
    const { state } = await readProgress(sql, markOf(branchId))
    if (state !== 'begun') return 'whole'
    // A run at work holds the lock; one that died lost it with its session.
    const [row] = await sql.query<{ got: boolean }>(`SELECT pg_try_advisory_lock(${lockKey}) AS got`)
    return row?.got ? 'broken off' : 'at work'
  } finally {
    await sql.close()
  }
}

async function openBranch({ url }: Connection, signal: AbortSignal): Promise<Session> {
  const advice = 'Check that the platform lets this runner reach its branches, and run the job again.'
  const sql = await openSession(parseTarget(url), { application: 'db-branch-action', signal, advice })
  await sql.query('SET search_path = pg_catalog')
  return sql
}

/** Tells branches apart; what was copied along from another does not count. */
function markOf(branchId: string): string {
  return createHash('sha256').update(branchId).digest('hex').slice(0, 16)
}

async function lock(
  sql: Sql,
  { clock, wait, info }: { clock: Clock; wait: number; info: (line: string) => void },
): Promise<void> {
  const began = clock.elapsed()
  for (let told = false; ; told = true) {
    const [row] = await sql.query<{ got: boolean }>(`SELECT pg_try_advisory_lock(${lockKey}) AS got`)
    if (row?.got) return
    if (clock.elapsed() - began > wait) {
      throw new RefusedError(
        'Migrating the branch failed: another run has been at it all the time. Let one run at a time work on a pull request ("concurrency").',
      )
    }
    if (!told) info('Another run migrates the branch; waiting for it.')
    await clock.sleep(patience)
  }
}

async function readProgress(sql: Sql, mark: string): Promise<Progress> {
  const [row] = await sql.query<{ comment: string | null }>(
    `SELECT obj_description(oid, 'pg_namespace') AS comment FROM pg_namespace WHERE nspname = $1`,
    [stateSchema],
  )
  const [, state, branch, seed] =
    /^(begun|done) branch=([0-9a-f]{16})(?: seed=([0-9a-f]{64}))?$/.exec(row?.comment ?? '') ?? []
  if (state === undefined) return { state: row ? 'begun' : 'none' }
  if (branch !== mark) return { state: 'none' }
  return { state: state as Progress['state'], ...(seed !== undefined && { seed }) }
}

/** Those of the same login that came after this session: a tool that was killed leaves its statement running (facts 5.3). */
async function endOthers(sql: Sql, since: string): Promise<number> {
  const ended = await sql.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
        AND backend_start >= $1::timestamptz AND application_name NOT LIKE 'db-branch-action%'`,
    [since],
  )
  return ended.length
}
