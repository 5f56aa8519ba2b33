import pg from 'pg'
import { ProviderError, RefusedError } from '../../errors.js'
import type { Sql } from '../../ports.js'

const { escapeIdentifier: name } = pg

/** The user of `admin_url`, and the server as it sees it. */
export interface AdminRole {
  readonly superuser: boolean
  /** `server_version_num`. */
  readonly version: number
}

/**
 * Asked before anything is made, so that the first failure is one that says what to do.
 * @throws RefusedError when the role may not make databases and roles. Both are attributes, which no membership gives:
 * https://www.postgresql.org/docs/18/role-attributes.html
 */
export async function readAdminRole(admin: Sql): Promise<AdminRole> {
  const [role] = await admin.query<AdminRole & { user: string; missing: string[] }>(
    `SELECT current_setting('server_version_num')::int AS version, rolsuper AS superuser, rolname::text AS user,
            array_remove(ARRAY[CASE WHEN NOT rolcreatedb THEN 'CREATEDB' END, CASE WHEN NOT rolcreaterole THEN 'CREATEROLE' END], NULL) AS missing
       FROM pg_roles WHERE rolname = current_user`,
  )
  if (!role)
    throw new ProviderError('Reading the server version failed: the admin role does not see itself. Check "admin_url".')
  const { superuser, version, user, missing } = role
  if (!superuser && missing.length > 0) {
    throw new RefusedError(
      `Making a branch refused: the user "${user}" of "admin_url" may not make databases and roles. Run ALTER ROLE ${name(user)} ${missing.join(' ')} as a superuser, or use a superuser.`,
    )
  }
  return { superuser, version }
}
