import { counted } from '../domain/amounts.js'
import type { BranchReport, CommandReport } from '../domain/branch-report.js'
import { type Condition, judge } from '../domain/fail-on.js'
import type { Finding } from '../domain/insight.js'
import { CancelledError, CommandError, messageOf } from '../errors.js'
import type { Clock, Connection, Job, Workplace } from '../ports.js'
import type { Steps } from './steps.js'

/** What a team's command or seed did. */
export interface Ran {
  readonly report: CommandReport
  readonly notes: readonly string[]
}

type Parts = Pick<BranchReport, 'locks' | 'diff' | 'plans' | 'findings' | 'problems'>

/** What was learned of a branch, and why a source that was asked for could not be read. */
export interface Learned extends Parts {
  readonly unread: Readonly<Partial<Record<Finding['source'], string>>>
}

/** What is to be learned of a branch, before and after its migration. */
export interface Look {
  /** Watches the locks from now on. `end` gives the statement that was last seen at work. */
  watch(): Promise<{ end(): Promise<string | undefined> }>
  learn(): Promise<Learned>
}

/** What the workflow wants done in a branch between its gates and its URL. A part that is missing was not asked for. */
export interface Preparation {
  readonly enter: (connection: Connection, branchId: string) => Promise<Workplace>
  readonly migrate?: (connection: Connection) => Promise<Ran>
  readonly seed?: { readonly hash: string; readonly run: (connection: Connection) => Promise<Ran> }
  /** Absent where nothing is to be learned. */
  readonly look?: (connection: Connection) => Look
  readonly failOn: readonly Condition[]
  /** Whether the branch stays when a command fails. */
  readonly keep: boolean
}

/** Shows the report to the reviewer; gives what went wrong with that, which never fails a run. */
export type PublishReport = (report: BranchReport) => Promise<string | undefined>

/** The facts of the branch that a report begins with. */
export type ReportHead = Omit<
  BranchReport,
  'findings' | 'problems' | 'migrate' | 'seed' | 'failOn' | 'locks' | 'diff' | 'plans'
>

interface PrepareOrder {
  readonly preparation: Preparation
  readonly publish?: PublishReport | undefined
  readonly connection: Connection
  /** The platform's id of the branch. */
  readonly branchId: string
  /** This run made or rebuilt the branch. */
  readonly fresh: boolean
  readonly head: ReportHead
  readonly steps: Steps
}

/** `half`: an earlier run died in the middle of a migration, and what it left is nobody's schema. */
export type Prepared =
  | { readonly state: 'half' }
  | { readonly state: 'ready'; readonly report: BranchReport; readonly notes: readonly string[] }

/**
 * Runs the team's migrations and seeds in a branch, in that order, and learns what they did. Seeds run once per branch:
 * most of them would double their rows (facts 6).
 * @throws CommandError when a command or a seed failed.
 */
export async function prepare(ports: { job: Job; clock: Clock }, order: PrepareOrder): Promise<Prepared> {
  const { preparation, connection, branchId } = order
  const place = await ports.job.group('Wait for other runs in the branch', () =>
    preparation.enter(connection, branchId),
  )
  try {
    const { progress } = place
    if (progress.state === 'begun') return { state: 'half' }
    const work = preparation.migrate !== undefined || preparation.seed !== undefined
    if (work) await place.begin()
    const look = preparation.look?.(connection)
    const migrated = await migrate(ports, order, { place, look })
    const seeded = await seed(order, place)
    if (work) await place.finish(seeded.hash)
    const report = reportOf(order, { migrated, seeded: seeded.report, learned: await learn(order, look) })
    const notes = [...(migrated?.notes ?? []), ...seeded.notes, ...(await show(order, report))]
    return { state: 'ready', report, notes }
  } finally {
    await place.close()
  }
}

/** What `mode: report` does: the same without running anything. */
export async function inspect(order: PrepareOrder): Promise<{ report: BranchReport; notes: readonly string[] }> {
  const learned = await learn(order, order.preparation.look?.(order.connection))
  const report = reportOf(order, { migrated: undefined, seeded: undefined, learned })
  return { report, notes: await show(order, report) }
}

async function migrate(
  { job }: { job: Job },
  order: PrepareOrder,
  { place, look }: { place: Workplace; look: Look | undefined },
): Promise<Ran | undefined> {
  const { preparation, connection, steps } = order
  const run = preparation.migrate
  if (!run) return undefined
  const watch = await look?.watch()
  try {
    const ran = await steps.run('Migrate', () => run(connection))
    await watch?.end()
    return ran
  } catch (error) {
    // A killed command's session goes on with its statement, and the recorder cannot be taken away under it.
    const left = error instanceof CancelledError ? 0 : await place.endOthers().catch(() => 0)
    const statement = await watch?.end().catch(() => undefined)
    if (error instanceof CancelledError) throw error
    if (left > 0) job.info(`Ended ${counted(left, 'session')} that the command left in the branch.`)
    throw await told(order, 'migrate', withStatement(error, statement))
  }
}

async function seed(
  order: PrepareOrder,
  { progress, records }: Workplace,
): Promise<{ readonly report?: CommandReport; readonly hash?: string; readonly notes: readonly string[] }> {
  const { preparation, connection, fresh, steps } = order
  const kept = progress.seed !== undefined && { hash: progress.seed }
  const asked = preparation.seed
  if (!asked) return { ...kept, notes: [] }
  // Another run may have been faster in a branch that this one made.
  if (progress.seed !== undefined) {
    const changed = progress.seed !== asked.hash
    return {
      ...kept,
      notes: changed ? ['The seed has changed since the branch was made; on_synchronize: reset brings it in.'] : [],
    }
  }
  if (!fresh && !records) {
    return {
      notes: [
        'The branch was not seeded: it is an older one, and its login may not write down in it whether it was seeded before.',
      ],
    }
  }
  try {
    const { report, notes } = await steps.run('Seed', () => asked.run(connection))
    return { report, hash: asked.hash, notes }
  } catch (error) {
    if (error instanceof CancelledError) throw error
    throw await told(order, 'seed', error)
  }
}

/**
 * Of a command that was ended: what it was at. One that failed by itself may have come to grief over a later statement, too
 * short to be seen.
 */
function withStatement(error: unknown, statement: string | undefined): unknown {
  if (!(error instanceof CommandError) || error.report.exit !== undefined || statement === undefined) return error
  return new CommandError(error.message, { ...error.report, statement }, error)
}

/** A failure is what a reviewer wants to see most. */
async function told(order: PrepareOrder, part: 'migrate' | 'seed', error: unknown): Promise<unknown> {
  if (!(error instanceof CommandError)) return error
  await show(order, { ...order.head, [part]: error.report, findings: [], problems: [] })
  return error
}

async function learn({ steps }: PrepareOrder, look: Look | undefined): Promise<Learned> {
  return look ? steps.run('Look at what changed', () => look.learn()) : { findings: [], problems: [], unread: {} }
}

interface Done {
  readonly migrated: Ran | undefined
  readonly seeded: CommandReport | undefined
  readonly learned: Learned
}

function reportOf(
  { head, preparation: { failOn } }: PrepareOrder,
  { migrated, seeded, learned: { unread, ...parts } }: Done,
): BranchReport {
  const violations = judge({ conditions: failOn, findings: parts.findings }, unread)
  return {
    ...head,
    ...parts,
    ...(migrated && { migrate: migrated.report }),
    ...(seeded && { seed: seeded }),
    ...(failOn.length > 0 && { failOn: { conditions: failOn, violations } }),
  }
}

async function show({ publish, steps }: PrepareOrder, report: BranchReport): Promise<readonly string[]> {
  if (!publish) return []
  try {
    const problem = await steps.run('Show the report on the pull request', () => publish(report))
    return problem === undefined ? [] : [problem]
  } catch (error) {
    if (error instanceof CancelledError) throw error
    return [messageOf(error)]
  }
}
