import { createHmac, hkdfSync } from 'node:crypto'
import type { UrlMark } from '../ports.js'
import type { Secret } from '../secret.js'

/**
 * Tells whether a place holds a URL already, where the place does not show what it holds: HMAC-SHA-256 under a key that
 * is derived from `seal_key` and never leaves the run. It tells two URLs apart and nothing about them, and may therefore
 * stand where others can read it. Bound to the place, so that nobody learns which places hold the same URL.
 */
export function urlMark(sealKey: Secret): UrlMark {
  const key = Buffer.from(hkdfSync('sha256', sealKey.reveal(), '', 'db-branch-action url mark 1', 32))
  return (url, place) =>
    createHmac('sha256', key)
      .update(JSON.stringify([place, url.reveal()]))
      .digest('hex')
      .slice(0, 32)
}
