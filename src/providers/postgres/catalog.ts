import type { Branch } from '../../domain/branch.js'
import { readClaim } from '../../domain/claim.js'
import { type Known, known } from '../../domain/known.js'
import type { Sql } from '../../ports.js'
import { applicationName, asidePattern, isAside } from './names.js'

interface BranchRow {
  readonly id: string
  readonly name: string
  readonly comment: string | null
  readonly owner_comment: string | null
  readonly template: boolean
}

const branchColumns = `d.oid::text AS id, d.datname::text AS name, shobj_description(d.oid, 'pg_database') AS comment,
  shobj_description(d.datdba, 'pg_authid') AS owner_comment, d.datistemplate AS template`

/** Every database of the server, and the roles that a dead run left without one. */
export async function listBranches(sql: Sql): Promise<Branch[]> {
  const databases = await sql.query<BranchRow>(`SELECT ${branchColumns} FROM pg_database d ORDER BY d.datname`)
  const branches = [...databases.map(branchOf), ...(await lonelyRoles(sql))]
  if (!branches.some((branch) => branch.leftover)) return branches
  const sessions = await sql.query<{ application: string }>(
    'SELECT application_name AS application FROM pg_stat_activity',
  )
  const working = new Set(sessions.map((session) => session.application))
  return branches.map((branch) => {
    const builds =
      branch.leftover && branch.claim.kind === 'claim' && working.has(applicationName(branch.claim.claim.build))
    return builds ? { ...branch, alive: true as const } : branch
  })
}

export async function findBranch(sql: Sql, name: string): Promise<Branch | undefined> {
  const [row] = await sql.query<BranchRow>(`SELECT ${branchColumns} FROM pg_database d WHERE d.datname = $1`, [name])
  if (row) return branchOf(row)
  return isAside(name) ? (await lonelyRoles(sql)).find((role) => role.name === name) : undefined
}

/** What stands aside for this branch name with no session working on it. */
export async function deadLeftovers(sql: Sql, name: string): Promise<Branch[]> {
  return (await listBranches(sql)).filter(
    ({ leftover, alive, claim }) => leftover && !alive && claim.kind === 'claim' && claim.claim.branch === name,
  )
}

/** How many people and programs are logged in to each database, by its id. Autovacuum has no user. */
export async function sessionCounts(sql: Sql): Promise<Map<string, Known<number>>> {
  const rows = await sql.query<{ id: string; sessions: number }>(
    `SELECT d.oid::text AS id, count(a.pid)::int AS sessions FROM pg_database d
       LEFT JOIN pg_stat_activity a ON a.datid = d.oid AND a.usesysid IS NOT NULL AND a.pid <> pg_backend_pid()
      GROUP BY d.oid`,
  )
  return new Map(rows.map((row) => [row.id, known(row.sessions)]))
}

/** Claimed roles under a reserved name whose database is gone or never came. */
async function lonelyRoles(sql: Sql): Promise<Branch[]> {
  const roles = await sql.query<{ id: string; name: string; comment: string | null }>(
    `SELECT r.oid::text AS id, r.rolname::text AS name, shobj_description(r.oid, 'pg_authid') AS comment
       FROM pg_roles r WHERE r.rolname LIKE $1 AND NOT EXISTS (SELECT FROM pg_database d WHERE d.datname = r.rolname)`,
    [asidePattern],
  )
  return roles.map((role) => ({
    id: `role:${role.id}`,
    name: role.name,
    claim: readClaim(role.comment),
    leftover: true,
  }))
}

function branchOf(row: BranchRow): Branch {
  const aside = isAside(row.name)
  const own = readClaim(row.comment)
  return {
    id: row.id,
    name: row.name,
    // Between CREATE DATABASE and its comment, the claim stands on the role that owns the database.
    claim: aside && own.kind === 'none' ? readClaim(row.owner_comment) : own,
    ...(row.template && { protection: 'it is a template database' }),
    ...(aside && { leftover: true as const }),
  }
}
