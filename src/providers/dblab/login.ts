import { scrypt } from 'node:crypto'
import { ProviderError } from '../../errors.js'
import type { BranchSpec, Connection, PlatformAccount, PlatformPorts } from '../../ports.js'
import { Secret } from '../../secret.js'
import { finishRows, workOnRows } from '../../sql/rows.js'
import { scramVerifier } from '../../sql/scram.js'
import { openSession } from '../../sql/session.js'
import { parseTarget, urlOf } from '../../sql/target.js'
import type { Clone } from './clone.js'
import { buildSetting, type Login } from './engine.js'

/** It holds the repository, so that a clone of another repository is told apart by a listing alone. */
export function userOf({ role }: PlatformAccount, repository: number): string {
  return role || `db_branch_${repository}`
}

/**
 * `branch`: what is handed out. `build`: what the engine is told. It gives a clone that password whenever it brings the
 * parent's rows, so that nobody who has the URL of before can see them until we are done with them.
 */
type Stage = 'branch' | 'build'

export type LoginOf = (branch: string, stage?: Stage) => Promise<Login>

/**
 * The same for every job that has the key, because the engine never tells a password again. Each is derived once, beside
 * whatever else is under way.
 */
export function loginsOf({ account, repository }: Owner): LoginOf {
  const passwords = new Map<string, Promise<Secret>>()
  return async (branch, stage = 'branch') => {
    const name = stage === 'build' ? `${branch}\0build` : branch
    const deriving = passwords.get(name) ?? derivePassword(account.apiKey, { repository, name })
    passwords.set(name, deriving)
    return { username: userOf(account, repository), password: await deriving, database: account.database }
  }
}

interface Owner {
  readonly account: PlatformAccount
  readonly repository: number
}

/**
 * 192 bits, of which the engine asks 60. scrypt makes guessing a weak key from a password expensive (about 40 ms a
 * guess).
 */
async function derivePassword(apiKey: Secret, { repository, name }: { repository: number; name: string }) {
  const salt = `db-branch-action/dblab/1\0${repository}\0${name}`
  const bits = await new Promise<Buffer>((resolve, reject) => {
    const told = (error: Error | null, derived: Buffer) => (error ? reject(error) : resolve(derived))
    scrypt(apiKey.reveal(), salt, 24, { N: 16384, r: 8, p: 1 }, told)
  })
  return new Secret(bits.toString('base64url'))
}

/** The way into a clone that is ready. Password and URL are masked before anybody has them. */
export function connectionTo(
  clone: Clone,
  { password, username }: Login,
  { apiUrl, mask }: { apiUrl: string; mask: (secret: Secret) => void },
): Connection {
  const { port, database } = clone
  if (port === 0 || database === '') {
    throw new ProviderError(
      `Connecting to "${clone.name}" failed: DBLab calls it ready and gives no ${port === 0 ? 'port' : 'database'}. Look at it on the instance and run the job again.`,
    )
  }
  const host = hostOf(clone, apiUrl)
  const url = urlOf({ host, port, user: username, password, database, sslMode: 'prefer', sslRootCert: undefined })
  mask(password)
  mask(url)
  return { url, host, port, database, username, password }
}

/** What the engine is not told (`accessHost`) it calls `localhost`: the clones are where its API is. */
function hostOf({ host }: Clone, apiUrl: string): string {
  const local = host === '' || host === 'localhost' || host === '::1' || host === '0.0.0.0' || host.startsWith('127.')
  return local ? new URL(apiUrl).hostname.replace(/^\[(.*)\]$/, '$1') : host
}

const advice = 'Check that the runner may reach the ports of the clones ("provision.portPool"), and run the job again.'

/** Lets in whoever has the branch's URL, and the builder no more. The last step of all. */
export async function openDoor(
  build: Connection,
  branch: Connection,
  { signal, random }: PlatformPorts,
): Promise<void> {
  const session = await openSession(parseTarget(build.url), { application: 'db-branch-action', signal, advice })
  try {
    const verifier = scramVerifier(branch.password, Buffer.from(random(16), 'hex'))
    await session.query(`ALTER ROLE CURRENT_USER PASSWORD '${verifier}'`)
  } finally {
    await session.close()
  }
}

/** What only the clone's own server knows: which build made it (empty: not told), and what databases it has besides. */
export async function survey(
  connection: Connection,
  { signal }: PlatformPorts,
): Promise<{ build: string; others: string[] }> {
  const session = await openSession(parseTarget(connection.url), { application: 'db-branch-action', signal, advice })
  try {
    const [row] = await session.query<{ build: string | null; others: string[] }>(
      `SELECT pg_catalog.current_setting('${buildSetting}', true) AS build,
              ARRAY(SELECT datname::text FROM pg_catalog.pg_database
                     WHERE datname <> pg_catalog.current_database() AND datname <> 'template0' ORDER BY 1) AS others`,
    )
    return { build: row?.build ?? '', others: row?.others ?? [] }
  } finally {
    await session.close()
  }
}

/**
 * Does what the data policy asks for to the whole server: a clone holds every database of the source, and its user may
 * enter all of them. Rules speak of the branch's own database, so the others are emptied even where that one is masked.
 * It comes last, because its claim says that all is done.
 */
export async function finishClone(
  connection: Connection,
  databases: readonly string[],
  { ports, spec }: { ports: PlatformPorts; spec: BranchSpec },
): Promise<string[]> {
  const others = workOnRows(spec) === 'nothing' ? [] : databases
  for (const database of others) {
    const url = urlOf({ ...parseTarget(connection.url), database })
    ports.mask(url)
    await ports.database.empty({ ...connection, database, url }, spec.claim)
  }
  const notes = await finishRows(ports.database, connection, spec)
  const named = others.map((database) => JSON.stringify(database)).join(', ')
  return others.length === 0 ? notes : [...notes, `Emptied the other databases of the clone as well: ${named}.`]
}
