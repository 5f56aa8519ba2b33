/** SQL text that is right whatever a name or a value holds. */

/** A name in double quotes, always: `user` is a keyword and `Über Uns` has a blank. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** A text in single quotes. With a backslash in the escape form, which `standard_conforming_strings` cannot change. */
export function literal(text: string): string {
  const quoted = `'${text.replaceAll("'", "''")}'`
  return text.includes('\\') ? `E${quoted.replaceAll('\\', '\\\\')}` : quoted
}

/** An array, such as `'{"a","b"}'::text[]`. */
export function textArray(items: readonly string[], type = 'text'): string {
  const inner = items.map((item) => `"${item.replace(/["\\]/g, '\\$&')}"`).join(',')
  return `${literal(`{${inner}}`)}::${type}[]`
}

/** A text with every character that a PostgreSQL regular expression reads as an operator made plain. */
export function plainPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
