import type { Connection } from '../ports.js'

/** Parameters of a URL that have a variable: https://www.postgresql.org/docs/current/libpq-envars.html */
const parameters = [
  ['sslmode', 'PGSSLMODE'],
  ['channel_binding', 'PGCHANNELBINDING'],
  ['sslrootcert', 'PGSSLROOTCERT'],
  ['options', 'PGOPTIONS'],
] as const

/** The variables that PostgreSQL's own programs read; undefined when the branch is no PostgreSQL database. */
export function postgresVariables(connection: Connection): [name: string, value: string][] | undefined {
  const { url, host, port, database, username, password } = connection
  const { protocol, searchParams } = new URL(url.reveal())
  if (!/^postgres(ql)?:$/.test(protocol)) return undefined
  return [
    ['PGHOST', host],
    ['PGPORT', String(port)],
    ['PGDATABASE', database],
    ['PGUSER', username],
    ['PGPASSWORD', password.reveal()],
    ...parameters.flatMap(([parameter, name]): [string, string][] => {
      const value = searchParams.get(parameter)
      return value === null ? [] : [[name, value]]
    }),
  ]
}
