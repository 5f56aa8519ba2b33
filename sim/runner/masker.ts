/**
 * A port of the runner's secret masker (actions/runner 258d6c8, `src/Sdk/DTLogging/Logging/`: `SecretMasker.cs`,
 * `ValueEncoders.cs`, `ValueSecret.cs`; the encoders are registered in `src/Runner.Common/HostContext.cs` 103-113).
 * One masker lives in the worker of one job; the next job starts without its values.
 */
type Encoder = (value: string) => string

/** `Base64StringEscapeShift`: the value as it looks in base64 when one or two bytes stand before it. */
const shifted =
  (count: number): Encoder =>
  (value) => {
    const bytes = Buffer.from(value)
    return (bytes.length > count ? bytes.subarray(count) : bytes).toString('base64')
  }

/** Both PowerShell encoders keep only sections of six characters and more. */
const atLeastSix = (section: string): string => (section.length >= 6 ? section : '')

const unicodeEscape = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

const XML: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;', '&': '&amp;' }

/** `JsonConvert.ToString` also escapes U+0085, U+2028 and U+2029. */
const jsonEscape: Encoder = (value) =>
  JSON.stringify(value)
    .slice(1, -1)
    .replace(/[\u0085\u2028\u2029]/g, unicodeEscape)

/** `Uri.EscapeDataString` follows RFC 3986: unlike `encodeURIComponent` it escapes `! ' ( ) *`. A lone surrogate becomes U+FFFD. */
const uriEscape: Encoder = (value) =>
  encodeURIComponent(Buffer.from(value).toString()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )

const trimDoubleQuotes: Encoder = (value) =>
  value.length > 8 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : ''

const beforeAmpersand: Encoder = (value) => {
  if (!value.includes('&')) return ''
  const plus = value.indexOf('&+')
  return atLeastSix(plus >= 0 ? value.slice(0, plus + 2) : value.slice(0, value.lastIndexOf('&') + 1))
}

/** After `&+` one further character is skipped: PowerShell coloured it. */
const afterAmpersand: Encoder = (value) => {
  if (!value.includes('&')) return ''
  const plus = value.indexOf('&+')
  return atLeastSix(plus >= 0 ? value.slice(plus + 3) : value.slice(value.lastIndexOf('&') + 1))
}

const ENCODERS: readonly Encoder[] = [
  shifted(0),
  shifted(1),
  shifted(2),
  (value) => value.replaceAll('"', '\\"'),
  (value) => value.replaceAll("'", "''"),
  jsonEscape,
  uriEscape,
  (value) => value.replace(/[<>"'&]/g, (character) => XML[character] ?? character),
  trimDoubleQuotes,
  beforeAmpersand,
  afterAmpersand,
]

/** Every form of `value` that one registered mask covers, the value itself first. */
function maskedForms(value: string): string[] {
  if (value === '') return []
  return [...new Set([value, ...ENCODERS.map((encode) => encode(value)).filter((form) => form !== '')])]
}

export class Masker {
  readonly #values = new Set<string>()
  readonly #regexes: RegExp[] = []

  /** A mask hint sent by the server (`Worker.cs` 175-186). Ours has none unless a test sets one. */
  addRegex(pattern: string): void {
    this.#regexes.push(new RegExp(pattern, 'g'))
    this.#add(pattern)
  }

  /** `::add-mask::` (`ActionCommandManager.cs` 420-451): the whole value, then every trimmed, non-empty line. */
  addMask(value: string): void {
    if (value.trim() === '') return
    this.#add(value)
    for (const line of value.split(/[\r\n]/)) this.#add(line.trim())
  }

  /** A secret of the job (`Worker.cs` 155-172): the same, after the whole value was trimmed. */
  addSecret(value: string): void {
    this.addMask(value.trim())
  }

  /** Hits that overlap or touch become one `***` (`SecretMasker.cs` 216-290). */
  mask(text: string): string {
    const hits = this.#hits(text).sort((a, b) => a.start - b.start)
    let masked = ''
    let copied = 0
    let end = -1
    for (const hit of hits) {
      if (hit.start > end) {
        masked += `${text.slice(copied, hit.start)}***`
        end = hit.end
      } else end = Math.max(end, hit.end)
      copied = end
    }
    return masked + text.slice(copied)
  }

  /** The test behind a dropped job output (`JobExtension.cs` 810). */
  touches(text: string): boolean {
    return this.mask(text) !== text
  }

  /** `AddValue` (`SecretMasker.cs` 78-132): the value and the result of each encoder, once, without chaining. */
  #add(value: string): void {
    for (const form of maskedForms(value)) this.#values.add(form)
  }

  /** Overlapping occurrences of one value count too (`ValueSecret.cs` `GetPositions`). */
  #hits(text: string): { start: number; end: number }[] {
    const hits: { start: number; end: number }[] = []
    for (const value of this.#values) {
      for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
        hits.push({ start: at, end: at + value.length })
      }
    }
    for (const regex of this.#regexes) {
      for (const match of text.matchAll(regex)) hits.push({ start: match.index, end: match.index + match[0].length })
    }
    return hits
  }
}
