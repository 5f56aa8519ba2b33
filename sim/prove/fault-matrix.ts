import { ConflictError, messageOf, ProviderError, RedirectError } from '../../src/errors.js'
import type { Branch } from '../../src/domain/branch.js'
import { inParallel } from '../../src/in-parallel.js'
import type { BranchSpec, Provider } from '../../src/ports.js'
import type { FaultKind } from '../http/faults.js'
import { key, type Platform, platforms, type Stand } from './fault-stands.js'
import type { Violation } from './crash-sweep.js'
import { claimOf } from './world.js'

/** What can become of a request. */
const kinds: readonly (readonly [what: string, fault: FaultKind])[] = [
  ['401', { kind: 'status', status: 401 }],
  ['403', { kind: 'status', status: 403 }],
  ['404', { kind: 'status', status: 404 }],
  ['409', { kind: 'status', status: 409 }],
  ['422', { kind: 'status', status: 422 }],
  ['429 in 7 s', { kind: 'status', status: 429, retryAfter: 7 }],
  ['429 in an hour', { kind: 'status', status: 429, retryAfter: 3600 }],
  ['500', { kind: 'status', status: 500 }],
  ['502 HTML', { kind: 'html', status: 502 }],
  ['503', { kind: 'status', status: 503 }],
  ['200 HTML', { kind: 'html', status: 200 }],
  ['redirect', { kind: 'redirect', status: 307, location: 'http://127.0.0.1:9/' }],
  ['reset', { kind: 'reset' }],
  ['hang', { kind: 'hang' }],
  ['stall', { kind: 'stall' }],
  ['cut', { kind: 'cut' }],
  ['truncated', { kind: 'truncated' }],
  ['wrong type', { kind: 'wrong-type' }],
  ['null', { kind: 'wrong-type', value: null }],
  ['empty', { kind: 'empty' }],
  ['answer lost', { kind: 'lost' }],
  ['answer lost, 502', { kind: 'lost', answer: 502 }],
]

const silent: ReadonlySet<FaultKind['kind']> = new Set(['hang', 'stall'])

/** Longest that anything may take in the end, waits included: the longest build plus the patience with a server. */
const longest = 45 * 60_000

interface Work {
  readonly name: string
  readonly run: (provider: Provider, pr7: Branch) => Promise<unknown>
  /** What the result may not be, in spite of the fault. */
  readonly wrong?: (result: unknown, what: string) => string | undefined
}

const specOf = (name: string): BranchSpec => {
  const claim = claimOf({
    branch: name,
    pullRequest: Number(name.slice(3)),
    dataPolicy: 'copy',
    build: 'ffeeddccbbaa9988',
  })
  return { name, parent: 'main', dataPolicy: 'copy', claim }
}

const works: readonly Work[] = [
  {
    name: 'list',
    run: (provider) => provider.list(),
    wrong(result) {
      const { items, complete } = result as { items: Branch[]; complete: boolean }
      return complete && !items.some(({ name }) => name === 'pr-7')
        ? 'a branch is missing in a complete list'
        : undefined
    },
  },
  {
    name: 'find',
    run: (provider) => provider.find('pr-7'),
    // A platform's own "there is none" is all that anybody can know.
    wrong: (result, what) =>
      result === undefined && what !== '404' ? 'a branch that is there was not found' : undefined,
  },
  { name: 'connect', run: (provider, pr7) => provider.connection(pr7) },
  { name: 'create', run: (provider) => provider.create(specOf('pr-8')) },
  { name: 'delete', run: (provider, pr7) => provider.delete(pr7) },
]

export interface FaultFigures {
  readonly platforms: number
  readonly requests: number
  /** Requests, each with each fault, once and for good. */
  readonly faults: number
  readonly violations: readonly Violation[]
}

/** Each request of each work with each fault, once and for good. `only` narrows the kinds of faults, for a quick look. */
export async function faultMatrix(only: (what: string) => boolean = () => true): Promise<FaultFigures> {
  const violations: Violation[] = []
  const counts = { requests: 0, faults: 0 }
  await Promise.all(
    platforms.map(async (platform) => {
      for (const work of works) {
        const requests = await requestsOf(platform, work)
        counts.requests += requests
        await inParallel(strikesUpTo(requests, only), 6, async (struck) => {
          const { what, nth, times } = struck
          const broken = await strike(platform, work, struck)
          const play = `${platform.name}, ${work.name}, request ${nth}, ${what} ${times === 1 ? 'once' : 'for good'}`
          violations.push(...(broken ?? []).map((each) => ({ play, broken: each })))
          counts.faults += broken ? 1 : 0
        })
      }
    }),
  )
  return { platforms: platforms.length, ...counts, violations }
}

async function requestsOf(platform: Platform, work: Work): Promise<number> {
  const { stand, pr7 } = await stage(platform)
  const before = stand.simulator.journal.length
  await work.run(stand.open().provider, pr7)
  const requests = stand.simulator.journal.length - before
  await stand.simulator.close()
  return requests
}

/** A platform with the parent and the branch of pull request 7. */
async function stage({ start }: Platform): Promise<{ stand: Stand; pr7: Branch }> {
  const stand = await start()
  const { branch } = await stand.open().provider.create(specOf('pr-7'))
  return { stand, pr7: branch }
}

function strikesUpTo(requests: number, only: (what: string) => boolean): Struck[] {
  const numbers = Array.from({ length: requests }, (_, index) => index + 1)
  const chosen = kinds.filter(([what]) => only(what))
  return numbers.flatMap((nth) =>
    chosen.flatMap(([what, fault]) => [1, 999].map((times) => ({ what, fault, nth, times }))),
  )
}

interface Struck {
  readonly what: string
  readonly fault: FaultKind
  readonly nth: number
  readonly times: number
}

async function strike(
  platform: Platform,
  work: Work,
  { what, fault, nth, times }: Struck,
): Promise<string[] | undefined> {
  const { stand, pr7 } = await stage(platform)
  const { simulator } = stand
  const scheduled = simulator.fault({ operation: '*', nth, times, ...fault })
  const { provider, took } = stand.open(silent.has(fault.kind) ? 150 : undefined)
  const broken = await work.run(provider, pr7).then(
    (result) => [work.wrong?.(result, what)],
    (error: unknown) => [faultOf(error)],
  )
  scheduled.remove()
  // A run that polls may have been done one request earlier.
  if (scheduled.hits === 0) return simulator.close().then(() => undefined)
  if (took() > longest) broken.push(`it took ${Math.round(took() / 60_000)} minutes`)
  const { items } = await stand.open().provider.list()
  const left = items.map(({ name }) => name)
  if (!left.includes('main')) broken.push('the parent is gone')
  if (work.name !== 'delete' && !left.includes('pr-7')) broken.push('the branch is gone')
  await simulator.close()
  return broken.filter((each) => each !== undefined)
}

/** What is wrong with an error: its class, its form, or a secret in it. */
function faultOf(error: unknown): string | undefined {
  const message = messageOf(error)
  if (!(error instanceof ProviderError || error instanceof RedirectError)) return `it ended with ${String(error)}`
  // Told inside the sentence of whoever reads again.
  if (error instanceof ConflictError) return undefined
  if (!/^[A-Z][^\n]+\.$/.test(message)) return `no sentence: ${message}`
  if (message.includes(key) || /<html|<!DOCTYPE/i.test(message)) return `what the server or the key says: ${message}`
  return undefined
}
