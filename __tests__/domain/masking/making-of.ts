import type { Making, Shape, ValueKind } from '../../../src/domain/masking/transformer.js'
import { transformerOf } from '../../../src/domain/masking/transformers.js'

interface Asked {
  readonly kind?: ValueKind
  readonly type?: string
  readonly length?: number
  readonly parameters?: Making['parameters']
}

const shape = ({ kind = 'text', type = kind, length, parameters = {} }: Asked): Shape => ({
  kind,
  type,
  length,
  parameters,
})

function named(name: string) {
  const transformer = transformerOf(name)
  if (!transformer) throw new Error(`There is no transformer ${name}.`)
  return transformer
}

/** What a transformer makes of the value `v`; `d` is its digest and `d(part, text)` any other, `t.<name>` a column. */
export function madeBy(name: string, asked: Asked = {}): string {
  const hmac: Making['hmac'] = (part, of) => (part === undefined ? 'd' : `d(${part}, ${of ?? 'v'})`)
  const made = named(name).make({ ...shape(asked), value: 'v', hmac, column: (column) => `t.${column}` })
  return made.replace(/\n\s+/g, ' ')
}

/** What a masked value `v` obeys, and whether an original may do so by chance. */
export function proofOf(name: string, asked: Asked = {}) {
  const proof = named(name).proof(shape(asked))
  return proof.kind === 'shape' ? { small: proof.small, holds: proof.holds('v') } : proof
}

/** Characters of the longest value, and how far different values stay different. */
export function promiseOf(name: string, asked: Asked = {}) {
  const { longest, uniqueness } = named(name)
  const { kind, ...rest } = uniqueness(shape(asked))
  return [longest?.(shape(asked)), kind, ...Object.values(rest)]
}

export const objectionTo = (name: string, asked: Asked = {}) => named(name).objection?.(shape(asked))
