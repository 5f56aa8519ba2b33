import { createHash } from 'node:crypto'
import { commandEnvironment } from './data/commands/environment.js'
import type { CommandReport } from './domain/branch-report.js'
import { counted } from './domain/amounts.js'
import { known, type Known, unknown } from './domain/known.js'
import { CommandError, InputError, RefusedError } from './errors.js'
import type { BranchConfig } from './inputs.js'
import type { PreparationConfig } from './inputs/preparation.js'
import type { LintInput } from './insight/lint/lint.js'
import type { Look, Preparation, PublishReport, Ran } from './lifecycle/prepare.js'
import type { ForgeWorld } from './open-ports.js'
import type { CommentPlace, Connection, ForgePorts, Provider, SqlSession } from './ports.js'
import type { Session } from './sql/session.js'

type Asked = BranchConfig & { readonly preparation: PreparationConfig }

/**
 * What the workflow wants done in the branch, with its files read already: a file that is missing is told before
 * anything is made. Loaded on demand: most runs only hand out a URL.
 * @throws InputError for a file or a seed that cannot be read.
 */
export async function openPreparation(
  world: ForgeWorld,
  config: BranchConfig,
  opened: { provider: Provider; forge: ForgePorts },
): Promise<{ preparation?: Preparation; publish?: PublishReport }> {
  const { preparation: asked } = config
  if (!asked) return {}
  const order: Asked = { ...config, preparation: asked }
  const [{ enterBranch }, seed, look] = await Promise.all([
    import('./data/workplace.js'),
    openSeed(world, order),
    openLook(world, order, opened),
  ])
  const { migrate } = asked
  const enter = (connection: Connection, branchId: string) =>
    enterBranch(connection, { ...placeOf(world), wait: asked.timeout, branchId })
  return {
    preparation: {
      enter,
      ...(migrate !== undefined && {
        migrate: async (connection) => {
          const report = await runTeam(world, order, { input: 'migrate', script: migrate, connection })
          return { report, notes: await ledgerNotes(world, connection) }
        },
      }),
      ...(seed && { seed }),
      ...(look && { look }),
      failOn: asked.failOn,
      keep: asked.keep,
    },
    ...(config.comment !== undefined && { publish: commentOf(world, order, opened.forge) }),
  }
}

function placeOf({ signal, clock, job }: ForgeWorld) {
  return { signal, clock, info: (line: string) => job.info(line) }
}

interface TeamScript {
  readonly input: 'migrate' | 'seed'
  readonly script: string
  readonly connection: Connection
}

async function runTeam(
  world: ForgeWorld,
  order: Asked,
  { input, script, connection }: TeamScript,
): Promise<CommandReport> {
  const { runTeamCommand } = await import('./data/commands/team-command.js')
  const { timeout, commandVariables: asked, urlName } = order.preparation
  const env = commandEnvironment({ job: world.env, asked, connection, urlName })
  const line = (text: string) => world.job.info(`| ${text}`)
  const { signal, clock, workspace: directory } = world
  return runTeamCommand(input, { script, directory, env, timeout, signal, elapsed: () => clock.elapsed(), line })
}

/** Several tools end well when they find no migrations at all, such as in a wrong folder (facts 2.4). */
async function ledgerNotes(world: ForgeWorld, connection: Connection): Promise<readonly string[]> {
  const [{ hasAppliedMigrations }, sql] = await Promise.all([import('./data/ledgers.js'), openOn(world, connection)])
  // What cannot be read says nothing.
  const applied = await hasAppliedMigrations(sql)
    .catch(() => true)
    .finally(() => sql.close())
  return applied
    ? []
    : ['After "migrate", no ledger of a known migration tool holds a row: was the folder with the migrations found?']
}

const ranAs = (report: CommandReport): Ran => ({ report, notes: [] })

async function openSeed(world: ForgeWorld, order: Asked): Promise<Preparation['seed']> {
  const { seed: text } = order.preparation
  if (text === undefined) return undefined
  const [{ readSeed }, { readSqlFiles }] = await Promise.all([
    import('./data/seed/form.js'),
    import('./data/seed/read-files.js'),
  ])
  const seed = readSeed(text)
  if (!seed) return undefined
  if (seed.kind === 'command') {
    return {
      hash: hashOf([text]),
      run: async (connection) =>
        ranAs(await runTeam(world, order, { input: 'seed', script: seed.command, connection })),
    }
  }
  const within = (connection: Connection, body: (sql: Session) => Promise<readonly string[]>) =>
    inBranch(world, connection, body)
  if (seed.kind === 'files') {
    const files = await readSqlFiles(world.workspace, seed.patterns, 'seed')
    const { runSqlFiles } = await import('./data/seed/sql-files.js')
    return {
      hash: hashOf(files.flatMap(({ path, text }) => [path, text])),
      run: (connection) =>
        within(connection, async (sql) => {
          const { files: run } = await runSqlFiles(sql, files)
          const statements = run.reduce((sum, file) => sum + file.statements, 0)
          return [`Seeded from ${counted(run.length, 'file')} with ${counted(statements, 'statement')}.`]
        }),
    }
  }
  const { fillSynthetic } = await import('./data/seed/fill-synthetic.js')
  return {
    hash: hashOf([text]),
    run: (connection) =>
      within(connection, async (sql) => {
        const { rows, notes } = await fillSynthetic(sql, seed.rules)
        return [
          `Seeded ${rows.map(({ table, rows }) => `${table} with ${counted(rows, 'row')}`).join(', ')}.`,
          ...notes,
        ]
      }),
  }
}

const hashOf = (parts: readonly string[]) => createHash('sha256').update(JSON.stringify(parts)).digest('hex')

/** @throws CommandError, which takes a branch away that this run made. */
async function inBranch(
  world: ForgeWorld,
  connection: Connection,
  body: (sql: Session) => Promise<readonly string[]>,
): Promise<Ran> {
  const began = world.clock.elapsed()
  const sql = await openOn(world, connection)
  try {
    const notes = await body(sql)
    return { report: { ms: Math.round(world.clock.elapsed() - began), exit: 0 }, notes }
  } catch (error) {
    if (!(error instanceof RefusedError) && !(error instanceof InputError)) throw error
    const ms = Math.round(world.clock.elapsed() - began)
    throw new CommandError(
      error.message,
      { ms, exit: undefined, failure: error.message },
      {
        cause: error.cause,
        faults: error.faults,
      },
    )
  } finally {
    await sql.close()
  }
}

async function openOn({ signal }: ForgeWorld, connection: Connection): Promise<Session> {
  const { openOnParent } = await import('./sql/parent.js')
  return openOnParent(connection, signal)
}

/** Undefined where nothing is to be learned. */
async function openLook(
  world: ForgeWorld,
  { preparation, parent, pullRequest }: Asked,
  { provider, forge }: { provider: Provider; forge: ForgePorts },
): Promise<((connection: Connection) => Look) | undefined> {
  const { lockReport: locks, schemaDiff: diff, explain, migrationFiles, analyze } = preparation
  if (!locks && !diff && explain.length === 0 && migrationFiles.length === 0) return undefined
  const [{ lookAt }, { readSqlFiles }] = await Promise.all([
    import('./insight/look.js'),
    import('./data/seed/read-files.js'),
  ])
  const root = world.workspace
  const queries = (await readSqlFiles(root, explain, 'explain')).map(({ path: file, text }) => ({ file, text }))
  const files = await readSqlFiles(root, migrationFiles, 'migration_files')
  const migrations = await changedIn(files, { forge, pullRequest })
  const { clock, signal } = world
  const openParent = parentOf(provider, parent)
  return (connection) => {
    const openBranch = () => openOn(world, connection)
    return lookAt({ openBranch, openParent, locks, diff, queries, analyze, migrations, clock, signal })
  }
}

function parentOf(provider: Provider, parent: string): Known<() => Promise<SqlSession>> {
  const open = provider.openParent?.bind(provider)
  return open ? known(() => open(parent)) : unknown('this platform gives no login on a parent')
}

/** Those that the pull request adds or changes; all of them where nobody knows which those are. */
async function changedIn(
  files: readonly { path: string; text: string }[],
  { forge, pullRequest }: { forge: ForgePorts; pullRequest: number | null },
): Promise<LintInput[]> {
  const inputs = files.map(({ path: file, text: sql }) => ({ file, sql }))
  if (inputs.length === 0 || pullRequest === null || !forge.changedFiles) return inputs
  const changed = await forge.changedFiles(pullRequest)
  return changed.known ? inputs.filter(({ file }) => changed.value.includes(file)) : inputs
}

/** Writes the report as the one comment of this database on the pull request. */
function commentOf({ job, env }: ForgeWorld, config: Asked, forge: ForgePorts): PublishReport {
  return async (report) => {
    const { pullRequest } = config
    if (pullRequest === null || !forge.comment) return 'There is no pull request to comment on.'
    const { renderReport } = await import('./report/insight-report.js')
    const [commit, runUrl] = [config.head?.commit, runUrlOf(env)]
    const told = { ...report, ...(commit !== undefined && { commit }), ...(runUrl !== undefined && { runUrl }) }
    const body = renderReport(told, { place: 'comment', secrets: job.secrets() })
    const problem = await forge.comment.write(commentPlace(config, pullRequest), body)
    if (problem !== undefined) job.warning(problem)
    return problem
  }
}

/** Its page has the summary, in which there is room for all that a comment leaves out. */
function runUrlOf(env: ForgeWorld['env']): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = env
  return server && repository && run ? `${server}/${repository}/actions/runs/${run}` : env['CI_PIPELINE_URL']
}

/** Where the comment of this branch stands. */
export function commentPlace(
  { repository, comment, branch, run, untrusted }: BranchConfig,
  pullRequest: number,
): CommentPlace {
  return { pullRequest, database: { repository: repository.id, template: comment ?? branch }, run, untrusted }
}
