import { counted } from '../../domain/amounts.js'
import { CancelledError, messageOf } from '../../errors.js'
import type { Clock, SqlSession } from '../../ports.js'
import { workUndisturbed } from '../../sql/session.js'
import { Observations } from './holds.js'
import { type Inventory, takeInventory } from './inventory.js'
import { type Recording, install, readRecording, removeRecorder } from './recorder.js'
import { holdsOf } from './recorded-holds.js'
import { heldLocks } from './relations.js'
import type { LockReport } from './report.js'
import { type Sample, samplingInterval, startSampler } from './sampler.js'
import { textsOf } from './texts.js'
import { timedStatements } from './timed.js'
import { rewritesOf, scansOf } from './work.js'

export interface WatchOptions {
  /** A new session on the branch, directly and not through a pooler, as the role whose rights the recorder gets. */
  readonly open: () => Promise<SqlSession>
  readonly clock: Clock
  readonly signal: AbortSignal
}

export interface LockWatch {
  /**
   * To be called once the migration is over, whether it failed or not: takes the recorder away and tells what was seen.
   * What goes wrong here is a problem in the report. @throws CancelledError when the run is cancelled; the recorder may
   * then stay behind, and the next watch removes it.
   */
  stop(): Promise<LockReport>
}

/**
 * Watches what foreign processes do on a branch, from now to `stop`.
 * @throws ProviderError when the branch cannot be reached or its catalog not be read; nothing is left behind.
 */
export async function watchLocks(options: WatchOptions): Promise<LockWatch> {
  const { sampling, pid, before, refusal } = await begin(options)
  const observations = new Observations()
  const take = (sample: Sample) => observations.add(sample)
  const sampler = startSampler(sampling, { clock: options.clock, ours: [pid], take })
  return {
    async stop() {
      const problems: string[] = []
      const failed = await sampler.stop()
      await sampling.close()
      if (failed !== undefined) problems.push(`The sampling of locks ended early: ${failed}.`)
      const end = await takeDown(options, { installed: refusal === undefined, problems })
      if (options.signal.aborted) throw new CancelledError('cancelled')
      return assemble({ before, observations, refusal, problems, ...end })
    },
  }
}

interface Beginning {
  /** The session of the sampler, and its process. */
  readonly sampling: SqlSession
  readonly pid: number
  readonly before: Inventory
  /** Why there is no recorder. */
  readonly refusal: string | undefined
}

/** Installs the recorder last: what fails before leaves nothing behind. */
async function begin(options: WatchOptions): Promise<Beginning> {
  const sampling = await openUndisturbed(options)
  try {
    const [row] = await sampling.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
    const control = await openUndisturbed(options)
    try {
      const before = await takeInventory(control)
      return { sampling, pid: row?.pid ?? 0, before, refusal: await install(control) }
    } finally {
      await control.close()
    }
  } catch (error) {
    await sampling.close()
    throw error
  }
}

interface End {
  readonly after: Inventory | undefined
  readonly recording: Recording | undefined
}

/** In a session of its own, as the first may be long gone. Reads before it removes, and removes whatever could be read. */
async function takeDown(
  options: WatchOptions,
  { installed, problems }: { installed: boolean; problems: string[] },
): Promise<End> {
  const attempt = async <T>(what: string, body: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await body()
    } catch (error) {
      problems.push(`${what}: ${messageOf(error)}.`)
      return undefined
    }
  }
  const sql = await attempt('The branch was not reached after the migration', () => openUndisturbed(options))
  if (!sql) return { after: undefined, recording: undefined }
  try {
    const recording = installed
      ? await attempt('What the recorder of locks wrote down could not be read', () => readRecording(sql))
      : undefined
    if (installed) {
      await attempt('The recorder of locks is still in the branch, and the next watch removes it', () =>
        removeRecorder(sql),
      )
    }
    const after = await attempt('The catalog could not be read after the migration', () => takeInventory(sql))
    return { after, recording }
  } finally {
    await sql.close()
  }
}

type Seen = End & Pick<Beginning, 'before' | 'refusal'> & { observations: Observations; problems: string[] }

async function assemble(seen: Seen): Promise<LockReport> {
  const { before, after, recording, observations, refusal, problems } = seen
  const texts = await textsOf(recording?.statements ?? [])
  const gap = Math.max(observations.widestGap, samplingInterval)
  const holds = holdsOf({ recording, texts, sampled: observations.holds, gap })
  const { statements, leftOut } = timedStatements(recording, texts, observations.statements)
  const traces = { before, after, recording, texts, holds }
  const wal = [before.walPosition, after?.walPosition] as const
  const limits = [
    `What was over between two looks (every ${Math.round(gap)} ms at the slowest) and changed no schema is not seen.`,
  ]
  if (refusal !== undefined) {
    limits.push(`No exact times, as ${refusal}: all of this is from samples, and shorter locks are missing.`)
  }
  if (leftOut > 0) limits.push(`Left out: ${counted(leftOut, 'shorter statement')}.`)
  if (recording && recording.missed > 0)
    problems.push(`The recorder of locks missed ${counted(recording.missed, 'statement')}.`)
  return {
    exact: recording !== undefined,
    relations: heldLocks(holds, before),
    rewrites: rewritesOf(traces),
    scans: scansOf(traces),
    statements,
    ...(wal[0] !== undefined && wal[1] !== undefined && { walBytes: wal[1] - wal[0] }),
    limits,
    problems,
  }
}

async function openUndisturbed({ open }: WatchOptions): Promise<SqlSession> {
  const session = await open()
  try {
    const [server] = await session.query<{ version: number; superuser: boolean }>(
      `SELECT pg_catalog.current_setting('server_version_num')::int AS version, rolsuper AS superuser
         FROM pg_catalog.pg_roles WHERE rolname = session_user`,
    )
    await workUndisturbed(session, server ?? { version: 0, superuser: false })
    return session
  } catch (error) {
    await session.close()
    throw error
  }
}
