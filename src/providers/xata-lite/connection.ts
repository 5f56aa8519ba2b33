import type { Connection, PlatformAccount } from '../../ports.js'
import { Secret } from '../../secret.js'

const port = 5432

/**
 * The URL is built, not read, as the vendor's client builds it (`sql.connectionString` of npm `@xata.io/client`): the
 * user is the last part of the workspace's id, and the password is the API key itself.
 */
export function connectionTo(branch: string, account: PlatformAccount): Connection {
  const username = account.organization.split('-').at(-1) ?? ''
  const host = sqlHost(account)
  const login = `${encodeURIComponent(username)}:${encodeURIComponent(account.apiKey.reveal())}`
  const database = `${account.database}:${branch}`
  // The colon stays as it is: not every client decodes it.
  const name = `${encodeURIComponent(account.database)}:${encodeURIComponent(branch)}`
  const url = new Secret(`postgresql://${login}@${host}/${name}?sslmode=require`)
  return { url, host, port, database, username, password: account.apiKey }
}

/**
 * `{workspace}.{region}.xata.sh` has its SQL at `{region}.sql.xata.sh`, and each of the vendor's other domains likewise.
 * An address of another form, such as that of a proxy, stands for the first.
 */
export function sqlHost({ apiUrl, organization, region }: PlatformAccount): string {
  const { hostname } = new URL(apiUrl)
  const prefix = `${organization}.${region}.`.toLowerCase()
  const domain = hostname.startsWith(prefix) ? hostname.slice(prefix.length) : 'xata.sh'
  return `${region}.sql.${domain}`
}
