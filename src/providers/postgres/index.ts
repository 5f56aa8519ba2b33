import pg from 'pg'
import type { Branch } from '../../domain/branch.js'
import type { Capabilities } from '../../domain/capabilities.js'
import type { Known } from '../../domain/known.js'
import { ConflictError, ProviderError } from '../../errors.js'
import type { BranchSpec, Clock, Connection, Made, Provider, RandomHex, Sql } from '../../ports.js'
import type { Secret } from '../../secret.js'
import { readAdminRole } from './admin-role.js'
import { buildOf, discard, endBuild, removeBranch } from './aside.js'
import { buildAside, type BuildSite, moveIn } from './build.js'
import { deadLeftovers, findBranch, listBranches, sessionCounts } from './catalog.js'
import { derivePassword } from './credentials.js'
import { fingerprint } from './fingerprint.js'
import { applicationName, asideName } from './names.js'
import { openSession, type Session, sqlState } from '../../sql/session.js'
import { retryWithoutSessions } from './sessions.js'
import { scramVerifier } from '../../sql/scram.js'
import { parseTarget, type Target, urlOf } from '../../sql/target.js'

const { escapeIdentifier: name, escapeLiteral: literal } = pg

export interface PostgresOptions {
  readonly adminUrl: Secret
  /** Its name is needed because a session on the parent would keep it from being copied. */
  readonly parent: string
  /** Part of what the branch passwords are derived from. */
  readonly repository: number
  readonly busyParent: 'refuse' | 'terminate'
  readonly empty: (sql: Sql) => Promise<string[]>
  readonly maskRows: BuildSite['maskRows']
  readonly cloneSchema: BuildSite['cloneSchema']
  readonly streamRows: BuildSite['streamRows']
  readonly mask: (secret: Secret) => void
  readonly info: (line: string) => void
  readonly clock: Clock
  readonly random: RandomHex
  readonly signal: AbortSignal
}

export const capabilities: Capabilities = {
  engine: 'postgresql',
  claims: 'branch',
  schemaOnly: 'sql',
  masked: 'stream',
  copy: true,
  golden: true,
  reset: 'in_place',
  pointInTime: false,
  expiry: false,
  pooledUrl: false,
  urlReadableLater: true,
  sessions: true,
}

/**
 * A team's own PostgreSQL server, 13 to 18: a branch is a database, with a login role of the same name that can use
 * everything in it and nothing else on the server.
 */
export function createPostgresProvider(options: PostgresOptions): Provider {
  return new PostgresProvider(options)
}

class PostgresProvider implements Provider {
  readonly capabilities = capabilities
  readonly #options: PostgresOptions
  readonly #target: Target
  #opening: Promise<Session> | undefined

  constructor(options: PostgresOptions) {
    this.#options = options
    const target = parseTarget(options.adminUrl)
    const elsewhere = options.parent === 'postgres' ? 'template1' : 'postgres'
    this.#target = target.database === options.parent ? { ...target, database: elsewhere } : target
  }

  async list(): Promise<{ items: Branch[]; complete: boolean }> {
    return { items: await listBranches(await this.#admin()), complete: true }
  }

  async find(branch: string): Promise<Branch | undefined> {
    return findBranch(await this.#admin(), branch)
  }

  async create(spec: BranchSpec): Promise<Made> {
    return this.#build(spec, undefined)
  }

  async reset(branch: Branch, spec: BranchSpec): Promise<Made> {
    return this.#build(spec, { branch, build: buildOf(branch) })
  }

  async delete(branch: Branch): Promise<'deleted' | 'absent'> {
    const build = buildOf(branch)
    return this.#working(build, (admin) => removeBranch(admin, branch, build))
  }

  async leftovers(branch: string): Promise<Branch[]> {
    return deadLeftovers(await this.#admin(), branch)
  }

  async abandon(build: string): Promise<void> {
    const session = await this.#open({ application: 'db-branch-action' })
    try {
      await endBuild(session, build, this.#options.clock)
      await discard(session, build)
    } finally {
      await session.close()
    }
  }

  async sessions(): Promise<ReadonlyMap<string, Known<number>>> {
    return sessionCounts(await this.#admin())
  }

  async schemaFingerprint(database: string): Promise<string> {
    const session = await this.#open({ database, application: 'db-branch-action' })
    return fingerprint(session).finally(() => session.close())
  }

  openParent(database: string): Promise<Session> {
    return this.#open({ database, application: 'db-branch-action' })
  }

  async connection(branch: Branch): Promise<Connection> {
    const target = this.#branchTarget(branch.name)
    this.#options.mask(target.password)
    this.#options.mask(urlOf(target))
    await this.#proveLogin(target).catch(async (error: unknown) => {
      if (sqlState(error) !== '28P01') throw error
      // The admin password was changed since the branch was made, and the derived password with it.
      const admin = await this.#admin()
      await admin.query(`ALTER ROLE ${name(branch.name)} PASSWORD ${literal(this.#verifier(target.password))}`)
      await this.#proveLogin(target)
    })
    const { host, port, database, user: username, password } = target
    return { url: urlOf(target), host, port, database, username, password }
  }

  async close(): Promise<void> {
    const opening = this.#opening
    this.#opening = undefined
    await opening?.then((session) => session.close()).catch(() => undefined)
  }

  /** The session for reading. What changes something has a session of its own, which tells what it works on. */
  #admin(): Promise<Session> {
    this.#opening ??= this.#open({ application: 'db-branch-action' })
    return this.#opening
  }

  #open({ database, application }: { database?: string | undefined; application: string }): Promise<Session> {
    const target = { ...this.#target, database: database ?? this.#target.database }
    return openSession(target, { application, signal: this.#options.signal })
  }

  async #working<T>(build: string, body: (session: Session) => Promise<T>): Promise<T> {
    const session = await this.#open({ application: applicationName(build) })
    return body(session).finally(() => session.close())
  }

  #verifier(password: Secret): string {
    return scramVerifier(password, Buffer.from(this.#options.random(16), 'hex'))
  }

  #branchTarget(branch: string): Target {
    const password = derivePassword(this.#target.password, { repository: this.#options.repository, branch })
    return { ...this.#target, user: branch, password, database: branch }
  }

  async #build(spec: BranchSpec, replaced: { branch: Branch; build: string } | undefined): Promise<Made> {
    return this.#working(spec.claim.build, async (admin) => {
      try {
        const { notes, claimText } = await buildAside(await this.#site(admin, spec), spec)
        const { password } = this.#branchTarget(spec.name)
        this.#options.mask(password)
        const verifier = this.#verifier(password)
        const move = () => moveIn(admin, spec, { verifier, claimText, replaced })
        await (replaced ? retryWithoutSessions(admin, spec.name, move) : move())
        if (replaced) await this.#clearUp(admin, replaced.build)
        const branch = await findBranch(admin, spec.name)
        if (branch) return { branch, notes }
        throw new ConflictError(`"${spec.name}" went right after it was made`)
      } catch (error) {
        // Cancelled: the session is gone, and the post step has the time to clear up.
        if (!this.#options.signal.aborted) await this.#clearUp(admin, spec.claim.build)
        throw error
      }
    })
  }

  /** What was done, or the failure that is being told, matters more than a failing clean-up: the next run finds the rest. */
  async #clearUp(admin: Session, build: string): Promise<void> {
    try {
      await admin.query('ROLLBACK')
      await discard(admin, build)
    } catch {
      this.#options.info(`"${asideName(build)}" could not be removed now; the next run removes it.`)
    }
  }

  async #site(admin: Session, spec: BranchSpec): Promise<BuildSite> {
    const application = applicationName(spec.claim.build)
    const { busyParent, empty, maskRows, cloneSchema, streamRows, info, clock } = this.#options
    return {
      ...(await readAdminRole(admin)),
      admin,
      busyParent,
      empty,
      maskRows,
      cloneSchema,
      streamRows,
      info,
      clock,
      open: (database) => this.#open({ database, application }),
    }
  }

  async #proveLogin(target: Target): Promise<void> {
    const session = await openSession(target, { application: 'db-branch-action login', signal: this.#options.signal })
    try {
      const [row] = await session.query<{ database: string }>('SELECT current_database()::text AS database')
      if (row?.database !== target.database || target.database === this.#options.parent) {
        throw new ProviderError(
          `Logging in to "${target.database}" failed: the server answered from "${row?.database}". Check "admin_url" for a pooler.`,
        )
      }
    } finally {
      await session.close()
    }
  }
}
