import { randomBytes } from 'node:crypto'
import { parse } from 'yaml'
import type { PostgresServer } from '../../../sim/postgres/server.js'
import { maskingKey, maskingOrder } from '../../../src/data/masking/key.js'
import { type Certificate, maskBranch } from '../../../src/data/masking/mask-branch.js'
import { parseRules } from '../../../src/domain/masking/parse-rules.js'
import type { MaskingRules } from '../../../src/domain/masking/rules.js'
import type { MaskingOrder } from '../../../src/ports.js'
import { Secret } from '../../../src/secret.js'
import { type Session, openSession, workUndisturbed } from '../../../src/sql/session.js'
import { parseTarget } from '../../../src/sql/target.js'

/** A session as the product opens one. */
export async function sessionOn(
  server: PostgresServer,
  database: string,
  url = server.url(database),
): Promise<Session> {
  const target = parseTarget(new Secret(url))
  const sql = await openSession(target, { application: 'test', signal: new AbortController().signal })
  await workUndisturbed(sql, { superuser: target.user === 'postgres', version: server.major * 10_000 })
  return sql
}

/** Rules as a person writes them. */
export function rulesOf(yaml: string): MaskingRules {
  const { rules, problems } = parseRules(parse(yaml), (path) => `rules ${path.join('.')}`)
  if (problems.length > 0) throw new Error(problems.join('\n'))
  return rules
}

export const someKey = new Secret('0f3a9c7e5b1d8264aa90c3e7f1b25d68 a key for tests')

export function orderOf(yaml: string, key: Secret | 'random' = someKey): MaskingOrder {
  const random = (bytes: number) => randomBytes(bytes).toString('hex')
  return maskingOrder(rulesOf(yaml), maskingKey(key === 'random' ? undefined : key, random))
}

export interface Masking {
  readonly key?: Secret | 'random'
  readonly url?: string
  readonly parallel?: number
}

export async function mask(
  server: PostgresServer,
  database: string,
  yaml: string,
  { key = someKey, url, parallel = 2 }: Masking = {},
): Promise<Certificate> {
  return maskBranch({
    order: orderOf(yaml, key),
    open: () => sessionOn(server, database, url),
    parallel,
    info: () => undefined,
    elapsed: () => performance.now(),
  })
}

let databases = 0
/** A new database that holds what the script makes. */
export async function scratch(server: PostgresServer, script: string): Promise<string> {
  const database = `scratch${++databases}`
  await server.sql('postgres', `CREATE DATABASE ${database}`)
  await server.sql(database, script)
  return database
}

/** The message of the failure, which must be one of ours. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => new Error('it was not refused'),
    (cause: unknown) => cause,
  )
  return `${(error as Error).name}: ${(error as Error).message}`
}
