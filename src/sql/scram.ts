import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'
import type { Secret } from '../secret.js'

const iterations = 4096

/**
 * What PostgreSQL stores for a SCRAM password. Sent in place of the password, so that the password itself never
 * reaches the server's log or pg_stat_activity. `salt`: 16 random bytes.
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
