import { counted } from '../../domain/amounts.js'
import pg from 'pg'
import { RefusedError } from '../../errors.js'
import type { Sql } from '../../ports.js'
import { type Session, sqlState } from '../../sql/session.js'

const { escapeIdentifier: name } = pg

/**
 * CREATE DATABASE copies neither grants on the database nor its settings. PUBLIC's grants stay behind on purpose, and
 * those of the parent's own role where the parent is a branch: the role goes with it.
 */
export async function carryOver(admin: Session, parent: string, aside: string): Promise<string[]> {
  const grants = await admin.query<{ statement: string }>(
    `SELECT format('GRANT %s ON DATABASE %I TO %I', string_agg(a.privilege_type, ', '), $2::text, pg_get_userbyid(a.grantee)) AS statement
       FROM pg_database d, aclexplode(d.datacl) a WHERE d.datname = $1 AND a.grantee <> 0 AND a.grantee <> d.datdba
        AND NOT (pg_get_userbyid(a.grantee) = d.datname AND coalesce(shobj_description(d.oid, 'pg_database') LIKE 'db-branch-action/%', false))
      GROUP BY a.grantee`,
    [parent, aside],
  )
  for (const grant of grants) await admin.query(grant.statement)
  const settings = await admin.query<{ name: string; value: string }>(
    `SELECT split_part(setting, '=', 1) AS name, substr(setting, strpos(setting, '=') + 1) AS value
       FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase, unnest(s.setconfig) setting
      WHERE d.datname = $1 AND s.setrole = 0`,
    [parent],
  )
  const notes: string[] = []
  for (const setting of settings) {
    try {
      // FROM CURRENT takes the value as the server parsed it: quoting lists such as search_path by hand goes wrong.
      await admin.query('BEGIN')
      await admin.query('SELECT set_config($1, $2, true)', [setting.name, setting.value])
      await admin.query(`ALTER DATABASE ${name(aside)} SET ${settingName(setting.name)} FROM CURRENT`)
      await admin.query('COMMIT')
    } catch {
      await admin.query('ROLLBACK')
      notes.push(
        `The parent's setting ${setting.name} was not carried over: the server does not let this admin set it.`,
      )
    }
  }
  return notes
}

/** `auto_explain.log_min_duration` is two identifiers. */
function settingName(setting: string): string {
  return setting.split('.').map(name).join('.')
}

/**
 * User mappings hold passwords of other servers in clear, possibly the parent's own. Foreign tables stay, and reach
 * nothing without them; those of a wrapper that asks for no login, such as file_fdw, still read what they read before.
 */
export async function dropUserMappings(inside: Sql): Promise<string[]> {
  const mappings = await inside.query<{ statement: string }>(
    `SELECT format('DROP USER MAPPING FOR %s SERVER %I', CASE umuser WHEN 0 THEN 'PUBLIC' ELSE quote_ident(usename) END, srvname) AS statement
       FROM pg_user_mappings`,
  )
  try {
    for (const mapping of mappings) await inside.query(mapping.statement)
  } catch (error) {
    if (sqlState(error) !== '42501') throw error
    throw new RefusedError(
      'Copying the parent refused: it holds user mappings with logins of other servers, and this admin may not drop them in the copy. Use a superuser in "admin_url".',
      { cause: error },
    )
  }
  return mappings.length === 0
    ? []
    : [`Dropped ${counted(mappings.length, 'user mapping')} with logins of other servers.`]
}
