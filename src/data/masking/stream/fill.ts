import { type CopyTask, copyTasks } from '../../../domain/masking/copy-plan.js'
import { type StoredTable, planMasking } from '../../../domain/masking/plan.js'
import type { Schema } from '../../../domain/masking/schema.js'
import { RefusedError } from '../../../errors.js'
import type { MaskingOrder } from '../../../ports.js'
import { copyRows } from '../../../sql/copy.js'
import type { Session } from '../../../sql/session.js'
import { finishMasking } from '../in-place.js'
import { guarded, inTransaction, withOwnSearchPath } from '../statements.js'
import { silenceLog } from '../key.js'
import { labelNotes } from '../labels.js'
import { type Certificate, decided } from '../mask-branch.js'
import { type Unit, originalsQuery, unitsIn, unitsOf, workSchema } from '../originals.js'
import { type Progress, type Telling, startProgress } from '../progress.js'
import { makeRoom } from '../room.js'
import { sampleNotes } from '../subset.js'
import { verifyMasked } from '../verify.js'
import { inLanes } from './lanes.js'
import { belongings, readReceiver, relieve } from './receiver.js'
import { bringState, restore } from './restore.js'
import { type Snapshot, openSnapshot } from './snapshot.js'

export interface FillMasked extends Telling {
  readonly order: MaskingOrder
  /** Opens a session on the parent, prepared by `workUndisturbed`. Each one that is opened is closed. */
  readonly source: () => Promise<Session>
  /** The same on the branch, as the role that may change it. */
  readonly target: () => Promise<Session>
  /** Tables, or parts of large ones, that are streamed at the same time: two sessions each. */
  readonly parallel: number
}

/**
 * Streams the masked rows of a parent into a branch that has its schema and no row, and proves it: an original never
 * reaches the branch, nor this process. The parent is only read, in one snapshot. A branch on which this did not return
 * must not be exposed; a run that dies leaves the schema `db_branch_masking` in it.
 * @throws RefusedError where rules are missing, the branch does not fit, PostgreSQL refuses, or a check fails.
 */
export async function fillMasked(work: FillMasked): Promise<Certificate> {
  const progress = startProgress(work)
  return fillAndProve(work, progress).finally(() => progress.end())
}

async function fillAndProve(
  { order, source, target, parallel, elapsed }: FillMasked,
  progress: Progress,
): Promise<Certificate> {
  const { rules, key } = order
  const snapshot = await openSnapshot(source, key)
  try {
    const { plan } = decided(planMasking(readable(snapshot.schema), rules), rules)
    const units = unitsOf(plan)
    const sql = await target()
    try {
      await sql.query('SET search_path = pg_catalog')
      const branch = await readReceiver(sql, snapshot.schema)
      const start = elapsed()
      await silenceLog(sql, branch.server.superuser)
      await makeRoom(sql)
      const before = await belongings(sql)
      const relieved = await inTransaction(sql, () => relieve(sql, plan, branch))
      const ordered = orderedTables(plan.stored, units)
      const copies = copyTasks(plan, snapshot.schema.server, ordered)
      const streaming = { snapshot, target, parallel, copies, units, stored: plan.stored, ordered, progress }
      await stream(streaming)
      const streamed = elapsed()
      const rows = await streamOriginals(streaming)
      await snapshot.close()
      const digested = elapsed()
      progress.begin('building indexes and keys', [])
      await restore({ sql, target, parallel }, relieved)
      await bringState(sql, snapshot)
      if ((await belongings(sql)) !== before)
        throw new RefusedError(
          'Filling the branch refused: its indexes, constraints or triggers are not what they were before. Make the branch again.',
        )
      const masked = elapsed()
      progress.begin('renewing statistics', [])
      await sql.query('ANALYZE')
      const analysed = elapsed()
      progress.begin('proving that no original is left', [])
      const checks = await verifyMasked({ sql, plan, units, key, rows })
      await finishMasking({ sql, plan, server: branch.server })
      return {
        rules: order.hash,
        key: { id: key.id, random: key.random },
        counts: { ...plan.counts, tables: rows.size, rows: sum([...rows.values()]), emptied: plan.emptied.length },
        checks,
        notes: [...labelNotes(plan), ...sampleNotes(plan, rows)],
        milliseconds: {
          originals: digested - streamed,
          masking: streamed - start + masked - digested,
          statistics: analysed - masked,
          verification: elapsed() - analysed,
        },
      }
    } finally {
      await sql.close()
    }
  } finally {
    await snapshot.close()
  }
}

/** Nothing of the parent is changed, so its tables may be another's. */
const readable = (schema: Schema): Schema => ({
  ...schema,
  tables: schema.tables.map((table) => ({ ...table, ours: true })),
})

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)

/** Tables of which a value is known again by the number of its row. */
function orderedTables(stored: readonly StoredTable[], units: readonly Unit[]): Set<string> {
  const moved = stored.filter((each) => unitsIn(units, each).some(({ part }) => part.proof.kind === 'moved'))
  return new Set(moved.map(({ table }) => table.id))
}

interface Streaming {
  readonly snapshot: Snapshot
  readonly target: () => Promise<Session>
  readonly parallel: number
  readonly copies: readonly CopyTask[]
  readonly units: readonly Unit[]
  readonly stored: readonly StoredTable[]
  readonly ordered: ReadonlySet<string>
  readonly progress: Progress
}

async function stream({ snapshot, target, parallel, copies, progress }: Streaming): Promise<void> {
  const pieces = new Map(copies.map((task) => [task, { table: task.stored.table, bytes: task.bytes }]))
  progress.begin('streaming masked rows', [...pieces.values()])
  await inLanes({
    items: copies,
    parallel,
    open: async () => [await snapshot.open(), await target()],
    body: ([from, to], task) => progress.during(pieces.get(task)!, () => sendRows({ from: from!, to: to! }, task)),
  })
}

/** @returns rows of each table in the parent's snapshot, by OID, counted apart from the copies. */
async function streamOriginals({
  snapshot,
  target,
  parallel,
  progress,
  ...work
}: Streaming): Promise<Map<string, number>> {
  const rows = new Map<string, number>()
  const pieces = new Map(work.stored.map((stored) => [stored, { table: stored.table, bytes: stored.table.size }]))
  progress.begin('taking digests of the originals', [...pieces.values()])
  await inLanes({
    items: work.stored,
    parallel,
    open: async () => [await snapshot.open(), await target()],
    body: async ([from, to], stored) => {
      const send = () => sendOriginals({ from: from!, to: to! }, stored, work)
      rows.set(stored.table.id, await progress.during(pieces.get(stored)!, send))
    },
  })
  return rows
}

interface Pair {
  readonly from: Session
  readonly to: Session
}

/** Masked on the parent's server, in the query that reads them. */
async function sendRows({ from, to }: Pair, { stored, select, into, format, inOrder }: CopyTask): Promise<void> {
  const what = stored.table.sql
  await receiving(to, async () => {
    // Into a table that was emptied in the same transaction, PostgreSQL writes page after page.
    if (inOrder) await guarded(what, () => to.query(`TRUNCATE ONLY ${what}`))
    await withOwnSearchPath(to, async () => {
      await guarded(what, () =>
        copyRows({
          source: from,
          out: `COPY (${select}) TO STDOUT (FORMAT ${format})`,
          target: to,
          into: `COPY ${into} FROM STDIN (FORMAT ${format})`,
          what,
        }),
      )
    })
  })
}

/** The digests of what is masked, by which originals are looked for afterwards. */
async function sendOriginals(
  { from, to }: Pair,
  stored: StoredTable,
  { units, ordered }: Pick<Streaming, 'units' | 'ordered'>,
): Promise<number> {
  const { table, keep } = stored
  const condition = keep === undefined ? '' : ` WHERE ${keep}`
  const number = `row_number() OVER (${keep === undefined ? '' : 'ORDER BY t.ctid'}) AS "row number"`
  const numbered = `(SELECT t.*, ${number} FROM ONLY ${table.sql} t${condition}) t`
  const plain = `(SELECT t.* FROM ONLY ${table.sql} t${condition}) t`
  const query = originalsQuery(unitsIn(units, stored), ordered.has(table.id) ? numbered : plain)
  if (query !== undefined) {
    await receiving(to, () =>
      guarded(table.sql, () =>
        copyRows({
          source: from,
          out: `COPY (${query}) TO STDOUT (FORMAT binary)`,
          target: to,
          into: `COPY ${workSchema}.originals (pool, digest) FROM STDIN (FORMAT binary)`,
          what: `digests of ${table.sql}`,
        }),
      ),
    )
  }
  const [row] = await from.query<{ rows: string }>(`SELECT count(*)::text AS rows FROM ONLY ${table.sql} t${condition}`)
  return Number(row?.rows)
}

/** Nobody waits for these transactions to be safe on disk: the branch counts for nothing before its last one. */
async function receiving(to: Session, body: () => Promise<unknown>): Promise<void> {
  await inTransaction(to, async () => {
    await to.query(
      `SET LOCAL synchronous_commit = off; SET LOCAL row_security = off; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = postgres`,
    )
    await body()
  })
}
