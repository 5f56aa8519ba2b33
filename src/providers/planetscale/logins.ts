import { InputError, ProviderError } from '../../errors.js'
import { path } from '../../http/api.js'
import type { Shape } from '../../http/shape.js'
import { waitFor } from '../../http/wait.js'
import type { Connection, PlatformAccount, PlatformPorts } from '../../ports.js'
import { Secret } from '../../secret.js'
import { openSession } from '../../sql/session.js'
import { parseTarget, urlOf } from '../../sql/target.js'
import type { Kind, Row, Work } from './row.js'
import type { Site } from './site.js'

/**
 * What a login may do, by the words PlanetScale has for MySQL, and the PostgreSQL roles that its own command line
 * takes for the same word.
 */
const accesses = {
  reader: ['pg_read_all_data'],
  writer: ['pg_write_all_data'],
  readwriter: ['pg_read_all_data', 'pg_write_all_data'],
  admin: ['postgres'],
} as const

type Access = keyof typeof accesses

/** @throws InputError */
export function accessOf(role: string): Access {
  if (role === '') return 'admin'
  if (Object.hasOwn(accesses, role)) return role as Access
  throw new InputError(
    `Input "role" is not one that PlanetScale has. Use "admin" (the default), "readwriter", "writer" or "reader".`,
  )
}

/** Milliseconds after which a login of ours is taken away, once there is a newer one. */
const loginLife = 24 * 60 * 60_000

/** Milliseconds. */
const roleDeadline = 2 * 60_000

/** Its database for connections through PgBouncer is reached on another port: https://planetscale.com/docs/postgres/connecting */
const pooledPort = 6432

const advice =
  'Check that the IP restrictions of the database on PlanetScale let this runner in, and run the job again.'

interface Login {
  readonly id: string
  readonly name: string
  readonly createdAt: string
}

/**
 * Logins are told once, when they are made, so each hand-over makes one. Their display names are all that is ours:
 * `db-branch-action-<repository>-login-<random>`.
 */
export class Logins {
  readonly #site: Site
  readonly #account: PlatformAccount
  readonly #ports: PlatformPorts

  constructor(site: Site, account: PlatformAccount, ports: PlatformPorts) {
    this.#site = site
    this.#account = account
    this.#ports = ports
  }

  get #prefix(): string {
    return `db-branch-action-${this.#ports.repository}`
  }

  /** The name of the login by which a PostgreSQL branch was emptied or masked. It stays, as a mark that it was. */
  markOf(work: 'emptied' | 'masked'): string {
    return `${this.#prefix}-${work}`
  }

  /** What such a login tells. A branch with both was not made by us. */
  workBy(logins: readonly Login[]): Work {
    const done = (['emptied', 'masked'] as const).filter((work) =>
      logins.some(({ name }) => name === this.markOf(work)),
    )
    return (done.length === 1 && done[0]) || 'none'
  }

  /** A fresh name for a login that is handed out. */
  freshName(): string {
    return `${this.#prefix}-login-${this.#ports.random(4)}`
  }

  /** Ours only: what others made on the branch is none of our business. */
  async list(branch: string, kind: Kind): Promise<Login[]> {
    const logins: Login[] = []
    const asked = { doing: `Reading the logins of "${branch}"`, query: { q: this.#prefix } }
    await this.#site.pages(this.#place(branch, kind), asked, (item) => {
      const name = item.at('name').maybeText ?? ''
      if (!name.startsWith(`${this.#prefix}-`)) return
      logins.push({ id: item.at('id').text, name, createdAt: item.at('created_at').text })
    })
    return logins
  }

  /** Makes a login and gives the way in. Every part that lets somebody in is masked before it goes anywhere. */
  async open(row: Row, name: string, access: Access): Promise<Connection> {
    return row.kind === 'mysql' ? this.#openMysql(row, name, access) : this.#openPostgres(row, name, access)
  }

  /** Takes old logins of ours away. Whatever fails here is told and left to the next run: the new login works. */
  async clear(row: Row, logins: readonly Login[]): Promise<void> {
    const oldest = this.#ports.clock.now().getTime() - loginLife
    const marks = [this.markOf('emptied'), this.markOf('masked')]
    const due = logins.filter(({ name, createdAt }) => !marks.includes(name) && Date.parse(createdAt) < oldest)
    for (const { id, name } of due) {
      const place = this.#place(row.name, row.kind) + path`/${id}`
      // What a login made in PostgreSQL is the branch's, and must not keep the login from going.
      const query = row.kind === 'postgresql' ? { successor: 'postgres' } : {}
      const doing = `Removing the login "${name}" of "${row.name}"`
      await this.#site.api.send('DELETE', place, { doing, query, accept: [404] }).catch((error: unknown) => {
        if (!(error instanceof ProviderError)) throw error
        this.#ports.info(error.message)
      })
    }
  }

  #place(branch: string, kind: Kind): string {
    return `${this.#site.at(branch)}/${kind === 'mysql' ? 'passwords' : 'roles'}`
  }

  async #openMysql(row: Row, name: string, access: Access): Promise<Connection> {
    const doing = `Making a password for "${row.name}"`
    const body = { name, role: access }
    const made = (await this.#site.api.send('POST', this.#place(row.name, row.kind), { doing, body })).body
    const password = this.#masked(made.at('plain_text').text)
    const username = made.at('username').text
    const { host, port } = addressOf(made.at('access_host_url'), doing)
    const { database } = this.#account
    const login = `${encodeURIComponent(username)}:${encodeURIComponent(password.reveal())}`
    // The form that PlanetScale shows for Node: https://planetscale.com/docs/vitess/tutorials/connect-nodejs-app
    const tls = encodeURIComponent('{"rejectUnauthorized":true}')
    const place = `${host}${port === undefined ? '' : `:${port}`}/${encodeURIComponent(database)}`
    const url = this.#masked(`mysql://${login}@${place}?ssl=${tls}`)
    return { url, host, port: port ?? 3306, database, username, password }
  }

  async #openPostgres(row: Row, name: string, access: Access): Promise<Connection> {
    const doing = `Making a role for "${row.name}"`
    const body = { name, inherited_roles: accesses[access] }
    const made = (await this.#site.api.send('POST', this.#place(row.name, row.kind), { doing, body })).body
    const password = this.#masked(made.at('password').text)
    const { host, port } = addressOf(made.at('access_host_url'), doing)
    const username = made.at('username').text
    const database = made.at('database_name').text
    const target = {
      host,
      user: username,
      password,
      database,
      sslMode: isLoopback(host) ? 'prefer' : 'verify-full',
      sslRootCert: undefined,
    }
    const url = this.#masked(urlOf({ ...target, port: port ?? 5432 }).reveal())
    const direct = { url, host, port: port ?? 5432, database, username, password }
    const pooled = port === undefined && { pooledUrl: this.#masked(urlOf({ ...target, port: pooledPort }).reveal()) }
    await this.#untilReady(row, made)
    await this.#settle(url, access)
    return { ...direct, ...pooled }
  }

  async #untilReady(row: Row, made: Shape): Promise<void> {
    if (made.at('ready').flag) return
    const { clock, info } = this.#ports
    const what = `The role for "${row.name}"`
    const place = this.#place(row.name, row.kind) + path`/${made.at('id').text}`
    await waitFor({ what, every: 2000, deadline: roleDeadline, clock, info }, async () => {
      const { body } = await this.#site.api.send('GET', place, { doing: `Waiting for the role of "${row.name}"` })
      return body.at('ready').flag ? { ready: true } : { waitingFor: 'PlanetScale is making it' }
    })
  }

  /**
   * Logs in once, and lets what this login makes belong to `postgres`: the next hand-over has another login, whose
   * migrations could not change this one's tables otherwise.
   */
  async #settle(url: Secret, access: Access): Promise<void> {
    const { signal, info } = this.#ports
    const sql = await openSession(parseTarget(url), { application: 'db-branch-action login', signal, advice })
    try {
      if (access !== 'admin') return
      await sql.query(`ALTER ROLE CURRENT_USER SET role = 'postgres'`).catch((error: unknown) => {
        if (!(error instanceof ProviderError)) throw error
        info(`Tables that this login makes will be its own, and later logins cannot change them. ${error.message}`)
      })
    } finally {
      await sql.close()
    }
  }

  #masked(text: string): Secret {
    const secret = new Secret(text)
    this.#ports.mask(secret)
    return secret
  }
}

/** `host` or `host:port`. */
function addressOf(shape: Shape, doing: string): { host: string; port: number | undefined } {
  const [, host, port] = /^([A-Za-z0-9.-]+)(?::(\d{1,5}))?$/.exec(shape.text) ?? []
  if (host === undefined) {
    throw new ProviderError(`${doing} failed: PlanetScale's answer names no host. Run the job again.`)
  }
  return { host, port: port === undefined ? undefined : Number(port) }
}

/** What never leaves the machine has no certificate to verify, as with "api_url". */
function isLoopback(host: string): boolean {
  return host === 'localhost' || /^127(\.\d{1,3}){3}$/.test(host)
}
