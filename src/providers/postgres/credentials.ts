import { scryptSync } from 'node:crypto'
import { Secret } from '../../secret.js'

/**
 * The password of a branch's own role: the same for every run that knows the admin password, so nothing has to be
 * stored. scrypt makes guessing a weak admin password from a branch password expensive (about 40 ms a guess).
 */
export function derivePassword(adminPassword: Secret, scope: { repository: number; branch: string }): Secret {
  const salt = `db-branch-action/1\0${scope.repository}\0${scope.branch}`
  return new Secret(scryptSync(adminPassword.reveal(), salt, 24, { N: 16384, r: 8, p: 1 }).toString('base64url'))
}
