import { type Path, type RulesReader, hint } from './rules-reader.js'
import {
  type JsonPathRule,
  type Mask,
  type Normalisation,
  type ParameterValue,
  normalisations,
  plainMask,
} from './rules.js'
import type { Parameter, Transformer } from './transformer.js'
import { aliases, transformerOf, transformers } from './transformers.js'

const options = ['mask', 'normalise', 'group', 'allow_uniqueness_loss']
const jsonOptions = ['paths', 'rest']

/** `email` or `{ mask: email, domain: keep }`; parameters stand beside the transformer's name. */
export function parseMask(read: RulesReader, value: unknown, path: Path): Mask | undefined {
  if (!['string', 'object'].includes(typeof value))
    return read.problem(path, 'must name a transformer, or { keep: <why> }')
  const entry = typeof value === 'string' ? { mask: value } : Object.fromEntries(read.map(value, path))
  const written = entry['mask']
  // YAML reads a bare `null` as no value at all.
  const asked = value === null || (written === null && 'mask' in entry) ? 'null' : written
  if (typeof asked !== 'string') return read.problem(path, 'must name a transformer, or { keep: <why> }')
  const name = Object.hasOwn(aliases, asked) ? (aliases[asked] ?? asked) : asked
  const transformer = transformerOf(name)
  if (!transformer)
    return read.problem(
      path,
      `names the transformer "${asked}", which does not exist${hint(asked, Object.keys(transformers))}`,
    )
  const own = [...Object.keys(transformer.parameters), ...(name === 'json' ? jsonOptions : [])]
  if (typeof value !== 'string') read.only(value ?? {}, path, [...options, ...own])
  const before = read.problems.length
  const mask = plainMask(name, read.place(path), {
    parameters: parameters(read, { entry, transformer }, path),
    normalise: normalisation(read, entry['normalise'], [...path, 'normalise']),
    group: group(read, entry['group'], [...path, 'group']),
    allowUniquenessLoss: yes(read, entry['allow_uniqueness_loss'], [...path, 'allow_uniqueness_loss']),
    ...(name === 'json' ? jsonRules(read, entry, path) : {}),
  })
  return read.problems.length > before ? undefined : mask
}

function parameters(
  read: RulesReader,
  { entry, transformer }: { entry: Record<string, unknown>; transformer: Transformer },
  path: Path,
): Record<string, ParameterValue> {
  const given: Record<string, ParameterValue> = {}
  for (const [name, parameter] of Object.entries(transformer.parameters)) {
    const value = entry[name]
    if (value === undefined) {
      if (parameter.required) read.problem(path, `needs "${name}": ${parameter.meaning}`)
      continue
    }
    const wrong = objection(value, parameter)
    if (wrong === undefined) given[name] = value as ParameterValue
    else read.problem([...path, name], wrong)
  }
  return given
}

function objection(value: unknown, { type, atLeast = -Infinity, atMost = Infinity }: Parameter): string | undefined {
  if (type === 'text') {
    return ['string', 'number', 'boolean'].includes(typeof value) ? undefined : 'must be a text'
  }
  if (type === 'yes or no') return typeof value === 'boolean' ? undefined : 'must be true or false'
  if (type !== 'whole number') return type.includes(String(value)) ? undefined : `must be one of ${type.join(', ')}`
  const fits = typeof value === 'number' && Number.isSafeInteger(value) && value >= atLeast && value <= atMost
  return fits ? undefined : `must be a whole number${range(atLeast, atMost)}`
}

function range(atLeast: number, atMost: number): string {
  const from = atLeast === -Infinity ? '' : ` from ${atLeast}`
  return atMost === Infinity ? from : `${from} to ${atMost}`
}

function normalisation(read: RulesReader, value: unknown, path: Path): Normalisation | undefined {
  if (value === undefined || normalisations.includes(value as Normalisation)) return value as Normalisation | undefined
  return read.problem(path, `must be one of ${normalisations.join(', ')}`)
}

/** It becomes part of the digest's input, where a colon ends it. */
function group(read: RulesReader, value: unknown, path: Path): string | undefined {
  if (value === undefined || (typeof value === 'string' && /^[\w.-]+$/.test(value))) return value
  return read.problem(path, 'must be made of letters, digits, dots and dashes')
}

function yes(read: RulesReader, value: unknown, path: Path): boolean {
  if (value === undefined || typeof value === 'boolean') return value ?? false
  read.problem(path, 'must be true or false')
  return false
}

function jsonRules(read: RulesReader, entry: Record<string, unknown>, path: Path): Pick<Mask, 'paths' | 'rest'> {
  const paths = read.map(entry['paths'], [...path, 'paths']).flatMap(([key, value]): JsonPathRule[] => {
    const at = [...path, 'paths', key]
    const keys = jsonPath(key)
    if (keys.some((part) => part === '')) return read.problem(at, 'must be written key.key or key[*].key') ?? []
    const mask = parseMask(read, value, at)
    if (!mask) return []
    if (!transformerOf(mask.transformer)?.kinds.includes('text') || mask.transformer === 'null') {
      return read.problem(at, `names the transformer "${mask.transformer}", which makes no text`) ?? []
    }
    return [{ path: keys, mask }]
  })
  return { paths, rest: rest(read, entry['rest'], [...path, 'rest']) }
}

/** `contact.email`, `$.items[*].email`. */
function jsonPath(text: string): string[] {
  return text
    .replace(/^\$\.?/, '')
    .replaceAll(/\[\*\]/g, '.*')
    .replace(/^\./, '')
    .split('.')
}

function rest(read: RulesReader, value: unknown, path: Path): Mask['rest'] {
  if (value === undefined || value === 'redact') return 'redact'
  if (typeof value !== 'object' || value === null) {
    read.problem(path, 'must be redact or { keep: <why> }')
    return 'redact'
  }
  read.only(value, path, ['keep'])
  const because = read.reason((value as { keep?: unknown }).keep, [...path, 'keep'])
  return because === undefined ? 'redact' : { kind: 'keep', because, place: read.place(path) }
}
