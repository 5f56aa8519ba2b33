/**
 * The data plane behind the simulated platforms: every branch is a database of one real PostgreSQL server, so that the
 * URLs they hand out work and hold what they should.
 */
import pg from 'pg'
import { plant } from '../leaks/secrets.js'
import { type Major, type PostgresServer, startPostgres } from '../postgres/server.js'
import { createShop, type Shop, type ShopOptions } from '../shop/shop.js'

const { escapeIdentifier: name, escapeLiteral: literal } = pg

export interface Databases {
  readonly server: PostgresServer
  readonly shop: Shop
  /** The platform's parent, with the shop in it. */
  readonly parent: string
  readonly host: string
  readonly port: number
  /** A copy of everything in `from`. */
  copy(from: string, to: string): Promise<void>
  /** The tables of `from` without a row, as a schema that was dumped and restored: no statistics, sequences at their start. */
  copySchema(from: string, to: string): Promise<void>
  /** An empty database. */
  empty(to: string): Promise<void>
  /** Throws away what is in a database and copies `from` anew; logins keep working. */
  overwrite(from: string, to: string): Promise<void>
  rename(from: string, to: string): Promise<void>
  drop(database: string): Promise<void>
  /** Makes a login, or gives it a new password. Unless `logins` says otherwise it can do anything on the server. */
  login(user: string, password: string): Promise<void>
  stop(): Promise<void>
}

export interface DatabasesOptions {
  readonly shop?: ShopOptions
  /** Of PostgreSQL; default 18. */
  readonly major?: Major
  /** `owner`: logins own what is in the databases and are no superusers, as on most platforms. */
  readonly logins?: 'superuser' | 'owner'
}

export async function startDatabases(options: DatabasesOptions = {}): Promise<Databases> {
  const { shop: shopOptions, major, logins = 'superuser' } = options
  const server = await startPostgres(major === undefined ? {} : { major })
  const shop = await createShop(server, shopOptions)
  const run = (text: string, database = 'postgres') => server.sql(database, text)
  // A template must have no session on it while it is copied, so copies take turns.
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(body: () => Promise<T>): Promise<T> => {
    const mine = turn.then(body)
    turn = mine.catch(() => undefined)
    return mine
  }
  const copy = (from: string, to: string) =>
    inTurn(async () => {
      await run(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ${literal(from)}`)
      const owner = logins === 'owner' ? `OWNER ${name(shop.owner)}` : ''
      await run(`CREATE DATABASE ${name(to)} TEMPLATE ${name(from)} ${owner}`)
    })
  const drop = async (database: string) => {
    await run(`DROP DATABASE IF EXISTS ${name(database)} WITH (FORCE)`)
  }
  const url = new URL(server.adminUrl)
  return {
    server,
    shop,
    parent: 'main',
    host: url.hostname,
    port: Number(url.port),
    copy,
    async copySchema(from, to) {
      await copy(from, to)
      await run(
        `DO $$ DECLARE list text; BEGIN
           SELECT string_agg(format('%I.%I', schemaname, tablename), ', ') INTO list FROM pg_tables
            WHERE schemaname NOT IN ('pg_catalog', 'information_schema');
           IF list IS NOT NULL THEN EXECUTE 'TRUNCATE ' || list || ' RESTART IDENTITY CASCADE'; END IF;
           SELECT string_agg(format('REFRESH MATERIALIZED VIEW %I.%I WITH NO DATA', schemaname, matviewname), ';')
             INTO list FROM pg_matviews;
           IF list IS NOT NULL THEN EXECUTE list; END IF;
           DELETE FROM pg_statistic WHERE starelid >= 16384;
         END $$`,
        to,
      )
    },
    async empty(to) {
      await run(`CREATE DATABASE ${name(to)}`)
    },
    async overwrite(from, to) {
      await drop(to)
      await copy(from, to)
    },
    async rename(from, to) {
      await run(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ${literal(from)}`)
      await run(`ALTER DATABASE ${name(from)} RENAME TO ${name(to)}`)
    },
    drop,
    async login(user, password) {
      plant(`password of ${user}`, password)
      const [known] = await server.sql('postgres', `SELECT 1 FROM pg_roles WHERE rolname = ${literal(user)}`)
      const rank = logins === 'superuser' ? 'SUPERUSER' : 'NOSUPERUSER'
      await run(`${known ? 'ALTER' : 'CREATE'} ROLE ${name(user)} LOGIN ${rank} PASSWORD ${literal(password)}`)
      if (logins === 'owner') await run(`GRANT ${name(shop.owner)} TO ${name(user)}`)
    },
    stop: () => server.stop(),
  }
}
