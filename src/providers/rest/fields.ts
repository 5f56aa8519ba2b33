import type { Shape } from '../../http/shape.js'
import type { Entry, Fields } from './document.js'
import type { Meaning, Pointer, Protection, Scalar } from './model.js'

const pointerGrammar = /^(\/([^/~]|~[01])*)*$/

/** Source: https://www.rfc-editor.org/rfc/rfc6901 */
export function readPointer(entry: Entry): Pointer {
  const text = entry.text(pointerGrammar, 'a JSON pointer such as "/branches", or "" for the whole answer')
  return text
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

export function readScalars(entry: Entry): Scalar[] {
  return entry.list('a list of values, such as [ready]', (item) => item.scalar())
}

/** Statuses of a kind: `from` and `to` say which make sense in that place. */
export function readMeanings(entry: Entry, from: number, to: number): Meaning[] {
  return entry.list(`a list of status codes, such as [${from}]`, (item) => {
    if (!item.isMap) return { status: item.integer({ from, to }) }
    const fields = item.fields(['status', 'at', 'in'])
    const status = fields.need('status', 'a status code').integer({ from, to })
    const at = readPointer(fields.need('at', 'a JSON pointer to the field that tells'))
    return { status, at, in: readScalars(fields.need('in', 'a list of the values that tell')) }
  })
}

export function readStatuses(entry: Entry, from: number, to: number): number[] {
  return entry.list(`a list of status codes, such as [${from}]`, (item) => item.integer({ from, to }))
}

export function readProtection(entry: Entry): Protection {
  const fields = entry.fields(['at', 'in', 'not_in', 'because'])
  const at = readPointer(fields.need('at', 'a JSON pointer to the field that tells'))
  const because = fields
    .need('because', 'the reason, such as "it is protected"')
    .text(/^\S.{0,99}$/, 'one short line of text')
  if (fields.has('in') === fields.has('not_in')) entry.fail('needs one of "in" and "not_in"', 'exactly one of them')
  const protects = fields.has('in') ? 'in' : 'not_in'
  return { at, values: readScalars(fields.need(protects, 'a list of values')), protects, because }
}

/** Whether an answer has one of these meanings. A field that is no single value has none. */
export function means(meanings: readonly Meaning[], answer: { status: number; body: Shape }): boolean {
  return meanings.some(({ status, at, in: values = [] }) => {
    if (status !== answer.status) return false
    return at === undefined || holds(answer.body, at, values)
  })
}

/** An answer that refuses can be of any form, an HTML page too: what cannot be read has no meaning. */
function holds(body: Shape, at: Pointer, values: readonly Scalar[]): boolean {
  try {
    return values.includes(body.follow(at).scalar)
  } catch {
    return false
  }
}

/** A pointer that may be left out. */
export function pointer<Key extends string>(fields: Fields<Key>, key: Key): Pointer | undefined {
  const entry = fields.get(key)
  return entry && readPointer(entry)
}
