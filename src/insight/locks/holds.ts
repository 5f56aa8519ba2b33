import type { HeavyMode } from './modes.js'
import type { LockSample, Sample, SessionSample } from './sampler.js'

/** A lock from when it was taken, or asked for, to when it was let go, as the samples tell. Milliseconds as in `Sample`. */
export interface Hold {
  readonly pid: number
  readonly relation: number
  readonly mode: HeavyMode
  /** When it was granted; with `until` no later for one that never was. */
  from: number
  until: number
  /** Milliseconds of waiting before. */
  waited: number
  /** The text that the client sent, at the first sight of it. */
  query: string | undefined
  /** What the session last waited for meanwhile. */
  wait: string | undefined
}

/** One message of a client, from its start to its end. */
export interface Running {
  readonly pid: number
  readonly started: number
  ended: number
  readonly query: string
}

interface Open {
  readonly hold: Hold
  transaction: string
  started: number | null
  granted: boolean
  seen: number
}

/** Puts the samples of a whole watch together, one after the other. */
export class Observations {
  readonly holds: Hold[] = []
  /** The longest time between two looks. */
  widestGap = 0
  private readonly messages = new Map<string, Running>()
  private readonly open = new Map<string, Open>()
  private last: number | undefined

  add(sample: Sample): void {
    const previous = this.last ?? sample.at
    this.widestGap = Math.max(this.widestGap, sample.at - previous)
    const sessions = new Map(sample.sessions.map((session) => [session.pid, session]))
    const seen = new Set<string>()
    for (const session of sample.sessions) {
      this.follow(session, sample.at)
      for (const lock of session.locks ?? []) {
        const key = `${session.pid} ${lock.relation} ${lock.mode}`
        // The same lock twice, by the session and by its transaction, is one.
        if (!seen.has(key)) this.see(key, { lock, session, at: sample.at, previous })
        seen.add(key)
      }
    }
    for (const [key, open] of this.open) {
      if (seen.has(key)) continue
      this.close(key, { open, session: sessions.get(open.hold.pid), at: sample.at })
    }
    this.last = sample.at
  }

  get statements(): readonly Running[] {
    return [...this.messages.values()]
  }

  private follow({ pid, state, started, changed, query }: SessionSample, at: number): void {
    if (started === null) return
    const key = `${pid} ${started}`
    const known = this.messages.get(key)
    // An idle session has its end to the microsecond; a working one has worked at least until now.
    const ended = state === 'active' ? at : (changed ?? at)
    if (known) known.ended = Math.max(known.ended, ended)
    else if (query) this.messages.set(key, { pid, started, ended: Math.max(started, ended), query })
  }

  private see(key: string, seen: { lock: LockSample; session: SessionSample; at: number; previous: number }): void {
    const { lock, session, at } = seen
    const known = this.open.get(key)
    const same = known && (known.transaction === lock.transaction || known.started === session.started)
    if (known && !same) this.close(key, { open: known, session, at })
    const open = (same ? known : undefined) ?? this.begin(key, seen)
    if (lock.granted && !open.granted) {
      // Granted at some time since the last look; what it waited until then is what was seen of the waiting.
      const grantedAt = (open.seen + at) / 2
      open.hold.waited = Math.max(0, grantedAt - open.hold.from)
      open.hold.from = grantedAt
    }
    open.granted = lock.granted || open.granted
    open.transaction = lock.transaction
    open.started = session.started
    open.seen = at
    open.hold.until = at
    if (session.wait?.startsWith('Lock:')) open.hold.wait = session.wait
  }

  private begin(
    key: string,
    { lock, session, at, previous }: { lock: LockSample; session: SessionSample; at: number; previous: number },
  ): Open {
    const { pid, started, query } = session
    // A statement takes its locks as it starts; one that started before the last look took this one in between.
    const from = started !== null && started > previous && started <= at ? started : (previous + at) / 2
    const open: Open = {
      hold: {
        ...{ pid, relation: lock.relation, mode: lock.mode, from, until: at, waited: 0 },
        query: query ?? undefined,
        wait: undefined,
      },
      ...{ transaction: lock.transaction, started, granted: lock.granted, seen: at },
    }
    this.holds.push(open.hold)
    this.open.set(key, open)
    return open
  }

  private close(
    key: string,
    { open, session, at }: { open: Open; session: SessionSample | undefined; at: number },
  ): void {
    this.open.delete(key)
    const { hold, seen, granted } = open
    if (!granted) {
      hold.waited = seen - hold.from
      hold.until = hold.from
      return
    }
    const between = (seen + at) / 2
    const { state, started, changed } = session ?? { state: 'gone', started: null, changed: null }
    const inside = (time: number | null) => time !== null && time >= seen && time <= at
    if (state?.startsWith('idle') && inside(changed)) hold.until = changed ?? between
    else hold.until = inside(started) ? Math.min(started ?? between, between) : between
  }
}
