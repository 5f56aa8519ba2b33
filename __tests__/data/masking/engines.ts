import type { PostgresServer } from '../../../sim/postgres/server.js'
import type { Certificate } from '../../../src/data/masking/mask-branch.js'
import { fillMasked } from '../../../src/data/masking/stream/fill.js'
import { cloneSchema } from '../../../src/data/schema-clone/clone.js'
import { type Masking, mask, orderOf, sessionOn } from './stage.js'

interface Databases {
  readonly server: PostgresServer
  readonly parent: string
  readonly branch: string
}

/** Makes a masked branch of a parent, which stays as it was. */
export type Engine = (of: Databases, rules: string, by?: Masking) => Promise<Certificate>

/** A copy of the parent's files, masked where it is. */
const inPlace: Engine = async ({ server, parent, branch }, rules, by) => {
  await server.sql('postgres', `CREATE DATABASE ${branch} TEMPLATE ${parent} STRATEGY FILE_COPY`)
  return mask(server, branch, rules, by)
}

/** An empty database that gets the parent's schema, and then rows that were masked on their way. */
const stream: Engine = async ({ server, parent, branch }, rules, { key } = {}) => {
  await server.sql('postgres', `CREATE DATABASE ${branch} TEMPLATE template0`)
  const open = (database: string) => () => sessionOn(server, database)
  const [from, to] = [await open(parent)(), await open(branch)()]
  try {
    const differences = await cloneSchema(from, to)
    if (differences.length > 0) throw new Error(`The schema was not cloned: ${differences.join(', ')}`)
  } finally {
    await from.close()
    await to.close()
  }
  const [source, target] = [open(parent), open(branch)]
  return fillMasked({
    order: orderOf(rules, key),
    source,
    target,
    parallel: 2,
    info: () => undefined,
    elapsed: () => performance.now(),
  })
}

export const engines: readonly (readonly [name: string, Engine])[] = [
  ['in_place', inPlace],
  ['stream', stream],
]
