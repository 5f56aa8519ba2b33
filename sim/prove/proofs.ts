import { crashSweep } from './crash-sweep.js'
import type { Violation } from './crash-sweep.js'
import { faultMatrix, subjects } from './fault-matrix.js'
import { garbageSubjects, tryGarbage } from './garbage.js'
import { interleave } from './interleave.js'
import { races } from './races.js'
import { scenarios } from './scenarios.js'

export interface Outcome {
  /** What is added up over the parts of a proof. */
  readonly counts: Readonly<Record<string, number>>
  readonly violations: readonly Violation[]
}

/** A piece of a proof that needs no other piece, and can be played in a process of its own. */
export interface Part {
  readonly name: string
  readonly play: () => Promise<Outcome>
}

/** One row of the table. */
export interface Proof {
  readonly what: string
  readonly parts: readonly Part[]
  readonly figures: (counts: Outcome['counts']) => string
}

const figures = <T extends { readonly violations: readonly Violation[] }>({ violations, ...counts }: T): Outcome => ({
  counts: counts as unknown as Outcome['counts'],
  violations,
})

/** All that is proven. The same seed gives the same parts and plays in every process. */
export function proofsOf(seed: number): readonly Proof[] {
  return [
    {
      what: 'Crash at every call of a port, in six manners, with two sequels',
      parts: scenarios.map((scenario) => ({
        name: scenario.name,
        play: async () => figures(await crashSweep([scenario])),
      })),
      figures: ({ scenarios: worlds, calls, plays }) => `${worlds} scenarios, ${calls} crash points, ${plays} plays`,
    },
    {
      what: 'Runs against each other',
      parts: races.map((race) => ({
        name: race.name,
        play: async () => figures(await interleave({ switches: 2, random: 300, seed }, [race])),
      })),
      figures: (counts) =>
        `${counts['races']} races, ${counts['systematic']} orders with up to two switches, ${counts['random']} at random with faults (seed ${seed})`,
    },
    {
      what: 'Each request with each fault, once and for good',
      parts: subjects.flatMap(({ name, works }) =>
        works.map((work) => ({
          name: `${name}, ${work.name}`,
          play: async () => figures(await faultMatrix(undefined, [{ name, works: [work] }])),
        })),
      ),
      figures: ({ requests, faults }) => `${subjects.length} servers, ${requests} requests, ${faults} faults`,
    },
    {
      what: 'Garbage',
      parts: garbageSubjects.map((subject) => ({
        name: subject.name,
        play: async () => figures(await tryGarbage({ tries: 3000, seed }, [subject])),
      })),
      figures: ({ subjects: readers, tries }) => `${readers} readers, ${tries} inputs (seed ${seed})`,
    },
  ]
}
