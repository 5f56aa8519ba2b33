/**
 * What DBLab does with ZFS, done with files: a snapshot is a copy of a running server's data directory, a clone a
 * server of its own on a copy of that. So clones have every database, role and comment of their source.
 */
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { giveTo, memoryOrTemp, reachableTemp, serverAccount } from '../../postgres/account.js'
import { nativeDirectory, runnableBinaries } from '../../postgres/binaries.js'
import { runGuarded } from '../../postgres/lifeline.js'

const host = '127.0.0.1'

/** A server that can be copied. `url` is that of its superuser. */
export interface Source {
  readonly dataDirectory: string
  url(database: string): string
}

export interface Cluster extends Source {
  readonly port: number
  sql<Row extends pg.QueryResultRow>(database: string, text: string): Promise<Row[]>
  stop(): Promise<void>
}

/** What makes the servers of clones. */
export interface CloneServers {
  /** A folder with a copy of the source. */
  copyOf(source: Source): Promise<string>
  startCluster(
    snapshot: string,
    at: { url: Source['url']; port: number; settings: Readonly<Record<string, string>> },
  ): Promise<Cluster>
  freePort(): Promise<number>
}

/** Source: https://www.postgresql.org/docs/18/continuous-archiving.html#BACKUP-LOWLEVEL-BASE-BACKUP */
export async function copyOf(source: Source): Promise<string> {
  const account = serverAccount()
  const directory = mkdtempSync(path.join(memoryOrTemp(account), 'dblab-snapshot-'))
  giveTo(account, directory)
  const target = path.join(directory, 'data')
  const client = new pg.Client({ connectionString: source.url('postgres'), ssl: false })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query(`SELECT pg_backup_start('snapshot', true)`)
    await copy(source.dataDirectory, target)
    const { rows } = await client.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop(false)')
    // The log of what happened while we copied: without its end the copy does not start.
    rmSync(path.join(target, 'pg_wal'), { recursive: true })
    await copy(path.join(source.dataDirectory, 'pg_wal'), path.join(target, 'pg_wal'))
    const label = path.join(target, 'backup_label')
    writeFileSync(label, rows[0]?.labelfile ?? '')
    giveTo(account, label)
    for (const file of ['postmaster.pid', 'postmaster.opts']) rmSync(path.join(target, file), { force: true })
    return directory
  } finally {
    await client.end()
  }
}

/** `settings` are written to a file of their own, as the engine does with those of a clone. */
export async function startCluster(
  snapshot: string,
  { url, port, settings }: { url: Source['url']; port: number; settings: Readonly<Record<string, string>> },
): Promise<Cluster> {
  const account = serverAccount()
  const directory = mkdtempSync(path.join(memoryOrTemp(account), 'dblab-clone-'))
  // Memory may not allow programs to run, where they cannot run in place.
  const programs = mkdtempSync(path.join(reachableTemp(account), 'dblab-programs-'))
  const remove = () => [directory, programs].forEach((each) => rmSync(each, { recursive: true, force: true }))
  const guard = { directory, account }
  const data = path.join(directory, 'data')
  try {
    for (const each of [directory, programs]) giveTo(account, each)
    const { native } = await runnableBinaries(nativeDirectory(18), programs, account)
    await copy(path.join(snapshot, 'data'), data)
    const extra = Object.entries(settings).map(([name, value]) => `${name} = '${value}'`)
    writeFileSync(path.join(data, 'postgresql.auto.conf'), `${extra.join('\n')}\n`)
    const flags = Object.entries({
      listen_addresses: host,
      port: String(port),
      unix_socket_directories: '',
      shared_buffers: '16MB',
      max_connections: '20',
      fsync: 'off',
      timezone: 'UTC',
    }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const server = runGuarded(guard, [path.join(native, 'bin/postgres'), '-D', data, ...flags])
    while (!isReady(data)) {
      if (server.hasEnded()) throw new Error(`The clone's server ended:\n${server.output()}`)
      await delay(10)
    }
    server.release()
    const own: Source['url'] = (database) => {
      const there = new URL(url(database))
      there.port = String(port)
      return there.href
    }
    return {
      dataDirectory: data,
      port,
      url: own,
      sql: (database, text) => query(own(database), text),
      stop: async () => {
        await server.cut()
        remove()
      },
    }
  } catch (error) {
    remove()
    throw error
  }
}

export async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, host, resolve))
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('No free TCP port.')
  return address.port
}

/** Keeps owners and modes, which PostgreSQL insists on. */
async function copy(from: string, to: string): Promise<void> {
  mkdirSync(path.dirname(to), { recursive: true })
  // A file that the server removes while we copy makes `cp` complain; recovery does without it.
  await promisify(execFile)('cp', ['-Rp', from, to]).catch((error: unknown) => {
    const { stderr } = error as { stderr: string }
    const others = stderr.split('\n').filter((line) => line !== '' && !line.includes('No such file'))
    if (others.length > 0) throw error
  })
}

function isReady(data: string): boolean {
  try {
    return readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n')[7]?.trim() === 'ready'
  } catch {
    return false
  }
}

async function query<Row extends pg.QueryResultRow>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url, ssl: false })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}
