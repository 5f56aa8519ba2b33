import { at, digest, draw, drawBelow, type DrawKey, pick, type Row } from './draw.js'
import {
  adjectives,
  cities,
  colours,
  companyForms,
  countries,
  departments,
  firstNames,
  fruits,
  jobAreas,
  jobTypes,
  lastNames,
  loremWords,
  nouns,
  productAdjectives,
  productMaterials,
  products,
  states,
  streets,
} from './vocabulary.js'

/** Makes a text. `person` is the key of the person in the row, so that the columns of one row agree on the name. */
type Write = (key: DrawKey, row: Row, person: DrawKey) => string

const firstName = (person: DrawKey, row: Row) => pick(firstNames, `${person}first:`, row)
const lastName = (person: DrawKey, row: Row) => pick(lastNames, `${person}last:`, row)
const number = ([from, to]: readonly [number, number], key: DrawKey, row: Row) =>
  `(${from} + ${drawBelow(to - from + 1, key, row)})`
/** Words with a part of the key of their own, so that they are drawn apart. */
const joined = (words: readonly (readonly string[])[], key: DrawKey, row: Row) =>
  words.map((list, part) => pick(list, `${key}${part}:`, row)).join(` || ' ' || `)
// Three words are drawn at once: a draw costs more than all the rest of a text.
const phrases = loremWords.map((word, at) =>
  [word, ...[7, 29].map((step) => loremWords[(at + step) % loremWords.length])].join(' '),
)
const openings = phrases.map((phrase) => phrase.slice(0, 1).toUpperCase() + phrase.slice(1))
const sentence: Write = (key, row) => `${joined([openings, phrases], key, row)} || '.'`
const account: Write = (_, row, person) => `lower(${firstName(person, row)} || '.' || ${lastName(person, row)})`

const kinds = {
  first_name: (_, row, person) => firstName(person, row),
  last_name: (_, row, person) => lastName(person, row),
  full_name: (_, row, person) => `${firstName(person, row)} || ' ' || ${lastName(person, row)}`,
  username: account,
  email: (key, row, person) => `${account(key, row, person)} || '@example.com'`,
  // 555-0100 to 555-0199 belong to nobody in every area of the North American plan.
  phone: (key, row) =>
    `'+1-' || ${number([201, 989], key, row)} || '-555-01' || lpad((${drawBelow(100, `${key}line:`, row)})::text, 2, '0')`,
  company: (key, row) => `${pick(lastNames, key, row)} || ' ' || ${pick(companyForms, `${key}form:`, row)}`,
  job: (key, row) => joined([jobAreas, jobTypes], key, row),
  street: (key, row) => `${number([1, 299], key, row)} || ' ' || ${pick(streets, `${key}street:`, row)}`,
  city: (key, row) => pick(cities, key, row),
  state: (key, row) => pick(states, key, row),
  country: (key, row) => pick(countries, key, row),
  country_code: (key, row) =>
    pick(['AT', 'AU', 'BR', 'CA', 'CH', 'DE', 'DK', 'ES', 'FR', 'GB', 'IE', 'IN', 'IT', 'JP', 'NL', 'US'], key, row),
  postcode: (key, row) => `lpad((${drawBelow(100_000, key, row)})::text, 5, '0')`,
  url: (key, row) => `'https://www.example.com/' || ${pick(nouns, key, row)}`,
  host: (key, row) => `${pick(nouns, key, row)} || '.example.com'`,
  // RFC 5737: addresses for documentation.
  ip: (key, row) => `'203.0.113.' || ${drawBelow(256, key, row)}`,
  product: (key, row) => joined([productAdjectives, productMaterials, products], key, row),
  department: (key, row) => pick(departments, key, row),
  colour: (key, row) => pick(colours, key, row),
  fruit: (key, row) => pick(fruits, key, row),
  currency: (key, row) => pick(['CHF', 'DKK', 'EUR', 'GBP', 'JPY', 'NOK', 'SEK', 'USD'], key, row),
  locale: (key, row) => pick(['de', 'en', 'es', 'fr', 'it', 'nl', 'pt', 'sv'], key, row),
  word: (key, row) => pick(nouns, key, row),
  slug: (key, row) => `${pick(adjectives, key, row)} || '-' || ${pick(nouns, `${key}noun:`, row)}`,
  code: (key, row) => `upper(substr(${digest(key, row)}, 1, 8))`,
  token: (key, row) => digest(key, row),
  title: (key, row) => `initcap(${pick(adjectives, key, row)} || ' ' || ${pick(nouns, `${key}noun:`, row)})`,
  lorem: sentence,
  paragraph: (key, row, person) => [0, 1, 2].map((part) => sentence(`${key}${part}-`, row, person)).join(` || ' ' || `),
} satisfies Record<string, Write>

export type WordKind = keyof typeof kinds

export const wordKinds = Object.keys(kinds) as WordKind[]

export interface Words {
  readonly kind: WordKind
  /** Of the column. */
  readonly key: DrawKey
  readonly person: DrawKey
  /** Most characters; undefined where there is no limit. */
  readonly longest: number | undefined
}

/** A text that may come twice. */
export function wordsOf({ kind, key, person, longest }: Words, row: Row): string {
  const text = kinds[kind](key, row, person)
  return longest === undefined ? text : `left(${text}, ${longest})`
}

/** How many different texts `uniqueWords` can give. */
export function wordCapacity(longest: number | undefined): number {
  return longest === undefined || longest >= 12 ? Number.MAX_SAFE_INTEGER : 36 ** longest
}

/**
 * A text that holds the given number, so that another number is another text, also without regard to case. Where there is no
 * room for words it is the number alone, to the base of 36 and with all its places.
 */
export function uniqueWords({ kind, key, person, longest }: Words, index: string): string {
  const row = `${index} + 1`
  const places = 16
  if (kind === 'email' && (longest === undefined || longest >= 40)) {
    return `left(${account(key, row, person)}, ${Math.min(longest ?? 64, 64) - places - 12}) || '.' || (${row}) || '@example.com'`
  }
  if (kind === 'url') return `'https://www.example.com/' || ${base36(index, 8)}`
  if (kind === 'token' && (longest ?? 32) >= 32) return `left(${digest(key, row)}, 22) || ${base36(index, 10)}`
  if (kind === 'phone' && (longest ?? 20) >= 16) return `'+1-555-' || lpad((${row})::text, 9, '0')`
  if (longest !== undefined && longest < 32) return base36(index, Math.min(longest, 12))
  const between = /^(slug|code|username|host)$/.test(kind) ? '-' : ' '
  const text = kinds[kind](key, row, person)
  return `${longest === undefined ? text : `left(${text}, ${longest - places})`} || '${between}' || (${row})`
}

const figures = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ']

/** A number from 0 with a fixed count of places. */
export function base36(index: string, places: number): string {
  const place = (power: number) => at(figures, `mod((${index})::bigint / ${36 ** power}, 36)`)
  return Array.from({ length: Math.min(places, 10) }, (_, step) => place(Math.min(places, 10) - 1 - step)).join(' || ')
}

/** A text that LIKE takes: `%` is a word, `_` a letter. */
export function textLike(pattern: string, key: DrawKey, row: Row): string {
  const parts = [...pattern.matchAll(/\\(.)|%|_|[^%_\\]+/gs)].map(([part, escaped], index) => {
    if (part === '%') return pick(nouns, `${key}${index}:`, row)
    if (part === '_') return at(figures, `mod(${draw(`${key}${index}:`, row)}, 36)`)
    return `'${(escaped ?? part).replaceAll("'", "''")}'`
  })
  return parts.length > 0 ? parts.join(' || ') : `''`
}
