import fc from 'fast-check'
import { messageOf } from '../../src/errors.js'
import { documentSubjects } from './garbage-documents.js'
import { inputSubjects } from './garbage-inputs.js'
import type { Subject } from './garbage-material.js'

/** Everything that reads what people or platforms write, before or beside any network call. */
export const garbageSubjects: readonly Subject[] = [...inputSubjects, ...documentSubjects]

export interface GarbageFigures {
  readonly subjects: number
  readonly tries: number
  readonly violations: readonly { readonly play: string; readonly broken: string }[]
}

export async function tryGarbage(
  { tries, seed }: { tries: number; seed: number },
  subjects: readonly Subject[] = garbageSubjects,
): Promise<GarbageFigures> {
  const violations: { play: string; broken: string }[] = []
  for (const { name, tried } of subjects) {
    const result = await fc.check(tried, { numRuns: tries, seed })
    if (!result.failed) continue
    const given = fc.stringify(result.counterexample).slice(0, 600)
    violations.push({ play: `${name}, seed ${seed}, given ${given}`, broken: messageOf(result.errorInstance) })
  }
  return { subjects: subjects.length, tries: subjects.length * tries, violations }
}
