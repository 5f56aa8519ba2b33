import pg from 'pg'
import type { Branch } from '../../domain/branch.js'
import { ProviderError } from '../../errors.js'
import type { BranchSpec, Capabilities, Clock, Connection, Made, Provider, RandomHex, Sql } from '../../ports.js'
import type { Secret } from '../../secret.js'
import { discard, endBuild, moveAwayStatements, retryWithoutSessions } from './aside.js'
import { buildAside, type BuildSite, moveIn } from './build.js'
import { deadLeftovers, findBranch, listBranches } from './catalog.js'
import { derivePassword, scramVerifier } from './credentials.js'
import { applicationName, asideName, isAside } from './names.js'
import { openSession, type Session, sqlState } from './session.js'
import { parseTarget, type Target, urlOf } from './target.js'

const { escapeIdentifier: name, escapeLiteral: literal } = pg

export interface PostgresOptions {
  readonly adminUrl: Secret
  /** Its name is needed because a session on the parent would keep it from being copied. */
  readonly parent: string
  /** Part of what the branch passwords are derived from. */
  readonly repository: number
  readonly busyParent: 'refuse' | 'terminate'
  readonly empty: (sql: Sql) => Promise<string[]>
  readonly mask: (secret: Secret) => void
  readonly info: (line: string) => void
  readonly clock: Clock
  readonly random: RandomHex
  readonly signal: AbortSignal
}

const capabilities: Capabilities = {
  engine: 'postgresql',
  claims: 'branch',
  schemaOnly: 'sql',
  reset: 'in_place',
  urlReadableLater: true,
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
    this.#target = target.database === options.parent ? { ...target, database: 'postgres' } : target
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
    const replaced = buildOf(branch)
    const made = await this.#build(spec, { branch, build: replaced })
    await discard(await this.#admin(), replaced)
    return made
  }

  async delete(branch: Branch): Promise<'deleted' | 'absent'> {
    const admin = await this.#admin()
    const build = buildOf(branch)
    if (!isAside(branch.name)) {
      const [row] = await admin.query<{ id: string }>('SELECT oid::text AS id FROM pg_database WHERE datname = $1', [
        branch.name,
      ])
      if (row?.id !== branch.id) return 'absent'
      await admin.query(`SET application_name = ${literal(applicationName(build))}`)
      await retryWithoutSessions(admin, branch.name, () =>
        admin.query(`BEGIN; ${moveAwayStatements(branch.name, build)} COMMIT`).catch(async (error: unknown) => {
          await admin.query('ROLLBACK')
          throw error
        }),
      )
    }
    await discard(admin, build)
    return 'deleted'
  }

  async leftovers(branch: string): Promise<Branch[]> {
    return deadLeftovers(await this.#admin(), branch)
  }

  async abandon(build: string): Promise<void> {
    const admin = await this.#admin()
    await endBuild(admin, build, this.#options.clock)
    await discard(admin, build)
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

  #admin(): Promise<Session> {
    this.#opening ??= this.#open({ application: 'db-branch-action' })
    return this.#opening
  }

  #open({ database, application }: { database?: string | undefined; application: string }): Promise<Session> {
    const target = { ...this.#target, database: database ?? this.#target.database }
    return openSession(target, { application, signal: this.#options.signal })
  }

  #verifier(password: Secret): string {
    return scramVerifier(password, Buffer.from(this.#options.random(16), 'hex'))
  }

  #branchTarget(branch: string): Target {
    const password = derivePassword(this.#target.password, { repository: this.#options.repository, branch })
    return { ...this.#target, user: branch, password, database: branch }
  }

  async #build(spec: BranchSpec, replaced: { branch: Branch; build: string } | undefined): Promise<Made> {
    const admin = await this.#admin()
    const application = applicationName(spec.claim.build)
    await admin.query(`SET application_name = ${literal(application)}`)
    try {
      const site = await this.#site(admin, application)
      const notes = await buildAside(site, spec)
      const { password } = this.#branchTarget(spec.name)
      this.#options.mask(password)
      const verifier = this.#verifier(password)
      const move = () => moveIn(admin, spec, { verifier, replaced: replaced?.build })
      await (replaced ? retryWithoutSessions(admin, spec.name, move) : move())
      const branch = await this.find(spec.name)
      if (!branch)
        throw new ProviderError(`Creating "${spec.name}" failed: it is not there after it was made. Run the job again.`)
      return { branch, notes }
    } catch (error) {
      // Cancelled: the session is gone, and the post step has the time to clear up.
      if (!this.#options.signal.aborted) await this.#clearUp(admin, spec.claim.build)
      throw error
    }
  }

  /** The failure that is being told matters more than a failing clean-up: the next run finds what is left. */
  async #clearUp(admin: Session, build: string): Promise<void> {
    try {
      await admin.query('ROLLBACK')
      await discard(admin, build)
    } catch {
      this.#options.info(`"${asideName(build)}" could not be removed now; the next run removes it.`)
    }
  }

  async #site(admin: Session, application: string): Promise<BuildSite> {
    const [server] = await admin.query<{ version: number; superuser: boolean }>(
      `SELECT current_setting('server_version_num')::int AS version, rolsuper AS superuser FROM pg_roles WHERE rolname = current_user`,
    )
    if (!server)
      throw new ProviderError(
        'Reading the server version failed: the admin role does not see itself. Check "admin_url".',
      )
    const { busyParent, empty, info, clock } = this.#options
    return {
      ...server,
      admin,
      busyParent,
      empty,
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

/** Only a claimed branch is ever given to reset or delete: the guards see to that before. */
function buildOf(branch: Branch): string {
  if (branch.claim.kind !== 'claim') throw new ProviderError(`"${branch.name}" carries no claim.`)
  return branch.claim.claim.build
}
