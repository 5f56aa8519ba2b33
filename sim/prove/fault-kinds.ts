import { ConflictError, ForgeError, messageOf, ProviderError, RedirectError, RefusedError } from '../../src/errors.js'
import type { FaultKind } from '../http/faults.js'

const status = (code: 401 | 403 | 404 | 409 | 422 | 423 | 500 | 503): readonly [string, FaultKind] => [
  String(code),
  { kind: 'status', status: code },
]

/** What can become of a request. */
export const kinds: readonly (readonly [what: string, fault: FaultKind])[] = [
  ...([401, 403, 404, 409, 422, 423, 500, 503] as const).map(status),
  ['429 in 7 s', { kind: 'status', status: 429, retryAfter: 7 }],
  ['429 in an hour', { kind: 'status', status: 429, retryAfter: 3600 }],
  ['502 HTML', { kind: 'html', status: 502 }],
  ['200 HTML', { kind: 'html', status: 200 }],
  ['redirect', { kind: 'redirect', status: 307, location: 'http://127.0.0.1:9/' }],
  ['reset', { kind: 'reset' }],
  ['hang', { kind: 'hang' }],
  ['stall', { kind: 'stall' }],
  ['drip', { kind: 'drip', every: 40 }],
  ['cut', { kind: 'cut' }],
  ['truncated', { kind: 'truncated' }],
  ['wrong type', { kind: 'wrong-type' }],
  ['null', { kind: 'wrong-type', value: null }],
  ['empty', { kind: 'empty' }],
  ['same page again', { kind: 'repeat' }],
  ['answer lost', { kind: 'lost' }],
  ['answer lost, 502', { kind: 'lost', answer: 502 }],
  ['clock ahead', { kind: 'skew', hours: 5 }],
  ['clock behind', { kind: 'skew', hours: -5 }],
]

/** Their answers never come to an end by themselves. */
export const silent: ReadonlySet<FaultKind['kind']> = new Set(['hang', 'stall', 'drip'])

/** How one play goes wrong. */
export interface Struck {
  readonly what: string
  readonly fault: FaultKind
  /** Number of the first request that is hit, from 1. */
  readonly nth: number
  /** How many in a row. */
  readonly times: number
}

const forGood = 1e9

/** Each fault at each request, once and for good. A clock is wrong from the beginning, and for good. */
export function strikesUpTo(requests: number, only: (what: string) => boolean): Struck[] {
  const numbers = Array.from({ length: requests }, (_, index) => index + 1)
  return kinds
    .filter(([what]) => only(what))
    .flatMap(([what, fault]): Struck[] =>
      fault.kind === 'skew'
        ? [{ what, fault, nth: 1, times: forGood }]
        : numbers.flatMap((nth) => [1, forGood].map((times) => ({ what, fault, nth, times }))),
    )
}

export function tellStruck({ what, fault, nth, times }: Struck): string {
  if (fault.kind === 'skew') return `${what} by ${Math.abs(fault.hours)} h`
  return `request ${nth}, ${what} ${times === 1 ? 'once' : 'for good'}`
}

const classes = [ProviderError, ForgeError, RefusedError, RedirectError]

/** What is wrong with an error: its class, its form, or a secret in it. */
export function faultOf(error: unknown, secrets: readonly string[]): string | undefined {
  if (!classes.some((one) => error instanceof one)) return `it ended with ${String(error)}`
  // Told inside the sentence of whoever reads again.
  if (error instanceof ConflictError) return undefined
  return faultOfSentence(messageOf(error), secrets)
}

/** One line of ours that says something, and holds neither a secret nor what the server sent. */
export function faultOfSentence(text: string, secrets: readonly string[]): string | undefined {
  if (!/^[A-Z][^\n]{20,}\.$/.test(text)) return `no sentence: ${text}`
  return faultOfReason(text, secrets)
}

/** The same for why a fact is unknown, which is part of a sentence. */
export function faultOfReason(why: string, secrets: readonly string[]): string | undefined {
  if (why.trim() === '' || /\n|undefined|\[object/.test(why)) return `no reason: ${JSON.stringify(why)}`
  const leaks = secrets.some((secret) => why.includes(secret)) || /<html|<!DOCTYPE/i.test(why)
  return leaks ? `what the server or the key says: ${why}` : undefined
}
