import { ForgeError } from '../errors.js'
import type { Connection, Job, Sink } from '../ports.js'

/** Asks for the variables that PostgreSQL's own programs read. */
export const postgresVariables = 'PG*'

/**
 * The URL as environment variables of the later steps of this job. The pooled one, where there is one, stands beside it
 * as `<NAME>_POOLED`.
 */
export function exportedVariables(names: readonly string[], job: Pick<Job, 'exportVariable'>): Sink {
  return {
    name: `variables ${names.join(', ')} of the job`,
    async publish(connection) {
      const variables = names.flatMap((name) => variablesFor(name, connection))
      for (const [name, value] of variables) job.exportVariable(name, value)
    },
  }
}

function variablesFor(name: string, connection: Connection): [name: string, value: string][] {
  if (name === postgresVariables) return postgresOf(connection)
  const { url, pooledUrl } = connection
  return [[name, url.reveal()], ...(pooledUrl ? [[`${name}_POOLED`, pooledUrl.reveal()] as [string, string]] : [])]
}

/** Parameters of a URL that have a variable: https://www.postgresql.org/docs/current/libpq-envars.html */
const parameters = [
  ['sslmode', 'PGSSLMODE'],
  ['channel_binding', 'PGCHANNELBINDING'],
  ['sslrootcert', 'PGSSLROOTCERT'],
  ['options', 'PGOPTIONS'],
] as const

function postgresOf({ url, host, port, database, username, password }: Connection): [string, string][] {
  const { protocol, searchParams } = new URL(url.reveal())
  if (!/^postgres(ql)?:$/.test(protocol)) {
    throw new ForgeError(
      `Exporting "PG*" failed: the branch is no PostgreSQL database. Name a variable for the URL in "export_env" instead.`,
    )
  }
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
