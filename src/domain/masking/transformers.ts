import type { Transformer } from './transformer.js'
import { textTransformers } from './transformers-text.js'
import { typedTransformers } from './transformers-typed.js'

/** `json` masks values inside a document by its own rules per path; see json-mask.ts. */
const jsonTransformer: Transformer = {
  meaning: 'values at `paths` by their own rules; every other text and number `rest: redact` or kept with a reason',
  parameters: {},
  kinds: ['json'],
  uniqueness: () => ({ kind: 'lossy' }),
  make: ({ value }) => value,
  proof: () => ({ kind: 'unproven', why: 'each path proves itself' }),
}

/** Every transformer by its name in the rules. */
export const transformers: Readonly<Record<string, Transformer>> = {
  ...textTransformers,
  ...typedTransformers,
  json: jsonTransformer,
}

/** Names that other tools' rules use for ours. */
export const aliases: Readonly<Record<string, string>> = { deterministic_hash: 'hash', generalize: 'generalise' }

/** @throws never; undefined for a name that is not in the catalogue. */
export function transformerOf(name: string): Transformer | undefined {
  return Object.hasOwn(transformers, name) ? transformers[name] : undefined
}
