import pg from 'pg'
import { encodeClaim } from '../../domain/claim.js'
import { ConflictError, ProviderError, RefusedError } from '../../errors.js'
import type { BranchSpec, Clock, Sql } from '../../ports.js'
import { moveAwayStatements } from './aside.js'
import { chooseCopyStrategy, type CopyStrategy } from './copy-strategy.js'
import { asideName } from './names.js'
import { handOver } from './ownership.js'
import { type Parent, publicAccess, readParent, sessionsOn } from './parent.js'
import { type Session, sqlState } from './session.js'

const { escapeIdentifier: name, escapeLiteral: literal } = pg

/** What a build needs from the provider. */
export interface BuildSite {
  /** The session that carries the build's application_name. */
  readonly admin: Session
  /** Another session of the admin, on the maintenance database unless another is named. */
  open(database?: string): Promise<Session>
  readonly superuser: boolean
  readonly version: number
  readonly busyParent: 'refuse' | 'terminate'
  /** Empties a database of which nothing was handed out yet; gives lines worth telling. */
  readonly empty: (sql: Sql) => Promise<string[]>
  readonly info: (line: string) => void
  readonly clock: Clock
}

/**
 * Builds a complete branch aside, under a reserved name, with a role of the same name that cannot log in yet.
 * It carries its claim from the first moment: the role and its claim are one transaction, and the database belongs to
 * that role from CREATE DATABASE on.
 * @returns what is worth telling, one line each.
 */
export async function buildAside(site: BuildSite, spec: BranchSpec): Promise<string[]> {
  const { admin } = site
  const parent = await readParent(admin, spec.parent)
  const notes = await refuseOpenParent(site, parent)
  const aside = asideName(spec.claim.build)
  const claim = literal(encodeClaim(spec.claim))
  await admin.query(
    `BEGIN; CREATE ROLE ${name(aside)} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION;
     COMMENT ON ROLE ${name(aside)} IS ${claim}; ${site.superuser ? '' : grantToAdmin(site, aside)} COMMIT`,
  )
  const strategy = await copyStrategy(site, parent)
  const start = site.clock.elapsed()
  await copyParent(site, { parent: parent.name, aside, strategy })
  notes.unshift(
    `Copied ${megabytes(parent.bytes)} by ${strategy.label} in ${((site.clock.elapsed() - start) / 1000).toFixed(2)} s.`,
  )
  const comment = parent.comment === '' ? claim : literal(`${encodeClaim(spec.claim)}\n${parent.comment}`)
  // Closed to PUBLIC before anybody can connect: the copy starts with ALLOW_CONNECTIONS false.
  await admin.query(
    `BEGIN; REVOKE ALL ON DATABASE ${name(aside)} FROM PUBLIC; COMMENT ON DATABASE ${name(aside)} IS ${comment};
     ALTER DATABASE ${name(aside)} ALLOW_CONNECTIONS true; COMMIT`,
  )
  notes.push(...(await carryOver(admin, parent.name, aside)))
  const inside = await site.open(aside)
  try {
    notes.push(...(await dropUserMappings(inside)))
    if (spec.dataPolicy === 'schema_only') notes.push(...(await site.empty(inside)))
    await handOver(inside, aside)
  } finally {
    await inside.close()
  }
  return notes
}

/** A member of the role may make it the owner; from 16 on that takes the SET and INHERIT options. */
function grantToAdmin(site: BuildSite, role: string): string {
  return `GRANT ${name(role)} TO CURRENT_USER${site.version >= 160000 ? ' WITH INHERIT TRUE, SET TRUE' : ''};`
}

/**
 * A branch's role may log in to the parent when PUBLIC may. Then nothing there may be readable or writable for PUBLIC.
 */
async function refuseOpenParent(site: BuildSite, parent: Parent): Promise<string[]> {
  if (!parent.publicConnects || !parent.connectable) return []
  const session = await site.open(parent.name)
  const open = await publicAccess(session).finally(() => session.close())
  const close = `REVOKE CONNECT ON DATABASE ${name(parent.name)} FROM PUBLIC (after GRANT CONNECT to the roles that need it)`
  if (open.length > 0) {
    const more = open.length > 3 ? ` and ${open.length - 3} more` : ''
    throw new RefusedError(
      `Copying "${parent.name}" refused: every role of the server, a branch's too, may ${open.slice(0, 3).join(', ')}${more} in it. Run ${close}, or revoke that from PUBLIC.`,
    )
  }
  return [
    `Roles of branches may log in to "${parent.name}" and see the names of its tables, but no row. To shut that too: ${close}.`,
  ]
}

async function copyStrategy(site: BuildSite, parent: Parent): Promise<CopyStrategy> {
  const [row] = await site.admin.query<{ bytes: string }>(
    'SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn)::text AS bytes FROM pg_control_checkpoint()',
  )
  const unflushedBytes = row ? Number(row.bytes) : undefined
  return chooseCopyStrategy({ version: site.version, parentBytes: parent.bytes, unflushedBytes })
}

/** 55006 comes after PostgreSQL itself has waited 5 s for the parent's sessions to end. */
async function copyParent(
  site: BuildSite,
  copy: { parent: string; aside: string; strategy: CopyStrategy },
): Promise<void> {
  for (const setting of copy.strategy.settings) await site.admin.query(setting)
  const statement = `CREATE DATABASE ${name(copy.aside)} TEMPLATE ${name(copy.parent)} OWNER ${name(copy.aside)} ALLOW_CONNECTIONS false ${copy.strategy.clause}`
  const started = site.clock.elapsed()
  const progress = setInterval(() => {
    site.info(`Still copying "${copy.parent}": ${Math.round((site.clock.elapsed() - started) / 1000)} s.`)
  }, 5_000)
  const ending = site.busyParent === 'terminate' ? endSessions(site, copy.parent) : undefined
  try {
    await site.admin.query(statement)
  } catch (error) {
    throw await explainCopy(site, copy.parent, error)
  } finally {
    clearInterval(progress)
    await ending?.stop()
  }
}

async function explainCopy(site: BuildSite, parent: string, error: unknown): Promise<unknown> {
  const state = sqlState(error)
  if (state === '55006') {
    const sessions = await sessionsOn(site.admin, parent)
    const who =
      sessions.length === 0 ? 'a session' : `${sessions.length} session(s), ${sessions.slice(0, 5).join('; ')},`
    return new ProviderError(
      `Copying "${parent}" failed: PostgreSQL copies only a database that nobody uses, and ${who} held it. ` +
        'Make branches from a copy that nobody connects to, end these sessions, or set "busy_parent" to "terminate" to have them ended.',
      { cause: error },
    )
  }
  if (state === '42501') {
    return new ProviderError(
      `Copying "${parent}" failed: the admin may not. Use a superuser, or a role with CREATEDB and CREATEROLE that owns "${parent}".`,
      { cause: error },
    )
  }
  return error
}

/** Ends the parent's sessions while CREATE DATABASE holds off new ones. Only ever started when the user asked for it. */
function endSessions(site: BuildSite, parent: string): { stop(): Promise<void> } {
  let stopped = false
  const work = (async () => {
    const session = await site.open()
    try {
      while (!stopped) {
        const ended = await session.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()`,
          [parent],
        )
        if (ended.length > 0) site.info(`Ended ${ended.length} session(s) on "${parent}", as "busy_parent" asks.`)
        await site.clock.sleep(200)
      }
    } finally {
      await session.close()
    }
  })()
  work.catch(() => undefined)
  return {
    async stop() {
      stopped = true
      await work.catch((error: unknown) => site.info(`Ending sessions failed: ${String(error)}`))
    },
  }
}

/** CREATE DATABASE copies neither grants on the database nor its settings. PUBLIC's grants stay behind on purpose. */
async function carryOver(admin: Session, parent: string, aside: string): Promise<string[]> {
  const grants = await admin.query<{ statement: string }>(
    `SELECT format('GRANT %s ON DATABASE %I TO %I', string_agg(a.privilege_type, ', '), $2::text, pg_get_userbyid(a.grantee)) AS statement
       FROM pg_database d, aclexplode(d.datacl) a WHERE d.datname = $1 AND a.grantee <> 0 AND a.grantee <> d.datdba GROUP BY a.grantee`,
    [parent, aside],
  )
  for (const grant of grants) await admin.query(grant.statement)
  const settings = await admin.query<{ name: string; value: string }>(
    `SELECT split_part(setting, '=', 1) AS name, substr(setting, strpos(setting, '=') + 1) AS value
       FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase, unnest(s.setconfig) setting
      WHERE d.datname = $1 AND s.setrole = 0`,
    [parent],
  )
  const notes: string[] = []
  for (const setting of settings) {
    try {
      // FROM CURRENT takes the value as the server parsed it: quoting lists such as search_path by hand goes wrong.
      await admin.query('BEGIN')
      await admin.query('SELECT set_config($1, $2, true)', [setting.name, setting.value])
      await admin.query(`ALTER DATABASE ${name(aside)} SET ${settingName(setting.name)} FROM CURRENT`)
      await admin.query('COMMIT')
    } catch {
      await admin.query('ROLLBACK')
      notes.push(`The parent's setting ${setting.name} was not carried over: the admin may not set it.`)
    }
  }
  return notes
}

/** `auto_explain.log_min_duration` is two identifiers. */
function settingName(setting: string): string {
  return setting.split('.').map(name).join('.')
}

/** User mappings hold passwords of other servers in clear, possibly the parent's own; foreign tables stay, unreachable. */
async function dropUserMappings(inside: Sql): Promise<string[]> {
  const mappings = await inside.query<{ statement: string }>(
    `SELECT format('DROP USER MAPPING FOR %s SERVER %I', CASE umuser WHEN 0 THEN 'PUBLIC' ELSE quote_ident(usename) END, srvname) AS statement
       FROM pg_user_mappings`,
  )
  for (const mapping of mappings) await inside.query(mapping.statement)
  return mappings.length === 0 ? [] : [`Dropped ${mappings.length} user mapping(s) with logins of other servers.`]
}

/**
 * Gives the finished build its name, login and owner in one transaction: the branch exists completely or not at all.
 * With `replaced`, the database of that build is moved aside in the same transaction, so the name is never free.
 * @throws ConflictError when the name was taken meanwhile.
 */
export async function moveIn(
  admin: Session,
  spec: BranchSpec,
  options: { verifier: string; replaced: string | undefined },
): Promise<void> {
  const aside = name(asideName(spec.claim.build))
  const branch = name(spec.name)
  const away = options.replaced === undefined ? '' : moveAwayStatements(spec.name, options.replaced)
  try {
    await admin.query(
      `BEGIN; ${away} ALTER DATABASE ${aside} RENAME TO ${branch}; ALTER DATABASE ${branch} OWNER TO CURRENT_USER;
       ALTER ROLE ${aside} RENAME TO ${branch}; ALTER ROLE ${branch} LOGIN PASSWORD ${literal(options.verifier)};
       GRANT CONNECT, CREATE, TEMPORARY ON DATABASE ${branch} TO ${branch}; COMMIT`,
    )
  } catch (error) {
    await admin.query('ROLLBACK')
    const state = sqlState(error)
    if (state === '42P04' || state === '3D000')
      throw new ConflictError(`"${spec.name}" changed while it was built`, { cause: error })
    if (state === '42710') {
      throw new RefusedError(
        `Creating "${spec.name}" refused: the server has a role of that name which is not this branch's. Drop that role or set another "branch_name".`,
        { cause: error },
      )
    }
    throw error
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(bytes < 10 * 1024 * 1024 ? 1 : 0)} MB`
}
