import { readFileSync } from 'node:fs'
import pg from 'pg'
import type { Databases } from '../../../sim/platforms/databases.js'
import { gatewayCertificate } from '../../../sim/platforms/gateway.js'
import { startXata, type Xata, type XataOptions } from '../../../sim/platforms/xata.js'
import type { BranchDatabase, Connection, PlatformAccount, PlatformPorts, Provider } from '../../../src/ports.js'
import { createXataProvider } from '../../../src/providers/xata.js'
import { Secret } from '../../../src/secret.js'
import { foundIn, maskedSpec, originalsOf } from '../../fixtures/masking.js'
import {
  accountOf,
  portsOf,
  type SimulatedPlatform,
  simulatedPlatform,
  type TestPorts,
} from '../../fixtures/platform.js'

export const accountAt = (xata: Xata): Partial<PlatformAccount> => ({
  apiUrl: xata.url,
  apiKey: new Secret('xau_0123456789'),
  organization: 'acme',
  project: 'prj_1',
})

/** Runs SQL as the branch's own user. The driver would look for the gateway's authority on the machine. */
export async function sql(connection: Connection, text: string): Promise<Record<string, string>[]> {
  const url = connection.url.reveal()
  if (!url.endsWith('?sslmode=require')) throw new Error('the URL does not ask for TLS')
  const ssl = { ca: readFileSync(gatewayCertificate, 'utf8') }
  const client = new pg.Client({ connectionString: url.replace(/\?.*/, ''), ssl })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Record<string, string>>(text)).rows
  } finally {
    await client.end()
  }
}

/** Rows of the main table, and a way to add one, through TLS. */
export const throughTls = {
  async rows(connection: Connection): Promise<number> {
    const [row] = await sql(connection, 'SELECT count(*) FROM customers')
    return Number(row?.['count'])
  },
  async write(connection: Connection): Promise<void> {
    await sql(connection, `INSERT INTO customers (name, email, address) VALUES ('Ada', 'ada@example.com', '{}')`)
  },
}

export async function xataPlatform(options: XataOptions = {}) {
  const simulated: SimulatedPlatform<Xata> = {
    simulate: (databases: Databases) => startXata(databases, options),
    account: accountAt,
    create: createXataProvider,
  }
  const platform = await simulatedPlatform(simulated)
  const originals = async (connection: Connection) =>
    foundIn((text) => sql(connection, text), await originalsOf(platform.databases))
  return { ...platform, ...throughTls, masking: { spec: (name: string) => maskedSpec(name), originals } }
}

/** For tests in which nobody logs in. */
const noDatabases = {
  server: { sql: async () => [] },
  parent: 'main',
  host: '127.0.0.1',
  port: 5432,
  copy: async () => undefined,
  login: async () => undefined,
  drop: async () => undefined,
} as unknown as Databases

export interface Scene {
  readonly xata: Xata
  readonly provider: Provider
  readonly ports: TestPorts
  /** The claims whose branch was emptied, with what the branch then said of itself. */
  readonly emptied: { url: string; branch: string; description: string | undefined }[]
  /** Another run, with the same key or another one. */
  run(change?: Partial<PlatformPorts>, account?: Partial<PlatformAccount>): Provider
  /** `POST …/branches` and the like, since the last time it was asked. */
  requests(): string[]
  /** Fails when somebody did what nobody may do. */
  close(): Promise<void>
}

/** The platform without a database server behind it. */
export async function quickScene(options: XataOptions = {}): Promise<Scene> {
  const xata = await startXata(noDatabases, options)
  const emptied: Scene['emptied'] = []
  const empty: BranchDatabase['empty'] = async ({ url }, { branch }) => {
    const at = [...xata.branches.values()].find(({ id }) => url.reveal().includes(id))
    emptied.push({ url: url.reveal(), branch, description: at?.description })
    return ['Emptied.']
  }
  const database = { empty } as BranchDatabase
  const ports = portsOf({ database })
  const run: Scene['run'] = (change = {}, account = {}) =>
    createXataProvider(accountOf({ ...accountAt(xata), ...account }), { ...ports, ...change })
  let asked = 0
  const requests = () => {
    const entries = xata.journal.slice(asked)
    asked = xata.journal.length
    return entries.map(({ method, path }) => {
      const [, id, rest = ''] = /\/branches(?:\/([^/]+))?(\/.*)?$/.exec(path) ?? []
      return `${method} ${id === undefined ? 'branches' : `branch${rest}`}`
    })
  }
  const close = async () => {
    await xata.close()
    if (xata.violations.length > 0) throw new Error(xata.violations.join('\n'))
  }
  return { xata, provider: run(), ports, emptied, run, requests, close }
}

export async function failureOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise
  } catch (error) {
    return error as Error
  }
  throw new Error('it did not fail')
}
