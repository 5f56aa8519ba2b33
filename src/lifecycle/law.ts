import { type Allowed, type Asked, type PolicyFile, underLaw } from '../domain/policy.js'
import type { Known } from '../domain/known.js'
import { RefusedError } from '../errors.js'
import type { Law } from '../ports.js'

export interface LawBook {
  /** For sentences. */
  readonly path: string
  /** The text of the policy file on the default branch; undefined when there is none. */
  readonly text: () => Promise<Known<string | undefined>>
  readonly parse: (text: string) => Promise<PolicyFile>
}

/** Reads the policy file once per run, and only when it can matter: nothing is stricter than `schema_only`. */
export function lawOf(book: LawBook): Law {
  let reading: Promise<PolicyFile | undefined> | undefined
  return async (asked: Asked): Promise<Allowed> => {
    if (asked.dataPolicy === 'schema_only') return { dataPolicy: 'schema_only', notes: [] }
    const allowed = underLaw(asked, await (reading ??= read(book)))
    if ('fault' in allowed) throw new RefusedError(`Making a branch of "${asked.parent}" refused: ${allowed.fault}.`)
    return allowed
  }
}

async function read({ path, text, parse }: LawBook): Promise<PolicyFile | undefined> {
  const seen = await text()
  if (!seen.known) {
    throw new RefusedError(
      `Reading the policy file ${path} failed: ${seen.why}. What a branch may hold is unknown without it; data_policy "schema_only" needs no policy file.`,
    )
  }
  return seen.value === undefined ? undefined : parse(seen.value)
}
