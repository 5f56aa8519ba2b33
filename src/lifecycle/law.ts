import { type Allowed, type Asked, type PolicyFile, underLaw } from '../domain/policy.js'
import type { Known } from '../domain/known.js'
import { type NameRules, noNameRules } from '../domain/name-rules.js'
import { RefusedError } from '../errors.js'
import type { Law } from '../ports.js'

export interface LawBook {
  /** For sentences. */
  readonly path: string
  /** The text of the policy file on the default branch; undefined when there is none. */
  readonly text: () => Promise<Known<string | undefined>>
  /** The same as the pull request would leave it, to say that it does not count; absent where there is no pull request. */
  readonly proposed?: () => Promise<Known<string | undefined>>
  readonly parse: (text: string) => Promise<PolicyFile>
}

export interface OpenLaw {
  readonly law: Law
  /** Names that nothing may delete or rebuild. @throws RefusedError when the policy file cannot be read. */
  readonly names: () => Promise<NameRules>
}

/** Reads the policy file once per run, and only when it can matter: nothing is stricter than `schema_only`. */
export function lawOf(book: LawBook): OpenLaw {
  let reading: Promise<LawFile> | undefined
  let looking: Promise<string | undefined> | undefined
  const law = async (asked: Asked): Promise<Allowed> => {
    if (asked.dataPolicy === 'schema_only') return { dataPolicy: 'schema_only', notes: [] }
    const file = (reading ??= read(
      book,
      'What a branch may hold is unknown without it; data_policy "schema_only" needs no policy file.',
    ))
    const { policy, text } = await file
    const allowed = underLaw(asked, policy)
    const remark = await (looking ??= remarkOnProposal(book, text))
    if ('fault' in allowed) {
      const more = remark === undefined ? '' : ` ${remark}`
      throw new RefusedError(`Making a branch of "${asked.parent}" refused: ${allowed.fault}.${more}`)
    }
    return remark === undefined ? allowed : { ...allowed, notes: [...allowed.notes, remark] }
  }
  const names = async () => {
    const file = (reading ??= read(book, 'Which branches it protects is unknown without it, so none was touched.'))
    return (await file).policy?.names ?? noNameRules
  }
  return { law, names }
}

/** What the pull request does to the file, in a sentence; nothing where it cannot be read, for it does not count anyway. */
async function remarkOnProposal({ path, proposed }: LawBook, text: string | undefined): Promise<string | undefined> {
  const seen = await proposed?.()
  if (!seen?.known || seen.value === text) return undefined
  return `${path} is another one in this pull request than on the default branch, which is what counts until it is merged.`
}

interface LawFile {
  readonly text: string | undefined
  readonly policy: PolicyFile | undefined
}

async function read({ path, text, parse }: LawBook, consequence: string): Promise<LawFile> {
  const seen = await text()
  if (!seen.known) {
    throw new RefusedError(`Reading the policy file ${path} failed: ${seen.why}. ${consequence}`)
  }
  return { text: seen.value, policy: seen.value === undefined ? undefined : await parse(seen.value) }
}
