import type { Claim } from '../domain/claim.js'
import { RefusedError } from '../errors.js'
import type { BranchSpec, SealMasking } from '../ports.js'
import { markOf } from './masking-mark.js'
import type { Terms } from './terms.js'

/** How a branch gets its rows, for the order and for the claim. */
export interface Rows {
  readonly spec: Pick<BranchSpec, 'masking' | 'parentId'>
  readonly claim: Pick<Claim, 'masked' | 'parentBuild'>
}

/** @throws RefusedError where rows should be masked and nothing says how: they must not come in clear. */
export async function rowsOn(
  { sealMasking }: { readonly sealMasking: SealMasking },
  branch: string,
  { dataPolicy, masking: rules, golden }: Pick<Terms, 'dataPolicy' | 'masking' | 'golden'>,
): Promise<Rows> {
  const masked = dataPolicy === 'masked'
  if (golden) {
    const { id, build, mark } = golden
    return { spec: { parentId: id }, claim: { parentBuild: build, ...(masked && { masked: mark }) } }
  }
  if (!masked) return { spec: {}, claim: {} }
  if (!rules) throw new RefusedError(`Masking "${branch}" refused: there are no masking rules. Nothing was changed.`)
  const masking = await sealMasking(rules)
  return { spec: { masking }, claim: { masked: markOf(masking) } }
}
