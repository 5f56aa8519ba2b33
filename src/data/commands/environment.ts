import { isPassed } from '../../domain/command-variables.js'
import type { Connection } from '../../ports.js'
import { postgresVariables } from '../../sql/postgres-variables.js'

export interface CommandEnvironment {
  /** The job's own variables. */
  readonly job: Readonly<Record<string, string | undefined>>
  /** Names that the workflow passes on beside the usual ones. */
  readonly asked: readonly string[]
  /** Direct, never through a pooler, where advisory locks of migration tools get stuck (facts 5.1). */
  readonly connection: Connection
  /** A name for the URL beside DATABASE_URL. */
  readonly urlName: string
}

/**
 * What a team's command sees: the little of the job that tools need, and the branch's URL in the forms that tools read.
 * The URL stands in the environment only, never among the arguments, which every process of the machine can list.
 */
export function commandEnvironment({ job, asked, connection, urlName }: CommandEnvironment): Record<string, string> {
  const url = connection.url.reveal()
  const ofJob = Object.entries(job).filter((entry): entry is [string, string] => {
    const [name, value] = entry
    return value !== undefined && isPassed(name, asked)
  })
  return Object.fromEntries([
    ...ofJob,
    ...(postgresVariables(connection) ?? []),
    ...jdbcVariables(connection),
    ['DATABASE_URL', url],
    [urlName, url],
    // Prisma asks its maker's server for news at every start.
    ['CHECKPOINT_DISABLE', '1'],
  ])
}

/** Java's drivers want user and password apart: https://jdbc.postgresql.org/documentation/use/ */
function jdbcVariables({ url, host, port, database, username, password }: Connection): [string, string][] {
  const mode = new URL(url.reveal()).searchParams.get('sslmode')
  const address = host.includes(':') ? `[${host}]` : host
  const query = mode === null ? '' : `?sslmode=${encodeURIComponent(mode)}`
  return [
    ['JDBC_DATABASE_URL', `jdbc:postgresql://${address}:${port}/${encodeURIComponent(database)}${query}`],
    ['JDBC_DATABASE_USERNAME', username],
    ['JDBC_DATABASE_PASSWORD', password.reveal()],
  ]
}
