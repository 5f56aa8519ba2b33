import { detectors, hint } from './detectors.js'
import { nationalIdsIn } from './national-ids.js'

/** What a text is, as a whole, and what stands somewhere in it. Names of kinds only, never the text. */
export interface Recognised {
  readonly whole: readonly string[]
  readonly inside: readonly string[]
}

interface Kind {
  readonly name: string
  readonly whole: RegExp
  readonly inside: RegExp
  readonly confirms: (found: string) => boolean
}

const known: readonly Kind[] = detectors.map(({ name, pattern, confirms }) => ({
  name,
  whole: new RegExp(`^(?:${pattern})$`, 'u'),
  inside: new RegExp(pattern, 'gu'),
  confirms,
}))

/** Only as whole values, and only where most of a column are so: inside other texts they mean too little. */
const shapes: readonly (readonly [name: string, form: RegExp])[] = [
  ['phone number', /^[(]?0[1-9]\d{0,4}[)]?(?:[ ./-]{1,3}\d{2,8}){1,5}$|^00?[1-9]\d{8,12}$|^[(]?[2-9]\d\d[)]?[ .-]{0,2}\d{3}[ .-]\d{4}(?: ?(?:x|ext[.]?) ?\d{1,6})?$/],
  ['URL', /^(?:https?:\/\/|www\.)\S+$/i],
  ['UUID', /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i],
  ['IPv4 address', /^(?:\d{1,3}\.){3}\d{1,3}$/],
] // prettier-ignore

/** What a find of each detector cannot do without; spares most values its long expression. */
const signs: Readonly<Record<string, (text: string, digits: number) => boolean>> = {
  email: (text) => text.includes('@'),
  'phone number': (_text, digits) => digits >= 8,
  'payment card': (_text, digits) => digits >= 13,
  IBAN: (text) => /[A-Z]{2}\d\d/.test(text),
  'US social security number': (text, digits) => digits >= 9 && text.includes('-'),
  'IPv4 address': (text, digits) => digits >= 4 && text.includes('.'),
  'IPv6 address': (text) => text.includes(':'),
  'MAC address': (text) => /[:-]/.test(text),
}

const hinted = new RegExp(`${hint}|://|www[.]`)
const nothing: Recognised = { whole: [], inside: [] }

export function recognise(text: string): Recognised {
  const value = text.trim()
  if (value.length < 6 || !hinted.test(value)) return nothing
  const digits = value.replace(/\D+/g, '').length
  const found = known.filter(
    ({ name, inside, confirms }) =>
      (signs[name]?.(value, digits) ?? true) && [...value.matchAll(inside)].some(([each]) => confirms(each)),
  )
  const alone = found.filter(({ whole, confirms }) => whole.test(value) && confirms(value))
  const shaped = shapes.filter(([, form]) => form.test(value))
  const whole = new Set([...alone.map(({ name }) => name), ...shaped.map(([name]) => name), ...nationalIdsIn(value)])
  return { whole: [...whole], inside: found.map(({ name }) => name) }
}
