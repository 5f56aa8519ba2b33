import { InputError } from '../errors.js'
import { Secret } from '../secret.js'
import type { RawInputs } from './readers.js'

const sslModes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full']

/** The value is never repeated in a message: it holds the password. */
export function parseAdminUrl(raw: RawInputs): Secret {
  const text = raw('admin_url')
  const say = (rule: string) =>
    new InputError(
      `Input "admin_url" ${rule}. It has the form postgresql://user:password@host:5432/postgres, best kept as a repository secret.`,
    )
  if (text === '')
    throw say('is missing; when it comes from a secret, check that the secret exists and that this event may read it')
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url) throw say('is not a URL; a password with special characters must be percent-encoded')
  if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:')
    throw say('does not start with postgres:// or postgresql://')
  if (!url.hostname) throw say('names no host')
  if (!url.username) throw say('names no user')
  if (!url.password) throw say("holds no password, from which the branches' own passwords are derived")
  try {
    decodeURIComponent(url.username + url.password + url.pathname)
  } catch {
    throw say('holds a "%" that is no percent-encoding; write it as %25')
  }
  const sslMode = url.searchParams.get('sslmode')
  if (sslMode !== null && !sslModes.includes(sslMode))
    throw say(`has an unknown sslmode; allowed are ${sslModes.join(', ')}`)
  return new Secret(text)
}
