import { CancelledError, ForgeError, ProviderError } from '../../src/errors.js'

/**
 * How a call of a port goes wrong. `fails`: before anything is done. `answer lost`: it is done, and the caller learns of an
 * error. `cancelled`: this call and all later ones end by the signal. `dies`: the process is gone, and its post step too.
 */
export type Manner = 'fails' | 'answer lost' | 'cancelled before' | 'cancelled after' | 'dies before' | 'dies after'

export const manners: readonly Manner[] = [
  'fails',
  'answer lost',
  'cancelled before',
  'cancelled after',
  'dies before',
  'dies after',
]

export interface Fault {
  /** Number of the call, from 1. */
  readonly at: number
  readonly manner: Manner
}

/** Lets a call go on. A schedule decides here whose turn it is. */
export type Gate = (run: Run, call: string, ready: () => boolean) => Promise<void>

const never = new Promise<never>(() => undefined)

/** One run of the action: its calls are counted, and one of them may go wrong. */
export class Run {
  calls = 0
  struck = false
  dead = false
  ended = false
  /** It hands out what another run made and gated, and reads no pull request of its own. */
  connects = false
  /** Id of the row whose migrations and seeds it saw through. */
  prepared: string | undefined
  readonly id: string
  /** What the post step finds. */
  readonly saved = new Map<string, string>()
  /** The state of each pull request as this run read it last. */
  readonly lastRead = new Map<number, string>()
  /** What it printed or reported as a secret before, for the mask comes first. */
  readonly masked = new Set<string>()
  readonly told: string[] = []
  #cancelled = false
  #builds = 0
  readonly #fault: Fault | undefined
  readonly #gate: Gate | undefined
  #die: () => void = () => undefined
  readonly death: Promise<void>

  constructor(id: string, { fault, gate }: { fault?: Fault | undefined; gate?: Gate | undefined } = {}) {
    this.id = id
    this.#fault = fault
    this.#gate = gate
    this.death = new Promise((resolve) => (this.#die = resolve))
  }

  /** Whether its process is still there. */
  get alive(): boolean {
    return !this.dead && !this.ended
  }

  readonly random = (): string => {
    this.#builds += 1
    return `${this.id.replaceAll(/\W/g, '')}b${this.#builds}`.padEnd(16, '0')
  }

  /** A call of a port with its effect; nothing of a dead run has one. */
  async call<T>(name: string, effect: () => T, ready: () => boolean = () => true): Promise<T> {
    if (this.dead) return never
    if (this.#cancelled) throw new CancelledError('cancelled')
    await this.#gate?.(this, name, ready)
    const manner = this.#next(name)
    if (manner === 'dies before') return this.#kill()
    if (manner === 'cancelled before') throw this.#cancel()
    if (manner === 'fails') throw faultOf(name)
    const result = effect()
    if (manner === 'dies after') return this.#kill()
    if (manner === 'cancelled after') throw this.#cancel()
    if (manner === 'answer lost') throw faultOf(name)
    return result
  }

  /** A call that writes to the runner at once: it can end with the process, and with nothing else. */
  tell(name: string, effect: () => void): void {
    if (this.dead) return
    const manner = this.#next(name)
    if (manner === 'dies before') return void this.#kill()
    effect()
    if (manner === 'dies after') void this.#kill()
  }

  /** The call is counted; gives what goes wrong with it. */
  #next(name: string): Manner | undefined {
    this.calls += 1
    this.told.push(name)
    if (this.calls !== this.#fault?.at) return undefined
    this.struck = true
    return this.#fault.manner
  }

  #kill(): Promise<never> {
    this.dead = true
    this.#die()
    return never
  }

  #cancel(): CancelledError {
    this.#cancelled = true
    return new CancelledError('cancelled')
  }
}

function faultOf(name: string): Error {
  const ofForge = /^(read|secret|environment)/.test(name)
  const message = `The call "${name}" failed: the server says 500. Run the job again.`
  return ofForge ? new ForgeError(message) : new ProviderError(message)
}
