import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'
import { longestSealed, readSealedConnection, sealedContext, type SealedFor, sealedPrefix } from '../domain/sealed.js'
import { ForgeError, RefusedError } from '../errors.js'
import type { Connection, Job, RandomHex, Sink } from '../ports.js'
import { Secret } from '../secret.js'

/** In bytes. */
const saltLength = 16
const keyLength = 32
const nonceLength = 12
const tagLength = 16

/** One sentence for every reason: which one it was would help only somebody who tries. */
const refusal =
  'Opening "sealed" refused: it was altered, or sealed with another "seal_key", or for another repository, pull request or branch. ' +
  'Hand on the output "sealed_connection_string" of a job of the same run unchanged, with the same "seal_key" and "branch_name".'

/**
 * The URL as a text that may pass through job outputs and logs: only who holds the key can read it, and nobody can alter
 * it. AES-256-GCM under a key of its own, derived by HKDF-SHA-256 (RFC 5869) from `seal_key` and a random salt, so that
 * no two texts share key and nonce. Whom it is for is authenticated with it. base64url, because the runner drops
 * outputs that hold a masked value, and no URL is base64url.
 */
export function seal(
  key: Secret,
  recipient: SealedFor,
  { connection, salt }: { connection: Connection; salt: Buffer },
): string {
  const { url, pooledUrl, host, port, database, username, password } = connection
  const text = JSON.stringify({
    url: url.reveal(),
    ...(pooledUrl && { pooledUrl: pooledUrl.reveal() }),
    host,
    port,
    database,
    username,
    password: password.reveal(),
  })
  const cipher = createCipheriv('aes-256-gcm', ...derived(key, salt), { authTagLength: tagLength })
  cipher.setAAD(Buffer.from(sealedContext(recipient)))
  const body = Buffer.concat([cipher.update(text), cipher.final()])
  return sealedPrefix + Buffer.concat([salt, body, cipher.getAuthTag()]).toString('base64url')
}

/** @throws RefusedError, always the same one, for whatever was not sealed with this key for this recipient. */
export function openSealed(key: Secret, recipient: SealedFor, sealed: string): Connection {
  const text = opened(key, recipient, sealed)
  const found = text === undefined ? undefined : readSealedConnection(text)
  if (!found) throw new RefusedError(refusal)
  const { url, pooledUrl, password, host, port, database, username } = found
  return {
    url: new Secret(url),
    ...(pooledUrl !== undefined && { pooledUrl: new Secret(pooledUrl) }),
    password: new Secret(password),
    ...{ host, port, database, username },
  }
}

function opened(key: Secret, recipient: SealedFor, sealed: string): string | undefined {
  if (sealed.length > longestSealed || !sealed.startsWith(sealedPrefix)) return undefined
  const body = sealed.slice(sealedPrefix.length)
  const bytes = Buffer.from(body, 'base64url')
  // Decoding skips what is not of the alphabet and the spare bits of the last letter; both would be an alteration.
  if (bytes.toString('base64url') !== body || bytes.length < saltLength + tagLength) return undefined
  const salt = bytes.subarray(0, saltLength)
  const decipher = createDecipheriv('aes-256-gcm', ...derived(key, salt), { authTagLength: tagLength })
  decipher.setAAD(Buffer.from(sealedContext(recipient)))
  decipher.setAuthTag(bytes.subarray(-tagLength))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(saltLength, -tagLength)), decipher.final()]).toString()
  } catch {
    return undefined
  }
}

function derived(key: Secret, salt: Buffer): [key: Buffer, nonce: Buffer] {
  const bytes = Buffer.from(hkdfSync('sha256', key.reveal(), salt, `${sealedPrefix} url`, keyLength + nonceLength))
  return [bytes.subarray(0, keyLength), bytes.subarray(keyLength)]
}

/** How often a text that happens to hold a masked value is sealed anew. */
const attempts = 5

/** The output `sealed_connection_string`. Nothing of it stays behind, so nothing is withdrawn. */
export function sealedSink(
  { key, recipient }: { key: Secret; recipient: SealedFor },
  { job, random }: { job: Pick<Job, 'output' | 'hides'>; random: RandomHex },
): Sink {
  return {
    name: 'sealed output',
    async publish(connection) {
      for (let attempt = 1; attempt <= attempts; attempt++) {
        const text = seal(key, recipient, { connection, salt: Buffer.from(random(saltLength), 'hex') })
        // The runner would drop it from the job outputs. Another salt makes another text.
        if (!job.hides(text)) return job.output('sealed_connection_string', text)
      }
      throw new ForgeError(
        'Sealing the URL failed: every sealed text holds a value that the runner masks, and it would drop the output. Look for a secret of few characters and use a longer one.',
      )
    },
  }
}
