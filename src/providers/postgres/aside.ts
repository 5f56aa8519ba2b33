import pg from 'pg'
import type { Branch } from '../../domain/branch.js'
import { ConflictError, ProviderError } from '../../errors.js'
import type { Clock } from '../../ports.js'
import { findBranch } from './catalog.js'
import { applicationName, asideName, isAside } from './names.js'
import { retryWithoutSessions } from './sessions.js'
import { type Session, sqlState } from '../../sql/session.js'

const { escapeIdentifier: name } = pg

/**
 * Renames a branch's database and role out of the way, within the caller's transaction; the role can no longer log in.
 * Names are looked up again by every statement, so only the renamed database tells whether it was the one that is meant.
 * @throws ConflictError when another database has that name by now.
 */
export async function moveAway(admin: Session, branch: Pick<Branch, 'id' | 'name'>, build: string): Promise<void> {
  const aside = name(asideName(build))
  await admin.query(`ALTER DATABASE ${name(branch.name)} RENAME TO ${aside}`)
  const [moved] = await admin.query<{ id: string }>('SELECT oid::text AS id FROM pg_database WHERE datname = $1', [
    asideName(build),
  ])
  if (moved?.id !== branch.id) throw new ConflictError(`"${branch.name}" was made anew since it was read`)
  await admin.query(`ALTER ROLE ${name(branch.name)} RENAME TO ${aside}; ALTER ROLE ${aside} NOLOGIN`)
}

/** Only a claimed branch is ever given to reset or delete: the guards see to that before. */
export function buildOf(branch: Branch): string {
  if (branch.claim.kind !== 'claim') throw new ProviderError(`"${branch.name}" carries no claim.`)
  return branch.claim.claim.build
}

/** 'absent' when the branch went, or was made anew, since it was read. */
export async function removeBranch(admin: Session, branch: Branch, build: string): Promise<'deleted' | 'absent'> {
  if (!isAside(branch.name)) {
    const fresh = await findBranch(admin, branch.name)
    if (fresh?.id !== branch.id) return 'absent'
    const moved = await retryWithoutSessions(admin, branch.name, () => moveAwayAlone(admin, branch, build))
    if (!moved) return 'absent'
  }
  await discard(admin, build)
  return 'deleted'
}

/** False when the branch went, or was made anew, since it was read. */
async function moveAwayAlone(admin: Session, branch: Branch, build: string): Promise<boolean> {
  await admin.query('BEGIN')
  try {
    await moveAway(admin, branch, build)
    await admin.query('COMMIT')
    return true
  } catch (error) {
    await admin.query('ROLLBACK')
    if (error instanceof ConflictError || sqlState(error) === '3D000') return false
    throw error
  }
}

/** Drops what stands aside under this build's name: first the database, then the role that owns it. */
export async function discard(admin: Session, build: string): Promise<void> {
  const aside = name(asideName(build))
  await admin.query(`DROP DATABASE IF EXISTS ${aside} WITH (FORCE)`)
  // Asked first: a role without CREATEROLE may not even drop one that does not exist.
  const [role] = await admin.query('SELECT FROM pg_roles WHERE rolname = $1', [asideName(build)])
  if (role) await admin.query(`DROP ROLE IF EXISTS ${aside}`)
}

/**
 * Ends the sessions of a build and waits until they are gone, at most 5 s: a copy that is being cancelled removes its
 * own files first. Only the sessions of this very build carry its random id.
 */
export async function endBuild(admin: Session, build: string, clock: Clock): Promise<void> {
  const application = [applicationName(build)]
  const others = 'FROM pg_stat_activity WHERE application_name = $1 AND pid <> pg_backend_pid()'
  await admin.query(`SELECT pg_terminate_backend(pid) ${others}`, application)
  for (let attempt = 0; attempt < 50; attempt++) {
    if ((await admin.query(`SELECT pid ${others}`, application)).length === 0) return
    await clock.sleep(100)
  }
}
