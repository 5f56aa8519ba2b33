import { counted } from '../../domain/amounts.js'
import { tellEvery } from '../../http/wait.js'
import pg from 'pg'
import type { Branch } from '../../domain/branch.js'
import { encodeClaim } from '../../domain/claim.js'
import { ConflictError, ProviderError, RefusedError } from '../../errors.js'
import type { BranchSpec, Clock, MaskingOrder, Sql } from '../../ports.js'
import { moveAway } from './aside.js'
import { carryOver, dropUserMappings } from './carry-over.js'
import { chooseCopyStrategy, type CopyStrategy } from './copy-strategy.js'
import { asideName } from './names.js'
import { fingerprint } from './fingerprint.js'
import { handOver } from './ownership.js'
import { type Parent, proveGolden, publicAccess, readParent } from './parent.js'
import { type Session, sqlState, workUndisturbed } from '../../sql/session.js'
import { keepEndingSessions, sessionsOn } from './sessions.js'
import { type StreamSite, streamAside } from './stream.js'

const { escapeIdentifier: name, escapeLiteral: literal } = pg

/** What a build needs from the provider. */
export interface BuildSite extends StreamSite {
  /** Another session of the admin, on the maintenance database unless another is named. */
  open(database?: string): Promise<Session>
  readonly superuser: boolean
  readonly version: number
  readonly busyParent: 'refuse' | 'terminate'
  /** Empties a database of which nothing was handed out yet; gives lines worth telling. */
  readonly empty: (sql: Sql) => Promise<string[]>
  /** Masks a copy and proves it, through sessions of its own; gives lines worth telling. */
  readonly maskRows: (order: MaskingOrder, open: () => Promise<Session>) => Promise<string[]>
  readonly info: (line: string) => void
  readonly clock: Clock
}

/**
 * Builds a complete branch aside, under a reserved name, with a role of the same name that cannot log in yet.
 * It carries its claim from the first moment: the role and its claim are one transaction, and the database belongs to
 * that role from CREATE DATABASE on.
 * @returns what is worth telling, one line each, and the claim as it is known only now: with the parent's schema.
 */
export async function buildAside(site: BuildSite, spec: BranchSpec): Promise<{ notes: string[]; claimText: string }> {
  const { admin } = site
  await proveGolden(admin, spec)
  const parent = await readParent(admin, spec.parent)
  const notes = await refuseOpenParent(site, parent)
  const aside = asideName(spec.claim.build)
  const claim = literal(encodeClaim(spec.claim))
  await admin.query(
    `BEGIN; CREATE ROLE ${name(aside)} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION;
     COMMENT ON ROLE ${name(aside)} IS ${claim}; ${site.superuser ? '' : grantToAdmin(site, aside)} COMMIT`,
  )
  const open = (database: string) => openUndisturbed(site, database)
  if (spec.masking) {
    const order = spec.masking
    const streamed = await streamAside(site, {
      parent,
      aside,
      order,
      open,
      claim: () => claimAside(site, { spec, parent }),
    })
    if ('parentSchema' in streamed) {
      const { parentSchema } = streamed
      return { notes: [...streamed.notes, ...notes], claimText: claimText(parent, { ...spec.claim, parentSchema }) }
    }
    notes.push(`Masked a copy in place and not by a stream, because ${streamed.closed}.`)
  }
  const strategy = await copyStrategy(site, parent)
  const start = site.clock.elapsed()
  await copyParent(site, { parent: parent.name, aside, strategy })
  // Copied by name: the name may have changed hands since the claim was read.
  await proveGolden(admin, spec)
  notes.unshift(
    `Copied ${megabytes(parent.bytes)} by ${strategy.label} in ${((site.clock.elapsed() - start) / 1000).toFixed(2)} s.`,
  )
  notes.push(...(await claimAside(site, { spec, parent })))
  const inside = await open(aside)
  try {
    const parentSchema = await fingerprint(inside)
    notes.push(...(await dropUserMappings(inside)))
    // First the owner, then the data: what an event trigger wrote down meanwhile is emptied too.
    await handOver(inside, aside)
    if (spec.dataPolicy === 'schema_only') notes.push(...(await site.empty(inside)))
    if (spec.masking) notes.push(...(await site.maskRows(spec.masking, () => open(aside))))
    return { notes, claimText: claimText(parent, { ...spec.claim, parentSchema }) }
  } finally {
    await inside.close()
  }
}

/** Above what people wrote on the parent. */
const claimText = (parent: Parent, claim: BranchSpec['claim']) =>
  parent.comment === '' ? encodeClaim(claim) : `${encodeClaim(claim)}\n${parent.comment}`

/** Closed to PUBLIC before anybody can connect: the new database starts with ALLOW_CONNECTIONS false. */
async function claimAside(site: BuildSite, { spec, parent }: { spec: BranchSpec; parent: Parent }): Promise<string[]> {
  const aside = asideName(spec.claim.build)
  await site.admin.query(
    `BEGIN; REVOKE ALL ON DATABASE ${name(aside)} FROM PUBLIC; COMMENT ON DATABASE ${name(aside)} IS ${literal(claimText(parent, spec.claim))};
     ALTER DATABASE ${name(aside)} ALLOW_CONNECTIONS true; COMMIT`,
  )
  return carryOver(site.admin, parent.name, aside)
}

async function openUndisturbed(site: BuildSite, database: string): Promise<Session> {
  const session = await site.open(database)
  try {
    await workUndisturbed(session, site)
    return session
  } catch (error) {
    await session.close()
    throw error
  }
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
  const open = await workUndisturbed(session, site)
    .then(() => publicAccess(session))
    .finally(() => session.close())
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
  const [row] = await site.admin
    .query<{ bytes: string }>(
      'SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn)::text AS bytes FROM pg_control_checkpoint()',
    )
    // Not every managed server lets it be read.
    .catch(() => [])
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
    const seconds = Math.round((site.clock.elapsed() - started) / 1000)
    site.info(`The copy of "${copy.parent}" is not ready yet after ${seconds} s.`)
  }, tellEvery)
  const ending = site.busyParent === 'terminate' ? keepEndingSessions(site, copy.parent) : undefined
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
      sessions.length === 0
        ? 'a session'
        : `${counted(sessions.length, 'session')}, ${sessions.slice(0, 5).join('; ')},`
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

/**
 * Gives the finished build its name, login and owner in one transaction: the branch exists completely or not at all.
 * With `replaced`, the database of that build is moved aside in the same transaction, so the name is never free.
 * @throws ConflictError when the name was taken meanwhile.
 */
export async function moveIn(
  admin: Session,
  spec: BranchSpec,
  options: { verifier: string; claimText: string; replaced: { branch: Branch; build: string } | undefined },
): Promise<void> {
  const aside = name(asideName(spec.claim.build))
  const branch = name(spec.name)
  try {
    await admin.query('BEGIN')
    if (options.replaced) await moveAway(admin, options.replaced.branch, options.replaced.build)
    await admin.query(
      `ALTER DATABASE ${aside} RENAME TO ${branch}; ALTER DATABASE ${branch} OWNER TO CURRENT_USER;
       ALTER ROLE ${aside} RENAME TO ${branch}; ${spec.claim.golden ? '' : loginFor(spec.name, options.verifier)}
       COMMENT ON DATABASE ${branch} IS ${literal(options.claimText)}; COMMIT`,
    )
  } catch (error) {
    await admin.query('ROLLBACK')
    const state = sqlState(error)
    // 23505 instead of 42P04: both runs saw the name free, and the index of pg_database decided.
    if (state === '42P04' || state === '3D000' || state === '23505')
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

/** Not for a golden parent, which is copied and never logged in to. */
function loginFor(branch: string, verifier: string): string {
  return `ALTER ROLE ${name(branch)} LOGIN PASSWORD ${literal(verifier)};
    GRANT CONNECT, CREATE, TEMPORARY ON DATABASE ${name(branch)} TO ${name(branch)};`
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(bytes < 10 * 1024 * 1024 ? 1 : 0)} MB`
}
