import { createHash, createHmac, pbkdf2Sync, scryptSync } from 'node:crypto'
import { Secret } from '../../secret.js'

/**
 * The password of a branch's own role: the same for every run that knows the admin password, so nothing has to be
 * stored. scrypt makes guessing a weak admin password from a branch password expensive (about 40 ms a guess).
 */
export function derivePassword(adminPassword: Secret, scope: { repository: number; branch: string }): Secret {
  const salt = `db-branch-action/1\0${scope.repository}\0${scope.branch}`
  return new Secret(scryptSync(adminPassword.reveal(), salt, 24, { N: 16384, r: 8, p: 1 }).toString('base64url'))
}

const iterations = 4096

/**
 * What PostgreSQL stores for a SCRAM password. Sent in place of the password, so that the password itself never
 * reaches the server's log or pg_stat_activity.
 * Source: https://www.postgresql.org/docs/current/catalog-pg-authid.html and RFC 5802, section 3. The passwords here
 * are plain ASCII, on which SASLprep changes nothing.
 */
export function scramVerifier(password: Secret, salt: Buffer): string {
  const salted = pbkdf2Sync(password.reveal(), salt, iterations, 32, 'sha256')
  const stored = createHash('sha256').update(hmac(salted, 'Client Key')).digest()
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored.toString('base64')}:${hmac(salted, 'Server Key').toString('base64')}`
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
