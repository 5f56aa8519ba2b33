/** Finds what looks like personal data or a credential in any text. Never give the find itself to anybody. */
export interface Detector {
  readonly name: string
  /** Means the same to PostgreSQL and to JavaScript. */
  readonly pattern: string
  /** Whether a find is real, where a pattern alone cannot tell. */
  readonly confirms: (found: string) => boolean
}

const alone = (pattern: string) => `(?<![A-Za-z0-9])(?:${pattern})(?![A-Za-z0-9])`
const always = () => true
const digitsOf = (text: string) => text.replace(/\D/g, '')
const mailbox = '[^\\s@,;:"\'<>()\\[\\]{}/\\\\]+'

/** Masked values are made so that none of these finds them: reserved domains, numbers and ranges. */
export const detectors: readonly Detector[] = [
  {
    name: 'email',
    pattern: `${mailbox}@(?!(?:[A-Za-z0-9-]+\\.)*example(?:\\.(?:com|org|net))?(?![A-Za-z0-9.-]))[^\\s@,;:"'<>()\\[\\]{}/\\\\]+\\.[^\\s@,;:"'<>()\\[\\]{}/\\\\.]{2,}`,
    confirms: always,
  },
  {
    name: 'phone number',
    pattern: alone(
      '[+](?!999|1[ ().-]*555)[0-9](?:[ ()./-]{0,2}[0-9]){7,14}|[(]?(?!555|000)[2-9][0-9]{2}[)]?[ .-][0-9]{3}[ .-][0-9]{4}',
    ),
    confirms: always,
  },
  { name: 'payment card', pattern: alone('[3-6][0-9](?:[ -]?[0-9]){11,17}'), confirms: isCard },
  { name: 'IBAN', pattern: alone('[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]){11,30}'), confirms: isIban },
  {
    name: 'US social security number',
    pattern: alone('(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}'),
    confirms: always,
  },
  { name: 'IPv4 address', pattern: alone('[0-9]{1,3}(?:[.][0-9]{1,3}){3}(?![.][0-9])'), confirms: isPublicIpv4 },
  {
    name: 'IPv6 address',
    pattern: alone('[0-9A-Fa-f]{1,4}:(?:[0-9A-Fa-f]{0,4}:){1,6}[0-9A-Fa-f]{0,4}'),
    confirms: isIpv6,
  },
  { name: 'MAC address', pattern: alone('[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}(?![:-])'), confirms: isMac },
  { name: 'JSON web token', pattern: 'eyJ[A-Za-z0-9_-]{8,}[.]eyJ[A-Za-z0-9_-]{8,}[.]', confirms: always },
  { name: 'private key', pattern: '-----BEGIN [A-Z ]*PRIVATE KEY', confirms: always },
  { name: 'URL with a password', pattern: '[A-Za-z][A-Za-z0-9+.-]*://[^\\s/:@]+:[^\\s/@]+@', confirms: always },
]

/**
 * What every find contains, for PostgreSQL to spare most rows the way to us: without a look around, which makes its
 * regular expressions thirty times slower.
 */
export const hint = '@|eyJ|BEGIN|[A-Z]{2}[0-9]{2}|[0-9A-Fa-f:.-]{6}|[0-9][0-9 ()./-]{6}'

/** Names of the detectors that find something in the text. */
export function detect(text: string, among: readonly Detector[] = detectors): string[] {
  return among
    .filter(({ pattern, confirms }) => [...text.matchAll(new RegExp(pattern, 'gu'))].some(([found]) => confirms(found)))
    .map((detector) => detector.name)
}

/** The check digit of ISO/IEC 7812-1. */
export function passesLuhn(digits: string): boolean {
  const sum = [...digits].toReversed().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 1 : 2)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}

function isCard(found: string): boolean {
  const digits = digitsOf(found)
  return digits.length >= 13 && digits.length <= 19 && !digits.startsWith('424242') && passesLuhn(digits)
}

/** Length of an IBAN by country: https://www.swift.com/resource/iban-registry-pdf */
const ibanLength: Readonly<Record<string, number>> = {
  AT: 20, BE: 16, BG: 22, BR: 29, CH: 21, CY: 28, CZ: 24, DE: 22, DK: 18, EE: 20, ES: 24, FI: 18, FR: 27, GB: 22,
  GR: 27, HR: 21, HU: 28, IE: 22, IL: 23, IS: 26, IT: 27, LI: 21, LT: 20, LU: 20, LV: 21, MC: 27, MT: 31, NL: 18,
  NO: 15, PL: 28, PT: 25, RO: 24, SA: 24, SE: 24, SI: 19, SK: 24, SM: 27, TR: 26, UA: 29,
} // prettier-ignore

function isIban(found: string): boolean {
  const packed = found.replaceAll(' ', '')
  const length = ibanLength[packed.slice(0, 2)]
  return length !== undefined && packed.length >= length && isMod97(packed.slice(0, length))
}

/** ISO 7064 MOD 97-10, as IBANs have it. */
function isMod97(iban: string): boolean {
  const moved = iban.slice(4) + iban.slice(0, 4)
  return [...moved].reduce((rest, letter) => Number(`${rest}${parseInt(letter, 36)}`) % 97, 0) === 1
}

/** Neither a private network's (RFC 1918) nor one of the ranges for documentation and tests (RFC 5737, RFC 2544). */
function isPublicIpv4(found: string): boolean {
  const bytes = found.split('.').map(Number)
  const [a = 0, b = 0] = bytes
  if (bytes.some((byte) => byte > 255) || a === 0 || a >= 224) return false
  const reserved = /^(10\.|127\.|169\.254\.|192\.168\.|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.)/.test(found)
  return !reserved && !(a === 172 && b >= 16 && b < 32) && !(a === 198 && (b === 18 || b === 19))
}

function isIpv6(found: string): boolean {
  const groups = found.split(':')
  if (/^2001:0?db8:/i.test(found) || found.split('::').length > 2) return false
  const short = found.includes('::') && groups.filter((group) => group !== '').length >= 3
  return short || (groups.length === 8 && groups.every((group) => group !== ''))
}

function isMac(found: string): boolean {
  const plain = found.toLowerCase().replaceAll('-', ':')
  return !plain.startsWith('02:00:00:') && !/^(00:){5}00$|^(ff:){5}ff$/.test(plain)
}
