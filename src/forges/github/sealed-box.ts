import { hsalsa, xsalsa20poly1305 } from '@noble/ciphers/salsa.js'
import { blake2b } from '@noble/hashes/blake2.js'
import { createPublicKey, diffieHellman, generateKeyPairSync } from 'node:crypto'

/** Bytes of every key of X25519, and of the nonce. */
const keySize = 32
const nonceSize = 24

/** What comes before the 32 bytes of a public key of X25519: https://www.rfc-editor.org/rfc/rfc8410#section-4 */
const spki = Buffer.from('302a300506032b656e032100', 'hex')

/**
 * libsodium's `crypto_box_seal`, the only form in which GitHub takes secrets: a box by a key that nobody keeps, with that
 * key's public half before it. In base64. https://docs.github.com/rest/guides/encrypting-secrets-for-the-rest-api and
 * https://doc.libsodium.org/public-key_cryptography/sealed_boxes
 * @throws RangeError for a public key of another length.
 */
export function sealedBox(text: string, publicKey: string): string {
  const recipient = Buffer.from(publicKey, 'base64')
  if (recipient.length !== keySize) throw new RangeError(`a public key has ${keySize} bytes, not ${recipient.length}`)
  const ours = generateKeyPairSync('x25519')
  const sender = ours.publicKey.export({ type: 'spki', format: 'der' }).subarray(spki.length)
  const theirs = createPublicKey({ key: Buffer.concat([spki, recipient]), type: 'spki', format: 'der' })
  const shared = diffieHellman({ privateKey: ours.privateKey, publicKey: theirs })
  const nonce = blake2b(Buffer.concat([sender, recipient]), { dkLen: nonceSize })
  const box = xsalsa20poly1305(boxKey(shared), nonce).encrypt(Buffer.from(text))
  return Buffer.concat([sender, box]).toString('base64')
}

/** HSalsa20 of the shared secret under a nonce of zeros, as crypto_box_beforenm. */
function boxKey(shared: Uint8Array): Uint8Array {
  const sigma = words(Buffer.from('expand 32-byte k'))
  const out = new Uint32Array(keySize / 4)
  hsalsa(sigma, words(shared), new Uint32Array(4), out)
  return new Uint8Array(out.buffer)
}

/** Little-endian, on every machine that Node runs on. */
function words(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(Uint8Array.from(bytes).buffer)
}
