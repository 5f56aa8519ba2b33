import type { Connection } from '../../ports.js'
import { Secret } from '../../secret.js'
import type { Described, Login } from './api.js'

/**
 * The newer API says with the login where to log in; before, only the connection string of the branch told, whose own
 * login may be another one. Undefined as long as neither does.
 */
export function connectionOf(from: { described: Described; login: Login; database: string }): Connection | undefined {
  const { described, login } = from
  const place = login.place ?? placeOf(described.connectionString)
  if (!place) return undefined
  const { host, port } = place
  const { username, password } = login
  const database = from.database || place.database
  const urlAt = (at: string) =>
    new Secret(
      `postgresql://${encodeURIComponent(username)}:${encodeURIComponent(password.reveal())}@${at}:${port}/${encodeURIComponent(database)}?sslmode=require`,
    )
  const pooler = poolerOf(host, described.id)
  return {
    url: urlAt(host),
    ...(pooler !== undefined && { pooledUrl: urlAt(pooler) }),
    host,
    port,
    database,
    username,
    password,
  }
}

function placeOf(connectionString: Secret | undefined): Login['place'] {
  const text = connectionString?.reveal() ?? ''
  if (!URL.canParse(text)) return undefined
  const { hostname, port, pathname } = new URL(text)
  return { host: hostname, port: Number(port || 5432), database: decodeURIComponent(pathname.slice(1)) }
}

/** The gateway tells the endpoints of a branch apart by the first label of their host: `{id}`, `{id}-pooler`. */
function poolerOf(host: string, id: string): string | undefined {
  return host.startsWith(`${id}.`) ? `${id}-pooler${host.slice(id.length)}` : undefined
}
