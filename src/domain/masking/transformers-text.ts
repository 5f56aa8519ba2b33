import type { ParameterValue } from './rules.js'
import { literal, plainPattern, textArray } from './sql-text.js'
import {
  type Making,
  type Shape,
  type Transformer,
  digits,
  hex,
  hexBetween,
  lossy,
  matches,
  number,
  small,
} from './transformer.js'
import { cities, companies, filler, firstNames, lastNames, streets } from './vocabulary.js'

const longestOf = (words: readonly string[]) => Math.max(...words.map((word) => word.length))
/** One of 64. */
const pick = (words: readonly string[], bytes: string) => `(${textArray(words)})[1 + ${number(bytes, 6)}]`
const pairsOf = (first: readonly string[], second: readonly string[]) =>
  first.flatMap((word) => second.map((other) => `${word} ${other}`))
/**
 * One of 64 × 64 by one digest: a second one would cost more than the long list. Of `name`, the one type of texts whose
 * arrays PostgreSQL finds its way in without counting from the start.
 */
const pickPair = (first: readonly string[], second: readonly string[], bytes: string) =>
  `(${textArray(pairsOf(first, second), 'name')})[1 + ${number(bytes, 12)}]::text`
const houseNumbers = Array.from({ length: 64 }, (_, at) => String(1 + at))
/** What stands behind the first blank; all of it where there is none. */
const afterBlank = (value: string) => `substr(${value}, strpos(${value}, ' ') + 1)`
const text = (value: ParameterValue | undefined, otherwise: string) => (value === undefined ? otherwise : String(value))

function vocabulary(meaning: string, words: readonly string[]): Transformer {
  return {
    meaning,
    parameters: {},
    kinds: ['text'],
    uniqueness: lossy,
    longest: () => longestOf(words),
    make: ({ hmac }) => pick(words, hmac()),
    proof: () => ({ kind: 'shape', small: true, holds: (value) => `${value} = ANY (${textArray(words)})` }),
  }
}

/** The digest's characters that fit beside a fixed part: 16, or what a short column leaves. */
const room = (length: number | undefined, fixed: number) => Math.max(Math.min(16, (length ?? 1000) - fixed), 0)

const emailDomain = ({ parameters }: Shape) => text(parameters['domain'], 'example.com')
const keepsDomain = (shape: Shape) => emailDomain(shape) === 'keep'
const emailRoom = (shape: Shape) => (keepsDomain(shape) ? 16 : room(shape.length, emailDomain(shape).length + 2))

const email: Transformer = {
  meaning: 'u<16 hex characters>@example.com',
  parameters: { domain: { meaning: 'domain of all masked addresses, or `keep`', type: 'text' } },
  kinds: ['text'],
  uniqueness: (shape) => ({ kind: 'preserved', bits: 4 * emailRoom(shape) }),
  longest: (shape) => (keepsDomain(shape) ? 0 : Math.max(emailRoom(shape), 8) + emailDomain(shape).length + 2),
  objection: (shape) =>
    keepsDomain(shape) || /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(emailDomain(shape)) ? undefined : 'needs a domain name',
  make: (making) => {
    const local = `'u' || ${hex(making.hmac(), emailRoom(making))}`
    if (!keepsDomain(making)) return `${local} || ${literal(`@${emailDomain(making)}`)}`
    return `${local} || '@' || coalesce(nullif(substring(${making.value} from '@([A-Za-z0-9.-]+)$'), ''), 'example.com')`
  },
  proof: (shape) => ({
    kind: 'shape',
    small: small(4 * emailRoom(shape)),
    holds: keepsDomain(shape)
      ? matches(`^u[0-9a-f]{${emailRoom(shape)}}@[A-Za-z0-9.-]+$`)
      : hexBetween({ before: 'u', count: emailRoom(shape), after: `@${emailDomain(shape)}` }),
  }),
}

const name: Transformer = {
  meaning: 'first and last name from a made-up vocabulary',
  parameters: {},
  kinds: ['text'],
  uniqueness: lossy,
  longest: () => longestOf(firstNames) + 1 + longestOf(lastNames),
  make: ({ hmac }) => pickPair(firstNames, lastNames, hmac()),
  proof: () => ({
    kind: 'shape',
    small: true,
    holds: (value) =>
      `(split_part(${value}, ' ', 1) = ANY (${textArray(firstNames)}) AND ${afterBlank(value)} = ANY (${textArray(lastNames)}))`,
  }),
}

const address: Transformer = {
  meaning: 'number and street from a made-up vocabulary',
  parameters: {},
  kinds: ['text'],
  uniqueness: lossy,
  longest: () => 3 + longestOf(streets),
  make: ({ hmac }) => pickPair(houseNumbers, streets, hmac()),
  proof: () => ({
    kind: 'shape',
    small: true,
    holds: (value) =>
      `(split_part(${value}, ' ', 1) = ANY (${textArray(houseNumbers)}) AND ${afterBlank(value)} = ANY (${textArray(streets)}))`,
  }),
}

/**
 * Every digit becomes one of `all`, in order; what is neither digit nor punctuation becomes `x`, for it may be a name.
 * Regular expressions cost more than everything else here, so they are kept for values that need one.
 */
function sameFormat(value: string, all: string, punctuation: string): string {
  const odd = `[^0-9${punctuation}]`
  const plain = `CASE WHEN ${value} ~ '${odd}' THEN regexp_replace(${value}, '${odd}', 'x', 'g') ELSE ${value} END`
  const places = `replace(translate(${plain}, '0123456789', '##########'), '#', '%s')`
  return `format(${places}, VARIADIC string_to_array(left(${all}, length(${value})), NULL))`
}

/** As many digits as the value has characters: 18, and again where somebody wrote a text into the column. */
const plenty = (bytes: string, value: string) =>
  `CASE WHEN length(${value}) <= 18 THEN ${digits(bytes)} ELSE repeat(${digits(bytes)}, 1 + length(${value}) / 18) END`

/** The beginning of a number that nobody has, by how the original begins. */
function deadStart(value: string): string {
  const start = `ltrim(${value}, E' \\t\\n\\r(')`
  // Area code 555 alone makes a number invalid (facts 8.2); +1 keeps its country code, others would stay real in theirs.
  return `CASE left(${start}, 1)
    WHEN '+' THEN CASE WHEN ${start} LIKE '+1%' AND ${value} ~ '^\\s*[+]1(\\D|\\d{10}$)' THEN '1555' ELSE '999' END
    WHEN '0' THEN '000'
    WHEN '1' THEN CASE WHEN ${value} ~ '^\\s*1\\d{10}$' THEN '1555' ELSE '555' END
    ELSE CASE WHEN ${value} ~ '^\\D*[+]' THEN '999' WHEN ${value} ~ '^\\D*0' THEN '000' ELSE '555' END END`
}

/** The same for a number of nothing but digits behind a plus sign. */
const plainStart = (value: string) => `CASE left(${value}, 1)
    WHEN '+' THEN CASE WHEN left(${value}, 2) = '+1' AND length(${value}) = 12 THEN '+1555' ELSE '+999' END
    WHEN '0' THEN '000' WHEN '1' THEN CASE WHEN length(${value}) = 11 THEN '1555' ELSE '555' END ELSE '555' END`

const phone: Transformer = {
  meaning: 'a number of the same format that nobody has: area code 555, country code 999 or trunk prefix 000',
  parameters: {},
  kinds: ['text'],
  uniqueness: () => ({ kind: 'not_guaranteed', bits: 16 }),
  make: ({ value, hmac }) => {
    const all = `(${deadStart(value)} || ${plenty(hmac(), value)})`
    // Most are written as ITU-T E.164 has them: nothing but digits behind a plus sign.
    return `CASE WHEN length(${value}) <= 18 AND ${value} ~ '^[+]?[0-9]+$'
      THEN left(${plainStart(value)} || ${digits(hmac())}, length(${value}))
      ELSE ${sameFormat(value, all, '+(). /-')} END`
  },
  proof: () => ({
    kind: 'shape',
    small: true,
    holds: (value) =>
      `(${value} !~ '[^0-9x+(). /-]' AND translate(${value}, 'x+(). /-', '') ~ '^(1?555|999|000|1?5?5?$|99?$|00?$)')`,
  }),
}

const postcode: Transformer = {
  meaning: 'a postcode of the same format that begins with 000 and has X for letters',
  parameters: {},
  kinds: ['text'],
  uniqueness: lossy,
  make: ({ value, hmac }) => `upper(${sameFormat(value, `('000' || ${plenty(hmac(), value)})`, ' -')})`,
  proof: () => ({
    kind: 'shape',
    small: true,
    holds: (value) => `(${value} !~ '[^0-9X -]' AND translate(${value}, 'X -', '') ~ '^(000|0?0?$)')`,
  }),
}

/** Each pair adds up to ten under Luhn, so any row of them is valid. */
const luhnPairs = ['00', '18', '26', '34', '42', '59', '67', '75', '83', '91']

const creditCard: Transformer = {
  meaning: 'sixteen digits that pass Luhn, from the test range 424242',
  parameters: {},
  kinds: ['text'],
  uniqueness: () => ({ kind: 'not_guaranteed', bits: 15 }),
  longest: () => 16,
  make: ({ hmac }) => {
    const letters = `translate(right(${digits(hmac())}, 5), '0123456789', 'abcdefghij')`
    const pairs = luhnPairs.reduce((all, pair, at) => `replace(${all}, '${'abcdefghij'[at]}', '${pair}')`, letters)
    return `'424242' || ${pairs}`
  },
  proof: () => ({ kind: 'shape', small: true, holds: matches(`^424242(${luhnPairs.join('|')}){5}$`) }),
}

const url: Transformer = {
  meaning: 'https://example.com/<16 hex characters>',
  parameters: {},
  kinds: ['text'],
  uniqueness: ({ length }) => ({ kind: 'preserved', bits: 4 * room(length, 20) }),
  longest: ({ length }) => 20 + Math.max(room(length, 20), 8),
  make: ({ hmac, length }) => `'https://example.com/' || ${hex(hmac(), room(length, 20))}`,
  proof: ({ length }) => ({
    kind: 'shape',
    small: small(4 * room(length, 20)),
    holds: hexBetween({ before: 'https://example.com/', count: room(length, 20) }),
  }),
}

const fill = (length: string) => `left(repeat('${filler}', 1 + ${length} / ${filler.length}), ${length})`

const redactText: Transformer = {
  meaning: 'filler of the same length in place of free text',
  parameters: {},
  kinds: ['text'],
  uniqueness: lossy,
  make: ({ value }) => fill(`length(${value})`),
  proof: () => ({ kind: 'shape', small: true, holds: (value) => `${value} = ${fill(`length(${value})`)}` }),
}

const templateOf = ({ parameters }: Pick<Making, 'parameters'>) => text(parameters['text'], '').split(/\{([^{}]*)\}/)

const template: Transformer = {
  meaning: 'a text with `{hash}` and `{column}`, such as user-{id}@example.com or 555-0100',
  parameters: { text: { meaning: 'the text; `{id}` is the column id of the row', type: 'text', required: true } },
  kinds: ['text'],
  // With a column in it, uniqueness is that column's: only the index can tell.
  uniqueness: (shape) => (templateOf(shape).includes('hash', 1) ? { kind: 'preserved', bits: 64 } : { kind: 'lossy' }),
  reads: (parameters) => templateOf({ parameters }).filter((part, at) => at % 2 === 1 && part !== 'hash'),
  make: (making) =>
    `concat(${templateOf(making)
      .map((part, at) =>
        at % 2 === 0 ? literal(part) : part === 'hash' ? hex(making.hmac(), 16) : `${making.column(part)}::text`,
      )
      .join(', ')})`,
  proof: (shape) => ({
    kind: 'shape',
    small: !templateOf(shape).includes('hash', 1),
    holds: (value) =>
      `${value} ~ ${literal(
        `^${templateOf(shape)
          .map((part, at) => (at % 2 === 0 ? plainPattern(part) : part === 'hash' ? '[0-9a-f]{16}' : '.*'))
          .join('')}$`,
      )}`,
  }),
}

export const textTransformers = {
  email,
  name,
  first_name: vocabulary('first name from a made-up vocabulary', firstNames),
  last_name: vocabulary('last name from a made-up vocabulary', lastNames),
  phone,
  address,
  city: vocabulary('city from a made-up vocabulary', cities),
  postcode,
  company: vocabulary('company from a made-up vocabulary', companies),
  url,
  credit_card: creditCard,
  redact_text: redactText,
  template,
} as const satisfies Record<string, Transformer>
