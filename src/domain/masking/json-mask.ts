import type { JsonPathRule, Keep } from './rules.js'
import { textArray } from './sql-text.js'

/** What replaces a text of a document that no path rule covers. */
export const redacted = 'redacted'

/**
 * Every text of a document becomes `redacted` and every number 0; keys, true, false, null and structure stay.
 * jsonb prints control characters escaped, so the characters 1 and 2 are free to mark where a string begins and ends.
 */
function redactJson(document: string): string {
  const marked = `regexp_replace((${document})::jsonb::text, '"((?:[^"\\\\]|\\\\.)*)"', E'\\x01\\\\1\\x02', 'g')`
  const texts = `regexp_replace(${marked}, E'\\x01[^\\x02]*\\x02(?!:)', E'\\x01${redacted}\\x02', 'g')`
  // A number inside a key is followed by the end of a string before the beginning of one.
  const numbers = `regexp_replace(${texts}, E'-?[0-9][0-9.eE+-]*(?![^\\x01\\x02]*\\x02)', '0', 'g')`
  return `translate(${numbers}, E'\\x01\\x02', '""')::jsonb`
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
  return rules.paths.reduce(
    (target, rule) =>
      setAt({ target, source: `(${document})::jsonb`, path: rule.path, depth: 0 }, (text) => mask(rule, text)),
    start,
  )
}

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
  const masked =
    star === -1
      ? `CASE jsonb_typeof(${found}) WHEN 'string' THEN to_jsonb(${mask(`(${found} #>> '{}')`)})
           WHEN 'number' THEN to_jsonb(${mask(`(${found} #>> '{}')`)}) ELSE ${redactJson(found)} END`
      : elements(
          { target: star === 0 ? target : `(${target} #> ${keys})`, source: found, path: path.slice(star + 1), depth },
          mask,
        )
  if (path.length === 0 || star === 0) return masked
  // jsonb_set gives NULL for a NULL value, so an absent path must not be set at all. IS NULL would be shorter, but
  // ALTER TABLE on a partitioned table transforms its operand once per partition and stumbles over the second time.
  return `CASE coalesce(jsonb_typeof(${found}), '') WHEN '' THEN ${target} ELSE jsonb_set(${target}, ${keys}, ${masked}, false) END`
}

function elements({ target, source, path, depth }: Spot, mask: (text: string) => string): string {
  const [from, at] = [`e${depth}`, `n${depth}`]
  const one = setAt({ target: `(t${depth}.v -> (${at} - 1)::int)`, source: from, path, depth: depth + 1 }, mask)
  return `CASE WHEN jsonb_typeof(${source}) = 'array' THEN
    (SELECT coalesce(jsonb_agg(${one} ORDER BY ${at}), '[]') FROM (SELECT ${target} AS v) t${depth},
       LATERAL jsonb_array_elements(${source}) WITH ORDINALITY AS u${depth}(${from}, ${at})) ELSE ${redactJson(source)} END`
}

/** Values at a path, as texts: `FROM`-clause item `j(value)`. */
export function valuesAt(document: string, path: readonly string[]): string {
  const steps = path.map((key) => (key === '*' ? '[*]' : `."${key.replace(/["\\]/g, '\\$&')}"`)).join('')
  // Strict would refuse documents of another shape; lax looks into arrays by itself and so finds more, not less.
  return `(SELECT v #>> '{}' AS value FROM jsonb_path_query((${document})::jsonb, ${quotedPath(`lax $${steps}`)}) q(v) WHERE jsonb_typeof(v) IN ('string', 'number'))`
}

/** Every text and number of a document. */
export function leavesOf(document: string): string {
  return `(SELECT v #>> '{}' AS value FROM jsonb_path_query((${document})::jsonb, 'strict $.**') q(v) WHERE jsonb_typeof(v) IN ('string', 'number'))`
}

function quotedPath(path: string): string {
  const quoted = path.replaceAll("'", "''")
  return path.includes('\\') ? `E'${quoted.replaceAll('\\', '\\\\')}'` : `'${quoted}'`
}
