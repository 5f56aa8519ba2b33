import { dataPolicies } from './data-policy.js'
import { parseAnyRules } from './masking/import-rules.js'
import { type Path, type PlaceOf, RulesReader } from './masking/rules-reader.js'
import type { MaskingRules } from './masking/rules.js'
import type { ParentPolicy, PolicyFile } from './policy.js'

/** From plain data. `problems` are sentences with their place; with any of them the file must not be used. */
export function parsePolicy(data: unknown, placeOf: PlaceOf): { file: PolicyFile; problems: readonly string[] } {
  const read = new RulesReader(placeOf)
  const problems = read.problems
  read.only(data, [], ['version', 'protected', 'exempt', 'parents'])
  const { version, parents, ...lists } = Object.fromEntries(read.map(data, []))
  if (version !== 1) read.problem(['version'], 'must be 1')
  const entries = read.map(parents, ['parents'])
  if (entries.length === 0) read.problem(['parents'], 'must name at least one parent')
  const policies = entries.map(([parent, entry]) => [parent, parentPolicy(read, entry, ['parents', parent])] as const)
  const names = { protected: patterns('protected'), exempt: patterns('exempt') }
  return { file: { names, parents: new Map(policies) }, problems }

  /** A pattern for all names would end every sweep without a word. */
  function patterns(list: string): readonly string[] {
    const found = read.texts(lists[list], [list])
    if (found.some((pattern) => /^\**$/.test(pattern)))
      read.problem([list], 'must name branches; "*" would cover all of them')
    return found
  }

  function parentPolicy(reader: RulesReader, entry: unknown, at: Path): ParentPolicy {
    reader.only(entry, at, ['data_policy', 'copy_approval', 'masking'])
    const fields = Object.fromEntries(reader.map(entry, at))
    const dataPolicy = dataPolicies.find((policy) => policy === fields['data_policy'])
    if (!dataPolicy) reader.problem([...at, 'data_policy'], `must be one of ${dataPolicies.join(', ')}`)
    if (dataPolicy === 'copy' && fields['copy_approval'] === undefined)
      reader.problem([...at, 'copy_approval'], 'must say who approved a full copy, and why')
    const approval =
      fields['copy_approval'] === undefined
        ? undefined
        : reader.reason(fields['copy_approval'], [...at, 'copy_approval'])
    if (dataPolicy === 'masked' && fields['masking'] === undefined)
      reader.problem([...at, 'masking'], 'must hold the masking rules')
    return {
      dataPolicy: dataPolicy ?? 'schema_only',
      approval,
      masking: maskingOf(fields['masking'], [...at, 'masking']),
    }
  }

  function maskingOf(rules: unknown, at: Path): MaskingRules | undefined {
    if (rules === undefined) return undefined
    const parsed = parseAnyRules(rules, placeOf, at)
    problems.push(...parsed.problems)
    return parsed.rules
  }
}
