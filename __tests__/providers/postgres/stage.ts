import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from '@jest/globals'
import pg from 'pg'
import type { PostgresServer } from '../../../sim/postgres/server.js'
import type { BranchSpec, Connection, Made, Provider } from '../../../src/ports.js'
import { specOf } from '../../fixtures/postgres.js'

/** A branch with all rows, and its URL. */
export async function makeBranch(
  provider: Provider,
  name: string,
  change: Partial<BranchSpec> = {},
): Promise<Made & { readonly connection: Connection }> {
  const made = await provider.create(specOf(name, { dataPolicy: 'copy', ...change }))
  return { ...made, connection: await provider.connection(made.branch) }
}

/** A session that stays open; its errors are told by the next query. */
export async function openClient(url: string, applicationName?: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, ...(applicationName && { application_name: applicationName }) })
  client.on('error', () => undefined)
  await client.connect()
  return client
}

/**
 * Runs SQL on a database of any name, as the superuser unless a login is given. By fields: node-postgres does not
 * decode every name in a URL.
 */
export async function askByFields(
  server: PostgresServer,
  at: { database: string; login?: Connection },
  text: string,
): Promise<unknown[]> {
  const { host, port } = server
  const user = at.login?.username ?? 'postgres'
  const password = at.login?.password.reveal() ?? server.password
  const client = new pg.Client({ host, port, user, password, database: at.database })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}

/** A database that looks like somebody's own, closed to PUBLIC. No session stays on it. */
export async function makeParent(server: PostgresServer, database: string, script: string): Promise<void> {
  await server.sql('postgres', `CREATE DATABASE ${pg.escapeIdentifier(database)}`)
  await server.sql('postgres', `REVOKE CONNECT ON DATABASE ${pg.escapeIdentifier(database)} FROM PUBLIC`)
  await askByFields(server, { database }, script)
}

/** All databases and roles on the server, but those that PostgreSQL made. */
export async function everythingOn(server: PostgresServer): Promise<string[]> {
  const rows = await server.sql<{ name: string }>(
    'postgres',
    `SELECT 'database ' || datname AS name FROM pg_database WHERE datname !~ '^template|^postgres$'
      UNION ALL SELECT 'role ' || rolname FROM pg_roles WHERE rolname !~ '^pg_|^postgres$' ORDER BY 1`,
  )
  return rows.map((row) => row.name)
}

/** After each test: nothing was left, and nothing went that is not ours. */
export async function expectNothingBut(server: PostgresServer, before: readonly string[]): Promise<void> {
  expect(await everythingOn(server)).toEqual(before)
}

/** Polls until `check` gives something, at most 10 s. */
export async function until<T>(what: string, check: () => Promise<T | undefined | false>): Promise<T> {
  for (let attempt = 0; attempt < 400; attempt++) {
    const found = await check()
    if (found) return found
    await sleep(25)
  }
  throw new Error(`Waited 10 s in vain for ${what}.`)
}

/** `what failed: why. What to do.`: one reason and one advice, on one line. */
export const oneSentence = /^[A-Z][^\n]* (failed|refused): [^\n]+\. [A-Z"][^\n]*\.$/

export async function failureOf(work: Promise<unknown>): Promise<Error> {
  try {
    await work
  } catch (error) {
    return error as Error
  }
  throw new Error('It did not fail.')
}
