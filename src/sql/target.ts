import { Secret } from '../secret.js'

/** Where and as whom to log in. */
export interface Target {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: Secret
  readonly database: string
  /** libpq's sslmode; `prefer` when the URL names none. */
  readonly sslMode: string
  /** Path of a CA file, from `sslrootcert`. */
  readonly sslRootCert: string | undefined
}

/** Reads an admin URL that inputs.ts has validated. */
export function parseTarget(url: Secret): Target {
  const parsed = new URL(url.reveal())
  return {
    host: parsed.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(parsed.port || 5432),
    user: decodeURIComponent(parsed.username),
    password: new Secret(decodeURIComponent(parsed.password)),
    database: decodeURIComponent(parsed.pathname.slice(1)) || 'postgres',
    sslMode: parsed.searchParams.get('sslmode') ?? 'prefer',
    sslRootCert: parsed.searchParams.get('sslrootcert') ?? undefined,
  }
}

/** The connection URL in the form every PostgreSQL client reads. */
export function urlOf(target: Target): Secret {
  const host = target.host.includes(':') ? `[${target.host}]` : target.host
  const login = `${encodeURIComponent(target.user)}:${encodeURIComponent(target.password.reveal())}`
  const query = target.sslMode === 'prefer' ? '' : `?sslmode=${target.sslMode}`
  return new Secret(`postgresql://${login}@${host}:${target.port}/${encodeURIComponent(target.database)}${query}`)
}
