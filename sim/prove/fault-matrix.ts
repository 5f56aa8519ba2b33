import { messageOf } from '../../src/errors.js'
import { inParallel } from '../../src/in-parallel.js'
import type { Violation } from './crash-sweep.js'
import { forgeSubjects } from './fault-forge-works.js'
import { strikesUpTo, tellStruck } from './fault-kinds.js'
import type { Played, Subject } from './fault-subject.js'
import { vercelSubject } from './fault-vercel.js'
import { platformSubjects } from './fault-works.js'
import { whileTimeGoesOn } from './own-time.js'

export const subjects: readonly Subject[] = [...platformSubjects, ...forgeSubjects, vercelSubject]

export interface FaultFigures {
  readonly subjects: number
  readonly requests: number
  /** Requests, each with each fault, once and for good. */
  readonly faults: number
  readonly violations: readonly Violation[]
}

/** Plays on one subject at a time: they wait for timers more than they compute. */
const atOnce = 12

/** Each request of each work with each fault, once and for good. `only` narrows the kinds of faults, for a quick look. */
export async function faultMatrix(
  only: (what: string) => boolean = () => true,
  of: readonly Subject[] = subjects,
): Promise<FaultFigures> {
  const violations: Violation[] = []
  const counts = { requests: 0, faults: 0 }
  const playAll = async (subject: Subject, work: Played) => {
    const requests = await work.requests()
    counts.requests += requests
    await inParallel(strikesUpTo(requests, only), atOnce, async (struck) => {
      const broken = await work.play(struck).catch((error: unknown) => [messageOf(error)])
      const play = `${subject.name}, ${work.name}, ${tellStruck(struck)}`
      violations.push(...(broken ?? []).map((each) => ({ play, broken: each })))
      counts.faults += broken ? 1 : 0
    })
    const play = `${subject.name}, ${work.name}, afterwards`
    violations.push(...(await work.finish()).map((broken) => ({ play, broken })))
  }
  await whileTimeGoesOn(() =>
    Promise.all(
      of.map(async (subject) => {
        for (const work of subject.works) await playAll(subject, work)
      }),
    ),
  )
  return { subjects: of.length, ...counts, violations }
}
