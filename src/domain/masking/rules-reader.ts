/** Position in the plain data, such as `['tables', 'customers', 'email']`. */
export type Path = readonly (string | number)[]

/** Turns a position into words for a message, such as `line 12`. */
export type PlaceOf = (path: Path) => string

/**
 * Walks plain data (what a YAML or JSON parser gives) and notes every problem with its place, so that all of them are
 * told at once. A value of the wrong shape reads as absent.
 */
export class RulesReader {
  readonly problems: string[] = []
  readonly #placeOf: PlaceOf

  constructor(placeOf: PlaceOf) {
    this.#placeOf = placeOf
  }

  place(path: Path): string {
    return this.#placeOf(path)
  }

  /** `what` follows the name of the entry: `must be a text`. */
  problem(path: Path, what: string): undefined {
    this.problems.push(`${this.#placeOf(path)}: ${path.length > 0 ? `"${path.join('.')}"` : 'the rules'} ${what}.`)
  }

  map(value: unknown, path: Path): readonly (readonly [string, unknown])[] {
    if (value === undefined || value === null) return []
    if (typeof value === 'object' && !Array.isArray(value)) return Object.entries(value)
    this.problem(path, 'must be a map of names to values')
    return []
  }

  list(value: unknown, path: Path): readonly unknown[] {
    if (value === undefined || value === null) return []
    if (Array.isArray(value)) return value
    this.problem(path, 'must be a list')
    return []
  }

  /** A text or a list of texts. */
  texts(value: unknown, path: Path): readonly string[] {
    if (typeof value === 'string') return [value]
    return this.list(value, path).flatMap((item, at) => this.text(item, [...path, at]) ?? [])
  }

  text(value: unknown, path: Path): string | undefined {
    if (typeof value === 'string' && value.trim() !== '') return value
    return this.problem(path, 'must be a text that is not empty')
  }

  /** A reason that means something: a dot or a dash would only silence the check. */
  reason(value: unknown, path: Path): string | undefined {
    if (typeof value === 'string' && (value.match(/\p{L}/gu) ?? []).length >= 5) return value.trim()
    return this.problem(path, 'must say why, in words')
  }

  only(value: unknown, path: Path, names: readonly string[]): void {
    for (const [name] of this.map(value, path)) {
      if (names.includes(name)) continue
      this.problem([...path, name], `is not known here; write one of ${names.join(', ')}${hint(name, names)}`)
    }
  }
}

/** `; did you mean "email"?` where a known name is near. */
export function hint(name: string, names: readonly string[]): string {
  const near = names.find((known) => distance(name.toLowerCase(), known) <= 2)
  return near === undefined ? '' : ` (did you mean "${near}"?)`
}

/** Levenshtein distance: letters to add, take away or change. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++) {
      const change = (row[j] ?? 0) + (b[j] === letter ? 0 : 1)
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
