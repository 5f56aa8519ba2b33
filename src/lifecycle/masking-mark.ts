import type { MaskingMark } from '../domain/claim.js'
import type { MaskingOrder } from '../ports.js'

/** What a claim says of how its branch's rows were masked. */
export function markOf({ hash, key }: MaskingOrder): MaskingMark {
  return { rules: hash.slice(0, 16), key: key.id }
}
