/** Nothing under this prefix is ever a branch that was handed out: only what is being built or taken apart. */
const reserved = 'db-branch~'

/** For LIKE. */
export const asidePattern = `${reserved}%`

/** The name under which a build stands, database and role alike, while it is not (or no longer) a branch. */
export function asideName(build: string): string {
  return `${reserved}${build}`
}

export function isAside(name: string): boolean {
  return name.startsWith(reserved)
}

/** The application_name of the session that works on a build: as long as one is there, the build is alive. */
export function applicationName(build: string): string {
  return `db-branch-action ${build}`
}

/** SQL: the schema `n` of pg_namespace is one that people made, not the system's own. */
export const userSchema = `n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`
