import type { Fault, ScheduledFault } from '../http/faults.js'
import type { QuickTime } from './fault-clock.js'
import { faultOf, silent, type Struck } from './fault-kinds.js'
import { watch } from './fault-watch.js'

/** A server, and as many runs on it as are asked for. */
export interface Stand<Ports> {
  readonly server: {
    readonly journal: readonly unknown[]
    fault(fault: Fault): ScheduledFault
    close(): Promise<void>
  }
  /** What may be in no sentence. */
  readonly secrets: readonly string[]
  /** Brings about what is there before the run, by requests that nothing happens to, but that the clock may be wrong. */
  settle(): Promise<void>
  /** What a new run is given. It gives a request up after `patience` ms; in earnest after 30 s. */
  open(patience?: number): Opened<Ports>
  /** What has gone wrong with the world, whatever the run was. */
  wrongs(): Promise<readonly (string | undefined)[]>
}

export interface Opened<Ports> {
  readonly ports: Ports
  readonly time: Pick<QuickTime, 'took' | 'waits'>
}

/** What a run does, and what its result may not be, in spite of the fault. */
export interface Work<Ports, Place extends Stand<Ports>> {
  readonly name: string
  /** It changes nothing that another run of it would see. */
  readonly reads?: true
  /** Brings about what this work alone needs. */
  readonly before?: (place: Place) => Promise<void> | void
  readonly run: (ports: Ports, place: Place) => Promise<unknown>
  readonly wrong?: (
    result: unknown,
    at: { struck: Struck | undefined; place: Place },
  ) => string | undefined | Promise<string | undefined>
  /** What has gone wrong with the world of this work, also where it ended with an error. */
  readonly broken?: (place: Place) => readonly (string | undefined)[]
}

/** A server with all that is asked of it. */
export interface Subject {
  readonly name: string
  readonly works: readonly Played[]
}

export interface Played {
  readonly name: string
  /** How many requests it takes without a fault. @throws where that alone goes wrong. */
  requests(): Promise<number>
  /** What was broken; undefined where the fault had no request to hit. */
  play(struck: Struck): Promise<readonly string[] | undefined>
  /** Ends what is left, and gives what was broken meanwhile. */
  finish(): Promise<readonly string[]>
}

/** Milliseconds that a run waits for a silent server here. */
const briefPatience = 150

export function subjectOf<Ports, Place extends Stand<Ports>>(
  name: string,
  start: () => Promise<Place>,
  works: readonly Work<Ports, Place>[],
): Subject {
  return { name, works: works.map((work) => played(start, work)) }
}

function played<Ports, Place extends Stand<Ports>>(start: () => Promise<Place>, work: Work<Ports, Place>): Played {
  /** Where nothing changes, one run after the other can be on the same server. */
  const free: Place[] = []
  const settled = async (strike?: (place: Place) => ScheduledFault) => {
    const place = await start()
    const scheduled = strike?.(place)
    await place.settle()
    await work.before?.(place)
    return { place, scheduled }
  }
  const leave = async (place: Place, reusable: boolean) => {
    if (reusable) free.push(place)
    else await place.server.close()
  }
  return {
    name: work.name,
    async requests() {
      const { place } = await settled()
      const before = place.server.journal.length
      const result = await work.run(place.open().ports, place)
      const requests = place.server.journal.length - before
      const wrong = await work.wrong?.(result, { struck: undefined, place })
      await leave(place, false)
      if (wrong !== undefined) throw new Error(`${work.name} without a fault: ${wrong}`)
      return requests
    },
    async play(struck) {
      const { fault, nth, times } = struck
      const strike = ({ server }: Place) => server.fault({ operation: '*', nth, times, ...fault })
      const early = fault.kind === 'skew'
      const reused = early || !work.reads ? undefined : free.pop()
      const { place, scheduled = strike(place) } = reused
        ? { place: reused }
        : await settled(early ? strike : undefined)
      const broken = await end({ work, struck, place, scheduled })
      const reusable = work.reads === true && !early
      if (scheduled.hits > 0 && !reusable) broken.push(...(work.broken?.(place) ?? []), ...(await place.wrongs()))
      await leave(place, reusable)
      // A run that polls may have been done one request earlier.
      return scheduled.hits === 0 ? undefined : broken.filter((each) => each !== undefined)
    },
    async finish() {
      const places = free.splice(0)
      const broken = await Promise.all(places.map((place) => place.wrongs()))
      await Promise.all(places.map(({ server }) => server.close()))
      return broken.flat().filter((each) => each !== undefined)
    },
  }
}

interface Playing<Ports, Place extends Stand<Ports>> {
  readonly work: Work<Ports, Place>
  readonly struck: Struck
  readonly place: Place
  readonly scheduled: ScheduledFault
}

/** How the run ended; the fault is over then. */
async function end<Ports, Place extends Stand<Ports>>({
  work,
  struck,
  place,
  scheduled,
}: Playing<Ports, Place>): Promise<(string | undefined)[]> {
  const { ports, time } = place.open(silent.has(struck.fault.kind) ? briefPatience : undefined)
  const watched = watch({ time, requests: () => place.server.journal.length })
  const judge = async (result: unknown) => {
    scheduled.remove()
    return await work.wrong?.(result, { struck, place })
  }
  const broken = await Promise.race([
    watched.never,
    work.run(ports, place).then(judge, (error: unknown) => {
      const skewed = struck.fault.kind === 'skew'
      return skewed ? `a clock made it fail: ${String(error)}` : faultOf(error, place.secrets)
    }),
  ])
  scheduled.remove()
  return [broken, watched.end()]
}
