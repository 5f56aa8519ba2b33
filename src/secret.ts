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
  // Half a surrogate pair cannot be URI-encoded; printed as UTF-8 it becomes U+FFFD, as it does here.
  const printed = Buffer.from(text).toString()
  const forms = new Set([text, encodeURIComponent(printed), strictUriEncode(printed), ...text.split(/\r?\n/)])
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
  return [form, Buffer.from(form).toString('base64'), JSON.stringify(form).slice(1, -1), markdownText(form)]
}

/**
 * A text so escaped that Markdown shows it as it is: no link, mention, image, HTML or new table cell can come of it.
 * It stands here because it is a form of a secret too: `a_b` is written `a\_b`, and read as `a_b`.
 * Source: https://github.github.com/gfm/#backslash-escapes
 */
export function markdownText(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD')
    .replace(/[\\`*_[\]|~<>&]/g, '\\$&')
    .replace(/@|:(?=\/\/)|www(?=\.)/gi, '$&\u200B')
}
