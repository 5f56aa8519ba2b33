import { readFileSync } from 'node:fs'
import pg from 'pg'
import type { Databases } from '../../../sim/platforms/databases.js'
import { gatewayCertificate } from '../../../sim/platforms/gateway.js'
import { startXataLite, workspace, type XataLite, xataLiteKey } from '../../../sim/platforms/xata-lite.js'
import type { BranchDatabase, Connection, PlatformAccount, PlatformPorts, Provider } from '../../../src/ports.js'
import { createXataLiteProvider } from '../../../src/providers/xata-lite.js'
import { Secret } from '../../../src/secret.js'
import { accountOf, portsOf, simulatedPlatform, type TestPorts } from '../../fixtures/platform.js'

const sqlHost = 'us-east-1.sql.xata.sh'

const accountAt = (lite: XataLite): Partial<PlatformAccount> => ({
  apiUrl: lite.url,
  apiKey: new Secret(xataLiteKey),
  organization: workspace.id,
  region: workspace.region,
  database: workspace.database,
})

/** The URL names Xata's own gateway; here its place is taken by the server behind the simulator. */
function redirected(connection: Connection, { host, port }: Databases): Connection {
  const url = connection.url.reveal()
  if (!url.includes(`@${sqlHost}/`)) throw new Error('the URL does not lead to the gateway')
  return { ...connection, url: new Secret(url.replace(`@${sqlHost}/`, `@${host}:${port}/`)) }
}

function throughGateway(database: BranchDatabase, databases: Databases): BranchDatabase {
  const at = (connection: Connection) => redirected(connection, databases)
  return { ...database, copyLedgers: (from, to) => database.copyLedgers(at(from), at(to)) }
}

export async function xataLitePlatform() {
  let databases!: Databases
  const platform = await simulatedPlatform<XataLite>({
    simulate: (made) => startXataLite((databases = made)),
    account: accountAt,
    create: (account, ports) =>
      createXataLiteProvider(account, { ...ports, database: throughGateway(ports.database, databases) }),
  })
  /** The certificate must name the gateway that the URL names. */
  const sql = async (connection: Connection, text: string) => {
    const { host, port } = databases
    const [user, password] = [connection.username, connection.password.reveal()]
    const ssl = { ca: readFileSync(gatewayCertificate, 'utf8'), servername: sqlHost }
    if (!connection.url.reveal().endsWith(`@${sqlHost}/${connection.database}?sslmode=require`)) throw new Error('URL')
    const client = new pg.Client({ host, port, user, password, database: connection.database, ssl })
    client.on('error', () => undefined)
    await client.connect()
    try {
      return (await client.query<{ count?: string }>(text)).rows
    } finally {
      await client.end()
    }
  }
  const count = async (connection: Connection, table: string) =>
    Number((await sql(connection, `SELECT count(*) FROM ${table}`))[0]?.count)
  return {
    ...platform,
    count,
    rows: (connection: Connection) => count(connection, 'customers'),
    async write(connection: Connection) {
      await sql(connection, `INSERT INTO customers (name, email, address) VALUES ('Ada', 'ada@example.com', '{}')`)
    },
  }
}

/** For tests in which nobody logs in. */
const noDatabases = {
  server: { sql: async () => [] },
  parent: 'main',
  copy: async () => undefined,
  copySchema: async () => undefined,
  rename: async () => undefined,
  login: async () => undefined,
  drop: async () => undefined,
} as unknown as Databases

export interface Scene {
  readonly lite: XataLite
  readonly provider: Provider
  readonly ports: TestPorts
  /** Another run, with the same key or another one. */
  run(change?: Partial<PlatformPorts>, account?: Partial<PlatformAccount>): Provider
  /** `PUT branch` and the like, since the last time it was asked. */
  requests(): string[]
  /** Fails when somebody did what nobody may do. */
  close(): Promise<void>
}

/** The platform without a database server behind it. */
export async function quickScene(): Promise<Scene> {
  const lite = await startXataLite(noDatabases)
  const database = { copyLedgers: async () => ['Copied.'] } as unknown as BranchDatabase
  const ports = portsOf({ database })
  const run: Scene['run'] = (change = {}, account = {}) =>
    createXataLiteProvider(accountOf({ ...accountAt(lite), ...account }), { ...ports, ...change })
  let asked = 0
  const requests = () => {
    const entries = lite.journal.slice(asked)
    asked = lite.journal.length
    return entries.map(({ method, path }) => {
      if (path.startsWith('/dbs/')) return `${method} branches`
      return `${method} branch${path.endsWith('/metadata') ? '/metadata' : ''}`
    })
  }
  const close = async () => {
    await lite.close()
    if (lite.violations.length > 0) throw new Error(lite.violations.join('\n'))
  }
  return { lite, provider: run(), ports, run, requests, close }
}

export async function failureOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise
  } catch (error) {
    return error as Error
  }
  throw new Error('it did not fail')
}
