import { nameLook } from './name-words.js'
import { recognise } from './recognise.js'

/** What the sampled values of one place are like: shares and lengths, never a value. */
export interface Findings {
  /** Sampled values that are neither NULL nor empty. */
  readonly values: number
  /** Share of the values that are as a whole of this kind, such as `email`. */
  readonly whole: ReadonlyMap<string, number>
  /** Share of the values in which something of this kind stands. */
  readonly inside: ReadonlyMap<string, number>
  /** Shares of values that look like the name of a person. */
  readonly names: { readonly full: number; readonly first: number; readonly last: number }
  /** How many different values there are; undefined above `mostDistinct`. */
  readonly distinct: number | undefined
  /** How often the rarest of them comes. */
  readonly rarest: number
  /** Characters. */
  readonly longest: number
  /** Share of values of three words and more. */
  readonly wordy: number
  /** Share of values without a blank that hold a digit or are long: codes, tokens, keys. */
  readonly opaque: number
  /** Whether all are written as programs write words: `in_stock`, `DE`. Names of people begin with one capital. */
  readonly coded: boolean
}

/** Above so many different values it is no list of words. */
const mostDistinct = 20

/** Counts what the values of one place are like. It forgets them with itself and gives none of them away. */
export class Tally {
  #values = 0
  readonly #whole = new Map<string, number>()
  readonly #inside = new Map<string, number>()
  readonly #names = { full: 0, first: 0, last: 0 }
  readonly #seen = new Map<string, number>()
  #longest = 0
  #wordy = 0
  #opaque = 0
  #coded = true

  add(value: string): void {
    if (value.trim() === '') return
    this.#values++
    const { whole, inside } = recognise(value)
    for (const kind of whole) count(this.#whole, kind)
    for (const kind of inside) count(this.#inside, kind)
    this.#addName(value)
    if (this.#seen.size <= mostDistinct) count(this.#seen, value)
    this.#longest = Math.max(this.#longest, value.length)
    if (/\S\s+\S+\s+\S/.test(value)) this.#wordy++
    if (!/\s/.test(value) && (/\d/.test(value) || value.length >= 16)) this.#opaque++
    this.#coded &&= /^(?:[a-z0-9]+|[A-Z0-9]+)(?:[_.:/ -](?:[a-z0-9]+|[A-Z0-9]+))*$/.test(value)
  }

  findings(): Findings {
    const share = (times: number) => (this.#values === 0 ? 0 : times / this.#values)
    const shares = (counts: ReadonlyMap<string, number>) =>
      new Map([...counts].map(([kind, times]) => [kind, share(times)]))
    const few = this.#seen.size <= mostDistinct
    return {
      values: this.#values,
      whole: shares(this.#whole),
      inside: shares(this.#inside),
      names: { full: share(this.#names.full), first: share(this.#names.first), last: share(this.#names.last) },
      distinct: few ? this.#seen.size : undefined,
      rarest: few && this.#values > 0 ? Math.min(...this.#seen.values()) : 0,
      longest: this.#longest,
      wordy: share(this.#wordy),
      opaque: share(this.#opaque),
      coded: this.#coded,
    }
  }

  #addName(value: string): void {
    const look = nameLook(value)
    if (!look) return
    if (look.words > 1 && (look.first || look.last)) this.#names.full++
    if (look.words < 3 && look.first) this.#names.first++
    if (look.words < 3 && look.last) this.#names.last++
  }
}

function count(counts: Map<string, number>, of: string): void {
  counts.set(of, (counts.get(of) ?? 0) + 1)
}
