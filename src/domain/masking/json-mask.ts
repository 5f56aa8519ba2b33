import type { JsonPathRule, Keep } from './rules.js'
import { literal, textArray } from './sql-text.js'

/** What replaces a text of a document that no path rule covers. */
export const redacted = 'redacted'

/**
 * Every text of a document becomes `redacted` and every number 0; keys, true, false, null and structure stay.
 * jsonb prints control characters escaped, so the characters 1 to 5 are free: 1 for the end of a key, 2 for an escaped
 * backslash, 3 for an escaped quotation mark, 4 for a text, 5 for the end of a key or text. After that a quotation mark
 * begins a key or delimits a text, and no regular expression needs to look around, which would make PostgreSQL's several
 * times slower.
 */
function redactJson(document: string): string {
  const text = `(${document})::jsonb::text`
  const escaped = `replace(replace(${text}, E'\\\\\\\\', E'\\x02'), E'\\\\"', E'\\x03')`
  // A key or text that begins with ": " looks like the end of a key. Such are rare, and pairs take half as long again.
  const marked = `CASE WHEN ${text} ~ '(^|[[{ ])": ' THEN ${markedByPairs(escaped)} ELSE replace(${escaped}, '": ', E'\\x01') END`
  const texts = `regexp_replace(${marked}, E'"[^"\\x01]*"', E'\\x04', 'g')`
  // Behind a key comes a 0 as well, which the key's end then takes back.
  const numbers = `regexp_replace(${texts}, E'("[^\\x01]*\\x01)|-?[0-9][0-9.eE+-]*', E'\\\\10', 'g')`
  const keys = `replace(replace(${numbers}, E'\\x010', '": '), E'\\x04', '"${redacted}"')`
  return `replace(replace(${keys}, E'\\x03', E'\\\\"'), E'\\x02', E'\\\\\\\\')::jsonb`
}

/** Quotation marks come in pairs, so the second of each is the end of a key or text, whatever stands between them. */
function markedByPairs(escaped: string): string {
  const ended = `regexp_replace(${escaped}, '"[^"]*"', E'\\\\&\\x05', 'g')`
  return `replace(replace(${ended}, E'"\\x05: ', E'\\x01'), E'\\x05', '')`
}

export type MaskText = (rule: JsonPathRule, text: string) => string

/**
 * A document in which the values at the given paths are masked and the rest is redacted or kept. A path that leads to
 * an object or array where a value was expected redacts all of it. Elements (`*`) need a subquery.
 */
export function maskJson(
  document: string,
  rules: { readonly paths: readonly JsonPathRule[]; readonly rest: 'redact' | Keep },
  mask: MaskText,
): string {
  const start = rules.rest === 'redact' ? redactJson(document) : `(${document})::jsonb`
  const inside = rules.paths.filter(({ path }) => path.length > 0)
  const whole = rules.paths.filter(({ path }) => path.length === 0)
  const source = `(${document})::jsonb`
  const set = (target: string, rule: JsonPathRule) =>
    setAt({ target, source, path: rule.path, depth: 0 }, (text) => mask(rule, text))
  const first = whole.reduce(set, start)
  return inside.length === 0 ? first : unlessScalar(source, inside.reduce(set, first), first)
}

/** jsonb_set refuses a document that is a single value. */
const unlessScalar = (source: string, made: string, otherwise: string) =>
  `CASE WHEN jsonb_typeof(${source}) IN ('object', 'array') THEN ${made} ELSE ${otherwise} END`

interface Spot {
  readonly target: string
  readonly source: string
  readonly path: readonly string[]
  readonly depth: number
}

function setAt({ target, source, path, depth }: Spot, mask: (text: string) => string): string {
  const star = path.indexOf('*')
  const keys = textArray(star === -1 ? path : path.slice(0, star))
  const found = path.length === 0 || star === 0 ? source : `(${source} #> ${keys})`
  const text = `(${source} #>> ${keys})`
  const masked =
    star === -1
      ? `CASE WHEN jsonb_typeof(${found}) IN ('string', 'number') THEN coalesce(to_jsonb(${mask(text)}), 'null') ELSE ${redactJson(found)} END`
      : elements(
          { target: star === 0 ? target : `(${target} #> ${keys})`, source: found, path: path.slice(star + 1), depth },
          mask,
        )
  if (path.length === 0 || star === 0) return masked
  // Where the source has nothing, nothing is made for it, and the target stays: it has nothing there either.
  return `jsonb_set_lax(${target}, ${keys}, ${masked}, false, 'return_target')`
}

function elements({ target, source, path, depth }: Spot, mask: (text: string) => string): string {
  const [from, at] = [`e${depth}`, `n${depth}`]
  const element = `(t${depth}.v -> (${at} - 1)::int)`
  const made = setAt({ target: element, source: from, path, depth: depth + 1 }, mask)
  const one = path.length === 0 || path[0] === '*' ? made : unlessScalar(from, made, element)
  return `CASE WHEN jsonb_typeof(${source}) = 'array' THEN
    (SELECT coalesce(jsonb_agg(${one} ORDER BY ${at}), '[]') FROM (SELECT ${target} AS v) t${depth},
       LATERAL jsonb_array_elements(${source}) WITH ORDINALITY AS u${depth}(${from}, ${at})) ELSE ${redactJson(source)} END`
}

const isValue = (found: string) => `coalesce(jsonb_typeof(${found}), '') IN ('string', 'number')`
const at = (document: string, path: readonly string[]) => `(${document})::jsonb #> ${textArray(path)}`

/** The value that masking finds at a path without `*`, as a text; NULL where there is none. */
export function valueAt(document: string, path: readonly string[]): string {
  const found = at(document, path)
  return `CASE WHEN ${isValue(found)} THEN (${document})::jsonb #>> ${textArray(path)} END`
}

/** A document without the texts and numbers at the paths; whatever else stands at a path stays. */
export function withoutValues(document: string, paths: readonly (readonly string[])[]): string {
  const whole = `(${document})::jsonb`
  const less = paths
    .filter((path) => path.length > 0)
    .reduce(
      (left, path) => `(${left} #- CASE WHEN ${isValue(at(document, path))} THEN ${textArray(path)} ELSE '{}' END)`,
      whole,
    )
  return less === whole ? whole : unlessScalar(whole, less, whole)
}

/** Values at the path in documents of another shape, such as a list where an object was expected. */
export function otherValuesAt(document: string, path: readonly string[]): string {
  const found = at(document, path)
  return `(SELECT v.value FROM (SELECT ${document} AS d WHERE NOT ${isValue(found)} OFFSET 0) d, LATERAL ${valuesAt('d.d', path)} v)`
}

/** Values at a path, as texts: `FROM`-clause item. */
export function valuesAt(document: string, path: readonly string[]): string {
  const steps = path.map((key) => (key === '*' ? '[*]' : `."${key.replace(/["\\]/g, '\\$&')}"`)).join('')
  // Strict would refuse documents of another shape; lax looks into arrays by itself and so finds more, not less.
  return `(SELECT v #>> '{}' AS value FROM jsonb_path_query((${document})::jsonb, ${literal(`lax $${steps}`)}) q(v) WHERE jsonb_typeof(v) IN ('string', 'number'))`
}

/** Every text and number of a document. */
export function leavesOf(document: string): string {
  return `(SELECT v #>> '{}' AS value FROM jsonb_path_query((${document})::jsonb, 'strict $.**') q(v) WHERE jsonb_typeof(v) IN ('string', 'number'))`
}
