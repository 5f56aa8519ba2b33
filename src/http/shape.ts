import { ProviderError } from '../errors.js'

/**
 * Reads what a platform answered, field by field. An answer of another shape is told by the path of the field that is
 * wrong, never by its value: it can hold a password.
 */
export class Shape {
  readonly #value: unknown
  readonly #path: string

  constructor(value: unknown, path: string) {
    this.#value = value
    this.#path = path
  }

  /** A field of this object; reading it fails when this is none. */
  at(field: string): Shape {
    const { object } = this
    return new Shape(object[field], `${this.#path}.${field}`)
  }

  /**
   * What a JSON pointer (RFC 6901), given as its parts, leads to. Where something on the way is missing or null there is
   * nothing; where it is neither an object nor a list, reading fails.
   */
  follow(parts: readonly string[]): Shape {
    const [part, ...rest] = parts
    if (part === undefined) return this
    const path = `${this.#path}.${part}`
    if (!this.exists) return new Shape(undefined, path)
    const at = Array.isArray(this.#value) ? (this.#value as unknown[])[elementAt(part)] : ownField(this.object, part)
    return new Shape(at, path).follow(rest)
  }

  get object(): Readonly<Record<string, unknown>> {
    const value = this.#value
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw this.#fault('an object')
    return value as Record<string, unknown>
  }

  get items(): Shape[] {
    if (!Array.isArray(this.#value)) throw this.#fault('a list')
    return this.#value.map((item, index) => new Shape(item, `${this.#path}[${index}]`))
  }

  /** A text that is not empty. */
  get text(): string {
    if (typeof this.#value !== 'string' || this.#value === '') throw this.#fault('a text')
    return this.#value
  }

  /** A text, or undefined where the field is missing, null or empty. */
  get maybeText(): string | undefined {
    return this.#value === undefined || this.#value === null || this.#value === '' ? undefined : this.text
  }

  get flag(): boolean {
    if (typeof this.#value !== 'boolean') throw this.#fault('true or false')
    return this.#value
  }

  /** An id: a text that is not empty, or a whole number, as text. */
  get identifier(): string {
    return Number.isSafeInteger(this.#value) ? String(this.#value) : this.text
  }

  /** Text, number, true, false, or null where there is nothing. */
  get scalar(): string | number | boolean | null {
    const value = this.#value ?? null
    if (value !== null && typeof value === 'object') throw this.#fault('a single value')
    return value as string | number | boolean | null
  }

  /** True only where the field says so; false where it is missing or null. */
  get maybeFlag(): boolean {
    return this.#value === undefined || this.#value === null ? false : this.flag
  }

  get number(): number {
    if (typeof this.#value !== 'number' || !Number.isFinite(this.#value)) throw this.#fault('a number')
    return this.#value
  }

  get exists(): boolean {
    return this.#value !== undefined && this.#value !== null
  }

  #fault(wanted: string): ProviderError {
    return new ProviderError(`The platform's answer cannot be used: ${this.#path} is not ${wanted}. Run the job again.`)
  }
}

/** No part of a pointer but a plain number names an element; `-`, the place after the last, holds nothing. */
function elementAt(part: string): number {
  return /^(0|[1-9]\d*)$/.test(part) ? Number(part) : -1
}

function ownField(object: Readonly<Record<string, unknown>>, field: string): unknown {
  return Object.hasOwn(object, field) ? object[field] : undefined
}
