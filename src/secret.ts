import { inspect } from 'node:util'

/**
 * Text that must never be printed. Template strings, JSON and `util.inspect` show `***`; only `reveal()` gives the
 * text, so every place that uses it can be found by that word.
 */
export class Secret {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  reveal(): string {
    return this.#text
  }

  get length(): number {
    return this.#text.length
  }

  toString(): string {
    return '***'
  }

  toJSON(): string {
    return '***'
  }

  [inspect.custom](): string {
    return '***'
  }
}

/** Shorter values would blank ordinary words of the log, so they are not registered as masks. In characters. */
export const shortestMask = 6

/**
 * The forms in which a secret can stand in a log and which the runner does not derive by itself: Node leaves
 * `! ' ( ) *` unencoded where the runner's own URI escape (RFC 3986) encodes them, so both are listed.
 * Source: actions/runner `src/Sdk/DTLogging/Logging/ValueEncoders.cs`.
 */
export function maskForms(secret: Secret): string[] {
  const text = secret.reveal()
  const forms = new Set([text, encodeURIComponent(text), strictUriEncode(text), ...text.split(/\r?\n/)])
  return [...forms].filter((form) => form.trim().length >= shortestMask)
}

function strictUriEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}

/**
 * Replaces every known form of the given secrets in a text, for the sinks that the runner does not mask: the step
 * summary source, comments and errors. Longest form first, so that no rest of a longer form stays readable.
 */
export function redact(text: string, secrets: readonly Secret[]): string {
  const forms = secrets.flatMap((secret) => maskForms(secret).flatMap(storedForms))
  const longestFirst = [...new Set(forms)].sort((a, b) => b.length - a.length)
  return longestFirst.reduce((rest, form) => rest.replaceAll(form, '***'), text)
}

function storedForms(form: string): string[] {
  return [form, Buffer.from(form).toString('base64'), JSON.stringify(form).slice(1, -1)]
}
