import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { giveTo, memoryOrTemp, reachableTemp, serverAccount } from './account.js'
import { type Binaries, type Major, nativeDirectory, runnableBinaries } from './binaries.js'
import { type Guard, type Guarded, runGuarded } from './lifeline.js'
import { copySeed, scramVerifier, type Seed, seedOf } from './seeds.js'

export { installedMajors, type Major } from './binaries.js'

export interface PostgresOptions {
  /** Default 18. */
  readonly major?: Major
  /** Server settings such as `{ wal_level: 'logical' }`; they win over the ones set here. */
  readonly settings?: Readonly<Record<string, string>>
  readonly auth?: 'scram-sha-256'
  /** Default random. */
  readonly superuserPassword?: string
  /** A directory with `bin`, `lib` and `share` of that major; default the npm package. */
  readonly native?: string
}

export interface PostgresServer {
  /** The superuser's URL of the database `postgres`. */
  readonly adminUrl: string
  readonly host: string
  readonly port: number
  readonly password: string
  readonly major: Major
  /** For example `18.4`. */
  readonly version: string
  readonly dataDirectory: string
  /** User and password default to the superuser's. */
  url(database: string, user?: string, password?: string): string
  /** Runs SQL as the superuser in a session of its own, over when this resolves. Gives the rows of the last statement. */
  sql<Row extends pg.QueryResultRow = Record<string, unknown>>(
    database: string,
    text: string,
    values?: unknown[],
  ): Promise<Row[]>
  /** Ends the server and removes everything it left on disk. May be called twice. */
  stop(): Promise<void>
}

const HOST = '127.0.0.1'
const START_TIMEOUT_MS = 60_000
const PORT_ATTEMPTS = 10

/**
 * A real PostgreSQL server of its own: 127.0.0.1 on a free port, SCRAM passwords, nothing kept. It ends with `stop()`,
 * and also when this process ends in whatever way.
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const major = options.major ?? 18
  const password = options.superuserPassword ?? randomBytes(18).toString('base64url')
  const from = options.native ?? nativeDirectory(major)
  const account = serverAccount()
  const auth = options.auth ?? 'scram-sha-256'
  const seed = hasWishes(options)
    ? undefined
    : await seedOf(major, (at, own) => initialise(at, from, { password: own, auth }))
  const directory = mkdtempSync(path.join(seed ? memoryOrTemp(account) : reachableTemp(account), 'pg-'))
  const guard: Guard = { directory, account }
  try {
    giveTo(account, directory)
    const binaries = seed ? await grow(seed, guard) : await initialise(guard, from, { password, auth })
    const { postgres, port } = await listen(guard, binaries, options.settings ?? {})

    const url: PostgresServer['url'] = (database, user = 'postgres', secret = password) =>
      `postgres://${encodeURIComponent(user)}:${encodeURIComponent(secret)}@${HOST}:${port}/${encodeURIComponent(database)}`
    if (seed) await changePassword(url('postgres', 'postgres', seed.password), password)
    return {
      adminUrl: url('postgres'),
      host: HOST,
      port,
      password,
      major,
      version: binaries.version,
      dataDirectory: dataOf(guard),
      url,
      sql: (database, text, values) => runSql(url(database), text, values),
      async stop() {
        await postgres.cut()
        rmSync(directory, { recursive: true, force: true })
      },
    }
  } catch (error) {
    rmSync(directory, { recursive: true, force: true })
    throw error
  }
}

/** A seed has the binaries of npm and a password of its own. */
function hasWishes({ native, superuserPassword }: PostgresOptions): boolean {
  return native !== undefined || superuserPassword !== undefined
}

async function grow(seed: Seed, guard: Guard): Promise<Binaries> {
  makeData(guard)
  await copySeed(seed, guard)
  return seed.binaries
}

async function changePassword(url: string, password: string): Promise<void> {
  await runSql(url, `ALTER ROLE postgres PASSWORD '${scramVerifier(password)}'`)
}

function makeData(guard: Guard): string {
  const data = dataOf(guard)
  mkdirSync(data, { mode: 0o700 })
  giveTo(guard.account, data)
  return data
}

async function initialise(guard: Guard, from: string, login: { password: string; auth: string }): Promise<Binaries> {
  const binaries = await runnableBinaries(from, guard.directory, guard.account)
  const data = makeData(guard)
  const passwordFile = path.join(guard.directory, 'password')
  writeFileSync(passwordFile, `${login.password}\n`, { mode: 0o600 })
  giveTo(guard.account, passwordFile)

  const initdb = path.join(binaries.native, 'bin/initdb')
  const run = runGuarded(guard, [
    initdb,
    `--pgdata=${data}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    `--auth=${login.auth}`,
    // The one locale that every version has on every machine, whatever LANG says.
    '--locale=C',
    '--encoding=UTF8',
    '--no-sync',
  ])
  const code = await run.ended
  rmSync(passwordFile)
  if (code !== 0) throw failure(initdb, code, run)
  return binaries
}

async function listen(guard: Guard, binaries: Binaries, settings: PostgresOptions['settings']) {
  const program = path.join(binaries.native, 'bin/postgres')
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    const all = { ...ourSettings(guard, port), ...settings }
    const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const postgres = runGuarded(guard, [program, '-D', dataOf(guard), ...flags])
    if (await ready(guard, postgres)) {
      postgres.release()
      return { postgres, port: Number(all.port) }
    }

    const taken = postgres.output().includes('Address already in use')
    if (taken && attempt < PORT_ATTEMPTS && settings?.['port'] === undefined) continue
    throw failure(program, await postgres.ended, postgres)
  }
}

function ourSettings(guard: Guard, port: number) {
  return {
    listen_addresses: HOST,
    port: String(port),
    // A socket path may have 103 bytes on macOS and 107 on Linux.
    unix_socket_directories: guard.directory.length < 80 ? guard.directory : '',
    password_encryption: 'scram-sha-256',
    fsync: 'off',
    full_page_writes: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
  }
}

/** As pg_ctl does it: the eighth line of postmaster.pid. `false` when the server ended instead. */
async function ready(guard: Guard, postgres: Guarded): Promise<boolean> {
  const deadline = Date.now() + START_TIMEOUT_MS
  while (!postgres.hasEnded()) {
    if (
      readIfThere(path.join(dataOf(guard), 'postmaster.pid'))
        .split('\n')[7]
        ?.trim() === 'ready'
    )
      return true
    if (Date.now() > deadline) {
      const printed = postgres.output()
      await postgres.cut()
      throw new Error(`PostgreSQL was not ready after ${START_TIMEOUT_MS / 1000} s. It printed:\n${printed}`)
    }
    await sleep(10)
  }
  return false
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, HOST, resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('No free TCP port on 127.0.0.1.')
  return address.port
}

async function runSql<Row extends pg.QueryResultRow>(url: string, text: string, values?: unknown[]): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url, ssl: false })
  client.on('error', () => undefined) // the query or the connect rejects with the same error
  await client.connect()
  try {
    const result: pg.QueryResult<Row> | pg.QueryResult<Row>[] = await client.query<Row>(text, values)
    return (Array.isArray(result) ? (result as pg.QueryResult<Row>[]).at(-1) : result)?.rows ?? []
  } finally {
    await client.end()
  }
}

function dataOf(guard: Guard): string {
  return path.join(guard.directory, 'data')
}

function failure(program: string, code: number, run: Guarded): Error {
  const printed = run.output()
  return new Error(
    `${program} ended with code ${code} instead of running. It printed:\n${printed || '(nothing)'}\n${advice(printed)}`,
  )
}

const ADVICE: readonly (readonly [RegExp, string])[] = [
  [/No space left/, 'Free space in the temporary directory, or set TMPDIR to a larger one.'],
  [/unrecognized configuration parameter|invalid value for parameter/, 'Correct "settings".'],
  [/Address already in use/, 'Leave "port" out of "settings": a free one is then chosen.'],
  [/shared memory|semaphore/, 'Give the container more shared memory (docker run --shm-size=256m).'],
  [/Permission denied/, 'Set TMPDIR to a directory that every user may enter.'],
  [/error while loading shared libraries|GLIBC/, 'Install the packages again with "npm ci"; glibc 2.27 is needed.'],
]

function advice(printed: string): string {
  return (
    ADVICE.find(([pattern]) => pattern.test(printed))?.[1] ??
    'Start that program by hand with these flags to see more, or install the packages again with "npm ci".'
  )
}
