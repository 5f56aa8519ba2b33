import type { Branch } from '../../domain/branch.js'
import { RefusedError } from '../../errors.js'
import { ApiError } from '../../http/api.js'
import type { BranchDatabase, BranchSpec, Connection } from '../../ports.js'
import { finishRows, workOnRows } from '../../sql/rows.js'
import type { Reader } from './reader.js'

interface Work {
  readonly branch: Branch
  readonly spec: BranchSpec
  /** Whether the rows of the migration ledgers are left to us. */
  readonly ledgers: boolean
}

/**
 * What the platform leaves to us, over the branch's URL. The claim in its database is the mark that all was done.
 * @returns what is worth telling.
 */
export async function workInSql(
  database: BranchDatabase,
  reader: Reader,
  { branch, spec, ledgers }: Work,
): Promise<string[]> {
  const connection = await reader.connection(branch)
  if (ledgers) {
    const notes = await copyLedgers(database, reader, { spec, to: connection })
    await database.sign(connection, spec.claim)
    return notes
  }
  if (workOnRows(spec) !== 'nothing') await refuseParentsUrl(reader, spec, connection)
  return finishRows(database, connection, spec)
}

async function copyLedgers(
  database: BranchDatabase,
  reader: Reader,
  { spec, to }: { spec: BranchSpec; to: Connection },
): Promise<string[]> {
  const parent = await reader.parent(spec.parent, `Copying the migration ledgers from "${spec.parent}"`)
  return database.copyLedgers(await reader.connection(parent), to)
}

/** A description that leads to the parent's URL would make us empty or mask the parent. */
async function refuseParentsUrl(reader: Reader, { name, parent }: BranchSpec, url: Connection): Promise<void> {
  const doing = `Working on the rows of "${name}"`
  const theirs = await reader.connection(await reader.parent(parent, doing)).catch((error: unknown) => {
    // A key that may not read the parent's URL has not led us to it.
    if (error instanceof ApiError) return undefined
    throw error
  })
  const same = theirs && placeOf(theirs) === placeOf(url)
  if (!same) return
  throw new RefusedError(
    `${doing} refused: its URL is that of its parent "${parent}". Check "connection" and "create.url" in "rest_config". Nothing was changed.`,
  )
}

function placeOf({ host, port, database, username }: Connection): string {
  return JSON.stringify([host, port, database, username])
}
