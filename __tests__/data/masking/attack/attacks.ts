import { createHmac, hash } from 'node:crypto'

/** What an attacker has: everything but the key. */
export interface Known {
  /** Every original of a column, in an order of the attacker's own. */
  readonly originals: readonly string[]
  /** The masked values in the order of their rows in the file. */
  readonly masked: readonly string[]
  /** The masked values of another table that has as many rows of each person, in the order of the file. */
  readonly elsewhere: readonly string[]
  /** How many rows of that table each original has. */
  readonly times: ReadonlyMap<string, number>
  /** Whom the attacker could tell by other means: original → masked. */
  readonly told: ReadonlyMap<string, string>
  /** Words that could be the key, or a part of what is hashed. */
  readonly words: readonly string[]
}

/** Original → masked. */
export type Guess = ReadonlyMap<string, string>
export type Attack = (known: Known) => Guess

const pair = (originals: readonly string[], masked: readonly string[]): Guess =>
  new Map(originals.map((original, at) => [original, masked[at] ?? '']))
const byLength = (values: readonly string[]) => values.toSorted((a, b) => a.length - b.length)
const backwards = (text: string) => [...text].toReversed().join('')
const byEnd = (values: readonly string[]) => values.toSorted((a, b) => (backwards(a) < backwards(b) ? -1 : 1))

/** Every hash anybody would try: each algorithm, keyed and not, with each word before and after the value. */
export const rehash: Attack = ({ originals, masked, words }) => {
  const shown = new Map(masked.flatMap((value) => digestsIn(value).map((digest) => [digest, value] as const)))
  const guess = new Map<string, string>()
  if (shown.size === 0) return guess
  for (const original of originals) {
    for (const hex of hashesOf(original, words)) {
      for (let at = 0; at + width <= hex.length; at += 2) {
        const found = shown.get(hex.slice(at, at + width))
        if (found !== undefined) guess.set(original, found)
      }
    }
  }
  return guess
}

/** Hexadecimal characters that are compared: too many to be met by chance, and no UUID says its version among them. */
const width = 14

/** The end of what a masked address, hash or UUID shows of a digest. */
function digestsIn(value: string): string[] {
  return [...value.replaceAll('-', '').matchAll(/[0-9a-f]{16,}/g)].map(([digits]) => digits.slice(-width))
}

function* hashesOf(original: string, words: readonly string[]): Generator<string> {
  for (const value of new Set([original, original.toLowerCase()])) {
    for (const text of [value, ...words.flatMap((word) => [word + value, `${word}:${value}`, value + word])]) {
      for (const algorithm of ['sha256', 'md5', 'sha1']) yield hash(algorithm, text)
    }
    for (const key of words.flatMap((word) => [word, keyOf(word)])) {
      for (const text of [value, `email:${value}`, `hash:${value}`, `uuid:${value}`])
        yield createHmac('sha256', key).update(text).digest('hex')
    }
  }
}

/** How the action makes the HMAC's key from `masking_key`: that is no secret. */
const keyOf = (word: string) =>
  sha256(word).replace(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)))

/** The commonest original for the commonest masked value; whoever is as common as others, in the order of the file. */
export const byFrequency: Attack = ({ originals, elsewhere, times }) => {
  const counts = new Map<string, number>()
  for (const value of elsewhere) counts.set(value, (counts.get(value) ?? 0) + 1)
  const masked = [...counts].toSorted(([, a], [, b]) => b - a).map(([value]) => value)
  return pair(
    originals.toSorted((a, b) => (times.get(b) ?? 0) - (times.get(a) ?? 0)),
    masked,
  )
}

/** For each stranger the told person most like them; then the masked value most like that person's. */
const byLikeness: Attack = ({ originals, masked, told }) => {
  const friends = [...told]
  const taken = new Set(told.values())
  const strangers = masked.filter((value) => !taken.has(value))
  return new Map(
    originals
      .filter((original) => !told.has(original))
      .map((original) => {
        const like = best(friends, ([friend]) => likeness(friend, original))?.[1] ?? ''
        return [original, best(strangers, (value) => likeness(value, like)) ?? '']
      }),
  )
}

function best<T>(of: readonly T[], score: (each: T) => number): T | undefined {
  const scores = of.map(score)
  return of[scores.indexOf(Math.max(...scores))]
}

/** How many characters stand in the same place, from the left and from the right. */
function likeness(a: string, b: string): number {
  let same = 0
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    if (a[at] === b[at]) same += 1
    if (a.at(-1 - at) === b.at(-1 - at)) same += 1
  }
  return same
}

const sha256 = (text: string) => hash('sha256', text)
const rot13 = (text: string) =>
  text.replace(/[a-z]/gi, (letter) => {
    const code = letter.charCodeAt(0)
    return String.fromCharCode(code + ((code & 31) > 13 ? -13 : 13))
  })
const filler = (text: string) => `${sha256(text).slice(0, 8)}${'x'.repeat(text.length)}`

/** Each attack with a mask that it breaks: one that breaks none would prove nothing. */
export const attacks: readonly (readonly [name: string, attack: Attack, broken: (original: string) => string])[] = [
  ['guessed keys and plain hashes', rehash, (value) => `u${sha256(`email:${value}`).slice(0, 16)}@example.com`],
  ['alphabetical order, which is that of an index', ({ originals, masked }) => pair(originals.toSorted(), masked.toSorted()), (value) => `masked ${value}`],
  ['order from the end', ({ originals, masked }) => pair(byEnd(originals), byEnd(masked)), (value) => `masked ${value}`],
  ['length', ({ originals, masked }) => pair(byLength(originals), byLength(masked)), filler],
  ['likeness to those who are known', byLikeness, rot13],
] // prettier-ignore

/** The first of the list for the first row of the file, and so on. */
export const byRow: Attack = ({ originals, masked }) => pair(originals, masked)

export const hits = (guess: Guess, truth: ReadonlyMap<string, string>): number =>
  [...guess].filter(([original, masked]) => truth.get(original) === masked).length

/**
 * How many hits chance would reach less than once in ten million times where it makes `mean` on average. Guessing
 * rows at random, each once, makes one hit on average however many rows there are, and the count is Poisson's.
 */
export function chance(mean = 1): number {
  let at = 0
  let probability = Math.exp(-mean)
  let below = probability
  while (1 - below > 1e-7) {
    at += 1
    probability *= mean / at
    below += probability
  }
  return at
}
