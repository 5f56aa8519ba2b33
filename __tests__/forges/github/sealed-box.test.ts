import { expect, it } from '@jest/globals'
import sodium from 'libsodium-wrappers'
import { sealedBox } from '../../../src/forges/github/sealed-box.js'

await sodium.ready

it('makes boxes that libsodium opens, of texts of every length', () => {
  const { publicKey, privateKey } = sodium.crypto_box_keypair()
  const key = sodium.to_base64(publicKey, sodium.base64_variants.ORIGINAL)
  for (let length = 0; length < 300; length++) {
    const text = 'pässwörd ☃'.repeat(40).slice(0, length)
    const box = sodium.from_base64(sealedBox(text, key), sodium.base64_variants.ORIGINAL)
    expect(sodium.to_string(sodium.crypto_box_seal_open(box, publicKey, privateKey))).toBe(text)
  }
})

it('never makes the same box twice', () => {
  const key = sodium.to_base64(sodium.crypto_box_keypair().publicKey, sodium.base64_variants.ORIGINAL)
  expect(sealedBox('text', key)).not.toBe(sealedBox('text', key))
})

it.each(['', 'AAAA', Buffer.alloc(33).toString('base64')])('takes no key of another length: "%s"', (key) => {
  expect(() => sealedBox('text', key)).toThrow(RangeError)
})
