import pg from 'pg'
import type { Clock } from '../../ports.js'
import { applicationName, asideName } from './names.js'
import { type Session, sqlState } from './session.js'

const { escapeIdentifier: name } = pg

/** How often a database that is still in use is freed and tried again. */
const attempts = 5

/** Renames a branch's database and role out of the way; the role can no longer log in. */
export function moveAwayStatements(branch: string, build: string): string {
  const aside = name(asideName(build))
  return `ALTER DATABASE ${name(branch)} RENAME TO ${aside}; ALTER ROLE ${name(branch)} RENAME TO ${aside}; ALTER ROLE ${aside} NOLOGIN;`
}

/** A database in use cannot be renamed. The sessions ended here are those on our own branch, never the parent's. */
export async function retryWithoutSessions<T>(admin: Session, database: string, body: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [database])
    try {
      return await body()
    } catch (error) {
      if (sqlState(error) !== '55006' || attempt === attempts) throw error
    }
  }
}

/** Drops what stands aside under this build's name: first the database, then the role that owns it. */
export async function discard(admin: Session, build: string): Promise<void> {
  const aside = name(asideName(build))
  await admin.query(`DROP DATABASE IF EXISTS ${aside} WITH (FORCE)`)
  await admin.query(`DROP ROLE IF EXISTS ${aside}`)
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
