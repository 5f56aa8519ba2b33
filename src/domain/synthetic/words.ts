import { at, digest, drawBelow, type DrawKey, pick, type Row } from './draw.js'
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

/** The words with something before and behind each: written into the list, it costs nothing in a row. */
const framed = (words: readonly string[], { before = '', after = '' }: { before?: string; after?: string }) =>
  words.map((word) => `${before}${word}${after}`)
const lower = (words: readonly string[]) => words.map((word) => word.toLowerCase())
const capital = (words: readonly string[]) => words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))

interface InRow {
  readonly key: DrawKey
  readonly row: Row
}
const number = ([from, to]: readonly [number, number], { key, row }: InRow) =>
  `(${from} + ${drawBelow(to - from + 1, key, row)})`
/** Words with blanks between them, each list with a part of the key of its own, so that they are drawn apart. */
const joined = (lists: readonly (readonly string[])[], { key, row }: InRow) =>
  lists.map((list, part) => pick(part === 0 ? list : framed(list, { before: ' ' }), `${key}${part}:`, row)).join(' || ')

// Three words are drawn at once.
const phrases = loremWords.map((word, at) =>
  [word, ...[7, 29].map((step) => loremWords[(at + step) % loremWords.length])].join(' '),
)
const openings = capital(phrases)
const closings = framed(phrases, { after: '.' })
const sentence = (at: InRow) => joined([openings, closings], at)

// The columns of one row agree on the name: its parts are drawn by the person's key.
const firstName = (words: readonly string[], person: DrawKey, row: Row) => pick(words, `${person}first:`, row)
const lastName = (words: readonly string[], person: DrawKey, row: Row) => pick(words, `${person}last:`, row)
const accounts = [framed(lower(firstNames), { after: '.' }), lower(lastNames)] as const
const account: Write = (_, row, person) =>
  `${firstName(accounts[0], person, row)} || ${lastName(accounts[1], person, row)}`
const longestAccount = accounts.reduce((sum, words) => sum + Math.max(...words.map(({ length }) => length)), 0)

// 555-0100 to 555-0199 belong to nobody in every area of the North American plan.
const deadLines = Array.from({ length: 100 }, (_, line) => `-555-01${String(line).padStart(2, '0')}`)
const hosts = framed(nouns, { after: '.example.com' })
const pages = framed(nouns, { before: 'https://www.example.com/' })

const kinds = {
  first_name: (_, row, person) => firstName(firstNames, person, row),
  last_name: (_, row, person) => lastName(lastNames, person, row),
  full_name: (_, row, person) =>
    `${firstName(framed(firstNames, { after: ' ' }), person, row)} || ${lastName(lastNames, person, row)}`,
  username: account,
  email: (_, row, person) =>
    `${firstName(accounts[0], person, row)} || ${lastName(framed(accounts[1], { after: '@example.com' }), person, row)}`,
  phone: (key, row) => `'+1-' || ${number([201, 989], { key, row })} || ${pick(deadLines, `${key}line:`, row)}`,
  company: (key, row) => joined([lastNames, companyForms], { key, row }),
  job: (key, row) => joined([jobAreas, jobTypes], { key, row }),
  street: (key, row) =>
    `${number([1, 299], { key, row })} || ${pick(framed(streets, { before: ' ' }), `${key}street:`, row)}`,
  city: (key, row) => pick(cities, key, row),
  state: (key, row) => pick(states, key, row),
  country: (key, row) => pick(countries, key, row),
  country_code: (key, row) =>
    pick(['AT', 'AU', 'BR', 'CA', 'CH', 'DE', 'DK', 'ES', 'FR', 'GB', 'IE', 'IN', 'IT', 'JP', 'NL', 'US'], key, row),
  postcode: (key, row) => `right((100000 + ${drawBelow(100_000, key, row)})::text, 5)`,
  url: (key, row) => pick(pages, key, row),
  host: (key, row) => pick(hosts, key, row),
  // RFC 5737: addresses for documentation.
  ip: (key, row) => `'203.0.113.' || ${drawBelow(256, key, row)}`,
  product: (key, row) => joined([productAdjectives, productMaterials, products], { key, row }),
  department: (key, row) => pick(departments, key, row),
  colour: (key, row) => pick(colours, key, row),
  fruit: (key, row) => pick(fruits, key, row),
  currency: (key, row) => pick(['CHF', 'DKK', 'EUR', 'GBP', 'JPY', 'NOK', 'SEK', 'USD'], key, row),
  locale: (key, row) => pick(['de', 'en', 'es', 'fr', 'it', 'nl', 'pt', 'sv'], key, row),
  word: (key, row) => pick(nouns, key, row),
  slug: (key, row) => `${pick(framed(adjectives, { after: '-' }), key, row)} || ${pick(nouns, `${key}noun:`, row)}`,
  code: (key, row) => `upper(left(${digest(key, row)}, 8) COLLATE "C")`,
  token: (key, row) => digest(key, row),
  title: (key, row) => joined([capital(adjectives), capital(nouns)], { key, row }),
  lorem: (key, row) => sentence({ key, row }),
  paragraph: (key, row) => [0, 1, 2].map((part) => sentence({ key: `${key}${part}-`, row })).join(` || ' ' || `),
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
    const room = Math.min(longest ?? 64, 64) - places - 12
    const local = account(key, row, person)
    return `${room < longestAccount ? `left(${local}, ${room})` : local} || '.' || (${row}) || '@example.com'`
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
    if (part === '_') return pick(figures, `${key}${index}:`, row)
    return `'${(escaped ?? part).replaceAll("'", "''")}'`
  })
  return parts.length > 0 ? parts.join(' || ') : `''`
}
