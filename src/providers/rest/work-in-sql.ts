import type { Branch } from '../../domain/branch.js'
import { RefusedError } from '../../errors.js'
import { ApiError } from '../../http/api.js'
import type { BranchDatabase, BranchSpec, Connection } from '../../ports.js'
import type { Creation } from './model.js'
import type { Reader } from './reader.js'

interface Work {
  readonly branch: Branch
  readonly spec: BranchSpec
  readonly sql: Creation['sql']
}

/**
 * What the platform leaves to us, over the branch's URL. The claim in its database is the mark that all was done.
 * @returns what is worth telling.
 */
export async function workInSql(
  database: BranchDatabase,
  reader: Reader,
  { branch, spec, sql }: Work,
): Promise<string[]> {
  const connection = await reader.connection(branch)
  if (sql === 'empty' && spec.dataPolicy === 'schema_only') {
    await refuseParentsUrl(reader, spec, connection)
    return database.empty(connection, spec.claim)
  }
  const notes = sql === 'ledgers' ? await copyLedgers(database, reader, { spec, to: connection }) : []
  await database.sign(connection, spec.claim)
  return notes
}

async function copyLedgers(
  database: BranchDatabase,
  reader: Reader,
  { spec, to }: { spec: BranchSpec; to: Connection },
): Promise<string[]> {
  const parent = await reader.parent(spec.parent, `Copying the migration ledgers from "${spec.parent}"`)
  return database.copyLedgers(await reader.connection(parent), to)
}

/** A description that leads to the parent's URL would make us empty the parent. */
async function refuseParentsUrl(reader: Reader, { name, parent }: BranchSpec, url: Connection): Promise<void> {
  const doing = `Emptying "${name}"`
  const theirs = await reader.connection(await reader.parent(parent, doing)).catch((error: unknown) => {
    // A key that may not read the parent's URL has not led us to it.
    if (error instanceof ApiError) return undefined
    throw error
  })
  const same = theirs && placeOf(theirs) === placeOf(url)
  if (!same) return
  throw new RefusedError(
    `${doing} refused: its URL is that of its parent "${parent}". Check "connection" and "create.url" in "rest_config". Nothing was emptied.`,
  )
}

function placeOf({ host, port, database, username }: Connection): string {
  return JSON.stringify([host, port, database, username])
}
