/** The text of a document as jsonb prints it. */
export function printed(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(printed).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([key, inner]) => `${JSON.stringify(key)}: ${printed(inner)}`)
    .join(', ')}}`
}

/** Works out SQL made of replace(), regexp_replace(), CASE and literals over the document `d`; `took` hears the branch of CASE. */
export function workOut(sql: string, d: unknown, took: (branch: 'THEN' | 'ELSE') => void = () => undefined): unknown {
  let at = 0
  const next = (text: string) => {
    const found = sql.startsWith(text, at)
    if (found) at += text.length
    return found
  }
  const skip = (text: string) => {
    if (!next(text)) throw new Error(`${text} was expected, and there is ${sql.slice(at)}`)
  }
  const quoted = (before: string) => {
    skip(before)
    const escapes = next('E')
    skip(`'`)
    const text = sql.slice(at, sql.indexOf(`'`, at))
    at += text.length + 1
    if (!escapes) return text
    return text.replace(/\\x(..)|\\(.)/g, (_, code?: string, sign?: string) =>
      code === undefined ? String(sign) : String.fromCharCode(Number.parseInt(code, 16)),
    )
  }
  const value = (): string => {
    if (next('replace(')) {
      const [text, from, to] = [value(), quoted(', '), quoted(', ')]
      skip(')')
      return text.replaceAll(from, () => to)
    }
    if (next('regexp_replace(')) {
      const [text, pattern, to] = [value(), quoted(', '), quoted(', ')]
      skip(`, 'g')`)
      return text.replace(new RegExp(pattern, 'g'), (all: string, first: unknown) =>
        to.replace(/\\([&1])/g, (_, which) => (which === '&' ? all : typeof first === 'string' ? first : '')),
      )
    }
    if (next('CASE WHEN ')) {
      const hit = new RegExp(quoted(`(d)::jsonb::text ~ `)).test(printed(d))
      skip(' THEN ')
      const then = value()
      skip(' ELSE ')
      const otherwise = value()
      skip(' END')
      took(hit ? 'THEN' : 'ELSE')
      return hit ? then : otherwise
    }
    skip('(d)::jsonb::text')
    return printed(d)
  }
  const made = value()
  if (sql.slice(at) !== '::jsonb') throw new Error(`${sql.slice(at)} is left`)
  return JSON.parse(made)
}
